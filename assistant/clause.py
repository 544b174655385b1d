"""The parts of a question, as word order tells them: what it counts, its subject, its verb, what stands behind that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.asked import ASKERS, DEGREES, HELPING
from assistant.irregular import BASE, FORMS
from assistant.nouns import PERSON_NOUNS
from assistant.values import names
from assistant.words import owning, stem

_WORD = re.compile(r"[^\s?!,;:()]+")
_BESIDE = re.compile(r" \([^()]*\)\W*$")
"""What a question is about, where that was put behind it."""
SOURCE = re.compile(r",? according to [^?]+(?=\W*$)", re.IGNORECASE)
"""Whose account is asked for, behind a question."""
BEING = frozenset("is are was were be been being".split())
_HAVING = frozenset("has have had".split())
_HELPS = frozenset(HELPING) | frozenset("may might must shall be been being".split())
_DETERMINERS = frozenset("the a an this that these those his her its their our all some any every each no".split())
PRONOUNS = frozenset("he she it they him her them there i we you who".split())
PREPOSITIONS = frozenset(
    "in on at to from for by with about into over under during after before between against through near since until "
    "without within across around behind as than because when while if off out up down away back again more most less "
    "not so too now today".split()
)
"""Words before which a phrase ends; "of" goes on with it."""
_LIKE_PARTICIPLES = frozenset("born hurt hit cut put set shut split found left read beat spread".split())
_NO_PARTICIPLES = frozenset("need feed seed deed weed speed breed indeed bed red shed hundred".split())
_BASES = frozenset("bleed succeed proceed exceed".split())
"""Verbs that end as participles do, and are none."""
_PLURALS = frozenset("people children men women police".split())
_OF_EVENTS = frozenset("begin start end finish happen unfold occur stop last cost fail succeed".split())
"""What is asked of an event, so that a word before it which may be a verb is one: "When did the bus strike end?"."""
_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth last next previous".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """A question in parts, each in its own words and empty where it has none.

    counted: what follows "how many", "which" and the like. helping: the verb that opens the clause. subject: of whom it
    is said; empty where the subject is what is asked for. verb: the verb that bears the meaning. rest: what follows it.
    """

    counted: str
    helping: str
    subject: str
    verb: str
    rest: str

    @property
    def deed(self) -> str:
        """The word for what is done: "sell" of "expect to sell"; empty where there is no verb."""
        led = self.rest.split()
        return led[1] if self.verb and led[:1] == ["to"] and len(led) > 1 else "".join(self.verb.split()[-1:])

    @property
    def object(self) -> str:
        """What the deed was done to; empty where a preposition or a rank follows the verb."""
        first = self.rest.split(" ")[0].lower()
        return "" if first in PREPOSITIONS | {"of"} or ordinal(first) else self.rest


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper() or self.text[:1].isdigit()


@lru_cache(maxsize=1_000)
def clause_of(question: str) -> Clause:
    """Return the parts of a question."""
    text = SOURCE.sub("", _BESIDE.sub("", question.strip())).rstrip("?!. ")
    parts = [_Part(match[0], *match.span()) for match in _WORD.finditer(text)]
    at = 1 if len(parts) > 1 and parts[0].lower in PREPOSITIONS and parts[1].lower in ASKERS else 0
    asker = parts[at].lower if at < len(parts) and parts[at].lower in ASKERS else ""
    at += bool(asker)
    if asker == "how" and at < len(parts) and parts[at].lower in DEGREES:
        at += 1
    begin = at
    if asker in ("how", "which", "what", "whose") and at < len(parts) and parts[at].lower not in _HELPS:
        at = _end_of_counted(parts, at)
    degree = parts[begin - 1].lower if asker == "how" else ""
    counted = _text(text, parts, begin, at) if asker != "how" or degree in ("many", "much") else ""
    helping = parts[at].lower if at < len(parts) and parts[at].lower in _HELPS else ""
    at += bool(helping)
    if not (asker or helping):
        return Clause("", "", "", "", "")
    end = at
    asking = asker in ("who", "what", "which") or counted or degree == "many"
    if helping and not (asking and _verb_follows(parts, at, helping, bool(counted or degree))):
        end = _end_of_subject(text, parts, at, helping, closed=not asker)
    verb = end
    while verb < len(parts) - 1 and parts[verb].lower in ("be", "been", "being"):
        verb += 1
    behind = verb + (verb < len(parts) and parts[verb].lower not in PREPOSITIONS | _DETERMINERS)
    subject = _text(text, parts, at, end)
    return Clause(
        counted,
        helping,
        "" if subject.lower() == "there" else subject,
        _text(text, parts, verb, behind),
        _text(text, parts, behind, len(parts)),
    )


def _text(text: str, parts: Sequence[_Part], start: int, end: int) -> str:
    end = min(end, len(parts))
    return text[parts[start].start : parts[end - 1].end] if start < end else ""


def plural(phrase: str) -> bool:
    """Whether a phrase speaks of several, by its head: "the drivers", "people in Osk", not "the price of ferries"."""
    found = _WORD.findall(phrase)
    end = next((at for at, word in enumerate(found) if word.lower() in PREPOSITIONS | {"of"}), len(found))
    return end > 0 and _several(found[end - 1])


def _several(word: str) -> bool:
    return word.lower() in _PLURALS or (re.search(r"[^sui’']s$", word) is not None and not word.isupper())


def participle(word: str) -> bool:
    """Whether a word can be the participle of a verb: "wounded", "stolen"."""
    lower = word.lower()
    regular = lower.endswith("ed") and lower not in _NO_PARTICIPLES
    return word.islower() and (regular or lower in BASE or lower in _LIKE_PARTICIPLES or lower == "been")


def _end_of_counted(parts: Sequence[_Part], start: int) -> int:
    """Return where what is counted ends: before the verb; "people" in "How many people died in Osk?"."""
    for at in range(start, len(parts)):
        part = parts[at]
        if part.lower in _HELPS:
            return at
        if at > start and part.text.islower() and part.lower not in PREPOSITIONS | {"of"} | _DETERMINERS:
            before = parts[at - 1]
            inside = before.lower in PREPOSITIONS | {"of"} | _DETERMINERS
            if not inside and (participle(part.text) or (_several(before.text) and not before.capital)):
                return at
    return start if _told(parts[start:]) else len(parts)


def _told(parts: Sequence[_Part]) -> bool:
    """Whether a question for the doer begins at once with the verb: "What led to it?"."""
    return bool(parts) and (participle(parts[0].text) or parts[0].lower in FORMS)


def _verb_follows(parts: Sequence[_Part], at: int, helping: str, counted: bool) -> bool:
    """Whether the subject is what is asked for: "Who will run it?", "How many were hurt?"; not "Who is the mayor?"."""
    if at >= len(parts):
        return True
    part = parts[at]
    if part.capital or part.lower in _DETERMINERS | PRONOUNS or owning(part.text):
        return False
    if helping in ("do", "does", "did"):
        return False
    if helping in BEING | _HAVING:
        rest = parts[at + 1 :]
        later = helping in _HAVING and any(participle(one.text) for one in rest)
        return participle(part.text) or part.lower in BEING or (counted and not later)
    return not _several(part.text)


def _end_of_subject(text: str, parts: Sequence[_Part], start: int, helping: str, *, closed: bool) -> int:
    if start >= len(parts):
        return start
    if parts[start].lower in PRONOUNS and not (parts[start].lower == "her" and start + 2 < len(parts)):
        return start + 1
    ends = {name.start: name.end for name in names(text)}
    bare = parts[start].start in ends
    at = _past_phrase(parts, start, ends)
    while at < len(parts):
        part, before = parts[at], parts[at - 1]
        if part.lower in PREPOSITIONS | {"of"} - {"not"} and at + 1 < len(parts) and part.lower not in ("out", "up"):
            if helping in BEING and closed and bare:
                return at  # "Is Starlink in Osk?"
            at, bare = _past_phrase(parts, at + 1, ends), False
            continue
        if part.lower in _DETERMINERS:
            return at if helping in BEING else len(parts)
        somebody = not before.capital and (_several(before.text) or stem(before.text) in PERSON_NOUNS)
        if _is_verb(parts, at, helping, bare=bare, somebody=somebody):
            return at
        bare = bare and part.capital
        at += 1
    if helping in BEING and closed:  # "Was the decision unanimous?"
        return max(len(parts) - 1, start + 1)
    return len(parts)


def _past_phrase(parts: Sequence[_Part], start: int, ends: dict[int, int]) -> int:
    """Return where the first that can be behind a noun stands: past its article, its name or owner, and one word."""
    at = start
    while at < len(parts) and parts[at].lower in _DETERMINERS:
        at += 1
    if at < len(parts) and parts[at].start in ends:
        end = ends[parts[at].start]
        while at < len(parts) and parts[at].start < end:
            at += 1
        if owning(parts[at - 1].text):
            return _past_phrase(parts, at, ends)
        determined = at - 1 > start and parts[start].lower in _DETERMINERS
        return at + (determined and at < len(parts) and not parts[at].capital and _noun_needed(parts, at))
    while at < len(parts) - 1 and (ordinal(parts[at].text) or owning(parts[at].text)):
        at += 1
    return at + 1


def _noun_needed(parts: Sequence[_Part], at: int) -> bool:
    """Whether a noun follows a name with an article: "the Vell ferry sink", but "the Houthis attack"."""
    return not parts[at - 1].text.endswith("s") and parts[at].lower not in PREPOSITIONS | _DETERMINERS | BEING


def _is_verb(parts: Sequence[_Part], at: int, helping: str, *, bare: bool, somebody: bool) -> bool:
    word = parts[at].text
    if not word.islower() or word in PREPOSITIONS or word == "of":
        return False
    if helping in BEING:
        return participle(word) or word in BEING or (word.endswith("ing") and len(word) > 5) or bare
    if helping in _HAVING:
        return participle(word) or word in BEING
    if word == "be" or word == "have":
        return True
    if _of_an_event(parts, at):
        return False
    if _several(word) or word.endswith(("ing", "ed")):
        return False
    following = parts[at + 1] if at + 1 < len(parts) else None
    ends = following is None or following.capital or following.lower in PREPOSITIONS | _DETERMINERS | PRONOUNS
    return bare or somebody or word in FORMS or ends


def _of_an_event(parts: Sequence[_Part], at: int) -> bool:
    """Whether the verb comes at the end of the question, behind a word that names an event: "the strike in Osk end"."""
    last, before = parts[-1].lower, parts[-2]
    if at == len(parts) - 1 or last not in _OF_EVENTS or (last == "last" and parts[1].lower != "long"):
        return False
    within = parts[at + 1].lower in PREPOSITIONS | {"of"} and before.lower not in PREPOSITIONS | _DETERMINERS
    return at == len(parts) - 2 or within


def gerund(verb: str) -> str:
    """Return "buying" of "buy", "buys" or "bought"."""
    base = BASE.get(verb.lower(), verb.lower())
    if base.endswith("ed") and base not in _NO_PARTICIPLES | _BASES:
        base = f"{base[:-3]}y" if base.endswith("ied") else base[:-1] if base.endswith("eed") else base[:-2]
        return f"{base}ing"
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return f"{base[:-1]}ing"
    doubled = re.fullmatch(r"[^aeiou]*[aeiou]([bdgmnprt])|be(?:gi)(n)", base)
    return f"{base}{next(filter(None, doubled.groups()))}ing" if doubled else f"{base}ing"


def done(verb: str) -> str:
    """Return "promised" of "promise", and what is a participle as it is; empty where neither is plain."""
    base = verb.lower()
    if participle(base) and base not in _BASES:
        return base
    if base in ("have", "do", "be", "get", "run"):
        return ""
    if base in FORMS:
        others = sorted(FORMS[base] - {base}, reverse=True)
        return next((form for form in others if form.endswith("n") or form == f"{base}d"), "")
    if base.endswith("e"):
        return f"{base}d"
    return f"{base[:-1]}ied" if re.search(r"[^aeiou]y$", base) else f"{gerund(base)[:-3]}ed"


def ordinal(word: str) -> bool:
    """Whether a word tells a place in an order: "third"."""
    return word.lower() in _ORDINALS
