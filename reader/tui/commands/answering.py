"""Letters that answer a question of a dialog: how it is told, what it is to another statement."""

from __future__ import annotations

from reader.domain.attributed import ACTS, VOICES
from reader.domain.evidence import STANCE_KEYS
from reader.domain.relation import TYPES
from reader.tui.commands.command import Command, row, section

ABOUT = {
    "direct": "Word for word, in quotation marks.",
    "partial": "Some words of the speaker's in the narrator's sentence.",
    "indirect": "In reported speech.",
    "narrator": "The article says so itself.",
    "unclear": "It cannot be told where the speaker ends and the narrator begins.",
    "assert": "Says that something is so.",
    "admit": "Concedes something to his or her own disadvantage.",
    "deny": "Says that something is not so.",
    "narrow-denial": "Denies less than was alleged: look at what exactly.",
    "opine": "Gives a judgement, a wish or a feeling as one's own.",
    "explain": "Gives a reason or a background for what is not in question.",
    "non-answer": "Answers, but not what was asked.",
    "certain": "What is marked is all of what was said, and nothing else.",
    "uncertain": "What was said may begin or end elsewhere than the highlight.",
}
"""What each voice, speech act and certainty of scope means, in one sentence."""

_STANCES = {
    "supports": "The evidence supports the statement.",
    "refutes": "The evidence refutes the statement.",
    "context": "The evidence gives the statement a context.",
    "insufficient": "The evidence is not enough to tell.",
}


def _answer(id: str, key: str, tooltip: str, context: str) -> Command:
    subject, _, code = id.partition(".")
    word = code.replace("-", " ")
    return row(id, key, f"{subject}: {word}", f"{word.capitalize()}: {tooltip}", context,
               action=f"answer('{code}')", palette=False)  # fmt: skip


VOICE = section(
    "Voice and speech act",
    [
        row("voice.next", "down tab", "next question", "Go to the next question.", "voice",
            action="step(1)", palette=False),
        row("voice.previous", "up shift+tab", "previous question", "Go to the previous question.",
            "voice", action="step(-1)", palette=False),
        *(_answer(f"voice.{voice}", key, ABOUT[voice], "voice")
          for key, voice in zip("dpinu", VOICES, strict=True)),
        *(_answer(f"act.{act}", str(number), ABOUT[act], "voice")
          for number, act in enumerate(ACTS, 1)),
        _answer("scope.certain", "s", ABOUT["certain"], "voice"),
        _answer("scope.uncertain", "S", ABOUT["uncertain"], "voice"),
    ],
)  # fmt: skip
"""Each letter sets its answer, or takes it off. Letters of a codebook are the codebook's own."""

KIND = section(
    "Kind of relation",
    [_answer(f"kind.{item.code}", item.key, item.definition, "kind") for item in TYPES],
)

STANCE = section(
    "What evidence says",
    [
        *(_answer(f"stance.{name}", key, _STANCES[name], "stance")
          for name, key in STANCE_KEYS.items()),
        row("stance.next", "right", "next", "Go to what comes next.", "stance",
            action="step(1)", palette=False),
        row("stance.previous", "left", "previous", "Go to what comes before.", "stance",
            action="step(-1)", palette=False),
    ],
)  # fmt: skip
