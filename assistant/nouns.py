"""Nouns that tell what kind of answer a question wants: a "year" is a date, a "minister" has a name."""

from __future__ import annotations

from typing import Literal

from assistant.words import stem, stems_of

Told = Literal["name", "place", "date", "number", "share", "money"]

_PERSONS = frozenset(
    "person man woman individual leader president minister ambassador director chief ceo cfo chairman chairwoman chair "
    "founder author writer actor actress player athlete singer artist scientist king queen emperor pope governor mayor "
    "senator politician coach captain winner runner general commander owner spokesman spokeswoman spokesperson lawyer "
    "judge officer editor journalist reporter designer architect composer inventor philosopher engineer explorer "
    "researcher professor manager secretary commissioner chancellor prince princess duke rival successor predecessor "
    "pilot farmer teacher doctor nurse driver skipper surgeon astronaut prosecutor attorney solicitor premier banker "
    "economist analyst activist suspect victim witness expert critic envoy diplomat negotiator striker goalkeeper "
    "midfielder defender referee umpire champion conductor chef photographer producer screenwriter novelist poet "
    "painter sculptor musician rapper comedian dancer sheriff admiral colonel lieutenant sergeant bishop archbishop "
    "cardinal rabbi imam priest pastor rector curator historian biologist physicist chemist investor entrepreneur "
    "billionaire candidate nominee congressman congresswoman lawmaker councillor treasurer whistleblower".split()
)
PERSON_NOUNS = frozenset(map(stem, _PERSONS))
"""Stems of what people are and do."""
KIN = stems_of(
    "wife husband widow widower partner son daughter child brother sister father mother parent uncle aunt cousin "
    "nephew niece grandson granddaughter grandfather grandmother"
)
"""Stems of whom one may share a name with."""
_PLACES = frozenset(
    "country city town village state province county region place location venue site capital nation "
    "continent island river street district stadium hometown birthplace headquarters territory address".split()
)
_DATES = frozenset("year date day month decade century time".split())
_SHARES = frozenset("share percentage percent proportion fraction rate".split())
SHARE_NOUNS = frozenset(map(stem, _SHARES))
"""Stems of the words for a share."""
_NUMBERS = frozenset(
    "number population total amount size height length distance speed temperature age score count figure depth "
    "width weight volume area capacity toll quantity turnout".split()
)
_SUMS = frozenset(
    "price cost revenue budget salary fee profit sum value worth gdp income earnings sales loss "
    "turnover debt fine capitalization capitalisation valuation".split()
)
KINDS: dict[str, Told] = {
    **dict.fromkeys(_NUMBERS, "number"),
    **dict.fromkeys(_SUMS, "money"),
    **dict.fromkeys(_SHARES, "share"),
    **{form: "date" for noun in _DATES for form in (noun, f"{noun}s", f"{noun[:-1]}ies")},
    **{form: "place" for noun in _PLACES for form in (noun, f"{noun}s", f"{noun[:-1]}ies")},
    **{form: "name" for noun in _PERSONS for form in (noun, f"{noun}s", noun.replace("man", "men"))},
}
"""What the nouns ask for, as they are spelt: an engine is no engineer, and several areas are no number."""
MEASURES: dict[str, frozenset[str]] = {
    "share": SHARE_NOUNS,
    "number": frozenset(map(stem, _NUMBERS)),
    "date": frozenset(map(stem, _DATES)),
    "place": frozenset(map(stem, _PLACES)),
}
"""Stems that only name the kind of answer, by kind."""
