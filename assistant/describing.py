"""Who or what a name is, in the words beside it: "Tor Kell, a fellow of Osk College", "harbour master Edda Lund"."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.irregular import BASE
from assistant.nouns import KIN, PERSON_NOUNS
from assistant.question import Question
from assistant.statements import SAYING
from assistant.values import names
from assistant.words import STOPWORDS, content, stem, stems_of, words

_ASKS = re.compile(r"^\W*(?:who|what) (?:is|are|was|were)\b", re.IGNORECASE)
_ARTICLE = r"(?:[Tt]he|[Aa]n?|[Oo]ne of|[Tt]hen|[Ff]ormer|[A-Z][\w.-]+[’']s?) "
_BEHIND = re.compile(
    r"(?:, (?:(?:aged )?\d{1,3}, )?| (?:is|was) )(?:who (?:is|was) )?"
    rf"(?P<what>{_ARTICLE}[^,;:—–()“”\"?!]{{2,110}}?|[a-z-]+(?: [a-z-]+){{0,3}})"
    r"(?=,|;|:|—|–| [-(]|[“”\"?!]|\.(?:\s|$)|$| (?:who|which|that|and (?:was|is|has|had|will))\b)"
)
"""What stands behind a name, from a comma or an "is" on."""
_KIND = re.compile(r" [a-z]+(?=, an? )")
"""What a thing is called besides: "the Vell Plus programme, a new tier"."""
_BEFORE = re.compile(rf"\b(?={_ARTICLE})")
_NO_NAME = re.compile(
    rf"{_ARTICLE}(?:[a-z]+ )?(?:times?|days?|weeks?|months?|years?|decades?|moment|only|same|first to)\b"
)
"""What tells when something was, or how one stands among others."""
_APART = re.compile(r"[,;:—–()“”\"?!.]")
_TELLS = re.compile(rf"\b(?:is|are|was|were|has|have|had|will|would|did|does|{SAYING})\b")
_HE = re.compile(r"\b(?:he|she|they|it|his|her|its)\b", re.IGNORECASE)
_MOST = 5
"""Words of an office before a name."""
_VERB = re.compile(r"(?:ed|ing|ly|[^s’']s)$")
_ROLES = (
    PERSON_NOUNS
    | KIN
    | stems_of(
        "head boss star member fellow aide adviser advisor consultant deputy chairperson cto coo pm mp mep master guru "
        "tycoon mogul magnate legend veteran rookie quarterback host presenter anchor columnist blogger influencer "
        "model student pupil graduate worker employee trader broker merchant landlord tenant resident friend "
        "girlfriend boyfriend gunman attacker killer prisoner inmate refugee migrant youtuber streamer developer"
    )
)


def asks_who(question: Question) -> bool:
    """Whether it asks who or what one name is, and nothing else."""
    return question.identity and len(question.names) == 1 and _ASKS.match(question.text) is not None


def described(question: Question, sentence: str) -> tuple[int, int] | None:
    """Return the characters [start, end) of a sentence that say who or what the one asked about is; None if none do."""
    if not asks_who(question):
        return None
    asked = question.names[0]
    found = next((name for name in names(sentence) if asked.stems <= name.stems), None)
    at = sentence.find(asked.text, found.start) if found else -1
    if found is None or at < 0 or at + len(asked.text) > found.end:
        return None
    end = at + len(asked.text)
    kind = _KIND.match(sentence, end) if sentence.endswith(("the ", "The "), 0, at) else None
    behind = _BEHIND.match(sentence, kind.end() if kind else end) if end == found.end else None
    if behind and _tells_what(behind["what"], asked.stems, office=not re.match(_ARTICLE, behind["what"])):
        return behind.span("what")
    return _apposed(sentence, at, asked.stems) if sentence.endswith(", ", 0, at) else _office(sentence, at)


def _tells_what(text: str, said: frozenset[str], *, office: bool) -> bool:
    """Whether words tell what one is, and not what one did or when. office: only by an office, or as kin."""
    told = content(text) - said
    return bool(told) and not (_TELLS.search(text) or _NO_NAME.match(text) or (office and not told & _ROLES))


def _apposed(sentence: str, name: int, said: frozenset[str]) -> tuple[int, int] | None:
    """Return what stands before a name and a comma: "the mayor, Edda Lund"."""
    end = name - len(", ")
    for match in reversed(list(_BEFORE.finditer(sentence, 0, end))):
        text = sentence[match.start() : end]
        if _APART.search(text):
            break
        if _tells_what(text, said, office=True):
            return match.start(), end
    return None


def _office(sentence: str, name: int) -> tuple[int, int] | None:
    """Return what somebody is called right before the name: "CTO", "Nordline's search head"."""
    before = [word for word in words(sentence) if word.end < name]
    if not before or sentence[before[-1].end : name] != " ":
        return None
    last = before[-1]
    if stem(last.text) not in _ROLES:
        return None
    first = last
    for word in reversed(before[-_MOST:-1]):
        if sentence[word.end : first.start] != " " or word.text.lower() in STOPWORDS - {"of"} or _is_verb(word.text):
            break
        first = word
    if first.text == "of" or last.text.endswith(("'s", "’s")):
        return None
    return first.start, last.end


def tells_of_the_named(question: Question, sentence: str, before: Collection[str] = ()) -> bool:
    """Whether a sentence has the last name of who is asked about, or says "he" behind one that has.

    before: the stems of that one.
    """
    last = question.names[-1].key.split()[-1]
    return last in content(sentence) or (last in before and _HE.search(sentence) is not None)


def _is_verb(word: str) -> bool:
    return word.islower() and (word in BASE or bool(_VERB.search(word))) and stem(word) not in _ROLES
