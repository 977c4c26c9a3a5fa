"""The rules themselves: what each asks, how grave it is, and why."""

from __future__ import annotations

import streamlit as st

from charter.amendments import Place
from charter.findings import Severity
from charter.messages import N_, Speaker
from charter.rules import Rule
from charter.studio.drop_down import drop_down
from charter.studio.fields import choice_field, words_field
from charter.studio.literal import literal
from charter.studio.rule_writing import show_rule_writing
from charter.studio.session import Session
from charter.studio.words import SEVERITIES, explanation

_RULE = "rule-shown"
_OFF = N_("Off: asks nothing")


def show_rules(session: Session) -> None:
    """Show the rules as a table, and one of them to change."""
    speak = session.speak
    rules = {rule.id: rule for rule in session.written.rules}
    if not rules:
        st.info(speak(N_("This charter asks for nothing yet.")))
        return
    st.dataframe(
        [
            {
                speak(N_("Rule")): rule.id,
                speak(N_("Kind")): rule.kind,
                speak(N_("Gravity")): _gravity(rule.gravity, speak),
                speak(N_("Why it matters")): speak.words(rule.why) if rule.why else "",
            }
            for rule in rules.values()
        ],
        hide_index=True,
        width="stretch",
        key="rules",
    )
    show_rule_writing(session)
    chosen = drop_down(speak(N_("Rule to look at")), list(rules), key=_RULE, width=360)
    _show(session, rules[chosen])


def _show(session: Session, rule: Rule) -> None:
    speak = session.speak
    if rule.position.file not in session.files:
        st.info(
            speak(
                N_(
                    "This is one of the rules that every charter is asked where it has none of "
                    "its own. Write rules of your own to change it."
                )
            )
        )
        st.caption(literal(rule.kind))
    else:
        place = Place("rule", rule.id)
        told = N_("The rule “{rule}” changed")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            choice_field(
                speak(N_("Gravity")),
                place,
                ("severity",),
                {str(each): _gravity(each, speak) for each in Severity},
                str(rule.gravity),
                told,
                default=str(rule.default_severity),
                rule=rule.id,
            )
        words_field(
            speak(N_("Why it matters")),
            place,
            ("why",),
            rule.why,
            told,
            is_long=True,
            rule=rule.id,
        )
        st.code(str(rule.position), language=None)
    with st.expander(speak(N_("What is checked here")), icon=":material/help:"):
        st.markdown(explanation(rule.code, speak))


def _gravity(severity: Severity, speak: Speaker) -> str:
    return speak(_OFF if severity is Severity.OFF else SEVERITIES[severity])
