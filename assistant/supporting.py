"""Whether passages hold what a sentence says, by code: values, names, yes and no, speakers, words and meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.evidence import Unit
from assistant.facts import Fact, counted_alike, facts, same_amount, same_day
from assistant.naming import missing_name
from assistant.nearness import belief_in, covered, nearest
from assistant.polarity import turned
from assistant.statements import SAYING, Saying, alleged, saying
from assistant.swapped import swapped
from assistant.values import names
from assistant.words import content, paired, stems_of, words

if TYPE_CHECKING:
    from assistant.nearness import Encode

MOST_QUOTES = 3
"""Sentences of articles that one sentence of an answer may rest on."""
ENOUGH = 0.48
"""Support from which a sentence stands; tests/benchmarks/eval_support.py shows what it keeps and what it catches."""
_LOOKED_AT = 3
_NEAR = 0.15
_GAIN = 2
"""Words a further quote has to add; one that only adds a name would lend it to another's claim."""
_SETTLED, _HOPELESS = 0.85, 0.2
"""Shares of a sentence's words in its quotes that decide without the encoder."""
_OWNED = frozenset(
    "said says say saying told tells argued argues claimed claims warned warns insisted insists believes believed "
    "alleged alleges contends contended maintains maintained suggested suggests accused accuses estimates estimated "
    "predicts predicted denies denied".split()
) | {"according to", "According to"}
_DENYING = frozenset({"denies", "denied"})
_ATTRIBUTED = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|told|tells?|argu\w+|claim\w*|warn\w*|insist\w*|believ\w+|alleg\w+|contend\w*|maintain\w*"
    r"|suggest\w*|accus\w+|estimat\w+|predict\w*|according to|stat(?:ed|es)|announc\w+|report\w*|described?"
    r"|call(?:s|ed)|wrote|writes"
    r"|add(?:s|ed)|note[sd]?|explain\w*|confirm\w*|den(?:y|ies|ied)|express\w*|think\w*|view\w*|quoted?"
    r"|acknowledg\w+|admit\w*"
    r"|declar\w+|vow\w*|promis\w+|urg\w+|expect\w*|hop(?:es?|ed)|in the words of|for \w+, )\b",
    re.IGNORECASE,
)
_OWNING = re.compile(
    rf"{_ATTRIBUTED.pattern}|\b(?:charg\w+|suspect\w*|suspicion|indict\w+|trial|case|prosecut\w+|reject\w*|disput\w+"
    r"|dismiss\w*|contest\w*|plead\w*|pleas?)\b",
    re.IGNORECASE,
)
"""Words of a claim that leave a deed to whoever alleges or denies it."""
_QUOTED = re.compile(r"[“\"]([^”\"]{12,})[”\"]")
_ASIDE = re.compile(rf",(?= (?:which|who|whom|where)\b[^,“”\"]* (?:{SAYING}|say)\b)[^,“”\"]+,")
_GRAVE = tuple(
    stems_of(group)
    for group in (
        "banned ban bans banning prohibited forbidden outlawed prohibit forbid bar barred",
        "arrested arrest arrests detained held jailed custody seized captured imprisoned",
        "killed kill kills killing killings died dead deaths death murdered murder slain lives fatal fatally",
        "resigned resign resignation quit stepped steps leave left",
        "charged charges indicted accused prosecuted prosecutors alleged allegedly",
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
_OFTEN_HARMLESS = stems_of("held stepped steps leave left charges struck strikes bar lives custody alleged allegedly")
"""Of these, words that may tell of such a deed in a quote, and in a sentence as often of none: exercises are held."""


@dataclass(frozen=True, slots=True)
class Support:
    """What a sentence rests on, best first; without quotes, `reason` says why it rests on nothing. belief: 0 to 1."""

    quotes: tuple[Unit, ...]
    reason: str = ""
    belief: float = 0.0


def supported(sentence: str, among: Sequence[Unit], encode: Encode) -> Support:
    """Return the fewest quotes that hold a sentence, or why there are none.

    encode: texts to unit vectors.
    """
    if not among:
        return Support((), "no passage is cited")
    ranked = nearest(sentence, among)
    # A sentence that is all but the same decides; what is far from it would only lend the altered value or name.
    least = covered(sentence, ranked[0].text) - _NEAR
    looked_at = [one for one in ranked[:_LOOKED_AT] if covered(sentence, one.text) >= least]
    best = Support((), "nothing in the passages is near it")
    for first in looked_at:
        chosen = _joined(sentence, first, ranked)
        reason = _fault(sentence, chosen) or _swapped(sentence, [*chosen, *looked_at])
        if reason:
            best = best if best.belief else Support((), reason)
            continue
        belief = _belief(sentence, chosen, encode)
        if belief >= ENOUGH:
            return Support(tuple(chosen), belief=belief)
        best = Support((), "the passages do not say this", belief)
    return best


def _belief(sentence: str, quotes: Sequence[Unit], encode: Encode) -> float:
    """Return how much of a faultless sentence its quotes hold; vectors are asked only where words leave it open."""
    joined = " ".join(one.text for one in quotes)
    held = covered(sentence, joined)
    if held >= _SETTLED:
        return held
    if held < _HOPELESS and not paired(sentence, joined):
        return 0.0
    return belief_in(sentence, quotes, encode)


def _swapped(sentence: str, quotes: Sequence[Unit]) -> str:
    put_in = swapped(sentence, list(dict.fromkeys(one.text for one in quotes)))
    return f"the passages have something else in the place of “{put_in}”" if put_in else ""


def _fault(sentence: str, quotes: Sequence[Unit]) -> str:
    """Return why the quotes cannot carry the sentence: a value, a name, yes and no, or a speaker; empty if they can."""
    missing = _missing_values(sentence, quotes) or missing_name(sentence, quotes)
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
        told = mine & group - _OFTEN_HARMLESS
        if told and not held & group:
            return f"the passages tell nothing of “{min(told)}”"
    return ""


def _speaker_fault(sentence: str, quotes: Sequence[Unit]) -> str:
    told, mine = _teller(sentence, quotes[0].text), saying(sentence)
    only_alleged = alleged(quotes[0].text) & content(sentence)
    if only_alleged and not _OWNING.search(sentence):
        return f"the passages only allege “{min(only_alleged)}”"
    owning = _OWNING if told and told.verb in _DENYING else _ATTRIBUTED
    if told and told.verb in _OWNED and not owning.search(sentence):
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


def _teller(sentence: str, quote: str) -> Saying | None:
    """Return who says in a quote what a sentence takes from it: "the fire, which police said was arson, killed two"."""
    asides = " ".join(_ASIDE.findall(quote))
    return saying(quote if content(sentence) & content(asides) else _ASIDE.sub("", quote))


def _bare(text: str) -> str:
    return " ".join(word.text.lower() for word in words(text.replace("’", "'")))


def _missing_values(sentence: str, quotes: Sequence[Unit]) -> str:
    held = [fact for one in quotes for fact in facts(one.text, one.article.published)]
    published = [one.article.published for one in quotes if one.article.published]
    for fact in facts(sentence, published[0] if published else None):
        if (fact.beside and not counted_alike(fact, held)) or not _stated(fact, held, published, quotes):
            return fact.text
    return ""


def _stated(fact: Fact, held: Sequence[Fact], published: Sequence[date], quotes: Sequence[Unit]) -> bool:
    """Whether the facts of the quotes hold one of the sentence; a month or a year may be that of publication."""
    if fact.kind != "date":
        return any(same_amount(fact, other) for other in held)
    days = [other.key for other in held if other.kind == "date"]
    if len(fact.key) != len("YYYY-MM-DD") and fact.key[:1].isdigit():
        days += [day.isoformat() for day in published]
    return any(same_day(fact.key, day) for day in days) or any(fact.text.lower() in one.text.lower() for one in quotes)


def _joined(sentence: str, first: Unit, ranked: Sequence[Unit]) -> list[Unit]:
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
