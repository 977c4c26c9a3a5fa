"""The text of a draft: the old one, with only those spans replaced that say something else now.

Items keep their comments wherever they go. The gaps between items stay where they are, so that a
list whose items are parted by blank lines still is when their order has changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from journeys.edit.draft import AsWritten, Draft
from journeys.edit.parts import Gap, Page, Part, Parts
from journeys.edit.spans import (
    BREAKS,
    LINE_BREAKS,
    Listing,
    Mapping,
    Node,
    Scalar,
    is_block,
    values,
)
from journeys.edit.typesetting import (
    EXAMPLES,
    IN_FLOW,
    Manner,
    Place,
    Typeset,
    behind_dash,
    items_of,
    quotes,
    scalar,
    values_of,
)
from journeys.source import lines_of

_BLANK = " \t" + BREAKS
_BLANK_LINES = re.compile(r"\s*?[\r\n][ \t]+(?=[\r\n]|\Z)")
"""Lines behind a value one of which holds nothing but blanks."""
_COMMENT_BEHIND = re.compile(f"[ \t]*(#[^{BREAKS}]*)")


def composed(text: str, root: Node, draft: Draft) -> str:
    """Return ``text``, whose value is ``root``, with what the draft of it means now.

    Raises:
        NoSafeSpan: It can't be changed without touching something else.
    """
    return _Composer(text, root).compose(root, draft)


@dataclass(frozen=True, slots=True)
class _Child:
    """An item of a list, or an entry of a mapping.

    Attributes:
        index: Which one of those written it is; None if it is new.
        key: Its key, in a mapping.
    """

    index: int | None
    key: str | None
    draft: Draft


class _Composer:
    def __init__(self, text: str, root: Node) -> None:
        self.text = text
        self.page = Page(text)
        self.manner = _manner(self.page, root)

    def compose(self, root: Node, draft: Draft) -> str:
        before, after = self.text[: self.page.start_of(root)], self.text[self.page.end_of(root) :]
        # A file that is but a text is written on one line; no workspace has any.
        typeset = self._typeset(draft, Place(0, 0, is_followed=True), ())
        if typeset.text.startswith(LINE_BREAKS):
            before = before.rstrip(_BLANK)
        elif (
            typeset.column is not None
            and before
            and not before.endswith(LINE_BREAKS)
            and not is_block(root)
        ):
            before = before.rstrip(" \t") + self.manner.line_break
        made = f"{before}{typeset.text}{typeset.remains}{after}"
        return made if before else made.lstrip(BREAKS)

    def _typeset(self, draft: Draft, place: Place, examples: Sequence[Node]) -> Typeset:
        content, node = draft.content, draft.origin
        if isinstance(content, AsWritten) and node is not None:
            written = self.text[self.page.start_of(node) : self.page.end_of(node)]
            return Typeset(written, self._block_column(node))
        if isinstance(content, str) and isinstance(node, Scalar) and node.text is not None:
            return Typeset(self.manner.scalar(content, place, node.style))
        if isinstance(node, Listing) and isinstance(content, list) and self._holds_any(node):
            items = [(None, each) for each in content]
            return self._composed(node, _children(node, items), examples)
        if isinstance(node, Mapping) and isinstance(content, dict) and self._holds_any(node):
            return self._composed(node, _children(node, list(content.items())), examples)
        return self.manner.typeset(draft.plain(), place, [*([node] if node else []), *examples])

    def _block_column(self, node: Node) -> int | None:
        return self.page.column(node.start) if is_block(node) else None

    def _holds_any(self, node: Listing | Mapping) -> bool:
        """Return whether there is something in a list or mapping, be it a comment."""
        return bool(values(node)) or "#" in self.text[node.start : node.end]

    # A list or mapping whose items are those written, in the order written: each is replaced.

    def _composed(
        self, node: Listing | Mapping, children: Sequence[_Child], examples: Sequence[Node]
    ) -> Typeset:
        names = [e.name for e in node.entries] if isinstance(node, Mapping) else None
        is_in_place = [child.index for child in children] == list(range(len(values(node))))
        if is_in_place and (names is None or [child.key for child in children] == names):
            replaced = self._replaced(node, children, examples)
            if replaced is not None:
                return Typeset(replaced, self._block_column(node))
        return self._rearranged(node, children, examples)

    def _replaced(
        self, node: Listing | Mapping, children: Sequence[_Child], examples: Sequence[Node]
    ) -> str | None:
        """Return the text with values put in place of others; None where that isn't all."""
        pieces = []
        offset = self.page.start_of(node)
        for child, old in zip(children, values(node), strict=True):
            if isinstance(child.draft.content, AsWritten):
                continue
            typeset = self._value(node, child, old, examples)
            column = self._block_column(old)
            if typeset.column != column or not typeset.text or typeset.text.startswith(LINE_BREAKS):
                return None
            if isinstance(old, Scalar) and old.text is None:
                return None
            pieces += [self.text[offset : self.page.start_of(old)], typeset.text, typeset.remains]
            offset = self.page.end_of(old)
        return "".join([*pieces, self.text[offset : self.page.end_of(node)]])

    def _value(
        self, node: Listing | Mapping, child: _Child, old: Node, examples: Sequence[Node]
    ) -> Typeset:
        """Return the value of a child that stands in the text."""
        return self._typeset(
            child.draft, self._place(node, old), self._examples(node, child, examples)
        )

    def _place(self, node: Listing | Mapping, old: Node) -> Place:
        if not is_block(node):
            return IN_FLOW
        place = self.manner.under_key(self.page.column(node.start))
        if isinstance(node, Listing):
            column = self.page.column(old.start)
            is_blank = isinstance(old, Scalar) and old.text is None
            place = behind_dash(column, 1 if is_blank else 0)
        elif isinstance(old, Mapping) and is_block(old):
            place = replace(place, mapping=self.page.column(old.start))
        elif isinstance(old, Listing) and is_block(old):
            place = replace(place, listing=self.page.column(old.start))
        return replace(place, is_followed=self._is_followed(node, old))

    def _is_followed(self, node: Listing | Mapping, old: Node) -> bool:
        """Return whether what stands with a value would be swallowed by lines of text.

        Comments would, and lines that hold nothing but blanks.
        """
        before = self.text[old.floor : self.page.start_of(old)]
        end = self.page.end_of(old)
        if "#" in before or self.page.tail(end, self.page.column(node.start)) > end:
            return True
        return _BLANK_LINES.match(self.text, end) is not None

    def _examples(
        self, node: Listing | Mapping, child: _Child, examples: Sequence[Node]
    ) -> list[Node]:
        if child.key is not None:
            found = values_of([*examples, node], child.key)
        else:
            found = chain(values(node), items_of(examples))
        return list(islice(found, EXAMPLES))

    # A list or mapping whose items have come, gone or moved.

    def _rearranged(
        self, node: Listing | Mapping, children: Sequence[_Child], examples: Sequence[Node]
    ) -> Typeset:
        parts = self.page.parts(node)
        if not children:
            return self._emptied(node, parts)
        pieces = []
        gaps = _gaps(parts, children, self._new_gap(node, parts))
        comment = ""
        for gap, child in zip(gaps, children, strict=False):
            pieces.append(self._joined(node, gap, comment))
            part = None if child.index is None else parts.parts[child.index]
            pieces.append(self._chunk(node, child, part, examples))
            comment = part.comment if part else ""
        last = self._joined(node, gaps[-1], comment)
        if node.is_flow:
            # A comment would swallow the bracket that comes behind it.
            ending = self.manner.line_break if "#" in lines_of(last)[-1] else ""
            brackets = self.text[node.start], self.text[node.end - 1]
            pieces = [brackets[0], *pieces, last, ending, brackets[1]]
        else:
            pieces.append(last)
        return Typeset("".join(pieces), self._block_column(node))

    def _joined(self, node: Listing | Mapping, gap: Gap, comment: str) -> str:
        after = gap.after
        if comment and not after.startswith(LINE_BREAKS):
            indentation = " " * self.page.column(node.start)
            after = f"{self.manner.line_break}{indentation}{after.lstrip(' ')}"
        return f"{gap.before}{comment}{after}"

    def _emptied(self, node: Listing | Mapping, parts: Parts) -> Typeset:
        brackets = "[]" if isinstance(node, Listing) else "{}"
        comments = [gap.after for gap in parts.gaps if gap.holds_comments]
        if node.is_flow:
            return Typeset(brackets[0] + "".join(comments) + brackets[1])
        return Typeset(brackets, remains="".join(comment.rstrip(_BLANK) for comment in comments))

    def _new_gap(self, node: Listing | Mapping, parts: Parts) -> Gap:
        """Return what lies between a new item and another."""
        inner = [gap.after for gap in parts.gaps[1:-1]]
        if node.is_flow:
            uncommented = [gap for gap in inner if "#" not in gap]
            opening = parts.gaps[0].after
            if not uncommented and opening.startswith(LINE_BREAKS) and "#" not in opening:
                uncommented = [opening]
            return Gap(",", uncommented[-1] if uncommented else " ")
        # Items that are all parted by blank lines stay so.
        blank_lines = min((_blank_lines(gap) for gap in inner), default=0)
        indentation = " " * self.page.column(node.start)
        return Gap("", self.manner.line_break * (1 + blank_lines) + indentation)

    def _chunk(
        self, node: Listing | Mapping, child: _Child, part: Part | None, examples: Sequence[Node]
    ) -> str:
        """Return a child with its comments."""
        if part is None:
            return self._new_chunk(node, child, examples)
        sign = self._sign(node, child, part)
        head = self.text[part.start : part.sign]
        if isinstance(child.draft.content, AsWritten):
            return f"{head}{sign}{self.text[part.opening : part.end]}"
        typeset = self._value(node, child, part.value, examples)
        return head + self._behind(node, sign, part, typeset)

    def _new_chunk(self, node: Listing | Mapping, child: _Child, examples: Sequence[Node]) -> str:
        value, alike = child.draft.plain(), self._examples(node, child, examples)
        column = self.page.column(node.start)
        if child.key is None:
            if node.is_flow:
                return self.manner.typeset(value, IN_FLOW, alike).text
            width = self._width_of_dash(node)
            return self.manner.item(value, behind_dash(column, width), alike, width)
        key = self._key(node, child.key)
        if node.is_flow:
            return f"{key}: {self.manner.typeset(value, IN_FLOW, alike).text}"
        return self.manner.entry(key, value, self.manner.under_key(column), alike)

    def _width_of_dash(self, node: Listing | Mapping) -> int:
        """Return how far the items of a list stand from their dashes."""
        line, column = self.page.line_and_column(values(node)[0].start)
        first_line, first_column = self.page.line_and_column(node.start)
        return max(column - first_column, 2) if line == first_line else 2

    def _key(self, node: Listing | Mapping, key: str, like: Scalar | None = None) -> str:
        keys = [entry.key for entry in node.entries] if isinstance(node, Mapping) else []
        style = quotes([like] if like else keys)
        return scalar(key, is_flow=node.is_flow, style=style)

    def _sign(self, node: Listing | Mapping, child: _Child, part: Part) -> str:
        """Return the dash of an item, or the key and colon of an entry."""
        if child.index is not None and child.key is not None and isinstance(node, Mapping):
            entry = node.entries[child.index]
            if entry.name != child.key:
                key = self._key(node, child.key, entry.key)
                return key + self.text[entry.key.end : part.opening]
        return self.text[part.sign : part.opening]

    def _behind(self, node: Listing | Mapping, sign: str, part: Part, typeset: Typeset) -> str:
        """Return a changed value behind its dash or key, with the comments that stood with it."""
        old = part.value
        region = self.text[part.opening : self.page.start_of(old)]
        tail = self.text[self.page.end_of(old) : part.end]
        text = typeset.text
        if isinstance(old, Scalar) and old.text is None and "#" not in region:
            region = ""
        if node.is_flow:
            if isinstance(node, Mapping) and part.opening == part.sign + len(sign) and text:
                sign += "" if sign.endswith(":") else ":"
            lead = region if isinstance(node, Listing) else region or " "
            return f"{sign}{lead}{text}{tail}"
        if not text:
            return f"{sign}{region.rstrip(_BLANK)}{typeset.remains}{tail}"
        if text.startswith(LINE_BREAKS):
            return f"{sign}{region.rstrip(_BLANK)}{text}{tail}"
        if typeset.column is None:
            if is_block(old):
                return f"{sign} {text}{region.rstrip(_BLANK)}{typeset.remains}{tail}"
            return f"{sign}{region or ' '}{text}{typeset.remains}{tail}"
        if isinstance(node, Listing) or typeset.column == self._block_column(old):
            return f"{sign}{region or ' '}{text}{tail}"
        comment = "" if is_block(old) else self._comment_behind(old)
        below = f"{self.manner.line_break}{' ' * typeset.column}{text}"
        lead = region.rstrip(_BLANK) if is_block(old) else comment
        return f"{sign}{lead}{below}{tail[len(comment) :]}"

    def _comment_behind(self, node: Node) -> str:
        found = _COMMENT_BEHIND.match(self.text, self.page.end_of(node))
        return found.group() if found else ""


