"""What all tests share: Hypothesis's settings, and a small workspace to look at."""

from pathlib import Path

import pytest
from hypothesis import settings

# How long a case takes depends on the machine, so it is no reason to fail. CI (where Hypothesis
# derandomises by itself) runs the same cases each time; elsewhere each run tries new ones.
settings.register_profile("here", deadline=None)
settings.load_profile("here")

CHARTER = """\
charter: 1
brand: Maison Lumière
promise: {en: Every customer is received as a guest., fr: Chaque client est reçu comme un invité.}
values:
  - {id: hospitality, name: {en: Hospitality, fr: Hospitalité}}
channels:
  - {id: store, name: Boutique}
  - {id: web, name: {en: Website, fr: Site}}
segments:
  - {id: newcomer, name: {en: First visit, fr: Première visite}, weight: 60}
  - {id: loyal, name: {en: Loyal guest, fr: Fidèle}, weight: 40}
stages:
  - {id: discover, name: {en: Discover, fr: Découvrir}}
  - {id: buy, name: {en: Buy, fr: Acheter}}
markers:
  - id: named-host
    name: {en: A named host, fr: Un hôte qui se nomme}
    values: [hospitality]
    expressions:
      store: The host gives their first name.
      web: {not-for: Nobody hosts a page.}
  - {id: farewell, name: {en: A farewell, fr: Un au revoir}, values: [hospitality]}
  - {id: nagging, name: {en: Nagging, fr: La relance}, role: irritant}
rules:
  - {id: host-everywhere, kind: carries, markers: [named-host], why: People remember the host.}
  - {id: farewell-everywhere, kind: carries, markers: [farewell]}
  - {id: no-nagging, kind: at-most, markers: [nagging], times: 0}
"""

VISIT = """\
journey: visit
name: {en: A visit, fr: Une visite}
outcomes:
  - {id: bought, name: {en: They bought, fr: Achat}, wanted: true}
touchpoints:
  - id: window
    name: {en: Shop window, fr: Vitrine}
    stage: discover
    channel: store
    entry: true
    next: [welcome, catalogue]
  - id: welcome
    name: {en: Welcome, fr: Accueil}
    stage: discover
    channel: store
    markers: [named-host]
    moment-of-truth: true
    next: [till]
  - id: catalogue
    name: Catalogue
    stage: discover
    channel: web
    next: [reviews, till]
  - id: reviews
    name: {en: Reviews, fr: Avis}
    stage: discover
    channel: web
    control: customer
    next: [catalogue]
  - id: till
    name: {en: Till, fr: Caisse}
    stage: buy
    channel: store
    markers: [farewell, {marker: named-host, status: planned}]
    owner: retail
    exit: bought
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a small workspace: one rule broken, one that holds."""
    (tmp_path / "journeys").mkdir()
    (tmp_path / "charter.yaml").write_text(CHARTER, encoding="utf-8")
    (tmp_path / "journeys" / "visit.yaml").write_text(VISIT, encoding="utf-8")
    return tmp_path
