"""The findings, as far as they are asked for, to choose one of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from charter.consistency import ALL, EVERYONE, Asked, concerns
from charter.findings import Finding, Severity
from charter.messages import N_
from charter.reports.names import Names
from charter.reports.telling import tell
from charter.studio import address
from charter.studio.choices import Choice, ChoicesView, choices
from charter.studio.drop_down import drop_down
from charter.studio.part import concerns_all
from charter.studio.session import Session
from charter.studio.words import SEVERITIES, badges

FINDING = "finding"
RULE = "finding-rule"
SEGMENT = "finding-segment"
GRAVITY = "gravity"
_NO_SEGMENT = "-"
"""Stands for verdicts that tell no segments apart, where the empty text stands for all."""


@dataclass(frozen=True)
class Filter:
    """Which findings are listed; empty for all."""

    asked: Asked = ALL
    rule: str = ""
    segment: str = ""
    gravity: str = ""

    def selects(self, finding: Finding, session: Session) -> bool:
        """Return whether a finding is listed."""
        if self.gravity and finding.severity != self.gravity:
            return False
        if self.rule and finding.rule != self.rule:
            return False
        if self.asked.journey and finding.journey != self.asked.journey:
            return False
        if not finding.verdicts:
            return not (self.asked.channel or self.segment)
        setting = session.names.settings.get(finding.journey or "")
        segment = EVERYONE if self.segment == _NO_SEGMENT else self.segment
        return any(
            concerns(verdict, setting, self.asked)
            and (not self.segment or (verdict.segment or EVERYONE) == segment)
            for verdict in finding.verdicts
        )


def focus(rule: str, segment: str) -> None:
    """List the findings of one cell of the matrix."""
    st.session_state[RULE] = rule
    st.session_state[SEGMENT] = segment or _NO_SEGMENT
    st.session_state[GRAVITY] = ""


def show_all() -> None:
    """List all findings again."""
    for key in (RULE, SEGMENT, GRAVITY):
        st.session_state[key] = ""


def _ask_for_all() -> None:
    show_all()
    concerns_all()


def focused() -> tuple[str, str] | tuple[()]:
    """Return the rule and the segment that findings are listed of, as in the matrix."""
    rule, segment = st.session_state.get(RULE), st.session_state.get(SEGMENT)
    if not rule or not segment:
        return ()
    return rule, EVERYONE if segment == _NO_SEGMENT else segment


def follow_link(session: Session, *where: str) -> None:
    """Let a link that names a finding show it, whatever was filtered before; ``where`` too."""
    said = st.query_params.get(FINDING)
    if said is None or not address.is_new(FINDING) or session.finding(said) is None:
        return
    show_all()
    for key in where:
        st.session_state[key] = ""
        address.write(key, None)


def show_filters(session: Session, asked: Asked) -> Filter:
    """Show what narrows the list, and return what is chosen."""
    speak, names, report = session.speak, session.names, session.report
    rules = [rule.id for rule in session.workspace.rules]
    told_of = {f.rule for f in report.findings}
    chosen_rule = st.session_state.get(RULE)
    segments = [each.id for each in session.workspace.charter.all_segments]
    severities = [s for s in Severity if any(f.severity is s for f in report.findings)]
    chosen: dict[str, str] = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for key, label, options, told, width in (
            (
                RULE,
                N_("Rule"),
                [rule for rule in rules if rule in told_of or rule == chosen_rule],
                lambda rule: rule or speak(N_("All rules")),
                260,
            ),
            (
                SEGMENT,
                N_("For whom"),
                [*segments, _NO_SEGMENT],
                lambda s: (
                    speak(N_("Told for no segment"))
                    if s == _NO_SEGMENT
                    else names.of("segment", s)
                    if s
                    else speak(N_("All segments"))
                ),
                240,
            ),
            (
                GRAVITY,
                N_("Gravity"),
                [*severities],
                lambda s: (
                    f"{speak(SEVERITIES[Severity(s)])} ({report.count_findings(Severity(s))})"
                    if s
                    else speak(N_("All findings"))
                ),
                200,
            ),
        ):
            offered = ["", *options]
            # The table above shows what is listed.
            chosen[key] = drop_down(
                speak(label), offered, key=key, told=told, on_change=concerns_all, width=width
            )
        if any(chosen.values()):
            st.button(
                speak(N_("Show all")),
                icon=":material/filter_alt_off:",
                key="show-all-findings",
                on_click=_ask_for_all,
            )
    return Filter(asked, chosen[RULE], chosen[SEGMENT], chosen[GRAVITY])


def choose_finding(session: Session, wanted: Filter) -> Finding | None:
    """Show the findings asked for, and return the one chosen; None where there is none."""
    shown = {
        finding.fingerprint: finding
        for finding in session.report.findings
        if wanted.selects(finding, session)
    }
    if not shown:
        address.write(FINDING, None)
        st.info(session.speak(N_("No finding is of that kind.")), icon=":material/check_circle:")
        return None
    address.read(FINDING, shown, default=next(iter(shown)))
    chosen: str = st.session_state[FINDING]
    view = findings_view(list(shown.values()), chosen, session.names, _most_listed())
    choices(view, key=_LIST, on_choose=_choose, on_more=_list_all)
    address.write(FINDING, chosen)
    return shown[chosen]


def findings_view(
    findings: Sequence[Finding], chosen: str, names: Names, most: int | None = None
) -> ChoicesView:
    """Return findings in people's words, to choose one of.

    Args:
        findings: The gravest first.
        chosen: The fingerprint of the one that is chosen.
        names: What things are called.
        most: How many are listed, and the one chosen with those before it besides; None for all.
    """
    place = next(at for at, each in enumerate(findings) if each.fingerprint == chosen)
    listed = findings if most is None else findings[: max(most, place + 1)]
    left = len(findings) - len(listed)
    return ChoicesView(
        title=names.speak(N_("Findings")),
        choices=tuple(_choice(finding, names) for finding in listed),
        chosen=chosen,
        more=names.speak.many("{number} more finding", "{number} more findings", left)
        if left
        else "",
        is_long=len(listed) > _MOST_IN_VIEW,
    )


def _choice(finding: Finding, names: Names) -> Choice:
    where = names.of("journey", finding.journey) if finding.journey else ""
    return Choice(
        id=finding.fingerprint,
        title=tell(finding, names).headline,
        note=" · ".join(filter(None, (where, finding.rule or finding.code))),
        badges=badges(finding, names),
    )


_LIST = "findings"
_MOST_IN_VIEW = 6
_MOST_LISTED = 12
"""Findings that are listed, the gravest, before somebody asks for the others."""
_ALL_LISTED = "all-findings-listed"


def _most_listed() -> int | None:
    return None if st.session_state.get(_ALL_LISTED) else _MOST_LISTED


def _choose(fingerprint: str) -> None:
    address.choose(FINDING, fingerprint)


def _list_all() -> None:
    st.session_state[_ALL_LISTED] = True
