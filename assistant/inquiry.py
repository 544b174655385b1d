"""One look into the index: what was found for a query, how well it bears on it, and whether it is enough."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from assistant import given_verdict
from assistant.answer import Query
from assistant.disagreement import possible
from assistant.evidence import gather
from assistant.learned import learned, weighed
from assistant.nouns import PERSON_NOUNS
from assistant.question import Question, analyse
from assistant.refusal import missing_words
from assistant.scoring import Meanings, Rarity, Scored, bindings, coverage, rarity, score
from assistant.short import Found, best
from assistant.spelling import respelt
from assistant.statements import said
from assistant.sufficiency import Verdict, features, judge, other_year
from assistant.synonyms import written_alike
from assistant.telling import former, of_another, tells
from assistant.wide import is_wide, openings, topic
from assistant.words import content
from corpus.article import Article, Headline
from index.passage import Hit, Passage

if TYPE_CHECKING:
    from index import Coverage

DEPTH = 10
"""Passages searched for a question."""
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|thanks to|reasons?|caus\w+|result\w*|led to|therefore|so that|in order to"
    r"|thus|hence|motivat\w+|explain\w*|blam\w+|attribut\w+|accus\w+|citing|in (?:response|retaliation|protest)"
    r"|prompted|amid|fear(?:s|ed|ing)?|in (?:a bid|an effort) to|to (?:avoid|prevent|protect|discuss"
    r"|help|reduce|make|allow))\b",
    re.IGNORECASE,
)
_CAUSED = 1.0
"""Added to the score of a sentence that gives a cause, where a reason is asked for: log odds, as scores are."""
_SPOKEN = 3.0
"""Added to the score of a sentence whose speaker, or time, is the one that the question names."""
_IN_TIME = frozenset({"after", "before", "during", "since", "until"})
COMPARED = 8
"""Sentences whose short answers are compared."""


class Library(Meanings, Protocol):
    """What the assistant needs of an index."""

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        outlet: str | Sequence[str] | None = None,
        author: str | Sequence[str] | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[Hit]:
        """Return the k closest passages that pass the filters."""

    def article(self, article_id: str) -> Article:
        """Return an article."""

    def articles(self) -> list[Headline]:
        """Return all headlines, newest first."""

    def passages(self, article_id: str) -> list[Passage]:
        """Return the passages of an article in order."""

    def coverage(self) -> Coverage:
        """Return the facts of the index."""

    def document_frequency(self, word: str) -> int:
        """Return in how many passages a word occurs."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What one search brought to light.

    scored: sentences, best first. shorts: the short answer of each of the first of them. missing: words and names of
    the question that occur in no article. wide: an overview is asked for, not a fact. given: the texts came with
    the question.
    """

    query: Query
    question: Question
    hits: tuple[Hit, ...]
    articles: dict[str, Article]
    weights: Rarity
    scored: tuple[Scored, ...]
    shorts: tuple[Found | None, ...]
    missing: tuple[str, ...]
    verdict: Verdict
    wide: bool
    given: bool = False


def inquire(
    query: Query, library: Library, facts: Coverage, *, given: bool = False, found: Callable[[int], None] | None = None
) -> Inquiry:
    """Look once; if words occur nowhere and near ones do, look again with those. Arguments as of `looked_up`."""
    first = looked_up(query, library, facts, given=given, found=found)
    if first.verdict.enough or not first.missing:
        return first
    absent = {word.stem for word in first.question.terms if not library.document_frequency(word.text)}
    text = respelt(query.text, absent, [f"{hit.passage.article.title}\n{hit.passage.text}" for hit in first.hits])
    if text == query.text:
        return first
    second = looked_up(replace(query, text=text), library, facts, given=given)
    return second if second.verdict.enough else first


def looked_up(
    query: Query, library: Library, facts: Coverage, *, given: bool = False, found: Callable[[int], None] | None = None
) -> Inquiry:
    """Search for a query and judge what comes back.

    facts: the library's coverage. given: the library is a handful of texts that came with the question.
    found: told how many passages there are to read.
    """
    wide = is_wide(query.text)
    about = topic(query.text) if wide else query.text
    question = analyse(about)
    filters = {
        "outlet": query.outlets or None,
        "author": query.authors or None,
        "since": query.since,
        "until": query.until,
    }
    if about and question.terms:
        hits = library.search(about, 2 * DEPTH if wide else DEPTH, **filters)  # type: ignore[arg-type]
    else:
        hits = _newest(library, query)
    if found:
        found(len(hits))
    articles = {article_id: library.article(article_id) for article_id in {hit.passage.article.id for hit in hits}}
    counts = {word.text: library.document_frequency(word.text) for word in question.terms}
    weights = rarity(question, counts, facts.passages)
    for name in (*query.outlets, *query.authors):  # asked for by the filter, not in the text
        weights = {stem: weight for stem, weight in weights.items() if stem not in content(name)}
    units = gather(hits, articles)
    scored = score(question, openings(units, weights) if wide else units, weights, library)
    absent = {stem for stem in nowhere(question, library) if stem in weights}
    missing = missing_words(question, absent)
    scored, shorts = _answering_first(question, scored, weights, given=given)
    if not facts.articles:
        verdict = Verdict(False, "empty")
    elif not hits:
        verdict = Verdict(False, "filtered" if any(filters.values()) else "nothing")
    elif wide:
        verdict = _wide_verdict(scored, weights, missing)
    else:
        measured = features(question, scored, weights, absent=absent, shorts=shorts) if scored else {}
        if given:
            verdict = given_verdict.judge(
                question,
                [article.text for article in articles.values()],
                scored,
                measured,
                beliefs=[one.belief for one in possible(question, scored[:COMPARED], shorts)],
                missing=missing,
            )
        else:
            verdict = judge(
                question,
                scored,
                measured,
                weights=weights,
                missing=missing,
                passages=facts.passages,
                sources=(*facts.outlets, *facts.authors),
            )
    return Inquiry(
        query, question, tuple(hits), articles, weights, tuple(scored), tuple(shorts), missing, verdict, wide, given
    )


def nowhere(question: Question, library: Library) -> set[str]:
    """Return the stems of the question's bearing words that occur in no passage, and none that means the same does."""
    return {
        word.stem
        for word in question.terms
        if word.stem not in question.measures
        and not any(library.document_frequency(one) for one in (word.text, *written_alike(word.stem)))
    }


