"""Follow-ups that ask the last question of something else: "And gas?", "And wounded?", "How many were found?"."""

import pytest

from assistant import Turn
from assistant.clause import clause_of, done, gerund, plural
from assistant.followup import standing_alone

NOTHING = "The articles come near this, but do not answer it."


def searched(follow_up: str, *before: str) -> str:
    return standing_alone(follow_up, [Turn(one, NOTHING) for one in before])


@pytest.mark.parametrize(
    ("last", "follow_up", "expected"),
    [
        ("How many people were killed in Kell?", "And wounded?", "How many people were wounded in Kell?"),
        ("How many players were suspended?", "and injured?", "How many players were injured?"),
        ("How many people died in the fire?", "And injured?", "How many people were injured in the fire?"),
        ("How many people were hurt in Kell?", "And died?", "How many people died in Kell?"),
        ("How many riders started?", "And finished?", "How many riders finished?"),
        ("When does the tour start?", "and finish?", "When does the tour finish?"),
        ("When did the strike in Osk begin?", "And end?", "When did the strike in Osk end?"),
        ("When did the bus strike begin?", "And when did it end?", "When did the bus strike end?"),
        ("When does winter start?", "And summer?", "When does winter start (summer)?"),
        ("What is the price of oil?", "And gas?", "What is the price of gas?"),
        ("Who came second?", "And third?", "Who came third?"),
    ],
)
def test_deed_or_rank_alone_takes_the_place_of_the_last_one(last: str, follow_up: str, expected: str) -> None:
    assert searched(follow_up, last) == expected


@pytest.mark.parametrize(
    ("last", "follow_up", "expected"),
    [
        ("Who is the transport secretary?", "What about the rail minister?", "Who is the rail minister?"),
        ("Who is the mayor of Osk?", "And the governor?", "Who is the governor of Osk?"),
        ("Who is Norland's foreign minister?", "And the finance minister?", "Who is Norland's finance minister?"),
        ("What is the minimum wage?", "And the fuel duty?", "What is the fuel duty?"),
        ("What is the price of the ferry?", "And the crane?", "What is the price of the crane?"),
        ("Who is Edda Lund?", "And the mayor?", "Who is Edda Lund (the mayor)?"),
    ],
)
def test_who_or_what_another_is_takes_the_place_of_who_it_was(last: str, follow_up: str, expected: str) -> None:
    assert searched(follow_up, last) == expected


@pytest.mark.parametrize(
    ("last", "follow_up", "expected"),
    [
        ("How much extra money do schools get?", "And hospitals?", "How much extra money do hospitals get?"),
        ("How much do teachers earn?", "And nurses?", "How much do nurses earn?"),
        ("Where did the ferry go?", "And the crane?", "Where did the crane go?"),
        ("By how much will fuel duty rise?", "And the minimum wage?", "By how much will the minimum wage rise?"),
        ("What did Ragnar Moss say?", "And the defence ministry?", "What did the defence ministry say?"),
        ("How much oil does Norland sell?", "And gas?", "How much gas does Norland sell?"),
        ("How many cars do firms sell?", "And bikes?", "How many bikes do firms sell?"),
        ("Did the mayor open the bridge?", "And the harbour?", "Did the mayor open the bridge (the harbour)?"),
    ],
)
def test_another_who_does_it_takes_the_place_of_the_subject(last: str, follow_up: str, expected: str) -> None:
    assert searched(follow_up, last) == expected


@pytest.mark.parametrize(
    ("last", "follow_up", "expected"),
    [
        ("What was the turnout?", "And at the election?", "What was the turnout at the election?"),
        ("How many guests came to Osk?", "And last year?", "How many guests came to Osk last year?"),
        ("How many people died in the fire?", "What about the 1997 one?", "How many people died in the 1997 fire?"),
        ("How much did the Kells spend?", "And the Osks?", "How much did the Osks spend?"),
        ("How much is Edda Lund paid?", "What about her agent?", "What about Edda Lund's agent?"),
        ("Who won the war in Osk?", "And in Vell?", "Who won the war in Vell?"),
        ("How much oil came from Iran?", "and iraq", "How much oil came from Iraq?"),
        ("Who met Lund in Osk?", "and in osk", "Who met Lund in Osk?"),
        ("Which are Edda Lund's stories?", "And Tor Moss's?", "Which are Tor Moss's stories?"),
        ("Who met Edda Lund?", "And Tor Moss's?", "And Tor Moss's?"),
    ],
)
def test_another_place_time_or_one_of_its_kind_is_put_where_it_belongs(
    last: str, follow_up: str, expected: str
) -> None:
    assert searched(follow_up, last) == expected


@pytest.mark.parametrize(
    ("last", "follow_up", "expected"),
    [
        ("How many coins were stolen?", "How many have been recovered?", "How many coins have been recovered?"),
        ("How many guns did Lund want?", "How many did Norland promise?", "How many guns did Norland promise?"),
        ("How many people died in the fire?", "And how many were hurt?", "How many people were hurt in the fire?"),
        ("How many people died in Kell?", "How many were hurt in Osk?", "How many people were hurt in Osk?"),
        ("How many drones did Vostok launch?", "How many were hurt?", "How many were hurt (Vostok’s drones)?"),
        ("Who won the war?", "And how many died?", "How many died (the war)?"),
        ("How many coins were stolen?", "How many people came?", "How many people came?"),
    ],
)
def test_how_many_counts_what_was_counted(last: str, follow_up: str, expected: str) -> None:
    assert searched(follow_up, last) == expected


