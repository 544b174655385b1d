"""From found passages to the sentences that may be quoted: which lines count, and what stands next to each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.irregular import BASE
from assistant.words import content, words
from assistant.written_dates import MONTH
from corpus.article import Article, Headline
from index.passage import Hit
from index.splitting import sentences

_BOILERPLATE = re.compile(
    r"""^\W*(?:
        skip\ to\ (?:main\ )?content | (?:click|tap)\ here | read\ (?:more|also|next|on)\b
        | related(?:\ (?:articles?|stories|topics|content))?\W*$
        | sign\ (?:up|in)\b | log\ in\b | subscribe\b | (?:share|follow|contact)\ (?:this|us|on)\b
        | advertisement\b | sponsored\b
        | (?:photo|image|picture|video|caption|credit|file\ photo|illustration|source)s?\ ?(?:credit|by|courtesy|:|/)
        | translated\ from\b | ©|\(c\)\ \d{4} | all\ rights\ reserved
        | (?:last\ )?(?:updated|published|posted|modified)\b[^.]{0,60}$
        | (?:we\ use|this\ (?:site|website)\ uses)\ cookies | (?:accept|manage)\ (?:all\ )?cookies
        | terms\ of\ (?:use|service) | privacy\ policy
        | \d+\ min(?:ute)?s?\ read\b | newsletter\b | home\W*$ | comments?\W*$ | menu\W*$
        | loading\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT = re.compile(
    r"""^\W*(?:getty\ images | copyright\b | \d+\ (?:comments?|shares?)\b
        | (?:written\ |reported\ |translated\ |edited\ )?by\ [A-Z][\w.’'-]+(?:\ [\w.’'-]+){0,5}\W*$
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Who made it, and how often it was shared; unless something is told: "Getty Images sued a start-up."."""
_TOLD = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|said|says"
    r"|(?!(?:updat|publish|post|modifi|edit|report|translat|licens)ed)[a-z]{2,}ed)\b"
)
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]]*$|[.!?…,]?[”\"]$")
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
_QUOTE_MARK = re.compile(r"[“”\"«»„]|(?<!\w)[‘']")
_DATE_LINE = re.compile(
    rf"(?=.*\d)\W*(?:(?:{MONTH}|(?:mon|tues?|wed|thu(?:rs)?|fri|sat|sun|\w+day)\b|\d+(?:st|nd|rd|th|[ap]m)?\b|[ap]\.?m\b"
    r"|[ECMP][SD]?T\b|GMT\b|UTC\b|(?:published|posted|updated|modified)\b)\W*)+$",
    re.IGNORECASE,
)
"""A line that is only a date or a time, as search pages put before what they found."""
_HEADING = 4
"""Words up to which a sentence of nothing but capitals is a heading: "Cast & Crew."."""
_BLANKS = 12
"""Blanks beyond which no sentence has so few words."""
_TEASER = re.compile(
    r"""(?:check\ out|meet\ the|watch\b(?!,)|find\ out|see\ (?:all|the|how|more|what|who)|learn|discover
        |get\ (?:the|your)|shop|explore|browse|visit|view|listen|download|reserve\ your
        |here(?:['’]s|\ is|\ are)\ (?:how|what|why|everything))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NAMED_ALIKE = re.compile(r"(?:shop|watch|view|visit|download|browse)\b", re.IGNORECASE)
"""Orders that are nouns too."""
TEASING = 12
"""Words up to which a line that opens so is a teaser: orders in a story are longer, or quoted."""
_POINTING = re.compile(
    r"\b(?:(?:it|them|him|this|that|these|those)|(?:that|those|this|these)\s+(?!week|month|year|season|way\b|time\b|\w*day)\w+)\W*$",
    re.IGNORECASE,
)
POINTED = 8
"""Words up to which a sentence that ends so points to the one before: "We ended that program."."""
_INTERVIEWER, _INTERVIEWED = re.compile(r"\W*Q(?:uestion)?: "), re.compile(r"\W*A(?:nswer)?: ")
"""How an interview that is printed as questions and answers marks who speaks."""
_NEAR = 400
"""Characters around a sentence in which a name still belongs to what it tells."""
_SPEAKERLESS = re.compile(r"^\s*[“\"][^”\"]+[”\"]?\s*$")


@dataclass(frozen=True, slots=True)
class Span:
    """One sentence of an article. quotable: it may stand as evidence."""

    start: int
    end: int
    text: str
    quotable: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence that may be quoted, the passage it was found in, and its place among its article's sentences."""

    hit: Hit
    article: Article
    ordinal: int
    span: Span

    @property
    def text(self) -> str:
        """The exact words."""
        return self.span.text

    @property
    def place(self) -> tuple[str, int]:
        """What tells sentences apart: the article and the offset."""
        return self.article.id, self.span.start

    @property
    def title(self) -> str:
        """The article's headline; empty where it has none of its own."""
        return "" if unnamed(self.article) else self.article.title

    def before(self) -> Span | None:
        """Return the question that stands right before, which this sentence answers, else what may be quoted there."""
        listed = spans(self.article.text)
        if self.ordinal and prompts(listed[self.ordinal - 1].text):
            return listed[self.ordinal - 1]
        return next((span for span in reversed(listed[max(0, self.ordinal - 2) : self.ordinal]) if span.quotable), None)

    def lead(self) -> str:
        """Return the first sentence of its article that may be quoted; empty where none may."""
        return next((span.text for span in spans(self.article.text) if span.quotable), "")

    def nearby(self) -> str:
        """Return the words of the three sentences before, for whom a pronoun stands for."""
        return " ".join(span.text for span in spans(self.article.text)[max(0, self.ordinal - 3) : self.ordinal])

    def context(self) -> Span | None:
        """Return what stands before and is needed to understand the sentence: it leans on it, or answers it."""
        before = self.before()
        return before if before and (leans(self.text) or _INTERVIEWED.match(self.text)) else None

    def replies_to(self, other: Unit) -> bool:
        """Whether this is what is said to an interviewer's remark: the sentence right behind it."""
        behind = self.article.id == other.article.id and self.ordinal == other.ordinal + 1
        return behind and prompts(other.text)

    @property
    def source(self) -> str:
        """Outlet and author."""
        return " ".join(part for part in (self.article.outlet, self.article.author) if part)

    @property
    def frame(self) -> str:
        """What the reader sees of the article beside the quote."""
        return f"{self.article.title} {self.source}"

    def vicinity(self) -> frozenset[str]:
        """Return the stems of the headline, the passage and the sentence with what stands on both sides of it."""
        around = self.article.text[max(0, self.span.start - _NEAR) : self.span.end + _NEAR]
        return content(self.title) | content(self.hit.passage.text) | content(around)

    def content_before(self) -> frozenset[str]:
        """Return the stems of the question or sentence before, see `before`."""
        before = self.before()
        return content(before.text) if before else frozenset()


def unnamed(headline: Headline) -> bool:
    """Whether a text was given without a headline and is only numbered: no other article's id is its path."""
    return headline.id == headline.path


@lru_cache(maxsize=4_000)
def spans(text: str) -> tuple[Span, ...]:
    """Return every sentence of an article's text, each with whether it may stand as evidence."""
    bounds = sentences(text)
    lines, line, last = [], 0, 0
    for start, _ in bounds:
        line += "\n" in text[last:start]
        lines.append(line)
        last = start
    alone = {at for at, count in Counter(lines).items() if count == 1}
    prose = any(_ENDED.search(text[start:end]) and len(words(text[start:end])) > 5 for start, end in bounds)
    return tuple(
        Span(start, end, text[start:end], quotable(text[start:end], alone=at in alone and prose))
        for (start, end), at in zip(bounds, lines, strict=True)
    )


def quotable(sentence: str, *, alone: bool) -> bool:
    """Whether a sentence can be evidence: not a heading, caption, byline or page furniture.

    alone: it is the only sentence on its line, in an article that has prose besides.
    """
    if (
        _BOILERPLATE.match(sentence)
        or (_CREDIT.match(sentence) and not _tells(sentence))
        or teases(sentence)
        or asks(sentence)
        or headed(sentence)
        or not any(char.isalpha() for char in sentence)
    ):
        return False
    if alone and not _ENDED.search(sentence):
        return len(words(sentence)) > 14 and not sentence.rstrip().endswith(":")
    return True


def headed(sentence: str) -> bool:
    """Whether a line is only a date, or a few words that all have a capital: it tells nothing by itself."""
    if _DATE_LINE.match(sentence):
        return True
    if sentence.count(" ") > _BLANKS:
        return False
    listed = words(sentence)
    return len(listed) <= _HEADING and all(word.capital for word in listed) and not _QUOTE_MARK.search(sentence)


def asks(sentence: str) -> bool:
    """Whether an article puts a question to its readers, which tells nothing. What somebody asks stands in quotes."""
    return sentence.rstrip(" )’'").endswith(("?", "？")) and not _QUOTE_MARK.search(sentence)


def prompts(sentence: str) -> bool:
    """Whether the next sentence is a reply to this one: a question, or an interviewer's remark."""
    return asks(sentence) or _INTERVIEWER.match(sentence) is not None


def teases(sentence: str) -> bool:
    """Whether a short line only calls to look elsewhere: "Check out the medal count.", "Meet the new head of …"."""
    if _NAMED_ALIKE.match(sentence) and _tells(sentence):
        return False  # "Shop prices rose in March."
    return bool(_TEASER.match(sentence)) and len(words(sentence)) <= TEASING


def _tells(sentence: str) -> bool:
    return bool(_TOLD.search(sentence)) or any(word.text in BASE for word in words(sentence)[1:])


def leans(sentence: str) -> bool:
    """Whether a sentence cannot be understood without the one before: it opens with "he", "this" or a bare quote."""
    if _NO_LEAN.match(sentence) or _NAMED_BEHIND.match(sentence):
        return False
    pointing = _POINTING.search(sentence)
    if pointing and len(words(sentence)) <= POINTED:
        return True
    return bool(_LEANING.match(sentence) or _SPEAKERLESS.match(sentence))


def gather(hits: Sequence[Hit], articles: Mapping[str, Article]) -> list[Unit]:
    """Return the quotable sentences of the passages, in the order of the hits; each sentence once."""
    found: dict[tuple[str, int], Unit] = {}
    for hit in hits:
        article = articles[hit.passage.article.id]
        for ordinal, span in enumerate(spans(article.text)):
            if span.quotable and hit.passage.start <= span.start < hit.passage.end:
                unit = Unit(hit, article, ordinal, span)
                found.setdefault(unit.place, unit)
    return list(found.values())
