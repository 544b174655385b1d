"""Who holds an office: whether a sentence has somebody in the one asked for, of the body or country asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.evidence import Unit, spans
from assistant.form import formed
from assistant.holder import (
    CHIEF,
    CHIEF_OF,
    EXECUTIVE,
    FIELDS,
    NO_FIELD,
    SECOND,
    Holder,
    field_of,
    holders,
    owned_by,
    spelt,
)
from assistant.leaning import leans
from assistant.nouns import PERSON_NOUNS
from assistant.question import Question
from assistant.succession import before_whom
from assistant.synonyms import named_near, untold
from assistant.values import names, values
from assistant.words import Word, content, stem, stems_of, unowned, words

_TITLES = PERSON_NOUNS | NO_FIELD | FIELDS
_UNTITLED = NO_FIELD | FIELDS
"""What may stand between an office and whose it is: Osk's new finance director."""
_LINKED = frozenset("of at for to".split())
_FACING = frozenset("against on upon with over toward towards versus about regarding".split())
"""What stands before a body that somebody faces, and is not of."""
_CONCERNING = stems_of("problem threat issue question danger subject topic matter war")
"""What a body that somebody speaks of is "of": the problem of Iran."""
_OF_STATES = stems_of("president minister king queen emperor pope chancellor senator prince princess ambassador")
_ELECTED = re.compile(r"\bmayoral\b", re.IGNORECASE)
_FIRM = re.compile(r"\b[Tt]he (?:company|firm|group|bank|airline|club|charity|union|party|agency)\b")
"""What a story calls whom it is about, further down."""
SUPPOSED = re.compile(r"^\W*(?:(?i:if|unless|suppose|supposing)\b|(?:Should|Were|Had) (?:the |a |an )?[A-Za-z]+ )")


def asks_for_office(question: Question) -> bool:
    """Whether it asks who holds an office of somebody named, and nothing else."""
    asked = question.stems
    bodies = _bodies(question)
    beside = {EXECUTIVE} if CHIEF in asked else frozenset[str]()
    return question.person and bool(bodies and asked & PERSON_NOUNS) and not spelt(asked - bodies) - _TITLES - beside


_CHIEF = stem("chief")
_EXECUTIVE = stems_of("executive ceo")


def asked_roles(question: Question) -> frozenset[str]:
    """Return the stems of the roles that it asks who is in, where they are no office of somebody: a trial's judge."""
    form = formed(question.text)
    being = form.way == "being" or form.deed in FIELDS  # a "housing minister" houses nobody
    return question.focus & PERSON_NOUNS if being and question.person and not asks_for_office(question) else frozenset()


def in_role(question: Question, sentence: str) -> list[Holder]:
    """Return who is said to be in the role or office that is asked for, of whomever: a mayor, but no deputy mayor."""
    roles = question.stems & PERSON_NOUNS if asks_for_office(question) else asked_roles(question)
    return [
        holder for holder in holders(sentence) if not untold(holder.office, roles) and not _is_another(question, holder)
    ]


def _is_another(question: Question, holder: Holder) -> bool:
    """Whether somebody is a deputy, or a minister of something else, where that is not asked for."""
    fields = spelt(question.stems) & FIELDS
    if holder.office == _CHIEF and holder.fields and not fields and question.stems & _EXECUTIVE:
        return True  # a finance chief is no chief executive
    return bool(holder.fields & SECOND - fields or (holder.fields and not fields <= holder.fields))


def owns_office(question: Question, sentence: str, start: int, end: int) -> bool:
    """Whether [start, end) is whose office it is that is asked for, and nobody in it: the "Osk" of Osk's mayor."""
    if not question.focus & PERSON_NOUNS or any(one.start < end and start < one.end for one in holders(sentence)):
        return False
    named = {unowned(word.text) for word in words(sentence[start:end])}
    return any(named <= set(map(unowned, holder.owners)) for holder in holders(sentence))


def held_by(question: Question, sentence: str, start: int, end: int) -> bool | None:
    """Whether the name at [start, end) is said to be in the office asked for, or in another one; None: in none."""
    beside = [holder for holder in holders(sentence) if holder.start < end and start < holder.end]
    if not beside:
        return None
    if not asks_for_office(question):
        roles = asked_roles(question)
        others = [holder for holder in beside if not untold(holder.office, roles)]
        return False if others and all(_is_another(question, holder) for holder in others) else None
    told = [_is_asked_for(question, holder) for holder in beside]
    return True if any(told) else None if None in told else False


