"""What is offered to be asked next: well-formed questions that the articles answer."""

import pytest

from assistant import Assistant
from assistant.statements import saying
from tests.fakes import news_of

FERRY = """The ferry from Vell to Osk will not sail before Friday, the operator said.

Edda Lund, the harbour master, visited Osk in May 2023 to discuss the repairs.

About 40% of the timber in Ostria goes through the harbour, a report found.

More than 300 workers lost their jobs, but the yard was kept open."""


def suggested(text: str, question: str) -> tuple[str, ...]:
    return Assistant(news_of(("Ferry", text, None, None))).ask(question).suggestions


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Edda Lund, the harbour master, visited Osk in May 2023.", "When did Edda Lund visit Osk?"),
        ("Edda Lund visited Osk to discuss the repairs of the yard.", "Why did Edda Lund visit Osk?"),
        ("Edda Lund bought the old yard of Osk from Nordline.", "Who bought the old yard of Osk from Nordline?"),
        ("About 40% of the timber in Ostria goes to Kell.", "What share of the timber in Ostria goes to Kell?"),
        ("More than 300 workers lost their jobs, but the yard stayed.", None),
        ("More than 300 workers walked out on Friday, the union said.", "How many workers walked out on Friday?"),
        ("The catch was poor, with 40 nets for 12 boats.", None),
        ("The toll was 12 times higher than two years before.", None),
        ("Nordline was founded in Kell in 1951.", "When was Nordline founded in Kell?"),
        ("The Kell Union plans to close the old yard of Osk.", "What does the Kell Union plan to do?"),
        ("Ilse Brandt said that Norland would pay for the Kell Bridge.", "What did Ilse Brandt say about Norland?"),
        ("But Brandt said that Norland would pay for the Kell Bridge.", "What did Brandt say about Norland?"),
        ("It was Ilse Brandt, the mayor of Osk, who called.", "Who is Ilse Brandt?"),
        ("It was Ilse Brandt, the company's lawyer, who called.", "Who is Ilse Brandt?"),
    ],
)
def test_question_is_made_of_the_words_of_its_sentence(sentence: str, question: str | None) -> None:
    text = f"The ferry from Vell will not sail before Monday. {sentence}"
    offered = suggested(text, "When will the ferry from Vell sail?")

    assert question in offered if question else not any(one.startswith("How many") for one in offered)


@pytest.mark.parametrize(
    "sentence",
    [
        "It was Kell Street, the trading firm where a former mayor worked.",
        "Using Ilse Brandt, the mayor of Osk, as an envoy was her idea.",
        "It was the Brandt-Kells, the parents of the mayor, who called.",
    ],
)
def test_nobody_is_asked_about_who_is_no_one(sentence: str) -> None:
    offered = suggested(f"The ferry from Vell will not sail before Monday. {sentence}", "When will the ferry sail?")
    assert not any(one.startswith("Who is") for one in offered)


def test_every_suggestion_is_answered() -> None:
    assistant = Assistant(news_of(("Ferry", FERRY, None, None)))
    offered = assistant.ask("When will the ferry from Vell sail?").suggestions

    assert offered
    assert all(assistant.ask(question).kind == "answer" for question in offered)


def test_what_asks_for_a_fact_comes_before_what_asks_about_a_name() -> None:
    text = f"{FERRY}\n\nThe old Kell Bridge stands near the yard."

    first, *_ = suggested(text, "When will the ferry from Vell sail?")

    assert not first.startswith("What do the articles say")


def test_name_with_a_noun_behind_it_is_not_cut_off() -> None:
    text = "The ferry will not sail before Monday. Ships of Gulf Arab states lay in the port of Vell."

    assert all("Gulf Arab?" not in one for one in suggested(text, "When will the ferry sail?"))


def test_name_keeps_its_article() -> None:
    text = "The ferry will not sail before Monday. Goods from the Kell Union were stored in the port."

    assert "What do the articles say about the Kell Union?" in suggested(text, "When will the ferry sail?")


