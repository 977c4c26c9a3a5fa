"""What can be done with something: a button, or a link to a page, in components of ours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Deed:
    """What can be done.

    Attributes:
        told: More than the label says, for those who ask.
        icon: The name of one of Material's symbols.
        page: The page that it leads to; empty where it leads nowhere.
        asked: What that page's address asks for.
    """

    name: str
    label: str
    told: str = ""
    icon: str = ""
    icon_is_first: bool = False
    is_disabled: bool = False
    page: str = ""
    asked: tuple[tuple[str, str], ...] = ()

    @classmethod
    def leading(cls, page: str, label: str, **asked: str) -> Deed:
        """Return a link to a page, with what its address asks for."""
        return cls(page, label, icon="arrow_forward", page=page, asked=tuple(asked.items()))


CSS = """
.deeds { display: flex; flex-wrap: wrap; gap: 0.25rem 0.5rem; margin-left: -0.4rem; }
.deeds > * { all: unset; box-sizing: border-box; display: inline-flex; align-items: center;
  gap: 0.3rem; min-height: 2rem; padding: 0.2rem 0.4rem; border-radius: var(--st-button-radius);
  font-size: 0.875rem; cursor: pointer; }
.deeds > :hover { background: light-dark(#EEF0F4, #2B313C); }
.deeds > :focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 1px; }
.deeds > [disabled] { opacity: 0.4; cursor: default; background: none; }
@media print { .deeds { display: none; } }
"""
JS = """
function addressOf({ page, asked }) {
  return asked.length ? `${page}?${new URLSearchParams(asked)}` : page;
}

function deedOf(deed, id, choose) {
  const address = addressOf(deed);
  const made = element(address ? "a" : "button");
  const parts = [element("span", deed.label)];
  if (deed.icon) parts[deed.icon_is_first ? "unshift" : "push"](icon(deed.icon));
  made.append(...parts);
  made.dataset.deed = id;
  if (deed.told) {
    made.title = deed.told;
    made.setAttribute("aria-label", `${deed.label}: ${deed.told}`);
  }
  if (address) made.href = address;
  else made.type = "button";
  if (deed.is_disabled) made.disabled = true;
  made.onclick = (event) => {
    // With a key held, a link opens where its visitor wants it.
    if (address && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    choose();
  };
  return made;
}
"""
