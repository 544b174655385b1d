"""Yes or no: the first sentence tells the deed that is asked about, or its contrary, and so does each side."""

from datetime import date

import pytest

from assistant import Assistant
from assistant.deed import deed_of, only_named, tells_the_deed, told_of
from assistant.evidence import gather
from assistant.fulfilment import not_so_far
from assistant.question import analyse
from tests.fakes import news_of

RESULTS = (
    "OSK - Brightlow, the ferry operator, returned to profit in the third quarter, it said on Tuesday. "
    "Analysts had expected a profit of 11 million. Brightlow said it had no plans to cut jobs this year."
)
BID = (
    "Ferry operator Brightlow has turned down a takeover offer from Norvane. Norvane said it was disappointed. "
    "Its chief executive, Ingrid Moss, said she had not ruled out a higher bid. "
    "An analyst, Ada Munro, said that she expected the board to accept."
)
TRIAL = (
    "Gerald Finch pleaded not guilty to six counts of bribery. If convicted, Finch faces ten years. "
    "Finch showed no emotion. The court in Osk found Finch guilty on five counts of bribery."
)
NURSE = (
    "A nurse accused of poisoning three patients was acquitted on Thursday. "
    "Irene Moffat, 45, had spent 14 months in custody. Moffat wept."
)


def first(question: str, *texts: str, on: tuple[date | None, ...] = (None, None)) -> str:
    articles = [(f"News {at}", text, f"Outlet {at}", on[at]) for at, text in enumerate(texts)]
    answer = Assistant(news_of(*articles)).ask(question)
    return answer.sentences[0].text if answer.sentences else ""


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("Did Brightlow make a profit?", RESULTS, "returned to profit"),
        ("Did Brightlow reject the offer?", BID, "turned down"),
        ("Has Brightlow accepted the offer?", BID, "turned down"),
        ("Has Gerald Finch been convicted?", TRIAL, "found Finch guilty"),
        ("Was Irene Moffat acquitted?", NURSE, "was acquitted"),
    ],
)
def test_the_deed_that_is_asked_about_comes_first(question: str, text: str, told: str) -> None:
    assert told in first(question, text)


@pytest.mark.parametrize(
    ("question", "deed"),
    [
        ("Did the bank cut rates?", "cut"),
        ("Did Osk make a loss?", "loss"),
        ("Did the union call off the strike?", "cancel"),
        ("Was Lund found guilty of fraud?", "guilti"),
        ("Was the knife found?", "found"),
        ("Is the ward closed?", "close"),
    ],
)
def test_a_light_verb_leaves_the_deed_to_what_follows(question: str, deed: str) -> None:
    assert deed_of(question).own == {deed}


@pytest.mark.parametrize(
    ("question", "sentence", "tells"),
    [
        ("Did the bank cut rates?", "The bank lowered its key rate to 4 percent.", True),
        ("Did the bank raise rates?", "The bank lowered its key rate to 4 percent.", True),
        ("Did the bank cut rates?", "The decision was not unanimous.", False),
        ("Has Lund been convicted?", "Lund pleaded not guilty.", False),
        ("Has Lund been convicted?", "Lund was sentenced to four years.", True),
    ],
)
def test_other_words_tell_a_deed(question: str, sentence: str, tells: bool) -> None:
    assert tells_the_deed(deed_of(question), sentence) is tells


def test_what_comes_if_it_is_done_does_not_tell_that_it_will_be() -> None:
    question = "Will Norvane move the head office?"
    supposed = "Four hundred of the staff of Norvane could go if the head office is moved, the union said."
    news = news_of(("Bid", f"{supposed} Norvane will move the head office.", None, None))
    hits = Assistant(news).ask(question).hits
    units = gather(hits, {hit.passage.article.id: news.article(hit.passage.article.id) for hit in hits})

    assert [told_of(analyse(question), unit) for unit in units] == [False, True]


def test_who_went_on_trial_does_not_go_to_another_court() -> None:
    assert not deed_of("Will Lund go to the Supreme Court?").own


def test_what_a_sentence_only_names_it_does_not_tell() -> None:
    deed = deed_of("Will the plant close?")

    assert only_named(deed, "The mayor said the closure was a blow.")
    assert not only_named(deed, "The plant will close in March.")
    assert not only_named(deed_of("Did exports of Norland increase?"), "Exports of Norland decreased in spring.")
    assert not only_named(deed_of("Did the bank raise rates?"), "The bank cut rates.")


def test_an_arrest_that_a_newer_article_tells_comes_before_none_and_is_no_difference() -> None:
    old = "Thieves stole coins from the Osk museum on Monday. No arrests have been made over the museum theft."
    new = "Police have arrested three men over the theft from the Osk museum."
    asked = "Has anyone been arrested over the museum theft?"

    assert first(asked, old, new, on=(date(2024, 9, 3), date(2024, 10, 11))) == new
    articles = (("Theft", old, "Courier", date(2024, 9, 3)), ("Arrests", new, "Post", date(2024, 10, 11)))
    assert not Assistant(news_of(*articles)).ask(asked).disagreements


@pytest.mark.parametrize(
    ("sentence", "open_yet"),
    [
        ("No arrests have been made.", True),
        ("He has not been arrested.", True),
        ("He has not yet been arrested.", True),
        ("He will not be arrested.", False),
        ("He was arrested on Monday.", False),
    ],
)
def test_not_so_far_is_not_never(sentence: str, open_yet: bool) -> None:
    assert not_so_far(frozenset({"arrest"}), sentence) is open_yet


def test_that_somebody_survived_does_not_deny_an_arrest() -> None:
    articles = (
        ("Captain", "The captain of the ferry, Tor Wren, survived and is being questioned.", "Times", None),
        ("Museum", "Thieves stole coins from a museum. No arrests have been made.", "Courier", None),
    )

    assert not Assistant(news_of(*articles)).ask("Has the captain of the ferry been arrested?").disagreements


def test_whether_it_will_be_is_not_denied_by_who_does_not_say() -> None:
    articles = (
        ("Bid", "The Oake family has not said whether it will sell its stake.", "Herald", None),
        ("Board", "The Oake family holds 31 percent and may sell its stake.", "Ledger", None),
    )

    assert not Assistant(news_of(*articles)).ask("Will the Oake family sell its stake?").disagreements
