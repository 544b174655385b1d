"""Who won and who lost, as a sentence tells it of two: "Vell beat Osk", "Osk lost 3-1 to Vell"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.otherwise import NAME
from assistant.words import content, stem, stems_of

_SCORE = r"(?: \d{1,3}[-–]\d{1,3}(?:,? (?:\d{1,2}[-–]\d{1,2}|and))*)?"
_CALLED = r"(?:(?:the|The|[a-z-]+|[Dd]efending) ){0,3}?"
"""What may stand before a name that was beaten or won: "beat holders Norvik"."""
_BEAT = (
    r"(?:beats?|defeat(?:s|ed)|overc[ao]mes?|thrash(?:es|ed)|trounce[sd]|rout(?:s|ed)|edge[sd](?: past| out)?"
    r"|outplay(?:s|ed)|s(?:ees?|aw) off|knock(?:s|ed) out|stun(?:s|ned)|down(?:s|ed)|outpoint(?:s|ed)"
    r"|hammer(?:s|ed)|crush(?:es|ed)"
    r"|(?:won|wins?|prevail(?:s|ed)|triumph(?:s|ed))(?: [a-z]+){0,2}" + _SCORE + r" (?:against|over))"
)
_LOST = (
    r"(?:(?:lost|loses?|f[ae]lls?|went down|succumb(?:s|ed))(?: [a-z]+){0,2}" + _SCORE + r" (?:to|against)"
    r"|(?:was|were|got|been) (?:beaten|defeated|thrashed|routed|edged|stunned|knocked out)" + _SCORE + r" by)"
)
_TELLS = re.compile(
    rf"(?P<one>{NAME})(?:,[^,.;]{{2,50}},)?(?: (?:have|has|had|narrowly|easily|comfortably))*"
    rf" (?:(?P<won>{_BEAT})|(?P<lost>{_LOST}))(?: {_CALLED})(?P<other>{NAME})"
)
_OPENS = r"^(?:[A-Z][A-Z’'. ]+(?: \([^)]*\))? ?[-–—] )?"
_ON = r"(?:(?!\b(?:after|as|when|before|while|who|which|that|but)\b)[^;.]){0,120}?"
_BEATING_ALSO = re.compile(
    rf"{_OPENS}(?P<one>{NAME})\b{_ON},(?: (?:narrowly|easily|comfortably))?"
    rf" (?:beating|defeating|overcoming|thrashing|edging(?: out)?|knocking out) {_CALLED}"
    rf"(?P<other>{NAME})(?![\w’'-]| to\b| [A-Z])"
)
"""What tells it of who opens the sentence: "Vell won the cup, beating Osk"."""
_CAME_TO_BEAT = re.compile(
    rf"(?P<one>{NAME}) (?:came|fought|rallied|recovered)(?: [a-z]+){{1,5}} to (?:beat|defeat|overcome|edge)"
    rf" {_CALLED}(?P<other>{NAME})"
)
_LOST_AS = re.compile(
    rf"(?P<other>{NAME}) (?:lost|lose|fell|went out)\b[^;.]{{0,80}}? (?:when|as|after) (?:they|she|he|it) (?:was|were)"
    rf" (?:beaten|defeated|thrashed|routed|edged|stunned|knocked out){_SCORE} by {_CALLED}(?P<one>{NAME})"
)
_ROUND = re.compile(
    r"\b(?:semi-?finals?|quarter-?finals?|(?:first|second|third|fourth|fifth|qualifying|preliminary|last) round)\b",
    re.IGNORECASE,
)
_WON_IT_ALL = re.compile(
    r"\b(?:won|wins?|lift(?:s|ed)|claim(?:s|ed)|took|tak(?:es?|ing)) (?:the |their |her |his )[^;.]*,"
    r"(?: \w+ly)? (?:beating|defeating|overcoming)\b"
)
_ASKS_LOSER = re.compile(
    r"^\W*(?P<asker>who|(?:what|which) (?:team|side|club|player|country|candidate|party))"
    r" (?:(?:has |had )?lost|loses) (?P<what>[^?]+)\?*\W*$",
    re.IGNORECASE,
)
_ASKS_WINNER = re.compile(
    rf"^\W*(?:who|whom|(?:what|which) [a-z]+) (?:did|has|have|had) (?P<what>(?:[Tt]he )?{NAME}) (?i:lose|lost)"
    r"(?: (?P<where>(?:in|at) [^?]+?))? (?:to|against)(?: (?P<when>(?:in|at|on) [^?]+?))?\?*\W*$",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"^(?:to|against) ", re.IGNORECASE)
_OF_LOSING = re.compile(
    r"\b(?:lost|los(?:es?|ing)|loss(?:es)?|losers?|runners?-up|beaten|second place)\b", re.IGNORECASE
)
_BEATEN = re.compile(
    r"^\W*(?:who|(?:what|which) [a-z]+) (?:(?:was|were|got) (?:beaten|defeated)|(?:has |had )?lost|loses)\b"
    rf"|^\W*(?:who(?:m)?|(?:what|which) [a-z]+) (?:did|has|have|had) (?:the )?(?P<winner>{NAME})"
    r" (?:beat|beaten|defeat|defeated|overcome)\b",
    re.IGNORECASE,
)

_ASKS_WHO_WON = re.compile(
    r"^\W*(?:who|(?:what|which) (?:team|side|club|player)) (?:(?:has |had )?won|wins)\b(?=[^,;]*$)", re.IGNORECASE
)
_WINNER = re.compile(
    r"\b(?:scor(?:ed?|es|ing)|hit|hits|net(?:s|ted)|head(?:s|ed)|struck|got|made it)\b[^;,.]{0,40}?"
    r"\b(?:winner|winning (?:goal|try|point|run))\b",
    re.IGNORECASE,
)
_WON = re.compile(r"\b(?:w[io]n|wins|winners?|victor\w*|beat|beats|defeat\w*)\b", re.IGNORECASE)
_BEATING = stems_of(
    "beat beaten defeat defeated lost lose team side club player candidate party country overcome thrash "
    "won win match game tie derby"
)


_LOSS_TO = re.compile(
    rf"\b(?:loss|lost|los(?:e|es|ing)|defeat|beaten|defeated|fell)(?: [a-z]+){{0,2}}{_SCORE} (?:to|by|against) "
    rf"{_CALLED}(?P<whom>{NAME})"
)
_ASKS_LOST_TO = re.compile(r"\b(?:lose|lost|beaten|defeated)\b.*\b(?:to|by|against)\b", re.IGNORECASE)


class Contest(NamedTuple):
    """The characters [start, end) of the names of who won and of who lost."""

    winner: tuple[int, int]
    loser: tuple[int, int]


@lru_cache(maxsize=2_000)
def contest(sentence: str) -> Contest | None:
    """Return who a sentence says beat whom; None where it tells of none, or of several."""
    told = list(_TELLS.finditer(sentence))
    if not told and (
        beating := _BEATING_ALSO.match(sentence) or _CAME_TO_BEAT.search(sentence) or _LOST_AS.search(sentence)
    ):
        return Contest(beating.span("one"), beating.span("other"))
    if len(told) != 1:
        return None
    one, other = told[0].span("one"), told[0].span("other")
    return Contest(one, other) if told[0]["won"] else Contest(other, one)


def asks_for_loser(question: str) -> bool:
    """Whether it asks who lost, or whom somebody beat."""
    return bool(_BEATEN.match(question))


def is_loser(question: str, sentence: str, start: int, end: int) -> bool:
    """Whether sentence[start:end] is the whole name of who lost, where that is asked for."""
    told = contest(sentence) if asks_for_loser(question) and not of_another_round(question, sentence) else None
    if told is None or sentence[slice(*told.loser)].removeprefix("The ") != sentence[start:end]:
        return False
    asked = _BEATEN.match(question)
    winner = asked["winner"] if asked else None
    return not winner or not content(winner).isdisjoint(content(sentence[slice(*told.winner)]))


def of_another_round(question: str, sentence: str) -> bool:
    """Whether a round before the final is asked of, and the sentence tells who won it all by beating whom."""
    rounds = [match[0].lower() for match in _ROUND.finditer(question)]
    return (
        bool(rounds) and _WON_IT_ALL.search(sentence) is not None and not any(one in sentence.lower() for one in rounds)
    )


def lost_to_whom(question: str, sentence: str) -> tuple[int, int] | None:
    """Return the characters of the name somebody lost to, where that is asked for and told.

    Who lost stands anywhere before, or in the sentence before: "they suffered a heartbreaking loss to Vell".
    """
    told = _LOSS_TO.search(sentence)
    return told.span("whom") if told and _ASKS_LOST_TO.search(question) else None


def only_lost(question: str, sentence: str) -> bool:
    """Whether it is asked whom somebody beat, and a sentence tells whom they lost to, and of no other contest."""
    asked, told = _BEATEN.match(question), _LOSS_TO.search(sentence)
    if asked is None or not asked["winner"] or told is None or re.search(_BEAT, sentence):
        return False
    return content(asked["winner"]).isdisjoint(content(told["whom"]))


def of_that_contest(question: str, sentence: str) -> bool:
    """Whether a sentence tells who beat whom in what a question for the loser or the winner is about, in all its words.

    "Who won the cup final?" is told by "Osk beat Vell in the cup final", not by who scored the winner.
    """
    asked = asks_for_loser(question) or _ASKS_WHO_WON.match(question)
    if not asked or contest(sentence) is None or of_another_round(question, sentence):
        return False
    return content(question) - _BEATING <= content(sentence)


def only_scored(question: str, sentence: str) -> bool:
    """Whether who won is asked for, and a sentence tells only who scored the winner."""
    if not _ASKS_WHO_WON.match(question):
        return False
    told = _WINNER.sub("", sentence)
    return told != sentence and _WON.search(told) is None


def as_beaten(question: str, sentences: Sequence[str]) -> str:
    """Return a question for who lost as one for who was beaten, if the sentences tell it only so; else unchanged.

    Of a final that one side won news seldom says that the other lost it. To whom somebody lost is asked as who won.
    """
    loser, winner = _ASKS_LOSER.match(question), _ASKS_WINNER.match(question)
    asked = winner or loser
    if asked is None or not _told_as_beaten(asked["what"], sentences):
        return question
    what = asked["what"].strip()
    if winner:
        return f"Who beat {' '.join(part for part in (what, winner['where'], winner['when']) if part)}?"
    against = _AGAINST.match(what)
    return f"{asked['asker']} was beaten {f'by {what[against.end() :]}' if against else f'in {what}'}?"


def _told_as_beaten(what: str, sentences: Sequence[str]) -> bool:
    """Whether of what is asked sentences tell who beat whom, and none that anybody lost."""
    matter = content(what) - {stem("match"), stem("game")}
    near = [one for one in sentences if not matter or not matter.isdisjoint(content(one))]
    return not any(_OF_LOSING.search(one) for one in near) and any(contest(one) for one in near)
