"""What ``charter plan`` shows of action plans without looking for anything: ``--by``."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from charter.cli.printing import put
from charter.messages import N_, Speaker
from charter.reports import render as render_report
from charter.reports.plan import FORMATS as FOUND_FORMATS
from charter.reports.plan_views import FORMATS, render

if TYPE_CHECKING:
    # `charter --help` needs none.
    from charter.reports.page import Page

MORE_FORMATS = tuple(each for each in FORMATS if each not in FOUND_FORMATS)
"""Those that only views have."""

_BY = ("target", "channel", "owner")
_SEARCH = ("rules", "locked", "seconds", "budget", "priorities")
"""The options that say how to look for a plan."""


def options(speak: Speaker) -> list[click.Parameter]:
    """Return the options of views."""
    return [
        click.Option(
            ["--by"],
            type=click.Choice(_BY),
            help=speak(
                N_(
                    "Show what the action plans of DIR say by target (segment), by channel or by "
                    "owner; nothing is looked for."
                )
            ),
        ),
        click.Option(
            ["--plan"],
            metavar=speak(N_("ID")),
            help=speak(N_("Show this action plan alone, by its id.")),
        ),
    ]


def are_asked_for(context: click.Context, speak: Speaker) -> bool:
    """Return whether the words of the command ask for a view.

    Raises:
        click.UsageError: They ask for something that doesn't go together.
    """
    given = context.params
    if given["by"] is None:
        if given["plan"] is not None:
            raise click.UsageError(speak(_NEEDS, option="--plan", other="--by"))
        if given["report_format"] in MORE_FORMATS:
            format_given = f"--format {given['report_format']}"
            raise click.UsageError(speak(_NEEDS, option=format_given, other="--by"))
        return False
    _refuse_search(context, _SEARCH, speak)
    return True


_NEEDS = N_("{option} goes with {other} only.")
_NOT_TOGETHER = N_("{option} doesn't go with {other}, for which nothing is looked for.")


def _refuse_search(context: click.Context, names: Collection[str], speak: Speaker) -> None:
    for parameter in context.command.params:
        name = parameter.name or ""
        if name in names and context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            option = parameter.opts[0]
            raise click.UsageError(speak(_NOT_TOGETHER, option=option, other="--by"))


def show(context: click.Context, page: Page, speak: Speaker) -> None:
    """Print the view that the words of the command ask for.

    Raises:
        UnknownIds: The plan asked for isn't there.
    """
    from charter.checker import Checked
    from charter.plan_views import By
    from charter.usecases.check import EXIT_INPUT
    from charter.usecases.plan_views import NoPlans, view_folder

    given = context.params
    folder: Path = given["folder"]
    output: Path | None = given["output"]
    view_format: str = given["report_format"]
    try:
        viewed = view_folder(folder, datetime.date.today(), By(given["by"]), plan=given["plan"])
    except NoPlans:
        raise click.UsageError(speak(_NO_PLANS)) from None
    if isinstance(viewed, Checked):
        put(render_report(view_format, viewed, speak, page), output, page, speak, folder)
        sys.exit(EXIT_INPUT)
    put(render(view_format, viewed, speak, page), output, page, speak, folder)


_NO_PLANS = N_(
    "This workspace has no action plan yet. Begin one with what would help: “charter plan --write "
    "plans/NAME.yaml”."
)
