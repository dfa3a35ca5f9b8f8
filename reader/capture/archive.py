"""Members of a zip archive from outside: limits on what they unpack to, and no way out of it."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from reader.domain.errors import InputError

MB = 1024 * 1024
MEMBER, TOTAL, RATIO = 32 * MB, 128 * MB, 200
"""Bytes of one member and of all that are read, and how much a member may grow in unpacking."""
_SMALL = 1 * MB  # what is smaller may grow as it likes
_MOST_MEMBERS = 20_000
_BLOCK = 64 * 1024


class Archive:
    """A zip archive of which single members are read, in memory only.

    Args:
        raw: Its bytes.
        name: What messages call it.

    Raises:
        InputError: It is damaged, locked, or has too many members.
    """

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        self._left = TOTAL
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            # zipfile lets through whatever it meets in a damaged or encrypted archive
            raise self._damaged() from error
        members = self._zip.infolist()
        if len(members) > _MOST_MEMBERS:
            raise InputError(
                f"{name} has {len(members):,} files in it; the limit is {_MOST_MEMBERS:,}.",
                "Books have hundreds; this may be made to do harm.",
            )
        self._members = {info.filename: info for info in members}

    def __contains__(self, path: object) -> bool:
        return path in self._members

    def read(self, path: str) -> bytes:
        """Return what a member holds.

        Raises:
            InputError: It is missing, damaged, locked, or unpacks to too much.
        """
        info = self._members.get(path)
        if info is None:
            raise InputError(
                f"{self.name} is damaged: it has no {path} in it.", "Get it anew, and add that."
            )
        if info.flag_bits & 1:
            raise InputError(
                f"{self.name} is locked with a password.",
                "Unlock it in the program that made it, and add the result.",
            )
        allowed = min(MEMBER, self._left, max(_SMALL, RATIO * info.compress_size))
        data = self._unpacked(info, allowed + 1)
        if len(data) > allowed:
            raise InputError(
                f"{self.name} unpacks to more than is allowed ({MEMBER // MB} MB a file, "
                f"{TOTAL // MB} MB in all, {RATIO} times its size): it may be made to do harm.",
                "If you trust it, unpack it and add what is in it.",
            )
        self._left -= len(data)
        return data

    def _unpacked(self, info: zipfile.ZipInfo, most: int) -> bytes:
        """Return the first bytes of a member; what its header says of its size is not trusted."""
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as file:
                while size < most and (part := file.read(min(_BLOCK, most - size))):
                    parts.append(part)
                    size += len(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            # zipfile lets through whatever it meets in a damaged or encrypted archive
            raise self._damaged() from error
        return b"".join(parts)

    def _damaged(self) -> InputError:
        return InputError(f"{self.name} is damaged: it cannot be unpacked.", "Get it anew.")


def inside(folder: str, reference: str) -> str | None:
    """Return the member that a reference means, or None if it leads out of the archive.

    Args:
        folder: Where the reference stands, within the archive.
        reference: Relative, as in a link; what is behind ``#`` is left out.
    """
    from urllib.parse import unquote

    path = unquote(reference.partition("#")[0])
    if "://" in path or path.startswith(("/", "\\")) or "\0" in path:
        return None
    found = posixpath.normpath(posixpath.join(folder, path))
    return None if found.startswith("..") else found


def parse_xml(data: bytes, name: str) -> Any:
    """Return the root of an XML document; entities stand for nothing, and nothing is fetched.

    Raises:
        InputError: It is no XML, or nested or long beyond reason.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True,
        remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(
            f"{name} cannot be read: {_reason(str(error))}.", "Get it anew, or save it again."
        ) from error
    if root is None:
        raise InputError(f"{name} is damaged: a part of it is empty.", "Get it anew.")
    return root


def _reason(said: str) -> str:
    """Return what a parser found wrong, in words for people."""
    if "amplification" in said or "ntity reference loop" in said:
        return "its entities unpack to more than is allowed; it may be made to do harm"
    if "depth" in said:
        return "it is nested deeper than is allowed; it may be made to do harm"
    return "it is damaged (no valid XML)"


def local(element: Any) -> str:
    """Return an element's name without its namespace; empty for what is none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words_of(element: Any) -> str:
    """Return the text in an element and below it, white space made single spaces."""
    return " ".join("".join(element.itertext()).split())
