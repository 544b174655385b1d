"""Where in a sentence nothing can answer a question: what stands there belongs to another name, agent or clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.amounts import AMOUNTS
from assistant.another import lasts_until
from assistant.contest import asks_for_loser, contest, lost_to_whom, of_another_round, only_lost
from assistant.counting import counted_otherwise
from assistant.expecting import expected
from assistant.form import formed
from assistant.holder import holders
from assistant.nouns import PERSON_NOUNS
from assistant.of_dates import of_another_year, of_the_other_deed, of_the_other_end
from assistant.office import asked_roles
from assistant.otherwise import NAME, tells_otherwise
from assistant.question import Question
from assistant.succession import in_wrong_order
from assistant.synonyms import named_near, untold, with_synonyms
from assistant.values import Value, names, values
from assistant.words import content, stem, stems_of, words

Stretch = tuple[int, int]
"""Characters [start, end) of a sentence."""
_DATELINE = re.compile(r"\W*[A-Z][A-Z’'.-]+(?: [A-Z][A-Z’'.-]+){0,3}(?:, [A-Z][\w. ]+?)?(?: \([^)]{2,40}\))? ?[-–—] ")
"""The place and the agency before the first sentence: "OSK, Ostria (Nordline) - "."""
_CLAUSE = re.compile(r"; |, (?:and|but|while|whereas) |\b(?:while|whereas) |(?<=\w) and (?=[A-Z])")
_OPENING = re.compile(r"\W*(?:[Tt]he )?")
_STANDARD = re.compile(
    r"\b(?:than|ahead of|behind|clear of) (?:the )?(?:[\w’'-]+ ){0,3}(?:[\w’'-]+, )?$", re.IGNORECASE
)
"""What stands before a name with which another is compared: "1,204 more than the mayor, Lund"."""
_PRONOUN = re.compile(r"(?:^|[,;] |\band )(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t) ([a-z]+)(?: ([a-z]+))?")
_DONE_TO = frozenset("was were is are been got".split())
_BY_SOMEBODY = re.compile(r" by (?:an?|the|his|her|two|three|some) (?:[a-z-]+ ){0,2}?([a-z]+)")
_BY_A_NAME = re.compile(rf" by (?:the |The )?{NAME}")
_BY_AN_AGENT = re.compile(r" by (?!\d)")
_DONE_TO_WHAT = re.compile(
    r"\b(?:what|who|which(?: [a-z]+){1,2}) (?:was|were|got|(?:has|have|had) been) ([a-z]+)\b", re.IGNORECASE
)
_DONE_BEFORE = re.compile(
    r"(?:,|\b(?:who|whom|that|which|whose)\b[^,;]*|\b(?:was|were|is|are|be|been|being|got|get)(?: [a-z]+ly)?) $",
    re.IGNORECASE,
)
_DONE_TO_SOMEBODY = re.compile(
    r" (?:(?:an?|the|his|her|their|its|some|several|many|\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten) "
    r"(?!(?:second|minute|hour|day|week|weekend|month|year|time|night|morning|evening|afternoon|decade|few|couple)s?\b)"
    r"[a-z]|(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z])"
)
"""What stands behind a verb as what it was done to, and is no time."""
_WHICH_DID = re.compile(
    r"(?<!\bone) (?:of|at|in|during|with|for|from|after|before|to|into|under|by) (?:the|an?|this|that) "
    r"(?:[\w’'-]+ ){1,3}(?:that|which) (?:had |has )?([a-z]+)"
)
"""What did it where nobody named did: "spoke at the ceremony that opened it"."""
_PHRASE_END = re.compile(r"[;:.]|, (?=[a-z])|$")
_MARGIN = stems_of(
    "landslide margin whisker vote goal point run second minute length majority distance score record "
    "deadline end time mile knockout decision"
)
"""What is won "by", which did nothing."""
_CALLED = re.compile(r"([a-z]+) $")
_ROLES = PERSON_NOUNS | stems_of(
    "passenger resident neighbour neighbor pensioner student customer protester commuter shopper tourist fan villager "
    "mother father"
)


_COUNTED_DONE = re.compile(
    r"\b(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|several|dozens|hundreds|some|many) (?:[a-z]+ ){1,4}"
    r"(?:was|were|have been|had been|are|being) (?:[a-z]+ly )?([a-z]+)\b",
    re.IGNORECASE,
)
_INCLUDING = re.compile(r"\b(?:including|among them|among those|one of them|identified|named as)\b|:")

_OF_A_NAME = re.compile(rf"(?P<name>{NAME}), (?P<which>where|which|who)\b")
_BOUND = re.compile(r"\b(?:in|at|near|from|of|for|off|on|outside)(?: the)? $")


def closed(question: Question, sentence: str) -> tuple[Stretch, ...]:
    """Return the stretches of a sentence in which no answer begins; all of it where it tells otherwise."""
    if tells_otherwise(question, sentence):
        return ((0, len(sentence)),)
    return tuple(_closed(question, sentence))


def _closed(question: Question, sentence: str) -> Iterator[Stretch]:
    if question.asked != "place" and (line := _DATELINE.match(sentence)):
        yield 0, line.end()
    if question.asked in AMOUNTS:
        yield from of_another_year(question, sentence)
        yield from counted_otherwise(question, sentence)
        yield from expected(question, sentence)
    if question.asked == "date":
        yield from of_the_other_end(question, sentence)
        dates = (one for one in values(sentence) if one.kind == "date")
        yield from ((one.start, one.end) for one in dates if lasts_until(question, sentence, one.start))
        yield from of_the_other_deed(question, sentence)
    yield from _behind_an_agent(question, sentence)
    yield from _before_who_did_it(question, sentence)
    yield from _behind_what_was_done(question, sentence)
    if whom := lost_to_whom(question.text, sentence):
        yield 0, whom[0]
        yield whom[1], len(sentence)
    if only_lost(question.text, sentence) or (
        asks_for_loser(question.text) and of_another_round(question.text, sentence)
    ):
        yield 0, len(sentence)
    elif asks_for_loser(question.text) and (told := contest(sentence)):
        yield 0, told.loser[0]
        yield told.loser[0] + 1, len(sentence)
    if question.person:
        yield from in_wrong_order(question.text, sentence)
        yield from _in_another_role(question, sentence)
        if (
            not question.stems.isdisjoint(PERSON_NOUNS)
            and (told := contest(sentence))
            and not asks_for_loser(question.text)
        ):
            yield told.loser  # who was beaten to an office does not hold it
        yield from _beside_the_agent(question, sentence)
    elif question.named - question.focus and question.kinds and question.asked != "place":  # not of Americans counted
        yield from _in_clauses_of_others(question, sentence)
        yield from _behind_another_name(question, sentence)
        yield from _compared(question, sentence)


def _behind_what_was_done(question: Question, sentence: str) -> Iterator[Stretch]:
    """Yield what follows a deed done to several who are counted: "two others were hurt at Kell" names none."""
    form = formed(question.text)
    if form.way != "passive subject" or not question.person:
        return
    for match in _COUNTED_DONE.finditer(sentence):
        if stem(match[1]) in with_synonyms([form.deed]) and not _INCLUDING.search(sentence, match.end()):
            yield match.end(), len(sentence)
            return


def _behind_another_name(question: Question, sentence: str) -> Iterator[Stretch]:
    """Yield what a clause tells of another name right before it: "belongs to Aldane, which employs 6,000".

    A name behind "in" or "of" only tells where or whose what the clause is of is: "the plant in Osk, which has 50".
    """
    for match in _OF_A_NAME.finditer(sentence):
        own = content(match["name"])
        if own.isdisjoint(question.named) and (
            match["which"] == "where" or not _BOUND.search(sentence, 0, match.start())
        ):
            yield match.end(), (end.start() if (end := _PHRASE_END.search(sentence, match.end())) else len(sentence))


def besides_the_doer(question: Question, sentence: str, start: int) -> bool:
    """Whether what begins there did nothing, as the sentence tells who did: "she opened it", "opened by a farmer"."""
    return question.person and any(one <= start < end for one, end in _behind_another_doer(question, sentence))


def _in_clauses_of_others(question: Question, sentence: str) -> Iterator[Stretch]:
    """Yield the clauses that open with another's name, where a clause of its own opens with a name of the question."""
    if not _CLAUSE.search(sentence):
        return
    line = _DATELINE.match(sentence)
    bounds, at = list[Stretch](), line.end() if line else 0
    for mark in _CLAUSE.finditer(sentence, at):
        name = _opening(sentence, at)
        if name is None or name.end < mark.start():  # "Osk and Vell have" is one clause
            bounds.append((at, mark.start()))
            at = mark.end()
    bounds.append((at, len(sentence)))
    opened = [(start, end, _opening(sentence, start)) for start, end in bounds]
    if not any(name and name.stems & question.named for _, _, name in opened):
        return
    for start, end, name in opened:
        own = content(sentence[start:end])
        if name and not name.stems & question.named and not any(named_near(one, own) for one in question.name_stems):
            yield start, end


