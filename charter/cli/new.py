"""``charter new``."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from charter.cli.options import language_option
from charter.cli.printing import unwritable
from charter.messages import N_, Speaker


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(folder: Path, sample: str | None) -> None:
        from charter import starter
        from charter.usecases.new import start_workspace

        try:
            names = start_workspace(folder, speak.language, sample)
        except starter.NotEmpty:
            raise click.UsageError(
                speak(
                    N_("{folder} already holds something. Name a new or empty folder."),
                    folder=folder,
                )
            ) from None
        except starter.UnknownSample as unknown:
            raise click.UsageError(
                speak(
                    N_("There is no sample “{sample}”. Known: {known}."),
                    sample=sample,
                    known=", ".join(unknown.samples),
                )
            ) from None
        except OSError as error:
            raise unwritable(folder, error, speak) from None
        for name in names:
            click.echo(str(folder / name))
        click.echo(speak(N_("Now: charter check {folder}"), folder=shlex.quote(str(folder))))

    return click.Command(
        "new",
        callback=run,
        help=speak(N_("Start a workspace in DIR, small and commented, or from a sample.")),
        params=[
            click.Argument(["folder"], metavar="DIR", type=click.Path(path_type=Path)),
            click.Option(
                ["--sample"],
                metavar=speak(N_("NAME")),
                help=speak(N_("Start from this sample instead.")),
            ),
            language_option(speak),
        ],
    )
