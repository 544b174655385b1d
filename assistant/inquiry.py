"""One look into the index: what was found for a query, how well it bears on it, and whether it is enough."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.ages import whose_age
from assistant.amounts import AMOUNTS
from assistant.answer import Query
from assistant.antecedent import is_person
from assistant.contest import as_beaten
from assistant.disagreement import possible
from assistant.evidence import gather
from assistant.figures import evidence_features, rightness
from assistant.given_verdict import judge_given
from assistant.initials import in_other_form
from assistant.measure import UNITS
from assistant.named_filters import by_sources
from assistant.nouns import PERSON_NOUNS
from assistant.office import asks_for_office
from assistant.ordering import COMPARED, answering_first
from assistant.posts import as_headed, asked_minutes, of_the_post
from assistant.question import Question, analyse
from assistant.reading import FEW, READ, any_answers, most_read, read_first
from assistant.recasing import recased
from assistant.refusal import missing_words
from assistant.replies import to_the_question, without_other_replies
from assistant.scoring import Rarity, Scored, coverage, rarity, score
from assistant.short import Found
from assistant.spelling import respelt
from assistant.sufficiency import Verdict, judge
from assistant.synonyms import written_alike
from assistant.timeline import asks_for_timeline
from assistant.wide import is_wide, openings, telling, topic
from assistant.wording import flat
from assistant.words import content, stem
from corpus.article import Article
from index.filters import Filters
from index.passage import Hit

if TYPE_CHECKING:
    from assistant.library import Library
    from index import Coverage

DEPTH, DEPTH_OF_FEW = 10, 20
"""Passages whose sentences are looked through; in an index of few, where that is quick, more than the hits."""
TOPIC_HELD = 0.5
"""Share of a topic's words, weighed by rarity, that one sentence with its headline has to have for an overview."""

