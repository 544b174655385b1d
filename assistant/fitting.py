"""Which stretches of a sentence are of the kind that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.bargain import of_another_clause, of_the_other_side
from assistant.candidate import Candidate
from assistant.doer import INSIDE, lost_to, no_doer
from assistant.irregular import BASE
from assistant.measure import measures
from assistant.question import Question
from assistant.retraction import stands_corrected
from assistant.timing import of_another_deed
from assistant.values import values
from assistant.whereabouts import elsewhere
from assistant.words import Word, stem, words
from assistant.written_dates import TIME_NAMES

_BEFORE_VERBS = frozenset("he she it they we i who which also then later soon never already first".split())
_ADVERBS = frozenset("both also then later never had has have already each all".split())
_DOES = re.compile(r"\bdo(?:es|ing|ne)?\W*$|\bdo (?:to|for|with|about|in|at|after|before)\b", re.IGNORECASE)
"""What asks for a deed itself: "What did the merchant do?"."""
_TIMES = frozenset(map(stem, TIME_NAMES))
_WHICH = re.compile(r"\bwhich (?!of\b|number|figure|version|model|size|age|edition)[a-z]+", re.IGNORECASE)
"""What asks for one of a kind, which no bare number is."""
_WHICH_TEAM = re.compile(
    r"^\W*(?:which|what) (?:[a-z]+ )?(?:team|club|side|squad|company|firm|party|union|band|airline)\b"
    r"(?!.*\b(?:at|in|for|near)\W*$)",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"\bwhose (?P<owned>[\w-]+)", re.IGNORECASE)


@lru_cache(maxsize=256)
def _asks(text: str) -> tuple[str, bool, bool, bool]:
    """Return the stem of what "whose" asks the owner of, and whether a deed, one of a kind or a team is asked for."""
    owned, deed, one_of_a_kind = _WHOSE.search(text), bool(_DOES.search(text)), bool(_WHICH.search(text))
    return stem(owned["owned"]) if owned else "", deed, one_of_a_kind, bool(_WHICH_TEAM.search(text))


def fits(question: Question, sentence: str, candidate: Candidate) -> bool:
    """Whether a candidate is of the asked kind: a date for "when", a share for "what share", a capital for "who"."""
    if stands_corrected(question.text, sentence, candidate.start):
        return False
    if of_another_deed(question, sentence, candidate.start) or of_the_other_side(question, sentence, candidate.start):
        return False
    if of_another_clause(question, sentence, candidate.start):
        return False
    if question.person and no_doer(question, sentence, candidate):
        return False
    owned, deed, one_of_a_kind, team = _asks(question.text)
    if owned and words(sentence)[candidate.last].stem == owned:
        return False  # "whose army?" asks for no army
    if question.called and not _named(question, sentence, candidate):
        return False
    if question.asked in ("name", "place"):
        named = candidate.value.kind == "name" if candidate.value else not _clause(sentence, candidate)
        if not named or (lost_to if question.person else elsewhere)(question, sentence, candidate):
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
        if one_of_a_kind and candidate.value is not None and candidate.value.kind != "name":
            return False
        if team and INSIDE.search(sentence[: candidate.start]):
            return False  # "with a win at Osk Park": no club
        if _tells(sentence, candidate):
            return False
        return not _cut(question, sentence, candidate) and (deed or not _predicate(sentence, candidate))
    return candidate.value is not None and candidate.value.kind in question.kinds


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


def _tells(sentence: str, candidate: Candidate) -> bool:
    """Whether words are a name and what it did: "Secretary Rice both recommended Kell"."""
    inside = words(sentence)[candidate.first : candidate.last + 1]
    return any(
        doing.text in BASE or (doing.text.islower() and doing.text.endswith("ed"))
        for _, doing in _behind_names(inside)
        if doing is not inside[-1]
    )


def _behind_names(inside: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """Yield each word with a capital and the first behind it that is no adverb."""
    for at, word in enumerate(inside[:-1]):
        behind = next((one for one in inside[at + 1 :] if one.text.lower() not in _ADVERBS), None)
        if word.capital and behind is not None:
            yield word, behind


def _clause(sentence: str, candidate: Candidate) -> bool:
    """Whether words are no name or place but tell what is done: "upset top seed Cruz", "went down off Skerra"."""
    inside = words(sentence)[candidate.first : candidate.last + 1]
    return any(not word.capital and (word.text.lower() in BASE or word.text.endswith("ed")) for word in inside)


def _numbered(question: Question, sentence: str, candidate: Candidate) -> bool:
    """Whether the number belongs to a name of the question: "iPhone 14"."""
    if "," in sentence[candidate.start : candidate.end] or (candidate.value and candidate.value.kind == "money"):
        return False  # "and Nordline 1,900", "will pay Nordline 12 million euros"
    before = sentence[: candidate.start]
    last = before.split()[-1] if before.endswith(" ") else ""
    return not last.islower() and last.isalpha() and any(word.text == last for word in question.terms)
