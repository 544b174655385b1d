"""Interviews and explainers: a reply is read with the question that the article asks, and shown with it."""

from __future__ import annotations

import pytest

from assistant import Answer, Assistant
from assistant.evidence import Unit, gather
from assistant.given import GivenPassages
from assistant.question import analyse
from assistant.replies import replies, without_other_replies
from corpus.article import Article
from index.minilm import MiniLM
from tests.fakes import news_of

INTERVIEW = """Marit Rud, 34, kept the weather station on Tarn Head for eleven months. She came back in March.

Why did you go?

Rud: I wanted to find out whether I could stand myself.

Were you lonely?

Rud: Never. I talked to the seals every morning.

Were you ever afraid?

Rud: Once, in December, when the generator stopped.

What do you miss now?

Rud: The silence. In Arvik there is always a motor running.
"""
CAPTAIN = """Tor Kell has been captain of the Hoy ferry for 30 years. He retires in June.

Q: Do you get seasick?

A: Every winter. Don't tell the passengers.

Q: How many times have you crossed the sound?

A: I stopped counting at 60,000.

Q: Are you in favour of the bridge to Hoy?

A: No. A bridge brings cars and takes away the talk.

Q: Who will replace you?

A: Hanna Lie, my mate for six years.
"""
EXPLAINER = """A comet that was last seen 4,200 years ago comes near the Earth in June.

Who discovered it?

It was found by two amateurs on the same night in January 2022.

When can I see it?

From 8 to 21 June, about an hour after sunset. It will be brightest on 14 June.

Do I need a telescope?

No. Binoculars are enough.

When will it come back?

Not for 4,200 years.
"""
NEWS = (
    ("“I talked to the seals”: Rud on her year alone", INTERVIEW, "Coast Post", None),
    ("Five minutes with Tor Kell, ferry captain", CAPTAIN, "Vell Courier", None),
    ("How to see comet Brandt", EXPLAINER, "Osk Gazette", None),
    ("Storm", "Gusts of 41 metres a second were measured on Tarn Head on Sunday.", "Vell Courier", None),
)


def asked(question: str) -> Answer:
    """Return the answer out of the three articles and a fourth that asks nothing."""
    return Assistant(news_of(*NEWS)).ask(question)


def units() -> list[Unit]:
    """Return the sentences of the interview that may be quoted."""
    news = news_of(NEWS[0])
    return gather(news.search("Rud", 5), {"article-1": news.article("article-1")})


@pytest.mark.parametrize(
    ("question", "put", "reply"),
    [
        ("Was Rud lonely?", "Were you lonely?", "Rud: Never."),
        ("Was Marit Rud afraid?", "Were you ever afraid?", "Rud: Once, in December, when the generator stopped."),
        ("What does Rud miss?", "What do you miss now?", "Rud: The silence."),
        ("Why did Rud go?", "Why did you go?", "Rud: I wanted to find out whether I could stand myself."),
        ("Does Kell get seasick?", "Q: Do you get seasick?", "A: Every winter."),
        ("Is Tor Kell in favour of the bridge?", "Q: Are you in favour of the bridge to Hoy?", "A: No."),
        ("Who will replace Kell?", "Q: Who will replace you?", "A: Hanna Lie, my mate for six years."),
        ("When can I see the comet?", "When can I see it?", "From 8 to 21 June, about an hour after sunset."),
        ("When will the comet come back?", "When will it come back?", "Not for 4,200 years."),
        ("Do I need a telescope?", "Do I need a telescope?", "No."),
    ],
)
def test_reply_to_the_very_question_comes_first_and_is_shown_with_it(question: str, put: str, reply: str) -> None:
    answer = asked(question)

    assert [sentence.text for sentence in answer.sentences[:2]] == [reply, put]


def test_number_in_a_reply_is_the_short_answer() -> None:
    short = asked("How many times has Kell crossed the sound?").short

    assert short is not None
    assert short.text == "60,000"


def test_what_is_said_behind_a_bare_reply_is_shown_with_it() -> None:
    answer = asked("Is Tor Kell in favour of the bridge?")

    assert answer.sentences[2].text == "A bridge brings cars and takes away the talk."


def test_bare_reply_to_another_question_is_no_evidence() -> None:
    kept = [unit.text for unit in without_other_replies(analyse("Was Rud afraid?"), units())]

    assert "Rud: Never." not in kept
    assert "Rud: I wanted to find out whether I could stand myself." in kept


@pytest.mark.parametrize(
    ("question", "replied"),
    [
        ("Was Rud lonely?", {"Rud: Never."}),
        ("Why was Rud lonely?", set()),
        ("Was Rud lonely in Paris?", set()),
        ("Was Holt lonely?", set()),
    ],
)
def test_same_question_asks_the_same_of_whom_the_article_is_about(question: str, replied: set[str]) -> None:
    assert {unit.text for unit in units() if replies(analyse(question), unit)} == replied


def test_question_inside_a_paragraph_has_no_reply() -> None:
    text = "The ferry is late. Will the bridge open? The council hopes so. Osk waits for an answer from Vell."
    news = news_of(("Bridge", text, None, None))

    assert all(
        unit.asked() is None for unit in gather(news.search("bridge", 5), {"article-1": news.article("article-1")})
    )


def test_reply_that_is_understood_alone_is_shown_without_its_question() -> None:
    text = "The data lay open for days.\n\nHow did it happen?\n\nThe server belonged to a contractor, Stratum Nine.\n"
    news = news_of(("Quillo leak", text, None, None))
    (unit,) = (one for one in gather(news.search("server", 5), {"article-1": news.article("article-1")}) if one.asked())

    assert unit.context() is None


def test_short_reply_to_the_very_question_is_an_answer(minilm: MiniLM) -> None:
    text = (
        "Ruth Adeyemi has been mayor of Marlow Bay since 2015.\n\nAnd your greatest regret?\n\nThe incinerator. We "
        "should never have signed that contract."
    )
    held = GivenPassages([Article(id="a", title="Adeyemi leaves", text=text, path="a")], encoder=minilm)

    answer = Assistant(held).ask("What is Adeyemi's greatest regret?")

    assert answer.answered
    assert answer.sentences[0].text.startswith("The incinerator")
