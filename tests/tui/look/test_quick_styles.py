"""Style sheets parsed quickly have the rules that Textual's own parser makes of them."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
import textual.widgets
from textual.app import App
from textual.css.errors import UnresolvedVariableError
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet, StylesheetParseError
from textual.css.tokenizer import TokenError
from textual.dom import DOMNode

import reader.tui
from reader import assets
from reader.tui.look.quick_styles import QuickStylesheet
from reader.tui.look.themes import THEMES

OURS = [path.name for path in sorted(assets.styles_dir().glob("*.tcss"))]


def sheets() -> dict[str, tuple[str, bool, int, str]]:
    """Return all sheets there are, each as it is given to the parser."""
    for module in pkgutil.walk_packages(reader.tui.__path__, "reader.tui."):
        import_module(module.name)
    for name in textual.widgets.__all__:
        getattr(textual.widgets, name, None)
    found: dict[str, tuple[str, bool, int, str]] = {
        name: ((assets.styles_dir() / name).read_text("utf-8"), False, 0, "") for name in OURS
    }
    for kind in _derived(DOMNode):
        own = kind.__dict__.get("DEFAULT_CSS")
        if own:
            found[f"{kind.__module__}.{kind.__qualname__}"] = (own, True, -1, kind.__name__)
    return found


def _derived(kind: type) -> Iterator[type]:
    for derived in kind.__subclasses__():
        yield derived
        yield from _derived(derived)


def told(rules: list[RuleSet]) -> list[tuple[Any, ...]]:
    """Return all that there is to rules."""
    return [
        (
            [(one.css, one.specificity, [_selector(s) for s in one.selectors])
             for one in rule.selector_set],
            repr(rule.styles.get_rules()), rule.styles.important, rule.is_default_rules,
            rule.tie_breaker, rule.selector_names, rule.pseudo_classes,
        )
        for rule in rules
    ]  # fmt: skip


def _selector(one: Any) -> tuple[Any, ...]:
    return (one.name, one.combinator, one.type, one.pseudo_classes, one.specificity, one.advance)


def test_rules_are_those_of_textuals_own_parser() -> None:
    app: App[None] = App()
    everything = sheets()
    assert len(everything) > 80
    for theme in THEMES:
        app.register_theme(theme)
        app.theme = theme.name
        variables = app.get_css_variables()
        quick, usual = QuickStylesheet(variables=variables), Stylesheet(variables=variables)
        slow = []
        for name, how in everything.items():
            rules = quick._quick_rules(*how)
            if rules is None:
                slow.append(name)
            else:
                assert told(rules) == told(usual._parse_rules(how[0], (name, ""), *how[1:])), name
        assert not set(slow) & {*OURS, "textual.app.App", "textual.widget.Widget"}
        assert len(slow) < 5


@pytest.mark.parametrize(
    ("css", "error"),
    [
        ("A { color: $nowhere; }", UnresolvedVariableError),
        ("A { colour: red; }", StylesheetParseError),
        ("A:never { color: red; }", TokenError),
        ("A { color: red", TokenError),
        ("A > { ? }", TokenError),
        ("{ color: red; } }", TokenError),
    ],
)
def test_mistakes_are_told_by_textual(css: str, error: type[Exception]) -> None:
    for kind in (Stylesheet, QuickStylesheet):
        sheet = kind(variables={})
        sheet.add_source(css)
        with pytest.raises(error):
            sheet.parse()


def test_what_is_not_usual_is_parsed_all_the_same() -> None:
    css = 'A { hatch: "x" red; } # a comment\n$own: blue;\nB { color: $own; }'
    found = []
    for kind in (Stylesheet, QuickStylesheet):
        sheet = kind(variables={})
        sheet.add_source(css)
        found.append(told(sheet.rules))
    assert found[0] == found[1]
    assert len(found[0]) == 2


@pytest.mark.parametrize("name", ["dialogs.tcss", "finding.tcss", "ledger.tcss"])
def test_a_sheet_that_is_read_late_changes_nothing_that_is_shown_before(name: str) -> None:
    sheet = (assets.styles_dir() / name).read_text("utf-8")
    rules = [line.split()[0] for line in sheet.splitlines() if line.startswith("#")]
    assert set(rules) <= {"#description"}, "an id means nothing without its screen"
