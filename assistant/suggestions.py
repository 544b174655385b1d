"""What could be asked next: questions whose evidence was found on the way and not shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from assistant.evidence import Unit
from assistant.inquiry import Inquiry
from assistant.irregular import BASE
from assistant.nouns import PERSON_NOUNS
from assistant.scoring import Scored
from assistant.short import hedged
from assistant.statements import said
from assistant.values import Value, values
from assistant.wording import flat
from assistant.words import STOPWORDS, content, overlap, stems_of, words

MOST = 3
LONGEST = 100
"""Characters of a question; a longer one is the sentence itself with a question mark."""
SEEN = 25
"""Sentences looked through."""

_OF_THE_BEST, _LEAST = 0.7, 0.01
"""Share of the question in the passage of a sentence that was not shown, beside the best passage."""
_SAYING = frozenset("said says told added noted warned announced argued claimed insisted stressed stated".split())
_OFFICES = PERSON_NOUNS | stems_of(
    "foreign prime defense defence deputy vice interior finance state secretary minister first general "
    "chief justice education health government parliament ministry mr mrs ms dr"
)
_NAMED = re.compile(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,4}")
_ADJECTIVE = ("ish", "ese", "an", "ic", "ch", "i")
_BASES = {
    **{past: BASE[past] for past in "bought sold met won lost began paid built struck sent became".split()},
    "left": "leave",
    "beat": "beat",
    "took over": "take over",
    **{
        f"{verb}d" if verb.endswith("e") else f"{verb}ed": verb
        for verb in "visit announce sign launch join open close found fire resign start end acquire attack accuse "
        "arrest charge defeat develop invent invade introduce kill publish purchase reach receive reject release "
        "replace retire return sue suspend threaten unveil discover destroy design establish marry move".split()
    },
}
"""The verbs that are asked after, past and plain; of others nobody can tell the plain form by rule."""
_DEED = re.compile(rf"(?:, [^,;“”\"]{{3,60}},)? (?P<verb>{'|'.join(_BASES)}) (?P<rest>[^,;:.!?“”\"()—–]+)")
_DONE = re.compile(
    rf"(?:, [^,;“”\"]{{3,60}},)? (?P<was>was|were) "
    rf"(?P<deed>[a-z]+ed|{'|'.join(past for past in _BASES if ' ' not in past)}"
    r"|born|held|made|shot|known|found|told|given|taken) (?P<rest>[^,;:.!?“”\"()—–]+)"
)
_PLAN = re.compile(r" (?:plans|wants|aims|intends|hopes) to [a-z]+ [a-z]")
_END = re.compile(r"[,;:.!?“”\"()—–]|\s(?:but|while|and|which|who|whose|according|compared|after|before|as|because)\s")
_STARTING = re.compile(r"(?:^|[,;:]\s|\bthat\s)\W*$")
_BEFORE_DATE = re.compile(r"\s(?:(?:in|on|at|by|since|during|from|until|early|late|the|end|start|of|mid)\s)+$")
_COUNTED = re.compile(
    r" (?!times\b)(?:[a-z]{3,}s|people|men|women|children)"
    r" (?:were|are|have|had|lost|died|took|fled|came|went|left|fell|walked|[a-z]{2,}ed)\b"
)
_CAUSE = re.compile(r"\s(?:because|due to|citing|amid|in order to|to (?:discuss|avoid|prevent|protect|stop|help))\s")
_DANGLING = re.compile(
    r"\b(?:he|she|it|they|him|them|his|her|its|their|this|that|these|those|we|our|us|you|your|i|my|who|which|here"
    r"|there)\b",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(r"^, (?:(?:the|a|an|former|its|his|her|their|now|then|chief)\b|[A-Z][\w]+[’']s )[^,;.]{3,80}")

_ASIDE = re.compile(r"\b(?:where|which|whose|that)\b")


def suggest(inquiry: Inquiry, shown: Sequence[Unit]) -> tuple[str, ...]:
    """Return up to three questions, each answered by a sentence that was found and is not in the answer.

    What asks for a fact goes before what asks what somebody said, and that before what is merely named.
    """
    said = {flat(unit.text) for unit in shown}  # what was shown may stand in a reprint too
    asked = content(inquiry.query.text)
    rest = [item.unit for item in _on_the_matter(inquiry, shown) if flat(item.unit.text) not in said][:SEEN]
    known = _ubiquitous(inquiry)
    found: list[str] = []
    used: set[tuple[str, int]] = set()
    named = partial(_names, among=inquiry.question.names)
    for asking in (_facts, _introductions, _sayings, named):
        if asking is named and len(found) > 1:
            break  # two that ask something are better than a third that does not
        for unit in rest:
            if unit.place in used:
                continue
            for question in asking(unit):
                own = content(question)
                new = own - asked - known
                if not new or len(question) > LONGEST or any(overlap(own, content(one)) >= 0.6 for one in found):
                    continue
                if len(own & asked) >= 0.75 * len(own):
                    continue
                found.append(question)
                used.add(unit.place)
                break
            if len(found) == MOST:
                return tuple(found)
    return tuple(found)


def _on_the_matter(inquiry: Inquiry, shown: Sequence[Unit]) -> list[Scored]:
    """Return the sentences of the articles shown, then those whose passages have about as much of the question."""
    if not inquiry.weights:
        return list(inquiry.scored)
    told = {unit.article.id for unit in shown}
    most = max((item.features.passage for item in inquiry.scored), default=0.0)
    near = [item for item in inquiry.scored if item.features.passage >= max(_OF_THE_BEST * most, _LEAST)]
    own = [item for item in inquiry.scored if item.unit.article.id in told]
    return own + [item for item in near if item.unit.article.id not in told]


def _ubiquitous(inquiry: Inquiry) -> frozenset[str]:
    """Return the words that most of what was found holds: to ask for them leads nowhere new."""
    if len(inquiry.hits) < 4:
        return frozenset()
    held = Counter(word for hit in inquiry.hits for word in content(hit.passage.text))
    return frozenset(word for word, count in held.items() if count > len(inquiry.hits) / 2)


def _facts(unit: Unit) -> Iterator[str]:
    """Yield questions made of a sentence's own words, with what it tells left out: a share, a count, a date, who."""
    text = unit.text
    for value in values(text):
        start, _ = hedged(text, value.start, value.end)
        starting = bool(_STARTING.search(text[:start]))
        if value.kind == "share" and starting and text[value.end :].startswith(" of "):
            yield from _whole("What share", _clause(text, value.end))
        if value.kind == "number" and starting and _COUNTED.match(text, value.end):
            yield from _whole("How many", _clause(text, value.end))
    subject = next(iter(values(text)), None)
    if subject is None or subject.kind != "name" or text[: subject.start] not in ("", "The ") or not _telling(subject):
        return
    yield from _deeds(text, subject, f"the {subject.text}" if subject.start else subject.text)


