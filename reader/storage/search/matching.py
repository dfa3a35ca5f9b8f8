"""Finds the articles that have all that is looked for, best first.

What is looked for may be spread: one word in the text, another in a note, a third in the name of a
tag. The short things are few, so each word is looked up in them by itself; for the articles in
which some are found there, the text is asked for the others only. All other articles must have
every word in the text, which is one question to FTS5.

When very much fits, the newest are taken: of 50,000 articles with a common word, nobody wants them
all put in order, and that would take a second.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reader.domain.finding.found import Match, Matches, Word, Words
from reader.storage.connection import worded
from reader.storage.search.schema import WORD_COLUMNS
from reader.storage.search.words import Stems, expression

MOST = 2_000
"""The newest articles with a text that fits, among which the best are found."""

_MOST_SHORT = 2_000
"""The same of titles, notes and so on."""

_WEIGHTS = "10, 4, 6, 3, 5, 4, 4, 6, 4"
"""What a hit counts in each of :data:`WORD_COLUMNS`; in a text it is 1."""

Scores = dict[int, float]
"""How well articles fit, by local id."""


class Matching:
    """Searches one library. Use it from the thread that opened the connection.

    Args:
        connection: A connection to the library; its temporary tables are written.
        path: The file, for messages.
        stems: Takes words apart.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, stems: Stems) -> None:
        self._connection = connection
        self._ask = connection.execute
        self._path = path
        self._stems = stems
        with worded(path):
            # Else a connection for reading has no temporary tables.
            connection.execute("PRAGMA query_only=off")

    @property
    def knows_where(self) -> bool:
        """Whether it is told in which articles to look; SQLite forgets it with its other tables.

        All temporary tables go when it is told to keep them elsewhere, as very many changes do.
        """
        there = "SELECT 1 FROM temp.sqlite_master WHERE name = 'allowed_version'"
        return self._ask(there).fetchone() is not None

    def allow(self, article_ids: Iterable[int]) -> None:
        """Look in these articles only, from now on."""
        with worded(self._path):
            for what in ("article", "version"):
                table = f"allowed_{what} (id INTEGER PRIMARY KEY)"
                self._ask(f"CREATE TEMP TABLE IF NOT EXISTS {table}")
            self._ask("BEGIN")
            self._ask("DELETE FROM temp.allowed_article")
            self._ask("DELETE FROM temp.allowed_version")
            put = "INSERT INTO temp.allowed_article VALUES (?)"
            self._connection.executemany(put, ((number,) for number in article_ids))
            self._ask(_ALLOW_VERSIONS)
            self._ask("COMMIT")

    def find(self, words: Words) -> Matches:
        """Return the allowed articles that have all that is wanted and nothing unwanted."""
        with worded(self._path):
            wanted, literal = self._expressions(words.wanted)
            unwanted, unwanted_literal = self._expressions(words.unwanted)
            if wanted:
                scores, capped = self._spread(wanted, unwanted)
            elif literal:
                scores, capped = dict.fromkeys(self._all_with(literal[0]), 0.0), False
            else:
                every = self._ask("SELECT id FROM temp.allowed_article")
                scores, capped = {number: 0.0 for (number,) in every}, False
                for number in self._spoilt(unwanted, scores):
                    del scores[number]
            for text in literal[0 if wanted else 1 :]:
                scores = {number: scores[number] for number in self._with(text, scores)}
            for text in unwanted_literal:
                for number in self._with(text, scores):
                    del scores[number]
        best = sorted(scores.items(), key=lambda item: (-item[1], -item[0]))
        return Matches(tuple(Match(*item) for item in best), capped)

    def _expressions(self, words: Sequence[Word]) -> tuple[list[str], list[str]]:
        """Return what FTS5 is asked, and what is looked for as it stands."""
        asked: list[str] = []
        literal: list[str] = []
        for word in words:
            found = expression(word, self._stems)
            if found is None:
                literal.append(word.text)
            else:
                asked.append(found)
        return asked, literal

    # ------------------------------------------------------------------ words

    def _spread(self, wanted: list[str], unwanted: list[str]) -> tuple[Scores, bool]:
        short = [self._short(asked) for asked in wanted]
        scores, capped = self._texts(wanted, unwanted)
        groups: dict[tuple[int, ...], list[int]] = {}
        for number in set().union(*short):
            missing = tuple(at for at, found in enumerate(short) if number not in found)
            groups.setdefault(missing, []).append(number)
        for missing, numbers in groups.items():
            if missing and capped:
                continue  # there is more than enough with all of it in the text
            asked = " AND ".join(wanted[at] for at in missing)
            for number in self._with_in_text(asked, numbers) if missing else numbers:
                scores[number] = scores.get(number, 0.0) + sum(
                    found.get(number, 0.0) for found in short
                )
        for number in self._spoilt(unwanted, scores):
            del scores[number]
        return scores, capped

    def _texts(self, wanted: Sequence[str], unwanted: Sequence[str]) -> tuple[Scores, bool]:
        """Return the articles whose text has all that is wanted, and whether there are older ones.

        How well a text fits takes FTS5 some time for each: it is asked of those that are kept only.
        """
        asked = " AND ".join(wanted)
        if unwanted:
            asked = f"({asked}) NOT ({' OR '.join(unwanted)})"
        rows = self._ask(_TEXTS, {"asked": asked, "most": MOST}).fetchall()
        return {number: -score for number, score in rows}, len(rows) == MOST

    def _with_in_text(self, asked: str, among: Iterable[int]) -> list[int]:
        """Return those of some articles in whose text FTS5 finds what it is asked."""
        values = {"asked": asked, "among": json.dumps(list(among))}
        return [number for (number,) in self._ask(_TEXTS_AMONG, values)]

    def _short(self, asked: str) -> Scores:
        """Return the articles of which something short fits, each with the best of it."""
        best: Scores = {}
        for number, score in self._ask(_SHORT, {"asked": asked, "most": _MOST_SHORT}):
            best[number] = max(best.get(number, 0.0), -score)
        return best

    def _spoilt(self, unwanted: Sequence[str], found: Mapping[int, float]) -> set[int]:
        """Return those of the found articles that have something unwanted somewhere."""
        if not unwanted or not found:
            return set()
        asked = " OR ".join(unwanted)
        spoilt = set(self._with_in_text(asked, found))
        short = self._ask(_SHORT_IDS, {"asked": asked})
        return spoilt | {number for (number,) in short if number in found}

    # ------------------------------------------------------------------ as it stands

    def _all_with(self, text: str) -> list[int]:
        """Return the newest allowed articles with a text in them that FTS5 cannot take apart."""
        texts = self._ask(_TEXTS_WITH, {"text": text, "most": MOST})
        found = {number for (number,) in texts}
        found.update(number for (number,) in self._ask(_SHORT_WITH, {"text": text}))
        return list(found)

    def _with(self, text: str, among: Mapping[int, float]) -> set[int]:
        """Return those articles that have such a text."""
        values = {"text": text, "among": json.dumps(list(among))}
        found = {number for (number,) in self._ask(_THESE_WITH, values)}
        short = {number for (number,) in self._ask(_SHORT_WITH, {"text": text})}
        return found | (short & among.keys())


