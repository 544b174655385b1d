"""Wide questions ("Summarise …", "Tell me about …", "What is new?"): one sentence an article, newest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.asked import ASKERS, HELPING
from assistant.evidence import Unit
from assistant.extractive import repeats
from assistant.leaning import leans
from assistant.question import Question
from assistant.report_words import WHATEVER
from assistant.scoring import FURTHER, Rarity, Scored, coverage, near, ranked
from assistant.timeline import asks_for_timeline, dated, in_order, without_timeline
from assistant.words import content, stems_of

MOST_ARTICLES = 5
NAMING_ENOUGH = 0.6
"""Share of what the best article names of the topic that another has to name; a passing mention is left out."""

_NEW = re.compile(
    r"^(?:so )?(?:what(?:'s| is| are|’s)? (?:the )?(?:new|latest|recent|happening|going on|in the "
    r"news|news)|any news|(?:the )?(?:latest|recent|newest) (?:news|articles?|stories|headlines)"
    r"|(?:show me )?(?:the )?headlines|news"
    r"|(?:give|tell|show) me the (?:latest|news)|(?:are there )?any updates?"
    r"|what (?:are|were) the (?:main|top|big|biggest|key) (?:news|headlines|stories)"
    r"|what (?:was|were|is|has been|have been) (?:reported|written|published))"
    r"(?: (?:articles?|news|stories|headlines|developments?|reports?|today))?"
    r"(?=\W*$|:|\s+(?:in|on|about|with|from|for|of|at|since|before|until|regarding|concerning|there|this|today|now"
    r"|lately)\b)",
    re.IGNORECASE,
)
_WIDE = re.compile(
    r"^(?:please |can you |could you )*(?:summari[sz]e|sum up|give (?:me )?(?:an? |the )?(?:brief "
    r"|short )?(?:summary|overview|rundown|briefing)|brief me|an? (?:summary|overview)|summary"
    r"|overview|outline)\b"
    r"|^(?:please |can you |could you )*tell me (?:more |everything |something |all )?about\b"
    r"|\bwhat (?:do|does|did) (?:the|your|these) (?:articles?|news|news ?papers?|papers|reports?|press|media|outlets"
    r"|stories) (?:say"
    r"|report|tell(?: us)?)\b"
    r"|^what (?:do (?:we|you) know|is known|has been (?:said|reported|written)|is (?:being "
    r")?(?:said|reported|written)) (?:about|on|of)\b"
    r"|^(?:what(?:'s| is|’s)? (?:new|the latest|happening|going on|the (?:story|news)) (?:with|about|on|in)\b)"
    r"|^(?:please |can you |could you )*(?:bring|get) me up to (?:date|speed)\b"
    r"|^(?:please |can you |could you )*(?:list|show(?: me)?) (?:all )?(?:the |your )?(?:articles|stories|reports)"
    r"(?=\W*$| (?:about|on|of|from|by|in)\b)"
    r"|^what (?:are|were) (?:the|your|these) (?:articles|stories|reports) about\b"
    r"|^(?:show me |list |give me )?(?:(?:all )?(?:the )?(?:articles|stories|reports|coverage)|everything|all)"
    r"(?=\W*$| (?:about|on|of|from|by|regarding)\b)"
    r"|^what (?:do|have|did) (?:we|you) (?:have|got|written|write|reported|report|published|publish|run) (?:about|on)\b"
    r"|^what (?:do (?:we|you) have|have (?:we|you) got)(?=\W*$)"
    r"|^(?:do (?:we|you) have|have (?:we|you) got|is there|are there) (?:anything|something|any (?:articles|stories"
    r"|reports|news|coverage)) (?:about|on)\b",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"\b(?:(?:bring|get) me up to (?:date|speed)|updates?|list|the story (?=with|on|about)|published"
    r"|(?:main|top|big|biggest|key) (?=news\b|headlines\b|stories\b)"
    r"|please|can you|could you|summari[sz]e|sum up|give me|give|an?|the|brief|short|summary"
    r"|overview|rundown|briefing|outline|of|tell me|more|everything|something|all|about|on|"
    r"what|do|does|did|say|says|report|tell us|your|these|this|articles?|news|reports?|press"
    r"|me|stories|headlines|coverage|papers|news ?papers|media|outlets|we|you|have|got|wrote|write|publish|run|anything"
    r"|know|is|are|was|were|ha(?:s|ve) been|known|said|reported|written|being|"
    r"new|latest|recent|newest|happening|going|with|regarding|concerning|any|there|show|’s|'s|so"
    r"|in|today)\b(?!\.\w)",
    re.IGNORECASE,
)

_OF_A_TOPIC = re.compile(
    rf"(?!(?i:{'|'.join((*ASKERS, *HELPING))})\b)[\w’'-]+(?: [\w’'-]+){{0,2}} (?:news|latest|overview|summary)\W*"
)
_CLOSING = re.compile(r" (?:news|latest|overview|summary)$")
"""What closes a wide question that has no verb: "ferry news"."""
_NAMED = re.compile(r"[A-Z]{2,}")
_MATTERS = stems_of("case story affair row dispute scandal saga")
_EVENTS = stems_of("war crisis accident visit trip meeting talks summit trial election strike deal attack")
"""What any matter may be called, and what one may be called of which a name tells more: "the war in Ostria"."""


def is_wide(question: str, *, bounded: bool = False) -> bool:
    """Whether the question asks for an overview rather than a fact. bounded: days bound what is searched."""
    asked = _WIDE.search(question) or _NEW.search(question) or _OF_A_TOPIC.fullmatch(question)
    return bool(asked or asks_for_timeline(question) or (bounded and WHATEVER.fullmatch(question)))


def telling(question: Question, weights: Rarity) -> Rarity:
    """Return the weights of a topic without what any matter may be called, where more of it is named."""
    bare = {stem: weight for stem, weight in weights.items() if stem not in _MATTERS}
    named = {stem: weight for stem, weight in bare.items() if stem not in _EVENTS}
    return (named if question.named & named.keys() else bare) or weights


def topic(question: str) -> str:
    """Return what an overview is wanted of, in the question's words; empty for all there is."""
    if WHATEVER.fullmatch(question):
        return ""
    if asks_for_timeline(question):
        return without_timeline(question)
    called = not question.isupper()  # then capitals are a name's: IS
    topical = _FRAME.sub(lambda match: match[0] if called and _NAMED.fullmatch(match[0]) else " ", question)
    kept = [part for part in topical.split() if any(char.isalnum() for char in part)]
    if not kept:
        return ""
    first = re.search(rf"(?<!\w){re.escape(kept[0])}(?!\w)", question)
    about = question[first.start() :].strip(" ?.!") if first else " ".join(kept)
    return _CLOSING.sub("", about) or about


