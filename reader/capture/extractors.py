"""The formats whose parsers are not trusted: each is a module that the child process runs.

A module has one function, ``extract(source: Source, report: Report) -> ArticleDraft``. It leaves
``raw`` and ``origin`` of the draft empty, calls the source by its name in messages, and raises an
``InputError`` for what it understands to be wrong; whatever else it raises is told as damage.
"""

from __future__ import annotations

from reader.domain.records import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Extractor:
    """A format that is parsed in the child process.

    Attributes:
        module: Full name of the module that parses it.
        called: What a file of it is called in a sentence.
        limit: Bytes; a larger one is refused.
        instead: What to do with a file that cannot be parsed.
    """

    module: str
    called: str
    limit: int
    instead: str


EXTRACTORS: dict[str, Extractor] = {
    "epub": Extractor(
        "reader.capture.epub",
        "an EPUB",
        50 * MB,
        "Open it in a book reader and save it as text, or convert it: `ebook-convert`.",
    ),
    "docx": Extractor(
        "reader.capture.docx",
        "a Word document",
        50 * MB,
        "Open it, save it again as .docx or as plain text, and add that.",
    ),
    "mhtml": Extractor(
        "reader.capture.mhtml",
        "a saved web page",
        50 * MB,
        "Open it in a browser and save it as text, or copy the article and paste it.",
    ),
    "pdf": Extractor(
        "reader.capture.pdf",
        "a PDF",
        50 * MB,
        "Open it in a PDF viewer and print it as a new PDF, or copy the text and paste it.",
    ),
    "html": Extractor(
        "reader.capture.html.page",
        "a web page",
        50 * MB,
        "Open it in a browser and save it as text, or copy the article and paste it.",
    ),
}
"""By kind. The child runs nothing that is not named here."""

LISTS: dict[str, Extractor] = {
    "feed": Extractor(
        "reader.capture.feeds.feed", "a feed", 20 * MB, "Open its address in a browser."
    ),
    "opml": Extractor("reader.capture.feeds.opml", "a list of feeds", 20 * MB, "Export it anew."),
}
"""Formats that list articles or feeds and are none themselves; parsed in the same way.

Their modules have a function ``extract(source: Source, report: Report) -> dict``, of what JSON has.
"""


def extractor_of(kind: str) -> Extractor:
    """Return how a kind is parsed."""
    return EXTRACTORS[kind] if kind in EXTRACTORS else LISTS[kind]
