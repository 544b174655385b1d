"""What the index holds, chosen, ordered and counted for the eye."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.article import Headline
from index import MonthlyCount

MOST_OUTLETS = 4
"""Outlets counted by name in a plot; the others are counted together."""
MOST_BARS = 48

ORDERS = ("newest", "oldest", "title", "outlet")


@dataclass(frozen=True, slots=True)
class Bar:
    """The articles of one month, or one year; by_outlet in the order of `Counts.outlets`."""

    name: str
    by_outlet: tuple[int, ...]

    @property
    def total(self) -> int:
        """All articles of the bar."""
        return sum(self.by_outlet)


@dataclass(frozen=True, slots=True)
class Counts:
    """Dated articles over time. outlets: by number of articles; None stands for all others."""

    outlets: tuple[str | None, ...]
    bars: tuple[Bar, ...]


def chosen(
    headlines: Iterable[Headline], *, text: str = "", outlet: str | None = None, order: str = "newest"
) -> list[Headline]:
    """Return the headlines that hold every word of `text` in title, outlet, author or date, in order.

    order: one of `ORDERS`; articles without a date or an outlet come last.
    """
    wanted = text.casefold().split()
    matching = (
        one
        for one in headlines
        if (outlet is None or one.outlet == outlet) and all(word in _words(one) for word in wanted)
    )
    found = sorted(matching, key=lambda one: one.title.casefold())
    if order == "title":
        return found
    if order == "outlet":
        return sorted(found, key=lambda one: (one.outlet is None, (one.outlet or "").casefold()))
    dated = [one for one in found if one.published]
    dated.sort(key=lambda one: one.published or date.min, reverse=order == "newest")
    return dated + [one for one in found if not one.published]


def counts(monthly: Sequence[MonthlyCount]) -> Counts:
    """Count the dated articles by month, or by year where that is more than `MOST_BARS` months."""
    dated = [(one.month.year * 12 + one.month.month - 1, one) for one in monthly if one.month]
    frequent = Counter[str]()
    for _, one in dated:
        if one.outlet:
            frequent[one.outlet] += one.articles
    named = tuple(sorted(frequent, key=lambda outlet: (-frequent[outlet], outlet))[:MOST_OUTLETS])
    outlets: tuple[str | None, ...] = named if all(one.outlet in named for _, one in dated) else (*named, None)
    place = {outlet: number for number, outlet in enumerate(outlets)}
    months = Counter[tuple[int, int]]()
    for month, one in dated:
        months[month, place.get(one.outlet, len(named))] += one.articles
    if not months:
        return Counts((), ())
    first, last = min(month for month, _ in months), max(month for month, _ in months)
    if last - first < MOST_BARS:
        bars = [
            _bar(f"{date(month // 12, month % 12 + 1, 1):%b %Y}", [month], months, outlets)
            for month in range(first, last + 1)
        ]
    else:
        bars = [
            _bar(str(year), range(year * 12, year * 12 + 12), months, outlets)
            for year in range(first // 12, last // 12 + 1)
        ]
    return Counts(outlets, tuple(bars))


def _bar(name: str, span: Iterable[int], months: Mapping[tuple[int, int], int], outlets: Sequence[str | None]) -> Bar:
    return Bar(name, tuple(sum(months.get((month, place), 0) for month in span) for place in range(len(outlets))))


def _words(headline: Headline) -> str:
    published = headline.published.isoformat() if headline.published else ""
    return " ".join(filter(None, (headline.title, headline.outlet, headline.author, published))).casefold()
