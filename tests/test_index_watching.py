"""Following a folder while it changes."""

import threading
import time
from pathlib import Path

import pytest
import watchfiles

from index import BuildReport, NewsIndex
from index.errors import VectorsUnavailable
from index.locks import writer_lock
from index.watching import watch
from tests.fakes import CountingEncoder, ScriptedIndex

pytestmark = pytest.mark.slow  # waits for the system's watch


class Watched:
    """A folder that is being followed, and what was told of it."""

    def __init__(self, place):
        self.folder = place / "articles"
        self.folder.mkdir()
        self.index = NewsIndex.open(place / "index", encoder=CountingEncoder())
        self.index.build(self.folder)
        self.told = []
        self.stop = threading.Event()
        self.thread = None

    def start(self, news_index=None, **options):
        """Follow the folder, with another index than the own one if one is named."""
        followed = (news_index or self.index, self.folder, self.stop, self.told.append)
        self.thread = threading.Thread(target=watch, args=followed, kwargs=options)
        self.thread.start()
        time.sleep(0.5)  # the system's watch must stand before the first change

    def until(self, condition, seconds=30):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"nothing came: {self.told}"
            time.sleep(0.05)

    def close(self):
        self.stop.set()
        if self.thread is not None:
            self.thread.join(20)
            assert not self.thread.is_alive()
        self.index.close()


@pytest.fixture
def watched(tmp_path):
    made = Watched(tmp_path)
    yield made
    made.close()


def write(folder, name, text):
    (folder / name).write_text(f"---\ntitle: {name}\n---\n{text}\n")


def test_an_article_dropped_in_is_found_and_one_taken_out_is_not(watched):
    watched.start()
    write(watched.folder, "ship.md", "The ship sailed on Monday.")
    watched.until(lambda: watched.index.search("ship"))
    (watched.folder / "ship.md").unlink()
    watched.until(lambda: not watched.index.search("ship"))
    watched.until(lambda: len(watched.told) == 2)  # an update is served before it is told of
    assert [(one.added, one.removed) for one in watched.told] == [(1, 0), (0, 1)]


def test_a_burst_of_files_is_one_update(watched):
    watched.start()
    for number in range(500):
        if number == 200:
            time.sleep(0.6)  # as a copy over a network would falter
        write(watched.folder, f"{number}.md", f"The ship {number} sailed.")
    watched.until(lambda: watched.told)
    assert [one.added for one in watched.told] == [500]


def test_temporary_files_of_editors_change_nothing(watched):
    watched.start()
    write(watched.folder, "a.md~", "A copy.")
    write(watched.folder, ".a.md.swp", "A swap file.")
    write(watched.folder, "a.md.tmp", "Half a file.")
    write(watched.folder, "b.md", "The ship sailed.")
    watched.until(lambda: watched.told)
    assert [one.title for one in watched.index.articles()] == ["b.md"]


def test_an_update_that_another_writer_held_up_is_made_up_for(watched, monkeypatch):
    monkeypatch.setattr("index.watching.RETRY_S", 0.2)
    with writer_lock(watched.index.path):
        watched.start()
        write(watched.folder, "a.md", "The ship sailed.")
        time.sleep(2)
        assert not watched.told
    watched.until(lambda: watched.told)
    assert len(watched.index.articles()) == 1


def test_what_changed_before_the_watch_began_is_found_at_once(watched):
    write(watched.folder, "a.md", "The ship sailed.")
    watched.start(at_once=True)
    watched.until(lambda: watched.told)


def test_a_sweep_reads_every_file_whatever_its_time_says(watched):
    news_index = ScriptedIndex(BuildReport(0, 0, 0, 1, (), (), 1, 0, 0.1, 1))
    watched.start(news_index, sweep_s=0.5)
    watched.until(lambda: {"full": True} in news_index.builds)


def test_a_reason_that_stays_is_logged_once(watched, monkeypatch, caplog):
    monkeypatch.setattr("index.watching.RETRY_S", 0.05)
    silent, full = VectorsUnavailable("No server answers."), VectorsUnavailable("It is full.")
    news_index = ScriptedIndex(silent, silent, silent, full)
    watched.start(news_index, at_once=True)
    watched.until(lambda: len(news_index.builds) >= 5)
    watched.stop.set()
    assert [record.args[0] for record in caplog.records] == ["No server answers.", "It is full."]


class Watches:
    """The system's watch, which is not to be had the first times."""

    def __init__(self, *refusals):
        self.refusals = list(refusals)
        self.begin = watchfiles.watch

    def __call__(self, *paths, **options):
        if self.refusals:
            raise self.refusals.pop(0)
        return self.begin(*paths, **options)


@pytest.mark.parametrize("error", [OSError("OS file watch limit reached."), RuntimeError("Too many open files")])
def test_a_folder_that_cannot_be_watched_is_looked_through_until_it_can(watched, monkeypatch, caplog, error):
    watches = Watches(*[error] * 8)
    monkeypatch.setattr("watchfiles.watch", watches)
    monkeypatch.setattr("index.watching.LOOK_S", 0.2)
    watched.start()
    write(watched.folder, "a.md", "The ship sailed.")
    watched.until(lambda: watched.told)
    assert watches.refusals
    watched.until(lambda: not watches.refusals)
    time.sleep(0.5)
    write(watched.folder, "b.md", "The boat sailed.")
    watched.until(lambda: len(watched.told) == 2)
    (said,) = caplog.messages
    assert str(error) in said


def test_a_folder_that_is_not_there_is_followed_from_when_it_is(watched, monkeypatch, caplog):
    monkeypatch.setattr("index.watching.LOOK_S", 0.1)
    monkeypatch.setattr("index.watching.RETRY_S", 0.1)
    watched.folder.rmdir()
    watched.start()
    watched.folder.mkdir()
    write(watched.folder, "a.md", "The ship sailed.")
    watched.until(lambda: watched.told)
    assert len(caplog.messages) == 2
    assert "Make it, or name another" in caplog.messages[1]


class Resolved(type(Path())):
    """A folder that counts how often its real place was asked for."""

    asked = 0

    def resolve(self, strict=False):
        type(self).asked += 1
        return super().resolve(strict)


def test_the_folder_is_looked_up_once_not_with_every_file_that_comes(watched):
    thread = threading.Thread(
        target=watch, args=(watched.index, Resolved(watched.folder), watched.stop, watched.told.append)
    )
    watched.thread = thread
    thread.start()
    time.sleep(0.5)
    before = Resolved.asked
    for number in range(15):
        (watched.folder / f".hidden-{number}").write_text("not for the index")
    time.sleep(1.5)
    assert (before, Resolved.asked) == (1, 1)
