"""HTML pages: the body, and what a page states about itself."""

from __future__ import annotations

import json
import textwrap
from datetime import date
from pathlib import Path

import pytest

from corpus.decoding import decode
from corpus.page import declared_encoding, parse_page
from corpus.page_dates import find_page_date
from corpus.provenance import source_comment
from tests.corpus_files import article, reason

SENTENCES = [
    "The foreign minister of Israel arrived in Baku on Tuesday for talks about oil, his office said in a statement.",
    "He met the president in the afternoon, and both sides spoke of a strategic partnership that had grown for years.",
    "Officials who asked not to be named said that the talks had lasted two hours and had been about energy and trade.",
]
BODY = "".join(f"<p>{sentence}</p>\n" for sentence in SENTENCES * 2)


def page(head: str = "", above: str = "", below: str = "", body: str = BODY, html: str = "<html lang='en'>") -> str:
    return (
        f"<!DOCTYPE html>{html}<head><title>Minister visits Baku | Haqqin</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>Minister visits Baku</h1>{above}{body}{below}</article>"
        "<footer>© 2019 Haqqin. All rights reserved.</footer></body></html>"
    )


def linked_data(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def dated(source: str) -> tuple[date | None, str]:
    parsed = parse_page(source)
    assert parsed is not None
    found = find_page_date(parsed)
    return found.day, found.origin


def test_a_page_gives_its_article_and_what_it_states(tmp_path: Path):
    head = (
        "<meta property='og:site_name' content='Haqqin.az'><meta name='author' content='By Jane Doe and John Roe'>"
        "<meta property='article:published_time' content='2023-05-03T10:00:00Z'>"
        "<link rel='canonical' href='https://haqqin.az/news/1'><style>p{color:red}</style>"
    )
    found = article(
        tmp_path, page(head, below="<script>alert('x')</script><div class='comments'>First!</div>"), "a.html"
    )
    assert (found.title, found.outlet, found.author, found.language) == (
        "Minister visits Baku",
        "Haqqin.az",
        "Jane Doe, John Roe",
        "en",
    )
    assert (found.published, found.published_origin) == (date(2023, 5, 3), "meta")
    assert found.url == "https://haqqin.az/news/1"
    assert found.text == "\n".join(SENTENCES * 2)


def test_what_a_page_does_not_state_is_none(tmp_path: Path):
    found = article(tmp_path, page(html="<html>"), "a.htm")
    assert (found.outlet, found.author, found.published, found.url, found.language) == (None, None, None, None, None)


def test_json_ld_speaks_first(tmp_path: Path):
    head = linked_data(
        headline="The minister in Baku", datePublished="2023-05-03",
        author=[{"name": "Jane Doe"}, {"name": "John Roe"}],
        publisher={"name": "Haqqin.az"}, mainEntityOfPage={"@id": "https://haqqin.az/news/1"},
    ) + "<meta name='date' content='2020-01-01'><meta name='author' content='Somebody Else'>"  # fmt: skip
    found = article(tmp_path, page(head), "a.html")
    assert (found.title, found.author, found.outlet) == ("The minister in Baku", "Jane Doe, John Roe", "Haqqin.az")
    assert (found.published, found.published_origin, found.url) == (
        date(2023, 5, 3),
        "json-ld",
        "https://haqqin.az/news/1",
    )


def test_json_ld_names_by_reference_whom_another_of_its_nodes_describes(tmp_path: Path):
    site, writer = "https://haqqin.az/#site", "https://haqqin.az/#jane"
    others = [
        {"@type": "Organization", "@id": site, "name": "Haqqin.az"},
        {"@type": "Person", "@id": writer, "name": "Jane Doe"},
    ]
    head = (
        linked_data(
            headline="The minister in Baku", author=[{"@id": writer}, {"name": "John Roe"}], publisher={"@id": site}
        )
        + f'<script type="application/ld+json">{json.dumps({"@graph": others})}</script>'
    )
    found = article(tmp_path, page(head), "a.html")
    assert (found.author, found.outlet) == ("Jane Doe, John Roe", "Haqqin.az")


def test_a_figure_of_a_table_stays_in_its_column_behind_an_empty_cell(tmp_path: Path):
    rows = (("Party", "2019", "2023"), ("Centre", "34", "34"), ("Left", "", "12"))
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    table = "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    text = article(tmp_path, page(body=BODY + table + BODY), "a.html").text
    assert [line for line in text.split("\n") if "|" in line] == [
        "Party | 2019 | 2023",
        "Centre | 34 | 34",
        "Left | | 12",
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[[[[" * 50_000,
        '{"@type": "NewsArticle", "author": [[[]]], "headline": {}}',
        "null",
        '"x"',
        '"' + "x" * 2_000_001 + '"',
        "[" + "[]," * 3_000 + '{"@type": "NewsArticle", "headline": "Another"}]',
    ],
)
def test_broken_json_ld_is_no_reason_to_stop(tmp_path: Path, broken: str):
    found = article(tmp_path, page(f'<script type="application/ld+json">{broken}</script>'), "a.html")
    assert found.title == "Minister visits Baku"


@pytest.mark.parametrize(
    ("where", "origin"),
    [
        ("<meta name='OriginalPublicationDate' content='2023-05-03'>", "meta"),
        ("<meta property='rnews:datePublished' content='2023-05-03T11:53:04+00:00'>", "meta"),
        ("<meta itemprop='datePublished' content='2023-05-03'>", "meta"),
        ("<meta name='dc.date.issued' content='2023-05-03'>", "meta"),
        ("<meta name='sailthru.date' content='Wed, 03 May 2023 10:00:00 +0000'>", "meta"),
        ("""<meta name="parsely-page" content='{"pub_date": "2023-05-03T16:00:00+04:00"}'>""", "meta"),
        ("<meta name='some-date-tag' value='2023-05-03'>", "meta"),
        (linked_data(datePublished=1683108000), "json-ld"),
        (linked_data(datePublished=1683108000000), "json-ld"),
        (
            linked_data(**{"@type": "WebSite", "@graph": [{"@type": ["Article"], "datePublished": "2023-05-03"}]}),
            "json-ld",
        ),
        (linked_data(dateCreated="2023-05-03"), "json-ld"),
        (
            "<meta name='parsely-page' content='{broken'><meta name='parsely-page' content='[]'>"
            "<meta name='some-date-tag' content='2023-05-03'>",
            "meta",
        ),
        ("<meta property='og:url' content='https://example.com/2023/05/03/baku.html'>", "file-name"),
    ],
)
def test_dates_in_the_head_are_read(where: str, origin: str):
    assert dated(page(where)) == (date(2023, 5, 3), origin)


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("<time datetime='2023-05-03T10:00'>yesterday</time>", "meta"),
        ("<span itemprop='datePublished'>3 May 2023</span>", "meta"),
        ("<span itemprop='datePublished'>soon</span><time class='published'>3 May 2023</time>", "meta"),
        ("<div class='pubdate'> 2023-05-03T16:00:00+04:00 </div>", "byline"),
        ("<p class='meta-date'>Published: May 3, 2023 | Updated: May 5, 2023</p>".replace("meta-date", "x"), "byline"),
        ("<p>By Jane Doe</p><p>Wednesday, 3 May 2023, 10:15</p>", "byline"),
    ],
)
def test_dates_under_the_headline_are_read(line: str, origin: str):
    assert dated(page(above=line)) == (date(2023, 5, 3), origin)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<p>The war began on 27 September 2020 and ended on 10 November 2020, officials say.</p>",
        "<p class='updated'>Updated: 3 May 2023</p>",
        "<meta property='article:modified_time' content='2023-05-03'>",
        "<aside><time datetime='2023-05-03'>Another story</time></aside>",
        "<ul><li><time datetime='2023-05-03'>A</time></li><li><time datetime='2023-05-04'>B</time></li></ul>",
        f"<p>{' '.join(SENTENCES)}</p><p class='pubdate'>3 May 2023</p><p class='pubdate'>4 May 2023</p>",
        "<p>Copyright 3 May 2023</p>",
        "<meta property='article:published_time' content='9999-12-31'>",
        "<meta property='article:published_time' content='03/04/2023'>",
    ],
)
def test_other_dates_leave_the_publication_unknown(elsewhere: str):
    assert dated(page(below=elsewhere)) == (None, "unknown")


