"""Everything that people are told is told in both languages, and set as each language sets it."""

import ast
import gettext
import importlib
import io
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from charter import defects, messages
from charter.messages import Language, Speaker, language_of_environment, visible
from charter.messages.codes import CODES
from charter.messages.problems import reasons
from charter.messages.quotes import MARKS
from charter.rules import KINDS

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "charter/messages/locale"
TEMPLATE = LOCALE / "charter.pot"
FRENCH_PO = LOCALE / "fr/LC_MESSAGES/charter.po"

NARROW = "\u202f"  # before ; ! ? and between thousands
WIDE = "\u00a0"  # before : and %, and inside guillemets

# click names the kinds of numbers in English only, so that our French names none.
NAMES_LEFT_OUT = {"{value!r} is not a valid {number_type}.": {"number_type"}}


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="fr", domain="charter")


def ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


FRENCH = read(FRENCH_PO)
MESSAGES = [message for message in FRENCH if message.id]


def compiled_french() -> bytes:
    file = io.BytesIO()
    write_mo(file, FRENCH)
    return file.getvalue()


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the French catalogue as it is in the source now."""
    folder = tmp_path_factory.mktemp("locale")
    (folder / "fr/LC_MESSAGES").mkdir(parents=True)
    (folder / "fr/LC_MESSAGES/charter.mo").write_bytes(compiled_french())
    return folder


@pytest.fixture
def speakers(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[Language, Speaker]]:
    """Speakers that say what the source says now, whatever was compiled when it was installed."""
    monkeypatch.setattr(messages, "catalogues", lambda: compiled)
    messages._catalogue.cache_clear()
    yield {language: Speaker(language) for language in Language}
    messages._catalogue.cache_clear()


# The catalogue.


def test_everything_is_translated():
    assert [m.id for m in MESSAGES if not all(strings(m))] == []
    assert [m.id for m in MESSAGES if len(strings(m)) != forms_of(m)] == []


def forms_of(message: Message) -> int:
    return 1 if isinstance(message.id, str) else FRENCH.num_plurals


def test_no_translation_is_a_guess():
    assert [m.id for m in MESSAGES if m.fuzzy] == []


def test_no_translation_is_left_over():
    assert list(FRENCH.obsolete) == []


def names_in(text: str) -> set[str]:
    """Return the names that are filled in: {path}, {filename!r}, %(prog)s."""
    braces = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return braces | set(re.findall(r"%\((\w+)\)", text))


def test_translations_name_what_the_english_names():
    """Each French form names what its English form does."""
    pairs = [
        (ids(m)[min(index, len(ids(m)) - 1)], said)
        for m in MESSAGES
        for index, said in enumerate(strings(m))
    ]
    assert [
        english
        for english, said in pairs
        if names_in(said) != names_in(english) - NAMES_LEFT_OUT.get(english, set())
    ] == []


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(r" [:;!?»]| %(?!\()|« ", id="a space that could break"),
        pytest.param(r"[\w)»}’][;!?](?=\s|$|\))", id="no space before a sign"),
        pytest.param(r"«(?!\u00a0)|(?<!\u00a0)»", id="no space inside guillemets"),
        pytest.param(r"\w'\w|[“”]", id="English quotation marks and apostrophes"),
    ],
)
def test_translations_are_set_as_french_is(fault: str):
    assert [said for m in MESSAGES for said in strings(m) if re.search(fault, said)] == []


# Extraction.


@cache
def extracted() -> frozenset[tuple[str, ...]]:
    """Return what `make messages` collects, with the keywords that it gives to Babel."""
    command = (ROOT / "Makefile").read_text(encoding="utf-8")
    keywords = parse_keywords(re.findall(r"--keyword=(\S+)", command))
    found = extract_from_dir(str(ROOT / "charter"), keywords={**DEFAULT_KEYWORDS, **keywords})
    return frozenset(
        (message,) if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found
    )


@pytest.mark.parametrize("path", [TEMPLATE, FRENCH_PO], ids=["charter.pot", "charter.po"])
def test_the_catalogues_hold_what_the_code_says(path: Path):
    """Nothing is missing and nothing is stale; `make messages` brings them up to date."""
    committed = {ids(message) for message in read(path) if message.id}
    # One entry serves a sentence said both alone and by number.
    wanted = extracted()
    counted = {forms[0] for forms in wanted if len(forms) > 1}
    assert committed == {f for f in wanted if len(f) > 1 or f[0] not in counted}


def trees(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, tree_of(path)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def texts(*nodes: ast.AST) -> list[str]:
    """Return the texts written out in some expressions."""
    return [
        node.value
        for root in nodes
        for node in ast.walk(root)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def marked() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each text marked for translation, and where; read from the syntax, not by Babel."""
    for path, tree in trees("charter"):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            where = f"{path.relative_to(ROOT)}:{node.lineno}"
            if name_of(node) == "N_":
                yield where, tuple(texts(node))
            elif name_of(node) == "many":
                yield where, tuple(texts(*node.args[:2]))


