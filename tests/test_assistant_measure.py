import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.candidate import candidates
from assistant.fitting import fits
from assistant.measure import measures, with_unit
from assistant.question import analyse
from assistant.values import values
from tests.fakes import news_of


def fitting(question: str, sentence: str) -> set[str]:
    """Return the values of a sentence that may answer a question."""
    asked = analyse(question)
    return {sentence[one.start : one.end] for one in candidates(sentence) if one.value and fits(asked, sentence, one)}


@pytest.mark.parametrize(
    ("question", "sentence", "answers"),
    [
        ("How old is the mayor?", "Anton Lund, 58, was jailed for six years on Thursday.", {"58"}),
        ("How old is the mayor?", "The mayor, aged 44, has three sisters.", {"44"}),
        ("How old was she?", "She was 91. Two sisters survive her.", {"91"}),
        ("How far away is it?", "The planet, found by 30 people, is 92 light years away.", {"92"}),
        ("How old is the ice?", "The core is 2,800 metres long and 1.2 million years old.", {"1.2 million years"}),
        ("How long was he jailed?", "A 33-year-old man was jailed for two years on Friday.", {"two years"}),
        ("How long has he ruled?", "He has ruled since 2019, Lund said on Friday.", {"2019"}),
        ("How cold is it?", "The team of 16 worked at minus 35 degrees.", {"minus 35"}),
        ("How tall is the tower?", "The tower, built by 40 people, is 90 metres tall.", {"90"}),
        ("How many drones were hit?", "Ostria hit nine of the eleven drones.", {"nine"}),
        ("How many dancers signed?", "Thirty-one of the company's 64 dancers signed.", {"Thirty-one"}),
        ("By how much did it cut its rate?", "It cut its rate by half a point, to 3.25 percent.", set()),
        ("By how much did it cut its rate?", "It cut its rate by 0.5 percent to 3.25 percent.", {"0.5 percent"}),
        ("When is the final?", "Lund said on Friday the final is in May 2025.", {"May 2025"}),
        ("When did Lund say so?", "Lund said on Friday that it was so.", {"on Friday"}),
        ("Who makes the drug?", "The Danish firm Vellco makes the drug.", {"Vellco"}),
        ("Who was hurt?", "A Navy pilot, Edda Lund, was hurt.", {"Edda Lund"}),
        ("Who found the skull?", "Edda Lund found the skull on a beach in Osk.", {"Edda Lund"}),
        ("Who attacked the refinery?", "Five died in the attack on the Besh refinery, Lund said.", set()),
        ("Who told of the attack?", "Five died at the refinery, Edda Lund said on Friday.", {"Edda Lund"}),
        ("Who resigned?", "Edda Lund said that Anton Moss had resigned.", {"Edda Lund", "Anton Moss"}),
        ("Who lost the final?", "It ended with a 27-24 defeat by Castle for Tavira.", {"Tavira"}),
        ("Who is making way for Lund?", "“It will turn,” Moss told reporters in Rotterdam.", set()),
        ("What time did the quake hit?", "On Monday the quake hit at 4:12 a.m. off Osk.", {"4:12 a.m."}),
        ("Who defended Moss in court?", "Anton Moss wept as Edda Lund spoke.", {"Edda Lund"}),
        ("Who led the team?", "Edda Lund of the University of Vell led the team.", {"Edda Lund"}),
        ("Who developed the theory?", "In 1905 Einstein developed the theory.", {"Einstein"}),
        ("How much did they want?", "They wanted 10%, and struck for 17 days.", {"10%"}),
        ("How old is Judge Edda Karm?", "Judge Edda Karm took Farhoud's age, 71, into account.", set()),
        ("How old is Anton Moss?", "Edda Lund, 44, has led it since Anton Moss retired.", set()),
        ("How old is Anton Moss?", "Anton Moss, 58, retired.", {"58"}),
        ("How old is Lund's husband?", "Anton Moss, 58, wept.", {"58"}),
        ("How much does the phone weigh?", "At 203 grams the phone is 14 grams heavier.", {"203"}),
        ("How much heavier is the phone?", "At 203 grams the phone is 14 grams heavier.", {"203", "14"}),
        ("How much did it earn?", "It earned $5 million, 27 percent more than in May.", {"$5 million"}),
        ("How long should they nap?", "After six months those who napped for 90 minutes did best.", {"90 minutes"}),
        ("How long did it take to heal?", "After six months it had healed.", {"six months"}),
        ("How big was the old battery?", "It has grown to 6,100 mAh from 4,800.", {"4,800"}),
        ("How big is the battery?", "It has grown to 6,100 mAh from 4,800.", {"6,100"}),
        ("How long did it first say it takes?", "It takes ten days, not the five days named at first.", {"five days"}),
        ("Who runs Argo Lines?", "The bus belonged to the Kutaisi firm Argo Lines.", set()),
        ("Who led the regulator before Lund?", "Dr Rania Lund, 49, has led it since January.", set()),
        ("Who is Anton Moss's brother?", "Igor Moss, a farmer, is with him.", {"Igor Moss"}),
        ("Which label is the singer with?", "The singer, 33, left Kestrel Sound in 2019.", {"Kestrel Sound"}),
        ("What is the bank in the play called?", "In its 48 rooms Severn Bank hides a ledger.", {"Severn Bank"}),
        ("How long was Moss jailed?", "Judge Edda Lund adjourned sentencing until 9 November.", set()),
        ("How long was Moss banned?", "Moss was banned until May 2027.", {"May 2027"}),
        ("How long was the race?", "Lund won the race on Sunday, 42 seconds ahead of Moss.", set()),
        ("How long was the race?", "Lund was faster than Moss in a race of 42 minutes.", {"42 minutes"}),
        ("How long behind Lund was Moss?", "Moss came in 42 seconds behind Lund.", {"42 seconds"}),
        ("How many albums has she made?", "The singer, 41, whose album is out, has not sung since May.", set()),
        ("How many goals has he scored?", "His brother, 19, is a striker too.", set()),
        ("How many people died?", "The toll, 41, is the highest.", {"41"}),
        ("How many work for Nordline?", "Kell employs 8,000, and Nordline 1,900.", {"8,000", "1,900"}),
        ("How big is the Osk 14?", "The Osk 14 has 4,800 cells.", {"4,800"}),
        ("Who directed it?", "Edda Lund won the Golden Lion for it at the Osk Film Festival.", {"Edda Lund"}),
        ("How old is Edda Lund?", "Lund, now 38, has led it since 2019.", {"38"}),
        ("How old is Anton Moss?", "Lund, now 38, has led it since 2019.", set()),
        ("How old is Igor Lund?", "Her sons - Anton, 25, and Igor, 22 - came.", {"22"}),
        ("How many liberals voted for her?", "She was confirmed by a vote of 53-36.", set()),
        ("How many subscriptions are needed?", "They get a 70/30 split on subscriptions.", set()),
        ("How many workers came?", "Some 30-40 workers came.", {"30", "40"}),
        ("How many tries has Moss scored?", "Six runs and two tries left Moss with 812 yards.", {"two"}),
        ("How many yards did Moss make?", "Six runs and two tries left Moss with 812 yards.", {"812"}),
        ("How many settlers were killed?", "At least 121 islanders were killed by soldiers or settlers.", set()),
        ("How many settlers live there?", "Some 35,000 islanders and 850 Norland settlers live there.", {"850"}),
        ("How many prisoners helped?", "The prison at Osk sent 85 inmates.", {"85"}),
        ("How many teachers struck?", "Teachers at 30 schools struck on Monday.", set()),
        ("How many cars left the rails?", "The train left the rails, sending 22 of its 118 cars down.", {"22"}),
        ("How many world titles has she?", "Nobody in the world has four titles but Lund.", {"four"}),
        ("How many workers went?", "It let 870 people go, all of them workers.", {"870"}),
        ("How many people go?", "It is to let people go, three people familiar with the matter said.", set()),
        ("Whom did Lund meet?", "Lund went to the Island of Kell and met Anton Moss.", {"Anton Moss"}),
    ],
)
def test_value_is_of_the_measure_that_is_asked_for(question: str, sentence: str, answers: set[str]) -> None:
    assert fitting(question, sentence) == answers


