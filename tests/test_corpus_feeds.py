"""Feeds: an article an entry, right in any encoding, and clear words where there is none."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from corpus import Article, Failure, article_id, read, scan
from tests.corpus_files import article, outcomes, reason

TEXT = "The minister arrived in Baku on Tuesday, his office said."


def item(**fields: str) -> str:
    stated = {"title": "Talks", "link": "https://example.com/1", "description": TEXT, **fields}
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in stated.items() if value) + "</item>"


def rss(*items: str, head: str = "<?xml version='1.0' encoding='utf-8'?>") -> str:
    return (
        f'{head}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Haqqin.az</title>'
        f"<link>https://haqqin.az</link><language>en-us</language>{''.join(items)}</channel></rss>"
    )


ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Haqqin.az</title><updated>2024-01-01T00:00:00Z</updated>
<entry><title type="html">Talks &amp;amp; oil</title><link href="https://example.com/1"/><id>urn:1</id>
<published>2023-05-03T23:30:00+04:00</published><updated>2024-01-01T00:00:00Z</updated>
<author><name>Jane Doe</name></author><author><name>John Roe</name></author>
<summary>Short.</summary>
<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</content></entry>
<entry><title>Only updated</title><id>urn:2</id><updated>2023-05-03T00:00:00Z</updated>
<summary>{TEXT}</summary></entry></feed>"""


def test_an_entry_of_rss_is_an_article(tmp_path: Path):
    entry = item(pubDate="Wed, 03 May 2023 23:30:00 +0400", guid="tag:7", **{"dc:creator": "Jane Doe"})
    found = article(tmp_path, rss(entry), "a.rss")
    assert (found.title, found.text, found.outlet, found.author) == ("Talks", TEXT, "Haqqin.az", "Jane Doe")
    assert (found.published, found.published_origin) == (date(2023, 5, 3), "feed")
    assert (found.url, found.language, found.path) == ("https://example.com/1", "en", "a.rss")


def test_an_entry_of_atom_is_an_article_and_an_update_no_publication(tmp_path: Path):
    first, second = outcomes(tmp_path, ATOM, "a.atom")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.text, first.author) == ("Talks & oil", TEXT, "Jane Doe, John Roe")
    assert (first.published, first.published_origin, first.outlet) == (date(2023, 5, 3), "feed", "Haqqin.az")
    assert (second.published, second.published_origin) == (None, "unknown")


def test_rdf_and_its_dublin_core_dates_are_read(tmp_path: Path):
    source = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Haqqin.az</title></channel>'
        f"{item(**{'dc:date': '2023-05-03T10:00:00Z'})}</rdf:RDF>"
    )
    assert article(tmp_path, source, "a.rdf").published == date(2023, 5, 3)


def test_a_json_feed_is_read_with_its_title_as_outlet(tmp_path: Path):
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Haqqin.az",
        "items": [
            {
                "id": "7",
                "title": "Talks",
                "content_html": f"<p>{TEXT}</p>",
                "date_published": "2023-05-03T10:00:00Z",
                "authors": [{"name": "Jane Doe"}],
            }
        ],
    }
    found = article(tmp_path, json.dumps(feed), "feed.json")
    assert (found.title, found.text, found.outlet, found.author) == ("Talks", TEXT, "Haqqin.az", "Jane Doe")
    assert (found.published, found.published_origin, found.id) == (
        date(2023, 5, 3),
        "feed",
        article_id(path="feed.json", entry="7"),
    )


@pytest.mark.parametrize(
    "stated", ["news@port.example (Jane Doe)", "Jane Doe", "By Jane Doe", "Jane Doe &lt;jane@port.media&gt;"]
)
def test_the_author_of_an_entry_is_the_name_without_its_address(tmp_path: Path, stated: str):
    assert article(tmp_path, rss(item(author=stated)), "a.rss").author == "Jane Doe"


def test_an_entry_without_an_author_has_the_one_that_its_feed_states_for_all(tmp_path: Path):
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Port Daily",
        "language": "en-GB",
        "authors": [{"name": "Ada Moss"}],
        "items": [
            {"id": "1", "content_text": TEXT},
            {"id": "2", "content_text": TEXT, "authors": [{"name": "Jane Doe"}]},
        ],
    }
    own, other = outcomes(tmp_path, json.dumps(feed), "a.json")
    assert isinstance(own, Article)
    assert isinstance(other, Article)
    assert (own.author, own.language, other.author) == ("Ada Moss", "en", "Jane Doe")
    atom = ATOM.replace("<updated>", "<author><name>Ada Moss</name></author><updated>", 1)
    assert [one.author for one in outcomes(tmp_path, atom, "a.atom") if isinstance(one, Article)] == [
        "Jane Doe, John Roe",
        "Ada Moss",
    ]


