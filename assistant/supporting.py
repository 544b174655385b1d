"""Whether passages hold what a sentence says, by code: values, names, yes and no, speakers, words and meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.evidence import leans, spans
from assistant.facts import Fact, counted_alike, facts, same_amount, same_day
from assistant.polarity import turned
from assistant.statements import saying
from assistant.values import amount, names
from assistant.words import STOPWORDS, content, stem, words
from corpus.article import Article
from index.passage import Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_QUOTES = 3
"""Sentences of articles that one sentence of an answer may rest on."""
ENOUGH = 0.48
"""Support from which a sentence stands; tests/benchmarks/eval_support.py shows what it keeps and what it catches."""
_LOOKED_AT = 3
_NEAR = 0.15
_GAIN = 2
"""Words a further quote has to add; one that only adds a name would lend it to another's claim."""
_OWNER = re.compile(r"\b(?:his|her|its|their|our|my|whose)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|they|it|his|her|hers|him|their|them|its|we|our|I|my|who|the (?:[a-z]+ )?[a-z]+)\b")
_OWNED = frozenset(
    "said says say saying told tells argued argues claimed claims warned warns insisted insists believes "
    "believed alleged alleges "
    "contends contended maintains maintained suggested suggests accused accuses estimates estimated "
    "predicts predicted".split()
) | {"according to", "According to"}
_ATTRIBUTED = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|told|tells?|argu\w+|claim\w*|warn\w*|insist\w*|believ\w+|alleg\w+|contend\w*|maintain\w*"
    r"|suggest\w*|accus\w+|estimat\w+|predict\w*|according to|stat(?:ed|es)|announc\w+|report\w*|described?"
    r"|call(?:s|ed)|wrote|writes"
    r"|add(?:s|ed)|note[sd]?|explain\w*|confirm\w*|den(?:y|ies|ied)|express\w*|think\w*|view\w*|quoted?"
    r"|acknowledg\w+|admit\w*"
    r"|declar\w+|vow\w*|promis\w+|urg\w+|expect\w*|hop(?:es?|ed)|in the words of|for \w+, )\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"]([^”\"]{12,})[”\"]")
_GRAVE = tuple(
    frozenset(map(stem, group.split()))
    for group in (
        "banned ban bans banning prohibited forbidden outlawed prohibit forbid bar barred",
        "arrested arrest arrests detained held jailed custody seized captured imprisoned",
        "killed kill kills killing killings died dead deaths death murdered murder slain lives fatal fatally",
        "resigned resign resignation quit stepped steps leave left",
        "charged charges indicted accused prosecuted prosecutors",
        "convicted guilty sentenced",
        "bankrupt bankruptcy insolvent collapsed",
        "stolen stole theft robbed robbery thieves steal",
        "raped rape assaulted assault abuse abused",
        "attacked attack attacks bombed bomb bombing struck strikes raid invaded invasion",
        "sued lawsuit sues suing",
        "injured injuries hurt wounded injuring injury",
    )
)
"""Deeds that a sentence tells of only if its quotes do, in any of these words."""
_DEMONYM = re.compile(r"(?:ians?|ans?|ese|is|i|ish|ch|ns?|s)$")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article that may become a quote. nearby: the words of the sentences before it, for pronouns."""

    text: str
    start: int
    end: int
    hit: Hit
    nearby: str = ""

    @property
    def published(self) -> date | None:
        """The day its article was published."""
        return self.hit.passage.article.published

    @property
    def frame(self) -> str:
        """What the reader sees of the article beside the quote."""
        article = self.hit.passage.article
        return " ".join(part for part in (article.title, article.outlet, article.author) if part)


@dataclass(frozen=True, slots=True)
class Support:
    """What a sentence rests on, best first; without quotes, `reason` says why it rests on nothing. belief: 0 to 1."""

    quotes: tuple[Evidence, ...]
    reason: str = ""
    belief: float = 0.0


def evidence(hit: Hit, article: Article) -> list[Evidence]:
    """Return the sentences of a passage that may be quoted, in order."""
    listed = spans(article.text)
    return [
        Evidence(span.text, span.start, span.end, hit, " ".join(one.text for one in listed[max(0, at - 3) : at]))
        for at, span in enumerate(listed)
        if span.quotable and hit.passage.start <= span.start < hit.passage.end
    ]


def supported(
    sentence: str, among: Sequence[Evidence], encode: Callable[[Sequence[str]], NDArray[np.float32]] | None = None
) -> Support:
    """Return the fewest quotes that hold a sentence, or why there are none.

    encode: texts to unit vectors; without it words alone decide.
    """
    if not among:
        return Support((), "no passage is cited")
    if not content(sentence):
        return Support((), "it says nothing")
    ranked = nearest(sentence, among)
    # A sentence that is all but the same decides; what is far from it would only lend the altered value or name.
    least = _covered(sentence, ranked[0].text) - _NEAR
    best = Support((), "nothing in the passages is near it")
    for first in ranked[:_LOOKED_AT]:
        if _covered(sentence, first.text) < least:
            break
        chosen = _joined(sentence, first, ranked)
        reason = _fault(sentence, chosen)
        if reason:
            best = best if best.belief else Support((), reason)
            continue
        belief = believed(sentence, chosen, encode)
        if belief >= ENOUGH:
            return Support(tuple(chosen), belief=belief)
        best = Support((), "the passages do not say this", belief)
    return best


def believed(
    sentence: str, quotes: Sequence[Evidence], encode: Callable[[Sequence[str]], NDArray[np.float32]] | None = None
) -> float:
    """Return how much of a sentence its quotes hold, best quote first: meaning and neighbouring words, 0 to 1."""
    joined = " ".join(one.text for one in quotes)
    if encode is None:
        near = " ".join(one.nearby for one in quotes)
        return _share(sentence, content(joined) | content(near) | content(quotes[0].frame))
    vectors = encode([sentence, quotes[0].text, *([joined] if len(quotes) > 1 else [])])
    first, whole = float(vectors[0] @ vectors[1]), float(vectors[0] @ vectors[-1])
    return max(0.0, min(1.0, (first + 0.5 * whole + 0.5 * _paired(sentence, joined)) / 2))


def nearest(sentence: str, among: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence, what shares most words with the sentence first."""
    shares = {(one.hit.passage.id, one.start): _covered(sentence, one.text) for one in among}
    return sorted(among, key=lambda one: (-shares[one.hit.passage.id, one.start], one.hit.passage.id, one.start))


def _paired(sentence: str, text: str) -> float:
    """Return the share of a sentence's neighbouring words that are neighbours in the text."""
    mine, theirs = _pairs(sentence), _pairs(text)
    return len(mine & theirs) / len(mine) if mine else 0.0


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    stems = [word.stem for word in words(text) if word.meaningful]
    return frozenset(pairwise(stems))


def _fault(sentence: str, quotes: Sequence[Evidence]) -> str:
    """Return why the quotes cannot carry the sentence: a value, a name, yes and no, or a speaker; empty if they can."""
    missing = _missing_values(sentence, quotes) or _missing_names(sentence, quotes)
    if missing:
        return f"“{missing}” is not in the passages"
    joined = " ".join(one.text for one in quotes)
    word = turned(sentence, joined)
    if word:
        return f"the passages say the opposite about “{word}”"
    return _grave(sentence, joined) or _speaker_fault(sentence, quotes)


def _grave(sentence: str, joined: str) -> str:
    """Return what is missing where a sentence tells of a crime, a death or the like that the quotes do not."""
    mine, held = content(sentence), content(joined)
    for group in _GRAVE:
        if mine & group and not held & group:
            return f"the passages tell nothing of “{min(mine & group)}”"
    return ""


def _speaker_fault(sentence: str, quotes: Sequence[Evidence]) -> str:
    told, mine = saying(quotes[0].text), saying(sentence)
    if told and told.verb in _OWNED and not _ATTRIBUTED.search(sentence):
        rest = quotes[0].text.replace(told.speaker, " ")
        if len(content(sentence) & content(rest)) > 1:
            return f"it is {told.speaker} who says this"
    if told and mine and told.verb in _OWNED | {"announced"} and names(told.speaker) and names(mine.speaker):
        speakers = [told.speaker, *(found.speaker for one in quotes[1:] if (found := saying(one.text)))]
        said = content(mine.speaker)
        before = [one.text.partition(told.verb)[0] for one in quotes]
        if not any(said & content(text) for text in (*speakers, *before)):
            return f"it is {told.speaker} who says this"
    for quoted in _QUOTED.findall(sentence):
        if not any(_bare(quoted) in _bare(one.text) for one in quotes):
            return "its quotation is not in the passages word for word"
    return ""


def _bare(text: str) -> str:
    return " ".join(word.text.lower() for word in words(text.replace("’", "'")))


def _missing_values(sentence: str, quotes: Sequence[Evidence]) -> str:
    held: list[Fact] = [fact for one in quotes for fact in facts(one.text, one.published)]
    dates = [fact for one in quotes if one.published for fact in (Fact("date", one.published.isoformat(), ""),)]
    for fact in facts(sentence, _shared_date(quotes)):
        if fact.beside and not counted_alike(fact, held):
            return fact.text
        if fact.kind == "date" and any(same_day(fact.key, other.key) for other in held if other.kind == "date"):
            continue
        if (
            fact.kind == "date"
            and len(fact.key) != 10
            and fact.key[:1].isdigit()
            and any(same_day(fact.key, other.key) for other in dates)
        ):
            continue
        if fact.kind != "date" and any(same_amount(fact, other) for other in held):
            continue
        if fact.kind == "date" and any(fact.text.lower() in one.text.lower() for one in quotes):
            continue
        return fact.text
    return ""


def _shared_date(quotes: Sequence[Evidence]) -> date | None:
    return next((one.published for one in quotes if one.published), None)


def _missing_names(sentence: str, quotes: Sequence[Evidence]) -> str:
    held = {form for one in quotes for form in _forms(one.text)} | {
        form for one in quotes for form in _forms(one.frame)
    }
    short = {form for one in quotes for form in _acronyms(f"{one.text} {one.frame}")}
    near = {form for one in quotes if leans(one.text) or _PRONOUN.search(one.text) for form in _forms(one.nearby)}
    plain = [word for word in words(sentence) if word.meaningful and not word.capital]
    subject = min((word.start for word in plain if word.stem in held), default=len(sentence))
    owned = any(_OWNER.search(one.text) for one in quotes)
    for name in names(sentence):
        absent = [
            word
            for word in words(name.text)
            if word.meaningful and not word.text[0].isdigit() and not _held(word.text, held)
        ]
        if (
            not absent
            or amount(name.text) is not None
            or (name.start == 0 and " " not in name.text and _common(name.text))
        ):
            continue
        initials = "".join(word.text[0] for word in words(name.text) if word.capital).lower()
        if (len(initials) > 1 and initials in held) or name.text.lower() in short:
            continue
        # A pronoun of the quote may be named, where a subject or an owner stands; elsewhere a name was put in.
        stands = name.start < subject or (owned and sentence[name.end : name.end + 2] in ("'s", "’s"))
        if stands and all(_held(word.text, near) for word in absent):
            continue
        return name.text
    return ""


_COMMON_OPENERS = frozenset(
    "about around nearly almost roughly officials police authorities researchers scientists residents "
    "prices people workers".split()
)


def _spelt_number(text: str) -> bool:
    return text.isalpha() and amount(text) is not None


def _common(word: str) -> bool:
    return word.lower() in _COMMON_OPENERS or bool(
        re.search(r"(?:ly|ing|ed|tion|ment|ers|ors|ists|ies|ness|als)$", word)
    )


def _held(word: str, forms: Collection[str]) -> bool:
    lower = stem(word)
    if lower in forms or word.lower().rstrip("’'s") in forms:
        return True
    root = _DEMONYM.sub("", lower)
    return len(root) >= 4 and any(form.startswith(root) and abs(len(form) - len(lower)) <= 4 for form in forms)


@lru_cache(maxsize=5_000)
def _forms(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text)) | frozenset(word.text.lower() for word in words(text))


