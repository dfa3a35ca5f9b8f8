"""Checks a whole codebook file and lists everything that is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from reader.domain.codebook_file.lines import TOP, Lines, Place
from reader.domain.codebook_file.rules import (
    BOOK_FIELDS,
    FACET_FIELDS,
    FORMAT,
    PICKER_TARGETS,
    TAG_FIELDS,
    Complaint,
    Field,
    closest,
    quoted,
    suggestion,
)
from reader.domain.errors import CodebookError

LONGEST = 300_000
"""Characters that a codebook file may have; more is no codebook."""

Table = dict[str, Any]


class Problem(NamedTuple):
    """One thing that is wrong with a codebook file.

    Attributes:
        line: Where, from 1; 0 if unknown.
        where: The tag or facet, such as ``tag "plausible"``; may be empty.
        message: What is wrong.
        hint: What to do.
    """

    line: int
    where: str
    message: str
    hint: str

    def text(self, name: str) -> str:
        """Return the problem in one line, the file's name first."""
        line = f", line {self.line}" if self.line else ""
        where = f", {self.where}" if self.where else ""
        return f"{quoted(name)[1:-1]}{line}{where}: {self.message}."


def refusal(problems: Sequence[Problem], name: str) -> CodebookError:
    """Return the error that tells all of them.

    Args:
        problems: What is wrong, at least one thing.
        name: What to call the file.
    """
    if len(problems) == 1:
        return CodebookError(problems[0].text(name), problems[0].hint)
    told = tuple(f"{problem.text(name)} {problem.hint}".strip() for problem in problems)
    return CodebookError(
        f"{quoted(name)[1:-1]} has {len(problems)} mistakes.",
        "Correct the file; `reader codebook check FILE` lists the mistakes.",
        told,
    )


def ascii_sign(tag: Mapping[str, Any]) -> str:
    """Return what stands for a tag on ASCII-only terminals; without ``ascii``, symbol or key."""
    signs = (tag.get("ascii", ""), tag.get("symbol", ""), tag.get("key", ""))
    return next((str(sign) for sign in signs if sign and str(sign).isascii()), "")


def check(source: str) -> tuple[Table, list[Problem]]:
    """Return the file's tables and all problems; without problems the tables keep every rule."""
    if len(source) > LONGEST:
        hint = "This is hardly a codebook; shorten it."
        return {}, [Problem(0, "", f"the file has more than {LONGEST:,} characters", hint)]
    from reader.domain.huge import tamed  # late: of built-in ones it is known

    try:
        data = tamed(tomllib.loads(source))
        source.encode("utf-8")
    except (ValueError, RecursionError) as error:
        return {}, [_not_toml(error)]
    checker = _Checker(data, Lines(source))
    checker.run()
    return data, sorted(checker.problems, key=lambda problem: problem.line)


def _not_toml(error: Exception) -> Problem:
    reason = "a number has too many digits"
    if isinstance(error, tomllib.TOMLDecodeError):
        reason = str(error)
    elif isinstance(error, RecursionError | UnicodeError):
        reason = "it cannot be decoded"
    hint = "Look at that place for a missing quote, bracket or equals sign."
    return Problem(0, "", f"not valid TOML: {quoted(reason)[1:-1]}", hint)


