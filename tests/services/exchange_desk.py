"""An annotator at work in a library that is exported and imported."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from reader import assets
from reader.domain.article import Metadata
from reader.domain.article_draft import ArticleDraft
from reader.domain.document import BlockTable
from reader.domain.text import Role, Span
from reader.services.annotating.tagging import Wish, tag
from reader.services.exchange.exporting import export_csv
from reader.services.importing import import_csv
from reader.services.showing import version_of
from reader.storage import capturing
from reader.storage.library import Library

TEXT = "Head line\n\nOne is here. Two is there.\n\nThree. A photo of it\n\nFour is the end."
BOOK = assets.load_builtin("credibility-7")
VERDICT = assets.load_builtin("verdict-6")
CHECKWORTHY = assets.load_builtin("checkworthy")
OWN = ("revision", "created_at", "updated_at")
"""Columns that an import cannot give back."""


def draft(text: str, metadata: Metadata | None = None) -> ArticleDraft:
    table, start = BlockTable(), 0
    for part in text.split("\n\n"):
        role = Role.CAPTION if part.endswith("photo of it") else Role.BODY
        if part.strip():
            table.append(start, start + len(part), role)
        start += len(part) + 2
    return ArticleDraft(
        text, table, text.encode(), "/tmp/a.txt", "text/plain", "plain/1", metadata or Metadata()
    )


class Desk:
    """An annotator at work in a library."""

    def __init__(self, path: Path, handle: str = "ana") -> None:
        self.library = Library(path)
        self.me = self.library.annotator(handle)

    def add(self, text: str = TEXT, **metadata: str):
        self.article, _ = capturing.add(self.library, draft(text, Metadata(**metadata)), self.me)
        self.version = version_of(self.library, self.article)
        return self.article

    def tag(self, start: int, end: int, *codes: str, book=BOOK, who: str = "", **wish) -> str:
        owner = self.library.annotator(who) if who else self.me
        wanted = Wish(codes=codes, **wish)
        span = Span(start, end)
        return tag(self.library, self.article, self.version, span, owner, book, wanted).uid

    def export(self, **options) -> str:
        out = io.StringIO(newline="")
        export_csv(self.library, None, out, **{"codebook": BOOK, **options})
        return out.getvalue()

    def rows(self, **options) -> list[dict[str, str]]:
        return rows_of(self.export(**options))

    def file(self, path: Path, **options) -> Path:
        path.write_text(self.export(**options), "utf-8", newline="")
        return path

    def read(self, path: Path):
        return import_csv(self.library, path, self.me)

    def operations(self) -> int:
        return sum(1 for _ in self.library.log.operations(everything=True))


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def csv_text(rows: list[dict[str, str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def portable(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{name: value for name, value in row.items() if name not in OWN} for row in rows]
