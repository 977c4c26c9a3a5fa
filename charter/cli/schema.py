"""``charter schema``."""

from __future__ import annotations

from pathlib import Path

import click

from charter.cli.options import language_option
from charter.cli.printing import unwritable
from charter.messages import N_, Speaker

# charter.schema.NAMES; a test compares the two, so that `--help` need not load the shapes.
NAMES = ("charter", "journey", "markers", "rules", "waivers", "plan")


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(name: str | None, folder: Path | None) -> None:
        from charter.usecases.schema import schema_text, write_schemas

        if (name is None) == (folder is None):
            raise click.UsageError(
                speak(
                    N_("Name one kind of file to print ({known}), or a folder with --to."),
                    known=", ".join(NAMES),
                )
            )
        if name is not None:
            click.echo(schema_text(name), nl=False)
        elif folder is not None:
            try:
                written = write_schemas(folder)
            except OSError as error:
                raise unwritable(folder, error, speak) from None
            for file in written:
                click.echo(str(file))

    return click.Command(
        "schema",
        callback=run,
        help=speak(
            N_(
                "Print the JSON Schema of a kind of file, or write all of them into a folder, for "
                "editors to complete what is typed."
            )
        ),
        params=[
            click.Argument(
                ["name"], type=click.Choice(NAMES), metavar=speak(N_("[FILE]")), required=False
            ),
            click.Option(
                ["--to", "folder"],
                type=click.Path(path_type=Path),
                metavar=speak(N_("DIR")),
                help=speak(N_("Write every schema into this folder.")),
            ),
            language_option(speak),
        ],
    )
