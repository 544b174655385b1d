"""Whether the evidence holds what an answer hangs on: the deed and the names asked for, the office, the speaker."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.evidence import Unit, leans, spans
from assistant.form import formed
from assistant.nouns import PERSON_NOUNS
from assistant.question import HOW_MUCH_IS, Question
from assistant.scoring import Features, Scored, typed
from assistant.statements import SAYING, WHO_SAID
from assistant.synonyms import untold
from assistant.telling import former
from assistant.values import names, values
from assistant.words import Word, content, stem, words

FEW_DEEDS = 0.3
"""Share of what is asked but the names, below which a sentence speaks of something else."""
_HALF = 0.5
_BEGINNING = 5
"""Letters by which names are compared, so that "European" is met by "Europe"."""
_SHORTEST = 4
_WHO_DID = re.compile(r"^\W*who (?!is\b|are\b|was\b|were\b|has\b|had\b|else\b)\w", re.IGNORECASE)
_SIMPLE = 12
"""Words that matter in a question of which one sentence holds a name; a longer one names many."""
_SEEN = 8
"""Sentences looked through for an office or a speaker."""
_AMOUNTS = ("number", "share", "money", "duration")
_FACING = frozenset("against on upon with over toward towards versus about regarding".split())
_PRICE = re.compile(
    r"\b(?:pric\w+|costs?|costing|retail\w*|sells?|selling|starts? at|starting at|worth|fees?|for just)\b", re.I
)
_BESIDE = 20
"""Characters between a sum and what costs it."""
_FEW = 2
"""Names in a headline up to which a sentence below it may be about any of them."""
_NEAR = 400
"""Characters around a sentence in which a name still belongs to what it tells."""
_SAYS = re.compile(
    r"\b(?:what|how) (?:did|does|has|have|had) (?P<who>.+?) "
    r"(?:say|said|says|tell|told|claim|claimed|announce|announced|argue|respond|comment|react)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"[“”\"]|\b(?:{'|'.join(SAYING.split())}|according to|saying|asked|apologi[sz]ed)\b", re.IGNORECASE
)
_SUPPOSED = re.compile(r"^\W*(?:(?i:if|unless|suppose|supposing)\b|(?:Should|Were|Had) (?:the |a |an )?[A-Za-z]+ )")
_OF_STATES = frozenset(
    map(stem, "president minister king queen emperor pope chancellor senator prince princess ambassador".split())
)
_LIGHT = frozenset(map(stem, "be have has do get make take give go come many much there total part".split()))
"""Verbs that say too little of what was done to be missed."""
_NOBODY = re.compile(r"\b(?:nobody|no one|none)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|did|had|became)\b", re.IGNORECASE)
_BESIDE_OFFICE = frozenset(map(stem, "new current now today right present still prime foreign head chief vice".split()))


def stands(question: Question, unit: Unit, features: Features) -> bool:
    """Whether a value in this sentence can be what is asked for, however well it stands there.

    "When was she convicted?" is not told by when she was accused, nor "How many users has it?" by another's users.
    """
    text = unit.text
    if _asks_for_office(question) and not _in_office(question, unit):
        return False
    if _SUPPOSED.match(text) or (former(question, text) and not _PAST.search(question.text)):
        return False
    if WHO_SAID.search(question.text):
        return features.deeds >= _HALF
    named = {part for name in question.names for part in name.key.split()}
    told = {word.stem for word in question.terms} - named - question.measures  # what is asked but the names
    if not question.kinds:
        return question.asked != "thing" or not told or features.deeds >= FEW_DEEDS
    before = unit.before()
    near = content(text) | content(unit.title) | (content(before.text) if before else frozenset())
    if leans(text):  # whom "he" stands for may be further up
        near |= content(unit.hit.passage.text)
    if not all(_named(name.key.split(), near) for name in question.names):
        return False
    if _of_somebody_else(question, unit):
        return False
    if question.asked == "number" and _NOBODY.search(text):
        return False
    done = told - _LIGHT - (question.focus if question.asked == "number" else frozenset())
    if question.asked in ("number", "money") and done and all(untold(one, near) for one in done):
        return False  # of those aboard, nothing tells how many died
    if not told or features.deeds >= FEW_DEEDS or question.asked not in ("number", "date"):
        return True
    deed = formed(question.text).deed
    # A headline on the opening dates no meeting.
    told_here = near if leans(text) else content(text) | (content(before.text) if before else frozenset())
    return question.asked == "date" and not untold(deed, told_here)


def _of_somebody_else(question: Question, unit: Unit) -> bool:
    """Whether a sentence opens with another's name, and neither it nor its headline has one that the question names."""
    named = [name.key.split() for name in question.names]
    own, title = content(unit.text), content(unit.title)
    if not named or leans(unit.text) or any(_named(parts, own) or _named(parts, title) for parts in named):
        return False
    return any(value.kind == "name" and value.start < _SHORTEST for value in values(unit.text))


