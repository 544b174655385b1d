"""Many clients for a while, at a steady number of articles that come and go; and the same with the server killed."""

from __future__ import annotations

import http.client
import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tests.chroma import Chroma
from tests.soak.clients import Asked, Busy, Clients, ask_once
from tests.soak.coming import Comings
from tests.soak.judging import MISSED, Question, cites
from tests.soak.library import ROOT, Library, articles_of
from tests.soak.server import Server
from tests.soak.shelf import NEVER, Edition, Shelf

SETTLES_S = 60.0
"""After so long without a change everything that changed has to be known."""


@dataclass(frozen=True, slots=True)
class Options:
    """How much is asked of the server."""

    clients: int
    seconds: float
    pause_s: float
    every_s: float
    kills: int
    stops: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What the server's process takes up at one moment. at: the share of the time that has gone."""

    at: float
    megabytes: float
    threads: int
    files: int


@dataclass(slots=True)
class Result:
    """What a run came to; `faults` is empty for a good one."""

    asked: list[Asked]
    readings: list[Reading] = field(default_factory=list)
    found_s: list[float] = field(default_factory=list)
    gone_s: list[float] = field(default_factory=list)
    changes: int = 0
    processor_s: float = 0.0
    moved: int = 0
    faults: list[str] = field(default_factory=list)
    starts_s: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def stable_questions(server: Server, library: Library, texts: Sequence[str]) -> list[Question]:
    """Return questions with the article each has to cite: the one that a server without other work cites first."""
    chance = random.Random(5)
    some = chance.sample(sorted(library.articles.values(), key=lambda one: one.id), 150)
    asked = [*texts, *(f"What is said about {one.title}?" for one in some)]
    questions = []
    for text in asked:
        answer = ask_once(server.port, text)
        first = next((one["article"]["id"] for one in answer["citations"]), None)
        questions.append(Question(text, must=first if answer["kind"] == "answer" else None))
    return questions


def shelf_of(library: Library) -> Shelf:
    """Return a shelf with all articles of a library, there from the beginning."""
    shelf = Shelf()
    for article in library.articles.values():
        shelf.put(Edition(article, told=0.0))
    return shelf


def under_load(server: Server, library: Library, questions: Sequence[Question], options: Options) -> Result:
    """Ask from all clients while articles come and go, and read what the server takes up meanwhile."""
    shelf = shelf_of(library)
    clients = Clients(server.port, shelf, questions, options.clients, options.pause_s)
    with _coming(library, server, shelf, options) as comings:
        clients.start()
        before = server.processor_s()
        readings = list(_read(server, options.seconds))
        spent = server.processor_s() - before
        clients.finish()
    result = _result(clients, comings, shelf, readings)
    result.processor_s = spent
    return result


def killed(server: Server, library: Library, questions: Sequence[Question], options: Options) -> Result:
    """Kill the server again and again, every other time in the middle of an update, and start it again."""
    shelf, chance = shelf_of(library), random.Random(11)
    clients = Clients(server.port, shelf, questions, options.clients, options.pause_s, breaks=True)
    starts = []
    with _coming(library, server, shelf, options) as comings:
        clients.start()
        for number in range(options.kills):
            time.sleep(chance.uniform(0.5, 4))
            if number % 2:
                comings.add(30)
                _until_writing(library.index, chance.uniform(0, 1.5))
            server.kill()
            starts.append(server.start())
        time.sleep(5)
        clients.finish()
    result = _result(clients, comings, shelf, [])
    result.starts_s = starts
    return result


def without_vectors(
    server: Server, library: Library, questions: Sequence[Question], options: Options, *, chroma: Chroma
) -> Result:
    """Stop and start the Chroma server that holds the vectors, again and again; nobody starts anything else anew."""
    shelf, chance = shelf_of(library), random.Random(13)
    clients = Clients(server.port, shelf, questions, options.clients, options.pause_s)
    stops = []
    with _coming(library, server, shelf, options) as comings:
        clients.start()
        for _ in range(options.stops):
            time.sleep(chance.uniform(2, 6))
            began = time.monotonic()
            chroma.stop()
            time.sleep(chance.uniform(1, 8))
            chroma.start()
            _answered(server.port, questions[0])
            stops.append(time.monotonic() - began)
        time.sleep(5)
        clients.finish()
    result = _result(clients, comings, shelf, [])
    result.starts_s = stops
    result.said = sorted({one for asked in clients.asked for one in asked.said})
    return result


def _answered(port: int, question: Question) -> None:
    """Wait until the server answers again."""
    until = time.monotonic() + SETTLES_S
    while time.monotonic() < until:
        try:
            ask_once(port, question.text)
        except (Busy, OSError, http.client.HTTPException):
            time.sleep(0.2)
        else:
            return


def asked_again(result: Result, server: Server) -> None:
    """Ask what missed its article once more, now that all is quiet: what still does owes it to the articles that came.

    `moved` counts those; they are no faults of a server under load.
    """
    for one in result.asked:
        others = [line for line in one.wrong if not line.startswith(MISSED)]
        missed = len(others) < len(one.wrong)
        if missed and not cites(ask_once(server.port, one.question.text), one.question.must):
            one.wrong = tuple(others)
            result.moved += 1


