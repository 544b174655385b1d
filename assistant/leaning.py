"""Whether a sentence can be understood alone: "He was 78." needs to be read behind the one before."""

from __future__ import annotations

import re

from assistant.words import words

_LEANING = re.compile(
    r"""^\W*(?:A:\s+)?(?:(?:but|and|so|however|meanwhile|still|yet|then|also|moreover|in\ addition|later|instead
        |nevertheless|in\ fact|indeed|according\ to|as\ for|for|to|after|before|with|by|in|on|at|from|despite|during
        |while|when|if|because|although),?\s+)?
        (?:he|she|they|him|them|his|her|hers|their|theirs|it|its|this|these|those|such|that
        |the\ (?:latter|former|two|pair|duo|trio|same)|the\ \d\d[- ]year[- ]old(?!\ (?-i:[A-Z])))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NO_LEAN = re.compile(
    r"^\W*(?:(?:earlier|later|early|late|from|for|by|in|on|at|during|until)\s+)?"
    r"(?:this|these)\s+(?:(?:past|coming|same|very)\s+)?(?:week|weekend|month|year|season|summer|spring|autumn|fall|winter"
    r"|morning|afternoon|evening|century|decade|days|time\ (?:of|around)|[a-z]+day)\b"
    r"|^\W*(?:(?:but|and|so|still|yet),?\s+)?it(?:['’]s|\s+(?:is|was|has\s+been))\s+(?:(?:\w+\s+){0,3}(?:that|whether)"
    r"|(?:\w+\s+){1,3}who|(?:(?:not|no|still|also|often|very|too|so|now|only)\s+){0,2}(?:hard|difficult|easy|easier|tough"
    r"|important|possible|impossible|necessary|wrong|right|fair|unfair|illegal|legal|common|rare|unusual|better|best|safe"
    r"|dangerous|early|late|premature|unclear|clear|crucial|vital|essential|time|up|about\s+time|dark|too\s+\w+)"
    r"\s+(?:to|for|when))\b"
    r"|^\W*it(?:['’]s|\s+(?:is|was|will\s+be|would\s+be|has\s+been))\s+the\s+(?:\w+\s+)?(?:most\s+\w+|least\s+\w+|\w{2,}est"
    r"|worst|first|second|third|only)\s+(?!(?:of|in|to|since|time|one|that)\b)\w+"
    r"|^\W*it(?:['’]s|\s+has|['’]s\s+been|\s+has\s+been)\s+(?:\w+[\s-]+){0,4}"
    r"(?:seconds|minutes|hours|days|weeks|months|(?:a\s+)?years?|decades?|century|centuries)\s+since\b"
    r"|^\W*(?:that\s+said|in\s+this\s+article|at\s+the\s+same\s+time)\b",
    re.IGNORECASE,
)
"""What opens with such a word and stands alone for all that: "It's been seven years since Lund won it."."""
_NAMED_BEHIND = re.compile(
    r"^\W*(?:(?:When|While|As|Since|Until)\s+(?:s?he|they)\s+(?:was|were|is|turned|became|first|still)\b[^,;:.“”\"]{1,40}"
    r"|(?:In|During|Throughout)\s+(?:his|her|its|their)\s+"
    r"(?!(?:place|stead|absence|wake|favou?r|hono[u]?r|memory|name|case|view|turn)\b)[^,;:.“”\"]{2,50}),\s+"
    r"(?:President\s+|Mr\s+|Ms\s+|Mrs\s+|Dr\s+)?(?!I\b|He\b|She\b|It\b|They\b)[A-Z]"
)
"""What names right behind its opening clause whom that meant: "When he was 16, Lund was arrested."."""
_POINTING = re.compile(
    r"\b(?:(?:it|them|him|this|that|these|those)|(?:that|those|this|these)\s+(?!week|month|year|season|way\b|time\b|\w*day)\w+)\W*$",
    re.IGNORECASE,
)
POINTED = 8
"""Words up to which a sentence that ends so points to the one before: "We ended that program."."""
_SPEAKERLESS = re.compile(r"^\s*[“\"][^”\"]+[”\"]?\s*$")


def leans(sentence: str) -> bool:
    """Whether a sentence cannot be understood without the one before: it opens with "he", "this" or a bare quote."""
    if _NO_LEAN.match(sentence) or _NAMED_BEHIND.match(sentence):
        return False
    pointing = _POINTING.search(sentence)
    if pointing and len(words(sentence)) <= POINTED:
        return True
    return bool(_LEANING.match(sentence) or _SPEAKERLESS.match(sentence))
