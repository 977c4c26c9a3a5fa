"""The charter as a static site: pages that link to each other, and need nothing else.

`site_of` makes a mapping of file names to contents of a checked workspace.
"""

from __future__ import annotations

from charter.site.compose import site_of as site_of
