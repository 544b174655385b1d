"""Follow-ups: whom and what their pronouns mean, and what a phrase put behind a question asks."""

import pytest

from assistant import Assistant, Turn
from assistant.about import message_kind
from assistant.followup import on_its_own, standing_alone
from assistant.given import GivenPassages
from corpus.article import Article
from tests.fakes import news_of

NOTHING = "The articles come near this, but do not answer it."


@pytest.mark.parametrize(
    ("last", "follow_up", "searched"),
    [
        ("Why did Russia arrest Evan Gershkovich?", "When was he released?", "When was Evan Gershkovich released?"),
        ("Did France grant asylum to Julian Assange?", "Where is he now?", "Where is Julian Assange now?"),
        ("Why did Israel kill Ismail Haniyeh?", "Where did he die?", "Where did Ismail Haniyeh die?"),
        ("Why did Israeli troops kill Haniyeh?", "Where did he die?", "Where did Haniyeh die?"),
        ("How much did Spotify pay Joe Rogan?", "How much is he paid?", "How much is Joe Rogan paid?"),
        ("What did Trump say about Nikki Haley?", "How did she respond?", "How did Nikki Haley respond?"),
        ("What did Lund say about Osk?", "When did she come?", "When did Lund come?"),
        ("Why did Ragnar Moss leave New York?", "Where did he go?", "Where did Ragnar Moss go?"),
        ("Did Ragnar Moss leave the European Commission?", "Where did he go?", "Where did Ragnar Moss go?"),
        ("Did Edda Lund coach Osk?", "When did she come?", "When did Edda Lund come?"),
        ("What did US President Joe Biden sign?", "When did he sign it?", "When did President Joe Biden sign it?"),
        ("What did King Charles III say?", "Where did he speak?", "Where did King Charles III speak?"),
        ("What is Edda Lund's salary?", "How old is she?", "How old is Edda Lund?"),
        ("Who is Edda Lund?", "Did she meet Ragnar Moss?", "Did Edda Lund meet Ragnar Moss?"),
    ],
)
def test_he_is_the_one_person_whom_the_last_question_names(last: str, follow_up: str, searched: str) -> None:
    assert standing_alone(follow_up, [Turn(last, NOTHING)]) == searched


@pytest.mark.parametrize(
    ("last", "answer"),
    [
        ("Did Edda Lund meet Ragnar Moss?", NOTHING),
        ("Why did Russia leave Syria?", NOTHING),
        ("Who bought Twitter?", NOTHING),
        ("Who is Norland's ambassador?", NOTHING),
        ("Why did the crane fall?", "Edda Lund told Ragnar Moss that it was old. [1]"),
        ("Why did the crane fall?", "Egypt said that it was old. [1]"),
    ],
)
def test_he_stays_he_where_it_is_not_plain_who_that_is(last: str, answer: str) -> None:
    assert standing_alone("What did he say?", [Turn(last, answer)]) == "What did he say?"


@pytest.mark.parametrize(
    ("last", "answer", "who"),
    [
        ("Who founded FTX?", "Sam Bankman-Fried founded FTX in 2019. [1]", "Sam Bankman-Fried"),
        ("Who runs the port?", "Miles O'Brien runs the port. [1]", "Miles O'Brien"),
        ("Who leads Egypt?", "Egypt's President Abdel Fattah el-Sisi leads it. [1]", "President Abdel Fattah el-Sisi"),
        (
            "Who heads the European Commission?",
            "Ursula von der Leyen, who beat Manfred Weber, heads the European Commission. [1]",
            "Ursula von der Leyen",
        ),
        ("Who died?", "Former Chilean president Sebastián Piñera died. [1]", "Sebastián Piñera"),
        ("Who died?", "Former President Ragnar Moss died. [1]", "President Ragnar Moss"),
        ("Who died?", "Ex-Chancellor Ragnar Moss died. [1]", "Chancellor Ragnar Moss"),
        ("Who leads it?", "Goldman Sachs chief David Solomon leads it. [1]", "David Solomon"),
        ("Who leads it?", "Bank of England governor Andrew Bailey leads it. [1]", "Andrew Bailey"),
        ("Who leads OpenVell?", "OpenVell CEO Edda Lund said so. [1]", "Edda Lund"),
        ("Who leads NATO?", "NATO Secretary General Jens Stoltenberg does. [1]", "Secretary General Jens Stoltenberg"),
        ("Who leads it?", "In New York, Edda Lund leads it. [1]", "Edda Lund"),
        ("Why did the crane fall?", "Edda Lund said in Vell that it was old. [1]", "Edda Lund"),
    ],
)
def test_he_is_the_person_whom_the_answer_names(last: str, answer: str, who: str) -> None:
    assert standing_alone("What did he say?", [Turn(last, answer)]) == f"What did {who} say?"


