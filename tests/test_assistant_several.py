"""Several questions in one message: which are plainly several, and how their answers stand together."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant, Turn
from assistant.followup import standing_alone
from assistant.several import MOST, several
from tests.fakes import ScriptedModel, harbour_news, news_of
from tests.test_assistant_answers import holds

SHARE = "What share of the country's timber exports does Vell handle?"
WHEN = "When will the ferry from Vell to Osk sail?"
WHALES = "How many whales swim in Ostria?"


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(harbour_news())


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("Who is Edda Lund and when did the ferry sail?", ("Who is Edda Lund?", "When did the ferry sail?")),
        (
            "What does Kell want and how much timber does Vell export?",
            ("What does Kell want?", "How much timber does Vell export?"),
        ),
        ("Who is Edda Lund? When did she resign?", ("Who is Edda Lund?", "When did she resign?")),
        ("Who owns Nordline, and what happened to the crane?", ("Who owns Nordline?", "What happened to the crane?")),
        (
            "What share of Norland's timber comes from Vell and how many people fled the town?",
            ("What share of Norland's timber comes from Vell?", "How many people fled the town?"),
        ),
        (
            "When does the tour start, when does it end, and how much are tickets?",
            ("When does the tour start?", "When does it end?", "How much are tickets?"),
        ),
        ("Who runs Osk, when was it built?", ("Who runs Osk?", "When was it built?")),
        ("What fell in Osk, where the ferry sank?", ("What fell in Osk, where the ferry sank?",)),
        ("Who met Lund, who is from Vell?", ("Who met Lund, who is from Vell?",)),
        ("WHO IS EDDA LUND AND WHEN DID THE FERRY SAIL?", ("WHO IS EDDA LUND?", "WHEN DID THE FERRY SAIL?")),
        ("How heavy was the crane and when did it fall?", ("How heavy was the crane?", "When did it fall?")),
        ("Did Lund resign? And who replaced her?", ("Did Lund resign?", "Who replaced her?")),
    ],
)
def test_plainly_two_questions_are_two(message: str, questions: tuple[str, ...]) -> None:
    assert several(message) == questions


@pytest.mark.parametrize(
    "message",
    [
        "When did Lund visit Vell, and why?",
        "When and where was Lund born?",
        "Who won and when?",
        "How many people died and how many were injured?",
        "Which ferry is run by Nordline and is also known for its crew?",
        "Who leads Norland and Ostria?",
        "Who is the man who fell and who was hurt?",
        "Which firm was founded in Vell and whose crane fell?",
        "What do the articles say about when the crane fell and how many people were hurt?",
        "Do the articles say who fell and when Lund was born?",
        "Tell me who Lund is and when the ferry sailed",
        "What is Lund accused of and what she is doing?",
        "Who said “why me and why did it fall”?",
        "The crane fell. Who was hurt?",
        "Who is Edda Lund? Really?",
        "Can a crane be sent empty? If so, is it billable?",
        "Who? What? When? Where? Why?",
    ],
)
def test_in_doubt_a_message_is_one_question(message: str) -> None:
    assert several(message) == (message,)


@given(
    st.lists(st.sampled_from("who when is did and the , ? ship Kell sail it".split()) | st.text(max_size=9)).map(
        " ".join
    )
)
def test_no_message_loses_its_words(message: str) -> None:
    found = several(message)

    assert 1 <= len(found) <= MOST
    joining = {"and", "also", "but", "so", "then"}
    kept = re.findall(r"\w+", " ".join(found).lower())
    assert [word for word in re.findall(r"\w+", message.lower()) if word not in joining] == [
        word for word in kept if word not in joining
    ]


def test_each_question_is_answered_and_footnotes_count_through(assistant: Assistant) -> None:
    answer = assistant.ask(f"{SHARE} {WHEN}")

    assert answer.kind == "answer"
    assert answer.query.text == f"{SHARE} {WHEN}"
    assert answer.notice == ""
    headed = {sentence.lead: sentence.text for sentence in answer.sentences if sentence.lead.endswith("?")}
    assert headed[SHARE].startswith("Vell handles 40%")
    assert headed[WHEN].startswith("The ferry from Vell to Osk")
    assert holds(answer, assistant)
    assert answer.short is None  # two of them could not be told apart


def test_refused_question_is_named_beside_the_answer_to_the_other(assistant: Assistant) -> None:
    for message in (f"{SHARE} {WHALES}", f"{WHALES} {SHARE}"):
        answer = assistant.ask(message)

        assert answer.kind == "answer"
        assert answer.notice.startswith(f"Not answered: “{WHALES}” ")
        assert answer.short is not None
        assert answer.short.text == "40%"
        assert holds(answer, assistant)
        assert answer.notice in str(answer)


def test_questions_that_are_all_refused_are_refused_one_by_one(assistant: Assistant) -> None:
    answer = assistant.ask(f"Who is Ragnar Moss and {WHALES[:1].lower()}{WHALES[1:]}")

    assert answer.kind == "refusal"
    assert answer.refusal is not None
    assert "“Who is Ragnar Moss?” " in answer.text
    assert f"“{WHALES}” " in answer.text
    assert answer.refusal.message == answer.text
    assert {"Ragnar Moss", "whales"} <= set(answer.refusal.missing)


def test_later_question_leans_on_the_one_before_it() -> None:
    news = news_of(
        ("Harbour", "Edda Lund is the harbour master of Vell. Edda Lund was born in Osk in 1961.", None, None),
        ("Crane", "Ragnar Moss was born in Kell in 1950.", None, None),
    )

    answer = Assistant(news).ask("Who is the harbour master of Vell and when was she born?")

    assert answer.query.text == "Who is the harbour master of Vell? When was Edda Lund born?"
    assert "1961" in answer.text
    assert "1950" not in answer.text


def test_filter_of_one_sentence_binds_all_it_asks(assistant: Assistant) -> None:
    answer = assistant.ask(
        "According to Coast Post, what share of exports does Vell handle and when will the ferry sail?"
    )

    assert answer.query.outlets == ("Coast Post",)
    assert {citation.article.outlet for citation in answer.citations} <= {"Coast Post"}


def test_filter_of_one_of_two_sentences_stands_beside_it(assistant: Assistant) -> None:
    answer = assistant.ask(f"{SHARE[:-1]}, according to Coast Post? {WHEN}")

    assert answer.query.outlets == ()
    assert answer.query.text == f"{SHARE[:-1]} (Coast Post)? {WHEN}"
    assert {citation.article.outlet for citation in answer.citations} == {"Coast Post", "Vell Courier"}


def test_stream_shows_the_first_answer_before_the_second(assistant: Assistant) -> None:
    first, last = assistant.stream(f"{SHARE} {WHEN}")

    assert {citation.article.outlet for citation in first.citations} == {"Coast Post"}
    assert last.sentences[: len(first.sentences)] == first.sentences
    assert len(last.sentences) > len(first.sentences)


def test_sentence_that_answers_both_stands_once() -> None:
    news = news_of(("Bridge", "Edda Lund opened the bridge at Vell on 4 May 1998.", None, None))

    answer = Assistant(news).ask("Who opened the bridge at Vell? When did Edda Lund open the bridge at Vell?")

    assert [sentence.text for sentence in answer.sentences] == ["Edda Lund opened the bridge at Vell on 4 May 1998."]
    assert answer.sentences[0].lead == "Who opened the bridge at Vell? When did Edda Lund open the bridge at Vell?"


def test_model_writes_an_answer_to_each() -> None:
    said = "Vell handles 40 percent of the country's timber exports [1]."
    model = ScriptedModel(said, "Nordline said that the ferry from Vell to Osk will not sail before Friday [1].")

    answer = Assistant(harbour_news(), model=model).ask(f"{SHARE} {WHEN}")

    assert len(model.asked) == 2
    assert [sentence.text for sentence in answer.sentences] == [
        "Vell handles 40 percent of the country's timber exports.",
        "Nordline said that the ferry from Vell to Osk will not sail before Friday.",
    ]
    assert answer.writer == "scripted"


def test_follow_up_goes_back_to_the_last_of_several_questions() -> None:
    turns = [
        Turn(
            "Who is the harbour master of Vell and where is the first embassy in Ostria?",
            "Who is the harbour master of Vell? Edda Lund is. [1] Where is the first embassy in Ostria? In Kell. [2]",
        )
    ]

    assert standing_alone("And when did it open?", turns) == "When did the first embassy in Ostria open?"


def test_what_he_did_is_not_asked_apart_where_nobody_knows_who_he_is(assistant: Assistant) -> None:
    message = "Who is the king of Ostria and when did he visit Vell?"

    assert assistant.ask(message).query.text == message


def test_he_whom_the_refused_question_names_is_still_he(assistant: Assistant) -> None:
    answer = assistant.ask("Who does Ragnar Moss play for and when did he sail?")

    assert answer.query.text == "Who does Ragnar Moss play for? When did Ragnar Moss sail?"


def test_list_of_questions_that_ask_who_is_taken_apart() -> None:
    message = "Who won the cup final, who scored the winner and how many people watched it?"

    assert several(message) == ("Who won the cup final?", "Who scored the winner?", "How many people watched it?")


def test_clause_that_goes_on_with_who_is_no_question() -> None:
    message = "Who beat Edda Lund, who won the cup in May?"

    assert several(message) == (message,)
    assert several("Who beat Edda Lund, who won in May, and when?")[0].startswith("Who beat Edda Lund, who won in May")
