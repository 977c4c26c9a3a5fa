"""The ``charter`` command.

Nothing heavy is imported before a command needs it, so that ``--help`` answers at once.
"""

from __future__ import annotations

import gettext
import io
import os
import sys
import traceback
from collections.abc import Sequence

import click

from charter import __version__
from charter.cli import book, check, diff, explain, export, fix, import_, new, plan, schema, studio
from charter.cli.options import language_option
from charter.messages import (
    DOMAIN,
    N_,
    Language,
    Speaker,
    catalogues,
    language_of_environment,
    speaker,
)

EXIT_FAULT = 3
COMMANDS = (new, check, plan, fix, diff, import_, export, book, explain, schema, studio)


def commands(speak: Speaker) -> click.Group:
    """Return the command with its subcommands, speaking one language."""
    group = click.Group(
        "charter",
        help=speak(
            N_("Check that every path of every customer carries the brand's relational identity.")
        ),
        params=[language_option(speak)],
        subcommand_metavar=speak(N_("COMMAND [ARGS]...")),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    group = click.version_option(__version__, prog_name="charter")(group)
    for module in COMMANDS:
        group.add_command(module.command(speak))
    return group


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit with its status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language = _language(words)
    # click says its own words through gettext's global catalogue.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(catalogues()))
    gettext.textdomain(DOMAIN)
    speak = speaker(language)
    _make_room_for_every_character()
    try:
        commands(speak)(args=words, prog_name="charter")
    except Exception as fault:
        if os.environ.get("CHARTER_TRACEBACK"):
            traceback.print_exc()
        print(
            speak(
                N_(
                    "This is a fault of ours, not of your files: {fault}. Nothing was written. "
                    "Please report it, with what CHARTER_TRACEBACK=1 prints."
                ),
                fault=f"{type(fault).__name__}: {fault}",
            ),
            file=sys.stderr,
        )
        sys.exit(EXIT_FAULT)


def _make_room_for_every_character() -> None:
    """Let names and arrows be printed where the system's own encoding doesn't have them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _language(words: Sequence[str]) -> Language:
    """Return the language asked for anywhere among the words, else the environment's."""
    asked = None
    for index, word in enumerate(words):
        if word == "--":
            break
        if word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
        elif word == "--lang" and index + 1 < len(words):
            asked = words[index + 1]
    # An unknown one is left to click, which says so.
    return Language(asked) if asked in tuple(Language) else language_of_environment()