def test_the_clock_in_the_head_of_a_page_is_not_its_date():
    source = page().replace("<nav>", "<div id='date-box'>Mon, 25 Dec 2023</div><nav>")
    assert dated(source) == (None, "unknown")


def test_an_american_page_says_which_number_is_the_month():
    meta = "<meta property='article:published_time' content='03/04/2023'>"
    assert dated(page(meta, html="<html lang='en-US'>"))[0] == date(2023, 3, 4)
    assert dated(page(meta, html="<html lang='en-GB'>"))[0] == date(2023, 4, 3)


@pytest.mark.parametrize(
    ("title", "site", "shown"),
    [
        ("Minister visits Baku | CNN Politics", "CNN", "Minister visits Baku"),
        ("Minister visits Baku - The Guardian", "The Guardian", "Minister visits Baku"),
        ("Haqqin.az: Minister visits Baku", "Haqqin.az", "Haqqin.az: Minister visits Baku"),
        ("Minister visits Baku -- Puppet Masters -- Sott.net", "Sott.net", "Minister visits Baku -- Puppet Masters"),
        ("Israel - Iran talks", "CNN", "Israel - Iran talks"),
        ("Time - a history", "Time", "a history"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(tmp_path: Path, title: str, site: str, shown: str):
    head = f"<meta property='og:title' content='{title}'><meta property='og:site_name' content='{site}'>"
    source = (
        page(head)
        .replace("<h1>Minister visits Baku</h1>", "")
        .replace("<title>Minister visits Baku | Haqqin</title>", "")
    )
    assert article(tmp_path, source, "a.html").title == shown


def test_a_title_run_together_with_the_name_of_the_site_loses_it(tmp_path: Path):
    source = page("<meta property='og:title' content='Minister visits BakuHaqqin'>")
    assert article(tmp_path, source, "a.html").title == "Minister visits Baku"


def test_a_page_without_a_title_is_called_by_its_first_words(tmp_path: Path):
    source = page().replace("<h1>Minister visits Baku</h1>", "")
    found = article(tmp_path, source.replace("<title>Minister visits Baku | Haqqin</title>", ""), "a.html")
    assert found.title == "The foreign minister of Israel arrived in Baku on Tuesday for talks…"
    assert found.published is None


@pytest.mark.parametrize("name", ["@haqqin", "https://haqqin.az/jane", "Admin", "Staff", "7"])
def test_what_names_no_writer_is_no_author(tmp_path: Path, name: str):
    assert article(tmp_path, page(f"<meta name='author' content='{name}'>"), "a.html").author is None


def test_the_writer_that_stands_under_the_headline_is_the_author(tmp_path: Path):
    line = "<p class='byline'>By <a rel='author' class='author' href='/jane'>Jane Doe</a></p>"
    assert article(tmp_path, page(above=line), "a.html").author == "Jane Doe"


def test_lines_broken_to_fit_a_page_become_paragraphs(tmp_path: Path):
    broken = textwrap.fill(" ".join(SENTENCES * 2), 72)
    text = article(tmp_path, page(body=f"<pre>{broken}</pre>"), "a.html").text
    assert text == " ".join(SENTENCES * 2)


@pytest.mark.parametrize(
    "source",
    [
        "<html></html>",
        "<html><head><meta http-equiv='refresh' content='0; url=https://example.com'></head><body></body></html>",
        "<html><body><div id='root'></div><script>render()</script></body></html>",
        "<!-- nothing -->",
        "just a word",
        page("<link rel='canonical' href='https://haqqin.az/'><meta property='og:site_name' content='Haqqin.az'>"),
    ],
)
def test_a_page_without_an_article_says_so(tmp_path: Path, source: str):
    assert "no article body" in reason(tmp_path, source, "a.html")


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("windows-1251", "Министр иностранных дел прибыл в Баку во вторник."),
        ("gb2312", "香港行政长官就其大宅的违章建筑问题到立法会接受质询。"),
        ("shift_jis", "関係者は月曜日に東京で会談した。"),
        ("iso-8859-1", "Le ministre est arrivé à Bakou – « un succès »."),
        ("iso-2022-jp", "関係者は月曜日に東京で会談した。"),
    ],
)
def test_the_encoding_a_page_names_is_used(tmp_path: Path, charset: str, words: str):
    source = page(f"<meta charset='{charset}'>", body=f"<p>{words * 6}</p>" * 4)
    codec = {"iso-8859-1": "cp1252", "gb2312": "gb18030"}.get(charset, charset)
    assert words in article(tmp_path, source.encode(codec, "ignore"), "a.html").text


@pytest.mark.parametrize("charset", ["utf-7", "rot13", "zip", "unicode_escape", "idna", "nonsense", "utf-8"])
def test_an_encoding_that_is_none_is_not_obeyed(charset: str):
    assert decode("Café – “Baku”".encode(), declared=charset) == "Café – “Baku”"
    assert decode("Café in the middle of Baku".encode("cp1252"), declared=charset) == "Café in the middle of Baku"


def test_bytes_decide_where_the_declared_encoding_is_wrong():
    russian = "Министр иностранных дел прибыл в Баку во вторник, сообщила его канцелярия. " * 3
    assert decode(russian.encode("cp1251"), declared="euc-jp") == russian


def test_a_fetched_page_keeps_its_address_and_encoding(tmp_path: Path):
    words = "Министр иностранных дел прибыл в Баку во вторник. "
    comment = source_comment("https://example.com/a--b?c=<d>", charset="windows-1251")
    assert comment.count("--") == 2
    data = comment.encode() + page(body=f"<p>{words * 6}</p>" * 3).encode("cp1251")
    assert declared_encoding(data) == "windows-1251"
    found = article(tmp_path, data, "a.html")
    assert found.url == "https://example.com/a%2D%2Db?c=%3Cd%3E"
    assert words.strip() in found.text


def test_a_fetched_page_cannot_claim_the_address_of_another_site(tmp_path: Path):
    for canonical, url in (
        ("https://reuters.example/world/1", "https://evil.example/page"),
        ("https://evil.example/world/1", "https://evil.example/world/1"),
        ("https://www.evil.example/world/2", "https://www.evil.example/world/2"),
        ("/world/3", "https://evil.example/world/3"),
    ):
        source = source_comment("https://evil.example/page", charset=None) + page(
            f"<link rel='canonical' href='{canonical}'>"
        )
        assert article(tmp_path, source, "a.html").url == url


def test_a_page_nested_beyond_reason_is_a_failure_not_a_crash(tmp_path: Path):
    assert "no article body" in reason(tmp_path, page(body="<div>" * 30_000 + BODY + "</div>" * 30_000), "a.html")


def test_a_page_of_more_elements_than_any_article_has_is_refused(tmp_path: Path):
    assert "70,0" in reason(tmp_path, page(body="<p>a<b>b</b></p>" * 35_000), "a.html")


def test_a_page_over_the_limit_is_refused_by_size(tmp_path: Path):
    assert "20 MB" in reason(tmp_path, b"<html>" + b" " * 20_000_001, "a.html")


def test_the_dates_of_the_goose_pages_are_right(messy: Path):
    for facts in sorted((messy / "goose3_publishdate").glob("*.json")):
        expected = json.loads(facts.read_text("utf-8"))["expected"]["publish_date"][:10]
        day, _ = dated(facts.with_suffix(".html").read_text("utf-8"))
        assert day == date.fromisoformat(expected), facts.name


def test_real_pages_keep_their_words_and_lose_their_furniture(tmp_path: Path, messy: Path):
    source = (messy / "newspaper4k" / "cnn_test_nlp.html").read_bytes()
    found = article(tmp_path, source, "a.html")
    assert (found.outlet, found.author, found.published) == ("CNN", "Eric Bradner", date(2016, 12, 18))
    assert found.text.startswith("Former Defense Secretary Robert Gates on Sunday defended")
    assert found.text.endswith("I think it’s a false narrative.”")


@pytest.mark.parametrize("address", ["//[bad/x", "https://[bad/x#part", "http://[::1"])
def test_an_address_that_can_be_none_does_not_cost_the_page(tmp_path: Path, address: str):
    head = f"<link rel=canonical href='{address}'><meta property='og:url' content='https://haqqin.az/news/1'>"
    assert article(tmp_path, page(head), "a.html").url == "https://haqqin.az/news/1"
    fetched = source_comment("https://haqqin.az/news/2", charset=None) + page(f"<link rel=canonical href='{address}'>")
    assert article(tmp_path, fetched, "b.html").url == "https://haqqin.az/news/2"
