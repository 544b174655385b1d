"""Live reports: what happened at a time of the day is told by the post under that time."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Answer, Assistant
from assistant.evidence import quotable
from assistant.posts import as_headed, asked_minutes
from tests.fakes import news_of

STORM = """Storm Petra reached the coast of Arvik on Sunday morning. This page is no longer being updated.

16:40 School to stay closed

Arvik's four schools will stay closed on Monday. They open again on Tuesday.

14:30 Bridge closed

The Sund Bridge has been closed after a lorry was blown over. The driver was unhurt.

09:10 First trees down

Firefighters have cleared three trees from Mill Road.
"""
AFTER = """08:00 Good morning

Welcome to our live coverage of the day after the storm.

12:15 Bridge opens again

The Sund Bridge opened to traffic at noon, as police had promised.

14:30 Ferry sails

The ferry to Hoy has left Arvik with 180 passengers on board.
"""
COUNCIL = """7.45pm That is all from us tonight. Thank you for reading.

7.32pm The vote is in: 23 for, 18 against. The new pool will be built at Mill Road.

6.50pm Councillor Wenche Orre says that 1,200 children in Arvik cannot swim.
"""
NEWS = (
    ("Live: Storm Petra hits Arvik", STORM, "Vell Courier", date(2024, 5, 12)),
    ("Live: Arvik clears up", AFTER, "Vell Courier", date(2024, 5, 13)),
    ("As it happened: council votes", COUNCIL, "Coast Post", date(2024, 5, 28)),
)
FERRY = "The ferry to Hoy has left Arvik with 180 passengers on board."
BRIDGE = "The Sund Bridge has been closed after a lorry was blown over."
DRIVER = "The driver was unhurt."


def asked(question: str) -> Answer:
    """Return the answer out of three live reports."""
    return Assistant(news_of(*NEWS)).ask(question, today=date(2024, 6, 3))


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What happened at 14:30?", [FERRY, BRIDGE, DRIVER]),
        ("What happened at 2.30pm?", [FERRY, BRIDGE, DRIVER]),
        ("What happened at 14.30 on Sunday?", [BRIDGE, DRIVER]),
        ("What happened at 14:30 on 13 May?", [FERRY]),
        ("what happened at 9:10", ["Firefighters have cleared three trees from Mill Road."]),
        ("What was reported at 12:15?", ["The Sund Bridge opened to traffic at noon, as police had promised."]),
        (
            "What happened at 19:32?",
            ["7.32pm The vote is in: 23 for, 18 against.", "The new pool will be built at Mill Road."],
        ),
    ],
)
def test_post_of_the_time_is_told_newest_report_first(question: str, shown: list[str]) -> None:
    assert [sentence.text for sentence in asked(question).sentences] == shown


@pytest.mark.parametrize("question", ["What happened at 14:30 in Paris?", "What happened at 14:30 on 20 May?"])
def test_post_of_another_day_or_place_is_not_told(question: str) -> None:
    told = [sentence.text for sentence in asked(question).sentences]

    assert FERRY not in told
    assert BRIDGE not in told


@pytest.mark.parametrize(
    ("question", "minutes"),
    [
        ("What happened at 14:30?", (870,)),
        ("What happened at 2:30?", (150, 870)),
        ("What was going on around 12am?", (0,)),
        ("What is the bridge at 14 Mill Road?", ()),
        ("What happened at 10 Downing Street?", ()),
        ("When was the bridge closed?", ()),
    ],
)
def test_time_of_the_day_is_read_out_of_a_question(question: str, minutes: tuple[int, ...]) -> None:
    assert asked_minutes(question) == minutes


def test_time_is_searched_in_every_form_of_a_heading() -> None:
    headed = as_headed([545])

    assert all(form in headed for form in ("9:05", "09:05", "9.05", "9.05am", "9:05 am"))


@pytest.mark.parametrize(
    "line",
    [
        "7.45pm That is all from us tonight.",
        "Thank you for reading.",
        "Good morning.",
        "Welcome to our live coverage of the day after the storm.",
        "This page is no longer being updated.",
        "Here is what you need to know on Wednesday.",
    ],
)
def test_what_a_live_report_says_to_its_readers_is_no_evidence(line: str) -> None:
    assert not quotable(line, alone=False)


@pytest.mark.parametrize(
    "line",
    [
        "7.32pm The vote is in: 23 for, 18 against.",
        "Good morning television is losing viewers.",
        "That is all the council had to say.",
        "Welcome to Osk, the sign says.",
        "Welcome to our live coverage of Storm Petra, which reached the coast overnight with gusts of 92 mph.",
    ],
)
def test_what_a_live_report_tells_is_evidence(line: str) -> None:
    assert quotable(line, alone=False)
