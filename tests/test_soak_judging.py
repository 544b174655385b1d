"""The soak's judge finds what is wrong: without this, a soak that finds nothing would say nothing."""

from dataclasses import replace

import pytest

from corpus.article import Article
from tests.fakes import cited_answer
from tests.soak.judging import Question, Span, wrong_with, wrong_with_hits
from tests.soak.shelf import Edition, Shelf

OLD = Article(id="b1", title="The bridge", path="b.md", text="The bridge cost 1000 crowns. It is long.")
NEW = replace(OLD, text="The bridge cost 2000 crowns. It is long.")
STAYS = Article(id="s1", title="The school", path="s.md", text="The school has 70 pupils.")
SPAN = Span(asked=50.0, answered=51.0)


@pytest.fixture
def old():
    return Edition(OLD, "What did it cost?", "1000 crowns", written=10, told=20)


@pytest.fixture
def shelf(old):
    shelf = Shelf()
    for edition in (Edition(STAYS, told=0.0), old):
        shelf.put(edition)
    return shelf


def said(article, quote):
    return cited_answer("What?", [(article, quote)]).to_dict()


WHAT = Question("What?")


def faults(answer, shelf, *, question=WHAT, span=SPAN):
    return wrong_with(question, answer, span, shelf)


def test_a_right_answer_has_no_fault(shelf, old):
    right = said(OLD, "The bridge cost 1000 crowns.")
    assert faults(right, shelf, question=Question("What did it cost?", of=old)) == []
    assert faults(said(STAYS, STAYS.text), shelf, question=Question("How many?", must="s1")) == []


def test_a_quote_that_stands_nowhere_is_found(shelf):
    answer = said(OLD, "It is long.")
    answer["citations"][0]["quote"] = "It is wide."
    assert "stands in no article that was there: 'It is wide.'" in faults(answer, shelf)[0]
    answer = said(OLD, "It is long.")
    answer["citations"][0]["start"] += 1
    assert len(faults(answer, shelf)) == 1


def test_a_sentence_without_its_citation_is_found(shelf):
    answer = said(OLD, "It is long.")
    answer["sentences"][0]["citations"] = [2]
    assert faults(answer, shelf) == ["a sentence without its citation: 'It is long.'"]
    answer["sentences"], answer["citations"] = [], []
    assert faults(answer, shelf) == ["an answer without a sentence or a citation"]


def test_what_was_gone_before_the_question_may_not_be_cited(shelf, old):
    old.ended, old.gone = 30, 40
    assert len(faults(said(OLD, "It is long."), shelf)) == 1
    old.gone = 50.5  # the server told so while it answered
    assert faults(said(OLD, "It is long."), shelf) == []


def test_what_comes_only_after_the_answer_cannot_be_cited(shelf):
    shelf.put(Edition(NEW, written=60))
    assert len(faults(said(NEW, "The bridge cost 2000 crowns."), shelf)) == 1


def test_an_article_that_stays_has_to_be_cited(shelf):
    assert "does not cite the article" in faults(said(OLD, "It is long."), shelf, question=Question("A", must="s1"))[0]


def test_an_article_that_the_server_has_told_of_has_to_be_found(shelf, old):
    question, other = Question("What did it cost?", of=old), said(STAYS, STAYS.text)
    assert "does not find an article" in faults(other, shelf, question=question)[0]
    assert "does not say what the article says now" in faults(said(OLD, "It is long."), shelf, question=question)[0]
    old.told = 50.5  # not before the question was asked
    assert faults(other, shelf, question=question) == []


def test_a_passage_that_stands_nowhere_is_found(shelf):
    hit = {"rank": 1, "article": {"id": "s1"}, "passage": {"start": 0, "end": 25, "text": STAYS.text}}
    assert wrong_with_hits([hit], SPAN, shelf) == []
    hit["passage"]["text"] = "The school has 71 pupils."
    assert len(wrong_with_hits([hit], SPAN, shelf)) == 1
