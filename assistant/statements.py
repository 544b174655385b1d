"""Who said what: the speaker and the verb of a sentence, in quotation marks or as reported speech."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.evidence import Unit, spans
from assistant.values import OPENING, names
from assistant.words import Word, words

_SAYING = (
    "said says told tells added adds noted notes stated states announced announces argued argues claimed claims "
    "warned warns insisted insists explained explains stressed stresses wrote writes tweeted posted called calls "
    "described describes admitted admits acknowledged acknowledges denied denies confirmed confirms declared declares "
    "suggested suggests believes believed thinks accused accuses urged urges vowed promised predicted predicts replied "
    "responded recalled concluded estimates estimated reported reports asserted contended maintains maintained "
    "emphasized emphasised remarked pointed points testified alleged alleges criticized criticised praised blamed "
    "blames condemned condemns complained complains demanded demands welcomed welcomes"
).split()
SAYING = "|".join(sorted(_SAYING, key=len, reverse=True))
"""A pattern for the verbs that stand between a speaker and what is said."""
WHO_SAID = re.compile(rf"^\W*who (?:has |had |have )?(?:{SAYING})\b", re.IGNORECASE)
"""A question for the speaker."""
_VERB = rf"(?P<verb>{SAYING}|(?<!not )(?<!to )(?<!would )(?<!will )(?<!did )(?<!does )(?<!could )(?<!can )say)"
_TITLE = r"(?:[A-Z][\w.’'-]*|of|the|and|de|al|bin|van|von|for|foreign|former|prime|vice|[A-Z]\.)"
_ADVERB = (
    r"(?: (?:also|later|further|then|previously|repeatedly|publicly|has|have|had|recently|once|reportedly|[a-z]+ly))*"
)
_DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|July|September|October|November|December"
    r"|[Ii]n May)"
)
_NOBODY = (
    rf"(?!(?:But|And|As|While|Where|That|Which|When|After|Before|Since|In|On|At|By|From|With|For|However|Meanwhile|{_DAY})"
    r"\b)"
)
"""What opens a sentence with a capital and is no part of a name."""
_MANY = (
    r"(?:police|prosecutors|officials|analysts|authorities|witnesses|residents|rescuers|sources|lawyers|investigators"
    r"|economists|experts|scientists|researchers|doctors|medics|activists|campaigners|critics|diplomats|detectives"
    r"|firefighters|organi[sz]ers|survivors|neighbours|neighbors|relatives|aides|villagers|locals|eyewitnesses)"
)
"""Speakers who have neither an article nor a capital."""
_NO_LINK = (
    r"(?!(?:than|like|later|earlier|and|but|while|where|that|which|who|whom|what|when|as|if|whether|after|before|because"
    r"|told)\b)"
)
_GROUP = (
    rf"(?:[Tt]he )?{_NOBODY}(?:[A-Z][\w.’'-]* ){{0,2}}(?:{_NO_LINK}[a-z-]+ )??(?<![\w’'-])(?i:{_MANY})\b"
    r"(?: (?:in|at|from|for|of|with) (?:(?:[a-z]+ ){0,4}[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}|(?:the |an? )?[a-z]+))?"
)
_WHO = (
    rf"(?P<who>{_GROUP}|(?:[Tt]he |[Aa] )?{_NOBODY}[A-Z][\w.’'-]*(?: {_TITLE}){{0,7}}|(?:[Hh]e|[Ss]he|[Tt]hey)\b"
    rf"|(?:[Tt]he |[Ii]ts |[Tt]heir )(?:[a-z]+ ){{1,3}}[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){{0,3}}|[Tt]he "
    rf"(?:[a-z]+ ){{0,2}}[a-z\d-]+(?: of [A-Z]\w+)?|[Aa]n? [a-z]+(?: (?:at|of|for|with|from) [^,;.“”\"]{{2,40}}?"
    rf"(?=[,.;“”\"]|$|{_ADVERB} (?:{SAYING})\b| (?:on|in|who|after|last)\b))?)"
)
_APPOSITION = r"(?:(?:,(?! (?:is|are|was|were|has|have|had|will|would|can|could) [a-z])[^,.;“”\"]{2,80}){1,2},)?"
"""What stands between a name and its verb: ", mayor of Osk,", and nothing with a verb of its own."""
_OFFICE = rf"(?:(?!The |An? |(?i:{_MANY})\b){_NOBODY}[A-Z][\w’'-]* (?:[a-z-]+ ){{0,2}}(?!of )[a-z-]+ )?"
"""What may stand before a name: "Coastguard chief"."""
_BEFORE = re.compile(
    rf"(?:^|[,;“”\"]\s*|\b(?:[Aa]nd|[Bb]ut|[Ww]hile|[Aa]s|[Ww]here|that|which|[Hh]owever,"
    rf"|[Mm]eanwhile,|{_DAY}|\d{{4}})\s+){_OFFICE}{_WHO}{_APPOSITION}{_ADVERB} {_VERB}\b"
)
_APPOSED = re.compile(rf",\s*{_WHO},{_ADVERB} {_VERB}\b")
_QUOTED_BY = re.compile(rf"[,?!.]?[”\"’]\s*{_ADVERB}{_VERB} {_WHO}")
_QUOTED_BY_TITLE = re.compile(
    rf"[,?!.]?[”\"’]\s*{_VERB} (?P<who>(?:(?!(?:on|in|at|to|by|of|as|that|the|an?|it|he|she|they|when|after|before|and"
    r"|during|from|last|late|his|her|its|their)\b)[a-z-]+ ){1,3}[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3})"
)
"""An office without an article: "said headteacher Ole Berg"."""
_TITLED = re.compile(
    rf",\s*(?P<who>(?:{_NO_LINK}[a-z-]+ ){{1,4}}[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){{1,3}}(?: (?:of|from|at) "
    rf"(?:the )?[A-Z][\w’'-]+)?){_ADVERB} {_VERB}\b(?=\W*$| (?:on |late |last |the |a |[A-Z]|us\b|me\b))"
)
"""An office and a name at the end: "…, airport manager Jorma Kell said"."""
_AFTER = re.compile(rf",\s*{_ADVERB}{_VERB} {_WHO}(?=[,;”\"]|\.?[”\"’)]*$|\.? (?:of|from|on|in a|at the|who|last)\b)")
"""A name behind the verb; with more behind it, "said Europe must do more", it is what is told of."""
_INVERTED = re.compile(
    r",\s*(?P<verb>said|says) (?P<who>(?:(?!(?:the|an?|it|he|she|they|that|in|on|at|his|her|its|their)\b)[a-z-]+ ){0,3}"
    r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3})(?: of (?:the )?[\w’'-]+)?\.?[”\"’)]*$"
)
_BY_NAME = re.compile(
    r"(?:[’']s)?(?: [a-z-]+){0,4},? "
    rf"((?!{_DAY}\b)(?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*){{0,3}})(?=[,.;]|$| of | from )"
)
"""What goes on behind "said the coach" or "said Vell's chief medical officer": ", Elaine Lund"."""
_IN_APPOSITION = re.compile(r", ((?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*){1,3}),")
_NAMED = re.compile(r"^(?!The\b|An?\b)[A-Z](?!.*[’']s$)|\b(?!the\b|an?\b)[a-z]+ [A-Z]")
_BY_OFFICE = re.compile(r"[Tt]he [a-z][a-z -]* of (?:the )?[A-Z]")
"""An office of somewhere, which names nobody yet: "The mayor of Osk"."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)$")
"""What ends words of whom something is said: "The builder is said to have paid"."""
_SEEN = "(?:seen|obtained|reviewed|read|released|published|compiled|collected|gathered|leaked|verified|analy[sz]ed)"
_ACCORDING = re.compile(
    r"\b(?P<verb>[Aa]ccording to) (?P<who>(?:the |a |an )?(?:[A-Za-z][\w.’'-]*)(?: "
    r"(?:[A-Z][\w.’'-]*|of|the|and|foreign|officials?|reports?|sources?|media|figures|data|study"
    rf"|report|article|police)){{0,6}}(?: (?:has|have|had) {_SEEN}\b| {_SEEN} by (?:the )?[A-Z][\w.’'-]*)?)"
)
_PLURAL = re.compile(
    r", (?P<who>(?!(?:always|perhaps|sometimes|afterwards|besides|unless|towards|others)\b)[a-z]{4,}s) "
    r"(?:(?:have|had) )?(?P<verb>said|say|told)\b(?= (?:the )?[A-Z]|\W*$)"
)
"""Any several who tell, behind what they tell: "…, engineers have told the Post."."""
_CREDIT = re.compile(r"\baccording to [^,;:“”\"]+", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"][^”\"]{8,}[”\"]?")
_SOURCE = re.compile(
    rf"(?:official|reports?|source|media|figures|data|study|survey|poll|article|ministry|office|{_MANY})\W*$"
)
_PLAIN = frozenset(
    "said says say told added warned announced confirmed denied insisted argued explained stressed".split()
)
PRONOUNS = frozenset({"he", "she", "they"})
"""Speakers whom only the sentences before name."""
_COMMON = OPENING | frozenset(
    "which that who where there it this these those what here i we you one some many most all no first if but and "
    "so".split()
)
_OF_THEIRS = re.compile(r"\W*(?:His|Her|Their)\b")
_OPENS = 25
"""Characters of a sentence in which its subject begins."""
_OWNING = re.compile(r"[’']s? (?:[a-z-]+ ){0,3}[a-z-]+,? (?=[A-Z])")
"""What stands between an owner and whose name follows: "'s coach, "."""
_TRAILING = re.compile(r"(?: (?:also|later|further|then|once|\w+ly|for|of|at|from|with|to|in|on|the|and))+$")
_ALLEGED = re.compile(
    r"\b(?:allegedly|alleged(?! that\b)|(?:accus(?:e[sd]?|ing)|suspect(?:s|ed|ing)?)(?: (?!of\b)[\w’'-]+){0,4} of"
    r"|(?:is|are|was|were|been|being) charged with|charg(?:es|ed|ing)(?: (?!with\b)[\w’'-]+){1,4} with"
    r"|on suspicion of)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.“”\"]|\b(?:and|but|who|which|after|before|when|while)\b")
