"""What is noted of texts, by which passages are found that stand elsewhere: kept, examined."""

from __future__ import annotations

from pathlib import Path

from reader.domain.comparing.shingles import paragraphs, prints
from reader.domain.text import Role
from reader.services.annotating import history
from reader.services.annotating.annotations import Annotations
from reader.services.care import doctor
from reader.services.library.purging import purge
from reader.storage import capturing
from reader.storage.library import Library
from tests.services.changes_desk import draft

PIER = "The harbour board closed the old pier on Monday after divers found cracks in its piles."
FISH = "The fish market opened at five in the morning, as it has on every day since the war."
SNOW = "Snow fell on the pass for the ninth day, and the road is open to ploughs alone."


def like(library: Library, text: str, but: str = "") -> list[int]:
    """Return the local ids of the articles that share something with a text."""
    wanted = prints(text, paragraphs(draft(text).blocks))
    return sorted(found.article_id for found in library.prints.candidates(wanted, but))


def test_prints_follow_what_the_library_holds(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library(path) as library:
        me = library.annotator("ana")
        fish, _ = capturing.add(library, draft(FISH), me)
        pier, _ = capturing.add(library, draft(f"{SNOW}\n\n{PIER}"), me)
        both, _ = capturing.add(library, draft(f"{FISH}\n\n{PIER}"), me)
        assert (library.prints.behind(), like(library, PIER)) == (3, [])
        assert [library.prints.take_in(10) for _ in range(4)] == [1, 1, 1, 0]  # the newest first
        assert library.prints.behind() == 0
        assert like(library, FISH) == [1, 3]
        assert like(library, PIER, both.uid) == [2]
        # Another role of a paragraph, and its undo.
        text = f"{FISH}\n\n{PIER}"
        known = Annotations(both.uid, both.version_uid, me, text)
        change = known.role_change(0, Role.BODY, Role.CREDIT, changed_before=False)
        library.log.commit(change)
        assert (library.prints.behind(), library.prints.take_in()) == (1, 1)
        assert like(library, FISH) == [1]
        assert list(library.prints.differences()) == []
        history.undo(library, both.uid, me)
        assert (library.prints.take_in(), like(library, FISH)) == (1, [1, 3])
        # Another version; the one before is no longer asked.
        capturing.add_version(library, pier.uid, draft(f"{SNOW}\n\n{FISH}"), me)
        assert (library.prints.take_in(), like(library, PIER)) == (1, [3])
        assert like(library, SNOW) == [2]
        # Pairs: all three have the fish market by now.
        pairs = library.prints.pairs(2)
        assert {(one.article_id, two.article_id) for one, two in pairs} == {(1, 2), (1, 3), (2, 3)}
        shares = [one.weight for one, _ in pairs]
        assert shares == sorted(shares, reverse=True)
        # What is made anew from the log, and what is purged.
        library.log.rebuild()
        while library.prints.take_in():
            pass
        assert like(library, FISH) == [1, 2, 3]
        purge(library, fish.uid)
        assert like(library, FISH) == [2, 3]
        assert library.prints.behind() == 0
        left = (
            "SELECT count(*) FROM overlap WHERE version_id NOT IN (SELECT id FROM article_version)"
        )
        assert library.connection.execute(left).fetchone() == (0,)
        assert library.connection.execute("SELECT count(*) FROM overlap").fetchone() == (3,)
    assert doctor.examine(path).findings == []


def test_damage_is_found_and_mended(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library(path) as library:
        capturing.add(library, draft(PIER), library.annotator("ana"))
        library.prints.take_in()
        library.connection.execute("UPDATE overlap SET prints = x'0102030405'")
        assert like(library, PIER) == []  # no failure
    (found,) = doctor.examine(path).findings
    assert found.check == "overlap"
    assert "reader overlap --rebuild" in found.hint
    with Library(path) as library:
        library.prints.forget()
        assert (library.prints.take_in(), like(library, PIER)) == (1, [1])
    assert doctor.examine(path).findings == []