def any_of(words: Iterable[Word], stems: Stems) -> tuple[str, list[str]]:
    """Return what FTS5 is asked for any of some words, and what is looked for as it stands."""
    asked = [(word, expression(word, stems)) for word in words]
    literal = [word.text for word, found in asked if found is None]
    return " OR ".join(found for _, found in asked if found is not None), literal


_ALLOW_VERSIONS = (
    "INSERT INTO temp.allowed_version SELECT version_id FROM search_version"
    " WHERE article_id IN (SELECT id FROM temp.allowed_article)"
)
_ARTICLE = "(SELECT article_id FROM search_version WHERE version_id = search_text.rowid)"
# The plus has SQLite go through what FTS5 finds: asking it for one row after the other takes long.
_TEXTS = (
    f"SELECT {_ARTICLE}, bm25(search_text) FROM search_text"  # noqa: S608 - own names
    " WHERE search_text MATCH :asked AND +rowid IN (SELECT id FROM temp.allowed_version)"
    " ORDER BY rowid DESC LIMIT :most"
)
_TEXTS_AMONG = (
    f"SELECT {_ARTICLE} FROM search_text"  # noqa: S608 - own names
    " WHERE search_text MATCH :asked AND +rowid IN (SELECT version_id FROM search_version"
    " WHERE article_id IN (SELECT value FROM json_each(:among)))"
)
_SHORT = (
    f"SELECT rowid >> 31, bm25(search_words, {_WEIGHTS}) FROM search_words"  # noqa: S608 - own names
    " WHERE search_words MATCH :asked AND (rowid >> 31) IN (SELECT id FROM temp.allowed_article)"
    " ORDER BY rowid DESC LIMIT :most"
)
_SHORT_IDS = "SELECT DISTINCT rowid >> 31 FROM search_words WHERE search_words MATCH :asked"
_TEXTS_WITH = (
    "SELECT article_id FROM search_version CROSS JOIN article_version"
    " ON article_version.id = version_id"
    " WHERE article_id IN (SELECT id FROM temp.allowed_article) AND instr(text, :text)"
    " ORDER BY version_id DESC LIMIT :most"
)
_THESE_WITH = (
    "SELECT article_id FROM search_version CROSS JOIN article_version"
    " ON article_version.id = version_id"
    " WHERE article_id IN (SELECT value FROM json_each(:among)) AND instr(text, :text)"
)
_SHORT_WITH = (
    "SELECT DISTINCT rowid >> 31 FROM search_words WHERE ("  # noqa: S608 - own names
    + " OR ".join(f"instr({name}, :text)" for name in WORD_COLUMNS)
    + ") AND (rowid >> 31) IN (SELECT id FROM temp.allowed_article)"
)
