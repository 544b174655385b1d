"""The deed that a question for yes or no is about, and whether a sentence tells it: "turned down" tells "reject"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.another import of_somebody_else
from assistant.clause import BEING, clause_of
from assistant.denial import denial
from assistant.evidence import Unit
from assistant.fulfilment import done_since
from assistant.irregular import BASE, FORMS
from assistant.leaning import leans
from assistant.nouns import KINDS
from assistant.opposites import opposites
from assistant.question import Question
from assistant.synonyms import named_near, untold, with_synonyms
from assistant.values import names
from assistant.words import content, stem, stems_of, words

_PHRASES = tuple(
    (re.compile(rf"\b(?:{phrase})\b", re.IGNORECASE), stem(plain))
    for phrase, plain in (
        (r"turn(?:s|ed|ing)? (?:\w+ )?down", "reject"),
        (r"call(?:s|ed|ing)? (?:\w+ )?off", "cancel"),
        (r"put(?:s|ting)? (?:\w+ )?off", "postpone"),
        (r"st(?:ep(?:s|ped|ping)?|ood|ands?) down", "resign"),
        (r"la(?:y|ys|id|ying) (?:\w+ )?off", "dismiss"),
        (r"t[ao]k(?:e|es|en|ing) (?:\w+ )?over|took (?:\w+ )?over", "acquire"),
        (r"back(?:s|ed|ing)? out|pull(?:s|ed|ing)? out", "withdraw"),
        (r"give(?:s|n)? up|gave up|giving up", "abandon"),
        (r"serv(?:e|es|ed|ing) as", "use"),
        (r"lowered|slashed|trimmed", "cut"),
        (r"sentenced to|jailed for", "convict"),
        (r"(?:was|were|been|is|are) cleared|cleared [\w’'-]+(?: [\w’'-]+)? of", "acquit"),
    )
)
"""Words that stand for a verb without being a synonym everywhere, each with that verb."""
_LIGHT = stems_of("be have has do get make take give go come find found declare become remain stay")
"""Verbs that leave it to what follows to say what is done: "make a loss", "found guilty"."""
_ANYBODY = stems_of("anyone anybody someone somebody everyone everybody nobody anything something people person thing")
_A_NOUN = re.compile(r"(?:\b(?:the|an?|its|his|her|their|of|no|this|that|any|some)|[’']s?) $", re.IGNORECASE)
_PLEA = re.compile(r"\bpl(?:ead\w*|ea) (?:of )?(?:not )?(?:guilty|innocent)\b", re.IGNORECASE)
"""What somebody says of themselves, which no court has found."""
_OF_THE_PAST = re.compile(r"^\W*(?:did|has|have|had|was|were)\b", re.IGNORECASE)
_DO = frozenset("did do does will would".split())
_SAME_IN_ALL_FORMS = frozenset("cut hit put set shut hurt cost spread split".split())
_LATER_VERB = re.compile(r"^(?:in|at|on|of|near|over|by) (?:the )?[A-Z][\w’'-]* ([a-z]+)\b")
_EXPECTED = r"\b(?:expect\w*|forecast|predict\w*)"
_MAY_BE = re.compile(
    rf"(?:\b(?:to|if|unless|before|until|would|could|should|may|might|must|can|will|shall)|{_EXPECTED} (?:an? |the )?)"
    r"(?: (?:be|been|have|\w+ly))*\s*$",
    re.IGNORECASE,
)
"""What stands before a deed that is not told as done: "to accept", "should resign"."""
_MAY_BE_SUCH = re.compile(rf"{_EXPECTED} (?:an? |the )?(?:[\w-]+ )?$", re.IGNORECASE)
"""The same before what follows a light verb: "had expected a profit", not "returned to profit"."""
_PREPOSITION = re.compile(r"\b(?:in|on|at|to|from|for|by|with|about|over|of)\b", re.IGNORECASE)
_IF_IT_IS = re.compile(r"\b(?:if|unless|whether)\b[^,;:.]*$", re.IGNORECASE)
_ONLY_IF = re.compile(r"^\W*(?:if|unless)\b", re.IGNORECASE)
_SOMEBODY = re.compile(
    r"\W*(?:An?|Two|Three|Four|Five|Six) (?:[\w-]+ )??(?P<who>[a-z]+) (?:ha|wa|we|wh|accus|charg|suspect)"
)
_CONTRARY = opposites(in_a_claim=True)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is asked whether it was done or is so. meant: stems that tell it or its contrary, of which one is enough.

    verbal: it is a verb, and not what follows a light one: "resign", but the loss of "make a loss".
    """

    own: frozenset[str]
    meant: frozenset[str]
    verbal: bool

    @classmethod
    def of_stems(cls, own: frozenset[str], *, verbal: bool) -> Deed:
        """Return the deed that these stems tell."""
        told = with_synonyms(own)
        return cls(own, told.union(*(_CONTRARY.get(one, frozenset()) for one in told)), verbal)


