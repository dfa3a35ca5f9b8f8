"""Who said it, relations and evidence on the reading screen: in the open card, and in words."""

from __future__ import annotations

from pathlib import Path

from reader.services.settings.fields import Settings
from reader.storage.library import Library
from tests.services.saying import Saying
from tests.tui.reading_harness import article, reading


def marked(library: Library, me: str) -> list[str]:
    """Return the uids of one's highlights, in the order of the text."""
    query = "SELECT uid FROM highlight WHERE annotator_uid = ? ORDER BY start"
    return [uid for (uid,) in library.connection.execute(query, (me,))]


async def test_the_open_card_tells_who_said_it(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), size=(120, 50)) as reader:
        await reader.press("j", "3", "j", "4")

        def say(library: Library) -> None:
            me = reader.screen.session.annotations.annotator_uid
            saying = Saying(library, me)
            one, two = marked(library, me)
            mayor = saying.source("The mayor", "office", "described", role="head of the city")
            saying.said(two, mayor, None, saying.source("Wire"), voice="indirect", act="deny",
                        scope=False)  # fmt: skip
            saying.relate(one, "contradicts", two, "both cannot be")
            saying.shows(two, "refutes", saying.evidence(
                "Report 12", accessed_at="2026-05-01", url="https://a.example",
                archive_url="https://b.example/1"))  # fmt: skip

        await reader.database.run(say)
        reader.screen.beside_changed([item.uid for item in await reader.stored()])
        await reader.until(lambda: "The mayor" in reader.text)
        shown = " ".join(line[74:].strip(" ▌│") for line in reader.lines)
        for told in (
            "said by      The mayor (described), head of the city",
            "via          unknown",
            "via          Wire",
            "voice        indirect, where it ends is uncertain",
            "act          deny",
            "relation     contradicted by “First comes a plain statement.”: both cannot be",
            "evidence     refutes: Report 12, https://a.example, archived: https://b.example/1",
            "said by The mayor via ? via Wire, voice indirect, act deny",
        ):
            assert " ".join(told.split()) in " ".join(shown.split()), told
        assert shown.index("said by") < shown.index("means")
        await reader.press("k")
        await reader.until(lambda: "contradicts “Second" in reader.text)
        assert "said by" not in reader.text
        (closed,) = [line for line in reader.lines if "! doubtful  " in line and "@" in line]
        assert closed.rstrip().endswith("@→§◌")  # who said it, a relation, evidence; wants a note
        await reader.press("j")
        await reader.until(lambda: "The mayor (described)" in reader.text)
        await reader.press("tab", "/")
        await reader.type("source:wire")
        await reader.press("enter")
        assert "1 of 2 · source:wire" in reader.text
        assert reader.screen.panel.entry_count() == 1

        def more(library: Library) -> None:
            me = reader.screen.session.annotations.annotator_uid
            saying = Saying(library, me)
            (wire,) = library.sources.named("wire")
            saying.said(marked(library, me)[0], wire.uid, voice="direct")

        await reader.database.run(more)
        reader.screen.facts_changed()
        await reader.until(lambda: reader.screen.panel.entry_count() == 2)
        await reader.press("/")
        await reader.type(" -voice:indirect")
        await reader.press("enter")
        assert "1 of 2 · source:wire -voice:indirect" in reader.text
        await reader.press("/")
        await reader.type(" voice:loud")
        assert "voice:loud” means nothing" in reader.text
        await reader.press("escape", "escape", "g", "g", "j")
        await reader.press("j", "j", "1", "s")
        await reader.type("Wire")
        await reader.press("enter")
        third = (await reader.stored())[-1].uid
        await reader.until(lambda: third in reader.screen.session.beside.source)
        await reader.press("u")
        await reader.until(lambda: third not in reader.screen.session.beside.source)
        await reader.press("u", "k", "k")
        await reader.press("3", "u")  # nothing that was shown is lost by other work
        await reader.consistent()
    settings = Settings({"plain": True})
    async with reading(tmp_path / "l.db", article(tmp_path), settings=settings) as reader:
        assert reader.screen.plain_lines is not None
        await reader.press("g", "g", "j", "j")
        await reader.until(lambda: "said by The mayor (described)" in " ".join(reader.lines))


async def test_the_open_card_still_tells_it_when_the_sources_are_left(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), size=(120, 40)) as reader:
        await reader.press("j", "4", "s")
        await reader.type("Wire\n")
        await reader.press("i", "r", "4", "escape")
        await reader.until(lambda: "was it said" in reader.text and "narrow denial" in reader.text)
        assert "✓ on record" in reader.text  # its label, whatever the codebook that one uses
        assert "on-record" not in reader.text

        def prove(library: Library) -> None:
            me = reader.screen.session.annotations.annotator_uid
            saying = Saying(library, me)
            saying.shows(marked(library, me)[0], "refutes", saying.evidence("Report 12"))

        await reader.database.run(prove)
        reader.screen.facts_changed()
        told = ("said by      Wire", "evidence     refutes: Report 12", "history")
        await reader.until(lambda: all(each in reader.text for each in told))
        for keys in ("", "tab"):  # in the article, then in the panel
            await reader.press(*keys.split(), ":", *"sources", "enter")
            assert "Sources · 1 source" in reader.text
            await reader.press("q")
            await reader.until(lambda: all(each in reader.text for each in told))
            assert reader.here.startswith("First")
        assert reader.screen.mode == "PANEL"
