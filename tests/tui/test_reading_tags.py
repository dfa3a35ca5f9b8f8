"""Tagging by keys: what is on the screen, in the library and in the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.services.annotating import judging
from reader.services.stats import stats
from tests.tui.reading_harness import article, reading

FIRST = "First comes a plain statement."
SECOND = 'Second comes "a quoted one", he said.'


async def test_one_digit_tags_shows_counts_and_is_saved(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4")
        assert await r.tags() == {FIRST: ["doubtful"]}
        assert "1 of 7 judged" in r.text
        assert "! 1" in r.text
        assert "! doubtful" in r.text
        assert any(line.startswith(" ! ") for line in r.lines)
        assert r.lines[0].rstrip().endswith("saved")
        assert await r.groups() == [("tag", "! doubtful")]
        await r.consistent()


async def test_same_digit_takes_off_and_the_highlight_goes_in_the_same_group(
    tmp_path: Path,
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "4")
        assert await r.tags() == {}
        assert "0 of 7 judged" in r.text
        assert [kind for kind, _ in await r.groups()] == ["tag", "untag"]
        await r.press("u")
        assert await r.tags() == {FIRST: ["doubtful"]}
        assert r.said == ["Undid: ! doubtful off on “First comes a plain statement.”"]
        await r.consistent()


async def test_another_digit_replaces_with_empty_reason_and_likelihood(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "c", "c")
        (before,) = await r.stored()
        assert before.judgements[0].confidence == "moderate"
        screen = r.screen
        annotations = screen.session.annotations
        screen.perform(
            judging.judge(
                annotations, annotations.target(before.span), before.judgements[0],
                confidence="moderate", likelihood=30, reason="seen it",
            )
        )  # fmt: skip
        await r.rest()
        await r.press("2")
        (after,) = await r.stored()
        (judgement,) = after.judgements
        assert (judgement.code, judgement.likelihood, judgement.reason) == ("plausible", None, None)
        assert after.uid == before.uid
        await r.press("u")
        ((judgement,),) = [item.judgements for item in await r.stored()]
        assert (judgement.code, judgement.likelihood, judgement.reason) == (
            "doubtful", 30, "seen it",
        )  # fmt: skip
        await r.consistent()


async def test_repeat_never_takes_off(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press(".")
        assert r.said == ["No tag has been set yet."]
        await r.press("j", "4", ".", ".", "j", ".")
        assert await r.tags() == {FIRST: ["doubtful"], SECOND: ["doubtful"]}
        assert len(await r.groups()) == 2


async def test_the_last_tag_and_facet_stay_in_the_next_article(tmp_path: Path) -> None:
    two = article(tmp_path, "Another one. It has two.\n", "b.txt")
    async with reading(tmp_path / "l.db", article(tmp_path), two, codebook="checkworthy") as r:
        await r.press("j", "1", ">", "2", "J", ".")
        assert await r.tags() == {"Another one.": ["cause"]}
        assert "2/2" in r.text


async def test_a_key_without_a_tag_says_so(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("9")
        assert "has no tag on 9" in r.said[0]
        assert await r.groups() == []


async def test_facets_many_and_only_after(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), codebook="checkworthy") as r:
        await r.press("j", ">", "1")
        assert await r.tags() == {}
        assert "Asked only after “worth checking” or “factual but unimportant”" in r.said[0]
        await r.press("<", "1", ">", "1", "2")
        assert sorted((await r.tags())[FIRST]) == ["cause", "quantity", "worth-checking"]
        assert "2/2" in r.text
        await r.press("1")
        assert sorted((await r.tags())[FIRST]) == ["cause", "worth-checking"]
        await r.consistent()
        await r.press("<", "2")
        assert sorted((await r.tags())[FIRST]) == ["cause", "unimportant"]
        await r.consistent()


async def test_one_question_only(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press(">")
        assert "asks only one question" in r.said[0]


async def test_flag_confidence_plain(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "c")
        assert "Set a tag first." in r.said[0]
        await r.press("f")
        (item,) = await r.stored()
        assert item.flag
        assert item.implicit
        await r.press("f")
        assert await r.stored() == []
        await r.press("h")
        (item,) = await r.stored()
        assert not item.implicit
        await r.press("1", "c", "c", "c", "c", "1")
        (item,) = await r.stored()
        assert item.judgements == ()
        assert await r.groups() == [
            ("flag", "flag"), ("flag", "flag off"), ("highlight", "highlight"),
            ("tag", "✓ corroborated"), ("confidence", "confidence low"),
            ("confidence", "confidence moderate"), ("confidence", "confidence high"),
            ("confidence", "confidence not given"), ("untag", "✓ corroborated off"),
        ]  # fmt: skip
        await r.consistent()


async def test_delete_says_the_undo_key_and_undo_brings_back(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "f", "d")
        assert await r.stored() == []
        assert r.said == ["Deleted the highlight. u brings it back."]
        await r.press("u")
        (item,) = await r.stored()
        assert item.flag
        assert [judgement.code for judgement in item.judgements] == ["doubtful"]
        await r.press("d", "d")
        assert r.said == ["There is no highlight here."]
        await r.consistent()


async def test_delete_asks_which_of_several(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "v", "1", "k", "j", "v", "e", "2", "j", "k", "d")
        assert r.said == ["Several highlights overlap here: choose one with ; first."]
        await r.press(";", "d")
        assert list((await r.tags()).values()) == [["plausible"]]
        await r.consistent()


async def test_next_statement_without_a_judgement(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "j", "4", "k", "k", "w")
        assert r.here == "Third is short."
        await r.press("W")
        assert r.here == "A headline that says little"
        await r.press("W")
        told = "No statement without a tag of the codebook {} this one."
        assert r.said == [f"{told.format('before')} 4 after: w."]
        await r.press("w", "w", "w", "w", "w")
        assert r.said[-1] == f"{told.format('after')} 4 before: W."
        await r.press("5", "w")  # the one under the cursor is neither before nor after
        assert r.said[-1] == f"{told.format('after')} 4 before: W."


@pytest.mark.parametrize(
    "keys", [("t", "d", "o", "u", "enter"), ("t", "down", "down", "down", "enter")]
)
async def test_tag_palette(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", *keys)
        assert await r.tags() == {FIRST: ["doubtful"]}
        await r.press(*keys)
        assert await r.tags() == {FIRST: ["doubtful"]}  # set, never taken off
        assert len(await r.groups()) == 1


async def test_tag_palette_shows_definitions_and_other_codebooks(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "t")
        await r.type("corro")
        assert "does not go back to this source" in r.text  # its definition
        await r.press("escape", "t")
        await r.type("mostly fal")
        assert "mostly false" in r.text
        await r.press("enter")
        assert sorted((await r.tags())[FIRST]) == ["doubtful", "mostly-false"]
        assert "mostly false" in r.text
        await r.consistent()


async def test_the_palette_of_commands_has_the_tags_with_what_they_mean(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "colon")
        await r.type("doubtf")
        assert "Strained, self-serving" in r.text
        await r.press("enter")
        assert await r.tags() == {FIRST: ["doubtful"]}
        await r.press("tab", "colon")
        await r.type("doubtf")
        await r.press("enter")
        assert await r.tags() == {}  # as its key does


async def test_keys_typed_before_the_palette_is_open_go_to_it(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "h")
        await r.burst("t", "d", "o", "u", "b")
        await r.until(lambda: "Tags" in r.text)
        await r.rest()
        await r.press("enter")
        assert await r.tags() == {FIRST: ["doubtful"]}


async def test_choosing_the_codebook(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", ":")
        await r.type("choose codebook")
        await r.press("enter")
        await r.until(lambda: "Codebook" in r.text)
        await r.type("verdict")
        await r.press("enter")
        assert "half true" in r.text
        assert "0/7 judged, 1 in other codebooks" in r.text
        await r.press("W", "W", "w")
        assert r.here == FIRST  # there is no tag of this codebook on it
        await r.press("3")
        assert sorted((await r.tags())[FIRST]) == ["doubtful", "half-true"]
        assert "1 of 7 judged" in r.text
        assert "other codebooks" not in r.text
        await r.consistent()
        await r.press("u", "j", "3")
        assert "1/7 judged, 1 in other codebooks" in r.text
        await r.consistent()
        found = await r.run(
            lambda library: stats(
                library, r.screen.session.annotations.annotator_uid, r.screen.session.codebook
            )
        )
        assert (found.total.judged, found.total.judged_otherwise) == (1, 1)
        assert found.total.coverage_pct == 14
