"""The only importer of tantivy: the words of passages and headlines, ranked by BM25."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from index.columns import day_number
from index.errors import FootnoteIndexError, IndexBroken, IndexUnwritable, translated
from index.passage import Passage

_ERRORS = (ValueError, OSError)
"""Tantivy has none of its own but says ValueError."""
_WORDS = "footnote_words"
_FAR_PAST, _FAR_FUTURE = 0, 99_999_999

# Too common to tell passages apart, and costly to look up. Negations and question words that may be names stay.
_STOP = frozenset(
    "a an and are as at be but by did do does for from had has have he her his how i in is it its of on or s she t "
    "that the their them they this those to was we were what when where which who whom whose why will with would you "
    "your".split()
)

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"[’']s?$")


class Keywords:
    """A tantivy index in a directory. Many may read it; a second writer is refused by tantivy itself."""

    def __init__(self, directory: Path) -> None:
        """Open the index, or make it in an empty directory. Raises IndexBroken if it cannot be read."""
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("row", stored=True, indexed=True, fast=True)
        builder.add_text_field("article", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("title", tokenizer_name=_WORDS)
        builder.add_text_field("text", tokenizer_name=_WORDS)
        builder.add_text_field("outlet", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("author", tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("published", indexed=True, fast=True)
        self._schema, self._directory = builder.build(), directory
        with translated(_ERRORS, self._damaged):
            self._index = tantivy.Index(self._schema, str(directory))
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        for step in (tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold(), tantivy.Filter.stemmer("english")):
            words = words.filter(step)
        self._analyzer = words.build()
        self._index.register_tokenizer(_WORDS, self._analyzer)
        self._writer: Any = None

    # writing

    def put(self, row: int, passage: Passage) -> None:
        """Add a passage with its headline; it can be found after `commit`."""
        article = passage.article
        document = tantivy.Document()
        document.add_unsigned("row", row)
        document.add_text("article", article.id)
        document.add_text("title", article.title)
        document.add_text("text", passage.text)
        document.add_text("outlet", article.outlet or "")
        document.add_text("author", article.author or "")
        if article.published:
            document.add_unsigned("published", day_number(article.published.isoformat()))
        with translated(_ERRORS, self._not_written):
            self._open_writer().add_document(document)

    def drop_article(self, article_id: str) -> None:
        """Delete the passages of an article that were added before."""
        with translated(_ERRORS, self._not_written):
            self._open_writer().delete_documents_by_term("article", article_id)

    def clear(self) -> None:
        """Delete every passage."""
        with translated(_ERRORS, self._not_written):
            self._open_writer().delete_all_documents()

    def commit(self) -> None:
        """Make all changes visible and let go of the writer. Raises IndexUnwritable when the disk is full."""
        if self._writer is None:
            return
        with translated(_ERRORS, self._not_written):
            self._writer.commit()
            self._writer.wait_merging_threads()
        self._writer = None
        with translated(_ERRORS, self._damaged):
            self._index.reload()

    def _open_writer(self) -> Any:
        if self._writer is None:
            self._writer = self._index.writer(heap_size=64_000_000, num_threads=1)
        return self._writer

    # reading

    def search(
        self,
        question: str,
        k: int,
        *,
        outlets: Sequence[str] | None = None,
        authors: Sequence[str] | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[tuple[int, float]]:
        """Return at most k (passage row, BM25 score > 0), best first. Nothing matches: an empty list.

        outlets, authors: exact names, any of them; None does not filter. since, until: inclusive.
        """
        words = self.words(question)
        if not words:
            return []
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, self._term(field, word)) for word in words for field in ("title", "text")]
        )
        wanted = [
            tantivy.Query.term_set_query(self._schema, field, list(names))
            for field, names in (("outlet", outlets), ("author", authors))
            if names is not None
        ]
        if since or until:
            lowest = day_number(since.isoformat()) if since else _FAR_PAST
            highest = day_number(until.isoformat()) if until else _FAR_FUTURE
            kind = tantivy.FieldType.Unsigned
            wanted.append(tantivy.Query.range_query(self._schema, "published", kind, lowest, highest))
        if wanted:
            held = [(tantivy.Occur.Must, tantivy.Query.const_score_query(filter_, 0.0)) for filter_ in wanted]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *held])
        found = self._found(query, k).hits
        rows = self._rows_at([address for _, address in found])
        return [(int(row), score) for (score, _), row in zip(found, rows, strict=True) if row is not None and score > 0]

    def words(self, text: str) -> list[str]:
        """Return the distinct stems of a text in order, without the most common words."""
        stems = (self._analyzer.analyze(word) for word in _WORD.findall(text) if word.lower() not in _STOP)
        return list(dict.fromkeys(stem for group in stems for stem in group))

    def frequency(self, word: str) -> int:
        """Count the passages that hold every stem of the word in text or headline; 0 if it has none.

        A possessive ending is no part of the word.
        """
        stems = [stem for part in _WORD.findall(_POSSESSIVE.sub("", word)) for stem in self._analyzer.analyze(part)]
        if not stems:
            return 0
        each = [
            tantivy.Query.boolean_query(
                [(tantivy.Occur.Should, self._term(field, stem)) for field in ("title", "text")]
            )
            for stem in stems
        ]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in each])
        return int(self._found(query, 1, count=True).count)

    def count(self) -> int:
        """Count the passages."""
        with translated(_ERRORS, self._damaged):
            return int(self._index.searcher().num_docs)

    def try_out(self) -> None:
        """Ask for a word, as a search does; to count the passages and their rows other files are read."""
        self.search("footnote", 1)

    def rows(self) -> set[int]:
        """Return the rows of all passages."""
        found = self._found(tantivy.Query.all_query(), max(self.count(), 1)).hits
        rows = self._rows_at([address for _, address in found])
        return {int(row) for row in rows if row is not None}

    def _found(self, query: tantivy.Query, k: int, *, count: bool = False) -> Any:
        with translated(_ERRORS, self._damaged):
            return self._index.searcher().search(query, limit=k, count=count)

    def _rows_at(self, addresses: list[Any]) -> list[Any]:
        with translated(_ERRORS, self._damaged):
            return self._index.searcher().fast_field_values("row", addresses) if addresses else []

    def _not_written(self, error: Exception) -> FootnoteIndexError:
        # What is added is written together with what stands there, which may be damaged.
        return self._damaged(error) if "corrupt" in str(error) else IndexUnwritable.because(error)

    def _damaged(self, error: Exception) -> IndexBroken:
        return IndexBroken.mendable(f"The keywords in {self._directory} cannot be read", error)

    def _term(self, field: str, stem: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, stem, "freq")


def opened_keywords(directory: Path) -> Keywords:
    """Open keywords for reading; where their directory may not be written, through links from a folder of our own.

    Tantivy wants to put a lock beside the words that it opens. The files never change once they are served, and the
    folder goes when the keywords are let go of. Raises IndexBroken if they cannot be read.
    """
    if os.access(directory, os.W_OK) or not directory.is_dir():
        return Keywords(directory)
    own = Path(tempfile.mkdtemp(prefix="footnote-words-"))
    try:
        for file in directory.iterdir():
            if file.suffix != ".lock":
                (own / file.name).symlink_to(file.absolute())
        keywords = Keywords(own)
    except BaseException:
        shutil.rmtree(own, ignore_errors=True)
        raise
    weakref.finalize(keywords, shutil.rmtree, own, ignore_errors=True)
    return keywords
