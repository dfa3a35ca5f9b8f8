"""The command ``rescue``."""

import json
from pathlib import Path

from reader.domain.text import Span
from reader.formats.jsonl_rescue import Draft
from reader.services.annotating.annotations import Annotations
from reader.services.care import rescue
from reader.storage.library import Library
from tests.cli.shell import Shell
from tests.services.rescue_files import later


def left_behind(shell: Shell, monkeypatch) -> Path:
    """Leave the file of a program that could not save two actions and a note being typed."""
    monkeypatch.setenv("XDG_STATE_HOME", str(shell.folder / "state"))
    shell.add()
    path = shell.folder / "library.db"
    with Library(path) as library:
        me = library.annotator("ana")
        (uid,) = library.articles.in_order()
        version = library.articles.version(library.articles.get(uid).version_uid)
        known = Annotations(uid, version.uid, me, version.text)
        start = version.text.index("Nobody")
        edits = [known.toggle_flag(known.target(Span(0, 5)))]
        known.apply(edits[0])
        edits.append(known.set_note(known.target(Span(0, 5)), "why?"))
        draft = Draft(me, version.uid, start, start + 6, "half", "2026-01-01T00:00:00.000Z")
    return later(rescue.write([edit.group for edit in edits], path, drafts=[draft]))


def test_listed_taken_in_and_offered_no_more(shell: Shell, monkeypatch) -> None:
    file = left_behind(shell, monkeypatch)
    assert shell("rescue") == 0
    assert f"{file}  2 actions, 1 draft  20" in shell.out
    (fields,) = shell.json("rescue")["files"]
    assert (fields["actions"], fields["drafts"]) == (2, 1)
    assert shell("doctor") == 0
    assert "2 actions could not be saved; `reader rescue`" in shell.err
    said = shell.json("rescue", "--take-in")
    assert said == {"saved": 2, "present": 0, "drafts": 1, "refused": [], "kept": None}
    assert not file.exists()
    (highlight,) = shell.json("show", "1")["highlights"]
    assert (highlight["note"], highlight["flag"]) == ("why?", True)
    assert shell("doctor") == 0
    assert shell.err == ""
    assert shell("rescue") == 0
    assert shell.out == "Nothing waits to be taken in.\n"
    assert shell("rescue", "--take-in", "--discard") == 2


def test_what_is_refused_is_kept(shell: Shell, monkeypatch) -> None:
    file = left_behind(shell, monkeypatch)
    lines = file.read_text("utf-8").splitlines()
    spoilt = json.loads(lines[1]) | {"changes": "none"}
    file.write_text("\n".join([lines[0], json.dumps(spoilt), lines[3]]), "utf-8")
    assert shell("rescue", str(file), "--take-in", "--json") == 1
    said = json.loads(shell.out)
    assert (said["saved"], said["drafts"], said["refused"][0]["line"]) == (0, 1, 2)
    assert Path(said["kept"]).exists()


def test_put_aside(shell: Shell, monkeypatch) -> None:
    file = left_behind(shell, monkeypatch)
    assert shell("rescue", "--discard") == 0
    assert "put aside" in shell.out
    assert not file.exists()
    assert shell.json("rescue") == {"files": []}
    assert shell("rescue", "nothing.jsonl") == 3