class _Checker:
    """Goes through the tables once and collects problems."""

    def __init__(self, data: Table, lines: Lines) -> None:
        self.problems: list[Problem] = []
        self._data = data
        self._lines = lines
        self._codes: dict[str, set[str]] = {}  # of the facets seen so far

    def run(self) -> None:
        """Check the file; another format is the only problem reported, as its rules may differ."""
        if self._data.get("format") != FORMAT:
            self._wrong_format()
            return
        self._fields(TOP, self._data, BOOK_FIELDS, "")
        facets = self._tables(TOP, self._data, "facet", "")
        if not facets:
            hint = "Add a [[facet]] with its [[facet.tag]] tables."
            self._add(TOP, "", "", Complaint("there is no facet", hint))
        for number, facet in enumerate(facets):
            self._facet(number, facet)

    def _add(self, place: Place, key: str, where: str, complaint: Complaint) -> None:
        line = self._lines.find(place, key)
        self.problems.append(Problem(line, where, complaint.message, complaint.hint))

    def _wrong_format(self) -> None:
        found = self._data.get("format")
        message = "format is missing" if found is None else f"format is unknown: {quoted(found)}"
        hint = f'This version reads format = "{FORMAT}".'
        self._add(TOP, "format", "", Complaint(message, hint))

    def _fields(self, place: Place, table: Table, known: Mapping[str, Field], where: str) -> None:
        """Check each key of a table by its own rule, and find unknown and missing ones."""
        for key, value in table.items():
            if key not in known:
                complaint = Complaint(f"unknown field {quoted(key)}", _hint(key, known))
                self._add(place, key, where, complaint)
            elif found := known[key].rule(value):
                complaint = Complaint(f"{key} {found.message}", found.hint)
                self._add(place, key, where, complaint)
        unknown = [key for key in table if key not in known]
        for key, field in known.items():
            if field.required and key not in table and not closest(key, unknown):
                self._add(place, "", where, Complaint(f"{key} is missing", f"Add {key} = …"))

    def _tables(self, place: Place, table: Table, key: str, where: str) -> list[Table]:
        """Return the tables of that name, or none if something else stands there."""
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return value
        header = "[[facet]]" if key == "facet" else "[[facet.tag]]"
        complaint = Complaint(f"{key} is not a list of tables", f"Begin each with {header}.")
        self._add(place, key, where, complaint)
        return []

    def _facet(self, number: int, facet: Table) -> None:
        place = (number, -1)
        where = f"facet {quoted(facet.get('id', number + 1))}"
        self._fields(place, facet, FACET_FIELDS, where)
        tags = self._tables(place, facet, "tag", where)
        if not tags:
            hint = "Add a [[facet.tag]] below it."
            self._add(place, "", where, Complaint("there is no tag", hint))
        for index, tag in enumerate(tags):
            self._fields((number, index), tag, TAG_FIELDS, _tag_name(tag, index))
        self._keys(number, facet, tags)
        self._duplicates(number, tags)
        self._order(place, facet, tags, where)
        self._condition(place, facet, where)
        self._remember(place, facet, tags, where)

    def _keys(self, number: int, facet: Table, tags: list[Table]) -> None:
        """Letters are commands while reading; inside a picker they are free."""
        targets = facet.get("applies_to", ["statement"])
        if isinstance(targets, list) and PICKER_TARGETS.issuperset(map(str, targets)):
            return
        for index, tag in enumerate(tags):
            key = tag.get("key", "")
            if isinstance(key, str) and len(key) == 1 and "a" <= key <= "z":
                complaint = Complaint(
                    f"key {quoted(key)} is not a digit",
                    "Letters are commands while reading; use 0 to 9, or leave the line out and "
                    "find the tag in the palette.",
                )
                self._add((number, index), "key", _tag_name(tag, index), complaint)

    def _duplicates(self, number: int, tags: list[Table]) -> None:
        """No two tags of a facet may look alike, in any way that they are told apart by."""
        for key in ("code", "key", "symbol", "ascii", "color"):
            seen: dict[str, str] = {}
            for index, tag in enumerate(tags):
                value = ascii_sign(tag) if key == "ascii" else str(tag.get(key, ""))
                same = value.casefold() if key in ("code", "color") else value
                name = _tag_name(tag, index)
                if value and same in seen:
                    message = f"{key} {quoted(value)} is taken by {seen[same]} in the same facet"
                    hint = f"Give one of the two another {key}."
                    self._add((number, index), key, name, Complaint(message, hint))
                seen.setdefault(same, name)

    def _order(self, place: Place, facet: Table, tags: list[Table], where: str) -> None:
        given = [tag["rank"] for tag in tags if "rank" in tag]
        if any(type(rank) not in (int, float) for rank in given):
            return  # reported already
        if facet.get("scale") == "ordinal" and len(set(given)) < 2:
            hint = 'Give at least two tags different ranks, or write scale = "nominal".'
            complaint = Complaint("scale is ordinal, but fewer than two ranks are given", hint)
            self._add(place, "scale", where, complaint)

    def _condition(self, place: Place, facet: Table, where: str) -> None:
        """Only a facet above can be a condition, so that no two can wait for each other."""
        condition = facet.get("visible_if")
        if not isinstance(condition, str) or ":" not in condition:
            return
        other, _, codes = condition.partition(":")
        if other not in self._codes:
            message = f"visible_if names {quoted(other)}, which is no facet above this one"
            hint = "Write the id of a facet that stands above, or move this one down."
            self._add(place, "visible_if", where, Complaint(message, hint))
            return
        for code in sorted(set(codes.split(",")) - self._codes[other]):
            message = f"visible_if names {quoted(code)}, which is no tag of {quoted(other)}"
            hint = suggestion(code, tuple(sorted(self._codes[other])))
            self._add(place, "visible_if", where, Complaint(message, hint))

    def _remember(self, place: Place, facet: Table, tags: list[Table], where: str) -> None:
        name = str(facet.get("id", ""))
        if name and name in self._codes:
            complaint = Complaint(f"two facets have the id {quoted(name)}", "Rename one of them.")
            self._add(place, "id", where, complaint)
        self._codes[name] = {str(tag.get("code", "")) for tag in tags}


def _tag_name(tag: Table, index: int) -> str:
    """Return how to call a tag: by its code, else label, else number."""
    return f"tag {quoted(tag.get('code') or tag.get('label') or index + 1)}"


def _hint(key: str, known: Mapping[str, Field]) -> str:
    if key == "tag":
        return "Begin each tag with [[facet.tag]]."
    return suggestion(key, tuple(known))