_ALLEGED_WORDS = 5
"""Words behind "allegedly" or "accused of" among which the deed is."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A speaker as the article names them, the verb, and whether the words stand in quotation marks."""

    speaker: str
    verb: str
    quoted: bool


@lru_cache(maxsize=4_000)
def saying(sentence: str) -> Saying | None:
    """Return who says this sentence; the speaker may be a pronoun. None where the article itself speaks."""
    quoted = bool(_QUOTED.search(sentence))
    for pattern in (_QUOTED_BY, _QUOTED_BY_TITLE, _INVERTED, _BEFORE, _APPOSED, _AFTER, _TITLED, _PLURAL, _ACCORDING):
        match = pattern.search(sentence)
        if match and match["who"].lower() not in _COMMON and _plausible(match["who"], match["verb"], quoted=quoted):
            behind = _BY_NAME if pattern in (_QUOTED_BY, _QUOTED_BY_TITLE, _INVERTED, _AFTER) else _IN_APPOSITION
            naming = match["verb"].startswith("call") and pattern in (_AFTER, _INVERTED)
            if _PASSIVE.search(match["who"]) or naming:  # "the vaccine, called MX2," says nothing
                continue
            called = _NAMED.search(match["who"]) and not _BY_OFFICE.match(match["who"])
            named = None if called else behind.match(sentence, match.end("who"))
            who = named[1].rstrip(".") if named else _TRAILING.sub("", match["who"].strip(" ,."))
            return Saying(re.sub(r"[’']s$", "", who), match["verb"], quoted)
    return None


