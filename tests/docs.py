"""Writes what the code knows better than a person: `python -m tests.docs`.

Parts of the README, and the default codebook as Python, which is quicker to load than its TOML.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click

from reader import assets
from reader.cli.main import cli as group
from reader.cli.manual import page
from reader.domain.codebook import Codebook, parse_codebook, wanted_in_words
from reader.formats.csv_columns import COLUMNS
from reader.services.settings.fields import FIELDS, KEY_PRESET, Field, Settings
from reader.tui.commands import CONTEXT_TITLES, Command, is_told, key_name, key_table, listed

README = Path(__file__).parent.parent / "README.md"
MANUAL = README.with_name("reader") / "cli" / "reader.1"
DEFAULT_CODEBOOK = README.parent / "reader" / "domain" / "default_codebook.py"


def tags() -> str:
    """Return the default codebook as a table."""
    facet = assets.load_builtin("credibility-7").facets[0]
    rows = [
        f"| `{tag.key}` | {tag.symbol} | {tag.label} | {tag.definition}"
        f"{f' Wants {wanted_in_words(tag.requires)}.' if tag.requires else ''} |"
        for tag in facet.tags
    ]
    return "\n".join(["| key | symbol | tag | meaning |", "|---|---|---|---|", *rows])


def keys() -> str:
    """Return one table of keys per context."""
    parts = []
    for context, title in CONTEXT_TITLES.items():
        rows = [
            f"| {_keys(command)} | {command.tooltip} |"
            for command in listed(context)
            if command.keys and not command.action.startswith("tag('")
            if context != "relate" or "read" not in command.contexts
            if is_told(command, context)
        ]
        if not rows:
            continue
        if context == "relate":
            rows.append("| as while reading | All that moves and searches. |")
        elif context == "voice":
            rows.append(
                f"| {_said_keys()} | Whether it was said, by a tag of the codebook `said`. |"
            )
        elif context in ("read", "select", "panel", "evidence"):
            rows.insert(0, "| `1` … `9` `0` | Set that tag, or take it off. |")
        parts.append("\n".join([f"### {title}", "", "| key | does |", "|---|---|", *rows]))
    return "\n\n".join(parts)


def _said_keys() -> str:
    facet = assets.load_builtin("said").facets[0]
    return " ".join(f"`{tag.key}`" for tag in facet.tags)


def _keys(command: Command) -> str:
    return " ".join(f"`{key_name(key)}`" if key != "`" else "`` ` ``" for key in command.keys)


def csv() -> str:
    """Return the columns as a table, in order."""
    rows = [f"| `{column.name}` | {column.kind} | {column.about} |" for column in COLUMNS]
    return "\n".join(["| column | holds | meaning |", "|---|---|---|", *rows])


def commands() -> str:
    """Return the subcommands as a table."""
    context = click.Context(group, info_name="reader", **group.context_settings)
    rows = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            inner = click.Context(command, parent=context)
            subs = [
                (f"{name} {sub}", command.get_command(inner, sub))
                for sub in command.list_commands(inner)
            ]
            if command.invoke_without_command:
                subs.insert(0, (name, command))
        else:
            subs = [(name, command)]
        rows += [f"| `reader {full}` | {one.get_short_help_str(200)} |" for full, one in subs]
    return "\n".join(["| command | does |", "|---|---|", *rows])


def settings() -> str:
    """Return the fields of the settings file as a table."""
    rows = [
        f"| `{field.name}` | `{_toml(field.default)}` | {_values(field)} | {field.about} |"
        for field in (*FIELDS, KEY_PRESET)
    ]
    return "\n".join(["| field | default | may be | what for |", "|---|---|---|---|", *rows])


def _toml(value: str | int) -> str:
    return json.dumps(value)


def _values(field: Field) -> str:
    if field.allowed:
        return ", ".join(f"`{_toml(value)}`" for value in field.allowed)
    if isinstance(field.default, bool):
        return "`true`, `false`"
    return f"{field.least} to {field.most}" if field.most else "text"


PARTS: dict[str, Callable[[], str]] = {
    "tags": tags,
    "keys": keys,
    "csv": csv,
    "commands": commands,
    "settings": settings,
}


def written(text: str) -> str:
    """Return the README with its generated parts as the code has them now."""
    for name, make in PARTS.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        assert pattern.search(text), f"the README has no part {name}"
        part = make()
        text = pattern.sub(lambda match, part=part: f"{match[1]}\n{part}\n\n{match[2]}", text)
    return text


def manual() -> str:
    """Return the manual page with the keys of the table, as it is installed."""
    rows, _ = key_table(Settings())
    return "\n".join(page(group, rows)) + "\n"


def default_codebook() -> str:
    """Return a module that makes the default codebook."""
    path = assets.codebooks_dir() / f"{assets.DEFAULT_CODEBOOK}.toml"
    book = parse_codebook(path.read_text("utf-8"), path.name)
    fields = ", ".join(
        f"{name}={'source' if name == 'source' else repr(getattr(book, name))}"
        for name in Codebook.__match_args__
    )
    lines = (
        f'"""{path.name}, taken apart beforehand. Written by `python -m tests.docs`."""',
        "from reader.domain.codebook import Codebook, Facet, Tag",
        f"def codebook(source: str) -> Codebook:\n"
        f'    """Return it; the source is the TOML itself."""\n    return Codebook({fields})\n',
    )
    return _formatted("\n\n".join(lines))


def _formatted(source: str) -> str:
    ruff = [sys.executable, "-m", "ruff", "format", "-", "--line-length", "100"]
    done = subprocess.run(ruff, input=source, capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    DEFAULT_CODEBOOK.write_text(default_codebook(), "utf-8")
    MANUAL.write_text(manual(), "utf-8")
    README.write_text(written(README.read_text("utf-8")), "utf-8")
