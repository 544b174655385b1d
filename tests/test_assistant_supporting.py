"""Which sentences a passage supports, judged by code."""

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.evidence import Unit, gather
from assistant.facts import facts
from assistant.opposites import opposites
from assistant.supporting import supported
from corpus.article import Article
from index.passage import Hit, Passage
from tests.fakes import HashingEncoder

TEXT = (
    "Mayor Ada Brenner opened the tram line to Lindvik on Wednesday. She said it would carry 1.2 million passengers a "
    "year. The line cost 84 million euros, 30 per cent more than planned. The council did not approve a second line. "
    "“We are not finished,” said Karel Dvorak of the union. Ticket prices rose in March."
)
encode = HashingEncoder().encode


def passage(text: str = TEXT, published: date | None = date(2023, 5, 4)) -> list[Unit]:
    origin = "meta" if published else "unknown"
    article = Article(id="a", title="Tram opens", path="a", text=text, published=published, published_origin=origin)
    hit = Hit(Passage("a-0", article.headline, 0, 0, len(text), text), 1.0, 1, "both")
    return gather([hit], {article.id: article})


@pytest.mark.parametrize(
    "sentence",
    [
        "The tram line to Lindvik was opened on Wednesday by Mayor Ada Brenner.",
        "Ada Brenner opened the tram line to Lindvik on 3 May 2023.",
        "Brenner said the line would carry 1,200,000 passengers a year.",
        "The line cost 84 million euros.",
        "The line cost €84 million, 30% more than planned.",
        "A second line was not approved by the council.",
    ],
)
def test_a_true_sentence_gets_quotes_that_are_in_the_article(sentence: str) -> None:
    support = supported(sentence, passage(), encode)

    assert support.quotes
    assert all(TEXT[one.span.start : one.span.end] == one.text for one in support.quotes)


@pytest.mark.parametrize(
    "sentence",
    [
        "The line cost 85 million euros.",
        "The line cost €84 million, 31% more than planned.",
        "Brenner said the line would carry 1.3 million passengers a year.",
        "Ada Brenner opened the tram line to Lindvik on 4 May 2023.",
        "Ada Brenner opened the tram line to Lindvik on Thursday.",
        "Mayor Karla Voss opened the tram line to Lindvik on Wednesday.",
        "Mayor Ada Brenner opened the tram line to Vosk on Wednesday.",
        "Mayor Ada Brenner did not open the tram line to Lindvik on Wednesday.",
        "The council approved a second line.",
        "Ticket prices fell in March.",
        "It would carry 1.2 million passengers a year.",
        "“We are almost finished,” said Karel Dvorak of the union.",
        "Trams are a clean and modern means of transport.",
        "Die Linie wurde von der Stadt bezahlt.",
    ],
)
def test_a_changed_sentence_rests_on_nothing_and_says_why(sentence: str) -> None:
    support = supported(sentence, passage(), encode)

    assert not support.quotes
    assert support.reason


def test_a_grave_deed_has_to_be_told_of_and_a_harmless_word_is_none() -> None:
    text = "The aftermath of the war saw tensions with Orania rise, with the latter conducting military exercises."

    assert supported("Tensions rose after the war, and Orania held military exercises.", passage(text), encode).quotes
    assert (
        "arrest" in supported("After the war Orania arrested many in military exercises.", passage(text), encode).reason
    )


def test_a_number_counts_what_stands_behind_it_and_not_behind_another_that_holds_it() -> None:
    fleet = passage("The fleet lost 15 ships and 5 planes off Kell.")

    assert supported("The fleet lost 15 ships off Kell.", fleet, encode).quotes
    for claim in ("The fleet lost 5 ships off Kell.", "The fleet lost 15 planes off Kell."):
        assert not supported(claim, fleet, encode).quotes


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("In March the court ruled against the firm.", "In June the court ruled against the firm."),
        ("6 per cent of the voters of Vell stayed at home.", "One in five of the voters of Vell stayed at home."),
        ("Fifty people of Vell died in the flood.", "One hundred and fifty people of Vell died in the flood."),
        ("The trains of Vell were punctual.", "The trains of Vell were delayed."),
    ],
)
def test_another_month_share_count_or_opposite_is_no_support(claim: str, told: str) -> None:
    assert supported(told, passage(told), encode).quotes
    assert not supported(claim, passage(told), encode).quotes


def test_a_month_or_year_seen_from_the_day_of_the_article_is_that_one() -> None:
    told = facts("The bridge opened last month, a year after the 21st storm.", date(2024, 5, 8))
    assert [(one.kind, one.key) for one in told if one.kind == "date"] == [("date", "2024-04")]
    assert facts("The bridge opened last week.", date(2024, 5, 8)) == ()


def test_ordinals_are_numbers_in_figures_and_in_words() -> None:
    assert [(one.kind, one.key) for one in facts("The 21st bridge, the third bridge, the G7th.", None)] == [
        ("number", "21"), ("loose", "3"), ("code", "g7th"),
    ]  # fmt: skip


def test_a_count_in_a_year_is_supported_by_it() -> None:
    text = "Lund Motors sold 1.8 million cars in 2023, and hired 30 in 2019."

    assert supported("Lund Motors sold 1.8 million in 2023.", passage(text), encode).quotes


def test_opposites_are_words_as_texts_are_read() -> None:
    assert not [word for word in opposites(in_a_claim=True) if "-" in word]


