"""Values that belong to another: to another name's clause, another doer, another deed than the question's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.another import of_somebody_else
from assistant.answer import Query
from assistant.belonging import besides_the_doer, closed
from assistant.candidate import candidates
from assistant.fitting import fits
from assistant.holding import stands
from assistant.inquiry import looked_up
from assistant.otherwise import asks_of_a_name, tells_otherwise
from assistant.question import analyse
from assistant.short import best
from tests.fakes import news_of


def answers(question: str, sentence: str) -> set[str]:
    """Return the values of a sentence that may answer a question, where they stand."""
    asked = analyse(question)
    shut = closed(asked, sentence)
    return {
        sentence[one.start : one.end]
        for one in candidates(sentence)
        if one.value
        and fits(asked, sentence, one)
        and not any(start <= one.start < end for start, end in shut)
        and not besides_the_doer(asked, sentence, one.start)
    }


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did Edda Lund die?", "In 1978 she married the architect Anton Moss, who died in 2015."),
        ("Where was Lund born?", "She followed Anton Moss, who was born in Vell."),
        ("Why did Lund resign?", "Moss, who resigned that year, felt vindicated."),
        ("Who resigned over the hospital?", "Its chief, Anton Moss, apologised but will not resign."),
        ("Who resigned in Ostria?", "Treasurer Edda Lund refused to resign."),
        ("How many babies died after 2016?", "Of the 31 babies, 19 died before 2016."),
        ("How many villages were burned since the truce?", "Before the truce, 40 villages had been burned."),
        ("What share of Ostria's oil comes from Norland?", "Norland buys 30% of Kell's oil."),
        ("Which country was a partner of Ostria?", "Norland was a partner in Kell's pact against Ostria."),
        ("How old is Lund's house?", "Moss's house is 90 years old."),
        ("How much did Rovers pay for Lund?", "The fee beats the £31m that Rovers paid for striker Moss."),
        ("How much was raised for Osk?", "A concert raised $3 million for Vell."),
        ("Whom did Anton Moss slap?", "They had parted when Edda Lund slapped Anton Moss."),
        ("Who sued Lund?", "Lund sued Moss in May."),
        ("Who did Lund sue?", "In May Lund was sued by Moss."),
        ("When did Lund beat Moss?", "Moss beat Lund in 2019."),
        ("When was Moss convicted?", "The trial began on Tuesday to find whether Moss is guilty."),
        ("When did Lund resign?", "On Monday it was unclear whether Lund had resigned."),
        ("How much did Nordline pay?", "The council wants Nordline to pay 1,000 crowns."),
        ("How much did the hospital pay?", "They demanded 2 million dollars, which the hospital refused to pay."),
        ("When did Osk buy Vell?", "Osk was founded in Kell in 2011 and employs 420 people."),
        ("When was the pool built?", "The pool reopened on Wednesday after repairs that took 14 months."),
        ("How much did the old bridge cost?", "The new one will cost 46 million pounds."),
        ("How much did the old bridge cost?", "The new bridge will cost 46 million pounds."),
        ("Who founded Osk?", "Vell was founded in 2011 by the engineer Edda Lund."),
        ("Who scored for Osk?", "Edda Lund scored both goals for Vell."),
        ("Who was sent off for Osk?", "Vell's goalkeeper, Edda Lund, was sent off for handling."),
        ("When was Moss freed?", "Relatives of Moss, who was kidnapped in January, complained."),
        ("How much did Vell pay for Lund?", "Osk have signed Edda Lund from Vell for 1.2 million pounds."),
    ],
)
def test_sentence_of_another_deed_holds_no_answer(question: str, sentence: str) -> None:
    assert tells_otherwise(analyse(question), sentence)
    assert not answers(question, sentence)
    assert best(analyse(question), sentence, {}, None) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did Anton Moss die?", "She married the architect Anton Moss, who died in 2015."),
        ("When did Nordline's founder die?", "It is led by the son of Anton Moss, who died in 2015."),
        ("When did Lund die?", "Lund died in 2019, long after Anton Moss, who died in 2015."),
        ("Who resigned over the hospital?", "Its chief, Anton Moss, did not resign until May."),
        ("Who says it comes out of profits?", "Anton Moss denies it and says it comes from the taxes."),
        ("Who was a partner of Ostria?", "Norland was Ostria's partner, and then in a pact against Ostria."),
        ("Who fought a war with Ostria?", "Norland fought with Ostria."),
        ("Who did not resign?", "Its chief, Anton Moss, did not resign."),
        ("How many babies died before 2016?", "Of the 31 babies, 19 died before 2016."),
        ("How many died after 2016?", "Before 2016 19 died, and after 2016 12."),
        ("What share of Ostria's oil comes from Norland?", "Norland sells 30% of Ostrian oil, and some of Kell's oil."),
        ("What share of Ostria's oil comes from Norland?", "Ostria gets 30% of its oil, and all of Kell's oil."),
        ("When is Lund's meeting with Moss?", "Monday's meeting was moved to 4 May."),
        ("How much did Rovers pay for Lund?", "Rovers paid £38m for winger Edda Lund, and £3m for Moss."),
        ("How much did Rovers pay for Lund?", "He came for £38m, a record for Osk."),
        ("How much did Rovers pay for Lund?", "The £38m is a record for Rovers."),
        ("Whom did Edda Lund slap?", "They had parted when Edda Lund slapped Anton Moss."),
        ("Who sued Moss?", "In May Lund sued Moss."),
        ("Who did Moss sue?", "In May Lund was sued by Moss."),
        ("When did Lund beat Moss?", "Lund beat Moss in 2019, after Moss beat Lund in 2018."),
        ("When did Lund attack Osk?", "The attack Lund led was in 2019."),
        ("When did Lund resign?", "Asked whether it was true, Lund said she resigned in May."),
        ("Who met Lund in Vell?", "Lund met Moss in Vell."),
        ("Whom did Lund marry?", "In 1978 Moss married Lund."),
        ("Who borders Norland?", "Norland borders Ostria."),
        ("When did Lund ask for it?", "“It was asked for in 2019”, said Lund."),
        ("How much did the bank pay?", "The bank was ordered to pay 3 million pounds."),
        ("How much did Lund ask the city to pay?", "Lund asked the city to pay 3 million pounds."),
        ("How much has Lund paid?", "Lund, who had hoped to stay, paid 3 million pounds."),
        ("When was Nordline bought?", "Nordline, founded in 1990, was taken over by Vell in 2015."),
        ("When does the school open?", "The school will stay closed until Monday."),
        ("When was the school built?", "The school, which was demolished last year, was erected in 1901."),
        ("How much did the old bridge cost?", "The old bridge cost 2 million pounds and the new one 46 million."),
        ("How much will the new bridge cost?", "Unlike the old one, the new bridge will cost 46 million pounds."),
        ("Who founded Nordline?", "The company was founded by Edda Lund."),
        ("Who killed Edda Lund?", "Lund was killed by Anton Moss."),
        ("Who scored for Osk?", "Edda Lund scored twice."),
        ("How much did Osk pay for Lund?", "Osk bought Lund from Vell for 3 million pounds."),
    ],
)
def test_sentence_of_the_deed_asked_for_is_kept(question: str, sentence: str) -> None:
    assert not tells_otherwise(analyse(question), sentence)


def test_sentence_of_another_deed_is_not_what_a_reason_is_read_from() -> None:
    news = news_of(
        ("Port inquiry", "Moss, who resigned that year, felt vindicated.", None, None),
        ("Lund quits", "Lund said in a letter that she could not defend the tax.", None, None),
        ("The budget", "A duty was raised, prompting the resignation of Lund.", None, None),
    )
    inquiry = looked_up(Query("Why did Lund resign?"), news, news.coverage())

    assert inquiry.scored[0].unit.title != "Port inquiry"
    told = next(one for one in inquiry.scored if one.unit.title == "Port inquiry")
    assert not stands(inquiry.question, told.unit, told.features)


@pytest.mark.parametrize(
    ("question", "sentence", "right"),
    [
        ("How much did Vell Party spend?", "The Greens spent £95,000, it said; Vell Party would not tell.", set()),
        ("How many work for Brask?", "Orlin employs 8,000 in Ostria, and Brask 1,900.", {"1,900"}),
        ("How many work for Orlin?", "Orlin employs 8,000 in Ostria, and Brask 1,900.", {"8,000"}),
        ("How much milk did Brask sell?", "Orlin sold 2.1m tonnes; Brask sold 900,000 tonnes.", {"900,000"}),
        ("How many did Brask hire?", "It hired 40, and Brask said that was enough.", {"40"}),
        ("How many did Vell employ?", "VELL - Vell and Osk employ 90 people, and Kell 12.", {"90"}),
        ("How many miles did Vell build?", "VELL - Osk and Kell have built 13 miles.", {"13"}),
        ("How many votes did Moss get?", "Lund took 15,872, 1,204 more than the Kell candidate, Moss.", set()),
        ("How many points has Moss?", "Lund has 31, four clear of Moss, who has 27.", {"27"}),
        ("How many votes did Lund get?", "Lund took 15,872, more than Moss.", {"15,872"}),
        ("Who rejected the ceasefire?", "He again rejected a ceasefire that the United Nations proposed.", set()),
        ("Who opened the bridge?", "Edda Lund said she opened the bridge.", {"Edda Lund"}),
        ("Who opened the bridge?", "In Osk, she opened the bridge, and Edda Lund wept.", set()),
        ("Who beat Kell?", "They were beaten by Vell.", {"Vell"}),
        ("Who found the coins?", "They were found by a farmer near it, director Edda Lund admitted on Monday.", set()),
        ("Who built the tower?", "The tower was built by the city; Anton Moss admired it.", set()),
        ("Who found the coins?", "The coins were found by a farmer, Edda Lund, near it.", {"Edda Lund"}),
        ("Who won the cup?", "Edda Lund won by a landslide.", {"Edda Lund"}),
        ("Who was the pilot?", "“It was loud,” passenger Anton Moss told reporters.", set()),
        ("Who was the judge?", "“It was loud,” lawyer Anton Moss told reporters.", set()),
        ("Who was the pilot?", "“It was loud,” pilot Anton Moss told reporters.", {"Anton Moss"}),
        ("Which film won the Golden Crane?", "OSK — A drama about a shepherd won the Golden Crane.", {"Golden Crane"}),
        ("Who won the vote?", "OSK, Ostria (Nordline) - Edda Lund won the vote.", {"Edda Lund"}),
        ("When does the tour finish?", "It begins on 14 May in Osk and ends on 2 June in Kell.", {"2 June"}),
        ("When does the tour start?", "It ends on 2 June, having opened on 14 May.", {"14 May"}),
        ("When will the strike end?", "The strike, which began on 6 March, will be over in May.", {"6 March", "May"}),
        ("When does the opening end?", "It begins on 14 May and ends on 2 June.", {"14 May", "2 June"}),
        ("Where was the vote?", "OSK - The vote was on Monday in Kell.", {"Kell"}),
    ],
)
def test_value_of_another_clause_doer_or_role_is_none_of_the_question(
    question: str, sentence: str, right: set[str]
) -> None:
    assert answers(question, sentence) == right


def test_somebody_else_who_opens_the_sentence_is_not_who_is_asked_of() -> None:
    news = news_of(
        ("Rovers sign Lund", "Renard, who has scored three goals for the Rovers, may move.", None, None),
        ("Trial", "Moss, 55, is to be sentenced on 20 November. Edda Lund is not.", None, None),
    )
    for question, others in (
        ("How many goals has Lund scored?", True),
        ("When will Lund be sentenced?", True),
        ("How many goals has Renard scored?", False),
        ("When will Moss be sentenced?", False),
    ):
        unit = looked_up(Query(question), news, news.coverage()).scored[0].unit
        assert of_somebody_else(analyse(question), unit) is others
        assert asks_of_a_name(analyse(question))
    assert not asks_of_a_name(analyse("How many goals has Lund's striker scored?"))
    assert not asks_of_a_name(analyse("How many goals were scored for Lund?"))


@given(
    st.text(max_size=60),
    st.sampled_from(
        [
            "When did Lund die?",
            "Who won?",
            "How much did Osk pay for Moss?",
            "Who was the pilot?",
            "How many died after 2016?",
        ]
    ),
)
def test_any_sentence_has_stretches_within_it(sentence: str, question: str) -> None:
    for start, end in closed(analyse(question), sentence):
        assert 0 <= start <= end <= len(sentence)


def test_doer_behind_a_passive_is_the_one_who_did_it() -> None:
    hired = "“It is done,” said Tor Kell, a Norland strategist hired by The Osk Times and Nordline in 2018."

    assert answers("Who hired Tor Kell?", hired) == {"Osk Times", "Nordline"}
    assert "Tor Kell" in answers("Who was hired in 2018?", hired)
    assert answers("Who hired Anton Moss?", "Edda Lund hired Anton Moss by chance.") == {"Edda Lund"}


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("Who opened the embassy?", "Edda Lund spoke at the ceremony that opened the embassy of Ostria.", set()),
        ("Who opened the embassy?", "Edda Lund, one of those at the gate, opened the embassy.", {"Edda Lund"}),
        ("Who opened the embassy?", "Nordline, one of the firms that opened the embassy, is shut.", {"Nordline"}),
        ("What was hit by the shell?", "She saw a place that had been hit by a shell in the war with Ostria.", set()),
        ("Which town was hit by the shell?", "Osk was hit by a shell in the war with Ostria.", {"Osk"}),
    ],
)
def test_who_was_there_and_what_did_it_are_no_answers(question: str, sentence: str, found: set[str]) -> None:
    assert answers(question, sentence) == found


def test_people_who_are_counted_are_nobody_else() -> None:
    told = "That is good for Latasha Abney, who joined the more than 43 million Americans expected to travel."

    assert not any(
        start <= told.index("43") < end for start, end in closed(analyse("How many Americans travel?"), told)
    )
