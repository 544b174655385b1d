"""Saying that the articles do not hold it: why, what occurs nowhere, and what comes closest."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.answer import Query, Refusal
from assistant.question import Question
from assistant.values import values
from assistant.written_dates import YEAR
from index.passage import Hit

if TYPE_CHECKING:
    from index import Coverage

CLOSEST = 3

_BEFORE_THINGS = frozenset(
    "the a an of in on at for from by with about any some many much few fewer more most which what whose his her its "
    "their this that these those and or no new first last every each against between during over per like as".split()
)
_REASONS = {
    "empty": "There are no articles to answer from. Add some, then ask again.",
    "nothing": "Nothing in the articles bears on this question.",
    "filtered": "No article matches these filters: {filters}.",
    "missing": "The articles do not hold this.",
    "dates": "The articles do not reach that date.",
    "roles": "The articles say this only the other way round.",
    "more": "The articles hold no more on this than was said.",
    "weak": "The articles come near this, but do not answer it.",
}


def refuses(text: str) -> bool:
    """Whether a text is a refusal as it was worded here, and no answer of articles."""
    return text.lstrip().startswith(tuple(reason.partition("{")[0] for reason in _REASONS.values()))


def missing_words(question: Question, absent: Collection[str]) -> tuple[str, ...]:
    """Return the words and names of the question whose stems are absent, as they are written in it."""
    whole = [name for name in question.names if not name.stems.isdisjoint(absent)]
    taken = frozenset[str]().union(*(name.stems for name in whole))
    alone = [word.text for word in question.terms if word.stem in absent and word.stem not in taken]
    return tuple(dict.fromkeys([*(name.text for name in whole), *alone]))


def _names_thing(question: str, word: str) -> bool:
    """Whether a word stands where a thing is named. A deed ("goes", "visit") has too many other words to be missed."""
    before = re.search(rf"([\w’']+)[^\w’']+{re.escape(word)}\b", question, re.IGNORECASE)
    return before is not None and (
        before[1].lower() in _BEFORE_THINGS or before[1].lower().endswith(("'s", "’s", "s'"))
    )


def refuse(
    reason: str,
    hits: Sequence[Hit],
    *,
    query: Query,
    missing: Sequence[str],
    facts: Coverage,
) -> Refusal:
    """Return the refusal: one line why, and the headlines of the nearest articles, each once."""
    oldest, newest = facts.oldest, facts.newest
    # Who writes the articles is not missing from them.
    byline = [text for text in missing if of_a_credit(text, facts)]
    missing = [text for text in missing if text not in byline]
    beyond = _beyond(query, oldest, newest)
    if beyond and reason in ("nothing", "missing", "weak"):
        reason = "dates"
    missing = [text for text in missing if not text.islower() or _names_thing(query.text, text)]
    missing = [text for text in missing if _untold_year(text, facts) or not _is_date(text)]
    if reason == "missing" and not missing:
        reason = "weak"
    parts = [_REASONS[reason].format(filters=filters(query))]
    if missing and reason != "empty":
        quoted = ", ".join(f"“{word}”" for word in missing)
        parts.append(f"{quoted} {'occurs' if len(missing) == 1 else 'occur'} nowhere in them.")
    if byline:
        quoted, verb = ", ".join(f"“{name}”" for name in byline), "is" if len(byline) == 1 else "are"
        parts.append(f"{quoted} {verb} named in them only as an author or outlet.")
    if beyond and oldest and newest:
        parts.append(f"Their dates run from {oldest.isoformat()} to {newest.isoformat()}.")
    if (query.since or query.until) and newest is None:
        parts.append("None of them is dated, so none is known to lie in that time.")
    closest = tuple(dict.fromkeys(hit.passage.article for hit in hits))[:CLOSEST]
    return Refusal(reason, " ".join(parts), closest, tuple(missing))


def _is_date(text: str) -> bool:
    return any(value.kind == "date" for value in values(text))


def _untold_year(text: str, facts: Coverage) -> bool:
    """Whether a word is a year before all articles: one of theirs they may call "this year", or not at all."""
    return bool(YEAR.fullmatch(text)) and (facts.oldest is None or int(text) < facts.oldest.year - 1)


def of_a_credit(text: str, facts: Coverage) -> bool:
    """Whether a word or a name is one of an author or outlet, or some words of it."""
    whole = re.compile(rf"(?<!\w){re.escape(text.casefold())}(?!\w)")
    return any(whole.search(name.casefold()) for name in (*facts.authors, *facts.outlets))


def _beyond(query: Query, oldest: date | None, newest: date | None) -> bool:
    """Whether the question reaches past the newest article, or its filter outside them all.

    Articles tell of what was before them, so an early year says nothing; a later one is out of their reach.
    """
    if oldest is None or newest is None:
        return False
    filtered = (query.since or newest) > newest or (query.until or oldest) < oldest
    return filtered or any(int(year) > newest.year for year in re.findall(r"\b2[01]\d\d\b(?! [a-z]+s\b)", query.text))


def unbound(query: Query) -> str:
    """Return the line that says that no article within the dates of a query answers it, so that all were asked."""
    days = filters(Query("", since=query.since, until=query.until))
    return f"No article published {days} answers this. The answer is from articles of any date."


def bounded(query: Query, *, days_certain: bool) -> str:
    """Return the line that says under which filters nothing answers this; empty where there were none.

    days_certain: False where the days were only tried, and all articles after them.
    """
    if not days_certain and (query.since or query.until):
        days = filters(Query("", since=query.since, until=query.until))
        return f"No article published {days} answers this, nor one of any other date."
    told = filters(query)
    return f"Searched under these filters: {told}." if told else ""


def filters(query: Query) -> str:
    """Return the filters of a query for a reader; empty without any."""
    parts = [*query.outlets, *query.authors]
    if query.since:
        parts.append(f"since {query.since.isoformat()}")
    if query.until:
        parts.append(f"until {query.until.isoformat()}")
    return ", ".join(parts)
