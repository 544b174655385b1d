"""From found passages to the sentences that may be quoted: which lines count, and what stands next to each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.irregular import BASE
from assistant.leaning import leans
from assistant.values import names
from assistant.words import content, words
from assistant.written_dates import MONTH
from corpus.article import Article, Headline
from index.passage import Hit
from index.splitting import sentences

_BOILERPLATE = re.compile(
    r"""^\W*(?:\d{1,2}[:.]\d\d(?:\ ?[ap]\.?m\.?)?\W+)?(?:
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
        | that(?:['’]s|\ is|\ will\ be)?\ (?:it|all)\ (?:from\ (?:us|me)|for\ (?:today|tonight|now))\b
        | (?:thanks|thank\ you)\ for\ (?:reading|joining|following)\b
        | (?:hello|good\ (?:morning|afternoon|evening))\W*$
        | (?:(?:hello|good\ (?:morning|afternoon|evening))(?:,|\ and)\ )?welcome\ (?:back\ )?to\ (?:our|the)
            \ [\w\ ]*(?:blog|coverage)\b[^,]{0,60}$
        | this\ (?:page|blog|live\ ?blog)\ (?:is\ (?:no\ longer\ being\ updated|now\ closed)|has\ closed)\b
        | here(?:['’]s|\ is)\ what\ (?:you\ need\ to\ know|we\ know)\b[^.:]{0,30}[.:]?$
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
_INTERVIEWER, _INTERVIEWED = re.compile(r"\W*Q(?:uestion)?: "), re.compile(r"\W*A(?:nswer)?: ")
"""How an interview that is printed as questions and answers marks who speaks."""
LABEL = re.compile(r"^\W*[\w’'. -]{1,40}: ")
"""How an interview marks who speaks."""
_BARE = 3
"""Words up to which a reply says nothing without its question: "Rud: Never."."""
_TO_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_STANDING = re.compile(r"\W*(?:the|an?|on|in)\b", re.IGNORECASE)
_OWN_WORDS = re.compile(r"\b(?:I|we|my|our|me|us)\b")
"""How a reply opens that is understood without its question, and what is only understood of who replies."""
_NEAR = 400
"""Characters around a sentence in which a name still belongs to what it tells."""


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

    def asked(self) -> Span | None:
        """Return the question that this sentence replies to: it closes the line before, and stands alone or says you.

        A reply takes its words over from its question, as "Never." does behind "Were you lonely?".
        """
        listed = spans(self.article.text)
        before = listed[self.ordinal - 1] if self.ordinal else None
        if before is None or not prompts(before.text):
            return None
        text, start = self.article.text, listed[self.ordinal - 2].end if self.ordinal > 1 else 0
        apart = "\n" in text[before.end : self.span.start]
        alone = not text[:start].strip() or "\n" in text[start : before.start]
        return before if apart and (alone or _TO_YOU.search(before.text)) else None

    @property
    def bare(self) -> bool:
        """Whether it is a reply so short that it says nothing without its question."""
        return self.asked() is not None and len(words(LABEL.sub("", self.text))) <= _BARE

    def told(self) -> frozenset[str]:
        """Return the stems of what it tells: of a reply also those of its question, whose "you" the headline names."""
        asked = self.asked()
        if asked is None:
            return content(self.text)
        named = names(self.title) if _TO_YOU.search(asked.text) else []
        return content(self.text).union(content(asked.text), *(one.stems for one in named))

    def lead(self) -> str:
        """Return the first sentence of its article that may be quoted; empty where none may."""
        return next((span.text for span in spans(self.article.text) if span.quotable), "")

    def nearby(self) -> str:
        """Return the words of the three sentences before, for whom a pronoun stands for."""
        return " ".join(span.text for span in spans(self.article.text)[max(0, self.ordinal - 3) : self.ordinal])

    def context(self) -> Span | None:
        """Return what stands before and is needed to understand the sentence: it leans on it, or answers it."""
        before = self.before()
        if before and (leans(self.text) or _INTERVIEWED.match(self.text)):
            return before
        asked = self.asked()
        apart = _STANDING.match(self.text) and _tells(self.text) and not _OWN_WORDS.search(self.text)
        return asked if asked and not apart and not content(asked.text) <= content(self.text) else None

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
    texts = [text[start:end] for start, end in bounds]
    return tuple(
        Span(*bound, one, quotable(one, alone=at in alone and prose, reply=prompts(before)))
        for bound, one, at, before in zip(bounds, texts, lines, ["", *texts], strict=False)
    )


def quotable(sentence: str, *, alone: bool, reply: bool = False) -> bool:
    """Whether a sentence can be evidence: not a heading, caption, byline or page furniture.

    alone: it is the only sentence on its line, in an article that has prose besides. reply: it stands right behind
    a question, and then is no heading, however short: "Never.".
    """
    if (
        _BOILERPLATE.match(sentence)
        or (_CREDIT.match(sentence) and not _tells(sentence))
        or teases(sentence)
        or asks(sentence)
        or (headed(sentence) and not (reply and _ENDED.search(sentence)))
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