def openings(units: Sequence[Unit], weights: Rarity) -> list[Unit]:
    """Return what can stand for each article: its first sentence here, and its first that names the topic."""
    listed: dict[str, list[Unit]] = {unit.article.id: [] for unit in units}
    for unit in sorted(units, key=lambda unit: unit.ordinal):
        listed[unit.article.id].append(unit)
    found: dict[tuple[str, int], Unit] = {}
    for own in listed.values():
        naming = [one for one in own if any(stem in weights for stem in content(one.text))]
        found |= {chosen.place: chosen for chosen in own[:1] + naming[:2]}
    return list(found.values())


def choose_dated(scored: Sequence[Scored], weights: Rarity, *, most: int, alone: bool = False) -> list[Unit]:
    """Return sentences whose day is known, of articles on the topic: the best of them, oldest first.

    alone: only those that can be read without the sentence before.
    """
    needed = NAMING_ENOUGH * max((coverage(weights, _known(item.unit)) for item in scored), default=0.0)
    told = [
        item
        for item in scored
        if coverage(weights, _known(item.unit)) >= needed
        and (when := dated(item.unit.text, item.unit.article.published))
        and when.when
        and not (alone and leans(item.unit.text))
    ]
    told.sort(key=lambda item: -_rank(item, weights))
    return in_order([item.unit for item in _unlike(told, most)])


def choose_wide(scored: Sequence[Scored], weights: Rarity) -> list[Unit]:
    """Return one sentence an article, its lead where the lead is on the topic: newest first, outlets in turn."""
    best: dict[str, Scored] = {}
    for candidate in scored:
        current = best.get(candidate.unit.article.id)
        if current is None or _rank(candidate, weights) > _rank(current, weights):
            best[candidate.unit.article.id] = candidate
    needed = NAMING_ENOUGH * max((coverage(weights, _known(item.unit)) for item in best.values()), default=0.0)
    kept = [item for item in best.values() if coverage(weights, _known(item.unit)) >= needed]
    chosen = _unlike(_varied(ranked(kept)), MOST_ARTICLES)
    if len(chosen) < 3:  # few articles: more of each
        taken = {item.unit.place for item in chosen}
        more = [item for item in near(scored, FURTHER) if item.unit.place not in taken and not leans(item.unit.text)]
        chosen = _unlike([*chosen, *more], 3)
    return newest_first([item.unit for item in chosen])


def newest_first(units: Sequence[Unit]) -> list[Unit]:
    """Order sentences by their article's date, undated last, and within an article as it has them."""
    return sorted(
        units, key=lambda unit: (-(unit.article.published or date.min).toordinal(), unit.article.id, unit.span.start)
    )


def _unlike(ranked: Sequence[Scored], most: int) -> list[Scored]:
    """Return the first that do not repeat each other: two articles may print one text."""
    chosen: list[Scored] = []
    for item in ranked:
        if len(chosen) < most and not any(repeats(item.unit.text, one.unit.text) for one in chosen):
            chosen.append(item)
    return chosen


def _rank(candidate: Scored, weights: Rarity) -> float:
    lead = max(0.0, 1.0 - candidate.unit.ordinal / 4)
    return 2.0 * coverage(weights, content(candidate.unit.text)) + 0.8 * lead + candidate.features.meaning


def _known(unit: Unit) -> frozenset[str]:
    return content(unit.text) | content(unit.title)


def _varied(ranked: Sequence[Scored]) -> list[Scored]:
    """Put the first of every outlet before the second of any."""
    seen: dict[str, int] = {}
    turns = []
    for place, item in enumerate(ranked):
        outlet = item.unit.article.outlet or item.unit.article.id
        turns.append((seen.get(outlet, 0), place, item))
        seen[outlet] = seen.get(outlet, 0) + 1
    return [item for _, _, item in sorted(turns, key=lambda turn: turn[:2])]
