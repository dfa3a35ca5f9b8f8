"""The settings file: what holds, and what is refused."""

import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.errors import SettingsError, UsageError
from reader.services.settings.fields import FIELDS, Settings, load_settings
from reader.services.settings.plain_lines import before_tables, plain
from reader.tui.look.themes import CHOICES, THEMES


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


def test_a_table_that_stands_twice_is_told_of_as_that(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nundo = "U"\n[keys]\nredo = "R"\n')
    with pytest.raises(SettingsError, match=r"config\.toml:3: .*twice") as caught:
        load_settings(path)
    assert "stand in the file once" in caught.value.hint


@pytest.mark.parametrize(
    "raw",
    [
        *(b"width = 8\xff", b"\x00", b"x" * 300_000, b"a = " + b"[" * 5_000),
        *(b"width = " + b"8" * 5_000, b"a = " + b"[" * 5_000 + b"]" * 5_000),
        b"[keys]\npreset = [0x" + b"f" * 5_000 + b"]",
    ],
)
def test_what_is_no_settings_file_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(raw)
    for where in (path, tmp_path, tmp_path / "missing.toml"):
        with pytest.raises(SettingsError, match=str(where)):
            load_settings(where)


VALUES = st.sampled_from(
    [
        "72",
        "0",
        "007",
        "-1",
        "1_000",
        "true",
        "True",
        '"a b"',
        '"a\\\\n"',
        "'a'",
        '""',
        '"ä"',
        "1.5",
        "[]",
    ]
)
NAMES = st.sampled_from(["width", "theme", "a.b", '"q"', "A", "x_y", "[keys]", ""])
ENDS = st.sampled_from(["", " ", " # why", "# ä", "#\x7f", "\r", " x"])


@settings(max_examples=300)
@given(st.lists(st.tuples(NAMES, VALUES, ENDS), max_size=3))
def test_the_quick_way_reads_what_the_parser_reads(entries) -> None:
    source = "\n".join(f"{name} = {value}{end}" for name, value, end in entries)
    found = plain(source)
    if found is not None:
        assert found == tomllib.loads(source)
        assert [type(value) for value in found.values()] == [
            type(value) for value in tomllib.loads(source).values()
        ]


@given(st.lists(st.tuples(NAMES, VALUES, ENDS), max_size=3))
def test_what_stands_before_tables_is_read_without_them(entries) -> None:
    source = "\n".join(f"{name} = {value}{end}" for name, value, end in entries)
    whole = f"{source}\n[keys]\nwidth = 1\n"
    found = plain(before_tables(whole))
    if found is not None:
        with suppress(tomllib.TOMLDecodeError):
            assert found | {"keys": {"width": 1}} == tomllib.loads(whole)
    assert before_tables("[keys]\nwidth = 1\n") == ""


def test_a_file_of_the_app_is_read_the_quick_way() -> None:
    assert plain('width = 80 # wide\n\n# mine\ntheme = "dark"\nplain = true\n') == {
        "width": 80, "theme": "dark", "plain": True
    }  # fmt: skip