@pytest.mark.parametrize(
    ("last", "follow_up", "searched"),
    [
        ("What is Starlink?", "Is it available in Ukraine?", "Is Starlink available in Ukraine?"),
        ("What is Starlink?", "Does it work in Ukraine?", "Does Starlink work in Ukraine?"),
        ("What is Starlink?", "When was it sold to Ukraine?", "When was Starlink sold to Ukraine?"),
        ("What is Starlink?", "How does it work?", "How does Starlink work?"),
        ("What is Starlink?", "Is it going to reach Kell?", "Is Starlink going to reach Kell?"),
        ("Who are the Houthis?", "Did they attack Israel?", "Did the Houthis attack Israel?"),
        ("Why did the Houthis attack Israel?", "Did they attack Yemen?", "Did the Houthis attack Yemen?"),
        ("Is Starlink available in Ukraine?", "Is it used in Gaza?", "Is Starlink used in Gaza?"),
        ("Is Starlink available in Ukraine?", "Is it safe?", "Is Starlink safe?"),
        ("When did Hamas attack Israel?", "How did they enter?", "How did Hamas enter?"),
        ("Who founded Nordline?", "Is it active in Ostria?", "Is Nordline active in Ostria?"),
        ("Tell me about Nordline", "Is it active in Ostria?", "Is Nordline active in Ostria?"),
        ("What does Nordline sell?", "Is it active in Ostria?", "Is Nordline active in Ostria?"),
        ("Why did Nordline fail?", "When was it founded?", "When was Nordline founded?"),
        ("What do the Houthis want?", "Where do they live?", "Where do the Houthis live?"),
        ("Where is Norland's embassy?", "Is it near Kell?", "Is Norland's embassy near Kell?"),
    ],
)
def test_it_that_opens_a_follow_up_is_what_was_asked_about(last: str, follow_up: str, searched: str) -> None:
    assert standing_alone(follow_up, [Turn(last, NOTHING)]) == searched


@pytest.mark.parametrize(
    ("last", "follow_up"),
    [
        ("What is Starlink?", "Is it legal to fly to Ostria?"),
        ("What is Starlink?", "Is it true that Kell borders Ostria?"),
        ("What is Starlink?", "Was it Ragnar Moss who fell?"),
        ("What is Starlink?", "How long does it take to reach Kell?"),
        ("What is Starlink?", "What is it like in Kell?"),
        ("What is Starlink?", "Did Norland say that it would rain?"),
        ("When did Ragnar Moss sell Nordline?", "Is it active in Ostria?"),
        ("Why did the Houthis attack Israel?", "Did they say that the Houthis were in Yemen?"),
        ("Why did the crane fall?", "Is it made in Ostria?"),
        ("Why did the Vell ferry sink?", "Did it reach Osk?"),
        ("Is Norland's embassy open?", "Did it reach Osk?"),
    ],
)
def test_it_stays_it_where_it_means_nothing_or_not_plainly_something(last: str, follow_up: str) -> None:
    assert standing_alone(follow_up, [Turn(last, NOTHING)]) == follow_up


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("How does it work?", None),
        ("How does Starlink work?", None),
        ("How does this work?", "help"),
        ("How do you work?", "help"),
        ("How does Footnote work?", "help"),
    ],
)
def test_how_it_works_is_asked_of_the_assistant_only_where_that_is_plain(typed: str, kind: str | None) -> None:
    assert message_kind(typed) == kind