def test_babel_finds_every_text_that_is_marked():
    """It overlooks what is marked inside an f-string, and takes `N_` inside `many` for two."""
    found = extracted()
    counted = {forms[0] for forms in found if len(forms) > 1}
    missed = [
        f"{where} {forms[0]}"
        for where, forms in marked()
        if forms not in found and not (len(forms) == 1 and forms[0] in counted)
    ]
    assert missed == []


# Compiled.


def test_the_compiled_catalogue_says_what_its_source_says():
    catalogue = gettext.GNUTranslations(io.BytesIO(compiled_french()))
    for message in MESSAGES:
        forms = strings(message)
        if isinstance(message.id, str):
            assert catalogue.gettext(message.id) == forms[0]
            continue
        for number, form in ((0, forms[0]), (1, forms[0]), (2, forms[1]), (1000, forms[1])):
            assert catalogue.ngettext(*ids(message), number) == form


# click's own words.

CLICK_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")
# What our commands can't make click say: prompts, deprecated commands, mistakes in how a command
# is made.
CLICK_LEFT_OUT = {
    "(Deprecated) {text}",
    "(dynamic)",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Choice({choices})",
    "Confirm the action without prompting.",
    "Could not determine name for option with declarations {decls!r}",
    "DeprecationWarning: The command {name!r} is deprecated.",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Do you want to continue?",
    "Invalid start character for option ({option})",
    "Name '{name}' defined twice",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument "
    "instead? Did you mean to pass '--{name}'?",
    "Value must be an iterable.",
    "deprecated",
    "env var: {var}",
    "{text} {deprecated_message}",
}


def click_says() -> Iterator[tuple[str, ...]]:
    """Yield what the installed click looks up."""
    for name in CLICK_MODULES:
        source = importlib.import_module(f"click.{name}").__file__
        assert source is not None
        for node in ast.walk(ast.parse(Path(source).read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            if name_of(node) == "_" and isinstance(node.args[0], ast.Constant):
                yield (str(node.args[0].value),)
            elif name_of(node) == "ngettext":
                yield tuple(texts(*node.args[:2]))


def test_every_word_of_the_installed_click_is_translated():
    known = {ids(message)[0] for message in MESSAGES}
    assert {forms[0] for forms in click_says()} - known <= CLICK_LEFT_OUT


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--help"], "Utilisation\u00a0: charter [OPTIONS] COMMANDE [ARGUMENTS]..."),
        (["--help"], "Commandes\u00a0:"),
        (["--help"], "Affiche cette aide."),
        (["--version"], "charter, version"),
        (["check", "--nonsense"], "Erreur\u00a0: L’option «\u00a0--nonsense\u00a0» n’existe pas."),
        (["check", "--nonsense"], "Pour en savoir plus\u00a0: charter check --help"),
        (["checks"], "La commande «\u00a0checks\u00a0» n’existe pas. Vouliez-vous dire"),
        (["new"], "Il manque l’argument 'DIR'."),
        (["check", "--format", "txt"], "«\u00a0txt\u00a0» n’est pas un des choix possibles"),
        (["check", "a", "b"], "Il y a un argument de trop (b)"),
        (["studio", "--port", "x"], "«\u00a0x\u00a0» n’est pas un nombre qui convienne."),
    ],
)
def test_click_speaks_french(words: list[str], said: str, compiled: Path):
    """In a process of its own: click takes its words from one catalogue for the whole process."""
    told = subprocess.run(
        [sys.executable, "-c", SAY_WITH, str(compiled), "--lang", "fr", *words],
        capture_output=True,
        check=False,
        cwd=ROOT,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "COLUMNS": "100"},
        timeout=60,
    )
    assert said in told.stdout + told.stderr
    left = re.findall(r"\b(?:Usage|Error|Try|Show|No such|Missing|Invalid|Got)\b", told.stderr)
    assert left == []


