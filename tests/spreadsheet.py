"""Opens exported CSV in LibreOffice, where it is installed: ``python -m tests.spreadsheet``.

Both forms: of the plain one LibreOffice evaluates what looks like a formula, as the README says; of
the form for spreadsheets it must evaluate nothing, and show every text as it was.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

FORMULAS = (
    "=1+1",
    "+2+3",
    "-4+5",
    "@SUM(6,7)",
    '=HYPERLINK("http://example.org/","look")',
    '=cmd|" /C calc"!A0',
    "\t=8+9",
    "'=10+11",
    "＝12+13",
)
"""What may stand at the beginning of a note, a reason or a quotation."""

NOT_CHECKED = 3
"""Exit status where LibreOffice is not installed."""

_FILTER = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
"""Comma, double quote, UTF-8, from the first row on; formulas evaluated, the worst case."""

_SPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for name in ("table", "text", "office")
}


class Cell:
    """A cell as LibreOffice has it: the text that it shows, and its formula, if it has one."""

    def __init__(self, node: ElementTree.Element) -> None:
        self.formula = node.get(_name("table", "formula"), "")
        paragraphs = node.findall("text:p", _SPACES)
        self.text = "\n".join(_text(paragraph) for paragraph in paragraphs)


def main() -> int:
    """Export, open, compare; say what was found."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("LibreOffice is not installed: nothing was checked.")
        return NOT_CHECKED
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        make_library(where)
        version = _run([office, "--version"], where).split()[1]
        plain, plain_cells = opened(office, where, "plain.csv")
        safe, safe_cells = opened(office, where, "safe.csv", "--spreadsheet")
    evaluated = [cell for row in plain_cells for cell in row if cell.formula]
    assert evaluated, "the plain form has formulas, and none was evaluated: is this a check at all?"
    rows = compare(safe, safe_cells)
    print(f"LibreOffice {version}")
    print(f"--spreadsheet: {rows} rows, nothing evaluated, every text as it is in the file")
    print(f"plain: {len(plain) - 1} rows, {len(evaluated)} cells evaluated, as documented")
    return 0


def make_library(where: Path) -> None:
    """Make a library of statements, notes and reasons that look like formulas."""
    article = where / "article.txt"
    lines = [f"{formula} is what line {n} says." for n, formula in enumerate(FORMULAS)]
    article.write_text("A title that says little\n\n" + "\n\n".join(lines) + "\n", "utf-8")
    _reader(where, "add", str(article))
    for number, formula in enumerate(FORMULAS, 2):
        _reader(where, "tag", "1", "plausible", "--statement", str(number), "--reason", formula,
                "--note", f"{formula}\nsecond line")  # fmt: skip


def opened(
    office: str, where: Path, name: str, *options: str
) -> tuple[list[list[str]], list[list[Cell]]]:
    """Export the library and return the file's rows, and what LibreOffice makes of them."""
    path = where / name
    _reader(where, "export", "csv", "-o", str(path), *options)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    profile = (where / "profile").as_uri()
    _run([office, "--headless", "--norestore", f"-env:UserInstallation={profile}", "--convert-to",
          "fods", f"--infilter={_FILTER}", "--outdir", str(where), str(path)], where)  # fmt: skip
    return rows, list(cells_of(path.with_suffix(".fods")))


def cells_of(path: Path) -> Iterator[list[Cell]]:
    """Yield the rows of the first sheet of a flat OpenDocument file."""
    sheet = next(ElementTree.parse(path).iter(_name("table", "table")))
    for row in sheet.iter(_name("table", "table-row")):
        cells: list[Cell] = []
        for node in row.findall("table:table-cell", _SPACES):
            count = int(node.get(_name("table", "number-columns-repeated"), "1"))
            cells += [Cell(node)] * min(count, 200)
        if any(cell.text for cell in cells):
            yield cells


def compare(rows: Sequence[Sequence[str]], cells: Sequence[Sequence[Cell]]) -> int:
    """Assert that LibreOffice shows texts as they are in the file, and evaluates none.

    Returns:
        How many rows there are, without the header.
    """
    assert len(rows) == len(cells), f"{len(rows)} rows in the file, {len(cells)} in LibreOffice"
    texts = [rows[0].index(name) for name in ("text", "note", "reason", "prefix", "suffix")]
    for line, (row, shown) in enumerate(zip(rows, cells, strict=True), 1):
        for cell in shown:
            assert not cell.formula, f"row {line}: {cell.formula} was evaluated"
        for column in texts:
            assert _plain(shown[column].text) == _plain(row[column]), (
                f"row {line}, {rows[0][column]}: {row[column]!r} is shown as {shown[column].text!r}"
            )
    return len(rows) - 1


def _plain(text: str) -> str:
    """Return a text without white space, which a spreadsheet's file keeps in other ways."""
    return "".join(text.split())


def _text(node: ElementTree.Element) -> str:
    return "".join(node.itertext())


def _name(space: str, name: str) -> str:
    return f"{{{_SPACES[space]}}}{name}"


def _reader(where: Path, *words: str) -> str:
    return _run([sys.executable, "-m", "reader", "--db", str(where / "library.db"), *words], where)


def _run(words: Sequence[str], home: Path) -> str:
    """Run a program with a home of its own; return what it says."""
    root = str(Path(__file__).parents[1])
    env = os.environ | {"HOME": str(home), "PYTHONPATH": root, "READER_ANNOTATOR": "ana"}
    done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, f"{words[0]}: {done.stderr or done.stdout}"
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