@pytest.mark.parametrize(
    ("last", "follow_up", "searched"),
    [
        ("Who won the election?", "By how much?", "By how much was it that they won the election?"),
        ("Who bought Twitter?", "At what price?", "At what price was it that they bought Twitter?"),
        ("Who bought Twitter?", "And from whom?", "From whom was it that they bought Twitter?"),
        ("Who bought Twitter?", "With what?", "With what was it that they bought Twitter?"),
        ("When did Musk sell Twitter?", "To whom?", "To whom did Musk sell Twitter?"),
        ("What did Musk pay for Twitter?", "At what price?", "At what price did Musk pay for Twitter?"),
        ("When did the ferry sail?", "From where?", "From where did the ferry sail?"),
        ("Where was the ferry?", "In what year?", "In what year was the ferry?"),
        ("Did Lund visit Osk?", "With whom?", "With whom did Lund visit Osk?"),
        ("To whom did Musk sell Twitter?", "When?", "When did Musk sell Twitter?"),
        ("Who is the harbour master?", "Until when?", "Until when was it (who is the harbour master)?"),
        ("Who won the war in Osk?", "And in Vell?", "Who won the war in Vell?"),
        ("By how much did prices rise?", "And when?", "When did prices rise?"),
        ("How much did the pound fall?", "And why?", "Why did the pound fall?"),
        ("How many guns has Norland promised?", "By when?", "By when has Norland promised guns?"),
        ("How many coins were stolen?", "Where?", "Where were coins stolen?"),
        ("How long is the bridge?", "Why?", "Why was it (how long is the bridge)?"),
    ],
)
def test_preposition_and_question_word_ask_the_last_question_again(last: str, follow_up: str, searched: str) -> None:
    assert standing_alone(follow_up, [Turn(last, NOTHING)]) == searched


def test_question_asked_again_with_a_preposition_is_still_about_its_topic() -> None:
    turns = [Turn("Who bought Nordline?", NOTHING), Turn("At what price?", NOTHING)]

    assert standing_alone("Is it active in Ostria?", turns) == "Is Nordline active in Ostria?"


@pytest.mark.parametrize(
    ("last", "follow_up", "searched"),
    [
        ("What is the price of oil?", "And gas?", "What is the price of gas?"),
        ("What is the price of crude oil?", "And gas?", "What is the price of gas?"),
        ("What is the price of the ferry?", "And the crane?", "What is the price of the crane?"),
        ("What is the cost of living in Norland?", "And food?", "What is the cost of food in Norland?"),
        ("How many tons of oil does Norland sell?", "And gas?", "How many tons of gas does Norland sell?"),
        ("How many ferries sail in winter?", "And boats?", "How many boats sail in winter?"),
        ("How much oil does Norland sell?", "What about gas?", "How much gas does Norland sell?"),
        ("Who won the election?", "And the war?", "Who won the election (the war)?"),
    ],
)
def test_other_noun_takes_the_place_of_a_noun_and_never_of_the_verb(last: str, follow_up: str, searched: str) -> None:
    assert standing_alone(follow_up, [Turn(last, NOTHING)]) == searched


