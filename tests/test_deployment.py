"""How far markers have come: counted at touchpoints, weighed by visits, compared with earlier."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.checker import Checked
from charter.deployment import Cell, Deployment, Standing, cells, progress, totals
from charter.messages import Language, Speaker
from charter.plan_views import written_entries
from charter.reports.deployment import FORMATS, render
from charter.reports.page import Page
from charter.usecases.deployment import deployment, deployment_of_folder
from charter.workspace import Workspace
from journeys.customers import ShareBasis
from tests.histories import git
from tests.scenarios.transcript import copy_files, run_here
from tests.scenarios.writing import CHARTER, touchpoints, workspace

GOLDEN = Path(__file__).parent / "plans"
IS_UPDATE = os.environ.get("UPDATE_PLANS") == "1"
ENGLISH, FRENCH = Speaker(Language.ENGLISH), Speaker(Language.FRENCH)
WRITTEN = Path(__file__).parent / "scenarios/plan-by"


def cell(found: Workspace, marker: str = "host", channel: str = "store") -> Cell:
    entries = written_entries(found, found.plans)
    return next(c for c in cells(found, entries) if (c.marker, c.channel) == (marker, channel))


def plan(*actions: str) -> str:
    return "plan: q4\nactions:\n" + "".join(f"  - {{{action}}}\n" for action in actions)


ONE = "a, entry: true, exit: end"


@pytest.mark.parametrize(
    ("touchpoint", "actions", "counts", "standing"),
    [
        pytest.param(ONE, [], {}, Standing.NOWHERE, id="nowhere"),
        pytest.param(f"{ONE}, markers: [host]", [], {"live": 1}, Standing.LIVE, id="tagged"),
        pytest.param(
            f"{ONE}, markers: [{{marker: host, segments: [loyal]}}]",
            [],
            {"live": 1},
            Standing.LIVE,
            id="tagged for some",
        ),
        pytest.param(
            f"{ONE}, markers: [{{marker: host, status: planned}}]",
            ["id: x, marker: host, touchpoints: a, status: doing"],
            {"planned": 1},
            Standing.PLANNED,
            id="tagged as planned",
        ),
        pytest.param(
            f"{ONE}, markers: [host], status: planned",
            [],
            {"planned": 1},
            Standing.PLANNED,
            id="at a touchpoint that is planned",
        ),
        pytest.param(
            f"{ONE}, markers: [host], status: retired",
            [],
            {"touchpoints": 0},
            Standing.NOWHERE,
            id="at a touchpoint that is retired",
        ),
        *(
            pytest.param(
                ONE,
                [f"id: x, marker: host, touchpoints: a, status: {status}"],
                {count: 1} if count else {},
                standing,
                id=f"brought by an action: {status}",
            )
            for status, count, standing in (
                ("idea", "idea", Standing.IDEA),
                ("decided", "decided", Standing.DECIDED),
                ("doing", "decided", Standing.DECIDED),
                ("done", "decided", Standing.DECIDED),
                ("dropped", "", Standing.NOWHERE),
            )
        ),
        pytest.param(
            ONE,
            [
                "id: x, marker: host, touchpoints: a",
                "id: y, marker: host, touchpoints: a, status: decided",
            ],
            {"decided": 1},
            Standing.DECIDED,
            id="counted once, for what is farthest",
        ),
        pytest.param(
            ONE,
            ["id: x, marker: host, channels: store, status: decided"],
            {},
            Standing.DECIDED,
            id="decided for the channel as a whole",
        ),
        pytest.param(
            ONE,
            ["id: x, marker: host, touchpoints: a, channels: web, status: decided"],
            {},
            Standing.NOWHERE,
            id="for another channel",
        ),
        pytest.param(
            f"{ONE}, markers: [host]",
            ["id: x, removes: host, touchpoints: a, status: doing"],
            {"live": 1, "leaving": 1},
            Standing.LIVE,
            id="to be taken off",
        ),
        pytest.param(
            f"{ONE}, markers: [host]",
            ["id: x, removes: host, touchpoints: a"],
            {"live": 1},
            Standing.LIVE,
            id="to be taken off, perhaps",
        ),
    ],
)
def test_how_far_a_marker_has_come_on_a_channel(
    touchpoint: str, actions: list[str], counts: Mapping[str, int], standing: Standing
):
    found = cell(workspace(touchpoints(touchpoint), **{"plans/q4": plan(*actions)}))
    keys = ("touchpoints", "live", "planned", "decided", "idea", "leaving")
    told = {key: getattr(found, key) for key in keys}
    assert told == dict.fromkeys(keys, 0) | {"touchpoints": 1} | dict(counts)
    assert found.standing is standing


def test_a_touchpoint_on_several_channels_counts_on_each():
    found = workspace(touchpoints("a, channels: [web, app], entry: true, markers: [host], exit: e"))
    assert [cell(found, channel=c).live for c in ("store", "web", "app")] == [0, 1, 1]


NOT_FOR = CHARTER.replace(
    "{id: host, name: A named host}",
    "{id: host, name: A named host, expressions: {store: {not-for: Because.}}}",
)


def test_where_a_marker_is_not_meant_to_be_it_is_not_missing():
    found = workspace(touchpoints(ONE), charter=NOT_FOR)
    assert cell(found).standing is Standing.NOT_FOR
    assert totals(deployment(found).cells, found)[Standing.NOT_FOR] == 1
    # But what is there all the same is told.
    tagged = workspace(touchpoints(f"{ONE}, markers: [host]"), charter=NOT_FOR)
    assert cell(tagged).standing is Standing.LIVE


def test_irritants_are_told_but_are_in_no_sum():
    charter = CHARTER.replace("name: A named host", "name: A named host, role: irritant")
    found = workspace(touchpoints(f"{ONE}, markers: [host]"), charter=charter)
    assert cell(found).live == 1
    assert totals(deployment(found).cells, found)[Standing.LIVE] == 0


# Shares of visits.


def walks(ways: Mapping[int, list[int]], start: int, chance: float) -> Iterator[tuple[int, float]]:
    """Every visit of every walk, with its probability, of a graph without loops."""
    yield start, chance
    for following in ways[start]:
        yield from walks(ways, following, chance / len(ways[start]))


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_the_share_of_visits_is_what_walking_every_path_gives(data: st.DataObject):
    """Segments weigh alike here, and every choice is as likely as another."""
    count = data.draw(st.integers(1, 6))
    ways = {
        stop: sorted(data.draw(st.sets(st.integers(stop + 1, count - 1), min_size=1)))
        for stop in range(count - 1)
    } | {count - 1: []}
    channels = [data.draw(st.sampled_from(["store", "web"])) for _ in ways]
    carriers = [data.draw(st.sampled_from([(), ("loyal",), ("loyal", "newcomer")])) for _ in ways]
    lines = []
    for stop, following in ways.items():
        words = [f"t{stop}", f"channel: {channels[stop]}"]
        words += ["entry: true"] * (stop == 0) + ["exit: end"] * (not following)
        words += [f"next: [{', '.join(f't{each}' for each in following)}]"]
        if carriers[stop]:
            words.append(f"markers: [{{marker: host, segments: [{', '.join(carriers[stop])}]}}]")
        lines.append(", ".join(words))
    found = workspace(touchpoints(*lines))
    for channel in ("store", "web"):
        visits = [(stop, p) for stop, p in walks(ways, 0, 1.0) if channels[stop] == channel]
        total = sum(p for _, p in visits)
        met = sum(p * len(carriers[stop]) / 2 for stop, p in visits)
        told = cell(found, channel=channel)
        if not total:
            assert (told.share, told.share_basis) == (None, None)
        else:
            assert told.share == pytest.approx(met / total)


def test_journeys_and_segments_weigh_by_their_customers():
    charter = CHARTER.replace("{id: newcomer}", "{id: newcomer, weight: 3}")
    more = "journey: refund\nweight: 4\ntouchpoints:\n" + (
        "  - {id: b, stage: buy, channel: store, entry: true, exit: paid}\n"
    )
    found = workspace(
        touchpoints(f"{ONE}, markers: [{{marker: host, segments: [loyal]}}]"),
        charter=charter,
        **{"journeys/refund": more},
    )
    assert cell(found).share == pytest.approx(1 / 5 * 1 / 4)


def test_what_shares_rest_on_is_told():
    assumed = workspace(touchpoints("a, entry: true, markers: [host], next: [b, c]", "b, exit: e",
                                    "c, exit: e"))  # fmt: skip
    stated = workspace(touchpoints(f"{ONE}, markers: [host]"))
    assert cell(assumed).share_basis is ShareBasis.ASSUMED
    assert cell(stated).share_basis is ShareBasis.STATED
    for found, is_told in ((assumed, True), (stated, False)):
        told = render("text", deployment(found), ENGLISH, Page())
        assert ("as if every choice were equally likely" in told) is is_told


# Over versions.


def since(before: Workspace, after: Workspace) -> Deployment:
    return progress(deployment(before), deployment(after), "v1")


def test_what_was_renamed_is_the_same():
    before = workspace(touchpoints(f"{ONE}, markers: [host]"))
    after = workspace(
        touchpoints(f"{ONE}, markers: [named-host]").replace("store", "shop"),
        charter=CHARTER.replace("id: host,", "id: named-host,").replace(
            "{id: store}", "{id: shop}"
        ),
    )
    steps = since(before, after).steps
    assert all(step.before is not None and step.after is not None for step in steps)
    first = steps[0]
    assert first.before is not None
    assert first.after is not None
    assert (first.before.marker, first.after.marker) == ("host", "named-host")
    assert first.before.live == first.after.live == 1


def test_what_came_and_what_went_is_told():
    before = workspace(touchpoints(f"{ONE}, markers: [host]"))
    after = workspace(
        touchpoints(ONE), charter=CHARTER.replace("{id: host, name: A named host}",
                                                  "{id: tea, name: A cup of tea, role: basic}")
    )  # fmt: skip
    found = since(before, after)
    told = render("text", found, ENGLISH, Page())
    assert "A cup of tea\n  store: nowhere (1 touchpoint)\n    before: not there yet" in told
    gone = told.index("A named host\n")
    assert "store: no longer there\n    before: live at 1 of 1 touchpoint" in told[gone:]
    content = json.loads(render("json", found, ENGLISH, Page()))
    assert [each["marker"] for each in content["gone"]] == ["host"] * 3
    assert [each["before"] for each in content["cells"] if each["marker"] == "tea"] == [None] * 3


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose plan was carried out in part since the tag “before”."""
    folder = tmp_path_factory.mktemp("deployment") / "shop"
    copy_files(WRITTEN, folder)
    git(folder, "init", "--quiet", "--initial-branch=main", ".")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Plan")
    git(folder, "tag", "before")
    for name, was, now in (
        ("journeys/buying.yaml", "[{marker: host, segments: [loyal]}]", "[host]"),
        ("journeys/buying.yaml", "    markers: [queue]\n", "    markers: [light]\n"),
        ("journeys/help.yaml", "[{marker: light, status: planned}]", "[light]"),
        ("plans/q4.yaml", "status: doing, cost: 4", "status: done, cost: 4"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert was in text
        (folder / name).write_text(text.replace(was, now), encoding="utf-8")
    return folder


@pytest.mark.parametrize("speak", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_progress_since_a_revision_reads_as_kept(repository: Path, speak: Speaker):
    """Run with UPDATE_PLANS=1 to keep what it says now."""
    found = deployment_of_folder(repository, since="before")
    assert isinstance(found, Deployment)
    told = render("text", found, speak, Page())
    file = GOLDEN / f"deployment-since.{speak.language}.txt"
    if IS_UPDATE:
        file.write_text(told, encoding="utf-8")
    assert told.split("\n") == file.read_text(encoding="utf-8").split("\n")


def test_progress_for_machines_is_the_same_in_every_language(repository: Path):
    found = deployment_of_folder(repository, since="before")
    assert isinstance(found, Deployment)
    english, french = (render("json", found, speak, Page()) for speak in (ENGLISH, FRENCH))
    assert english == french
    told = json.loads(english)
    assert (told["schema"], told["since"]) == ("charter-deployment/1", "before")
    for key, of in (("totals", lambda c: c), ("totals-before", lambda c: c["before"])):
        counted = [of(c)["standing"] for c in told["cells"] if c["role"] != "irritant"]
        assert {k: v for k, v in told[key].items() if v} == {
            standing: counted.count(standing) for standing in set(counted)
        }


def test_an_invalid_version_is_told_by_its_revision(repository: Path, tmp_path: Path):
    folder = tmp_path / "shop"
    git(repository, "clone", "--quiet", ".", str(folder))
    (folder / "plans/q4.yaml").write_text("plan: q4\nactions: [{id: a, marker: hots}]\n")
    git(folder, "commit", "--quiet", "--all", "--message", "Slip")
    found = deployment_of_folder(folder, since="HEAD")
    assert isinstance(found, Checked)
    assert [str(f.position) for f in found.report.findings] == [
        "HEAD:plans/q4.yaml:2:27",
        "plans/q4.yaml:2:27",
    ]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ("plan --deployment --since before", 0, "\n    before: "),
        ("plan --deployment --since never", 2, "never"),
        ("plan --by owner --since before", 2, "--since goes with --deployment only."),
    ],
)
def test_the_command_compares_with_a_revision(words: str, status: int, told: str, repository: Path):
    run = run_here(words.split(), repository)
    assert run.status == status
    assert told in (run.stderr if status else run.stdout)


HOSTILE = "<b>[a](javascript:b)|\\e[31m"


@pytest.mark.parametrize("form", FORMATS)
def test_what_people_wrote_is_never_markup(form: str):
    charter = CHARTER.replace("name: A named host", f"name: {json.dumps(HOSTILE)}")
    told = render(form, deployment(workspace(charter=charter)), ENGLISH, Page())
    assert "\x1b" not in told
    if form == "markdown":
        assert "\\<b\\>\\[a\\]" in told
    if form == "html":
        assert "<b>" not in told
        assert "&lt;b&gt;[a]" in told


def test_an_irritant_that_is_there_is_no_good_news():
    charter = CHARTER.replace("name: A named host", "name: A named host, role: irritant")
    for written, colour, kind in ((charter, "31", "broken"), (CHARTER, "32", "holds")):
        found = deployment(workspace(touchpoints(f"{ONE}, markers: [host]"), charter=written))
        assert f"\x1b[{colour}m  store: live at 1" in render("text", found, ENGLISH, Page(80, True))
        assert f'<span class="badge {kind}">' in render("html", found, ENGLISH, Page())
