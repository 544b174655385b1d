"""Whether the best sentences lack what no likeness makes up for: the office, the speaker, the deed, the sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.ages import of_now, whose_age
from assistant.amounts import AMOUNTS
from assistant.another import of_another_year, of_no_event, of_other_years
from assistant.another_thing import of_no_stage
from assistant.antecedent import is_person
from assistant.asked import HOW_MUCH_IS
from assistant.beside import harmless, names_nobody_asked_of
from assistant.candidate import candidates
from assistant.evidence import Unit
from assistant.fitting import fits
from assistant.leaning import leans
from assistant.measure import unmeasured
from assistant.nouns import PERSON_NOUNS
from assistant.office import asks_for_office, in_office
from assistant.question import Question
from assistant.scoring import Scored, typed
from assistant.statements import SAYING, said
from assistant.synonyms import named_near, untold
from assistant.values import names, values
from assistant.words import content, stem, stems_of, words

_AGE_NOW = re.compile(r"\bhow old is\b", re.IGNORECASE)
_WHO_DID = re.compile(r"^\W*who (?!is\b|are\b|was\b|were\b|has\b|had\b|else\b)\w", re.IGNORECASE)
SIMPLE = 12
"""Words that matter in a question of which one sentence holds a name; a longer one names many."""
_SEEN = 8
"""Sentences looked through for an office or a speaker."""
_PRICE = re.compile(
    r"\b(?:pric\w+|costs?|costing|retail\w*|sells?|selling|starts? at|starting at|worth|fees?|for just)\b", re.I
)
_BESIDE = 20
"""Characters between a sum and what costs it."""
_FEW = 2
"""Names in a headline up to which a sentence below it may be about any of them."""
_SAYS = re.compile(
    r"\b(?:what|how) (?:did|does|has|have|had) (?P<who>.+?) "
    r"(?:say|said|says|tell|told|claim|claimed|announce|announced|argue|respond|comment|react)\b",
    re.IGNORECASE,
)
_SAYINGS = stems_of(SAYING.replace("|", " "))
_HONORIFICS = frozenset(
    "Mr Mrs Ms Miss Dr Prof Sir Dame Lord Lady General Colonel Major Captain Admiral Lieutenant Sergeant Commander"
    " Chief Brigadier Corporal Inspector Father Sister Brother Reverend Saint".split()
)
_SPOKEN = re.compile(rf"[“”\"]|\b(?:{SAYING}|according to|saying|asked|apologi[sz]ed)\b", re.IGNORECASE)


def unheld(question: Question, scored: Sequence[Scored]) -> bool:
    """Whether the best sentences hold nobody in the office asked for, no age, no name or no word of who is to speak.

    "Who is the CEO of Spotify?" is not answered by news of Spotify, nor by another company's CEO.
    """
    leading = scored[:_SEEN]
    if asks_for_office(question) and not any(in_office(question, item.unit) for item in leading):
        return True
    age = bool(whose_age(question)) and not any(aged(question, item.unit) for item in leading)
    if age and of_this_age(question, scored) is None:
        return True
    if question.called and not any(named_in(question, item.unit.text) for item in leading[:3]):
        return True
    if _only_of_other_years(question, leading):
        return True
    says = _SAYS.search(question.text)
    return bool(says and question.names and not any(_speaks(says["who"], question, item.unit) for item in leading))


def _only_of_other_years(question: Question, leading: Sequence[Scored]) -> bool:
    """Whether an amount of a year is asked for, and each there is stands with others alone, in a passage without it."""
    found = [item.unit for item in leading if typed(question, item.unit.text)] if question.asked in AMOUNTS else []
    return bool(found) and all(of_other_years(question, one) and of_another_year(question, one) for one in found)


def unsaid(question: Question, scored: Sequence[Scored]) -> bool:
    """Whether the best sentences have no value of the measure, no word of the event, or none of whom it asks of."""
    leading = scored[:_SEEN]
    if unmeasured(question, (item.unit.text for item in leading)):
        return True
    if all(of_no_event(question, item.unit) or harmless(question, item.unit) for item in leading):
        return True
    if of_no_stage(question, [item.unit for item in leading]):
        return True
    sources = " ".join(item.unit.article.outlet or "" for item in scored).casefold()
    asked = [name.stems for name in question.names if name.text.casefold() not in sources]
    if question.kinds and asked and len(question.terms) <= SIMPLE:
        if _WHO_DID.match(question.text) and not any(_tells_of_the_deed(question, item) for item in leading[:3]):
            return True
        if names_nobody_asked_of(question, scored[0].unit):
            return True
        near = [item.unit for item in leading if _concerns(asked, item.unit)]
        if question.asked in AMOUNTS:
            near = [unit for unit in near if typed(question, unit.text) or _otherwise(question, unit.text)]
        if not near:
            return True
    if HOW_MUCH_IS.search(question.text) and question.kinds == ("money",):
        return not any(_priced(question, item.unit.text) for item in leading[:3])
    closed = question.asked == "yes-no" and bool(question.names)
    return closed and not any(_within_reach(question, item.unit) for item in leading[:3])


def named_in(question: Question, text: str) -> bool:
    """Whether a sentence has anything that somebody or something can be called."""
    return any(fits(question, text, candidate) for candidate in candidates(text))


def aged(question: Question, unit: Unit) -> bool:
    """Whether a sentence has an age, and it or what it leans on names whose age is asked for."""
    named = whose_age(question)
    near = content(unit.text) | (unit.content_before() if of_now(unit.text) else frozenset())
    near |= content(unit.hit.passage.text) if leans(unit.text) else frozenset()
    return named_near(named, near) and not unmeasured(question, [unit.text]) and not _of_a_namesake(question, unit)


def of_this_age(question: Question, scored: Sequence[Scored]) -> int | None:
    """Return which sentence has the age that is asked for beside the last name itself: "Lund, 58, wept".

    Of several it is the one of the newest article, if all have days: by then she is older.
    """
    last = re.escape(_whose(question)[-1])
    stated = re.compile(rf"(?<!\w){last}, \(?(?:aged |now )?\d{{1,3}}[,.)]")
    found = [at for at, item in enumerate(scored) if stated.search(item.unit.text) and aged(question, item.unit)]
    days = [scored[at].unit.article.published for at in found]
    if not found or None in days or not _AGE_NOW.search(question.text):
        return found[0] if found else None
    return max(zip(days, found, strict=True), key=lambda one: (one[0] or date.min, -one[1]))[1]


def _whose(question: Question) -> list[str]:
    """Return the words of the name whose age is asked for."""
    return next((name.text.split() for name in question.names if name.key.split() == whose_age(question)), [""])


def _of_a_namesake(question: Question, unit: Unit) -> bool:
    """Whether the last name alone is somebody else's there: the first whom the article names so in full."""
    asked = _whose(question)
    if len(asked) < 2 or " ".join(asked) in unit.text:
        return False
    called = re.findall(rf"(?<!\w)([A-Z][\w’'-]+) {re.escape(asked[-1])}(?!\w)", unit.article.text)
    full = next((first for first in called if stem(first) not in PERSON_NOUNS), asked[-2])
    return asked[-2] in called and full != asked[-2]