@lru_cache(maxsize=4_000)
def alleged(text: str) -> frozenset[str]:
    """Return the stems of the deeds that a text only alleges, and nowhere tells of as done."""
    listed, deeds = words(text), set[Word]()
    for match in _ALLEGED.finditer(text):
        near = [word for word in listed if word.start >= match.end()][:_ALLEGED_WORDS]
        telling = [word for word in near if word.meaningful and not word.capital and not word.text.endswith("ly")][:2]
        compound = len(telling) == 2 and text[telling[0].end : telling[1].start] == " "
        verbal = match[0].lower() == "allegedly" or (bool(telling) and telling[0].text.endswith("ing"))
        deeds.update(telling[1:] if compound and not verbal else telling[:1])  # of war crimes, the crimes
    return frozenset(word.stem for word in deeds) - {word.stem for word in listed if word not in deeds}


def only_alleged(question: str, sentence: str, place: int) -> bool:
    """Whether a place of a sentence is in what somebody is only said to have done, and the question asks for a deed."""
    if _ALLEGED.search(question):
        return False
    return any(
        match.end() <= place and not _CLAUSE_END.search(sentence, match.end(), place)
        for match in _ALLEGED.finditer(sentence)
    )


def credited(sentence: str, place: int) -> bool:
    """Whether a place of a sentence stands in the words that only say whose account it is: "according to …"."""
    return any(match.start() <= place < match.end() for match in _CREDIT.finditer(sentence))


