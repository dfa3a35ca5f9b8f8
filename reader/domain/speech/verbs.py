"""Verbs of saying, thinking and judging: what may follow each, what it does, all of its forms.

A verb alone proves little: a report, a claim, "the plan was dismissed". What follows it does, and
which kinds of continuation count is its frame:

- ``t`` a clause with "that"; ``c`` one without; ``q`` a question ("whether", "how");
- ``i`` "to" and a verb; ``I`` somebody, then "to" and a verb;
- ``o`` any object; ``d`` one that is itself said, such as a claim; ``g`` a verb in "-ing";
- ``s`` a quotation beside it, or the whole sentence before it: "…, she said";
- ``z`` nothing at all.

The acts are those of the codebook `stance`: assert, admit, deny, opine, explain, non-answer.
English only: in other languages quotations are found by their marks, and cues are not.
"""

from __future__ import annotations

from collections.abc import Iterator

_TABLE = (
    ("assert", "tcqs", "say claim insist argue contend maintain allege assert declare announce "
     "warn add reveal disclose confirm testify reiterate stress emphasise emphasize remark observe "
     "caution conclude predict estimate suggest tweet write boast complain state note"),
    ("assert", "tcqs", "recall remember"),
    ("assert", "tqs", "report comment reply respond retort exclaim quip joke lament muse affirm "
     "attest counter interject mention signal hint imply indicate recount proclaim pronounce "
     "underline underscore highlight post retweet relay repeat point reason speculate theorise "
     "theorize rejoin opine stipulate certify document forecast charge answer brag"),
    ("assert", "tqsI", "tell advise remind inform assure notify"),
    ("assert", "qsI", "ask"),
    ("assert", "stI", "implore beseech beg plead instruct order command invite encourage"),
    ("assert", "tsIo", "urge"),
    ("assert", "tis", "threaten vow swear"),
    ("assert", "tcsio", "promise pledge"),
    ("assert", "tsog", "demand propose recommend advocate"),
    ("assert", "g", "suggest advise"),
    ("assert", "I", "warn"),
    ("assert", "o", "signal express voice predict forecast"),
    ("assert", "", "rumour rumor challenge"),
    ("assert", "ts", "shout yell whisper mutter scream cry moan groan fume gush beam smile laugh "
     "sigh snap sneer thunder roar rage rant crow chuckle grumble gripe rail tease enthuse intone "
     "begin continue finish conclude chime bark growl murmur mumble"),
    ("assert", "s", "describe call label brand term dub hail portray characterise characterize "
     "liken compare cast quote cite read put"),
    ("assert", "tc", "find discover learn show demonstrate determine establish prove calculate"),
    ("assert", "tq", "rule hear warrant"),
    ("assert", "oq", "discuss debate outline tout echo"),
    ("assert", "", "speak talk refer allude appeal request vouch press push lay brief"),
    ("admit", "tcsdg", "admit acknowledge concede confess"),
    ("admit", "t", "accept own"),
    ("admit", "z", "apologise apologize"),
    ("deny", "tcsdg", "deny"),
    ("deny", "td", "dismiss reject refute rebut dispute disavow contradict"),
    ("deny", "od", "deride ridicule downplay mock disown repudiate"),
    ("opine", "tcs", "believe think feel guess suspect reckon fear"),
    ("opine", "tci", "hope wish"),
    ("opine", "tciIo", "expect"),
    ("opine", "tcq", "doubt assume imagine presume anticipate understand realise realize know"),
    ("opine", "tz", "agree disagree"),
    ("opine", "tqs", "wonder question worry regret object protest"),
    ("opine", "oiI", "want"),
    ("opine", "i", "plan intend seek"),
    ("opine", "ogq", "consider"),
    ("opine", "og", "criticise criticize condemn denounce praise slam blast decry deplore "
     "applaud accuse blame endorse oppose favor favour lambaste castigate chastise "
     "berate rebuke scold chide assail skewer excoriate bemoan bewail disparage belittle commend "
     "laud extol hail admire resent dislike prefer"),
    ("opine", "od", "welcome defend support attack back fault credit thank"),
    ("opine", "q", "weigh"),
    ("opine", "", "see view regard perceive lash hit laugh brush shrug play"),
    ("explain", "tcqs", "explain clarify"),
    ("explain", "s", "elaborate"),
    ("non-answer", "", "decline refuse return"),
)  # fmt: skip

