"""Several questions in one message: where the text plainly holds two or three, and what each of them is."""

from __future__ import annotations

import re

from assistant.asked import ANY_ASKER, ANY_HELPING, DEGREES
from assistant.question import analyse
from assistant.telling import tells
from assistant.values import names
from assistant.words import STOPWORDS, words

MOST = 3
"""Questions taken out of one message; with more of them it is searched as it stands."""

_HELPING = (
    rf"(?:{ANY_HELPING}|may|might|must"
    r"|(?:is|are|was|were|do|does|did|has|have|had|could|would|should|wo|ca)n[’']t)"
)
_AT = r"(?:(?:in|on|at|to|from|for|by|with|of|since|until|under|against)\s+)?"
_ENDED = re.compile(r"(?<=[?？])\s+")
_JOINT = re.compile(
    rf"[,;]?\s+and(?:\s+also)?,?\s+(?={_AT}{ANY_ASKER}\b)"
    rf"|[,;]\s+(?=(?:when|where|why|what|how(?: [a-z]+)?)\s+{_HELPING}\b)"
    rf"|(?<=[a-z]),\s+(?=who [a-z]+\b[^,;?]*(?:,| and\b|, and\b) (?:who|what|when|where|how)\b)",
    re.IGNORECASE,
)
"""What joins two questions: an "and", or a comma before one that is put directly: "when does it open, where is it?".

Before a "who", which mostly goes on from a name, only where a further question closes the list.
"""
_NAMED_LAST = re.compile(r"[A-Z][\w’'-]*$")
_OPENED = re.compile(r"^(?:(?:and|but|so|also|then)\b,?\s+)+", re.IGNORECASE)
_INTRODUCED = re.compile(rf"^[^?,;]{{2,60}},\s+(?={_AT}(?:{ANY_ASKER}|{_HELPING})\b)", re.IGNORECASE)
_DIRECT = re.compile(
    rf"^{_AT}(?P<asker>{ANY_ASKER})(?P<between>(?:\s+[\w’'-]+){{0,4}}?)\s+{_HELPING}\s+\w", re.IGNORECASE
)
_SUBJECT = re.compile(r"^(?:who|what|which|how (?:many|much))\s+(?P<rest>.+)", re.IGNORECASE)
_CLOSED = re.compile(rf"^{_HELPING}\s+\w", re.IGNORECASE)
_EMBEDDING = re.compile(
    rf"\b(?:say|says|said|tell|tells|told|know|knows|explain|explains|report|reports|reported|show|shows|describe"
    rf"|describes|mention|mentions|ask|asks|asked|see|clear|state|states)\s+(?:(?:me|us|about|exactly)\s+)?{ANY_ASKER}\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?<!^)\b(?:who|whom|whose|which|that)\b", re.IGNORECASE)
_LEANING = re.compile(
    r"\b(?:he|she|it|they|him|her|his|hers|its|their|them|there|this|that|these|those)\b", re.IGNORECASE
)
_CERTAIN = re.compile(r"\bthe [a-z]", re.IGNORECASE)
_REACH = 8
"""Words behind the asker within which its verb stands: "What share of Norland's oil comes from Kell?"."""
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|\([^)]*\)")


def several(message: str) -> tuple[str, ...]:
    """Return the questions of a message in order; the message alone where it plainly holds no more than one.

    A second question is one after a question mark, or after an "and" that a question with a verb of its own follows.
    A later one may lean on the one before it ("… and when did he resign?").
    """
    sentences = [part for part in _ENDED.split(message) if part.strip()]
    if len(sentences) > 1 and not all(part.rstrip().endswith("?") and _whole(_opened(part)) for part in sentences):
        return (message,)
    found = [half for sentence in sentences for half in _halves(_opened(sentence) if len(sentences) > 1 else sentence)]
    return tuple(found) if 1 < len(found) <= MOST else (message,)


