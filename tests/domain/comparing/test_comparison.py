"""Two versions as paragraphs with the words that were taken out and put in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.comparing.alignment import Alignment, Words
from reader.domain.comparing.comparison import Comparison, Sign
from tests.services.changes_desk import OLD, draft

MARKS = {Sign.SAME: "{}", Sign.REMOVED: "[-{}-]", Sign.ADDED: "{{+{}+}}"}


def compare(old: str, new: str) -> Comparison:
    return Comparison(Alignment(old, new), draft(old).blocks, draft(new).blocks)


def shown(old: str, new: str) -> list[str]:
    compared = compare(old, new)
    return [
        "".join(MARKS[piece.sign].format(piece.text) for piece in compared.pieces(paragraph))
        for paragraph in compared.paragraphs
        if paragraph.changed
    ]


def test_words_are_taken_out_and_put_in_by_paragraph() -> None:
    new = OLD.replace("to four.", "to five.").replace(" Nobody spoke against it.", "")
    assert shown(OLD, "Corrected.\n\n" + new) == [
        "{+Corrected.+}",
        "The council met on Monday. It approved the plan by nine votes to [-four-]{+five+}.",
        'The mayor said: "We have no choice." [-Nobody spoke against it.-]',
    ]
    compared = compare(OLD, new)
    assert (compared.removed, compared.added, len(compared.paragraphs)) == (5, 1, 3)
    assert shown(OLD, OLD.replace(" ", "\n")) == []


def test_paragraphs_are_taken_out_put_in_and_cut_in_two() -> None:
    first, second, third = OLD.split("\n\n")
    assert shown(OLD, f"{first}\n\n{third}") == [f"[-{second}-]"]
    assert shown(f"{first}\n\n{third}", OLD) == [f"{{+{second}+}}"]
    assert shown(OLD, f"{first}\n\n{second}") == [f"[-{third}-]"]
    assert shown(OLD, "") == [f"[-{part}-]" for part in (first, second, third)]
    cut = first.replace("Monday. It", "Monday.\n\nThen it")
    assert shown(first, cut) == ["[-It-]{+Then it+} approved the plan by nine votes to four."]


words = st.sampled_from(["a", "b", "vote", "no", "1.9", "$1.2", "no-one", ".", "\n\n", "\n\n"])
texts = st.lists(words, max_size=40).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(old=texts, new=texts)
def test_every_word_is_in_one_piece(old: str, new: str) -> None:
    compared = compare(old, new)
    pieces = [piece for item in compared.paragraphs for piece in compared.pieces(item)]
    for text, other in ((old, Sign.ADDED), (new, Sign.REMOVED)):
        said = " ".join(piece.text for piece in pieces if piece.sign is not other)
        assert Words(said).words == Words(text).words
    for item in compared.paragraphs:
        signs = {piece.sign for piece in compared.pieces(item)}
        assert item.changed is (signs != {Sign.SAME})


WHOLE = [
    "1.9", "1,200.50", "$1,200.50", "-3.5%", "10:30", "2026-11-27", "27/11/2026", "US$5", "5€",
    "12°C", "COVID-19", "mother-in-law", "didn't", "didn’t", "Vos's", "U.S.", "AT&T", "#Rain",
    "@ana_v", "p.vos@council.example.org", "https://news.example.com/a/1.9?b=c-d#e", "www.x.org/y",
    "example.com",
]  # fmt: skip


def test_a_number_a_date_an_amount_or_an_address_changes_as_a_whole() -> None:
    for word in WHOLE:
        letters = [place for place, letter in enumerate(word) if letter.isalnum()]
        for place in (letters[0], letters[len(letters) // 2], letters[-1]):
            other = f"{word[:place]}{'8' if word[place].isdigit() else 'z'}{word[place + 1 :]}"
            for before, behind in (("At ", ", said Vos."), ("“", "”"), ("(", ").")):
                found = shown(f"{before}{word}{behind}", f"{before}{other}{behind}")
                assert found == [f"{before}[-{word}-]{{+{other}+}}{behind}"]
    for joint in "\u00a0\u202f\u2009":
        old, new = (f"It cost 1{joint}{part}{joint}000 euros." for part in ("200", "300"))
        assert shown(old, new) == ["It cost [-1 200 000-]{+1 300 000+} euros."]
        assert (compare(old, new).removed, compare(old, new).added) == (1, 1)
    assert shown("In 2020 200 came.", "In 2020 300 came.") == ["In 2020 [-200-]{+300+} came."]
    assert shown("It fell to 1.9.", "It fell to 1.95.") == ["It fell to [-1.9-]{+1.95+}."]
    assert shown("About 3 said so.", "About 3.") == ["About 3 [-said so-]."]
    assert shown("It ended.Then 1990–95.", "It ended.So 1990–96.") == [
        "It ended.[-Then-]{+So+} 1990–[-95-]{+96+}."
    ]
    compared = compare("At 10:30 it cost $1,200.50.", "At 10:45 it cost $1,300.50 or so.")
    assert (compared.removed, compared.added) == (2, 4)
