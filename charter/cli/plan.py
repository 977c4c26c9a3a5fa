"""``charter plan``."""

from __future__ import annotations

import datetime
import math
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from charter.cli import plan_views
from charter.cli.options import folder_argument, language_option
from charter.cli.printing import format_option, output_option, page_of, put
from charter.messages import N_, Speaker, visible
from charter.reports import render as render_report
from charter.reports.plan import FORMATS, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from charter.reports.page import Page
    from charter.suggestions import Planned
    from charter.usecases.plan import UnknownId
    from charter.usecases.what_if import UnknownPlan

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
        what_if: tuple[str, ...],
        committed: bool,
        write: Path | None,
        report_format: str,
        output: Path | None,
        **_of_views: object,
    ) -> None:
        from charter.checker import Checked
        from charter.usecases.check import EXIT_INPUT
        from charter.usecases.plan import UnknownIds, exit_status, plan_folder
        from charter.usecases.what_if import UnknownPlan

        context = click.get_current_context()
        is_view = plan_views.are_asked_for(context, speak)
        page = page_of(output)
        if what_if:
            _refuse_together("--what-if", speak, rules, locked, budget, priorities, write)
            _foresee(folder, what_if, committed, seconds, report_format, output, page, speak)
        if committed:
            raise click.UsageError(speak(N_("--committed goes with --what-if.")))
        file = None if write is None else _plan_file(folder, write, speak)
        try:
            if is_view:
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
        except UnknownPlan as unknown:
            raise click.UsageError(_tell_plan(unknown, speak)) from None
        except UnknownIds as unknown:
            raise click.UsageError(" ".join(_tell(each, speak) for each in unknown.ids)) from None
        if isinstance(planned, Checked):
            put(render_report(report_format, planned, speak, page), output, page, speak, folder)
            sys.exit(EXIT_INPUT)
        put(render(report_format, planned, speak, page), output, page, speak, folder)
        if file is not None:
            _propose(folder, planned, file, speak)
        sys.exit(exit_status(planned))

    return click.Command(
        "plan",
        callback=run,
        help=speak(
            N_(
                "Say what to do so that the rules of DIR hold: the cheapest markers to add, where, "
                "and what they cost, proved. Nothing is written without --write. The exit status "
                "is 1 where a rule asked for stays broken, and 4 where no plan was found in the "
                "time."
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
            click.Option(
                ["--what-if"],
                multiple=True,
                metavar=speak(N_("FILE")),
                help=speak(
                    N_(
                        "Say instead what will hold once an action plan of plans/ is done, and "
                        "what each of its actions does for that. May be given several times."
                    )
                ),
            ),
            click.Option(
                ["--committed"],
                is_flag=True,
                help=speak(
                    N_("With --what-if: count only what is decided, under way or done, no ideas.")
                ),
            ),
            click.Option(
                ["--write"],
                type=click.Path(path_type=Path),
                metavar=speak(N_("FILE")),
                help=speak(
                    N_(
                        "Also write the actions into a file of plans/, as ideas. Where it is there "
                        "already, those that it doesn't name are added, and nothing is changed."
                    )
                ),
            ),
            *plan_views.options(speak),
            format_option((*FORMATS, *plan_views.MORE_FORMATS), speak),
            output_option(speak),
            language_option(speak),
        ],
    )


def _refuse_together(option: str, speak: Speaker, *others: object) -> None:
    if any(others):
        raise click.UsageError(
            speak(
                N_(
                    "{option} asks something else than --rule, --lock, --budget, --priorities and "
                    "--write. Leave one or the other out."
                ),
                option=option,
            )
        )


def _foresee(
    folder: Path,
    plans: tuple[str, ...],
    committed: bool,
    seconds: float,
    report_format: str,
    output: Path | None,
    page: Page,
    speak: Speaker,
) -> NoReturn:
    """Tell what will hold once plans are done."""
    from charter.checker import Checked
    from charter.reports import outlook as outlook_report
    from charter.usecases.check import EXIT_INPUT
    from charter.usecases.what_if import UnknownPlan, exit_status, foresee

    try:
        foreseen = foresee(
            folder,
            datetime.date.today(),
            plans,
            is_committed_only=committed,
            seconds=seconds,
            clock=time.monotonic,
        )
    except UnknownPlan as unknown:
        raise click.UsageError(_tell_plan(unknown, speak)) from None
    if isinstance(foreseen, Checked):
        put(render_report(report_format, foreseen, speak, page), output, page, speak, folder)
        sys.exit(EXIT_INPUT)
    rendered = outlook_report.render(report_format, foreseen, speak, page)
    put(rendered, output, page, speak, folder)
    sys.exit(exit_status(foreseen))


def _plan_file(folder: Path, written: Path, speak: Speaker) -> str:
    from charter.usecases.proposals import NotAPlanFile, plan_file

    try:
        return plan_file(folder, written)
    except NotAPlanFile:
        message = N_(
            "“{file}” is no place for a plan. Name a file such as plans/q4.yaml in the workspace."
        )
        raise click.UsageError(speak(message, file=visible(str(written)))) from None


def _propose(folder: Path, planned: Planned, file: str, speak: Speaker) -> None:
    """Write what is proposed, and say so beside the report."""
    from charter.messages.problems import sentence
    from charter.store import CannotSave, Conflicted
    from charter.usecases.proposals import write_proposals

    try:
        done = write_proposals(folder, planned, file, speak)
    except CannotSave as refusal:
        raise click.UsageError(f"{refusal.file}: {sentence(refusal.problem, speak)}") from None
    except Conflicted:
        message = N_("Somebody changed the files meanwhile. Nothing was written; run it again.")
        raise click.UsageError(speak(message)) from None
    told = []
    if done.added:
        told.append(
            speak.many(
                "{number} action was added to {file}, as an idea.",
                "{number} actions were added to {file}, as ideas.",
                done.added,
                file=done.file,
            )
        )
    if done.known:
        told.append(
            speak.many(
                "{number} action was in {file} already.",
                "{number} actions were in {file} already.",
                done.known,
                file=done.file,
            )
        )
    if not told:
        told.append(speak(N_("There is nothing to write to {file}."), file=done.file))
    click.echo(" ".join(told), err=True)


_KNOWN = N_("Known: {known}.")
_MEANT = N_("Did you mean “{suggestion}”?")
_UNKNOWN = {
    "rule": N_("There is no rule “{id}”."),
    "rule-off": N_("The rule “{id}” is switched off (severity: off): it asks nothing."),
    "rule-of-plans": N_("The rule “{id}” asks of action plans: no marker mends what it finds."),
    "touchpoint": N_("There is no touchpoint “{id}”."),
}


def _tell_plan(unknown: UnknownPlan, speak: Speaker) -> str:
    told = speak(N_("There is no plan “{id}”."), id=visible(unknown.written))
    if unknown.suggestion is not None:
        return f"{told} {speak(_MEANT, suggestion=unknown.suggestion)}"
    if unknown.known:
        return f"{told} {speak(_KNOWN, known=', '.join(unknown.known))}"
    hint = N_("This workspace has none yet; “charter plan --write plans/NAME.yaml” begins one.")
    return f"{told} {speak(hint)}"


def _tell(unknown: UnknownId, speak: Speaker) -> str:
    told = speak(_UNKNOWN[unknown.what], id=visible(unknown.id))
    if unknown.suggestion is None:
        return told
    return f"{told} {speak(_MEANT, suggestion=unknown.suggestion)}"