def _children(node: Listing | Mapping, drafts: Iterable[tuple[str | None, Draft]]) -> list[_Child]:
    index = {id(value): place for place, value in enumerate(values(node))}
    return [
        _Child(index.get(id(draft.origin)) if draft.origin else None, key, draft)
        for key, draft in drafts
    ]


def _gaps(parts: Parts, children: Sequence[_Child], new: Gap) -> list[Gap]:
    """Return what lies before the first child, between each two, and behind the last."""
    if not parts.parts:
        parts = Parts((), (Gap("", ""), *parts.gaps))
    kept = {child.index for child in children if child.index is not None}
    # Where none is left, the first that comes takes the place of the first there was.
    gaps = list(_gaps_without(parts, set(range(len(parts.parts))) - (kept or {0})))
    found = [gaps[0]]
    slot = 1
    is_first = True
    for place, child in enumerate(children):
        is_kept = child.index is not None
        if place:
            if is_kept and not is_first:
                found.append(gaps[slot])
                slot += 1
            else:
                found.append(new)
        if is_kept:
            is_first = False
    return [*found, gaps[-1]]


def _gaps_without(parts: Parts, removed: Iterable[int]) -> Iterator[Gap]:
    """Yield the gaps that are left when parts are taken away.

    Of the two gaps around a part the wider stays, but nothing is left before the first or behind
    the last that wasn't there; comments that belong to no part stay in any case.
    """
    gaps = list(parts.gaps)
    for index in sorted(removed, reverse=True):
        is_first, is_last = index == 0, index == len(gaps) - 2
        gaps[index : index + 2] = [_merged(gaps[index], gaps[index + 1], is_first, is_last)]
    yield from gaps


