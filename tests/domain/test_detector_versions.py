"""What detectors find is known by their version: no rule changes under the same one unseen."""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path

import pytest

from reader import domain
from reader.domain import attribution
from reader.services.suggesting import pictures

DOMAIN = Path(domain.__file__).parent
APART = ("__init__", "fidelity", "pictures", "remarks")
"""Modules of ``speech`` that the detector of attributions does not use."""

RULES = {
    "attribution": {
        2: "d8702c6ccc7e7435",
        3: "def84902acd4875e",
        4: "b758028f9367abff",
        5: "81edc0293ccbaafa",
        6: "22c585764cc6c4d7",
        7: "b13695a32b8b57f4",
        8: "0db5d1f63f3caa7a",
        9: "a2b1f9e7fc196f20",
        10: "93821aea28f70238",
        11: "daaf17f87c0de964",
        12: "125287996013da79",
        13: "7688ad8f884d1367",
        14: "2f0f5297542c750b",
        15: "05882df8b06137fe",
        16: "baf8a4c645312784",
    },
    "picture": {1: "635e82ab1876e734"},
}
"""By detector, the digest of the rules of each version since version 2 of the first."""


def rule_files(detector: str) -> list[Path]:
    speech = sorted((DOMAIN / "speech").glob("*.py"))
    if detector == "picture":
        return [path for path in speech if path.stem == "pictures"]
    return [DOMAIN / "attribution.py", *(path for path in speech if path.stem not in APART)]


def code_of(source: str) -> str:
    """Return a module without docstrings, comments on their own lines, and empty lines."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            for number in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[number] = ""
    kept = (line.rstrip() for line in lines)
    return "\n".join(line for line in kept if line and not line.lstrip().startswith("#"))


def digest(sources: dict[str, str]) -> str:
    parts = (f"{name}\n{code_of(source)}\n" for name, source in sorted(sources.items()))
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]


@pytest.mark.parametrize(
    ("detector", "version"),
    [("attribution", attribution.VERSION), ("picture", pictures.VERSION)],
)
def test_rules_change_with_the_version_only(detector: str, version: int) -> None:
    sources = {path.name: path.read_text("utf-8") for path in rule_files(detector)}
    found = digest(sources)
    known = RULES[detector].get(version)
    assert known == found, (
        f"The rules of the detector of {detector}s are others than those of its version {version}."
        f" If it may find anything else now, raise VERSION. Write {found!r} here for that version."
    )
    # What is only said of the rules makes no difference; a rule does.
    name, source = next(iter(sources.items()))
    assert digest({**sources, name: f'# A remark.\n"""Another text."""\n\n{source}'}) == found
    assert digest({**sources, name: f"{source}\nMORE = 1\n"}) != found