def table(result: Result) -> str:
    """Return the figures as rows of Markdown."""
    times = np.array([one.seconds for one in result.asked if not one.failed] or [0.0])
    wrong = [line for one in result.asked for line in one.wrong]
    failed = [one.failed for one in result.asked if one.failed]
    ways = Counter(one.way for one in result.asked)
    kinds = Counter(one.kind for one in result.asked)
    rows = {
        "questions": f"{len(result.asked):,} ({', '.join(f'{way} {count:,}' for way, count in ways.most_common())})",
        "of them": ", ".join(f"{kind or 'none'} {count:,}" for kind, count in kinds.most_common()),
        "wrong": f"{len(wrong)}",
        "failed": f"{len(failed)}",
        "another article now fits better, also when quiet": f"{result.moved}",
        "put off as busy, then answered": f"{sum(one.busy > 0 for one in result.asked)}",
        "broken off, then answered": f"{sum(one.broken > 0 and not one.failed for one in result.asked)}",
        "p50, p95, p99, worst, s": ", ".join(f"{one:.2f}" for one in np.percentile(times, [50, 95, 99, 100])),
        "processor seconds a question, updates included": f"{result.processor_s / len(result.asked):.3f}",
        "changes of the folder": f"{result.changes:,}",
        "known after, s (p50, worst)": _spread(result.found_s),
        "gone after, s (p50, worst)": _spread(result.gone_s),
        "answering again after, s (p50, worst)": _spread(result.starts_s),
    }
    for number, line in enumerate(result.said, start=1):
        rows[f"put off with, {number}"] = line
    for one in result.readings:
        rows[f"at {one.at:.0%}"] = f"{one.megabytes:.0f} MB, {one.threads} threads, {one.files} files and connections"
    shown = [f"| {name} | {value} |" for name, value in rows.items() if value not in ("-", "0.000")]
    return "\n".join(["| what | figure |", "|---|---|", *shown])


def faults(result: Result) -> list[str]:
    """Return all that was not as it ought to be."""
    asked = [f"{one.way}: {line}" for one in result.asked for line in (*one.wrong, one.failed) if line]
    return [*asked, *result.faults]


@contextmanager
def _coming(library: Library, server: Server, shelf: Shelf, options: Options) -> Iterator[Comings]:
    """Have articles come and go meanwhile; then wait until the server knows of all."""
    comings = Comings(library.folder, server.port, shelf, options.every_s)
    changing = threading.Thread(target=comings.run, daemon=True)
    hearing = threading.Thread(target=comings.listen, daemon=True)
    changing.start()
    hearing.start()
    yield comings
    comings.quiet.set()
    changing.join()
    until = time.monotonic() + SETTLES_S
    while comings.pending() and time.monotonic() < until:
        time.sleep(0.2)
    comings.stop.set()
    hearing.join()


def _read(server: Server, seconds: float) -> Iterator[Reading]:
    began = time.monotonic()
    for share in (0.2, 0.4, 0.6, 0.8, 1.0):
        time.sleep(max(0.0, began + share * seconds - time.monotonic()))
        yield Reading(share, server.megabytes(), server.threads(), server.files())


def _result(clients: Clients, comings: Comings, shelf: Shelf, readings: list[Reading]) -> Result:
    editions = shelf.coming()
    return Result(
        clients.asked,
        readings,
        found_s=[one.told - one.written for one in editions if one.told < NEVER],
        gone_s=[one.gone - one.ended for one in editions if one.gone < NEVER],
        changes=comings.changes,
        faults=[f"after {SETTLES_S:.0f} s the server does not know of {one.article.path}" for one in comings.pending()],
    )


def _until_writing(index: Path, further_s: float) -> None:
    """Wait until an update is on its way, and a little more."""
    from index.locks import is_written

    until = time.monotonic() + 20
    while not is_written(index) and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(further_s)


def faults_after(server: Server, library: Library, *options: str) -> Iterator[str]:
    """Yield what the index lacks, or has beyond the folder, once the server has been stopped."""
    yield from filter(None, [server.stop()])
    places = ("--articles", str(library.folder), "--index", str(library.index), *options)
    command = [sys.executable, "-m", "ui"]
    done = subprocess.run([*command, "check", "--json", *places], capture_output=True, text=True, cwd=ROOT)
    report: dict[str, Any] = json.loads(done.stdout or "{}")
    if done.returncode or report.get("waiting"):
        yield f"check: status {done.returncode}, {done.stdout or done.stderr}"
    listed = subprocess.run([*command, "articles", "--json", "--no-update", *places], capture_output=True, cwd=ROOT)
    known = {one["id"] for one in json.loads(listed.stdout)}
    there = {one.id for one in articles_of(library.folder)}
    yield from (f"lost: {one}" for one in sorted(there - known))
    yield from (f"too many: {one}" for one in sorted(known - there))


def _spread(seconds: Sequence[float]) -> str:
    return f"{np.median(seconds):.1f}, {max(seconds):.1f}" if seconds else "-"
