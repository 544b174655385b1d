"""What "Who said that?" points to: what a sentence of the last answer says, without the words that say whose it is."""

from __future__ import annotations

import re

from assistant.antecedent import first_sentence
from assistant.refusal import refuses
from assistant.statements import saying
from assistant.values import names

_SAID_THAT = re.compile(
    r"who (?:(?:said|says|claimed|claims|reported|told|stated) (?:that|this|so|it)|wrote (?:that|so))\W*"
    r"|(?:says who|according to whom)\W*",
    re.IGNORECASE,
)
_WHEN = r"(?: (?:on|in|last|late|early) \w+(?: \w+){0,2}?)?"
_LINK = re.compile(r"^(?:but|and|so|yet|however,|meanwhile,) ", re.IGNORECASE)
_LEAST = 3
"""Words that have to be left of a sentence."""


def asks_who_said_so(question: str) -> bool:
    """Whether a follow-up asks whose words the last answer gave: it goes on about nothing of its own."""
    return _SAID_THAT.fullmatch(question) is not None


def who_said(answer: str) -> str:
    """Return the question for who said what the first sentence of an answer says; empty where it tells nothing.

    answer: without its footnotes.
    """
    sentence = "" if refuses(answer) else first_sentence(answer)
    if not sentence:
        return ""
    told = _uncredited(sentence)
    named = any(name.start == 0 for name in names(told)) or told[1:2].isupper()
    return f"Who said that {told if named else told[:1].lower() + told[1:]}?"


def _uncredited(sentence: str) -> str:
    """Return a sentence without who says it; unchanged where little more would be left."""
    text = _LINK.sub("", sentence)
    found = saying(text)
    if found is None or found.quoted:
        return sentence
    speaker, verb = re.escape(found.speaker), re.escape(found.verb)
    if found.verb.lower() == "according to":
        told = re.sub(rf",?\s*\b{verb} (?:the |an? )?{speaker}[^,;]*,?\s*", " ", text)
    else:
        told = re.sub(rf",\s*(?:{verb} {speaker}|{speaker}(?:, [^,]+,)? {verb})\b[^,;]*$", "", text)
        opening = re.match(rf"[^“”\";]*?\b{speaker},?(?: [^,]+,)?(?: [a-z]+)? {verb}{_WHEN}(?: that)? (?=\w)", text)
        told = text[opening.end() :] if told == text and opening else told
    told = told.strip(" ,.")
    return told[:1].upper() + told[1:] if len(told.split()) >= _LEAST else sentence
