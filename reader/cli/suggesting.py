"""The command that lists what is suggested in an article: ``suggestions``."""

from __future__ import annotations

from typing import Any

import click

from reader.cli import output
from reader.cli.columns import wrap
from reader.cli.session import Session, as_json, with_session


@click.command()
@click.argument("article")
@as_json
@with_session
def suggestions(session: Session, article: str, as_json: bool) -> None:
    """Print what is suggested in ARTICLE and what statements hold.

    Suggested is who says what: the words, who says them, in which voice, and why that is suggested;
    and what looks like the caption or credit of a picture; never a tag. Behind it stands what you
    did with it, if you did: accepted, edited, dismissed, or attributed by hand. Remarks say that a
    statement contains a number or a date, or is hedged; no more than that. With --json all of it
    has its place, in code points.
    """
    from reader.services.articles import resolve
    from reader.services.showing import version_of
    from reader.services.suggesting.listing import remarked, suggested

    with session.reading() as library:
        version = version_of(library, resolve(library, article))
        found = list(suggested(library, version, library.annotators.find(session.handle)))
    noted = list(remarked(version))
    if as_json:
        output.document({"sha256": version.sha256, "suggestions": found, "remarks": noted})
        return
    for item in found:
        _print_suggestion(item)
    for number, words in _by_statement(noted).items():
        output.line(f"statement {number}: {'; '.join(words)}")


def _print_suggestion(item: dict[str, Any]) -> None:
    width = min(output.terminal_width() or 80, 80)
    pieces = [item["text"], *(more["text"] for more in item.get("more", ()))]
    for row in wrap(" … ".join(" ".join(words.split()) for words in pieces), width):
        output.line(row)
    how = f"{item['who']}, {item['voice']}: " if "who" in item else ""
    decided = "" if item["state"] == "open" else f" [{item['state']}]"
    for row in wrap(f"{how}{item['reason']}{decided}", width - 2):
        output.line(f"  {row}")


def _by_statement(noted: list[dict[str, Any]]) -> dict[int, list[str]]:
    """Return the remarks on each statement in words, each once."""
    found: dict[int, dict[str, None]] = {}
    for item in noted:
        found.setdefault(item["statement"], {})[item["reason"]] = None
    return {number: list(words) for number, words in found.items()}
