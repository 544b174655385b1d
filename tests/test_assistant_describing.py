"""Who or what somebody or something is: the words beside the name, set off as the short answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.describing import described
from assistant.question import analyse
from tests.fakes import news_of


@pytest.mark.parametrize(
    ("question", "sentence", "what"),
    [
        ("Who is Tor Kell?", "“It fell,” said Tor Kell, a fellow at Osk College.", "a fellow at Osk College"),
        ("Who is Tor Kell?", "Tor Kell, 34, a singer from Osk, and Anton Moss came.", "a singer from Osk"),
        ("Who is Tor Kell?", "Tor Kell, division vice president, said so.", "division vice president"),
        ("Who is Tor Kell?", "Nordline's chief trade officer Tor Kell said so.", "Nordline's chief trade officer"),
        ("Who is Edda Lund?", "Nobody was hurt, harbour master Edda Lund said.", "harbour master"),
        ("Who is Edda Lund?", "They were scolded by Judge Edda Lund in Vell.", "Judge"),
        ("Who is Edda Lund?", "“There was none,” said a Nordline spokeswoman, Edda Lund.", "a Nordline spokeswoman"),
        ("Who is Edda Lund?", "Edda Lund is a singer from Osk who left it young.", "a singer from Osk"),
        ("What is the OSKA?", "He claimed that the OSKA, Norland's spy service, is at work.", "Norland's spy service"),
        ("What is OSKA?", "OSKA was the token behind Vellpay.", "the token behind Vellpay"),
        (
            "What is Vell Plus?",
            "It launched the Vell Plus programme, a new tier for players, in May.",
            "a new tier for players",
        ),
        ("Who is Edda Lund?", "Edda Lund, speaking in Osk, said so.", None),
        ("Who is Edda Lund?", "Edda Lund was arrested in May.", None),
        ("Who is Edda Lund?", "They hired Edda Lund, a year later.", None),
        ("Who is Edda Lund?", "With Edda Lund, her brother Tor came.", None),
        ("Who is Edda Lund?", "According to Edda Lund, the mayor said so.", None),
        ("Who is Edda Lund?", "In the town, Edda Lund won.", None),
        ("Who is Edda Lund?", "He told Edda Lund so.", None),
        ("Who is Edda Lund?", "We can expect that the Rovers will take away Edda Lund.", None),
        ("Who is Edda Lund?", "Tor Kell, a singer from Osk, met Edda Lund.", None),
        ("What did Tor Kell own?", "Tor Kell was a singer who owned a farm.", None),
        ("Who met Edda Lund?", "Edda Lund, a singer from Osk, met Tor Kell.", None),
    ],
)
def test_what_one_is_stands_beside_the_name(question: str, sentence: str, what: str | None) -> None:
    span = described(analyse(question), sentence)

    assert (sentence[slice(*span)] if span else None) == what


def test_who_somebody_is_is_set_off() -> None:
    text = "The ferry sank off Osk.\n\nNobody was hurt, said Edda Lund, a captain of Nordline. She left Osk on Monday."
    answer = Assistant(news_of(("The ferry", text, None, None))).ask("Who is Edda Lund?")

    assert answer.short is not None
    assert answer.short.text == "a captain of Nordline"
    assert text[answer.short.start : answer.short.end] == answer.short.text


def test_who_is_not_asked_about_is_left_out_where_somebody_is_introduced() -> None:
    texts = (
        "Edda Lund said so on Monday.\n\nA graduate of Osk, she is known for it.\n\nTor Kell, a singer, said so too.",
        "Edda Moss, who left, is a singer from Vell.",
        "Anton Kell, who left, is a singer from Vell.",
    )
    answer = Assistant(news_of(*((f"News {at}", text, None, None) for at, text in enumerate(texts)))).ask(
        "Who is Lund?"
    )

    assert answer.sentences[0].text == "Edda Lund said so on Monday."
    assert {one.text for one in answer.sentences[1:]} <= {"A graduate of Osk, she is known for it."}


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=60))
def test_any_sentence_can_be_looked_at(before: str, between: str, behind: str) -> None:
    sentence = f"{before}Edda Lund{between}, a {behind}"
    span = described(analyse("Who is Edda Lund?"), sentence)

    assert span is None or 0 <= span[0] < span[1] <= len(sentence)
