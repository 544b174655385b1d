"""Forty pairs of short texts on other topics, half of them agreeing: tests/golden/sides.jsonl."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.denial import denial, facing
from assistant.evidence import Span, Unit, gather
from assistant.given import GivenPassages
from assistant.incompatible import incompatible
from assistant.question import analyse
from assistant.statements import teller
from assistant.values import values
from corpus.article import Article
from index.minilm import MiniLM
from index.passage import Hit, Passage
from tests.fakes import news_of

pytestmark = pytest.mark.slow  # the real encoder

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "golden" / "sides.jsonl").read_text("utf-8").splitlines()
]


@cache
def answered(at: int) -> Answer:
    return Assistant.answer_from(CASES[at]["question"], [article["text"] for article in CASES[at]["articles"]])


def test_half_of_the_pairs_differ() -> None:
    assert [case["differs"] for case in CASES].count(True) == [case["differs"] for case in CASES].count(False) == 20


@pytest.mark.slow
def test_most_differences_are_shown_and_hardly_any_is_made_up() -> None:
    shown = [bool(answered(at).disagreements) for at in range(len(CASES))]
    right = sum(told for told, case in zip(shown, CASES, strict=True) if case["differs"])
    wrong = sum(told for told, case in zip(shown, CASES, strict=True) if not case["differs"])

    assert right >= 17
    assert wrong <= 1


def test_sides_come_from_different_articles_and_are_cited() -> None:
    for at in range(len(CASES)):
        answer = answered(at)
        article = {citation.number: citation.article.id for citation in answer.citations}
        for disagreement in answer.disagreements:
            assert len({article[side.citation] for side in disagreement.sides}) == len(disagreement.sides)
        told = [[side["value"] for side in one["sides"]] for one in answer.to_dict()["disagreements"]]
        assert told == [[side.value for side in one.sides] for one in answer.disagreements]


def test_sides_state_the_values_that_differ() -> None:
    stated = 0
    for at, case in enumerate(CASES):
        if case["differs"] and case["on"] != "yes-no":
            told = {side.value for disagreement in answered(at).disagreements for side in disagreement.sides}
            stated += told == set(case["values"])

    assert stated >= 11


def test_newer_figure_of_one_outlet_is_an_update() -> None:
    def article(name: str, text: str, day: date) -> Article:
        return Article(
            id=name,
            title="Ferry",
            text=text,
            path=f"{name}.txt",
            outlet="Coast Post",
            published=day,
            published_origin="meta",
        )

    held = [
        article(
            "a",
            "The ferry struck the pier at Halden. Police said 14 people were hurt in the collision.",
            date(2024, 3, 5),
        ),
        article(
            "b",
            "The ferry struck the pier at Halden. Police said 23 people were hurt in the collision.",
            date(2024, 3, 7),
        ),
    ]
    answer = Assistant(GivenPassages(held, encoder=MiniLM())).ask(
        "How many people were hurt in the ferry collision at Halden?"
    )

    assert [disagreement.updated for disagreement in answer.disagreements] == [True]


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("14 people", "23 people", True),
        ("about 6,000 men", "6,040 men", False),
        ("$6.04 billion", "$1.04 billion", True),
        ("Ines Carvalho", "Carvalho", False),
        ("Ines Carvalho", "Pavel Novotny", True),
        ("May 2012", "15 May 2012", False),
        ("50%", "half of them", False),
        ("3/4/2024", "3 April 2024", False),
        ("1990s", "1994", False),
        ("19th century", "1850", False),
        ("9 a.m.", "5 p.m.", True),
        ("More than 1,000 people", "1,250 people", False),
        ("More than 1,000 people", "Some 1,200 people", False),
        ("More than 1,000 people", "800 people", True),
        ("Some 800 people", "at least 1,000 people", True),
        ("up to 500 men", "300 men", False),
        ("up to 500 men", "700 men", True),
        ("no fewer than 500 men", "900 men", False),
        ("no fewer than 500 men", "300 men", True),
        ("no more than 500 men", "900 men", True),
        ("no more than 500 men", "300 men", False),
        ("more than 1,000 men", "fewer than 500 men", True),
        ("about 500 men", "900 men", True),
    ],
)
def test_only_values_that_cannot_both_be_true_differ(one: str, other: str, differ: bool) -> None:
    assert incompatible(values(one)[0], values(other)[0], one, other) is differ


def test_yes_and_no_take_more_than_a_word_in_common() -> None:
    question = "Can the Vellbook board veto a release?"
    texts = [
        "In a release on Friday the board of Vellbook said that Lund was not candid with it.",
        "The process requires reports to be sent to the board and leadership of Vellbook at once.",
    ]

    held = [(f"News {at}", text, f"Paper {at}", None) for at, text in enumerate(texts)]

    assert not Assistant(news_of(*held)).ask(question).disagreements


def test_land_whose_name_begins_with_no_denies_nothing() -> None:
    assert not facing(analyse("Is Norland an ally?"), "There is no alliance against Ostria.")
    assert facing(analyse("Is Norland an ally?"), "Norland has an alliance against Ostria.")


def test_values_differ_only_where_both_sentences_bear_on_the_question() -> None:
    news = news_of(
        ("Cup", "Osk City won the Norland Cup in 2000 against Veld.", "A", None),
        ("War", "Kublai won a bloody victory against Burma.", "B", None),
        ("Boats", "Harvard also won the sailing in 2003.", "C", None),
    )
    answer = Assistant(news).ask("Who won the Norland Cup in 2000?")
    assert answer.disagreements == ()
    assert [sentence.text for sentence in answer.sentences] == ["Osk City won the Norland Cup in 2000 against Veld."]


def test_winner_and_loser_in_one_sentence_are_no_difference() -> None:
    texts = [
        "Edda Lund lost to Ilse Brandt on Saturday in the 2019 final of the Vell Open.",
        "Ilse Brandt won the 2019 Vell Open, beating Edda Lund in the final.",
    ]

    loser = next(value for value in values(texts[0]) if value.text == "Edda Lund")
    winner = next(value for value in values(texts[1]) if value.text == "Ilse Brandt")

    assert not incompatible(loser, winner, *texts)


def test_no_confidence_and_no_doubt_deny_nothing() -> None:
    for text in ("The board removed Edda Lund after a vote of no confidence.", "No doubt Edda Lund heads the harbour."):
        other = Article(id="b", title="Harbour", text="Edda Lund heads the harbour at Vell.", path="b.txt", outlet="B")
        article = Article(id="a", title="Harbour", text=text, path="a.txt", outlet="A")

        answer = Assistant(GivenPassages([article, other])).ask("Does Edda Lund head the harbour?")

        assert not answer.disagreements


def test_denial_of_something_else_is_no_side_of_who_holds_an_office() -> None:
    news = news_of(
        (
            "Lund leaves",
            "While not trained as an engineer, Edda Lund of Nordline is seen as a prodigy.",
            "Coast Post",
            None,
        ),
        ("Nordline", "At the meeting of Nordline, Edda Lund showed the new ferry as a prodigy.", "Vell Courier", None),
    )

    assert not Assistant(news).ask("Is Edda Lund the CEO of Nordline?").disagreements


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "Is Norland an ally of Ostria?",
            "Norland was a key partner in an alliance of Ostria against Kell.",
            "Norland is a strategic partner and ally of Ostria, Lund said.",
        ),
        (
            "Was the crane at Osk repaired?",
            "The crane at Osk was repaired in 2019 by the firm Kellmark.",
            "The crane at Osk was repaired in 2021 by the firm Ostrand.",
        ),
        (
            "How high is the crane at Osk?",
            "The crane at Osk, built in March 1974, is 40 metres high.",
            "The crane at Osk, built in June 1967, is 40 metres high.",
        ),
        (
            "Who founded the harbour at Osk?",
            "The harbour at Osk (Ostrian: Oskholm) was founded by Edda Lund.",
            "The harbour at Osk (Kellish: Oskvik) was founded by Edda Lund.",
        ),
    ],
)
def test_what_nobody_asked_for_is_no_difference(question: str, one: str, other: str) -> None:
    answer = Assistant(news_of(("News", one, "Coast Post", None), ("News", other, "Vell Courier", None))).ask(question)

    assert answer.disagreements == ()


def test_voting_against_it_is_a_side() -> None:
    question = analyse("Does the council support the bridge?")

    assert not facing(question, "The council voted against the bridge.")
    assert facing(question, "The council formed an alliance against Kell over the bridge.")


def test_count_that_the_other_sentence_has_too_is_no_difference() -> None:
    texts = "Labour won 412 seats, while the Tories won 121.", "The Tories won 121 seats and Labour 412."
    one, other = (next(value for value in values(text) if value.kind == "number") for text in texts)

    assert (one.text, other.text) == ("412", "121")
    assert not incompatible(one, other, *texts)


@pytest.mark.parametrize(
    ("question", "text", "cue"),
    [
        ("Did Lund call an election?", "Edda Lund called an election outside No 10 Kell Street.", None),
        ("Is the vaccine safe?", "The vaccine is safe and prevents severe illness.", None),
        ("Did Lund win Osk?", "Lund won Osk without spending a crown.", None),
        ("Did the bill pass?", "The bill passed by 52 votes against 48.", None),
        ("Did the bill pass?", "The bill passed despite opposition.", None),
        ("Did the bill pass?", "The bill passed without amendment.", None),
        ("Did the court uphold the ban?", "The court upheld the ban and rejected an appeal.", None),
        ("Did Norland win the match?", "Norland won the match against Osk.", None),
        ("Was the treaty signed?", "The treaty was signed in May, but Kell did not attend.", None),
        ("Did the bill pass?", "The bill did not pass.", "not"),
        ("Did the council approve the bill?", "The council rejected the bill.", "rejected"),
        ("Did the council approve the bill?", "The bill was rejected by the council.", "rejected"),
        ("Did the talks succeed?", "The talks failed.", "failed"),
        ("Was Lund found guilty?", "Edda Lund, founder of the failed bank, has been found guilty.", None),
        ("Does the council support the bridge?", "The council voted against the bridge.", "against"),
        ("Does the council support the bridge?", "The council voted against it in May.", "against"),
        ("Is the vaccine safe?", "The vaccine is unsafe.", "unsafe"),
        ("Did Norland attack the port?", "Norland denied attacking the port.", "denied"),
        ("Will Lund resign?", "Lund ruled out resigning.", "ruled out"),
        ("Will the game go ahead?", "The game was cancelled.", "cancelled"),
        ("Did anyone survive the crash?", "Nobody survived the crash.", "Nobody"),
    ],
)
def test_denial_is_of_what_is_asked(question: str, text: str, cue: str | None) -> None:
    assert denial(analyse(question), text) == (text.index(cue) if cue else None)


def unit(text: str) -> Unit:
    article = Article(id="a", title="News", text=text, path="a.txt")
    passage = Passage("p", article.headline, 0, 0, len(text), text)
    return Unit(Hit(passage, 1.0, 1, "both"), article, 0, Span(0, len(text), text, True))


@pytest.mark.parametrize(
    ("text", "value", "speaker"),
    [
        ("Ragnar Moss said that 460 needed shelter; the town put the homeless at 290.", "290", None),
        ("Ragnar Moss said that 460 needed shelter; the town put the homeless at 290.", "460", "Ragnar Moss"),
        ("Osk lost 12 ships, Edda Lund said; Ragnar Moss said it had lost 19.", "19", "Ragnar Moss"),
        ("“We lost 12 ships; Kell lost 19,” Edda Lund said.", "19", "Edda Lund"),
        ("Edda Lund said that 460 needed shelter and the town 290.", "290", "Edda Lund"),
    ],
)
def test_side_is_told_by_who_speaks_in_its_part_of_the_sentence(text: str, value: str, speaker: str | None) -> None:
    said = teller(unit(text), value)

    assert (said.speaker if said else None) == speaker


def differ(question: str, one: str, other: str, *, titles: tuple[str, str] = ("News", "More news")) -> bool:
    held = [
        Article(id=str(at), title=title, text=text, path=f"{at}.txt", outlet=f"Paper {at}")
        for at, (title, text) in enumerate(zip(titles, (one, other), strict=True))
    ]
    return bool(Assistant(GivenPassages(held, encoder=MiniLM())).ask(question).disagreements)


@pytest.mark.parametrize(
    ("question", "one", "other", "expected"),
    [
        (
            "Did Lund give evidence?",
            "Lund did not give evidence in her own defence.",
            "The trial of Edda Lund goes on. Ragnar Moss, her aide, gave evidence for the prosecution.",
            False,
        ),
        (
            "Did Lund plead guilty?",
            "Lund did not plead guilty at the court in Vell.",
            "The trial of Edda Lund goes on. Ragnar Moss, her aide, pleaded guilty at the court in Vell.",
            False,
        ),
        (
            "Did Lund give evidence?",
            "Lund did not give evidence in her own defence.",
            "On Monday Lund gave evidence in her own defence.",
            True,
        ),
    ],
)
def test_whether_somebody_did_it_is_not_told_by_what_another_did(
    question: str, one: str, other: str, expected: bool
) -> None:
    assert differ(question, one, other, titles=("Lund on trial", "Trial of Lund")) is expected


@pytest.mark.parametrize(
    ("question", "one", "other", "expected"),
    [
        (
            "Did managers of Nordline get a rise?",
            "Drivers have had no real pay rise at Nordline, their union said.",
            "Shares in Nordline fell on Monday.",
            False,
        ),
        (
            "Is it true that 18 people died in Vell?",
            "Six of the dead in Vell were sailors.",
            "A girl was pulled alive from the ruins in Vell.",
            False,
        ),
        (
            "Did exports of Norland increase?",
            "Exports of Norland increased in the spring, the ministry said.",
            "Exports of Norland decreased in the spring, the bank said.",
            True,
        ),
    ],
)
def test_words_of_opposite_meaning_are_sides_only_of_what_is_asked(
    question: str, one: str, other: str, expected: bool
) -> None:
    assert differ(question, one, other) is expected


@pytest.mark.parametrize(
    ("question", "one", "other", "expected"),
    [
        (
            "Who chairs the planning committee?",
            "Edda Lund chairs the planning committee of Vell.",
            "Ragnar Moss chairs the harbour committee of Vell.",
            False,
        ),
        (
            "Who leads the salvage team?",
            "The salvage team is led by Edda Lund.",
            "The rescue team was led by Ragnar Moss.",
            False,
        ),
        (
            "Who chairs the planning committee?",
            "Edda Lund chairs the planning committee of Vell.",
            "Ragnar Moss chairs the planning committee of Vell.",
            True,
        ),
    ],
)
def test_names_differ_only_where_both_are_of_the_same_body(question: str, one: str, other: str, expected: bool) -> None:
    assert differ(question, one, other) is expected


def test_how_many_told_it_is_no_other_number() -> None:
    question = "How many people will Nordline let go?"
    cut = "Nordline will let 870 people go in Vell this autumn, the firm said."

    assert not differ(question, cut, "Nordline will let people go, three people familiar with the matter said.")
    assert differ(question, cut, "Nordline will let 240 people go in Vell this autumn, the firm said.")


def test_other_things_and_words_that_deny_nothing_asked_are_no_sides() -> None:
    title = "The Rovers and Edda Lund"
    runs = "Six runs for 163 yards and a try left Edda Lund of the Rovers with 812 yards."
    assert not differ("How many tries has Lund scored?", runs, "Edda Lund needs to average 153 yards a game for a try.")

    aged = "Edda Lund, now 38, has led the Rovers in Osk since 2019."
    other = "There was no attempt to remove Edda Lund from the Rovers in Osk, said Moss."
    assert not differ("How old is Edda Lund?", aged, other, titles=(title, "More news"))
    assert differ("How old is Edda Lund?", aged, "Edda Lund, now 44, leads the Rovers in Osk.", titles=(title, title))


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "How many members did the union have in 2021?",
            "The union had 52,000 members in 2021.",
            "The union had 55,500 members in 2020.",
        ),
        ("When did Vell win the league?", "Vell won the league in 2010/11.", "Vell won the league in 2011."),
        (
            "When did Vell United win the league?",
            "Vell United won the league in 2011.",
            "Osk City won the league in 2013.",
        ),
    ],
)
def test_other_years_seasons_and_winners_are_no_sides(question: str, one: str, other: str) -> None:
    assert not differ(question, one, other)


@pytest.mark.parametrize("question", ["Did the council reject the tram?", "Was the tram rejected?"])
def test_contrary_of_what_is_asked_comes_first_where_the_deed_is_told_nowhere(question: str, minilm: MiniLM) -> None:
    text = (
        "The council of Vell approved a tram line to the harbour by 23 votes to 18. The tram costs 90 million crowns. "
        "Opposition leader Tor Kell called the tram a gamble with other people's money."
    )
    held = GivenPassages([Article(id="a", title="Tram", text=text, path="a")], encoder=minilm)

    assert "approved a tram line" in Assistant(held).ask(question).sentences[0].text


def test_other_figure_of_the_same_outlet_is_said_to_be_newer_and_no_dispute() -> None:
    def about(*outlets: str) -> list[tuple[str, bool]]:
        told = ("The ferry Astrid carried 230 passengers.", "The ferry Astrid carried 188 passengers.")
        articles = [
            (f"Astrid {day}", text, outlet, date(2024, 3, day))
            for day, (text, outlet) in enumerate(zip(told, outlets, strict=True), start=1)
        ]
        found = Assistant(news_of(*articles)).ask("How many passengers did the ferry Astrid carry?").disagreements
        return [(one.about, one.updated) for one in found]

    assert about("Vell Post", "Vell Post") == [("A newer article of the same outlet says otherwise:", True)]
    assert about("Vell Post", "Osk Herald") == [("The articles differ on the number:", False)]


def test_price_of_a_ticket_is_no_other_cost_a_year(minilm: MiniLM) -> None:
    def differ(other: str) -> bool:
        texts = "The ferry from Osk would cost 6 million crowns a year.", other
        held = [Article(id=f"a{at}", title="Ferry", text=text, path=f"{at}") for at, text in enumerate(texts)]
        answer = Assistant(GivenPassages(held, encoder=minilm)).ask("How much will the ferry from Osk cost a year?")
        return bool(answer.disagreements)

    assert not differ("Tickets for the ferry from Osk will cost 45 crowns.")
    assert differ("The ferry from Osk will cost 9 million crowns a year.")


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Vell's coach, Tor Kell, was not happy.", "Tor Kell"),
        ("Edda Lund was not happy.", "Edda Lund"),
        ("His grandfather, Ben Kell, saved 38 people.", "he"),
    ],
)
def test_he_who_speaks_is_whom_the_sentence_before_opens_with_and_not_who_owns_it(before: str, speaker: str) -> None:
    text = f'{before} "It was never a red card," he said.'
    article = Article(id="a", title="News", text=text, path="a.txt")
    hit = Hit(Passage("p", article.headline, 0, 0, len(text), text), 1.0, 1, "both")
    said = teller(gather([hit], {"a": article})[-1], "red card")

    assert said is not None
    assert said.speaker == speaker
