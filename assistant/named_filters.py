"""Filters named in the words of a question: outlets and authors of the index, and dates of publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.days import DAY, before, period
from assistant.written_dates import SPAN_OF_DAYS

_REPORT = r"(?:articles?|reports?|stories|story|coverage|news|pieces?|reporting|headlines|posts?)"
_SAYS = r"say|said|report|reported|write|written|tell|told|claim|claimed|publish|published"
_BOUND = re.compile(
    rf"[,(]?\s*\b(?P<word>as of|as at|before|until|till|up to|by|after|since|from|in|on"
    rf"|during)\s+(?P<day>{DAY})(?![\w-])\)?",
    re.IGNORECASE,
)
_SPAN = re.compile(rf"[,(]?\s*\b(?P<day>{SPAN_OF_DAYS})\b\)?", re.IGNORECASE)
_ACCORDING = re.compile(r"(?i:,?\s*\baccording to (?:the )?)(?P<name>[A-Z][\w.]{2,}(?: [A-Z][\w.]+)*),?")
_CUE = re.compile(
    rf"\b(?:published|written|reported|posted|{_REPORT}|new|news|latest)(?:\W+\w+){{0,6}}\W*$", re.IGNORECASE
)


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
    near, authors = _possible(question, outlets), _possible(question, authors)
    rest, found_outlets = _named(question, near, _outlet_patterns)
    if len([name for name in near if re.search(rf"(?<!\w){as_written(name)}(?!\w)", question)]) > len(found_outlets):
        rest, found_outlets = question, ()  # it weighs several outlets against each other: none may fall out
    if not found_outlets:
        rest, found_outlets = _in_part(question, outlets)
    rest, found_authors = _named(rest, authors, _author_patterns)
    told = by_sources(question, (*found_outlets, *found_authors)) != question
    rest, since, until, certain = _dated(rest, today, published=told)
    certain = certain or told  # what an outlet said before March was published before March
    return NamedFilters(_tidy(rest, question), found_outlets, found_authors, since, until, certain)


def _possible(question: str, names: Sequence[str]) -> list[str]:
    """Return the names whose letters are in the question at all: patterns for two thousand take a second."""
    asked = question.casefold()
    return [name for name in names if _bare(name).casefold() in asked]


def _named(
    question: str, known: Sequence[str], patterns: Callable[[str], tuple[tuple[str, ...], tuple[str, ...]]]
) -> tuple[str, tuple[str, ...]]:
    found: list[str] = []
    rest = question
    for name in sorted(known, key=len, reverse=True):
        apart, within = patterns(name)
        match = next((match for pattern in apart if (match := re.search(pattern, rest))), None)
        if match:
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
        if match or any(re.search(pattern, rest) for pattern in within):
            found.append(name)
    return rest, tuple(sorted(found, key=known.index))


def _in_part(question: str, outlets: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the outlets whose name holds what "according to" names: "Haqqin.az" is in "Sample, after Haqqin.az"."""
    match = _ACCORDING.search(question)
    if match is None:
        return question, ()
    part = match["name"].rstrip(".,").casefold()
    found = tuple(name for name in outlets if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", name.casefold()))
    return (f"{question[: match.start()]} {question[match.end() :]}", found) if found else (question, ())


def as_written(name: str) -> str:
    """Return a pattern for the name as people write it: with or without "The", quotes, and what follows a bar."""
    whole, bare = re.escape(name), re.escape(_bare(name))
    case = "" if len(name) < 6 else "(?i:"
    close = "" if len(name) < 6 else ")"
    return rf"['’‘“\"]?{case}(?:{whole}|(?:[Tt]he )?{bare}){close}['’”\"]?"


@lru_cache(maxsize=4_000)
def _bare(name: str) -> str:
    """Return a name without "The" before it, and without what follows a bar."""
    return re.sub(r"^The ", "", re.split(r"\s+[|–-]\s+", name)[0])


def by_sources(question: str, sources: Sequence[str]) -> str:
    """Return the question with "the articles" for an outlet or author who is asked what they say; else unchanged."""
    for name in sources:
        question = re.sub(
            rf"(?i:\bwhat (?:does|did|do|has|have)\s+){as_written(name)}(?i:\s+(?:{_SAYS})\b)",
            "What did the articles say",
            question,
            count=1,
        )
    return question


def _outlet_patterns(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return patterns whose words only filter and can go, and patterns that are part of the question's sentence."""
    form = as_written(name)
    return (
        rf"(?i:,?\s*\b(?:according to|as reported (?:by|in)|reported by|as "
        rf"per)\s+){form}(?!\w)(?:'s|’s)?(?i:\s+{_REPORT})?,?",
        rf"(?i:^\s*(?:in|for)\s+){form}\s*,",
        rf"(?i:,?\s+(?:in|from|by)\s+){form}(?=\s*\??\s*$)",
    ), (
        rf"(?i:\b(?:in|from|by|on|of|the|an?)\s+(?:the\s+)?){form}(?i:(?:'s|’s)?\s+{_REPORT})\b",
        rf"{form}(?i:(?:'s|’s)?\s+(?:article|report|coverage)s?)\b",
        rf"(?i:\b{_REPORT}\s+(?:in|from|by|on|of|published (?:in|by))\s+){form}(?!\w)",
        rf"(?i:\bwhat (?:does|did|do|has|have)\s+){form}(?=(?i:\s+(?:{_SAYS})\b))",
    )


def _author_patterns(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    form = rf"(?i:{re.escape(name)})"
    return (
        rf"(?i:,?\s*\b(?:according to|as reported by|(?:written|reported|published) by)\s+){form}(?!\w)(?:'s|’s)?,?",
    ), (
        rf"(?i:\b{_REPORT} (?:by|from|of)\s+){form}(?!\w)",
        rf"(?i:\bwhat (?:does|did|has)\s+){form}(?=(?i:\s+(?:{_SAYS})\b))",
    )


def _dated(question: str, today: date, *, published: bool) -> tuple[str, date | None, date | None, bool]:
    bounds = list(_BOUND.finditer(question))
    if len(bounds) > 1 and not any(match["word"].lower().startswith("as ") for match in bounds):
        return question, None, None, True  # several dates set events apart, they do not bound what was published
    for match in bounds:
        word, named = match["word"].lower(), match["day"]
        days = period(named, today)
        if days is None or (named.lower() in ("may", "march") and not named[:1].isupper()):
            continue
        hard = word.startswith("as ")
        cued = published or bool(_CUE.search(question[: match.start()]))
        if days.exact == "year" and re.fullmatch(r"\d{4}", named) and not (hard or cued):
            continue
        since: date | None = None
        until: date | None = None
        if word in ("as of", "as at", "until", "till", "up to", "by"):
            until = days.last
        elif word == "before":
            until = before(days.first, 1)
        elif word == "after":
            since = before(days.last, -1)
        elif word in ("since", "from"):
            since = days.first
        elif cued:
            since, until = days.first, days.last
        else:
            continue
        rest = f"{question[: match.start()]} {question[match.end() :]}" if hard or cued or since or until else question
        return rest, since, until, hard or (cued and word not in ("in", "on", "during"))
    span = _SPAN.search(question)
    if span:
        days = period(span["day"], today)
        if days:
            rest = f"{question[: span.start()]} {question[span.end() :]}"
            return rest, days.first, days.last, bool(_CUE.search(question[: span.start()]))
    return question, None, None, True


def _tidy(rest: str, question: str) -> str:
    tidy = re.sub(r"\s+([?.!,])", r"\1", " ".join(rest.split())).strip(" ,")
    if not any(char.isalnum() for char in tidy):
        return question
    if question.rstrip().endswith("?") and not tidy.endswith("?"):
        tidy += "?"
    return tidy[:1].upper() + tidy[1:] if question[:1].isupper() else tidy
