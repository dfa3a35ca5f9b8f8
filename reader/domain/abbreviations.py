"""Words that end in a full stop which ends no sentence, and words by which one begins or goes on.

Tokens are written without their last full stop and in exactly the case in which they count: "Mar"
is a month, "mar" is the Spanish sea.
"""

from __future__ import annotations

from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER_LAST = _words(
    """
    Mr Mrs Ms Mx Messrs Dr Drs Prof Gen Lt Col Maj Capt Cpt Cmdr Cdr Adm Brig Sgt Cpl Pvt
    Sen Sens Rep Reps Gov Govs Lieut Pres Supt Insp Det Rev Fr Hon Mgr Msgr Ste Amb
    Atty Asst Assoc
    vs v viz cf Cf ca approx Approx esp incl e.g i.e eg ie E.g I.e a.k.a
    z.B Z.B d.h D.h u.a z.T u.U i.d.R s.o s.u v.a m.E o.g sog vgl Vgl bzw ggf evtl inkl exkl zzgl
    Hr Hrn Nr Nrn Abs Dipl Ing Hrsg geb gest gez Mag
    Mme Mlle Mgr MM M.M Me Mmes p.ex ex env
    Sra Srta Srtas Sres Dra Dres Lic Gral Cía D Dña p.ej ej Ud Uds EE aprox Exmo Exma
    Sig sig dott Dott dott.ssa avv Avv prof ecc.mo
    dhr mevr drs ir bijv bv o.a m.b.t d.w.z t.a.v
    np tzn tzw m.in św inż hab mgr
    t.ex bl.a dvs f.eks bla
    např tzv tj
    т.е т.к им ул проф акад см напр тов
    π.χ δηλ κ.ά κ
    """
)
"""Tokens after which a sentence goes on, whatever follows."""

BEFORE_NUMBER = _words(
    """
    No Nos no nos Nr Art art Arts Fig fig Figs figs Sec sec Ch ch Chap chap Vol vol Vols p pp P Pp
    S Bd Kap Abb Tab Ziff Rn Anm Aufl núm Núm n nº pág Pág págs cap Cap tel Tel ext Ext Rd Rte
    Op op Eq eq Ref ref blz str nr č č.p г кн стр рис гл т l ll Z z
    """
)
"""Tokens after which a sentence goes on if a number follows."""

CAPITALS_BEFORE_CAPITALS = _words(
    """
    MR MRS MS MX MESSRS DR DRS PROF GEN LT COL MAJ CAPT CMDR BRIG SGT CPL SEN SENS REP REPS GOV GOVS
    PRES SUPT INSP REV ST STE FT MT
    """
)
"""Tokens in capitals after which a sentence goes on if a word in capitals follows, no starter.

Only those that are hardly ever words or names of their own: "ILL", "MISS" and "SAT" are.
"""

CAPITALS_BEFORE_NUMBER = _words("JAN FEB MAR APR JUN JUL AUG SEP SEPT OCT NOV DEC NO NOS")
"""Tokens in capitals after which a sentence goes on if a number follows."""

PERHAPS_LAST = _words(
    """
    Inc Co Cos Corp Ltd Bros LLC Jr Sr Esq Ph.D M.D U.S U.K U.N E.U D.C al
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Okt Dez
    Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb
    Nev Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo
    St Mt Ft г Ave Blvd Rd Dept Univ Inst Assn Str str Mio Mrd Tsd Jh Jhd Jh.s Chr v.Chr n.Chr
    UU AA.VV SpA Cie Ltda S.A tys mln mld млн млрд тыс руб гг др
    """
)
"""Tokens that end a sentence if a word follows that usually begins one."""

TIME_OF_DAY = _words("a.m p.m A.M P.M am pm")
"""Tokens that end a sentence unless a day or a time zone follows."""

