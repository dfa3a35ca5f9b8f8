"""A PDF of two columns with headings, running heads and a page number."""

from __future__ import annotations

from tests.capture.pdf_writer import Pdf, Sheet

LEFT = [
    "The council met late on Tuesday to look at the",
    "figures for the bridge. The mayor called the repre-",
    "sentatives of both parties into the room and said",
    "that a well-known firm had been asked to look at it",
    "again before the winter. Nobody in the room disa-",
    "greed with her, and the chair closed the first half.",
]
RIGHT = [
    "After the break the engineers showed what they had",
    "found under the eastern arch. Two of the cracks were",
    "older than the last repair, they said, and one was",
    "not. The council will vote on the money for the work",
    "in the first week of March, the chair said at the",
    "end. The well-",
]
NEXT = [
    "known firm has not said whether it will take the",
    "work. Its last report was published in the summer.",
]
HEADINGS = ("A bridge and its cracks", "What the engineers found")


def body(sheet: Sheet, number: int, lines: int = 6) -> None:
    """Running text between a running head and a page number."""
    sheet.put(72, 750, "The Bridge Report")
    sheet.put(300, 40, str(number))
    for line in range(lines):
        sheet.put(72, 700 - 12 * line, f"Line {line} of page {number} goes on with what was said.")


def two_columns(across: bool) -> Pdf:
    """A page in two columns, drawn column by column, or line by line across both."""
    pdf = Pdf(info={"Title": "Microsoft Word - bridge.doc", "Author": "Ana Example",
                    "CreationDate": "D:20240131120000Z"})  # fmt: skip
    page = pdf.sheet()
    page.put(72, 740, HEADINGS[0], 20, bold=True)
    if across:
        for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            page.put(72, 700 - 12 * number, left)
            page.put(330, 700 - 12 * number, right)
    else:
        page.column(72, 700, LEFT)
        page.column(330, 700, RIGHT)
    second = pdf.sheet()
    second.column(72, 700, NEXT)
    second.put(72, 650, HEADINGS[1], 13, bold=True)
    second.column(72, 630, ["A last paragraph stands here by itself, and ends."])
    return pdf
