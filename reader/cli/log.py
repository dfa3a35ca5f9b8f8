"""Commands on what was done: ``undo``, ``redo``, ``log``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from reader.cli import output
from reader.cli.session import Session, as_json, with_session
from reader.domain.operation import Change

if TYPE_CHECKING:
    from reader.domain.operation import Operation
    from reader.services.annotating.history import Reversed
    from reader.storage.library import Library

_WORDS = 40
"""Code points of a highlight's words in a line of the log, at most."""

NOTHING = 1
"""Exit status when there was nothing to take back, so that a loop ends."""


@click.command()
@click.argument("article", required=False)
@as_json
@with_session
def undo(session: Session, article: str | None, as_json: bool) -> int:
    """Take back your newest action on ARTICLE.

    Without ARTICLE the newest one on the library itself. Evidence and sources that were made for a
    statement are passed over as long as a statement stands on them.

    There is no limit to it, and `reader redo` brings back what was taken back. The exit status is 1
    when nothing is left to undo.
    """
    from reader.services.annotating import history

    return _reverse(session, article, as_json, history.undo, "undone", "redo")


@click.command()
@click.argument("article", required=False)
@as_json
@with_session
def redo(session: Session, article: str | None, as_json: bool) -> int:
    """Do again what the last undo took back.

    Something new on the same ARTICLE ends it.
    """
    from reader.services.annotating import history

    return _reverse(session, article, as_json, history.redo, "redone", "undo")


def _reverse(
    session: Session,
    reference: str | None,
    as_json: bool,
    act: Callable[..., Any],
    word: str,
    back: str,
) -> int:
    with session.library() as library:
        uid = _uid(library, reference)
        done = act(library, uid, session.me(library))
        said = _on_what(library, done, uid) if done else ""
        number = f" {_number(library, uid)}" if uid else ""
    if as_json:
        output.document({word: done.summary if done else None})
    elif done:
        output.line(f"{word}: {done.summary}{said}")
        again = "does it again" if back == "redo" else "takes it back"
        output.note(f"`reader {back}{number}` {again}.")
    else:
        output.note(f"Nothing to be {word}.")
    return 0 if done else NOTHING


def _on_what(library: Library, done: Reversed, uid: str | None) -> str:
    """Return on which words, or how many highlights, and in which article something was done."""
    from reader.domain.article import first_words
    from reader.domain.operation import IMPORTED
    from reader.services.showing import words_of

    where = f", article {_number(library, uid)}" if uid else ""
    if len(done.highlights) != 1:
        count = 0 if done.summary.startswith(IMPORTED) else len(done.highlights)  # is told there
        return f" on {output.counted(count, 'highlight')}{where}" if count else where
    words = words_of(library, next(iter(done.highlights)))
    return f" on “{first_words(words)}”{where}" if words else where


def _number(library: Library, uid: str) -> int:
    """Return the number that an article has in the list."""
    return library.articles.in_order().index(uid) + 1


def _uid(library: Library, reference: str | None) -> str | None:
    from reader.services.articles import resolve

    return None if reference is None else resolve(library, reference).uid


@click.command()
@click.argument("article", required=False)
@as_json
@with_session
def log(session: Session, article: str | None, as_json: bool) -> None:
    """Print what was done, oldest first.

    Everything, or what concerns ARTICLE: also what was done to the whole library (tags renamed,
    annotators joined, articles labelled) or in another article (a relation that leads here), as far
    as it is about ARTICLE. Such lines begin with the other article's id, or a dash.

    With --json every operation with the values it set and those there were; otherwise one line for
    each action.
    """
    with session.reading() as library:
        uid = _uid(library, article)
        log = library.log
        operations = log.concerning(uid) if uid else log.operations(everything=True)
        handles = library.annotators.handles()
        if as_json:
            output.documents(_as_document(op, handles) for op in operations)
        else:
            for line in _lines(library, operations, handles):
                output.line(line)


def _as_document(op: Operation, handles: dict[str, str]) -> dict[str, Any]:
    return {
        "uid": op.uid,
        "group": op.group_uid,
        "at": op.at,
        "clock": op.clock,
        "actor": op.actor,
        "annotator": handles.get(op.actor),
        "device": op.device,
        "article": op.article_uid,
        "kind": op.kind,
        "summary": op.summary,
        "entity": op.entity,
        "entity_uid": op.entity_uid,
        "patch": dict(op.patch),
        "before": None if op.before is None else dict(op.before),
        "undoes": op.undoes,
        "schema": op.schema,
    }


def _lines(
    library: Library, operations: Iterator[Operation], handles: dict[str, str]
) -> Iterator[str]:
    """Yield a line for each action: when, who, what, on which article and which words."""
    first, count = next(operations, None), 1
    said = first.summary if first else ""
    about = {_highlight_of(library, first)} if first else set()
    for op in operations:
        if first is not None and op.group_uid != first.group_uid:
            yield _line(first, said, _words(library, about), count, handles)
            first, count, about = op, 0, set()
        said = op.summary  # of a group that was written in slices the last one tells all
        count += 1
        if len(about) <= 1:  # of more no words are told
            about.add(_highlight_of(library, op))
    if first is not None:
        yield _line(first, said, _words(library, about), count, handles)


def _highlight_of(library: Library, op: Operation) -> str | None:
    """Return the uid of the highlight that an operation is about, or None.

    What is done to the library, such as giving a tag another name, is about none.
    """
    if op.article_uid is None:
        return None
    from reader.services.annotating.history import highlight_of

    return highlight_of(library, Change(op.entity, op.entity_uid, op.patch, op.before))


def _words(library: Library, about: set[str | None]) -> str:
    """Return the first words of the highlight that an action was about, if it was one."""
    from reader.domain.article import first_words
    from reader.services.showing import words_of

    uid = about.pop() if len(about) == 1 else None
    words = words_of(library, uid) if uid else ""
    return f" on “{first_words(words, _WORDS)}”" if words else ""


def _line(first: Operation, said: str, words: str, count: int, handles: dict[str, str]) -> str:
    who = handles.get(first.actor, "?")
    article = (first.article_uid or "–")[:8]
    changes = f" ({count} changes)" if count > 1 else ""
    what = said if said != first.kind else ""
    told = f"{what}{words}{changes}".strip()
    return f"{first.at}  {article:8}  {who}  {first.kind}  {told}".rstrip()
