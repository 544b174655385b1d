"""An index of every released format opens, or says what to do; nothing that was encoded is encoded again.

tests/released.py makes the archives. Format 5 is that of 1.0.0; since format 6 a sentence ends behind a decimal sum,
and a header goes on behind an outlet alone on a line. Format 4 is older than the first release and knows no vectors
of sentences. Both stand for those that must be built anew.
"""

import tarfile

import pytest

from assistant import Assistant
from assistant.updating import bring_up_to_date
from index import NewsIndex
from index.database import SCHEMA_VERSION
from index.errors import IndexOutdated
from tests.released import ARTICLES, DATA, LetterEncoder, LetterPartEncoder, written

ARCHIVES = sorted(DATA.glob("index-*.tar.xz"))
READ = [path for path in ARCHIVES if path.name == f"index-{SCHEMA_VERSION}.tar.xz"]
OLDER = [path for path in ARCHIVES if path not in READ]


def name(path):
    return path.name


@pytest.fixture
def released(request, tmp_path):
    """The index of an archive, over the articles it was made of."""
    with tarfile.open(request.param) as packed:
        packed.extractall(tmp_path / "index", filter="data")
    encoder = LetterEncoder() if name(request.param) == "index-4.tar.xz" else LetterPartEncoder()
    news_index = NewsIndex.open(tmp_path / "index", encoder=encoder)
    yield news_index, written(tmp_path / "articles")
    news_index.close()


def test_there_is_an_archive_of_the_format_that_is_written_today():
    assert READ, (
        f"Make it once the format is settled: python -m tests.released tests/data/index-{SCHEMA_VERSION}.tar.xz"
    )
    assert len(OLDER) >= 1


@pytest.mark.parametrize("released", READ, indirect=True, ids=name)
def test_it_is_searched_read_and_answers_as_it_stands(released):
    news_index, _ = released
    quay = news_index.search("When is a second quay planned?", 1)[0].passage
    assert "second quay is planned for 2027" in quay.text
    article = news_index.article(quay.article.id)
    assert article.text[quay.start : quay.end] == quay.text
    assert (article.author, str(article.published)) == ("Ada Berg", "2024-06-11")
    with news_index.pinned() as view:
        assert list(view.sentence_vectors([quay])) == [(article.id, quay.start)]
    assert [one.path for one in news_index.failures()] == ["broken.json"]
    (only,) = [hit for hit in news_index.search("Zebra Bridge", 5) if "king" in hit.passage.text]
    assert only.passage.article.path == "bridge.md"
    answer = Assistant(news_index).ask("Who opened Zebra Bridge?")
    assert "The king opened Zebra Bridge on Friday." in answer.text
    assert [one.path for one in answer.citations[0].also_in] == ["reprint.txt"]
    assert news_index.check().ok


@pytest.mark.parametrize("released", READ, indirect=True, ids=name)
def test_an_update_of_it_encodes_what_changed_and_nothing_else(released):
    news_index, folder = released
    bring_up_to_date(news_index, folder)
    assert news_index.encoder.encoded == []
    (folder / "toll.md").write_text("---\ntitle: A toll\n---\nA toll is not planned, the mayor said.\n")
    report = news_index.build(folder)
    assert (report.added, report.changed, report.removed, report.unchanged, report.embedded) == (1, 0, 0, 3, 1)
    (folder / "bridge.md").unlink()
    report = news_index.build(folder, full=True, compact=True)
    assert (report.removed, report.unchanged, report.embedded) == (1, 3, 0)
    assert len(news_index.encoder.encoded) == 1
    assert news_index.check(folder).ok
    assert news_index.search("Zebra Bridge", 1)[0].passage.article.path == "reprint.txt"


@pytest.mark.parametrize("released", OLDER, indirect=True, ids=name)
def test_an_older_one_says_what_to_do_and_is_built_anew_with_nothing_to_encode(released):
    news_index, folder = released
    with pytest.raises(IndexOutdated, match=r"has format [1-9], .* nothing to encode: footnote index"):
        news_index.search("quay")
    report = news_index.build(folder)
    assert (report.added + report.changed + report.unchanged, report.embedded) == (3, 0)
    assert news_index.check(folder).ok
    assert "second quay" in news_index.search("When is a second quay planned?", 1)[0].passage.text


@pytest.mark.parametrize("released", READ, indirect=True, ids=name)
def test_one_of_a_later_version_is_not_read_by_guessing(released):
    import sqlite3

    news_index, folder = released
    with sqlite3.connect(news_index.path / "generations" / "1" / "manifest.db") as db:
        db.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(SCHEMA_VERSION + 1),))
    db.close()
    with pytest.raises(IndexOutdated, match=f"has format {SCHEMA_VERSION + 1}, .* reads {SCHEMA_VERSION}"):
        news_index.search("quay")
    assert news_index.build(folder).embedded == 0


def test_the_archives_are_small_and_of_these_articles():
    assert len(ARTICLES) == 4
    assert all(path.stat().st_size < 100_000 for path in ARCHIVES)
