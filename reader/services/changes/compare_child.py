"""The child process that compares versions, so that the program goes on meanwhile.

A second of pure Python would hold up every key and every save of the program that it runs in. It is
started by :mod:`reader.services.changes.apart` with the folder of the package as its only argument,
answers one request, and ends; frames are those of :mod:`reader.capture.framing`.

A request is the frame of a JSON object and what belongs to it. ``{"job": "align"}`` is followed by
the old and the new text; ``{"job": "prepare", "path": …, "article": …}`` by a draft. The answer is
``{"error": …}``, or what is asked for with an alignment: five frames of integers.
"""

from __future__ import annotations

import json
import os
import sys
from array import array
from pathlib import Path
from typing import IO, Any

from reader.capture import framing
from reader.domain.comparing.alignment import Alignment, Words
from reader.domain.errors import ReaderError


def main() -> None:
    """Answer one request."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if hasattr(os, "nice"):
        os.nice(5)
    try:
        wish = json.loads(framing.read(source))
        if wish["job"] == "align":
            old, new = (framing.read(source).decode("utf-8") for _ in range(2))
            write_alignment(sink, Alignment(old, new))
        else:
            _prepare(source, sink, wish)
    except EOFError:
        return
    except ReaderError as error:
        framing.write(sink, as_json({"error": [error.message, error.hint]}))


def _prepare(source: IO[bytes], sink: IO[bytes], wish: dict[str, str]) -> None:
    """Work out what a new version changes, and answer with it."""
    from reader.services.changes.refreshing import prepare
    from reader.storage.library import Library

    draft = framing.read_draft(source, framing.read_head(source, lambda done, total: None))
    with Library(Path(wish["path"]), read_only=True) as library:
        found = prepare(library, wish["article"], draft)
    changes = [[item.entity, item.uid, item.patch, item.before] for item in found.changes]
    fates = {fate.value: count for fate, count in found.fates.items()}
    head = {"before": found.before, "version": found.version, "newest": found.newest}
    framing.write(sink, as_json({**head, "changes": changes, "fates": fates}))
    if found.alignment is not None:
        framing.write(sink, found.alignment.old.text.encode("utf-8"))
        write_alignment(sink, found.alignment)


def as_json(value: dict[str, Any]) -> bytes:
    """Return a JSON object as a frame."""
    return json.dumps(value).encode("ascii")


def write_alignment(sink: IO[bytes], found: Alignment) -> None:
    """Write an alignment without its texts."""
    places = (found.old.starts, found.old.ends, found.new.starts, found.new.ends)
    runs = array("l", (number for run in found.runs for number in run))
    framing.write(sink, as_json({}), *(item.tobytes() for item in (*places, runs)))


def read_alignment(source: IO[bytes], old: str, new: str) -> Alignment:
    """Return the alignment of two texts that comes next.

    Raises:
        EOFError: The child has ended.
        ValueError: It is none.
    """
    framing.read(source)
    a, a_end, b, b_end, runs = (_integers(framing.read(source)) for _ in range(5))
    triples = list(zip(runs[::3], runs[1::3], runs[2::3], strict=True))
    return Alignment(Words(old, (a, a_end)), Words(new, (b, b_end)), triples)


def _integers(data: bytes) -> array[int]:
    found = array("l")
    found.frombytes(data)
    return found