def test_entries_are_told_apart_by_link_then_guid_then_content(tmp_path: Path):
    entries = [item(), item(link="", guid="tag:1"), item(link="", title="A"), item(link="", title="B")]
    ids = [found.id for found in outcomes(tmp_path, rss(*entries), "a.xml") if isinstance(found, Article)]
    assert len(set(ids)) == 4
    assert ids[0] == article_id(url="https://example.com/1", path="x")
    assert ids[1] == article_id(path="a.xml", entry="tag:1")
    again = [found.id for found in outcomes(tmp_path, rss(*reversed(entries)), "a.xml") if isinstance(found, Article)]
    assert again == ids[::-1]


def test_a_picture_that_all_entries_bring_is_the_address_of_none(tmp_path: Path):
    logo = '<guid isPermaLink="false">{}</guid><enclosure url="https://example.com/logo.png" type="image/png"/></item>'
    entries = [item(link="", title=name).replace("</item>", logo.format(name)) for name in ("A", "B")]
    found = [one for one in outcomes(tmp_path, rss(*entries), "a.xml") if isinstance(one, Article)]
    assert [(one.url, one.id) for one in found] == [(None, article_id(path="a.xml", entry=name)) for name in ("A", "B")]


def test_the_full_text_wins_over_the_summary_and_mark_up_goes(tmp_path: Path):
    active = "<style>p{}</style><script>alert(1)</script><img src=x onerror=alert(1)>"
    content = f"<![CDATA[<h2>Why</h2><p onclick='x()'>{TEXT}</p>{active}]]>"
    found = article(
        tmp_path, rss(item(**{"content:encoded": content}, description="Short &lt;b&gt;one&lt;/b&gt;")), "a.rss"
    )
    assert found.text == f"Why\n\n{TEXT}"


def test_the_pictures_and_menus_of_a_wordpress_export_are_no_articles(tmp_path: Path):
    kinds = ("post", "attachment", "nav_menu_item", "wp_global_styles", "page")
    items = [item(link=f"https://port.example/{kind}", **{"wp:post_type": kind}) for kind in kinds]
    source = rss(*items).replace("<rss ", '<rss xmlns:wp="http://wordpress.org/export/1.2/" ', 1)
    assert [one.url for one in outcomes(tmp_path, source, "a.xml") if isinstance(one, Article)] == [
        "https://port.example/post",
        "https://port.example/page",
    ]


def test_empty_lines_part_paragraphs_where_no_mark_up_does(tmp_path: Path):
    content = f"<![CDATA[{TEXT}\n\n<h2>Oil</h2>\nIt was <em>the\nfirst</em> visit.\n\n<a href='/x'>He</a> left.]]>"
    found = article(tmp_path, rss(item(**{"content:encoded": content})), "a.rss")
    assert found.text.split("\n\n") == [TEXT, "Oil", "It was the first visit.", "He left."]


def test_a_table_or_a_quotation_in_a_figure_is_text_and_a_picture_with_its_caption_is_not(tmp_path: Path):
    table = "<figure><table><tr><td>2015</td><td>180</td></tr></table><figcaption>What it cost</figcaption></figure>"
    quote = "<figure><blockquote><p>Nobody believed us.</p></blockquote></figure>"
    picture = "<figure><img src='x'><figcaption>At dawn. Photo: J. Ray</figcaption></figure>"
    content = f"<![CDATA[<p>{TEXT}</p>{table}{picture}{quote}<p>He left.</p>]]>"
    found = article(tmp_path, rss(item(**{"content:encoded": content})), "a.rss")
    assert found.text.split("\n\n") == [TEXT, "2015 180", "What it cost", "Nobody believed us.", "He left."]


def test_an_entry_without_text_is_a_failure_and_the_others_go_on(tmp_path: Path):
    bad, good = outcomes(tmp_path, rss(item(description=""), item()), "a.rss")
    assert isinstance(bad, Failure)
    assert bad.reason.startswith("entry 1: no text")
    assert isinstance(good, Article)


@pytest.mark.parametrize(
    ("encoding", "declared", "words"),
    [
        ("utf-8", "utf-8", "Şəhərdə görüş keçirilib."),
        ("utf-8", "iso-8859-1", "Şəhərdə görüş keçirilib."),
        ("cp1251", "windows-1251", "Министр прибыл в Баку."),
        ("cp1252", "iso-8859-1", "Le ministre – « arrivé » à Bakou."),
        ("utf-16", "utf-16", "Şəhərdə görüş keçirilib."),
        ("utf-16-le", "utf-16", "Şəhərdə görüş keçirilib."),
        ("utf-32-be", "utf-32", "Görüş keçirilib."),
        ("gb18030", "gb2312", "香港行政长官接受质询。"),
        ("euc_kr", "euc-kr", "장관이 바쿠에 도착했다."),
        ("koi8_r", "koi8-r", "Министр прибыл в Баку."),
        ("utf-8-sig", "bogus", "Görüş keçirilib."),
    ],
)
def test_encodings_come_out_right(tmp_path: Path, encoding: str, declared: str, words: str):
    source = rss(item(description=words), head=f"<?xml version='1.0' encoding='{declared}'?>")
    assert article(tmp_path, source.encode(encoding), "a.xml").text == words