@lru_cache(maxsize=256)
def deed_of(question: str) -> Deed:
    """Return the deed that a question is about."""
    for pattern, plain in _PHRASES:
        if pattern.search(question):
            return Deed.of_stems(frozenset({plain}), verbal=True)
    clause = clause_of(question)
    verb = stem(clause.verb) if clause.verb.islower() and clause.verb not in BEING else ""
    if clause.helping in BEING and clause.rest.isalpha() and clause.rest.islower() and not _participle(clause.verb):
        return Deed.of_stems(frozenset({stem(clause.rest)}), verbal=True)  # "Is Telmo's Harrow plant open?"
    later = _LATER_VERB.search(clause.rest) if verb and clause.helping in _DO else None
    if later and (later[1] in FORMS or later[1] in _SAME_IN_ALL_FORMS):
        return Deed.of_stems(frozenset({stem(later[1])}), verbal=True)  # "Did the strike in Osk hit trams?"
    if verb and stem(BASE.get(clause.verb, clause.verb)) not in _LIGHT:
        return Deed.of_stems(frozenset({verb}), verbal=True)
    if not verb and clause.helping in _DO and (verb := _verb_within(clause.subject)):
        return Deed.of_stems(frozenset({stem(verb)}), verbal=True)
    named = frozenset[str]().union(*(name.stems for name in names(question)))
    phrases = (content(part) - named - _LIGHT for part in _PREPOSITION.split(clause.rest))
    behind = next((found for found in phrases if found), frozenset[str]())
    alone = frozenset({verb}) if verb and not clause.rest else frozenset[str]()
    return Deed.of_stems(behind or alone, verbal=not behind)


def _participle(word: str) -> bool:
    return word.endswith(("ed", "ing")) or word in BASE


def _verb_within(subject: str) -> str:
    """Return the verb of a clause that word order does not tell from its subject: "the bank cut rates"; else empty.

    What follows a helping verb has one, and no plural is one.
    """
    behind = subject.split()[1:]
    known = next((word for word in behind if word in FORMS or word in _SAME_IN_ALL_FORMS), "")
    plain = len(behind) > 1 and behind[-1].endswith("s") and behind[-2].islower()
    return known or (behind[-2] if plain else "")


def tells_the_deed(deed: Deed, sentence: str) -> bool:
    """Whether a sentence tells a deed or its contrary, in any words; of what follows a light verb, all of it."""
    told = _told(sentence)
    if not deed.verbal and len(deed.own) > 1:
        return all(not Deed.of_stems(frozenset({one}), verbal=False).meant.isdisjoint(told) for one in deed.own)
    return not deed.meant.isdisjoint(told)


def only_named(deed: Deed, sentence: str) -> bool:
    """Whether a sentence has a deed as a thing alone, of which it tells something else: "the closure was a blow"."""
    if not deed.verbal or not deed.meant.isdisjoint(_phrased(sentence)):
        return False
    return all(_A_NOUN.search(sentence, 0, word.start) for word in words(sentence) if word.stem in deed.meant)


