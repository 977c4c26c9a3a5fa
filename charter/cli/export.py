"""``charter export``."""

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
    from collections.abc import Mapping

    from charter.usecases.exporting import UnknownEnding, UnknownId, UnknownManner

_ENDINGS = N_("No format is known by the ending “{ending}”. Known: {known}.")
_NO_ENDING = N_("The format is told by the ending of the file's name. Known: {known}.")


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(
        folder: Path,
        target: Path,
        journeys: tuple[str, ...],
        manner: str | None,
        segment: str | None,
        witness: str | None,
        is_template: bool,
    ) -> None:
        from charter.checker import Checked, report_of
        from charter.messages.exchange import left_out
        from charter.reports import render
        from charter.usecases import exporting, sites
        from charter.usecases.check import EXIT_INPUT
        from charter.workspace import InvalidWorkspace

        left: Mapping[str, int] = {}
        try:
            if is_template:
                exporting.export_template(folder, target, speak)
            else:
                left = exporting.export_folder(
                    folder,
                    target,
                    speak,
                    datetime.date.today(),
                    journeys=journeys,
                    manner=manner,
                    segment=segment,
                    witness=witness,
                ).left_out
        except InvalidWorkspace as invalid:
            page = page_of(None)
            checked = Checked(report_of(invalid), None, invalid.sources)
            put(render("text", checked, speak, page), None, page, speak, folder)
            sys.exit(EXIT_INPUT)
        except exporting.UnknownEnding as unknown:
            raise unknown_ending(unknown, speak) from None
        except exporting.UnknownManner as unknown:
            raise click.UsageError(_tell_manner(unknown, speak)) from None
        except exporting.NotTaken as refused:
            raise click.UsageError(
                speak(
                    N_("“--{option}” is for pictures (.svg, .png); this format has no use for it."),
                    option=refused.option,
                )
            ) from None
        except exporting.UnknownId as unknown:
            raise click.UsageError(_tell_id(unknown, speak)) from None
        except exporting.NothingBroken as whole:
            message = N_("No path of this journey breaks the rule “{id}”: none is pointed out.")
            raise click.UsageError(speak(message, id=visible(whole.rule))) from None
        except exporting.UnknownJourney as unknown:
            raise click.UsageError(
                unknown_journey(unknown.journey, unknown.suggestion, unknown.known, speak)
            ) from None
        except exporting.SeveralJourneys as several:
            message = N_("This format holds one journey. Say which with --journey: {known}.")
            known = speak.any_of(several.known)
            raise click.UsageError(speak(message, known=known)) from None
        except exporting.NoTemplate:
            message = N_("The template is a workbook. Give its file a name that ends with .xlsx.")
            raise click.UsageError(speak(message)) from None
        except sites.HoldsOthers as held:
            message = N_(
                "{folder} holds what is no site made by this command ({files}), so nothing is "
                "written there. Name a new folder, or an empty one."
            )
            folder_told, names = visible(str(held.folder)), ", ".join(map(visible, held.others))
            raise click.UsageError(speak(message, folder=folder_told, files=names)) from None
        except exporting.IsOfWorkspace as own:
            message = N_("{file} is a file of the workspace, so nothing is exported over it.")
            if own.file.is_dir():
                message = N_(
                    "{file} belongs to the workspace, so no site is written there. Name another "
                    "folder."
                )
            raise click.UsageError(speak(message, file=visible(str(own.file)))) from None
        except OSError as error:
            message = N_("{file} can't be written ({detail}).")
            file, detail = visible(str(target)), error.strerror or type(error).__name__
            raise click.UsageError(speak(message, file=file, detail=detail)) from None
        click.echo(speak(N_("{file} written."), file=visible(str(target))))
        if told := left_out(left, speak):
            click.echo(
                speak(N_("Left out, as the format has no place for it: {things}."), things=told)
            )

    return click.Command(
        "export",
        callback=run,
        help=speak(
            N_(
                "Write the journeys of DIR to a file of another tool. The ending of the file's "
                "name says which: .mmd for a Mermaid diagram, .svg or .png for a picture; .xlsx "
                "for the whole workspace as sheets to be filled in, a .zip for the same as CSV "
                "files, and touchpoints.csv for one of them. A folder becomes a site of linked "
                "pages to be opened in a browser, or CSV files with --as csv. What the format has "
                "no place for is told."
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
                    N_("The file to write, or the folder of a site; one that is there is replaced.")
                ),
            ),
            click.Option(
                ["--journey", "journeys"],
                multiple=True,
                metavar=speak(N_("ID")),
                help=speak(
                    N_(
                        "A journey to export; needed where the format holds one and there are "
                        "several. May be given several times."
                    )
                ),
            ),
            click.Option(
                ["--as", "manner"],
                metavar=speak(N_("MANNER")),
                help=speak(
                    N_(
                        "How it is written, where the format has several manners; for Mermaid, "
                        "“flowchart” (the usual one) or “journey”; for a folder, “site” (the usual "
                        "one) or “csv”."
                    )
                ),
            ),
            click.Option(
                ["--segment"],
                metavar=speak(N_("ID")),
                help=speak(
                    N_("In a picture: whose paths, markers and shares are shown; else everyone's.")
                ),
            ),
            click.Option(
                ["--witness"],
                metavar=speak(N_("RULE")),
                help=speak(
                    N_(
                        "In a picture: point out the shortest path of the journey that breaks this "
                        "rule."
                    )
                ),
            ),
            click.Option(
                ["--template", "is_template"],
                is_flag=True,
                help=speak(
                    N_(
                        "Write the blank grid of a workshop instead (.xlsx), with the stages, "
                        "channels and markers of DIR where it is a workspace."
                    )
                ),
            ),
            language_option(speak),
        ],
    )


def unknown_ending(unknown: UnknownEnding, speak: Speaker) -> click.UsageError:
    """Return what is said of a file whose name doesn't say what it is."""
    known = ", ".join(unknown.known)
    message = _ENDINGS if unknown.ending else _NO_ENDING
    return click.UsageError(speak(message, ending=visible(unknown.ending), known=known))


def unknown_journey(
    journey: str, suggestion: str | None, known: tuple[str, ...], speak: Speaker
) -> str:
    """Return what is said of a journey that isn't there."""
    told = speak(N_("There is no journey “{id}”."), id=visible(journey))
    if suggestion is not None:
        return f"{told} {speak(N_('Did you mean “{suggestion}”?'), suggestion=suggestion)}"
    return f"{told} {speak(N_('Known: {known}.'), known=', '.join(known))}"


_UNKNOWN = {
    "segment": N_("The journey isn't for a segment “{id}”."),
    "rule": N_("There is no rule “{id}”."),
    "sheet": N_("A CSV file is named for the sheet that it holds, and there is none “{id}”."),
}


def _tell_id(unknown: UnknownId, speak: Speaker) -> str:
    told = speak(_UNKNOWN[unknown.what], id=visible(unknown.id))
    if unknown.suggestion is not None:
        return f"{told} {speak(N_('Did you mean “{suggestion}”?'), suggestion=unknown.suggestion)}"
    return f"{told} {speak(N_('Known: {known}.'), known=', '.join(unknown.known))}"


def _tell_manner(unknown: UnknownManner, speak: Speaker) -> str:
    manner = visible(unknown.manner)
    if not unknown.known:
        return speak(
            N_("This format has one manner only. Take “--as {manner}” off."), manner=manner
        )
    message = N_("This format isn't drawn as “{manner}”. Known: {known}.")
    return speak(message, manner=manner, known=", ".join(unknown.known))
