"""Filters named in the words of a question: outlets and authors of the index, and dates of publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.outlet_names import as_written, bare, called_in_part
from assistant.publication import publication_days
from assistant.report_words import REPORT, SAYS

_ACCORDING = re.compile(r"(?i:,?\s*\baccording to (?:the )?)(?P<name>[A-Z][\w.]{2,}(?: [A-Z][\w.]+)*),?")
_PIECES = r"(?:articles|stories|reports|pieces|posts)"
_WHAT_DID = rf"(?i:\b(?:what|(?:what|which) {_PIECES}) (?:does|did|do|has|have)\s+)"
_HELD = r"\b(?i:what (?:do (?:we|you) have|have (?:we|you) got))"
_JOINED = re.compile(r" and |[,;&]| with (?=[A-Z])|(?= in [A-Z])")
_FROM_PLACE = re.compile(r"^ ?in [A-Z].*")
_ASKING = re.compile(rf"(?:{_WHAT_DID}|(?i:\b(?:did|does|has|according to)\s+))(?i:the\s+)?$")
_SAYING = re.compile(rf"(?i:\s+(?:{SAYS})\b)|\W*$|,")
"""What stands before and behind an outlet that is asked what it says."""
_HEAD = rf"(?:^(?i:{REPORT})|\b{REPORT})"
_TOLD = rf"(?:{_HEAD}|\b(?:{SAYS})|\b(?:new|latest))"
_NOT_INTO = (
    r"(?!(?:\w+ing|\w+ed|invests?|investments?|stakes?|shares?|interests?|works?|jobs?|roles?|confidence|trust"
    r"|faith)\s)"
)
"""What is followed by "in" where it goes into an outlet: who had invested in it, and a stake in it."""
_AT_ISSUE = re.compile(
    r"\b(?:say|said|thinks?|thought|react(?:ed)?|respond(?:ed)?|criticised|criticized|rejected|denied|dismissed)"
    r"(?:\s+(?:about|to|of|on))?\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Words before a report that others speak about: it is theirs that is asked for."""


@dataclass(frozen=True, slots=True)
class NamedFilters:
    """What was read out of a question. rest: the question without the words that only filter.

    certain: False where the words may mean when something happened rather than when it was published.
    """

    rest: str
    outlets: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    certain: bool = True


def read_filters(question: str, outlets: Sequence[str], authors: Sequence[str], today: date) -> NamedFilters:
    """Return the filters that a question names.

    outlets, authors: the names that exist; no other is taken for a filter.
    """
    near, authors = _possible(question, outlets), _possible(question, writers(tuple(authors)))
    rest, found_outlets = _named(question, near, _outlet_patterns)
    if len([name for name in near if re.search(rf"(?<!\w){as_written(name)}(?!\w)", question)]) > len(found_outlets):
        rest, found_outlets = question, ()  # it weighs several outlets against each other: none may fall out
    if not found_outlets:
        rest, found_outlets = _in_part(question, outlets)
    rest, found_authors = _named(rest, authors, _author_patterns)
    # Of "Edda Lund and Tor Kell", neither alone is meant.
    found_authors = tuple(
        one for one in found_authors if not any(one in other and one != other for other in found_authors)
    )
    told = by_sources(rest, found_outlets, found_authors) != rest
    rest, since, until, certain = publication_days(rest, today, published=told)
    return NamedFilters(_tidy(rest, question), found_outlets, found_authors, since, until, certain)


@lru_cache(maxsize=8)
def writers(authors: tuple[str, ...]) -> tuple[str, ...]:
    """Return the authors as they are written, and each who is named with others or with a place: "Edda Lund in Osk"."""
    apart = [
        part
        for author in authors
        if _JOINED.search(author)
        for one in _JOINED.split(author)
        if " " in (part := _FROM_PLACE.sub("", one).strip())
    ]
    return tuple(dict.fromkeys([*authors, *apart]))


def _possible(question: str, names: Sequence[str]) -> list[str]:
    """Return the names whose letters are in the question at all: patterns for two thousand take a second."""
    asked = question.casefold()
    return [name for name in names if bare(name).casefold() in asked]


def _named(
    question: str, known: Sequence[str], patterns: Callable[[str], tuple[tuple[str, ...], tuple[str, ...]]]
) -> tuple[str, tuple[str, ...]]:
    found: list[str] = []
    rest = question
    for name in sorted(known, key=len, reverse=True):
        apart, within = patterns(name)
        match = next((match for pattern in apart if (match := re.search(pattern, rest))), None)
        if match:
            kept = match.groupdict().get("kept") or ""
            rest = f"{rest[: match.start()]}{kept} {rest[match.end() :]}"
        parts = (part for pattern in within for part in re.finditer(pattern, rest))
        if match or not all(_AT_ISSUE.search(rest[: part.start()]) for part in parts):
            found.append(name)
    return rest, tuple(sorted(found, key=known.index))


