"""From a question to an answer whose every sentence carries the exact words it rests on."""

from typing import TYPE_CHECKING, Any

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
from assistant.errors import AssistantError, BadQuestion, EmptyQuestion, ModelUnavailable, QuestionTooLong

if TYPE_CHECKING:
    from assistant.assistant import Assistant, ask

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


def __getattr__(name: str) -> Any:
    """Load what answers when it is first asked for: keeping an index needs only the settings and errors."""
    if name in ("Assistant", "ask"):
        from assistant import assistant

        return getattr(assistant, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
