"""``attribute`` and ``source``: who said it, from the shell."""

import json

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def shell(tmp_path, capsys) -> Shell:
    shell = Shell(tmp_path, capsys)
    shell.add()
    return shell


def chain(shell: Shell, statement: str, *words: str) -> list[str]:
    return shell.json("attribute", "1", "--statement", statement, *words)["chain"]


def test_attributed_judged_shown_and_taken_back(shell: Shell) -> None:
    words = ("--source", "The mayor", "--via", "?", "--via", "News agency")
    more = ("--voice", "indirect", "--act", "assert", "--scope-certain", "--kind", "person")
    done = shell.json("attribute", "1", "--statement", "2", *words, *more)
    assert done["chain"] == ["The mayor", "?", "News agency"]
    assert (done["voice"], done["act"], done["scope_certain"]) == ("indirect", "assert", True)
    assert [made["kind"] for made in done["made"]] == ["person", "person"]
    assert shell("attribute", "1", "--statement", "2", "--voice", "direct", "--said", "x") == 2
    assert "no tag x" in shell.err
    assert shell.json("attribute", "1", "--statement", "2", "--act", "")["voice"] == "indirect"
    assert shell("attribute", "1", "--statement", "2", "--said", "on-record") == 0
    assert shell.out.strip() == done["uid"]
    assert shell("attribute", "1", "--statement", "2", "--source", "the MAYOR") == 0
    assert "The mayor" in shell.err
    assert shell("attribute", "1", "--statement", "3", "--said", "on-record") == 2
    assert "Nothing is attributed" in shell.err
    assert shell("attribute", "1", "--statement", "2") == 2
    assert shell("attribute", "1", "--statement", "2", "--clear") == 0
    assert "deleted" in shell.err
    for _ in range(2):
        assert shell("undo", "1") == 0
    assert chain(shell, "2", "--voice", "unclear") == ["The mayor", "?", "News agency"]
    assert shell("attribute", "1", "--statement", "3", "--via", "Byron") == 0
    assert "? > Byron" in shell.err


def test_sources_are_listed_named_merged_and_split(shell: Shell) -> None:
    mayor = chain(shell, "2", "--source", "The mayor") and shell.json("source", "list")[0]["uid"]
    chain(shell, "3", "--source", "Jo Smith")
    uid = shell.json("source", "add", "Jo A. Smith", "--role", "mayor", "--kind", "person")["uid"]
    assert shell("source", "list") == 0
    assert [line.split()[1] for line in shell.out.splitlines()] == ["Jo", "Jo", "The"]
    assert shell("source", "edit", uid, "--alias", "Smith", "--since", "2019", "--role", "clerk",
                 "--url", "https://example.org", "--until", "2020-05") == 0  # fmt: skip
    assert shell.out.count(";") == 2
    assert shell("source", "edit", "smith", "--alias", "Jo", "--url", "nowhere") == 2
    assert shell("source", "show", "Jo") == 2  # of that, nothing was done
    assert shell("source", "merge", "Jo Smith", mayor[:13], "smith") == 0
    assert shell.out == "Jo Smith, The mayor is Jo A. Smith\n"
    (one,) = shell.json("source", "list", "mayor")
    assert (one["name"], one["statements"], one["articles"]) == ("Jo A. Smith", 2, 1)
    assert one["names"] == ["Smith", "The mayor", "Jo Smith"]
    assert shell("source", "rate", "the mayor", "c", "--codebook", "admiralty") == 0
    assert shell.out == "Jo A. Smith: reliability: C fairly reliable\n"
    assert shell("source", "rate", "the mayor", "c") == 2  # the usual codebook asks no such thing
    assert shell("source", "rename", "smith", "J. Smith") == 0
    shown = shell.json("source", "show", "Jo Smith")
    assert [item["name"] for item in shown["merged"]] == ["The mayor", "Jo Smith"]
    assert [item["code"] for item in shown["judgements"]] == ["C"]
    assert [item["text"] for item in shown["statements"]] == [
        "The mayor said it was safe.", "A witness saw cracks.",
    ]  # fmt: skip
    assert [role["until"] for role in shown["roles"]] == ["2020-05"]
    assert shell("source", "show", "smith") == 0
    assert "C fairly reliable (ana)" in shell.out
    assert "A witness saw cracks." in shell.out

    highlight = shown["statements"][0]["highlight"]
    assert shell("source", "split", "smith", "Jo Smith", "--statement", highlight[:18]) == 0
    assert chain(shell, "2", "--act", "opine") == ["Jo Smith"]
    assert chain(shell, "3", "--act", "opine") == ["J. Smith"]
    assert shell("undo") == 0
    assert shell("source", "split", "smith", "Jo Smith") == 0
    assert chain(shell, "3", "--act", "deny") == ["Jo Smith"]
    assert shell("source", "split", "smith", "Byron", "--statement", "nothing") == 2
    assert shell("source", "delete", "smith") == 2
    assert "says 1 statement." in shell.err
    assert shell("source", "add", "Byron") == 0
    assert shell("source", "delete", "byron") == 0
    assert shell("source", "show", "Byron") == 2
    assert shell("undo") == 0
    assert shell("source", "show", "Byron") == 0
    assert shell("source", "merge", "nobody", "smith", "--json") == 2
    assert shell("source", "merge", "nobody", "smith") == 2
    assert "There is no source “nobody”" in shell.err
    assert json.loads(json.dumps(shown)) == shown
    assert shell("doctor") == 0


def test_a_name_is_given_to_one_source_unless_it_is_wished(shell: Shell) -> None:
    ministry = shell.json("source", "add", "Foreign ministry")["uid"]
    byron = shell.json("source", "add", "Byron")["uid"]
    for wrong in (("add", "foreign  MINISTRY"), ("rename", "Byron", "Foreign ministry")):
        assert shell("source", *wrong) == 2
        assert ministry in shell.err
        assert "merge" in shell.err
        assert "--anyway" in shell.err
    assert [item["name"] for item in shell.json("source", "list")] == ["Byron", "Foreign ministry"]
    assert shell("source", "rename", "foreign ministry", "Foreign Ministry") == 0  # itself
    assert shell("source", "edit", ministry, "--alias", "FM") == 0
    assert shell("source", "add", "FM") == 2
    assert "another name of" in shell.err
    for taken in ("Foreign ministry", "fm"):  # as another name neither
        assert shell("source", "edit", byron, "--url", "https://b.example", "--alias", taken) == 2
        assert ministry in shell.err
        assert "merge" in shell.err
        assert "--anyway" in shell.err
    assert shell.json("source", "show", byron)["url"] is None
    assert shell("source", "edit", byron, "--alias", "fm", "--anyway") == 0
    assert shell("source", "rename", byron, "Foreign Ministry", "--anyway") == 0
    assert shell("source", "add", "Foreign ministry", "--anyway") == 0
    assert len(shell.json("source", "list")) == 3
