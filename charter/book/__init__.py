"""The charter book: what a brand hands to its agencies, shops and call centres.

`compose` makes one value of a checked workspace, a `Book` of chapters, pages and blocks; what
prints it (a web page, a PDF, slides) only sets what stands there.
"""

from __future__ import annotations

from charter.book.audience import Audience as Audience
from charter.book.blocks import Book as Book
from charter.book.compose import compose as compose
from charter.book.edition import Edition as Edition
