"""Whether the evidence holds what an answer hangs on: the deed and the names asked for, the office, the speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.amounts import YEAR
from assistant.asked import HOW_MUCH_IS
from assistant.evidence import Unit, leans
from assistant.form import formed
from assistant.holder import named_near
from assistant.measure import unmeasured
from assistant.naming import alike as same_name
from assistant.office import SUPPOSED, asks_for_office, in_office
from assistant.question import Question
from assistant.scoring import Features, Scored, typed
from assistant.statements import SAYING, WHO_SAID, saying
from assistant.synonyms import untold
from assistant.telling import former
from assistant.values import names, values
from assistant.words import content, stem, words

FEW_DEEDS = 0.3
"""Share of what is asked but the names, below which a sentence speaks of something else."""
_HALF = 0.5
_WHO_DID = re.compile(r"^\W*who (?!is\b|are\b|was\b|were\b|has\b|had\b|else\b)\w", re.IGNORECASE)
SIMPLE = 12
"""Words that matter in a question of which one sentence holds a name; a longer one names many."""
_SEEN = 8
"""Sentences looked through for an office or a speaker."""
AMOUNTS = ("number", "share", "money", "duration")
_PRICE = re.compile(
    r"\b(?:pric\w+|costs?|costing|retail\w*|sells?|selling|starts? at|starting at|worth|fees?|for just)\b", re.I
)
_BESIDE = 20
"""Characters between a sum and what costs it."""
_FEW = 2
"""Names in a headline up to which a sentence below it may be about any of them."""
NEAR = 400
"""Characters around a sentence in which a name still belongs to what it tells."""
_SAYS = re.compile(
    r"\b(?:what|how) (?:did|does|has|have|had) (?P<who>.+?) "
    r"(?:say|said|says|tell|told|claim|claimed|announce|announced|argue|respond|comment|react)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(rf"[“”\"]|\b(?:{SAYING}|according to|saying|asked|apologi[sz]ed)\b", re.IGNORECASE)
_LIGHT = frozenset(map(stem, "be have has do get make take give go come many much there total part".split()))
"""Verbs that say too little of what was done to be missed."""
_SUBJECT = re.compile(r"\W*(?:(?:[Tt]he|[Aa]n?) (?:[a-z]+ ){0,2})?(?=[A-Z])")
_HARM = frozenset(
    map(
        stem,
        "die kill injure wound hurt drown arrest detain jail infect displace evacuate rescue dismiss hire".split(),
    )
)
"""What is counted of people, and not to be taken for another count of them."""
_RANKS = re.compile(
    r"\b(?:second|third|fourth|fifth|bronze|silver|gold|deputy|vice|assistant|best|worst|next|previous)\b",
    re.IGNORECASE,
)
"""What tells one apart from others of its kind, and is not to be taken for them."""
_WILL = re.compile(r"^\W*when (?:will|does|do)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|would|is to|are to|due|plan(?:s|ned)|expected|scheduled|set|by|until|next|from"
    r"|starts|begins|opens|closes|goes|ends|takes place)\b|\bto (?!the\b|an?\b|his\b|her\b|its\b|their\b)[a-z]"
)
_NOBODY = re.compile(r"\b(?:nobody|no one|none)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|did|had|became)\b", re.IGNORECASE)


def stands(question: Question, unit: Unit, features: Features) -> bool:
    """Whether a value in this sentence can be what is asked for, however well it stands there.

    "When was she convicted?" is not told by when she was accused, nor "How many users has it?" by another's users.
    """
    text = unit.text
    if asks_for_office(question) and not in_office(question, unit):
        return False
    if SUPPOSED.match(text) or of_another_matter(question, text):
        return False
    if WHO_SAID.search(question.text):
        return features.deeds >= _HALF
    if _of_another_rank(question, unit) or _of_another_year(question, unit):
        return False
    told = question.stems - question.named - question.measures  # what is asked but the names
    if not question.kinds:
        return question.asked != "thing" or not told or features.deeds >= FEW_DEEDS
    here = content(text) | unit.content_before()
    near = here | content(unit.title)
    if leans(text):  # whom "he" stands for may be further up
        near |= content(unit.hit.passage.text)
    if not all(named_near(name.key.split(), near) for name in question.names):
        return False
    if question.kinds != ("name",) and _of_somebody_else(question, unit):
        return False
    if question.asked == "number" and _NOBODY.search(text):
        return False
    done = told - _LIGHT - (question.focus if question.asked == "number" else frozenset())
    form = formed(question.text)
    harm = told & _HARM
    if question.asked == "number" and harm and all(untold(one, near) for one in harm):
        return False  # of 87 ill ones, nothing tells how many died
    if question.asked in ("number", "money") and done and all(untold(one, near) for one in done):
        return False  # of those aboard, nothing tells how many died
    if not told or features.deeds >= FEW_DEEDS or question.asked not in ("number", "date"):
        return True
    # A headline on the opening dates no meeting.
    told_here = near if leans(text) else here
    return question.asked == "date" and not untold(form.deed, told_here)


def of_another_matter(question: Question, text: str) -> bool:
    """Whether a sentence tells of something else: who was it once, what was and not what will be, not the hurt."""
    if former(question, text) and not _PAST.search(question.text):
        return True
    if question.asked == "date" and _WILL.search(question.text) and not _AHEAD.search(text):
        return True
    harm = question.stems & _HARM
    told = content(text)
    return question.asked == "number" and bool(harm and told & _HARM) and all(untold(one, told) for one in harm)


def _of_another_rank(question: Question, unit: Unit) -> bool:
    """Whether a third, a deputy or the best of its kind is asked for, and the sentence has none."""
    asked = {match[0].lower() for match in _RANKS.finditer(question.text)}
    told = f"{unit.title}\n{unit.text}".lower()
    return any(not re.search(rf"\b{rank}", told) for rank in asked)


def _of_another_year(question: Question, unit: Unit) -> bool:
    """Whether a year is asked of that neither the passage nor the day of its article has."""
    years = set(YEAR.findall(question.text))
    published = unit.article.published
    told = {*YEAR.findall(f"{unit.title}\n{unit.hit.passage.text}"), *([str(published.year)] if published else [])}
    return bool(years) and not years & told


def _in_other_coin(question: Question, text: str) -> bool:
    """Whether a sentence tells a price in what no list of currencies has: "cost 4,820 thalers"."""
    return question.asked == "money" and bool(_PRICE.search(text)) and any(one.kind == "number" for one in values(text))


def _of_somebody_else(question: Question, unit: Unit) -> bool:
    """Whether a sentence opens with another's name, and has none that the question names."""
    named = [name.key.split() for name in question.names]
    own = content(unit.text)
    if not named or leans(unit.text) or any(named_near(parts, own) for parts in named):
        return False
    opening = _SUBJECT.match(unit.text)
    if opening is None or saying(unit.text):  # "Governor Moss said prices, which …"
        return False
    subject = next((name for name in names(unit.text) if name.start <= opening.end()), None)
    if subject is None or any(same_name(name.text, subject.text) for name in question.names):
        return False
    # A single word that opens a sentence may have its capital from there: "Revenue grew".
    return " " in subject.text or bool(re.search(rf"[\w,] {re.escape(subject.text)}\b", unit.article.text))


