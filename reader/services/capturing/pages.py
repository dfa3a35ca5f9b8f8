"""Pages from the web: fetched when the user asks for one, and read like any other source."""

from __future__ import annotations

from dataclasses import replace

from reader.capture.capture import capture_bytes
from reader.capture.fetch import Fetch, Fetched, Limits
from reader.capture.html.metadata import clean_address
from reader.capture.sandbox import Sandbox
from reader.capture.source import Report, quiet
from reader.domain.article import Metadata
from reader.domain.article_draft import ArticleDraft
from reader.domain.content import CaptureDetails
from reader.domain.errors import InputError, NetworkError
from reader.domain.records import dataclass

LIMITS = Limits()
"""What a fetch may take."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How what was fetched is to be read.

    Attributes:
        kind: What it is, if that is to be said.
        metadata: What is known of it; wins over what the page says.
        whole: Whether all the words of the page are wanted.
    """

    kind: str | None = None
    metadata: Metadata | None = None
    whole: bool = False


def fetch(
    url: str, sandbox: Sandbox, *, allow_private: bool = False, report: Report = quiet
) -> Fetched:
    """Fetch a page; cancelling the sandbox ends it.

    Args:
        url: As the user gave it.
        sandbox: Where it will be read.
        allow_private: Whether machines of private networks may be asked.
        report: Told of kilobytes that have come, of as many.

    Raises:
        NetworkError: It could not be fetched.
        Cancelled: The sandbox was cancelled.
    """

    def told(size: int) -> None:
        report(size // 1000, size // 1000)

    work = Fetch(url, allow_private=allow_private, limits=LIMITS, told=told)
    with sandbox.ending(work.cancel):
        return work.run()


def draft_of_page(
    url: str,
    page: Fetched,
    sandbox: Sandbox,
    reading: Reading | None = None,
    report: Report = quiet,
) -> ArticleDraft:
    """Return the draft of what was fetched: a page, or whatever else was at the address.

    Args:
        url: As the user gave it.
        page: What was fetched.
        sandbox: Where it is read.
        reading: How it is to be read.
        report: Told of progress.

    Raises:
        InputError: It cannot be read.
        Cancelled: The sandbox was cancelled.
    """
    reading = reading or Reading()
    try:
        draft = capture_bytes(
            page.raw,
            origin=clean_address(url) or page.url,
            kind=reading.kind,
            metadata=reading.metadata,
            name=url,
            url=page.url,
            charset=page.charset,
            whole=reading.whole,
            sandbox=sandbox,
            report=report,
        )
    except InputError as error:
        if not page.raw.strip():
            raise NetworkError(f"{url} is an empty page.", "Open it in a browser.") from error
        raise
    found = draft.metadata
    metadata = found if found.url else replace(found, url=clean_address(page.url))
    details = CaptureDetails(page.url, draft.details.quality, draft.details.pages)
    return replace(draft, metadata=metadata, details=details)
