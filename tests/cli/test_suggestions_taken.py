"""Suggestions without a screen: taken and dismissed, kept in the log, counted, not made again."""

from __future__ import annotations

from pathlib import Path

from reader.capture.capture import capture_bytes
from reader.domain.blocks import BlockTable
from reader.domain.document import Document
from reader.domain.operation import Change, Group
from reader.domain.text import Block, Role, Span
from reader.services.annotating import history
from reader.services.attributing.offered import nobody
from reader.services.care import doctor
from reader.services.exchange.logs import export_jsonl, import_jsonl
from reader.services.suggesting.deciding import Where, accept, as_proposed, dismiss
from reader.services.suggesting.proposals import NAME, Proposal, Proposals
from reader.storage import capturing
from reader.storage.library import Library
from tests.cli.shell import Shell
from tests.storage.stored import state

STORY = """The council says that the bridge is safe. Ada Lowe denied that it had cracks.

The plan was criticised as too dear. It rained all day.
"""
LATER = STORY.replace("It rained all day.", "It rained for two days.")


def _open(library: Library, uid: str) -> tuple[Where, list[Proposal]]:
    """Return where one decides, and what is still proposed in an article."""
    article = library.articles.get(uid)
    assert article is not None
    version = library.articles.version(article.version_uid)
    assert version is not None
    me = library.annotators.find("ana") or ""
    found = Proposals(Document(version.text, version.blocks))
    found.decided(library.suggestions.decided(version.uid, me))
    for _ in found.look(0, len(version.text)):
        pass
    return Where(uid, version.uid, me), found.between(0, len(version.text))


def test_a_last_name_alone_is_one_source_with_the_whole_one(shell: Shell, tmp_path: Path) -> None:
    uid = shell.add("Mayor Ada Lowe said that it rained. Ms Lowe said that it was cold.\n")
    shell("tag", "1", "doubtful", "--statement", "1")
    with Library(tmp_path / "library.db") as library:
        where, found = _open(library, uid)
        edits = [accept(library, where, item, as_proposed(item)).after for item in found]
        said = [library.attributions.of(done.uid) for done in edits if done]
        sources = {hop.source or "" for item in said if item for hop in item.hops}
        mentions = [hop.mention.exact for item in said if item for hop in item.hops if hop.mention]
        (source,) = library.sources.all_of(sources).values()
        assert (source.name, source.role, source.kind) == ("Ada Lowe", "Mayor", "person")
        assert mentions == ["Mayor Ada Lowe", "Ms Lowe"]  # as the text has them


def test_what_nobody_is_named_for_is_agentless_as_by_the_picker(
    shell: Shell, tmp_path: Path
) -> None:
    uid = shell.add("It is believed that the dam leaked. The plan was criticised as too dear.\n")
    shell("tag", "1", "doubtful", "--statement", "1")
    with Library(tmp_path / "library.db") as library:
        where, found = _open(library, uid)
        assert [item.found.naming for item in found] == ["agentless"] * 2
        for item in found:
            done = accept(library, where, item, as_proposed(item)).after
            said = library.attributions.of(done.uid) if done else None
            assert said is not None
            assert [hop.source for hop in said.hops] == [nobody().uid]
            assert said.origin.endswith(":accepted")
        source = library.sources.get(nobody().uid)
        assert source is not None
        assert source.naming == "agentless"
    assert shell("export", "csv") == 0
    assert shell.out.count('"agentless"') == 2


def test_taken_dismissed_counted_and_exchanged(shell: Shell, tmp_path: Path) -> None:
    uid = shell.add(STORY)
    shell("tag", "1", "doubtful", "--statement", "4")  # so that there is an annotator
    with Library(tmp_path / "library.db") as library:
        where, found = _open(library, uid)
        words = [item.words(item.span) for item in found]
        assert words[:2] == ["the bridge is safe", "it had cracks"]
        done = accept(library, where, found[1], as_proposed(found[1]))
        assert done.after is not None
        said = library.attributions.of(done.after.uid)
        assert said is not None
        assert (said.voice, said.act) == ("indirect", "deny")
        library.log.commit(dismiss(where, found[2]).group)
        assert [item.words(item.span) for item in _open(library, uid)[1]] == ["the bridge is safe"]
        before = state(library)
        assert history.undo(library, uid, where.annotator_uid)
        assert len(_open(library, uid)[1]) == 2  # what was dismissed is open again
        assert history.redo(library, uid, where.annotator_uid)
        assert len(_open(library, uid)[1]) == 1
        assert len(state(library)) == len(before)
        export_jsonl(library, tmp_path / "log.jsonl")
        # Another version of the page: what was decided on is not proposed again.
        capturing.add_version(
            library, uid, capture_bytes(LATER.encode(), origin="story.txt"), where.annotator_uid
        )
        assert [item.words(item.span) for item in _open(library, uid)[1]] == ["the bridge is safe"]
    with Library(tmp_path / "other.db") as other:
        import_jsonl(other, tmp_path / "log.jsonl")
        assert len(other.suggestions.decided(where.version_uid, where.annotator_uid)) == 2
        assert doctor.examine(other.path).findings == []
    assert shell("stats") == 0
    told = f"in all articles, suggestions of {NAME}: 50 % taken (1 accepted, 0 edited, 1 dismissed)"
    assert told in shell.out
    (rate,) = shell.json("stats")["suggestions"]
    assert (rate["accepted"], rate["dismissed"], rate["rate_pct"]) == (1, 1, 50)