SAY_WITH = """
import pathlib, sys
import charter.cli, charter.messages
folder = pathlib.Path(sys.argv[1])
charter.cli.catalogues = charter.messages.catalogues = lambda: folder
charter.cli.main(sys.argv[2:])
"""


# Reasons and codes.

REASON_AT = {"Problem": 1, "_at": 2, "report": 1, "_problem": 0, "_report": 0}
REASON_AT["PydanticCustomError"] = 0
REASON_AT["CannotSave"] = 0
REASON_AT["Refused"] = 0
REASON_AT["_refuse"] = 0
REASON_AT |= {"Unreadable": 0, "_Refused": 0, "because": 0}


def reasons_given() -> set[str]:
    """Return every reason that the code gives; `{…}` for what is filled in."""
    given: set[str] = set()
    for path, tree in trees("journeys", "charter"):
        # `findings` calls something else a reason; those of `history` are looked at with it, as
        # are those of workshops.
        apart = {"messages", "history", "workshop", "phones"}
        if apart & set(path.parts) or path.name == "findings.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node) in REASON_AT:
                place = REASON_AT[name_of(node)]
                asked = node.args[place : place + 1]
                for part in (p for root in asked for p in ast.walk(root)):
                    if isinstance(part, ast.JoinedStr):
                        given.add("*".join(texts(part)) + "*")
                given |= set(texts(*(a for a in asked if not isinstance(a, ast.JoinedStr))))
            elif isinstance(node, ast.Assign):
                given |= reasons_in(getattr(node.targets[0], "id", ""), node.value)
            elif isinstance(node, ast.AnnAssign):
                given |= reasons_in(getattr(node.target, "id", ""), node.value)
    return given


def reasons_in(name: str, value: ast.expr | None) -> set[str]:
    """Return the reasons in `reason = …` and in the tables of reasons of `journeys`."""
    if name == "reason" and value is not None:
        return set(texts(value))
    if name == "_REASONS" and isinstance(value, ast.Dict):
        rows = [row for row in value.values if isinstance(row, ast.Tuple)]
        return {text for row in rows for text in texts(row.elts[0])}
    if name == "_SYNTAX_REASONS" and isinstance(value, ast.Tuple):
        rows = [row for row in value.elts if isinstance(row, ast.Tuple)]
        return {text for row in rows for text in texts(row.elts[1])}
    return set()


def test_every_reason_has_a_sentence_and_every_sentence_a_reason():
    given = reasons_given()
    patterns = [g.removesuffix("*") for g in given if g.endswith("*")]
    plain = {g for g in given if not g.endswith("*")}
    told = set(reasons())
    assert plain - told == set()
    written = {text for path, tree in trees("journeys") for text in texts(tree)} | plain
    assert {r for r in told - written if not r.startswith(tuple(patterns))} == set()
    assert all(any(reason.startswith(pattern) for reason in told) for pattern in patterns)


def test_every_code_is_explained_once():
    """By a rule kind's docstring, or here."""
    codes = [kind.code for kind in KINDS]
    assert len(set(codes)) == len(codes)
    assert not set(codes) & set(CODES)
    assert list(CODES) == sorted(CODES)
    assert set(CODES) == set(defects.SEVERITIES)


