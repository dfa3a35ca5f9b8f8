"""Very many statements changed as one action, and taken back: keys are answered between slices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.services.annotating import reversing
from reader.services.annotating.annotations import Target
from reader.services.attributing.chains import chains
from reader.services.care import doctor
from reader.storage.library import Library
from reader.tui.attributing import desk
from reader.tui.reading import every_hit, others, reasons, several, under_way
from reader.tui.reading.under_way import UnderWay
from tests.tui.reading_harness import Reader, article, key_event, reading

COUNT = 120
TEXT = "\n\n".join(f"Statement {n} has a dam." for n in range(COUNT))


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> dict[int, Callable[[], object]]:
    """Make slices small; what is put in is called after the slice of that number.

    -1 begins to count anew; of -2 is waited that it says so, after each that has something put in.
    """
    calls: dict[int, Callable[[], object]] = {}
    for owner, name, value in (
        (under_way, "SLICE", 10), (under_way, "PART", 5), (under_way, "PATIENCE_S", 0.0),
        (under_way, "TELL_EVERY_S", 0.0), (reversing, "SLICE", 10), (reversing, "AT_ONCE", 100),
        (every_hit, "SLICE_S", 0.0), (several, "AT_ONCE_S", 0.0), (reasons, "SLICE_S", 0.0),
        (desk, "AT_ONCE_S", 0.0),
    ):  # fmt: skip
        monkeypatch.setattr(owner, name, value)
    tell, number = UnderWay.tell, 0

    async def told(self: UnderWay, summary: str, done: int, total: int) -> None:
        nonlocal number
        number += 1
        if calls.pop(-1, None):
            number = 0
        await tell(self, summary, done, total)
        if number in calls:
            calls[number]()
            for _ in range(20):  # the key is on its way
                await under_way.rest(0)
            while -2 in calls and not calls[-2]():
                await under_way.rest(0.001)

    monkeypatch.setattr(UnderWay, "tell", told)
    return calls


def _press(r: Reader, *keys: str) -> Callable[[], None]:
    def press() -> None:
        for key in keys:
            r.app.post_message(key_event(key))

    return press


async def _find(r: Reader) -> None:
    await r.press("/")
    await r.type("dam")
    await r.press("enter", "g")


async def test_keys_come_between_and_undo_keeps_their_order(
    tmp_path: Path, between: dict[int, Callable[[], object]]
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await _find(r)
        seen: dict[str, Any] = {}

        def look() -> None:
            seen["bulk"], seen["status"] = len(r.screen.session.annotations.index), r.status
            _press(r, "G", "4")()  # the last statement, which no slice has met yet

        def look_again() -> None:
            seen["groups"] = r.screen.saver.state.value, r.lines[0][-5:]
            seen["after"] = len(r.screen.session.annotations.index)

        between.update({3: look, 5: look_again})
        await r.press("*", "tab", "down", "enter", "enter")
        await r.until(lambda: r.screen.under_way is None)
        await r.rest()
        assert 10 <= seen["bulk"] <= 40
        assert "of 120, Esc stops" in seen["status"]
        assert seen["groups"] == ("saved", "saved")  # the key is, while the rest goes on
        assert seen["after"] < COUNT
        codes = [codes for _, codes in (await r.tags()).items()]
        assert codes.count(["plausible"]) == COUNT - 1
        assert codes[-1] == ["doubtful"]  # what was done meanwhile stays
        groups = await r.groups()
        assert [kind for kind, _ in groups] == ["tag", "tag"]
        assert r.said[-1].startswith("+ plausible: 119 statements. u takes it back. 1 left out")
        await r.consistent()

        await r.press("u")  # what was begun last: the key's tag, though the bulk ended after it
        assert len(await r.stored()) == COUNT - 1

        def retag() -> None:  # the first statement, which is taken back last: this stays
            seen["undone"] = len(r.screen.session.annotations.index)
            _press(r, "g", "4")()

        between.clear()
        between.update({-1: retag, 3: retag})
        await r.press("u")
        await r.until(lambda: r.screen.under_way is None)
        await r.rest()
        assert r.said == ["Undid: + plausible × 119"]
        assert COUNT - 50 < seen["undone"] < COUNT - 1
        assert list((await r.tags()).values()) == [["doubtful"]]
        await r.consistent()
        await r.press("u", "ctrl+r", "u")
        assert list((await r.tags()).values()) == [["plausible"]]  # as it was under the tag
        await r.consistent()
        await r.app.action_quit()
    assert doctor.examine(tmp_path / "l.db").findings == []


async def test_esc_stops_and_what_was_done_stays(
    tmp_path: Path, between: dict[int, Callable[[], object]]
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await _find(r)
        between[3] = _press(r, "escape")
        await r.press("*", "tab", "down", "enter", "enter")
        await r.rest()
        count = len(await r.stored())
        assert 20 <= count <= 50
        (said,) = r.said
        assert said.startswith("Stopped after ")
        assert f" of 120: + plausible × {count} stays. u takes it back." in said
        await r.consistent()
        await r.press("u")
        assert await r.stored() == []

        await r.press("*", "tab", "down", "enter", "enter")
        assert len(await r.stored()) == COUNT
        between.clear()
        between.update({-1: len, 3: _press(r, "escape")})
        await r.press("u")
        await r.rest()
        left = len(await r.stored())
        assert 0 < left < COUNT
        assert r.said[0].startswith("Stopped. Undid: ")
        await r.consistent()
        between.clear()
        await r.press("u")  # goes on with the same
        await r.rest()
        assert await r.stored() == []
        await r.press("u")
        assert r.said == ["Nothing to undo in this article."]
        await r.press("ctrl+r")
        await r.rest()
        assert len(await r.stored()) == COUNT  # all of it, though it was taken back in two goes
        await r.consistent()


async def test_undo_stops_what_it_takes_back_and_a_second_one_waits(
    tmp_path: Path, between: dict[int, Callable[[], object]]
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await _find(r)
        between[3] = _press(r, "u")
        await r.press("*", "tab", "down", "enter", "enter")
        await r.rest()
        assert await r.stored() == []
        assert r.said[0].startswith("Undid: + plausible × ")
        assert [kind for kind, _ in await r.groups()] == ["tag", "undo"]
        between.clear()
        await r.press("*", "tab", "down", "enter", "enter", "tab", ":")
        await r.type("mark all")
        await r.press("enter")
        await r.burst("3", "f", "1")  # all of them flagged and tagged anew, one after the other
        await r.until(lambda: r.screen.under_way is None and not r._busy())
        await r.rest()
        stored = await r.stored()
        assert {tag.code for item in stored for tag in item.judgements} == {"corroborated"}
        assert all(item.flag for item in stored)
        assert len(stored) == COUNT
        await r.consistent()


async def test_leaving_waits_and_loses_nothing(
    tmp_path: Path, between: dict[int, Callable[[], object]]
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await _find(r)
        said: list[str] = []
        between[3] = _press(r, "q")
        between[-2] = lambda: said.extend(r.said) or said
        where = r.screen.session.opened.version.uid, r.screen.session.annotations.annotator_uid
        for key in ("*", "tab", "down", "enter"):
            await r.press(key)
        r.app.post_message(key_event("enter"))
        await r.until(lambda: r.app._exit)
    assert set(said) == {"It is left when what is under way has ended. Esc stops that."}
    with Library(tmp_path / "l.db") as library:
        assert sum(map(len, library.highlights.pages(*where))) == COUNT


async def test_what_another_window_has_changed_is_left_out_alone(
    tmp_path: Path, between: dict[int, Callable[[], object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def not_yet(screen: object) -> bool:
        return False

    monkeypatch.setattr(others, "take_news", not_yet)
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await _find(r)
        last = list(r.screen.session.document.statements())[-1]

        def elsewhere() -> None:
            known = r.screen.session.annotations
            made = known.plain(known.target(last))  # written, and not shown here as yet
            r.database.now(lambda library: library.log.commit(made.group))

        between[2] = elsewhere
        await r.press("*", "tab", "down", "enter", "enter")
        await r.rest()
        assert "1 left out: Another window has changed it meanwhile." in r.said[0]
        stored = await r.stored()
        assert [len(item.judgements) for item in stored] == [1] * (COUNT - 1) + [0]
        assert len(await r.groups()) == 2


async def test_why_is_said_of_all_in_slices(
    tmp_path: Path, between: dict[int, Callable[[], object]]
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await _find(r)
        await r.press("*", "tab", "down", "enter", "enter")
        await r.press("*", "tab", "down", "down", "enter", "down", "enter")
        assert "why? R to say" in r.status
        await r.press("R")
        assert f"and {COUNT - 1} more" in r.text
        await r.type("told second hand\n")
        await r.rest()
        said = [item.reason for found in await r.stored() for item in found.judgements]
        assert said == ["told second hand"] * COUNT
        assert len(await r.groups()) == 3
        await r.press("u")
        await r.rest()
        said = [item.reason for found in await r.stored() for item in found.judgements]
        assert said == [None] * COUNT
        await r.consistent()


async def test_who_said_it_is_said_of_all_in_slices(
    tmp_path: Path, between: dict[int, Callable[[], object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Target, "__repr__", None)  # to write down all of them takes seconds

    async def names() -> list[str]:
        uids = [item.uid for item in await r.stored()]
        found = await r.run(lambda library: chains(library, uids))
        return [" > ".join(found[uid].names) for uid in uids if uid in found]

    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await _find(r)
        await r.press("*", "tab", "down", "enter", "enter", "tab", ":")
        await r.type("mark all")
        await r.press("enter")
        status: list[str] = []
        between.update({-1: len, 3: lambda: status.append(r.status)})
        await r.press("s")
        await r.type("Ada")
        await r.press("enter")
        await r.rest()
        assert "attribution" in status[0] or "Ada" in status[0]
        assert "of 120, Esc stops" in status[0]
        assert await names() == ["Ada"] * COUNT
        assert r.said == ["said by Ada × 120. u takes it back."]
        kinds = [kind for kind, _ in await r.groups()]
        assert kinds == ["tag", "attribute"]
        await r.consistent()

        between.clear()
        between.update({-1: len, 2: _press(r, "escape")})
        await r.press("i")
        assert f"and {COUNT - 1} more" in r.text
        await r.burst("d", "escape")  # one key, and the dialog is left before it has ended
        await r.rest()
        assert r.said[0].startswith("Stopped after ")
        uids = [item.uid for item in await r.stored()]
        said = await r.run(lambda library: library.attributions.of_all(uids))
        told = [said[uid].voice for uid in uids]
        done = told.count("direct")
        assert 20 <= done < COUNT
        assert f"direct × {done} stays. u takes it back." in r.said[0]

        between.clear()
        await r.press("u")
        await r.rest()
        said = await r.run(lambda library: library.attributions.of_all(uids))
        assert {item.voice for item in said.values()} == {None}
        await r.press("i", "d", "d", "escape")  # on, and off when that has ended
        await r.rest()
        said = await r.run(lambda library: library.attributions.of_all(uids))
        assert {item.voice for item in said.values()} == {None}
        assert [kind for kind, _ in await r.groups()][-2:] == ["attribute", "attribute"]
        await r.consistent()
    assert doctor.examine(tmp_path / "l.db").findings == []


async def test_what_waits_leaves_alone_what_another_window_has_changed_meanwhile(
    tmp_path: Path, between: dict[int, Callable[[], object]]
) -> None:
    """It was decided on before that was seen."""
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as r:
        await _find(r)
        await r.press("*", "tab", "down", "enter", "enter")
        index = r.screen.session.annotations.index
        first, second = index[0], index[1]
        wrote: list[str] = []

        def elsewhere() -> object:
            """Have a note on the first one come from another window, once the key waits."""
            waits = any("when what is under way has ended" in said for said in r.said)
            if waits and not wrote:
                known = r.screen.session.annotations
                made = known.set_note(known.target(first.span), "theirs")
                r.database.now(lambda library: library.log.commit(made.group))
                r.screen.work(lambda: others.take_news(r.screen), "news", exclusive=False)
                wrote.append("note")
            return index[0].note

        between.update({-1: _find, 3: _press(r, "tab", "g", "g", "x", "x", "d"), -2: elsewhere})
        await r.press("*", "tab", *["down"] * 7, "enter", "enter")
        await r.until(lambda: r.screen.under_way is None)
        await r.rest()
        stored = await r.stored()
        assert stored[0].note == "theirs"
        assert second.uid not in {item.uid for item in stored}
        assert len(stored) == COUNT - 1
        assert "1 left out: Another window has changed it meanwhile." in r.said[-1]
        await r.consistent()
