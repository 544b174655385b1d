"""Which number counts what is asked for: no part for the whole, nobody who did something else, nothing expected."""

from datetime import date

import pytest

from assistant import Assistant
from assistant.ages import grown
from assistant.counting import counted_otherwise, of_a_part, of_those_that_were
from assistant.expecting import only_expected
from assistant.measure import measures
from assistant.question import analyse
from tests.fakes import news_of

STAFF = "Brightlow employs 3,400 people, of whom 260 work at the Grand Hotel in Osk."
ABOARD = "Sixty-one people were aboard the Lady Maud, 31 were rescued and six are still missing."
FOUND = "Police have recovered 112 of the 140 gold coins that were stolen from the museum."


def short(question: str, *texts: str) -> str:
    answer = Assistant(news_of(*((f"News {at}", text, f"Outlet {at}", None) for at, text in enumerate(texts)))).ask(
        question
    )
    return answer.short.text if answer.short else ""


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("How many people work for Brightlow?", True),
        ("How many people work at the Grand Hotel?", False),
        ("How many employees does Brightlow have?", True),
    ],
)
def test_a_part_is_not_the_whole(question: str, part: bool) -> None:
    start = STAFF.index("260")

    assert of_a_part(analyse(question), STAFF, start, start + 3) is part


def test_those_who_are_counted_did_what_is_asked() -> None:
    died = analyse("How many people were rescued?")
    closed = [ABOARD[slice(*one)] for one in counted_otherwise(died, ABOARD)]

    assert closed == ["Sixty-one people were aboard the Lady Maud", "six are still missing."]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many jobs will be lost?", "Of the 430 jobs, 310 will be kept."),
        ("How many people were killed in Osk?", "Some 800 people came to the vigil."),
    ],
)
def test_the_contrary_and_the_unharmed_are_not_counted(question: str, sentence: str) -> None:
    assert list(counted_otherwise(analyse(question), sentence))


def test_of_those_that_were_stolen_the_whole_was() -> None:
    stolen, part, whole = analyse("How many coins were stolen?"), FOUND.index("112"), FOUND.index("140")

    assert of_those_that_were(stolen, FOUND, part, part + 3) is False
    assert of_those_that_were(stolen, FOUND, whole, whole + 3) is True
    assert of_those_that_were(analyse("How many coins were recovered?"), FOUND, part, part + 3) is None


def test_what_was_expected_is_not_what_was() -> None:
    expected = "Analysts had expected a profit of 11 million crowns."

    assert only_expected(analyse("How much profit did Brightlow make?"), expected)
    assert not only_expected(analyse("How much profit had analysts expected?"), expected)
    assert not only_expected(analyse("How much profit did Brightlow make?"), "Profit came to 14 million crowns.")


def test_staff_of_another_house_or_firm_is_no_difference() -> None:
    articles = (
        ("Brightlow recovers", STAFF, "Ledger", None),
        ("Pumps", "Today Pumpwise employs 120 people, most of them engineers.", "Weekly", None),
        ("Glass", "Production will move to newer works in Telling, where 60 people will be taken on.", "Herald", None),
    )
    answer = Assistant(news_of(*articles)).ask("How many people work for Brightlow?")

    assert answer.short
    assert answer.short.text == "3,400"
    assert not answer.disagreements


def test_the_dead_are_nothing_against_those_aboard() -> None:
    articles = (
        ("Ferry sinks", "Twenty-four people died when the ferry sank off Osk.", "Times", None),
        ("Ferry", "Sixty-three people had been aboard the ferry, its operator said.", "Courier", None),
    )

    assert not Assistant(news_of(*articles)).ask("How many people were aboard the ferry?").disagreements


def test_what_another_name_has_right_behind_it_is_of_that_name() -> None:
    assert short("How many people does Kestrel employ?", "Kestrel belongs to Aldane, which employs 6,000 people.") == ""
    assert short("How many people does Aldane employ?", "Kestrel belongs to Aldane, which employs 6,000 people.")


@pytest.mark.parametrize(
    ("question", "sentence", "value", "kind", "measured"),
    [
        ("How high is unemployment?", "Unemployment rose to 5.2 percent in August.", "5.2 percent", "share", True),
        ("How high was the fine?", "The fine came to 5 million euros.", "5 million euros", "money", True),
        (
            "How high is the tower?",
            "The tower of 90 metres cost 5 million euros.",
            "5 million euros",
            "money",
            False,
        ),
        ("How high is the tower?", "The tower is 90 metres high.", "90", "number", True),
    ],
)
def test_rates_and_sums_are_high_too(question: str, sentence: str, value: str, kind: str, measured: bool) -> None:
    start = sentence.index(value)

    assert measures(analyse(question), sentence, start, start + len(value), kind) is measured  # type: ignore[arg-type]


def test_who_has_grown_older_is_of_one_age() -> None:
    then, now = date(2024, 2, 5), date(2024, 11, 8)

    assert grown(("61", "62"), (then, now))
    assert grown(("62", "61"), (now, then))
    assert not grown(("61", "65"), (then, now))
    assert not grown(("61", "62"), (then, date(2024, 2, 6)))


def test_an_age_once_had_is_not_the_age_today() -> None:
    text = "When Jun Albright was nine, she took a pump apart. Now 34, she runs a company."
    answer = Assistant(news_of(("Pumps", text, None, None))).ask("How old is Jun Albright?")

    assert not answer.short or answer.short.text == "34"


def test_what_somebody_faces_if_convicted_is_no_sentence() -> None:
    assert short("How long must Finch go to prison?", "If convicted, Finch faces up to ten years in prison.") == ""


def test_its_chief_is_that_of_whom_the_sentence_before_opens_with() -> None:
    articles = (
        ("Brightlow", "Brightlow's chief executive, Marta Quill, said that the result was good.", "Ledger", None),
        (
            "Norvane bids for Brightlow",
            "Norvane runs 88 hotels. Its chief executive, Ingrid Moss, is pleased. The owners of Norvane want more.",
            "Herald",
            None,
        ),
    )

    assert not Assistant(news_of(*articles)).ask("Who is the chief executive of Brightlow?").disagreements
