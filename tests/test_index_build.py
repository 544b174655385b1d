"""What an update does: work in proportion to the change, nothing lost, nothing twice."""

import errno
import gc
import json
import os
import re
import shutil
import sqlite3
import time
from datetime import date

import pytest

from assistant.updating import bring_up_to_date
from corpus import scan
from corpus.errors import FolderMissing, NotGiven, Unreadable
from corpus.file import file_hash
from corpus.readers.records import read_json_lines
from corpus.reading import read_here
from index import NewsIndex
from index.changes import is_as_listed
from index.columns import Columns
from index.copies import copy_files
from index.encoding import STAGED_BATCH
from index.errors import (
    ArticleMissing,
    EncoderUnavailable,
    IndexBroken,
    IndexMismatch,
    IndexMissing,
    IndexOutdated,
    IndexUnwritable,
)
from index.keywords import Keywords
from index.report import Progress
from tests.fakes import CountingEncoder, FailingEncoder
from tests.test_index_check import edit_unseen

pytestmark = pytest.mark.slow  # real indexes, built over and over


class Desk:
    """A folder of articles and its index, as a keeper has them."""

    def __init__(self, place):
        self.folder, self.path = place / "articles", place / "index"
        self.folder.mkdir()
        self.encoder = CountingEncoder()
        self.index = NewsIndex.open(self.path, encoder=self.encoder)

    def write(self, name, text, **front):
        matter = "".join(f"{key}: {value}\n" for key, value in {"title": f"About {name}", **front}.items())
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{matter}---\n{text}\n", encoding="utf-8")
        return path

    def build(self, **options):
        self.encoder.encoded.clear()
        return self.index.build(self.folder, **options)

    def titles(self):
        return sorted(one.title for one in self.index.articles())

    def generations(self):
        return sorted(int(one.name) for one in (self.path / "generations").iterdir())


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.index.close()


def summary(report):
    return report.added, report.changed, report.removed, report.unchanged, report.embedded


def test_articles_are_listed_newest_first_and_in_pages(desk):
    for name, when in (("b", "2024-05-01"), ("d", None), ("a", "2024-05-01"), ("c", "2025-01-01"), ("e", None)):
        desk.write(f"{name}.md", f"The text of {name}.", **({"date": when} if when else {}))
    desk.build()
    listed = desk.index.articles()
    assert [one.path[0] for one in listed] == ["c", "a", "b", "d", "e"]
    for limit in (1, 2, 5, 9):
        pages = [desk.index.articles(limit=limit, offset=first) for first in range(0, 5, limit)]
        assert [one for page in pages for one in page] == listed
        assert len(pages[0]) == min(limit, 5)
    assert desk.index.articles(offset=3) == listed[3:]
    assert desk.index.articles(limit=2, offset=5) == []


def test_only_what_changed_is_read_and_encoded(desk):
    for name in "abc":
        desk.write(f"{name}.md", f"The {name} ship sailed on Monday.")
    assert summary(desk.build()) == (3, 0, 0, 0, 3)
    assert summary(desk.build()) == (0, 0, 0, 3, 0)
    desk.write("d.md", "The d ship sailed on Friday.")
    assert summary(desk.build()) == (1, 0, 0, 3, 1)
    assert desk.encoder.encoded == ["About d.md\nThe d ship sailed on Friday."]
    desk.write("b.md", "The b ship sank.")
    assert summary(desk.build()) == (0, 1, 0, 3, 1)
    (desk.folder / "a.md").unlink()
    assert summary(desk.build()) == (0, 0, 1, 3, 0)
    assert desk.titles() == ["About b.md", "About c.md", "About d.md"]
    assert [hit.passage.text for hit in desk.index.search("ship sank", 1)] == ["The b ship sank."]
    assert desk.index.check().ok


def test_a_touch_changes_nothing_and_is_remembered(desk):
    path = desk.write("a.md", "The ship sailed.")
    before = desk.build()
    os.utime(path, (1, 1))
    assert desk.index.waiting(desk.folder).files == 1
    assert summary(desk.build()) == (0, 0, 0, 1, 0)
    assert desk.index.waiting(desk.folder).files == 0
    assert desk.build().generation == before.generation


