"""Places that speak for who works there: "Downing Street", "the Kremlin", "City Hall"."""

from __future__ import annotations

_NAMES = {
    **dict.fromkeys(
        (
            "downing street", "10 downing street", "number 10", "no 10", "no. 10", "white house",
            "kremlin", "oval office", "élysée", "elysee", "chancellery", "holy see",
        ),
        "office",
    ),
    **dict.fromkeys(
        (
            "whitehall", "westminster", "capitol hill", "capitol", "pentagon", "foggy bottom",
            "scotland yard", "quai d'orsay", "holyrood", "stormont", "vatican",
        ),
        "organisation",
    ),
    "wall street": "group",
}  # fmt: skip
"""The few that are known by name alone, and what they are as a source."""
_BUILDINGS = {
    **dict.fromkeys(("street", "square", "palace", "avenue"), "office"),
    "house": "organisation",
}
"""Last words of what is named for where it is; "hall" only behind what has one: people have it."""
_HAVE_HALLS = ("city", "town", "county", "village", "state")


def stands_for(name: str) -> str | None:
    """Return what a place is as a source, ``office`` or the like; None if a name is no such place.

    Args:
        name: A name, with or without "the". One word alone is a place only where it is well known.
    """
    words = name.lower().replace("’", "'").removeprefix("the ").removesuffix("'s").split()
    known = _NAMES.get(" ".join(words))
    if known or len(words) < 2 or "of" in words:
        return known
    if words[-1] == "hall" and words[-2] in _HAVE_HALLS:
        return "office"
    return _BUILDINGS.get(words[-1])
