"""Citation markers in what a model writes, and its sentences as they come in: what is text, and what only points.

The text of a model is data: links lose their target, images and HTML tags vanish, markers become numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.splitting import sentences

_REMOVED = re.compile(
    r"""\s?[\[【［]\s*\^?(?:(?:sources?|passages?|articles?|refs?|documents?|footnotes?|notes?)\.?\s*:?\s*[\#]?)?
        (?P<numbers>\d{1,3}(?:\s*(?:,|;|&|and|-|–|—|to)\s*\^?\d{1,3})*)
        \s*(?:[:†][^\[\]【】［］\n]{0,40})?[\]】］](?:\([^()\s]{0,200}\))?
      | \s?!\[[^\[\]\n]{0,200}\]\([^()\n]{0,400}\)
      | </?[A-Za-z!][^<>\n]{0,400}>
      | \[(?P<link>[^\[\]\n]{0,200})\]\([^()\n]{0,400}\)""",
    re.VERBOSE | re.IGNORECASE,
)
"""A marker, an image, an HTML tag, a link; of the last the words stay."""
_RANGE = re.compile(r"(\d+)\s*(?:-|–|—|to)\s*\^?(\d+)|(\d+)")
_BULLET = re.compile(r"^\s*(?:[-*•–+>]+\s+|#{1,6}\s+|\(?\d{1,2}[.)]\s+|\|\s*)+")
_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|`+|~~")
_OPENED = re.compile(
    r"\s?!?[\[【［<][^\]】］>\n]*\Z|\s?!?\[[^\[\]\n]{0,200}\]\([^()\n]*\Z|\s?[\[【［][^\]】］\n]*[\]】］]\Z"
)
_STOPS = re.compile(r"[.!?…。！？؟।\n]")
_LOOK_AHEAD = 80
"""Characters, from where the next one begins, that decide whether a sentence has ended ("Mr. Smith")."""
_HELD = 240
"""A bracket that is not closed after so many characters is text."""
_STEP = 24
"""Characters that have to come in before the text is looked at again."""
_SHARE = 8
"""And so great a share of what was looked at before: keeps the work linear where a sentence is all markers."""
_FULL = 1200
_MEANT = r"(?:the |this |these )?(?:provided |given |numbered )?(?:passages?|texts?|contexts?|excerpts?)(?: \d+)?"
_POINTED = re.compile(
    rf"^\W*(?:(?:according to|based on|as (?:stated|mentioned) in|in|from) {_MEANT}(?: provided| given| above)?,\s*"
    rf"|{_MEANT} (?:also |further )?(?:states?|says?|mentions?|notes?|indicates?|reports?|explains?|tells? us|shows?"
    r"|suggests?) (?:that )?,?\s*)",
    re.IGNORECASE,
)
"""What a model puts before a claim to say that it was given it: the footnote says so, and it names no speaker."""
_ON_PASSAGE = re.compile(
    rf"^\W*{_MEANT} (?:(?:is|are) (?:about(?! \d)|discussing|referring|describing|related|focused|concerned|talking)"
    r"|seems?|appears? to be|discuss(?:es)?|describes?|refers?|focus(?:es)?|talks?|provides?|contains?)\b",
    re.IGNORECASE,
)
MOST_SENTENCES = 60
"""Sentences taken from one answer; a model that does not stop is stopped."""


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence of a model without its markers, and the numbers these point to, each once, in order.

    The numbers are as the model wrote them: 0 and numbers without a passage are among them.
    """

    text: str
    cited: tuple[int, ...] = ()


class Assembler:
    """Puts the pieces of a stream together and hands out sentences; the same ones however the text was cut."""

    def __init__(self) -> None:
        """Begin with no text."""
        self._pending = ""
        self._seen = 0

    def feed(self, piece: str) -> list[Written]:
        """Take a piece of text; return the sentences that are now complete."""
        self._pending += piece
        if len(self._pending) - self._seen < max(_STEP, self._seen // _SHARE):
            return []
        self._seen = len(self._pending)
        if len(self._pending) < _FULL and not _STOPS.search(self._pending):
            return []
        return self._cut(ended=False)

    def close(self) -> list[Written]:
        """Return what is left; the text has ended."""
        return self._cut(ended=True)

    def _cut(self, *, ended: bool) -> list[Written]:
        text, held = self._pending, ""
        if not ended:
            opened = _OPENED.search(text, max(0, len(text) - _HELD))
            if opened:
                text, held = text[: opened.start()], text[opened.start() :]
        bare, markers = _without_markers(text)
        spans = sentences(bare)
        ready = len(spans) if ended else sum(len(bare) - start >= _LOOK_AHEAD for start, _ in spans[1:])
        if not ready:
            if not spans and len(text) > _FULL:  # blanks and markers without end, pointing from nothing
                self._pending, self._seen = held, len(held)
            return []
        taken, used = _assigned(bare, spans, markers, ready)
        cut = max(_place(markers, spans[ready - 1][1]), markers[used - 1].end if used else 0)
        self._pending = "" if ended else text[cut:] + held
        self._seen = len(self._pending)
        return [one for one in taken if one.text]


@dataclass(frozen=True, slots=True)
class _Marker:
    """What was taken out: [start, end) of the text, [at, behind) of the text without, where a link left its words."""

    at: int
    behind: int
    numbers: tuple[int, ...]
    start: int
    end: int


def numbers(marker: str) -> tuple[int, ...]:
    """Return the numbers that the inside of a marker points to: "1, 3-5" is 1, 3, 4, 5; each once."""
    found: list[int] = []
    for match in _RANGE.finditer(marker):
        if match[3]:
            found.append(int(match[3]))
        else:
            first, last = int(match[1]), int(match[2])
            found += range(first, last + 1) if first <= last <= first + 50 else [first, last]
    return tuple(dict.fromkeys(found))


def plain(text: str) -> str:
    """Return a sentence as words on one line, without Markdown signs; empty if no word is in it."""
    bare = _EMPHASIS.sub("", _BULLET.sub("", text))
    bare = " ".join(bare.split())
    bare = re.sub(r"\s+([.,;:!?])", r"\1", bare)
    return bare if any(char.isalnum() for char in bare) else ""


def claimed(text: str) -> str:
    """Return a sentence without "the passage states that" before it."""
    bare = _POINTED.sub("", text, count=1)
    return bare if bare == text else bare[:1].upper() + bare[1:]


def of_the_passage(text: str) -> bool:
    """Whether a sentence speaks of what was given to read, not of what happened."""
    return bool(_ON_PASSAGE.match(text))


def _without_markers(text: str) -> tuple[str, list[_Marker]]:
    """Return the text without markers and markup, and what was taken out of it, in order."""
    parts: list[str] = []
    found: list[_Marker] = []
    last = length = 0

    def keep(piece: str) -> None:
        nonlocal length
        parts.append(piece)
        length += len(piece)

    for match in _REMOVED.finditer(text):
        keep(text[last : match.start()])
        keep("\n" if match[0].startswith("\n") else "")
        at = length
        keep(match["link"] or "")
        cited = numbers(match["numbers"]) if match["numbers"] else ()
        found.append(_Marker(at, length, cited, match.start(), match.end()))
        last = match.end()
    keep(text[last:])
    return "".join(parts), found


def _place(markers: list[_Marker], at: int) -> int:
    """Return where a place of the text without markers lies in the text with them, before the markers there."""
    removed = 0
    for marker in markers:
        if marker.at >= at:
            break
        removed = marker.end - marker.behind
    return at + removed


def _assigned(bare: str, spans: list[tuple[int, int]], markers: list[_Marker], ready: int) -> tuple[list[Written], int]:
    """Give each marker to the sentence it stands in or behind; one that opens a line, to the sentence it opens.

    Returns the first `ready` sentences and how many markers they took.
    """
    used = 0
    found: list[Written] = []
    for number, (start, end) in enumerate(spans[:ready]):
        following = spans[number + 1][0] if number + 1 < len(spans) else None
        cited: list[int] = []
        while used < len(markers) and (following is None or markers[used].at < following):
            opens = "\n" in bare[end : markers[used].at] if markers[used].at > end else False
            if opens and following is not None and not bare[markers[used].at : following].strip(" \t"):
                break
            cited += markers[used].numbers
            used += 1
        found.append(Written(plain(bare[start:end]), tuple(dict.fromkeys(cited))))
    return found, used
