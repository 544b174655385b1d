"""Named stand-ins for the parts that a test does not want for real."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Answer, Citation, Query, Refusal, Sentence, Turn
from assistant.stages import Watch, unwatched
from corpus.article import Article, Headline
from index import Coverage, MonthlyCount
from index.errors import ArticleMissing, EncoderUnavailable
from index.excerpt import Excerpt, Reading
from index.passage import Passage


def by_month(headlines: Sequence[Headline]) -> tuple[MonthlyCount, ...]:
    """How many of these articles each outlet has of each month, as an index tells it."""
    number = Counter(
        (headline.published.replace(day=1) if headline.published else None, headline.outlet) for headline in headlines
    )
    return tuple(MonthlyCount(month, outlet, articles) for (month, outlet), articles in number.items())


class Shelf:
    """A news index that only holds articles: what the page needs to list, count and read them.

    `listed` counts how often its headlines were asked for.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = {article.id: article for article in articles}
        self.listed = 0

    def article(self, article_id: str) -> Article:
        if article_id not in self._articles:
            raise ArticleMissing(f"No article has the id {article_id!r}.")
        return self._articles[article_id]

    def articles(self, *, limit: int | None = None) -> list[Headline]:
        self.listed += 1
        return self._headlines[:limit]

    @property
    def _headlines(self) -> list[Headline]:
        return [article.headline for article in self._articles.values()]

    def monthly_counts(self) -> tuple[MonthlyCount, ...]:
        return by_month(self._headlines)

    def coverage(self) -> Coverage:
        headlines = self._headlines
        dates = sorted(headline.published for headline in headlines if headline.published)
        return Coverage(
            articles=len(headlines),
            passages=len(headlines),
            outlets=tuple(sorted({headline.outlet for headline in headlines if headline.outlet})),
            authors=tuple(sorted({headline.author for headline in headlines if headline.author})),
            oldest=dates[0] if dates else None,
            newest=dates[-1] if dates else None,
            undated=len(headlines) - len(dates),
            generation=1,
        )


