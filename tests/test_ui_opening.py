from datetime import date

import pytest

from assistant.answer import Answer, Query
from assistant.errors import EmptyQuestion
from corpus.article import Article
from index.errors import IndexMismatch, IndexMissing
from tests.fakes import Closed, Shelf
from tests.page_text import parsed
from ui.opening import filters_html, opening_html
from ui.suggesting import FirstQuestions


class Curious:
    """Answers what it is told it can answer, and suggests the same questions after every title."""

    def __init__(self, shelf, suggestions, answerable):
        self.news_index, self.suggestions, self.answerable = shelf, suggestions, answerable
        self.asked = []

    def ask(self, question):
        self.asked.append(question)
        if question == "…":
            raise EmptyQuestion("Ask with at least one word.")
        kind = "answer" if question in self.answerable else "refusal"
        return Answer(question=question, kind=kind, query=Query(question), text="-", suggestions=self.suggestions)


def shelf(*titles, **fields):
    return Shelf([Article(id=title, title=title, path="p", text="Text.", **fields) for title in titles])


def test_the_opening_says_what_there_is_and_offers_questions():
    articles = [
        Article(
            id="a", title="A", outlet="One", published=date(2024, 1, 5), published_origin="meta", path="p", text="T."
        ),
        Article(
            id="b", title="B", outlet="<Two>", published=date(2024, 3, 1), published_origin="meta", path="p", text="T."
        ),
        Article(id="c", title="C", path="p", text="T."),
    ]
    page = parsed(opening_html(Shelf(articles), ["Who opened it?", "When?", "Where?", "Why?"]))
    assert "3 articles · <Two>; One · 5 January 2024 to 1 March 2024 · 1 undated" in page.text
    assert [value for key, value in page.attributes if key == "data-ask"] == ["Who opened it?", "When?", "Where?"]
    assert page.tags.count("rect") == 2


def test_the_opening_counts_articles_without_listing_them():
    held = shelf("A", "B", outlet="One")
    assert "2 articles · One" in parsed(opening_html(held)).text
    assert held.listed == 0


def test_the_outlets_with_most_articles_are_named_first():
    outlets = ["Daily", "Evening", "Evening", "Herald", "Argus", "Courier", "Courier", "Courier"]
    articles = [Article(id=str(n), title="A", outlet=one, path="p", text="T.") for n, one in enumerate(outlets)]
    assert "8 articles · Courier; Evening; Argus and 2 more" in parsed(opening_html(Shelf(articles))).text


def test_an_outlet_of_a_whole_sentence_is_cut():
    outlet = "News about everything, and all that is said about it, every day anew"
    page = parsed(opening_html(shelf("A", outlet=outlet)))
    assert "News about everything, and all that is…" in page.text
    assert outlet not in page.text


def test_an_opening_without_questions_does_not_offer_any():
    assert "You could ask" not in opening_html(shelf("A"))


@pytest.mark.parametrize("news_index", [Shelf([]), Closed(IndexMissing("No index."))])
def test_where_there_are_no_articles_the_opening_offers_to_add_some(news_index):
    page = parsed(opening_html(news_index))
    assert "There are no articles yet." in page.text
    assert ("data-view", "shelf") in page.attributes
    assert filters_html(news_index) == ""


def test_an_index_that_cannot_be_opened_says_what_to_do():
    assert "Build it with &lt;this&gt;." in opening_html(Closed(IndexMismatch("Build it with <this>.")))


def test_dates_can_be_set_only_where_articles_have_dates():
    assert 'type="date"' not in filters_html(shelf("A", outlet="One"))
    assert 'type="date"' in filters_html(shelf("A", published=date(2024, 1, 1), published_origin="meta"))
    assert '<option value="&quot;One&quot;">' in filters_html(shelf("A", outlet='"One"'))


def test_only_questions_that_are_answered_are_suggested():
    curious = Curious(shelf("A", "B", "…"), ("No?", "Yes?", "Also?"), {"Yes?", "Also?"})
    assert FirstQuestions(curious)() == ("Yes?", "Also?")


def test_no_more_questions_are_looked_for_than_are_shown():
    curious = Curious(shelf(*"ABCDEF"), tuple("12345"), set("12345"))
    assert FirstQuestions(curious)() == ("1", "2", "3")
    assert "D" not in curious.asked
    assert FirstQuestions(Curious(shelf("A", "B"), ("No?",), set()))() == ()


def test_questions_are_looked_for_once_for_each_generation():
    curious = Curious(shelf("A"), ("Yes?",), {"Yes?"})
    first = FirstQuestions(curious)
    first()
    asked = len(curious.asked)
    assert first() == ("Yes?",)
    assert len(curious.asked) == asked


def test_no_index_suggests_nothing():
    curious = Curious(Closed(IndexMissing("No index.")), ("Yes?",), {"Yes?"})
    assert FirstQuestions(curious)() == ()


def test_who_waits_for_an_answer_goes_before_the_first_questions():
    waiting = [True, True, False]
    curious = Curious(shelf("A"), ("Why?",), {"Why?"})

    def busy():
        assert not curious.asked or len(waiting) == 1
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    assert FirstQuestions(curious, busy=busy)() == ("Why?",)
    assert waiting == [False]
