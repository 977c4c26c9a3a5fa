"""Reports as a page of their own: one HTML document that needs no network and runs no script.

Templates lie in ``templates/``; each extends ``base.html`` and uses the parts of ``parts.html``.
They hold no words and compute nothing: they are given what was said already, and escape all of it.
"""

from __future__ import annotations

import functools
from importlib import resources

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from charter.messages import Language

SIGNS = {
    "error": "✕",
    "warning": "!",
    "info": "i",
    "holds": "✓",
    "broken": "✕",
    "vacuous": "–",
    "inconclusive": "?",
    "waived": "≈",
    "accepted": "=",
    "added": "+",
    "removed": "−",
    "renamed": "↷",
    "changed": "~",
}
"""What stands beside each colour, for those who see none: by severity, answer, status or change."""


def document(template: str, language: Language, **content: object) -> str:
    """Return the HTML document that a template makes of ``content``.

    Raises:
        jinja2.UndefinedError: The template names something that it isn't given.
    """
    made = _environment().get_template(template).render(language=language, **content)
    return made if made.endswith("\n") else f"{made}\n"


def text(template: str, **content: object) -> str:
    """Return a style sheet or a script, written by a template in the room of pages.

    Unlike in a page nothing is escaped: what it is given is no text of people's, or is made safe
    where it is to stand.

    Raises:
        jinja2.UndefinedError: The template names something that it isn't given.
    """
    made = _environment(escapes=False).get_template(template).render(**content)
    return made if made.endswith("\n") else f"{made}\n"


@functools.cache
def _environment(*, escapes: bool = True) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(str(resources.files("charter.reports") / "templates")),
        autoescape=escapes,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["signs"] = SIGNS
    return environment
