"""Who holds which office, of whom: as sentences say it, and as a question is answered with it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant
from assistant.holder import holders
from assistant.office import held_by
from assistant.question import analyse
from tests.fakes import news_of


@pytest.mark.parametrize(
    ("sentence", "name", "fields", "owners"),
    [
        ("Norland's foreign minister, Ilse Brandt, spoke of Ostria.", "Ilse Brandt", {"foreign"}, ("Norland's",)),
        ("Ostrian Finance Minister Tor Kell resigned.", "Tor Kell", {"financ"}, ("Ostrian",)),
        ("They met Tor Kell, the foreign minister of Ostria, in Vell.", "Tor Kell", {"foreign"}, ("Ostria",)),
        ("Edda Lund, Norland's deputy minister for health, quit.", "Edda Lund", {"deputi", "health"}, ("Norland's",)),
        ("Ragnar Moss became the CEO of Vellbook in 2010.", "Ragnar Moss", set(), ("Vellbook",)),
        ("Bank of Norland governor Edda Lund said so.", "Edda Lund", set(), ("Bank", "Norland")),
        ("The governor of the Bank of Norland, Edda Lund, said so.", "Edda Lund", set(), ("Bank", "Norland")),
        ("On Friday President Ragnar Moss left.", "Ragnar Moss", set(), ()),
        ("U.S. President Ragnar Moss left.", "Ragnar Moss", set(), ("U.S",)),
        (
            "Edda Lund, Norland's minister for trade and energy and a friend, quit.",
            "Edda Lund",
            {"trade", "energi"},
            ("Norland's",),
        ),
        ("Its CEO, Ragnar Moss, resigned.", "Ragnar Moss", set(), ()),
        ("Norland's Chief Justice Ada Moss met him.", "Ada Moss", {"justic"}, ("Norland's",)),
        ("Kell's Crown Prince Tor bin Lund met him.", "Tor bin Lund", {"crown"}, ("Kell's",)),
        ("The president of Kell's central bank, Ada Moss, left.", "Ada Moss", {"chief of bank"}, ("Kell's",)),
    ],
)
def test_name_stands_by_its_office(sentence: str, name: str, fields: set[str], owners: tuple[str, ...]) -> None:
    (found,) = holders(sentence)

    assert sentence[found.start : found.end] == name
    assert (set(found.fields), found.owners) == (fields, owners)


def test_who_is_named_behind_a_field_is_in_no_office() -> None:
    (found,) = holders("Edda Lund, minister for health and Ragnar Moss's friend, quit.")

    assert found.start == 0


@pytest.mark.parametrize(
    "sentence", ["The minister resigned.", "Edda Lund met the president.", "A president came to Vell.", "President", ""]
)
def test_office_without_a_name_and_name_without_an_office_is_held_by_nobody(sentence: str) -> None:
    assert holders(sentence) == ()


@pytest.mark.parametrize(
    ("question", "sentence", "name", "held"),
    [
        ("Who is Ostria's foreign minister?", "Norland's foreign minister, Ilse Brandt, left Ostria.", "Brandt", False),
        ("Who is Ostria's foreign minister?", "Ostrian Foreign Minister Tor Kell came.", "Tor Kell", True),
        ("Who is the prime minister of Ostria?", "Ostrian Foreign Minister Tor Kell came.", "Tor Kell", False),
        ("Who is the defence minister of Ostria?", "Ostrian Defense Minister Tor Kell came.", "Tor Kell", True),
        ("Who is the president of Ostria?", "Ostrian Vice President Tor Kell came.", "Tor Kell", False),
        ("Who is the president of Ostria?", "President Tor Kell came.", "Tor Kell", None),
        ("Who is the president of France?", "French President Tor Kell came.", "Tor Kell", True),
        ("Who is the president of the United States?", "US President Tor Kell came.", "Tor Kell", True),
        ("Who is the president of the United States?", "U.S. President Tor Kell came.", "Tor Kell", True),
        ("Who is the president of the United States?", "American President Tor Kell came.", "Tor Kell", True),
        ("Who is the president of South Korea?", "North Korean President Tor Kell came.", "Tor Kell", False),
        ("Who is the president of South Korea?", "South Korean President Tor Kell came.", "Tor Kell", True),
        ("Who is Vell City's manager?", "Vell United's manager Tor Kell came.", "Tor Kell", False),
        ("Who is Vell City's manager?", "City manager Tor Kell came.", "Tor Kell", True),
        ("Who is the president of Ostria?", "Former Ostrian President Tor Kell came.", "Tor Kell", True),
        ("Who is the secretary of the UN?", "United Nations secretary Tor Kell came.", "Tor Kell", True),
        ("Who is the head of Osk?", "Tor Kell came.", "Tor Kell", None),
        ("Where is the president of Ostria?", "Norland's President Tor Kell came.", "Tor Kell", None),
    ],
)
def test_holder_of_the_office_asked_for_is_told_from_others(
    question: str, sentence: str, name: str, held: bool | None
) -> None:
    start = sentence.index(name)

    assert held_by(analyse(question), sentence, start, start + len(name)) is held


MET = (
    "Norland's foreign minister, Ilse Brandt, spoke of Ostria as a partner.",
    "Brandt met Tor Kell, the foreign minister of Ostria, in Vell on Friday.",
    "She then went to Kelland and talked with President Edda Lund about the problem of Ostria.",
    "Last year former Norland defence minister Ragnar Moss came to Vell too.",
)


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(news_of(("Norland looks to Ostria", " ".join(MET), None, None)))


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who is the foreign minister of Ostria?", "Tor Kell"),
        ("Who is Norland's foreign minister?", "Ilse Brandt"),
        ("Who was the defence minister of Norland?", "Ragnar Moss"),
    ],
)
def test_holder_is_set_off_and_the_sentence_on_it_comes_first(assistant: Assistant, question: str, short: str) -> None:
    answer = assistant.ask(question)

    assert answer.short is not None
    assert answer.short.text == short
    assert short in answer.sentences[0].text


@pytest.mark.parametrize(
    "question",
    [
        "Who is the prime minister of Norland?",
        "Who is the finance minister of Ostria?",
        "Who is the president of Ostria?",
    ],
)
def test_nobody_is_said_to_be_in_an_office_of_which_nothing_is_told(assistant: Assistant, question: str) -> None:
    assert not assistant.ask(question).answered


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who is the CEO of Vellbook?", "Tor Kell"),
        ("Who is Vellbook's chief executive?", "Tor Kell"),
        ("Who is Vellbook's chief financial officer?", "Ada Moss"),
    ],
)
def test_chief_officer_of_something_is_not_the_chief_executive(question: str, short: str) -> None:
    news = news_of(
        ("Vellbook", "Vellbook’s Chief Financial Officer Ada Moss spoke of its sums in Osk.", None, None),
        ("New shares", "Vellbook’s Chief Executive Officer Tor Kell said that it would sell shares.", None, None),
    )
    answer = Assistant(news).ask(question)

    assert answer.short is not None
    assert short in answer.short.text


def test_who_was_it_once_is_not_set_off_as_who_it_is(assistant: Assistant) -> None:
    answer = assistant.ask("Who is the defence minister of Norland?")

    assert answer.short is None
    assert "former" in answer.text


def short_of(question: str, *texts: str) -> str | None:
    """Return the short answer from articles that are called by number."""
    news = news_of(*((f"News {number}", text, None, None) for number, text in enumerate(texts, start=1)))
    short = Assistant(news).ask(question).short
    return short.text if short else None


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who is the chief executive of Vellbook?", "Ada Moss"),
        ("Who is the CEO of Vellbook?", "Ada Moss"),
        ("Who is the chief executive of Nordline?", "Tor Kell"),
        ("Who is the chief executive of Oskair?", None),
    ],
)
def test_a_chief_executive_is_the_one_of_the_firm_asked_of(question: str, short: str | None) -> None:
    told = (
        "Nordline's chief executive, Tor Kell, will lead the firm that Nordline and Vellbook make up.",
        "Vellbook's boss, Ada Moss, will go when the sale of Vellbook is done.",
        "Oskair was the only other bidder for Vellbook.",
    )

    assert short_of(question, *told) == short


def test_somebodys_lawyer_is_found_where_a_sentence_has_the_surname_alone() -> None:
    told = (
        "Edda Lunds sued the Osk Courier and Anton Moss on Friday in Vell.",
        "Edda Lunds sings. Lunds’s attorney Tor Kell said on Monday that Moss had posted videos, and Moss's attorney "
        "Ada Karm said that he had not.",
    )

    assert short_of("Who is the attorney of Edda Lunds?", *told) == "Tor Kell"
    assert short_of("Who is the attorney of Ingrid Lunds?", *told) is None


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who is the finance director of Oskair?", None),
        ("Who is the finance director of Nordline?", "Tor Kell"),
        ("Who is Nordline's finance director?", "Tor Kell"),
        ("Who is the finance director?", "Tor Kell"),
    ],
)
def test_an_office_of_a_field_has_the_owner_that_stands_before_it(question: str, short: str | None) -> None:
    told = (
        "Nordline and Oskair agreed on Monday to merge their ferries. "
        "Nordline's finance director, Tor Kell, said that the two would save a lot. Oskair's ships stay in Vell."
    )

    assert short_of(question, told) == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who is the chancellor?", "Edda Lund"),
        ("Who is the shadow chancellor?", "Tor Kell"),
        ("Who is the housing minister?", None),
        ("Who is the shadow housing minister?", "Pia Osk"),
        ("Who is the coach?", None),
        ("Who is the assistant coach?", "Marit Vell"),
        ("Who is the mayor?", "Nils Berg"),
        ("Who is the deputy mayor?", "Ada Moss"),
    ],
)
def test_a_shadow_or_an_assistant_is_in_the_office_only_where_that_is_asked_for(
    question: str, short: str | None
) -> None:
    told = (
        "Shadow chancellor Tor Kell called the budget a raid on working people.",
        "On Wednesday Edda Lund, the chancellor, raised the duty on fuel by a tenth in her first budget.",
        "Shadow housing minister Pia Osk said that the council had lost its way.",
        "Assistant coach Marit Vell was sent off in the second half.",
        "Deputy mayor Ada Moss closed the ferry port on Monday.",
        "Mayor Nils Berg opened the ferry port on Sunday.",
    )
    found = short_of(question, *told)

    assert (found or "").removeprefix("Mayor ") == (short or "")


def test_a_minister_of_something_else_is_not_the_one_asked_for() -> None:
    told = (
        "Transport Secretary Tor Kell was told of it.",
        "Foreign Secretary Ada Moss was not.",
    )

    assert short_of("Who is the transport secretary?", *told) == "Tor Kell"
    assert short_of("Who is the defence secretary?", *told) is None


BOARD = (
    "The former chief executive of Vell Harbour Board was found guilty on Tuesday of taking bribes from a builder. "
    "The trial in Osk took seven weeks. "
    "The current chief executive, Ada Moss, said the board had new rules and would seek its losses."
)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who is the chief executive of Vell Harbour Board?", "Ada Moss"),
        ("Who is the chief executive of Osk Harbour Board?", None),
        ("Who is the chief executive of Vell Harbour Trust?", None),
    ],
)
def test_a_body_is_called_by_its_last_word_further_down(question: str, short: str | None) -> None:
    assert short_of(question, BOARD) == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who is the mayor of Vell?", "Ada Moss"),
        ("Who is the mayor of Osk?", None),
        ("Who is the president of Vell?", None),
    ],
)
def test_an_office_without_a_body_is_of_the_only_place_in_the_headline(question: str, short: str | None) -> None:
    told = (
        "Seven people died in the flats on Monday, Nordline said. "
        "Most homes are without heating, said the mayor, Ada Moss; she expects repairs to take ten days. "
        "The war goes on, said the president, Tor Kell. Trains to Osk stood still."
    )
    answer = Assistant(news_of(("In Vell, seven dead and a long night", told, None, None))).ask(question)

    assert (answer.short.text if answer.short else None) == short


@pytest.mark.parametrize(
    ("question", "also", "short"),
    [
        ("Who is the president of Norland?", "", "Edda Lund"),
        ("Who is the president of Norland?", "President Tor Kell of Ostria offered help.", None),
        ("Who is the president of Norland?", "President Tor Kell offered help too.", None),
        ("Who is the president of Ostria?", "Ostria offered help.", None),
    ],
)
def test_the_only_president_of_a_story_is_of_the_only_state_in_its_headline(
    question: str, also: str, short: str | None
) -> None:
    told = f"Schools fell down in the south on Monday. President Edda Lund dismissed a builder. {also}"
    answer = Assistant(news_of(("Norland earthquake: anger over schools", told, None, None))).ask(question)

    assert (answer.short.text.removeprefix("President ") if answer.short else None) == short


def test_only_another_states_president_is_in_no_office_of_this_one() -> None:
    told = "Norland's president, Edda Lund, said that it would go on until Ostria came to its senses."

    assert not Assistant(news_of(("A long night", told, None, None))).ask("Who is the president of Ostria").answered


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Andrew Mount, the club's chairman, was happy.", True),
        ("Andrew Mount, the league's chairman, was happy.", False),
    ],
)
def test_office_of_the_club_is_that_of_the_club_the_headline_opens_with(sentence: str, found: bool) -> None:
    text = f"The side from Vale have signed Diego San Juan. {sentence}"
    assistant = Assistant(news_of(("Port Vale sign striker from San Marco", text, "Brill Post", None)))

    answer = assistant.ask("Who is the chairman of Port Vale?")

    assert (answer.short is not None and answer.short.text == "Andrew Mount") is found
    assert found or not answer.answered


def test_who_left_an_office_is_told_with_who_follows() -> None:
    text = (
        "Prime Minister Mira Dalan survived a vote on Tuesday. Finance Minister Petar Lom resigned an hour later, "
        "citing health reasons. Dalan named her adviser Katya Brand as his successor."
    )
    answer = Assistant(news_of(("Dalan survives", text, "Post", date(2025, 3, 4)))).ask("Who is the finance minister?")

    assert [sentence.text.split()[0] for sentence in answer.sentences] == ["Finance", "Dalan"]
    assert answer.short is None