def _speaks(who: str, question: Question, unit: Unit) -> bool:
    """Whether somebody of this name is in a sentence that tells what is said, in the one before it, or is its "she"."""
    asked = [name for name in question.names if name.text in who]
    near = content(unit.text) | content(unit.title)
    if leans(unit.text):
        near |= unit.content_before()
    speaker = said(unit)
    if speaker:
        near |= content(speaker.speaker)
    return bool(_SPOKEN.search(unit.text)) and (
        not asked or any(named_near(name.stems, near) and not _of_kin(name.text, unit) for name in asked)
    )


def _of_kin(name: str, unit: Unit) -> bool:
    """Whether the last one of that last name whom an article names in full, up to a sentence, is somebody else."""
    first, _, last = name.rpartition(" ")
    if not is_person(name) or first in _HONORIFICS or stem(first) in PERSON_NOUNS:
        return False
    told = unit.article.text[: unit.span.end]
    called = re.findall(rf"(?<!\w)([A-Z][\w’'-]+) {re.escape(last)}(?!\w)", told)
    called = [one for one in called if stem(one) not in PERSON_NOUNS and one not in _HONORIFICS]
    if not called or called[-1] == first.split()[-1]:
        return False
    return first in called or called[-1][0] != first[0]  # Joe Lund may be called Joseph


def heard(question: Question, unit: Unit) -> bool:
    """Whether it is asked what somebody said, whatever it was, and a sentence is theirs."""
    speaker = said(unit) if question.told and question.names else None
    if speaker is None or question.stems - question.named - _SAYINGS - PERSON_NOUNS:
        return False
    return named_near(question.names[0].stems, content(speaker.speaker))


def _concerns(asked: Sequence[frozenset[str]], unit: Unit) -> bool:
    """Whether a sentence may be about somebody of these names: its passage names them, or its headline alone does.

    A headline of many names says little of a sentence that names others.
    """
    if any(named_near(parts, content(unit.hit.passage.text)) for parts in asked):
        return True
    titled = any(named_near(parts, content(unit.title)) for parts in asked)
    return titled and (len(names(unit.title)) <= _FEW or not names(unit.text))


def _tells_of_the_deed(question: Question, item: Scored) -> bool:
    """Whether a sentence has any word of what is asked but the names, or one that means the same."""
    told = question.stems - question.named
    if not told or item.features.deeds:
        return True
    near = content(item.unit.title)
    if leans(item.unit.text):
        near |= item.unit.content_before()
    return not all(untold(one, near) for one in told)


def _otherwise(question: Question, text: str) -> bool:
    """Whether a sentence tells a length of what lasts no time, or a price in what no list of currencies has."""
    if question.asked == "duration":
        return not unmeasured(question, [text])
    return question.asked == "money" and bool(_PRICE.search(text)) and any(one.kind == "number" for one in values(text))


def _priced(question: Question, text: str) -> bool:
    """Whether a sentence tells what something costs: it speaks of a price, or the sum stands by what is asked about."""
    listed = words(text)
    asked = question.stems
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
    near = unit.vicinity()
    return any(named_near(stems, near) for stems in question.name_stems)
