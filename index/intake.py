"""From the files that changed to the articles, passages and words of the next generation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from corpus.article import Article, Failure, Interruption, article_id
from corpus.file import FileState
from corpus.reading import read
from index.changes import UNREADABLE, Changes, is_as_listed, still_served
from index.encoder import encoder_text, vector_key
from index.generation import Generation
from index.manifest import StoredArticle, content_hash
from index.report import Progress
from index.reprints import bands, is_reprint
from index.splitting import split


class Intake:
    """Brings one generation's articles in line with the changes of a folder, and counts what that was.

    added, removed: articles by the id they claim; a changed one is in both. notices: what is indexed
    otherwise than one might think.
    """

    def __init__(self, next_: Generation, encoder: str, progress: Callable[[Progress], None]) -> None:
        """Write into `next_`. encoder: the name of what will encode the passages."""
        self._next, self._encoder, self._progress = next_, encoder, progress
        self._touched_claims: set[str] = set()
        self.added: Counter[str] = Counter()
        self.removed: Counter[str] = Counter()
        self.notices: list[Failure] = []

    def take(self, differing: Changes) -> None:
        """Apply all changes in one transaction."""
        manifest = self._next.manifest
        with manifest.transaction():
            manifest.set_meta("encoder", self._encoder)
            manifest.set_meta("dimension", str(self._next.matrix.dimension))
            for path in differing.gone:
                for stored in manifest.stored_articles(file=path):
                    self._drop(stored)
                manifest.drop_file(path)
            for file, sha256, failures in differing.noted:
                manifest.put_file(file, sha256, failures)
            for done, (file, sha256) in enumerate(differing.read):
                self._progress(Progress("reading", done, len(differing.read)))
                whole, failures_now = self._read_file(file)
                # All were hashed before the first was read, in a large folder minutes ago.
                known = whole and is_as_listed(file, sha256)
                manifest.put_file(file, sha256 if known else UNREADABLE, failures_now)
            self._settle_claims()
        self._next.keywords.commit()

    def _read_file(self, file: FileState) -> tuple[bool, list[Failure]]:
        """Bring one file's articles up to date, entry by entry.

        Return whether the file was read to its end, and what could not be read of it. Where the system
        stops giving it, what was known of the rest stays.
        """
        stored_now = self._next.manifest.stored_articles(file=file.path)
        before = {(stored.claimed, stored.content): stored for stored in stored_now}
        seen: set[tuple[str, bytes]] = set()
        failures: list[Failure] = []
        whole = True
        for entry in read(file):
            if isinstance(entry, Failure):
                interrupted = isinstance(entry, Interruption)
                whole &= not interrupted
                failures.append(still_served(file.path, entry.reason) if interrupted and before else entry)
                continue
            identity = (entry.id, content_hash(entry))
            if identity in seen:
                self.notices.append(Failure(file.path, f"holds {entry.title!r} twice; it is indexed once"))
            elif identity not in before:
                self._put(entry, claimed=entry.id, content=identity[1])
            seen.add(identity)
        if whole:
            for identity, stored in before.items():
                if identity not in seen:
                    self._drop(stored)
        return whole, failures

    def _put(self, article: Article, *, claimed: str, content: bytes) -> None:
        manifest, keywords = self._next.manifest, self._next.keywords
        if manifest.has_article(article.id):
            article = replace(article, id=article_id(path=article.path, entry=content.hex()))
        if manifest.has_article(article.id):  # the same text of the same file, under another id that somebody has
            article = replace(article, id=article_id(path=article.path, entry=content.hex() + claimed))
        row = manifest.put_article(article, claimed=claimed, content=content)
        for passage in split(article):
            key = vector_key(self._encoder, encoder_text(article.title, passage.text))
            keywords.put(manifest.put_passage(passage, row, key), passage)
        for other, text in manifest.put_bands(row, bands(article.text)):
            if is_reprint(article.text, text):
                manifest.put_reprint(row, other)
        self.added[claimed] += 1
        self._touched_claims.add(claimed)

    def _drop(self, stored: StoredArticle) -> None:
        self._next.manifest.drop_article(stored.row)
        self._next.keywords.drop_article(stored.id)
        self.removed[stored.claimed] += 1
        self._touched_claims.add(stored.claimed)

    def _settle_claims(self) -> None:
        """Give an id that several articles claim (two files with one URL) to the first by path, whoever came first."""
        manifest = self._next.manifest
        added, removed = self.added.copy(), self.removed.copy()
        for claimed in sorted(self._touched_claims):
            rivals = sorted(manifest.stored_articles(claimed=claimed), key=lambda one: (one.file, one.content))
            wrong = [one for one in rivals if (one.id == claimed) != (one is rivals[0])]
            articles = [(one, manifest.article(one.id)) for one in wrong]
            for one in wrong:
                self._drop(one)
            for one, article in articles:
                if article is not None:
                    self._put(replace(article, id=claimed), claimed=claimed, content=one.content)
            for file in dict.fromkeys(other.file for other in rivals[1:]):
                same = file == rivals[0].file
                reason = (
                    "holds different articles under one URL or id; all are indexed"
                    if same
                    else f"has the same URL as {rivals[0].file}; both are indexed"
                )
                self.notices.append(Failure(file, reason))
        self.added, self.removed = added, removed