class Closed:
    """A news index that cannot be opened."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def coverage(self) -> Coverage:
        raise self.error

    def articles(self) -> list[Headline]:
        raise self.error

    def monthly_counts(self) -> tuple[MonthlyCount, ...]:
        raise self.error


class ScriptedIndex:
    """A news index with a file that waits, whose updates end as was prepared; the last of these goes on.

    An exception is raised, anything else returned. `builds` holds the options of each update.
    """

    def __init__(self, *outcomes: Any) -> None:
        self.builds: list[dict[str, Any]] = []
        self._outcomes = list(outcomes)

    def exists(self) -> bool:
        return True

    def failures(self) -> tuple[()]:
        return ()

    def waiting(self, _folder: Path) -> Any:
        from index.news_index import Waiting

        return Waiting(files=1, seconds=0.1)

    def build(self, _folder: Path, _progress: Any = None, **options: Any) -> Any:
        outcome = self._outcomes[min(len(self.builds), len(self._outcomes) - 1)]
        self.builds.append(options)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


_WRITER = """
import pathlib, sys, time
from index.locks import writer_lock
with writer_lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def another_writer(index: Path) -> Iterator[subprocess.Popen[str]]:
    """Have another process hold the index as who writes it would; it is killed in the end, if it is still there."""
    command = [sys.executable, "-c", _WRITER, str(index)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            yield holder
        finally:
            holder.kill()


class ScriptedAssistant:
    """Answers with what was prepared for the question; `asked` holds each question with its turns and filters.

    answers: by question, the Answers that are streamed, or an exception that is raised. An exception
    among the Answers is raised when it is reached. A question without a script is refused.
    hold: when set, streaming waits for it after each Answer; `taken` counts those of the last question.
    """

    def __init__(self, articles: Sequence[Article], answers: Mapping[str, object]) -> None:
        self.news_index = Shelf(articles)
        self.model = None
        self.asked: list[tuple[str, tuple[Turn, ...], dict[str, object]]] = []
        self.closed = threading.Event()
        self.hold: threading.Event | None = None
        self.taken = 0
        self._answers = dict(answers)

    def stream(
        self, question: str, turns: Sequence[Turn] = (), *, watch: Watch = unwatched, **filters: object
    ) -> Iterator[Answer]:
        self.asked.append((question, tuple(turns), filters))
        self.taken = 0
        script = self._answers.get(question)
        if script is None:
            script = Answer(
                question=question,
                kind="refusal",
                query=Query(question),
                text="The articles do not say.",
                refusal=Refusal("not-in-articles", "The articles do not say.", tuple(self.news_index.articles()[:3])),
            )
        try:
            for answer in script if isinstance(script, list) else [script]:
                watch("writing", 3)
                if isinstance(answer, BaseException):
                    raise answer
                self.taken += 1
                yield answer
                if self.hold is not None:
                    self.hold.wait(20)
        finally:
            self.closed.set()


def cited_answer(question: str, quotes: Sequence[tuple[Article, str]], **fields: Any) -> Answer:
    """An extractive answer that says exactly these sentences of these articles, each found in its text."""
    citations, sentences = [], []
    for number, (article, quote) in enumerate(quotes, start=1):
        start = article.text.index(quote)
        passage = Passage(f"p{number}", article.headline, number - 1, start, start + len(quote), quote)
        citations.append(Citation(number, quote, start, start + len(quote), passage))
        sentences.append(Sentence(quote, (number,)))
    text = " ".join(f"{sentence.text} [{number}]" for number, sentence in enumerate(sentences, start=1))
    return Answer(
        question=question,
        kind="answer",
        text=text,
        sentences=tuple(sentences),
        citations=tuple(citations),
        **{"query": Query(question), **fields},
    )


ARTICLE = Article(id="a1", title="A title", path="1.txt", text="First words. Last words.")
FIRST = cited_answer("What?", [(ARTICLE, "First words.")])


class ScriptedReader:
    """Reads each sentence to answer with the odds that were prepared for it, else -5; `asked` holds what it read."""

    def __init__(self, odds: Mapping[str, float]) -> None:
        self.asked: list[tuple[str, tuple[Excerpt, ...]]] = []
        self._odds = dict(odds)

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        self.asked.append((question, tuple(excerpts)))
        nothing = np.zeros(0, np.float32)
        return [Reading(self._odds.get(one.text, -5.0), (), nothing, nothing) for one in excerpts]


class RememberedReader:
    """The bundled cross-encoder, which reads a sentence with the same question once in a process."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Excerpt], Reading] = {}

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        from index.cross_encoder import cross_encoder

        new = [one for one in excerpts if (question, one) not in self._known]
        if new:
            readings = cross_encoder().read(question, new)
            self._known.update(((question, one), reading) for one, reading in zip(new, readings, strict=True))
        return [self._known[question, one] for one in excerpts]


_READER = RememberedReader()


class CountingEncoder:
    """Vectors from word hashes: texts with the same words have the same vector. Counts what it was asked."""

    name = "hashing-1"
    dimension = 64

    def __init__(self, name: str = "hashing-1") -> None:
        self.name = name
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                digest = hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()
                vectors[row, digest[0] % self.dimension] += 1 if digest[1] % 2 else -1
                vectors[row, digest[2] % self.dimension] += 0.5
            vectors[row, 0] += 1e-3
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class WithParts:
    """Gives a text's parts along with it; the parts do not count as texts."""

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        alone = type(self)()
        inside = [
            alone.encode([text[start:end] for start, end in bounds]) for text, bounds in zip(texts, parts, strict=True)
        ]
        return self.encode(texts), inside


class PartCountingEncoder(WithParts, CountingEncoder):
    """See WithParts."""


class FailingEncoder(CountingEncoder):
    """Encodes a number of texts and then is gone, as a killed process or a lost server would be."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(self.encoded) + len(texts) > self.after:
            raise EncoderUnavailable("The encoder went away. Try again.")
        return super().encode(texts)


class SlowEncoder(CountingEncoder):
    """Takes its time, so that a kill can fall between two batches."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        time.sleep(0.002 * len(texts))
        return super().encode(texts)


class HashingEncoder:
    """Encodes a text as counts of its stems in 256 places, unit length: near texts share words."""

    name = "hashing"
    dimension = 256

    def encode(self, texts: Sequence[str]) -> Any:
        import zlib

        import numpy as np

        from assistant.words import words

        vectors = np.full((len(texts), self.dimension), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for word in words(text):
                if word.meaningful:
                    vectors[row, zlib.crc32(word.stem.encode("utf-8", "surrogatepass")) % self.dimension] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class HeldEncoder(HashingEncoder):
    """Waits until it may encode."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def encode(self, texts: Sequence[str]) -> Any:
        self.go.wait(20)
        return super().encode(texts)


def news_of(*articles: tuple[str, str, str | None, Any]) -> Any:
    """An in-memory news index over (title, text, outlet, date) with a hashing encoder."""
    from assistant.given import GivenPassages

    held = [
        Article(
            id=f"article-{number}",
            title=title,
            text=text,
            outlet=outlet,
            path=f"{number}.txt",
            published=published,
            published_origin="meta" if published else "unknown",
        )
        for number, (title, text, outlet, published) in enumerate(articles, start=1)
    ]
    return GivenPassages(held, encoder=HashingEncoder(), reader=_READER)


HARBOUR = """The harbour at Vell was closed on Monday after a crane fell into the water.

Nobody was hurt, harbour master Edda Lund said. She added that the crane had been inspected in March.

Skip to content

Vell handles 40% of the country's timber exports, according to the ministry of trade."""

FERRY = """The ferry from Vell to Osk will not sail before Friday, the operator Nordline said.

Nordline carries about 3,000 passengers a week. Its ambassador programme has nothing to do with the crane."""


def harbour_news(extra: str = "") -> Any:
    """An in-memory news index of two days in the port of Vell. extra: stands below the article of the first."""
    return news_of(
        ("Crane falls into harbour", HARBOUR + extra, "Coast Post", date(2024, 3, 5)),
        ("Ferry stays in port", FERRY, "Vell Courier", date(2024, 3, 6)),
    )


class ScriptedModel:
    """Writes what was prepared, call by call, in pieces; `asked` holds the messages of each call.

    A script is a text or a list of pieces; an exception among the pieces is raised when it is reached.
    """

    name = "scripted"

    def __init__(self, *scripts: str | Sequence[str | Exception], window_tokens: int = 8192, piece: int = 7) -> None:
        self.window_tokens = window_tokens
        self.asked: list[list[Any]] = []
        self.closed = 0
        self._scripts = list(scripts)
        self._piece = piece

    def stream(self, messages: Sequence[Any]) -> Any:
        self.asked.append(list(messages))
        script = self._scripts.pop(0) if self._scripts else ""
        if isinstance(script, str):
            script = [script[at : at + self._piece] for at in range(0, len(script), self._piece)]
        try:
            for piece in script:
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            self.closed += 1
