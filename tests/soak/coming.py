"""Articles that come, change and go while others ask."""

from __future__ import annotations

import http.client
import os
import random
import threading
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from corpus import Article, read
from corpus.file import FileState
from tests.soak.library import OUTLETS, markdown
from tests.soak.shelf import NEVER, Edition, Shelf

_SYLLABLES = (
    "ba da fa ga ka la ma na pa ra sa ta va za be de fe ge ke le me ne pe re se te ve ze bo do fo go ko lo mo".split()
)
AT_MOST = 60
"""So many at once; then more go than come."""


@dataclass(slots=True)
class Comings:
    """Makes articles come and go in one folder, and hears from the server when it knows.

    Every bridge has a name that stands nowhere else, and costs another sum in each edition.
    """

    folder: Path
    port: int
    shelf: Shelf
    every_s: float
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    there: list[Edition] = field(default_factory=list)
    changes: int = 0
    quiet: threading.Event = field(default_factory=threading.Event)
    stop: threading.Event = field(default_factory=threading.Event)
    _changing: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Change something now and then until it is to be quiet."""
        while not self.quiet.wait(self.chance.expovariate(1 / self.every_s)):
            self.change()

    def change(self) -> None:
        """Add one article or some, or change or remove one."""
        drawn = self.chance.random()
        if len(self.there) < 10 or (drawn < 0.4 and len(self.there) < AT_MOST):
            self.add(10 if self.chance.random() < 0.05 else 1)
            return
        with self._changing:
            self.changes += 1
            old = self.there.pop(self.chance.randrange(len(self.there)))
            old.ended = time.monotonic()
            if drawn < 0.7:
                self._write(Path(old.article.path).stem.title())
            else:
                (self.folder / old.article.path).unlink()

    def add(self, number: int) -> None:
        """Add so many articles."""
        with self._changing:
            self.changes += number
            (self.folder / "coming").mkdir(exist_ok=True)
            for _ in range(number):
                self._write(self._name())

    def listen(self) -> None:
        """Ask the server for what it does not know yet, or still knows, until told to stop."""
        while not self.stop.wait(0.2):
            for edition in self.pending():
                self._hear(edition)

    def pending(self) -> list[Edition]:
        """Return what the server has yet to learn of, or has yet to forget."""
        return [one for one in self.shelf.coming() if one.gone == NEVER and (one.told == NEVER) == (one.ended == NEVER)]

    def _hear(self, edition: Edition) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", f"/api/articles/{edition.article.id}")
            response = connection.getresponse()
            body = response.read().decode()
        except (OSError, http.client.HTTPException):
            return  # the server is being killed, or not there yet
        finally:
            connection.close()
        now = time.monotonic()
        if response.status == 200 and edition.value in body:
            edition.told = min(edition.told, now)
            # One that was replaced before it was ever told of may have been read, but is not served from now on.
            for earlier in self.shelf.of(edition.article.id):
                if earlier.ended <= edition.written:
                    earlier.gone = min(earlier.gone, now)
        elif response.status in (200, 404) and edition.told < NEVER:
            edition.gone = min(edition.gone, now)

    def _write(self, name: str) -> None:
        sum_ = f"{self.chance.randint(1000, 9999)} crowns"
        text = (
            f"The {name} bridge was opened on Tuesday by the mayor. The {name} bridge cost {sum_}, the council said. "
            f"People had waited for {self.chance.randint(3, 40)} years, and shops near the river closed for the day."
        )
        path = self.folder / "coming" / f"{name.lower()}.md"
        # A hidden name until it is whole and noted; the readers go by the name it will have.
        part = path.with_name(f".{path.name}")
        outlet = self.chance.choice(OUTLETS)
        part.write_text(
            markdown(f"The {name} bridge is open", text, outlet=outlet, published=date.today()), encoding="utf-8"
        )
        (article,) = read(FileState(f"coming/{path.name}", str(part), part.stat().st_size, 0, 0))
        if not isinstance(article, Article):
            raise SystemExit(f"An article of the soak cannot be read: {article.reason}")
        edition = Edition(article, f"How much did the {name} bridge cost?", sum_, time.monotonic())
        self.shelf.put(edition)
        self.there.append(edition)
        os.replace(part, path)

    def _name(self) -> str:
        return "".join(self.chance.choice(_SYLLABLES) for _ in range(4)).title()