def test_what_a_sum_rose_to_is_not_how_much_it_rose() -> None:
    question, sentence = analyse("How much did the revenue rise?"), "It was $76 million, compared to nearly $7 million."
    assert not any(measures(question, sentence, one.start, one.end, one.kind) for one in values(sentence))
    rose = "It rose by $69 million."
    assert any(measures(question, rose, one.start, one.end, one.kind) for one in values(rose))


@pytest.mark.parametrize(
    ("question", "sentence", "shown"),
    [
        ("How tall is it?", "It is 90 metres tall.", "90 metres"),
        ("How tall is the mast?", "The mast is 45 m tall.", "45 m"),
        ("What was the wind's speed?", "Winds of 185 km/h tore off roofs.", "185 km/h"),
        ("How many miles did they walk?", "They walked 12 miles.", "12"),
        ("How many people came?", "Some 90 people came.", "90"),
    ],
)
def test_number_is_shown_with_its_unit(question: str, sentence: str, shown: str) -> None:
    number = next(value for value in values(sentence) if value.kind == "number")

    assert sentence[number.start : with_unit(analyse(question), sentence, number.end)] == shown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jailed for six and a half years", [("duration", "6.5 year")]),
        ("six and a quarter million people", [("number", "6250000")]),
        ("two hours 9 minutes", [("duration", "2 hour"), ("duration", "9 minut")]),
        ("fell to minus 35", [("number", "-35")]),
        ("cost 4820 crowns", [("money", "4820crown")]),
        ("Rs 500 were paid", [("money", "500rs")]),
        ("cost $US220 million", [("money", "220000000$")]),
        ("or $A5 and A$5", [("money", "5a$"), ("money", "5a$")]),
        ("worth NIS 97 million", [("money", "97000000shekel")]),
        ("beat the seed 6-4, 3-6, 7-5", []),
        ("lost 2–0 at home", []),
        ("won 10-15 people over", [("number", "10"), ("number", "15")]),
        ("its chief, CEO Edda Lund", [("name", "edda lund")]),
    ],
)
def test_amounts_are_read_whole_and_scores_are_none(text: str, found: list[tuple[str, str]]) -> None:
    assert [(value.kind, value.key) for value in values(text)] == found


