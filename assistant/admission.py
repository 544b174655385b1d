"""What a ticket is for: who asks its price and then "Who runs it?" asks who runs the ferry."""

from __future__ import annotations

import re

_TICKET = r"(?:tickets?|fares?|pass(?:es)?|tolls?|timetables?|season)"
_SORT = (
    r"(?:day|night|week|month|year|season|weekly|monthly|annual|adult|child|children['’]s|student|family|group|return"
    r"|single|one-way|standard|normal|cheap|cheapest|full-price|first-class|online|free)"
)
_FOR = re.compile(
    rf"(?:the (?:price|cost|fare) of )?(?:an? |the |one )?(?:{_SORT} )*"
    rf"(?:(?!(?:{_SORT}|an?|the|one)\b)(?P<before>[\w’'-]+(?: [\w’'-]+)?) (?:{_SORT} )*{_TICKET}"
    rf"|{_TICKET} (?:for|on|to) (?P<behind>(?:the|an?) [\w’' -]+))",
    re.IGNORECASE,
)
_OF_A_TICKET = re.compile(rf"(?:the (?:price|cost) of )?(?:an? |the |one )?(?:{_SORT} )*{_TICKET}", re.IGNORECASE)
_BUYING = re.compile(
    r"\b(?:buy|bought|sell|sold|get|got|book|booked|order|valid|costs?|pay|paid|refund\w*|includ\w+|cover\w*|cheap\w*"
    r"|price\w*|expensive|dear\w*|much|online|use|used|rise|risen|rose|go up|gone up)\b",
    re.IGNORECASE,
)
"""What is said of a ticket itself, or of its price."""


def used_with(phrase: str, question: str) -> str:
    """Return the ferry for "a ferry ticket", if a follow-up asks of "it" what nobody asks of a ticket; else it."""
    found = _FOR.fullmatch(phrase)
    if found is None or _BUYING.search(question):
        return phrase
    return f"the {found['before']}" if found["before"] else found["behind"]


def is_ticket(phrase: str) -> bool:
    """Whether a phrase is only a ticket or its price, where nobody can be: "a day ticket"."""
    return _OF_A_TICKET.fullmatch(phrase) is not None
