"""Where things lie, and who annotates, unless said otherwise."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from reader.domain.errors import UsageError

APP = "close-reader"
"""Name of the program's own folders."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings file says.

    Attributes:
        annotator: Handle of who annotates; empty is the login name.
        codebook: Id of the codebook whose tags the digits set.
        width: Reading width in columns.
        database: Path of the library; empty is the platform's data folder.
    """

    annotator: str = ""
    codebook: str = "credibility-7"
    width: int = 72
    database: str = ""


def config_path() -> Path:
    """Return where the settings file is looked for."""
    import platformdirs

    return platformdirs.user_config_path(APP) / "config.toml"


def codebooks_path() -> Path:
    """Return the folder where the user's own codebooks are looked for."""
    return config_path().with_name("codebooks")


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings file; without one everything has its default.

    Args:
        path: A file that must be there, or None for the usual one.

    Raises:
        UsageError: The file cannot be read, or a field is unknown or of the wrong type.
    """
    where = path or config_path()
    try:
        source = where.read_text("utf-8")
    except FileNotFoundError:
        if path is None:
            return Settings()
        raise UsageError(f"There is no settings file {path}.", "See the path.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{where}: {error}.", "Correct the file, or name another.") from None
    return Settings(**_checked(_parsed(source, where), where))


def _parsed(source: str, where: Path) -> Mapping[str, Any]:
    import tomllib  # late: most people have no settings file

    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{where}: {error}.", "Correct the file, or name another.") from None


def _checked(data: Mapping[str, Any], where: Path) -> dict[str, Any]:
    known = {field.name: type(field.default) for field in fields(Settings)}
    for name, value in data.items():
        if name not in known:
            raise UsageError(f"{where}: unknown setting {name}.", f"Known: {', '.join(known)}.")
        if type(value) is not known[name]:
            raise UsageError(f"{where}: {name} must be a {known[name].__name__}.", "")
    return dict(data)


def database_path(option: str | None, settings: Settings) -> Path:
    """Return where the library lies: the option, READER_DB, the settings, the data folder."""
    named = option or os.environ.get("READER_DB") or settings.database
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs

    return platformdirs.user_data_path(APP) / "library.db"


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
    if not handle or len(handle) > 64 or not handle.isprintable():
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
