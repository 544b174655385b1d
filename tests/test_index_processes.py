"""Several processes on one index: one writer, any readers, and a kill at any moment."""

import errno
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import time

import numpy as np
import portalocker
import pytest

from index import NewsIndex
from index.errors import IndexBusy, IndexUnlockable
from index.locks import writer_lock
from index.sentence_vectors import SENTENCES, SentenceVectors
from tests.fakes import CountingEncoder, SlowEncoder, another_writer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    # The children are reached through a socket of this machine's file system.
    pytest.mark.block_network(allowed_hosts=[r".*/listener-.*"]),
]


def build_in_child(path, folder):
    NewsIndex.open(path, encoder=SlowEncoder()).build(folder)


def read_in_child(path, stop, told):
    news_index = NewsIndex.open(path, encoder=CountingEncoder())
    generations, asked = set(), 0
    while not stop.is_set():
        hits = news_index.search("the ship sailed")
        assert hits, "a reader found nothing between two generations"
        assert all(hit.passage.text in news_index.article(hit.passage.article.id).text for hit in hits[:1])
        generations.add(news_index.coverage().generation)
        asked += 1
        time.sleep(0.02)
    told.put((asked, len(generations)))


@pytest.fixture(scope="module")
def processes():
    """Children that come up with the heavy libraries already loaded."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.fakes", "index", "chromadb", "tantivy"])
    return context


@pytest.fixture
def place(tmp_path):
    (tmp_path / "articles").mkdir()
    write(tmp_path, "steady.txt", "The ship sailed on Monday.")
    NewsIndex.open(tmp_path / "index", encoder=CountingEncoder()).build(tmp_path / "articles")
    return tmp_path


def write(place, name, text):
    (place / "articles" / name).write_text(f"---\ntitle: {name}\n---\n{text}\n")


def kills(place, processes, times):
    """Change the folder and kill the build, again and again; the old index must answer after each kill."""
    chance = random.Random(7)
    for turn in range(times):
        write(
            place,
            f"{turn % 7}.txt",
            "\n".join(f"The ship {turn} sailed to port {n}." for n in range(chance.randint(1, 400))),
        )
        child = processes.Process(target=build_in_child, args=(place / "index", place / "articles"))
        child.start()
        child.join(chance.uniform(0.02, 1.2))
        child.kill()
        child.join()
        reader = NewsIndex.open(place / "index", encoder=CountingEncoder())
        assert reader.search("the ship sailed on Monday", 1)
        reader.close()
    final = NewsIndex.open(place / "index", encoder=CountingEncoder())
    final.build(place / "articles")
    checked = final.check()
    assert checked.problems == ()
    assert sorted(one.path for one in final.articles()) == sorted(
        one.name for one in (place / "articles").glob("*.txt")
    )
    final.close()
    final.build(place / "articles")
    assert len(list((place / "index" / "generations").iterdir())) == 1


def test_a_kill_at_any_moment_loses_nothing(place, processes, pytestconfig):
    kills(place, processes, pytestconfig.getoption("kills"))


def test_a_second_writer_is_told_who_holds_the_index_and_a_killed_one_leaves_no_lock(place):
    news_index = NewsIndex.open(place / "index", encoder=CountingEncoder())
    with another_writer(place / "index") as holder:
        with pytest.raises(IndexBusy, match=rf"pid {holder.pid}.*try again"):
            news_index.build(place / "articles")
        holder.kill()
    with writer_lock(place / "index"):
        pass


def test_readers_follow_fifty_updates_without_an_error_between(place, processes):
    stop, told = processes.Event(), processes.Queue()
    readers = [processes.Process(target=read_in_child, args=(place / "index", stop, told)) for _ in range(4)]
    for reader in readers:
        reader.start()
    writer = NewsIndex.open(place / "index", encoder=CountingEncoder())
    for turn in range(50):
        write(place, "moving.txt", f"The ship sailed for the time number {turn}.")
        assert writer.build(place / "articles").generation == turn + 2
    stop.set()
    seen = [told.get(timeout=60) for _ in readers]
    for reader in readers:
        reader.join(30)
    assert [reader.exitcode for reader in readers] == [0, 0, 0, 0]
    assert all(asked > 0 for asked, _ in seen)
    assert max(generations for _, generations in seen) > 3


def test_a_kill_while_new_times_are_noted_in_the_served_tables_harms_nobody(place):
    write(place, "steady.txt", "\n".join(f"The ship sailed to port {n}. " * 20 for n in range(200)))
    reader = NewsIndex.open(place / "index", encoder=CountingEncoder())
    assert reader.build(place / "articles").passages > 50
    assert reader.search("ship")
    manifest = place / "index" / "generations" / "2" / "manifest.db"
    code = f"""
