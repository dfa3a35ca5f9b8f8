"""Many files at once, some of them made to do harm: each is told, and nothing half is left."""

from __future__ import annotations

from pathlib import Path

from reader.capture.sandbox import Sandbox
from reader.services.capturing.taking import LibraryKeeper, Order, Progress, find, take_all
from reader.storage.library import Library
from tests.capture.pdf_pages import two_columns
from tests.capture.pdf_writer import Pdf
from tests.capture.zipped_books import SPACE, STYLES, book, document, zipped

LOCKED = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b">"


def hostile(folder: Path) -> None:
    locked, scan = two_columns(across=False), Pdf()
    locked.trailer = b"/ID [<00> <00>] /Encrypt " + LOCKED + b" >>"
    scan.sheet().drawn.append(b"q Q")
    entity = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
        f"<!ENTITY b{n} '{(f'&b{n - 1};' if n else '&a;') * 10}'>" for n in range(9)
    ) + "]>"  # fmt: skip
    files: dict[str, bytes] = {
        "bomb.epub": book(**{"OPS/text/b.xhtml": b" " * (3 << 20)}),
        "cut.docx": document()[:700],
        "deep.docx": document("<w:sdt>" * 100_000),
        "laughs.docx": zipped({"word/document.xml": f"{entity}<w:document {SPACE}>&b8;"}),
        "locked.pdf": locked.bytes(),
        "nothing.pdf": b"%PDF-1.7\n" + b"\0" * 500,
        "picture.txt": b"\x89PNG\r\n\x1a\n",
        "scan.pdf": scan.bytes(),
    }
    for name, raw in files.items():
        (folder / name).write_bytes(raw)


def test_each_is_told_and_the_library_is_as_it_was(tmp_path: Path) -> None:
    hostile(tmp_path)
    with Library(tmp_path / "l.db") as library, Sandbox() as box:
        keeper = LibraryKeeper(library, library.annotator("ana"))
        before = library.log.newest()
        files, failed = find([str(tmp_path)], Order())
        told: list[Progress] = []
        outcomes = list(take_all(files, keeper, box, Order(), told.append))
        assert len(outcomes) == 8
        assert not failed
        for outcome in outcomes:
            assert outcome.added is None
            assert outcome.error is not None
            assert outcome.name in outcome.error.message  # what failed
            assert outcome.error.hint  # and what to do
        assert {(now.number, now.total) for now in told} >= {(n, 8) for n in range(1, 9)}
        assert library.log.newest() == before
        for table in ("article", "article_version", "capture_details"):
            query = f"SELECT count(*) FROM {table}"
            assert library.connection.execute(query).fetchone() == (0,)
        damaged = tmp_path / "part.docx"
        damaged.write_bytes(document(**{"word/styles.xml": STYLES[:80]}))
        (good,) = take_all([str(damaged)], keeper, box)
        assert good.added is not None
        assert "damaged in part (word/styles.xml)" in good.added.warnings[0]