def _deeds(text: str, subject: Value, who: str) -> Iterator[str]:
    """Yield what can be asked of what a sentence says that its subject did, had done to it, or plans."""
    if _PLAN.match(text, subject.end):
        yield f"What does {who} plan to do?"
    done = _DONE.match(text, subject.end)
    if done and (undated := _undated(f"{done['deed']} {done['rest']}")) != f"{done['deed']} {done['rest']}":
        yield from _whole(f"When {done['was']} {who}", f" {undated}", least=1)
    deed = _DEED.match(text, subject.end)
    if deed is None:
        return
    plain = _BASES[deed["verb"]]
    cause = _CAUSE.search(f"{deed['rest']} ")
    if cause and cause.start() > 2:
        yield from _whole(f"Why did {who}", f" {plain} {_undated(deed['rest'][: cause.start()])}", least=2)
    rest = _END.split(deed["rest"], maxsplit=1)[0].strip()
    undated = _undated(rest)
    if undated != rest:
        yield from _whole(f"When did {who}", f" {plain} {undated}", least=2)
    elif " " in subject.key and len(words(rest)) > 2 and not re.match(r"[.,]\d", text[deed.end() :]):
        yield from _whole("Who", f" {deed['verb']} {rest}")


def _undated(rest: str) -> str:
    """Return what stands before a date and the words that lead to it; all of it without one."""
    day = next((one for one in values(rest) if one.kind == "date" and any(char.isdigit() for char in one.text)), None)
    cut = _BEFORE_DATE.search(f" {rest[: day.start]}") if day else None
    return rest[: max(cut.start() - 1, 0)].strip() if cut else rest


