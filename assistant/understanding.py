"""From what was typed to what is searched: limits, follow-ups made to stand alone, filters named in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from unicodedata import normalize

from assistant.answer import Query, Turn
from assistant.asked import ANY_ASKER, ANY_HELPING
from assistant.errors import EmptyQuestion, QuestionTooLong
from assistant.followup import on_its_own, standing_alone
from assistant.named_filters import read_filters
from assistant.question import analyse
from corpus.cleaning import whole_characters

if TYPE_CHECKING:
    from index import Coverage

LONGEST = 2_000
"""Characters of a question."""

_ORDER = re.compile(
    r"^(?:please[, ]+)?(?:ignore|disregard|forget|never mind)\b[^.;!?]*?(?:[.;!]|,(?: and| then)?|\band\b|\bthen\b)\s+"
    r"(?:(?:you are|act as|pretend|behave|from now on|your)\b[^.!?]*[.!]\s+)*"
    r"(?=(?:please |just )?(?:tell|say|answer|give|show|list|explain|who|what|when|where|which|why|how)\b)",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^(?:please |just )*(?:can you |could you )?tell (?:me|us) (?:all |everything |what )?(?:that )?(?:you|we) know "
    r"(?:about|of|on) |^what do (?:you|we) know (?:about|of) ",
    re.IGNORECASE,
)

_SIZE = (
    r"(?:(?:in|with) (?:just |only |no more than |at most |under )?(?:an?|one|two|three|four|five|\d+|a few|simple"
    r"|short|plain) (?:short |simple |brief )?(?:words?|sentences?|lines?|paragraphs?|bullet points|terms|english)"
    r"|(?:briefly|shortly|concisely|in (?:short|brief)))"
)
_SIZED = re.compile(
    rf"^(?:please[, ]+)?(?:(?:answer|reply|respond)(?: me)?,? )?{_SIZE}(?:,? please)?[:,]?\s+(?=(?:{ANY_ASKER}"
    rf"|{ANY_HELPING}|tell|summari[sz]e|describe|explain|give|please)\b)"
    rf"|,? (?:answer |reply )?{_SIZE}(?=\W*$)|(?<=\btell me) {_SIZE}(?= (?:{ANY_ASKER}|about)\b)",
    re.IGNORECASE,
)
"""How long the answer is to be, which is not asked of the articles."""
_LISTED = re.compile(
    r"^(?:please |can you |could you )*(?:list|name|give me|show me) (?:me )?"
    r"(?:everyone|everybody|all (?:the |those )?(?:people|persons)?|(?:the )?(?:people|persons)) who (?=[a-z])",
    re.IGNORECASE,
)
"""What asks who did something, as an order."""
_WHO_IS = re.compile(
    r"^(?i:please |just |can you |could you )*[Tt]ell (?:me|us) who "
    r"(?P<who>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}) (?P<is>is|was)\W*$"
)
_JOB = re.compile(
    r"^[Ww]hat (?P<is>is|was) (?P<who>[A-Z][\w.’'-]*?(?: [A-Z][\w.-]*){0,3})[’']s?"
    r" (?:(?:current|former|old) )?(?:job(?: title)?|occupation|profession|title|position|role|post)\W*$"
)
_HOW_MANY_WERE_HURT = re.compile(
    r"^(?P<many>how many) (?=(?:(?:were|was|are|have been|had been|got) (?:[a-z]+ly )?"
    r"(?:killed|injured|hurt|wounded|arrested|detained|rescued|evacuated|displaced|infected|jailed|made homeless)"
    r"|died|survived|drowned)\b(?!.*\((?!in |at |on |near )))",
    re.IGNORECASE,
)
"""What asks how many people it befell without naming them, where a conversation is about nothing else it may befall."""
_TIMELINE = re.compile(
    r"^(?:(?:please )?(?:draw up|show me|make(?: me)?) )?(?:an? |the )?(?:timeline|chronology) of ", re.IGNORECASE
)
_QUOTES = re.compile(
    r"^(?:please |can you |could you )*(?:(?:give|show|find|get)(?: me)? |list )?(?:(?:all|some|any|the|a few) ){0,2}"
    r"(?:quotes?|quotations?) (?:from|by|of) (?P<who>.+?)(?P<on> (?:about|on|regarding) .+?)?\W*$",
    re.IGNORECASE,
)
"""What asks for somebody's own words: what they said."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A query, and how sure its filters are.

    certain: False where dates in the question may tell when something happened rather than when it was published.
    plain: the question with every word, for when such a filter leaves nothing. own: a follow-up without the topic of
    the conversation, for when nothing is told of both; empty where it says nothing without.
    """

    query: Query
    certain: bool
    plain: Query
    own: str = ""

    def bound_like(self, others: Sequence[Understood]) -> Understood:
        """Return it with the filters of the first of `others` that has any, where it has none itself."""
        free = [replace(one.query, text="") == Query("") for one in (self, *others)]
        like = next((one for one, unbound in zip(others, free[1:], strict=True) if not unbound), None)
        if like is None or not free[0]:
            return self
        query = replace(like.query, text=self.query.text)
        return Understood(query, like.certain, replace(like.plain, text=self.plain.text))


def checked(question: str) -> str:
    """Return the question on one line, its letters as those of the articles are written (NFC).

    Raises EmptyQuestion without a letter or digit, QuestionTooLong over `LONGEST` characters, TypeError for no text.
    """
    if not isinstance(question, str):
        raise TypeError(f"The question is {question!r}. Give it as text.")
    flat = normalize("NFC", " ".join(whole_characters(question).split()))
    if not any(char.isalnum() for char in flat):
        shown = f" in {flat[:40]!r}" if flat else ""
        raise EmptyQuestion(
            f"There is no question{shown}. Ask one in words, for example: What share of the oil is imported?"
        )
    if len(flat) > LONGEST:
        raise QuestionTooLong(f"The question has {len(flat):,} characters. Ask one of at most {LONGEST:,}.")
    return flat


def without_orders(question: str) -> str:
    """Return the question without what is not asked: orders to the machine, and the asking itself."""
    rest = _ORDER.sub("", question, count=1)
    sized = _SIZED.sub("", rest, count=1)
    rest = sized if sized != rest and analyse(sized).terms else rest
    rest = _ASKING.sub("Tell me about ", rest, count=1)
    rest = _HOW_MANY_WERE_HURT.sub(r"\g<many> people ", rest)
    rest = _TIMELINE.sub("Give me a timeline of ", rest, count=1)
    rest = _LISTED.sub("Who ", rest, count=1)
    rest = _JOB.sub(r"Who \g<is> \g<who>?", rest)
    rest = _WHO_IS.sub(r"Who \g<is> \g<who>?", rest)
    if quoted := _QUOTES.match(rest):
        rest = f"What did {quoted['who']} say{(quoted['on'] or '').replace(' regarding ', ' about ')}?"
    return rest[:1].upper() + rest[1:] if rest != question and analyse(rest).terms else question


def understand(
    question: str, turns: Sequence[Turn], *, facts: Coverage, filters: Query, today: date | None
) -> Understood:
    """Return the question as it will be searched, with the filters given and those read out of it.

    facts: of the index; where no article has a date, only one that is surely of publication is read out of the
    question. filters: those given, in a query without a text; each wins over one that is read. today: anchors
    "last week"; the day of asking if None.
    """
    alone = without_orders(standing_alone(question, turns, facts.outlets))
    understood = _filtered(alone, facts=facts, filters=filters, today=today)
    free = turns and understood.query.text == alone
    return replace(understood, own=on_its_own(alone, question)) if free else understood


def _filtered(alone: str, *, facts: Coverage, filters: Query, today: date | None) -> Understood:
    found = read_filters(alone, facts.outlets, facts.authors, today or date.today())
    given, since, until, dated = replace(filters, text=alone), filters.since, filters.until, facts.newest is not None
    bound = Query(found.rest, given.outlets or found.outlets, given.authors or found.authors, since, until)
    days_read = bool(found.since or found.until)
    if not dated and not (since or until) and found.certain and days_read:
        return Understood(replace(bound, since=found.since, until=found.until), True, given)
    if since or until or not dated:
        return Understood(replace(bound, text=alone) if days_read else bound, True, given)
    # What is new since Monday is no older than Monday and no newer than the day of asking, where one is given.
    last = found.until or (today if found.since and today and today >= found.since else None)
    query = replace(bound, since=found.since, until=last)
    return Understood(query, found.certain, replace(bound, text=alone))