@given(
    st.text(max_size=60), st.sampled_from(["How old is it?", "How cold is it?", "By how much?", "When?", "Who won?"])
)
def test_any_sentence_can_be_asked_for_any_measure(sentence: str, question: str) -> None:
    asked = analyse(question)
    for one in candidates(sentence):
        fits(asked, sentence, one)
        assert one.end <= with_unit(asked, sentence, one.end) <= len(sentence)


WON = (
    "Edda Lund won the chess title in Osk on Monday, ahead of Tor Moss. Moss, 41, came third. "
    "She is the youngest champion since 1984. Lund, 17, goes to school in Vell."
)


def first_of(question: str, *texts: str) -> str:
    answer = Assistant(news_of(*((f"News {at}", text, None, None) for at, text in enumerate(texts)))).ask(question)
    return answer.sentences[0].text if answer.sentences else ""


def test_age_stands_beside_the_last_name_alone() -> None:
    assert first_of("How old is Edda Lund?", WON) == "Lund, 17, goes to school in Vell."
    assert first_of("How old is Tor Moss?", WON) == "Moss, 41, came third."
    assert first_of("How old is Edda Lund?", WON.replace("Lund, 17,", "Lund")) == ""


def test_last_name_alone_is_whom_the_article_names_in_full_first() -> None:
    text = "Edda Lund left Osk. Her brother Tor Lund stayed in Osk. Lund, 58, will write a book."

    assert first_of("How old is Edda Lund?", text) == "Lund, 58, will write a book."
    assert first_of("How old is Tor Lund?", text) == ""