OF_FEW_WORDS = 6
"""Words up to which a name is much of a question, so that its other form is worth a second look."""
SURER = 1.0
"""Log odds by which a name in its other form is read to answer more surely than as it was asked with."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What one search brought to light.

    scored: sentences, best first. shorts: the short answer of each of the first of them. missing: words and names of
    the question that occur in no article. wide: an overview is asked for, not a fact. given: the texts came with
    the question. facts: the coverage of what was searched.
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
    given: bool
    facts: Coverage


def inquire(query: Query, library: Library, look: Callable[[Query], Inquiry]) -> Inquiry:
    """Look once; if words occur nowhere and near ones do, look again with those. look: `looked_up`, all else given."""
    first = look(query)
    if not first.verdict.enough and not first.missing and (text := _by_last_names(first)) != query.text:
        second = look(replace(query, text=text))
        return replace(second, query=query) if second.verdict.enough else first
    sentences = [item.unit.text for item in first.scored[:COMPARED]]
    if not first.wide and (text := as_beaten(query.text, sentences)) != query.text:
        second = look(replace(query, text=text))
        return replace(second, query=query) if second.verdict.enough else first
    few = not first.wide and (not first.verdict.enough or len(first.question.terms) <= OF_FEW_WORDS)
    if few and (text := in_other_form(query.text, _told(first))) != query.text:
        second = look(replace(query, text=text))
        if second.verdict.enough and _answers_more(second, first):
            return second
    if not first.missing or first.wide:
        return first
    absent = {
        word.stem
        for word in first.question.terms
        if not library.document_frequency(word.text) or (word.text.isupper() and word.text in first.missing)
    }
    text = respelt(query.text, absent, _told(first))
    if text == query.text:
        return first
    second = look(replace(query, text=text))
    # Who is in an office cannot be told without it, however near the rest comes to what was misspelt.
    office = asks_for_office(second.question) and not asks_for_office(first.question)
    return second if second.verdict.enough or office else first


def _told(found: Inquiry) -> list[str]:
    """Return the texts of the passages found, each under its headline."""
    return [f"{hit.passage.article.title}\n{hit.passage.text}" for hit in found.hits]


def _answers_more(second: Inquiry, first: Inquiry) -> bool:
    """Whether the second look was read to answer where the first did not, or far more surely."""
    return not first.verdict.enough or any_answers(second.scored) > any_answers(first.scored) + SURER


def _by_last_names(found: Inquiry) -> str:
    """Return the question with people named as news names them again: Lund for Edda Lund.

    Only where the article of the best sentence names her in full before anybody else of that last name.
    """
    text = found.query.text
    if not found.scored or found.wide or whose_age(found.question):
        return text
    told = found.scored[0].unit
    for name in found.question.names:
        first, _, last = name.text.partition(" ")
        if not is_person(name.text) or " " in last or last not in told.text or name.text in told.text:
            continue
        called = re.findall(rf"(?<!\w)([A-Z][\w’'-]+) {re.escape(last)}(?!\w)", told.article.text)
        if next((one for one in called if stem(one) not in PERSON_NOUNS), "") == first:
            text = text.replace(name.text, last)
    return text


def looked_up(
    query: Query,
    library: Library,
    facts: Coverage,
    *,
    given: bool = False,
    shown: str = "",
    found: Callable[[int], None] | None = None,
) -> Inquiry:
    """Search for a query and judge what comes back.

    facts: the library's coverage. given: the library is a handful of texts that came with the question.
    shown: what was answered before, where more than that is asked for; no sentence of it is evidence again.
    found: told how many passages there are to read.
    """
    text = by_sources(query.text, query.outlets, query.authors)
    wide = is_wide(text, bounded=bool(query.since or query.until))
    about = topic(text) if wide else query.text
    question = analyse(about)
    filters = query.filters
    minutes = asked_minutes(text)
    if about and question.terms:
        headed = f"{about} {as_headed(minutes)}".strip()
        searched = library.search(headed, 2 * DEPTH if wide else deep(facts.passages), filters)
    else:
        searched = _newest(library, filters)
    hits = searched if wide else searched[:DEPTH]
    if found:
        found(len(hits))
    # Names are told by their capitals; no search minds those, so the passages stay the ones found.
    question = analyse(recased(about, (f"{hit.passage.article.title}\n{hit.passage.text}" for hit in hits)))
    articles = {article_id: library.article(article_id) for article_id in {hit.passage.article.id for hit in searched}}
    counts = {word.text: library.document_frequency(word.text) for word in question.terms}
    weights: Rarity = rarity(question, counts, facts.passages)
    for name in (*query.outlets, *query.authors):  # asked for by the filter, not in the text
        weights = {stem: weight for stem, weight in weights.items() if stem not in content(name)}
    if wide:
        weights = telling(question, weights)
    units = [unit for unit in gather(searched, articles) if not shown or flat(unit.text) not in shown]
    posts = of_the_post(text, units) if minutes else []
    if posts:  # each tells what happened at that time
        units, wide = posts, True
    few = wide and not posts and not asks_for_timeline(text)
    units = without_other_replies(question, units)
    scored = score(question, openings(units, weights) if few else units, weights, library)
    if not wide:
        scored = read_first(
            question, to_the_question(question, scored), library, most=READ if given else most_read(facts.passages)
        )
    absent = {stem for stem in nowhere(question, library) if stem in weights}
    missing = missing_words(question, absent)
    scored, shorts = answering_first(question, scored, weights, given=given)
    if not scored:
        verdict = Verdict(False, "empty" if not facts.articles else "filtered" if filters and not hits else "nothing")
    elif posts:
        verdict = Verdict(True)
    elif wide:
        verdict = _wide_verdict(scored, weights, missing)
    else:
        measured = evidence_features(question, scored, weights, absent=absent, shorts=shorts)
        if given:
            verdict = judge_given(
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
                measured | rightness(question, scored, shorts),
                weights=weights,
                missing=missing,
                facts=facts,
            )
    if shown and not verdict.enough:
        verdict = replace(verdict, reason="more")
    return Inquiry(
        query=query,
        question=question,
        hits=tuple(hits),
        articles=articles,
        weights=weights,
        scored=tuple(scored),
        shorts=tuple(shorts),
        missing=missing,
        verdict=verdict,
        wide=wide,
        given=given,
        facts=facts,
    )


def deep(passages: int) -> int:
    """Return how many passages of an index with so many are looked through for evidence."""
    return DEPTH_OF_FEW if passages <= FEW else DEPTH


def nowhere(question: Question, library: Library) -> set[str]:
    """Return the stems of the question's bearing words that occur in no passage, and none that means the same does."""
    return {
        word.stem
        for word in question.terms
        if word.stem not in question.measures
        and not (question.asked in AMOUNTS and word.stem in UNITS)
        and not any(library.document_frequency(one) for one in (word.text, *written_alike(word.stem)))
    }


def _wide_verdict(scored: Sequence[Scored], weights: Rarity, missing: Sequence[str]) -> Verdict:
    """An overview is possible where sentences or headlines name the topic."""
    held = max(coverage(weights, content(item.unit.text) | content(item.unit.title)) for item in scored)
    return Verdict.lacking(missing) if weights and held < TOPIC_HELD else Verdict(True)


def _newest(library: Library, filters: Filters) -> list[Hit]:
    """Return the first passage of the newest articles that pass the filters."""
    wanted = [headline for headline in library.articles() if filters.admits(headline)][:DEPTH]
    first = [passages[0] for headline in wanted if (passages := library.passages(headline.id))]
    return [Hit(passage, 1.0 / rank, rank, "keyword") for rank, passage in enumerate(first, start=1)]