@pytest.mark.parametrize(
    ("last", "follow_up", "searched"),
    [
        ("Who will run the merged company?", "Where will it be based?", "Where will the merged company be based?"),
        ("Who has bought the club?", "What is it worth?", "What is the club worth?"),
        ("Who owns Nordline?", "How many ships does it have?", "How many ships does Nordline have?"),
        ("How many people died in the earthquake?", "Where was it?", "Where was the earthquake?"),
        ("When did the earthquake hit Kell?", "How deep was it?", "How deep was the earthquake?"),
        ("When does the album come out?", "Who produced it?", "Who produced the album?"),
        ("When did Ragnar Moss sell the port?", "What is it worth?", "What is the port worth?"),
        ("When did Vostok invade Drovia?", "How many men has it lost?", "How many men has Vostok lost?"),
        ("How many people does Halden employ?", "What was its profit?", "What was Halden's profit?"),
        ("Did Lund buy Nordline?", "How much did it cost?", "How much did buying Nordline cost?"),
        ("Did Lund build the bridge?", "How long did it take?", "How long did building the bridge take?"),
        ("Who built the bridge?", "How much did it cost?", "How much did the bridge cost?"),
        ("When did the strike begin?", "When is the next one?", "When is the next strike?"),
    ],
)
def test_it_is_a_thing_of_the_last_question_without_its_verb(last: str, follow_up: str, searched: str) -> None:
    assert standing_alone(follow_up, [Turn(last, NOTHING)]) == searched


@pytest.mark.parametrize(
    ("last", "follow_up", "searched"),
    [
        ("How many guns did Norland promise?", "When will they come?", "When will Norland’s promised guns come?"),
        ("How many men has Vostok lost?", "Who were they?", "Who were Vostok’s lost men?"),
        ("How many ships does Vell have?", "Where are they?", "Where are Vell’s ships?"),
        ("What rise do the drivers want?", "What were they offered?", "What were the drivers offered?"),
        ("How many drivers are on strike?", "How much do they earn?", "How much do drivers earn?"),
        ("How many people were hurt in Kell?", "How many of them died?", "How many of the people in Kell died?"),
        ("Who was held over the theft?", "How old are they?", "How old are people held over the theft?"),
    ],
)
def test_they_are_the_several_of_the_last_question(last: str, follow_up: str, searched: str) -> None:
    assert standing_alone(follow_up, [Turn(last, NOTHING)]) == searched


def test_it_goes_on_meaning_what_it_meant() -> None:
    turns = [Turn("When did Vostok invade Drovia?", NOTHING), Turn("How many men has it lost?", NOTHING)]
    drivers = [Turn("How many drivers are on strike?", NOTHING), Turn("How much do they earn?", NOTHING)]

    assert standing_alone("When was it founded?", turns) == "When was Vostok founded?"
    assert standing_alone("What do they want?", drivers) == "What do drivers want?"


def test_short_follow_up_is_of_the_name_and_not_of_the_verb() -> None:
    turns = [Turn("When will Lund be sentenced?", NOTHING)]

    assert standing_alone("Who was the judge?", turns) == "Who was the judge (Lund)?"
    assert standing_alone("And who heard it?", [*turns, Turn("Who was the judge?", NOTHING)]) == (
        "Who heard the judge?"
    )


@pytest.mark.parametrize(
    ("last", "answer", "who"),
    [
        ("Why did Spotify fire workers?", NOTHING, ""),
        ("Why did Nordline lay off its staff?", NOTHING, ""),
        ("Why did Twitter ban Moss?", NOTHING, "Moss"),
        ("Why did Lund leave Osk?", NOTHING, "Lund"),
        ("Who won the by-election?", "Edda Lund beat a Conservative. [1]", "Edda Lund"),
        ("Who won the by-election?", "The Greens won it from a Conservative. [1]", ""),
        ("Who did Rovers sign?", "Ashby Rovers have signed Ragnar Moss. [1]", "Ragnar Moss"),
        ("Who is Lund's wife?", "Vera Lund is his wife. [1]", "Vera Lund"),
        ("Why did the chancellor raise fuel duty?", NOTHING, "the chancellor"),
    ],
)
def test_he_is_no_firm_and_none_of_many(last: str, answer: str, who: str) -> None:
    assert standing_alone("What did he say?", [Turn(last, answer)]) == f"What did {who or 'he'} say?"


def test_who_wrote_it_asks_for_the_author_of_a_thing() -> None:
    turns = [Turn("How many pages does the report have?", "The report has 394 pages. [1]")]

    assert standing_alone("Who wrote it?", turns) == "Who wrote the report?"
    assert standing_alone("Who said so?", turns) == "Who said that the report has 394 pages?"