AFTER_TIME = _words(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
    July August September October November December Jan Feb Mar Apr Aug Sept Oct Nov Dec Mon Tue
    Wed Thu Fri Sat Sun Eastern Central Mountain Pacific Greenwich London Moscow Beijing Tokyo EST
    EDT ET CST CDT CT MST MDT MT PST PDT PT GMT BST UTC CET CEST IST JST AEST AEDT
    """
)
"""Capitalised words that go on after a time of day."""

STARTERS = _words(
    """
    The A An This That These Those He She It They We You I His Her Its Their Our My Your There Here
    But And Or So Yet If When While Where Why How What Who Which Whether Although Though Because
    Since After Before Until Once As At By For From In On Of To With Without Under Over During
    Despite However Meanwhile Moreover Then Now Also Both Each Every Some Many Most Few Several No
    Not Only All Another Such According Asked Instead Still Even Today Yesterday Last Next
    Der Die Das Ein Eine Einer Er Sie Es Wir Ihr Ich Man Aber Und Oder Doch Denn Wenn Als Weil Da
    Dann Dort Hier Im In Am An Auf Bei Mit Nach Seit Von Vor Zu Zum Zur Für Durch Gegen Ohne Um
    Auch Nun Noch Schon Dies Diese Dieser Dieses So Wie Was Wer Wo Warum Nicht Kein Keine Sein Ihre
    Le La Les L' Un Une Des Il Elle Ils Elles On Nous Vous Je Ce Cet Cette Ces Mais Et Ou Où Donc
    Car Si Quand Comme Lorsque Selon Dans En Au Aux Avec Pour Par Sur Sous Après Avant Depuis
    El Los Las Una Unos Él Ella Ellos Ellas Esto Esta Este Estos Pero Y O Porque Cuando Como Según
    Con Sin Por Para Tras Desde Hasta Entre Sobre No Ya Más También Aunque Mientras
    Il Lo Gli Uno Lui Lei Loro Questo Questa Ma E Se Quando Perché Dopo Prima Anche Non Nel Nella
    O Os As Um Uma Ele Ela Eles Mas Segundo Depois Não
    De Het Een Hij Zij Ze Wij Maar En Want Toen Volgens Ook
    Det Den En Ett Han Hon De Men Och Jag Vi Enligt Et Hun Og
    Он Она Они Оно Его Её Их Это Но И А В На По Как Что Мы Я Не
    Ale To On Ona W Na Nie Jak
    """
)
"""Words that usually begin a sentence when they are capitalised."""

ORDINAL_NOUNS = _words(
    """
    Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember Jan
    Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez Jahrhundert Jahrhunderts Jahrhunderte Jahrtausend
    Jh Jhd Jahrestag Jahr Jahrgang Tag Tages Tage Woche Monat Stunde Minute Mal Platz Rang Stelle
    Stock Etage Stockwerk Klasse Liga Bundesliga Spieltag Runde Weltkrieg Weltkriegs Weltkrieges
    Geburtstag Lebensjahr Todestag Auflage Kapitel Akt Bezirk Armee Division Bataillon Senat Kammer
    FC Hochzeitstag Bundestag Wahlperiode Legislaturperiode Sinfonie Internationale Quartal
    Halbjahr Hälfte Etappe Sitzung Buch Band Teil Absatz Satz Juli-Woche
    """
)
"""Capitalised nouns that a German ordinal ("3. Mai") stands before."""

ORDINAL_LEADERS = _words(
    """
    der die das dem den des am im zum zur vom beim ab bis seit ein eine einen einem einer seinen
    seinem seiner ihren ihrem ihrer jeder jeden jedem jede dieser diesem diesen mein meinem unser
    unserem Der Die Das Dem Den Des Am Im Zum Zur Vom Beim Ab Bis Seit Jeder Jeden und
    """
)
"""German words after which a short number with a full stop is an ordinal."""


SPEECH = _words(
    """
    said says asked asks added adds replied told wrote writes tweeted shouted cried answered
    wondered continued explained insisted warned fragte sagte rief demande dit preguntó dijo
    """
)
"""Verbs by which a sentence goes on after a quotation and who said it."""


def is_abbreviation(token: str) -> bool:
    """Whether a token, written without its last full stop, is an abbreviation or an initial."""
    if token in NEVER_LAST or token in PERHAPS_LAST or token in TIME_OF_DAY:
        return True
    return is_initials(token)


@lru_cache(maxsize=4096)  # asked at every full stop, for the same few tokens
def is_initials(token: str) -> bool:
    """Whether a token is one letter, or letters with full stops between them (U.S, W.H, Ph.D)."""
    parts = token.split(".", 12)
    return (
        len(parts) < 12
        and all(len(part) < 3 and part.isalpha() for part in parts[:-1])
        and (parts[-1].isalpha() and len(parts[-1]) < (3 if len(parts) > 1 else 2))
    )
