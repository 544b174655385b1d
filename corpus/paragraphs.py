"""Lines broken to fit a page, put back together into paragraphs; cells of a table, into the line of their row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

_ENDS_SENTENCE = re.compile(r"[.!?…。！？:;][\"”’')\]»]*$")
_LIST_ITEM = re.compile(r"(?:[-*•·–—]|\d{1,2}[.)])\s")
_TABLE_ROW = re.compile(r"\S(?:\t+| {3,})\S.*?(?:\t+| {3,})\S")
_WORD_END = re.compile(r"(\w+)-$")
_WORD_START = re.compile(r"(\w+)")
_MIN_WIDTH, _MAX_WIDTH = 45, 110
_LONGEST_WORD = 60


def row_line(cells: Iterable[str]) -> str:
    """Return a row of a table as one line; an empty cell keeps its place before others, each figure its column."""
    texts = [" ".join(cell.split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    if sum(map(bool, texts)) < 2:  # no table, but what holds a page together
        return "".join(texts)
    return " |".join(f" {text}" if text else "" for text in texts).strip()


def is_hard_wrapped(lines: list[str]) -> bool:
    """Return whether lines were broken by width, as in mail or a page of print, not by paragraph."""
    broken = [line for line, following in pairwise(lines) if line and following and not _TABLE_ROW.search(line)]
    if len(broken) < 2:
        return False
    width = max(map(len, broken))
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return False
    full = sum(len(line) > width * 0.7 for line in broken)
    mid_sentence = sum(not _ENDS_SENTENCE.search(line) for line in broken)
    return full >= len(broken) * 0.6 and mid_sentence >= len(broken) * 0.5


def unwrap(lines: list[str]) -> list[str]:
    """Return lines with those of one paragraph joined, and words parted at a line's end made whole.

    An empty line ends a paragraph; so does a line that stops well before the margin, unless the
    next goes on in lower case. Headings, list items and rows of a table stay on their own.
    """
    width = max((len(line) for line in lines), default=0)
    words = frozenset(re.findall(r"[\w-]+", " ".join(lines).lower()))
    paragraphs: list[list[str]] = []
    previous = ""
    for line in lines:
        if previous and line and _goes_on(previous, line, width):
            keeps_end, joint = _joint(previous, line, words)
            if not keeps_end:
                paragraphs[-1][-1] = previous[:-1]
            paragraphs[-1] += [joint, line]
        else:
            paragraphs.append([line])
        previous = line
    return ["".join(parts) for parts in paragraphs]


def _goes_on(line: str, following: str, width: int) -> bool:
    if _LIST_ITEM.match(following) or _TABLE_ROW.search(line) or _TABLE_ROW.search(following):
        return False
    if following[0].islower() or line.endswith("-"):
        return True
    return len(line) > width * (0.85 if _ENDS_SENTENCE.search(line) else 0.6)


def _joint(line: str, following: str, words: frozenset[str]) -> tuple[bool, str]:
    """Return whether the last character of a line stays, and what comes between it and the next line."""
    head, tail = _WORD_END.search(line[-_LONGEST_WORD:]), _WORD_START.match(following[:_LONGEST_WORD])
    if not head or not tail:
        return True, " "
    whole, parted = (head[1] + tail[1]).lower(), f"{head[1]}-{tail[1]}".lower()
    return whole not in words and (parted in words or not tail[1][0].islower()), ""