def unheld(question: Question, scored: Sequence[Scored]) -> bool:
    """Whether the best sentences hold nobody in the office asked for, or no word of who is to speak or act.

    "Who is the CEO of Spotify?" is not answered by news of Spotify, nor by another company's CEO.
    """
    leading = scored[:_SEEN]
    if _asks_for_office(question) and not any(_in_office(question, item.unit) for item in leading):
        return True
    says = _SAYS.search(question.text)
    if says and question.names and not any(_speaks(says["who"], question, item.unit) for item in leading):
        return True
    sources = " ".join(item.unit.article.outlet or "" for item in scored).casefold()
    asked = [name.key.split() for name in question.names if name.text.casefold() not in sources]
    if question.kinds and asked and len(question.terms) <= _SIMPLE:
        if _WHO_DID.match(question.text) and not any(_tells_of_the_deed(question, item) for item in leading[:3]):
            return True
        near = [item.unit for item in leading if _concerns(asked, item.unit)]
        amounts = question.asked in _AMOUNTS
        if not any(typed(question, unit.text) if amounts else True for unit in near):
            return True
    if HOW_MUCH_IS.search(question.text) and question.kinds == ("money",):
        return not any(_priced(question, item.unit.text) for item in leading[:3])
    closed = question.asked == "yes-no" and bool(question.names)
    return closed and not any(_within_reach(question, item.unit) for item in leading[:3])


def _asks_for_office(question: Question) -> bool:
    """Whether it asks who holds an office of somebody named, and nothing else."""
    asked = {word.stem for word in question.terms}
    bodies = _bodies(question)
    return (
        question.person and bool(bodies and asked & PERSON_NOUNS) and not asked - bodies - PERSON_NOUNS - _BESIDE_OFFICE
    )


def _bodies(question: Question) -> frozenset[str]:
    """Return the stems of the names, without an office that is written as one: "the CEO of Spotify"."""
    named = {part for name in question.names for part in name.key.split()}
    return frozenset(named & {word.stem for word in question.terms}) - PERSON_NOUNS


def _in_office(question: Question, unit: Unit) -> bool:
    if _SUPPOSED.match(unit.text):
        return False  # who would be, not who is
    own, title = content(unit.text) - _beyond(question, unit.text), content(unit.title)
    bodies, offices = _bodies(question), {word.stem for word in question.terms} & PERSON_NOUNS
    before = unit.before() if leans(unit.text) else None
    near = own | (content(before.text) if before else frozenset())
    if _of_nobody(unit.text, offices):
        near |= content(_last_naming(unit, bodies))
    if title <= bodies or title & offices:  # a headline of ten matters says nothing of who heads which
        near |= title
    held = not all(untold(office, own) for office in offices)
    return held and all(_named([part], near) for part in bodies)


def _of_nobody(text: str, offices: Collection[str]) -> bool:
    """Whether an office stands without whose it is, and so is that of whom the sentences before named."""
    listed = words(text)
    for at, word in enumerate(listed):
        if not untold(word.stem, offices):
            before = next((one for one in reversed(listed[:at]) if one.stem not in _BESIDE_OFFICE), None)
            owning = before is not None and before.text.endswith(("'s", "’s"))
            owned = owning or (before is not None and before.capital and before.meaningful)
            after = [one.text.lower() for one in listed[at + 1 : at + 2]]
            led = not at or listed[at - 1].capital  # "President Moss", of whichever state
            if not owned and after not in (["of"], ["at"], ["for"], ["to"]) and not (led and word.stem in _OF_STATES):
                return True
    return False


