"""Who does what is asked, where a sentence tells the deed of somebody else beside them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant
from assistant.actors import another_does_it
from assistant.doer import does_it_by_title
from assistant.question import analyse
from index.minilm import MiniLM
from tests.fakes import news_of

TREATY = "Under it Kardia will get 45 percent of the water and will pay Tarvia 12 million euros a year."
AID = "Kardia has sent 60 rescue workers and eight dogs; the European Union promised 15 million euros."


@pytest.mark.parametrize(
    ("question", "sentence", "another"),
    [
        ("What share of the water will Tarvia get?", TREATY, True),
        ("What share of the water will Kardia get?", TREATY, False),
        ("How much will Tarvia pay?", TREATY, False),
        ("How many euros did Kardia promise?", AID, True),
        ("How many euros did the European Union promise?", AID, False),
        ("How many crowns did Lund win?", "Moss won 5 million and Lund 6 million crowns.", False),
        ("What was Kardia promised?", "Tarvia was promised water by Kardia.", False),
        ("How many dogs were sent?", AID, False),
        ("Where did Harold die?", "Duke William took it, killing King Harold at Hastings.", False),
        ("How many bronzes will Norland return?", "The Museum of Osk will return 14 bronzes, Norland said.", True),
        ("How many bronzes will the Dutch return?", "The Museum of Osk, Netherlands, will return 14 bronzes.", False),
        ("What law did the Supreme Court strike down?", "The Supreme Court on Friday struck down a law on oil.", False),
        ("How long have Israel and Ostria had ties?", "Ostria and Israel have had ties for 30 years.", False),
        ("Why did Ostria win the war?", "The war between Norland and Ostria was long, and Norland won it.", True),
    ],
)
def test_deed_of_who_stands_before_the_verb_is_not_of_who_stands_behind_it(
    question: str, sentence: str, another: bool
) -> None:
    assert another_does_it(analyse(question), sentence) is another


def test_what_another_does_is_not_set_off() -> None:
    assistant = Assistant(news_of(("Treaty", f"Tarvia and Kardia signed a treaty. {TREATY}", "AP", date(2024, 1, 15))))
    his, other = (assistant.ask(f"What share of the water will {name} get?").short for name in ("Kardia", "Tarvia"))

    assert his is not None
    assert his.text == "45 percent"
    assert other is None


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Opposition leader Goran Pavel accused the government.", True),
        ("The opposition's leader, Goran Pavel, accused the government.", True),
        ("Goran Pavel, the leader of the opposition, spoke.", True),
        ("The opposition asked for an inquiry led by Ivo Kern.", False),
        ("Union leader Goran Pavel spoke to the opposition.", False),
    ],
)
def test_who_leads_a_thing_is_told_by_its_leader(sentence: str, told: bool) -> None:
    assert does_it_by_title(analyse("Who leads the opposition?"), sentence) is told


def test_leader_who_speaks_comes_before_who_leads_another_thing(minilm: MiniLM) -> None:
    text = (
        "Opposition leader Goran Pavel accused the government of ignoring building codes. The prime minister rejected "
        "the charge and announced an inquiry led by judge Ivo Kern."
    )
    answer = Assistant(news_of(("Anger over codes", text, "Post", date(2025, 2, 11)))).ask("Who leads the opposition?")

    assert answer.short is not None
    assert answer.short.text == "Goran Pavel"