def test_a_claim_keeps_its_owner() -> None:
    text = "Cohen said that the embassy would open in the spring."

    assert supported("The embassy would open in the spring.", passage(text), encode).reason.startswith("it is Cohen")
    assert supported("Cohen said the embassy would open in the spring.", passage(text), encode).quotes


KILLED = "Smith killed his wife in Leeds."


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("Russia attacked the hospital.", "Russia denied attacking the hospital."),
        ("Russian forces attacked the hospital.", "Moscow denied that Russian forces had attacked the hospital."),
        ("The Senate approved the bill.", "The Senate failed to approve the bill."),
        ("The Senate approved the bill.", "The Senate refused to approve the bill."),
        ("The Senate approved the bill.", "The Senate declined to approve the bill."),
        ("The Senate approved the bill.", "The Senate was unable to approve the bill."),
        ("The Senate failed to approve the bill.", "The Senate approved the bill."),
        ("Johnson resigned.", "Johnson ruled out resigning."),
        ("Smith killed his wife.", "Smith denied that he killed his wife."),
        ("Smith denied killing his wife.", "Smith killed his wife."),
        ("The reactor leaked.", "The minister denied the reactor had leaked."),
        ("The reactor did not leak.", "Minister Reyes denied that the reactor had leaked."),
        ("The ban is not lawful.", "The court ruled the ban is lawful."),
        ("Trump will not appeal.", "Trump said he would appeal the ruling."),
        (KILLED, "Smith killed his wife in Leeds, police said."),
        (KILLED, "Smith killed his wife in Leeds, local police said on Monday."),
        (KILLED, "Smith killed his wife in Leeds, prosecutors said."),
        (KILLED, "Smith killed his wife in Leeds, Hamas officials said."),
        (KILLED, "Smith killed his wife in Leeds, according to police."),
        (KILLED, "Smith, prosecutors say, killed his wife in Leeds."),
        (KILLED, "Prosecutors said Smith killed his wife in Leeds."),
        (KILLED, "Smith allegedly killed his wife in Leeds."),
        (KILLED, "Smith is accused of having killed his wife in Leeds."),
        (KILLED, "Smith was charged with killing his wife in Leeds."),
        ("The embassy would open in the spring.", "Cohen, who leads it, said the embassy would open in the spring."),
        ("The embassy would open in May.", "Cohen, 46, who leads it, said the embassy would open in May."),
        ("The fire in Leeds was arson.", "The fire in Leeds, which police said was arson, killed three people."),
    ],
)
def test_what_is_denied_failed_or_alleged_is_no_fact(claim: str, told: str) -> None:
    support = supported(claim, passage(told), encode)

    assert not support.quotes
    assert support.reason


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("Smith denied killing his wife.", "Smith denied that he killed his wife."),
        ("The Senate did not approve the bill.", "The Senate failed to approve the bill."),
        ("Smith is charged with murder.", "Smith, who denies murder, is charged with murdering his wife."),
        ("The coup took place in 2016.", "The failed coup took place in July 2016."),
        ("Smith was refused bail in Leeds.", "Smith was denied bail in Leeds."),
        ("Johnson refused to rule out resigning.", "Johnson refused to rule out resigning on Monday."),
        ("The court ruled the ban is not lawful.", "The court ruled that the ban is not lawful."),
        ("Smith was arrested in Leeds.", "Smith, who allegedly killed his wife, was arrested in Leeds."),
        ("Smith is accused of killing his wife in Leeds.", "Smith allegedly killed his wife in Leeds."),
        ("Smith allegedly killed his wife in Leeds.", "Smith is accused of killing his wife in Leeds."),
        ("Police said Smith killed his wife in Leeds.", "Smith killed his wife in Leeds, police said."),
        (
            "Smith killed his wife in Leeds, according to prosecutors.",
            "Prosecutors said Smith killed his wife in Leeds.",
        ),
        ("Smith was charged with killing his wife.", "Smith was charged with killing his wife in Leeds."),
        ("The war in Osk goes on.", "Smith is accused of war crimes, and the war in Osk goes on."),
        ("The council oversees the vote.", "The council is the body charged with overseeing the vote."),
        ("Police arrested Smith in Leeds.", "Police arrested Smith in Leeds on Monday."),
        (
            "The fire killed three people in Leeds.",
            "The fire, which police said was arson, killed three people in Leeds.",
        ),
    ],
)
def test_what_owns_a_denial_or_is_beside_it_stands(claim: str, told: str) -> None:
    assert supported(claim, passage(told), encode).quotes


def test_a_weekday_of_an_undated_article_stays_a_weekday() -> None:
    assert supported("The tram line to Lindvik was opened on Wednesday.", passage(published=None), encode).quotes
    assert not supported("The tram line to Lindvik was opened on 3 May 2023.", passage(published=None), encode).quotes


def test_nothing_cited_supports_nothing() -> None:
    assert supported("The line cost 84 million euros.", [], encode).reason == "no passage is cited"


def test_the_written_out_paraphrases_stand() -> None:
    lines = (Path(__file__).parent / "golden" / "paraphrases.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    lost = [row for row in rows if not supported(row["paraphrase"], passage(row["source"], None), encode).quotes]

    assert len(rows) == 300
    assert len(lost) <= 0.05 * len(rows), lost
