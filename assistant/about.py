"""Messages that are not questions to the articles: greetings, thanks, "help", "what articles do you have?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from index import Coverage

MessageKind = Literal["greeting", "thanks", "goodbye", "help", "articles"]

_WORDINGS: dict[MessageKind, str] = {
    "greeting": (
        r"(?:hello|hi|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day))(?: (?:there"
        r"|all|everyone|footnote))?(?:,? how are you(?: today)?)?"
    ),
    "thanks": (
        r"(?:many )?(?:thanks|thank you|thx|cheers)(?: (?:a lot|very much|so much|again|footnote))*"
        r"|(?:great|ok|okay|perfect|nice|good)(?:,? (?:thanks|thank you))?"
    ),
    "goodbye": r"(?:good)?bye(?: bye)?|see you(?: later| soon)?|good night",
    "help": (
        r"(?:please )?help(?: me)?|(?:what|who) are you|what (?:can|do) you do|what can i (?:ask"
        r"|do)(?: here| you)?|how (?:does (?:this|footnote)|do you) work|how (?:do|can|should) i (?:use "
        r"(?:this|you)|ask(?: a question)?)"
    ),
    "articles": (
        r"(?:what|which|how many|show(?: me)?(?: all)?|list(?: all)?)(?: of)? ?(?:the |your |these "
        r")?(?:(?:news )?articles|sources|outlets|news|documents|files|topics)(?: (?:do you (?:have"
        r"|know|cover)|are (?:there|here|available|indexed|in (?:here|the index))|have you(?: got)?"
        r"|can i ask about|you have))?|what (?:do you know|have you got|is in (?:the|your) (?:index"
        r"|articles|folder))(?: about)?|what(?: dates| period| topics)? do (?:you|the articles|your "
        r"articles) cover|what are (?:the|your) (?:articles|sources)(?: about)?"
    ),
}
_PATTERNS = {kind: re.compile(wording, re.IGNORECASE) for kind, wording in _WORDINGS.items()}


def message_kind(text: str) -> MessageKind | None:
    """Return what kind of message `text` is; None for a question to the articles."""
    bare = re.sub(r"[\s.!?,:;)(-]+$", "", text.strip().lstrip("¡¿ "))
    bare = " ".join(bare.split())
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(bare)), None)


def about(kind: MessageKind, coverage: Coverage) -> str:
    """Return the line that answers a message, from the facts of the index."""
    facts = _facts(coverage)
    if kind == "thanks":
        return "You are welcome. Ask the next question whenever you like."
    if kind == "goodbye":
        return "Goodbye."
    if kind == "help":
        return (
            f"Ask a question in your own words, and I answer with sentences quoted from the "
            f"articles, each with its source. "
            f"Name an outlet or a date to narrow it (“according to …”, “since Monday”). {facts}"
        )
    return f"Hello. {facts} Ask them a question." if kind == "greeting" else facts


def _listed(names: Sequence[str]) -> str:
    """Return names as a list that can be told apart, even if a name has a comma of its own."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def _facts(coverage: Coverage) -> str:
    if not coverage.articles:
        return "There are no articles yet. Add some with: footnote add PATH or URL"
    count = f"{coverage.articles} article{'s' if coverage.articles > 1 else ''}"
    outlets = coverage.outlets[:5]
    more = len(coverage.outlets) - len(outlets)
    source = f" from {_listed(outlets)}{f' and {more} more' if more else ''}" if outlets else ""
    if coverage.oldest and coverage.newest:
        same = coverage.oldest == coverage.newest
        dates = f", dated {coverage.oldest}" if same else f", dated {coverage.oldest} to {coverage.newest}"
        dates += f" ({coverage.undated} undated)" if coverage.undated else ""
    else:
        dates = ", undated"
    return f"I hold {count}{source}{dates}."
