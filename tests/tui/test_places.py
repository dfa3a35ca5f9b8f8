"""Marks, and back and forward through jumps."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader.tui.reading.places import LONGEST_TRAIL, Trail
from tests.tui.reading_harness import article, reading

TEXT = "# Story\n\n" + "\n\n".join(
    f"{'## Part ' + str(n) + chr(10) * 2 if n % 10 == 0 else ''}Statement number {n} is here."
    for n in range(1, 60)
)


async def test_marks_are_set_gone_to_and_kept(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path, TEXT, "a.md")
    async with reading(db, file, size=(80, 24)) as r:
        await r.press("j")
        first = r.here
        await r.press("m")
        assert "mark: press a letter" in r.status
        assert "MARK" in r.status
        await r.press("a")
        assert r.said == ["Mark a is set. ` a comes back here."]
        await r.press("}", "}")
        second = r.here
        await r.burst("m", "é", "G", "4")  # letters of any script; keys go on at once
        last = r.here
        await r.press("`", "a")
        assert r.here == first
        await r.burst("`", "é", "2")
        assert r.here == second
        assert await r.tags() == {second: ["plausible"], last: ["doubtful"]}
        await r.press("m", "escape", "`", "escape")  # no time passes, Esc gives up
        assert r.screen.mode == "READ"
        await r.press("m", "1")  # no tag
        assert r.said == ["A mark has a letter."]
        await r.press("`", "z")
        assert r.said == ["There is no mark z in this article. Set here: a é."]
        await r.press("m")
        await r.pilot.click("#article", offset=(10, 0))
        await r.rest()
        assert r.screen.mode == "READ"
        assert await r.groups() == [("tag", "! doubtful"), ("tag", "+ plausible")]
        await r.press("u")  # setting a mark is nothing to undo
        assert await r.tags() == {last: ["doubtful"]}
        await r.consistent()
    async with reading(db, file) as r:  # they are kept
        await r.press("G")
        await r.screen.run_action("bookmark_list")
        await r.rest()
        assert "a  Statement" in r.text or f"a {first}" in r.text
        assert second[:20] in r.text
        await r.press("down", "enter")
        assert r.here == second
        await r.press("(")
        assert r.here == last
    async with reading(db, file, annotator="ben") as r:  # and one's own
        await r.press("`", "a")
        assert r.said == ["There is no mark a in this article."]
        await r.screen.run_action("bookmark_list")
        await r.rest()
        assert r.said == ["There are no marks in this article. m sets one."]


async def test_back_and_forward_through_jumps(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT, "a.md"), size=(120, 24)) as r:
        await r.press("(")
        assert r.said == ["No jump before this."]
        await r.press("j", "j", "4")
        places = [r.here]
        for keys in ("G", "g", "/", "T", "w", "]", "G", "tab"):
            await r.press(keys)
            if keys == "/":
                await r.type("number 33")
                await r.press("enter")
            elif keys == "T":
                await r.press("down", "down", "down", "enter")
            elif keys == "tab":
                await r.press("g", "enter")
            places.append(r.here)
        await r.press("k")  # a step is no jump
        for number, place in enumerate(reversed(places[:-1])):
            await r.press("(" if number % 2 else "alt+left")
            assert r.here == place
        await r.press("(")
        assert r.said == ["No jump before this."]
        for place in places[1:-2]:
            await r.press(")" if place != places[1] else "alt+right")
            assert r.here == place
        await r.press("g", ")")
        assert r.said == ["No jump after this."]
        assert [group[0] for group in await r.groups()] == ["tag"]


@given(st.lists(st.integers(0, 5) | st.sampled_from(["back", "forward"]), max_size=40))
def test_a_trail_is_like_the_pages_of_a_browser(steps: list[int | str]) -> None:
    trail, here = Trail(), 9
    pages, at = [9], 0  # what a browser would have
    for step in steps:
        if isinstance(step, int):
            trail.leave(here)
            if step != here:
                pages, at = [*pages[: at + 1], step], at + 1
            else:
                del pages[at + 1 :]
            here = step
        else:
            found = trail.back(here) if step == "back" else trail.forward()
            moved = at - 1 if step == "back" else at + 1
            assert found == (pages[moved] if 0 <= moved < len(pages) else None)
            if found is not None:
                here, at = found, moved


def test_a_trail_forgets_what_is_long_past() -> None:
    trail = Trail()
    for place in range(LONGEST_TRAIL * 3):
        trail.leave(place)
    gone = 0
    while trail.back(-1) is not None:
        gone += 1
    assert gone == LONGEST_TRAIL
