"""An answer as Markdown with footnotes."""

from __future__ import annotations

import re

from assistant.answer import Answer
from corpus.article import Headline
from ui import words
from ui.links import source_name
from ui.markup import plain, safe_address

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~$^&]|^[-+=](?=\s)")
_LISTED = re.compile(r"^(\d+)([.)])")


def answer_markdown(answer: Answer, *, group: str = "") -> str:
    """Return question and answer as Markdown with footnotes.

    group: put before the footnote numbers ("2-"), so that several answers can stand in one file.
    """
    lines = [f"**{_escaped(answer.question)}**", ""]
    if answer.short:
        lines += [f"**{_escaped(answer.short.text)}**[^{group}{answer.short.citation}]", ""]
    if answer.sentences:
        sentences = []
        for sentence in answer.sentences:
            lead = f"{_escaped(sentence.lead)} " if sentence.lead else ""
            sentences.append(
                lead + _escaped(sentence.text) + "".join(f"[^{group}{number}]" for number in sentence.citations)
            )
        lines += [" ".join(sentences), ""]
    else:
        lines += [_escaped(answer.refusal.message if answer.refusal else answer.text), ""]
    for disagreement in answer.disagreements:
        lines += [_escaped(disagreement.about), ""]
        for side in disagreement.sides:
            speaker = f" ({_escaped(side.speaker)})" if side.speaker else ""
            lines.append(f"- {_escaped(side.value)}{speaker}[^{group}{side.citation}]")
        lines.append("")
    if answer.refusal and answer.refusal.closest:
        lines += [f"{words.CLOSEST}:", "", *(f"- {_reference(headline)}" for headline in answer.refusal.closest), ""]
    lines += [
        f"[^{group}{note.number}]: “{_escaped(note.quote)}” {_reference(note.article)}" for note in answer.citations
    ]
    return "\n".join(lines).rstrip() + "\n"


def _reference(headline: Headline) -> str:
    address = safe_address(headline.url)
    where = f" <{address}>" if address and not set("<>") & set(address) else ""
    return f"*{_escaped(headline.title)}*, {_escaped(source_name(headline))}.{where}"


def _escaped(text: str) -> str:
    """Return text on one line, with nothing in it that Markdown or HTML would take for its own."""
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(plain(text).split()))
    return _LISTED.sub(r"\1\\\2", line)
