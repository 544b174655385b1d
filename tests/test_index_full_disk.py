"""A disk that fills at any point of an update: real write errors from the system, not patched ones."""

import json
import subprocess
import sys

import pytest

from index import NewsIndex
from tests.fakes import CountingEncoder

pytestmark = pytest.mark.slow  # processes

BUILD = """
import resource, signal, sys
from index import NewsIndex
from index.errors import FootnoteIndexError
from tests.fakes import CountingEncoder
import chromadb, tantivy
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    NewsIndex.open(sys.argv[1], encoder=CountingEncoder()).build(sys.argv[2])
except FootnoteIndexError as error:
    sys.exit(str(error))
"""


@pytest.mark.slow
@pytest.mark.parametrize("limit", [1_000, 20_000, 60_000, 150_000, 200_000, 400_000])
def test_no_file_can_grow_past_a_limit_and_nothing_is_lost(tmp_path, limit):
    folder, path = tmp_path / "articles", tmp_path / "index"
    folder.mkdir()
    (folder / "old.md").write_text("---\ntitle: Old\n---\nThe old ship sailed.\n")
    NewsIndex.open(path, encoder=CountingEncoder()).build(folder)
    lines = [
        json.dumps({"guid": str(n), "title": f"T{n}", "text": f"The ship {n} sailed to port {n}. " * 9})
        for n in range(600)
    ]
    (folder / "many.jsonl").write_text("\n".join(lines))
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(path), str(folder), str(limit)], capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "the old one is as it was" in done.stderr
    assert len(done.stderr) < 250
    news_index = NewsIndex.open(path, encoder=CountingEncoder())
    assert [one.title for one in news_index.articles()] == ["Old"]
    assert news_index.search("old ship", 1)[0].passage.text == "The old ship sailed."
    assert news_index.build(folder).added == 600
    assert news_index.check().problems == ()
    news_index.close()


@pytest.mark.parametrize("limit", [0, 1_000, 20_000])
def test_a_first_build_without_room_says_so_in_one_line(tmp_path, limit):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "new.md").write_text("---\ntitle: New\n---\nThe new ship sailed.\n")
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(tmp_path / "index"), str(tmp_path / "articles"), str(limit)],
        capture_output=True,
        text=True,
    )
    assert done.stderr.startswith("The index could not be written"), done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