def test_an_edit_that_keeps_size_and_times_is_found_by_full(desk):
    path = desk.write("a.md", "The ship sailed.")
    desk.build()
    edit_unseen(desk.index, path, "sailed", "stayed")
    assert summary(desk.build()) == (0, 0, 0, 1, 0)
    assert summary(desk.build(full=True)) == (0, 1, 0, 0, 1)


@pytest.mark.parametrize("age_s", [0.1, 0])
def test_a_file_that_is_another_one_just_while_it_is_read_is_read_again(desk, age_s):
    path = desk.write("a.md", "The old ship sailed.")
    stood = path.stat()
    time.sleep(age_s)

    def put(text):
        desk.write("a.md", text)
        os.utime(path, ns=(stood.st_atime_ns, stood.st_mtime_ns))

    desk.build(progress=lambda told: put("The new ship sailed.") if told.phase == "reading" else None)
    put("The old ship sailed.")
    desk.build()
    assert [hit.passage.text for hit in desk.index.search("ship")] == ["The old ship sailed."]
    assert desk.build().generation == 2


@pytest.mark.parametrize("change", [lambda path: path.write_text("---\ntitle: A\n---\nIt sank.\n"), os.unlink])
def test_a_file_that_shrinks_or_goes_just_before_it_is_read_is_looked_at_again(desk, change):
    path = desk.write("a.md", "The ship sailed.")
    desk.build(progress=lambda told: change(path) if told.phase == "reading" else None)
    desk.write("b.md", "Another ship sailed.")
    desk.build()
    assert desk.index.waiting(desk.folder).files == 0
    expected = {"Another ship sailed.", "It sank."} if path.exists() else {"Another ship sailed."}
    assert {hit.passage.text for hit in desk.index.search("ship sank", 5)} == expected


def test_a_file_that_is_gone_after_it_was_read_is_not_what_was_listed(desk):
    path = desk.write("a.md", "The ship sailed.")
    (file,) = scan(desk.folder).files
    sha256 = file_hash(file)
    assert is_as_listed(file, sha256)
    path.unlink()
    assert not is_as_listed(file, sha256)


def test_a_rename_and_a_new_date_encode_nothing(desk):
    path = desk.write("a.md", "The ship sailed.", published="2023-05-01")
    desk.build()
    path.rename(desk.folder / "renamed.md")
    assert summary(desk.build()) == (1, 0, 1, 0, 0)
    desk.write("renamed.md", "The ship sailed.", title="About a.md", published="2024-06-02")
    assert summary(desk.build()) == (0, 1, 0, 0, 0)
    (found,) = desk.index.articles()
    assert (found.path, found.published) == ("renamed.md", date(2024, 6, 2))
    assert desk.index.search("ship", since=date(2024, 1, 1))
    assert not desk.index.search("ship", until=date(2024, 1, 1))


def test_the_same_text_under_two_names_is_two_articles_with_one_vector(desk):
    desk.write("a.md", "The ship sailed.", title="One")
    desk.write("b.md", "The ship sailed.", title="One")
    report = desk.build()
    assert (report.added, report.embedded) == (2, 1)
    (hit,) = desk.index.search("ship")
    assert {hit.passage.article.path, *(one.path for one in hit.also_in)} == {"a.md", "b.md"}
    (desk.folder / "a.md").unlink()
    desk.build()
    assert [hit.passage.article.path for hit in desk.index.search("ship")] == ["b.md"]
    assert desk.index.check().ok


def test_two_files_with_one_url_are_both_kept_whoever_came_first(desk, tmp_path):
    desk.write("b.md", "The second text.", url="https://example.com/story")
    desk.build()
    (first,) = desk.index.articles()
    desk.write("a.md", "The first text.", url="https://example.com/story")
    report = desk.build()
    assert [one.path for one in report.notices] == ["b.md"]
    ids = {one.path: one.id for one in desk.index.articles()}
    assert ids["a.md"] == first.id
    assert ids["b.md"] != first.id
    fresh = NewsIndex.open(tmp_path / "fresh", encoder=CountingEncoder())
    fresh.build(desk.folder)
    assert {one.path: one.id for one in fresh.articles()} == ids
    (desk.folder / "a.md").unlink()
    desk.build()
    assert [one.id for one in desk.index.articles()] == [first.id]
    assert desk.index.check().ok


