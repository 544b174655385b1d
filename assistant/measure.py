"""Whether a value is of the measure that is asked for: an age, degrees, the part and not the whole it is part of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.ages import asks_an_age, beside_a_name, is_the_age, years_old
from assistant.amounts import ValueKind
from assistant.counting import of_a_part, of_those_that_were
from assistant.older_values import of_another_time
from assistant.question import Question
from assistant.tally import A_SCORE, COUNTS, HOW_LARGE, SCORED, THE_SCORE, of_a_tally, of_no_points, of_no_score
from assistant.values import values
from assistant.words import STOPWORDS, stem, stems_of, words
from assistant.written_dates import CLOCK

_ALIKE = 5
"""Letters that one and several share: a midwife, midwives."""
_HOW = re.compile(
    r"\bhow (strong(?=.*(?:quake|tremor|aftershock|wind|storm|gust|hurricane|typhoon|cyclone))"
    r"|tall|high|deep|far(?!.*\b(?:above|below|ahead|behind|off|short|rise|fall|f[ae]ll\w*|grow|drop|shrink"
    r"|reduc\w*|cut|rose|grew|shr[au]nk|advanced?|increas\w*|decreas\w*|declin\w*)\b)|wide|heavy|fast|cold|hot|warm)\b",
    re.IGNORECASE,
)
_LENGTH = (
    r"k?m|cm|mm|feet|foot|ft|inch(?:es)?|yards?|miles?|(?:kilo|centi|milli)?met(?:re|er)s?|stor(?:e?y|e?ys|ies)"
    r"|nautical miles?|light[- ]years?"
)
_WEIGHT = r"kg|g|kilo(?:gram(?:me)?)?s?|gram(?:me)?s?|tonnes?|tons?|pounds?|lb|ounces?|stone"
_SPEED = r"mph|km/h|kph|knots|m/s|(?:miles|kilomet(?:re|er)s|met(?:re|er)s) (?:per|an|a) \w+"
_DEGREES = r"°[CF]?|degrees?(?: (?:Celsius|Fahrenheit))?|[CF]|Celsius|Fahrenheit"
_AREA = r"(?:square (?:\w+)|acres?|hectares?|sq \w+|litres?|barrels?|megawatts?|[MG]W)"
_UNIT = {
    name: re.compile(rf"[- ]?(?:{unit})(?!\w)")
    for names, unit in (
        ("tall high deep far wide", _LENGTH),
        ("heavy", _WEIGHT),
        ("fast", _SPEED),
        ("cold hot warm", _DEGREES),
        ("any", f"{_SPEED}|{_AREA}|{_LENGTH}|{_WEIGHT}|{_DEGREES}"),
    )
    for name in names.split()
}
_OF_FORCE = re.compile(
    r"\b(?:magnitude|force|category|level)(?: of)?[ -]$|\bmeasur\w+ (?:about |around )?$", re.IGNORECASE
)
"""What stands before how strong a quake or a storm is."""
_FORCE_BEHIND = re.compile(r"[- ](?:magnitude|strong)\b")
_AWAY = re.compile(r" (?:(?:to the )?(?:north|south|east|west)\w*|away|from|off|outside|inland|offshore)\b")
"""What makes a length a distance: "22 kilometres east of Osk" is not how deep it was."""
_AWAY_TOO = frozenset({"far", "fast", "cold", "hot", "heavy"})
UNITS = stems_of(
    "km mile kilometre kilometer metre meter foot feet inch yard acre hectare litre liter barrel megawatt gigawatt "
    "tonne ton kilo kilogram pound gram gramme ounce degree knot storey story stone centimetre millimetre "
    "celsius fahrenheit"
)
"""What a value may be asked in; articles may give it in another unit, or by a sign."""
_HOW_HIGH_IS = re.compile(r"\bhow high (?:is|was|are|were)\b", re.IGNORECASE)
_SUMS = stems_of("price cost fine debt damage bill salary wage pay rent fee tax reward bail budget deficit loss profit")
"""What is as high as a sum, where a rate is as high as a share, and all else as a length."""
_MORE = (
    "heavier|lighter|taller|higher|lower|bigger|smaller|larger|longer|shorter|older|younger|faster|slower|deeper|wider"
    "|cheaper|dearer|warmer|colder"
)
_COMPARED = re.compile(
    rf"[ -]?(?:per ?cent|%|{_LENGTH}|{_WEIGHT}|{_SPEED}|{_DEGREES}|[a-z]+)? ?(?:{_MORE}|(?:more|fewer|less) than)\b"
)
_COMPARES = re.compile(
    rf"\b(?:{_MORE}|than|by how|more|less|fewer|extra|differ\w*|compar\w*|gap|margin|lead|ahead|behind|above|below|rise"
    r"|rose|fall|fell|grow|grew|drop\w*|increas\w*|decreas\w*|change\w*)\b",
    re.IGNORECASE,
)
"""What asks for a difference: "14 grams heavier" is no weight."""
_PART_OF = re.compile(
    r"(?:\d|\b[a-z]+(?:-[a-z]+)?) of (?:all )?(?:the|its|his|her|their|our)(?: [\w’'-]+){0,3} $", re.IGNORECASE
)
_OF_THEM = re.compile(r" of (?:them|whom|those|these)\b")
_ASKS_PART = re.compile(r"\bof (?:them|whom|those|these)\b|\w+ly\b", re.IGNORECASE)
_BY_HOW_MUCH = re.compile(r"^\W*by how (?:much|many)\b", re.IGNORECASE)
_HEDGED = r"(?:about |around |some |nearly |almost |up to |more than |over |just )?$"
_BY = re.compile(rf"\bby {_HEDGED}")
_BECOMING = re.compile(
    r"\bhow much (?:did|has|have|had|will|would)\b.*"
    r"\b(?:rise|risen|grow|grown|increase|fall|fallen|drop|decline|shrink)\w*\b",
    re.IGNORECASE,
)
_BOUND_OF_IT = re.compile(rf"\b(?:to|from|at|with|against|than|was|were|is|are) {_HEDGED}", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_SOURCES = re.compile(
    r" (?:\w+ )?(?:people|persons?|sources?|officials?|employees?|insiders?|executives?|diplomats?)(?: \w+)? "
    r"(?:familiar with|close to|briefed on|with (?:\w+ )?knowledge of|involved in the)\b"
)
"""Who told it, behind how many they are: "three people familiar with the matter"."""
_ANYTHING = stems_of(
    "people person others vehicles items units pieces times occasions places things copies cases sites more customers "
    "hours days weeks months years million billion thousands"
)
"""Nouns that stand for what is counted without being its name, or tell of a time."""
_WHAT_TIME = re.compile(r"\b(?:what|which) (?:time|hour)\b", re.IGNORECASE)
_APART = re.compile(
    r"\b(?:after|every) (?:about |around |some |nearly |almost |just |only |the first )?$", re.IGNORECASE
)
_AGO = re.compile(r" (?:(?:ago|earlier|later|before)\b|on[,.])")
"""What makes a length of time the distance of two moments, or a rhythm: "After six months" nothing lasted so long."""
_ASKS_APART = re.compile(
    r"\b(?:take|takes|took|taken|before|until|till|after|later|earlier|ago|pass|passed|wait\w*|since|need\w*|apart)\b",
    re.IGNORECASE,
)
_BOUNDED = re.compile(r"\b(?:since|until|till|from|between|through|into|to|and) (?:the )?$", re.IGNORECASE)
_ASKS_HELD = re.compile(r"\b(?:sentenc|jail|imprison|bann|suspend)", re.IGNORECASE)
_ADJOURNED = re.compile(r"\b(?:until|till|into|to|and) (?:the )?$", re.IGNORECASE)
_HELD_UNTIL = re.compile(
    r"(?:\b(?:from|since|between)\b|\b(?:jailed|imprisoned|banned|suspended|held|ban|suspension)\b)[^,;]*$",
    re.IGNORECASE,
)
"""What makes "until May" the end of a ban, and not the day to which a hearing is put off."""
_YEAR, _NAME_NEXT = 4, re.compile(r" [A-Z]")
_GAP = re.compile(r" (?:ahead of|behind|clear of|faster|slower|quicker)\b")
"""What makes a length of time the gap of two runners."""
_ASKS_WHEN_SAID = re.compile(r"\b(?:say|said|announce|report|tell|told|warn|add)\w*\b", re.IGNORECASE)
_SAID_ON = re.compile(
    r"\b(?:said|told \w+|announced|reported|added|warned|says)(?: (?:late|early|in a \w+))? (?:on )?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Asks:
    """What of a measure a question asks for. how: the word behind "how", as in "how cold", or empty."""

    age: bool
    how: str
    difference: bool
    compared: bool
    apart: bool
    held: bool
    becoming: bool
    hour: bool
    saying: bool
    many: bool
    score: bool
    a_score: bool
    large: bool

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, text: str) -> _Asks:
        how = _HOW.search(text)
        return cls(
            asks_an_age(text),
            how[1].lower() if how else "",
            bool(_BY_HOW_MUCH.search(text)),
            bool(_COMPARES.search(text)),
            bool(_ASKS_APART.search(text)),
            bool(_ASKS_HELD.search(text)),
            bool(_BECOMING.search(text)),
            bool(_WHAT_TIME.search(text)),
            bool(_ASKS_WHEN_SAID.search(text)),
            bool(_HOW_MANY.search(text)),
            bool(THE_SCORE.search(text)),
            bool(A_SCORE.search(text)),
            bool(HOW_LARGE.search(text)),
        )


def measures(question: Question, sentence: str, start: int, end: int, kind: ValueKind | None) -> bool:
    """Whether sentence[start:end] can be of the measure a question asks for. kind: of the value it is, if it is one.

    "How old?" takes an age, and nothing else does; "how cold?" takes degrees and "what time?" one of the day; of "nine
    of the eleven drones" nine is how many were hit; the day on which something was said is not when it happened, nor
    how long it went on.
    """
    wanted = _Asks.of(question.text)
    text, before, after = sentence[start:end], sentence[:start], sentence[end:]
    if wanted.age:
        return is_the_age(question, sentence, start, end)
    if of_another_time(question, sentence, start, kind):
        return False
    if question.asked == "number" and not wanted.compared and _COMPARED.match(after):
        return False
    if wanted.how == "strong":
        return bool(_OF_FORCE.search(before) or _FORCE_BEHIND.match(after) or _UNIT["fast"].match(after))
    if (
        wanted.how == "high"
        and _HOW_HIGH_IS.search(question.text)
        and kind == ("money" if question.stems & _SUMS else "share")
    ):
        return not any(_UNIT["high"].match(sentence, value.end) for value in values(sentence))
    if wanted.how:
        unit = _UNIT[wanted.how].match(after)
        return unit is not None and (wanted.how in _AWAY_TOO or not _AWAY.match(after, unit.end()))
    if kind == "number" and beside_a_name(sentence, start, end):
        return False
    if question.asked == "number" and _SOURCES.match(after):
        return False
    whole = of_those_that_were(question, sentence, start, end) if wanted.many else None
    if whole is False or (question.asked == "number" and whole is None and _PART_OF.search(before)):
        return False
    if wanted.many and _OF_THEM.match(after) and not _ASKS_PART.search(question.text):
        return False  # "six workers, two of them seriously"
    if wanted.many and of_a_part(question, sentence, start, end):
        return False
    if (wanted.score and of_no_score(sentence, start, end)) or (wanted.a_score and of_no_points(sentence, start, end)):
        return False
    if wanted.large and of_a_tally(sentence, start, end):
        return False  # no penalty is as large as the 1-1 behind it
    if wanted.many and question.focus and _of_other_things(question, sentence, start, end):
        return False
    if wanted.difference:
        return bool(_BY.search(before))
    if wanted.becoming and _BOUND_OF_IT.search(before):
        return False  # "rose to 76 million": by how much is another sum
    if question.asked == "duration":
        if kind == "date":
            held = not wanted.held or not _ADJOURNED.search(before) or _HELD_UNTIL.search(before)
            return bool(_BOUNDED.search(before)) and bool(held)
        if kind == "duration":
            apart = not wanted.apart and (_APART.search(before) or _AGO.match(after))
            return not (years_old(after) or apart or (not wanted.compared and _GAP.match(after)))
        return bool(_UNIT["tall"].match(after))  # "How long is the bridge?"
    if question.asked == "date" and len(text) == _YEAR and before.endswith("the ") and _NAME_NEXT.match(after):
        return False  # "at the 2020 Osk Motor Show" tells of no day
    if question.asked == "date" and wanted.hour:
        return bool(re.fullmatch(CLOCK, text, re.IGNORECASE))
    if question.asked == "date" and not any(char.isdigit() for char in text):
        return wanted.saying or not _SAID_ON.search(before)
    return True


def _of_other_things(question: Question, sentence: str, start: int, end: int) -> bool:
    """Whether a number counts something else than what it is asked how many there are: a tally, yards, other people.

    "121 islanders were killed by settlers" tells of no number of settlers, "812 yards" of no touchdowns.
    """
    if of_a_tally(sentence, start, end):
        return question.focus.isdisjoint(SCORED)
    asked = question.wanted
    unit = _UNIT["any"].match(sentence, end)
    if unit and stem(unit[0].strip(" -").split()[-1]) not in asked | _ANYTHING and asked.isdisjoint(UNITS):
        return True
    counted = COUNTS.match(sentence, end)
    if counted is None or counted[2].lower() in STOPWORDS:
        return False
    working = stem(counted[2]) not in asked and counted[2].endswith(("ers", "ians", "ists", "men"))
    if working and any(len(one) > 3 and counted[2].startswith(one) for one in question.focus):
        return True  # librarians are no libraries
    told = {stem(counted[2]), *map(stem, counted[1].split())}
    written = {word.text.lower() for word in question.terms if word.stem in question.focus}
    named = any(_alike(one, word.text.lower()) for one in written for word in words(sentence))
    return named and told.isdisjoint(asked | question.stems | _ANYTHING)


def _alike(one: str, other: str) -> bool:
    """Whether two words are one thing and several of it: a midwife, midwives."""
    return one == other or (one[:_ALIKE] == other[:_ALIKE] and abs(len(one) - len(other)) < 2 and len(one) > _ALIKE)


def unmeasured(question: Question, sentences: Iterable[str]) -> bool:
    """Whether an age, a length of time, a height or the like is asked for, and no sentence has any."""
    wanted = _Asks.of(question.text)
    if not (wanted.age or wanted.how or question.asked == "duration"):
        return False
    return not any(
        measures(question, sentence, value.start, value.end, value.kind)
        for sentence in sentences
        for value in values(sentence)
        if value.kind != "name"
    )


def with_unit(question: Question, sentence: str, end: int) -> int:
    """Return where a number ends with its unit, unless the question names the unit: "How many miles …?"."""
    unit = _UNIT["any"].match(sentence, end) if question.asked == "number" else None
    if unit is None:
        return end
    named = stem(unit[0].strip(" -").split()[0]) in {word.stem for word in words(question.text)}
    return end if named else unit.end()
