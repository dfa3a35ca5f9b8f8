import re
import tomllib
from pathlib import Path

from reader.tui.commands import CONTEXT_TITLES, all_commands, commands_for, listed
from tests.docs import DEFAULT_CODEBOOK, MANUAL, PARTS, README, default_codebook, manual, written

CHANGELOG = Path(README).with_name("CHANGELOG.md")


def test_the_readme_says_what_the_code_does() -> None:
    text = README.read_text("utf-8")
    assert written(text) == text, "run: python -m tests.docs"


def test_the_default_codebook_is_that_of_its_toml() -> None:
    assert DEFAULT_CODEBOOK.read_text("utf-8") == default_codebook(), "run: python -m tests.docs"


def test_the_manual_page_that_is_installed_says_what_the_code_does() -> None:
    assert MANUAL.read_text("utf-8") == manual(), "run: python -m tests.docs"
    wheel = tomllib.loads(README.with_name("pyproject.toml").read_text("utf-8"))
    shared = wheel["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert shared == {"reader/cli/reader.1": "share/man/man1/reader.1"}


def test_every_part_has_something_in_it() -> None:
    for name, make in PARTS.items():
        assert make().count("\n") >= 6, name


def test_every_key_is_listed_once_in_its_context() -> None:
    for context in CONTEXT_TITLES:
        keys = [key for command in commands_for(context) for key in command.keys]
        assert len(keys) == len(set(keys)), context


def test_what_a_screen_has_for_itself_is_listed_first() -> None:
    for context in ("panel", "library", "changes", "ledger", "sources"):
        sections = [command.section.casefold() for command in listed(context)]
        assert sections[0] == context
        assert context not in sections[sections.count(context) :]
        assert sorted(listed(context), key=id) == sorted(commands_for(context), key=id)


def test_ids_are_unique_in_their_context() -> None:
    for context in CONTEXT_TITLES:
        ids = [command.id for command in commands_for(context)]
        assert len(ids) == len(set(ids)), context


def test_contexts_are_known() -> None:
    assert {name for command in all_commands() for name in command.contexts} == set(CONTEXT_TITLES)


def test_the_first_two_commands_need_only_python() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert blocks[0].startswith("python3 -m venv")
    assert "python -m tests" in blocks[1]