def test_who_is_left_open_is_told_apart_from_who_is_not_known(shell: Shell, tmp_path: Path) -> None:
    uid = shell.add("Ada Lowe spoke. She added that an engineer had been paid. It rained.\n")
    shell("tag", "1", "doubtful", "--statement", "3")
    with Library(tmp_path / "library.db") as library:
        where, (found,) = _open(library, uid)
        accept(library, where, found, as_proposed(found))
    quote = ("1", "--quote", "an engineer had been paid")
    done = shell.json("attribute", *quote, "--source", "?", "--via", "?", "--via", "The Wire")
    assert done["chain"] == ["?", "?", "The Wire"]
    assert done["as_in_text"] == ["She", None, None]
    (said,) = shell.json("source", "show", "The Wire")["statements"]
    assert (said["chain"], said["as_in_text"]) == (done["chain"], done["as_in_text"])
    assert shell("source", "show", "The Wire") == 0
    assert "[“She” (not identified) > ? > The Wire]" in shell.out
    assert shell("attribute", *quote, "--act", "deny") == 0
    assert "“She” (not identified) > ? > The Wire" in shell.err
    (shown,) = (it for it in shell.json("show", "1")["highlights"] if it["attribution"])
    assert shown["attribution"]["hops"][0]["mention"]["exact"] == "She"


def test_what_was_decided_with_an_earlier_detector_stays_decided(
    shell: Shell, tmp_path: Path
) -> None:
    story = "A spokeswoman, Petra Vos, declined to comment. The club declined to comment.\n"
    uid = shell.add(story)
    shell("tag", "1", "doubtful", "--statement", "1")
    with Library(tmp_path / "library.db") as library:
        where, found = _open(library, uid)
        assert [item.speaker for item in found] == ["Petra Vos", "The club"]
        assert as_proposed(found[0]).role == "spokeswoman"
        # Version 2 took the verb alone for the cue, and "to comment" for what is said.
        start = story.index("declined")
        payload = {
            "exact": "to comment",
            "cue": {"start": start, "end": start + 8, "exact": "declined"},
        }
        fields = {
            "version_uid": where.version_uid, "annotator_uid": where.annotator_uid,
            "detector": "attribution", "detector_version": "2", "kind": "attribution",
            "start": start + 9, "end": start + 19, "payload": payload, "decision": "dismissed",
        }  # fmt: skip
        change = Change("suggestion", "s1", fields)
        library.log.commit(Group("suggest", where.annotator_uid, uid, (change,)))
        assert [item.speaker for item in _open(library, uid)[1]] == ["The club"]
        later = capture_bytes(f"It rained.\n\n{story}".encode(), origin="story.txt")
        capturing.add_version(library, uid, later, where.annotator_uid)
        assert _open(library, uid)[1] == []  # its words are those of both, as they were then
    states = [item["state"] for item in shell.json("suggestions", "1")["suggestions"]]
    assert states == ["dismissed"] * 2


def test_listed_with_places_reasons_and_decisions(shell: Shell, tmp_path: Path) -> None:
    credit = "\nThe bridge. Photograph: Ann Example/Reuters\n"
    story = (
        f"{STORY}{credit}\nIt perhaps cost 40 million; Ms Lowe says that it may open on 3 May.\n"
    )
    uid = shell.add(story)
    shell("tag", "1", "doubtful", "--statement", "4")
    with Library(tmp_path / "library.db") as library:
        where, found = _open(library, uid)
        library.log.commit(dismiss(where, found[1]).group)
    listed = shell.json("suggestions", "1")
    said = listed["suggestions"]
    look = said.pop()
    assert (look["kind"], look["role"], look["state"]) == ("picture", "caption", "open")
    assert (
        look["reason"] == "looks like a caption with its credit: “Photograph: Ann Example/Reuters”"
    )
    assert [item["state"] for item in said] == ["open", "dismissed", "open", "open"]
    assert (said[0]["text"], said[0]["who"], said[0]["voice"], said[0]["reason"]) == (
        "the bridge is safe", "The council", "indirect", "“says”",
    )  # fmt: skip
    assert all(story[it["start"] : it["end"]] == it["text"] for it in (*said, *listed["remarks"]))
    assert story[said[0]["cue"]["start"] : said[0]["cue"]["end"]] == "says"
    assert said[0]["speaker"]["text"] == "The council"
    assert [(item["statement"], item["kind"], item["text"]) for item in listed["remarks"]] == [
        (7, "hedge", "perhaps"), (7, "number", "40 million"),
        (7, "hedge", "may"), (7, "date", "3 May"),
    ]  # fmt: skip
    assert shell("suggestions", "1") == 0
    assert "  The council, indirect: “says”\n" in shell.out
    assert " [dismissed]\n" in shell.out
    told = "hedged: “perhaps”; contains a number; hedged: “may”; contains a date"
    assert shell.out.endswith(f"statement 7: {told}\n")
    assert shell("suggestions", "9") == 2
    shell("attribute", "1", "--statement", "1", "--source", "Bridge Board")
    said = shell.json("suggestions", "1")["suggestions"]
    assert [item["state"] for item in said[:2]] == ["attributed", "dismissed"]
    assert [item["given"] for item in said[:3]] == [None, None, None]


def test_a_long_paragraph_is_read_in_pieces_as_the_whole_is() -> None:
    text = " ".join([STORY.replace("\n\n", " ").strip()] * 40)
    document = Document(text, BlockTable([Block(0, len(text), Role.BODY)]))
    pieces, whole = Proposals(document), Proposals(document)
    middle = Span(len(text) // 2, len(text) // 2 + 900)
    for _ in pieces.look(*middle):
        pass
    for _ in whole.look(0, len(text)):
        pass
    here = [item.span for item in pieces.between(*middle)]
    assert here == [item.span for item in whole.between(*middle)]
    assert len(here) >= 12
