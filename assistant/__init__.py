"""From a question to an answer whose every sentence carries the exact words it rests on."""

from assistant.answer import (
    Answer,
    Citation,
    Disagreement,
    Event,
    Freshness,
    LeftOut,
    Query,
    Refusal,
    Sentence,
    Short,
    Side,
    Statement,
    Turn,
)
from assistant.assistant import Assistant, ask
from assistant.errors import AssistantError, BadQuestion, EmptyQuestion, ModelUnavailable, QuestionTooLong

__all__ = [
    "Answer",
    "Assistant",
    "AssistantError",
    "BadQuestion",
    "Citation",
    "Disagreement",
    "EmptyQuestion",
    "Event",
    "Freshness",
    "LeftOut",
    "ModelUnavailable",
    "Query",
    "QuestionTooLong",
    "Refusal",
    "Sentence",
    "Short",
    "Side",
    "Statement",
    "Turn",
    "ask",
]
