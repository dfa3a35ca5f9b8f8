"""The settings: one table says every field, its values, its default, and what it is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reader.domain.errors import UsageError

APP = "close-reader"
"""Name of the program's own folders."""

PRESETS = ("default", "vim-strict")
"""Sets of keys that ``[keys]`` starts from."""


class Field:
    """One setting.

    Attributes:
        name: Its name in the file.
        default: What holds unless the file says otherwise; its type is the setting's type.
        about: One sentence for the README and for `reader config`.
        allowed: The values there are; empty where any text will do.
        least: Smallest number.
        most: Largest number.
    """

    __slots__ = ("about", "allowed", "default", "least", "most", "name")

    def __init__(
        self,
        name: str,
        default: str | int | bool,
        about: str,
        *,
        allowed: tuple[str, ...] = (),
        between: tuple[int, int] = (0, 0),
    ) -> None:
        self.name = name
        self.default = default
        self.about = about
        self.allowed = allowed
        self.least, self.most = between


FIELDS: tuple[Field, ...] = (
    Field("annotator", "", "Who annotates; empty is your login name."),
    Field("codebook", "credibility-7", "Id of the codebook whose tags the digits set."),
    Field("database", "", "The library file; empty is in the platform's data folder."),
    Field("width", 72, "Columns of text.", between=(24, 160)),
    Field("panel", "auto", "Where the annotations stand; `auto` is beside the text where there is "
          "room, else below it.", allowed=("auto", "side", "bottom", "hidden")),
    Field("theme", "reader-dark", "The colours.", allowed=("reader-dark", "reader-light")),
    Field("highlight_style", "tint", "How marked words look: on a tinted ground, on the tag's full "
          "colour, or underlined.", allowed=("tint", "solid", "underline")),
    Field("symbols", "unicode", "Signs of tags and frames; `ascii` for terminals without them.",
          allowed=("unicode", "ascii")),
    Field("plain", False, "No frames and no panel, and the current statement and its tags as "
          "lines of text at the bottom, for screen readers."),
    Field("ask_reason", True, "Offer to note why, when a tag is replaced by another."),
)  # fmt: skip
"""Every setting, in the order in which they are told."""


class Settings:
    """What holds: the settings file where it says something, else the default.

    Args:
        values: Values by name; those that are missing have their default.
        keys: The table ``[keys]``: a command's id and its keys as the user writes them.
        preset: The set of keys to start from.
        path: The file they are from, None if there is none.
    """

    annotator: str
    codebook: str
    database: str
    width: int
    panel: str
    theme: str
    highlight_style: str
    symbols: str
    plain: bool
    ask_reason: bool

    def __init__(
        self,
        values: Mapping[str, Any] | None = None,
        *,
        keys: Mapping[str, Any] | None = None,
        preset: str = "default",
        path: Path | None = None,
    ) -> None:
        given = values or {}
        for field in FIELDS:
            setattr(self, field.name, given.get(field.name, field.default))
        self.keys = dict(keys or {})
        self.preset = preset
        self.path = path


def config_path() -> Path:
    """Return where the settings file is looked for."""
    import platformdirs

    return platformdirs.user_config_path(APP) / "config.toml"


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings file; without one everything has its default.

    Args:
        path: A file that must be there, or None for the usual one.

    Raises:
        UsageError: The file cannot be read, or a field is unknown or of the wrong type.
    """
    where = path or config_path()
    try:
        source = where.read_text("utf-8-sig")
    except FileNotFoundError:
        if path is None:
            return Settings()
        raise UsageError(f"There is no settings file {path}.", "See the path.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{where}: {error}.", "Correct the file, or name another.") from None
    data = dict(_parsed(source, where))
    keys = data.pop("keys", {})
    if not isinstance(keys, dict):
        raise UsageError(f"{where}: keys must be a table.", "Write [keys].")
    preset = keys.pop("preset", "default")
    if preset not in PRESETS:
        raise UsageError(f"{where}: unknown preset.", f"Known: {', '.join(PRESETS)}.")
    problems = list(_problems(data))
    if problems:
        raise UsageError(f"{where}: {problems[0]}", "Correct the file, or name another.")
    return Settings(data, keys=keys, preset=preset, path=where)


def _parsed(source: str, where: Path) -> Mapping[str, Any]:
    import tomllib  # late: most people have no settings file

    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{where}: {error}.", "Correct the file, or name another.") from None


def _problems(data: Mapping[str, Any]) -> Iterator[str]:
    known = {field.name: field for field in FIELDS}
    for name, value in data.items():
        if name not in known:
            yield f"unknown setting {name}. Known: {', '.join(known)}."
            continue
        field = known[name]
        if type(value) is not type(field.default):
            yield f"{name} must be a {type(field.default).__name__}."
        elif field.allowed and value not in field.allowed:
            yield f"{name} must be one of {', '.join(field.allowed)}."
        elif isinstance(value, int) and field.most and not field.least <= value <= field.most:
            yield f"{name} must be from {field.least} to {field.most}."
