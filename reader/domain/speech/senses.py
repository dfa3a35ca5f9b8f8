"""The senses of words that may be a cue: what must stand beside them, by what they mean."""

from __future__ import annotations

from reader.domain.speech.verbs import many

VIEWS = many("view opinion words telling eyes account estimation")
OWNERS = many("his her their its my our whose")
NEAR = 9
"""Words after a verb in which "that", a quotation or a tying word must stand."""
QUESTION = many("if whether why what how when who where which")
ADVERBS = many("reportedly allegedly supposedly purportedly")
BELIEVED = many(
    "say believe think report allege claim estimate fear speculate understand predict forecast "
    "expect rumour rumor consider see view regard perceive tell find"
)
"""Verbs whose passive is a belief of somebody: "is said to", "it is thought that"."""
JUDGED = many(
    "describe accuse criticise criticize condemn denounce praise blame quote dub call label brand "
    "hail cite urge warn tell question portray characterise characterize see view regard perceive "
    "dispute attack slam blast ridicule mock deride endorse charge ask"
)
"""Verbs whose passive is a judgement or a demand of somebody."""
TOLD = many("tell inform assure remind warn advise notify ask promise")
"""Verbs with a listener between them and "that"."""
ALONE = many(
    "question criticise criticize condemn dispute denounce accuse ridicule challenge debate praise"
)
"""Verbs whose passive is a judgement of somebody without anything after it."""
REPORTED = many(
    "be comment say answer confirm discuss reveal name give respond speak disclose elaborate rule "
    "provide be identify specify talk explain endorse condemn disavow deny apologise apologize "
    "acknowledge blame criticize criticise call describe state detail release admit offer"
)
"""What is refused when that is an answer, and no deed."""
ANSWERED = many("respond reply answer comment return")
NOT_SAID_BY = many("plan plans schedule size need needs age taste law rules")
LEADING_TO = many(
    "likely continue continues continued began appeared appears seemed seems proceeded tend tends "
    "tended on"
)
"""Words after which "to say" is said: "continued to insist", "went on to say"."""
NOUNS = many(
    "report reports claim claims note notes comment comments demand demands request requests call "
    "calls promise pledge pledges fear fears hope hopes doubt doubts estimate estimates forecast "
    "forecasts question questions support supports attack attacks post posts credit fault protest "
    "protests object objects state states label labels brand brands quote quotes reply remark "
    "remarks order orders document documents signal signals stress worry worries charge charges "
    "cause reason reasons brief appeal appeals view views wonder threat echo cry scream joke jokes "
    "point points boast tout answer answers back backs defend blast slam begin continue counter "
    "concur own show shows plan plans rule rules hit hits push press play cast laugh tweet tweets "
    "hear read speak talk talks debate welcome smile sigh snap want wish highlight advocate "
    "advocates favor favour wonder address finish term terms guess thought thoughts find command"
)
"""Words that are nouns as often as verbs."""
BEFORE_NOUN = many(
    "the a an his her their its our my your this that these those any some no new first latest "
    "such previous earlier further official two three several many of in by with for from on to "
    "and at more most other own recent public similar about into over under against without"
)
DEEDS = many(
    "reveal disclose report post write confirm announce publish document begin continue back "
    "support echo protest attack signal threaten order request demand propose plead tout credit "
    "own accept praise welcome applaud worry object regret show find discover see know hear read "
    "rule play hit push press cast plan want lay finish discuss debate establish prove"
)
"""Verbs that are as often deeds: a quotation after them is theirs if it begins like a sentence."""
CLAUSE = many(
    "he she it they we i you there this these those his her its their our my the a an some many "
    "most no none nothing all both each every nobody anyone everyone"
)
FINITE = many(
    "is are was were has have had will would could may might can should must does did do isn't "
    "wasn't won't can't doesn't didn't aren't weren't hasn't haven't hadn't"
)
BE = many("is are was were be been being am feel feels felt remain remains remained 's 're")
INVERTED = many("say add write report note state ask reply warn explain conclude recall")
"""Verbs that may stand before their subject where no quotation goes before them."""
STATES = {
    "convinced": "that of", "confident": "that of about in", "adamant": "that about",
    "certain": "that of about", "sure": "that of about", "hopeful": "that of about",
    "optimistic": "that about", "pessimistic": "that about", "sceptical": "that of about",
    "skeptical": "that of about", "critical": "of", "worried": "that about by",
    "concerned": "that about by over", "afraid": "that of", "fearful": "that of",
    "furious": "that about at over with", "angry": "that about at over with",
    "unhappy": "that about at over with", "outraged": "that about at over by",
    "disappointed": "that about at in by with", "doubtful": "that about of",
    "unsure": "whether if about of how", "unconvinced": "that by of", "supportive": "of",
    "dismissive": "of", "wary": "of", "proud": "that of", "glad": "that to", "happy": "that about",
    "surprised": "that by at", "shocked": "that by at", "grateful": "that for to",
    "aware": "that of", "sorry": "that for about", "relieved": "that", "pleased": "that",
    "cautious": "about", "committed": "to", "determined": "to", "willing": "to",
    "eager": "to", "bent": "on", "intent": "on", "keen": "on to", "reluctant": "to",
    "unwilling": "to",
}  # fmt: skip
"""Adjectives after "to be" that tell what somebody holds, with the words that must follow."""
