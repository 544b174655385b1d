"""What an article takes back answers nothing: corrections and earlier posts of a live report."""

from datetime import date

import pytest

from assistant import Assistant
from assistant.candidate import candidates
from assistant.fitting import fits
from assistant.question import analyse
from assistant.retraction import posted, taken_back
from tests.fakes import news_of


def fitting(question: str, sentence: str) -> set[str]:
    asked = analyse(question)
    return {sentence[one.start : one.end] for one in candidates(sentence) if fits(asked, sentence, one)}


@pytest.mark.parametrize(
    ("question", "sentence", "right", "wrong"),
    [
        (
            "How many counts was Lund convicted on?",
            "An earlier version of this article said that Lund was convicted on six counts.",
            "",
            "six",
        ),
        ("How old is Edda Lund?", "The Vell Courier wrongly reported that Edda Lund was 45 years old.", "", "45"),
        (
            "How many were aboard?",
            "The port says 212 people were aboard, not 190 as we reported earlier.",
            "212",
            "190",
        ),
        (
            "Which ship ran aground?",
            "The ship is the Astrid, not the Kestrel, as we reported at 14:30.",
            "the Astrid",
            "the Kestrel",
        ),
        ("What income did Lund wrongly state?", "She had wrongly stated an income of £45,000.", "£45,000", ""),
    ],
)
def test_what_is_taken_back_fits_no_question(question: str, sentence: str, right: str, wrong: str) -> None:
    found = {one.removeprefix("the ") for one in fitting(question, sentence)}

    assert not right or right.removeprefix("the ") in found
    assert not wrong or wrong.removeprefix("the ") not in found


@pytest.mark.parametrize(
    "sentence",
    [
        "Lund misstated her income by £4m.",
        "The original edition of the book sold 4,000.",
        "An earlier version of the bill had six clauses.",
    ],
)
def test_what_somebody_got_wrong_is_no_notice(sentence: str) -> None:
    assert taken_back(sentence) is None


def test_correction_comes_before_what_it_corrects() -> None:
    text = (
        "Edda Lund was convicted over the harbour of Vell. The court sat for a week. "
        "Correction: an earlier version of this article said that Lund had been convicted on all six counts. "
        "She was convicted on four."
    )
    answer = Assistant(news_of(("Lund convicted", text, None, None))).ask("How many counts was Lund convicted on?")

    assert answer.short is not None
    assert answer.short.text == "four"
    assert answer.sentences[0].text == "She was convicted on four."


LIVE = (
    "16:20 Police in Vell now say that 31 people have been taken to hospital.\n\n"
    "15:05 The coastguard says that 212 passengers were on board, not 190 as we reported earlier.\n\n"
    "14:40 Police in Vell say that 12 people have been taken to hospital.\n\n"
    "14:10 There were 190 passengers on board the ferry.\n\n"
    "13:55 The ferry Astrid has run aground off Vell with 4,000 tons of salt."
)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How many people were taken to hospital in Vell?", "31"),
        ("How many passengers were on board the ferry?", "212"),
        ("How many tons of salt did the ferry carry?", "4,000"),
    ],
)
def test_later_post_of_a_live_report_outdates_an_earlier_one(question: str, short: str) -> None:
    answer = Assistant(news_of(("Live: ferry aground off Vell", LIVE, None, None))).ask(question)

    assert answer.short is not None
    assert short in answer.short.text


def test_afternoon_of_a_live_report_outdates_its_morning() -> None:
    text = (
        "3:15 p.m. Police in Vell now say that 31 people have been taken to hospital.\n\n"
        "11:40 a.m. Police in Vell say that 12 people have been taken to hospital.\n\n"
        "9:30 a.m. The ferry Astrid has run aground off Vell with 4,000 tons of salt."
    )
    answer = Assistant(news_of(("Live: ferry aground off Vell", text, None, None))).ask(
        "How many people were taken to hospital in Vell?"
    )

    assert answer.short is not None
    assert answer.short.text == "31"


@pytest.mark.parametrize(
    ("sentence", "minute"),
    [
        ("16:20 Police say so.", 980), ("4.20pm – Police say so.", 980), ("12:05 a.m.: They say so.", 5),
        ("3:15 p.m. Police say so.", 915),
        ("12:05 pm: They say so.", 725), ("At 16:20 they said so.", None), ("25:20 is no time.", None),
    ],
)  # fmt: skip
def test_time_that_opens_a_post_is_read(sentence: str, minute: int | None) -> None:
    assert posted(sentence) == minute


@pytest.mark.parametrize(
    ("outlet", "day", "short"), [("Vell Post", 21, "188"), ("Osk Herald", 21, "230"), ("Vell Post", 12, "230")]
)
def test_correction_printed_by_itself_outdates_what_the_outlet_said_before(outlet: str, day: int, short: str) -> None:
    notice = (
        "Correction: An article on the ferry Astrid gave the number of passengers as 230. "
        "In fact the ferry Astrid carried 188 passengers."
    )
    news = news_of(
        ("Astrid aground", "The ferry Astrid carried 230 passengers when it sank.", "Vell Post", date(2024, 3, 19)),
        ("The Astrid", notice, outlet, date(2024, 3, day)),
    )
    answer = Assistant(news).ask("How many passengers did the ferry Astrid carry when it sank?")

    assert answer.short is not None
    assert answer.short.text == short


def test_correction_of_somebody_is_no_notice() -> None:
    assert taken_back("The market saw a correction in the report of a bank.") is None
    assert taken_back("Correction: our story on Vell named the mayor as Ada Moss.") is not None


def test_posts_of_two_reports_do_not_outdate_each_other() -> None:
    news = news_of(
        ("Ferry aground off Vell", "14:10 Police in Vell say that 12 people were taken to hospital.", None, None),
        ("Ferry burns off Osk", "16:20 Police in Osk say that 31 people were taken to hospital.", None, None),
    )
    answer = Assistant(news).ask("How many people were taken to hospital in Vell?")

    assert answer.short is not None
    assert answer.short.text == "12"


def test_notice_that_opens_with_the_article_it_corrects_is_read() -> None:
    news = news_of(
        ("Tram approved", "The tram costs 90 million crowns.", "Vell Post", date(2024, 3, 4)),
        (
            "Correction: tram",
            "In our article of 4 March we said that the tram costs 90 million crowns. It costs 95 million crowns.",
            "Vell Post",
            date(2024, 3, 6),
        ),
    )
    short = Assistant(news).ask("How much does the tram cost?").short

    assert short is not None
    assert short.text == "95 million crowns"
