"""``charter fix``."""

from __future__ import annotations

import datetime
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from charter.cli.options import folder_argument, language_option
from charter.messages import N_, Speaker, visible_line

if TYPE_CHECKING:
    from charter.usecases.fix import Found


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(folder: Path, unsafe_fixes: bool, diff: bool, write: bool) -> None:
        from charter.messages.problems import sentence
        from charter.usecases import fix as usecase
        from charter.workspace import UNFINISHED_SAVE, InvalidWorkspace

        def todo(marker: str, channel: str) -> str:
            message = N_("TODO: say how “{marker}” shows on “{channel}”.")
            return speak(message, marker=marker, channel=channel)

        if write and os.path.lexists(folder / UNFINISHED_SAVE):
            _finish_saving(folder, speak)
        try:
            found = usecase.fixes_of(folder, datetime.date.today(), todo if unsafe_fixes else None)
        except InvalidWorkspace as invalid:
            problem = invalid.problems[0]
            raise click.UsageError(f"{problem.position.file}: {sentence(problem, speak)}") from None
        if diff:
            for line in usecase.difference_of(found):
                click.echo(visible_line(line))
        else:
            _list(found, speak)
        if write and found.fixes.changes:
            _write(folder, found, speak)
        click.echo(_summary(folder, found, is_written=write, is_shown=diff, speak=speak), err=diff)
        sys.exit(usecase.exit_status(found, is_written=write))

    return click.Command(
        "fix",
        callback=run,
        help=speak(
            N_(
                "Repair what needs no thought: ids and keys that are misspelt where only one can "
                "be meant, and transitions to retired touchpoints. Lists the repairs, and writes "
                "nothing without “--write”."
            )
        ),
        params=[
            folder_argument(),
            click.Option(
                ["--unsafe-fixes"],
                is_flag=True,
                help=speak(
                    N_(
                        "Also begin the expressions that “has-expression” misses, as texts still "
                        "to be written."
                    )
                ),
            ),
            click.Option(
                ["--diff"], is_flag=True, help=speak(N_("Show the repairs as a unified diff."))
            ),
            click.Option(
                ["--write"], is_flag=True, help=speak(N_("Write the repairs to the files."))
            ),
            language_option(speak),
        ],
    )


def _list(found: Found, speak: Speaker) -> None:
    from charter.messages.fixes import fix_sentence

    for fix in found.fixes.fixes:
        told = fix_sentence(fix.reason, fix.parameters, speak)
        click.echo(visible_line(f"{fix.position}: {told}"))


def _finish_saving(folder: Path, speak: Speaker) -> None:
    from charter.messages.problems import sentence
    from charter.store import CannotSave
    from charter.usecases.save import finish_saving

    try:
        files = finish_saving(folder)
    except CannotSave as refusal:
        raise click.UsageError(f"{refusal.file}: {sentence(refusal.problem, speak)}") from None
    message = N_("The save that was broken off is settled: {files}.")
    click.echo(visible_line(speak(message, files=speak.all_of(files))))


def _write(folder: Path, found: Found, speak: Speaker) -> None:
    from charter.messages.problems import sentence
    from charter.store import CannotSave, Conflicted
    from charter.usecases.fix import write_fixes

    try:
        write_fixes(folder, found)
    except CannotSave as refusal:
        file = refusal.problem.position.file
        raise click.UsageError(f"{file}: {sentence(refusal.problem, speak)}") from None
    except Conflicted:
        message = N_("Somebody changed the files meanwhile. Nothing was written; run it again.")
        raise click.UsageError(speak(message)) from None


def _summary(
    folder: Path, found: Found, *, is_written: bool, is_shown: bool, speak: Speaker
) -> str:
    """Return how many repairs there are, and what is left to do."""
    number = len(found.fixes.fixes)
    if not number:
        told = [speak(N_("Nothing can be repaired without thought."))]
    elif is_written:
        told = [speak.many("{number} repair written.", "{number} repairs written.", number)]
    elif is_shown:
        told = [
            speak.many(
                "{number} repair; “--write” writes it.",
                "{number} repairs; “--write” writes them.",
                number,
            )
        ]
    else:
        told = [
            speak.many(
                "{number} repair; “--diff” shows it, “--write” writes it.",
                "{number} repairs; “--diff” shows them, “--write” writes them.",
                number,
            )
        ]
    if left := len(found.fixes.left):
        told.append(
            speak.many(
                "{number} problem is left to you: charter check {folder}",
                "{number} problems are left to you: charter check {folder}",
                left,
                folder=shlex.quote(str(folder)),
            )
        )
    return " ".join(told)