# How each language sets numbers and lists.


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1,000", f"1{NARROW}000"),
        (1234567, "1,234,567", f"1{NARROW}234{NARROW}567"),
    ],
)
def test_whole_numbers(number: int, english: str, french: str, speakers: dict[Language, Speaker]):
    assert speakers[Language.ENGLISH].count(number) == english
    assert speakers[Language.FRENCH].count(number) == french


@pytest.mark.parametrize(
    ("share", "english", "french"),
    [
        (0, "0%", "0\u00a0%"),
        (1, "100%", "100\u00a0%"),
        (0.12, "12%", "12\u00a0%"),
        (0.125, "12.5%", "12,5\u00a0%"),
        (0.001, "0.1%", "0,1\u00a0%"),
        (0.999, "99.9%", "99,9\u00a0%"),
        pytest.param(0.0009, "<0.1%", "<0,1\u00a0%", id="never rounded to nothing"),
        pytest.param(0.99999, ">99.9%", ">99,9\u00a0%", id="never rounded to all"),
    ],
)
def test_percentages(share: float, english: str, french: str, speakers: dict[Language, Speaker]):
    assert speakers[Language.ENGLISH].percent(share) == english
    assert speakers[Language.FRENCH].percent(share) == french


@pytest.mark.parametrize(
    ("things", "english", "french"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a {word} b", "a {word} b"),
        (["a", "b", "c"], "a, b {word} c", "a, b {word} c"),
    ],
)
def test_lists(things: list[str], english: str, french: str, speakers: dict[Language, Speaker]):
    for language, form, either, both in (
        (Language.ENGLISH, english, "or", "and"),
        (Language.FRENCH, french, "ou", "et"),
    ):
        speak = speakers[language]
        assert speak.any_of(things) == form.format(word=either)
        assert speak.all_of(iter(things)) == form.format(word=both)


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        pytest.param("a", "“a”", "«_a_»", id="without marks"),
        pytest.param("", "“”", "«__»", id="nothing"),
        # One pair is enough for what stands between marks as a whole.
        pytest.param("“Hello”", "“Hello”", "«_Hello_»", id="between marks"),
        pytest.param("«_Bonjour_»", "“Bonjour”", "«_Bonjour_»", id="between guillemets"),
        pytest.param("« Bonjour »", "“Bonjour”", "«_Bonjour_»", id="spaces that break"),
        pytest.param('"Hello"', "“Hello”", "«_Hello_»", id="between straight marks"),
        # What is quoted inside of it has the inner marks.
        pytest.param("“Hi”, they say", "“‘Hi’, they say”", "«_“Hi”, they say_»", id="first"),
        pytest.param("the “Oh” room", "“the ‘Oh’ room”", "«_the “Oh” room_»", id="amid"),
        pytest.param("le «_Oh_» bar", "“le ‘Oh’ bar”", "«_le “Oh” bar_»", id="guillemets amid"),
        pytest.param('the "Oh" room', "“the ‘Oh’ room”", "«_the “Oh” room_»", id="straight amid"),
        pytest.param('l’"Oh"', "“l’‘Oh’”", "«_l’“Oh”_»", id="behind an apostrophe"),
        pytest.param("“A” or “B”", "“‘A’ or ‘B’”", "«_“A” or “B”_»", id="two, not one as a whole"),
        pytest.param(
            "he: “she: ‘no’”", "“he: ‘she: “no”’”", "«_he: “she: ‘no’”_»", id="three levels"
        ),
        pytest.param("“a «_b_»”", "“a ‘b’”", "«_a “b”_»", id="of both languages"),
        pytest.param("the ‘Oh’ bar", "“the ‘Oh’ bar”", "«_the “Oh” bar_»", id="single marks"),
        # These are no quotation marks, or no pair.
        pytest.param("the dogs’ day", "“the dogs’ day”", "«_the dogs’ day_»", id="apostrophes"),
        pytest.param("‘l’ami’ ici", "“‘l’ami’ ici”", "«_“l’ami” ici_»", id="one inside a pair"),
        pytest.param('a 27" screen', '“a 27" screen”', '«_a 27" screen_»', id="inches"),
        pytest.param("a “b", "“a “b”", "«_a “b_»", id="never closed"),
        pytest.param("a” b", "“a” b”", "«_a” b_»", id="never opened"),
        pytest.param("« a", "“« a”", "«_« a_»", id="a lone guillemet"),
    ],
)
def test_quotes(text: str, english: str, french: str, speakers: dict[Language, Speaker]):
    """As each language sets them, and one inside of another; no text gets a second pair."""
    text = text.replace("_", WIDE)
    for language, form in ((Language.ENGLISH, english), (Language.FRENCH, french)):
        speak = speakers[language]
        told = form.replace("_", WIDE)
        assert speak.quote(text) == told
        assert speak("“{text}”", text="") == speak.quote("")
        assert speak.naming("“{text}”", text=text) == told


