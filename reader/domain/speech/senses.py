"""The senses of words that may be a cue: what must stand beside them, by what they mean."""

from __future__ import annotations

from reader.domain.speech.verbs import many

VIEWS = many("view opinion words telling eyes account")
OWNERS = many("his her their its my our")
NEAR = 9
"""Words after a verb in which "that", a quotation or a tying word must stand."""
QUESTION = many("if whether why what how when who where")
ADVERBS = many("reportedly allegedly supposedly purportedly")
BELIEVED = many(
    "say believe think report allege claim estimate fear speculate understand predict forecast"
)
JUDGED = many(
    "describe accuse criticise criticize condemn denounce praise blame quote dub call "
    "label brand hail cite urge warn tell question portray characterise characterize"
)
REPORTED = many(
    "comment say answer confirm discuss reveal name give respond speak disclose "
    "elaborate rule provide be identify specify talk"
)
NOT_SAID_BY = many("plan plans schedule size need needs age taste law rules")
NOUNS = many(
    "report reports claim claims note notes comment comments demand demands request "
    "requests call calls promise pledge pledges fear fears hope hopes doubt doubts "
    "estimate estimates forecast forecasts question questions support attack attacks post "
    "posts credit fault protest protests object objects state states label labels brand "
    "brands quote quotes reply remark remarks order orders document documents signal "
    "signals stress worry worries charge cause reason reasons brief appeal appeals view "
    "views wonder threat echo cry scream joke jokes point points boast tout answer back "
    "backs defend blast slam begin continue counter concur own"
)
BEFORE_NOUN = many(
    "the a an his her their its our my your this that these those any some no new "
    "first latest such previous earlier further official two three several many of "
    "in by with for from on to and"
)
DEEDS = many(
    "reveal disclose report post write confirm announce publish document begin continue "
    "back support echo protest attack signal threaten order request demand propose plead "
    "tout credit own accept praise welcome applaud worry object regret"
)
"""Verbs that are as often deeds: a quotation after them is theirs if it begins like a sentence."""
CLAUSE = many(
    "he she it they we i you there this these those his her its their our my the a an "
    "some many most no none nothing all both each every nobody anyone everyone"
)
FINITE = many(
    "is are was were has have had will would could may might can should must does did do "
    "isn't wasn't won't can't doesn't didn't"
)
INVERTED = many("say add write report note state ask reply warn explain conclude recall")
"""Verbs that may stand before their subject where no quotation goes before them."""
PARENTHETICAL = many(
    "note report state ask observe continue recall comment respond urge claim post shout answer "
    "begin"
)
"""Verbs besides the sure ones that may stand after what was said."""
