"""Settings written into their file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.errors import ReaderError, SettingsError
from reader.services.settings import change as settings_change
from reader.services.settings.change import changed, keep, put
from reader.services.settings.fields import FIELDS, load_settings

COMMENTED = """\
# My settings
theme = "dark"   # for the night

# The keys I am used to
[keys]
statement.next = "n"  # as in less
"note" = ["F5", "a"]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "config.toml"


def test_comments_order_and_line_ends_stay(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbf" + COMMENTED.replace("\n", "\r\n").encode())
    assert keep(path, {"theme": "light", "width": 80, "keys.statement.next": ["j", "n"]})
    assert keep(path, {"keys.note": "F5"})
    wanted = COMMENTED.replace('"dark"', '"light"').replace(
        "the night\n", "the night\nwidth = 80\n"
    )
    wanted = wanted.replace('= "n"', '= ["j", "n"]').replace('["F5", "a"]', '"F5"')
    assert path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n") == wanted
    assert path.read_bytes().startswith(b"\xef\xbb\xbf# My settings\r\n")
    found = load_settings(path)
    assert (found.theme, found.width, found.keys["note"]) == ("light", 80, "F5")


def test_a_file_is_made_only_when_something_changes_and_only_that_is_in_it(path: Path) -> None:
    defaults = {field.name: field.default for field in FIELDS}
    assert not keep(path, defaults)
    assert not path.parent.exists()
    assert keep(path, {**defaults, "width": 80})
    assert path.read_text() == "width = 80\n"
    assert put(path, {"keys.undo": [], "panel": "auto"})
    assert path.read_text() == 'width = 80\npanel = "auto"\n\n[keys]\n"undo" = []\n' or (
        path.read_text() == 'width = 80\npanel = "auto"\n\n[keys]\nundo = []\n'
    )
    before = path.stat().st_mtime_ns
    assert not put(path, {"panel": "auto"})
    assert path.stat().st_mtime_ns == before
    assert put(path, {"width": None, "keys.undo": None, "theme": None})
    assert path.read_text().startswith('panel = "auto"\n')
    assert load_settings(path).keys == {}


def test_what_is_no_toml_or_may_not_be_written_stays_as_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    path.write_text("width = \n")
    with pytest.raises(SettingsError, match=r"config\.toml:1"):
        keep(path, {"width": 80})
    path.write_text("width = 76\n")
    path.chmod(0o444)
    monkeypatch.setattr(settings_change.os, "access", lambda path, mode: False)  # as if not root
    with pytest.raises(ReaderError, match="may not be written"):
        keep(path, {"width": 80})
    assert path.read_text() == "width = 76\n"


def test_a_link_is_followed(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    real = tmp_path / "dotfiles.toml"
    real.write_text("# mine\n")
    path.symlink_to(real)
    keep(path, {"width": 80})
    assert path.is_symlink()
    assert real.read_text() == "# mine\nwidth = 80\n"


LINES = st.lists(
    st.sampled_from(
        [
            "",
            "# a comment",
            "width = 76 # x",
            'theme = "dark"',
            "other = [\n  1,\n  2, # b\n]",
            'text = """\n[keys]\nwidth = 3\n"""',
            "[keys]",
            '"undo" = "z"',
            "statement.next = 'n'",
            "[keys.panel]",
            "next = 'F5'",
            "[[more]]",
            "# end",
        ]
    )
)


@given(LINES, st.sampled_from([80, None]), st.sampled_from(["F6", [], ["a", "b"], None]))
def test_whatever_the_file_is_like_nothing_else_changes(lines, width, key) -> None:
    import tomllib

    source = "\n".join(lines)
    try:
        tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return
    wanted = {"width": width, "keys.undo": key}
    try:
        text = changed(source, Path("config.toml"), wanted)
    except SettingsError:
        return
    found = tomllib.loads(text)
    assert found.get("width") == width
    assert found.get("keys", {}).get("undo") == key
    for part in ("# a comment", "# end", "# b"):
        assert text.count(part) == source.count(part)
