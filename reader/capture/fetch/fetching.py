"""Fetches a page: follows redirects, keeps to its limits, can be cancelled."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import field
from typing import TYPE_CHECKING

from reader import __version__
from reader.capture.fetch.address import Address, Permits, is_public, joined, parse
from reader.capture.fetch.body import Broken, TooLarge, unpack
from reader.capture.fetch.line import Line
from reader.domain.errors import Cancelled, NetworkError
from reader.domain.operation import now
from reader.domain.records import dataclass

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, HTTPConnectionPool

_PIECE = 65_536
_REDIRECTS = (301, 302, 303, 307, 308)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; close-reader/{__version__})",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}
_STATUS_HINTS = {
    401: "The page wants a login. Save it in a browser where you are logged in, and add the file.",
    402: "The page wants to be paid for. Save it in a browser that may see it, and add the file.",
    403: "The server does not let programs read it. Save it in a browser, and add the file.",
    404: "Check the address.",
    410: "The page is gone; an archive may have it.",
    429: "The server has been asked too often. Try again later.",
    451: "It must not be shown where you are, for legal reasons.",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may take.

    Attributes:
        seconds: For everything: looking up, connecting, redirects, the page itself.
        size: Bytes of the page, unpacked.
        redirects: How often one may be sent on.
    """

    seconds: float = 20.0
    size: int = 10 * 1024 * 1024
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came.

    Attributes:
        raw: Its bytes, unpacked.
        url: Where it was in the end.
        media_type: What the server says that it is, such as ``text/html``; may be empty.
        charset: The encoding that the server names, or None.
        at: When: UTC, ISO 8601, ms.
    """

    raw: bytes
    url: str
    media_type: str = ""
    charset: str | None = None
    at: str = field(default="")


class Fetch:
    """One fetch of one page. Runs in any thread but the event loop's; is used once.

    Args:
        url: As the user gave it.
        allow_private: Whether machines of private networks may be asked.
        limits: What it may take.
        told: Told how many bytes have come, in the fetching thread.
        permits: Which machines may be asked; by default those of the public internet.
    """

    def __init__(
        self,
        url: str,
        *,
        allow_private: bool = False,
        limits: Limits | None = None,
        told: Callable[[int], None] = lambda size: None,
        permits: Permits = is_public,
    ) -> None:
        self.url = url
        self._limits = limits or Limits()
        self._told = told
        self._permits: Permits = (lambda ip: True) if allow_private else permits
        self._lock = threading.Lock()
        self._line: Line | None = None
        self._cancelled = False

    def cancel(self) -> None:
        """End it; from any thread."""
        with self._lock:
            self._cancelled = True
            if self._line is not None:
                self._line.cancel()

    def run(self) -> Fetched:
        """Return the page.

        Raises:
            NetworkError: It could not be fetched; each reason has its own message.
            Cancelled: Somebody cancelled it.
        """
        address = parse(self.url)
        with self._lock:
            if self._cancelled:
                raise Cancelled("Fetching was cancelled.")
            self._line = line = Line(self._limits.seconds, self._permits)
        try:
            return self._follow(address, line)
        finally:
            line.close()

    def _follow(self, address: Address, line: Line) -> Fetched:
        """Return the page at an address, or where one is sent on to from there."""
        seen = {address.url}
        for _ in range(self._limits.redirects + 1):
            answer = self._ask(address, line)
            if isinstance(answer, Fetched):
                return answer
            address = parse(joined(address.url, answer))
            if address.url in seen:
                raise NetworkError(
                    f"{self.url} sends one round in a circle.",
                    "It may want cookies. Save the page in a browser, and add the file.",
                )
            seen.add(address.url)
        raise NetworkError(
            f"{self.url} sends one on more than {self._limits.redirects} times.",
            "Open it in a browser, and add the address that you come to.",
        )

    def _ask(self, address: Address, line: Line) -> Fetched | str:
        """Return the page, or where the server sends one on to."""
        from urllib3.exceptions import HTTPError, SSLError

        pool = _pool(address, line)
        try:
            response = pool.urlopen(
                "GET",
                address.target,
                headers=_HEADERS,
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
                timeout=max(0.1, line.left()),
            )
            return self._read(address, response, line)
        except (HTTPError, OSError, ValueError, Broken) as error:
            line.check()
            if isinstance(error, SSLError):
                raise _not_safe(address, error) from error
            raise _broken(address, error) from error
        except TooLarge as error:
            raise NetworkError(
                f"The page is larger than {self._limits.size / 2**20:g} MB.",
                "Save it in a browser, and add the file.",
            ) from error
        finally:
            pool.close()

    def _read(self, address: Address, response: BaseHTTPResponse, line: Line) -> Fetched | str:
        location = response.headers.get("Location")
        if response.status in _REDIRECTS and location:
            return location
        if response.status not in (200, 203):
            raise _status(address, response.status, response.reason or "")
        content_type = response.headers.get("Content-Type", "")
        encoding = response.headers.get("Content-Encoding", "")
        raw = unpack(self._pieces(response, line), encoding, self._limits.size)
        line.check()  # a connection that was cut looks like one that has ended
        named = _CHARSET.search(content_type)
        media_type = content_type.partition(";")[0].strip().lower()
        return Fetched(raw, address.url, media_type, named[1] if named else None, now())

    def _pieces(self, response: BaseHTTPResponse, line: Line) -> Iterator[bytes]:
        size = 0
        while piece := response.read(_PIECE):
            line.check()
            size += len(piece)
            self._told(size)
            yield piece


def _pool(address: Address, line: Line) -> HTTPConnectionPool:
    """Return what speaks to one server, over connections of our own making."""
    import ssl

    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class Plain(HTTPConnection):
        def _new_conn(self) -> object:  # type: ignore[override] # a socket, as there
            return line.connect(address)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> object:  # type: ignore[override] # the same
            return line.connect(address)

    if address.scheme == "http":
        plain = HTTPConnectionPool(address.host, address.port, maxsize=1)
        plain.ConnectionCls = Plain
        return plain
    secure = HTTPSConnectionPool(
        address.host, address.port, maxsize=1, ssl_context=_trusting(ssl.create_default_context())
    )
    secure.ConnectionCls = Secure
    return secure


def _trusting(context: object) -> object:
    """Return a context that knows whom to trust, also where Python was installed without."""
    import ssl
    from pathlib import Path

    paths = ssl.get_default_verify_paths()
    if not any(path and Path(path).exists() for path in (paths.cafile, paths.capath)):
        import certifi

        context.load_verify_locations(certifi.where())  # type: ignore[attr-defined] # it is one
    return context


# ---------------------------------------------------------------------- what went wrong


def _not_safe(address: Address, error: Exception) -> NetworkError:
    return NetworkError(
        f"{address.host} cannot show that it is who it says: {_last_words(error)}.",
        "Open it in a browser to see what is wrong; somebody may be listening.",
    )


def _broken(address: Address, error: Exception) -> NetworkError:
    if isinstance(error, Broken):
        why = "what came is damaged"
    else:
        why = {
            "IncompleteRead": "it ended before all of the page had come",
            "ProtocolError": "the connection broke",
            "ReadTimeoutError": "nothing more came",
        }.get(type(error).__name__, _last_words(error))
        why = "it ended before all of the page had come" if "IncompleteRead" in repr(error) else why
    return NetworkError(f"{address.host} did not send the page: {why}.", "Try again later.")


def _last_words(error: BaseException) -> str:
    """Return the innermost reason, in one line."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    words = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error)
    return " ".join(str(words).split())[:200].rstrip(".") or type(error).__name__


def _status(address: Address, status: int, reason: str) -> NetworkError:
    what = f"{status} {reason}".strip()
    hint = _STATUS_HINTS.get(status) or (
        "The server has a problem. Try again later." if status >= 500 else "Check the address."
    )
    return NetworkError(f"{address.host} answers {what[:100]} for this page.", hint)