def _merged(first: Gap, second: Gap, is_first: bool, is_last: bool) -> Gap:
    before = first.before if is_first else second.before
    if is_first:
        kept, other = first, second
    elif is_last or len(second.after) > len(first.after):
        kept, other = second, first
    else:
        kept, other = first, second
    if not other.holds_comments:
        return Gap(before, kept.after)
    if not second.after:
        return Gap(before, first.after.rstrip(_BLANK))
    return Gap(before, first.after.rstrip(" \t") + second.after)


def _blank_lines(gap: str) -> int:
    return max(len(gap.replace("\r\n", "\n").translate(_AS_NEWLINE).split("\n")) - 2, 0)


_AS_NEWLINE = {ord(line_break): "\n" for line_break in BREAKS}


def _manner(page: Page, root: Node) -> Manner:
    """Return how a file is written: as its first list and mapping in lines of their own are."""
    steps: dict[type[Node], int] = {}
    pending: list[Node] = [root]
    while pending and len(steps) < 2:
        node = pending.pop()
        if isinstance(node, Scalar):
            continue
        if isinstance(node, Mapping) and is_block(node):
            column = page.column(node.start)
            for value in values(node):
                if is_block(value):
                    steps.setdefault(type(value), page.column(value.start) - column)
        pending.extend(reversed(values(node)))
    step = steps.get(Mapping, 2)
    ends_lines = page.text.endswith(LINE_BREAKS)
    return Manner(page.line_break, step, steps.get(Listing, step), ends_lines)
