"""A page with its pictures in one file, as browsers save it (MHTML). In the child process only."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from reader.capture.html import page as html
from reader.capture.source import Report, Source
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import InputError

EXTRACTOR = "mhtml/1"
"""Name and version; that of the page's own extractor stands behind it."""


def extract(source: Source, report: Report) -> ArticleDraft:
    """Return the article of the page in a MIME message.

    Raises:
        InputError: There is no page in it, or no text in that.
    """
    message = message_from_bytes(source.raw, policy=policy.default)
    part = _page_in(message)
    if part is None:
        raise InputError(
            f"{source.name} has no web page in it.",
            "Open it in the program that saved it, and copy the text.",
        )
    payload = part.get_payload(decode=True)
    address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
    found = Source(
        raw=payload if isinstance(payload, bytes) else b"",
        name=source.name,
        url=source.url or (address if address.startswith(("http://", "https://")) else None),
        charset=part.get_content_charset() or source.charset,
        whole=source.whole,
    )
    draft = html.extract(found, report)
    return replace(
        draft, media_type="multipart/related", extractor=f"{EXTRACTOR} {draft.extractor}"
    )


def _page_in(message: EmailMessage) -> EmailMessage | None:
    """Return the part that is the page: the one that is named as the start, else the first."""
    start = str(message.get_param("start", "") or "")
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    named = (part for part in pages if start and str(part.get("Content-ID", "")) == start)
    return next(named, pages[0] if pages else None)
