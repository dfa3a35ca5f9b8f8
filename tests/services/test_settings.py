"""The settings file: what holds, and what is refused."""

from pathlib import Path

import pytest

from reader.domain.errors import SettingsError, UsageError
from reader.services.settings import FIELDS, Settings, load_settings
from reader.tui.themes import CHOICES, THEMES


def test_the_table_and_the_attributes_are_the_same() -> None:
    names = [field.name for field in FIELDS]
    assert names == list(Settings.__annotations__)
    found = Settings()
    for field in FIELDS:
        assert getattr(found, field.name) == field.default
        assert not field.allowed or field.default in field.allowed
        assert Settings.__annotations__[field.name] == type(field.default).__name__


def test_the_themes_are_those_that_there_are() -> None:
    field = next(field for field in FIELDS if field.name == "theme")
    assert {theme.name for theme in THEMES} == set(field.allowed) - {"auto"}
    assert tuple(CHOICES) == field.allowed


def test_what_the_file_says_holds(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'\xef\xbb\xbftheme = "light"\r\nwidth = 80\r\nplain = true\r\n'
                     b'[keys]\r\npreset = "vim-strict"\r\n"statement.next" = "n"\r\n')  # fmt: skip
    found = load_settings(path)
    assert (found.theme, found.width, found.plain) == ("light", 80, True)
    assert (found.preset, found.keys, found.path) == ("vim-strict", {"statement.next": "n"}, path)
    assert found.codebook == "credibility-7"


@pytest.mark.parametrize("text", ["width = 5", "width = true", 'theme = "x"', "colour = 1", "a ="])
def test_what_makes_no_sense_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=r"config\.toml"):
        load_settings(path)


@pytest.mark.parametrize("raw", [b"width = 8\xff", b"\x00", b"x" * 300_000, b"a = " + b"[" * 5_000])
def test_what_is_no_settings_file_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(raw)
    for where in (path, tmp_path, tmp_path / "missing.toml"):
        with pytest.raises(SettingsError, match=str(where)):
            load_settings(where)
