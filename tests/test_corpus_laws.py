"""What holds for every file of any name and any bytes."""

from __future__ import annotations

import json
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article, Failure, FileState, read
from corpus.cleaning import clean, clean_body, one_line
from corpus.dates import NEWEST_YEAR, OLDEST_YEAR
from corpus.paragraphs import unwrap
from corpus.reading import READERS

pytestmark = pytest.mark.slow  # properties of every reader

WORDS = "The minister arrived in Baku on Tuesday. He left on Wednesday, 3 May 2023.\n"
HEADS = [
    b"",
    b"---\ntitle: ",
    b"# ",
    b"<html><body><p>",
    b"<?xml version='1.0'?><rss><channel><item><title>",
    b'{"title": "',
    b'[{"body": "',
    b"%PDF-1.4\n1 0 obj\n",
    b"PK\x03\x04",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    WORDS.encode(),
    b"By ",
    b"By Jane Doe\n",
    b"Source: ",
]
PART = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from([WORDS.encode(), *HEADS, b"\n\n", b"</p>", b'"}', b"]"]),
)
CONTENT = st.builds(lambda head, parts: head + b"".join(parts), st.sampled_from(HEADS), st.lists(PART, max_size=8))


def outcomes(folder: Path, content: bytes, suffix: str) -> list[Article | Failure]:
    path = folder / f"a{suffix}"
    path.write_bytes(content)
    return list(read(FileState(path.name, str(path), len(content), 0, 0)))


def check(result: Article | Failure, path: str) -> None:
    assert result.path == path
    if isinstance(result, Failure):
        assert result.reason.strip()
        assert len(result.reason.splitlines()) == 1
        result.reason.encode("utf-8")
        return
    for value in (result.title, result.outlet, result.author, result.url, result.language, result.text):
        if value is not None:
            assert value == value.strip() != ""
            assert unicodedata.is_normalized("NFC", value)
            value.encode("utf-8")
            assert not any(unicodedata.category(character) == "Cc" and character not in "\n\t" for character in value)
    for value in (result.title, result.outlet, result.author):
        assert value is None or ("\n" not in value and len(value) <= 300)
    assert "\r" not in result.text
    assert "\n\n\n" not in result.text
    assert (result.published is None) == (result.published_origin == "unknown")
    assert result.published is None or OLDEST_YEAR <= result.published.year <= NEWEST_YEAR
    assert result.url is None or result.url.startswith(("http://", "https://"))
    assert len(result.id) == 16
    json.dumps(result.to_dict(), ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("suffix", sorted({reader: suffix for suffix, reader in READERS.items()}.values()))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(content=CONTENT)
def test_no_bytes_break_a_reader(suffix: str, content: bytes):
    with tempfile.TemporaryDirectory() as folder:
        first = outcomes(Path(folder), content, suffix)
        assert first
        for result in first:
            check(result, f"a{suffix}")
        assert outcomes(Path(folder), content, suffix) == first  # nothing depends on chance or on the time


SHAPES = {
    "a.txt": [
        "a" * 300_000 + "-\nb",
        "x" + " " * 300_000 + "y",
        WORDS + "x" + "\xa0" * 20_000 + "y",
        WORDS + "Share\n" * 50_000,
        WORDS + "3 May 2023\n" * 30_000,
        ("The minister of state arrived in Baku on Tuesday evening for\n") * 5_000,
        "By " * 100_000,
    ],
    "a.md": ["[" * 20_000, "*a " * 20_000, "> " * 10_000 + "x", "![a" * 10_000, "![" * 100_000],
    "a.json": [
        '{"title":"a","body":"<pre>x' + " " * 300_000 + 'y</pre>"}',
        '{"title":"a","body":"<p>' + "<" * 300_000 + '"}',
        "[" * 300_000,
    ],
    "a.xml": [
        "<!doctype x " + "[]" * 100_000,
        "<!---->" * 50_000,
        " " * 300_000 + "<x",
        "<rss><channel><item><description>" + "<![CDATA[" * 30_000,
    ],
    "a.html": [
        "<!--" * 80_000,
        "<" * 300_000,
        "<p " + "a=b " * 80_000,
        "<h1>T</h1>" + "<div class=date>x</div>" * 5_000,
    ],
}


@pytest.mark.parametrize(
    ("name", "content"), [(name, content) for name, contents in SHAPES.items() for content in contents]
)
def test_no_shape_of_a_file_keeps_a_reader_for_ever(tmp_path: Path, name: str, content: str):
    for result in outcomes(tmp_path, content.encode(), Path(name).suffix):
        check(result, name)


@given(st.text(st.characters(), max_size=300))
def test_cleaning_twice_is_cleaning_once(text: str):
    assert clean(clean(text)) == clean(text)
    assert clean_body(clean_body(text)) == clean_body(text)


@given(st.text(st.characters(), max_size=500), st.integers(20, 100))
def test_a_line_is_one_line_and_not_too_long(text: str, limit: int):
    line = one_line(text, limit=limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1


@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=80)))
def test_unwrapping_keeps_every_letter_in_order(lines: list[str]):
    def letters(texts: list[str]) -> str:
        return "".join(character for text in texts for character in text if character.isalnum())

    assert letters(unwrap(lines)) == letters(lines)


@pytest.mark.slow
def test_every_messy_file_is_an_article_or_a_named_failure(messy: Path):
    for path in sorted(messy.rglob("*")):
        if path.is_file() and path.suffix.lower() in READERS:
            name = path.relative_to(messy).as_posix()
            found = list(read(FileState(name, str(path), path.stat().st_size, 0, 0)))
            assert found, name
            for result in found:
                check(result, name)
