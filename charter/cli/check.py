"""``charter check``."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
from pathlib import Path

import click

from charter.cli.options import folder_argument, language_option
from charter.messages import N_, Speaker
from charter.reports import FORMATS, render

WIDEST = 100
NARROWEST = 60


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(
        folder: Path, report_format: str, output: Path | None, fail_on: str, measure: bool | None
    ) -> None:
        from charter.findings import Severity
        from charter.reports.page import Page
        from charter.usecases import check as usecase

        today = datetime.date.today()
        checked = usecase.check_folder(folder, today, measure=measure)
        width, is_coloured = (WIDEST, False) if output else _terminal()
        rendered = render(
            report_format, checked, speak, Page(width, is_coloured, _seen_from_here(folder), today)
        )
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
            language_option(speak),
        ],
    )


def _seen_from_here(folder: Path) -> str:
    """Return the folder as places in it are told where it is part of something larger."""
    if folder.is_absolute() or ".." in folder.parts:
        here, there = Path.cwd().resolve(), folder.resolve()
        if not there.is_relative_to(here):
            return ""
        folder = there.relative_to(here)
    told = os.fsencode(folder.as_posix()).decode("utf-8", errors="backslashreplace")
    return "" if told == "." else told


def _terminal() -> tuple[int, bool]:
    """Return the width to print in, and whether colours are welcome."""
    if not sys.stdout.isatty():
        return WIDEST, False
    columns = shutil.get_terminal_size().columns
    return max(NARROWEST, min(columns, WIDEST)), not os.environ.get("NO_COLOR")
