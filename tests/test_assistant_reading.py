"""The first sentences read together with the question, and what becomes of the others."""

import math

import pytest

from assistant.answer import Query
from assistant.given import GivenPassages
from assistant.inquiry import DEPTH, DEPTH_OF_FEW, Inquiry, deep, looked_up
from assistant.reading import FEW, NOTHING, READ, READ_OF_FEW, any_answers, most_read, odds
from corpus.article import Article
from tests.fakes import ScriptedReader

BRIDGE = [f"The bridge of Vell has {number} lamps on its north side." for number in range(11, 25)]
QUESTION = "How many lamps has the bridge of Vell?"


def read(
    reader: ScriptedReader, text: str = " ".join(BRIDGE), question: str = QUESTION, *, given: bool = False
) -> Inquiry:
    library = GivenPassages([Article(id="a", title="Lamps", path="a.txt", text=text)], reader=reader)
    return looked_up(Query(question), library, library.coverage(), given=given)


def test_the_sentence_that_is_read_to_answer_comes_first() -> None:
    plain = read(ScriptedReader({})).scored
    wanted = plain[3].unit.text
    assert read(ScriptedReader({wanted: 6.0})).scored[0].unit.text == wanted


def test_more_are_read_where_there_are_few_passages() -> None:
    assert most_read(FEW) == READ_OF_FEW
    assert most_read(FEW + 1) == READ < READ_OF_FEW


def test_evidence_is_looked_for_behind_the_passages_that_an_answer_names_where_there_are_few() -> None:
    articles = [Article(id=str(at), title="Lamps", path=f"{at}.txt", text=text) for at, text in enumerate(BRIDGE)]
    library = GivenPassages(articles, reader=ScriptedReader({}))
    found = looked_up(Query(QUESTION), library, library.coverage())
    assert len(found.hits) == DEPTH < len({item.unit.article.id for item in found.scored})
    assert deep(FEW) == DEPTH_OF_FEW
    assert deep(FEW + 1) == DEPTH


def test_only_the_first_are_read_and_the_others_stay_behind_them() -> None:
    reader = ScriptedReader({})
    scored = read(reader).scored
    ((question, excerpts),) = reader.asked
    assert question == QUESTION
    assert len(excerpts) == READ_OF_FEW
    most = [item.reading is not None for item in scored].index(False)
    assert most == READ_OF_FEW
    assert all(item.reading is None for item in scored[most:])
    assert odds(scored[-1]) == NOTHING
    assert all(one.score >= other.score - 1e-9 for one, other in zip(scored[most - 1 :], scored[most:], strict=False))


def test_of_texts_that_come_with_the_question_fewer_are_read() -> None:
    reader = ScriptedReader({})
    read(reader, given=True)
    ((_, excerpts),) = reader.asked
    assert len(excerpts) == READ


def test_a_sentence_is_read_under_its_headline_and_behind_the_one_it_leans_on() -> None:
    reader = ScriptedReader({})
    read(reader, "Edda Lund opened the bridge of Vell. She lit its ninety lamps.", "Who lit the lamps?")
    ((_, excerpts),) = reader.asked
    before = {one.text: one.before for one in excerpts}
    assert before == {
        "Edda Lund opened the bridge of Vell.": "",
        "She lit its ninety lamps.": "Edda Lund opened the bridge of Vell.",
    }
    assert {one.title for one in excerpts} == {"Lamps"}


def test_odds_of_any_are_the_sum_of_the_odds_of_each() -> None:
    scored = read(ScriptedReader(dict.fromkeys(BRIDGE, math.log(2.0)))).scored
    assert any_answers(scored) == pytest.approx(math.log(2.0 * READ_OF_FEW))
    assert any_answers([]) == NOTHING
