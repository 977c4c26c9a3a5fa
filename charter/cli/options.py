"""Options and arguments that several commands take."""

from __future__ import annotations

from pathlib import Path

import click

from charter.messages import N_, Language, Speaker


def language_option(speak: Speaker) -> click.Option:
    """Return ``--lang``, which may stand anywhere; it was read before click began."""
    return click.Option(
        ["--lang"],
        type=click.Choice([str(language) for language in Language]),
        expose_value=False,
        help=speak(N_("Language of what is printed; the environment's by default.")),
    )


def folder_argument() -> click.Argument:
    """Return DIR, the workspace's folder."""
    return click.Argument(["folder"], metavar="[DIR]", default=".", type=click.Path(path_type=Path))
