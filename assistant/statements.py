"""Who said what: the speaker and the verb of a sentence, in quotation marks or as reported speech."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.evidence import Unit, spans
from assistant.values import OPENING, names

_SAYING = (
    "said says say told tells added adds noted notes stated states announced announces argued argues claimed claims "
    "warned warns insisted insists explained explains stressed stresses wrote writes tweeted posted called calls "
    "described describes admitted admits acknowledged acknowledges denied denies confirmed confirms declared declares "
    "suggested suggests believes believed thinks accused accuses urged urges vowed promised predicted predicts replied "
    "responded recalled concluded estimates estimated reported reports asserted contended maintains maintained "
    "emphasized emphasised remarked pointed points testified alleged alleges criticized criticised praised"
).split()
SAYING = "|".join(sorted(_SAYING, key=len, reverse=True))
"""A pattern for the verbs that stand between a speaker and what is said."""
WHO_SAID = re.compile(rf"^\W*who (?:has |had |have )?(?:{SAYING})\b", re.IGNORECASE)
"""A question for the speaker."""
_VERB = rf"(?P<verb>{SAYING})"
_TITLE = r"(?:[A-Z][\w.’'-]*|of|the|and|de|al|bin|van|von|for|foreign|former|prime|vice|[A-Z]\.)"
_WHO = (
    rf"(?P<who>(?:[Tt]he |[Aa] )?[A-Z][\w.’'-]*(?: {_TITLE}){{0,7}}|(?:[Hh]e|[Ss]he|[Tt]hey)\b"
    rf"|(?:[Tt]he |[Ii]ts |[Tt]heir )(?:[a-z]+ ){{1,3}}[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){{0,3}}|[Tt]he "
    rf"(?:[a-z]+ ){{0,2}}[a-z]+(?: of [A-Z]\w+)?|[Aa]n? [a-z]+(?: (?:at|of|for|with|from) [^,;.“”\"]{{2,40}}?)?)"
)
_APPOSITION = r"(?:,[^,.;“”\"]{2,80},)?"
_OFFICE = r"(?:(?!The |An? )[A-Z][\w’'-]* (?:[a-z-]+ ){1,3})?"
"""What may stand before a name: "Coastguard chief"."""
_ADVERB = (
    r"(?: (?:also|later|further|then|previously|repeatedly|publicly|has|have|had|recently|once|reportedly|[a-z]+ly))*"
)
_BEFORE = re.compile(
    rf"(?:^|[,;“”\"]\s*|\b(?:and|but|while|as|where|that|which|[Hh]owever,"
    rf"|[Mm]eanwhile,)\s+){_OFFICE}{_WHO}{_APPOSITION}{_ADVERB} {_VERB}\b"
)
_APPOSED = re.compile(rf",\s*{_WHO},{_ADVERB} {_VERB}\b")
_QUOTED_BY = re.compile(rf"[,?!.]?[”\"’]\s*{_ADVERB.strip()}{_VERB} {_WHO}")
_AFTER = re.compile(rf",\s*{_ADVERB.strip()}{_VERB} {_WHO}")
_BY_NAME = re.compile(
    r"(?:[’']s)?(?: [a-z-]+){0,4},? ((?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*){0,3})(?=[,.;]|$| of | from )"
)
"""What goes on behind "said the coach" or "said Vell's chief medical officer": ", Elaine Lund"."""
_IN_APPOSITION = re.compile(r", ((?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*){1,3}),")
_NAMED = re.compile(r"^(?!The\b|An?\b)[A-Z](?!.*[’']s$)|\b(?!the\b|an?\b)[a-z]+ [A-Z]")
_ACCORDING = re.compile(
    r"\b(?P<verb>[Aa]ccording to) (?P<who>(?:the |a |an )?(?:[A-Za-z][\w.’'-]*)(?: "
    r"(?:[A-Z][\w.’'-]*|of|the|and|foreign|officials?|reports?|sources?|media|figures|data|study"
    r"|report|article|police)){0,6})"
)
_CREDIT = re.compile(r"\baccording to [^,;:“”\"]+", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"][^”\"]{8,}[”\"]?")
_SOURCE = re.compile(
    r"(?:officials?|reports?|sources?|media|figures|data|study|survey|report|article|police|ministry|office)$"
)
_PLAIN = frozenset("said says told added warned announced confirmed denied insisted argued explained stressed".split())
PRONOUNS = frozenset({"he", "she", "they"})
"""Speakers whom only the sentences before name."""
_COMMON = OPENING | frozenset(
    "which that who where there it this these those what here i we you one some many most all no first if but and "
    "so".split()
)
_TRAILING = re.compile(r" (?:also|later|further|then|once|\w+ly)$")


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
    for pattern in (_QUOTED_BY, _BEFORE, _APPOSED, _AFTER, _ACCORDING):
        match = pattern.search(sentence)
        if match and match["who"].lower() not in _COMMON and _plausible(match["who"], match["verb"], quoted=quoted):
            behind = _BY_NAME if pattern in (_QUOTED_BY, _AFTER) else _IN_APPOSITION
            named = None if _NAMED.search(match["who"]) else behind.match(sentence, match.end("who"))
            who = named[1].rstrip(".") if named else _TRAILING.sub("", match["who"].strip(" ,."))
            return Saying(re.sub(r"[’']s$", "", who), match["verb"], quoted)
    return None


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
        subject = next(iter(names(span.text)), None)
        if subject and subject.start < 25 and found.speaker.lower() != "they":
            return Saying(subject.text, found.verb, found.quoted)
    return found
