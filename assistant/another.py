"""Whether a sentence is of somebody or something else: who was it once, another name, rank, year, count or time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.amounts import AMOUNTS
from assistant.evidence import Unit, spans
from assistant.form import formed
from assistant.leaning import leans
from assistant.naming import same_name
from assistant.nouns import PERSON_NOUNS
from assistant.question import Question
from assistant.statements import saying
from assistant.synonyms import named_near, untold
from assistant.values import names
from assistant.words import content, stem, stems_of
from assistant.written_dates import MONTH, YEAR

_POSSESSIVE = re.compile(r"\W*(?:Its|Their) ")
_A_STRANGER = re.compile(r"\W*An? [a-z]+ who\b")
"""Any who does such a thing, and nobody who is named: "A boy who steals a bicycle gets two."."""
_SUBJECT = re.compile(
    r"\W*(?:(?:Today|Now|Meanwhile|Currently|(?:Last|This) [a-z]+),? )?(?:(?:[Tt]he|[Aa]n?) (?:[a-z]+ ){0,2})?(?=[A-Z])"
)
HARM = stems_of("die kill injure wound hurt drown arrest detain jail infect displace evacuate rescue dismiss hire")
"""What is counted of people, and not to be taken for another count of them."""
_EVENTS = stems_of(
    "born die marry wed divorce study graduate convict acquit sentence arrest jail imprison bury christen adopt behead"
    " execute murder"
)
"""What befalls people, which news tells in so many words."""
_AT_ONCE = (_EVENTS - stems_of("study")) | HARM | stems_of("charge catch find hit crash explode sink")
"""What is done in a moment, and has no end."""
_BECOME = stem("become")
_BECOMING = stems_of(
    "become appoint name elect promote elevate succeed replace install inaugurate join start begin take lead head found"
)
"""What tells that somebody became something: who was CEO in May need not have become it then."""
_RANKS = re.compile(
    r"\b(?:second|third|fourth|fifth|bronze|silver|gold|deputy|vice|assistant|best|worst|next|previous)\b",
    re.IGNORECASE,
)
"""What tells one apart from others of its kind, and is not to be taken for them."""
_WILL = re.compile(r"^\W*when (?:will|does|do)\b", re.IGNORECASE)
_WAS = re.compile(r"^\W*when (?:did|was|were|had)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|would|is to|are to|due|plan(?:s|ned)|expected|scheduled|set|by|until|next|from"
    r"|starts|begins|opens|closes|goes|ends|takes place)\b|\bto (?!the\b|an?\b|his\b|her\b|its\b|their\b)[a-z]"
)
_PAST = re.compile(r"\b(?:was|were|did|had|became)\b", re.IGNORECASE)
_TO_COME = r"\b(?:scheduled|slated|due|planned|expected|will|is to|are to|is set|are set|has been set|have been set)\b"
_DUE = re.compile(rf"{_TO_COME}[^.;,]{{0,50}}$", re.IGNORECASE)
"""What stands before the day of what is still to come."""
_UNTIL = re.compile(r"\b(?:until|till) (?:the )?(?:[a-z]+day,? )?$", re.IGNORECASE)
_SINCE = re.compile(
    rf"\b(?:from|since|between) (?:early |late |mid-)?(?:\d|{MONTH}|\w+day\b)|\b(?:not|never)\b|n['’]t\b", re.IGNORECASE
)
"""What tells how long something went on, which is not when somebody was arrested: "bailed until 4 December"."""
_ASKS_DUE = re.compile(rf"{_TO_COME}|\bset\b", re.IGNORECASE)
_ONCE = re.compile(
    r"\b(?:former|ex|previous|late|outgoing|retired|ousted|interim|caretaker|then|next|future|incoming|aspiring)\b",
    re.IGNORECASE,
)
_HELD_BEFORE = r"\b(?:former|ex|previous|late|retired|ousted|then)"
"""What tells who held an office; an interim head holds it."""
_BESIDE = (
    r"\b(?:wife|husband|son|daughter|brother|sister|mother|father|widow|spokes\w+|adviser|advisor|aide|lawyer|rival|critic)"
    r" (?:of|to|for)(?: the| a)?"
)
"""Who stands by somebody in an office."""
_TO_BE = re.compile(
    r"\b(?:expected|set|poised|likely|tipped|due|hop(?:es?|ed|ing)|wants?|bid|race|runn?(?:ing)?)"
    r" (?:to (?:become|be|succeed|replace)|for)\b"
)
_LEAVING = (
    r"\b(?:ejected|ousted|fired|removed|dismissed|sacked|deposed|forced out|resign(?:s|ed)?|quits?|retire[sd]?"
    r"|(?:steps?|stepped|stood|stands) down)\b(?: [\w’'-]+){0,3}? (?:from|as)\b"
)
_FOR_A_TIME = (
    r"[^.;:]{0,40}?\b(?:until|till|between|from (?:19|20)\d\d|in (?:19|20)\d\d|in the (?:19|20)\d0s|at the time"
    r"|for [\w-]+ (?:years|terms|months)|before (?:\w+ing|(?:19|20)\d\d))"
)
"""What follows whoever was something once: "was mayor until 2019"."""
_SOMEBODY = re.compile(r", (?:\d{1,3},|who\b)")
"""What follows who is somebody: "Moss, 55,", "Moss, who"."""
_WHO_WAS_CHOSEN = re.compile(
    r"^\W*who (?:was|were|is|has been|had been) (?:re-?)?(?:elected|appointed|named|chosen|picked|nominated)\b",
    re.IGNORECASE,
)
_CHOSEN = re.compile(
    r"\b(?:elect(?:s|ed)|appoint(?:s|ed)|names|named|chose|chosen|picked|nominated|succe(?:ed\w*|ssor)|replac\w+"
    r"|becomes?|became|will be|is to)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:['’]s)?:? ([A-Z][\w’'-]+|\d+(?:\.\d+)+)")


def former(question: Question, sentence: str) -> bool:
    """Whether somebody is named who was it once, or may be, or stands by who is, where who is asked for.

    "Eric Schmidt, former CEO"; "was ejected from his CEO role"; "the president-elect"; "the wife of the president";
    "who was mayor until 2019".
    """
    roles = _roles(question)
    if not roles or _ONCE.search(question.text):
        return False
    left = "" if re.search(_LEAVING, question.text, re.IGNORECASE) else f"|{_LEAVING}"
    around = rf"(?:{_ONCE.pattern}|{_TO_BE.pattern}{left})(?:[ /-]\w+){{0,3}}[ /-](?:{roles})s?\b"
    ahead = rf"\b(?:{roles})[- ](?:elect|designate)\b|{_BESIDE} (?:{roles})\b"
    return bool(re.search(rf"{around}|{ahead}|{_once(roles)}", sentence, re.IGNORECASE))


def only_former(question: Question, sentences: Sequence[str]) -> bool:
    """Whether it is asked who holds an office today, and each sentence has it once, with who held it before."""
    roles = _roles(question)
    if not roles or _ONCE.search(question.text) or _PAST.search(question.text):
        return False
    office = re.compile(rf"\b(?:{roles})s?\b", re.IGNORECASE)
    before = re.compile(rf"{_HELD_BEFORE}(?:[ /-]\w+){{0,3}}[ /-](?:{roles})s?\b|{_once(roles)}", re.IGNORECASE)
    return all(len(office.findall(one)) == 1 and before.search(one) for one in sentences)


def _roles(question: Question) -> str:
    return "|".join(re.escape(word.text) for word in question.terms if word.stem in PERSON_NOUNS)


def _once(roles: str) -> str:
    return rf"\b(?:was|were|had been|served as)(?: (?!not\b)[\w-]+(?<!ed)){{0,2}} (?:{roles})s?\b{_FOR_A_TIME}"


def of_another(question: Question, sentence: str) -> bool:
    """Whether a name of the question goes on here, so that another is meant: "Splatoon 2's 3.0 update"."""
    asked = question.text.casefold()
    for name in question.names:
        for match in re.finditer(rf"(?<!\w){re.escape(name.text)}", sentence, re.IGNORECASE):
            further = _GOES_ON.match(sentence, match.end())
            if further and further[1].casefold() not in asked:
                return True
    return False


_FULL = 2
"""Words of a whole name."""


def of_a_namesake(question: Question, sentence: str) -> bool:
    """Whether a sentence has, of a name of two words, only others that end alike: the Sund Bridge, not the Harl Bridge.

    A title is no such name: "President Lund" may be Edda Lund.
    """
    told = [parts for name in names(sentence) if len(parts := name.key.split()) == _FULL]
    for asked in (name for name in question.names if len(name.key.split()) == _FULL):
        first, last = asked.key.split()
        if any(asked.stems <= name.stems or name.key == first for name in names(sentence)):
            continue  # or "Graham Fell and his brother Martin"
        others = {other for other, end in told if end == last}
        if any(other[:2] != first[:2] for other in others - PERSON_NOUNS):  # Joe may be Joseph
            return True
    return False


def of_another_matter(question: Question, text: str) -> bool:
    """Whether a sentence tells of something else: who was it once, what was and not what will be, not the hurt."""
    if former(question, text) and not _PAST.search(question.text):
        return True
    if question.asked == "date" and _WILL.search(question.text) and not _AHEAD.search(text):
        return True
    if _only_left(question, text):
        return True
    harm = question.stems & HARM
    told = content(text)
    return question.asked == "number" and bool(harm and told & HARM) and all(untold(one, told) for one in harm)


def _only_left(question: Question, text: str) -> bool:
    """Whether it is asked who was put into an office, and it is only told who left it."""
    roles = _roles(question) if _WHO_WAS_CHOSEN.match(question.text) else ""
    left = roles and re.search(rf"(?:{_LEAVING})(?:[ /-]\w+){{0,3}}[ /-](?:{roles})s?\b", text, re.IGNORECASE)
    return bool(left) and not _CHOSEN.search(text)


def of_another_rank(question: Question, unit: Unit) -> bool:
    """Whether a third, a deputy or the best of its kind is asked for, and the sentence has none."""
    asked = {match[0].lower() for match in _RANKS.finditer(question.text)}
    told = f"{unit.title}\n{unit.text}".lower()
    return any(not re.search(rf"\b{rank}", told) for rank in asked)


def of_another_year(question: Question, unit: Unit) -> bool:
    """Whether a year is asked of that neither the passage nor the day of its article has."""
    years = set(YEAR.findall(question.text))
    published = unit.article.published
    told = {*YEAR.findall(f"{unit.title}\n{unit.hit.passage.text}"), *([str(published.year)] if published else [])}
    return bool(years) and not years & told


def other_year(question: Question, sentence: str) -> bool:
    """Whether the question names a year and the sentence only other ones."""
    asked, told = set(YEAR.findall(question.text)), set(YEAR.findall(sentence))
    return bool(asked and told) and not asked & told


def ahead_of(question: Question, unit: Unit, date: str, start: int) -> bool:
    """Whether it is asked when something was done, and a date is of what is only to come when its article tells of it.

    date: as it stands from `start` on: "set the sentencing for 20 February", or a year after the one of its article.
    """
    if question.asked != "date" or not _WAS.match(question.text):
        return False
    form = formed(question.text)
    if form.of_a_deed and not _ASKS_DUE.search(question.text) and _DUE.search(unit.text, 0, start):
        return True
    if lasts_until(question, unit.text, start):
        return True
    published, years = unit.article.published, YEAR.findall(date)
    return bool(years) and published is not None and int(years[-1]) > published.year


def lasts_until(question: Question, sentence: str, start: int) -> bool:
    """Whether it is asked when something befell somebody, and from `start` on stands how long something else lasts."""
    form = formed(question.text)
    sudden = _WAS.match(question.text) and not _AT_ONCE.isdisjoint((form.deed, form.last))
    return bool(sudden and _UNTIL.search(sentence, 0, start)) and not _SINCE.search(sentence)


def of_other_years(question: Question, unit: Unit) -> bool:
    """Whether a sum or a number of a year is asked for, and a sentence that names years has none but others."""
    of_years = question.asked in AMOUNTS and other_year(question, unit.text)
    return of_years and set(YEAR.findall(question.text)).isdisjoint(YEAR.findall(unit.title))


def of_no_event(question: Question, unit: Unit) -> bool:
    """Whether it is asked when or where somebody was born, wed or jailed, and nothing near has any word of that."""
    if question.asked not in ("date", "place", "duration"):
        return False
    deed, near = formed(question.text).deed, content(unit.text) | unit.content_before() | content(unit.title)
    if _BECOME in question.stems and question.asked == "date" and not question.stems.isdisjoint(PERSON_NOUNS):
        return _BECOMING.isdisjoint(near)
    return deed in _EVENTS and untold(deed, near)


def of_whose_it_is(question: Question, unit: Unit) -> bool:
    """Whether "its" or "their" that opens a sentence is of somebody else, with whose name the one before opens."""
    before = unit.before() if _POSSESSIVE.match(unit.text) else None
    if not question.names or before is None or before.text != spans(unit.article.text)[unit.ordinal - 1].text:
        return False
    told = content(before.text)
    return not any(named_near(parts, told) for parts in question.name_stems) and _opens_with_another(
        question, before.text, unit.article.text
    )


def of_somebody_else(question: Question, unit: Unit) -> bool:
    """Whether a sentence opens with another's name, or any such as "a boy who", and has none that the question names.

    A lead may say "a man who" of whom its article names further down.
    """
    own = content(unit.text)
    if not question.names or any(named_near(parts, own) for parts in question.name_stems):
        return False
    if _A_STRANGER.match(unit.text) and unit.text != unit.lead():
        return True
    if leans(unit.text):
        return of_whose_it_is(question, unit)
    return not saying(unit.text) and _opens_with_another(question, unit.text, unit.article.text)


def _opens_with_another(question: Question, sentence: str, article: str) -> bool:
    opening = _SUBJECT.match(sentence)
    if opening is None:
        return False
    subject = next((name for name in names(sentence) if name.start <= opening.end()), None)
    if subject is None or any(same_name(name.text, subject.text) for name in question.names):
        return False
    # A single word that opens a sentence may have its capital from there: "Revenue grew", but not "Moss, 55, left".
    if " " in subject.text or _SOMEBODY.match(sentence, subject.end):
        return True
    return bool(re.search(rf"[\w,] {re.escape(subject.text)}\b", article))
