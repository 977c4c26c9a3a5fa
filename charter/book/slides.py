"""The book as slides: text boxes and tables that people can edit, and no picture of a text.

Each text is measured before it is set. What doesn't fit on a slide goes on the next one, whose
title says that it goes on.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from charter.book.blocks import (
    Block,
    Book,
    Expressed,
    Figures,
    Grid,
    Heading,
    Page,
    Paragraph,
    Picture,
    Points,
    Sides,
    Statement,
    Table,
    Term,
    Terms,
    Told,
    Tone,
)
from charter.book.logo import Kind
from charter.book.setting import Measure, Words
from charter.book.signs import SIGNS
from charter.messages import N_, Language, speaker
from charter.pictures import as_png
from charter.pictures.png import drawn
from charter.reports.web import SIGNS as GRAVITIES

WIDTH, HEIGHT = 960.0, 540.0
"""A slide in points: 16 to 9."""
LEFT, TOP, BOTTOM = 44.0, 112.0, 500.0
ROOM = WIDTH - 2 * LEFT
INSET = 4.0
"""What stands between the edge of a table's cell and its text, in points."""
GAP = 10.0
"""What stands between two blocks, in points."""
_TEXT, _SMALL, _HEAD = 14.0, 12.0, 11.0
_HEADING_FONT, _TEXT_FONT = "Georgia", "Arial"
_OTHER_FONTS = 1.2
"""How much wider a font that we know nothing of may be."""
_HIGHEST_HEAD = 80.0
_LONGEST_PROPERTY = 255
_TITLE_ONLY = 5
_ORDER = {Tone.YES: "yes", Tone.NO: "no", Tone.PLAIN: "soft"}

Cell = tuple[Words, ...]


@dataclass(frozen=True)
class _Prose:
    """Texts side by side, each in a box of its own.

    Attributes:
        is_kept: Whether it stays with what follows.
        is_filled: Whether the boxes stand out from the paper.
    """

    cells: tuple[Cell, ...]
    is_kept: bool = False
    is_filled: bool = False


