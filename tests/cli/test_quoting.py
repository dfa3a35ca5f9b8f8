"""``quote``, through click."""

import json

from tests.cli.shell import STORY, Shell


def test_words_with_citation_and_tags_in_each_form(shell: Shell) -> None:
    shell.add(STORY, "story.txt", "--outlet", "The Post", "--url", "https://example.org/a_b")
    shell("tag", "1", "doubtful", "--statement", "2", "--likelihood", "20", "--note", "why")
    assert shell("quote", "1", "--statement", "2") == 0
    assert shell.out.splitlines() == [
        "“The mayor said it was safe.”",
        "— “Storm closes the bridge”, The Post, https://example.org/a_b",
        "[! doubtful, likelihood 20 %]",
    ]
    assert shell("quote", "1", "--quote", "was safe", "--as", "markdown") == 0
    assert shell.out.splitlines() == [
        "> was safe",
        "",
        "— [Storm closes the bridge](<https://example.org/a_b>), The Post",
    ]
    start = STORY.index("The mayor")
    assert shell("quote", "1", "--span", f"{start}:{start + 27}", "--as", "json") == 0
    said = json.loads(shell.out)
    assert (said["quote"], said["start"], said["tags"], said["note"]) == (
        "The mayor said it was safe.", start, ["! doubtful, likelihood 20 %"], "why",
    )  # fmt: skip
    assert shell("quote", "1", "--statement", "2", "--as", "offsets") == 0
    assert shell.out == f"{start},{start + 27} sha256:{said['sha256']}\n"


def test_nothing_or_too_much_to_quote(shell: Shell) -> None:
    shell.add()
    assert shell("quote", "1") == 2
    assert "Give one of --statement, --quote and --span." in shell.err
    assert shell("quote", "1", "--statement", "2", "--quote", "x") == 2
    assert shell("quote", "1", "--quote", "not there") == 2
    assert shell("quote", "2", "--statement", "1") == 2
