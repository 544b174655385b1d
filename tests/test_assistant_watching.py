"""Who waits for an answer is told what is being done, and can end it there."""

import pytest

from assistant import Assistant, Turn
from tests.fakes import ScriptedModel, harbour_news

QUESTION = "What share of the country's timber exports does Vell handle?"
TRUE = "According to the ministry of trade, Vell handles 40 percent of the country's timber exports [1]."
OTHER = "Nordline carries about 3,000 passengers a week [2]."


class GivenUp(Exception):
    """Raised by who no longer waits."""


class Waiting:
    """Notes each stage once in a row; gives up at the one that is named, the given time that it is told."""

    def __init__(self, gives_up_at: str = "", after: int = 1) -> None:
        self.stages: list[str] = []
        self.passages = 0
        self._gives_up_at, self._left = gives_up_at, after

    def __call__(self, stage: str, passages: int) -> None:
        if self.stages[-1:] != [stage]:
            self.stages.append(stage)
        self.passages = max(self.passages, passages)
        self._left -= stage == self._gives_up_at
        if not self._left:
            raise GivenUp


def assistant(*scripts: str) -> Assistant:
    return Assistant(harbour_news(), model=ScriptedModel(*scripts) if scripts else None)


def test_the_stages_of_an_answer_in_the_articles_own_words() -> None:
    waiting = Waiting()
    *_, last = assistant().stream(QUESTION, watch=waiting)
    assert waiting.stages == ["searching", "reading", "writing", "checking"]
    assert waiting.passages == len(last.hits) > 0


def test_the_stages_of_an_answer_by_a_model_that_checks_each_sentence() -> None:
    waiting = Waiting()
    list(assistant(f"{TRUE} {OTHER} {TRUE}").stream(QUESTION, watch=waiting))
    assert waiting.stages[:4] == ["searching", "reading", "writing", "checking"]
    assert waiting.stages.count("checking") > 1


def test_a_model_is_left_alone_when_nobody_waits_any_more() -> None:
    asked = assistant(TRUE * 20)
    with pytest.raises(GivenUp):
        list(asked.stream(QUESTION, watch=Waiting("writing", after=3)))
    assert asked.model.closed == 1


def test_a_follow_up_can_be_given_up_while_the_model_puts_it_in_words() -> None:
    asked = assistant("What share of timber does Vell handle?", TRUE)
    with pytest.raises(GivenUp):
        list(asked.stream("And timber?", [Turn("What is Vell?", "A port.")], watch=Waiting("searching", after=2)))
    assert len(asked.model.asked) == asked.model.closed == 1


@pytest.mark.parametrize("stage", ["searching", "reading", "writing", "checking"])
def test_work_in_the_articles_own_words_ends_at_any_stage(stage: str) -> None:
    waiting = Waiting(stage)
    with pytest.raises(GivenUp):
        list(assistant().stream(QUESTION, watch=waiting))
    assert waiting.stages[-1] == stage
