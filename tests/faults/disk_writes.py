"""Records what SQLite asks of the disk: every write, truncation and flush, in order.

The very SQLite that Python uses is asked: a file system layer of our own (a "VFS", see
sqlite.org/vfs.html) stands in front of its usual one, notes each call, and passes it on. So the
program's own code runs, with its own pragmas.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from typing import NamedTuple

_NAME = b"recording"


class Event(NamedTuple):
    """One thing that was asked of the disk, or acknowledged to the user.

    Attributes:
        what: ``open`` (made if it was not there), ``write``, ``truncate``, ``sync``, ``delete``,
            ``sync folder`` (the names in it), or ``saved``: the program called it saved.
        name: The file's name, or what was saved.
        offset: Where it was written, or the length after a truncation.
        data: The bytes.
    """

    what: str
    name: str
    offset: int = 0
    data: bytes = b""


class _Methods(ctypes.Structure):
    """``sqlite3_io_methods``: those that change a file, and the rest as it is."""


_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)

_Methods._fields_ = [
    ("version", c_int),
    ("close", c_void_p),
    ("read", c_void_p),
    ("write", _WRITE),
    ("truncate", _TRUNCATE),
    ("sync", _SYNC),
    ("rest", c_void_p * 13),
]


class _File(ctypes.Structure):
    _fields_ = (("methods", POINTER(_Methods)),)


class _Vfs(ctypes.Structure):
    """``sqlite3_vfs``: opening and deleting, and the rest as it is."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_name", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", _OPEN),
        ("delete", _DELETE),
        ("rest", c_void_p * 14),
    )


def _sqlite() -> ctypes.CDLL:
    """Return the SQLite that Python's own module uses."""
    import _sqlite3

    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = POINTER(_Vfs)
    library.sqlite3_vfs_find.argtypes = [c_char_p]
    library.sqlite3_vfs_register.argtypes = [POINTER(_Vfs), c_int]
    library.sqlite3_vfs_unregister.argtypes = [POINTER(_Vfs)]
    return library


class Recorder:
    """The layer.

    Args:
        folder: Only what lies in it is recorded, and not in a folder in it.
    """

    def __init__(self, folder: Path) -> None:
        self.events: list[Event] = []
        self._folder = folder
        self._library = _sqlite()
        self._usual = self._library.sqlite3_vfs_find(None)
        self._files: dict[int, tuple[str, _Methods]] = {}
        self._made: list[_Methods] = []  # SQLite holds pointers to them
        self._vfs = _Vfs()
        ctypes.memmove(ctypes.byref(self._vfs), self._usual, ctypes.sizeof(_Vfs))
        self._vfs.name = _NAME
        self._vfs.next = None
        self._vfs.open, self._vfs.delete = _OPEN(self._open), _DELETE(self._delete)
        self._write_, self._sync_ = _WRITE(self._write), _SYNC(self._sync)
        self._truncate_ = _TRUNCATE(self._truncate)

    def saved(self, what: str) -> None:
        """Note that the program has called something saved."""
        self.events.append(Event("saved", what))

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Let all databases that are opened inside the block be recorded."""
        self._library.sqlite3_vfs_register(ctypes.byref(self._vfs), 1)
        try:
            yield
        finally:
            self._library.sqlite3_vfs_register(self._usual, 1)
            self._library.sqlite3_vfs_unregister(ctypes.byref(self._vfs))

    # ------------------------------------------------------------------ what SQLite calls

    def _open(self, vfs: int, name: int, file: int, flags: int, got: int) -> int:
        result: int = self._usual.contents.open(vfs, name, file, flags, got)
        path = Path(ctypes.string_at(name).decode() if name else "")
        handle = ctypes.cast(file, POINTER(_File)).contents
        if result == 0 and handle.methods and path.parent == self._folder:
            usual = handle.methods.contents
            own = _Methods()
            ctypes.memmove(ctypes.byref(own), handle.methods, ctypes.sizeof(_Methods))
            own.write, own.truncate, own.sync = self._write_, self._truncate_, self._sync_
            self._made.append(own)
            self._files[file] = (path.name, usual)
            handle.methods = ctypes.pointer(own)
            self.events.append(Event("open", path.name))
        return result

    def _delete(self, vfs: int, name: int, flush: int) -> int:
        result: int = self._usual.contents.delete(vfs, name, flush)
        path = Path(ctypes.string_at(name).decode())
        if result == 0 and path.parent == self._folder:
            self.events.append(Event("delete", path.name))
            if flush & 1:
                self.events.append(Event("sync folder", ""))
        return result

    def _write(self, file: int, data: int, length: int, offset: int) -> int:
        name, usual = self._files[file]
        self.events.append(Event("write", name, offset, ctypes.string_at(data, length)))
        result: int = usual.write(file, data, length, offset)
        return result

    def _truncate(self, file: int, size: int) -> int:
        name, usual = self._files[file]
        self.events.append(Event("truncate", name, size))
        result: int = usual.truncate(file, size)
        return result

    def _sync(self, file: int, flags: int) -> int:
        name, usual = self._files[file]
        result: int = usual.sync(file, flags)
        self.events.append(Event("sync", name))
        return result
