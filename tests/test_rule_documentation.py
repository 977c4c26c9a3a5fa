"""The documentation of each rule kind is whole, and its examples do what it says of them."""

import datetime
import re
import textwrap
from typing import NamedTuple

import pytest
import yaml
from click.testing import CliRunner

from charter.checker import check
from charter.cli import commands
from charter.defects import SEVERITIES
from charter.findings import Answer, Report
from charter.messages import Language, speaker
from charter.messages.codes import CODES
from charter.rules import KINDS, Rule
from charter.rules.documentation import (
    documentation,
    english,
    english_hash,
    own_options,
    shared_options,
    takes_a_selector,
    translated_hash,
)
from charter.rules.follows import Follows
from charter.rules.plan_covers import PlanCovers
from charter.rules.selector import Selector
from charter.workspace import read_files
from tools.rule_reference import FILES, reference

TODAY = datetime.date(2026, 11, 2)
SECTIONS = {
    Language.ENGLISH: ("Why it matters", "Breaks", "Repaired", "Options"),
    Language.FRENCH: ("Pourquoi c’est important", "En défaut", "Corrigé", "Options"),
}
SHARED_SECTIONS = {
    Language.ENGLISH: ("Options shared with other kinds", "What a selector is"),
    Language.FRENCH: ("Options communes à plusieurs types", "Ce qu’est un sélecteur"),
}
# The charter that all examples are written for.
CHARTER = """\
charter: 1
brand: An example
values:
  - {id: hospitality}
channels: [{id: store}, {id: web}, {id: email}, {id: phone}]
segments: [{id: newcomer}, {id: loyal, priority: high}]
stages: [{id: discover}, {id: buy}]
markers:
  - id: named-host
    name: A named host
    values: [hospitality]
    expressions:
      store: The host gives their first name when they welcome.
      email: Signed with a first name and a direct line.
  - {id: no-repeat, name: Never asked twice, role: basic}
  - {id: please-wait, name: Please wait, role: irritant}
"""
# What another rule of the example finds, that a plan need not have mended yet.
ASKED_ABOUT: dict[type[Rule], set[str]] = {PlanCovers: {"CH101"}}
EACH_KIND = pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name()) for kind in KINDS])
EACH_LANGUAGE = pytest.mark.parametrize("language", list(Language))


