"""Where sentences and passages begin and end. Spans are carried from the first character on, never searched for.

A search for the text afterwards finds the first of two equal sentences, so offsets made that way
point to the wrong place wherever an article repeats itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from corpus.article import Article
from index.passage import Passage, passage_id

PASSAGE_TOKENS = 200
"""Aim for a passage, in estimated tokens. The bundled encoder reads 256, title included."""

_TOKEN = re.compile(r"[぀-ヿ㐀-鿿가-힯฀-๿က-႟]|\w{1,7}|[^\w\s]")

# The full stop of these belongs to the word, whatever follows.
_TITLES = frozenset(
    "mr mrs ms mx dr prof gen col lt maj capt cmdr sgt cpl adm sen rep gov pres hon rev fr msgr st mt ft supt insp "
    "messrs mme mlle vs al figs vol pp approx dept est asst atty brig cdr drs gens govs pfc sens sgts spc".split()
)
# These stand before a number ("No. 7", "Sept. 3"), and otherwise end a sentence like any word.
_BEFORE_NUMBER = frozenset("no nos art sec fig ch p para jan feb mar apr jun jul aug sep sept oct nov dec c ca".split())
# These stand in mid-sentence and at the end alike: only a word that usually opens a sentence decides.
_EITHER = frozenset(
    "inc corp ltd co cos bros jr sr etc ave blvd rd plc ltda dist univ assn govt avg min max reps profs".split()
)
_STARTERS = frozenset(
    "the a an this that these those he she it they we i you his her its their our my your there here who what when "
    "where why how which in on at by for from with without after before during since until under over between among as "
    "if although though while because but and or so yet however meanwhile moreover still then also now today yesterday "
    "last next later earlier once some many most several all both each every no not one two three according asked "
    "despite even only such other another".split()
)
_SAYING = (
    "said says asked told added replied wrote writes warned insisted argued explained claimed announced declared "
    "shouted recalled noted stressed continued"
)

_BOUNDARY = re.compile(
    r"""(?P<stop>[.!?…]+|[。！？؟।])
        (?P<close>["'”’»)\]]*)
        (?P<gap>\s*)
        (?=(?P<next>["'“‘«(\[¿¡—–-]*\s?\w?))""",
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[\w.’'&-]*\Z")
_DECIMAL = re.compile(r"\d+\.\d+[A-Za-z]{0,3}")
"""A sum or a measure before the stop: the 1.7bn of "£1.7bn.", whose point is its own."""
_FIRST_WORD = re.compile(r"\W*([\w’']*)")
_SPOKEN = re.compile(rf"(?:\W*\w+){{0,4}}?\W*\b(?:{'|'.join(_SAYING.split())})\b")
_BREATH = re.compile(r"[;:,—–]\s|\s")


def token_estimate(text: str) -> int:
    """Count the tokens an encoder would see, to about a tenth: one per short word, sign or ideograph."""
    return sum(1 for _ in _TOKEN.finditer(text))


def sentences(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every sentence, in order, without the blanks around it.

    A line break always ends a sentence, so headings and captions stand alone. A run of more than
    `PASSAGE_TOKENS` without an end is cut at a comma, else at a blank, else where it is full.
    """
    return [piece for line in _lines(text) for span in _line_sentences(text, *line) for piece in _bounded(text, *span)]


def split(article: Article) -> list[Passage]:
    """Return the passages of an article: whole sentences, about `PASSAGE_TOKENS` each and of even size.

    Together they hold every sentence exactly once.
    """
    spans = sentences(article.text)
    sizes = [token_estimate(article.text[start:end]) for start, end in spans]
    passages = -(-sum(sizes) // PASSAGE_TOKENS)
    aim = sum(sizes) / max(passages, 1)
    headline = article.headline
    return [
        Passage(passage_id(article.id, start, end, body), headline, ordinal, start, end, body)
        for ordinal, (start, end) in enumerate(_groups(spans, sizes, aim))
        for body in (article.text[start:end],)
    ]


def _groups(spans: list[tuple[int, int]], sizes: list[int], aim: float) -> Iterator[tuple[int, int]]:
    """Join neighbouring sentences until the next one would lead further from the aim than stopping."""
    start, filled = 0, 0
    for at, size in enumerate(sizes):
        if filled and abs(filled - aim) <= abs(filled + size - aim):
            yield spans[start][0], spans[at - 1][1]
            start, filled = at, 0
        filled += size
    if spans:
        yield spans[start][0], spans[-1][1]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+", text):
        yield _stripped(text, *match.span())


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _line_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _BOUNDARY.finditer(text, start, end):
        if match.start() >= start and _ends_sentence(text, start, end, match):
            yield start, match.end("close")
            start = match.end("gap")
    start, end = _stripped(text, start, end)
    if start < end:
        yield start, end


def _ends_sentence(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    stop, after = match["stop"], match.end("gap")
    if after >= end:
        return False
    if stop in "。！？؟।":
        return True
    following = _FIRST_WORD.match(text, after, min(end, after + 60))
    word = following[1] if following else ""
    before = _LAST_WORD.search(text, max(start, match.start() - 40), match.start())
    last = before[0] if before else ""
    if not match["gap"]:
        # "… said.The minister …": a blank lost in extraction; anything else without a blank is 3.5 or a name.
        return (
            stop == "." and word.lower() in _STARTERS and word[:1].isupper() and last[-2:].islower() and len(last) > 2
        )
    if word[:1].islower() or (not word and match["next"].strip() == ""):
        return False
    if match["close"] and _SPOKEN.match(text, after, min(end, after + 60)) and word.lower() not in _STARTERS:
        return False  # “Why not?” Cohen asked.
    if stop != ".":
        return True
    bare = last.lower().rstrip(".")
    if bare in _TITLES:
        return False
    if bare in _BEFORE_NUMBER and word[:1].isdigit():
        return False
    if _DECIMAL.fullmatch(last) and before and before.start() > start:
        return not word[:1].isdigit()  # what opens a line with a number is an outline: "1.2. The harbour"
    dotted = "." in last or (len(bare) == 1 and last.isupper())  # U.S., p.m., J.
    if dotted or bare in _EITHER:
        return word.lower() in _STARTERS and word != "I"
    return True


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > PASSAGE_TOKENS:
        ends = [match.end() for match in islice(_TOKEN.finditer(text, start, end), PASSAGE_TOKENS + 1)]
        if len(ends) <= PASSAGE_TOKENS:
            break
        full = ends[-2]
        pauses = [match.end() for match in _BREATH.finditer(text, start + (full - start) // 2, full)]
        commas = [at for at in pauses if text[at - 2] in ";:,—–"]
        piece_end = (commas or pauses or [full])[-1]
        yield _stripped(text, start, piece_end)
        start, _ = _stripped(text, piece_end, end)
    if start < end:
        yield start, end
