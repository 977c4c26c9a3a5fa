"""Making what people take away from what is shown, saved or not: a book, a report, tables, maps.

    made(Wanted(Kind.BOOK, ".pdf"), Shown(files, root), Language.FRENCH, today)

All goes in and out as plain values, so that another process can do it.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from charter.checker import Checked, report_of
from charter.history import Commit
from charter.messages import Language, Speaker, speaker
from charter.usecases.book import edition_of, format_of, logo_of, printed
from charter.usecases.check import check_workspace
from charter.workspace import InvalidWorkspace, Workspace, read_files
from journeys.document import slug

SECONDS = 20.0
"""How long actions may be tried one by one for the table of a plan."""


class Kind(StrEnum):
    """What is made."""

    BOOK = "book"
    REPORT = "report"
    ACTIONS = "actions"
    WORKBOOK = "workbook"
    PICTURE = "picture"
    SITE = "site"


ENDINGS: Mapping[Kind, tuple[str, ...]] = {
    Kind.BOOK: (".pdf", ".pptx", ".html"),
    Kind.REPORT: (".html",),
    Kind.ACTIONS: (".xlsx", ".csv"),
    Kind.WORKBOOK: (".xlsx",),
    Kind.PICTURE: (".svg", ".png"),
    Kind.SITE: (".zip",),
}
"""The files that each is made into, by the endings of their names."""
MEDIA_TYPES: Mapping[str, str] = {
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".html": "text/html",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".zip": "application/zip",
}


@dataclass(frozen=True)
class Wanted:
    """What is asked for.

    Attributes:
        ending: One of `ENDINGS`.
        channels: For whose people a book is; everybody's where none is named.
        journey: The journey of a picture, and ``segment`` whose paths it shows; empty for all.
    """

    kind: Kind
    ending: str
    channels: tuple[str, ...] = ()
    journey: str = ""
    segment: str = ""

    def file_name(self, brand: str) -> str:
        """Return what the file is called."""
        what = self.journey if self.kind is Kind.PICTURE else self.kind.value
        parts = (slug(brand), what, *self.channels, self.segment)
        return "-".join(part for part in parts if part)[:_LONGEST_NAME] + self.ending


_LONGEST_NAME = 100


@dataclass(frozen=True)
class Shown:
    """What a visitor looks at.

    Attributes:
        files: What the workspace's files say, with what is unsaved.
        root: The workspace's folder, which holds the brand's logo.
        commit: The version that was begun from; None for the latest of the folder.
    """

    files: Mapping[str, bytes]
    root: Path
    commit: Commit | None = None


@dataclass(frozen=True)
class _Making:
    wanted: Wanted
    shown: Shown
    workspace: Workspace
    speak: Speaker
    today: datetime.date

    @property
    def checked(self) -> Checked:
        """The workspace with its report."""
        return check_workspace(self.workspace, self.today)


def made(wanted: Wanted, shown: Shown, language: Language, today: datetime.date) -> bytes | Checked:
    """Return the file that is asked for; that what is shown is invalid is an answer too."""
    try:
        workspace = read_files(shown.files)
        making = _Making(wanted, shown, workspace, speaker(language), today)
        return _MAKERS[wanted.kind](making)
    except InvalidWorkspace as invalid:
        return Checked(report_of(invalid), None, invalid.sources)


def _book(making: _Making) -> bytes:
    from charter.book import Audience, compose

    charter, shown = making.workspace.charter, making.shown
    book = compose(
        making.checked,
        making.speak,
        edition_of(shown.root, making.today, shown.files, shown.commit),
        making.today,
        audience=Audience.of(charter, making.wanted.channels),
        logo=logo_of(shown.root, making.workspace),
    )
    return printed(book, format_of(Path(f"book{making.wanted.ending}")))


def _report(making: _Making) -> bytes:
    from charter.reports import render
    from charter.reports.page import Page

    return render("html", making.checked, making.speak, Page()).encode()


def _actions(making: _Making) -> bytes:
    from charter.plan_views import By
    from charter.reports.plan_views import render_table
    from charter.usecases.plan_views import tabulate_workspace

    viewed = tabulate_workspace(
        making.workspace, making.today, By.TARGET, seconds=SECONDS, clock=time.monotonic
    )
    ending = making.wanted.ending.removeprefix(".")
    return render_table(ending, viewed, making.speak, is_grouped=False)


def _workbook(making: _Making) -> bytes:
    from charter.sheets.tables import tables_of
    from charter.sheets.workbook import workbook

    return workbook(tables_of(making.workspace, making.speak, making.today), making.speak)


def _picture(making: _Making) -> bytes:
    from charter.pictures import as_png, journey_picture

    wanted, shown = making.wanted, making.shown
    edition = edition_of(shown.root, making.today, shown.files, shown.commit)
    svg = journey_picture(
        making.workspace,
        wanted.journey,
        making.speak,
        segment=wanted.segment or None,
        version=edition.told(making.speak) if edition.version else "",
    )
    return as_png(svg) if wanted.ending == ".png" else svg.encode()


def _site(making: _Making) -> bytes:
    from charter.sheets.separated import packed
    from charter.site import site_of

    shown = making.shown
    files = site_of(
        making.checked,
        making.speak,
        edition_of(shown.root, making.today, shown.files, shown.commit),
        making.today,
        logo=logo_of(shown.root, making.workspace),
    )
    return packed({name: text.encode() for name, text in files.items()})


_MAKERS: Mapping[Kind, Callable[[_Making], bytes]] = {
    Kind.BOOK: _book,
    Kind.REPORT: _report,
    Kind.ACTIONS: _actions,
    Kind.WORKBOOK: _workbook,
    Kind.PICTURE: _picture,
    Kind.SITE: _site,
}