def sections(kind: type[Rule], language: Language) -> dict[str, str]:
    """Return the text under each heading; that before the first one under an empty title."""
    text = documentation(kind, language)
    parts = re.split(r"^# (.+)\n", text, flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


class Example(NamedTuple):
    """An example: what its section writes of a charter, its rules apart, a journey and a plan."""

    rules: str
    charter: str
    journey: str
    plan: str

    def checked(self) -> Report:
        charter = yaml.safe_load(CHARTER) | yaml.safe_load(self.charter or "{}")
        files = {"charter.yaml": yaml.safe_dump(charter) + self.rules}
        if self.journey:
            files["journeys/example.yaml"] = f"journey: example\n{self.journey}"
        if self.plan:
            files["plans/example.yaml"] = self.plan
        return check(read_files(files), TODAY)


def example(section: str) -> Example:
    """Return the one example of a section."""
    (block,) = re.findall(r"(?:^ {4}.*\n?)+", section, flags=re.MULTILINE)
    parts = {"rules": "", "charter": "", "journey": "", "plan": ""}
    for part in re.split(r"^(?=\S)", textwrap.dedent(block), flags=re.MULTILINE):
        key = part.partition(":")[0]
        parts[_PART_OF.get(key, "charter")] += part
    return Example(**parts)


_PART_OF = {
    "rules": "rules",
    "touchpoints": "journey",
    "outcomes": "journey",
    "plan": "plan",
    "actions": "plan",
}


def broken_example(kind: type[Rule], language: Language) -> Example:
    return example(sections(kind, language)[SECTIONS[language][1]])


def repaired_example(kind: type[Rule], language: Language) -> Example:
    """Return the repaired example, held to the rules of the broken one unless it repeats them."""
    repaired = example(sections(kind, language)[SECTIONS[language][2]])
    return repaired._replace(rules=repaired.rules or broken_example(kind, language).rules)


@EACH_KIND
@EACH_LANGUAGE
def test_the_sections_are_there_in_order(kind: type[Rule], language: Language):
    """Options only where the kind has some of its own, selectors where it takes some."""
    own = SECTIONS[language] if own_options(kind) else SECTIONS[language][:-1]
    shared, selectors = SHARED_SECTIONS[language]
    wanted = (*own, shared, selectors) if takes_a_selector(kind) else (*own, shared)
    found = sections(kind, language)
    assert tuple(found) == ("", *wanted)
    assert all(text.strip() for text in found.values())


@EACH_KIND
@EACH_LANGUAGE
def test_it_begins_with_one_sentence(kind: type[Rule], language: Language):
    first, blank, then, *_ = documentation(kind, language).split("\n")
    assert first.endswith(".")
    assert not blank
    assert then.startswith({"en": "Holds when", "fr": "La règle tient quand"}[language])


@EACH_KIND
@EACH_LANGUAGE
def test_the_options_told_are_those_of_the_kind(kind: type[Rule], language: Language):
    told = sections(kind, language).get("Options", "")
    assert re.findall(r"^- `([a-z-]+)`", told, flags=re.MULTILINE) == own_options(kind)


@EACH_KIND
@EACH_LANGUAGE
def test_every_key_that_a_kind_takes_is_told_once(kind: type[Rule], language: Language):
    """But its id and the kind itself, which every rule has."""
    text = sections(kind, language)
    told = [
        key
        for section in ("Options", SHARED_SECTIONS[language][0])
        for key in re.findall(r"^- `([a-z-]+)`", text.get(section, ""), flags=re.MULTILINE)
    ]
    keys = {name.replace("_", "-") for name in kind.model_fields} - {"id", "kind"}
    assert sorted(told) == sorted(keys)


@EACH_LANGUAGE
def test_a_selector_is_told_by_each_of_its_conditions(language: Language):
    told = sections(Follows, language)[SHARED_SECTIONS[language][1]]
    conditions = {name.replace("_", "-") for name in Selector.model_fields}
    assert {key for key in conditions if f"`{key}" in told} == conditions


def test_the_kinds_that_take_selectors_are_those_with_such_a_condition():
    takes_some = {kind.name() for kind in KINDS if takes_a_selector(kind)}
    assert takes_some == {
        *(kind.name() for kind in KINDS if "where" in kind.model_fields),
        *("follows", "precedes", "excludes"),
    }
    assert "for-share" in shared_options(Follows)


@EACH_KIND
@EACH_LANGUAGE
def test_the_example_that_breaks_does_break(kind: type[Rule], language: Language):
    """By the last of its rules; any before it is what that one asks about."""
    *before, rule = yaml.safe_load(broken_example(kind, language).rules)["rules"]
    assert rule["kind"] == kind.name()
    assert not before or kind is PlanCovers
    report = broken_example(kind, language).checked()
    assert Answer.BROKEN in answers_of(kind, report)


def answers_of(kind: type[Rule], report: Report) -> set[Answer]:
    return {verdict.verdict for verdict in report.verdicts if verdict.code == kind.code}


@EACH_KIND
@EACH_LANGUAGE
def test_the_path_told_is_the_one_that_breaks(kind: type[Rule], language: Language):
    """Where the section names a path, as Window → Till."""
    told = re.findall(r"\w+(?: → \w+)+", sections(kind, language)[SECTIONS[language][1]])
    verdicts = broken_example(kind, language).checked().verdicts
    witnesses = [" → ".join(map(str.title, v.witness)) for v in verdicts if v.witness]
    assert set(told) <= set(witnesses)


@EACH_KIND
@EACH_LANGUAGE
def test_the_repaired_example_holds(kind: type[Rule], language: Language):
    report = repaired_example(kind, language).checked()
    assert Answer.HOLDS in answers_of(kind, report)
    broken = {verdict.code for verdict in report.verdicts if verdict.verdict is Answer.BROKEN}
    assert broken <= ASKED_ABOUT.get(kind, set())


@EACH_KIND
@EACH_LANGUAGE
def test_the_repair_changes_something(kind: type[Rule], language: Language):
    assert broken_example(kind, language) != repaired_example(kind, language)


@EACH_KIND
@EACH_LANGUAGE
def test_the_examples_are_journeys_without_defects(kind: type[Rule], language: Language):
    """Nothing but what the kind is about distracts from it."""
    for shown in (broken_example(kind, language), repaired_example(kind, language)):
        told = {f.code for f in shown.checked().findings if f.journey}
        assert told <= {kind.code, "CH019"} | ASKED_ABOUT.get(kind, set())


# French.


@EACH_KIND
def test_the_french_translates_the_english_of_today(kind: type[Rule]):
    """Who changes a docstring reads its translation again, and writes the new hash over it."""
    assert translated_hash(kind) == english_hash(kind)


def without_texts(value: object) -> object:
    """Return an example without what is written in words."""
    if isinstance(value, dict):
        return {k: without_texts(v) for k, v in value.items() if k not in ("how", "name", "why")}
    return [without_texts(item) for item in value] if isinstance(value, list) else value


@EACH_KIND
def test_the_french_examples_are_the_english_ones(kind: type[Rule]):
    for read in (broken_example, repaired_example):
        english, french = (
            [without_texts(yaml.safe_load(part)) for part in read(kind, language)]
            for language in Language
        )
        assert english == french


def prose(kind: type[Rule]) -> str:
    lines = documentation(kind, Language.FRENCH).split("\n")
    return re.sub(r"`[^`]+`", "", "\n".join(line for line in lines if not line.startswith("    ")))


@EACH_KIND
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(r"[ \n][:;!?»]|«\s? ", id="a space that could break"),
        pytest.param(r"\w[;:!?](?=\s|$)", id="no space before a sign"),
        pytest.param(r"\w'\w|[“”]", id="English quotation marks and apostrophes"),
    ],
)
def test_the_french_is_set_as_french_is(kind: type[Rule], fault: str):
    assert re.findall(fault, prose(kind)) == []