def _answering_first(
    question: Question, scored: list[Scored], weights: Rarity, *, given: bool
) -> tuple[list[Scored], list[Found | None]]:
    """Order the first sentences anew, by how well a short answer stands in them; return them with those answers."""
    if question.asked == "reason" and not any(_CAUSE.search(item.unit.text) for item in scored[:5]):
        # No sentence gives a reason. What comes nearest in meaning then says what the articles tell instead.
        scored = sorted(scored, key=lambda item: (-item.features.meaning, item.unit.place))
        scored = [replace(item, score=10 * item.features.meaning) for item in scored]
        return scored, [best(question, item.unit.text, weights) for item in scored[:COMPARED]]
    if question.identity:
        scored = _introduced_first(question, scored)
        return scored, [best(question, item.unit.text, weights) for item in scored[:COMPARED]]
    if question.told:
        scored = _speaker_first(question, scored)
        return scored, [best(question, item.unit.text, weights) for item in scored[:COMPARED]]
    if question.asked == "open":
        scored = _in_time_first(question, scored)
    if question.asked == "reason":
        scored = _cause_first(scored)
    head, tail = scored[:COMPARED], scored[COMPARED:]
    model = learned(
        ("answering value of given" if given else "answering value") if question.kinds else "answering other"
    )
    paired = []
    for item in head:
        found = best(question, item.unit.text, weights)
        paired.append((replace(item, score=weighed(model, answering(question, item, found))), found))
    paired.sort(key=lambda pair: (-pair[0].score, pair[0].unit.place))
    # What was not looked at keeps its distance to the last that was.
    drop = max((head[-1].score - paired[-1][0].score) if head else 0.0, 0.0)
    rest = [replace(item, score=item.score - drop) for item in tail]
    return [item for item, _ in paired] + rest, [found for _, found in paired]


