"""Which articles print the same text: one witness, however many outlets carry it.

Candidates come from MinHash bands kept in the manifest, so an update compares only what is new. The
verdict is by sentence: two sentences are one if they differ in small words at most. A number, a date, a
name or a negation that differs makes them two, because that is a disagreement and must stay visible.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from index.splitting import sentences

BANDS, ROWS = 32, 4
"""Two texts that share half of their shingles meet in some band with 87 %, a fifth of them with 5 %."""
SHARED_SENTENCES = 0.5
"""Of the shorter article's sentences, from which the two are linked."""
_SHINGLE_WORDS = 3
_LIGHTLY_EDITED = 0.75
_WORD = re.compile(r"[^\W_]+(?:[.,’'][^\W_]+)*")
_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "half third quarter double triple twice once first second last dozen dozens hundreds thousands millions billions "
    "more less fewer over under above below up down rose fell increase increased decrease decreased before yesterday "
    "today tomorrow".split()
)
_NEGATIONS = frozenset(
    "no not never none nobody nothing neither nor without hardly cannot refused refuses denied denies rejected rejects "
    "failed fails unlikely false untrue".split()
)
_SMALL_OPENERS = frozenset(
    "the a an this that these those it he she they we his her its their in on at by for from with as after before when "
    "while if but and or so then there also however meanwhile according".split()
)


def bands(text: str) -> list[int]:
    """Return one number for each of the `BANDS`; two texts that share a number are candidates."""
    from rensa import RMinHash

    words = [word.casefold() for word in _WORD.findall(text)]
    shingles = {" ".join(words[at : at + _SHINGLE_WORDS]) for at in range(max(1, len(words) - _SHINGLE_WORDS + 1))}
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=1)
    sketch.update(sorted(shingles))
    digest = cast("list[int]", sketch.digest())
    # Python's hash of integers is the same in every process; SQLite keeps 63 bits.
    return [hash((at, *digest[at : at + ROWS])) & (2**62 - 1) for at in range(0, BANDS * ROWS, ROWS)]


def is_reprint(one: str, other: str) -> bool:
    """Return whether half of the shorter text's sentences or more stand in the longer one."""
    shorter, longer = sorted((_sentences(one), _sentences(other)), key=len)
    if not shorter:
        return False
    held = _held(shorter, longer)
    return held >= SHARED_SENTENCES * len(shorter)


def prints(text: str, passage: str) -> bool:
    """Return whether every sentence of `passage` stands in `text`, small words aside."""
    wanted = _sentences(passage)
    return bool(wanted) and _held(wanted, _sentences(text)) == len(wanted)


def _held(wanted: Sequence[tuple[str, ...]], offered: Sequence[tuple[str, ...]]) -> int:
    exact, distinct = {_folded(words) for words in offered}, dict.fromkeys(offered)
    # A sentence that is repeated, as in forms and tables, is compared once.
    held = {words: _folded(words) in exact or any(_same(words, each) for each in distinct) for words in set(wanted)}
    return sum(held[words] for words in wanted)


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two sentences of words that differ are one all the same."""
    if min(len(one), len(other)) < _LIGHTLY_EDITED * max(len(one), len(other)) / 1.4:
        return False
    matcher = difflib.SequenceMatcher(None, _folded(one), _folded(other), autojunk=False)
    if any(ratio() < _LIGHTLY_EDITED for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)):
        return False
    return not any(
        _is_fact(word, at)
        for tag, start, end, other_start, other_end in matcher.get_opcodes()
        if tag != "equal"
        for words, first, last in ((one, start, end), (other, other_start, other_end))
        for at, word in enumerate(words[first:last], first)
    )


def _is_fact(word: str, at: int) -> bool:
    lowered = word.casefold()
    if any(map(str.isdigit, word)) or lowered in _NUMBER_WORDS or lowered in _NEGATIONS:
        return True
    if lowered.endswith(("n't", "n’t")):
        return True
    return word[:1].isupper() and not (at == 0 and lowered in _SMALL_OPENERS)


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[tuple[str, ...], ...]:
    plain = text.replace("’", "'")
    found = (tuple(_WORD.findall(plain, start, end)) for start, end in sentences(text))
    return tuple(filter(None, found))


def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words)
