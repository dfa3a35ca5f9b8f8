"""Any CSV, JSON lines, codebook or settings file: taken in, or refused in words; never half."""

from __future__ import annotations

import csv
import io
import json
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reader.assets import builtin_codebooks, load_builtin
from reader.domain.codebook import problems_of
from reader.domain.errors import ReaderError
from reader.services import importing
from reader.services.capturing import adding
from reader.services.care import doctor
from reader.services.codebooks import finding as codebooks
from reader.services.exchange import exporting
from reader.services.exchange import logs as exchange
from reader.services.reading.beginning import load_session
from reader.services.settings import change as settings_change
from reader.services.settings.fields import FIELDS, PRESETS, Field, Settings, load_settings
from reader.storage.library import Library
from reader.tui.commands import all_commands
from reader.tui.commands.keymap import keymap
from tests.fuzz import desk, material

TEXT = "One is here. Two is there, he said.\n\nThree, with ümläuts and 漢字, is 👩‍👩‍👧 the last.\n"


def filled(path: Path, chance: random.Random) -> Library:
    """Return a library with an article, tags, notes, flags and an undo."""
    library = Library(path)
    library.connection.execute("PRAGMA synchronous=off")  # nobody pulls the plug here
    me = library.annotator("ana")
    article = adding.add_bytes(library, TEXT.encode(), me, origin="story.txt").article
    for name in ("credibility-7", "checkworthy"):
        session = load_session(library, article.uid, me, load_builtin(name))
        for statement in session.document.statements():
            target = session.annotations.target(statement)
            tag = chance.choice(session.facet.tags)
            for edit in (
                session.annotations.set_tag(target, session.codebook, session.facet, tag),
                session.annotations.set_note(target, chance.choice(("why", "=1+1", "a\nb | c"))),
            ):
                if target.highlight is None:
                    session.apply(edit)
                    library.log.commit(edit.group)
                    target = session.annotations.target(statement)
    library.log.undo(article.uid, me)
    return library


