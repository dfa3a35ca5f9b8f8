"""Verbs of saying by what one does with them, in all their forms; and the words around them.

The acts are those of the codebook `stance`: assert, admit, deny, opine, explain, non-answer.
English only: in other languages quotations are found by their marks, and cues are not.
"""

from __future__ import annotations

from collections.abc import Iterator

_ACTS = {
    "assert": (
        "say tell announce declare assert maintain insist claim allege contend argue warn add "
        "reveal disclose confirm testify state report note stress emphasise emphasize reiterate "
        "remark observe comment conclude caution predict estimate forecast promise vow pledge "
        "suggest indicate quip joke reply respond recall exclaim write tweet retweet post "
        "mention inform advise assure remind repeat recount boast hint imply signal threaten "
        "joke muse reason swear proclaim pronounce affirm attest brief underline underscore "
        "point lament retort shout yell whisper mutter scream cry interject counter concur "
        "agree describe call label brand term dub hail portray characterise characterize liken "
        "compare quote cite urge ask demand appeal request call plead order instruct propose "
        "recommend speculate theorise theorize document publish tout continue begin echo relay "
        "speak"
    ),
    "admit": "admit acknowledge concede confess accept own",
    "deny": "deny dismiss reject refute rebut dispute disavow contradict deride ridicule downplay",
    "opine": (
        "believe think hope fear doubt expect feel consider criticise criticize condemn praise "
        "blame accuse complain applaud welcome slam blast denounce decry deplore question "
        "wonder worry regret object protest attack defend back support credit fault"
    ),
    "explain": "explain clarify elaborate",
    "non-answer": "decline refuse",
}

_IRREGULAR = {
    forms.split()[0]: forms.split()[1:]
    for forms in (
        "admit admits admitted admitting",
        "agree agrees agreed agreeing",
        "begin begins began beginning begun",
        "clarify clarifies clarified clarifying",
        "confess confesses confessed confessing",
        "cry cries cried crying",
        "decry decries decried decrying",
        "deny denies denied denying",
        "dub dubs dubbed dubbing",
        "express expresses expressed expressing",
        "feel feels felt feeling",
        "forecast forecasts forecast forecasting",
        "imply implies implied implying",
        "label labels labelled labelling labeled labeling",
        "plead pleads pleaded pled pleading",
        "quip quips quipped quipping",
        "rebut rebuts rebutted rebutting",
        "refute refutes refuted refuting",
        "reply replies replied replying",
        "retweet retweets retweeted retweeting",
        "say says said saying",
        "signal signals signalled signaling signalling signaled",
        "slam slams slammed slamming",
        "speak speaks spoke speaking spoken",
        "stress stresses stressed stressing",
        "swear swears swore swearing sworn",
        "tell tells told telling",
        "testify testifies testified testifying",
        "think thinks thought thinking",
        "worry worries worried worrying",
        "write writes wrote writing written",
    )
}


def many(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


SURE = many(
    "say tell announce insist claim allege contend argue warn add admit acknowledge "
    "concede confess deny reveal disclose confirm testify reiterate stress emphasise "
    "emphasize maintain explain assert declare tweet believe think hope fear predict vow "
    "complain quip joke boast lament exclaim retort caution proclaim reply conclude remark "
    "estimate write suggest promise pledge"
)
"""Verbs after which a clause without "that" is what was said."""

NEEDS_OBJECT = {
    "as": many("describe dismiss label brand portray characterise characterize hail denounce "
        "condemn deride ridicule reject"),
    "of": many("accuse warn complain speak"),
    "about": many("complain warn"),
    "against": many("warn"),
    "for": many("blame praise criticise criticize condemn call credit applaud fault"),
    "to": many("urge ask tell promise vow pledge threaten order instruct appeal refuse decline "
                    "call advise agree warn claim"),
}  # fmt: skip
"""Verbs that are speech with the word that follows their object, or them."""

DENIABLE = many(
    "claim claims report reports allegation allegations accusation accusations "
    "suggestion suggestions charge charges rumour rumours rumor rumors criticism "
    "wrongdoing involvement responsibility calls demands appeals idea notion story "
    "stories assertion assertions speculation knowledge"
)
"""What is denied, dismissed or rejected when that is speech, and no deed."""

BARE_OBJECT = many(
    "criticise criticize condemn denounce praise slam blast decry deplore applaud "
    "welcome accuse blame deny refute rebut dispute deride ridicule downplay hail "
    "urge demand promise pledge fear"
)
"""Verbs that are speech with any object."""

SPOKEN_NOUNS = many(
    "claim claims allegation allegations accusation accusations assertion "
    "assertions suggestion suggestions warning warnings insistence admission "
    "denial denials statement announcement acknowledgement acknowledgment belief "
    "contention complaint complaints report reports rumour rumours rumors fears "
    "fear concern concerns speculation assurance assurances promise pledge "
    "prediction threat threats argument view opinion testimony remark remarks"
)
"""Nouns before "that" or "of" that stand for somebody's words."""

AUXILIARIES = many(
    "has have had having is are was were be been being did does do will would could "
    "may might can should must not n't never also later then now still already "
    "again once first previously recently earlier even just only often always "
    "simply however therefore once too since meanwhile subsequently further far yet"
)
"""Words between a subject and its verb."""

PASSIVE = many("is are was were be been being am 's")
"""Words before a participle that make it passive."""

DAYS = many(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow"
)


def _forms(verb: str) -> Iterator[str]:
    yield verb
    if verb in _IRREGULAR:
        yield from _IRREGULAR[verb]
        return
    ends_in_s = verb.endswith(("s", "sh", "ch", "x", "z"))
    yield verb + ("es" if ends_in_s else "s")
    stem = verb.removesuffix("e")
    yield stem + "ed"
    yield stem + "ing"


VERBS: dict[str, str] = {
    form: verb for act in _ACTS.values() for verb in act.split() for form in _forms(verb)
}
"""The verb of each form."""

ACT_OF: dict[str, str] = {
    verb: act for act, verbs in reversed(_ACTS.items()) for verb in verbs.split()
}
"""The act of each verb."""
