"""Who is said to be in which office, of whom: "Norland's Foreign Minister Ilse Brandt", "Ada Moss, mayor of Osk"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.nouns import PERSON_NOUNS
from assistant.synonyms import LANDS, named_near
from assistant.values import PARTICLES, hyphened
from assistant.words import Word, initials, owning, stem, stems_of, unowned, words
from assistant.written_dates import TIME_NAMES

FIELDS = stems_of(
    "prime foreign defense interior home finance financial treasury economy economic trade justice health "
    "education transport energy oil environment climate agriculture farm fisheries culture labor housing tourism "
    "sport security immigration migration development infrastructure science technology digital affairs "
    "opposition vice deputy acting interim shadow assistant crown"
)
"""Stems that make an office another one: a foreign minister is no prime minister."""
SECOND = stems_of("vice deputy acting interim opposition shadow assistant")
"""Those that it is not where the office alone is asked for."""
NO_FIELD = stems_of("new current now today right present still head chief")
"""Stems that leave an office the same one."""
CHIEF, EXECUTIVE, _OFFICER, _JUSTICE = map(stem, ("chief", "executive", "officer", "justice"))
_OFFICES = PERSON_NOUNS | {stem("boss")}
CHIEF_OF = "chief of"
"""What the field of a chief officer begins with who is not the chief executive."""
_SPELT = {stem("defence"): stem("defense"), stem("labour"): stem("labor"), stem("sports"): stem("sport")}
_OF_WHOM = re.compile(r" (?:of|to|at|for|in) (?:the |a )?")
_BEING = re.compile(
    r",? (?:(?:who )?(?:is|was|became|becomes|as|served as|serves as|remains) )?"
    r"(?:one of )?(?:(?:the|an?|its|his|her|their|current|new|former|then|longtime|now|also|lead|senior|top) ){0,3}"
)
_ONCE = re.compile(r"\b(?:former|ex|previous|late|outgoing|retired|ousted|then)\b[ -]?", re.IGNORECASE)
_EMPLOYING = frozenset("sacked fired dismissed appointed hired named signed suspended".split())
"""What many who "have" done it, a club or a board, did to one of theirs."""
_PARTICLES = 3
"""Small words that may follow each other within a name."""
_FURTHER = 4
"""Words behind an office among which fields are looked for: "for food, farming and fisheries"."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Characters [start, end): a name. office: the stem of what they are. fields: stems of what it is of.

    owners: the words that say whose office it is, as they are written; none where it stands alone.
    """

    start: int
    end: int
    office: str
    fields: frozenset[str]
    owners: tuple[str, ...]


@lru_cache(maxsize=4_000)
def holders(text: str) -> tuple[Holder, ...]:
    """Return the names that stand by an office in a sentence, as its title or in apposition, in order."""
    listed = words(text)
    found = []
    for at, word in enumerate(listed):
        officer = [one.stem for one in listed[at : at + 3 : 2]] == [CHIEF, _OFFICER]  # one office, told at its end
        if word.stem not in _OFFICES or officer:
            continue
        first, last, fields = _field(listed, at)
        office = CHIEF if listed[first].stem == CHIEF else word.stem
        before = _owner_before(text, listed, first)
        after = _owner_after(text, listed, last) if before == first else last
        owners = tuple(one.text for one in (*listed[before:first], *listed[last + 1 : after + 1]) if _names(one))
        body = _body(text, listed, after) if after > last else after
        if body > after:
            fields, after = fields | {f"{CHIEF_OF} {listed[body].stem}"}, body
        for name in (_following(text, listed, after), _preceding(text, listed, before)):
            if name:
                found.append(Holder(listed[name[0]].start, listed[name[1]].end, office, fields, owners))
    return tuple(found)


def field_of(listed: Sequence[Word], at: int) -> frozenset[str]:
    """Return the stems of the fields of the office at a place: "Deputy Defence Minister", "minister for health"."""
    return _field(listed, at)[2]


def spelt(stems: Iterable[str]) -> frozenset[str]:
    """Return stems in one of the spellings that a field has."""
    return frozenset(_SPELT.get(one, one) for one in stems)


def owned_by(names: Iterable[str], owners: Sequence[str]) -> bool:
    """Whether one of the names asked of is what an office is of: Israel's is the Israeli one, the UN's that of the UN.

    owners: the words that say whose it is, as they are written. Either may be told in fewer words than the other, but
    not in other ones: North Korea is not South Korea.
    """
    written = {unowned(one).casefold() for one in owners}
    told = {stem(one) for one in owners}
    for name in names:
        asked = {word.stem for word in words(name) if word.meaningful}
        short, theirs = initials(name).casefold(), initials(" ".join(owners)).casefold()
        lands = [group for group in LANDS if short in group or not asked.isdisjoint(map(stem, group))]
        if short in written or theirs in asked or any(written & group for group in lands):
            return True
        if all(named_near([one], told) for one in asked) or all(named_near([one], asked) for one in told):
            return True
    return False


def _field(listed: Sequence[Word], at: int) -> tuple[int, int, frozenset[str]]:
    """Return the first and the last word of an office, and the fields among them."""
    first = at
    while first and spelt([listed[first - 1].stem]) <= FIELDS:
        first -= 1
    last = at
    if at + 2 < len(listed) and listed[at + 1].text.lower() in ("of", "for"):
        behind = at + 2 + (listed[at + 2].text.lower() == "the")
        for place in range(behind, min(behind + _FURTHER, len(listed))):
            if spelt([listed[place].stem]) <= FIELDS:
                last = place
            elif listed[place].text.lower() != "and":
                break
    fields = spelt(one.stem for one in listed[first : last + 1]) & FIELDS
    if at > 1 and [one.stem for one in listed[at - 2 : at + 1 : 2]] == [CHIEF, _OFFICER]:
        of = listed[at - 1].stem
        return at - 2, last, fields if of == EXECUTIVE else fields | {f"{CHIEF_OF} {of}"}
    second = listed[at + 1].stem if listed[at].stem == CHIEF and at + 1 < len(listed) else ""
    if second in (EXECUTIVE, _JUSTICE):
        last = max(last, at + 1)
    return first, last, fields | {_JUSTICE} if second == _JUSTICE else fields


def _run(text: str, listed: Sequence[Word], at: int, step: int) -> int:
    """Return the last word of a name from a place on, in one direction: capitals that stand together.

    Small words may stand within (de la Fuente), and behind a hyphen (Lai Ching-te).
    """
    while True:
        beyond = at + step
        while 0 <= beyond < len(listed) and listed[beyond].text in PARTICLES and abs(beyond - at) <= _PARTICLES:
            beyond += step
        if not (0 <= beyond < len(listed) and _names(listed[beyond])):
            break
        between = sorted((at, beyond))
        gaps = {text[listed[one].end : listed[one + 1].start] for one in range(*between)}
        if not gaps <= {" ", "-", ". "}:
            break
        at = beyond
    if step > 0 and at + 1 < len(listed) and at and hyphened(text, listed[at - 1 : at + 1], listed[at + 1]):
        at += 1
    return at


def _names(word: Word) -> bool:
    """Whether a word may be part of a name."""
    return word.capital and word.meaningful


def _owner_before(text: str, listed: Sequence[Word], first: int) -> int:
    """Return where whose office it is begins, before it; its own place where that is not told there."""
    at = first - 1
    while at >= 0 and (listed[at].stem in NO_FIELD or _ONCE.fullmatch(listed[at].text)):
        at -= 1
    hired = at > 1 and listed[at].text in _EMPLOYING and listed[at - 1].text == "have"
    if hired and _names(listed[at - 2]):  # "Osk Town have sacked manager Edda Lund"
        return _run(text, listed, at - 2, -1)
    named = at >= 0 and _names(listed[at]) and listed[at].text.lower() not in TIME_NAMES
    apart = text[listed[at].end : listed[at + 1].start]
    if not named or not (apart == " " or (apart == ". " and "." in listed[at].text)):
        return first
    return _whole(text, listed, _run(text, listed, at, -1), -1)


def _owner_after(text: str, listed: Sequence[Word], last: int) -> int:
    """Return the last word of whose office it is, behind it; that of the office where it is not told there."""
    linked = _OF_WHOM.match(text, listed[last].end)
    at = next(
        (at for at in range(last + 1, min(last + 4, len(listed))) if linked and listed[at].start == linked.end()), 0
    )
    return _whole(text, listed, _run(text, listed, at, 1), 1) if at and listed[at].capital else last


def _body(text: str, listed: Sequence[Word], owner: int) -> int:
    """Return the last word of what of an owner an office is of, behind it: the president of Mexico's central bank."""
    at = owner
    if owning(listed[owner].text):
        for beyond in range(owner + 1, min(owner + _FURTHER, len(listed))):
            word = listed[beyond]
            if text[listed[at].end : word.start] != " " or word.capital or not word.meaningful:
                break
            at = beyond
    return at


def _whole(text: str, listed: Sequence[Word], at: int, step: int) -> int:
    """Return where a name ends that goes on with "of": the Bank of England."""
    beyond = at + 2 * step
    if 0 <= beyond < len(listed) and listed[at + step].text == "of" and listed[beyond].capital:
        return _run(text, listed, beyond, step)
    return at


def _following(text: str, listed: Sequence[Word], last: int) -> tuple[int, int] | None:
    at = last + 1
    if at >= len(listed) or not _names(listed[at]):
        return None
    if text[listed[last].end : listed[at].start] not in (" ", ", ", ": "):
        return None
    return at, _run(text, listed, at, 1)


def _preceding(text: str, listed: Sequence[Word], first: int) -> tuple[int, int] | None:
    for at in range(first - 1, max(first - 7, -1), -1):
        if _names(listed[at]) and listed[at].stem not in PERSON_NOUNS:
            between = text[listed[at].end : listed[first].start]
            apart = between != " " and _BEING.fullmatch(between)
            return (_run(text, listed, at, -1), at) if apart else None
    return None
