"""A question that leans on the conversation, made to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.about import message_kind
from assistant.answer import Turn
from assistant.antecedent import COUNTRIES, person_meant
from assistant.asked import ANY_ASKER, ANY_HELPING, ASKERS, HELPING
from assistant.asking_again import PREPOSITIONAL, asked_again, asked_for_others
from assistant.clause import clause_of, ordinal, plural
from assistant.counterpart import counted_again, possession, swapped
from assistant.matter import (
    acts,
    asks_what_was_done,
    certain_of,
    meant_by,
    of_somebody,
    one_meant,
    place_meant,
    spoken_of,
    thing_meant,
    topic_of,
)
from assistant.other_source import asked_of_source
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
    rf"^(?P<wh>{PREPOSITIONAL}|why|when|where|who|how|how (?:many|much|long|so)|which(?: ones?)?|what "
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
_PERSON = re.compile(r"\b(?P<pronoun>he|she|him|his|her|hers)\b", re.IGNORECASE)
_THING = re.compile(
    r"\b(?P<pronoun>it|its|they|them|their|theirs|this|that|these|those|there)\b(?! (?:is|are|was"
    r"|were) (?:a|an|any|no|the)\b)",
    re.IGNORECASE,
)
_NOT_LEANING = re.compile(
    r"\b(?:is|was|are|were) (?:it|there|that) (?:true|possible|likely|a|an|any)\b|\bthat [a-z]+s?\b (?=[a-z])",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"^(?:{ANY_ASKER}\b[^?]{{0,30}}? )?{ANY_HELPING} (?P<pronoun>it|they) (?P<rest>.+)",
    re.IGNORECASE,
)
"""A pronoun behind the verb that opens a question, so that it stands for who or what the rest is said of."""
_SAID_OF_NOTHING = re.compile(
    r"(?:like|that|who|rain\w*|snow\w*|hot|cold|warm|sunny|windy|dark|late|early|take|happen|mean|matter|seem|appear)\b"
    r"|(?:be )?(?!(?:able|going|ready|set|allowed|used|due|expected|likely|have|need|want|plan|try|continue)\b)[a-z]+ "
    r"(?:that\b|for [^?]+ to |to (?!the\b|an?\b|its?\b)[a-z])"
)
"""What follows an "it" that stands for nothing: "Is it legal to fly to Vell?"; but "Is it close to Vell?"."""
_THINGS = {"it": "it", "its": "it", "they": "they", "them": "they", "their": "they"}
_OWN = frozenset({"his", "her", "hers", "its", "their", "theirs"})
_EXISTING = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|has|have|had) there (?!(?:on|at|in|when|before|after|with)\b)\w"
    r"|^how many (?:\w+ ){0,3}(?:are|were) there\W*$",
    re.IGNORECASE,
)
"""A "there" that is no place: "Were there survivors?"."""
_IT_THERE = re.compile(r"it (?:there|like there)\b", re.IGNORECASE)
"""A weather: "How cold is it there?"."""
_ONE = re.compile(r"\bthe (?P<which>first|second|third|next|last|previous|other) one\b", re.IGNORECASE)
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
_HOW_MANY = re.compile(r"how many [a-z]", re.IGNORECASE)
_NOTES = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class _Resolved:
    """A question as it was understood.

    pronoun, meant: its "it" or "they", and what that was found to be; both empty where it has none. aside: whether it
    only asked whose words were shown, so that what follows goes on from the question before it.
    """

    text: str
    pronoun: str = ""
    meant: str = ""
    aside: bool = False


def standing_alone(question: str, turns: Sequence[Turn], outlets: Sequence[str] = ()) -> str:
    """Return the question with what it borrows from the conversation put in; unchanged where it borrows nothing.

    outlets: that exist, so that "And the Courier?" is known to ask what that says.
    """
    turns = [part for turn in turns for part in _apart(turn) if _asks(part.question)]
    if not turns or not _asks(question):
        return question
    return _resolved(question, _all_resolved(turns, outlets), turns[-1].answer, outlets).text


def _all_resolved(turns: Sequence[Turn], outlets: Sequence[str]) -> list[_Resolved]:
    """Return every earlier question as it was understood, oldest first."""
    found: list[_Resolved] = []
    for at, turn in enumerate(turns):
        before = turns[at - 1].answer
        found.append(_resolved(turn.question, found, before, outlets) if at else _Resolved(turn.question))
    return found


def _resolved(question: str, before: Sequence[_Resolved], last_answer: str, outlets: Sequence[str]) -> _Resolved:
    """Return the question made to stand alone. before: the questions before it, already so."""
    going_on = [one for one in before if not one.aside] or before
    earlier = [_AND.sub("", written_out(one.text)) for one in going_on]
    answer = _NOTES.sub("", last_answer)
    question = _corrected(question)
    bare = _AND.sub("", question).strip()
    if asks_who_said_so(bare):
        return _Resolved(who_said(answer) or f"Who said so: {earlier[-1]}", aside=True)
    if person := _PERSON.search(bare):
        earlier = [_AND.sub("", written_out(one.text)) for one in before]  # "he" may be who said so
    if bare != question or _ABOUT.match(bare):
        bare = _with_names(bare, [answer, *earlier])
    if recast := asked_of_source(bare, earlier[-1], outlets) or _recast(question, bare, earlier[-1], answer):
        return _Resolved(recast)
    counted = counted_again(bare, earlier)
    filled = _filled(counted or bare, earlier, answer, before[-1] if person else going_on[-1])
    if filled.text == bare and bare != question and _elliptical(bare) and (spoken := spoken_of(earlier)):
        filled = _Resolved(_beside(bare, spoken))
    text = filled.text
    return replace(filled, text=question if text == bare else text[:1].upper() + text[1:])


def _recast(question: str, bare: str, last: str, answer: str) -> str:
    """Return the last question, asked for or of something else; empty where the follow-up is a question of its own."""
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
        return asked_again(asked["wh"], last, denied=bare[asked.end("wh") :].strip().lower().startswith("not"))
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


def _filled(question: str, earlier: Sequence[str], answer: str, before: _Resolved) -> _Resolved:
    """Return the question with what its pronoun stands for, or what it leaves out. before: the last one."""
    alone = _Resolved(question)
    if _NOT_LEANING.search(question):
        return alone
    inside = [name for name in names(question) if not (name.start == 0 and " " not in name.key)]
    one = _ONE.search(question)
    if one and not inside and (meant := one_meant(one["which"], earlier)):
        return _Resolved(f"{question[: one.start()]}{meant}{question[one.end() :]}")
    person = _PERSON.search(question)
    if person:
        who = person_meant(earlier, answer, inside)
        return _Resolved(_put(question, person, who)) if who else alone
    existing = _EXISTING.search(question)
    thing = None if existing else _THING.search(question)
    if thing and _IT_THERE.match(question[thing.start() :]):
        thing = _THING.search(question, thing.end())
    if thing and thing.start() > 0 and not inside:
        pronoun = _THINGS.get(thing["pronoun"].lower(), "")
        around = question[: thing.start()], question[thing.end() :]
        doing = acts(*around) and not (pronoun == "it" and of_somebody(clause_of(earlier[-1]).subject))
        if thing["pronoun"].lower() in ("it", "they", "them") and asks_what_was_done(earlier[-1]) and not doing:
            return _Resolved(_beside(question, topic_of(earlier[-1])))
        same = pronoun and pronoun == before.pronoun
        meant = before.meant if same else meant_by(pronoun, earlier, *around)
        if thing["pronoun"].lower() == "there":
            place = place_meant(earlier[-1], answer) or ("" if plural(meant) else meant)
            return _Resolved(_put(question, thing, f"in {place}")) if place else alone
        return _Resolved(_put(question, thing, meant), pronoun, meant) if meant else alone
    subject = _SUBJECT.match(question)
    if subject and inside and subject["rest"][0].islower() and not _SAID_OF_NOTHING.match(subject["rest"]):
        meant = thing_meant(earlier[-1], subject["pronoun"].lower())
        named = {name.key for name in inside} & {name.key for name in names(meant)}
        return _Resolved(_put(question, subject, meant)) if meant and not named else alone
    telling = any(word.meaningful and len(word.text) > 2 for word in words(question))
    short = len(words(question)) <= 6 if existing else len(words(question)) <= 4 and not _complete(question)
    if telling and not inside and (short or _counts_of_anything(question)):
        spoken = spoken_of(earlier) if short else certain_of(earlier)
        return _Resolved(_beside(question, spoken)) if spoken else alone
    return alone


def _beside(question: str, topic: str) -> str:
    return f"{question.rstrip(' ?')} ({topic})?"


def _elliptical(bare: str) -> bool:
    """Whether what stood behind an "and" asks for more of the same: "who came next?", not "who is the town clerk?"."""
    opening = words(bare)[0].text.lower() if words(bare) else ""
    return opening in ASKERS and len(words(bare)) <= 7 and not names(bare) and not _OF_ITS_OWN.match(bare)


def _complete(question: str) -> bool:
    """Whether a short question still says what it is about."""
    degrees = ("many", "much", "long")
    bearing = [word.text for word in words(question) if word.meaningful and word.text.lower() not in degrees]
    return len(bearing) >= 2 and not ordinal(bearing[-1])


def _counts_of_anything(question: str) -> bool:
    """Whether it counts what was done and not of which matter: "How many people died?", "How many jobs will go?"."""
    clause = clause_of(question)
    return bool(_HOW_MANY.match(question) and clause.counted and clause.verb and not (clause.subject or clause.rest))


def _put(question: str, match: re.Match[str], meant: str) -> str:
    pronoun = match["pronoun"].lower()
    following = question[match.end() :]
    owns = pronoun in _OWN and not (
        pronoun == "her" and re.match(r"\W*$|\s+(?:to|in|at|on|for|with|about)\b", following)
    )
    word = f"{meant}'s" if owns and not meant.endswith("s") else f"{meant}'" if owns else meant
    return f"{question[: match.start('pronoun')]}{word}{question[match.end('pronoun') :]}"
