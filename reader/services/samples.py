"""The sample articles: their metadata lies beside them, because plain text has no place for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader import assets
from reader.domain.article import Metadata
from reader.domain.late import Late

if TYPE_CHECKING:
    import tomllib
else:
    tomllib = Late("tomllib")

_FIELDS = {
    "title": "title",
    "byline": "byline",
    "outlet": "outlet",
    "date": "published_at",
    "language": "language",
}
"""Names in the list of samples, and what they are called elsewhere."""


def metadata_of(path: Path) -> Metadata | None:
    """Return the metadata of a sample article, or None for any other file."""
    listing = assets.seeds_dir() / "seeds.toml"
    if path.absolute().parent != listing.parent.absolute() or not listing.exists():
        return None
    entries = tomllib.loads(listing.read_text("utf-8"))["article"]
    entry = next((item for item in entries if item["file"] == path.name), None)
    if entry is None:
        return None
    known = {ours: entry.get(theirs) for theirs, ours in _FIELDS.items()}
    return Metadata(
        **{name: None if value is None else str(value) for name, value in known.items()}
    )
