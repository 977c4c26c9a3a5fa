"""The matrix of rules and segments, in people's words."""

from __future__ import annotations

from charter.consistency import Mark, Matrix
from charter.messages import N_, Speaker
from charter.reports.names import Names
from charter.studio.matrix_table import CellView, MatrixView, RowView
from charter.studio.words import SEVERITIES

SIGNS = {
    Mark.BROKEN: "✕",
    Mark.UNDECIDED: "?",
    Mark.ASIDE: "=",
    Mark.ELSEWHERE: "↷",
    Mark.HOLDS: "✓",
    Mark.NOTHING: "·",
    Mark.UNASKED: "",
}
WORDS = {
    Mark.BROKEN: N_("Broken"),
    Mark.UNDECIDED: N_("Undecided"),
    Mark.ASIDE: N_("Set aside"),
    Mark.ELSEWHERE: N_("Elsewhere"),
    Mark.HOLDS: N_("Holds"),
    Mark.NOTHING: N_("Concerns nothing"),
    Mark.UNASKED: N_("Not asked"),
}
MEANINGS = {
    Mark.BROKEN: N_("a path breaks the rule, or a touchpoint does"),
    Mark.UNDECIDED: N_("it could not be decided"),
    Mark.ASIDE: N_("what is broken was waived, or accepted with the baseline"),
    Mark.ELSEWHERE: N_("broken, but not to be mended on this channel"),
    Mark.HOLDS: N_("every path keeps the rule"),
    Mark.NOTHING: N_("no path is concerned"),
}
_COUNTED = (Mark.BROKEN, Mark.ASIDE, Mark.UNDECIDED, Mark.ELSEWHERE)


def matrix_view(
    matrix: Matrix, names: Names, speak: Speaker, selected: tuple[str, str] | tuple[()] = ()
) -> MatrixView:
    """Return a matrix in people's words."""

    def name(segment: str) -> str:
        return names.of("segment", segment) if segment else speak(N_("Everyone"))

    def cell(rule: str, segment: str) -> CellView:
        found = matrix.cell(rule, segment)
        count = speak.count(found.count) if found.mark in _COUNTED else ""
        word = speak(WORDS[found.mark])
        told = f"{rule}, {name(segment)}: {word} {count}".strip()
        return CellView(found.mark.value, f"{SIGNS[found.mark]} {count}".strip(), word, told)

    return MatrixView(
        title=speak(N_("How each rule stands for each segment")),
        corner=speak(N_("Rule")),
        columns=tuple((segment, name(segment)) for segment in matrix.segments),
        rows=tuple(
            RowView(
                id=rule,
                title=rule,
                note=speak(SEVERITIES[names.rules[rule].gravity]),
                cells=tuple(cell(rule, segment) for segment in matrix.segments),
            )
            for rule in matrix.rules
        ),
        selected=selected,
    )


def _named(mark: Mark, speak: Speaker) -> str:
    return f"{SIGNS[mark]} {speak(WORDS[mark])}"


def legend(matrix: Matrix, speak: Speaker) -> str:
    """Return what the signs in a matrix mean, those that it has."""
    there = {cell.mark for cell in matrix.cells.values()}
    return " · ".join(
        speak(N_("{sign}: {meaning}"), sign=_named(mark, speak), meaning=speak(MEANINGS[mark]))
        for mark in MEANINGS
        if mark in there
    )
