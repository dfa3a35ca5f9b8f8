"""One tree of errors; each says what failed, why, and what to do.

ReaderError
├── UsageError        2  the request makes no sense (unknown article, unknown tag, …)
│   ├── CodebookError 2  a codebook file or id is wrong
│   └── SettingsError 2  the settings file is wrong
├── InputError        3  input cannot be read (missing, not text, damaged, over a limit)
├── FileError         3  a file cannot be written, or its folder not be looked into
├── StorageError      4  the database refuses
│   ├── DatabaseLocked
│   ├── DatabaseReadOnly
│   ├── DatabaseNewer
│   ├── DatabaseDamaged
│   ├── DiskFull
│   ├── DatabaseGone
│   ├── ChangeRefused
│   │   └── ChangedMeanwhile
│   └── NotADatabase
├── NetworkError      5  a page could not be fetched
└── Cancelled       130  the user wanted no more of it
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar


class ReaderError(Exception):
    """An error that is shown to the user as it is.

    Args:
        message: What failed and why, one or two sentences.
        hint: What to do about it; may be empty.
    """

    title: ClassVar[str] = "Error"
    """Two or three words that name the kind of error."""
    exit_code: ClassVar[int] = 1
    """Exit status of the command line."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ReaderError):
    """The request makes no sense.

    Args:
        message: What is wrong.
        hint: What to do.
        details: Each mistake on its own, if there are several.
    """

    title = "Wrong use"
    exit_code = 2

    def __init__(self, message: str, hint: str = "", details: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.details = details


class CodebookError(UsageError):
    """A codebook is missing or breaks the format's rules."""

    title = "Codebook refused"


class SettingsError(UsageError):
    """The settings file cannot be read, or something in it is wrong."""

    title = "Settings"


class InputError(ReaderError):
    """Input cannot be read."""

    title = "Cannot read"
    exit_code = 3


class FileError(ReaderError):
    """A file cannot be written, or its folder cannot be looked into."""

    title = "File"
    exit_code = 3


class StorageError(ReaderError):
    """The database refuses to be read or written."""

    title = "Database"
    exit_code = 4


class DatabaseLocked(StorageError):  # noqa: N818 - named for what the database is
    """Another program holds the database."""

    title = "Database locked"


class DatabaseReadOnly(StorageError):  # noqa: N818 - named for what the database is
    """The database file or its folder cannot be written."""

    title = "Database read-only"


class DatabaseNewer(StorageError):  # noqa: N818 - named for what the database is
    """The database was written by a newer version of the program."""

    title = "Database is newer"


class DatabaseDamaged(StorageError):  # noqa: N818 - named for what the database is
    """The file's pages, or what is stored in them, do not add up."""

    title = "Database damaged"


class DiskFull(StorageError):  # noqa: N818 - named for what the disk is
    """The disk that holds the database has no room."""

    title = "Disk full"


class DatabaseGone(StorageError):  # noqa: N818 - named for what the database is
    """The file was deleted or replaced while it was open; a commit would be lost."""

    title = "Database gone"


class NotADatabase(StorageError):  # noqa: N818 - named for what the file is not
    """The file is something else than a library of this program."""

    title = "Not a library"


class ChangeRefused(StorageError):  # noqa: N818 - named for what happened
    """A change does not fit what is stored; trying again would not help."""

    title = "Change refused"


class ChangedMeanwhile(ChangeRefused):
    """What was to be changed is no longer as it was when that was decided."""

    title = "Changed meanwhile"


class NetworkError(ReaderError):
    """A page could not be fetched."""

    title = "Network"
    exit_code = 5


class Cancelled(ReaderError):  # noqa: N818 - named for what happened
    """The user wanted no more of what was being done; what was done before stays."""

    title = "Cancelled"
    exit_code = 130
