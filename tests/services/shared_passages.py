"""Articles that have passages in common: an agency's, a paper's, and one that is another's."""

from __future__ import annotations

PIER = (
    "The harbour board closed the old pier on Monday after divers found cracks in four of its"
    " twelve concrete piles."
)
REPAIR = (
    "Engineers expect the repair to take at least {} weeks, and ferries will leave from the"
    " northern quay until then."
)
SAID = "“We would rather be late than in the water with everybody on board,” said Ines Falk"
LONG = "\n\n".join(f"Paragraph {n} of the agency's file says nothing." for n in range(60))
WIRE = f"{LONG}\n\n{PIER}\n\n{REPAIR.format('seven')}\n\n{SAID}, who runs the harbour."
PAPER = (
    "Our reporter spent the day at the fish market, where nobody had been told.\n\n"
    f"{REPAIR.format('nine')}\n\n{SAID} when she was asked.\n\n{PIER}"
)
ELSE = f"Snow fell on the pass for the ninth day.\n\nA neighbour wrote: {SAID}."
