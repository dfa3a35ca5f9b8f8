"""Has each style sheet parsed once by those who run tests, not in each of hundreds of apps.

What a sheet says depends on its text and on the theme's variables. The rules made of it are not
changed afterwards: within one app they are given out again and again too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

from reader.tui.look.quick_styles import QuickStylesheet


@contextmanager
def parsed_once() -> Iterator[None]:
    """Have sheets that are known not parsed again."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in (Stylesheet, QuickStylesheet):
            _keep_rules(kind, patch)
        yield


def _keep_rules(kind: type[Stylesheet], patch: pytest.MonkeyPatch) -> None:
    parse = kind._parse_rules
    known: dict[object, list[RuleSet]] = {}

    def look(
        sheet: Stylesheet,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        how = (css, read_from, is_default_rules, tie_breaker, scope)
        key = (how, tuple(sheet._variables.items()))
        if key not in known:
            known[key] = parse(sheet, *how)
        return known[key]

    patch.setattr(kind, "_parse_rules", look)
