"""The palette: commands are found by other words as well, tags by nothing but their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.tui.commands import all_commands, in_palette
from reader.tui.commands.synonyms import SYNONYMS
from reader.tui.screens.dialogs.choice import ChoiceDialog, ChoiceList
from tests.tui.reading_harness import Reader, article, reading

FIRST = "First comes a plain statement."


def listed(r: Reader) -> list[str]:
    """The labels of the choices that match, in their order."""
    dialog = r.app.screen
    assert isinstance(dialog, ChoiceDialog)
    return [choice.label for choice in dialog.query_one(ChoiceList)._choices]


def test_other_words_are_those_of_commands_of_the_palette() -> None:
    offered = {command.id for command in all_commands() if in_palette(command)}
    assert set(SYNONYMS) <= offered
    for words in SYNONYMS.values():
        assert len(set(words.split())) == len(words.split())


DETAILS = "article's details"
STATUS = "status of the article"


@pytest.mark.parametrize(
    ("word", "title"),
    [
        *((word, DETAILS) for word in ("title", "byline", "author", "outlet", "date", "address")),
        *((word, DETAILS) for word in ("url", "language", "metadata", "verdict", "publisher")),
        ("archive", STATUS), ("unread", STATUS), ("exit", "quit"), ("find", "search"),
        ("save", "last save"), ("csv", "export"), ("report", "export"), ("dark", "theme"),
        ("light", "theme"), ("colour", "theme"), ("comment", "note"), ("vim", "key preset"),
        ("bookmark", "set a mark"), ("diff", "what changed"), ("person", "change annotator"),
    ],
)  # fmt: skip
async def test_commands_are_found_where_people_look(tmp_path: Path, word: str, title: str) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("colon")
        await r.type(word)
        assert title in listed(r)[:2]


@pytest.mark.parametrize(("word", "title"), [("note", DETAILS), ("save", "export")])
async def test_a_command_called_so_comes_first(tmp_path: Path, word: str, title: str) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("colon")
        await r.type(word)
        assert word in listed(r)[0]
        assert title in listed(r)[1:]


async def test_enter_on_a_word_of_a_tags_meaning_tags_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "colon")
        await r.type("outlet")
        assert listed(r) == [DETAILS]
        await r.press("enter")
        assert "Byline" in r.text
        await r.press("escape", "colon")
        await r.type("repeating the first")  # of what “corroborated” means
        assert "Nothing matches." in r.text
        await r.press("enter", "escape")
        assert await r.tags() == {}


async def test_tags_are_found_by_label_code_and_key_after_commands(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        for query in ("not checkable", "not-checkable", "checkable 0"):
            await r.press("j", "colon")
            await r.type(query)
            assert listed(r) == ["not checkable"]
            await r.press("escape")
        tags = {tag.label for tag in r.screen.session.facet.tags}
        await r.press("colon")
        await r.type("re")
        are_tags = [label in tags for label in listed(r)]
        assert "refuted" in listed(r)
        assert are_tags == sorted(are_tags)
        await r.press("escape", "colon")
        await r.type("refu")
        assert "shows the proposition to be wrong" in r.text  # its meaning is shown
        await r.press("enter")
        assert [*(await r.tags()).values()] == [["refuted"]]


async def test_a_new_tag_may_be_called_by_a_word_of_another_ones_meaning(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "t")
        await r.type("outlet")
        assert listed(r) == ["new tag “outlet”"]
        await r.press("escape")


async def test_no_act_on_all_hits_is_found_by_what_a_tag_means(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("/")
        await r.type("comes\n")
        await r.press("colon")
        await r.type("act on\n")
        await r.type("outlet")
        assert listed(r) == []
        await r.press("escape")
