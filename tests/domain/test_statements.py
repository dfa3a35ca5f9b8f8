"""The segmenter against sentences of our own; ``|`` marks where a statement ends and one begins."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.abbreviations import is_abbreviation
from reader.domain.statements import _places, segment

ENGLISH = """
The dam broke at noon. | Nobody was hurt.
Is it true? | We do not know. | It may be!
Mr. Okafor met Mrs. Lund. | Both smiled.
Dr. Adeyemi and Prof. Karlsson disagree. | Ms. Ito does not.
Gen. Park praised Lt. Col. Reyes. | He named no one else.
Sen. Whitfield and Rep. Barros voted no. | Gov. Ames abstained.
She lives on St. Agnes Road. | The house is on Main St. | The garden is not.
In St. Louis it rained. | He moved to Mt. Vernon.
The U.S. Senate voted. | The U.K. Parliament did not.
He flew back to the U.S. | The talks went on.
He returned to the U.S. | The talks went on without him.
The openly scheduled W.H. meeting lasted an hour. | Nothing was said of it.
J. K. Rowling was there. | So was J.R.R. Tolkien.
George W. Bush spoke. | A. A. Milne listened.
We asked John F. Kennedy Jr. about it. | He laughed.
Prices rose 3.5 percent. | Wages rose 1.2.
It cost $1.2 billion. | Taxpayers paid £0.4m of it.
It starts at 5 p.m. on Friday. | Doors open at 4.30 p.m.
It starts at 5 p.m. Friday and ends at 7 a.m. EST. | Bring a coat.
It ended at 5 p.m. | Smith left at once.
She joined Acme Inc. in May. | It went well.
Acme Inc. Chief Executive Joan Marsh resigned. | Shares fell.
She left Acme Corp. | The company said nothing.
Use a tool, e.g. a hammer. | Do not use force, i.e. your fist.
Bring bread, cheese, etc. | The rest is there.
Bring bread, cheese, etc. and wine. | The rest is there.
It was Smith vs. Jones. | In Roe v. Wade the court had decided.
See No. 5 and Nos. 7 to 9. | I said no. | Nobody listened.
See Fig. 3 and p. 12, vol. II of the report. | It says so.
Read art. 5 first. | Modern art. | Old art.
She was born on Jan. 5 in Fargo, N.D. | They moved in Feb. 1999.
Version 2.0.1 is out. | Go to example.com. | Write to ann@example.org.
See https://example.com/a.b?c=d. | Then call.
He uses Node.js. | She does not.
Well… | That was unexpected.
He waited... | The door opened.
It was… odd. | We left ... in haste.
"I waited… and waited," he said. | She nodded.
Really?! | Yes!! | No?
"Is it over?" she asked. | Nobody answered.
"Is it over?" Smith asked. | Nobody answered.
"Stop!" he cried. | They did not.
"I did it," he said. | "I would do it again."
He said: "We were wrong. | We are sorry. | It ends today."
He said: “We were wrong. | We are sorry.” | She did not reply.
She said it was 'fake.' | He laughed.
They called it "fake". | The ministry agreed.
They called it "fake." | The ministry agreed.
(He had said so before.) | No one had listened. | (Not even she.)
It rained (as it had in May, June, etc.). | We stayed in.
It was late [see below]. | We left.
The figure is disputed.[3] | It comes from a survey.[12] | Others differ.
He won the prize.² | She came second.
Yahoo! bought it. | Then it sold it.
The show Jeopardy! was on. | We watched it.
1. First, boil the water. | 2. Add the tea.
a. First, boil the water.
iv. Add the tea.
There are two ways: 1. The slow one. | 2. The fast one.
The company, founded in 1999, grew. | In 2004 it was sold. | It was 2009. | The crisis came.
He turned 5. | The others were older.
eBay grew. | iPhone sales fell. | iPhone prices rose.
He holds a Ph.D. in physics. | She has an M.D. from Leeds.
The firm (Brown & Co.) closed. | It owed millions.
It is approx. 5 km away. | We walked.
Pay by Sept. 11. | Then wait.
He said he's "fine." | But he was not.
This is the first line
of a wrapped sentence. | This is
the second.
What did the adviser, H. R. McMaster, say? | He said no.
The meeting, at 10 a.m., was short. | No one spoke.
What a day! | "What a night!" | (What a week!)
He was "shocked." | And it's clouded.
Plan B. | It was Plan B. | It failed.
World War II. | It ended in 1945.
Queen Elizabeth II. | The reign was long.
He lives at 12 Oak Ave. in Boise. | She lives next door.
Washington, D.C. | That is where it happened.
He said it ("I was there.") and left. | She stayed.
The report said: 'No comment.' | That was all.
Great news. | 😀 Everyone cheered.
Costs were high. | $5 million was lost. | #sorry was a trend. | @mayor wrote it.
He left. | – She stayed. | - He returned.
No terminator at all
One. | Two
Wait . . . what?
Is 3 > 2? | Yes, it is.
It was on Fri. and Sat. only. | Then it closed.
He met Pres. Amadi. | He thanked Amb. Rossi.
The judge cited 18 U.S.C. 793. | It is a federal law.
"You," he said. | "And you! | All of you!"
Did he say "why?" | She thinks so.
ST. PETERSBURG, Fla. (AP) — The council met. | It voted.
ST. PETERSBURG, Fla. — The council met. | It voted.
ST. LOUIS (AP) — A judge ruled. | He gave no reason.
FT. WORTH, TEXAS — Crews worked. | Then it rained.
FT. LAUDERDALE, FLA. -- The crews worked. | Then it rained.
PORT ST. LUCIE, Fla., May 3 - They met. | They voted.
SAULT STE. MARIE, Mich. (Reuters) - The ferry sank.
MT. VERNON, Ill. – The mayor spoke. | Nobody listened.
TORONTO, Ont. (CP) — The council met. | It voted.
LONDON, SEPT. 3 — The council met. | It voted.
ARLE, May 3. — The council met. | It voted.
CHARLESTON, W. Va. (AP) — The judge ruled. | The end.
DR. SMITH SAID NO. | MR. JONES SAID YES.
SEN. WHITFIELD VOTED NO. | GOV. AMES DID NOT.
MS. SANDERS: Good afternoon. | Please sit down.
THE GARDEN IS ON MAIN ST. | THE HOUSE IS NOT.
The garden is on MAIN ST. | The house is not.
He has MS. | Doctors say so. | He left the SEC. | FBI agents came.
THEY SAT. | NOBODY SPOKE. | HE IS ILL. | DOCTORS SAY SO.
It was in DEC. | Nobody came.
I, too. | — Then he left. | NO, he said. | — Then she left.
He lives in Tampa, Fla. | The house is old.
'Tis late. | 'Twas dark.
"""
GERMAN = """
Am 3. Mai trat er zurück. | Das war im 19. Jahrhundert.
Er kam z.B. am Montag. | Sie kam d.h. gar nicht.
Er mag z. B. Äpfel. | Sie mag d. h. liebt Birnen.
Nr. 5 lebt. | Dr. Weiß und Hr. Kunz auch.
Sie sagte: „Wir gehen. | Es ist spät.“ | Dann ging sie.
»Komm!«, rief er. | »Nein. | Nie.« | Sie blieb.
„Warum?“, fragte er. | „Darum.“
Bund, Länder usw. haben zugestimmt. | Die Frist endet am 15. Juni.
Es kostet 3,5 Mio. Euro. | Das sind ca. 2 Prozent.
Er wurde 1949 geboren. | Sie 1951.
Der 1. FC Köln siegte. | Der Trainer jubelte.
Ludwig XIV. war König. | Er starb 1715.
Das gilt seit dem 12. Januar. | Vorher nicht.
Vgl. Abs. 3 des Gesetzes. | Dort steht es.
Er wohnt in der Hauptstr. 5 in Ulm. | Sie nicht.
"""
FRENCH = """
M. Dupont est venu. | Mme Leroy aussi.
M. Le Maire a parlé. | Il a promis.
« Bonjour. » | Il sourit.
« Nous partons. | Tout de suite. » | Elle hésite.
« Pourquoi ? » demande-t-il. | Personne ne répond.
Pourquoi ? | Parce que ! | Voilà.
Il a dit : « C’est fini. | Rentrez. »
Il est né en 1950. | Elle en 1960.
Voir art. 5 et p. 12. | C’est clair.
C’est cher, etc. | Mais beau.
"""
SPANISH = """
¿Qué pasa? | ¡Nada! | Todo bien.
El Sr. García y la Sra. López llegaron. | Nadie habló.
Hay frutas, p. ej. manzanas. | También hay pan.
Vive en EE. UU. desde 2001. | Es feliz.
—¿Vienes? | —No. | Me quedo.
«Vamos. | Es tarde.» | Y se fue.
El Dr. Ruiz pagó 3.500 euros. | Ud. no pagó nada.
"""
OTHERS = """
Il sig. Rossi è qui. | La dott. Bianchi no.
Perché? | Non lo so! | Andiamo.
O Sr. Silva chegou. | A Sra. Costa não.
Dhr. de Vries kwam. | Hij bleef niet.
Het kost o.a. geld. | En tijd, enz. | De rest volgt.
Det var den 3. maj. | Han gick hem.
Τι ώρα είναι; | Δεν ξέρω. | Ίσως αργότερα·
Он пришёл. | Она ушла, т.е. уехала. | Это было в 1999 г. в Москве.
Он родился в 1950 г. | Его отец умер. | Это г. Омск.
Почему? | Никто не знает!
Przyszedł np. Adam. | Nikt go nie znał. | Prof. Nowak też nie.
ماذا حدث؟ | لا نعرف. | ربما غدا!
یہ خبر ہے۔ | یہ سچ نہیں۔
वह आया। | वह गया। | क्यों?
מה קרה? | איש אינו יודע. | אולי מחר.
오늘은 비가 온다. | 내일은 맑다. | 정말?
this text has no capitals. | it still has sentences. | see e.g. this one.
"""
UNSPACED = """
会议开始了。|大家都来了！|是吗？|是的。
他说：“我们走。|快点！”|大家跑了。
“我们走。”他说。|大家跑了。
「行こう。」と彼は言った。|誰も動かなかった。
「行こう。|早く。」|彼は走った。
価格は3.5%上がった。|なぜ？|分からない。
（彼は来た。）|彼女は来なかった。
真的吗？！|当然。
"""


def _cases() -> list[tuple[str, list[str]]]:
    cases = []
    spaced = ENGLISH + GERMAN + FRENCH + SPANISH + OTHERS
    spaced = spaced.replace("line\nof", "line\x00of").replace("This is\nthe", "This is\x00the")
    for line in filter(None, spaced.split("\n")):
        parts = line.replace("\x00", "\n").split(" | ")
        cases.append((" ".join(parts), parts))
    for line in filter(None, UNSPACED.split("\n")):
        cases.append((line.replace("|", ""), line.split("|")))
    return cases


@pytest.mark.parametrize(("text", "parts"), _cases())
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in segment(text, 0, len(text))] == parts


def test_there_are_enough_cases() -> None:
    assert len(_cases()) >= 120


def test_only_the_block_is_looked_at() -> None:
    text = "One. Two. Three. Four."
    assert segment(text, 5, 15) == [(5, 9), (10, 15)]
    assert segment(text, 4, 16) == [(5, 9), (10, 16)]
    assert segment(text, 3, 3) == []


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "* * *", "“!”", "___", "。" * 9])
def test_without_words_there_are_no_statements(text: str) -> None:
    assert segment(text, 0, len(text)) == []


MARKS = st.text(
    alphabet=st.sampled_from(list("aB1 .\n\t!?…。」\"'“”«»()[];:,-\u00a0字é؟।😀\u0301M r")),
    max_size=60,
)


@given(st.one_of(MARKS, st.text(max_size=80)), st.integers(0, 20), st.integers(0, 20))
def test_spans_and_gaps_give_the_text_back(text: str, left: int, right: int) -> None:
    start = min(left, len(text))
    end = max(start, len(text) - right)
    at = start
    for a, b in segment(text, start, end):
        assert a < b
        assert text[at:a].strip() == ""
        assert text[a:b] == text[a:b].strip()
        at = b
    assert at <= end
    if at > start:
        assert text[at:end].strip() == ""
    else:
        assert not any(letter.isalnum() for letter in text[start:end])


@pytest.mark.parametrize(
    "unit",
    [".", '"', "'", "(", ")", "[1]", "word ", "字", " ", "\n", "\t\n", ". ", "a. ", "U.S. ", "x.",
     '."', ".'x", "?!", "。", "。」", "1. ", " »", ".[", "... I ", '?" Said S ', ". --", "…", ";",
     "Mr. ", "z. B. ", "Am 3. Mai ", "»Ja.« ", "\u0301", "😀. "],
)  # fmt: skip
def test_a_megabyte_of_anything_ends(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    spans = segment(text, 0, len(text))
    assert all(a < b for a, b in spans)


def test_abbreviations() -> None:
    assert all(map(is_abbreviation, ["Mr", "U.S", "p.m", "J", "Ph.D", "z.B", "Inc"]))
    assert not any(map(is_abbreviation, ["dog", "example.com", "", "3.5", "it.is.long"]))


PLACE = re.compile(
    r"""
    (?P<run> [.!?…‼⁇⁈⁉‽؟۔։。！？｡।॥።။។;\u037e]++)
    (?:[\"'”’“‘»«›‹)\]}」』】〉》）］｝＂＇⁾¹²³⁰⁴-⁹] | \[\d{1,3}\]
      | [\ \u00a0\u202f][»›] (?=[\s.,;:]|\Z))*+
    (?P<space> \s*+)
    """,
    re.VERBOSE,
)
AROUND = st.sampled_from(
    [*".?!…。;”’»)¹⁴[] \u00a0\n", "[1]", "[123]", "[1234]", " »", "\u202f›", "a", ".» "]
)


@given(st.lists(AROUND, max_size=30).map("".join))
def test_the_places_where_sentences_may_end_are_terminators_and_what_closes(text: str) -> None:
    found = [(p.first, p.closers, p.end, p.stop) for p in _places(text, 0)]
    assert found == [
        (m.start(), m.end("run"), m.start("space"), m.end()) for m in PLACE.finditer(text)
    ]