@pytest.mark.parametrize(
    ("last", "follow_up", "searched"),
    [
        ("What did Ragnar Moss reject?", "When was it proposed?", "When was it proposed (Ragnar Moss)?"),
        ("What did Norland promise?", "Who asked for them?", "Who asked for them (Norland)?"),
        ("What did Norland promise?", "What is its capital?", "What is Norland's capital?"),
        ("What does Nordline sell?", "Does it pay taxes?", "Does Nordline pay taxes?"),
        ("Did the thieves leave by boat?", "How many were there?", "How many were there (the thieves)?"),
        ("Was the plane damaged?", "How many passengers were there?", "How many passengers were there (the plane)?"),
        ("What did Nordline do?", "Who runs it?", "Who runs Nordline?"),
        ("How many people died in Kell?", "How cold is it there?", "How cold is it in Kell?"),
    ],
)
def test_what_was_done_is_asked_about_beside_who_did_it(last: str, follow_up: str, searched: str) -> None:
    assert standing_alone(follow_up, [Turn(last, NOTHING)]) == searched


SANK = "A fault in the pump sank the ferry, the shipping firm said on Monday. [1]"


@pytest.mark.parametrize(
    ("answer", "searched"),
    [
        (SANK, "Who said that a fault in the pump sank the ferry?"),
        ("Osk is dry, according to Edda Lund. [1]", "Who said that Osk is dry?"),
        ("But Moss said on Friday that the pump had failed. [1]", "Who said that the pump had failed?"),
        ("“The pump failed at once,” Moss said. [1]", "Who said that “The pump failed at once,” Moss said?"),
        ("The pump failed. [1]", "Who said that the pump failed?"),
        ("Osk's chief, Edda Lund, said that the pump had failed. [1]", "Who said that the pump had failed?"),
        ("The pump failed, according to a poll. [1]", "Who said that the pump failed?"),
        (NOTHING, "Who said so: What sank the ferry?"),
    ],
)
def test_who_said_that_asks_of_what_is_said_without_its_speaker(answer: str, searched: str) -> None:
    assert standing_alone("Who said that?", [Turn("What sank the ferry?", answer)]) == searched


@pytest.mark.parametrize(
    ("follow_up", "searched"),
    [
        ("Where?", "Where did the ferry sink?"),
        ("When did it open?", "When did the ferry open?"),
        ("And the crane?", "Why did the crane sink?"),
        ("How old is she?", "How old is Edda Lund?"),
    ],
)
def test_after_who_said_so_one_goes_on_about_what_was_said(follow_up: str, searched: str) -> None:
    turns = [Turn("Why did the ferry sink?", SANK), Turn("Who said so?", "Edda Lund said that it was the pump. [1]")]
    assert standing_alone(follow_up, turns) == searched


@pytest.mark.parametrize(
    ("last", "correction", "searched"),
    [
        ("Who is the mayor of Osk?", "No, I meant the governor", "Who is the governor of Osk?"),
        ("Who is the mayor of Osk?", "Sorry, I meant Vell.", "Who is the mayor of Vell?"),
        ("What fell in 2020?", "I meant 2021, not 2020", "What fell in 2021?"),
        ("What did the mayor say about gas?", "No, the governor", "What did the governor say about gas?"),
        ("Who is the mayor of Osk?", "No, I meant who runs Vell", "Who runs Vell?"),
        ("Who is the mayor of Osk?", "No ferry sails to Vell", "No ferry sails to Vell"),
    ],
)
def test_what_was_meant_takes_the_place_of_what_was_typed(last: str, correction: str, searched: str) -> None:
    assert standing_alone(correction, [Turn(last, NOTHING)]) == searched


