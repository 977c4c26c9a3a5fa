"""The end of a workshop in the Studio: ticked, proved, written as a draft, taken home."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from charter.history import HistoryError
from charter.studio import background
from charter.studio.workshop_outcome import ticked
from charter.usecases.drafts import list_drafts, open_draft
from tests.histories import git
from tests.test_workshops_usecase import Room


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\n\tname = Cleo\n\temail = cleo@example.org\n")
    monkeypatch.setenv("HOME", str(home))
    return Room(tmp_path / "maison")


def page(root: str, workshop: str, language: str) -> None:
    from pathlib import Path

    from charter.messages import Language, speaker
    from charter.studio import session as sessions
    from charter.studio.workshop_outcome import show_outcome
    from charter.usecases.workshops import workshops_in

    session = sessions.begin(Path(root), speaker(Language(language)))
    show_outcome(session, workshops_in(Path(root)).workshop(workshop))


def opened(room: Room, language: str = "en") -> AppTest:
    background._jobs.clear()
    asked = {"root": str(room.root), "workshop": room.workshop.id, "language": language}
    return finished(AppTest.from_function(page, kwargs=asked, default_timeout=60).run())


def finished(app: AppTest) -> AppTest:
    for _ in range(3):
        jobs, _ = background._jobs()
        for job in [*jobs.values()]:
            job.wait(60)
            assert job.error is None
        app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    said = [*app.header, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.error]
    labels = [each.label for each in app.checkbox] + [each.label for each in app.expander]
    told = "\n".join([*(str(each.value) for each in said), *labels])
    return re.sub(r"[\\\N{WORD JOINER}]", "", told)


def box(app: AppTest, id: str):
    return next(each for each in app.checkbox if str(each.key).endswith(f"-{id}"))


def write(app: AppTest, name: str = "") -> AppTest:
    if name:
        app.text_input(key="outcome-name").input(name).run()
    return finished(app.button(key="outcome-write").click().run())


def test_what_enough_people_said_is_ticked_and_minorities_can_be(room):
    app = opened(room)
    assert box(app, "r2-tag-window-host").value
    assert box(app, "r4-emotion-till").value
    assert not box(app, "r5-irritant-12").value
    told = texts(app)
    assert "“A named host” is felt at “Window” :small[:gray[· felt by 2 of 3]]" in told
    assert "3 people answered · agreement" in told
    assert "1 more, said by fewer" in told
    assert not [name for name in ("Chloé", "Bastien", "Zoé") if name in told]


def test_ticks_follow_what_more_of_the_room_says_and_stay_as_somebody_put_them(room):
    app = opened(room)
    assert not box(app, "r1-marker-1").value
    box(app, "r2-tag-window-host").uncheck().run()
    merged = replace(room.workshop.rounds[0], merged=((1, 2),))
    room.workshops.move(room.workshop, lambda now: now.amended(merged))
    finished(app.run())
    assert box(app, "r1-marker-1").value
    assert not box(app, "r2-tag-window-host").value


def test_the_proof_follows_what_is_ticked(room):
    app = opened(room)
    assert "1 verdict mended" in texts(app)
    box(app, "r2-tag-window-host").uncheck().run()
    assert "0 verdicts mended" in texts(finished(app))
    for each in app.checkbox:
        each.uncheck()
    app.run()
    assert "Tick something to see what comes of it." in texts(finished(app))
    assert app.button(key="outcome-write").disabled


def test_a_draft_is_written_and_can_be_opened(room):
    app = opened(room)
    assert app.text_input(key="outcome-name").value == "our-markers"
    box(app, "r5-irritant-12").check().run()
    app = write(app)
    files = open_draft(room.root, "our-markers").files
    assert b"marker: queues" in files["journeys/purchase.yaml"]
    assert "The draft “our-markers” is written." in texts(app)
    message = git(room.root, "log", "-1", "--format=%B", "draft/our-markers")
    assert message.startswith("Workshop “Our markers”")
    assert "felt by 2 of 3" in message
    assert app.text_input(key="outcome-name").value == "our-markers-2"
    app.button(key="outcome-open").click()
    app = finished(app.run())
    assert "The charter says so already" in texts(app)
    assert app.button(key="outcome-open").disabled


def test_a_name_that_is_taken_is_refused_and_nothing_is_lost(room):
    app = write(opened(room), "spring")
    first = open_draft(room.root, "spring").commit
    box(app, "r5-irritant-12").check().run()
    app = write(app, "spring")
    assert "already" in app.session_state["refused"]
    assert open_draft(room.root, "spring").commit == first
    assert box(app, "r5-irritant-12").value


def test_what_was_changed_meanwhile_is_said_and_nothing_is_written(room):
    """Somebody saves another emotion between the answer that is seen and the click."""
    app = opened(room)
    room.write_file("journeys/purchase.yaml", "markers: [host]", "markers: [host]\n    emotion: 2")
    app = write(app)
    assert "nothing was written: “Till”: Upset" in app.session_state["refused"]
    assert list_drafts(room.root) == []
    assert "“Till”: Upset, instead of “Delighted”" in texts(app)


def test_what_is_gone_is_listed_and_the_rest_can_be_done(room):
    room.write_file("charter.yaml", "id: host\n", "id: person\n")
    room.write_file("charter.yaml", "markers: [host]", "markers: [person]")
    room.write_file("journeys/purchase.yaml", "markers: [host]", "markers: [person]")
    app = opened(room)
    told = texts(app)
    assert "This can't be done any more; the rest can" in told
    assert "The marker “A named host” isn't there any more." in told
    assert not app.button(key="outcome-write").disabled


def test_without_a_history_the_page_says_what_to_do(tmp_path):
    app = opened(Room(tmp_path / "maison", has_history=False))
    assert "No versions are kept yet" in texts(app)
    assert "outcome-write" not in {each.key for each in app.button}
    assert {each.key for each in app.get("download_button")} == {"outcome-xlsx", "outcome-html"}


def test_a_workshop_without_answers_says_so(room):
    room.workshop = room.workshops.open("Empty", "", 0.0)
    assert "Nobody has answered anything yet." in texts(opened(room))


def test_nothing_is_proposed_while_a_round_is_open(room):
    seen = room.workshops.move(room.workshop, lambda now: now.reopened())
    room.workshops.move(seen, lambda now: now.started(0.0))
    app = opened(room)
    assert "Stop the round, and what the room said is counted here." in texts(app)
    assert not app.checkbox


def test_it_speaks_french(room):
    told = texts(opened(room, "fr"))
    assert (
        "« A named host » se ressent à « Window »".replace(" »", "\u00a0»").replace("« ", "«\u00a0")
        in told
    )
    assert "ressenti par 2 sur 3" in told


def test_what_is_ticked_is_only_what_can_be_done(room):
    found = room.outcome()
    assert {each.id for each in ticked(found)} == {
        each.id for each in found.proposals if each.is_advised
    }
    with pytest.raises(HistoryError):
        open_draft(room.root, "our-markers")