def _opening(sentence: str, start: int) -> Value | None:
    opening = _OPENING.match(sentence, start)
    return next((name for name in names(sentence) if opening and name.start == opening.end()), None)


def _compared(question: Question, sentence: str) -> Iterator[Stretch]:
    """Yield what stands before the names of the question, where others are only measured by them."""
    own = [name for name in names(sentence) if name.stems & question.named]
    if own and all(_STANDARD.search(sentence[: name.start]) for name in own):
        yield 0, own[0].start


def _behind_another_doer(question: Question, sentence: str) -> Iterator[Stretch]:
    """Yield where nobody stands who did it: behind "She opened it", beside "was opened by a farmer"."""
    form = formed(question.text)
    if form.way != "subject":
        return
    deeds = with_synonyms([form.deed])
    for match in _PRONOUN.finditer(sentence):
        done = stem(match[1]) == form.deed or (match[2] and stem(match[2]) == form.deed and match[1] not in _DONE_TO)
        if done:
            yield match.end(), len(sentence)
    if any(stem(match[1]) == form.deed for match in _WHICH_DID.finditer(sentence)):
        yield 0, len(sentence)
    for word in words(sentence):
        by = _BY_SOMEBODY.match(sentence, word.end) if word.stem in deeds else None
        if by and stem(by[1]) not in _MARGIN and not re.search(rf"{NAME} $", sentence[: word.start]):
            end = _PHRASE_END.search(sentence, by.end())
            yield 0, word.end
            yield (end.start() if end else len(sentence)), len(sentence)


