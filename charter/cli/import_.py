"""``charter import``."""

from __future__ import annotations

import datetime
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from charter.cli.export import unknown_ending
from charter.cli.options import language_option
from charter.cli.printing import page_of, unwritable
from charter.messages import N_, Speaker, visible, visible_line

if TYPE_CHECKING:
    from charter.checker import Checked
    from charter.usecases.importing import Delivery, NotImported, Offer


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(
        file: Path, folder: Path, journey: str | None, mapping: Path | None, write: bool
    ) -> None:
        from charter.reports.diff import render
        from charter.usecases import importing
        from charter.usecases.check import EXIT_INPUT
        from charter.usecases.exporting import UnknownEnding

        try:
            delivery, offer = importing.propose_import(
                folder, file, speak, datetime.date.today(), journey=journey, mapping=mapping
            )
        except UnknownEnding as unknown:
            raise unknown_ending(unknown, speak) from None
        except importing.NotImported as refused:
            _refuse(refused, speak)
            sys.exit(EXIT_INPUT)
        if offer.comparison is not None:
            page = page_of(None)
            click.echo(render("text", offer.comparison, speak, page), nl=False)
        elif not write:
            _show(delivery, offer)
        _tell(offer, speak)
        if not offer.changes and not offer.beside:
            click.echo(speak(N_("Nothing changes: the workspace says all of it.")))
        elif write:
            checked = _write(folder, delivery, offer, speak)
            _conclude(folder, offer, checked, speak)
        else:
            click.echo(speak(N_("Nothing was written. “--write” writes it.")))

    return click.Command(
        "import",
        callback=run,
        help=speak(
            N_(
                "Read a file of another tool into the workspace in DIR, which is begun where there "
                "is none. A process model (.bpmn) or a Mermaid diagram (.mmd) becomes journeys; "
                "one that is there is never written over, and what can't be carried over is "
                "listed. Sheets (.xlsx, .csv, a .zip or a folder of .csv) change only what their "
                "cells say otherwise than the workspace. Shows what would be written, and writes "
                "nothing without “--write”."
            )
        ),
        params=[
            click.Argument(["file"], metavar="FILE", type=click.Path(path_type=Path)),
            click.Argument(["folder"], metavar="DIR", type=click.Path(path_type=Path)),
            click.Option(
                ["--journey"],
                metavar=speak(N_("ID")),
                help=speak(N_("The id of the journey; by default it is made from the file.")),
            ),
            click.Option(
                ["--mapping"],
                type=click.Path(path_type=Path),
                metavar=speak(N_("FILE")),
                help=speak(
                    N_("What the file doesn't say: stages and channels, as an import asked them.")
                ),
            ),
            click.Option(["--write"], is_flag=True, help=speak(N_("Write what is shown."))),
            language_option(speak),
        ],
    )


def _refuse(refused: NotImported, speak: Speaker) -> None:
    """Print everything that is wrong."""
    from charter.messages.problems import sentence

    for problem in refused.problems:
        told = f"{problem.position}: {problem.code} {sentence(problem, speak)}"
        click.echo(visible_line(told))
    click.echo(speak(N_("Nothing was imported.")))


def _show(delivery: Delivery, offer: Offer) -> None:
    """Print what would be written, as a unified diff."""
    from charter.usecases.difference import difference

    after = {**offer.changes, **offer.beside}
    before = {name: delivery.files.get(name) for name in after}
    for line in difference(before, after):
        click.echo(visible_line(line))


def _tell(offer: Offer, speak: Speaker) -> None:
    """Print what becomes of everything in the file, and what can't be carried over."""
    from charter.messages.exchange import note_sentence, table

    for each in offer.notes:
        click.echo(visible_line(f"{each.position}: {note_sentence(each, speak)}"))
    for line in table(offer.counts, speak):
        click.echo(line)


def _write(folder: Path, delivery: Delivery, offer: Offer, speak: Speaker) -> Checked | None:
    from charter.messages.problems import sentence
    from charter.store import CannotSave, Conflicted
    from charter.usecases.importing import write_offer

    try:
        checked = write_offer(folder, delivery, offer)
    except CannotSave as refusal:
        told = sentence(refusal.problem, speak)
        raise click.UsageError(f"{refusal.file or folder}: {told}") from None
    except Conflicted:
        message = N_("Somebody changed the files meanwhile. Nothing was written; run it again.")
        raise click.UsageError(speak(message)) from None
    except OSError as error:
        raise unwritable(folder, error, speak) from None
    for name in (*offer.changes, *offer.beside):
        click.echo(speak(N_("{file} written."), file=visible(str(folder / name))))
    return checked


def _conclude(folder: Path, offer: Offer, checked: Checked | None, speak: Speaker) -> None:
    """Print what a check says now, and what to do next."""
    from charter.findings import Severity
    from charter.messages.exchange import next_step

    if offer.next_step:
        click.echo(next_step(offer.next_step, speak))
    if checked is not None:
        report = checked.report
        errors, warnings = map(report.count_findings, (Severity.ERROR, Severity.WARNING))
        told = speak.all_of(
            [
                speak.many("{number} error", "{number} errors", errors),
                speak.many("{number} warning", "{number} warnings", warnings),
            ]
        )
        message = N_("The workspace can be checked: {told}. See charter check {folder}")
        click.echo(speak(message, told=told, folder=shlex.quote(str(folder))))