@pytest.mark.parametrize(
    ("before", "follow_up", "expected"),
    [
        (("Who won the Kell race?",), "And who came second?", "Who came second (the Kell race)?"),
        (("Who won the Kell race?",), "Who came second?", "Who came second (the Kell race)?"),
        (("How much is Lund paid?",), "And how long is the contract?", "How long is the contract (Lund)?"),
        (("Who won the Kell race?", "How much did she get?"), "And who fell?", "Who fell (the Kell race)?"),
        (("How good is the cure?",), "Were there side effects?", "Were there side effects (the cure)?"),
        (("Who is the mayor?",), "And who is the prime minister?", "And who is the prime minister?"),
        (("Who won the Kell race?",), "And what did Moss say?", "And what did Moss say?"),
        (("Who won the Kell race?",), "Which ferry sank in winter?", "Which ferry sank in winter?"),
    ],
)
def test_what_is_asked_besides_is_of_what_was_spoken_of(before: tuple[str, ...], follow_up: str, expected: str) -> None:
    assert searched(follow_up, *before) == expected


@pytest.mark.parametrize(
    ("question", "subject", "verb"),
    [
        ("When did the first embassy in Ostria open?", "the first embassy in Ostria", "open"),
        ("Did the Vell ferry sink?", "the Vell ferry", "sink"),
        ("Why did the Houthis attack Israel?", "the Houthis", "attack"),
        ("How much do train drivers on strike earn?", "train drivers on strike", "earn"),
        ("When will Lund be sentenced?", "Lund", "sentenced"),
        ("Was the decision unanimous?", "the decision", "unanimous"),
        ("When did the bus strike in Osk begin?", "the bus strike in Osk", "begin"),
        ("How long did the power cut last?", "the power cut", "last"),
        ("When did the ferry sink at last?", "the ferry", "sink"),
        ("When did the team win last?", "the team", "win"),
        ("Did the bus drivers strike in Osk?", "the bus drivers", "strike"),
        ("Who will run the merged company?", "", "run"),
        ("How many people died in the fire?", "", "died"),
        ("Who is the mayor?", "the mayor", ""),
        ("the price of oil", "", ""),
        ("Is Starlink in Osk?", "Starlink", ""),
        ("Is Osk a member?", "Osk", ""),
        ("Was Edda Lund the first mayor of Osk?", "Edda Lund", ""),
        ("Who will?", "", ""),
        ("What did?", "", ""),
    ],
)
def test_subject_and_verb_are_told_by_the_order_of_words(question: str, subject: str, verb: str) -> None:
    clause = clause_of(question)
    assert (clause.subject, clause.verb) == (subject, verb)


def test_gerund_and_plural_are_told_by_endings() -> None:
    assert [gerund(verb) for verb in ("bought", "make", "cut", "tie", "open")] == [
        *("buying", "making", "cutting", "tying", "opening")
    ]
    assert [gerund(verb) for verb in ("carried", "agreed", "planned", "promised", "succeed", "need")] == [
        *("carrying", "agreeing", "planning", "promising", "succeeding", "needing")
    ]
    assert plural("people in Osk")
    assert not plural("the price of ferries")


def test_participle_is_told_where_it_is_plain() -> None:
    plain = {
        "promise": "promised", "agree": "agreed", "carry": "carried", "plan": "planned", "succeed": "succeeded",
        "need": "needed", "steal": "stolen", "begin": "begun", "wounded": "wounded",
    }  # fmt: skip
    assert {verb: done(verb) for verb in plain} == plain
    assert [done(verb) for verb in ("have", "get", "run", "come", "buy")] == [""] * 5


@pytest.mark.parametrize(
    ("last", "follow_up", "searched"),
    [
        ("Why has Lund carried the torch?", "What did it cost?", "What did carrying the torch cost?"),
        ("Why has Osk agreed the treaty?", "What did it cost?", "What did agreeing the treaty cost?"),
        ("How many sailors did Osk free?", "Where are they?", "Where are Osk’s freed sailors?"),
    ],
)
def test_verb_that_a_follow_up_borrows_keeps_its_letters(last: str, follow_up: str, searched: str) -> None:
    assert standing_alone(follow_up, [Turn(last, "Nobody knows. [1]")]) == searched


OUTLETS = ("Osk Courier", "The Vell Post", "Nordline News", "Radio Kell", "KBC")


@pytest.mark.parametrize(
    ("last", "follow_up", "expected"),
    [
        (
            "How many fell in the fire?",
            "And according to the Post?",
            "How many fell in the fire, according to Vell Post?",
        ),
        ("Who fell, according to Radio Kell?", "And the courier?", "Who fell, according to Osk Courier?"),
        ("What did the Vell Post say about Lund?", "And Nordline?", "What did Nordline News say about Lund?"),
        ("What did the Post say about Lund?", "What about radio kell?", "What did Radio Kell say about Lund?"),
        ("What is new since May?", "and from kbc?", "What is new since May, according to KBC?"),
        ("How dear is the crane?", "And in the Courier?", "How dear is the crane, according to Osk Courier?"),
        ("How dear is the crane?", "And according to Lund?", "How dear is the crane, according to Lund?"),
        ("How dear is the crane?", "What does the Courier say?", "What does Osk Courier say about the crane?"),
        ("What did the Post say about Lund?", "And what does KBC say about it?", "What did KBC say about Lund?"),
        ("How dear is the crane?", "What does the mayor say?", "What does the mayor say?"),
        ("Who owns Kell Media?", "And KBC?", "Who owns KBC?"),
        ("How many people died in Kell?", "And in Osk?", "How many people died in Osk?"),
        ("What did Lund say about Osk?", "And Moss?", "What did Moss say about Osk?"),
    ],
)
def test_another_source_is_asked_the_last_question(last: str, follow_up: str, expected: str) -> None:
    turns = [Turn(last, NOTHING)]
    assert standing_alone(follow_up, turns, OUTLETS) == expected