def _last_naming(unit: Unit, bodies: Collection[str]) -> str:
    """Return the last sentence of the passage before this one that names a body, or anybody; empty where none does."""
    passage = unit.hit.passage
    before = [span for span in spans(unit.article.text) if passage.start <= span.start < unit.span.start]
    for span in reversed(before):
        named = any(value.kind == "name" for value in values(span.text))  # and "Tuesday" is none
        if span.quotable and (named or any(_named([part], content(span.text)) for part in bodies)):
            return span.text
    return ""


def _beyond(question: Question, text: str) -> frozenset[str]:
    """Return the stems of the bodies that a sentence names only as something else than where somebody is in office.

    "President Moss ruled out a war on Ostria" and "the Ostrian problem" tell of no president of Ostria.
    """
    listed, offices = words(text), {word.stem for word in question.terms} & PERSON_NOUNS
    found: dict[str, bool] = {}
    for at, word in enumerate(listed):
        body = next((part for part in _bodies(question) if _named([part], [word.stem])), "")
        if body:
            before = [one.text.lower() for one in listed[max(0, at - 2) : at] if one.text.lower() != "the"]
            facing = bool(before) and before[-1] in _FACING
            owning = word.stem != body or word.text.endswith(("'s", "’s"))
            found[word.stem] = found.get(word.stem, True) and (facing or (owning and _of_a_thing(listed, at, offices)))
    return frozenset(stem for stem, other in found.items() if other)


def _of_a_thing(listed: Sequence[Word], at: int, offices: Collection[str]) -> bool:
    """Whether neither a name nor an office follows a word: "Ostrian problem", not "Ostrian foreign minister"."""
    for word in listed[at + 1 : at + 5]:
        if word.capital or word.stem in offices:
            return False
        if not word.meaningful:
            break
    return True


def _speaks(who: str, question: Question, unit: Unit) -> bool:
    """Whether somebody of this name is in a sentence that tells what is said, or in the one before it."""
    asked = [name for name in question.names if name.text in who]
    before = unit.before() if leans(unit.text) else None
    near = content(unit.text) | content(unit.title) | (content(before.text) if before else frozenset())
    return bool(_SPOKEN.search(unit.text)) and (not asked or any(_named(name.key.split(), near) for name in asked))


def _concerns(asked: Sequence[Sequence[str]], unit: Unit) -> bool:
    """Whether a sentence may be about somebody of these names: its passage names them, or its headline alone does.

    A headline of many names says little of a sentence that names others.
    """
    if any(_named(parts, content(unit.hit.passage.text)) for parts in asked):
        return True
    titled = any(_named(parts, content(unit.title)) for parts in asked)
    return titled and (len(names(unit.title)) <= _FEW or not names(unit.text))


def _tells_of_the_deed(question: Question, item: Scored) -> bool:
    """Whether a sentence has any word of what is asked but the names, or one that means the same."""
    named = {part for name in question.names for part in name.key.split()}
    told = {word.stem for word in question.terms} - named
    if not told or item.features.deeds:
        return True
    before = item.unit.before()
    near = content(item.unit.title) | (content(before.text) if before and leans(item.unit.text) else frozenset())
    return not all(untold(one, near) for one in told)


def _priced(question: Question, text: str) -> bool:
    """Whether a sentence tells what something costs: it speaks of a price, or the sum stands by what is asked about."""
    listed = words(text)
    asked = {word.stem for word in question.terms}
    sums = [value for value in values(text) if value.kind == "money"]
    if not asked & {word.stem for word in listed}:
        return False
    if sums and _PRICE.search(text):
        return True
    return any(
        word.stem in asked and 0 <= max(word.start - value.end, value.start - word.end) <= _BESIDE
        for value in sums
        for word in listed
    )


def _within_reach(question: Question, unit: Unit) -> bool:
    start, end = unit.span.start - _NEAR, unit.span.end + _NEAR
    near = content(f"{unit.title}\n{unit.hit.passage.text}\n{unit.article.text[max(0, start) : end]}")
    return any(_named(name.key.split(), near) for name in question.names)


def _named(parts: Sequence[str], near: Collection[str]) -> bool:
    return any(part[:_BEGINNING] == one[:_BEGINNING] or _begins(part, one) for part in parts for one in near)


def _begins(one: str, other: str) -> bool:
    """Whether one stem begins with the other: that of "Israeli" is shorter than that of "Israel"."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST and longer.startswith(shorter)
