"""Web addresses as users and servers write them, and which machines may be asked."""

from __future__ import annotations

import contextlib
import ipaddress
from collections.abc import Callable
from urllib.parse import quote, urljoin, urlsplit

from reader.domain.errors import NetworkError
from reader.domain.records import dataclass

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Permits = Callable[[IpAddress], bool]
"""Whether a machine may be connected to."""

_PORTS = {"http": 80, "https": 443}
_LONGEST = 8_000
_PATH_SIGNS = "/%:@!$&'()*+,;=~-._"
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Address:
    """A web address, taken apart.

    Attributes:
        url: All of it, in ASCII, without a fragment.
        scheme: ``http`` or ``https``.
        host: In ASCII.
        port: Such as 443.
        target: Path and query, as the server is asked for it.
    """

    url: str
    scheme: str
    host: str
    port: int
    target: str


def parse(url: str) -> Address:
    """Return an address taken apart.

    Raises:
        NetworkError: It is none that is fetched.
    """
    url = url.strip()
    if len(url) > _LONGEST or any(sign.isspace() or not sign.isprintable() for sign in url):
        raise NetworkError("This is no web address: it is too long, or has white space in it.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise NetworkError(
            f"{url} is no web address: {error}.", "Check how it is spelt."
        ) from error
    if parts.scheme not in _PORTS:
        raise NetworkError(
            f"{url} is not fetched: only http:// and https:// are.", "Check how it is spelt."
        )
    if not host or host.startswith(".") or parts.username is not None:
        why = "it has a user name in it" if parts.username is not None else "it names no machine"
        raise NetworkError(f"{url} is not fetched: {why}.", "Check how it is spelt.")
    port = port or _PORTS[parts.scheme]
    target = quote(parts.path or "/", _PATH_SIGNS)
    if parts.query:
        target += f"?{quote(parts.query, _PATH_SIGNS + '?')}"
    shown = f"[{host}]" if ":" in host else host
    shown += f":{port}" if port != _PORTS[parts.scheme] else ""
    return Address(f"{parts.scheme}://{shown}{target}", parts.scheme, host, port, target)


def joined(base: str, location: str) -> str:
    """Return where a server sends one on to; headers are bytes, often of UTF-8."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(base, location.strip())
    except ValueError:
        return location


def is_public(ip: IpAddress) -> bool:
    """Whether an IP address is one of the public internet, also where it is packed in another."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if ip.teredo is not None or ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast
