"""What is found, in which order, and under which filters."""

import itertools
import json
import unicodedata
from collections import Counter
from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import NewsIndex
from index.codes import Codes, nearest
from index.columns import Columns, day_number, day_of
from index.errors import BadFilter, IndexBroken
from index.filters import Filters
from index.matrix import Matrix
from index.search import fuse, hold_worded
from index.witnesses import portions
from tests.fakes import CountingEncoder

RECORDS = [
    ("Oil from Baku", "Azerbaijan sends oil through the pipeline.", "Baku Times", "Leyla Aliyeva", "2023-03-01"),
    ("Gas talks", "Azerbaijan sends gas, the minister said.", "Tel Aviv Post", "Dan Cohen and Ruth Levi", "2023-05-10"),
    ("Oil prices", "The price of oil rose by three percent.", "Tel Aviv Post", None, None),
    ("Embassy", "The embassy opened in the spring.", None, "Dan Cohen", "2022-12-31"),
]


@pytest.fixture(scope="module")
def news(tmp_path_factory) -> NewsIndex:
    place = tmp_path_factory.mktemp("news")
    keys = ("title", "text", "outlet", "author", "published_at")
    lines = [json.dumps(dict(zip(keys, record, strict=True))) for record in RECORDS]
    (place / "articles").mkdir()
    (place / "articles" / "all.jsonl").write_text("\n".join(lines))
    news_index = NewsIndex.open(place / "index", encoder=CountingEncoder())
    news_index.build(place / "articles")
    yield news_index
    news_index.close()


def titles(hits):
    return {hit.passage.article.title for hit in hits}


def test_hits_are_ranked_and_carry_their_article(news):
    hits = news.search("pipeline oil Azerbaijan")
    assert hits[0].passage.article.title == "Oil from Baku"
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    text = news.article(hits[0].passage.article.id).text
    assert text[hits[0].passage.start : hits[0].passage.end] == hits[0].passage.text


def test_a_word_of_the_headline_finds_the_passage(news):
    assert "Oil from Baku" in titles(news.search("Baku"))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"outlet": "tel aviv post"}, {"Gas talks", "Oil prices"}),
        ({"outlet": ["Baku Times", "Tel Aviv Post"]}, {"Oil from Baku", "Gas talks", "Oil prices"}),
        ({"author": "cohen"}, {"Gas talks", "Embassy"}),
        ({"since": date(2023, 1, 1)}, {"Oil from Baku", "Gas talks"}),
        ({"until": date(2023, 3, 1)}, {"Oil from Baku", "Embassy"}),
        ({"since": date(2023, 3, 1), "until": date(2023, 3, 1)}, {"Oil from Baku"}),
        ({"outlet": "Tel Aviv Post", "since": date(2023, 1, 1)}, {"Gas talks"}),
        ({"outlet": "Nobody"}, set()),
        ({"until": date(1990, 1, 1)}, set()),
    ],
)
def test_filters_are_exact(news, filters, expected):
    question = "oil gas embassy Azerbaijan minister price spring"
    assert titles(news.search(question, **filters)) == expected


def test_names_and_questions_are_met_however_their_signs_are_written(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text(
        "---\ntitle: Pont\noutlet: Libération\nauthor: Jeanne Gauthié\n---\nLe pont est ouvert à Nîmes."
    )
    news_index = NewsIndex.open(tmp_path / "index", encoder=CountingEncoder())
    news_index.build(tmp_path / "articles")
    for outlet in (unicodedata.normalize("NFD", "Libération"), " LIBÉRATION ", "Libé\u200bration"):
        assert len(news_index.search("pont", outlet=outlet)) == 1
    assert len(news_index.search("pont", author=unicodedata.normalize("NFD", "jeanne  gauthié"))) == 1
    (hit,) = news_index.search(unicodedata.normalize("NFD", "Nîmes"))
    assert hit.origin != "vector"
    admitted = Filters((unicodedata.normalize("NFD", "libération"),), (unicodedata.normalize("NFD", "gauthié"),))
    assert admitted.admits(hit.passage.article)
    news_index.close()


@pytest.mark.parametrize("day", ["2023-05", datetime(2023, 5, 10)])
@pytest.mark.parametrize("name", ["since", "until"])
def test_a_day_to_filter_by_that_is_none_is_refused_with_what_to_give(news, name, day):
    with pytest.raises(BadFilter, match=rf"{name} is .*2023.* Give a day, as in datetime\.date"):
        news.search("oil", **{name: day})


@pytest.mark.parametrize("given", [5, [1], {"name": 2}.values(), b"Post", date(2023, 5, 1)])
@pytest.mark.parametrize("name", ["outlet", "author"])
def test_a_name_to_filter_by_that_is_no_text_is_refused_with_what_to_give(news, name, given):
    with pytest.raises(BadFilter, match=f"The {name} to filter by is .* Give a name as text, or a list of names"):
        news.search("oil", **{name: given})


def test_a_filter_changes_which_passages_but_not_their_similarity(news):
    everywhere = {hit.passage.id: hit.similarity for hit in news.search("Azerbaijan oil")}
    filtered = news.search("Azerbaijan oil", outlet="Baku Times")
    assert all(hit.similarity == pytest.approx(everywhere[hit.passage.id], abs=1e-4) for hit in filtered)


def test_more_hits_are_not_asked_for_than_there_are(news):
    assert len(news.search("oil", 100)) <= len(RECORDS)
    assert len(news.search("oil", 1)) == 1


@pytest.mark.parametrize(
    "question", ['"', "foo:bar AND (", "a^2 OR -x", "*", "\x00\ud800", "the of and", "🙂", "x" * 20_000]
)
def test_no_question_breaks_the_search(news, question):
    news.search(question)


def test_document_frequency_counts_passages_by_stem_in_text_and_headline(news):
    counts = {"oils": 2, "BAKU": 1, "Baku's": 1, "Baku’s": 1, "zeppelin": 0, "…": 0}
    with news.pinned() as view:
        assert {word: view.document_frequency(word) for word in counts} == counts


scores = st.dictionaries(st.integers(0, 30), st.floats(0.06, 1), max_size=20)


@given(scores, st.dictionaries(st.integers(0, 30), st.floats(0.1, 40), max_size=20))
def test_fusion_keeps_the_order_that_both_agree_on(similar, worded):
    similar = {row: similar.get(row, 0.0) for row in similar.keys() | worded.keys()}
    fused = fuse(similar, worded)
    assert fused.keys() == similar.keys()
    assert all(0 <= score <= 1 + 1e-9 for score in fused.values())
    for one in fused:
        for other in fused:
            if similar[one] > similar[other] and worded.get(one, 0) > worded.get(other, 0):
                assert fused[one] >= fused[other]


def test_nothing_found_fuses_to_nothing():
    assert fuse({}, {}) == {}


def test_the_one_passage_with_a_bare_name_is_among_those_found():
    noise = {row: 0.3 - row / 1000 for row in range(20)}
    fused = fuse(noise | {20: 0.06}, {20: 9.0})
    assert sorted(fused, key=lambda row: -fused[row]).index(20) > 10
    for k, found in ((4, False), (5, True), (10, True)):
        held = dict(fused)
        hold_worded(held, {20: 9.0}, k)
        above = [row for row in held if held[row] > held[20]]
        assert (len(above) < k) is found
        assert {row: held[row] for row in noise} == {row: fused[row] for row in noise}


@given(scores, st.dictionaries(st.integers(0, 30), st.floats(0.1, 40), max_size=20), st.integers(1, 12))
def test_what_has_the_most_words_is_lowered_by_nothing(similar, worded, k):
    fused = fuse({row: similar.get(row, 0.0) for row in similar.keys() | worded.keys()}, worded)
    held = dict(fused)
    hold_worded(held, worded, k)
    assert held.keys() == fused.keys()
    assert all(held[row] >= fused[row] for row in fused)
    assert sum(held[row] > fused[row] for row in fused) <= k // 5


@given(
    scores=st.lists(st.integers(-3, 3), max_size=40).map(lambda found: np.array(found, np.float32)),
    k=st.integers(1, 50),
)
def test_the_nearest_are_those_of_a_full_sort(scores, k):
    assert nearest(scores, k).tolist() == np.argsort(-scores, kind="stable")[:k].tolist()


@pytest.fixture(scope="module")
def matrix(tmp_path_factory) -> Matrix:
    """Two hundred vectors, of which many are alike, and one is none."""
    chance = np.random.default_rng(1)
    vectors = np.repeat(chance.normal(size=(50, 8)), 4, axis=0) + 0.01 * chance.normal(size=(200, 8))
    vectors[100] = 0
    found = Matrix(tmp_path_factory.mktemp("matrix") / "matrix.f32", 8)
    found.put(range(1, 201), vectors.astype(np.float32), ["00" * 16] * 200)
    return found


some_rows = st.lists(st.integers(1, 200), max_size=200)


@given(some_rows)
def test_vectors_come_in_the_order_they_are_asked_for(matrix, rows):
    one_by_one = [matrix.take([row])[0] for row in rows]
    assert matrix.take(rows).tolist() == [vector.tolist() for vector in one_by_one]


@given(some_rows, st.integers(1, 200), st.integers(1, 70))
def test_the_nearest_of_some_rows_are_those_of_scoring_them_all(matrix, rows, asked, k):
    vector = matrix.take([asked])[0]
    every = np.array(matrix.scores(rows, vector))
    best, exact = matrix.nearest(np.array(rows, np.int64), vector, k)
    assert best.tolist() == nearest(every, k).tolist()
    assert exact.tolist() == every[best].tolist()


def test_a_matrix_that_goes_or_shrinks_while_it_is_read_is_broken(tmp_path):
    class Shrinking(Matrix):
        def __len__(self):
            return 2  # as it was when somebody looked

    place = tmp_path / "matrix.f32"
    with pytest.raises(IndexBroken, match="cannot be read"):
        Shrinking(place, 8).take([2])
    Matrix(place, 8).put([1], np.eye(1, 8, dtype=np.float32), ["00" * 16])
    with pytest.raises(IndexBroken, match="was cut off while it was read"):
        Shrinking(place, 8).take([2])


@given(st.integers(0, 2**32 - 1), st.integers(1, 20), st.integers(1, 30), st.floats(1e-6, 1e6))
def test_rounded_vectors_leave_out_none_of_the_nearest(seed, k, rows, size):
    chance = np.random.default_rng(seed)
    vectors = (size * chance.normal(size=(rows, 5)) ** 5).astype(np.float32)
    asked = chance.normal(size=5).astype(np.float32)
    codes = Codes([vectors[:7], vectors[7:]] if rows > 7 else [vectors], vectors.shape)
    near = codes.candidates(np.arange(rows), asked, k)
    assert set(nearest(vectors @ asked, k)) <= set(near)


def test_what_is_no_vector_is_near_nothing():
    vectors = np.array([[1, 0], [np.nan, 1], [np.inf, 0], [0, 1]], np.float32)
    codes = Codes([vectors], vectors.shape)
    assert codes.candidates(np.arange(4), np.array([1, 1], np.float32), 2).tolist() == [0, 3]


@given(st.dictionaries(st.integers(1, 50), st.sampled_from([0.1, 0.2, 0.5, 0.9])), st.integers(0, 12))
def test_portions_hold_every_row_once_best_first_and_never_part_equals(scored, size):
    found = list(portions(scored, size))
    rows = [row for portion in found for row in portion]
    assert sorted(rows) == sorted(scored)
    assert [scored[row] for row in rows] == sorted(scored.values(), reverse=True)
    assert all(scored[one[-1]] > scored[other[0]] for one, other in itertools.pairwise(found))
    assert all(len(portion) >= size for portion in found[:-1])


def test_the_first_of_many_hits_are_those_of_a_short_list(news):
    every = news.search("oil gas embassy", 10)
    for k in range(1, len(every) + 1):
        assert [hit.passage.id for hit in news.search("oil gas embassy", k)] == [hit.passage.id for hit in every[:k]]


def test_articles_are_counted_by_month_and_outlet(news):
    counted = Counter((one.published and one.published.replace(day=1), one.outlet) for one in news.articles())
    counts = news.monthly_counts()
    assert {(one.month, one.outlet): one.articles for one in counts} == counted
    assert [(one.month, one.outlet) for one in counts] == [
        (date(2022, 12, 1), None), (date(2023, 3, 1), "Baku Times"), (date(2023, 5, 1), "Tel Aviv Post"),
        (None, "Tel Aviv Post"),
    ]  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "A", "B"]), st.sampled_from([0, 18000101, 20240229, 20240201, 20991231])),
        max_size=20,
    )
)
def test_no_article_is_left_out_of_the_counts_or_counted_twice(articles):
    names = ("", "A", "B")
    none = np.zeros(0, np.int64)
    columns = Columns(
        np.array([names.index(outlet) for outlet, _ in articles], np.int32), none,
        np.array([day for _, day in articles], np.int32),
        names, ("",), none, none, none,
    )  # fmt: skip
    wanted = Counter((day and day // 100 * 100 + 1, names.index(outlet)) for outlet, day in articles)
    assert {(month, outlet): number for month, outlet, number in columns.by_month()} == wanted
    assert len(columns.by_month()) == len(wanted)


def test_coverage_says_what_the_headlines_say(news):
    headlines, coverage = news.articles(), news.coverage()
    dates = [one.published for one in headlines if one.published]
    assert (coverage.articles, coverage.undated) == (len(headlines), len(headlines) - len(dates))
    with news.pinned() as view:
        assert coverage.passages == sum(len(view.passages(one.id)) for one in headlines)
    assert coverage.outlets == tuple(sorted({one.outlet for one in headlines if one.outlet}))
    assert coverage.authors == tuple(sorted({one.author for one in headlines if one.author}))
    assert (coverage.oldest, coverage.newest) == (min(dates), max(dates))


@given(st.dates())
def test_a_day_comes_back_from_its_number(day):
    assert day_of(day_number(day.isoformat())) == day
