"""What of the passages fits a model's window: whole passages while there is room, then whole sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import spans
from corpus.article import Article
from index.passage import Hit
from index.splitting import token_estimate

_SAFETY = 1.35
"""Tokens of a model for one of the estimate; names and figures cost more than the words of prose."""
_HEAD_TOKENS = 40
"""Number, outlet, date and headline before each passage."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the model reads of a passage: its number from 1, and its first sentences."""

    number: int
    hit: Hit
    text: str


def tokens(text: str) -> int:
    """Return the tokens that a model may need for a text, rather too many than too few."""
    return int(token_estimate(text) * _SAFETY) + 1


def shown(hits: Sequence[Hit], articles: dict[str, Article], room_tokens: int) -> list[Shown]:
    """Return the passages, best first, that fit into `room_tokens`; the last may be cut behind a sentence."""
    found: list[Shown] = []
    left = room_tokens
    for hit in hits:
        left -= _HEAD_TOKENS
        text, cost = hit.passage.text, tokens(hit.passage.text)
        if cost > left:
            text = _first_sentences(hit, articles[hit.passage.article.id], left)
            cost = tokens(text)
        if not text or cost > left:
            break
        found.append(Shown(len(found) + 1, hit, text))
        left -= cost
        if text != hit.passage.text:
            break
    return found


def _first_sentences(hit: Hit, article: Article, room_tokens: int) -> str:
    start = end = hit.passage.start
    for span in spans(article.text):
        if start <= span.start and span.end <= hit.passage.end:
            if tokens(article.text[start : span.end]) > room_tokens:
                break
            end = span.end
    return article.text[start:end]