def named_in_office(question: Question, sentence: str, start: int, end: int) -> bool:
    """Whether [start, end) is, no more and no less, the name of who is said to hold the office asked for."""
    exact = any((holder.start, holder.end) == (start, end) for holder in holders(sentence))
    return exact and held_by(question, sentence, start, end) is True


def _is_asked_for(question: Question, holder: Holder) -> bool | None:
    asked = question.stems
    of_all = spelt(asked) & FIELDS <= holder.fields
    if untold(holder.office, asked & PERSON_NOUNS) or not of_all or _is_another(question, holder):
        return False
    if not all(_asks_for_chief(asked, field.split()[-1]) for field in holder.fields if field.startswith(CHIEF_OF)):
        return False  # a chief monetization officer is no CEO
    return owned_by([name.text for name in question.names], holder.owners) if holder.owners else None


def _asks_for_chief(asked: Collection[str], of: str) -> bool:
    """Whether a chief officer is asked for by what they are of, or by initials: a CFO is a chief financial officer."""
    return of in asked or f"c{of[0]}o" in asked


def _bodies(question: Question) -> frozenset[str]:
    """Return the stems of the names, without an office that is written as one: "the CEO of Spotify".

    Whom it asks who was there before is no body.
    """
    return question.named & question.stems - PERSON_NOUNS - FIELDS - before_whom(question.text)


def in_office(question: Question, unit: Unit) -> bool:
    """Whether a sentence has somebody in the office asked for, of whom the question names.

    What it leaves out is taken from its headline and the sentences before.
    """
    if SUPPOSED.match(unit.text):
        return False  # who would be, not who is
    bodies, offices = _bodies(question), question.stems & PERSON_NOUNS
    if _only_of_others(question, unit.text, offices):
        return False
    if _called_by_surname(question, unit, offices):
        return True
    # A mayoral election has no mayor yet; the stem is the same.
    own, title = content(_ELECTED.sub("", unit.text)) - _beyond(question, unit.text), content(unit.title)
    near = own | unit.content_before() if leans(unit.text) and not _names_others(unit.text) else own
    # A headline of ten matters says nothing of who heads which.
    of_title = title <= bodies or bool(title & offices)
    of_it_alone = all(name.stems <= bodies for name in names(unit.title))
    if _of_nobody(unit.text, offices):
        near |= content(_last_naming(unit, bodies)) | _meant(question, unit)
        of_title |= of_it_alone and not offices & _OF_STATES
    else:
        of_title |= of_it_alone and _only_one(unit, offices)
    if of_title:
        near |= title
    held = not all(untold(office, own) for office in offices) and _of_that_field(question, unit, offices)
    return held and all(named_near([part], near) for part in bodies)


def _only_of_others(question: Question, text: str, offices: Collection[str]) -> bool:
    """Whether all who are said to be in such an office are in another's, whatever else is named."""
    asked = [name.text for name in question.names]
    held = [holder.owners for holder in holders(text) if not untold(holder.office, offices)]
    return bool(held) and all(owners and not owned_by(asked, owners) for owners in held)


def _called_by_surname(question: Question, unit: Unit, offices: Collection[str]) -> bool:
    """Whether it is somebody's whom the sentence names in fewer words than its article does: "Lund's lawyer".

    It or its headline has the name of the question in full.
    """
    written = f"{unit.title}\n{unit.article.text}"
    full = [name.text for name in question.names if " " in name.text and name.text in written]
    return bool(full) and any(
        holder.owners
        and not untold(holder.office, offices)
        and not _is_another(question, holder)
        and owned_by(full, holder.owners)
        for holder in holders(unit.text)
    )


def _only_one(unit: Unit, offices: Collection[str]) -> bool:
    """Whether one alone is said to be in such an office in the sentence and its whole article, of whom is not said."""
    if not any(not untold(holder.office, offices) for holder in holders(unit.text)):
        return False
    held = [
        (one.text[holder.start : holder.end].split()[-1], holder.owners)
        for one in spans(unit.article.text)
        for holder in holders(one.text)
        if not untold(holder.office, offices)
    ]
    return len({name for name, _ in held}) == 1 and not any(owners for _, owners in held)


