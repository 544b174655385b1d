"""Sentences on somebody else of the same last name: Gustav Holt, where it is asked about Erik Holt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Unit
from assistant.nouns import PERSON_NOUNS
from assistant.question import Question
from assistant.values import Value, names
from assistant.words import content, stem

_SHORT = {
    frozenset(pair.split())
    for pair in (
        "bill william, bob robert, dick richard, ted edward, hank henri, jack john, peggi margaret, meg margaret, "
        "beth elizabeth, betti elizabeth, liz elizabeth, polli mari, kate catherin, tony anthoni, toni anthoni, "
        "larri lawrenc, harri henri, sasha alexand, misha mikhail, vova vladimir, pepe jose"
    ).split(", ")
}
"""Stems of first names that are one and the same."""
_ALIKE = 2
"""Letters that two forms of one first name share: Joe and Joseph."""


def without_namesakes(question: Question, units: Sequence[Unit]) -> list[Unit]:
    """Return the sentences but those on somebody else of the last name of somebody whom the question names in full."""
    asked = [name for name in question.names if len(name.key.split()) == 2]
    full = [one for one in asked if one.key.split()[0] not in PERSON_NOUNS]
    return [unit for unit in units if not any(_of_a_namesake(one, unit) for one in full)]


def _of_a_namesake(asked: Value, unit: Unit) -> bool:
    """Whether a sentence has the last name alone, or behind another first name, and its article that one alone."""
    first, last = asked.key.split()
    told = content(unit.text)
    if last not in told or first in told:
        return False
    others = [name for name in names(unit.text) if name.key.split()[-1] == last]
    full = [name.text for name in others if len(name.key.split()) > 1]
    if full:
        return all(_another(first, name, unit.article.text) for name in full)
    written = next((name.text for name in others), "")
    if not written or re.search(rf"\b{re.escape(asked.text.split()[0])}\b", unit.article.text, re.IGNORECASE):
        return False
    whole = {match[0] for match in re.finditer(rf"\b[A-Z][\w’'-]+ {re.escape(written)}\b", unit.article.text)}
    named = [name for name in whole if [one.text for one in names(name)] == [name]]
    return bool(named) and all(_another(first, name, unit.article.text) for name in named)


def _another(first: str, written: str, text: str) -> bool:
    """Whether a name of two words is of somebody else, and not the same one's with a title or in another form."""
    parts = written.split()
    own = stem(parts[0])
    if len(parts) != 2 or own in PERSON_NOUNS or own[:_ALIKE] == first[:_ALIKE]:
        return False
    titled = re.search(rf"\b{re.escape(parts[0])} [A-Z][\w’'-]+ {re.escape(parts[1])}", text)
    return not (titled or len(parts[0].rstrip(".")) < _ALIKE or frozenset((own, first)) in _SHORT)