@pytest.mark.parametrize(
    ("last", "follow_up", "searched"),
    [
        ("What sank the Vell ferry?", "How many people died?", "How many people died (the Vell ferry)?"),
        ("What caused the ferry to sink?", "How many jobs will go?", "How many jobs will go (the ferry)?"),
        ("How many coins were stolen?", "How many people came?", "How many people came?"),
        ("What sank the Vell ferry?", "How many people live in Osk?", "How many people live in Osk?"),
        ("How many people died?", "What did it cost?", "What did it cost?"),
        ("What did the finance minister promise?", "What will it cost?", "What will it cost (the finance minister)?"),
        ("What is new since Monday?", "Tell me more", "What is new since Monday?"),
        ("Who is the director of Nordline?", "When was it founded?", "When was Nordline founded?"),
        ("What is the price of the ferry?", "Where is it?", "Where is the price of the ferry?"),
        ("What did storm Kell cost, according to Lund?", "Tell me more", "Tell me about storm Kell"),
        ("Tell me about the museum", "What did it cost?", "What did the museum cost?"),
        ("Has the Aldra been repaired?", "Who owns it?", "Who owns the Aldra?"),
        ("What happened yesterday?", "And today?", "What happened today?"),
        ("What happened in Osk last week?", "And this week?", "What happened in Osk this week?"),
        ("What did Tor Moss say?", "And the CFO?", "What did the CFO say?"),
        ("Summarise the articles on the strike", "What about the ferry?", "Summarise the articles on the ferry"),
        ("Overview: the strike", "And gas?", "Overview: gas"),
        ("How much did the strike cost?", "And per day?", "How much did the strike cost per day?"),
        ("How many people died?", "And at sea?", "How many people died at sea?"),
    ],
)
def test_matter_that_is_spoken_of_is_kept_or_left(last: str, follow_up: str, searched: str) -> None:
    assert standing_alone(follow_up, [Turn(last, NOTHING)]) == searched


def test_he_is_who_did_what_was_asked_and_no_longer_name() -> None:
    turns = [Turn("Who left the band?", "Lund left the band and was replaced by Tor Kell. [1]")]

    assert standing_alone("Who replaced him?", turns) == "Who replaced Lund?"


@pytest.mark.parametrize(
    ("alone", "typed", "own"),
    [
        ("When is the election (Lund)?", "And when is the election?", "When is the election?"),
        ("Who is the prosecutor (the tour)?", "Who is the prosecutor?", "Who is the prosecutor?"),
        ("Who came second (the Kell race)?", "Who came second?", ""),
        ("When was it (who won)?", "When was that?", ""),
        ("When is the election?", "When is the election?", ""),
    ],
)
def test_certain_thing_can_be_asked_of_without_the_topic(alone: str, typed: str, own: str) -> None:
    assert on_its_own(alone, typed) == own


def test_certain_thing_that_is_not_of_the_topic_is_answered_by_itself() -> None:
    news = news_of(
        ("Moss promises rents", "Tor Moss promised to freeze all rents in the harbour quarter.", None, None),
        ("Election", "The election is on 11 June.", None, None),
    )
    turns = [Turn("What did Tor Moss promise?", "Tor Moss promised to freeze all rents in the harbour quarter. [1]")]
    answer = Assistant(news).ask("When is the election?", turns)

    assert answer.short is not None
    assert answer.short.text == "11 June"


def test_it_is_one_thing_and_she_is_no_place() -> None:
    museum = [Turn("Tell me about the museum", NOTHING), Turn("How dear are the tickets?", NOTHING)]
    aground = [Turn("What happened?", "The ferry ran aground off Tarn Head on Sunday. [1]")]

    assert standing_alone("Who runs it?", museum) == "Who runs the museum?"
    assert standing_alone("What did she say?", aground) == "What did she say?"