def test_who_is_named_in_full_is_told_of_by_the_last_name() -> None:
    text = "Prosecutor Edda Lund searched the harbour on Monday. The mayor, Tor Moss, was not suspected, Lund said."
    asked = "What did Edda Lund say about Moss?"

    assert first_of(asked, text).startswith("The mayor, Tor Moss, was not suspected")
    assert Assistant(news_of(("News", text, None, None))).ask(asked).query.text == asked


@pytest.mark.parametrize(
    ("question", "sentence", "value", "measured"),
    [
        ("How old is Ada Moss?", "Moss, 58, came to Vell at the age of six.", "58", True),
        ("How old is Ada Moss?", "Moss, 58, came to Vell at the age of six.", "six", False),
        ("How old is Ada Moss?", "Moss is retiring at the age of 36.", "36", True),
        ("How old is Ada Moss?", "With Lund, 58, Moss is retiring at the age of 36.", "36", True),
        ("What was the score?", "The final was watched by 11,940 people.", "11,940", False),
        ("What was the score?", "Vell led 2-0 at half-time through a penalty.", "2-0", False),
        ("What was the score at half-time?", "Vell led 2-0 at half-time through a penalty.", "2-0", True),
        ("What was the score?", "Vell won 3-2 in Osk.", "3-2", True),
        ("What was the score?", "Vell won by 12 points.", "12", True),
        ("How large was the penalty?", "Osk lost 5-4 on penalties after a 1-1 draw.", "1-1", False),
    ],
)
def test_age_and_score_are_the_ones_asked_for(question: str, sentence: str, value: str, measured: bool) -> None:
    start = sentence.index(value)

    assert measures(analyse(question), sentence, start, start + len(value), "number") is measured


def test_somebody_named_in_full_is_no_namesake_of_a_brother_named_first() -> None:
    text = "Tor Lund wept in Osk. Edda Lund, 58, of Vell Road, is accused of taking it from her brother."

    assert (
        first_of("How old is Edda Lund?", text)
        == "Edda Lund, 58, of Vell Road, is accused of taking it from her brother."
    )


QUAKE = "A magnitude 6.8 earthquake killed 140 people 22 kilometres east of Belmar at a depth of 11 kilometres."
RATES = "Vaccination rates fell to 81 percent last year from 94 percent in 2019."
LAST = "It was the strongest earthquake since 1978, when 1,200 people died."


@pytest.mark.parametrize(
    ("question", "sentence", "right", "wrong"),
    [
        ("How strong was the earthquake?", QUAKE, "6.8", "140"),
        ("How deep was the earthquake?", QUAKE, "11", "22"),
        ("How strong is the army?", "The army has 5,000 soldiers.", "5,000", ""),
        ("What is the vaccination rate?", RATES, "81 percent", "94 percent"),
        ("What was the vaccination rate in 2019?", RATES, "94 percent", ""),
        ("How many people died in the earthquake?", LAST, "", "1,200"),
        ("How many people died in the earthquake of 1978?", LAST, "1,200", ""),
    ],
)
def test_value_is_of_the_force_the_depth_and_the_time_that_is_asked_for(
    question: str, sentence: str, right: str, wrong: str
) -> None:
    told = {
        value.text: measures(analyse(question), sentence, value.start, value.end, value.kind)
        for value in values(sentence)
    }

    assert told.get(right, True)
    assert not told.get(wrong, False)
