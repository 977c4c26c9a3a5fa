"""The parts of a list or mapping as written: what belongs to each item, and what to none.

An item owns the comment lines directly above it at its own indentation, the comment behind it on
its last line, and comment lines below it that are indented deeper than itself. Blank lines, and
comments that a blank line or another indentation parts from what follows, lie in the gaps
between items and belong to none.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from journeys.edit.spans import BREAKS, Listing, Mapping, Node, Scalar, is_block, values

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_SPACES = re.compile("[ \t]*")
_COMMENT = re.compile(f"[ \t]*#[^{BREAKS}]*")
_COMMENT_LINE = re.compile(f"([ \t]*)#[^{BREAKS}]*")
_COMMA = re.compile(f"[ \t{BREAKS}]*,")
_BETWEEN = re.compile(f"(?:[ \t{BREAKS}]|#[^{BREAKS}]*+)*+")


class NoSafeSpan(Exception):
    """What belongs to which item can't be told.

    Attributes:
        offset: Where.
    """

    def __init__(self, offset: int) -> None:
        super().__init__(str(offset))
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Part:
    """What belongs to one item of a list, or one entry of a mapping.

    Attributes:
        start: Where its first comment line begins, or else its dash or key.
        sign: Where its dash or key begins; where the value does, if it has neither.
        opening: Where its dash ends, or the colon behind its key.
        value: Its value.
        end: Where it ends, comments included.
        comment: The comment that stands behind it beyond a comma.
    """

    start: int
    sign: int
    opening: int
    value: Node
    end: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between two parts.

    Attributes:
        before: What stands before the comment behind the first, a comma for instance.
        after: What stands behind it.
    """

    before: str
    after: str

    @property
    def holds_comments(self) -> bool:
        """Whether a comment that belongs to no item lies in it."""
        return "#" in self.after


@dataclass(frozen=True, slots=True)
class Parts:
    """A list or mapping taken apart.

    Attributes:
        parts: In the order written.
        gaps: Before the first part, between each two, and behind the last: one more than parts.
    """

    parts: Sequence[Part]
    gaps: Sequence[Gap]


class Page:
    """A text whose values are known, to be taken apart.

    Attributes:
        text: The text.
        line_break: How its first line ends, and so what is new in it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        breaks = list(_BREAK.finditer(text))
        self.line_break = breaks[0].group() if breaks else "\n"
        self._line_starts = [0, *(found.end() for found in breaks)]

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and column of ``offset``, both counted from 0."""
        line = bisect.bisect_right(self._line_starts, offset) - 1
        return line, offset - self._line_starts[line]

    def column(self, offset: int) -> int:
        """Return how many characters stand before ``offset`` on its line."""
        return self.line_and_column(offset)[1]

    def start_of(self, node: Node) -> int:
        """Return where a value begins, comments that belong to its first item included."""
        return self._head(node.start, node.floor) if is_block(node) else node.start

    def end_of(self, node: Node) -> int:
        """Return where a value ends, comments that belong to its last item included."""
        if isinstance(node, Scalar) or node.is_flow:
            return node.end
        # The last of the last ends all that it is the last of; comments may go on for each.
        return self.tail(self.end_of(values(node)[-1]), self.column(node.start))

    def parts(self, node: Listing | Mapping) -> Parts:
        """Take a list or mapping apart.

        Raises:
            NoSafeSpan: It is written in a way that can't be taken apart, such as ``? key``.
        """
        return self._flow_parts(node) if node.is_flow else self._block_parts(node)

    def _block_parts(self, node: Listing | Mapping) -> Parts:
        indentation = self.column(node.start)
        parts: list[Part] = []
        gaps = [Gap("", "")]
        end = node.start
        for index, value in enumerate(values(node)):
            sign, opening = self._sign(node, index, end)
            start = self._head(sign, end if parts else node.floor)
            if parts:
                gaps.append(Gap("", self._between(end, start)))
            elif sign != node.start:
                raise NoSafeSpan(node.start)
            end = self.tail(self.end_of(value), indentation)
            parts.append(Part(start, sign, opening, value, end))
        return Parts(parts, [*gaps, Gap("", "")])

    def _flow_parts(self, node: Listing | Mapping) -> Parts:
        if self.text[node.start] not in "[{":
            # The one pair of [key: value] has no braces of its own.
            raise NoSafeSpan(node.start)
        parts: list[Part] = []
        gaps: list[Gap] = []
        before, end = "", node.start + 1
        for index, value in enumerate(values(node)):
            sign, opening = self._sign(node, index, end)
            start = self._head(sign, end)
            gaps.append(Gap(before, self._between(end, start)))
            value_end = max(opening, value.end)
            before, comment, end = self._comma(value_end)
            parts.append(Part(start, sign, opening, value, value_end, comment))
        gaps.append(Gap(before, self._between(end, node.end - 1)))
        return Parts(parts, gaps)

    def _sign(self, node: Listing | Mapping, index: int, offset: int) -> tuple[int, int]:
        """Return where the sign of an item begins and ends, looked for from ``offset`` on."""
        if isinstance(node, Mapping):
            key = node.entries[index].key
            return key.start, self._behind_colon(key, needs_colon=not node.is_flow)
        if node.is_flow:
            start = node.items[index].start
            return start, start
        found = _BETWEEN.match(self.text, offset)
        dash = found.end() if found else offset
        if self.text[dash : dash + 1] != "-":
            raise NoSafeSpan(dash)
        return dash, dash + 1

    def _behind_colon(self, key: Scalar, *, needs_colon: bool) -> int:
        found = _SPACES.match(self.text, key.end)
        colon = found.end() if found else key.end
        if self.text[colon : colon + 1] == ":":
            return colon + 1
        if needs_colon:
            raise NoSafeSpan(key.start)
        return key.end

    def _comma(self, offset: int) -> tuple[str, str, int]:
        """Return what leads to a comma, with it; the comment behind it; and where that ends."""
        comma = _COMMA.match(self.text, offset)
        end = comma.end() if comma else offset
        comment = _COMMENT.match(self.text, end)
        told = comment.group() if comment else ""
        return self.text[offset:end], told, end + len(told)

    def _between(self, start: int, end: int) -> str:
        """Return what lies between two parts, if that is nothing but space and comments."""
        found = _BETWEEN.fullmatch(self.text, start, end)
        if found is None:
            raise NoSafeSpan(start)
        return found.group()

    def _head(self, start: int, floor: int) -> int:
        """Return where the comment lines begin that belong to what begins at ``start``.

        Comments that a file begins with belong to the file.
        """
        line, indentation = self.line_and_column(start)
        line_start = start - indentation
        if floor == 0 or self.text[line_start:start].strip(" "):
            return start
        head = start
        while (line := line - 1) >= 0 and self._line_starts[line] > floor:
            above = self._line_starts[line]
            found = _COMMENT_LINE.match(self.text, above)
            if found is None or len(found[1]) != indentation:
                break
            head = above + indentation
        return head

    def tail(self, end: int, indentation: int) -> int:
        """Return where what ends at ``end`` does with its comments, those indented deeper too."""
        found = _COMMENT.match(self.text, end)
        tail = offset = found.end() if found else end
        while line_break := _BREAK.match(self.text, offset):
            line = line_break.end()
            if comment := _COMMENT_LINE.match(self.text, line):
                if len(comment[1]) <= indentation:
                    break
                tail = offset = comment.end()
            elif spaces := _SPACES.match(self.text, line):
                offset = spaces.end()
        return tail
