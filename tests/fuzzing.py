"""`make fuzz`: every reader and the parser of a model's markers, on files nobody meant to write.

    python -m tests.fuzzing --seconds 120 [pdf html …] [--seed 7]
    python -m tests.fuzzing --replay .fuzz/pdf-0123456789abcdef.pdf

Half of the files are real ones (../shared/messy), damaged; half are built by Hypothesis from what the format
is made of. Each is read in a process with limits. Whatever is not an article or a declared refusal is a finding:
it is kept in .fuzz, named in the end, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import random
import re
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from corpus import Article, Failure, FileState
from corpus.article import Interruption
from corpus.sandbox import Sandbox
from tests.fuzz_grammars import GRAMMARS, GROUNDS, TOKENS
from tests.test_corpus_laws import check

MESSY = Path(__file__).resolve().parents[2] / "shared" / "messy"
KEPT = Path(".fuzz")
SECONDS_PER_FILE = 20.0
MEMORY_BYTES = 1_000_000_000
LARGEST_SEED = 300_000
SLICE_SECONDS = 10.0

TARGETS = {
    "text": ".txt",
    "markdown": ".md",
    "json": ".json",
    "jsonl": ".jsonl",
    "html": ".html",
    "feed": ".xml",
    "pdf": ".pdf",
    "docx": ".docx",
    "fetched": ".fetched",
    "markers": ".markers",
}
_FROM = {"text": "txt", "markdown": "txt md", "json": "json", "jsonl": "json", "html": "html", "pdf": "pdf"}
_FROM |= {"feed": "xml atom rss", "fetched": "txt html xml", "markers": "txt"}


@dataclass(slots=True)
class Tally:
    """What became of the files that one reader was given."""

    files: int = 0
    articles: int = 0
    refused: int = 0
    found: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    peak_bytes: int = 0


class Watched(Sandbox):
    """A sandbox that remembers what broke a reader, or kept it for ever."""

    broken: str | None = None

    def _failure(self, process, frame, file):
        failure = super()._failure(process, frame, file)
        self.broken = failure.reason
        return failure


class Target:
    """One reader under fire."""

    def __init__(self, name: str, folder: Path, at_random: random.Random) -> None:
        self.name, self.suffix = name, TARGETS[name]
        self.tally = Tally()
        self._at_random = at_random
        self._path = folder / f"a{self.suffix}"
        self._seeds = _seeds(name)
        self._sandbox = Watched(
            seconds=SECONDS_PER_FILE, memory_bytes=MEMORY_BYTES, idle_seconds=3600.0, program="tests.fuzzed"
        )

    def close(self) -> None:
        self._sandbox.close()

    def damage_until(self, end: float) -> None:
        """Read damaged seeds until a moment."""
        while time.monotonic() < end:
            self.read(damaged(self._at_random, self._seeds, self.suffix))

    def build_until(self, end: float) -> None:
        """Read files of the format's own parts until a moment."""

        @seed(self._at_random.randrange(1 << 30))
        @settings(
            max_examples=1_000_000,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(GRAMMARS[self.name])
        def build(content: bytes) -> None:
            if time.monotonic() > end:
                raise _Enough
            self.read(content)

        try:
            build()
        except _Enough:
            return

    def read(self, content: bytes) -> None:
        """Read one file and note what became of it."""
        self._path.write_bytes(content)
        self._sandbox.broken = None
        outcomes = list(self._sandbox.read(FileState(self._path.name, str(self._path), len(content), 0, 0)))
        tally = self.tally
        tally.files += 1
        if self._sandbox.broken is None:
            measure = outcomes.pop()
            assert isinstance(measure, Failure)
            seconds, peak = json.loads(measure.reason)
            tally.peak_bytes = max(tally.peak_bytes, peak)
            if seconds > tally.slowest[0]:
                tally.slowest = (seconds, self._keep(content, "slowest"))
        tally.articles += sum(isinstance(one, Article) for one in outcomes)
        tally.refused += sum(isinstance(one, Failure) for one in outcomes)
        wrong = self._sandbox.broken or _unlawful(outcomes, self._path.name)
        if wrong:
            if wrong not in tally.found:
                print(f"{self.name}: {wrong}\n    {self._keep(content)}", flush=True)
            tally.found[wrong] += 1

    def _keep(self, content: bytes, name: str = "") -> str:
        KEPT.mkdir(exist_ok=True)
        path = KEPT / f"{self.name}-{name or hashlib.sha256(content).hexdigest()[:16]}{self.suffix}"
        path.write_bytes(content)
        return str(path)


class _Enough(BaseException):
    """The time is over; not an Exception, which Hypothesis would take for a finding."""


def _unlawful(outcomes: list[Article | Failure], path: str) -> str | None:
    """Return which law of all readers is broken, None where none is."""
    if not outcomes:
        return "neither an article nor a reason"
    for one in outcomes:
        if isinstance(one, Interruption):
            return f"said not to be given by the system: {one.reason}"
        try:
            check(one, path)
        except (AssertionError, UnicodeError) as error:
            return f"unlawful {type(one).__name__}: {' '.join(str(error).split())[:150]}"
    return None


def _seeds(name: str) -> list[bytes]:
    """Return the files to damage: real ones, and those that the project can make."""
    found = [
        path.read_bytes()
        for kind in _FROM.get(name, "").split()
        for path in sorted(MESSY.rglob(f"*.{kind}"))
        if 0 < path.stat().st_size <= LARGEST_SEED
    ]
    if name == "jsonl":
        found = [b" ".join(source.split()) + b"\n" for source in found]
    return [*found, *GROUNDS[name]]


def damaged(at_random: random.Random, seeds: list[bytes], suffix: str) -> bytes:
    """Return a seed with some damage, in what it packs where it packs something."""
    content = at_random.choice(seeds)
    times = at_random.choice((1, 1, 2, 4, 16))
    if suffix == ".docx" and at_random.random() < 0.8:
        return _repacked(content, at_random, seeds, times)
    if suffix == ".pdf" and at_random.random() < 0.5:
        return _rewritten(content, at_random, seeds, times)
    for _ in range(times):
        content = _hit(content, at_random, seeds, TOKENS[suffix])
    return content


def _hit(content: bytes, at_random: random.Random, seeds: list[bytes], tokens: tuple[bytes, ...]) -> bytes:
    size = len(content)
    at = at_random.randrange(size + 1)
    to = min(size, at + at_random.choice((1, 2, 8, 64, 1000, size)))
    kind = at_random.randrange(8)
    if kind == 0:
        return content[:at] + bytes([at_random.randrange(256)]) + content[at + 1 :]
    if kind == 1:
        return content[:at] + content[to:]
    if kind == 2:
        return content[:to]
    if kind == 3:
        times = at_random.choice((2, 3, 50, 2000))
        return content[:at] + content[at:to] * min(times, 200_000 // max(1, to - at) + 1) + content[to:]
    if kind == 4:
        other = at_random.choice(seeds)
        start = at_random.randrange(len(other) + 1)
        return content[:at] + other[start : start + at_random.choice((8, 64, 1000, 20_000))] + content[to:]
    if kind == 5:
        numbers = list(re.finditer(rb"\d+", content))
        if numbers:
            number = at_random.choice(numbers)
            extreme = at_random.choice((b"0", b"-1", b"4294967295", b"9" * 30, b"1e999", number[0] * 3))
            return content[: number.start()] + extreme + content[number.end() :]
    token = at_random.choice(tokens) * at_random.choice((1, 1, 1, 2, 100, 20_000))
    return content[:at] + token[:200_000] + content[at if kind == 6 else to :]


def _repacked(content: bytes, at_random: random.Random, seeds: list[bytes], times: int) -> bytes:
    """Damage one part of an archive, or its name, and pack it again."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = "word/document.xml" if at_random.random() < 0.5 else at_random.choice(names)
        for name in names:
            part = old.read(name)
            if name == chosen:
                if at_random.random() < 0.05:
                    continue
                for _ in range(times):
                    part = _hit(part, at_random, [part], TOKENS[".docx"])
                if at_random.random() < 0.05:
                    name = at_random.choice(("../../evil.xml", "/etc/passwd", name.upper(), "word\\document.xml", "a"))
            new.writestr(name, part)
    return target.getvalue()


def _rewritten(content: bytes, at_random: random.Random, seeds: list[bytes], times: int) -> bytes:
    """Damage what one packed stream of a PDF holds."""
    streams = [match for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL) if match[1]]
    if not streams:
        return _hit(content, at_random, seeds, TOKENS[".pdf"])
    stream = at_random.choice(streams)
    try:
        inner = zlib.decompressobj().decompress(stream[1], 1_000_000)
        packed = True
    except zlib.error:
        inner, packed = stream[1], False
    for _ in range(times):
        inner = _hit(inner, at_random, [inner], TOKENS[".pdf"])
    return content[: stream.start(1)] + (zlib.compress(inner) if packed else inner) + content[stream.end(1) :]


def table(targets: Mapping[str, Tally]) -> Iterator[str]:
    """Yield the lines of what was found, as Markdown."""
    yield "| reader | files | articles | refused | findings | slowest s | peak MB |"
    yield "|---|---|---|---|---|---|---|"
    total = Tally()
    for name, tally in targets.items():
        yield _row(name, tally)
        total.files += tally.files
        total.articles += tally.articles
        total.refused += tally.refused
        total.found += tally.found
        total.slowest = max(total.slowest, tally.slowest)
        total.peak_bytes = max(total.peak_bytes, tally.peak_bytes)
    yield _row("all", total)


def _row(name: str, tally: Tally) -> str:
    found, slow, peak = len(tally.found), tally.slowest[0], tally.peak_bytes / 1e6
    return f"| {name} | {tally.files:,} | {tally.articles:,} | {tally.refused:,} | {found} | {slow:.1f} | {peak:.0f} |"


def run(names: list[str], seconds: float, number: int) -> bool:
    """Fire at each reader in turn until the time is over; return whether nothing was found."""
    if not MESSY.is_dir():
        print(f"No real files at {MESSY}: only made ones are damaged.")
    at_random = random.Random(number)
    print(f"{seconds:g} s, seed {number}", flush=True)
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        targets = [Target(name, Path(folder), at_random) for name in names]
        turn = min(SLICE_SECONDS, seconds / len(targets) / 2)
        ways: tuple[Callable[[Target, float], None], ...] = (Target.damage_until, Target.build_until)
        while time.monotonic() < end:
            for target in targets:
                for way in ways:
                    if time.monotonic() < end:
                        way(target, min(end, time.monotonic() + turn))
        for target in targets:
            target.close()
    print(*table({target.name: target.tally for target in targets}), sep="\n")
    for target in targets:
        for wrong, times in target.tally.found.items():
            print(f"{target.name}, {times} times: {wrong}")
    return not any(target.tally.found for target in targets)


def replay(path: Path) -> bool:
    """Read one file as its reader would under fire, and print what comes out."""
    name = next(name for name, suffix in TARGETS.items() if suffix == path.suffix)
    with tempfile.TemporaryDirectory() as folder:
        target = Target(name, Path(folder), random.Random(0))
        target.read(path.read_bytes())
        target.close()
    print(*table({name: target.tally}), *target.tally.found, sep="\n")
    return not target.tally.found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", choices=[[], *TARGETS], default=[])
    parser.add_argument("--seconds", type=float, default=120.0, help="for all of them together (120)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--replay", type=Path, help="a file that was kept, once more")
    options = parser.parse_args()
    fine = (
        replay(options.replay)
        if options.replay
        else run(options.readers or list(TARGETS), options.seconds, options.seed)
    )
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
