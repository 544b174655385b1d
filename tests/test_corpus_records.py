"""JSON and JSON Lines: the names of fields, entries on their own, streams."""

from __future__ import annotations

import io
import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Failure, article_id, scan
from corpus.json_list import cut_list
from corpus.reading import read_here
from tests.corpus_files import article, outcomes, reason

TEXT = "The minister arrived in Baku on Tuesday, his office said."


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.mark.parametrize(
    "record",
    [
        {
            "title": "Talks",
            "body": TEXT,
            "outlet": "Haqqin.az",
            "author": "Jane Doe",
            "published_at": "2023-05-03T23:30:00+04:00",
        },
        {
            "headline": "Talks",
            "text": TEXT,
            "source": {"name": "Haqqin.az", "id": None},
            "authors": ["Jane Doe"],
            "date": "May 3, 2023",
        },
        {
            "Title": "Talks",
            "content": TEXT,
            "publisher": "Haqqin.az",
            "byline": "By Jane Doe",
            "pubDate": "Wed, 03 May 2023 10:00:00 GMT",
        },
        {
            "headline": "Talks",
            "articleBody": TEXT,
            "publisher": {"name": "Haqqin.az"},
            "author": {"name": "Jane Doe"},
            "datePublished": 1683100000,
        },
        {
            "title": {"rendered": "Talks"},
            "content": {"rendered": f"<p>{TEXT}</p>"},
            "source": "Haqqin.az",
            "author": [{"name": "Jane Doe"}],
            "published": 1683100000000,
            "extra": {"deep": [1, 2]},
        },
    ],
)
def test_the_names_that_collections_use_mean_the_same(tmp_path: Path, record: dict[str, object]):
    found = article(tmp_path, json.dumps(record), "a.json")
    assert (found.title, found.text, found.outlet, found.author) == ("Talks", TEXT, "Haqqin.az", "Jane Doe")
    assert (found.published, found.published_origin) == (date(2023, 5, 3), "meta")


def test_what_is_not_stated_is_none_and_the_title_is_the_first_words(tmp_path: Path):
    found = article(tmp_path, json.dumps({"text": TEXT, "author": None, "source": "", "date": "yesterday"}), "a.json")
    assert (found.outlet, found.author, found.published, found.published_origin, found.url) == (
        None,
        None,
        None,
        "unknown",
        None,
    )
    assert found.title == "The minister arrived in Baku on Tuesday, his office said…"


def test_one_bad_line_is_one_failure_and_the_others_go_on(tmp_path: Path):
    good = {"title": "Talks", "body": TEXT}
    content = lines(good) + "{broken\n\n" + lines(7, {"title": "no body"}, [good], None, {**good, "title": "Last"})
    found = outcomes(tmp_path, content, "a.jsonl")
    assert [result.title for result in found if isinstance(result, Article)] == ["Talks", "Last"]
    failures = [result for result in found if isinstance(result, Failure)]
    assert {failure.path for failure in failures} == {"a.jsonl"}
    assert [failure.reason.partition(":")[0] for failure in failures] == [
        "line 2",
        "line 4",
        "line 5",
        "line 6",
        "line 7",
    ]
    assert "broken JSON" in failures[0].reason


def test_one_bad_entry_of_a_list_is_one_failure_and_the_others_go_on(tmp_path: Path):
    one, two, three = (json.dumps({"title": title, "body": TEXT + ' "[{,'}) for title in ("One", "Two", "Three"))
    found = outcomes(tmp_path, f'[{one}, {{"title": "bad"}}, {{bad], {two},, nul, {three},]', "a.json")
    assert [result.title for result in found if isinstance(result, Article)] == ["One", "Two", "Three"]
    failures = [result.reason for result in found if isinstance(result, Failure)]
    assert [failure.partition(":")[0] for failure in failures] == ["entry 2", "entry 3", "entry 5", "entry 6"]


def test_a_list_that_never_ends_keeps_what_was_read(tmp_path: Path):
    one, rest = outcomes(tmp_path, json.dumps([{"title": "One", "body": TEXT}])[:-1] + ', {"title": "Two', "a.json")
    assert isinstance(one, Article)
    assert isinstance(rest, Failure)
    assert "never ends after entry 1" in rest.reason


def test_names_of_fields_are_the_same_with_blanks_and_hyphens(tmp_path: Path):
    record = {"Title": "Talks", "Full Text": TEXT, "Publish-Date": "2023-05-03", "Source Name": "Port Daily"}
    found = article(tmp_path, lines(record), "a.jsonl")
    assert (found.text, found.published, found.outlet) == (TEXT, date(2023, 5, 3), "Port Daily")


def test_the_number_of_an_account_is_no_author_and_a_page_no_outlet(tmp_path: Path):
    record = {"title": "Talks", "text": TEXT, "author": 3, "source": "https://port.example/talks"}
    found = article(tmp_path, lines(record), "a.jsonl")
    assert (found.author, found.outlet, found.url) == (None, None, "https://port.example/talks")


@pytest.mark.parametrize("between", ["", "\n", " \r\n\0"])
def test_a_list_that_was_appended_to_another_is_read_too(tmp_path: Path, between: str):
    one, two, three = (json.dumps([{"title": title, "body": TEXT}]) for title in ("One", "Two", "Three"))
    found = outcomes(tmp_path, f"{one}{between}{two}{between}[]{between}{three}{between}", "a.json")
    assert [result.title for result in found if isinstance(result, Article)] == ["One", "Two", "Three"]
    assert len(found) == 3


@pytest.mark.parametrize("behind", [", {}", "{}", "]", ");", '"', ", [{}]", "\n//"])
def test_what_stands_behind_a_list_is_said_and_the_list_is_kept(tmp_path: Path, behind: str):
    one, rest = outcomes(tmp_path, json.dumps([{"title": "One", "body": TEXT}]) + behind, "a.json")
    assert isinstance(one, Article)
    assert isinstance(rest, Failure)
    assert "behind the end of the list after entry 1" in rest.reason


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_records_in_wide_characters_need_no_mark(tmp_path: Path, encoding: str):
    records = [{"title": "One", "body": TEXT}, {"title": "Two", "body": TEXT}]
    for name, source in {"a.json": json.dumps(records), "b.jsonl": lines(*records), "c.json": lines(*records)}.items():
        found = outcomes(tmp_path, source.encode(encoding), name)
        assert [result.title for result in found if isinstance(result, Article)] == ["One", "Two"]


@given(
    st.lists(
        st.recursive(
            st.none() | st.integers() | st.text(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
            max_leaves=6,
        )
    ),
    st.integers(1, 7),
    st.booleans(),
)
def test_a_list_is_cut_where_a_parser_would(entries: list[object], size: int, ascii_only: bool):
    source = json.dumps(entries, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert [json.loads(entry.decode("utf-8", "surrogatepass")) for entry in cut_list(Dripping(source, size))] == entries


class Dripping(io.BytesIO):
    """A stream that hands out a few bytes at a time, whatever it is asked for."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self._size = size

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self._size)


@pytest.mark.parametrize("key", ["articles", "items", "results", "data"])
def test_an_object_that_holds_a_list_is_a_list(tmp_path: Path, key: str):
    found = outcomes(
        tmp_path,
        json.dumps({"status": "ok", key: [{"title": "One", "body": TEXT}, {"title": "Two", "body": TEXT}]}),
        "a.json",
    )
    assert [result.title for result in found if isinstance(result, Article)] == ["One", "Two"]


def test_json_lines_under_the_name_of_json_are_read(tmp_path: Path):
    found = outcomes(tmp_path, lines({"title": "One", "body": TEXT}, {"title": "Two", "body": TEXT}), "a.json")
    assert [type(result) for result in found] == [Article, Article]


def test_markup_in_a_body_becomes_its_words(tmp_path: Path):
    body = (
        "<h2>Why</h2><p>First &amp; <b>second</b>.</p><script>alert(1)</script>"
        "<ul><li>One</li><li>Two</li></ul><img src=x onerror=y>"
    )
    found = article(tmp_path, json.dumps({"title": "A &amp; B", "body": body}), "a.json")
    assert found.title == "A & B"
    assert found.text == "Why\n\nFirst & second.\n\nOne\n\nTwo"


def test_a_body_that_only_speaks_of_less_and_more_is_no_markup(tmp_path: Path):
    body = "Prices rose when a < b and c > d, he said. In 2020 <5% agreed."
    assert article(tmp_path, json.dumps({"title": "Prices", "body": body}), "a.json").text == body


def test_entries_are_told_apart_by_url_then_guid_then_content(tmp_path: Path):
    records = [
        {"title": "A", "body": TEXT, "url": "https://example.com/a", "id": 1},
        {"title": "A", "body": TEXT, "guid": "tag:1"},
        {"title": "A", "body": TEXT, "id": 7},
        {"title": "A", "body": TEXT},
        {"title": "B", "body": TEXT},
    ]
    ids = [result.id for result in outcomes(tmp_path, lines(*records), "a.jsonl") if isinstance(result, Article)]
    assert len(set(ids)) == 5
    assert ids[0] == article_id(url="https://example.com/a", path="elsewhere.txt")
    assert ids[1] == article_id(path="a.jsonl", entry="tag:1")
    assert ids[2] == article_id(path="a.jsonl", entry="7")
    moved = [
        result.id for result in outcomes(tmp_path, lines(*reversed(records)), "a.jsonl") if isinstance(result, Article)
    ]
    assert moved == ids[::-1]


def test_a_file_of_one_article_is_known_by_its_path(tmp_path: Path):
    assert article(tmp_path, json.dumps({"title": "A", "body": TEXT, "id": 5}), "a.json").id == article_id(
        path="a.json"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str, name: str):
    records = [{"title": "Café", "body": "Ein Außenminister besuchte Baku – für zwei Tage."}] * 2
    text = (
        json.dumps(records, ensure_ascii=False)
        if name == "a.json"
        else "\n".join(json.dumps(r, ensure_ascii=False) for r in records)
    )
    found = outcomes(tmp_path, text.encode(encoding), name)
    assert [result.title for result in found if isinstance(result, Article)] == ["Café", "Café"]


def test_lone_surrogates_and_zero_bytes_are_cleaned_out(tmp_path: Path):
    found = article(
        tmp_path, '{"title": "T\\ud800\\u0000", "body": "One \\udfff two \\ud83d\\ude00 three.\\u0000"}', "a.json"
    )
    assert found.title == "T"
    assert found.text == "One  two 😀 three."


@pytest.mark.parametrize(
    ("content", "because"),
    [
        ("", "empty"),
        ("  \n ", "blanks"),
        ("[]", "empty list"),
        ('{"articles": []}', "empty list"),
        ("{", "broken JSON"),
        ("[", "never ends"),
        ("null", "nothing"),
        ('"a string"', "a string"),
        ("12", "a number"),
        ('{"title": "T"}', "no text"),
        ('{"title": "T", "body": "  "}', "no text"),
        ("[" * 200_000, "never ends"),
        ('{"a":' * 200_000, "nested too deeply"),
        ("not json at all", "broken JSON"),
    ],
)
def test_a_json_file_without_articles_says_why(tmp_path: Path, content: str, because: str):
    assert because in reason(tmp_path, content, "a.json")


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_an_empty_file_of_lines_says_so(tmp_path: Path, content: str):
    assert "empty file; put articles in it" in reason(tmp_path, content, "a.jsonl")


@pytest.mark.parametrize(
    ("line", "because"),
    [
        (bytes(range(256)).replace(b"\n", b"") * 4, "binary"),
        (b'{"title": ' * 100_000, "nested too deeply"),
        (b'[{"title": "T"}]', "a list, not an object"),
        (b'{"title": "T", "body": true}', "no text in it"),
    ],
)
def test_a_line_that_holds_no_article_says_why(tmp_path: Path, line: bytes, because: str):
    good = lines({"title": "Talks", "body": TEXT}).encode()
    first, bad, last = outcomes(tmp_path, good + line + b"\n" + good, "a.jsonl")
    assert isinstance(bad, Failure)
    assert bad.reason.startswith("line 2: ")
    assert because in bad.reason
    assert (first.text, last.text) == (TEXT, TEXT)


def test_a_database_export_wraps_its_dates(tmp_path: Path):
    for wrapped in ({"$date": "2023-05-03T10:00:00Z"}, {"@value": "2023-05-03"}):
        record = {"title": "Talks", "body": TEXT, "published": wrapped}
        assert article(tmp_path, json.dumps(record), "a.json").published == date(2023, 5, 3)


def test_text_that_begins_like_an_object_is_broken_json(tmp_path: Path):
    assert "broken JSON" in reason(tmp_path, '{"title": "T",\n"body" "B"}', "a.json")


def test_an_entry_too_long_to_hold_ends_its_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("corpus.json_list.DOCUMENT_LIMIT_BYTES", 200_000)
    entries = json.dumps([{"title": "One", "body": TEXT}, {"title": "Long", "body": "x" * 2_000_000}])
    one, long = outcomes(tmp_path, entries, "a.json")
    assert isinstance(one, Article)
    assert "entry 2 is over" in long.reason


def test_a_number_too_long_to_hold_is_a_failure_of_its_line(tmp_path: Path):
    content = (
        '{"title": "A", "body": "B is here.", "n": ' + "9" * 10_000 + "}\n" + lines({"title": "Next", "body": TEXT})
    )
    bad, good = outcomes(tmp_path, content, "a.jsonl")
    assert isinstance(bad, Failure)
    assert isinstance(good, Article)


def test_a_file_that_is_no_json_lines_at_all_is_given_up(tmp_path: Path):
    found = outcomes(tmp_path, "some words\n" * 5000, "a.jsonl")
    assert len(found) == 101
    assert isinstance(found[-1], Failure)
    assert "The rest is not read" in found[-1].reason


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_large_files_are_read_in_constant_memory(tmp_path: Path, name: str):
    record = json.dumps({"title": "Talks", "body": TEXT * 200})
    with (tmp_path / name).open("w") as stream:
        if name == "a.json":
            stream.write("[" + ",\n".join([record] * 600) + "]")
        else:
            stream.writelines(record + "\n" for _ in range(600))
    (file,) = scan(tmp_path).files
    assert file.size > 6_000_000
    next(read_here(file))  # imports are not what is measured
    tracemalloc.start()
    assert sum(isinstance(result, Article) for result in read_here(file)) == 600
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000


def test_a_line_too_long_to_hold_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("corpus.readers.records.DOCUMENT_LIMIT_BYTES", 1000)
    content = lines(
        {"title": "One", "body": TEXT}, {"title": "Long", "body": TEXT * 100}, {"title": "Two", "body": TEXT}
    )
    one, long, two = outcomes(tmp_path, content, "a.jsonl")
    assert isinstance(one, Article)
    assert isinstance(long, Failure)
    assert long.reason.startswith("line 2: over")
    assert isinstance(two, Article)


def test_what_pandas_writes_for_a_missing_value_is_nothing(tmp_path: Path):
    records = [
        {"title": f"Talks {n}", "text": TEXT, "author": float("nan"), "outlet": [float("nan")], "guid": float("nan")}
        for n in range(2)
    ]
    found = outcomes(tmp_path, lines(*records), "a.jsonl")
    assert [(one.title, one.outlet, one.author) for one in found] == [("Talks 0", None, None), ("Talks 1", None, None)]
    assert len({one.id for one in found}) == 2
    for name, source in (("b.json", json.dumps(records)), ("c.json", json.dumps({"articles": records}))):
        assert [(one.title, one.author) for one in outcomes(tmp_path, source, name)] == [
            ("Talks 0", None),
            ("Talks 1", None),
        ]


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity", "9" * 400])
def test_a_number_that_is_none_is_no_text(tmp_path: Path, number: str):
    assert "no text in it" in reason(tmp_path, f'{{"title": "Talks", "text": {number}}}', "a.json")
