"""What stands round a text without being part of it: headline, byline, date, credits, furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.bylines import UNSIGNED, Byline, is_name, read_byline, read_credit, read_outlet
from corpus.dates import UNDATED, Dated, read_date_line, read_dateline
from corpus.furniture import is_furniture

_TOP_LINES = 8
_LABEL_WORDS = 4
_LINES_OF_DATES = 40
_MOST_CREDITS = 12
_HEADLINE_CHARACTERS = 200
_HEADLINE_WORDS = 30
_TITLE_CHARACTERS = 80
_TITLE_WORDS = 12
_ABBREVIATED_END = re.compile(r"(?:\b[A-Z]\.)+$|\b(?:Inc|Ltd|Jr|Sr|Co|Corp|St|etc|vs|No|a\.m|p\.m)\.$")
_SENTENCE_END = re.compile(r"[.。:;,،…][\"”’')\]»]*$")
_SENTENCE_BREAK = re.compile(r"\b[a-z]{3,}[.][\"”’']?\s+[\"“‘]?[A-Z]")


@dataclass(frozen=True, slots=True)
class Edges:
    """A text without its edges, the headline that it has, and what was read from all bylines and credits together."""

    text: str
    title: str | None
    byline: Byline = UNSIGNED

    @property
    def dated(self) -> Dated:
        """The publication date that a line at either end states."""
        return Dated(self.byline.day, "byline") if self.byline.day else UNDATED


@dataclass(slots=True)
class _Found:
    lines: list[str]
    body: str
    title: str | None
    byline: Byline = UNSIGNED

    def take(self, byline: Byline) -> None:
        self.byline = self.byline.or_else(byline)


def trim(text: str, *, title: str | None, find_title: bool, locale: str | None) -> Edges:
    """Return a cleaned text without what stands round it, and what that said.

    title: the title where it is known already; a first line that repeats it goes. find_title:
    take a first line that reads like a headline as the title. Never leaves the text empty.
    """
    lines = [line.strip() for line in text.split("\n")]
    found = _Found(lines, "\n".join(lines), title)
    _trim_end(found, locale)
    _trim_top(found, find_title=find_title and title is None, locale=locale)
    body = "\n".join(found.lines).strip()
    if not body:
        return Edges(text.strip(), title)
    return Edges(body, found.title, found.byline.or_else(Byline(day=read_dateline(body))))


def _trim_end(found: _Found, locale: str | None) -> None:
    lines = found.lines
    credits_left = _MOST_CREDITS
    while len(lines) > 1 and credits_left:
        line = lines[-1]
        if line and not is_furniture(line, at_end=True):
            byline = read_credit(line) or read_byline(line)
            if byline is None and found.byline.author is None and _signs(line, found):
                byline = Byline(author=line.strip("—–- "))
            if byline is None:
                dated = read_date_line(line, locale=locale)
                if dated is None:
                    break
                byline = Byline(day=dated.day)
            found.take(byline)
            credits_left -= 1
        lines.pop()


def _signs(line: str, found: _Found) -> bool:
    """Return whether the last line is the writer's name: one that the text does not speak of."""
    before = next((other for other in reversed(found.lines[:-1]) if other), "")
    return bool(_SENTENCE_END.search(before) or before.endswith(("!", "?"))) and _is_writer(line, found.body)


def _is_writer(line: str, body: str) -> bool:
    name = line.strip("—–- ")
    if not is_name(name):
        return False
    words = [word for word in name.split() if len(word) > 2]
    rest = body.replace(line, " ", 1)
    # Words of headings and places come back in the text; the name of who wrote it does not.
    return not any(re.search(rf"\b{re.escape(word)}\b", rest, re.IGNORECASE) for word in words)


def _trim_top(found: _Found, *, find_title: bool, locale: str | None) -> None:
    lines = found.lines
    looking = find_title
    for _ in range(_TOP_LINES):
        while lines and not lines[0]:
            lines.pop(0)
        if len(lines) < 2:
            return
        line, rest = lines[0], lines[1:]
        if found.title and _same_words(line, found.title):
            lines.pop(0)
            looking = False
            continue
        dated = read_date_line(line, locale=locale)
        byline = Byline(day=dated.day) if dated else read_byline(line)
        leads = byline is None and not looking and _leads_to_header(line, rest, found, locale)
        may_be_writer = byline is None and found.byline.author is None and (found.title or not find_title)
        if leads and read_outlet(line):
            byline = Byline(outlet=read_outlet(line))
        elif may_be_writer and _heads(line, rest, found.body):
            byline = Byline(author=line)
        elif leads:
            byline = UNSIGNED  # "Politics"
        if byline:
            found.take(byline)
        elif is_furniture(line, at_end=False):
            pass
        elif looking and _reads_like_headline(line, rest):
            found.title = line
            looking = False
        else:
            return
        lines.pop(0)


def _leads_to_header(line: str, rest: list[str], found: _Found, locale: str | None) -> bool:
    """Return whether a line under the headline is an outlet or a section, for a byline or the date comes next.

    A text of several dates has its headings too: "Timeline", and the first day. Under an outlet stands the headline.
    """
    if (
        found.title is None
        or read_outlet(found.title)
        or len(line.split()) > _LABEL_WORDS
        or _SENTENCE_END.search(line)
        or line.endswith(("!", "?", ":"))
    ):
        return False
    after = next((other for other in rest if other), "")
    if read_byline(after):
        return found.byline.author is None
    if found.byline.day or not read_date_line(after, locale=locale):
        return False
    return sum(read_date_line(other, locale=locale) is not None for other in rest[:_LINES_OF_DATES] if other) == 1


def _heads(line: str, rest: list[str], body: str) -> bool:
    after = next((other for other in rest if other), "")
    return len(after) > len(line) and _is_writer(line, body)


def _same_words(line: str, title: str) -> bool:
    return re.findall(r"\w+", line.casefold()) == re.findall(r"\w+", title.casefold()) != []


def _reads_like_headline(line: str, rest: list[str]) -> bool:
    """Return whether a first line is a headline: short, no sentence with its stop, and a body after it."""
    words = line.split()
    if len(line) > _HEADLINE_CHARACTERS or len(words) > _HEADLINE_WORDS or not any(map(str.isalpha, line)):
        return False
    if (_SENTENCE_END.search(line) and not _ABBREVIATED_END.search(line)) or _SENTENCE_BREAK.search(line):
        return False
    if len(words) > 1 and words[0].islower():
        return False
    following = next((other for other in rest if other), "")
    if rest and rest[0] and rest[0][0].islower():
        return False  # the same sentence goes on
    return bool(following) and any(
        len(other) > len(line) or _SENTENCE_END.search(other) or other.endswith(("!", "?", ".”", "।"))
        for other in rest
        if other
    )


def first_words(text: str) -> str:
    """Return the first words of a text with "…", to stand in for a title it does not have."""
    line = next((line for line in text.split("\n") if line.strip()), "").strip()
    taken = ""
    for word in line.split()[:_TITLE_WORDS]:
        if taken and len(taken) + 1 + len(word) > _TITLE_CHARACTERS:
            break
        taken = f"{taken} {word}".lstrip()
    return taken[:_TITLE_CHARACTERS].rstrip(" .,;:!?—–-") + "…"