def _in_part(question: str, outlets: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the outlets whose name holds what "according to" names: "Haqqin.az" is in "Sample, after Haqqin.az".

    Who asks what the Herald said means the Vell Herald, where that is the only one.
    """
    match = _ACCORDING.search(question)
    if match:
        part = match["name"].rstrip(".,").casefold()
        found = tuple(name for name in outlets if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", name.casefold()))
        if found:
            return f"{question[: match.start()]} {question[match.end() :]}", found
    called = list(called_in_part(question, outlets))
    if len({whole for _, _, whole in called}) != 1:
        return question, ()
    for start, end, whole in called:
        asked = _ASKING.search(question[:start]) is not None and _SAYING.match(question[end:]) is not None
        if not (asked or re.search(r"(?i:\bthe )$", question[:start])):
            continue  # without an article it may be anybody's name, but for one who is asked what it says
        rest = f"{question[:start]}{whole}{question[end:]}"
        mine = [name for name in outlets if bare(name) == whole]
        rest, found = _named(rest, mine, _outlet_patterns)
        if found or asked:
            return rest, tuple(mine)
    return question, ()


def by_sources(question: str, outlets: Sequence[str], authors: Sequence[str]) -> str:
    """Return the question with "the articles" for an outlet or author who is asked what they say; else unchanged."""
    for name in (*outlets, *authors):
        question = re.sub(
            rf"{_WHAT_DID}{as_written(name)}(?i:\s+(?:{SAYS})\b)",
            "What did the articles say",
            question,
            count=1,
        )
    for name in authors:
        question = re.sub(rf"(?i:\b{re.escape(name)}['’]s? {_PIECES}\b)", "the articles", question, count=1)
    return question


def _outlet_patterns(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return patterns whose words only filter and can go, and patterns that are part of the question's sentence."""
    form = as_written(name)
    return (
        rf"(?P<kept>\b(?:is|was|were|been)\s+reported)\s+by\s+{form}(?!\w)",
        rf"(?i:,?\s*\b(?:according to|as reported (?:by|in)|reported by|as "
        rf"per)\s+){form}(?!\w)(?:'s|’s)?(?i:\s+{REPORT})?,?",
        rf"(?i:^\s*(?:in|for)\s+){form}\s*,",
        rf"(?P<kept>{_TOLD})(?i:,?\s+(?:in|from|by)\s+){form}(?=\s*\??\s*$)",
        rf"(?P<kept>{_HELD})(?i:\s+(?:from|by|in)\s+){form}(?=\W*$|\s+(?i:about|on)\b)",
        rf"(?P<kept>\b(?i:everything|anything|all))(?i:\s+(?:from|by|in)\s+){form}(?=\W*$|\s+(?i:about|on)\b)",
        rf"(?P<kept>{_TOLD}\b.*\s{_NOT_INTO}\S+?)(?i:,?\s+in\s+){form}(?=\s*\??\s*$)",
    ), (
        rf"(?i:\b(?:in|from|by|on|of|the|an?)\s+(?:the\s+)?){form}(?:'s|’s)?\s+{REPORT}\b",
        rf"{form}(?i:(?:'s|’s)?\s+(?:article|report|coverage)s?)\b",
        rf"{_HEAD}(?i:\s+(?:in|from|by|published (?:in|by))\s+(?:the\s+)?){form}(?!\w)",
        rf"{_WHAT_DID}{form}(?=(?i:\s+(?:{SAYS})\b))",
    )


def _author_patterns(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    form = rf"(?i:{re.escape(name)})"
    return (
        rf"(?P<kept>{_HEAD}(?:\s+(?:that|which))?(?:\s+(?:is|are|was|were))?\s+(?:written|published))\s+by\s+{form}(?!\w)",
        rf"(?P<kept>\b(?:is|was|were|been)\s+reported)\s+by\s+{form}(?!\w)",
        rf"(?P<kept>{_HELD})(?i:\s+(?:from|by)\s+){form}(?=\W*$|\s+(?i:about|on)\b)",
        rf"(?P<kept>\b(?i:everything|anything|all))(?i:\s+(?:from|by)\s+){form}(?=\W*$|\s+(?i:about|on)\b)",
        rf"(?i:,?\s*\b(?:according to|as (?:reported|written) by|reported by)\s+){form}(?!\w)(?:'s|’s)?,?",
    ), (
        rf"(?i:\b{REPORT} (?:by|from|of)\s+){form}(?!\w)",
        rf"{_WHAT_DID}{form}(?=(?i:\s+(?:{SAYS})\b))",
        rf"\b{form}['’]s?(?i: {_PIECES}\b)",
    )


def _tidy(rest: str, question: str) -> str:
    tidy = re.sub(r"\s+([?.!,])", r"\1", " ".join(rest.split())).strip(" ,")
    if not any(char.isalnum() for char in tidy):
        return question
    if question.rstrip().endswith("?") and not tidy.endswith("?"):
        tidy += "?"
    return tidy[:1].upper() + tidy[1:] if question[:1].isupper() else tidy
