"""``charter diff``."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from charter.cli.options import language_option
from charter.cli.printing import format_option, output_option, page_of, put
from charter.messages import N_, Speaker
from charter.reports import render as render_report
from charter.reports.diff import FORMATS, render


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(
        old: str, new: str | None, folder: Path, report_format: str, output: Path | None
    ) -> None:
        from charter.checker import Checked
        from charter.history import HistoryError
        from charter.messages.history import sentence
        from charter.usecases.check import EXIT_INPUT
        from charter.usecases.diff import compare_versions

        try:
            compared = compare_versions(folder, old, new, datetime.date.today())
        except HistoryError as error:
            raise click.UsageError(sentence(error.reason, error.parameters, speak)) from None
        page = page_of(output)
        if isinstance(compared, Checked):
            put(render_report(report_format, compared, speak, page), output, page, speak, folder)
            sys.exit(EXIT_INPUT)
        put(render(report_format, compared, speak, page), output, page, speak, folder)

    return click.Command(
        "diff",
        callback=run,
        help=speak(
            N_(
                "Compare what two versions of a workspace mean: what changed, what broke by it and "
                "what was repaired. OLD and NEW are git revisions; without NEW, OLD is compared "
                "with the files as they are. The exit status is 0 whatever changed; “charter check "
                "--since” is what fails a build."
            )
        ),
        params=[
            click.Argument(["old"], metavar=speak(N_("OLD"))),
            click.Argument(["new"], metavar=speak(N_("[NEW]")), required=False),
            click.Option(
                ["--dir", "folder"],
                type=click.Path(path_type=Path),
                default=Path(),
                metavar=speak(N_("DIR")),
                help=speak(N_("The folder of the workspace; the current one by default.")),
            ),
            format_option(FORMATS, speak),
            output_option(speak),
            language_option(speak),
        ],
    )