def test_a_broken_feed_gives_what_can_be_read_and_says_that_it_is_broken(tmp_path: Path):
    found = outcomes(tmp_path, rss(item(), item(title="B", link="https://example.com/2"))[:-16], "a.rss")
    assert [result.title for result in found if isinstance(result, Article)] == ["Talks", "B"]
    assert isinstance(found[-1], Failure)
    assert "may not be all" in found[-1].reason


@pytest.mark.parametrize("reference", ["&#99999999999999999999;", "&#xd800;", "&#x110000", "&#0;"])
def test_a_character_that_there_is_not_does_not_break_a_feed(tmp_path: Path, reference: str):
    feed = f"<rss><channel><item><title>T</title><description>The words {reference} here &#233;.</description><b>"
    first, *_ = outcomes(tmp_path, feed, "a.xml")
    assert isinstance(first, Article)
    assert first.text == "The words \ufffd here é."


def test_a_feed_that_its_parser_stumbles_over_is_broken(tmp_path: Path):
    assert "a broken feed (KeyError: 'where')" in reason(tmp_path, "<rss><gml:pos>1 2</gml:pos>", "a.xml")


def test_a_stray_entity_does_not_break_a_feed(tmp_path: Path):
    assert article(tmp_path, rss(item(description="Prices &nbsp;rose & fell&hellip;")), "a.rss").text.startswith(
        "Prices"
    )


@pytest.mark.parametrize(
    ("source", "because"),
    [
        ("<opml><body><outline xmlUrl='https://example.com/rss'/></body></opml>", "list of feeds"),
        ("<?xml version='1.0'?><!-- c --><urlset><url/></urlset>", "site map"),
        ("<sitemapindex/>", "site maps"),
        ("<!DOCTYPE html><html><body>x</body></html>", "web page"),
        ("<note><to>Jane</to></note>", "<note>"),
        ("no mark-up at all", "no XML"),
        ("<rss/>", "without entries"),
        ("<rss><channel>", "broken"),
        ("", "empty"),
        ("<!-- never closed", "no XML"),
    ],
)
def test_xml_without_articles_is_named_for_what_it_is(tmp_path: Path, source: str, because: str):
    assert because in reason(tmp_path, source, "a.xml")


def test_entities_are_neither_multiplied_nor_fetched(tmp_path: Path):
    lines = [
        "<!ENTITY a0 'lol'>",
        *(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)),
        "<!ENTITY f SYSTEM 'file:///etc/passwd'>",
    ]
    source = rss(item(description=f"{TEXT} &a11; &f;"), head=f"<?xml version='1.0'?><!DOCTYPE rss [{''.join(lines)}]>")
    for found in outcomes(tmp_path, source, "a.rss"):
        assert "root:" not in str(found)
        assert len(str(found)) < 2000


@pytest.mark.slow
def test_a_feed_of_ten_thousand_entries_is_read_to_the_end(tmp_path: Path):
    entries = [item(title=f"Talks {number}", link=f"https://example.com/{number}") for number in range(10_000)]
    found = outcomes(tmp_path, rss(*entries), "a.rss")
    assert len({result.id for result in found if isinstance(result, Article)}) == 10_000


def test_nothing_active_comes_out_of_hostile_feeds(messy: Path):
    for file in scan(messy / "feeds" / "sanitize").files:
        for found in read(file):
            if isinstance(found, Article):
                shown = f"{found.title}\n{found.text}".lower()
                assert not any(
                    sign in shown for sign in ("<script", "javascript:", "onclick", "onerror", "alert(", "expression(")
                ), file.path


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("eucjp", "ゲーム三昧な正月"),
        ("euckr", "EUC-KR 에서 TypeKey 한글닉네임 표시하기"),
        ("koi8r", "Как пережить новогоднюю ночь"),
    ],
)
def test_ill_formed_feeds_in_legacy_encodings_come_out_right(messy: Path, name: str, title: str):
    files = {file.path: file for file in scan(messy / "feeds" / "illformed" / "chardet").files}
    first = next(read(files[f"{name}.xml"]))
    assert isinstance(first, Article)
    assert first.title == title
