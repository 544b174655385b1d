import logging
import threading

import pytest

from assistant import Assistant
from assistant.answer import Turn
from assistant.errors import EmptyQuestion
from corpus.article import Article
from index.errors import IndexMissing
from tests.fakes import ScriptedAssistant, cited_answer, news_of
from ui import words
from ui.chat import replies
from ui.sent import MOST_TURNS, turns_from
from ui.working import Works

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
    asked = assistant(**{"When?": [ANSWER, longer]})
    asked.hold = threading.Event()
    states = []
    for reply in replies(asked, "When?", turn="t"):
        states.append((reply.state, reply.html.count("data-note")))
        if states[-1] == ("writing", 1):
            asked.hold.set()
    shown = [state for state in states if state != ("writing", 0)]
    assert shown in (
        [("searching", 0), ("writing", 1), ("writing", 2), ("done", 2)],
        [("searching", 0), ("writing", 1), ("done", 2)],
    )


def test_the_stages_are_told_as_they_come():
    news = news_of(("Bridge opens", ARTICLE.text, "The Example", None))
    waiting = threading.Semaphore(0)
    states = []

    class Slow(Assistant):
        """Waits before each stage until the one before it has been shown."""

        def stream(self, question, turns=(), *, watch, **filters):
            def slowly(stage, passages):
                watch(stage, passages)
                if stage != "searching":
                    waiting.acquire(timeout=10)

            return super().stream(question, turns, watch=slowly, **filters)

    for reply in replies(Slow(news), "What did the bridge cost?", turn="t"):
        states.append((reply.state, reply.passages))
        if reply.state in ("reading", "writing", "checking"):
            waiting.release()
    assert [state for state, _ in states][:4] == ["searching", "reading", "writing", "checking"]
    assert states[1] == ("reading", 1)
    assert states[-1][0] == "done"


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


class Panic(BaseException):
    """What a library written in Rust raises where it has a mistake."""


def test_a_panic_ends_the_turn_with_a_line_and_is_logged(caplog):
    works = Works()
    with caplog.at_level(logging.ERROR):
        last = list(replies(assistant(**{"When?": [Panic("<secret>")]}), "When?", turn="t", works=works))[-1]
    assert last.state == "failed"
    assert words.FAILED.split(".")[0] in last.html
    assert isinstance(caplog.records[0].exc_info[1].__cause__, Panic)
    assert not works.any()


def test_leaving_closes_the_assistants_stream():
    asked = assistant(**{"When?": [ANSWER, ANSWER]})
    stream = replies(asked, "When?", turn="t")
    next(stream), next(stream)
    stream.close()
    assert asked.closed.wait(5)


def test_a_question_that_is_given_up_ends_without_a_reply_and_so_does_its_work():
    asked, works = assistant(**{"When?": [ANSWER, ANSWER]}), Works()
    asked.hold = threading.Event()
    stream = replies(asked, "When?", turn="t1", works=works)
    while next(stream).state != "writing":
        continue
    works.give_up("t1")
    assert [reply.state for reply in stream if reply.state in ("done", "failed")] == []
    assert not asked.closed.is_set()  # who waits is free at once, the work ends at its next step
    asked.hold.set()
    assert asked.closed.wait(5)
    assert not works.any()


def test_giving_up_one_turn_leaves_another_be():
    asked, works = assistant(), Works()
    asked.hold = threading.Event()
    stream = replies(asked, "When?", turn="t1", works=works)
    while next(stream).state != "writing":
        continue
    works.give_up("t2")
    asked.hold.set()
    assert [reply.state for reply in stream][-1] == "done"


def test_a_question_given_up_before_its_turn_came_is_never_worked_on():
    asked, works = assistant(), Works()
    works.give_up("t1")
    assert [reply.state for reply in replies(asked, "When?", turn="t1", works=works)] == ["searching"]
    assert asked.asked == []


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
    assert [turn.question for turn in turns] == [f"q{number}" for number in range(100 - MOST_TURNS, 100)]


def test_an_answer_says_how_many_files_it_has_not_seen():
    last = list(replies(assistant(), "When?", turn="t", waiting=lambda: 3))[-1]
    assert "3 changed files are not in this answer yet: an update is on its way." in last.html
    last = list(replies(assistant(), "When?", turn="t", waiting=lambda: 0))[-1]
    assert "not in this answer" not in last.html
