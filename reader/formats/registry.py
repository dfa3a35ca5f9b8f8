"""The formats that the library is written to and read from."""

from __future__ import annotations

from reader.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        id: What it is called on the command line.
        title: What it is, in a few words.
        suffix: Of the files, with the dot.
        writes: Whether it can be exported.
        reads: Whether it can be imported.
        whole: Whether it always holds the whole library.
    """

    id: str
    title: str
    suffix: str
    writes: bool = True
    reads: bool = True
    whole: bool = False

    @property
    def name(self) -> str:
        """What it is called in a sentence: its title up to the comma."""
        return self.title.partition(",")[0]

    def ends(self, path: str) -> bool:
        """Return whether a path ends as files of this format do, in capitals or not."""
        return path.casefold().endswith(self.suffix)


FORMATS: tuple[Format, ...] = (
    Format("csv", "CSV, one row for each highlight", ".csv"),
    Format("markdown", "Markdown, a report to print or send", ".md", reads=False),
    Format("jsonl", "JSON lines, the whole library with its log", ".jsonl", whole=True),
)
"""All of them; the command line and the export dialog are made from this."""
