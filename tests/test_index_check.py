"""What `check` finds, and what `repair` mends. Each damage is done to the real files."""

import shutil
import sqlite3
from contextlib import closing

import numpy as np
import pytest

from index import NewsIndex
from index.check import lost_vectors
from index.generation import open_directory
from index.keywords import Keywords
from index.vectors import Vectors
from tests.fakes import HashingEncoder

SHIPS = 30


@pytest.fixture
def news(tmp_path):
    (tmp_path / "articles").mkdir()
    for number in range(SHIPS):
        text = f"---\ntitle: Ship {number}\n---\nShip number {number} sailed to port {number * 7}.\n"
        (tmp_path / "articles" / f"{number}.md").write_text(text)
    news_index = NewsIndex.open(tmp_path / "index", encoder=HashingEncoder())
    news_index.build(tmp_path / "articles")
    assert news_index.check().ok
    news_index.close()
    yield news_index
    news_index.close()


def generation(news):
    return news.path / "generations" / (news.path / "CURRENT").read_text().strip()


def change(news, statement):
    with closing(sqlite3.connect(generation(news) / "manifest.db")) as db:
        db.execute(statement)
        db.commit()


def drop_vectors(news):
    vectors = Vectors(generation(news) / "vectors")
    vectors.drop(sorted(vectors.ids())[:3])
    vectors.close()


def add_foreign_vector(news):
    vectors = Vectors(generation(news) / "vectors")
    vectors.put(["0" * 32], HashingEncoder().encode(["nobody's"]))
    vectors.close()


def drop_keywords(news):
    keywords = Keywords(generation(news) / "keywords")
    keywords.drop_article(news.articles()[0].id)
    news.close()
    keywords.commit()


def damage_matrix(news):
    path = generation(news) / "matrix.f32"
    matrix = np.fromfile(path, np.float32).reshape(-1, 64)
    matrix[5] = 0
    matrix[6] = np.nan
    matrix.tofile(path)


def cut_matrix(news):
    path = generation(news) / "matrix.f32"
    with open(path, "r+b") as file:
        file.truncate(path.stat().st_size // 2)


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (drop_vectors, "Chroma holds 27 vectors, the manifest 30"),
        (add_foreign_vector, "1 vectors that no passage has"),
        (drop_keywords, "the keywords hold 29 passages, the manifest 30"),
        (damage_matrix, "2 vectors in the matrix are damaged"),
        (cut_matrix, "the matrix ends at row 15"),
        (lambda news: change(news, 'UPDATE passages SET "end" = 9999 WHERE row = 3'), "1 passages lie outside"),
        (lambda news: (generation(news) / "vectors" / "4c2a-stray").mkdir(), None),
        (lambda news: (news.path / "generations" / "77").mkdir(), None),
        (lambda news: shutil.rmtree(generation(news) / "vectors"), "broken"),
        (lambda news: (news.path / "CURRENT").write_text("x"), "broken"),
    ],
)
def test_each_damage_is_found_and_mended(news, tmp_path, damage, problem):
    damage(news)
    if problem != "broken":
        report = news.check()
        assert not report.ok
        assert report.leaked if problem is None else any(problem in one for one in report.problems)
        news.close()
    mended = news.repair(tmp_path / "articles")
    assert mended.problems == ()
    assert mended.leaked == ()
    assert mended.mended
    assert len(news.articles()) == SHIPS
    assert news.search("Ship number 7 sailed to port 49.", 1)[0].passage.article.title == "Ship 7"


def test_a_whole_index_is_left_alone_by_repair(news, tmp_path):
    assert news.repair(tmp_path / "articles").mended == ()
    assert generation(news).name == "1"


@pytest.mark.slow
def test_vectors_that_chroma_lost_sight_of_come_back(tmp_path):
    """Chroma's issue 7758: 4,000 inserts, half deleted, a third upserted again: some live ones are not found."""
    chance = np.random.default_rng(3)

    def unit(count):
        made = chance.normal(size=(count, 64)).astype(np.float32)
        return made / np.linalg.norm(made, axis=1, keepdims=True)

    directory = tmp_path / "generations" / "1"
    directory.mkdir(parents=True)
    opened = open_directory(directory, 64, writable=True, create_vectors=True)
    ids = [f"{number:032x}" for number in range(4000)]
    stored = unit(4000)
    opened.vectors.put(ids, stored)
    gone = sorted(chance.choice(4000, 2000, replace=False).tolist())
    opened.vectors.drop([ids[at] for at in gone])
    again = gone[:1200]
    stored[again] = unit(1200)
    opened.vectors.put([ids[at] for at in again], stored[again])
    alive = sorted(set(range(4000)) - set(gone[1200:]))
    opened.matrix.put([at + 1 for at in range(4000)], stored)
    keys = {at + 1: ids[at] for at in alive}
    rows = [at + 1 for at in alive]
    lost = lost_vectors(opened, rows, keys)
    opened.vectors.recreate()
    opened.vectors.put([ids[at] for at in alive], stored[alive])
    after = lost_vectors(opened, rows, keys)
    opened.close()
    print(f"{len(lost)} of {len(rows)} were lost, {len(after)} after writing afresh")
    assert len(after) <= len(lost)
    assert after == []
