"""How good the answers to a set of questions are: the plain format of a set, and the figures over it."""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.errors import BadSet
from corpus.article import Headline

_FIELDS = frozenset(
    {"id", "question", "answers", "article", "passage", "answerable", "outlet", "author", "since", "until", "today"}
)
_DATES = ("since", "until", "today")


@dataclass(frozen=True, slots=True)
class Case:
    """One question of a set.

    answers: accepted answers, empty where none is known. article: id, path, URL or title of the article that holds it.
    passage: some words of the passage that holds it. answerable: False where the articles do not hold it.
    """

    id: str
    question: str
    answers: tuple[str, ...] = ()
    article: str | None = None
    passage: str | None = None
    answerable: bool = True
    filters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case. None: the case does not say what would be right."""

    case: Case
    answer: Answer
    retrieved_first: bool | None
    retrieved: bool | None
    first_sentence: bool | None
    in_answer: bool | None
    exact: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """The figures over a set; shares in [0, 1], None where no case bears on them; times in milliseconds.

    retrieved: the passage or article is among the passages searched. refused: unanswerable questions refused.
    falsely_refused: answerable ones refused. verbatim: citations whose words stand in their article at that place.
    cited: sentences with a citation.
    """

    questions: int
    answerable: int
    retrieved_first: float | None
    retrieved: float | None
    first_sentence: float | None
    in_answer: float | None
    short_exact: float | None
    short_f1: float | None
    refused: float | None
    falsely_refused: float | None
    disagreements: float | None
    verbatim: float | None
    cited: float | None
    ms_p50: float | None
    ms_p95: float | None

    def to_dict(self) -> dict[str, Any]:
        """Return the figures by name."""
        return {name: getattr(self, name) for name in self.__slots__}

    def __str__(self) -> str:
        """Return the figures as a table, shares in per cent."""
        rows = [("questions", str(self.questions)), ("answerable", str(self.answerable))]
        for name, label in _LABELS.items():
            value = getattr(self, name)
            if value is not None:
                rows.append((label, f"{value:.0f} ms" if name.startswith("ms") else f"{100 * value:.1f} %"))
        width = max(len(label) for label, _ in rows)
        return "\n".join(f"{label:<{width}}  {value:>8}" for label, value in rows)


_LABELS = {
    "retrieved_first": "right passage first",
    "retrieved": "right passage found",
    "first_sentence": "answer in the first sentence",
    "in_answer": "answer in the sentences",
    "short_exact": "short answer exact",
    "short_f1": "short answer token F1",
    "refused": "unanswerable refused",
    "falsely_refused": "answerable refused",
    "disagreements": "answers with disagreement",
    "verbatim": "citations verbatim",
    "cited": "sentences cited",
    "ms_p50": "time p50",
    "ms_p95": "time p95",
}


def read_set(path: str | Path) -> list[Case]:
    """Read a question set: JSON Lines with id, question, answers (null: not in the articles) and, where known, more.

    Raises BadSet, which names the line, for anything that is not of the format.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadSet(f"'{path}' cannot be read as a question set ({reason}). Give a UTF-8 JSON Lines file.") from error
    cases = [_case(line, number, path) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not cases:
        raise BadSet(f"'{path}' holds no questions. Write one JSON object a line.")
    return cases


def evaluate(assistant: Assistant, cases: Iterable[Case]) -> tuple[Report, list[Outcome]]:
    """Answer every case and return the figures with the single outcomes."""
    outcomes = [judged(case, assistant.ask(case.question, **case.filters)) for case in cases]
    return report(outcomes, lambda article_id: assistant.news_index.article(article_id).text), outcomes


def judged(case: Case, answer: Answer) -> Outcome:
    """Compare one answer with what its case says is right."""
    found = [_holds(case, hit.passage.article, hit.passage.text) for hit in answer.hits]
    known = case.answerable and (case.article is not None or case.passage is not None)
    stated = case.answerable and bool(case.answers)
    texts = [sentence.text for sentence in answer.sentences]
    short = answer.short.text if answer.short else ""
    return Outcome(
        case,
        answer,
        retrieved_first=any(found[:1]) if known else None,
        retrieved=any(found) if known else None,
        first_sentence=any(holds_answer(text, case.answers) for text in texts[:1]) if stated else None,
        in_answer=any(holds_answer(text, case.answers) for text in texts) if stated else None,
        exact=max(float(normalised(short) == normalised(right)) for right in case.answers) if stated else None,
        f1=max(token_f1(short, right) for right in case.answers) if stated else None,
    )


def report(outcomes: Sequence[Outcome], text_of: Callable[[str], str]) -> Report:
    """Return the figures over outcomes. text_of: an article's text by its id, to check every quote again."""
    refused = [outcome.answer.kind == "refusal" for outcome in outcomes if not outcome.case.answerable]
    falsely = [outcome.answer.kind == "refusal" for outcome in outcomes if outcome.case.answerable]
    answered = [outcome.answer for outcome in outcomes if outcome.answer.kind == "answer"]
    quotes = [
        text_of(citation.article.id)[citation.start : citation.end] == citation.quote
        for answer in answered
        for citation in answer.citations
    ]
    cited = [bool(sentence.citations) for answer in answered for sentence in answer.sentences]
    times = sorted(outcome.answer.timings_ms.get("total", 0.0) for outcome in outcomes)
    return Report(
        questions=len(outcomes),
        answerable=len(falsely),
        retrieved_first=_mean(outcome.retrieved_first for outcome in outcomes),
        retrieved=_mean(outcome.retrieved for outcome in outcomes),
        first_sentence=_mean(outcome.first_sentence for outcome in outcomes),
        in_answer=_mean(outcome.in_answer for outcome in outcomes),
        short_exact=_mean(outcome.exact for outcome in outcomes),
        short_f1=_mean(outcome.f1 for outcome in outcomes),
        refused=_mean(refused),
        falsely_refused=_mean(falsely),
        disagreements=_mean(bool(answer.disagreements) for answer in answered),
        verbatim=_mean(quotes),
        cited=_mean(cited),
        ms_p50=times[len(times) // 2] if times else None,
        ms_p95=times[min(int(len(times) * 0.95), len(times) - 1)] if times else None,
    )


def normalised(text: str) -> str:
    """Return `text` as SQuAD compares it: lower case, no punctuation, no articles, single blanks."""
    bare = "".join(char for char in text.lower() if char not in string.punctuation)
    return " ".join(re.sub(r"\b(?:a|an|the)\b", " ", bare).split())


def token_f1(given: str, right: str) -> float:
    """Return the harmonic mean of the shares of tokens in common, after `normalised`."""
    mine, theirs = normalised(given).split(), normalised(right).split()
    common = sum((Counter(mine) & Counter(theirs)).values())
    if not mine or not theirs:
        return float(mine == theirs)
    return 2 * common / (len(mine) + len(theirs)) if common else 0.0


def holds_answer(text: str, answers: Sequence[str]) -> bool:
    """Whether a sentence contains one of the answers as whole words, after `normalised`."""
    flat = f" {normalised(text)} "
    return any(f" {bare} " in flat if (bare := normalised(answer)) else answer in text for answer in answers)


def _holds(case: Case, headline: Headline, text: str) -> bool:
    known_as = (headline.id, headline.path, headline.url, headline.title)
    if case.article is not None and case.article not in known_as:
        return False
    return case.passage is None or " ".join(case.passage.split()) in " ".join(text.split())


def _case(line: str, number: int, path: str | Path) -> Case:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadSet(f"Line {number} of '{path}' is not JSON ({error.msg}). Write one object a line.") from error
    if not isinstance(entry, dict) or not isinstance(entry.get("question"), str):
        raise BadSet(f'Line {number} of \'{path}\' has no question. Write {{"id": …, "question": …, "answers": […]}}.')
    unknown = sorted(set(entry) - _FIELDS)
    if unknown:
        raise BadSet(
            f"Line {number} of '{path}' has the unknown field {unknown[0]!r}. Known are: {', '.join(sorted(_FIELDS))}."
        )
    answers = entry.get("answers")
    if answers is not None and not (isinstance(answers, list) and all(isinstance(answer, str) for answer in answers)):
        raise BadSet(f"Line {number} of '{path}': answers must be a list of texts, or null.")
    for name in ("article", "passage", "outlet", "author"):
        told = entry.get(name)
        named = told if isinstance(told, list) and name in ("outlet", "author") else [told]
        if not all(isinstance(one, str | None) for one in named):
            raise BadSet(f"Line {number} of '{path}': {name} is {told!r}. Write a text.")
    if not isinstance(entry.get("answerable", True), bool):
        raise BadSet(f"Line {number} of '{path}': answerable is {entry['answerable']!r}. Write true or false.")
    filters = {name: entry[name] for name in ("outlet", "author", *_DATES) if entry.get(name) is not None}
    try:
        filters |= {name: date.fromisoformat(filters[name]) for name in _DATES if name in filters}
    except (TypeError, ValueError) as error:
        raise BadSet(f"Line {number} of '{path}': {error}. Write dates as YYYY-MM-DD.") from error
    stated = "answers" in entry and answers is None
    return Case(
        id=str(entry.get("id", number)),
        question=entry["question"],
        answers=tuple(answers or ()),
        article=entry.get("article"),
        passage=entry.get("passage"),
        answerable=entry.get("answerable", not stated),
        filters=filters,
    )


def _mean(values: Iterable[bool | float | None]) -> float | None:
    known = [float(value) for value in values if value is not None]
    return sum(known) / len(known) if known else None