_IRREGULAR = {
    forms.split()[0]: forms.split()[1:]
    for forms in (
        "say says said saying", "tell tells told telling", "write writes wrote writing written",
        "speak speaks spoke speaking spoken", "think thinks thought thinking",
        "feel feels felt feeling", "begin begins began beginning begun", "swear swears swore "
        "swearing sworn", "forecast forecasts forecast forecasting", "see sees saw seeing seen",
        "find finds found finding", "know knows knew knowing known", "show shows showed showing "
        "shown", "hear hears heard hearing", "understand understands understood understanding",
        "hit hits hitting", "put puts putting", "read reads reading", "lay lays laid laying",
        "cast casts casting", "seek seeks sought seeking",
        "plead pleads pleaded pled pleading", "learn learns learned learnt learning",
        "signal signals signalled signaling signalling signaled", "agree agrees agreed agreeing",
        "disagree disagrees disagreed disagreeing", "foresee foresees foresaw foreseeing",
        "label labels labelled labelling labeled labeling", "prove proves proved proven proving",
    )
}  # fmt: skip
_DOUBLED = frozenset(
    [
        "admit",
        "quip",
        "rebut",
        "slam",
        "dub",
        "retweet",
        "rebut",
        "beg",
        "plan",
        "regret",
        "chat",
        "tip",
        "brag",
        "rip",
    ]
)


def many(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


ACT_OF: dict[str, str] = {}
"""The act of each verb."""
FRAMES: dict[str, str] = {}
"""What may follow each verb, in letters."""
for _act, _frame, _verbs in _TABLE:
    for _verb in _verbs.split():
        ACT_OF.setdefault(_verb, _act)
        FRAMES[_verb] = FRAMES.get(_verb, "") + _frame

AFTER_OBJECT = {
    "as": many("describe dismiss label brand portray characterise characterize hail denounce "
        "condemn deride ridicule reject see view regard perceive criticise criticize cast praise "
        "cite tout decry mock"),
    "of": many("accuse warn speak remind inform assure notify"),
    "about": many("warn question tell ask"),
    "for": many("blame praise criticise criticize condemn credit applaud fault thank rebuke"),
    "with": many("charge credit"),
    "to": many("liken compare"),
    "on": many("blame press question"),
    "over": many("criticise criticize attack slam"),
}  # fmt: skip
"""Words after the object of a verb that make it speech."""

PARTICLES = {
    "point": "out to", "call": "on for out upon", "hit": "back out", "lash": "out",
    "push": "back for",
    "speak": "of about out", "talk": "about of up down", "weigh": "in", "laugh": "off",
    "brush": "off aside", "shrug": "off", "play": "down", "refer": "to", "allude": "to",
    "hint": "at", "object": "to", "appeal": "for", "rail": "against", "argue": "for against",
    "plead": "for guilty not", "press": "for", "comment": "on", "elaborate": "on",
    "insist": "on", "vouch": "for", "complain": "of about", "warn": "of against about",
    "caution": "against", "advise": "against", "boast": "of about", "brag": "about",
    "joke": "about", "worry": "about", "wonder": "about", "agree": "with", "disagree": "with",
    "protest": "against", "think": "of", "know": "of", "hear": "of about", "read": "out",
    "apologise": "for to", "apologize": "for to", "ask": "for about", "speculate": "about",
    "rule": "out", "testify": "about to", "write": "of about", "approve": "of", "hope": "for",
    "gush": "about over", "rave": "about", "fume": "about at over", "report": "on",
    "reply": "to", "respond": "to by with", "react": "to", "lay": "out", "side": "with",
}  # fmt: skip
"""Words right after a verb that make it speech: "pointed out", "called on"."""

DENIABLE = many(
    "claim claims report reports allegation allegations accusation accusations suggestion "
    "suggestions charge charges rumour rumours rumor rumors criticism criticisms wrongdoing "
    "involvement responsibility calls demands appeals idea notion story stories assertion "
    "assertions speculation knowledge argument arguments characterization concerns concern "
    "comparison comparisons decision ruling verdict move remarks comments theory findings guilt"
)
"""What is denied, dismissed, defended or welcomed when that is speech, and no deed."""

AUXILIARIES = many(
    "has have had having is are was were be been being did does do will would could may might can "
    "cannot should must not n't never also later then now still already again once first "
    "previously recently earlier even just only often always simply however therefore too since "
    "reportedly meanwhile subsequently further far yet long all both each instead thus rather"
)
"""Words between a subject and its verb."""

PASSIVE = many("is are was were be been being am 's get gets got")
"""Words before a participle that make it passive."""

DAYS = many(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow"
)


def _forms(verb: str) -> Iterator[str]:
    yield verb
    if verb in _IRREGULAR:
        yield from _IRREGULAR[verb]
        return
    if verb[-1] == "y" and verb[-2] not in "aeiou":
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
        return
    stem = verb.removesuffix("e") if verb not in _DOUBLED else verb + verb[-1]
    yield verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    yield stem + "ed"
    yield stem + "ing"


VERBS: dict[str, str] = {form: verb for verb in FRAMES for form in _forms(verb)}
"""The verb of each form."""
VERBS.update({"cried": "cry", "disagreed": "disagree"})