def test_a_word_whose_capital_only_opens_a_sentence_is_nobody_who_said_something() -> None:
    text = "The ferry will not sail before Monday. Opponents said that Ilse Brandt should pay for the Kell Bridge."

    assert all("did Opponents say" not in one for one in suggested(text, "When will the ferry sail?"))


SANK = "The Vell ferry sank on Sunday and six people died. Edda Lund, the harbour master, visited Osk in May 2023."


def test_what_is_offered_is_of_the_matter() -> None:
    cup = "More than 300 people saw the cup final in Kell on Sunday. Tor Moss bought the old yard of Osk from Nordline."
    assistant = Assistant(news_of(("Ferry sinks", SANK, None, None), ("Cup final", cup, None, None)))

    assert assistant.ask("How many people died when the Vell ferry sank?").suggestions == (
        "When did Edda Lund visit Osk?",
    )
    assert "Who bought the old yard of Osk from Nordline?" in assistant.ask("Who played the cup final?").suggestions


def test_what_a_reprint_says_again_is_not_offered() -> None:
    again = f"{SANK} The crane of Kell was closed."
    assistant = Assistant(news_of(("Ferry sinks", SANK, "Post", None), ("Crane closed", again, "Courier", None)))
    asked = "When did Edda Lund, the harbour master, visit Osk?"

    assert all("visit" not in one for one in assistant.ask(asked).suggestions)


def test_nothing_is_asked_twice() -> None:
    for offered in (suggested(FERRY, "When did Edda Lund visit Osk?"), suggested(FERRY, "When will the ferry sail?")):
        assert len(set(offered)) == len(offered) <= 3
        assert "When did Edda Lund visit Osk?" not in suggested(FERRY, "When did Edda Lund visit Osk?")


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Brandt, 46, who was elected again in 2022, said Norland must do more.", "Brandt"),
        ("In Vell, Brandt, 46, said the war would end.", "Brandt"),
        ("But Brandt said the war would end.", "Brandt"),
        ("As Brandt said, the war would end.", "Brandt"),
        ("Late on Monday Brandt said the war would end.", "Brandt"),
        ("Bank of Norland Governor Edda Lund said rates would fall.", "Bank of Norland Governor Edda Lund"),
        ("It was rebuilt, said a spokesman for the ministry.", "a spokesman for the ministry"),
        (
            "“We rebuilt it,” said a spokesman for the foreign ministry on Monday.",
            "a spokesman for the foreign ministry",
        ),
        ("A spokesman for the ministry said rates would fall.", "A spokesman for the ministry"),
        ("Rates will rise, said Edda Lund on Monday.", "Edda Lund"),
        ("The crane fell, killing two, said Edda Lund.", "Edda Lund"),
        ("Police in Vell said the crane fell.", "Police in Vell"),
        ("Doctors at the hospital in Vell said all would recover.", "Doctors at the hospital in Vell"),
        ("The crane fell, U.S. officials said.", "U.S. officials"),
        ("The mayor of Osk, Edda Lund, denied that the crane fell.", "Edda Lund"),
        ("The chief financial officer of Nordline, Tor Moss, said it fell.", "Tor Moss"),
        ("The mayor of Osk, a baker, said it fell.", "The mayor of Osk"),
        ("The University of Osk, Norland, said it fell.", "The University of Osk"),
        (
            "The ferry, built in 1961, had been found safe, said a spokesman for its owners.",
            "a spokesman for its owners",
        ),
    ],
)
def test_speaker_is_named_whole_and_alone(sentence: str, speaker: str) -> None:
    found = saying(sentence)

    assert found is not None
    assert found.speaker == speaker


@pytest.mark.parametrize(
    "sentence",
    [
        "The yard does not say when it opens.",
        "Rescuers on Monday called off the search.",
        "The builder is said to have paid for it.",
        "The man had been told to leave.",
    ],
)
def test_who_says_nothing_is_no_speaker(sentence: str) -> None:
    assert saying(sentence) is None
