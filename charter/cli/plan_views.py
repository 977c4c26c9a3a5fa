"""What ``charter plan`` shows without looking for anything: ``--by`` and ``--deployment``."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

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
    from charter.deployment import Deployment
    from charter.plan_views import Viewed
    from charter.reports.page import Page

MORE_FORMATS = tuple(each for each in plan_views.FORMATS if each not in FORMATS)
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
    if by and is_deployment:
        raise click.UsageError(speak(_NOT_BOTH))
    if given["plan"] is not None and not by:
        raise click.UsageError(speak(_NEEDS, option="--plan", other="--by"))
    if given["since"] is not None and not is_deployment:
        raise click.UsageError(speak(_NEEDS, option="--since", other="--deployment"))
    formats = plan_views.FORMATS if by else deployments.FORMATS if is_deployment else FORMATS
    if given["report_format"] not in formats:
        told = {"format": given["report_format"], "known": ", ".join(formats)}
        raise click.UsageError(speak(_NO_FORMAT, **told))
    if by or is_deployment:
        _refuse_others(context, speak)
    return by or is_deployment


_NOT_BOTH = N_("--by and --deployment show different things: ask for one of them.")
_NEEDS = N_("{option} goes with {other} only.")
_NO_FORMAT = N_("What you ask for isn't written as {format}. Known: {known}.")
_NOT_WITH = N_("{option} doesn't go with --by or --deployment, which show what is there already.")


def _refuse_others(context: click.Context, speak: Speaker) -> None:
    for parameter in context.command.params:
        name = parameter.name or ""
        is_written = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if name in _NOT_OF_VIEWS and is_written:
            raise click.UsageError(speak(_NOT_WITH, option=parameter.opts[0]))


def show(context: click.Context, page: Page, speak: Speaker) -> None:
    """Print the view that the words of the command ask for.

    Raises:
        UnknownPlan: The plan asked for isn't there.
    """
    from charter.checker import Checked
    from charter.usecases.check import EXIT_INPUT

    given = context.params
    folder: Path = given["folder"]
    output: Path | None = given["output"]
    report_format: str = given["report_format"]
    if given["deployment"]:
        deployed = _deployment(folder, given["since"], speak)
        if not isinstance(deployed, Checked):
            rendered = deployments.render(report_format, deployed, speak, page)
            put(rendered, output, page, speak, folder)
            return
        invalid = deployed
    else:
        viewed = _view(folder, given["by"], given["plan"], speak)
        if not isinstance(viewed, Checked):
            put(plan_views.render(report_format, viewed, speak, page), output, page, speak, folder)
            return
        invalid = viewed
    put(render_report(report_format, invalid, speak, page), output, page, speak, folder)
    sys.exit(EXIT_INPUT)


def _view(folder: Path, by: str, plan: str | None, speak: Speaker) -> Viewed | Checked:
    from charter.plan_views import By
    from charter.usecases.plan_views import NoPlans, view_folder

    try:
        return view_folder(folder, datetime.date.today(), By(by), plan=plan)
    except NoPlans:
        raise click.UsageError(speak(_NO_PLANS)) from None


_NO_PLANS = N_(
    "This workspace has no action plan yet; “charter plan --write plans/NAME.yaml” begins one."
)


def _deployment(folder: Path, since: str | None, speak: Speaker) -> Deployment | Checked:
    from charter.history import HistoryError
    from charter.messages.history import sentence
    from charter.usecases.deployment import deployment_of_folder

    try:
        return deployment_of_folder(folder, since=since)
    except HistoryError as error:
        raise click.UsageError(sentence(error.reason, error.parameters, speak)) from None