@pytest.mark.parametrize(
    ("question", "answer", "follow_up", "asked"),
    [
        ("Who is the mayor of Osk?", "Inga Moss is.", "And before her?", "Who was the mayor of Osk before Inga Moss?"),
        ("Who is mayor of Osk now?", "Inga Moss is.", "Who was before that?", "Who was mayor of Osk before Inga Moss?"),
        (
            "Who was the mayor of Osk before Inga Moss?",
            "She succeeded Tor Kell.",
            "And before him?",
            "Who was the mayor of Osk before Tor Kell?",
        ),
        ("Who is the mayor of Osk?", "Inga Moss is.", "And after Moss?", "Who was the mayor of Osk after Moss?"),
        ("What happened to the ferry?", "It stopped.", "When did it stop?", "When did the ferry stop?"),
    ],
)
def test_who_came_before_is_asked_of_the_same_office(question, answer, follow_up, asked):
    assert standing_alone(follow_up, [Turn(question, answer)]) == asked


def test_certain_thing_is_asked_by_itself_where_the_topic_leads_elsewhere(minilm):
    text = (
        "Inga Moss was elected mayor of Osk on Sunday. She beat the incumbent, Tor Kell, who took 41 percent. "
        "Turnout was 63 percent. Kell said it was over."
    )
    held = GivenPassages([Article(id="a", title="Moss elected", text=text, path="a")], encoder=minilm)
    turns = [Turn("What did Tor Kell say?", "Kell said it was over. [1]")]
    answer = Assistant(held).ask("What was the turnout?", turns)

    assert answer.sentences[0].text == "Turnout was 63 percent."


@pytest.mark.parametrize(
    ("last", "follow_up", "searched"),
    [
        ("How much is a ferry ticket?", "Who runs it?", "Who runs the ferry?"),
        ("What is the price of a ferry ticket?", "When does it leave?", "When does the ferry leave?"),
        ("How much is a day ticket for the zoo?", "Is it open today?", "Is the zoo open today?"),
        ("How much is a ferry ticket?", "Where can I buy it?", "Where can I buy a ferry ticket?"),
        ("How much is a day ticket?", "Is it valid today?", "Is a day ticket valid today?"),
        ("How much is the ferry?", "Who runs it?", "Who runs the ferry?"),
    ],
)
def test_behind_the_price_of_a_ticket_it_is_what_the_ticket_is_for(last: str, follow_up: str, searched: str) -> None:
    assert standing_alone(follow_up, [Turn(last, NOTHING)]) == searched


def test_there_is_no_ticket_but_what_was_spoken_of_before() -> None:
    turns = [Turn("When is the Sound Festival?", NOTHING), Turn("How much is a ticket?", NOTHING)]

    assert standing_alone("How many bands play there?", turns) == "How many bands play in the Sound Festival?"


@pytest.mark.parametrize(
    ("last", "follow_up", "searched"),
    [
        ("What does the Post say about the strike?", "When does it begin?", "When does the strike begin?"),
        ("What did Edda Lund say about the bridge?", "When was it built?", "When was the bridge built?"),
        ("What does the Post say about the strike?", "Does it say why?", "Does the Post say why?"),
    ],
)
def test_it_is_the_matter_of_which_somebody_was_asked_what_they_say(last: str, follow_up: str, searched: str) -> None:
    assert standing_alone(follow_up, [Turn(last, NOTHING)], ["Post"]) == searched


def test_what_for_asks_why_and_is_no_matter_itself() -> None:
    turns = [Turn("Who won the Northern Book Prize?", NOTHING), Turn("What for?", NOTHING)]

    assert standing_alone("What for?", turns[:1]).startswith("Why ")
    assert standing_alone("How much is it worth?", turns) == "How much is the Northern Book Prize worth?"


def test_she_stays_who_she_was_after_he_is_somebody_else() -> None:
    turns = [
        Turn("Who won the election?", "Dana Whitlock won a second term. [1]"),
        Turn("Who did she beat?", "Her challenger, Karl Brandt, took 44 percent. [1]"),
        Turn("How much did he spend?", "He had spent 22 million dollars. [1]"),
    ]

    assert standing_alone("What did she promise?", turns) == "What did Dana Whitlock promise?"
    assert standing_alone("What did he promise?", turns) == "What did Karl Brandt promise?"
