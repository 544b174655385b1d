"""Words that speak of reporting: whether what a question asks for is what was published."""

from __future__ import annotations

import re

REPORT = r"(?:articles?|reports?|stories|story|coverage|news|pieces?|reporting|headlines|posts?)"
SAYS = r"say|said|report|reported|write|written|tell|told|claim|claimed|publish|published"

_HEAD = (
    r"(?P<head>articles?|reports?|stories|story|news|reporting|headlines|blog posts?|pieces?(?! of)"
    r"|(?:(?:news|media|press)|(?<=['’]s)|(?<=the)) coverage)"
)
_TELLERS = r"(?:articles?|reports|stories|newspapers?|papers?|press|media|journalists?|reporters?|outlets?)"
_TOPIC = r"(?=\W*$|\s+(?:about|on|of|regarding|concerning|covering|from|in|by|into)\b)"
_WAS = r"(?:(?:that|which)\s+)?(?:(?:was|were|is|are|has been|have been|had been)\s+)?"
_ANYTHING = r"(?:what|anything|nothing|something|much)(?:\s+else)?"
_CUES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_HEAD}{_TOPIC}",
        rf"\b{_HEAD}\s+{_WAS}(?:published|written|reported|posted|printed)\b",
        rf"\b(?!stor){_HEAD}\s+(?:did|has|have|had)\s+(?:\w+\W+){{1,5}}?(?:publish|write|run|print|post)(?:ed)?\b",
        rf"\b(?:{_ANYTHING}\s+(?:was|were|is|has been|have been|had been|been))\s+(?:reported|published)\b",
        r"\b(?:was it|(?:has|had) it been) reported\b",
        rf"\b{_ANYTHING}\s+(?:was|has been|had been|been)\s+written about\b",
        rf"\b(?:did|have|has|had)\s+(?:the\s+)?{_TELLERS}\s+(?:{SAYS}|written)\b",
        rf"\b(?:what(?:['’]s| is| are| was)|anything|something)\s+(?:new|the latest|latest){_TOPIC}",
    )
)
_HAPPENED = re.compile(
    r"^\W*what(?:['’]s|\s+has|\s+have|\s+had|\s+else)?\s+(?:happened|gone on|went on)\b", re.IGNORECASE
)
WHATEVER = re.compile(r"\W*what(?:['’]s| has| have| else)? (?:happened|gone on|went on)\W*", re.IGNORECASE)
"""A question for all that happened, but for the days that bound it."""
_DOER = re.compile(r"^\W*who\b", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:in|by|from|of|on|according to)\s+(?:(?:the|any|all|these|those|\w+['’]s|[A-Z]\w+)\s+)*$")
_SAYING = re.compile(rf"\b(?:{SAYS})\b", re.IGNORECASE)
_GAP = re.compile(r"(?:\W+\w+){0,6}\W*")
_EVENT = re.compile(
    r"\b(?:who|whom|whose|which|what|when|where|why|how|that|was|were|is|are|be|been|had|has|have|did|do|does"
    r"|will|must|shall|would|happen\w*)\b|\b[a-z]{3,}ed\W*$"
    r"|\b(?:made|built|held|sold|won|lost|born|sunk|hit|struck|bought|taken|found|set|shot|stolen|broken|led|left)\W*$"
)
"""A clause or a participle before the day: the day is when that was."""


def speaks_of_publication(before: str) -> bool:
    """Whether the words before a day plainly speak of publication, so that it is the day of that."""
    return any(_reaches_the_end(match, before) for cue in _CUES for match in cue.finditer(before))


def tells_of_event(before: str) -> bool:
    """Whether what is said, in the words before a day, is that something was done on it."""
    said = _SAYING.search(before)
    return said is not None and _EVENT.search(before[said.end() :]) is not None


def tells_what_happened(before: str) -> bool:
    """Whether the words before a day ask for the news of that day: "What happened in Osk …"."""
    return any(_reaches_the_end(match, before) for match in _HAPPENED.finditer(before))


def _reaches_the_end(match: re.Match[str], before: str) -> bool:
    gap = before[match.end() :]
    head = match["head"] if "head" in match.re.groupindex else ""
    named = head[:1].isupper() and before[: match.start()].strip() and not before.isupper()
    if head and _DOER.search(before) and not _WITHIN.search(before[: match.start()]):
        return False  # who wrote a report has written it by then, whenever the articles tell of it
    return not named and _GAP.fullmatch(gap) is not None and _EVENT.search(gap) is None
