"""An answer as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.wording import attribution, flat

if TYPE_CHECKING:
    from assistant.answer import Answer


def printed(answer: Answer) -> str:
    """Return the short answer, the sentences, what differs, what happened when, and the numbered sources, as lines."""
    return "\n".join(_lines(answer)).strip()


def _lines(answer: Answer) -> Iterator[str]:
    if answer.query.text != answer.question and answer.kind != "about":
        yield f"(searched: {answer.query.text})"
    if answer.short:
        yield f"{flat(answer.short.text)} [{answer.short.citation}]"
        yield ""
    if answer.notice:
        yield f"({answer.notice})"
    yield answer.text
    if answer.left_out_sentences:
        count = len(answer.left_out_sentences)
        yield ""
        yield f"{count} unsupported {'sentence was' if count == 1 else 'sentences were'} left out."
    quoted = {citation.number: citation for citation in answer.citations}
    for disagreement in answer.disagreements:
        yield ""
        yield disagreement.about
        for side in disagreement.sides:
            who = f"{side.speaker}, " if side.speaker else ""
            yield f"  {flat(side.value)}: {who}{attribution(quoted[side.citation].article)} [{side.citation}]"
    if answer.timeline:
        yield ""
        yield "Timeline"
    for event in answer.timeline:
        when = event.date or f"date unknown, “{flat(event.date_text)}”"
        yield f"  {when}: {flat(quoted[event.citation].quote)} [{event.citation}]"
    if answer.citations:
        yield ""
        yield "Sources"
    for citation in answer.citations:
        yield f"[{citation.number}] “{flat(citation.quote)}”"
        yield f"    {flat(citation.article.title)} ({attribution(citation.article)})"
        for headline in citation.also_in:
            yield f"    also in: {flat(headline.title)} ({attribution(headline)})"
    if answer.refusal and answer.refusal.closest:
        yield ""
        yield "Closest"
        for headline in answer.refusal.closest:
            yield f"  {flat(headline.title)} ({attribution(headline)})"