def told_of(question: Question, unit: Unit) -> bool:
    """Whether a sentence tells, of whom is asked, that a deed was done or was not; what is only expected tells neither.

    Of what is still to come it may be expected. A lead says "a nurse" of whom its article names further down.
    """
    deed, text = deed_of(question.text), unit.text
    if not tells_the_deed(deed, text) or only_named(deed, text) or _ONLY_IF.match(text):
        return False
    if _OF_THE_PAST.match(question.text) and not _is_fact(deed, text):
        return False
    told = [word for word in words(text) if word.stem in deed.meant]
    if any(_IF_IT_IS.search(text, 0, word.start) for word in told):
        return False
    if of_somebody_else(question, unit) or _of_whom_it_leans_on(question, unit):
        return False
    near = content(text) | content(unit.title)
    if leans(text):
        near |= unit.content_before()
    if leans(text) or (text == unit.lead() and _on_somebody(text)):
        near |= content(unit.hit.passage.text)
    subject = content(clause_of(question.text).subject) - _ANYBODY
    if question.names:
        return all(named_near(stems, near) for stems in question.name_stems)
    return not subject or not all(untold(one, near) for one in subject)


def telling_most(question: Question, units: Sequence[Unit]) -> int:
    """Return which sentence tells the deed that is asked about, or its contrary, with the most of what is asked.

    0 where the first one tells it, or none does.
    """
    if not units or told_of(question, units[0]):
        return 0
    told = [place for place, unit in enumerate(units) if told_of(question, unit)]
    return max(told, key=lambda place: (_told_share(question, units[place].text), -place), default=0)


def beside_the_deed(question: Question, one: Unit, other: Unit) -> bool:
    """Whether a side of a yes and no tells nothing of the deed: that one survived does not deny that he was arrested.

    Nor is it affirmed where it is only spoken of, as in "the closure was a blow", or told of by a passage that has no
    word of who is asked about: where no thief was arrested, a captain may have been. Nor is it a difference that
    somebody had not been arrested one day, and was the next.
    """
    deed, sides = deed_of(question.text), (one, other)
    if done_since(deed.own, one, other) or done_since(deed.own, other, one):
        return True
    if not all(tells_the_deed(deed, unit.text) for unit in sides):
        return bool(deed.own)
    subject = content(clause_of(question.text).subject) - _ANYBODY
    for unit in sides if subject else ():
        near = content(unit.title) | content(unit.hit.passage.text)
        if all(untold(word, near) and not named_near([word], near) for word in subject):
            return True
    return any(only_named(deed, unit.text) and denial(question, unit.text) is None for unit in sides)


def outdates(question: Question, one: Unit, other: Unit) -> bool:
    """Whether a sentence of a newer article tells as done what another says has not been, and of the same matter."""
    of_it = 2 * _told_share(question, one.text) > len(question.stems) and told_of(question, one)
    return of_it and done_since(deed_of(question.text).own, one, other)


def _told_share(question: Question, sentence: str) -> int:
    told = _told(sentence)
    return sum(not Deed.of_stems(frozenset({one}), verbal=True).meant.isdisjoint(told) for one in question.stems)


def _of_whom_it_leans_on(question: Question, unit: Unit) -> bool:
    """Whether "he" or "its" of a sentence is somebody else, with whom the one before opens."""
    before = unit.before() if leans(unit.text) else None
    return before is not None and of_somebody_else(question, replace(unit, ordinal=unit.ordinal - 1, span=before))


def _on_somebody(sentence: str) -> bool:
    """Whether a sentence opens with who is not yet named: "A nurse accused", "Two men have"."""
    opening = _SOMEBODY.match(sentence)
    who = opening["who"].replace("men", "man") if opening else ""
    return KINDS.get(who) == "name"


def _is_fact(deed: Deed, sentence: str) -> bool:
    """Whether a deed or its contrary stands in a sentence other than as what may, should or is expected to be done."""
    text = _PLEA.sub("", sentence)
    may_be = _MAY_BE if deed.verbal else _MAY_BE_SUCH
    found = [word for word in words(text) if word.stem in deed.meant]
    phrased = not deed.meant.isdisjoint(_phrased(text))
    return phrased or any(not may_be.search(text, 0, word.start) for word in found)


def _told(sentence: str) -> frozenset[str]:
    return content(_PLEA.sub("", sentence)) | _phrased(sentence)


@lru_cache(maxsize=4_000)
def _phrased(sentence: str) -> frozenset[str]:
    return frozenset(plain for pattern, plain in _PHRASES if pattern.search(sentence))
