"""The answers to several questions of one message, as one answer whose footnotes count through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from assistant.answer import EXTRACTIVE, Answer, Citation, Freshness, Query, Refusal, Sentence
from assistant.citing import render
from assistant.refusal import CLOSEST, filters
from assistant.suggestions import MOST
from index.passage import Hit


def joined(asked: str, parts: Sequence[Answer]) -> Answer:
    """Return one answer to `asked` from the answers to its questions, in their order.

    Each question stands as the lead before its sentences. What is refused is said in the notice; where all are, this
    is a refusal.
    """
    answered = [part for part in parts if part.answered]
    if not answered:
        return _refused(asked, parts)
    numbers: dict[tuple[str, int, int], Citation] = {}
    renumbered = [_renumbered(part, numbers) for part in answered]
    sentences = _sentences(renumbered)
    writers = dict.fromkeys(part.writer for part in answered if part.writer != EXTRACTIVE)
    return Answer(
        question=asked,
        kind="answer",
        query=_query(parts),
        text=render(sentences),
        short=renumbered[0].short if len(renumbered) == 1 else None,
        sentences=sentences,
        citations=tuple(numbers.values()),
        left_out=sum(part.left_out for part in parts),
        disagreements=tuple(dict.fromkeys(one for part in renumbered for one in part.disagreements)),
        statements=tuple(dict.fromkeys(one for part in renumbered for one in part.statements)),
        timeline=tuple(dict.fromkeys(one for part in renumbered for one in part.timeline)),
        freshness=_freshness(answered),
        suggestions=_next(parts),
        writer=next(iter(writers), EXTRACTIVE),
        timings_ms=_spent(parts),
        hits=_hits(parts),
        left_out_sentences=tuple(one for part in parts for one in part.left_out_sentences),
        notice=" ".join(dict.fromkeys(line for part in parts for line in _notices(part))),
    )


def _refused(asked: str, parts: Sequence[Answer]) -> Answer:
    refusals = [part.refusal for part in parts if part.refusal]
    message = " ".join(f"“{_question(part.query)}” {part.text}" for part in parts)
    closest = dict.fromkeys(one for refusal in refusals for one in refusal.closest)
    missing = dict.fromkeys(one for refusal in refusals for one in refusal.missing)
    return replace(
        parts[0],
        question=asked,
        query=_query(parts),
        text=message,
        refusal=Refusal(refusals[0].reason, message, tuple(closest)[:CLOSEST], tuple(missing)),
        suggestions=_next(parts),
        timings_ms=_spent(parts),
        hits=_hits(parts),
        notice=" ".join(dict.fromkeys(part.notice for part in parts if part.notice)),
    )


def _notices(part: Answer) -> list[str]:
    refused = f"Not answered: “{_question(part.query)}” {part.text}" if part.refusal else ""
    return [line for line in (part.notice, refused) if line]


def _query(parts: Sequence[Answer]) -> Query:
    """Return all questions as one query. Filters that are not those of all stand beside the question they bind."""
    first = parts[0].query
    if all(replace(part.query, text="") == replace(first, text="") for part in parts):
        return replace(first, text=" ".join(_question(part.query) for part in parts))
    told = [(_question(part.query), filters(part.query)) for part in parts]
    return Query(" ".join(f"{text[:-1]} ({bound})?" if bound else text for text, bound in told))


def _question(query: Query) -> str:
    return f"{query.text.rstrip(' ?.!')}?"


def _renumbered(part: Answer, numbers: dict[tuple[str, int, int], Citation]) -> Answer:
    """Return an answer with its citations under the numbers they have here; `numbers` gets those that are new."""
    new: dict[int, int] = {}
    for citation in part.citations:
        key = (citation.article.id, citation.start, citation.end)
        new[citation.number] = numbers.setdefault(key, replace(citation, number=len(numbers) + 1)).number
    return replace(
        part,
        short=replace(part.short, citation=new[part.short.citation]) if part.short else None,
        sentences=tuple(
            replace(sentence, citations=tuple(new[number] for number in sentence.citations))
            for sentence in part.sentences
        ),
        disagreements=tuple(
            replace(one, sides=tuple(replace(side, citation=new[side.citation]) for side in one.sides))
            for one in part.disagreements
        ),
        statements=tuple(replace(one, citation=new[one.citation]) for one in part.statements),
        timeline=tuple(replace(one, citation=new[one.citation]) for one in part.timeline),
    )


def _sentences(answered: Sequence[Answer]) -> tuple[Sentence, ...]:
    """Return the sentences with each question before its own; what was shown is not shown again.

    Only the sentence that answers a question first may come twice, if others follow it. A question that is answered by
    what stands above stands there too.
    """
    leads: list[list[str]] = []
    groups: list[list[Sentence]] = []
    shown: set[tuple[str, tuple[int, ...]]] = set()
    for part in answered:
        told = [(sentence.text, sentence.citations) for sentence in part.sentences]
        if groups and set(told) <= shown:
            leads[-1].append(_question(part.query))
            continue
        kept = [one for at, one in enumerate(part.sentences) if at == 0 or told[at] not in shown]
        shown.update(told)
        leads.append([_question(part.query)])
        groups.append(kept)
    return tuple(
        replace(sentence, lead=" ".join(filter(None, (*(asked if at == 0 else ()), sentence.lead))))
        for asked, group in zip(leads, groups, strict=True)
        for at, sentence in enumerate(group)
    )


def _freshness(answered: Sequence[Answer]) -> Freshness:
    used = max((one.freshness.newest_used for one in answered if one.freshness.newest_used), default=None)
    cited = {citation.article.id for part in answered for citation in part.citations}
    later = (part.freshness.newer_left_out for part in answered)
    return Freshness(
        used,
        answered[0].freshness.corpus_newest,
        next(
            (one for one in later if one and one.id not in cited and one.published and used and one.published > used),
            None,
        ),
    )


def _next(parts: Sequence[Answer]) -> tuple[str, ...]:
    """Return what may be asked next, of each question in turn."""
    turns = zip_longest(*(part.suggestions for part in parts))
    return tuple(dict.fromkeys(one for turn in turns for one in turn if one))[:MOST]


def _hits(parts: Sequence[Answer]) -> tuple[Hit, ...]:
    found: dict[str, Hit] = {}
    for part in parts:
        for hit in part.hits:
            found.setdefault(hit.passage.id, hit)
    return tuple(found.values())


def _spent(parts: Sequence[Answer]) -> dict[str, float]:
    stages = dict.fromkeys(stage for part in parts for stage in part.timings_ms)
    return {stage: sum(part.timings_ms.get(stage, 0.0) for part in parts) for stage in stages}
