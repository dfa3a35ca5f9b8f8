"""What a server sends, unpacked, with a limit that holds for what comes out."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from reader.domain.errors import NetworkError

_GZIP_OR_ZLIB = 47  # window bits: either head is recognised
_BARE = -15  # some servers leave the head of "deflate" out


class TooLarge(Exception):  # noqa: N818 - never leaves the package
    """More came out than is allowed."""


class Broken(Exception):  # noqa: N818 - never leaves the package
    """The packed bytes are damaged, or end too early."""


def unpack(pieces: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """Return what pieces of a body are when unpacked.

    Never more than the limit is unpacked, whatever a few bytes would become.

    Args:
        pieces: The body as it comes.
        encoding: The server's word for how it is packed; empty if it is not.
        limit: Bytes.

    Raises:
        NetworkError: It is packed in a way that nobody asked for.
        TooLarge: More came out than is allowed.
        Broken: It is damaged, or ends too early.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return _gathered(pieces, limit)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise NetworkError(
            f"The server packed the page in a way that was not asked for ({encoding[:40]}).",
            "Save the page in a browser and add the file.",
        )
    return _Unpacking(limit).all(pieces)


def _gathered(pieces: Iterable[bytes], limit: int) -> bytes:
    found = bytearray()
    for piece in pieces:
        found += piece
        if len(found) > limit:
            raise TooLarge
    return bytes(found)


class _Unpacking:
    """Unpacks zlib, gzip of one or more members, and deflate without a head."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._found = bytearray()
        self._zlib = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._begun = False

    def all(self, pieces: Iterable[bytes]) -> bytes:
        for piece in pieces:
            self._feed(piece)
        if self._begun and not self._zlib.eof:
            raise Broken
        return bytes(self._found)

    def _feed(self, data: bytes) -> None:
        while data:
            if self._zlib.eof:  # another member, or padding, which nobody needs
                if not data.startswith(b"\x1f\x8b"):
                    return
                self._zlib = zlib.decompressobj(_GZIP_OR_ZLIB)
            self._found += self._some(data)
            if len(self._found) > self._limit:
                raise TooLarge
            self._begun = True
            data = self._zlib.unconsumed_tail or self._zlib.unused_data

    def _some(self, data: bytes) -> bytes:
        room = self._limit - len(self._found) + 1
        try:
            return self._zlib.decompress(data, room)
        except zlib.error as error:
            if self._begun:
                raise Broken from error
        self._zlib = zlib.decompressobj(_BARE)
        try:
            return self._zlib.decompress(data, room)
        except zlib.error as error:
            raise Broken from error
