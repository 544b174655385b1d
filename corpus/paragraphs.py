"""Lines broken to fit a page, put back together into paragraphs."""

from __future__ import annotations

import re
from itertools import pairwise

_ENDS_SENTENCE = re.compile(r"[.!?…。！？:;][\"”’')\]»]*$")
_LIST_ITEM = re.compile(r"(?:[-*•·–—]|\d{1,2}[.)])\s")
_WORD_END = re.compile(r"(\w+)-$")
_WORD_START = re.compile(r"(\w+)")
_MIN_WIDTH, _MAX_WIDTH = 45, 110


def is_hard_wrapped(lines: list[str]) -> bool:
    """Return whether lines were broken by width, as in mail or a page of print, not by paragraph."""
    broken = [line for line, following in pairwise(lines) if line and following]
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
    next goes on in lower case. Headings and list items stay on their own.
    """
    width = max((len(line) for line in lines), default=0)
    words = frozenset(re.findall(r"[\w-]+", " ".join(lines).lower()))
    joined: list[str] = []
    previous = ""
    for line in lines:
        if joined and previous and line and _goes_on(previous, line, width):
            joined[-1] = _join(joined[-1], line, words)
        else:
            joined.append(line)
        previous = line
    return joined


def _goes_on(line: str, following: str, width: int) -> bool:
    if _LIST_ITEM.match(following):
        return False
    if following[0].islower() or line.endswith("-"):
        return True
    return len(line) > width * (0.85 if _ENDS_SENTENCE.search(line) else 0.6)


def _join(line: str, following: str, words: frozenset[str]) -> str:
    head, tail = _WORD_END.search(line), _WORD_START.match(following)
    if not head or not tail:
        return f"{line} {following}"
    whole, parted = (head[1] + tail[1]).lower(), f"{head[1]}-{tail[1]}".lower()
    keeps_hyphen = whole not in words and (parted in words or not tail[1][0].islower())
    return line + following if keeps_hyphen else line[:-1] + following
