"""Folders as nobody would wish them: names of any bytes, tens of thousands of files, one file of 200 MB."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index import NewsIndex
from tests.fakes import CountingEncoder

ROOT = Path(__file__).parents[1]
BUILD = """
import sys
from index import NewsIndex
from tests.fakes import CountingEncoder
report = NewsIndex.open(sys.argv[1], encoder=CountingEncoder()).build(sys.argv[2])
print(report.added, report.failed)
"""


@pytest.fixture
def news(tmp_path):
    (tmp_path / "articles").mkdir()
    news_index = NewsIndex.open(tmp_path / "index", encoder=CountingEncoder())
    yield news_index
    news_index.close()


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are Linux's")
def test_files_of_any_name_are_indexed_changed_renamed_and_removed(news, tmp_path):
    folder = tmp_path / "articles"
    names = [b"two\nlines.md", b"caf\xe9 \xff.md", b"n" * 252 + b".md", b"-rf.md", b"tab\tand \x1b[31mred.md"]
    places = [os.fsdecode(os.path.join(os.fsencode(folder), name)) for name in names]
    for at, place in enumerate(places):
        Path(place).write_text(f"---\ntitle: Ship {at}\n---\nShip {at} sailed.\n")
    assert (news.build(folder).added, news.build(folder).unchanged) == (len(names), len(names))
    assert {one.path.isprintable() for one in news.articles()} == {True}
    Path(places[0]).write_text("---\ntitle: Ship 0\n---\nShip 0 sank.\n")
    os.rename(places[1], places[1].replace("caf", "tee"))
    os.unlink(places[2])
    report = news.build(folder)
    assert (report.added, report.changed, report.removed, report.embedded, report.failed) == (1, 1, 2, 1, ())
    assert sorted(one.title for one in news.articles()) == ["Ship 0", "Ship 1", "Ship 3", "Ship 4"]
    assert news.search("Ship sank", 1)[0].passage.text == "Ship 0 sank."
    assert news.check(folder).ok


def test_a_rename_of_case_only_encodes_nothing_and_leaves_one_article(news, tmp_path):
    folder = tmp_path / "articles"
    (folder / "Ship.md").write_text("---\ntitle: Ship\n---\nThe ship sailed.\n")
    news.build(folder)
    (folder / "Ship.md").rename(folder / "between")
    (folder / "between").rename(folder / "SHIP.md")
    report = news.build(folder)
    assert report.embedded == 0
    assert [one.path for one in news.articles()] == ["SHIP.md"]
    assert news.check(folder).ok


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_tens_of_thousands_of_tiny_files_are_each_accounted_for(news, tmp_path, pytestconfig):
    """More of them than a statement takes values in SQLite as it is published (32,766)."""
    folder, many = tmp_path / "articles", pytestconfig.getoption("files")
    for at in range(many // 1000):
        (folder / f"{at:02}").mkdir()
        for number in range(1000):
            with open(folder / f"{at:02}" / f"{number:03}.txt", "w") as file:
                if number == 500:
                    file.write(f"Ship {at} sailed.\n")
    report = news.build(folder)
    assert (report.added, len(report.failed)) == (many // 1000, many - many // 1000)
    assert {one.reason for one in report.failed} == {"empty file; put an article in it or remove it"}
    (folder / "07" / "000.txt").write_text("The late ship sailed.\n")
    assert news.waiting(folder).files == 1
    report = news.build(folder)
    assert (report.added, report.embedded, len(report.failed)) == (1, 1, many - many // 1000 - 1)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_one_file_of_200_mb_is_indexed_in_the_memory_of_a_small_one(tmp_path):
    def written(name, megabytes):
        folder = tmp_path / name
        folder.mkdir()
        with open(folder / "all.jsonl", "w") as file:
            for number in range(megabytes * 10):
                page = f"{number} <p>The page as it came.</p>" * 3200
                record = {"guid": number, "title": f"Ship {number}", "text": f"Ship {number} sailed.", "raw": page}
                file.write(json.dumps(record) + "\n")
        return folder

    def peak_mb(folder, megabytes):
        index = folder.with_suffix(".index")
        process = subprocess.Popen(
            [sys.executable, "-c", BUILD, str(index), str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        assert out.split(maxsplit=1) == [str(megabytes * 10), "()\n"]
        return usage.ru_maxrss / 1024

    small, large = written("small", 10), written("large", 200)
    assert (large / "all.jsonl").stat().st_size > 200_000_000
    assert peak_mb(large, 200) < peak_mb(small, 10) + 60
