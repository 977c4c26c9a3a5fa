"""What ``charter plan`` shows without looking for anything: ``--by``, ``--deployment``, tables."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from charter.cli.printing import put
from charter.messages import N_, Speaker
from charter.reports import deployment as deployments
from charter.reports import plan_views
from charter.reports import render as render_report
from charter.reports.plan import FORMATS

if TYPE_CHECKING:
    # `charter --help` needs none.
    from charter.checker import Checked
    from charter.reports.page import Page

_OF_VIEWS = (*plan_views.FORMATS, *plan_views.TABLES)
MORE_FORMATS = tuple(each for each in _OF_VIEWS if each not in FORMATS)
"""Those that plans which were found don't have."""

_BY = ("target", "channel", "owner")
_NOT_OF_VIEWS = (
    "rules",
    "locked",
    "seconds",
    "budget",
    "priorities",
    "what_if",
    "committed",
    "write",
)
"""The options that say what to look for, or what becomes of it."""


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
            help=speak(N_("Show this action plan alone, by its id or its file.")),
        ),
        click.Option(
            ["--deployment"],
            is_flag=True,
            help=speak(
                N_(
                    "Show how far each marker has come on each channel: live, planned, decided, "
                    "an idea, or nowhere; nothing is looked for."
                )
            ),
        ),
        click.Option(
            ["--since"],
            metavar=speak(N_("REV")),
            help=speak(N_("Show what has become of it since a git revision.")),
        ),
    ]


def are_asked_for(context: click.Context, speak: Speaker) -> bool:
    """Return whether the words of the command ask for a view.

    Raises:
        click.UsageError: They ask for what doesn't go together.
    """
    given = context.params
    by, is_deployment = given["by"] is not None, given["deployment"]
    is_table = given["report_format"] in plan_views.TABLES and not is_deployment
    if by and is_deployment:
        raise click.UsageError(speak(_NOT_BOTH))
    if given["plan"] is not None and not (by or is_table):
        raise click.UsageError(speak(_PLAN_NEEDS))
    if given["since"] is not None and not is_deployment:
        raise click.UsageError(speak(_SINCE_NEEDS))
    formats = _OF_VIEWS if by or is_table else deployments.FORMATS if is_deployment else FORMATS
    if given["report_format"] not in formats:
        told = {"format": given["report_format"], "known": ", ".join(formats)}
        raise click.UsageError(speak(_NO_FORMAT, **told))
    if by or is_deployment or is_table:
        _refuse_others(context, ["seconds"] if is_table else [], speak)
    return by or is_deployment or is_table


_NOT_BOTH = N_("--by and --deployment show different things: ask for one of them.")
_PLAN_NEEDS = N_("--plan goes with --by, or with --format csv or xlsx, only.")
_SINCE_NEEDS = N_("--since goes with --deployment only.")
_NO_FORMAT = N_("What you ask for isn't written as {format}. Known: {known}.")
_NOT_WITH = N_(
    "{option} doesn't go with --by, --deployment, csv or xlsx, which show what is there already."
)


def _refuse_others(context: click.Context, allowed: Collection[str], speak: Speaker) -> None:
    for parameter in context.command.params:
        name = parameter.name or ""
        is_written = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if name in _NOT_OF_VIEWS and name not in allowed and is_written:
            raise click.UsageError(speak(_NOT_WITH, option=parameter.opts[0]))


def show(context: click.Context, page: Page, speak: Speaker) -> None:
    """Print the view that the words of the command ask for.

    Raises:
        UnknownPlan: The plan asked for isn't there.
    """
    from charter.checker import Checked
    from charter.usecases.check import EXIT_INPUT
    from charter.usecases.plan_views import NoPlans

    given = context.params
    folder: Path = given["folder"]
    output: Path | None = given["output"]
    report_format: str = given["report_format"]
    is_table = report_format in plan_views.TABLES
    rendered: str | bytes | Checked
    if report_format == _WORKBOOK and output is None:
        raise click.UsageError(speak(_NEEDS_FILE))
    try:
        if given["deployment"]:
            rendered = _deployment(given, page, speak)
        elif is_table:
            rendered = _table(given, speak)
        else:
            rendered = _view(given, page, speak)
    except NoPlans:
        raise click.UsageError(speak(_NO_PLANS)) from None
    if isinstance(rendered, Checked):
        # What is wrong with files is no row of a table.
        told = render_report("text" if is_table else report_format, rendered, speak, page)
        put(told, None if is_table else output, page, speak, folder)
        sys.exit(EXIT_INPUT)
    put(rendered, output, page, speak, folder)


_WORKBOOK = "xlsx"
_NEEDS_FILE = N_("A workbook isn't printed: say with --output FILE where to write it.")
_NO_PLANS = N_(
    "This workspace has no action plan yet; “charter plan --write plans/NAME.yaml” begins one."
)


def _view(given: Mapping[str, Any], page: Page, speak: Speaker) -> str | Checked:
    from charter.checker import Checked
    from charter.plan_views import By
    from charter.usecases.plan_views import view_folder

    today = datetime.date.today()
    viewed = view_folder(given["folder"], today, By(given["by"]), plan=given["plan"])
    if isinstance(viewed, Checked):
        return viewed
    return plan_views.render(given["report_format"], viewed, speak, page)


def _table(given: Mapping[str, Any], speak: Speaker) -> bytes | Checked:
    from charter.checker import Checked
    from charter.plan_views import By
    from charter.usecases.plan_views import tabulate_folder

    viewed = tabulate_folder(
        given["folder"],
        datetime.date.today(),
        By(given["by"] or By.TARGET),
        plan=given["plan"],
        seconds=given["seconds"],
        clock=time.monotonic,
    )
    if isinstance(viewed, Checked):
        return viewed
    is_grouped = given["by"] is not None
    return plan_views.render_table(given["report_format"], viewed, speak, is_grouped=is_grouped)


def _deployment(given: Mapping[str, Any], page: Page, speak: Speaker) -> str | Checked:
    from charter.checker import Checked
    from charter.history import HistoryError
    from charter.messages.history import sentence
    from charter.usecases.deployment import deployment_of_folder

    try:
        found = deployment_of_folder(given["folder"], since=given["since"])
    except HistoryError as error:
        raise click.UsageError(sentence(error.reason, error.parameters, speak)) from None
    if isinstance(found, Checked):
        return found
    return deployments.render(given["report_format"], found, speak, page)
