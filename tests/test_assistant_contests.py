"""Who won and who lost, where a sentence tells of one what is asked of the other."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.belonging import closed
from assistant.contest import as_beaten, contest, of_another_round, only_scored
from assistant.given import GivenPassages
from assistant.question import analyse
from assistant.tally import tells_the_score
from corpus.article import Article
from index.minilm import MiniLM
from tests.fakes import news_of


def short_of(question: str, *texts: str) -> str | None:
    """Return the short answer from articles that are called by number."""
    news = news_of(*((f"News {number}", text, None, None) for number, text in enumerate(texts, start=1)))
    short = Assistant(news).ask(question).short
    return short.text if short else None


@pytest.mark.parametrize(
    ("sentence", "winner", "loser"),
    [
        ("Vell Rovers beat Osk City 3-1 in the final.", "Vell Rovers", "Osk City"),
        ("The Vell Condors defeated the Port Osk Mariners 27-20.", "The Vell Condors", "Port Osk Mariners"),
        ("Vell Rovers lost 2-1 to Hask on Wednesday.", "Hask", "Vell Rovers"),
        ("Osk City were beaten by holders Hask.", "Hask", "Osk City"),
        ("Ada Moss, the mayor, won easily against Tor Kell.", "Ada Moss", "Tor Kell"),
    ],
)
def test_winner_and_loser_are_told_apart(sentence: str, winner: str, loser: str) -> None:
    found = contest(sentence)

    assert found is not None
    assert (sentence[slice(*found.winner)], sentence[slice(*found.loser)]) == (winner, loser)


@pytest.mark.parametrize(
    "sentence", ["Hugo Brand lost his seat.", "Vell Rovers won the cup.", "Vell beat Osk, and Hask beat Lund."]
)
def test_no_contest_of_two_is_read_out_of_a_sentence(sentence: str) -> None:
    assert contest(sentence) is None


FINAL = "The Vell Rovers beat the Port Osk Mariners 3-1 in the final on Sunday. Ada Moss scored twice for the Rovers."
REACHED = "The Mariners of Osk had reached the final by beating Hask 2-0. Fans sang in Port Osk on Friday."


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who did the Vell Rovers beat in the final?", "Port Osk Mariners"),
        ("Who won the final?", "Vell Rovers"),
    ],
)
def test_who_lost_is_told_by_who_beat_whom(question: str, short: str) -> None:
    assert short_of(question, FINAL, REACHED) == short


@pytest.mark.parametrize("question", ["Who lost the final?", "Who was beaten in the final?"])
def test_loser_is_set_off_from_who_beat_whom(question: str, minilm: MiniLM) -> None:
    held = [
        Article(id=title, title=title, text=text, path=f"{title}.txt")
        for title, text in (("Cup", FINAL), ("Road to the final", REACHED))
    ]
    short = Assistant(GivenPassages(held, encoder=minilm)).ask(question).short

    assert short is not None
    assert short.text == "Port Osk Mariners"


def test_who_lost_a_thing_is_not_asked_as_who_was_beaten() -> None:
    told = ["Hugo Brand lost his seat.", "Ada Moss beat Tor Kell in the election."]

    assert as_beaten("Who lost the election?", told[1:]) == "Who was beaten in the election?"
    assert as_beaten("Who lost his seat?", told) == "Who lost his seat?"
    assert as_beaten("Who won the election?", told) == "Who won the election?"


def test_who_reached_a_final_neither_won_nor_lost_it() -> None:
    assert short_of("Who won the final?", "Vell Rovers beat Osk City 2-0 on Sunday to reach the final.") is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who did Osk City lose to?", "Who beat Osk City?"),
        ("Whom did Osk City lose to on Saturday?", "Who beat Osk City on Saturday?"),
        ("Which team did Osk City lose to in the final?", "Who beat Osk City in the final?"),
        ("Who did Vell Town lose to?", "Who did Vell Town lose to?"),
    ],
)
def test_to_whom_somebody_lost_is_told_by_who_beat_them(question: str, asked: str) -> None:
    assert as_beaten(question, ["Port Vale beat Osk City 2-1 on Saturday."]) == asked


def test_incumbent_who_was_beaten_did_not_win() -> None:
    text = "Inga Moss was elected on Sunday. She beat the incumbent, Tor Kell, who took 41 percent of the vote in Osk."

    assert short_of("Who won the election in Osk?", text) != "Tor Kell"


@pytest.mark.parametrize(
    ("sentence", "winner", "loser"),
    [
        (
            "OSK — Ada Moss was elected mayor of Osk, beating Tor Kell of the Greens by 12 votes.",
            "Ada Moss",
            "Tor Kell",
        ),
        ("Vell Rovers won the cup on Sunday, narrowly beating Osk City 5-4.", "Vell Rovers", "Osk City"),
        ("Moss scored late as Vell Rovers came from two goals down to beat Osk City.", "Vell Rovers", "Osk City"),
    ],
)
def test_who_won_by_beating_somebody_is_read(sentence: str, winner: str, loser: str) -> None:
    found = contest(sentence)

    assert found is not None
    assert (sentence[slice(*found.winner)], sentence[slice(*found.loser)]) == (winner, loser)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tor Kell left the hall, beating Lund to the door.",
        "Vell won the cup after Osk, beating Hask in May, had lost it.",
        "Vell Rovers hope to beat Osk City.",
    ],
)
def test_beating_that_is_no_contest_of_who_opens_the_sentence_is_none(sentence: str) -> None:
    assert contest(sentence) is None


def test_whom_a_champion_beat_is_of_the_final_and_not_of_a_round_before_it() -> None:
    told = "Ada Moss won the Vell Open on Saturday, beating Edda Lund 6-4."

    assert not of_another_round("Who did Moss beat in the final?", told)
    assert of_another_round("Who did Moss beat in the semi-final?", told)


def test_who_was_beaten_to_an_office_never_held_it() -> None:
    told = "OSK — Ada Moss was elected mayor of Osk, beating Tor Kell of the Greens by 12 votes."

    assert (told.index("Tor Kell"), told.index("Tor Kell") + 8) in closed(analyse("Who was mayor before Moss?"), told)


@pytest.mark.parametrize(
    ("question", "sentence", "open_", "shut"),
    [
        ("Who did Osk lose to?", "In May they neared the Kell Cup, but suffered a loss to Vell.", "Vell", "Kell Cup"),
        ("Which team did Osk beat in the semi-finals?", "They lost to Vell 3-2 in the semi-finals.", "", "Vell"),
        ("Which team did Vell beat in the semi-finals?", "Osk lost to Vell 3-2 in the semi-finals.", "Osk", ""),
        ("Who was hurt in May?", "In May, two other people were hurt by the Vell Balloon.", "", "Vell Balloon"),
        ("Who was hurt in May?", "In May, two people were hurt, including Edda Lund.", "Edda Lund", ""),
    ],
)
def test_no_answer_begins_in_who_was_lost_to_and_behind_who_was_hurt(question, sentence, open_, shut) -> None:
    stretches = closed(analyse(question), sentence)

    def is_shut(text: str) -> bool:
        return any(start <= sentence.index(text) < end for start, end in stretches)

    assert not open_ or not is_shut(open_)
    assert not shut or is_shut(shut)


CUP = (
    "Arvik beat Brand 3-2 after extra time in the final of the county cup at Lund Park on Saturday, in front of "
    "8,412 spectators.\n\nBrand led at half-time through Ola Sand, who scored after 23 minutes.\n\nSubstitute Ali Noor "
    "scored the winner in the 112th minute, from 25 metres. Brand's captain, Lars Hem, was sent off for a foul on Vik."
)
LEAGUE = (
    "Hoy lost at home for the first time this season when they were beaten 28-25 by Stave on Wednesday night.\n\n"
    "Hoy led 14-11 at the interval, but Stave scored six in a row after the break. Kari Nes was top scorer "
    "with nine goals."
)


@pytest.mark.parametrize(
    ("question", "short", "told"),
    [
        ("Who won the cup final?", "Arvik", "Arvik beat Brand"),
        ("What was the score of the cup final?", "3-2", "Arvik beat Brand"),
        ("What was the score between Hoy and Stave?", "28-25", "Hoy lost at home"),
        ("Who scored the winner?", "Ali Noor", "Substitute Ali Noor"),
        ("How many watched the final?", "8,412", "Arvik beat Brand"),
    ],
)
def test_how_a_game_ended_is_not_who_scored_and_when(question: str, short: str, told: str, minilm: MiniLM) -> None:
    held = [
        Article(id=title, title=title, text=text, path=f"{title}.txt")
        for title, text in (("Arvik win the cup", CUP), ("Hoy lose their record", LEAGUE))
    ]
    answer = Assistant(GivenPassages(held, encoder=minilm)).ask(question)

    assert answer.sentences[0].text.startswith(told)
    assert answer.short is not None
    assert answer.short.text == short


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What was the score in the cup final?", False),
        ("What was the final score?", True),
        ("What was the score between Hoy and Stave?", True),
        ("What was the half-time score?", False),
    ],
)
def test_score_is_of_the_game_that_is_asked_about(question: str, told: bool) -> None:
    sentence = "Hoy were beaten 28-25 by Stave at home on Wednesday."

    assert tells_the_score(analyse(question), sentence) is told


@pytest.mark.parametrize(
    ("question", "sentence", "only"),
    [
        ("Who won the match?", "Ali Noor scored the winner in the last minute.", True),
        ("Who won the match?", "Ali Noor scored the winner as Arvik beat Brand 3-2.", False),
        ("Who scored the winner?", "Ali Noor scored the winner in the last minute.", False),
    ],
)
def test_who_scored_the_winner_is_not_told_to_have_won(question: str, sentence: str, only: bool) -> None:
    assert only_scored(question, sentence) is only


def test_who_was_beaten_when_they_lost_is_read() -> None:
    found = contest("Hoy lost at home when they were beaten 28-25 by Stave on Wednesday.")

    assert found is not None
    assert found.loser == (0, 3)


def test_who_hands_out_a_prize_did_not_win_it() -> None:
    text = (
        'Dag Rein has won the Northern Book Prize for his novel "Salt". The prize, worth 250,000 crowns, was given to '
        "him at the Stave book fair on Friday by the minister of culture, Ane Holm."
    )

    assert short_of("Who won the Northern Book Prize?", text) != "Ane Holm"
    assert short_of("Who gave Rein the prize?", text) == "Ane Holm"


def test_whom_somebody_lost_to_is_set_off_and_the_cup_is_not() -> None:
    text = "In May Osk neared the Kell Cup, but suffered a heartbreaking loss to Vell, losing 3-2 in the final."

    assert short_of("Who did Osk lose to?", text) == "Vell"