@contextmanager
def _two(chance: random.Random) -> Iterator[tuple[Path, Library, Library]]:
    """Give a folder, a library with something in it, and one with nothing or the same article."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name)
        with filled(folder / "one.db", chance) as one, Library(folder / "two.db") as two:
            two.connection.execute("PRAGMA synchronous=off")
            if chance.random() < 0.7:
                adding.add_bytes(two, TEXT.encode(), two.annotator("ben"), origin="story.txt")
            yield folder, one, two


# ---------------------------------------------------------------------- CSV


def run_csv(seed: int) -> str:
    """Import a CSV that was spoilt; undo takes it back, and it can be imported again."""
    chance = random.Random(f"csv {seed}")
    with _two(chance) as (folder, one, two):
        path = folder / "in.csv"
        exporting.export_csv(
            one,
            None,
            path,
            codebook=load_builtin(),
            spreadsheet=chance.random() < 0.3,
            all_statements=chance.random() < 0.3,
        )
        path.write_bytes(_spoilt_csv(chance, path.read_bytes()))
        me = two.annotator("ben")
        at_first = desk.rows(two, live=True)
        before = desk.everything(two)
        try:
            report = importing.import_csv(two, path, me)
        except ReaderError as error:
            desk.see_words(error)
            assert desk.everything(two) == before, "a refused file left something"
            return "refused"
        if not report.imported:
            assert desk.rows(two, live=True)["highlight"] == at_first["highlight"]
        _examine(two)
        again = importing.import_csv(two, path, me)
        assert again.imported <= report.imported
        desk.check_undo(two, at_first)
        desk.check_log(two)
        return f"{report.imported} imported, {report.rejected} rejected"


def _spoilt_csv(chance: random.Random, raw: bytes) -> bytes:
    kind = chance.randrange(5)
    if kind == 0:
        return material.damaged(chance, raw)
    if kind == 1:
        return material.some_bytes(chance)
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    for _ in range(chance.choice((1, 1, 3, 10))):
        _spoil_row(chance, rows)
    out = io.StringIO()
    csv.writer(out, delimiter=chance.choice(",,,,;\t")).writerows(rows)
    return out.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "utf-16")), "surrogatepass")


def _spoil_row(chance: random.Random, rows: list[list[str]]) -> None:
    row = chance.choice(rows[1:] or rows)
    what = chance.randrange(6)
    if what <= 2 and row:
        row[chance.randrange(len(row))] = chance.choice(material.VALUES)
    elif what == 3:
        rows.insert(chance.randrange(len(rows)), list(row))
    elif what == 4:
        del row[chance.randrange(len(row) + 1) :]
    else:
        head = rows[0]
        at = chance.randrange(max(1, len(head)))
        for each in rows:
            del each[at : at + 1]


# ---------------------------------------------------------------------- JSON lines


def run_jsonl(seed: int) -> str:
    """Take in JSON lines that were spoilt; a second time there is nothing new."""
    chance = random.Random(f"jsonl {seed}")
    with _two(chance) as (folder, one, two):
        path = folder / "in.jsonl"
        exchange.export_jsonl(one, path)
        path.write_bytes(_spoilt_lines(chance, path.read_bytes()))
        before = desk.everything(two)
        try:
            report = exchange.import_jsonl(two, path)
        except ReaderError as error:
            desk.see_words(error)
            assert desk.everything(two) == before, "a refused file left something"
            return "refused"
        _examine(two)
        after = desk.everything(two)
        again = exchange.import_jsonl(two, path)
        assert (again.imported, again.articles, again.codebooks) == (0, 0, 0), again
        assert desk.everything(two) == after, "the second time changed something"
        desk.check_log(two)
        whole = exchange.merge_library(two, one.path)
        _examine(two)
        return f"{report.imported} taken in, {report.rejected} rejected, whole {whole.imported}"


def _spoilt_lines(chance: random.Random, raw: bytes) -> bytes:
    if chance.random() < 0.25:
        return material.damaged(chance, raw)
    lines: list[Any] = [json.loads(line) for line in raw.splitlines()]
    for _ in range(chance.choice((1, 1, 2, 6))):
        what = chance.randrange(5)
        at = chance.randrange(len(lines))
        if what == 0:
            lines.insert(chance.randrange(len(lines) + 1), lines[at])
        elif what == 1 and len(lines) > 1:
            del lines[at]
        elif what == 2:
            lines[1:-1] = chance.sample(lines[1:-1], max(0, len(lines) - 2))
        else:
            lines[at] = _spoilt_value(chance, lines[at])
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def _spoilt_value(chance: random.Random, value: Any) -> Any:
    """Return a JSON value with one thing in it changed."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        name = chance.choice(list(value))
        what = chance.random()
        changed = dict(value)
        if what < 0.1:
            del changed[name]
        elif what < 0.2:
            changed[chance.choice(("x", "deleted_at", "value", "note", "kind"))] = value[name]
        else:
            changed[name] = _spoilt_value(chance, value[name])
        return changed
    if isinstance(value, list) and value and chance.random() < 0.8:
        changed_list = list(value)
        at = chance.randrange(len(value))
        changed_list[at] = _spoilt_value(chance, value[at])
        return changed_list
    if isinstance(value, str) and value and chance.random() < 0.5:
        at = chance.randrange(len(value))
        return value[:at] + chance.choice("0a9-:Zé\x00") + value[at + 1 :]
    if type(value) is int and chance.random() < 0.5:
        return value + chance.choice((-1, 1, 1000, 2**31, 2**63, -(2**70)))
    deep: Any = []
    for _ in range(60):
        deep = [deep]
    return chance.choice((None, True, 0, -1, 1.5, [], {}, deep, *material.VALUES))


# ---------------------------------------------------------------------- TOML


def run_codebook(seed: int) -> str:
    """Read a codebook that was spoilt: it is one, or all that is wrong with it is said."""
    chance = random.Random(f"codebook {seed}")
    source = chance.choice(list(builtin_codebooks().values())).read_bytes()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        path = Path(name) / "book.toml"
        path.write_bytes(_spoilt_toml(chance, source))
        try:
            book = codebooks.from_file(path)
        except ReaderError as error:
            desk.see_words(error)
            _problems(path)
            return "refused"
        assert problems_of(book.source) == []
        with filled(Path(name) / "one.db", chance) as library:
            return _used(library, book)


def _problems(path: Path) -> None:
    try:
        source = path.read_text("utf-8")
    except UnicodeDecodeError:
        return
    assert problems_of(source), "it is refused, but nothing is wrong"


def _used(library: Library, book: Any) -> str:
    """Tag with the codebook; what a tag is is then kept in the library."""
    try:
        codebooks.checked(book, library)
        codebooks.statement_facet(book)
    except ReaderError:
        return "has no use here"
    me = library.annotator("ana")
    (article,) = library.articles.in_order()
    session = load_session(library, article, me, book)
    for tag in session.facet.tags:
        target = session.annotations.target(next(iter(session.document.statements())))
        edit = session.annotations.toggle_tag(target, book, session.facet, tag)
        session.apply(edit)
        library.log.commit(edit.group)
    _examine(library)
    return "used"