# Where it is read.


@EACH_KIND
@EACH_LANGUAGE
def test_charter_explain_prints_it_by_name_and_by_code(kind: type[Rule], language: Language):
    told = [
        CliRunner().invoke(commands(speaker(language)), ["explain", topic])
        for topic in (kind.name(), kind.code, kind.code.lower())
    ]
    assert {result.exit_code for result in told} == {0}
    (output,) = {result.output for result in told}
    assert output.split("\n")[0] == f"{kind.name()} · {kind.code} · {kind.default_severity}"
    assert output.endswith(documentation(kind, language))
    assert "translates:" not in output


@pytest.mark.parametrize("code", CODES)
@EACH_LANGUAGE
def test_charter_explain_tells_each_code_with_its_gravity(code: str, language: Language):
    speak = speaker(language)
    told = CliRunner().invoke(commands(speak), ["explain", code])
    assert told.exit_code == 0
    heading, blank, *lines = told.output.split("\n")
    assert heading == f"{code} · {SEVERITIES[code]}"
    assert not blank
    assert " ".join(lines).split() == speak(CODES[code]).split()


def test_all_kinds_are_tested_here():
    """As many as there are in DESIGN section 5, and those that came after it."""
    assert len(KINDS) == 27
    assert {kind.code for kind in KINDS}.isdisjoint(CODES)


def test_the_two_languages_differ():
    """Both are really printed."""
    for kind in KINDS:
        assert documentation(kind, Language.FRENCH) != english(kind)


def test_the_readme_names_every_kind():
    readme = (FILES[Language.ENGLISH].parent.parent / "README.md").read_text(encoding="utf-8")
    asked = readme.partition("## What can be asked")[2].partition("\n## ")[0]
    assert [kind.name() for kind in KINDS if f"`{kind.name()}`" not in asked] == []


@EACH_LANGUAGE
def test_the_rule_reference_is_up_to_date(language: Language):
    """`python -m tools.rule_reference` writes it."""
    assert FILES[language].read_text(encoding="utf-8") == reference(language)
