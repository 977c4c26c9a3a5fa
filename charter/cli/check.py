"""``charter check``."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
from pathlib import Path

import click

from charter.cli.adopting import adopted
from charter.cli.options import folder_argument, language_option
from charter.messages import N_, Speaker
from charter.reports import FORMATS, render

WIDEST = 100
NARROWEST = 60


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(
        folder: Path,
        report_format: str,
        output: Path | None,
        fail_on: str,
        measure: bool | None,
        write_baseline: bool,
        prune_baseline: bool,
    ) -> None:
        from charter.findings import Severity
        from charter.reports.page import Page
        from charter.usecases import check as usecase

        if write_baseline and prune_baseline:
            raise click.UsageError(
                speak(N_("--write-baseline and --prune-baseline don't go together."))
            )
        if write_baseline or prune_baseline:
            checked = adopted(folder, speak, measure=measure, is_pruned=prune_baseline)
            if checked.workspace is not None:
                return
        else:
            checked = usecase.check_folder(folder, datetime.date.today(), measure=measure)
        width, is_coloured = (WIDEST, False) if output else _terminal()
        rendered = render(report_format, checked, speak, Page(width, is_coloured))
        if output is None:
            click.echo(rendered, nl=False, color=is_coloured)
        else:
            try:
                usecase.write_report(output, rendered)
            except OSError as error:
                raise click.UsageError(
                    speak(
                        N_("The report can't be written to {file} ({detail})."),
                        file=output,
                        detail=error.strerror,
                    )
                ) from None
        sys.exit(usecase.exit_status(checked, Severity(fail_on)))

    return click.Command(
        "check",
        callback=run,
        help=speak(N_("Prove or refute every rule over every path in DIR.")),
        params=[
            folder_argument(),
            click.Option(
                ["--format", "report_format"],
                type=click.Choice(FORMATS),
                default="text",
                show_default=True,
                help=speak(N_("How the report is written.")),
            ),
            click.Option(
                ["--output"],
                type=click.Path(dir_okay=False, path_type=Path),
                metavar=speak(N_("FILE")),
                help=speak(N_("Write the report to a file instead of printing it.")),
            ),
            click.Option(
                ["--fail-on"],
                type=click.Choice(("error", "warning", "info")),
                default="error",
                show_default=True,
                help=speak(N_("The least severity of a finding that gives exit status 1.")),
            ),
            click.Option(
                ["--measure/--no-measure"],
                default=None,
                help=speak(
                    N_(
                        "Work out shares of customers, or don't; by default in journeys of up to "
                        "2,000 touchpoints."
                    )
                ),
            ),
            click.Option(
                ["--write-baseline"],
                is_flag=True,
                help=speak(
                    N_("Accept all that is broken today: write it to baseline.json, and stop.")
                ),
            ),
            click.Option(
                ["--prune-baseline"],
                is_flag=True,
                help=speak(
                    N_("Take off baseline.json what is broken no more, add nothing, and stop.")
                ),
            ),
            language_option(speak),
        ],
    )


def _terminal() -> tuple[int, bool]:
    """Return the width to print in, and whether colours are welcome."""
    if not sys.stdout.isatty():
        return WIDEST, False
    columns = shutil.get_terminal_size().columns
    return max(NARROWEST, min(columns, WIDEST)), not os.environ.get("NO_COLOR")