def _meant(question: Question, unit: Unit) -> frozenset[str]:
    """Return the stems of bodies that a sentence calls in short, "the board", or "the firm" that its headline names."""
    told, opening = unit.article.text.lower(), next(iter(names(unit.title)), None)
    before = unit.before()
    called = _FIRM.search(f"{before.text if before else ''} {unit.text}")
    return frozenset[str]().union(
        *(
            name.stems
            for name in question.names
            if (called and opening and not opening.start and name.stems <= opening.stems)
            or (" " in name.text and name.text.lower() in told and _called_in_short(name.text, unit.text))
        )
    )


def _called_in_short(name: str, text: str) -> bool:
    return bool(re.search(rf"\b[Tt]he {re.escape(name.split()[-1].lower())}\b", text))


def _names_others(text: str) -> bool:
    """Whether a sentence names anybody or any place beside who is in an office."""
    held = holders(text)
    return any(
        value.kind == "name" and not any(value.start < holder.end and holder.start < value.end for holder in held)
        for value in values(text)
    )


def _of_that_field(question: Question, unit: Unit, offices: Collection[str]) -> bool:
    """Whether the office that a sentence tells of may be the one asked for: no vice president, no other minister."""
    wanted = spelt(question.stems) & FIELDS
    listed = words(unit.text)
    fields = [field_of(listed, at) for at, word in enumerate(listed) if word.stem in offices]
    if not wanted:
        return not fields or not all(field & SECOND for field in fields)
    if any(wanted <= field for field in fields):
        return True
    # "The minister", who was called the health minister further up; and a premier needs no more words.
    bare = not fields or not all(fields)
    return bare and wanted <= spelt(content(unit.title) | content(unit.hit.passage.text))


def _of_nobody(text: str, offices: Collection[str]) -> bool:
    """Whether an office stands without whose it is, and so is that of whom the sentences before named."""
    listed = words(text)
    for at, word in enumerate(listed):
        if not untold(word.stem, offices):
            before = next((one for one in reversed(listed[:at]) if not spelt([one.stem]) <= _UNTITLED), None)
            owning = before is not None and before.text.endswith(("'s", "’s")) and not _in_short(before)
            owned = owning or (before is not None and before.capital and before.meaningful)
            after = listed[at + 1 : at + 2]
            titled = word.capital and bool(after) and after[0].capital
            led = not at or listed[at - 1].capital or titled  # "President Moss", of whichever state
            linked = bool(after) and after[0].text.lower() in _LINKED
            if not owned and not linked and not (led and word.stem in _OF_STATES):
                return True
    return False


def _in_short(owner: Word) -> bool:
    """Whether an owner is only what a story calls whom it is about: "the club's chairman"."""
    return owner.text.islower() and _FIRM.fullmatch(f"the {owner.text[:-2]}") is not None


def _last_naming(unit: Unit, bodies: Collection[str]) -> str:
    """Return the last sentence of the passage before this one that names a body, or anybody; empty where none does."""
    passage = unit.hit.passage
    before = [span for span in spans(unit.article.text) if passage.start <= span.start < unit.span.start]
    for span in reversed(before):
        named = any(value.kind == "name" for value in values(span.text))  # and "Tuesday" is none
        if span.quotable and (named or any(named_near([part], content(span.text)) for part in bodies)):
            return span.text
    return ""


def _beyond(question: Question, text: str) -> frozenset[str]:
    """Return the stems of the bodies that a sentence names only as something else than where somebody is in office.

    "President Moss ruled out a war on Ostria" and "the Ostrian problem" tell of no president of Ostria.
    """
    listed, offices = words(text), question.stems & PERSON_NOUNS
    found: dict[str, bool] = {}
    for at, word in enumerate(listed):
        body = next((part for part in _bodies(question) if named_near([part], [word.stem])), "")
        if body:
            before = [one.text.lower() for one in listed[max(0, at - 2) : at] if one.text.lower() != "the"]
            facing = bool(before) and (before[-1] in _FACING or (before[-1] == "of" and stem(before[0]) in _CONCERNING))
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
