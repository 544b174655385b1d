"""Any sequence of changes, failures and builds against a plain dict of what the folder holds."""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from index import NewsIndex
from index.errors import EncoderUnavailable
from tests.fakes import CountingEncoder, FailingEncoder

names = st.sampled_from(["a.txt", "b.txt", "sub/c.txt", "sub/d.txt", "e.txt"])
words = st.lists(st.sampled_from(["ship", "port", "oil", "gas", "war", "peace", "seven"]), min_size=1, max_size=8)
urls = st.sampled_from([None, None, "https://example.com/1", "https://example.com/2"])


class Keeper(RuleBasedStateMachine):
    """A keeper of a folder, who changes it in every way and builds now and then."""

    def __init__(self):
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        self.folder = self.place / "articles"
        self.folder.mkdir()
        self.index = NewsIndex.open(self.place / "index", encoder=CountingEncoder())
        self.holds: dict[str, str] = {}
        self.indexed: dict[str, str] | None = None

    def teardown(self):
        self.index.close()
        shutil.rmtree(self.place)

    @rule(name=names, words=words, url=urls)
    def write(self, name, words, url):
        body = f"It is about {' '.join(words)}."
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ntitle: {name} {len(words)}\n{f'url: {url}' if url else ''}\n---\n{body}\n")
        self.holds[name] = body

    @precondition(lambda self: self.holds)
    @rule(data=st.data(), new=names)
    def rename(self, data, new):
        old = data.draw(st.sampled_from(sorted(self.holds)))
        (self.folder / new).parent.mkdir(exist_ok=True)
        (self.folder / old).rename(self.folder / new)
        self.holds[new] = self.holds.pop(old)

    @precondition(lambda self: self.holds)
    @rule(data=st.data())
    def delete(self, data):
        name = data.draw(st.sampled_from(sorted(self.holds)))
        (self.folder / name).unlink()
        del self.holds[name]

    @rule(full=st.booleans(), compact=st.booleans())
    def build(self, full, compact):
        self.index.build(self.folder, full=full, compact=compact)
        self.indexed = dict(self.holds)
        again = self.index.build(self.folder)
        assert (again.added, again.changed, again.removed, again.embedded) == (0, 0, 0, 0)
        assert self.index.check().problems == ()

    @rule(after=st.integers(0, 3))
    def failing_build(self, after):
        failing = NewsIndex.open(self.place / "index", encoder=FailingEncoder(after))
        with suppress(EncoderUnavailable):
            failing.build(self.folder)
            self.indexed = dict(self.holds)
        failing.close()

    @invariant()
    def serves_the_last_whole_build(self):
        if self.indexed is None:
            return
        found = {one.path: self.index.article(one.id).text for one in self.index.articles()}
        assert found == self.indexed
        for hit in self.index.search("ship oil war", 50):
            assert hit.passage.text in self.indexed[hit.passage.article.path]

    @precondition(lambda self: self.indexed is not None and self.indexed == self.holds)
    @rule()
    def compare_with_a_fresh_build(self):
        fresh = NewsIndex.open(self.place / "fresh", encoder=CountingEncoder())
        try:
            fresh.build(self.folder)
            assert fresh.articles() == self.index.articles()
            # Not the scores: tantivy counts deleted passages in its averages until their segment is merged.
            ours = {hit.passage.id for hit in self.index.search("ship port", 50)}
            assert {hit.passage.id for hit in fresh.search("ship port", 50)} == ours
        finally:
            fresh.close()
            shutil.rmtree(self.place / "fresh")


TestKeeper = pytest.mark.slow(Keeper.TestCase)
TestKeeper.settings = settings(max_examples=8, stateful_step_count=12)
