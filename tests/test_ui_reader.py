from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from tests.page_text import Text, parsed
from tests.strategies import NASTY
from ui import words
from ui.links import ordered, reader_href, spans_from
from ui.reader import reader_html


class Body(Text):
    """The article's text as a browser shows it, and what each lit span shows."""

    def __init__(self):
        super().__init__()
        self.open, self.cites, self.lit, self.ids, self.current = [], [], {}, [], ""

    def handle_starttag(self, tag, attrs):
        super().handle_starttag(tag, attrs)
        fields = dict(attrs)
        self.ids += [fields["id"]] if "id" in fields else []
        self.open.append((tag, fields))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(fields.get("class") == "article-text" for _, fields in self.open):
            return
        super().handle_data(data)
        for tag, fields in self.open:
            if tag == "mark":
                for cite in fields["data-cites"].split():
                    self.lit[int(cite)] = self.lit.get(int(cite), "") + data
                if fields.get("class") == "current":
                    self.current += data


def read(markup):
    body = Body()
    body.feed(markup)
    body.close()
    return body


def article(text, **fields):
    return Article(**{"id": "a1", "title": "A title", "path": "a.txt", "text": text, **fields})


TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("ab<>&\n\r\u202e\u0627")),
    min_size=1,
    max_size=80,
).filter(str.strip)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=6), st.integers(0, 5))
def test_the_article_reads_as_it_is_with_exactly_the_cited_characters_lit(text, spans, which):
    lit = ordered(spans)
    at = lit[which] if which < len(lit) else None
    body = read(reader_html(article(text), spans, at=at))
    assert body.text == text
    # A newline between two paragraphs stands between the marks, not in them.
    expected = {number: text[start:end].replace("\n", "") for number, (start, end) in enumerate(lit)}
    assert body.lit == {number: shown for number, shown in expected.items() if shown}
    assert len(body.ids) == len(set(body.ids))
    assert {f"cite-{number}" for number in body.lit} == set(body.ids)
    assert body.current == (text[at[0] : at[1]].replace("\n", "") if at else "")


def test_two_spans_that_overlap_are_both_lit_whole():
    body = read(reader_html(article("one two three"), [(0, 7), (4, 13)], at=(4, 13)))
    assert body.lit == {0: "one two", 1: "two three"}
    assert body.current == "two three"


def test_a_span_over_two_paragraphs_is_lit_in_both():
    body = read(reader_html(article("First one.\n\nSecond one."), [(6, 18)]))
    assert body.lit == {0: "one.Second"}
    assert body.ids == ["cite-0"]


def test_the_head_says_who_wrote_it_when_and_how_that_is_known():
    shown = reader_html(
        article(
            "Text.",
            outlet="The Example",
            author="A. Writer",
            published=date(2024, 5, 3),
            published_origin="json-ld",
            url="https://example.org/x",
        )
    )
    for fact in ("The Example", "A. Writer", "3 May 2024", "date from the page"):
        assert fact in shown
    assert '<a href="https://example.org/x" target="_blank" rel="noopener noreferrer">' in shown


def test_an_article_without_a_date_is_undated_and_a_hostile_address_is_no_link():
    shown = reader_html(article("Text.", url="javascript:alert(1)"))
    assert "undated" in shown
    assert "javascript" not in shown


@given(NASTY.filter(str.strip), NASTY, NASTY, NASTY)
def test_no_field_of_an_article_becomes_markup(title, outlet, author, url):
    clean = read(reader_html(article("Text.", outlet="o", author="a", url="https://example.org")))
    nasty = read(reader_html(article("Text.", title=title, outlet=outlet, author=author, url=url)))
    assert set(nasty.tags) <= set(clean.tags)
    assert {key for key, _ in nasty.attributes} <= {key for key, _ in clean.attributes}
    assert all(value.startswith(("http://", "https://")) for key, value in nasty.attributes if key.lower() == "href")


def test_an_article_of_one_line_of_a_million_characters_is_shown():
    text = "a<" * 500_000
    assert parsed(reader_html(article(text), [(3, 999_999)])).text.endswith(text)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1))
def test_a_reader_path_carries_its_spans(spans):
    path = reader_href("a/b c", dict.fromkeys(spans, "a"), at=spans[0])
    cite = path.split("cite=")[1].split("&")[0]
    assert path.startswith("/reader/a%2Fb%20c?")
    assert spans_from(cite) == ordered(spans)
    assert path.endswith(f"&at={spans[0][0]}-{spans[0][1]}")


def test_words_that_no_longer_stand_where_they_were_cited_are_not_lit():
    quotes = {(0, 7): "It cost", (8, 10): "31"}
    said = reader_href("a", quotes).split("said=")[1]
    as_it_was = reader_html(article("It cost 31 crowns."), [*quotes], said=said)
    assert read(as_it_was).lit == {0: "It cost", 1: "31"}
    assert words.READER_CHANGED not in as_it_was
    changed = reader_html(article("It cost 13 crowns."), [*quotes], at=(0, 7), said=said)
    assert read(changed).lit == {}
    assert words.READER_CHANGED in changed


def test_what_is_not_a_span_is_left_out():
    assert spans_from("1-2,,x-3,-4,5-,٣-٤,9999999999999-2,7-9") == [(1, 2), (7, 9)]