def _behind_an_agent(question: Question, sentence: str) -> Iterator[Stretch]:
    """Yield who did it and what follows, if it is asked to what it was done: "the mill was hit by a shell from Osk"."""
    asks = _DONE_TO_WHAT.search(question.text) if " by " in sentence else None
    if asks is None:
        return
    deeds = with_synonyms([stem(asks[1])])
    for word in words(sentence):
        by = _BY_AN_AGENT.match(sentence, word.end) if word.stem in deeds and not word.capital else None
        end = _PHRASE_END.search(sentence, by.end()) if by else None
        if by and end:
            yield by.end(), end.start()


def _before_who_did_it(question: Question, sentence: str) -> Iterator[Stretch]:
    """Yield what stands before a deed that is told of its doers, if it is asked to whom or what it was done.

    Of "Detectives at Osk Bank have arrested two men" neither Osk Bank nor anybody else before the verb was arrested.
    """
    asks = _DONE_TO_WHAT.search(question.text)
    if asks is None:
        return
    deed = stem(asks[1])
    told = [word for word in words(sentence) if word.stem == deed]
    if len(told) != 1 or told[0].capital or _DONE_BEFORE.search(sentence, 0, told[0].start):
        return
    if _DONE_TO_SOMEBODY.match(sentence, told[0].end):
        yield 0, told[0].start


def _beside_the_agent(question: Question, sentence: str) -> Iterator[Stretch]:
    """Yield what stands before and behind who did it, as a passive tells: "Tor Kell, an adviser hired by Nordline"."""
    form = formed(question.text)
    if form.way != "subject" or " by " not in sentence:
        return
    deeds = with_synonyms([form.deed])
    told = [word for word in words(sentence) if word.stem in deeds and not word.capital]
    by = _BY_A_NAME.match(sentence, told[0].end) if len(told) == 1 else None
    if by:
        end = _PHRASE_END.search(sentence, by.end())
        yield 0, told[0].end
        yield (end.start() if end else len(sentence)), len(sentence)


def _in_another_role(question: Question, sentence: str) -> Iterator[Stretch]:
    """Yield the names of who is said to be something else than asked for: "passenger Anton Moss" is no pilot."""
    roles = asked_roles(question)
    if not roles or any(not untold(holder.office, roles) for holder in holders(sentence)):
        return
    for name in names(sentence):
        called = _CALLED.search(sentence[: name.start])
        if called and stem(called[1]) in _ROLES and untold(stem(called[1]), roles):
            yield name.start, name.end