def test_one_line_of_many_changes_one_article(desk):
    path = desk.folder / "all.jsonl"
    records = [{"title": f"T{n}", "text": f"Ship number {n} sailed.", "guid": f"g{n}"} for n in range(50)]
    path.write_text("\n".join(map(json.dumps, records)) + "\n")
    assert summary(desk.build()) == (50, 0, 0, 0, 50)
    records[7]["text"] = "Ship number seven sank."
    path.write_text("{broken\n" + "\n".join(map(json.dumps, records)) + "\n")
    report = desk.build()
    assert summary(report) == (0, 1, 0, 49, 1)
    assert [one.path.startswith("all.jsonl") for one in report.failed] == [True]
    assert desk.build().failed == report.failed


def test_unreadable_articles_are_named_and_the_rest_is_indexed(desk):
    desk.write("good.md", "The ship sailed.")
    (desk.folder / "empty.txt").touch()
    (desk.folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (desk.folder / "broken.json").write_text("{")
    report = desk.build()
    assert report.added == 1
    assert {one.path for one in report.failed} >= {"empty.txt", "binary.txt", "broken.json"}
    assert all(one.reason for one in report.failed)


def test_an_empty_folder_gives_an_index_of_nothing(desk):
    report = desk.build()
    assert (report.added, report.passages) == (0, 0)
    assert desk.index.search("anything") == []
    assert desk.index.articles() == []
    assert desk.index.check().ok
    desk.write("a.md", "The ship sailed.")
    desk.build()
    assert len(desk.index.search("ship")) == 1
    (desk.folder / "a.md").unlink()
    desk.build()
    assert desk.index.search("ship") == []


def test_a_missing_folder_leaves_the_index_as_it_was(desk):
    desk.write("a.md", "The ship sailed.")
    desk.build()
    shutil.rmtree(desk.folder)
    with pytest.raises(FolderMissing):
        desk.build()
    assert desk.titles() == ["About a.md"]


def test_a_folder_that_became_unreadable_is_not_taken_for_empty(desk, monkeypatch):
    desk.write("sub/a.md", "The ship sailed.")
    desk.write("b.md", "The ship stayed.")
    desk.build()
    real = os.scandir

    def refusing(path):
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    report = desk.build()
    assert report.removed == 0
    assert desk.titles() == ["About b.md", "About sub/a.md"]
    assert any(one.path.startswith("sub") for one in report.failed)


def test_a_failed_build_keeps_the_old_index_and_the_vectors_made(desk):
    desk.write("a.md", "The old ship sailed.")
    desk.build()
    for number in range(3 * STAGED_BATCH):
        desk.write(f"{number}.md", f"Ship {number} sailed.")
    failing = FailingEncoder(after=2 * STAGED_BATCH)
    with pytest.raises(EncoderUnavailable):
        NewsIndex.open(desk.path, encoder=failing).build(desk.folder)
    assert desk.titles() == ["About a.md"]
    assert desk.generations() == [1]
    report = desk.build()
    assert report.added == 3 * STAGED_BATCH
    assert report.embedded == STAGED_BATCH
    assert desk.index.check().ok
    assert not (desk.path / "staged.db").exists()


@pytest.mark.parametrize("phase", ["reading", "encoding", "storing", "checking"])
def test_an_interrupt_in_any_phase_loses_nothing(desk, phase):
    desk.write("a.md", "The old ship sailed.")
    desk.build()
    desk.write("b.md", "The new ship sailed.")

    def interrupt(progress: Progress) -> None:
        if progress.phase == phase:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.build(progress=interrupt)
    assert desk.titles() == ["About a.md"]
    assert desk.generations() == [1]
    assert summary(desk.build())[:4] == (1, 0, 0, 1)
    assert desk.index.check().ok


@pytest.mark.parametrize(("number", "remedy"), [(errno.ENOSPC, "Make room"), (errno.EROFS, "Allow writing there")])
def test_a_full_or_locked_disk_leaves_the_old_index_and_says_what_to_do(desk, monkeypatch, number, remedy):
    desk.write("a.md", "The old ship sailed.")
    desk.build()
    desk.write("b.md", "The new ship sailed.")

    def full(*_arguments, **_options):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copy2", full)
        with pytest.raises(IndexUnwritable) as caught:
            desk.build()
    assert re.search(rf"\({os.strerror(number)}\); the old one is as it was\. {remedy}", str(caught.value))
    assert desk.titles() == ["About a.md"]
    assert summary(desk.build())[:4] == (1, 0, 0, 1)


def test_another_encoder_is_refused_for_reading_and_builds_beside(desk):
    desk.write("a.md", "The ship sailed.")
    desk.build()
    other = NewsIndex.open(desk.path, encoder=CountingEncoder("hashing-2"))
    with pytest.raises(IndexMismatch, match=r"made by hashing-1.*not by hashing-2.*footnote index"):
        other.search("ship")
    assert other.build(desk.folder).embedded == 1
    assert len(other.search("ship")) == 1
    with pytest.raises(IndexMismatch):
        desk.index.search("ship")
    other.close()


@pytest.mark.parametrize("content", ["", "seven", "99"])
def test_a_corrupt_current_is_named_and_mended_by_the_next_build(desk, content):
    desk.write("a.md", "The ship sailed.")
    desk.build()
    desk.index.close()
    (desk.path / "CURRENT").write_text(content)
    with pytest.raises(IndexBroken, match="Mend with: footnote"):
        desk.index.search("ship")
    report = desk.build()
    assert [one.path for one in report.notices] == ["CURRENT"]
    assert report.embedded == 0
    assert desk.titles() == ["About a.md"]


def test_a_generation_that_cannot_be_read_is_built_anew(desk):
    desk.write("a.md", "The ship sailed.")
    desk.build()
    desk.index.close()
    (desk.path / "generations" / "1" / "manifest.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(IndexBroken):
        desk.index.articles()
    assert desk.build().added == 1
    assert desk.titles() == ["About a.md"]


def test_no_index_says_how_to_build_one(desk):
    with pytest.raises(IndexMissing, match=r"No index at '.*index'. Build one with: footnote index"):
        desk.index.search("ship")


def test_an_unknown_article_is_named(desk):
    desk.write("a.md", "The ship sailed.")
    desk.build()
    with pytest.raises(ArticleMissing, match=r"^No article has the id 'nope'\.$"):
        desk.index.article("nope")


def test_old_generations_go_when_nobody_reads_them(desk):
    desk.write("a.md", "The ship sailed.")
    desk.build()
    reader = NewsIndex.open(desk.path, encoder=CountingEncoder())
    assert len(reader.articles()) == 1
    desk.write("b.md", "The other ship sailed.")
    desk.build()
    assert desk.generations() == [1, 2]
    assert len(reader.articles()) == 2
    desk.write("c.md", "The third ship sailed.")
    desk.build()
    assert desk.generations() == [2, 3]
    reader.close()
    desk.write("d.md", "The fourth ship sailed.")
    desk.build()
    assert desk.generations() == [4]


def test_many_deletions_write_the_vectors_afresh(desk):
    for number in range(40):
        desk.write(f"{number}.md", f"Ship {number} sailed.")
    desk.build()
    for number in range(20):
        (desk.folder / f"{number}.md").unlink()
    assert summary(desk.build()) == (0, 0, 20, 20, 0)
    generation = desk.path / "generations" / str(desk.generations()[-1])
    assert (generation / "matrix.f32").stat().st_size == 20 * 64 * 4
    assert desk.index.check().ok
    assert len(desk.index.search("Ship 30 sailed.", 5)) == 5


def test_compact_writes_the_vectors_afresh_without_encoding(desk):
    for number in range(10):
        desk.write(f"{number}.md", f"Ship {number} sailed.")
    desk.build()
    report = desk.build(compact=True)
    assert (report.embedded, report.generation) == (0, 2)
    assert desk.index.check().ok


def test_what_cannot_be_forgotten_once_the_new_index_serves_takes_nothing_back(desk, caplog):
    desk.write("a.md", "The ship sailed.")
    desk.build()

    def in_the_way(told):
        if told.phase == "checking":  # SQLite can open no journal there, so it writes nothing any more
            (desk.path / "sentences.db-journal").mkdir()

    assert desk.build(compact=True, progress=in_the_way).generation == 2
    assert (desk.path / "CURRENT").read_text() == "2\n"
    assert not list(desk.path.glob("staged.db*"))
    assert "sentences.db" in caplog.text


def test_a_lost_current_costs_no_vector(desk):
    desk.write("a.md", "The ship sailed.")
    desk.build()
    desk.index.close()
    (desk.path / "CURRENT").unlink()
    report = desk.build()
    assert (report.embedded, [one.path for one in report.notices]) == (0, ["CURRENT"])
    assert desk.titles() == ["About a.md"]


def test_a_lost_current_beside_a_damaged_generation_is_built_anew(desk):
    for number in range(60):
        desk.write(f"{number}.md", f"Ship {number} sailed.")
    desk.build()
    desk.index.close()
    (desk.path / "CURRENT").unlink()
    manifest = desk.path / "generations" / "1" / "manifest.db"
    with open(manifest, "r+b") as file:
        file.seek(manifest.stat().st_size // 8192 * 4096)
        file.write(b"\xa5" * 16384)
    assert desk.build().added == 60
    assert desk.index.check().ok


def test_an_edit_is_found_though_all_change_times_lie_in_the_future(desk, monkeypatch):
    path = desk.write("a.md", "The ship sailed.")
    os.utime(path, ns=(10**18, 10**18))
    monkeypatch.setattr("index.build.time.time_ns", lambda: 10**18)  # the clock went back by years
    desk.build()
    path.write_text(path.read_text().replace("sailed", "stayed"))
    os.utime(path, ns=(10**18, 10**18))
    assert summary(desk.build()) == (0, 1, 0, 0, 1)


def test_dropping_an_article_drops_its_links_to_reprints_both_ways(desk):
    text = "The harbour bridge opened on Monday after six years of work. Its cost rose to 210 million kroner."
    for name in "abc":
        desk.write(f"{name}.md", text, title=name)
    desk.build()
    (desk.folder / "a.md").unlink()
    desk.build()
    (manifest,) = (desk.path / "generations" / "2").glob("manifest.db")
    with sqlite3.connect(manifest) as db:
        (dangling,) = db.execute(
            "SELECT count(*) FROM reprints WHERE article NOT IN (SELECT row FROM articles) "
            "OR other NOT IN (SELECT row FROM articles)"
        ).fetchone()
        (links,) = db.execute("SELECT count(*) FROM reprints").fetchone()
    db.close()
    assert (dangling, links) == (0, 2)


def test_an_index_deleted_behind_an_open_one_can_be_built_again(desk):
    desk.write("a.md", "The ship sailed.")
    desk.build()
    assert desk.index.search("ship")
    shutil.rmtree(desk.path)
    desk.write("b.md", "The other ship sailed.")
    assert desk.build().added == 2
    assert len(desk.index.search("ship")) == 2


def test_generations_removed_behind_an_open_index_are_built_again_and_the_rest_is_kept(desk):
    desk.write("a.md", "The ship sailed.")
    desk.build()
    assert desk.index.search("ship")
    (desk.path / "removed").mkdir()
    kept = [desk.path / name for name in ("removed/only-copy.txt", "feedback.jsonl", "rated.jsonl")]
    for path in kept:
        path.write_text("kept")
    shutil.rmtree(desk.path / "generations")
    desk.write("b.md", "The other ship sailed.")
    assert desk.build().added == 2
    assert len(desk.index.search("ship")) == 2
    assert desk.index.check(desk.folder).ok
    assert [path.read_text() for path in kept] == ["kept"] * 3


def test_an_index_that_was_dropped_without_closing_does_not_haunt_the_next(desk):
    desk.write("a.md", "The ship sailed.")
    dropped = NewsIndex.open(desk.path, encoder=CountingEncoder())
    dropped.build(desk.folder)
    assert dropped.search("ship")
    del dropped
    gc.collect()
    shutil.rmtree(desk.path)
    assert desk.build().added == 1
    assert len(desk.index.search("ship")) == 1


def test_a_generation_is_on_the_disk_before_current_names_it(desk, monkeypatch):
    written, order = set(), []
    fsync, replaced = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda opened: (written.add(os.fstat(opened).st_ino), fsync(opened))[1])

    def publishing(old, new):
        if str(new).endswith("CURRENT"):
            generation = desk.path / "generations" / old.read_text().strip()
            order.append({str(one) for one in generation.rglob("*") if one.stat().st_ino not in written})
        replaced(old, new)

    monkeypatch.setattr(os, "replace", publishing)
    desk.write("a.md", "The ship sailed.")
    desk.build()
    desk.write("b.md", "The other ship sailed.")
    desk.build()
    assert order == [set(), set()]
    assert desk.path.stat().st_ino in written


def test_coverage_is_worked_out_once_a_generation(desk, monkeypatch):
    desk.write("a.md", "The ship sailed.", published="2024-05-03", outlet="Port Daily")
    desk.build()
    asked = []
    real = Columns.of
    monkeypatch.setattr(Columns, "of", lambda manifest: (asked.append(1), real(manifest))[1])
    first = [desk.index.coverage() for _ in range(3)]
    desk.write("b.md", "The other ship sailed.")
    desk.build()
    second = [desk.index.coverage() for _ in range(3)]
    assert len(asked) == 2
    assert [one.articles for one in (*first, *second)] == [1, 1, 1, 2, 2, 2]
    assert (first[0].outlets, first[0].newest, second[0].undated) == (("Port Daily",), date(2024, 5, 3), 1)


def test_an_index_of_another_format_is_built_anew_and_nothing_is_encoded(desk, monkeypatch):
    desk.write("a.md", "The ship sailed.")
    desk.build()
    desk.index.close()
    with sqlite3.connect(desk.path / "generations" / "1" / "manifest.db") as db:
        db.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    db.close()
    with pytest.raises(IndexOutdated, match="has format 0"):
        desk.index.search("ship")
    desk.encoder.encoded.clear()
    bring_up_to_date(desk.index, desk.folder)
    assert desk.encoder.encoded == []
    assert len(desk.index.search("ship")) == 1


def test_articles_of_one_file_under_one_id_are_all_kept_and_said_once(desk):
    records = [{"guid": "same", "title": f"T{n}", "text": f"Ship number {n} sailed."} for n in range(20)]
    (desk.folder / "all.jsonl").write_text("\n".join(map(json.dumps, records)))
    report = desk.build()
    assert report.added == 20
    reason = "holds different articles under one URL or id; all are indexed"
    assert [(one.path, one.reason) for one in report.notices] == [("all.jsonl", reason)]


def test_an_article_that_stands_twice_in_a_file_is_indexed_once_and_said(desk):
    record = {"title": "The ship", "text": "The ship sailed."}
    (desk.folder / "all.jsonl").write_text("\n".join(map(json.dumps, [record, record])))
    report = desk.build()
    assert report.added == 1
    assert [one.reason for one in report.notices] == ["holds 'The ship' twice; it is indexed once"]


@pytest.mark.parametrize("day", range(3))  # by the hash of its text one of two is the first
def test_a_text_under_two_ids_that_others_have_is_kept_as_long_as_one_of_them_stands(desk, day):
    texts = [(guid, text) for guid in "ab" for text in (f"About {guid}, day {day}.", f"They sailed on day {day}.")]
    records = [{"guid": guid, "title": "Ship", "text": text} for guid, text in texts]
    for kept in (records, [records[0], *records[2:]], records[:1]):
        (desk.folder / "all.jsonl").write_text("\n".join(map(json.dumps, kept)))
        desk.build()
        found = sorted(desk.index.article(one.id).text for one in desk.index.articles())
        assert found == sorted(record["text"] for record in kept)


def test_a_folder_that_cannot_be_copied_says_why(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        copy_files(tmp_path / "nowhere", tmp_path / "copy", without=())


def test_a_file_that_cannot_be_read_is_named_and_not_waited_for(desk, monkeypatch):
    desk.write("a.md", "The ship sailed.")
    path = desk.write("b.md", "The other ship sailed.")
    desk.build()
    desk.write("b.md", "The other ship sank.")

    def refusing(file):
        if file.path == "b.md":
            raise Unreadable("Permission denied")
        return file_hash(file)

    with monkeypatch.context() as patched:
        patched.setattr("index.changes.file_hash", refusing)
        report = desk.build()
    assert [one.path for one in report.failed] == ["b.md"]
    assert desk.index.waiting(desk.folder).files == 0
    assert desk.index.search("other ship", 1)[0].passage.text == "The other ship sailed."
    os.utime(path)
    assert summary(desk.build())[:4] == (0, 1, 0, 1)
    assert desk.build().failed == ()


def test_a_file_that_breaks_off_keeps_its_entries_and_is_read_again(desk, monkeypatch):
    lines = [json.dumps({"guid": str(at), "title": f"Ship {at}", "text": f"Ship {at} sailed."}) for at in range(4)]
    path = desk.folder / "all.jsonl"
    path.write_text("\n".join(lines))
    desk.build()
    lines[0] = lines[0].replace("sailed", "sank")
    path.write_text("\n".join([*lines, json.dumps({"guid": "9", "title": "Ship 9", "text": "Ship 9 sailed."})]))

    def breaking_off(file):
        yield next(read_json_lines(file))
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr("index.intake.read", lambda file: read_here(file, {".jsonl": breaking_off}))
        report = desk.build()
    assert [(one.path, "goes on serving" in one.reason) for one in report.failed] == [("all.jsonl", True)]
    assert "Input/output error" in report.failed[0].reason
    assert {f"Ship {at}" for at in range(4)} == set(desk.titles())
    report = desk.build()
    assert report.failed == ()
    assert desk.titles() == ["Ship 0", "Ship 1", "Ship 2", "Ship 3", "Ship 9"]
    assert {one.text for one in map(desk.index.article, (one.id for one in desk.index.articles()))} >= {"Ship 0 sank."}


def test_a_file_that_could_not_be_read_is_tried_again_though_nothing_shows(desk, monkeypatch):
    desk.write("a.md", "The ship sailed.")
    time.sleep(0.1)  # else its times would not be trusted

    refused = "cannot be read (Input/output error); check the disk and try again"

    def refusing(file):
        raise NotGiven(refused)

    with monkeypatch.context() as patched:
        patched.setattr("index.changes.file_hash", refusing)
        failed = [desk.build().failed, desk.build().failed]
        generations = desk.generations()
        failed.append(desk.build().failed)
    assert [[one.reason for one in each] for each in failed] == [[refused]] * 3
    assert desk.generations() == generations
    time.sleep(0.1)
    assert summary(desk.build())[:3] == (1, 0, 0)


def test_answers_of_a_pinned_index_are_of_one_generation(desk):
    desk.write("a.md", "The old ship sailed.")
    desk.build()
    with desk.index.pinned() as view:
        first = view.search("ship", 5)
        desk.write("a.md", "The new boat sank.")
        desk.write("b.md", "Another boat sank.")
        other = NewsIndex.open(desk.path, encoder=CountingEncoder())
        other.build(desk.folder)
        assert view.search("ship", 5) == first
        assert view.article(first[0].passage.article.id).text == "The old ship sailed."
        assert (view.document_frequency("boat"), view.coverage().articles) == (0, 1)
        with desk.index.pinned() as newer:
            assert (newer.document_frequency("boat"), newer.coverage().articles) == (2, 2)
        other.close()
    assert desk.index.search("boat", 1)[0].passage.text.endswith("boat sank.")
    desk.build()
    assert len(desk.generations()) == 1


def test_the_keywords_raise_errors_of_our_own(desk):
    class Failing:
        def __getattr__(self, name):
            def fail(*arguments, **options):
                raise ValueError("An IO error occurred: 'No space left on device (os error 28)'")

            return fail

    directory = desk.folder.parent / "words"
    directory.mkdir()
    keywords = Keywords(directory)
    keywords._writer = Failing()
    for write in (keywords.clear, keywords.commit, lambda: keywords.drop_article("x")):
        with pytest.raises(IndexUnwritable, match="No space left"):
            write()
    keywords._index = Failing()
    for read in (keywords.count, keywords.rows, lambda: keywords.frequency("ship"), lambda: keywords.search("ship", 3)):
        with pytest.raises(IndexBroken, match="check --repair"):
            read()
