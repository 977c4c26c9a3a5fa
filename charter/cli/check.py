"""``charter check``."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from charter.cli.adopting import adopted
from charter.cli.options import folder_argument, language_option
from charter.cli.printing import format_option, output_option, page_of, put
from charter.messages import N_, Speaker
from charter.reports import FORMATS, render

if TYPE_CHECKING:
    from charter.checker import Checked


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(
        folder: Path,
        report_format: str,
        output: Path | None,
        fail_on: str,
        since: str | None,
        measure: bool | None,
        write_baseline: bool,
        prune_baseline: bool,
    ) -> None:
        from charter.findings import Severity
        from charter.usecases import check as usecase

        if sum((write_baseline, prune_baseline, since is not None)) > 1:
            raise click.UsageError(
                speak(
                    N_("Of --write-baseline, --prune-baseline and --since, only one may be given.")
                )
            )
        today = datetime.date.today()
        if write_baseline or prune_baseline:
            checked = adopted(folder, speak, today, measure=measure, is_pruned=prune_baseline)
            if checked.workspace is not None:
                return
        elif since is None:
            checked = usecase.check_folder(folder, today, measure=measure)
        else:
            checked = _check_since(folder, since, today, measure, speak)
        page = page_of(output, _seen_from_here(folder), today)
        put(render(report_format, checked, speak, page), output, page, speak, folder)
        sys.exit(usecase.exit_status(checked, Severity(fail_on)))

    return click.Command(
        "check",
        callback=run,
        help=speak(N_("Prove or refute every rule over every path in DIR.")),
        params=[
            folder_argument(),
            format_option(FORMATS, speak),
            output_option(speak),
            click.Option(
                ["--fail-on"],
                type=click.Choice(("error", "warning", "info")),
                default="error",
                show_default=True,
                help=speak(N_("The least severity of a finding that gives exit status 1.")),
            ),
            click.Option(
                ["--since"],
                metavar=speak(N_("REV")),
                help=speak(
                    N_(
                        "Tell only what the change since a git revision brought; both versions "
                        "are checked whole."
                    )
                ),
            ),
            click.Option(
                ["--measure/--no-measure"],
                default=None,
                help=speak(
                    N_(
                        "Work out shares of customers, or don't; by default in journeys of up to "
                        "10,000 touchpoints."
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


def _seen_from_here(folder: Path) -> str:
    """Return the folder as places in it are told where it is part of something larger."""
    if folder.is_absolute() or ".." in folder.parts:
        here, there = Path.cwd().resolve(), folder.resolve()
        if not there.is_relative_to(here):
            return ""
        folder = there.relative_to(here)
    told = os.fsencode(folder.as_posix()).decode("utf-8", errors="backslashreplace")
    return "" if told == "." else told


def _check_since(
    folder: Path, revision: str, today: datetime.date, measure: bool | None, speak: Speaker
) -> Checked:
    """Return what the change since a revision brought.

    Raises:
        click.UsageError: There is no such revision, or no history to look it up in.
    """
    from charter.history import HistoryError
    from charter.messages.history import sentence
    from charter.usecases.diff import check_since

    try:
        return check_since(folder, revision, today, measure=measure)
    except HistoryError as error:
        raise click.UsageError(sentence(error.reason, error.parameters, speak)) from None
