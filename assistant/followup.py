"""A question that leans on the conversation, made to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.about import message_kind
from assistant.answer import Turn
from assistant.antecedent import COUNTRIES
from assistant.asked import ASKERS, HELPING
from assistant.asking_again import PREPOSITIONAL, asked_again, asked_for_others
from assistant.clause import clause_of
from assistant.counterpart import counted_again, possession, swapped
from assistant.filling import PERSON, Resolved, beside, filled
from assistant.matter import (
    spoken_of,
    topic_of,
)
from assistant.other_source import asked_of_source
from assistant.preceding import asked_before
from assistant.question import analyse, written_out
from assistant.recasing import recased
from assistant.said_so import asks_who_said_so, who_said
from assistant.several import several
from assistant.values import names, values
from assistant.wide import is_wide, topic
from assistant.words import words
from assistant.written_dates import SPAN_OF_DAYS

_AND = re.compile(r"^(?:and|but|so|then|ok(?:ay)?|also|now)[,\s]+", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:(?:what|how) )?about (?P<other>.+?)\W*$|^(?:for|in|with|by|to|from|of|at|on|per|during|under"
    r"|against|without) (?!(?:that|this|it)\b)(?P<place>[^?]+?)\W*$",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"^(?:(?:what|how) about )?(?:its|his|her|their) (?P<noun>[a-z][\w-]*(?: [a-z][\w-]*)?)\W*$", re.IGNORECASE
)
_BARE = re.compile(
    rf"^(?P<wh>{PREPOSITIONAL}|why|what for|when|where|who|how|how (?:many|much|long|so)|which(?: ones?)?|what "
    r"else|who else|any(?:one|body) else|where else|where to)(?: (?:not|exactly|was that|is that"
    r"|did (?:that|this|it) happen))?\W*$",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"^(?:(?:(?:no|nope|sorry|actually|wait|oops)\b[,.!;: ]*)+(?:but )?i (?:meant|mean)|(?:but )?i meant)\b[:,]?\s+"
    r"|^(?:no|nope|sorry|actually|wait)\b[,.!;:]\s+(?=(?:the|in|on|for|at)\s+[\w’'-]+(?: [\w’'-]+)?\W*$"
    r"|[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?\W*$)",
    re.IGNORECASE,
)
"""What opens a correction: "No, I meant the mayor", "No, the mayor"."""
_NOT_THAT = re.compile(r",? (?:and )?not (?:the |an? |in )?[\w’' -]+\W*$", re.IGNORECASE)
_MORE = re.compile(
    r"^(?:tell me more|more|go on|continue|anything else|what else|more details?|can you "
    r"elaborate|elaborate)(?: about (?:it|that|this|him|her|them))?\W*$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?P<when>(?:last|this|next) (?:week|month|year|spring|summer|autumn|winter|season)|yesterday|today|tomorrow)\W*",
    re.IGNORECASE,
)
_SPAN = re.compile(rf" (?:{SPAN_OF_DAYS}|tomorrow)$", re.IGNORECASE)
_OF_ITS_OWN = re.compile(r"(?:who|what) (?:is|are|was|were) the [a-z]+ [a-z]+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?P<owner>[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3})[’']s?\W*")
_POSSESSION = re.compile(r"(?P<owner>[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3})(?=[’']s? [a-z])")
_ALONE = re.compile(
    r"(?P<thing>(?:the |an? )[a-z][\w-]*(?: [a-z][\w-]*){1,2}|(?:the |an? )?"
    r"(?!(?:now|later|soon|really|maybe|perhaps|here|there|today|who|what)\b)[a-z][\w-]*)\s*\?",
    re.IGNORECASE,
)
_HEADED = re.compile(r"(?:^|(?<=\]) )[^\[\]?]+\? ")
"""A question that stands before its part of an answer, see `joining`."""
_FEW = 4
"""Words of a follow-up that may be no more than another name."""
_LOWER = re.compile(r"\b[a-z]+\b")
_DAYS = re.compile(r"(?:since|before|until|till|after|from|as of|by) ", re.IGNORECASE)
_NOTES = re.compile(r"\[\d+\]")


def standing_alone(question: str, turns: Sequence[Turn], outlets: Sequence[str] = ()) -> str:
    """Return the question with what it borrows from the conversation put in; unchanged where it borrows nothing.

    outlets: that exist, so that "And the Courier?" is known to ask what that says.
    """
    turns = [part for turn in turns for part in _apart(turn) if _asks(part.question)]
    if not turns or not _asks(question):
        return question
    return _resolved(question, _all_resolved(turns, outlets), turns[-1].answer, outlets).text


def _all_resolved(turns: Sequence[Turn], outlets: Sequence[str]) -> list[Resolved]:
    """Return every earlier question as it was understood, oldest first."""
    found: list[Resolved] = []
    for at, turn in enumerate(turns):
        before = turns[at - 1].answer
        found.append(_resolved(turn.question, found, before, outlets) if at else Resolved(turn.question))
    return found


def _resolved(question: str, before: Sequence[Resolved], last_answer: str, outlets: Sequence[str]) -> Resolved:
    """Return the question made to stand alone. before: the questions before it, already so."""
    going_on = [one for one in before if not one.aside] or before
    earlier = [_AND.sub("", written_out(one.text)) for one in going_on]
    answer = _NOTES.sub("", last_answer)
    question = _corrected(question)
    bare = _AND.sub("", question).strip()
    if asks_who_said_so(bare):
        return Resolved(who_said(answer) or f"Who said so: {earlier[-1]}", aside=True)
    if person := PERSON.search(bare):
        earlier = [_AND.sub("", written_out(one.text)) for one in before]  # "he" may be who said so
    if bare != question or _ABOUT.match(bare):
        bare = _with_names(bare, [answer, *earlier])
    if recast := asked_of_source(bare, earlier[-1], outlets) or _recast(question, bare, earlier[-1], answer):
        return Resolved(recast)
    counted = counted_again(bare, earlier)
    people = {one.pronoun: one.meant for one in before if one.pronoun in ("he", "she")}
    found = filled(counted or bare, earlier, answer, before[-1] if person else going_on[-1], people)
    if found.text == bare and bare != question and _elliptical(bare) and (spoken := spoken_of(earlier)):
        found = Resolved(beside(bare, spoken))
    text = found.text
    return replace(found, text=question if text == bare else text[:1].upper() + text[1:])


def _recast(question: str, bare: str, last: str, answer: str) -> str:
    """Return the last question, asked for or of something else; empty where the follow-up is a question of its own."""
    if of_office := asked_before(bare, last, answer):
        return of_office
    asked = _BARE.match(bare)
    others = asked is not None and asked["wh"].lower().endswith("else")
    if asked and others and (fitting := asked_for_others(asked["wh"], last)):
        return fitting
    if _MORE.match(bare):
        whatever = is_wide(last) and (not topic(last) or _DAYS.match(topic(last)))
        return last if whatever else f"Tell me about {topic_of(last) or last}"
    if others:
        return question
    if asked:
        wh = "why" if asked["wh"].lower() == "what for" else asked["wh"]
        return asked_again(wh, last, denied=bare[asked.end("wh") :].strip().lower().startswith("not"))
    owned = _OWNED.match(bare)
    if owned and (counterpart := possession(last, owned["noun"])):
        return counterpart
    about = _ABOUT.match(bare)
    if about and not owned and (about["other"] or _AND.match(question) or len(words(bare)) <= 4):
        place = about["place"] or ""
        return swapped(last, (about["other"] or place).strip(), place=bare.split()[0].lower() if place else "")
    own = _POSSESSIVE.fullmatch(bare)
    held = own and bare != question and next((m for m in _POSSESSION.finditer(last)), None)
    if own and held:  # "And Moss's?" after "Lund's stories"
        return f"{last[: held.start('owner')]}{own['owner']}{last[held.end('owner') :]}"
    if bare != question and any(value.text == bare.strip(" ?.!") for value in values(bare)):
        return swapped(last, bare.strip(" ?.!"), first=analyse(last).told)
    when = _WHEN.fullmatch(bare)
    if when and bare != question:  # "And last year?"
        return f"{_SPAN.sub('', last.rstrip(' ?'))} {when['when']}?"
    alone = _ALONE.fullmatch(bare)
    if alone and bare != question and analyse(bare).terms:  # "And gas?"
        return swapped(last, alone["thing"])
    return ""


def _with_names(bare: str, told: Sequence[str]) -> str:
    """Return a phrase in lower case with its names as they were told, and with those of countries: "and ostria"."""
    if not bare.islower() or len(words(bare)) > _FEW:
        return bare
    return _LOWER.sub(lambda word: word[0].title() if word[0] in COUNTRIES else word[0], recased(bare, told))


def _corrected(question: str) -> str:
    """Return what somebody meant instead as a follow-up: "And the mayor?" for "No, I meant the mayor"."""
    meant = _MEANT.match(question)
    if meant is None:
        return question
    rest = _NOT_THAT.sub("", question[meant.end() :]).rstrip(" ?.!")
    asked = words(rest)[0].text.lower() if words(rest) else ""
    return f"{rest[:1].upper()}{rest[1:]}?" if asked in (*ASKERS, *HELPING) else f"And {rest}?"


def _apart(turn: Turn) -> list[Turn]:
    """Return one turn for each question of a message, with its part of the answer, which it stands before."""
    questions = several(turn.question)
    if len(questions) < 2:
        return [turn]
    told = [part for part in _HEADED.split(turn.answer) if part.strip()]
    answers = told if len(told) == len(questions) else [turn.answer] * len(questions)
    return [Turn(question, answer) for question, answer in zip(questions, answers, strict=True)]


def on_its_own(alone: str, typed: str) -> str:
    """Return a follow-up without the topic that was put behind it, where it asks of a certain thing; else empty.

    alone: as it was made to stand alone. "When is the election (Lund)?" is that of the election, if Lund has none.
    """
    question, beside, _ = alone.rpartition(" (")
    own = _AND.sub("", typed).strip().rstrip(" ?.!")
    certain = beside and question.casefold() == own.casefold() and clause_of(f"{own}?").subject.startswith("the ")
    return f"{question}?" if certain else ""


def asks_for_more(question: str) -> bool:
    """Whether a follow-up wants what was not said yet: "Who else?", "Tell me more"."""
    bare = _AND.sub("", question).strip()
    asked = _BARE.match(bare)
    return bool(_MORE.match(bare) or (asked and asked["wh"].lower().endswith("else")))


def _asks(typed: str) -> bool:
    """Whether there is anything to come back to: "ok" and "x" lead nowhere."""
    return message_kind(typed) is None and any(len(word.text) > 2 for word in words(typed))


def _elliptical(bare: str) -> bool:
    """Whether what stood behind an "and" asks for more of the same: "who came next?", not "who is the town clerk?"."""
    opening = words(bare)[0].text.lower() if words(bare) else ""
    return opening in ASKERS and len(words(bare)) <= 7 and not names(bare) and not _OF_ITS_OWN.match(bare)
