import logging

import pytest

from assistant.answer import Turn
from assistant.errors import EmptyQuestion
from corpus.article import Article
from index.errors import IndexMissing
from tests.fakes import ScriptedAssistant, cited_answer
from ui import words
from ui.chat import REMEMBERED_TURNS, replies, turns_from

ARTICLE = Article(id="one", title="Bridge opens", path="1", text="It opened in May. It cost 210 million kroner.")
ANSWER = cited_answer("When?", [(ARTICLE, "It opened in May.")])


def assistant(**answers):
    return ScriptedAssistant([ARTICLE], {"When?": ANSWER, **answers})


def test_the_last_reply_is_the_whole_answer_with_its_markdown():
    first, *_, last = replies(assistant(), "When?", turn="t1")
    assert (first.state, first.html) == ("searching", "")
    assert (last.turn, last.state, last.kind, last.text) == ("t1", "done", "answer", ANSWER.text)
    assert "It opened in May." in last.html
    assert last.markdown.endswith("*Bridge opens*, undated.\n")


def test_each_answer_of_a_stream_replaces_the_one_before():
    longer = cited_answer("When?", [(ARTICLE, "It opened in May."), (ARTICLE, "It cost 210 million kroner.")])
    states = [
        (reply.state, reply.html.count("data-note"))
        for reply in replies(assistant(**{"When?": [ANSWER, longer]}), "When?", turn="t")
    ]
    assert states == [("searching", 0), ("writing", 1), ("writing", 2), ("done", 2)]


def test_earlier_turns_reach_the_assistant_and_number_the_export():
    asked = assistant()
    last = list(replies(asked, "When?", turn="t", past=[{"question": "What?", "text": "A bridge. [1]"}]))[-1]
    assert asked.asked[0][1] == (Turn("What?", "A bridge. [1]"),)
    assert "[^2-1]" in last.markdown


@pytest.mark.parametrize("error", [EmptyQuestion("Ask with at least one word."), IndexMissing("No index. Build one.")])
def test_an_error_that_says_what_to_do_is_shown(error):
    last = list(replies(assistant(**{"When?": error}), "When?", turn="t"))[-1]
    assert last.state == "failed"
    assert str(error) in last.html


@pytest.mark.parametrize("script", [ValueError("<secret>"), [ANSWER, MemoryError("<secret>")], []])
def test_any_other_error_is_logged_and_a_line_says_so(script, caplog):
    with caplog.at_level(logging.ERROR):
        last = list(replies(assistant(**{"When?": script}), "When?", turn="t"))[-1]
    assert last.state == "failed"
    assert words.FAILED.split(".")[0] in last.html
    assert "secret" not in last.html
    assert caplog.records[0].exc_info


def test_stopping_closes_the_assistants_stream():
    asked = assistant(**{"When?": [ANSWER, ANSWER]})
    stream = replies(asked, "When?", turn="t")
    next(stream), next(stream)
    stream.close()
    assert asked.closed.is_set()


@pytest.mark.parametrize(
    "past", [None, "x", 3, [None, 1, "x", {"question": 1, "text": "x"}, {"question": " ", "text": ""}]]
)
def test_turns_of_another_shape_are_left_out(past):
    assert turns_from(past) == ()


def test_footnotes_of_a_long_conversation_keep_numbers_of_their_own():
    past = [{"question": f"q{number}", "text": "-"} for number in range(60)]
    assert "[^61-1]" in list(replies(assistant(), "When?", turn="t", past=past))[-1].markdown


def test_only_the_last_turns_are_remembered():
    turns = turns_from([{"question": f"q{number}", "text": ""} for number in range(100)])
    assert [turn.question for turn in turns] == [f"q{number}" for number in range(100 - REMEMBERED_TURNS, 100)]
