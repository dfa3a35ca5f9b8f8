"""A little of everything at each run of the tests, and all that the long runs have found."""

from __future__ import annotations

import pytest

from tests.fuzz import article_bytes, foreign, inputs, keys, pages

FOUND: dict[str, tuple[int, list[keys.Step]]] = {
    "clicking beside the palette three times closed the article as well": (
        114,
        [("key", ":"), ("click", 38, 0, 3)],
    ),
    "the tags of an entry that a filter's end made current were not underlined": (
        3072,
        [("key", k) for k in ("f", "tab", "5", "/", "[", "enter", "tab")],
    ),
    "another window's tag on the panel's entry was not shown in the tag bar": (
        30861,
        [("burst", "5", "tab", "a", "3", "escape"), ("outside", 518164)],
    ),
}
"""What went wrong once: the seed of the articles, and the steps."""


@pytest.mark.parametrize("what", FOUND)
def test_what_was_found_once(what: str) -> None:
    seed, steps = FOUND[what]
    error = keys.attempt(seed, steps)
    if error is not None:
        raise error


def test_any_keys_on_any_article() -> None:
    keys.run(1, count=50)


def test_damaged_files_of_foreign_formats() -> None:
    for seed in range(1, 9):
        foreign.run(seed)


OTHER_KINDS = {"article": article_bytes.run, "page": pages.run}


@pytest.mark.parametrize("kind", [*OTHER_KINDS, *inputs.KINDS])
def test_any_input(kind: str) -> None:
    run = OTHER_KINDS.get(kind) or inputs.KINDS[kind]
    for seed in range(1, 5):
        run(seed)