def _clause(text: str, start: int) -> str:
    """Return what follows up to the end of the clause."""
    return _END.split(text[start:], maxsplit=1)[0].rstrip()


def _whole(opening: str, rest: str, *, least: int = 4) -> Iterator[str]:
    """Yield the question unless it hangs in the air: too short, or of somebody that only its sentence names."""
    if len(words(rest)) >= least and not _DANGLING.search(rest) and not rest.endswith((" of", " to", " in", " the")):
        yield f"{opening}{rest}?"


def _introductions(unit: Unit) -> Iterator[str]:
    """Yield who somebody is, where the sentence tells: "Benny Gantz, the former minister, …"."""
    for name in values(unit.text):
        if name.kind == "name" and " " in name.text and _telling(name) and stems_of(name.text).isdisjoint(_OFFICES):
            told = _INTRODUCED.match(unit.text[name.end :])
            if told and content(_ASIDE.split(told[0])[0]) & PERSON_NOUNS:  # a firm where an adviser worked is none
                yield f"Who is {name.text}?"


def _sayings(unit: Unit) -> Iterator[str]:
    speaker = said(unit)
    if speaker is None or speaker.verb not in _SAYING or not _NAMED.fullmatch(speaker.speaker):
        return
    within = rf"[\w,;] {re.escape(speaker.speaker)}\b"
    if " " not in speaker.speaker and not re.search(within, f"{unit.title}\n{unit.hit.passage.text}"):
        return  # a capital that only ever opens a sentence: "Opponents said …"
    for name in _nameable(unit):
        if name.text not in speaker.speaker and speaker.speaker not in name.text:
            yield f"What did {speaker.speaker} say about {_with_article(unit.text, name)}?"


def _names(unit: Unit, among: Sequence[Value]) -> Iterator[str]:
    """Yield what may be asked about a name, with one that the question named where the same sentence has both."""
    held = content(unit.text)
    beside = next((one.text for one in among if one.stems <= held), "")
    for name in sorted(_nameable(unit), key=lambda name: " " not in name.key):
        joined = f" and {beside}" if beside and not content(beside) & name.stems else ""
        yield f"What do the articles say about {_with_article(unit.text, name)}{joined}?"


def _nameable(unit: Unit) -> list[Value]:
    """Return the names that can stand alone in a question. A lone capital that opens a sentence may be any word."""
    return [
        name
        for name in values(unit.text)
        if name.kind == "name"
        and _telling(name)
        and (name.start > 0 or " " in name.key)
        and _stands_alone(unit.text, name)
    ]


def _stands_alone(text: str, name: Value) -> bool:
    """Whether no further word belongs to it: "Gulf Arab states" is not about "Gulf Arab"."""
    following = re.match(r" ([^\W\d_]+)", text[name.end :])
    if text[name.end :].startswith(("'s", "’s", "-")) or re.search(r"\d\S* $|[-–]$", text[: name.start]):
        return False
    return following is None or following[1].lower() in STOPWORDS


def _with_article(text: str, name: Value) -> str:
    return f"the {name.text}" if re.search(r"\b[Tt]he $", text[: name.start]) else name.text


def _telling(name: Value) -> bool:
    """Whether a name can stand alone in a question: not an adjective, not a title, no figure in it."""
    if any(char.isdigit() for char in name.text) or name.text.isupper() or len(name.text) < 4:
        return False
    if stems_of(name.text) <= _OFFICES or (name.start == 0 and name.text.split()[0].endswith("ing")):
        return False  # nobody is called "Using Edda Lund"
    return " " in name.key or not name.text.endswith(_ADJECTIVE)
