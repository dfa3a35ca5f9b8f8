"""The settings: one table says every field, its values, its default, and what it is for."""

from __future__ import annotations

from reader.services.folders import user_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from reader.domain.errors import UsageError

PRESETS = ("default", "vim-strict")
"""Sets of keys that ``[keys]`` starts from."""


LIBRARY_SORTS = tuple(
    f"{sign}{order}"
    for sign in ("", "-")
    for order in ("read", "added", "published", "title", "outlet", "progress", "status")
)
"""The orders of the list of articles; written out here, as the first words need the settings."""


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

    def takes(self, value: object) -> bool:
        """Whether a value of the file is one that it can have."""
        if type(value) is not type(self.default):
            return False
        if isinstance(value, str):
            return value.isprintable() and (not self.allowed or value in self.allowed)
        return not (self.most and isinstance(value, int)) or self.least <= value <= self.most


FIELDS: tuple[Field, ...] = (
    Field("annotator", "", "Who annotates; empty is your login name."),
    Field("codebook", "credibility-7", "Id of the codebook whose tags the digits set."),
    Field("database", "", "The library file; empty is in the platform's data folder."),
    Field("width", 72, "Columns of text.", between=(24, 160)),
    Field("panel", "auto", "Where the annotations stand; `auto` is beside the text where there is "
          "room, else below it.", allowed=("auto", "side", "bottom", "hidden")),
    Field("theme", "auto", "The colours; `auto` is dark, or light where the terminal says so when "
          "it is asked, or `COLORFGBG` does. `dark` and `light` keep the terminal's own "
          "background, which has to be dark or light.",
          allowed=("auto", "dark", "light", "high-contrast", "terminal")),
    Field("highlight_style", "tint", "How marked words look: on a tinted ground, on the tag's full "
          "colour, or underlined.", allowed=("tint", "solid", "underline")),
    Field("symbols", "auto", "Signs of tags and frames; `auto` is ASCII where the terminal's "
          "encoding has no others.", allowed=("auto", "unicode", "ascii")),
    Field("plain", False, "No frames and no panel, and the current statement and its tags as "
          "lines of text at the bottom, for screen readers."),
    Field("library_sort", "read", "The order of the list of articles; a minus in front turns it "
          "round.", allowed=LIBRARY_SORTS),
    Field("library_filter", "", "What the list of articles is filtered by."),
    Field("ask_reason", True, "Offer to note why, when a tag is replaced by another."),
    Field("blind_rating", False, "Hide the tags of a statement while its source is judged, and "
          "what was judged of the source until the statement has a tag."),
    Field("suggestions", True, "Suggest who says what, by the words of the text; never a tag."),
    Field("allow_private", False, "Let pages be fetched from machines of private networks, too."),
)  # fmt: skip
"""Every setting, in the order in which they are told."""

KEY_PRESET = Field(
    "keys.preset",
    PRESETS[0],
    "The keys that `[keys]` starts from; with `vim-strict` digits count (`3j`) and `t` and a digit "
    "tags.",
    allowed=PRESETS,
)
"""What is chosen in the table `[keys]`; told behind the settings."""


class Settings:
    """What holds: the settings file where it says something, else the default.

    Args:
        values: Values by name; those that are missing have their default.
        keys: The table ``[keys]``: a command's id and its keys as the user writes them.
        preset: The set of keys to start from.
        path: The file they are from, and are written to when the user changes something in the
            app; it need not be there. None keeps no changes.
        source: What it says.
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
    library_sort: str
    library_filter: str
    ask_reason: bool
    blind_rating: bool
    suggestions: bool
    allow_private: bool

    def __init__(
        self,
        values: Mapping[str, Any] | None = None,
        *,
        keys: Mapping[str, Any] | None = None,
        preset: str = "default",
        path: Path | None = None,
        source: str = "",
    ) -> None:
        given = values or {}
        for field in FIELDS:
            setattr(self, field.name, given.get(field.name, field.default))
        self.keys = dict(keys or {})
        self.preset = preset
        self.path = path
        self.source = source

    @property
    def lines(self) -> dict[str, int]:
        """On which line of the file each entry begins, such as ``keys.statement.next``."""
        from reader.services.settings.file import lines_of  # late: for messages only

        return lines_of(self.source)

    def blame(self, name: str, error: UsageError) -> None:
        """Say in an error about a setting's value in which line it stands, if the file has it."""
        line = self.lines.get(name)
        if line:
            error.message = f"{self.path}:{line}: {name}: {error.message}"

    @property
    def changes_keys(self) -> bool:
        """Whether keys may do something else than the table of commands says."""
        return bool(self.keys) or self.preset != PRESETS[0]


def config_path() -> Path:
    """Return where the settings file is looked for."""
    from pathlib import Path  # late: the first words are written without it

    return Path(user_folder("CONFIG")) / "config.toml"


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings file; without one everything has its default.

    Args:
        path: A file that must be there, or None for the usual one.

    Raises:
        SettingsError: The file cannot be read, or something in it is wrong.
    """
    where = path or config_path()
    if path is None and not _is_there(where):
        return Settings(path=where)
    from reader.services.settings import file as settings_file  # late: most people have none

    try:
        source = settings_file.read(where)
    except FileNotFoundError:
        from reader.domain.errors import SettingsError

        raise SettingsError(
            f"There is no settings file {where}.", "Name one that is there, or leave --config out."
        ) from None
    return settings_file.parse(source, where)


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True  # reading it will say what is wrong
    return True
