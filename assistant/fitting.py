"""Which stretches of a sentence are of the kind that is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.candidate import Candidate, begins_within_a_name, cuts
from assistant.form import formed
from assistant.irregular import BASE
from assistant.measure import measures
from assistant.nouns import KIN, PERSON_NOUNS
from assistant.office import held_by, named_in_office, owns_office
from assistant.question import Question
from assistant.retraction import stands_corrected
from assistant.statements import SAYING, WHO_SAID, saying
from assistant.synonyms import untold, written_alike
from assistant.values import Value, values
from assistant.words import content, stem, words
from assistant.written_dates import TIME_NAMES

_WINNING = re.compile(r"\b(?:won|wins?|winning|winner|beat|beats|defeated|defeats)\b", re.IGNORECASE)
_LOSER = re.compile(r"\b(?:over|against|beat|beats|beating|defeated|defeats|defeating|to) (?:the )?$", re.IGNORECASE)
_PEOPLE = re.compile(r"(?:ish|ese|ian|ani|aqi)$")
_OFFICE_OF = re.compile(r"(\w+) (?:to|of|from|for) (?:the )?$")
_NO_PLACE = re.compile(r"\b[A-Z]?[a-z]+[A-Z][A-Z]|\bAI\b|\b\w+ers? of\b")
_NO_DOER = re.compile(
    r"\b(?:Awards?|Prize|Cup|Medal|Trophy|Festival|Championships?|Games|Olympics|Oscars?|Golden \w+|Treaty|Act|War"
    r"|Street|Road|Avenue|Bridge|Airport|River|Day|Week|January|February|March|April|June|July|August|September|October"
    r"|November|December)$"
)
"""What no name of a doer ends with: "won the Golden Lion" tells of nobody by that name."""
_OF_NATURE = re.compile("(?:Lake|Mount|Cape|Fort|Port|Col|Bay) ")
_BY_NATURE = re.compile(rf"\b{_OF_NATURE.pattern}$")
_NEXT = re.compile(r" ([a-z]+)\b")
_INSIDE = re.compile(
    r"\b(?:in|at|near|off|outside|inside|across|around|throughout|beneath|under|over) (?:the )?$", re.IGNORECASE
)
_BEATEN_BY = re.compile(r"\b(?:defeats?|defeated|loss|lost|losing|beaten|fell|falls) (?:by|to|against) (?:the )?$")
_LOSING = re.compile(r"\b(?:lost|loses?|losing|loser|runners?-up|beaten)\b", re.IGNORECASE)
_SAID_LAST = re.compile(rf"[^,;.:“”\"]{{0,30}} (?:{SAYING})(?: (?:on|late|last|in) [^,;.]{{2,20}})?\W*$")
_BEFORE_VERBS = frozenset("he she it they we i who which also then later soon never already first".split())
_DOES = re.compile(r"\bdo(?:es|ing|ne)?\W*$|\bdo (?:to|for|with|about|in|at|after|before)\b", re.IGNORECASE)
"""What asks for a deed itself: "What did the merchant do?"."""
_WITHIN = re.compile(r"\b(?:in|at|from|near|off|outside|inside|across|around|throughout) (?:the )?$", re.IGNORECASE)
_OF_WHOM = re.compile(r"[A-Z][\w’'-]+ of (?:the )?$")
"""What stands before where somebody is from: "Edda Lund of the University of Vell"."""
_APPOSED = re.compile(r", ((?:[\w’'-]+ ?){1,6})(?=[,.;)]|$)")
_TITLED = re.compile(r"\w+ ((?:[A-Z][\w’'-]+ )*)$")
_OWN = re.compile(r"(?:his|her)\b", re.IGNORECASE)
_LEAVING = re.compile(
    r"\b(?:from|take off|took off|taken off|depart\w*|leave|set (?:off|out)|originate\w*)\b", re.IGNORECASE
)
_TOWARDS = re.compile(r"\b(?:headed|heading|bound|on (?:its|their|his|her) way|travel\w+|fl\w+) (?:for|to) (?:the )?$")
_GOING = re.compile(r"\b(?:going|headed|heading|bound|sail\w* to|fl\w+ to|travel\w* to|destination)\b", re.IGNORECASE)
_AWAY = re.compile(r"\b(?:from|off|left|leaving|outside) (?:the )?$")
"""A way that leads from a place, or to it, and what is asked of it."""
_FIRM = re.compile(r" [a-z]+ [A-Z]")
_NAMED_NEXT = re.compile(r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z]")
_TIMES = frozenset(map(stem, TIME_NAMES))
_WHICH = re.compile(r"\bwhich (?!of\b|number|figure|version|model|size|age|edition)[a-z]+", re.IGNORECASE)
"""What asks for one of a kind, which no bare number is."""
_WHERE = re.compile(r"\bwhere\b", re.IGNORECASE)
_WHOSE = re.compile(r"\bwhose (?P<owned>[\w-]+)", re.IGNORECASE)
_STATED = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would)\b")
_PREPOSITION = re.compile(
    r"\b(?:in|at|to|from|on|near|of|through|into|via|outside|inside|across|for|around|by|between|off|along|over|under"
    r"|beside|past|within|throughout|aboard) (?:[^.;:]{0,40} )?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Asks:
    """What a question asks for that bears on its candidates. owned: the stem of what "whose" asks the owner of."""

    owned: str
    deed: bool
    winner: bool
    loser: bool
    speaker: bool
    origin: bool
    destination: bool
    where: bool
    which: bool

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, text: str) -> _Asks:
        owned = _WHOSE.search(text)
        asks = (_DOES, _WINNING, _LOSING, WHO_SAID, _LEAVING, _GOING, _WHERE, _WHICH)
        return cls(stem(owned["owned"]) if owned else "", *(bool(pattern.search(text)) for pattern in asks))


def fits(question: Question, sentence: str, candidate: Candidate) -> bool:
    """Whether a candidate is of the asked kind: a date for "when", a share for "what share", a capital for "who"."""
    if stands_corrected(question.text, sentence, candidate.start):
        return False
    if question.person and _no_doer(question, sentence, candidate):
        return False
    wanted = _Asks.of(question.text)
    if wanted.owned and words(sentence)[candidate.last].stem == wanted.owned:
        return False  # "whose army?" asks for no army
    if question.called and not _named(question, sentence, candidate):
        return False
    if question.asked in ("name", "place"):
        named = candidate.value.kind == "name" if candidate.value else not _clause(sentence, candidate)
        if not named or _elsewhere(question, sentence, candidate):
            return False
        asked = {word.text.lower()[:5] for word in question.terms}
        return any(
            word.capital and word.text.lower()[:5] not in asked and word.text.lower() not in TIME_NAMES
            for word in words(sentence)[candidate.first : candidate.last + 1]
        )
    if question.asked in ("number", "money") and _numbered(question, sentence, candidate):
        return False
    kind = candidate.value.kind if candidate.value else None
    if not measures(question, sentence, candidate.start, candidate.end, kind):
        return False
    if question.asked == "number" and candidate.value is None:
        inside = [one for one in values(sentence) if candidate.start < one.end and one.start < candidate.end]
        return any(char.isdigit() for char in sentence[candidate.start : candidate.end]) and all(
            one.kind in question.kinds and measures(question, sentence, one.start, one.end, one.kind)
            for one in inside
            if one.kind != "name"
        )
    if not question.kinds:
        if wanted.which and candidate.value is not None and candidate.value.kind != "name":
            return False
        return not _cut(question, sentence, candidate) and (wanted.deed or not _predicate(sentence, candidate))
    return candidate.value is not None and candidate.value.kind in question.kinds


def _part_of_name(value: Value, sentence: str, candidate: Candidate) -> bool:
    """Whether words are cut out of a name, and not off a title before it: "Chief Executive Tor Kell"."""
    if value.kind != "name" or not cuts(value, candidate.start, candidate.end):
        return False
    title = {word.stem for word in words(sentence[value.start : candidate.start])}
    whole = candidate.end == value.end and (" " in sentence[candidate.start : candidate.end] or title & PERSON_NOUNS)
    return not whole


def _named(question: Question, sentence: str, candidate: Candidate) -> bool:
    """Whether somebody or something can be called by these words; nobody by "the Orthodox bishop"."""
    inside = words(sentence)[candidate.first : candidate.last + 1]
    if (candidate.value is not None and candidate.value.kind != "name") or (
        question.person and (not inside[-1].capital or inside[-1].stem in question.stems)
    ):
        return False
    return any(word.capital and word.meaningful and word.stem not in question.stems | _TIMES for word in inside)


def _cut(question: Question, sentence: str, candidate: Candidate) -> bool:
    """Whether words end within what the question asks of: the "significant military" of an aid."""
    listed, asked = words(sentence), question.stems
    following = listed[candidate.last + 1] if candidate.last + 1 < len(listed) else None
    if following is None or sentence[candidate.end : following.start] != " ":
        return False
    return listed[candidate.last].stem in asked and following.stem in asked


def _predicate(sentence: str, candidate: Candidate) -> bool:
    """Whether words begin with what somebody did, behind who did it: "Ostria also received significant"."""
    listed = words(sentence)
    first, before = listed[candidate.first], listed[candidate.first - 1] if candidate.first else None
    if before is None or sentence[before.end : first.start] != " ":
        return False
    doing = first.text in BASE or (first.text.islower() and first.text.endswith("ed"))
    return doing and (before.capital or before.text.lower() in _BEFORE_VERBS)


def _clause(sentence: str, candidate: Candidate) -> bool:
    """Whether words are no name or place but tell what is done: "upset top seed Cruz", "went down off Skerra"."""
    inside = words(sentence)[candidate.first : candidate.last + 1]
    return any(not word.capital and (word.text.lower() in BASE or word.text.endswith("ed")) for word in inside)


def _no_doer(question: Question, sentence: str, candidate: Candidate) -> bool:
    """Whether a name does nothing here: an award, where it is done, the "Danish" of a firm, the "Navy" of its pilot."""
    wanted = _Asks.of(question.text)
    text, before = sentence[candidate.start : candidate.end], sentence[: candidate.start]
    span = candidate.start, candidate.end
    if held_by(question, sentence, *span) is False or owns_office(question, sentence, *span):
        return True  # who has another's office, or another one, or whose it is
    if candidate.value is not None and _NO_DOER.search(text):
        return True
    follower = _NEXT.match(sentence, candidate.end)
    if " " not in text and follower and (_PEOPLE.search(text) or stem(follower[1]) in PERSON_NOUNS):
        return True
    if wanted.loser and _BEATEN_BY.search(before):
        return True
    if " " not in text and before.endswith("the ") and _FIRM.match(sentence, candidate.end):
        return True  # "the Kutaisi firm Argo Lines"
    form = formed(question.text)
    if form.way != "being" and "," in before and _SAID_LAST.match(sentence[candidate.end :]):
        return not wanted.speaker  # who tells it did not do it
    if _OF_NATURE.match(text) or _BY_NATURE.search(before) or _INSIDE.search(before):
        return True
    speaker = (
        saying(sentence)
        if form.way in ("subject", "passive subject") and untold(form.deed, content(sentence))
        else None
    )
    if speaker and text in speaker.speaker and not wanted.speaker:
        return True  # nor did who only speaks of it
    inside = words(sentence)[candidate.first : candidate.last + 1]
    if form.way == "subject" and inside[-1].stem in question.stems - question.named:
        return True  # the Besh refinery attacked no refinery
    deeds = [term.stem for term in question.terms if not term.capital]
    if not inside[0].start and any(not untold(deed, [inside[0].stem]) for deed in deeds if deed not in PERSON_NOUNS):
        return True  # "Defeating Vell 3-0" names Vell
    own = {word.stem for word in inside}
    if form.way != "being" and question.stems.isdisjoint(KIN) and any(own >= name for name in question.name_stems):
        return True  # "Anton Verhulst" defended no Verhulst
    if candidate.value is None:
        if (not question.identity and any(_part_of_name(one, sentence, candidate) for one in values(sentence))) or (
            not inside[-1].capital and follower is None and _NAMED_NEXT.match(sentence, candidate.end)
        ):
            return True  # the "Dr Rania" of a full name, "the Kutaisi firm" of Argo Lines
        if not inside[0].capital and inside[0].stem not in PERSON_NOUNS:
            return True
        if any(word.text[0].isdigit() or (not word.capital and word.text.endswith("ing")) for word in inside):
            return True  # "A Cascade jet carrying 143 passengers"
    elif form.way == "subject" and follower and stem(follower[1]) in question.stems - {form.deed}:
        return True  # "the Besh refinery" attacked no refinery
    return form.way == "subject" and bool(_WITHIN.search(before) or _OF_WHOM.search(before))


def _numbered(question: Question, sentence: str, candidate: Candidate) -> bool:
    """Whether the number belongs to a name of the question: "iPhone 14"."""
    if "," in sentence[candidate.start : candidate.end]:
        return False  # "and Nordline 1,900"
    before = sentence[: candidate.start]
    last = before.split()[-1] if before.endswith(" ") else ""
    return not last.islower() and last.isalpha() and any(word.text == last for word in question.terms)


_DOER = re.compile(r"(?:er|or)$")
"""The ending of who does what is asked: who founded it is its founder."""


def bears_title(question: Question, sentence: str, candidate: Candidate) -> bool:
    """Whether a name has the office that is asked for as its title: "President Ilham Aliyev", "founder Gary Wang"."""
    if question.person and named_in_office(question, sentence, candidate.start, candidate.end):
        return True
    if not question.person or candidate.value is None or candidate.value.kind != "name":
        return False
    doers = [word for term in question.terms for word in written_alike(term.stem) if _DOER.search(word)]
    if doers and re.search(rf"\b(?:{'|'.join(doers)})(?: and(?: \w+){{1,3}})?,? $", sentence[: candidate.start], re.I):
        return True
    roles = question.focus & PERSON_NOUNS
    if not roles:
        return False
    before = sentence[: candidate.start].split()[-1:]
    titled = candidate.value.key.split()
    return len(titled) > 1 and (titled[0] in roles or bool(before and stem(before[0]) in roles))


def _elsewhere(question: Question, sentence: str, candidate: Candidate) -> bool:
    """Whether a name stands where the one asked for cannot.

    The loser of "won over"; the "Armenian" of a conflict; for "where", what a sentence says something of.
    """
    wanted = _Asks.of(question.text)
    before, after = sentence[: candidate.start], sentence[candidate.end :]
    form = formed(question.text)
    loses = form.way in ("object", "passive subject")  # "Who did Vell beat?" asks for the loser
    if question.person and not loses and wanted.winner and _LOSER.search(before):
        return True
    if question.asked != "place":
        return False
    text = sentence[candidate.start : candidate.end]
    follower = _NEXT.match(after)
    if after.startswith("-") or _NO_PLACE.search(text) or (follower and stem(follower[1]) in PERSON_NOUNS):
        return True  # "AI-crafted songs", "OpenAI", "a Norland spokesperson"
    apposed = _APPOSED.match(after)
    if apposed and (_OWN.match(apposed[1]) or any(word.stem in PERSON_NOUNS for word in words(apposed[1]))):
        return True  # "Eli Cohen, the foreign minister," is nowhere
    if (wanted.origin and _TOWARDS.search(before)) or (wanted.destination and _AWAY.search(before)):
        return True
    owner = _OFFICE_OF.search(before)
    if owner and stem(owner[1]) in PERSON_NOUNS:
        return True  # an ambassador "to Azerbaijan" may be anywhere
    titled = _TITLED.search(before)
    several = titled and (" " in titled[1] + text or re.match(" [A-Z]", after))  # "in rival Norland" is somewhere
    if titled and several and any(stem(word) in PERSON_NOUNS for word in titled[0].split()):
        return True  # "in Kell, museum director Edda Lund said"
    if any(word.stem in PERSON_NOUNS for word in words(text)):
        return True
    if " " in text and begins_within_a_name(sentence, candidate, said=question.stems):
        return True  # "Vell Town on Saturday" is no "Town on Saturday"
    if candidate.value is not None and candidate.value.key.split()[-1] in question.named:
        return True  # "Eli Cohen" is not where Cohen went
    if " " not in text and _PEOPLE.search(text) and re.match(r" [a-z]{4,}", after):
        return True
    return wanted.where and (bool(_STATED.search(text)) or not _PREPOSITION.search(before))