def run_settings(seed: int) -> str:
    """Read settings that were spoilt, and change one of them: what else is there stays."""
    chance = random.Random(f"settings {seed}")
    source = _some_settings(chance)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        path = Path(name) / "config.toml"
        path.write_bytes(source)
        try:
            before = load_settings(path)
            keys, lost = keymap(before)
        except ReaderError as error:
            desk.see_words(error)
            assert path.read_bytes() == source
            return "refused"
        assert 24 <= before.width <= 160
        assert keys["quit"]
        assert all(lost)
        return _changed(path, before, chance)


def _changed(path: Path, before: Settings, chance: random.Random) -> str:
    """Change a setting from the program; all others are what they were."""
    source = path.read_bytes()
    field = chance.choice([field for field in FIELDS if field.allowed or field.most])
    value = (
        chance.choice(field.allowed) if field.allowed else chance.randint(field.least, field.most)
    )
    try:
        settings_change.keep(path, {field.name: value})
    except ReaderError as error:
        desk.see_words(error)
        assert path.read_bytes() == source
        return "read, not written"
    after = load_settings(path)
    assert getattr(after, field.name) == value
    for other in FIELDS:
        if other is not field:
            assert getattr(after, other.name) == getattr(before, other.name), other.name
    assert (after.keys, after.preset) == (before.keys, before.preset)
    return "taken"


def _some_settings(chance: random.Random) -> bytes:
    lines = []
    for field in chance.sample(FIELDS, chance.randint(0, 4)):
        value = json.dumps(chance.choice(field.allowed)) if field.allowed else _fitting(field)
        lines.append(f"{field.name} = {value if chance.random() < 0.8 else _toml_value(chance)}")
        lines += chance.choice(([], ["# a remark"], [""]))
    if chance.random() < 0.6:
        lines.append("[keys]")
        lines += [f"preset = '{chance.choice(PRESETS)}'"] * (chance.random() < 0.3)
        for command in chance.sample(all_commands(), chance.randint(0, 3)):
            key = chance.choice(
                (*(chance.choice(each.keys or ("U",)) for each in all_commands()[:30]), "Q")
            )
            given = json.dumps(key if chance.random() < 0.7 else [key, "f9"])
            lines.append(
                f'"{command.id}" = {given if chance.random() < 0.8 else _toml_value(chance)}'
            )
    source = "\n".join(lines).encode("utf-8", "surrogatepass")
    return _spoilt_toml(chance, source) if chance.random() < 0.4 else source


def _fitting(field: Field) -> str:
    return json.dumps(field.default)


_TOML = (
    *("9" * 5_000, f"0x{'f' * 5_000}", f"[{{a = 0x{'f' * 5_000}}}]"),
    *("72", "'auto'", "'reader-dark'", "true", "-1", "1e400", "nan", "[]", "['j', 'k']", "{}"),
    *("1979-05-27T07:32:00Z", "'unicode'", '"\\u0000"', "''", "'ctrl+q'", "'j j'", "0x7fffffffff"),
)


def _toml_value(chance: random.Random) -> str:
    return chance.choice(_TOML)


def _spoilt_toml(chance: random.Random, raw: bytes) -> bytes:
    kind = chance.randrange(4)
    if kind == 0:
        return material.damaged(chance, raw)
    lines = raw.decode("utf-8", "replace").split("\n")
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(lines))
        what = chance.randrange(4)
        if what == 0:
            del lines[at : at + chance.choice((1, 1, 5))]
        elif what == 1:
            lines.insert(chance.randrange(len(lines) + 1), lines[at])
        elif what == 2 and "=" in lines[at]:
            lines[at] = lines[at].partition("=")[0] + "= " + _toml_value(chance)
        elif "=" in lines[at]:
            value = json.dumps(chance.choice(material.VALUES))
            lines[at] = lines[at].partition("=")[0] + "= " + value
        lines = lines or [""]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _examine(library: Library) -> None:
    findings = doctor.examine(library.path).findings
    assert findings == [], findings


KINDS: dict[str, Callable[[int], str]] = {
    "csv": run_csv,
    "jsonl": run_jsonl,
    "codebook": run_codebook,
    "settings": run_settings,
}
