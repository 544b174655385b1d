"""The gallery is what the product says today, and every answer in it is one an editor would pass."""

import pytest
from PIL import Image

from assistant import ask
from tests.gallery import PAGE, exhibits, page
from tests.screenshots import SHOWN

pytestmark = pytest.mark.slow  # the real encoder


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    return exhibits(tmp_path_factory.mktemp("gallery") / "index")


def test_the_page_is_what_is_printed_today(shown):
    assert page(shown) == PAGE.read_text("utf-8"), "make gallery, then read docs/gallery.md as a sceptical editor"


@pytest.mark.parametrize(("name", "question"), SHOWN.items())
def test_the_answer_in_a_picture_is_the_one_that_is_given_today(name, question, elsewhere):
    with Image.open(PAGE.parent / "images" / name) as picture:
        assert picture.info.get("Answer") == str(ask(question)), "python -m tests.screenshots docs/images"


def test_every_answer_is_of_the_expected_kind(shown):
    assert [one.question for one in shown if one.answer.kind != one.expect] == []


def test_answers_cite_what_they_must_and_never_what_they_must_not(shown):
    wrong = []
    for one in shown:
        quotes = " ".join(citation.quote for citation in one.answer.citations).casefold()
        told = " ".join([one.answer.text, *(sentence.text for sentence in one.answer.sentences)]).casefold()
        wrong += [f"{one.question}: lacks {words!r}" for words in one.must_cite if words.casefold() not in quotes]
        wrong += [f"{one.question}: says {words!r}" for words in one.must_not if words.casefold() in told]
    assert wrong == []


def test_every_citation_is_verbatim_and_every_sentence_has_one(shown):
    for one in shown:
        if one.answer.kind == "answer":
            assert all(sentence.citations for sentence in one.answer.sentences)
            assert [citation.number for citation in one.answer.citations] == list(
                range(1, len(one.answer.citations) + 1)
            )
            for citation in one.answer.citations:
                passage = citation.passage
                said = passage.text[citation.start - passage.start : citation.end - passage.start]
                assert citation.quote == said, one.question
