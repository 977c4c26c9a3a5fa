"""``charter check --write-baseline`` and ``--prune-baseline``."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from charter.messages import N_, Speaker

if TYPE_CHECKING:
    from charter.checker import Checked


def adopted(
    folder: Path, speak: Speaker, today: datetime.date, *, measure: bool | None, is_pruned: bool
) -> Checked:
    """Write or prune the baseline, say what was done, and return what was checked.

    Where the workspace is invalid nothing is written, and nothing said.
    """
    from charter import store
    from charter.messages.problems import sentence
    from charter.usecases import adopt
    from charter.workspace import BASELINE_FILE

    change = adopt.prune_baseline if is_pruned else adopt.write_baseline
    try:
        done = change(folder, today, measure=measure)
    except adopt.NoBaseline:
        raise click.UsageError(
            speak(
                N_("There is no {file} to prune. Write one with --write-baseline."),
                file=BASELINE_FILE,
            )
        ) from None
    except store.CannotSave as refused:
        told = sentence(refused.problem, speak)
        raise click.UsageError(f"{refused.file or folder}: {told}") from None
    except store.Conflicted:
        raise click.UsageError(
            speak(N_("Somebody else changed {file} meanwhile. Try again."), file=BASELINE_FILE)
        ) from None
    if done.checked.workspace is not None:
        if is_pruned:
            told = speak.many(
                "{file}: {number} entry taken off, {left} left.",
                "{file}: {number} entries taken off, {left} left.",
                done.removed,
                file=BASELINE_FILE,
                left=speak.count(done.entries),
            )
        else:
            told = speak.many(
                "{file}: {number} entry written.",
                "{file}: {number} entries written.",
                done.entries,
                file=BASELINE_FILE,
            )
        click.echo(told)
    return done.checked
