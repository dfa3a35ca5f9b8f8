"""Where things lie, and who annotates, unless said otherwise."""

from __future__ import annotations

import os
from pathlib import Path

from reader.domain.errors import UsageError
from reader.domain.untrusted import is_printable
from reader.services.folders import user_folder
from reader.services.settings.fields import Settings, config_path


def codebooks_path() -> Path:
    """Return the folder where the user's own codebooks are looked for."""
    return config_path().with_name("codebooks")


def database_path(option: str | None, settings: Settings) -> Path:
    """Return where the library lies: the option, READER_DB, the settings, the data folder."""
    named = option or os.environ.get("READER_DB") or settings.database
    if named:
        return Path(named).expanduser().absolute()
    return Path(user_folder("DATA")) / "library.db"


def annotator_handle(option: str | None, settings: Settings) -> str:
    """Return who annotates: the option, READER_ANNOTATOR, the settings, the login name."""
    named = option or os.environ.get("READER_ANNOTATOR") or settings.annotator
    return check_handle(named) if named else _login_name()


def check_handle(handle: str) -> str:
    """Return a handle without surrounding space.

    Raises:
        UsageError: It is empty, too long, or holds control characters.
    """
    handle = handle.strip()
    if not handle or len(handle) > 64 or not is_printable(handle):
        raise UsageError(
            "An annotator's name has 1 to 64 printable characters.", "Give another name."
        )
    return handle


def _login_name() -> str:
    import getpass  # late: not needed where the settings name somebody

    try:
        return check_handle(getpass.getuser())
    except (OSError, KeyError, UsageError):
        return "reader"