def test_only_names_between_marks_are_quoted(speakers: dict[Language, Speaker]):
    message = "{marker} is “{touchpoint}”, “{marker}” {{“{touchpoint}”}} {number}"
    names = {"marker": "“M”", "touchpoint": "the “T”", "number": 3}
    english = speakers[Language.ENGLISH]
    assert english.naming(message, **names) == "“M” is “the ‘T’”, “M” {“the ‘T’”} 3"
    assert english("“{value}” is no value.", value="“M”") == "““M”” is no value."


@given(
    st.recursive(
        st.text("ab ’.\u00a0", max_size=6),
        lambda inner: st.builds(
            "{1}{0[0]}{2}{0[1]}{3}".format,
            st.sampled_from([("“", "”"), ("« ", " »"), ("‘", "’")]),
            inner,
            inner,
            inner,
        ),
        max_leaves=12,
    ),
    st.sampled_from(Language),
)
def test_quoting_says_the_same(text: str, language: Language):
    """However deep texts are quoted in each other: nothing but marks and their spaces change."""
    told = Speaker(language).quote(text)
    assert re.sub(r"[\W_]", "", told) == re.sub(r"[\W_]", "", text)
    opening, closing = MARKS[language][0]
    assert told.startswith(opening)
    assert told.endswith(closing)


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [(0, "0 rules", "0 règle"), (1, "1 rule", "1 règle"), (2, "2 rules", "2 règles")],
)
def test_singular_and_plural(
    number: int, english: str, french: str, speakers: dict[Language, Speaker]
):
    for language, told in ((Language.ENGLISH, english), (Language.FRENCH, french)):
        assert speakers[language].many("{number} rule", "{number} rules", number) == told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\t  here", "two lines here"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u2066b\u2069", "a\\u2066b\\u2069"),
        ("\ufeffmark", "\\ufeffmark"),
        ("del\x7f\x9b", "del\\u007f\\u009b"),
        ("لمبة 💡 Élan", "لمبة 💡 Élan"),
        pytest.param("«\u00a0oui\u00a0»\u202f!", "«\u00a0oui\u00a0»\u202f!", id="French spaces"),
        ("one\u2028line", "one line"),
    ],
)
def test_texts_of_users_cannot_act_on_a_terminal(text: str, shown: str):
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "FR_be@euro"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LC_MESSAGES": "en_GB", "LC_ALL": "fr_CA"}, "fr"),
        ({"LC_ALL": "en_US", "LANGUAGE": "fr:en"}, "fr"),
        pytest.param({"LANGUAGE": "de:fr:en"}, "fr", id="the first that we speak"),
        pytest.param({"LANGUAGE": "", "LANG": "fr_FR"}, "fr", id="empty asks for nothing"),
        pytest.param({"LC_ALL": "C", "LANG": "fr_FR"}, "en", id="C is English"),
        pytest.param({"LC_ALL": "C.UTF-8", "LANG": "fr_FR"}, "en", id="C.UTF-8 is English"),
        pytest.param({"LC_ALL": "POSIX", "LANG": "fr_FR"}, "en", id="POSIX is English"),
    ],
)
def test_language_of_the_environment(environment: dict[str, str], language: str):
    assert language_of_environment(environment) == language
