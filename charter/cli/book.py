"""``charter book``."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from charter.cli.options import folder_argument, language_option
from charter.cli.printing import page_of, put
from charter.messages import N_, Speaker, visible

if TYPE_CHECKING:
    from charter.book.audience import UnknownChannels

_ENDINGS = N_("No book is printed into files that end with “{ending}”. Known: {known}.")
_NO_ENDING = N_("The ending of the file's name says how the book is printed. Known: {known}.")


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(folder: Path, target: Path, channels: tuple[str, ...]) -> None:
        from charter.book.audience import UnknownChannels
        from charter.checker import Checked, report_of
        from charter.reports import render
        from charter.usecases import book
        from charter.usecases.check import EXIT_INPUT
        from charter.workspace import InvalidWorkspace

        try:
            book.print_book(folder, target, speak, datetime.date.today(), channels=channels)
        except InvalidWorkspace as invalid:
            page = page_of(None)
            checked = Checked(report_of(invalid), None, invalid.sources)
            put(render("text", checked, speak, page), None, page, speak, folder)
            sys.exit(EXIT_INPUT)
        except book.UnknownEnding as unknown:
            message = _ENDINGS if unknown.ending else _NO_ENDING
            known = ", ".join(unknown.known)
            ending = visible(unknown.ending)
            raise click.UsageError(speak(message, ending=ending, known=known)) from None
        except UnknownChannels as unknown:
            raise click.UsageError(_tell(unknown, speak)) from None
        except book.IsOfWorkspace:
            message = N_("{file} is a file of the workspace, so no book is written over it.")
            raise click.UsageError(speak(message, file=visible(str(target)))) from None
        except OSError as error:
            message = N_("{file} can't be written ({detail}).")
            file, detail = visible(str(target)), error.strerror or type(error).__name__
            raise click.UsageError(speak(message, file=file, detail=detail)) from None
        click.echo(speak(N_("{file} written."), file=visible(str(target))))

    return click.Command(
        "book",
        callback=run,
        help=speak(
            N_(
                "Print the charter book of DIR: what a brand hands to its agencies, shops and call "
                "centres. Its promise, values and posture; a page for each marker; the journeys; "
                "what is proved and what isn't yet; the plans. The brand's look is the charter's "
                "“look”."
            )
        ),
        params=[
            folder_argument(),
            click.Option(
                ["--to", "target"],
                required=True,
                type=click.Path(path_type=Path),
                metavar=speak(N_("FILE")),
                help=speak(
                    N_(
                        "The file to write; its ending says how: .html, .pdf or .pptx. One there "
                        "is replaced."
                    )
                ),
            ),
            click.Option(
                ["--channel", "channels"],
                multiple=True,
                metavar=speak(N_("ID")),
                help=speak(
                    N_(
                        "For the people of this channel: what concerns them, and no more. May be "
                        "given several times."
                    )
                ),
            ),
            language_option(speak),
        ],
    )


def _tell(unknown: UnknownChannels, speak: Speaker) -> str:
    told = []
    for identifier, suggestion in unknown.ids:
        told.append(speak(N_("There is no channel “{id}”."), id=visible(identifier)))
        if suggestion is not None:
            told.append(speak(N_("Did you mean “{suggestion}”?"), suggestion=suggestion))
    return " ".join(told)