def _plausible(who: str, verb: str, *, quoted: bool) -> bool:
    """Whether these words can be a speaker: a name, or an office with a verb that is only ever one of saying."""
    if verb in ("wrote", "writes") and not quoted:
        return False  # a book, or a melody
    if verb.lower() == "according to":
        return any(word[:1].isupper() for word in who.split()) or bool(_SOURCE.search(who))
    return (
        (who[:1].isupper() and not who.startswith("The "))
        or verb in _PLAIN
        or any(w[:1].isupper() for w in who.split()[1:])
    )


def said(unit: Unit) -> Saying | None:
    """Return who says a sentence, with "he" or "they" resolved to the last speaker or name before it, if any."""
    found = saying(unit.text)
    if found is None or found.speaker.lower() not in PRONOUNS:
        return found
    listed = spans(unit.article.text)
    for span in reversed(listed[max(0, unit.ordinal - 4) : unit.ordinal]):
        earlier = saying(span.text)
        if earlier and earlier.speaker.lower() not in PRONOUNS:
            return Saying(earlier.speaker, found.verb, found.quoted)
        if _OF_THEIRS.match(span.text):
            return found  # "His brother, Tor Kell, agreed." leaves open which of the two goes on
        subject = _subject(span.text)
        if subject and found.speaker.lower() != "they":
            return Saying(subject, found.verb, found.quoted)
    return found


def _subject(sentence: str) -> str | None:
    """Return the name a sentence opens with: of "Vell's coach, Tor Kell," it is his."""
    listed = names(sentence)
    if not listed or listed[0].start >= _OPENS:
        return None
    owned = _OWNING.match(sentence, listed[0].end)
    if owned is None:
        return None if sentence[listed[0].end : listed[0].end + 1] in ("'", "’") else listed[0].text
    return next((name.text for name in listed[1:] if name.start == owned.end()), None)


def teller(unit: Unit, value: str) -> Saying | None:
    """Return who says these words of a sentence: where semicolons part it, who is named in their own part, if any."""
    at = unit.text.find(value)
    ends = [match.start() for match in re.finditer(";", unit.text) if not _in_quotes(unit.text[: match.start()])]
    if at < 0 or not ends:
        return said(unit)
    start = max((end + 1 for end in ends if end < at), default=0)
    own = saying(unit.text[start : min((end for end in ends if end >= at), default=None)].strip())
    return own if own and own.speaker.lower() not in PRONOUNS else None


def _in_quotes(before: str) -> bool:
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")
