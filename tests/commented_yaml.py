"""YAML as people write it, made up at random: what it means, and whose each comment is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random

from journeys.edit import Address
from journeys.plain import Plain

WORDS = ("host", "window", "no", "010", "1e3", "2026-01-01", "é😀", "🕯", "-2", "it's", "a-b", "x:y")
QUOTED = (
    "a: b",
    "x #y",
    "",
    " lead",
    "trail ",
    "[a",
    "{b}",
    "- c",
    "?",
    "null",
    '"q"',
    "a, b",
    "\\",
)
LINES = ("one\ntwo\n", "one\ntwo", "one\n\ntwo\n", "é😀\n- x: y # z\n", "one two\nthree\n")


@dataclass(frozen=True)
class Comment:
    """A comment.

    Attributes:
        owner: The address of what it goes with; None if it goes with nothing.
        within: The address of the list or mapping that it lies in.
    """

    owner: Address | None
    within: Address


@dataclass
class CommentedYaml:
    """A text, with what its writer knows of it.

    Attributes:
        value: What it means.
        comments: Whose each comment is; no two are alike.
        scalars: Where each scalar that has some text begins and ends.
        blocks: The lists and mappings in lines.
        apart: Those of them whose first line is theirs alone.
    """

    value: Plain
    text: str = ""
    comments: dict[str, Comment] = field(default_factory=dict)
    scalars: dict[Address, tuple[int, int]] = field(default_factory=dict)
    blocks: set[Address] = field(default_factory=set)
    apart: set[Address] = field(default_factory=set)


def value(random: Random, depth: int = 0) -> Plain:
    """Return a value."""
    kind = random.random()
    if depth == 0 or (kind < 0.5 and depth < 4):
        size = random.choice((0, 1, 2, 3, 4)) if depth else random.choice((1, 2, 3, 4))
        if random.random() < 0.5:
            return [value(random, depth + 1) for _ in range(size)]
        return {key(random): value(random, depth + 1) for _ in range(size)}
    if kind < 0.55:
        return None
    return random.choice((*WORDS, *WORDS, *QUOTED, *LINES))


def key(random: Random) -> str:
    """Return a key."""
    return random.choice((*"abcdefgh", "id", "to", "é😀", "a b", "x: y", "no"))


def written(random: Random, what: Plain) -> CommentedYaml:
    """Return ``what`` as somebody might have written it."""
    writer = _Writer(random, what)
    writer.document()
    return writer.sheet


class _Writer:
    def __init__(self, random: Random, what: Plain) -> None:
        self.random = random
        self.sheet = CommentedYaml(what)
        self.pieces: list[str] = []
        self.length = 0
        self.breaks = random.choice((("\n",), ("\r\n",), ("\n", "\r\n")))
        # Whether what was written last would swallow a comment below it.
        self.swallows = False

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def emit(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def end_line(self) -> None:
        self.emit(self.random.choice(self.breaks))

    def blank_lines(self) -> None:
        for _ in range(self.random.choice((1, 1, 2))):
            if self.chance(0.1) and not self.swallows:
                self.emit("  ")
            self.end_line()

    def comment(self, owner: Address | None, within: Address) -> None:
        text = f"# {len(self.sheet.comments)}é😀."
        self.sheet.comments[text] = Comment(owner, within)
        self.emit(text)

    def comment_line(self, column: int, owner: Address | None, within: Address) -> None:
        self.emit(" " * column)
        self.comment(owner, within)
        self.end_line()

    def comment_behind(self, owner: Address, within: Address) -> None:
        if self.chance(0.2):
            self.emit(" " * self.random.choice((1, 2, 5)))
            self.comment(owner, within)

    def document(self) -> None:
        if self.chance(0.3):
            self.comment_line(0, None, ("nowhere",))
            if self.chance(0.5):
                self.blank_lines()
        what = self.sheet.value
        if self.is_inline(what, 0.15):
            self.flow(what, (), 0)
            self.end_line()
        else:
            self.block(what, 0, (), is_begun=True)
        if self.chance(0.3) and not self.swallows:
            self.blank_lines()
            self.comment_line(0, None, ("nowhere",))
        text = "".join(self.pieces)
        if self.chance(0.2) and not self.swallows:
            text = text.rstrip("\r\n")
        self.sheet.text = text

    def is_inline(self, what: Plain, part: float) -> bool:
        return not what or (self.chance(part) and _fits_flow(what))

    def block(self, what: Plain, column: int, address: Address, *, is_begun: bool) -> None:
        """Write a list or mapping in lines; ``is_begun`` if its first line is begun already."""
        self.sheet.blocks.add(address)
        if not is_begun or not address:
            self.sheet.apart.add(address)
        children = what.items() if isinstance(what, dict) else enumerate(what or ())
        dash = self.random.choice((1, 1, 1, 2, 3))
        for step, child in children:
            if not is_begun:
                self.gap(column, (*address, step), address)
                self.emit(" " * column)
            is_begun = False
            if isinstance(what, dict):
                self.emit(f"{self.key(str(step), is_flow=False)}:")
                self.behind_key(child, column, (*address, step), address)
            else:
                self.emit("-")
                self.behind_dash(child, column, dash, (*address, step), address)

    def gap(self, column: int, child: Address, within: Address) -> None:
        if self.chance(0.2):
            self.blank_lines()
        if self.chance(0.1) and not self.swallows:
            self.comment_line(column, None, within)
            self.blank_lines()
        if self.chance(0.2) and not self.swallows:
            for _ in range(self.random.choice((1, 1, 2))):
                self.comment_line(column, child, within)
        self.swallows = False

    def behind_key(self, what: Plain, column: int, address: Address, within: Address) -> None:
        if self.is_inline(what, 0.3) or isinstance(what, str):
            self.inline(what, column, address, within)
            return
        self.comment_behind(address, within)
        self.end_line()
        least = column if isinstance(what, list) else column + 1
        deeper = self.random.choice((least, column + 2, column + 2, column + 4))
        self.block(what, deeper, address, is_begun=False)
        if deeper > column:
            self.comments_below(column, deeper, address, within)

    def behind_dash(
        self, what: Plain, column: int, dash: int, address: Address, within: Address
    ) -> None:
        if self.is_inline(what, 0.3) or isinstance(what, str):
            self.inline(what, column, address, within)
            return
        deeper = column + 1 + dash
        if self.chance(0.8):
            self.emit(" " * dash)
            self.block(what, deeper, address, is_begun=True)
        else:
            self.comment_behind(address, within)
            self.end_line()
            self.block(what, deeper, address, is_begun=False)
        self.comments_below(column, deeper, address, within)

    def comments_below(self, column: int, most: int, owner: Address, within: Address) -> None:
        if self.chance(0.15) and not self.swallows:
            if self.chance(0.3):
                self.blank_lines()
            self.comment_line(self.random.randint(column + 1, most), owner, within)

    def inline(self, what: Plain, column: int, address: Address, within: Address) -> None:
        """Write what begins on this line, behind a dash or colon at ``column``."""
        if what is None:
            self.comment_behind(address, within)
            self.end_line()
            self.comments_below(column, column + 3, address, within)
            return
        self.emit(" " * self.random.choice((1, 1, 1, 3)))
        if not isinstance(what, str):
            self.flow(what, address, column + 2)
        elif self.chance(0.7) and _fits_block(what):
            self.block_scalar(what, column, address)
            return
        else:
            self.scalar(what, address, column + 2, is_flow=False)
        self.comment_behind(address, within)
        self.end_line()
        self.comments_below(column, column + 3, address, within)

    def block_scalar(self, text: str, column: int, address: Address) -> None:
        start = self.length
        self.emit("|" if text.endswith("\n") else "|-")
        for line in text.removesuffix("\n").split("\n"):
            self.end_line()
            self.emit(f"{' ' * (column + 2)}{line}" if line else "")
        self.sheet.scalars[address] = (start, self.length)
        self.end_line()
        self.swallows = True

    def scalar(self, text: str, address: Address, column: int, *, is_flow: bool) -> None:
        start = self.length
        styles = [json.dumps(text, ensure_ascii=False)]
        if "\n" not in text:
            styles.append("'" + text.replace("'", "''") + "'")
        if text in WORDS and not (is_flow and text == "x:y"):
            styles += [text, text, text]
        if "\n" not in text and "a" in text.strip():
            # A line break between quotation marks, escaped.
            cut = text.index("a")
            head, tail = (
                json.dumps(part, ensure_ascii=False)[1:-1] for part in (text[:cut], text[cut:])
            )
            styles.append(f'"{head}\\\n{" " * column}{tail}"')
        self.emit(self.random.choice(styles))
        self.sheet.scalars[address] = (start, self.length)

    def key(self, text: str, *, is_flow: bool) -> str:
        quoted = [json.dumps(text, ensure_ascii=False), f"'{text}'"]
        return self.random.choice(quoted if ": " in text else [text, text, text, *quoted])

    def flow(self, what: Plain, address: Address, column: int) -> None:
        """Write a value between brackets, in lines indented by ``column`` or on one."""
        if isinstance(what, str):
            self.scalar(what, address, column, is_flow=True)
        if what is None or isinstance(what, str):
            return
        is_in_lines = self.chance(0.2)
        children = list(what.items() if isinstance(what, dict) else enumerate(what))
        self.emit("{" if isinstance(what, dict) else "[")
        for place, (step, child) in enumerate(children):
            here = (*address, step)
            if is_in_lines:
                self.end_line()
                if self.chance(0.1):
                    self.comment_line(column, None, address)
                    self.blank_lines()
                if self.chance(0.2):
                    self.comment_line(column, here, address)
                self.emit(" " * column)
            if isinstance(what, dict):
                self.emit(f"{self.key(str(step), is_flow=True)}: ")
            self.flow(child, here, column + 2)
            is_last = place == len(children) - 1
            if not is_last or (is_in_lines and self.chance(0.5)):
                self.emit(",")
            if is_in_lines:
                self.comment_behind(here, address)
            elif not is_last:
                self.emit(self.random.choice((" ", " ", "")))
        if is_in_lines:
            self.end_line()
            self.emit(" " * max(column - 1, 0))
        self.emit("}" if isinstance(what, dict) else "]")


def _fits_flow(what: Plain) -> bool:
    if isinstance(what, list):
        return all(each is not None and _fits_flow(each) for each in what)
    return all(map(_fits_flow, what.values())) if isinstance(what, dict) else True


def _fits_block(text: str) -> bool:
    return text in LINES