def leaning(question: str) -> bool:
    """Whether a question borrows from what was said before it: "What did he say?"."""
    return bool(_LEANING.search(question))


def _opened(sentence: str) -> str:
    rest = _OPENED.sub("", sentence.strip())
    return rest[:1].upper() + rest[1:]


def _halves(sentence: str, *, later: bool = False) -> list[str]:
    """Return the questions that are joined in one sentence; the sentence where none are.

    later: one came before, so that "when does it end" stands by itself too.
    """
    hidden = [match.span() for match in _QUOTED.finditer(sentence)]
    for joint in _JOINT.finditer(sentence):
        if any(start < joint.start() < end for start, end in hidden):
            continue
        first, second = sentence[: joint.start()].strip(), sentence[joint.end() :].strip()
        if joint[0].startswith(",") and second[:4] == "who " and _NAMED_LAST.search(first):
            continue  # "Lund, who won it, …"
        stands = _stands(first) or (later and _asks(first) and leaning(first) and not _EMBEDDING.search(first))
        if stands and (_follows(first, second) or (later and _DIRECT.match(second) and analyse(second).terms)):
            return [f"{first.rstrip('?')}?", *_halves(second[:1].upper() + second[1:], later=True)]
    return [sentence]


def _whole(sentence: str) -> bool:
    """Whether a sentence with a question mark asks something of its own, and is not "Really?" or "Or what?"."""
    direct = re.match(rf"^{_AT}(?:{ANY_ASKER}|{_HELPING})\b", sentence, re.IGNORECASE)
    return direct is not None and bool(analyse(sentence).terms) and len(words(sentence)) > 2


def _stands(first: str) -> bool:
    """Whether what is before an "and" is a question by itself: asked directly, of somebody or of two things."""
    bare = _INTRODUCED.sub("", first)
    return _asks(bare) and _says_enough(bare) and not _EMBEDDING.search(bare)


def _follows(first: str, second: str) -> bool:
    """Whether what is behind an "and" is a question by itself, and no further clause of the first."""
    asker = words(second)[0].text.lower()
    if asker == "whose":
        return False
    if asker in ("who", "whom", "which") and _RELATIVE.search(_INTRODUCED.sub("", first)[1:]):
        return False
    return _asks(second) and (_says_enough(second) or bool(_LEANING.search(second)))


def _asks(text: str) -> bool:
    """Whether a text is put as a direct question: the verb stands before its subject, or the asker is the subject."""
    if _CLOSED.match(text):
        return True
    direct = _DIRECT.match(text)
    if direct:
        between = words(direct["between"])
        asker = direct["asker"].lower()
        if not between:
            return True
        if asker == "how":
            return between[0].text.lower() in DEGREES and not any(_subject(word.text) for word in between[1:])
        return asker in ("what", "which", "whose") and not any(_subject(word.text) for word in between)
    subject = _SUBJECT.match(text)
    listed = words(subject["rest"]) if subject else ()
    if not listed or _subject(listed[0].text):
        return False
    asker = text[:3].lower()
    if asker == "how":  # "How many ships sail to Kell?", not "how many ships they lost"
        return len(listed) > 2 and not any(_subject(word.text) for word in listed[:2])
    owning = asker == "who" and listed[0].text.endswith("s") and len(listed) > 1  # "Who owns Kell?"
    return owning or any(tells(f"They {word.text.lower()} it.") for word in listed[:_REACH])


def _subject(word: str) -> bool:
    """Whether a word between the asker and the verb shows that a clause follows: "what he is", "what Kell was"."""
    return word.lower() in STOPWORDS - {"of", "other", "more", "most"} or word[:1].isupper()


def _says_enough(text: str) -> bool:
    """Whether a question says what it is about: a name, a certain thing, two words that matter."""
    terms = analyse(text).terms
    return len(terms) > 1 or bool(names(text)) or bool(terms and _CERTAIN.search(text))
