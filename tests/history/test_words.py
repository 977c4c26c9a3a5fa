"""Each thing that can't be done with history has its sentence, and the other way round."""

import ast
from pathlib import Path

import charter
from charter.messages.history import reasons

CHARTER = Path(str(charter.__file__)).parent


def reasons_given() -> set[str]:
    """Return each text that is given as a reason, in the history or by who says more of it."""
    given = set()
    for file in CHARTER.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "HistoryError" not in text:
            continue
        is_history = file.parent.name == "history"
        for node in ast.walk(ast.parse(text)):
            is_error = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "HistoryError"
            roots: list[ast.expr] = node.args[:1] if is_error else []
            is_assigned = is_history and isinstance(node, ast.Assign)
            if is_assigned and getattr(node.targets[0], "id", "") == "reason":
                roots = [node.value]
            given |= {
                branch.value
                for root in roots
                for branch in ((root.body, root.orelse) if isinstance(root, ast.IfExp) else (root,))
                if isinstance(branch, ast.Constant)
            }
    return given


def test_every_reason_has_a_sentence_and_every_sentence_a_reason():
    # A refusal of git itself is a class of its own.
    assert reasons_given() | {"git-failed"} == set(reasons())
