"""What is printed: to a terminal as wide as it is, or to a file."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from charter.messages import N_, Speaker

if TYPE_CHECKING:
    # `charter check --help` needs none.
    import datetime

    from charter.reports.page import Page

WIDEST = 100
NARROWEST = 60


def format_option(formats: tuple[str, ...], speak: Speaker) -> click.Option:
    """Return ``--format``, one of ``formats``, the first of them by default."""
    return click.Option(
        ["--format", "report_format"],
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help=speak(N_("How the report is written.")),
    )


def output_option(speak: Speaker) -> click.Option:
    """Return ``--output``, the file to write to instead of printing."""
    return click.Option(
        ["--output"],
        type=click.Path(dir_okay=False, path_type=Path),
        metavar=speak(N_("FILE")),
        # As everywhere, “-” is what is printed to.
        callback=lambda _context, _option, file: None if file == Path("-") else file,
        help=speak(N_("Write the report to a file instead of printing it.")),
    )


def page_of(output: Path | None, folder: str = "", date: datetime.date | None = None) -> Page:
    """Return what is written on, a file or the terminal; what ``folder`` is says `Page`."""
    from charter.reports.page import Page

    if output is not None or not sys.stdout.isatty():
        return Page(WIDEST, folder=folder, date=date)
    columns = shutil.get_terminal_size().columns
    is_coloured = not os.environ.get("NO_COLOR")
    return Page(max(NARROWEST, min(columns, WIDEST)), is_coloured, folder, date)


def unwritable(folder: Path, error: OSError, speak: Speaker) -> click.UsageError:
    """Return what is said where a folder can't be written to."""
    message = N_("{folder} can't be written ({detail}).")
    return click.UsageError(speak(message, folder=folder, detail=error.strerror))


def put(
    rendered: str | bytes, output: Path | None, page: Page, speak: Speaker, workspace: Path
) -> None:
    """Print what was rendered of a workspace for ``page``, or write it to a file.

    Raises:
        click.UsageError: It can't be written there, or would replace a file of the workspace.
    """
    from charter.usecases.check import is_of_workspace, write_report, write_whole

    if output is None:
        click.echo(rendered, nl=False, color=page.is_coloured)
        return
    if is_of_workspace(output, workspace):
        raise click.UsageError(
            speak(
                N_("{file} is a file of the workspace, so no report is written over it."),
                file=output,
            )
        )
    try:
        if isinstance(rendered, bytes):
            write_whole(output, rendered)
        else:
            write_report(output, rendered)
    except OSError as error:
        raise click.UsageError(
            speak(
                N_("The report can't be written to {file} ({detail})."),
                file=output,
                detail=error.strerror,
            )
        ) from None
