"""The user's own keys: how they are written, what clashes, what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.errors import SettingsError
from reader.services.settings.fields import PRESETS as NAMES
from reader.services.settings.fields import Settings
from reader.services.settings.file import parse
from reader.tui.commands import (
    CONTEXT_TITLES,
    all_commands,
    commands_for,
    key_for,
    keys_of,
    use_keys,
)
from reader.tui.commands.key_spelling import parse_key
from reader.tui.commands.presets import COUNTED, PRESETS

HERE = Path("config.toml")


@pytest.fixture(autouse=True)
def _table_after() -> Iterator[None]:
    yield
    use_keys(Settings())


def rebound(text: str) -> list[str]:
    return use_keys(parse(f"[keys]\n{text}\n", HERE))


def refused(text: str) -> str:
    with pytest.raises(SettingsError) as error:
        rebound(text)
    return "\n".join([error.value.message, *error.value.details, error.value.hint])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("n", "n"), ("N", "N"), ("Shift-n", "N"), ("?", "?"), (",", ","), ("+", "+"), ("ä", "ä"),
        ("Ctrl-N", "ctrl+n"), ("ctrl+n", "ctrl+n"), ("C-n", "ctrl+n"), ("Control+N", "ctrl+n"),
        ("Space", "space"), (" ", "space"), ("PgDn", "pagedown"), ("Page Down", "pagedown"),
        ("page_down", "pagedown"), ("F7", "f7"), ("Esc", "escape"), ("Return", "enter"),
        ("↓", "down"), ("Down", "down"), ("Alt-x", "alt+x"), ("Shift-Tab", "shift+tab"),
        ("Ctrl-Left", "ctrl+left"), ("Shift-Ctrl-Up", "ctrl+shift+up"), ("minus", "-"),
    ],
)  # fmt: skip
def test_keys_as_people_write_them(text: str, key: str) -> None:
    assert parse_key(text) == key


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Ctrl-I", "Tab"), ("ctrl+m", "Enter"), ("Ctrl-H", "Backspace"), ("Ctrl-[", "Esc"),
        ("Ctrl-C", "copies"), ("Ctrl-1", "letters"), ("Ctrl-Shift-N", "without Shift"),
        ("Shift-Space", "Space"), ("Shift-1", "character"), ("Cmd-N", "Cmd"), ("Alt-?", "alike"),
        ("Ctrl-Alt-x", "not both"), ("PgDnn", "PgDn"), ("Escpae", "Esc"), ("gg", "is no key"),
        ("j Down", '"j", "Down"'), ("\x1b", "no key"), ("", "no key"), ("Ctrl-", "no key"),
    ],
)  # fmt: skip
def test_keys_that_there_are_not_are_refused_with_what_to_do(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        parse_key(text)
    assert why in str(error.value)


def test_a_command_gets_the_keys_of_the_file_and_takes_them_from_the_others() -> None:
    told = rebound('"statement.next" = ["n", "F7"]\nsearch.next = "Ctrl-N"\n"note" = "p"')
    assert [keys_of(item) for item in all_commands() if item.id == "statement.next"] == [
        ("n", "f7")
    ]
    assert (key_for("search.next"), key_for("note"), told) == ("Ctrl-N", "p", [])
    assert key_for("statement.previous") == "k"


def test_a_command_that_loses_its_last_key_is_told_unless_that_was_meant() -> None:
    (told,) = rebound('"statement.next" = "n"')
    assert told.startswith("config.toml:2: statement.next takes n, and")
    assert '"search.next" = "…"' in told
    assert key_for("search.next") == "“next hit” in the palette"
    assert rebound('"statement.next" = "n"\n"search.next" = ""') == []
    assert rebound('"statement.next" = "n"\n"search.next" = []') == []
    (told,) = rebound('"highlight.plain" = "3"')
    assert "tag 3" in told


def test_one_key_may_do_two_things_where_they_never_meet() -> None:
    assert rebound('"select.snap" = "F7"\n"panel.jump" = "F7"\n"statement.next" = "F7"') == []


def test_every_mistake_is_told_with_its_line_and_a_suggestion() -> None:
    told = refused(
        '"statement.nxt" = "n"\n"undo" = "PgDnn"\n\n"note" = "F7"\n"flag" = "F7"\n"redo" = 3'
    )
    assert "config.toml:7: keys.redo is a key in quotes" in told
    told = refused('"statement.nxt" = "n"\n"undo" = "PgDnn"\n\n"note" = "F7"\n"flag" = "F7"')
    assert "config.toml:2: keys.statement.nxt is no command; did you mean statement.next?" in told
    assert 'config.toml:3: keys.undo: "PgDnn" is no key; did you mean PgDn?' in told
    assert 'config.toml:6: keys.flag: "F7" is given to note already; F2 is free there' in told
    assert "`reader keys --ids` lists commands" in told
    told = refused('"statement.next" = "n"\n"statement.previous" = "n"\n"note" = "Blah-x"')
    assert '"n" is given to statement.next already; Ctrl-N is free there' in told
    assert '"Blah-x" is no key; keys are written like n' in told


def test_nobody_is_locked_in() -> None:
    assert "keys.quit must have a key" in refused('"quit" = []')
    assert "config.toml:2: keys.quit must have a key" in refused('"undo" = "Ctrl-Q"')


def test_presets_are_whole_and_clash_nowhere() -> None:
    ids = {command.id for command in all_commands()}
    assert set(NAMES) == set(PRESETS)
    assert ids >= COUNTED
    for name, changed in PRESETS.items():
        assert ids >= set(changed)
        assert use_keys(Settings(preset=name)) == []
        for context in CONTEXT_TITLES:
            keys = [key for command in commands_for(context) for key in keys_of(command)]
            assert len(keys) == len(set(keys)), (name, context)
    assert "did you mean vim-strict" in refused('preset = "vim-strct"')
    assert rebound('preset = "vim-strict"\n"tag.prefix" = "T"\n"contents" = "t"') == []


NAMES_AND_NOT = st.sampled_from(
    [*(command.id for command in all_commands()), "preset", "x", "a.b.c"]
)
WRITTEN = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["n", "Ctrl-I", "F7", "PgDn", "Ctrl-Q", ":", "1", "vim-strict", ""]),
    st.lists(st.sampled_from(["n", "F6", "Esc", "Ctrl-Q", 3]), max_size=3),
    st.integers(),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=1),
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES_AND_NOT, WRITTEN, max_size=6), st.binary(max_size=60))
def test_any_file_is_taken_or_refused(keys, rest) -> None:
    """Nothing but the documented error; what is taken leaves no key with two commands."""
    source = "\n".join(f"{json.dumps(name)} = {_toml(value)}" for name, value in keys.items())
    for text in (f"[keys]\n{source}", rest.decode("utf-8", "replace")):
        try:
            use_keys(parse(text, HERE))
        except SettingsError:
            continue
        for context in CONTEXT_TITLES:
            found = [key for command in commands_for(context) for key in keys_of(command)]
            assert len(found) == len(set(found))


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{%s}" % ", ".join(f"{json.dumps(key)} = {each}" for key, each in value.items())  # noqa: UP031 - braces
    return json.dumps(value)


def test_what_is_the_same_in_every_dialog_is_refused() -> None:
    assert '"Esc" takes or leaves in every dialog' in refused('"evidence.add" = "Esc"')
    assert '"x" is typed there' in refused('"choose.next" = "x"')
    assert '"Ctrl-A" is for what is typed there' in refused('"form.next" = "Ctrl-A"')
    assert '"Ctrl-Q" is given to quit' in refused('"quit" = "Ctrl-Q"\n"evidence.add" = "Ctrl-Q"')
    assert "did you mean evidence.add?" in refused('"evidence.ad" = "x"')
    assert "keys.quit must have a key" in refused('"evidence.add" = "Ctrl-Q"')
    assert rebound('"picker.remove" = ["Backspace", "F8"]\n"choose.next" = "Ctrl-A"') == []
    (told,) = rebound('"list.leave" = ["f", "q"]')
    assert '"evidence.find" = "…"' in told
