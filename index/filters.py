"""What is asked for of articles: outlets, authors, dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from corpus.article import Headline
from corpus.cleaning import clean
from corpus.names import as_seen
from index.errors import BadFilter


def folded(name: str) -> str:
    """Return a name to filter by as everybody sees it, without regard to case; stored names differ in case only."""
    return as_seen(clean(name)).casefold()


def as_names(names: str | Sequence[str] | None) -> tuple[str, ...] | None:
    """Return names given singly, severally or not at all as a tuple or None; `Filters` refuses what is no name."""
    if names is None:
        return None
    return tuple(names) if isinstance(names, Iterable) and not isinstance(names, str | bytes) else (names,)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage's article must be.

    Names are compared without regard to case, an author's also in part; dates are inclusive, and an
    undated article satisfies none.
    """

    outlets: tuple[str, ...] | None = None
    authors: tuple[str, ...] | None = None
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        """Raise BadFilter where nothing could ever pass: no name, what is no day, an end before its beginning."""
        for what, names in (("outlet", self.outlets), ("author", self.authors)):
            if strange := [one for one in names or () if not isinstance(one, str)]:
                raise BadFilter(f"The {what} to filter by is {strange[0]!r}. Give a name as text, or a list of names.")
            if names is not None and not (names and all(map(folded, names))):
                raise BadFilter(f"The {what} to filter by is empty. Name one, or leave the filter out.")
        for name, day in (("since", self.since), ("until", self.until)):
            if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
                raise BadFilter(f"{name} is {day!r}. Give a day, as in datetime.date(2024, 5, 3), or leave it out.")
        if self.since and self.until and self.since > self.until:
            raise BadFilter(
                f"Nothing lies since {self.since} and until {self.until}: the end comes first. Exchange the two dates."
            )

    def __bool__(self) -> bool:
        """Whether anything is filtered."""
        return any(one is not None for one in (self.outlets, self.authors, self.since, self.until))

    def admits(self, headline: Headline) -> bool:
        """Whether one article passes."""
        outlet, author = (headline.outlet or "").casefold(), (headline.author or "").casefold()
        if self.outlets is not None and outlet not in map(folded, self.outlets):
            return False
        if self.authors is not None and not any(folded(name) in author for name in self.authors):
            return False
        if self.since is None and self.until is None:
            return True
        day = headline.published
        return day is not None and (self.since or day) <= day <= (self.until or day)


EVERYTHING = Filters()
"""No filter."""
