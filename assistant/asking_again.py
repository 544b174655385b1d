"""The last question asked again, for something else: "Where?", "And when was that?", "Who else?"."""

from __future__ import annotations

import re

from assistant.asked import ANY_HELPING
from assistant.clause import clause_of
from assistant.telling import tells

PREPOSITIONAL = (
    r"(?:about|against|at|by|for|from|in|into|of|on|since|through|to|under|until|with) (?:whom?|where|when"
    r"|how (?:much|many|long|far|often)(?: (?!else\b)[a-z]+)?|(?:what|which)(?! else\b)(?: [a-z]+)?)"
)
"""What asks with a preposition before it: "by how much", "in what year"; a pattern."""
_ASKS = re.compile(
    rf"^(?:when|where|why|how|{PREPOSITIONAL})\s+(?P<rest>{ANY_HELPING}\b)",
    re.IGNORECASE,
)
_ASKS_WHAT = re.compile(r"^(?:what|whom?|which(?: \w+)?) (?P<rest>(?:do|does|did)\b)", re.IGNORECASE)
_PREPOSITIONAL = re.compile(PREPOSITIONAL, re.IGNORECASE)
_CLOSED = re.compile(rf"^{ANY_HELPING}\b", re.IGNORECASE)
_DENIED = {"can": "can’t", "will": "won’t"}
_DONE = re.compile(
    r"^(?P<asker>who|what|which) (?!is\b|are\b|was\b|were\b|will\b|would\b|can\b)(?P<rest>[a-z]+ .+)", re.IGNORECASE
)
_HOW_MUCH = re.compile(r"how (?:much|many|long|far|often)\b", re.IGNORECASE)
_ELSE = re.compile(r"(?<!\S)else (?=\w)|(?<!\S)else\b", re.IGNORECASE)


def asked_again(wh: str, last: str, *, denied: bool = False) -> str:
    """Return the last question with another question word: "Where?" after "When was the war?".

    denied: "Why not?" after "Did it rain?".
    """
    word = wh[:1].upper() + wh[1:].lower()
    last = _ELSE.sub("", last)
    verb = _ASKS.match(last) or _ASKS_WHAT.match(last)
    if verb:
        return f"{word} {last[verb.start('rest') :]}"
    if wh.lower() not in ("when", "where", "why") and not _PREPOSITIONAL.fullmatch(wh):
        return f"{word}: {last.strip().rstrip('?!. ')}?"
    if counted := _of_what_is_counted(word, last):
        return counted
    closed = _CLOSED.match(last)
    if closed and denied:
        helping = closed[0].lower()
        return f"{word} {_DENIED.get(helping, helping + 'n’t')}{last[closed.end() :]}"
    if closed:
        return f"{word} {last[:1].lower()}{last[1:]}"
    done = _DONE.match(last) if wh.lower() != "since when" else None
    if done is None:
        return f"{word} was it ({last[:1].lower()}{last[1:].rstrip('?!. ')})?"
    subject = "they" if done["asker"].lower() == "who" else "it" if _deed(done["rest"]) else "the"
    return f"{word} was it that {subject} {done['rest'].rstrip('?!. ')}?"


def _of_what_is_counted(word: str, last: str) -> str:
    """Return a question for how much or how many, asked with another word: "Why did the pound fall?"."""
    clause = clause_of(last)
    if not _HOW_MUCH.match(last) or not clause.helping or re.search(r"\bthere\b", last):
        return ""
    rest = (clause.verb, clause.counted, clause.rest) if clause.subject else (clause.counted, clause.verb, clause.rest)
    if not clause.verb or not (clause.subject or clause.counted) or re.search(r"\bbe(?:en|ing)?\b", last):
        return ""
    return f"{' '.join(filter(None, (word, clause.helping, clause.subject, *rest)))}?"


def _deed(rest: str) -> bool:
    """Whether a text opens with a verb: "founded FTX", not "share of the oil"."""
    return tells(f"They {rest.split(maxsplit=1)[0].lower()} it.")


def asked_for_others(wh: str, last: str) -> str:
    """Return the last question asked for others: "Who else?" after "Who founded it?"; empty where it does not fit."""
    opening = wh.split()[0] if not wh.lower().startswith("any") else "who"
    match = re.match(rf"{opening}\b(?: else\b)?", last, re.IGNORECASE)
    return f"{match[0].split()[0]} else{last[match.end() :]}" if match else ""


def done_to(question: str) -> str:
    """Return what a question for the doer says the deed was done to: FTX in "Who founded FTX?"; empty elsewhere."""
    done = None if _ASKS_WHAT.match(question.strip()) else _DONE.match(question.strip())
    return done["rest"].split(maxsplit=1)[1].rstrip("?!. ") if done and _deed(done["rest"]) else ""
