from __future__ import annotations

import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.capture.encoding import decode
from reader.domain.errors import InputError

ENGLISH = "The dam broke – “nobody” was hurt, said the café’s owner.\n" * 4
RUSSIAN = (
    "Президент подтвердил, что передал сведения гостям из другой страны. Это было в мае.\n" * 6
)
GREEK = "Ο πρόεδρος επιβεβαίωσε ότι μοιράστηκε πληροφορίες με τους επισκέπτες του χθες.\n" * 6
CHINESE = (
    "一位官员说，第一次会议在一月举行，一切都很顺利。一般认为没有人受伤。\n"
    "大坝决堤之后，一些人一直住在学校里；一名医生说情况正在好转。\n"
) * 20
JAPANESE = "大統領は訪問者と情報を共有したことを認めた。これは会議の後に起こったことである。\n" * 6


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, JAPANESE])
@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_stated_encodings(text: str, name: str) -> None:
    found, _, warning = decode(text.encode(name))
    assert found == text
    assert warning is None


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_without_a_mark(name: str) -> None:
    found, encoding, _ = decode(ENGLISH.encode(name))
    assert (found, encoding) == (ENGLISH, name)
    if "16" in name:
        assert decode(JAPANESE.encode(name))[0] == JAPANESE


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [CHINESE, CHINESE.replace("\n", "") + "\n", CHINESE.replace("。", "。 said Mr Li. "), RUSSIAN,
     GREEK, JAPANESE, "대통령은 방문객들과 정보를 공유했다고 확인했다.\n" * 6],
)  # fmt: skip
def test_other_scripts_in_utf_16_without_a_mark(text: str, name: str) -> None:
    assert decode(text.encode(name)) == (text, name, None)


@pytest.mark.parametrize(
    "raw", [b"Caf\xe9 at the dam\n\0 and so on and so on\n" * 9, b"ab\0\nc d e of the dam " * 9]
)
def test_stray_zeros_make_no_utf_16(raw: bytes) -> None:
    assert decode(raw)[1] in ("utf-8", "cp1252")


def test_windows_1252() -> None:
    found, encoding, warning = decode(ENGLISH.encode("cp1252"))
    assert (found, encoding) == (ENGLISH, "cp1252")
    assert warning


WORDS = {
    "Niño": "the weather turned when the warm current came back to the coast and rain fell for",
    "It’s": "over and nobody was hurt said the owner of the old house by the river last night",
    "naïve": "he was to think that the dam would hold for another year after all that rain and",
    "Façade": "of the town hall was cleaned in the spring and looks like new to those who pass by",
    "déjà": "le maire a dit que tout le monde allait bien et que la route serait ouverte demain",
    "mañana": "el alcalde dijo que todo el mundo estaba bien y que el camino se iba a abrir de",
    "Brücke": "der Sprecher sagte dass niemand verletzt wurde und dass alle wieder nach Hause",
    "Straße": "ist wieder frei und die Leute aus dem Dorf sind am Abend nach Hause gegangen sagte",
}


@pytest.mark.parametrize(("word", "others"), WORDS.items())
def test_one_accented_word_is_windows_1252(word: str, others: str) -> None:
    plain = others.split() + others.split()
    for count in range(20):
        for place in {0, count // 2, count}:
            text = " ".join([*plain[:place], word, *plain[place:count]])
            assert decode(text.encode("cp1252"))[:2] == (text, "cp1252")


def test_many_accents_are_still_windows_1252() -> None:
    for text in ("À l’été, Noël à Orléans: «déjà là», dit-elle; ça gêne, ô père, où êtes-vous?",
                 "«¿Qué pasó?» — «¡Ñandú!», gritó él; ¿cómo está mamá? Más o menos, señor.",
                 "Größe, Übermut, Äpfel, Öl, süß, Fuß, Mühe, schön, für, über, müde"):  # fmt: skip
        assert decode(text.encode("cp1252"))[:2] == (text, "cp1252")


def test_undefined_bytes_of_windows_1252() -> None:
    found, encoding, _ = decode(b"caf\xe9 \x81\x8d " + b"plain words here " * 9)
    assert encoding == "cp1252"
    assert found.startswith("café \ufffd\ufffd ")


@pytest.mark.parametrize(
    ("text", "name"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (JAPANESE, "shift_jis"),
                       (JAPANESE, "euc_jp"), (GREEK, "cp1253"), (GREEK, "iso8859-7"),
                       (CHINESE[:300], "gb18030"), (CHINESE[:300], "gb2312"),
                       (RUSSIAN[:170], "cp1251"), (JAPANESE[:80], "shift_jis"),
                       (JAPANESE[:80], "euc_jp"), (GREEK[:160], "cp1253")]
)  # fmt: skip
def test_other_scripts(text: str, name: str) -> None:
    found, _, warning = decode(text.encode(name))
    assert found == text
    assert warning


def test_a_damaged_byte_does_not_spoil_the_rest() -> None:
    raw = RUSSIAN.encode()
    found, encoding, warning = decode(raw[:100] + b"\xff" + raw[100:])
    assert encoding == "utf-8"
    assert found.replace("\ufffd", "") == RUSSIAN
    assert warning


def test_stray_controls_are_still_text() -> None:
    assert decode(b"A \x00 and \x1b[31mred\x1b[0m text with words.")[1] == "utf-8"


@pytest.mark.parametrize(
    "raw",
    [b"%PDF-1.7\n%...", b"PK\x03\x04aaaa", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a...",
     b"\x7fELF\x02\x01", b"SQLite format 3\x00", b"\x1f\x8b\x08\x00",
     zlib.compress(b"".join(str(n).encode() for n in range(9_000))),
     bytes(5000), bytes(range(256)) * 40,
     random.Random(1).randbytes(50_000), b"{\\rtf1 hello}"],
)  # fmt: skip
def test_binary_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError):
        decode(raw)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        text, name, _ = decode(raw)
    except InputError:
        return
    assert name
    assert isinstance(text, str)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=200))
def test_utf_8_is_itself(text: str) -> None:
    raw = text.encode()
    if not raw.startswith((b"%PDF", b"PK", b"GIF", b"BZh", b"{\\rtf")):
        assert decode(raw)[0] == text.removeprefix("\ufeff")