def answering(question: Question, item: Scored, found: Found | None) -> dict[str, float]:
    """Return what is measured of a sentence as an answer, by name. found: its best short answer, if any."""
    text = item.unit.text
    return {
        "score": item.score,
        "fitting": float(found is not None),
        "short score": found.score / 10 if found else 0.0,
        "near": found.near if found else 0.0,
        "belief": found.belief if found else 0.0,
        "other year": float(other_year(question, text)),
        "question": float(text.rstrip('”"’ ').endswith("?")),
        "telling": float(tells(text)),
        "former": float(former(question, text)),
        "of another": float(of_another(question, text)),
    }


def _in_time_first(question: Question, scored: Sequence[Scored]) -> list[Scored]:
    """Put what is told of the time asked for first: "after the war" is not "in the war"."""
    asked = {bound for bound in bindings(question.text) if bound[0] in _IN_TIME}
    lifted = [
        replace(item, score=item.score + (_SPOKEN if asked & bindings(item.unit.text) else 0.0)) for item in scored
    ]
    return sorted(lifted, key=lambda item: (-item.score, item.unit.place)) if asked else list(scored)


def _cause_first(scored: Sequence[Scored]) -> list[Scored]:
    """Bring what gives a cause forward among what comes near the question."""
    lifted = [replace(item, score=item.score + _CAUSED * bool(_CAUSE.search(item.unit.text))) for item in scored]
    return sorted(lifted, key=lambda item: (-item.score, item.unit.place))


def _introduced_first(question: Question, scored: Sequence[Scored]) -> list[Scored]:
    """Put sentences first that say who a name is: "George Deek, Israel's ambassador", "President Ilham Aliyev"."""
    name = re.escape(question.names[-1].text.split()[-1])
    introducing = re.compile(
        rf"\b{name}(?:,| \(| is | was )\W*(?:(?:the|a|an|his|her|its|their|then|who|former)\b|[A-Z][\w’']+[’']s )"
        rf"|(?:{'|'.join(sorted(PERSON_NOUNS))})\w* (?:[A-Z][\w.]+ ){{0,2}}{name}\b",
        re.IGNORECASE if name.islower() else 0,
    )
    lifted = [
        replace(item, score=item.score + (_SPOKEN if introducing.search(item.unit.text) else 0.0)) for item in scored
    ]
    return sorted(lifted, key=lambda item: (-item.score, item.unit.place))


def _speaker_first(question: Question, scored: Sequence[Scored]) -> list[Scored]:
    """Put what is said by somebody the question names before what is said of them."""
    named = {stem for name in question.names for stem in name.key.split()}

    def spoken(item: Scored) -> float:
        saying = said(item.unit)
        return _SPOKEN if saying and content(saying.speaker) & named else 0.0

    lifted = [replace(item, score=item.score + spoken(item)) for item in scored]
    return sorted(lifted, key=lambda item: (-item.score, item.unit.place))


def _wide_verdict(scored: Sequence[Scored], weights: Rarity, missing: Sequence[str]) -> Verdict:
    """An overview is possible where sentences or headlines name the topic."""
    if not scored:
        return Verdict(False, "nothing")
    held = max(coverage(weights, content(item.unit.text) | content(item.unit.title)) for item in scored)
    if weights and held < 0.5:
        return Verdict(False, "missing" if missing else "weak", held)
    return Verdict(True, "", held)


def _newest(library: Library, query: Query) -> list[Hit]:
    """Return the first passage of the newest articles that pass the filters."""
    wanted = [headline for headline in library.articles() if _passes(headline, query)][:DEPTH]
    first = [passages[0] for headline in wanted if (passages := library.passages(headline.id))]
    return [Hit(passage, 1.0 / rank, rank, "keyword") for rank, passage in enumerate(first, start=1)]


def _passes(headline: Headline, query: Query) -> bool:
    if query.outlets and (headline.outlet or "").casefold() not in {name.casefold() for name in query.outlets}:
        return False
    if query.authors and not any(name.casefold() in (headline.author or "").casefold() for name in query.authors):
        return False
    if query.since is None and query.until is None:
        return True
    return headline.published is not None and (query.since or date.min) <= headline.published <= (
        query.until or date.max
    )
