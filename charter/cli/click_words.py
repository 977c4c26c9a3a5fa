"""The words that click says by itself, marked for translation.

click looks its words up with gettext, in the catalogue that `charter.cli` binds; this module,
which nothing imports, puts them into that catalogue. They are copied from click exactly, those of
every version that pyproject.toml allows. What only a programmer or a prompt of ours could make
click say is left out, as we ask for nothing while a command runs.
"""

from __future__ import annotations

from charter.messages import N_


def many(one: str, several: str) -> tuple[str, str]:
    """Mark a sentence that click has in singular and plural."""
    return one, several


WORDS = (
    # Help.
    N_("Usage:"),
    N_("Options"),
    N_("Positional arguments"),
    N_("Commands"),
    N_("default: {default}"),
    N_("required"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("%(prog)s, version %(version)s"),
    # Errors.
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Aborted!"),
    N_("unknown error"),
    N_("Could not open file {filename!r}: {message}"),
    # Options, arguments and commands.
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("Missing {param_type}"),
    N_("Missing parameter: {param_name}"),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("No such option: {name}"),
    N_("Option {name!r} does not take a value."),
    N_("Argument {name!r} takes {nargs} values."),
    # Values.
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Choose from:\n\t{choices}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{value!r} is not a valid boolean."),
    N_("{value!r} is not a valid boolean. Recognized values: {states}"),
    N_("{value!r} is not a valid UUID."),
    # Files.
    N_("file"),
    N_("directory"),
    N_("path"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
    N_("{name} {filename!r} is not writable."),
    N_("{name} {filename!r} is not executable."),
)

SENTENCES = (
    # Its plural names {possibilities}; versions before 8.4 have another plural, looked up by
    # the same singular.
    many("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    many("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    many("Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given."),
    many(
        "Option {name!r} requires an argument.",
        "Option {name!r} requires {nargs} arguments.",
    ),
    many(
        "{len_type} values are required, but {len_value} was given.",
        "{len_type} values are required, but {len_value} were given.",
    ),
    many(
        "{value!r} does not match the format {format}.",
        "{value!r} does not match the formats {formats}.",
    ),
    many("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