@lru_cache(maxsize=2_000)
def _acronyms(text: str) -> frozenset[str]:
    found: set[str] = set()
    for name in names(text):
        initials = [word.text[0].lower() for word in words(name.text) if word.capital]
        found |= {"".join(initials), "".join(initials[-2:]), "".join(initials[-3:])}
    return frozenset(found)


def _joined(sentence: str, first: Evidence, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Return the first quote and what has to stand beside it: sentences that add words of their own to it."""
    chosen = [first]
    named = {word.stem for word in words(sentence) if word.capital}
    wanted = content(sentence) - named
    while len(chosen) < MOST_QUOTES:
        held = frozenset[str]().union(*(content(one.text) for one in chosen))
        lacking = wanted - held
        gain, following = max(
            ((len(lacking & content(one.text)), one) for one in ranked if one not in chosen),
            key=lambda pair: pair[0],
            default=(0, None),
        )
        if following is None or gain < _GAIN:
            break
        chosen.append(following)
    return chosen


def _covered(sentence: str, text: str) -> float:
    return _share(sentence, content(text))


def _share(sentence: str, held: Collection[str]) -> float:
    """Return the share of a sentence's words that are held; names and numbers weigh more."""
    total = got = 0.0
    for word in words(sentence):
        if not word.meaningful or word.text.lower() in STOPWORDS:
            continue
        weight = 1.5 if word.capital or word.text[0].isdigit() else 1.0
        total += weight
        got += weight * (word.stem in held)
    return got / total if total else 0.0
