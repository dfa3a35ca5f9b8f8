"""Keys that arrive in one piece, as over a slow line, mean what they mean in the order typed."""

from pathlib import Path

from tests.terminal import reader

TEXT = "Alpha opens it. Bravo is here. Then alpha again. And alpha once more. The end.\n"


def opened(tmp_path: Path):
    article = tmp_path / "a.txt"
    article.write_text(TEXT)
    return reader(str(article), database=tmp_path / "l.db")


def test_a_note_typed_in_one_piece(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.wait_for("statement 1/5")
        terminal.send("aone two" + "\x7f" * 3 + "THREE\x13")
        terminal.wait_for("one THREE")
        terminal.send("q")
        assert terminal.wait() == 0


def test_a_search_and_what_is_done_with_it(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.wait_for("statement 1/5")
        terminal.send("/alpha\rnn2")
        terminal.wait_for("1 of 5 judged")
        terminal.wait_for("statement 4/5")
        terminal.send("q")
        assert terminal.wait() == 0


def test_a_bad_expression_keeps_the_line(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.wait_for("statement 1/5")
        terminal.send("/\x12(\r")
        terminal.wait_for("SEARCH")
        terminal.send("\x7fbravo\r")
        terminal.wait_for("statement 2/5")
        terminal.send("q")
        assert terminal.wait() == 0


def test_keys_typed_while_the_search_line_opens_keep_their_order(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.wait_for("statement 1/5")
        terminal.send("jj/")
        terminal.send("brx\x7favo\r2")
        terminal.wait_for("statement 2/5")
        terminal.wait_for("1 of 5 judged")
        terminal.send("q")
        assert terminal.wait() == 0
