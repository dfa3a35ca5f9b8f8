"""The source picker and the voice dialog: keys, screen, library, undo and redo."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.domain.attributed import Attribution
from reader.services.attributing import rating
from reader.services.attributing.attributing import found
from reader.services.attributing.chains import Said, chains
from reader.services.attributing.edits import making
from reader.services.attributing.picking import offers
from reader.services.attributing.sources import new_source
from reader.services.attributing.typed_name import keeps_joint, name_of
from reader.services.settings.fields import Settings
from reader.storage.library import Library
from reader.tui.attributing.field import KeyedField
from tests.tui.reading_harness import Reader, article, reading

TEXT = """\
Mill closes

The mill will close in May, said Ada Lovelace, a spokeswoman for the mill. \
"We had no choice," she added.

A local official said workers had been told by letter. The decision was criticised.
"""


async def said(reader: Reader) -> dict[str, Said]:
    """Who said what, by the words that are marked."""
    stored = await reader.stored()
    got = await reader.run(lambda library: chains(library, [item.uid for item in stored]))
    return {reader.words(item): got[item.uid] for item in stored if item.uid in got}


def panel(reader: Reader) -> str:
    """The right part of the screen, without the bar of tags below."""
    return "\n".join(line[72:] for line in reader.lines[:-2])


async def names(reader: Reader) -> dict[str, str]:
    return {words: " > ".join(item.names) for words, item in (await said(reader)).items()}


MILL = "The mill will close in May, said Ada Lovelace, a spokeswoman for the mill."
CHOICE = '"We had no choice," she added.'
OFFICIAL = "A local official said workers had been told by letter."
CRITICISED = "The decision was criticised."


async def test_the_usual_case_is_s_letters_enter(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as reader:
        await reader.press("j", "s")
        assert "Who said it?" in reader.text
        assert "in the text" in reader.text  # a candidate, and why
        await reader.type("lov")
        await reader.press("enter")
        assert await names(reader) == {MILL: "Ada Lovelace"}
        assert "said by Ada Lovelace" in reader.said[-1]
        (item,) = (await said(reader)).values()
        assert item.attribution.voice == "indirect"  # as the text shows it
        assert item.attribution.hops[0].mention.exact in MILL
        assert not (await reader.stored())[0].implicit

        await reader.burst("j", "s", "a", "d", "a", "enter", "j")  # faster than it opens
        assert (await names(reader))[CHOICE] == "Ada Lovelace"
        assert reader.here == OFFICIAL
        await reader.press("u")
        assert CHOICE not in await names(reader)
        assert [reader.words(item) for item in await reader.stored()] == [MILL]
        await reader.press("ctrl+r")
        assert (await names(reader))[CHOICE] == "Ada Lovelace"
        await reader.consistent()


async def test_who_is_known_comes_before_a_last_name_and_role_words(tmp_path: Path) -> None:
    text = (
        'Road closed\n\nThe person said it would stay so. "It is closed," said Mr. Ekberg.\n\n'
        "A person in the road department disagreed, Norrport Courier reported.\n"
    )
    async with reading(tmp_path / "l.db", article(tmp_path, text)) as reader:
        me = reader.screen.session.annotations.annotator_uid
        known = [new_source("Jonas Ekberg"), new_source("Ines Kok")]
        await reader.run(lambda library: library.log.commit(*making(me, known)))

        def offered(library: Library) -> list[tuple[str, str, str | None]]:
            session, uid = reader.screen.session, reader.screen.session.annotations.article_uid
            span = reader.screen.cursor
            assert span is not None
            found = offers(library, uid, session.document, span, None)
            return [(it.name, it.source.kind if it.source else "", it.voice) for it in found]

        await reader.press("j")
        assert reader.here.startswith("The person")
        listed = await reader.run(offered)
        kinds = {name: kind for name, kind, _ in listed}
        assert kinds["Norrport Courier"] == "organisation"
        assert [kind for name, kind in kinds.items() if "road department" in name] == ["person"]
        order = [name for name, _, _ in listed]
        assert order.index("The person") > max(map(order.index, ("Jonas Ekberg", "Mr. Ekberg")))
        await reader.press("j", "s")
        assert "called “Mr. Ekberg” here" in reader.text
        await reader.press("enter")
        (item,) = (await said(reader)).values()
        assert (item.names, item.attribution.voice) == (("Jonas Ekberg",), "direct")
        await reader.press("u", "s")
        await reader.type("ines")  # whoever it is: how it is told stays
        await reader.press("enter")
        (item,) = (await said(reader)).values()
        assert (item.names, item.attribution.voice) == (("Ines Kok",), "direct")


async def test_whoever_the_text_names_is_found_by_a_few_letters(tmp_path: Path) -> None:
    people = "Ada Lowe, Tom Lind, Ines Kok, Jo Berg, Petra Vos, Max Aas, Eva Holm, Per Dahl, Ulf Ek"
    text = f"At the table sat {people}, Siv Moe and Kai Ott. It rained.\n"
    async with reading(tmp_path / "l.db", article(tmp_path, text)) as reader:
        await reader.press("j", "s")
        rows = [line for line in reader.lines if "in the text" in line or "a hop not known" in line]
        assert ("Kai Ott" in rows[0], "unknown" in rows[8], "Ada Lowe" in rows[-1]) == (True,) * 3
        await reader.type("ada")
        assert "• Ada Lowe" in reader.text
        await reader.press("enter")
        assert list((await names(reader)).values()) == ["Ada Lowe"]


async def test_a_chain_is_put_together_and_changed(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    async with reading(db, article(tmp_path, TEXT)) as reader:
        await reader.press("j", "s")
        await reader.type("Mill board>?>News agency")
        assert "new source “News agency”" in reader.text
        await reader.press("ctrl+t", "ctrl+t", "ctrl+g", "enter")
        assert await names(reader) == {MILL: "Mill board > ? > News agency"}
        board, agency = await reader.run(
            lambda library: (found(library, "mill board"), found(library, "news agency"))
        )
        assert (board.kind, board.naming) == ("organisation", "named")
        assert agency.naming == "described"
        assert agency.kind != "unknown"

        await reader.press("s")  # what is there can be changed
        assert "[Mill board]" in reader.text
        await reader.press("right", "backspace", "shift+left", "enter")
        assert await names(reader) == {MILL: "News agency > Mill board"}
        await reader.press("s", "left")
        await reader.type("offic")
        await reader.press("enter")
        assert len((await said(reader))[MILL].chain) == 3
        await reader.press("s", "escape")  # nothing
        await reader.press("s", "backspace", "backspace", "backspace", "enter")
        assert await reader.stored() == []
        for _ in range(4):
            await reader.press("u")
        assert await reader.stored() == []
        for _ in range(4):
            await reader.press("ctrl+r")
        await reader.press("u")
        assert len((await said(reader))[MILL].chain) == 3
        await reader.consistent()
    async with reading(db, article(tmp_path, TEXT)) as reader:  # also after a restart
        await reader.press("u")
        assert await names(reader) == {MILL: "News agency > Mill board"}


async def test_nobody_and_anonymous(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as reader:
        await reader.press("j", "j", "j", "j", "s")
        await reader.type("nobo")
        assert "nobody named (agentless)" in reader.text
        await reader.press("enter", "k", "s")
        await reader.type("two officials")
        await reader.press("enter")
        got = await said(reader)
        assert got[CRITICISED].origin.naming == "agentless"
        assert got[OFFICIAL].origin.naming == "anonymous"


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_it_fits_and_works_by_mouse(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT), size=size) as reader:
        await reader.press("j", "s")
        lines = reader.lines
        assert max(map(len, lines)) <= size[0]
        assert any("Ada Lovelace" in line for line in lines)
        assert any("Enter take" in line for line in lines)
        y = next(n for n, line in enumerate(lines) if "Ada Lovelace" in line and "•" in line)
        await reader.pilot.click(offset=(lines[y].index("Ada"), y))
        await reader.rest()
        assert await names(reader) == {MILL: "Ada Lovelace"}
        await reader.press("i")
        lines = reader.lines
        y = next(n for n, line in enumerate(lines) if "d direct" in line)
        await reader.pilot.click(offset=(lines[y].index("d direct"), y))
        await reader.rest()
        assert "[d direct]" in reader.text
        await reader.press("enter")
        assert (await said(reader))[MILL].attribution.voice == "direct"


async def test_voice_act_scope_and_whether_it_was_said(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as reader:
        await reader.press("j", "i", "r")
        assert "Say first who said it" in reader.said[-1]
        await reader.burst(
            "p", "4", "s", "x", "enter", "5"
        )  # is it so: another judgement, on the statement

        def read(library: Library) -> tuple[Attribution, list[str]]:
            item = next(iter(library.attributions.of_all([uid]).values()))
            me = library.annotator("ana")
            return item, [j.code for j in rating.given(library, "attribution", item.uid, me)]

        uid = (await reader.stored())[0].uid
        item, judged = await reader.run(read)
        assert (item.voice, item.act, item.scope_certain) == ("partial", "narrow-denial", True)
        assert judged == ["not-said"]
        assert await reader.tags() == {MILL: ["refuted"]}
        await reader.press("i")
        assert "[p partial]" in reader.text
        assert "not said]" in reader.text
        await reader.press("p", "escape")
        assert (await reader.run(read))[0].voice is None
        await reader.press("u", "u", "u")  # the voice, the tag, whether it was said
        item, judged = await reader.run(read)
        assert (item.voice, judged) == ("partial", [])
        assert await reader.tags() == {MILL: []}
        await reader.press("ctrl+r")
        assert (await reader.run(read))[1] == ["not-said"]
        await reader.consistent()


async def test_admiralty_takes_a_digit_and_a_letter(tmp_path: Path) -> None:
    settings = Settings({"blind_rating": True})
    async with reading(
        tmp_path / "l.db", article(tmp_path, TEXT), codebook="admiralty", settings=settings
    ) as reader:
        await reader.press("j", "3")
        assert "possibly true" in panel(reader)
        await reader.press("s")
        assert "possibly true" not in reader.text  # neither is given with the other in view
        assert "Enter take, then a-f: reliability" in reader.text
        await reader.type("Mill board")
        await reader.burst("enter", "b", "j")  # after the source its letter
        assert reader.here == CHOICE
        assert await reader.tags() == {MILL: ["3"]}

        def rated(library: Library) -> list[str]:
            me = library.annotator("ana")
            uid = found(library, "Mill board").uid
            return [item.code for item in rating.given(library, "source", uid, me)]

        assert await reader.run(rated) == ["B"]
        await reader.press("k", "s")
        assert "B usually reliable" in reader.text
        await reader.press("d")  # a letter at once, where there is a source
        assert await reader.run(rated) == ["D"]
        assert "D not usually reliable" in reader.said[-1]
        await reader.press("s", "F")  # of this attribution only
        uid = (await said(reader))[MILL].attribution.uid
        assert await reader.run(
            lambda library: [
                item.code
                for item in rating.given(library, "attribution", uid, library.annotator("ana"))
            ]
        ) == ["F"]
        assert await reader.run(rated) == ["D"]
        await reader.press("j", "s")
        await reader.type("mill bo")
        await reader.press("enter")  # it is judged already: nothing is asked again
        assert reader.here == CHOICE
        await reader.until(lambda: "said by" in panel(reader))
        assert "D not usually" not in panel(reader)  # until the statement is judged
        await reader.press("2")
        await reader.until(lambda: "D not usually" in panel(reader))
        await reader.press("s", "tab")
        await reader.type("Ada L")
        await reader.press("enter", "escape")  # the letter can be left out
        assert (await names(reader))[CHOICE] == "Ada Lovelace"


async def test_marked_entries_and_selections_get_a_source(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as reader:
        await reader.press("j", "1", "j", "2", "j", "3", "tab", "k", "k", "x", "x")
        await reader.press("s")
        await reader.type("Mill board")
        await reader.press("enter")
        assert set((await names(reader)).values()) == {"Mill board"}
        assert len(await names(reader)) == 2
        await reader.press("u")
        assert await names(reader) == {}
        await reader.press("escape", "escape", "g", "v", "w", "S")
        await reader.type("Mill board")
        await reader.press("enter")
        assert len(await names(reader)) == 1
        await reader.consistent()


async def test_two_windows_see_each_others_sources_and_overwrite_none(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path, TEXT)
    async with reading(db, file) as one, reading(db, file) as two:
        await one.press("j", "s")
        await one.type("lov")
        await one.press("enter")
        await two.until(lambda: "highlight" in panel(two))
        await two.press("j")
        await two.until(lambda: "said by" in panel(two))
        await two.press("s")
        assert "[Ada Lovelace]" in two.text
        await one.press("s")
        await one.type("Mill board")
        await one.press("enter")
        await two.type("Byron")
        await two.press("enter")  # decided on what is no longer so
        await two.until(lambda: any("changed this meanwhile" in said for said in two.said))
        await two.until(lambda: "Mill board" in panel(two))
        assert await names(two) == {MILL: "Mill board"}
        await two.consistent()


async def test_a_name_may_hold_the_sign_that_leads_to_the_next_hop(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT)) as reader:
        await reader.press("j", "s")
        await reader.type("R\\>D lab")
        assert "R>D lab" in reader.text  # as it will be called
        await reader.type(">")
        await reader.type('"Desk > East"')
        assert reader.app.screen.query_one(KeyedField).value == '"Desk > East"'
        await reader.press("enter")
        (item,) = (await said(reader)).values()
        assert item.names == ("R>D lab", "Desk > East")
        await reader.press("j", "s", '"', *"r>d", "enter")  # found again, half quoted
        assert (await said(reader))[CHOICE].names == ("R>D lab",)
    typed = {"a\\\\": False, "a\\": True, '"a': True, '"a"': False, "a": False, 'a "b': False}
    assert {text: keeps_joint(text) for text in typed} == typed
    meant = {"a\\\\b": "a\\b", '"a" b': '"a" b', '"a': "a", "a\\b": "a\\b", '"': ""}
    assert {text: name_of(text) for text in meant} == meant


async def test_enter_alone_stores_nobody_who_only_may_be_meant(tmp_path: Path) -> None:
    text = (
        "Dyke holds\n\nPaul Okoro said it rained.\n\nIt did.\n\nMayor Ines Kok rejected the view. "
        "“Nobody warned us,” she told reporters. She added that the sirens were silent.\n"
    )
    async with reading(tmp_path / "l.db", article(tmp_path, text)) as reader:
        await reader.press("j", "j", "j")
        for start in ("Mayor Ines", "“Nobody", "She added"):
            assert reader.here.startswith(start)
            await reader.press("s")
            assert "Nobody is chosen yet" in reader.text
            rows = [line for line in reader.lines if "•" in line]
            assert "Ines Kok" in rows[0]
            assert "Paul Okoro" in rows[1]
            await reader.press("enter", "j")
        assert await reader.stored() == []
        await reader.press("k", "s", "down", "enter", "j", "s")
        assert "Nobody is chosen yet" not in reader.text  # what was given counts as who spoke
        await reader.press("enter")
        assert set((await names(reader)).values()) == {"Ines Kok"}
        assert len(await names(reader)) == 2


async def test_a_window_made_larger_again_shows_the_keys_without_a_scroll_bar(
    tmp_path: Path,
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), size=(80, 24)) as reader:
        await reader.press("j", "s", "A")
        before = reader.text
        assert "Ctrl-G other naming" in before
        for size in ((40, 10), (80, 24)):
            await reader.pilot.resize_terminal(*size)
            await reader.rest()
            assert ("▄" in reader.text) == (size == (40, 10))  # its bar, where it is needed
        assert reader.text == before
        await reader.press("escape")
        reader.screen.say("Undone.")
        await reader.rest()
        assert any(line.endswith("  Undone.") and len(line) == 79 for line in reader.lines)