@dataclass(frozen=True)
class _Rows:
    """A table; without columns it has no headings."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    centred: bool = False


@dataclass(frozen=True)
class _Drawing:
    """A picture, which has a slide of its own."""

    picture: Picture


_Piece = _Prose | _Rows | _Drawing


def render(book: Book) -> bytes:
    """Return the book as a PowerPoint file; the same bytes for the same book."""
    written = io.BytesIO()
    _Deck(book).made().save(written)
    return _undated(written.getvalue())


def _undated(content: bytes) -> bytes:
    """Return a file whose parts don't say when they were packed."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as whole,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as undated,
    ):
        for name in whole.namelist():
            undated.writestr(zipfile.ZipInfo(name), whole.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class _Deck:
    """Slides, made one after the other."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.palette = book.palette
        self.deck = Presentation()
        self.deck.slide_width, self.deck.slide_height = _points(WIDTH), _points(HEIGHT)
        look = book.look
        self.fonts = (look.heading_font or _HEADING_FONT, look.text_font or _TEXT_FONT)
        # Georgia, too, is wider than what is measured in.
        self.headings = Measure(_OTHER_FONTS)
        self.texts = Measure(_OTHER_FONTS if look.text_font else 1.0)
        self.slide: Any = None
        self.top = TOP
        self.number = 0

    def made(self) -> Any:
        """Return the whole presentation."""
        self._theme()
        self._cover()
        self._contents()
        for number, chapter in enumerate(self.book.chapters, start=1):
            self._divider(number, chapter.title, chapter.introduction)
            for page in chapter.pages:
                self._page(page)
        properties = self.deck.core_properties
        properties.title = self.book.title[:_LONGEST_PROPERTY]
        properties.author = self.book.brand[:_LONGEST_PROPERTY]
        properties.language = str(self.book.language)
        properties.last_modified_by = ""
        return self.deck

    # The looks of it all.

    def _theme(self) -> None:
        """Give what people add later the brand's fonts and colour too."""
        part = self.deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        theme = part.blob.decode("utf-8")
        for kind, name in zip(("major", "minor"), self.fonts, strict=True):
            theme = re.sub(
                rf'(<a:{kind}Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{name}", theme, count=1
            )
        accent = self.palette.accent[1:].upper()
        theme = re.sub(
            r"<a:accent1>.*?</a:accent1>",
            f'<a:accent1><a:srgbClr val="{accent}"/></a:accent1>',
            theme,
            count=1,
            flags=re.DOTALL,
        )
        part._blob = theme.encode("utf-8")

    def _new(
        self, title: str, paper: str, ink: str, *, size: float, top: float, room: float
    ) -> Any:
        """Begin a slide with its title."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[_TITLE_ONLY])
        self.number += 1
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = _colour(paper)
        shape = slide.shapes.title
        shape.left, shape.top = _points(LEFT), _points(top)
        shape.width, shape.height = _points(ROOM), _points(room)
        words = Words(title, size, ink, is_bold=True, is_title=True)
        while self.headings.height([words], ROOM) > room and words.size > 8:
            words = Words(title, words.size - 1, ink, is_bold=True, is_title=True)
        fitting, _ = self.headings.parted([words], ROOM, room)
        self._fill(shape.text_frame, fitting or (words,))
        self.slide = slide
        return slide

    def _cover(self) -> None:
        book, shades = self.book, self.palette
        slide = self._new(book.brand, shades.accent, shades.on_accent, size=44, top=180, room=110)
        if book.logo is not None:
            height = min(80.0, 200.0 / book.logo.proportion)
            width = height * book.logo.proportion
            panel = slide.shapes.add_shape(1, *_box(LEFT, 44, width + 24, height + 24))
            panel.fill.solid()
            panel.fill.fore_color.rgb = _colour(shades.paper)
            panel.line.fill.background()
            panel.shadow.inherit = False
            panel.name = ""
            content = book.logo.content
            if book.logo.kind is Kind.SVG:
                content = drawn(content.decode(), width=round(width * 4))
            shown = slide.shapes.add_picture(
                io.BytesIO(content), *_box(LEFT + 12, 56, width, height)
            )
            _describe(shown, book.brand)
        self._text(
            (self._words(book.kind, 14, shades.on_accent, is_bold=True),), LEFT, 150, ROOM, 26
        )
        promise = self._words(book.promise, 20, shades.on_accent, is_title=True)
        told, _ = self.headings.parted([promise], ROOM * 0.8, 130)
        self._text(told, LEFT, 296, ROOM * 0.8, 130)
        lines = tuple(
            self._words(text, _SMALL, shades.on_accent)
            for text in (book.audience, book.edition)
            if text
        )
        told, _ = self.texts.parted(lines, ROOM, 60)
        self._text(told, LEFT, 440, ROOM, 60)

    def _contents(self) -> None:
        chapters = tuple(
            (
                (self._words(str(number), _TEXT, self.palette.accent_text, is_bold=True),),
                (self._words(chapter.title, _TEXT, self.palette.ink),),
            )
            for number, chapter in enumerate(self.book.chapters, start=1)
        )
        title = self.book.labels.contents
        self._flow("", title, [_Rows(title, (), chapters, (6, 94))])

    def _divider(self, number: int, title: str, introduction: str) -> None:
        shades = self.palette
        self._new(title, shades.accent, shades.on_accent, size=36, top=200, room=96)
        self._text(
            (self._words(str(number), 20, shades.on_accent, is_bold=True),), LEFT, 160, 120, 32
        )
        told, _ = self.texts.parted(
            [self._words(introduction, 16, shades.on_accent)], ROOM * 0.8, 120
        )
        self._text(told, LEFT, 306, ROOM * 0.8, 120)

    def _captioned(self, fact: Term) -> str:
        speak = speaker(self.book.language)
        return speak(N_("{caption}: {text}"), caption=fact.name, text=fact.text)

    def _page(self, page: Page) -> None:
        pieces: list[_Piece] = []
        if page.facts:
            told = " · ".join(map(self._captioned, page.facts))
            pieces.append(_Prose(((self._words(told, _SMALL, self.palette.soft),),)))
        pieces += self._pieces(page.blocks)
        self._flow(page.eyebrow, page.title, pieces)

    # From blocks to what is set.

    def _words(self, text: str, size: float, colour: str, **more: bool) -> Words:
        return Words(text, size, colour, **more)

    def _plain(self, text: str, size: float = _SMALL) -> Cell:
        return (self._words(text, size, self.palette.ink),) if text else ()

    def _strong(self, text: str, size: float = _SMALL) -> Cell:
        return (self._words(text, size, self.palette.ink, is_bold=True),) if text else ()

    def _pieces(self, blocks: Sequence[Block]) -> Iterator[_Piece]:
        # What comes one after the other makes one table.
        for kind, several in groupby(blocks, type):
            together = list(several)
            if kind is Expressed:
                yield self._expressed([b for b in together if isinstance(b, Expressed)])
            elif kind is Told:
                yield self._told([b for b in together if isinstance(b, Told)])
            else:
                for block in together:
                    yield from self._piece(block)

    def _piece(self, block: Block) -> Iterator[_Piece]:
        shades = self.palette
        if isinstance(block, Statement):
            yield _Prose(((self._words(block.text, 30, shades.ink, is_title=True),),))
        elif isinstance(block, Paragraph):
            colour, size = (shades.soft, _SMALL) if block.is_note else (shades.ink, _TEXT)
            yield _Prose(((self._words(block.text, size, colour),),))
        elif isinstance(block, Heading):
            yield _Prose((self._strong(block.text, _TEXT),), is_kept=True)
        elif isinstance(block, Points):
            yield _Prose((self._points(block, _TEXT),))
        elif isinstance(block, Sides):
            lists = [each for each in (block.left, block.right) if each.items]
            size = 16.0 if max((len(each.items) for each in lists), default=0) < 6 else _SMALL
            cells = tuple(self._points(each, size) for each in lists)
            yield _Prose(cells, is_filled=True)
        elif isinstance(block, Terms):
            yield self._terms(block)
        elif isinstance(block, Table):
            rows = tuple(
                tuple(
                    self._plain(cell) if at else self._strong(cell) for at, cell in enumerate(row)
                )
                for row in block.rows
            )
            yield _Rows(block.caption, block.columns, rows, block.widths)
        elif isinstance(block, Grid):
            yield from self._grid(block)
        elif isinstance(block, Figures):
            cells = tuple(
                (
                    self._words(figure.number, 26, shades.ink, is_bold=True),
                    self._words(figure.word, _SMALL, shades.soft),
                )
                for figure in block.figures
            )
            yield _Prose(cells)
        elif isinstance(block, Picture):
            yield _Drawing(block)

    def _points(self, block: Points, size: float) -> Cell:
        sign = SIGNS[block.tone]
        colour = getattr(self.palette, _ORDER[block.tone])
        title = f"{sign} {block.title}" if sign else block.title
        items = tuple(
            self._words(item, size, self.palette.ink, is_item=True) for item in block.items
        )
        return (self._words(title, size, colour, is_bold=True), *items) if items else ()

    def _terms(self, block: Terms) -> _Rows:
        size = 16.0 if block.is_large else _SMALL
        rows = tuple(
            (
                self._strong(term.name, size),
                (
                    *self._plain(term.text, size),
                    *((self._words(term.note, _SMALL, self.palette.soft),) if term.note else ()),
                ),
            )
            for term in block.terms
        )
        return _Rows("", (), rows, (24, 76))

    def _expressed(self, blocks: Sequence[Expressed]) -> _Rows:
        """Return how a marker shows as one table; columns that nothing is said in are left out."""
        example = self.book.labels.example
        titles = [
            next((getattr(b, side).title for b in blocks if getattr(b, side).items), "")
            for side in ("do", "dont")
        ]
        columns = ["", "", *titles, example if any(b.example for b in blocks) else ""]
        widths = [15.0, 40.0, 22.0, 22.0, 28.0]
        rows = [
            (
                self._strong(b.channel),
                self._plain(b.text),
                *(
                    tuple(
                        self._words(item, _SMALL, self.palette.ink, is_item=len(side.items) > 1)
                        for item in side.items
                    )
                    for side in (b.do, b.dont)
                ),
                (self._words(b.example, _SMALL, self.palette.ink, is_italic=True),)
                if b.example
                else (),
            )
            for b in blocks
        ]
        kept = [at for at, column in enumerate(columns) if at < 2 or column]
        return _Rows(
            "",
            tuple(columns[at] for at in kept) if len(kept) > 2 else (),
            tuple(tuple(row[at] for at in kept) for row in rows),
            tuple(widths[at] for at in kept),
        )

    def _told(self, blocks: Sequence[Told]) -> _Rows:
        shades = self.palette
        colours = {"error": shades.no, "warning": shades.hint, "late": shades.hint}
        rows = []
        for b in blocks:
            colour = colours.get(b.kind, shades.soft)
            word = f"{GRAVITIES[b.kind]} {b.word}" if b.kind in GRAVITIES else b.word
            path = " → ".join(
                f"({' → '.join(each.stops)}) × {each.times}"
                if each.times > 1
                else " → ".join(each.stops)
                for each in b.rounds
            )
            answer = " ".join(filter(None, (b.answer, path)))
            facts = tuple(self._words(self._captioned(fact), _HEAD, shades.ink) for fact in b.facts)
            rows.append(
                (
                    (self._words(word, _SMALL, colour, is_bold=True),),
                    (*self._strong(b.headline), *self._plain(answer)),
                    facts,
                )
            )
        return _Rows("", (), tuple(rows), (14, 40, 46))

    def _grid(self, block: Grid) -> Iterator[_Piece]:
        shades = self.palette
        rows = tuple(
            (
                self._strong(name),
                *(
                    (self._words(SIGNS[mark], _SMALL, shades.accent_text, is_bold=True),)
                    if SIGNS[mark]
                    else ()
                    for mark in marks
                ),
            )
            for name, marks in block.rows
        )
        columns = (block.corner, *block.columns)
        widths = (24.0, *(76 / len(block.columns) for _ in block.columns))
        legend = "   ".join(f"{SIGNS[mark]} {meaning}" for mark, meaning in block.legend)
        yield _Prose(((self._words(legend, _SMALL, shades.soft),),), is_kept=True)
        yield _Rows(block.caption, columns, rows, widths, centred=True)

    # Setting, slide by slide.

    def _flow(self, eyebrow: str, title: str, pieces: Sequence[_Piece]) -> None:
        self._begin(eyebrow, title)
        begun = self.top

        def turn() -> None:
            self._begin(eyebrow, f"{title} ({self.book.labels.continued})")

        for number, piece in enumerate(pieces):
            if isinstance(piece, _Drawing):
                if self.top > begun:
                    turn()
                self._drawing(piece.picture)
                self.top = BOTTOM
                continue
            following = pieces[number + 1] if number + 1 < len(pieces) else None
            needed = self._least(piece) + (
                self._least(following)
                if following and isinstance(piece, _Prose) and piece.is_kept
                else 0.0
            )
            if self.top > TOP and self.top + needed > BOTTOM:
                turn()
            if isinstance(piece, _Prose):
                self._prose(piece, turn)
            else:
                self._rows(piece, turn)
            self.top += GAP

    def _least(self, piece: _Piece) -> float:
        """Return the least room in which it makes sense to begin something."""
        if isinstance(piece, _Drawing):
            return BOTTOM - TOP
        if isinstance(piece, _Prose):
            height = max((self._height(cell, self._wide(piece)) for cell in piece.cells), default=0)
            return min(height + GAP, 120.0)
        head = self._heading_height(piece)
        first = max(self._row_height(row, self._widths(piece)) for row in piece.rows)
        return head + min(first, 120.0)

    def _begin(self, eyebrow: str, title: str) -> None:
        shades = self.palette
        slide = self._new(title, shades.paper, shades.ink, size=26, top=46, room=56)
        bar = slide.shapes.add_shape(1, *_box(0, 0, WIDTH, 8))
        bar.fill.solid()
        bar.fill.fore_color.rgb = _colour(shades.accent)
        bar.line.fill.background()
        bar.shadow.inherit = False
        if eyebrow:
            words = self._words(eyebrow.upper(), 11, shades.accent_text, is_bold=True)
            self._text((words,), LEFT, 24, ROOM, 20)
        footer = self._words(f"{self.book.title} · {self.book.edition}", 9, shades.soft)
        told, _ = self.texts.parted([footer], ROOM - 60, 16)
        self._text(told, LEFT, 512, ROOM - 60, 18)
        self._text((self._words(str(self.number), 9, shades.soft),), WIDTH - LEFT - 50, 512, 50, 18)
        self.top = TOP

    def _measure(self, cell: Sequence[Words]) -> Measure:
        return self.headings if any(words.is_title for words in cell) else self.texts

    def _height(self, cell: Sequence[Words], width: float) -> float:
        return self._measure(cell).height(cell, width)

    def _wide(self, piece: _Prose) -> float:
        several = len(piece.cells)
        padding = 24.0 if piece.is_filled else 0.0
        return (ROOM - (several - 1) * 20) / max(several, 1) - padding

    def _prose(self, piece: _Prose, turn: Any) -> None:
        cells = piece.cells
        width = self._wide(piece)
        padding = 12.0 if piece.is_filled else 0.0
        while any(cells):
            room = BOTTOM - self.top - 2 * padding
            parts = [self._measure(cell).parted(cell, width, room) for cell in cells]
            height = max(self._height(fits, width) for fits, _ in parts)
            if height == 0:
                turn()
                continue
            for at, (fits, _) in enumerate(parts):
                if fits:
                    left = LEFT + at * (width + 2 * padding + 20)
                    fill = self.palette.ground if piece.is_filled else None
                    self._text(
                        fits,
                        left,
                        self.top,
                        width + 2 * padding,
                        height + 2 * padding,
                        fill,
                        padding,
                    )
            self.top += height + 2 * padding
            cells = tuple(rest for _, rest in parts)
            if any(cells):
                turn()

    def _widths(self, table: _Rows) -> list[float]:
        whole = sum(table.widths)
        return [ROOM * width / whole for width in table.widths]

    def _row_height(self, row: Sequence[Cell], widths: Sequence[float]) -> float:
        heights = (
            self.texts.height(cell, width - 2 * INSET)
            for cell, width in zip(row, widths, strict=True)
        )
        return max(max(heights), _SMALL) + 2 * INSET

    def _heading_height(self, table: _Rows) -> float:
        return self._row_height(self._head(table), self._widths(table)) if table.columns else 0.0

    def _head(self, table: _Rows) -> tuple[Cell, ...]:
        """Return the headings of a table, as much of them as leaves room for its rows."""
        if not table.columns:
            return ()
        soft = self.palette.soft
        found = []
        for column, width in zip(table.columns, self._widths(table), strict=True):
            words = self._words(column, _HEAD, soft, is_bold=True)
            fits, rest = self.texts.parted([words], width - 2 * INSET, _HIGHEST_HEAD)
            if rest and fits:
                fits = (replace(fits[0], text=f"{fits[0].text[:-1]}…"),)
            found.append(fits if column else ())
        return tuple(found)

    def _rows(self, table: _Rows, turn: Any) -> None:
        widths = self._widths(table)
        head = self._heading_height(table)
        left = list(table.rows)
        while left:
            room = BOTTOM - self.top - head
            taken: list[tuple[Cell, ...]] = []
            while left and self._row_height(left[0], widths) <= room:
                room -= self._row_height(left[0], widths)
                taken.append(left.pop(0))
            if left and not taken and (self.top <= TOP or room > 200):
                fits, rest = self._split(left[0], widths, room)
                taken.append(fits)
                left[0] = rest
                if not any(rest):
                    del left[0]
            if taken:
                self._table(table, taken, widths)
            if left:
                turn()

    def _split(
        self, row: tuple[Cell, ...], widths: Sequence[float], room: float
    ) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
        parts = [
            self.texts.parted(cell, width - 2 * INSET, room - 2 * INSET)
            for cell, width in zip(row, widths, strict=True)
        ]
        return tuple(fits for fits, _ in parts), tuple(rest for _, rest in parts)

    def _table(
        self, table: _Rows, rows: Sequence[tuple[Cell, ...]], widths: Sequence[float]
    ) -> None:
        shown = [self._head(table), *rows] if table.columns else list(rows)
        heights = [self._row_height(row, widths) for row in shown]
        frame = self.slide.shapes.add_table(
            len(shown), len(widths), *_box(LEFT, self.top, ROOM, sum(heights))
        )
        _describe(frame, table.name or self.slide.shapes.title.text_frame.text)
        made = frame.table
        made.first_row, made.horz_banding = bool(table.columns), False
        _plain_style(frame)
        for at, width in enumerate(widths):
            made.columns[at].width = _points(width)
        for number, (row, height) in enumerate(zip(shown, heights, strict=True)):
            made.rows[number].height = _points(height)
            is_head = bool(table.columns) and number == 0
            for at, words in enumerate(row):
                cell = made.cell(number, at)
                cell.margin_left = cell.margin_right = _points(INSET)
                cell.margin_top = cell.margin_bottom = _points(INSET)
                cell.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.TOP
                cell.fill.background()
                self._fill(
                    cell.text_frame, words, padding=None, is_centred=table.centred and at > 0
                )
                _underline(cell, self.palette.accent if is_head else self.palette.line, is_head)
        self.top += sum(heights)

    def _drawing(self, picture: Picture) -> None:
        content = as_png(picture.svg, scale=1)
        room_wide, room_high = ROOM, 508 - TOP + 6
        shown = self.slide.shapes.add_picture(io.BytesIO(content), _points(LEFT), _points(TOP - 6))
        scale = min(room_wide / shown.width.pt, room_high / shown.height.pt)
        width, height = shown.width.pt * scale, shown.height.pt * scale
        shown.width, shown.height = _points(width), _points(height)
        shown.left = _points(LEFT + (room_wide - width) / 2)
        _describe(shown, picture.text)

    def _text(
        self,
        words: Sequence[Words],
        left: float,
        top: float,
        width: float,
        height: float,
        fill: str | None = None,
        padding: float = 0.0,
    ) -> None:
        if not any(each.text for each in words):
            return
        box = self.slide.shapes.add_textbox(*_box(left, top, width, height))
        if fill is not None:
            box.fill.solid()
            box.fill.fore_color.rgb = _colour(fill)
        self._fill(box.text_frame, words, padding=padding)

    def _fill(
        self,
        frame: Any,
        words: Sequence[Words],
        *,
        padding: float | None = 0.0,
        is_centred: bool = False,
    ) -> None:
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        if padding is not None:
            frame.margin_left = frame.margin_right = _points(padding)
            frame.margin_top = frame.margin_bottom = _points(padding)
            frame.vertical_anchor = MSO_ANCHOR.TOP
        for number, each in enumerate(word for word in words if word.text):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = each.text
            run.font.size = Pt(each.size)
            run.font.bold, run.font.italic = each.is_bold, each.is_italic
            run.font.color.rgb = _colour(each.colour)
            run.font.name = self.fonts[0] if each.is_title else self.fonts[1]
            run.font.language_id = _LANGUAGES[self.book.language]
            paragraph.space_after, paragraph.space_before = Pt(3), Pt(0)
            paragraph.line_spacing = 1.0
            _place(paragraph, each, is_centred=is_centred)


# What the library has no words for.

_LANGUAGES = {Language.ENGLISH: MSO_LANGUAGE_ID.ENGLISH_UK, Language.FRENCH: MSO_LANGUAGE_ID.FRENCH}
_BARE_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style of tables that has neither lines nor fills."""
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def _points(length: float) -> Emu:
    return Emu(round(length * 12700))


def _box(left: float, top: float, width: float, height: float) -> tuple[Emu, Emu, Emu, Emu]:
    return _points(left), _points(top), _points(width), _points(height)


def _colour(written: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(written[1:]))  # type: ignore[no-untyped-call]


def _describe(shape: Any, text: str) -> None:
    """Say what a picture or a table shows, for who doesn't see it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", text)


def _plain_style(frame: Any) -> None:
    (style,) = frame._element.xpath(".//a:tableStyleId")
    style.text = _BARE_TABLE


def _underline(cell: Any, colour: str, is_head: bool) -> None:
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": str(12700 if is_head else 6350)})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": colour[1:].upper()}))
    line.append(fill)
    # Lines stand before fills.
    properties.insert(0, line)


def _place(paragraph: Any, words: Words, *, is_centred: bool) -> None:
    """Set a paragraph as an item of a list, in the middle, or from right to left."""
    properties = paragraph._p.get_or_add_pPr()
    paragraph.alignment = PP_ALIGN.CENTER if is_centred else PP_ALIGN.LEFT
    letters = (letter for letter in words.text if letter.isalpha())
    if _FROM_THE_RIGHT.match(next(letters, "")):
        properties.set("rtl", "1")
        paragraph.alignment = PP_ALIGN.RIGHT
    if words.is_item:
        indent = str(round(words.indent * 12700))
        properties.set("marL", indent)
        properties.set("indent", f"-{indent}")
        properties.append(properties.makeelement(qn("a:buChar"), {"char": "•"}))
    else:
        properties.append(properties.makeelement(qn("a:buNone"), {}))
