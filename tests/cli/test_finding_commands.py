"""``search``: what it prints, as text and as JSON, and its exit status."""

import json

from tests.cli.shell import STORY


def test_search_prints_places_and_says_by_its_status_whether_there_are_any(shell):
    uid = shell.add(STORY, "a.txt", "--outlet", "The Post")
    shell.add("Another bridge\n\nThe bridge was closed, said the mayor. \x1b[31mred", "b.txt")
    shell("tag", "1", "--quote", "A witness saw cracks.", "doubtful", "--note", "who?")
    assert shell("search", "witness") == 0
    assert "Storm closes the bridge  (The Post" in shell.out
    start = STORY.index("witness")
    assert f"  quote {start}-{start + 7} ! doubtful:" in shell.out
    told = shell.json("search", "bridge outlet:post")
    assert (told["articles_found"], told["capped"], told["not_indexed"]) == (1, False, 0)
    (found,) = told["articles"]
    assert (found["uid"], found["hits_found"]) == (uid, 1)
    (hit,) = found["hits"]
    text = shell.json("show", "1")["text"]
    assert hit["start"] is None
    assert (hit["kind"], hit["version"]) == ("title", found["version"])
    assert [hit["excerpt"][slice(*mark)] for mark in hit["marks"]] == ["bridge"]
    (hit,) = shell.json("search", "doubt*")["articles"][0]["hits"]
    assert (hit["kind"], hit["tags"][0]["code"]) == ("tag", "doubtful")
    assert text[hit["start"] : hit["end"]] == "A witness saw cracks."
    # Two words, and a phrase, as the shell gives them.
    assert shell.json("search", "said", "another")["articles_found"] == 1
    assert shell.json("search", "mayor said")["articles"][0]["uid"] == uid
    assert shell("search", "31mred") == 0
    assert "\x1b" not in shell.out
    assert shell("search", "bridge", "--limit", "1") == 0
    assert "1 more; --limit 0 lists them all." in shell.err
    # Like grep: nothing found is 1, and no JSON is missing.
    assert shell("search", "unicorn") == 1
    assert (shell.out, "Nothing was found." in shell.err) == ("", True)
    assert shell("search", "unicorn", "--json") == 1
    assert json.loads(shell.out)["articles"] == []
    assert shell("search") == 2
    assert shell("search", "colour:red", "x") == 2
    assert "no field" in shell.err
    assert shell("search", "--rebuild") == 0
    assert shell("search", "--", "bridge", "-witness") == 0
    assert "Another bridge" in shell.out


def test_highlights_are_listed_with_offsets_and_tags(shell):
    uid = shell.add(STORY, "a.txt")
    shell("tag", "1", "--quote", "A witness saw cracks.", "doubtful", "--note", "who?")
    shell("tag", "1", "--quote", "Nobody was hurt.", "plausible")
    assert shell("highlights", "tag:doubtful") == 0
    start = STORY.index("A witness")
    assert shell.out.splitlines()[1] == (
        f"  {start}-{start + 21} ! doubtful: A witness saw cracks.  — who?"
    )
    (found,) = shell.json("highlights", "tag:plaus")
    assert (found["article"]["uid"], found["text"]) == (uid, "Nobody was hurt.")
    assert found["tags"] == [
        {"codebook": "credibility-7", "version": 2, "facet": "credibility", "code": "plausible"}
    ]
    assert len(shell.json("highlights", "--limit", "1")) == 1
    assert shell("highlights", "outlet:none") == 1
    assert "No highlights." in shell.err
    # A name that there is not is wrong use, in all lists; the closest one is told.
    shell("label", "1", "harbour")
    shell("attribute", "1", "--quote", "Nobody was hurt.", "--source", "Ann Example")
    close = {
        "label:harbor": "Did you mean “harbour”?", "source:exampel": "Did you mean “Ann Example”?",
        "-tag:doutful": "Did you mean “doubtful”?", "tag:xyz": "credibility-7",
        "tag:plausible,xyz": "There is no tag “xyz”.", "verdict:xyz": "Known are ",
    }  # fmt: skip
    for command in ("list", "highlights", "search"):
        for query, told in close.items():
            if (command, query[:7]) != ("highlights", "verdict"):
                assert shell(command, "--", query) == 2, (command, query)
                assert told in shell.err
    for known in ("tag:half-true", "tag:✗", "label:harb", "source:?", "source:ex", "label:"):
        assert shell("list", "--", known) == 0, known
    assert shell("highlights", "has:wings") == 2
    # A tag that nothing has is another thing than no tag.
    for value in ("refuted", "fairly reliable"):
        assert shell("highlights", f"tag:{value}") == 1, value
        assert "No highlights." in shell.err
    for value in ("xyz", "doubtful,xyz"):
        assert shell("highlights", f"tag:{value}") == 2
        assert "There is no tag “xyz”." in shell.err
        assert "doubtful" in shell.err


def test_a_word_with_a_minus_is_told_where_it_stands(shell) -> None:
    assert shell("search", "bridge", "-saved") == 2
    assert "after --" in shell.err
