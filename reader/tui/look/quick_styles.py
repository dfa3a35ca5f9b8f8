"""Parses style sheets in a third of the time: a tenth of the start was the parsing of a few pages.

Textual's tokenizer goes from blank to blank and from line to line and makes a token of each, and it
tokenizes all variables of a theme, most of which no sheet refers to. A sheet without strings can be
cut at its braces and semicolons instead. The rules are made of the same tokens by the same parser.
Whatever is not usual, or not right, is left to Textual's own tokenizer, which can say where in a
file a mistake is.

A test parses all sheets both ways and compares the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from textual.css import tokenize
from textual.css.constants import VALID_PSEUDO_CLASSES
from textual.css.model import RuleSet
from textual.css.parse import parse_rule_set
from textual.css.stylesheet import Stylesheet
from textual.css.tokenizer import Token
from textual.css.types import CSSLocation

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_UNUSUAL = re.compile(r'"|# |\$[\w-]+:')
"""Strings, comments to the end of a line, variables that a sheet defines."""
_PIECE = re.compile(r"\s*([^{};]*)([{};])")
_NAME = re.compile(rf"{tokenize.DECLARATION_NAME}:")
_SELECTOR = re.compile(
    r"(?P<combinator_child>\s*>\s*)|(?P<new_selector>\s*,\s*)|(?P<whitespace>\s+)"
    r"|(?P<pseudo_class>:[a-zA-Z_-]+)|(?P<nested>&)|(?P<selector_universal>\*)"
    rf"|(?P<selector_id>\#{tokenize.IDENTIFIER})|(?P<selector_class>\.{tokenize.IDENTIFIER})"
    rf"|(?P<selector>{tokenize.SELECTOR_TYPE_NAME})"
)
_VALUE = re.compile(
    r"(?P<whitespace>\s+)|"
    + "|".join(f"(?P<{name}>{form})" for name, form in tokenize.DECLARATION_VALUES.items())
    + "|(?P<important>!important)|(?P<comma>,)"
)
_STARTS = {
    name: name.replace("selector", "selector_start", 1)
    for name in ("selector", "selector_id", "selector_class", "selector_universal")
}
"""Names of the tokens that begin a rule."""


def _token(name: str, value: str) -> Token:
    """Return a token from nowhere: mistakes are looked for by Textual's tokenizer."""
    return Token(name, value, ("", ""), "", (0, 0), None)


_BEGIN, _END = _token("declaration_set_start", "{"), _token("declaration_set_end", "}")


class _Unusual(Exception):  # noqa: N818 - it is no error
    """Something is not understood here."""


def _cut(text: str, pattern: re.Pattern[str]) -> list[Token]:
    """Cut all of a text into tokens."""
    found = []
    at = 0
    for match in pattern.finditer(text):
        if match.start() != at or match.lastgroup is None:
            raise _Unusual
        at = match.end()
        found.append(_token(match.lastgroup, match.group()))
    if at != len(text):
        raise _Unusual
    return found


@lru_cache(maxsize=1024)
def _value_tokens(text: str) -> list[Token]:
    """Return the tokens of a declaration's value; blanks mean nothing there."""
    return [token for token in _cut(text, _VALUE) if token.name != "whitespace"]


def _selector_tokens(text: str) -> list[Token]:
    """Return the tokens of what stands in front of a brace, and of the brace."""
    found = _cut(text.rstrip(), _SELECTOR)
    for token in found:
        if token.name == "pseudo_class" and token.value[1:] not in VALID_PSEUDO_CLASSES:
            raise _Unusual
    first = found[0]
    return [_token(_STARTS.get(first.name, first.name), first.value), *found[1:], _BEGIN]


class QuickStylesheet(Stylesheet):
    """A style sheet that is parsed quickly."""

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        """Return the rules of a sheet; see Textual's own, which looks first for what is known."""
        how = (is_default_rules, tie_breaker, scope)
        if (css, read_from, *how) not in self._parse_cache:
            found = self._quick_rules(css, *how)
            if found is not None:
                self._parse_cache[css, read_from, *how] = found
        return super()._parse_rules(css, read_from, *how)

    def _quick_rules(
        self, css: str, is_default: bool, tie_breaker: int, scope: str
    ) -> list[RuleSet] | None:
        """Return the rules of a sheet, or None if it is not that easy."""
        found: list[RuleSet] = []
        try:
            tokens = self._tokens(css)
            for token in tokens:
                found += parse_rule_set(scope, tokens, token, is_default, tie_breaker)
        except Exception:  # whatever it is, Textual's own tokenizer says it better
            return None
        return None if any(rule.errors for rule in found) else found

    def _tokens(self, css: str) -> Iterator[Token]:
        """Yield the tokens of a sheet as its parser wants them."""
        if _UNUSUAL.search(css):
            raise _Unusual
        css = _COMMENT.sub(" ", css)
        at = 0
        for piece in _PIECE.finditer(css):
            if piece.start() != at:
                raise _Unusual
            at = piece.end()
            text, sign = piece.groups()
            if sign == "{":
                yield from _selector_tokens(text)
                continue
            if text:
                yield from self._declaration_tokens(text)
            if sign == "}":
                yield _END
        if css[at:].strip():
            raise _Unusual

    def _declaration_tokens(self, text: str) -> Iterator[Token]:
        name = _NAME.match(text)
        if name is None:
            raise _Unusual
        yield _token("declaration_name", name.group())
        for token in _value_tokens(text[name.end() :]):
            if token.name == "variable_ref":
                yield from _value_tokens(self._variables[token.value[1:]])
            else:
                yield token
