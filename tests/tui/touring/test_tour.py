"""The tour: offered once, six steps that wait for their keys, out of the way of all others."""

from __future__ import annotations

from pathlib import Path

from reader.tui.touring.tour import steps
from tests.terminal import reader
from tests.tui.reading_harness import article, reading


async def test_six_steps(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as it:
        assert "New here? : then “tour”" in it.status
        await it.press("ctrl+p")
        await it.type("tour")
        await it.press("enter")
        await it.until(lambda: it.screen.tour)
        await it.rest()
        assert it.screen.session.opened.name.startswith("US president")
        assert "Tour 1/6: Press j to go" in it.text
        assert "New here?" not in it.text
        await it.press("w", "b", "f", "u")  # other keys work, and do no step but their own
        for keys, head in (
            (["j"], "Tour 2/6"), (["2"], "Tour 3/6"), (["a", "x", "ctrl+s"], "Tour 4/6"),
            (["v", "w", "w", "4"], "Tour 5/6"), (["u"], "Tour 6/6"),
            (["tab", "tab"], "Tour: What is"),
        ):  # fmt: skip
            if head not in it.text:
                await it.press(*keys)
            assert head in it.text, it.text
        assert "E writes a CSV" in " ".join(it.text.split())
        known = it.screen.session.annotations
        assert known.index  # a tag with a note
        await it.press("escape")
        assert "Tour" not in it.text
        assert "Keep what you marked in the tour?" in it.text
        await it.press("enter")
        await it.rest()
        assert not known.index
        assert "Ctrl-R brings it back" in it.said[-1]
        await it.press("ctrl+r", "ctrl+r")
        (mark,) = known.index
        assert (mark.note, len(mark.judgements)) == ("x", 1)
        await it.press("j", "3")
        tagged = it.screen.cursor
        await _tour_from_the_list(it)  # it begins where nothing is tagged
        known = it.screen.session.annotations
        assert not known.judged_with(it.screen.cursor)
        await it.press("j")
        assert not known.judged_with(it.screen.cursor)
        assert "u takes it back" in " ".join(it.text.split())
        it.screen.go(tagged)
        await it.press("k", "j")
        words = " ".join(it.text.split())
        assert "Tour 2/6" in words
        assert "has a tag already, which can stay: press w to go to one without" in words
        given = await it.tags()
        await it.press("2")  # another tag than the one that is there
        assert "Tour 3/6: The tag that was there stays" in " ".join(it.text.split())
        assert await it.tags() == given
        await it.press("escape")  # nothing was marked: nothing is asked
        assert "Keep what you marked" not in it.text
        await _tour_from_the_list(it)
        await it.press("j")
        it.screen.go(tagged)
        await it.press("k", "j", "w")
        assert "u takes it back" in " ".join(it.text.split())
        await it.press("2")
        assert "Tour 3/6" in it.text
        assert given.items() < (await it.tags()).items()
        seen, tagging = it.screen._seen(), steps(it.screen.session)[1]
        assert not tagging.done(seen, seen._replace(judged=True, free="unjudged.next"))
        assert tagging.done(seen, seen._replace(judged=True, free=""))  # all have one: it is done
        it.screen.go(mark.span)
        await it.press("a", "y", "ctrl+s")  # more of a note that was there
        assert "Tour 4/6" in it.text
        await it.press("escape", "down", "enter", "G")
        assert known.judged_with(tagged)
        await _tour_from_the_list(it)  # from the last statement nobody can go on
        await it.press("j")
        assert "Tour 2/6" in it.text
        await it.consistent()


async def test_escape_ends_it_and_a_marked_library_is_not_asked(tmp_path: Path) -> None:
    database = tmp_path / "l.db"
    async with reading(database, size=(40, 12)) as it:
        await _tour_from_the_list(it)
        assert "Tour 1/6" in it.text
        await it.press("v", "escape")  # out of SELECT first
        assert "Tour 1/6" in it.text
        await it.press("escape")
        assert "Tour" not in it.text
        await it.press("5")
        assert "New here?" not in it.text
    async with reading(database, article(tmp_path)) as it:
        assert "New here?" not in it.text


async def _tour_from_the_list(it) -> None:  # type: ignore[no-untyped-def]
    await it.press("ctrl+p")
    await it.type("tour")
    await it.press("enter")
    await it.until(lambda: getattr(it.app.screen, "tour", None))
    await it.rest()


def test_the_command(tmp_path: Path) -> None:
    with reader("tour", database=tmp_path / "l.db", size=(80, 24)) as terminal:
        terminal.wait_for("Tour 1/6")
        terminal.send("j")
        terminal.wait_for("Tour 2/6")
        terminal.send("q")
        assert terminal.wait() == 0
