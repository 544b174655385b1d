"""What was to be, and is not any more by a newer article; and who is somebody else of the same last name."""

from datetime import date

import pytest

from assistant import Assistant
from assistant.evidence import gather
from assistant.given import GivenPassages
from assistant.namesake import without_namesakes
from assistant.overturning import given_up
from assistant.question import analyse
from corpus.article import Article
from tests.fakes import news_of

TO_CLOSE = "Vell Hospital will close its maternity ward in June, its director told staff on Monday."
TO_STAY = "The maternity ward at Vell will stay open until the end of the year, the minister said."


def asked(question, minilm, *articles):
    held = [
        Article(
            id=f"a{at}",
            title=f"News {at}",
            text=text,
            path=f"{at}.txt",
            outlet="Vell Post",
            published=day,
            published_origin="meta",
        )
        for at, (text, day) in enumerate(articles)
    ]
    return Assistant(GivenPassages(held, encoder=minilm)).ask(question)


def test_plan_that_a_newer_article_takes_back_is_told_with_it_and_not_set_off(minilm):
    older, newer = (TO_CLOSE, date(2025, 2, 4)), (TO_STAY, date(2025, 2, 12))

    answer = asked("When will the maternity ward close?", minilm, older, newer)
    assert [one.text for one in answer.sentences[:2]] == [TO_CLOSE, TO_STAY]
    assert answer.short is None

    before = asked("When will the maternity ward close?", minilm, (TO_CLOSE, date(2025, 3, 4)), newer)
    assert before.short is not None
    assert before.short.text == "June"


def test_new_day_of_what_was_put_off_comes_before_the_old_one(minilm):
    planned = "The ferry between Osk and Vell will return on 15 September, the mayor announced on Monday."
    put_off = "The return of the ferry between Osk and Vell has been put off until 1 October, Nordline said on Tuesday."
    articles = (planned, date(2025, 8, 18)), (put_off, date(2025, 9, 9))
    answer = asked("When will the ferry return?", minilm, *articles)

    assert answer.short is None or answer.short.text == "1 October"
    assert [one.text for one in answer.sentences] == [put_off, planned]


OBITUARY = "Gustav Holt, who built the firm, died on 20 March at the age of 91. He had two sons. Holt was a carpenter."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When did Gustav Holt die?", True),
        ("When did Holt die?", True),
        ("When did Mr Holt die?", True),
        ("When did Erik Holt die?", False),
    ],
)
def test_somebody_else_of_the_same_last_name_does_not_answer(question, told, minilm):
    answer = asked(question, minilm, (OBITUARY, date(2025, 3, 22)), ("Osk has a new bridge.", date(2025, 3, 22)))

    assert any("20 March" in one.text for one in answer.sentences) is told


@pytest.mark.parametrize(
    ("name", "sentence", "kept"),
    [
        ("Erik Holt", "Gustav Holt won the prize on Friday.", False),
        ("Erik Holt", "Holt won the prize on Friday, the family of Gustav Holt said.", False),
        ("Erik Holt", "Gustav Holt gave his son Erik the prize.", True),
        ("Joe Holt", "Joseph Holt won the prize on Friday.", True),
        ("Bill Holt", "William Holt won the prize on Friday.", True),
        ("Erik Holt", "Judge Holt won the prize on Friday.", True),
        ("Erik Holt", "E. Holt won the prize on Friday.", True),
        ("Erik Holt", "The Holt family won the prize on Friday.", True),
        ("President Holt", "Gustav Holt won the prize on Friday.", True),
    ],
)
def test_namesakes_are_told_from_other_forms_of_a_name(name, sentence, kept):
    question = analyse(f"When did {name} win the prize?")
    library = news_of(("News", sentence, None, None))
    hits = library.search(question.text, 3)
    units = gather(hits, {hit.passage.article.id: library.article(hit.passage.article.id) for hit in hits})

    assert [unit.text for unit in without_namesakes(question, units)] == [sentence] * kept


def test_what_a_director_said_is_told_by_her_name_alone():
    text = "The ward will close, its director Sara Lind told staff on Monday. “We cannot find midwives,” Lind said."
    answer = Assistant(news_of(("Ward to close", text, None, None))).ask("What did director Lind say?")

    assert any("We cannot find midwives" in one.text for one in answer.sentences)


@pytest.mark.parametrize(
    ("question", "sentence", "day", "up"),
    [
        ("When does the strike begin?", "The strike that was to begin on Monday has been called off.", "Monday", True),
        (
            "When was the strike to begin?",
            "The strike that was to begin on Monday has been called off.",
            "Monday",
            False,
        ),
        ("When is the launch?", "The launch, which was due on 1 May, has been put off to 18 June.", "18 June", False),
        ("When is the launch?", "The launch, which was due on 1 May, has been put off to 18 June.", "1 May", True),
        ("When was it called off?", "The strike was called off on Friday.", "Friday", False),
    ],
)
def test_day_of_a_plan_that_was_given_up_is_none(question: str, sentence: str, day: str, up: bool) -> None:
    assert given_up(question, sentence, sentence.index(day)) is up
