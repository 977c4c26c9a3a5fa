"""``charter plan``."""

from __future__ import annotations

import datetime
import math
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from charter.cli import plan_views
from charter.cli.options import folder_argument, language_option
from charter.cli.printing import format_option, output_option, page_of, put
from charter.messages import N_, Speaker, visible
from charter.reports import render as render_report
from charter.reports.plan import FORMATS, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from charter.usecases.plan import UnknownId

MOST_SECONDS = 24 * 60 * 60
"""Longer than a day nobody waits."""

_UNITS = {"s": 1, "m": 60, "h": 3600}


def seconds_of(written: str) -> float | None:
    """Return a time such as ``30s``, ``2m`` or ``1h`` in seconds; None where it can't be used."""
    found = re.fullmatch(r"\s*(\d{1,9}(?:\.\d{1,9})?)\s*([smh]?)\s*", written, re.ASCII)
    seconds = float(found[1]) * _UNITS[found[2] or "s"] if found else 0.0
    return seconds if 0 < seconds <= MOST_SECONDS else None


def amount_of(written: str) -> float | None:
    """Return a number above 0; None where it isn't one."""
    try:
        amount = float(written)
    except ValueError:
        return None
    return amount if 0 < amount < math.inf else None


_NO_TIME = N_(
    "“{value}” is no time that the search may take. Write it like 30s, 2m or 1h, up to 24h."
)
_NO_BUDGET = N_(
    "“{value}” is no budget. Write a number above 0: an action costs 1 where nothing else is said."
)


def _reading(
    read: Callable[[str], float | None], complaint: str, speak: Speaker
) -> Callable[[click.Context, click.Parameter, str | None], float | None]:
    """Return how click reads an option: None where it isn't given, the complaint where it's bad."""

    def callback(
        context: click.Context, parameter: click.Parameter, written: str | None
    ) -> float | None:
        if written is None:
            return None
        value = read(written)
        if value is None:
            message = speak(complaint, value=visible(written))
            raise click.BadParameter(message, context, parameter)
        return value

    return callback


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(
        folder: Path,
        rules: tuple[str, ...],
        locked: tuple[str, ...],
        seconds: float,
        budget: float | None,
        priorities: bool,
        report_format: str,
        output: Path | None,
        **_of_views: object,
    ) -> None:
        from charter.checker import Checked
        from charter.usecases.check import EXIT_INPUT
        from charter.usecases.plan import UnknownIds, exit_status, plan_folder

        context = click.get_current_context()
        page = page_of(output)
        try:
            if plan_views.are_asked_for(context, speak):
                plan_views.show(context, page, speak)
                return
            planned = plan_folder(
                folder,
                datetime.date.today(),
                rules=rules,
                locked=locked,
                budget=budget,
                is_ranked=priorities,
                seconds=seconds,
                clock=time.monotonic,
            )
        except UnknownIds as unknown:
            raise click.UsageError(" ".join(_tell(each, speak) for each in unknown.ids)) from None
        if isinstance(planned, Checked):
            put(render_report(report_format, planned, speak, page), output, page, speak, folder)
            sys.exit(EXIT_INPUT)
        put(render(report_format, planned, speak, page), output, page, speak, folder)
        sys.exit(exit_status(planned))

    return click.Command(
        "plan",
        callback=run,
        help=speak(
            N_(
                "Say what to do so that the rules of DIR hold: the cheapest markers to add, where, "
                "and what they cost, proved. Nothing is written. The exit status is 1 where a "
                "rule asked for stays broken, and 4 where no plan was found in the time."
            )
        ),
        params=[
            folder_argument(),
            click.Option(
                ["--rule", "rules"],
                multiple=True,
                metavar=speak(N_("ID")),
                help=speak(
                    N_(
                        "A rule that is to hold; those of severity “error” by default. May be "
                        "given several times."
                    )
                ),
            ),
            click.Option(
                ["--lock", "locked"],
                multiple=True,
                metavar=speak(N_("TOUCHPOINT")),
                help=speak(
                    N_("A touchpoint to leave as it is, by its id. May be given several times.")
                ),
            ),
            click.Option(
                ["--within", "seconds"],
                callback=_reading(seconds_of, _NO_TIME, speak),
                default="30s",
                show_default=True,
                metavar=speak(N_("TIME")),
                help=speak(
                    N_("How long to look: 30s, 2m, 1h. The best plan found by then is told.")
                ),
            ),
            click.Option(
                ["--budget"],
                callback=_reading(amount_of, _NO_BUDGET, speak),
                metavar=speak(N_("N")),
                help=speak(
                    N_(
                        "What the actions may cost together; told are those that reach most "
                        "customers."
                    )
                ),
            ),
            click.Option(
                ["--priorities"],
                is_flag=True,
                help=speak(
                    N_(
                        "Say too what to do first: each action that helps what is broken, ranked, "
                        "and why. It may take as long again."
                    )
                ),
            ),
            *plan_views.options(speak),
            format_option((*FORMATS, *plan_views.MORE_FORMATS), speak),
            output_option(speak),
            language_option(speak),
        ],
    )


_MEANT = N_("Did you mean “{suggestion}”?")
_UNKNOWN = {
    "rule": N_("There is no rule “{id}”."),
    "rule-off": N_("The rule “{id}” is switched off (severity: off): it asks nothing."),
    "touchpoint": N_("There is no touchpoint “{id}”."),
    "plan": N_("There is no action plan “{id}”."),
}


def _tell(unknown: UnknownId, speak: Speaker) -> str:
    told = speak(_UNKNOWN[unknown.what], id=visible(unknown.id))
    if unknown.suggestion is None:
        return told
    return f"{told} {speak(_MEANT, suggestion=unknown.suggestion)}"