def unheld(question: Question, scored: Sequence[Scored]) -> bool:
    """Whether the best sentences hold nobody in the office asked for, or no word of who is to speak or act.

    "Who is the CEO of Spotify?" is not answered by news of Spotify, nor by another company's CEO.
    """
    leading = scored[:_SEEN]
    if asks_for_office(question) and not any(in_office(question, item.unit) for item in leading):
        return True
    if unmeasured(question, (item.unit.text for item in leading)):
        return True
    says = _SAYS.search(question.text)
    if says and question.names and not any(_speaks(says["who"], question, item.unit) for item in leading):
        return True
    sources = " ".join(item.unit.article.outlet or "" for item in scored).casefold()
    asked = [name.key.split() for name in question.names if name.text.casefold() not in sources]
    if question.kinds and asked and len(question.terms) <= SIMPLE:
        if _WHO_DID.match(question.text) and not any(_tells_of_the_deed(question, item) for item in leading[:3]):
            return True
        near = [item.unit for item in leading if _concerns(asked, item.unit)]
        amounts = question.asked in AMOUNTS
        if not any(
            typed(question, unit.text) or _in_other_coin(question, unit.text) if amounts else True for unit in near
        ):
            return True
    if HOW_MUCH_IS.search(question.text) and question.kinds == ("money",):
        return not any(_priced(question, item.unit.text) for item in leading[:3])
    closed = question.asked == "yes-no" and bool(question.names)
    return closed and not any(_within_reach(question, item.unit) for item in leading[:3])


def _speaks(who: str, question: Question, unit: Unit) -> bool:
    """Whether somebody of this name is in a sentence that tells what is said, or in the one before it."""
    asked = [name for name in question.names if name.text in who]
    near = content(unit.text) | content(unit.title)
    if leans(unit.text):
        near |= unit.content_before()
    return bool(_SPOKEN.search(unit.text)) and (not asked or any(named_near(name.key.split(), near) for name in asked))


def _concerns(asked: Sequence[Sequence[str]], unit: Unit) -> bool:
    """Whether a sentence may be about somebody of these names: its passage names them, or its headline alone does.

    A headline of many names says little of a sentence that names others.
    """
    if any(named_near(parts, content(unit.hit.passage.text)) for parts in asked):
        return True
    titled = any(named_near(parts, content(unit.title)) for parts in asked)
    return titled and (len(names(unit.title)) <= _FEW or not names(unit.text))


def _tells_of_the_deed(question: Question, item: Scored) -> bool:
    """Whether a sentence has any word of what is asked but the names, or one that means the same."""
    told = question.stems - question.named
    if not told or item.features.deeds:
        return True
    near = content(item.unit.title)
    if leans(item.unit.text):
        near |= item.unit.content_before()
    return not all(untold(one, near) for one in told)


def _priced(question: Question, text: str) -> bool:
    """Whether a sentence tells what something costs: it speaks of a price, or the sum stands by what is asked about."""
    listed = words(text)
    asked = question.stems
    sums = [value for value in values(text) if value.kind == "money"]
    if not asked & {word.stem for word in listed}:
        return False
    if sums and _PRICE.search(text):
        return True
    return any(
        word.stem in asked and 0 <= max(word.start - value.end, value.start - word.end) <= _BESIDE
        for value in sums
        for word in listed
    )


def _within_reach(question: Question, unit: Unit) -> bool:
    start, end = unit.span.start - NEAR, unit.span.end + NEAR
    near = content(f"{unit.title}\n{unit.hit.passage.text}\n{unit.article.text[max(0, start) : end]}")
    return any(named_near(name.key.split(), near) for name in question.names)
