"""A small disk that can be filled and emptied again."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SIZE = 5 * 1024 * 1024
"""Bytes of a disk of our own."""


class Disk:
    """A folder on a disk that may become full.

    Attributes:
        folder: Where the library lies.
        own: Whether it is a file system of its own. Where none may be mounted, the programs are
            kept from making their files longer instead, which SQLite meets as an error of writing.
    """

    def __init__(self, folder: Path, *, own: bool) -> None:
        self.folder, self.own = folder, own
        self._filler = folder / "filler"
        self._limited: list[int] = []

    @property
    def says(self) -> str:
        """What the message says that is shown then."""
        return "is full" if self.own else "See that it has room"

    def fill(self, pid: int = 0) -> None:
        """Leave no room.

        Args:
            pid: The program that shall have none; this one by default.
        """
        if not self.own:
            longest = max(file.stat().st_size for file in self.folder.iterdir() if file.is_file())
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (longest, resource.RLIM_INFINITY))
            self._limited.append(pid)
            return
        with self._filler.open("ab", buffering=0) as file:
            for size in (65_536, 4_096, 1):
                with suppress(OSError):  # there is none left
                    while True:
                        file.write(bytes(size))

    def make_room(self) -> None:
        """Let there be room again."""
        self._filler.unlink(missing_ok=True)
        for pid in self._limited:
            both = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            with suppress(ProcessLookupError):  # it has ended
                resource.prlimit(pid, resource.RLIMIT_FSIZE, both)
        self._limited.clear()


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """Give a small disk in a folder: a mounted one where that is allowed."""
    place = folder / "disk"
    place.mkdir()
    mounted = os.geteuid() == 0 and _mount(place, f"size={SIZE}")
    disk = Disk(place, own=mounted)
    try:
        yield disk
    finally:
        disk.make_room()
        if mounted:
            subprocess.run(["umount", "--lazy", str(place)], check=True)


def _mount(place: Path, options: str) -> bool:
    words = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0