import os, signal, sqlite3
db = sqlite3.connect({str(manifest)!r}, isolation_level=None)
for statement in (
    "PRAGMA cache_size = 1", "BEGIN", "UPDATE files SET mtime_ns = 1", "UPDATE articles SET title = 'half done'",
    "UPDATE passages SET start = 7", "UPDATE vectors SET filled = 0",
):
    db.execute(statement)
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code], check=False)
    assert manifest.with_name("manifest.db-journal").exists()
    later = NewsIndex.open(place / "index", encoder=CountingEncoder())
    for one in (reader, later):
        assert {hit.passage.article.title for hit in one.search("ship")} == {"steady.txt"}
    report = later.build(place / "articles")
    assert (report.notices, report.embedded, report.generation) == ((), 0, 2)
    reader.close()
    later.close()


def test_a_kill_while_vectors_of_sentences_are_stored_takes_none_from_readers(tmp_path):
    key = "0" * 32
    stored = SentenceVectors(tmp_path / SENTENCES, writable=True)
    stored.put([key], [[0]], [np.eye(1, 4, dtype=np.float32)])
    stored.close()
    code = f"""
import os, signal, sqlite3
db = sqlite3.connect({str(tmp_path / SENTENCES)!r}, isolation_level=None)
for statement in (
    "PRAGMA cache_size = 1", "BEGIN", "DELETE FROM sentences",
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000) "
    "INSERT INTO sentences SELECT x, zeroblob(500) FROM n",
):
    db.execute(statement)
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code], check=False)
    assert (tmp_path / f"{SENTENCES}-journal").exists()
    reader = SentenceVectors(tmp_path / SENTENCES)
    assert [start for start, _ in reader.take([key])[key]] == [0]
    reader.close()


def test_a_reader_follows_an_index_that_another_process_deleted_and_built_anew(place, processes):
    reader = NewsIndex.open(place / "index", encoder=CountingEncoder())
    assert reader.search("ship")
    shutil.rmtree(place / "index")
    write(place, "second.txt", "The second ship sailed on Tuesday.")
    child = processes.Process(target=build_in_child, args=(place / "index", place / "articles"))
    child.start()
    child.join(60)
    assert reader.coverage().generation == 1
    assert {hit.passage.article.path for hit in reader.search("ship")} == {"steady.txt", "second.txt"}
    reader.close()


def test_a_second_writer_of_one_process_is_told_so(tmp_path):
    this = f"This process .pid {os.getpid()}. is already writing"
    with writer_lock(tmp_path), pytest.raises(IndexBusy, match=this), writer_lock(tmp_path):
        pass


class NoLocks:
    """A file system that has no locks, as some network's have none."""

    def __call__(self, file, flags):
        cause = OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
        raise portalocker.LockException(cause, str(cause)) from cause


def test_without_locks_reader_and_writer_are_told_to_keep_the_index_elsewhere(place, monkeypatch):
    news_index = NewsIndex.open(place / "index", encoder=CountingEncoder())
    monkeypatch.setattr(portalocker, "lock", NoLocks())
    for ask in (news_index.articles, lambda: news_index.build(place / "articles")):
        with pytest.raises(IndexUnlockable, match=r"\(No locks available\).*local disk with --index"):
            ask()


def test_a_generation_that_may_not_be_opened_is_not_said_to_be_gone(place):
    held = place / "index" / "generations" / "1" / "held"
    held.unlink()
    held.symlink_to(held)
    news_index = NewsIndex.open(place / "index", encoder=CountingEncoder())
    with pytest.raises(IndexUnlockable, match=r"held' \(Too many levels of symbolic links\)"):
        news_index.articles()


def test_a_command_that_fails_while_chroma_is_still_loading_says_no_more_than_why():
    code = "from index.vectors import load_ahead; load_ahead()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
