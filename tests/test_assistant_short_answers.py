"""Which few words of a sentence are set off above it, and when none are."""

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant
from assistant.another import ahead_of, of_another_matter
from assistant.answer import Query
from assistant.belonging import closed
from assistant.beside import harmless, names_nobody_asked_of, of_a_far_year
from assistant.candidate import Candidate, candidates
from assistant.evidence import Span, Unit
from assistant.fitting import fits
from assistant.form import formed
from assistant.given import GivenPassages
from assistant.ground import clauses
from assistant.holding import stands
from assistant.inquiry import Inquiry, looked_up
from assistant.question import analyse
from assistant.relative_days import relative_days
from assistant.scoring import Features, Scored
from assistant.short import Found, best, hedged
from assistant.statements import credited, only_alleged
from assistant.synonyms import untold
from assistant.unheld import unheld, unsaid
from assistant.values import names
from assistant.whereabouts import whole_place
from assistant.words import stem, words
from corpus.article import Article
from index.cross_encoder import cross_encoder
from index.excerpt import Excerpt, Reading
from index.passage import Hit, Passage
from tests.fakes import news_of


def fitting(question: str, sentence: str) -> set[str]:
    """Return the stretches of a sentence that may answer a question at all."""
    asked = analyse(question)
    return {sentence[one.start : one.end] for one in candidates(sentence) if fits(asked, sentence, one)}


def chosen(question: str, sentence: str) -> str:
    asked = analyse(question)
    (reading,) = cross_encoder().read(question, [Excerpt(sentence)])
    found = best(asked, sentence, {word.stem: 1.0 for word in asked.terms}, reading)
    return found.text if found else ""


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What type of engines drove the ferry?", "thing"),
        ("What office did Edda Lund hold?", "thing"),
        ("What dynasty shared its harbour?", "thing"),
        ("What country received the largest number of refugees?", "place"),
        ("What areas did the fleet recruit from?", "thing"),
        ("What is the population of the city?", "number"),
        ("What is the five-year survival rate?", "share"),
        ("What is the capital gains tax rate in Ostria?", "share"),
        ("How much did prices rise in Kell?", "number"),
        ("What is the exchange rate of the crown?", "number"),
        ("How much time did Lund spend in jail?", "duration"),
        ("What is the capital gains tax?", "thing"),
        ("Can you tell me who won the election?", "name"),
        ("Do you know when the strike begins?", "date"),
        ("Can you swim to Vell?", "yes-no"),
        ("What is the share price of Nordline?", "money"),
        ("When the crane fell, who was hurt?", "name"),
        ("When prices rise, what happens to wages?", "open"),
        ("When did the crane fall?", "date"),
        ("What does the phone cost?", "money"),
        ("What did the student have to pay for it?", "money"),
        ("What was the stolen nickel worth?", "money"),
        ("What did they pay attention to?", "thing"),
        ("What is the name of Edda Lund's brother?", "name"),
        ("What is her lawyer called?", "name"),
        ("What is the castle called?", "thing"),
        ("How often do patients take it?", "manner"),
    ],
)
def test_head_of_the_noun_phrase_tells_what_is_asked_for(question: str, asked: str) -> None:
    assert analyse(question).asked == asked


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("Who opened the bridge?", "subject"),
        ("What did the court decide?", "object"),
        ("Who was elected mayor?", "passive subject"),
        ("What was the ferry called?", "passive"),
        ("What is the capital of Ostria?", "being"),
        ("The bridge was opened by whom?", "gap"),
        ("Bridge of Vell", "none"),
    ],
)
def test_form_of_a_question_is_read_from_its_words(question: str, way: str) -> None:
    assert formed(question).way == way


def test_preposition_that_the_answer_hangs_on_is_kept() -> None:
    assert formed("In what year was it built?").bound == "in"
    assert formed("What is the bridge made of?").bound == "of"


@settings(max_examples=40)
@given(st.text(max_size=40))
def test_any_text_has_a_form_and_every_word_a_clause(text: str) -> None:
    formed(text)
    numbers = clauses(text, words(text))
    assert numbers == sorted(numbers)
    assert len(numbers) == len(words(text))


def test_loser_is_not_who_won() -> None:
    sentence = "The war lasted six weeks and Norland had been victorious over Ostria."

    assert "Ostria" not in fitting("Who won the war?", sentence)
    assert "Ostria" in fitting("Who did Norland beat in the war?", "Norland took the cup by beating Ostria.")
    assert "Defeating Vell" not in fitting("Who did Kell beat?", "Defeating Vell 3-0, Kell took the cup.")
    assert chosen("Who won the war?", sentence) == "Norland"


def test_who_bears_the_title_has_the_office() -> None:
    sentence = "In a speech, President Ilse Brandt said, alluding to the Kell Union, that Norland would never agree."

    assert chosen("Who is the president of Norland?", sentence) == "President Ilse Brandt"


def test_place_is_where_something_is_not_who_acts_there() -> None:
    sentence = "Norland is about to open its first embassy, said the Ostrian minister at a meeting in Kell."

    assert "Kell" in fitting("Where is the embassy?", sentence)
    assert "Norland" not in fitting("Where is the embassy?", sentence)


def test_adjective_of_a_people_is_no_place() -> None:
    assert "Ostrian" not in fitting("Where was the attack?", "The attack came during the Ostrian conflict.")


def test_who_is_asked_about_is_not_where_they_went() -> None:
    assert "Edda Lund" not in fitting("Where did Lund go?", "Yesterday, Edda Lund went to Kell.")


def test_how_many_is_not_answered_with_how_long() -> None:
    sentence = "The storm, the worst in 50 years, left 12 people dead."

    assert "50 years" not in fitting("How many people died in the storm?", sentence)
    assert "50 years" in fitting("How many years had it been?", sentence)


@pytest.mark.parametrize("opener", ["Instead", "Perhaps", "Indeed", "Thereafter", "Now", "Unlike", "Almost"])
def test_word_that_opens_a_sentence_is_no_name(opener: str) -> None:
    assert [name.text for name in names(f"{opener} Edda Lund came to Vell.")] == ["Edda Lund", "Vell"]
    assert [name.text for name in names(f"{opener}, nobody came.")] == []


NOTHING = Features(**{field.name: 0.0 for field in fields(Features)})


def set_off(*, stands: bool = True, **measured: float) -> bool:
    usual = {"score": 1.5, "belief": 0.5, "share": -0.5, "read": 0.0, "ahead": 0.8}
    measured = {**usual, "meaning": 0.3, "deeds": 0.5, "topical": 0.7, **measured}
    score, belief, share, read, ahead = (measured.pop(name) for name in usual)
    found = Found("the ban", 0, 7, None, score, belief, 0.1, share)
    text = "The court upheld the ban."
    article = Article(id="court", title="Court", path="court.txt", text=text)
    passage = Passage("court-0", article.headline, 0, 0, len(text), text)
    unit = Unit(Hit(passage, 1.0, 1, "both"), article, 0, Span(0, len(text), text, True))
    nothing = np.zeros(0, np.float32)
    best = Scored(unit, replace(NOTHING, **measured), ahead, nothing, Reading(read, (), nothing, nothing))
    return found.set_off(analyse("What did the court decide?"), [best, replace(best, score=0.0)], stands=stands)


@pytest.mark.parametrize(
    "lacking",
    [
        {"belief": 0.01},
        {"score": -15.0},
        {"share": -5.0},
        {"read": -6.0},
        {"ahead": -4.0},
        {"meaning": -0.2},
        {"deeds": 0.0, "topical": 0.0, "ahead": 0.0},
    ],
)
def test_short_answer_is_set_off_only_where_it_and_its_sentence_bear_on_the_question(lacking) -> None:
    assert set_off()
    assert not set_off(**lacking)


def test_more_is_asked_of_a_short_answer_whose_sentence_may_be_of_another_matter() -> None:
    doubted = [set_off(belief=belief / 100, score=1.5, read=1.0, ahead=0.0, stands=False) for belief in range(20, 100)]
    believed = [set_off(belief=belief / 100, score=1.5, read=1.0, ahead=0.0, stands=True) for belief in range(20, 100)]

    assert sum(doubted) < sum(believed)


def test_nobody_said_it_where_the_speaker_is_a_pronoun() -> None:
    text = "Edda Lund left the inquiry early. He testified against Nordline, the clerk noted on Friday."
    answer = Assistant(news_of(("Inquiry", text, None, None))).ask("Who testified against Nordline?")

    assert answer.short is None or answer.short.text != "He"
    assert all(statement.speaker not in ("He", "he") for statement in answer.statements)


def test_candidates_are_stretches_of_their_sentence() -> None:
    sentence = "The bridge of Vell, built in 1951, cost 3 million."

    for one in candidates(sentence):
        assert isinstance(one, Candidate)
        assert 0 <= one.start < one.end <= len(sentence)


def looked_into(question: str, text: str) -> Inquiry:
    """Return what one text, given with a question, brings to light."""
    given = GivenPassages([Article(id="a", title="News", text=text, path="a.txt")])
    return looked_up(Query(question), given, given.coverage(), given=True)


def grounds(question: str, sentence: str) -> bool:
    """Whether a short answer may be set off above this sentence of an article."""
    inquiry = looked_into(question, sentence)
    scored = next(item for item in inquiry.scored if item.unit.text == sentence)
    return stands(inquiry.question, scored.unit, scored.features)


def test_no_number_is_cut_out_of_a_share_or_a_date() -> None:
    found = fitting("How much oil comes from Vell?", "On 3 May 2024, 30% of the oil came from Vell.")

    assert "30%" in found
    assert not {"30", "3", "2024", "3 May"} & found


def test_thing_is_neither_what_somebody_did_nor_cut_out_of_what_is_asked_of() -> None:
    sentence = "Ostria also received significant military aid from Vell."

    found = fitting("What kind of military aid came from Vell?", sentence)
    assert "received significant" not in found
    assert "significant military" not in found
    assert "significant" in found
    assert "received significant" in fitting("What did Ostria do?", sentence)


def test_value_of_another_rank_or_year_is_not_set_off() -> None:
    won = "Edda Lund won the Vell Prize at the gala in Osk."

    assert grounds("Who won the Vell Prize?", won)
    assert not grounds("Who took third place in the Vell Prize?", won)
    assert not grounds("Who won the Vell Prize in 2019?", won)
    assert grounds("Who won the Vell Prize in 2019?", "Edda Lund won the Vell Prize in 2019.")
    assert not grounds("How many people died in the quake?", "More than 300 people were injured in the quake.")


def test_value_of_another_matter_is_not_set_off() -> None:
    accused = "The indictment calls Edda Lund's letters of November 2022 misleading."

    assert not grounds("When was Edda Lund convicted?", accused)
    assert grounds("When was Edda Lund convicted?", "A jury convicted Edda Lund in March 2023.")
    assert not grounds("How many users does Vellbook have?", "Oskchat also has 100 million users.")
    assert not grounds("How much was Ilse Brandt fined?", "Ragnar Moss smashed a racket and was fined $5,000.")
    assert not grounds("When will Norbank raise its rate?", "Norbank left its rate unchanged on Thursday.")
    assert grounds("When will Norbank raise its rate?", "Norbank will raise its rate on Thursday.")
    assert not grounds("When will Vell Abbey open?", "Vell Abbey, which was added to the UNESCO list in 1994, is shut.")
    assert not grounds("When does the Vell museum open?", "At the Vell museum they blew open a door on Friday.")
    assert grounds("When does the Vell museum open?", "The Vell museum is to open on Friday.")
    assert not grounds("How many children have died of measles in Vell?", "Vell has 87 cases of measles in children.")
    assert not grounds("How many children died in Vell?", "No one has died in Vell, but 87 children are ill.")
    assert not grounds("How many passengers died on the Astrid?", "The Astrid ran aground with 214 passengers aboard.")
    assert grounds("How many passengers drowned on the Astrid?", "The Astrid sank and 214 passengers drowned.")
    assert not grounds(
        "How many people died in the Vell attack?", "Vell has issued permits to 17,000 residents of Osk."
    )


def test_name_beside_a_deed_that_is_not_told_of_is_set_off_only_where_it_is_surer() -> None:
    lender = "“They grow,” Edda Lund, who works for the Vell Times no more, continued."

    assert not grounds("Who funds the Vell Times?", lender)
    assert grounds("Who funds the Vell Times?", "The Vell Times is funded by Edda Lund.")
    assert not grounds("Where did Ragnar Moss study?", "Ilse Brandt had Ragnar Moss join her as a trader at Nordline.")
    assert not grounds("Who is Edda Lund's lawyer?", "Lawyers of both sides spoke of Edda Lund, like Ragnar Moss.")
    assert grounds("Who is Edda Lund's lawyer?", "Edda Lund's lawyer, Ragnar Moss, spoke of both sides.")


def test_headline_on_a_victory_makes_no_winner_of_whom_a_sentence_praises() -> None:
    praised = "Additionally, Edda Lund was hailed as the best of the Osk Cup finals."
    news = news_of(("Vell United wins the Osk Cup", praised, None, None))
    inquiry = looked_up(Query("Who won the Osk Cup?"), news, news.coverage())

    assert not stands(inquiry.question, inquiry.scored[0].unit, inquiry.scored[0].features)


def test_sum_of_something_else_and_part_of_the_question_are_not_set_off() -> None:
    bonus = "New customers in Norland can get up to $1,000 in bonus bets."
    risk = "By a catastrophic risk we mean any that could cost many lives, among them but not only existential risk."

    assert not grounds("How much tax is there on betting in Norland?", bonus)
    assert grounds("How much tax is there on betting in Norland?", "Betting in Norland bears a tax of 8%.")
    assert Assistant.answer_from("What is a catastrophic risk according to Vellbook?", [risk]).short is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many people were injured in the Sorrel pit?", "In 1995 an explosion at the Sorrel pit killed 57 people."),
        ("When will Edda Lund be fit to play?", "Vell sought a striker since Edda Lund broke her leg in April."),
    ],
)
def test_count_of_another_harm_and_what_is_past_are_not_set_off_however_sure(question: str, text: str) -> None:
    assert Assistant(news_of(("News", text, None, None))).ask(question).short is None


def test_value_of_no_such_harm_name_or_year_is_not_the_one_asked_for_however_well_it_stands() -> None:
    def first(text: str, published: date | None = None) -> Unit:
        news = news_of(("News", text, None, published))
        return looked_up(Query(text), news, news.coverage()).scored[0].unit

    ill, wall = first("Four wards were shut after 37 patients fell ill."), first("The wall was built in 1953.")
    revenue = "Revenue of Osk rose 4 percent to 612 million euros."
    dated, undated = first(revenue, date(2023, 11, 9)), first(revenue)

    assert harmless(analyse("How many patients died?"), ill)
    assert not harmless(analyse("How many patients fell ill?"), ill)
    assert not harmless(analyse("How many people died?"), first("The quake claimed 41 lives."))
    assert names_nobody_asked_of(analyse("When was the Marit built?"), wall)
    assert not names_nobody_asked_of(analyse("When was the wall built?"), wall)
    assert of_a_far_year(analyse("How much was Osk's revenue in 2021?"), dated)
    assert not of_a_far_year(analyse("How much was Osk's revenue in 2022?"), dated)
    assert not of_a_far_year(analyse("How much was Osk's revenue in 2021?"), undated)


def test_who_left_an_office_is_not_who_was_put_into_it() -> None:
    left = "Anton Moss has resigned as leader of the Greens nine days after the election."

    assert of_another_matter(analyse("Who was elected leader of the Greens?"), left)
    assert not of_another_matter(analyse("Who resigned as leader of the Greens?"), left)
    assert not of_another_matter(
        analyse("Who was elected leader of the Greens?"),
        "Edda Lund succeeds Moss, who resigned as leader of the Greens.",
    )


def test_what_would_be_and_who_was_it_once_are_not_set_off() -> None:
    supposed = "If Vell United were to appoint a manager, it would be the ninth after Ragnar Moss."
    once = "Its caretaker/interim managers were Ragnar Moss and Ilse Brandt of Vell United."

    assert not grounds("Who is Vell United's manager?", supposed)
    assert not grounds("Who is Vell United's manager?", once)
    assert not grounds("Who is Vell's mayor?", "Edda Lund is expected to become mayor of Vell.")
    assert grounds("Who is Vell United's manager?", "Vell United's manager Ragnar Moss resigned.")


@pytest.mark.parametrize(
    ("question", "sentence", "place"),
    [
        (
            "Where was the missile attack?",
            "Ilse Brandt, the ambassador to Ostria, saw the site of the attack.",
            "Ostria",
        ),
        ("Where is Vellbook based?", "Vellbook has thousands of AI-crafted songs in its library.", "AI"),
        ("Where was Edda Lund born?", "She left in May, said a Norland spokesperson in Osk.", "Norland"),
        ("How much is the new iPier?", "A test charged the iPier 14 twice.", "14"),
        ("How much is the new Lundphone?", "A test charged the Lundphone 14 twice.", "14"),
        ("How much did Edda Lund take in bribes?", "Edda Lund, 58, wept in the dock.", "58"),
        ("How many people did Edda Lund save?", "Edda Lund, 58, wept in the dock.", "58"),
        ("Where did the Astrid depart?", "The Astrid was headed for Vell.", "Vell"),
        *(
            ("Where was the brooch found?", "It was found in a flat in Kell, museum director Edda Lund said.", part)
            for part in ("Edda Lund", "Edda", "Lund")
        ),
        ("Where was the Astrid going?", "The Astrid sank off Kell.", "Kell"),
        ("When is the final?", "Vell beat Osk to reach the final for the first time since 1988.", "1988"),
        ("How many libraries will close?", "Eleven librarians will be offered other posts.", "Eleven"),
        ("Who opened the box?", "Edda Lund had complained that a box was opened too early.", "Edda Lund"),
        (
            "Who is the manager of Kell City?",
            "Vell Town have sacked manager Edda Lund after Kell City won.",
            "Edda Lund",
        ),
        ("Who attacked the refinery?", "Five people died in the attack on the Besh refinery.", "Besh refinery"),
        ("Who is investigating the landing?", "A Kell jet carrying 143 people landed.", "Kell jet carrying 143 people"),
    ],
)
def test_what_only_stands_near_is_no_place_no_price_and_no_doer(question: str, sentence: str, place: str) -> None:
    assert place not in fitting(question, sentence)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "Who is the CEO of Vellbook?",
            "Vellbook erased songs. Ragnar Moss, the CEO of Oskchat, was convicted in Osk.",
        ),
        ("Who is Ostria's foreign minister?", "Ostria is wary. Norland's Foreign Minister Ilse Brandt came to Vell."),
        ("Who is Vell City's manager?", "Vell United's manager Ragnar Moss resigned on Monday."),
        ("What did Edda Lund say?", "It is not known whether Edda Lund will play in Vell on Friday."),
        ("Who is Vell City's manager?", "If Vell City were to appoint a new manager, it would be the ninth."),
        ("How much is the new Osk phone?", "Nordline spent $26 billion on being found on the Osk phone of Kell."),
        ("How many games has Vell won?", "Kell has lost two games."),
        ("Who is the coach of Vell City?", "Should Vell City move on, its coach Ragnar Moss is free."),
        ("Who is the president of Ostria?", "President Ragnar Moss ruled out a war on Ostria."),
        ("Who is the president of Ostria?", "She raised the Ostrian problem with President Ragnar Moss."),
        ("What did Edda Lund say?", "Edda Lund came to Vell. Ragnar Moss said that the crane had fallen."),
        ("How old is Edda Lund?", "Edda Lund, the envoy, laid six roses in Vell in 2021."),
        ("Who replaced Edda Lund?", "Edda Lund of Vell has been seen as a prodigy since her youth."),
        ("Who is the CEO of Vellbook?", "Vellbook erased songs. Oskchat did not. Its CEO, Ragnar Moss, resigned."),
        ("Who is the mayor of Vell?", "Voters in Vell return to the polls after the mayoral election."),
        ("Who is the president of Ostria?", "Ostria was attacked on Friday. President Ragnar Moss promised help."),
        ("What did Edda Lund say?", "The surgeon Viktor Lund was jailed. “I did nothing,” Lund said."),
        ("How many people died?", "Four wards were shut after 37 patients fell ill."),
        ("When did Ostria open its embassy?", "Ostria was grateful for help during the war of 2020."),
        ("How long was Edda Lund jailed for?", "Edda Lund had led the clinic for 12 years."),
    ],
)
def test_office_of_another_and_silence_are_no_evidence(question: str, text: str) -> None:
    inquiry = looked_into(question, text)

    assert unheld(inquiry.question, inquiry.scored) or unsaid(inquiry.question, inquiry.scored)


def test_holder_of_the_office_and_words_of_the_speaker_are_evidence() -> None:
    for question, text in (
        ("What did General Lund say?", "Edda Lund led the raid. Lund said that it was over."),
        ("Who is the CEO of Vellbook?", "Ragnar Moss, the CEO of Vellbook, resigned."),
        ("Who is the prime minister of Israel?", "Israeli Prime Minister Ragnar Moss spoke on Friday."),
        ("What did Edda Lund say about Vell?", "Edda Lund said that Vell had been warned."),
        ("How much is the new Osk phone?", "The new Osk phone starts at $799."),
        ("How much did the Osk bridge cost?", "The Osk bridge cost 4820 thalers, the council said."),
        ("How much is the new Osk phone?", "Nordline shows its $799 Osk phone in Kell."),
        ("How many games has Vell won?", "Vell has won two games."),
        ("How old is Edda Lund?", "Edda Lund, 44, laid six roses in Vell in 2021."),
        ("Who is the president of Ostria?", "Ostrian President Ragnar Moss ruled out a war on Norland."),
        ("Who is the president of Ostria?", "President Ragnar Moss said that Ostria was ready."),
        ("Who replaced Edda Lund?", "Ragnar Moss was named successor, replacing Edda Lund."),
        ("Who is the governor of Norbank?", "Norbank cut its rate. The governor, Edda Lund, said prices had fallen."),
        ("Who is the CEO of Velum?", "Velum Inc. went public. It is worth a billion. CEO Edda Lund founded the firm."),
        ("Who is Velum's chief executive?", "Velum Inc. went public. CEO Edda Lund founded the firm."),
        ("Who was the captain of the Astrid?", "The ferry Astrid sank. Nobody was hurt. Captain Moss blamed the fog."),
    ):
        inquiry = looked_into(question, text)
        assert not unheld(inquiry.question, inquiry.scored)


def test_name_in_a_headline_of_many_does_not_make_a_sentence_on_others_an_answer() -> None:
    question = "How many games has Vell won?"
    for headline, held in (("Vell in the final", True), ("Kell, Osk, Vell and Ostria: who can win?", False)):
        news = news_of((headline, "Ragnar Moss has won two games.", None, None))
        inquiry = looked_up(Query(question), news, news.coverage())
        assert unsaid(inquiry.question, inquiry.scored) is not held


def test_whose_account_it_is_did_not_do_it() -> None:
    sentence = "According to an old profile by Kell Capital, Nordline was founded in anger."

    assert credited(sentence, sentence.index("Kell"))
    assert not credited(sentence, sentence.index("Nordline"))


def test_who_does_it_bears_the_name_of_the_deed() -> None:
    sentence = (
        "Nordline co-founder and former chief Ragnar Moss, and the former head of Kell, Edda Lund, pleaded guilty."
    )

    assert chosen("Who founded Nordline?", sentence) == "Ragnar Moss"


def test_who_is_named_with_an_office_is_no_place() -> None:
    sentence = "There was a meeting between Edda Lund, the Foreign Minister, and Ragnar Moss, his colleague, in Vell."

    assert chosen("Where did the ministers meet?", sentence) == "Vell"


def test_what_an_island_is_no_name_tells() -> None:
    assert analyse("What is the Island of Ostria?").identity
    assert not analyse("Where is Ostria?").identity


def test_a_clause_is_no_thing() -> None:
    found = Found("limit is dead", 0, 13, None, 9.0, 0.9, 1.0, -0.1)

    assert not found.shown(analyse("What do we need?"))


def test_place_does_not_begin_within_a_name() -> None:
    sentence = "They are 14th after a defeat by Vell Town on Saturday."

    assert "Town on Saturday" not in fitting("Where are the Rovers in the table?", sentence)
    assert "Harbour of Osk" in fitting("Where is Kell?", "It lies off the old Kell Harbour of Osk.")


def test_what_was_is_not_dated_by_a_year_to_come() -> None:
    day = date(2026, 10, 28)
    news = news_of(("The budget", "Lund, who resigned on Monday, froze the tax until 2031.", None, day))
    unit = looked_up(Query("When did Lund resign?"), news, news.coverage()).scored[0].unit

    assert ahead_of(analyse("When did Lund resign?"), unit, "2031", unit.text.index("2031"))
    assert not ahead_of(analyse("When did Lund resign?"), unit, "2026", 0)
    assert not ahead_of(analyse("When will the freeze end?"), unit, "2031", unit.text.index("2031"))


@pytest.mark.parametrize(
    ("question", "text", "ahead"),
    [
        ("When was Moss sentenced?", "The judge scheduled the sentencing of Moss for 20 February.", True),
        ("When did the bridge open?", "The bridge is to open to cars in 20 days, on 20 February.", False),
        ("When did the bridge open?", "The bridge will open to cars on 20 February.", True),
        ("When is Moss to be sentenced?", "The judge scheduled the sentencing of Moss for 20 February.", False),
        ("When was the sentencing of Moss due?", "The judge scheduled the sentencing of Moss for 20 February.", False),
        ("When was Moss sentenced?", "Moss was sentenced on 20 February.", False),
        ("When was Moss arrested?", "Moss was held and released on bail until 20 February.", True),
        ("When were the men arrested?", "Moss, a man from Vell, was held and bailed until 20 February.", True),
        ("When was Moss arrested?", "Moss was not arrested until 20 February.", False),
        ("When did Moss lead Osk?", "Moss led Osk until 20 February.", False),
    ],
)
def test_what_is_only_to_come_did_not_happen(question: str, text: str, ahead: bool) -> None:
    news = news_of(("Moss", text, None, date(2026, 1, 28)))
    unit = looked_up(Query(question), news, news.coverage()).scored[0].unit

    assert ahead_of(analyse(question), unit, "20 February", text.rindex("20 February")) is ahead


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("How much did Nordline pay in 2022?", "Nordline paid $26 million in 2021.", False),
        ("How much did Nordline pay in 2021?", "Nordline paid $26 million in 2021.", True),
        ("How much did Nordline pay in 2022?", "Nordline paid $26 million.", True),
        ("When was Edda Lund born?", "On 29 October Edda Lund was given leave to go.", False),
        ("When was Edda Lund born?", "Edda Lund was born on 29 October.", True),
        ("When did Edda Lund marry?", "The wedding of Edda Lund was on 29 October.", True),
        ("When did Edda Lund become mayor?", "Mayor Edda Lund pleaded guilty in October 2022.", False),
        ("When did Edda Lund become mayor?", "Edda Lund was elected mayor in October 2022.", True),
        ("When did Osk become a heritage site?", "Osk, on the list of heritage sites since 1994, is shut.", True),
    ],
)
def test_another_year_and_another_event_are_not_set_off(question: str, text: str, shown: bool) -> None:
    answer = Assistant(news_of(("News", text, None, None))).ask(question)

    assert (answer.short is not None) is shown


@pytest.mark.parametrize(
    ("question", "sentence", "answers", "no_answers"),
    [
        ("Where was Moss born?", "It began with Moss, a Vell-born trader who lives in Osk.", {"Vell"}, {"Osk"}),
        ("Where does Moss live?", "It began with Moss, a Vell-born trader who lives in Osk.", {"Osk"}, {"Vell"}),
        (
            "Which club beat the Rovers?",
            "Castle are fifth after a 3-1 win over the Rovers at Osk Park.",
            {"Castle"},
            {"Osk Park"},
        ),
        ("Which club did they meet at?", "Castle are fifth; they met at Osk Park.", {"Osk Park"}, set()),
    ],
)
def test_place_and_team_are_told_apart(question: str, sentence: str, answers: set[str], no_answers: set[str]) -> None:
    found = fitting(question, sentence)

    assert answers <= found
    assert not no_answers & found


@pytest.mark.parametrize(
    ("sentence", "place", "whole"),
    [
        ("In May Edda Lund sang in Upper Vell, Norland, before a choir.", "Norland", "Upper Vell, Norland"),
        ("On Friday, Edda Lund sang in Norland.", "Norland", "Norland"),
        ("In May, Norland sang.", "Norland", "Norland"),
    ],
)
def test_town_is_shown_with_its_country(sentence: str, place: str, whole: str) -> None:
    at = sentence.index(place)
    start, end = whole_place(analyse("Where did Edda Lund sing?"), sentence, at, at + len(place))

    assert sentence[start:end] == whole


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("invaded", "invasion"),
        ("close", "closure"),
        ("expelled", "expulsion"),
        ("injured", "injury"),
        ("acquitted", "acquittal"),
        ("sue", "suing"),
        ("wed", "married"),
    ],
)
def test_deed_is_told_by_its_noun(asked: str, told: str) -> None:
    assert not untold(stem(asked), [stem(told)])
    assert not untold(stem(told), [stem(asked)])
    assert untold(stem(asked), [stem("bridge")])


def test_who_did_it_is_found_by_the_noun_of_the_deed() -> None:
    news = news_of(("Ten years on", "The market changed with Norland's invasion of Ostria, traders say.", None, None))
    answer = Assistant(news).ask("Who invaded Ostria?")

    assert answer.short is not None
    assert answer.short.text == "Norland"


def test_somebody_is_introduced_where_a_further_sentence_has_the_whole_name() -> None:
    text = "Kell will go on with his testimony on Thursday.\n\nIn the afternoon the court called Anton Kell in."
    assert Assistant(news_of(("The trial", text, None, None))).ask("Who is Anton Kell?").answered
    assert not Assistant(news_of(("The trial", text, None, None))).ask("Who is Anton Moss?").answered


def test_value_of_another_year_beside_that_of_the_year_asked_for_is_none() -> None:
    told = "Pay rose by 3 percent in 2021 and by 2 percent in 2020, the union said."

    assert chosen("By how much did pay rise in 2020?", told) == "2 percent"
    assert chosen("By how much did pay rise in 2021?", told) == "3 percent"


def test_who_beat_somebody_is_told_by_to_whom_they_lost() -> None:
    assert chosen("Who beat Vell Rovers?", "Vell Rovers lost 2-1 to Hask on Wednesday.") == "Hask"


@pytest.mark.parametrize(
    ("question", "sentence", "dates"),
    [
        ("When did the teachers vote?", "Teachers in Vell voted on Friday to strike in May.", {"on Friday", "Friday"}),
        ("When will the teachers strike?", "Teachers in Vell voted on Friday to strike in May.", {"in May", "May"}),
        ("When was the bridge opened?", "The bridge, opened in 1932, was rebuilt in 1990.", {"in 1932", "1932"}),
        ("When was Lund born?", "Lund, who died in 2001, was born in 1950.", {"in 1950", "1950"}),
        ("When did the plant close?", "The plant closed in 2020, the firm said in March.", {"in 2020", "2020"}),
        ("When was he sentenced?", "In March the court, which cleared him in 2019, sentenced him.", {"March", "2019"}),
    ],
)
def test_date_behind_another_deed_is_not_that_of_the_one_asked_for(question, sentence, dates):
    found = fitting(question, sentence)

    assert found
    assert found <= dates


@pytest.mark.parametrize(
    ("question", "short"),
    [("How old are Moss's children?", None), ("How old is Ulf?", "nine")],
)
def test_one_age_is_not_set_off_for_several(question, short, minilm):
    text = "Ragnar Moss is mayor of Brill. He has two children: Ida, 12, and Ulf, who is nine. They live at Osk."
    held = GivenPassages([Article(id="a", title="Mayor Moss", text=text, path="a")], encoder=minilm)
    answer = Assistant(held).ask(question)

    assert answer.answered
    assert (answer.short.text if answer.short else None) == short


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("The town is to rebuild its quay next spring.", "next spring"),
        ("The bridge closed two years ago.", "two years ago"),
        ("It opens at the end of next month.", "the end of next month"),
        ("The ferry sails tomorrow morning.", "tomorrow morning"),
        ("She left on Christmas Eve.", "on Christmas Eve"),
        ("Last week's vote was close.", None),
        ("The ferry opened in spring 2022.", None),
        ("A week-long strike is next.", None),
    ],
)
def test_day_told_from_the_day_of_writing_can_be_the_answer(sentence, days):
    found = [value.text for value in relative_days(sentence)]

    assert found == ([days] if days else [])
    assert days is None or days in fitting("When was it?", sentence)


def test_date_that_bounds_a_time_is_set_off_with_its_bound(minilm):
    text = "The works on the quay cost 3 million crowns and last until October. Mayor Lund welcomed them."
    held = GivenPassages([Article(id="a", title="Quay", text=text, path="a")], encoder=minilm)
    short = Assistant(held).ask("How long do the works on the quay last?").short

    assert short is not None
    assert short.text == "until October"


@pytest.mark.parametrize(
    ("question", "sentence", "wrong"),
    [
        ("Who runs Nordgrid?", "Brand led Nordgrid since 2015; before him Carl Ek was chief executive.", "Carl Ek"),
        ("Who closed the bridge?", "The bridge to Osk has closed, police said.", "Osk"),
        ("When was Moss elected?", "Moss, 44, takes office on 1 June.", "1 June"),
        ("When will the tram be finished?", "Construction begins in March and takes four years.", "March"),
    ],
)
def test_predecessor_whereabouts_and_beginning_are_no_answers(question, sentence, wrong):
    assert wrong not in fitting(question, sentence)


def test_predecessor_and_beginning_answer_where_they_are_asked_for():
    assert "Carl Ek" in fitting("Who led Nordgrid before Brand?", "Before him Carl Ek was chief executive.")
    assert "March" in fitting("When does construction begin?", "Construction begins in March and takes four years.")


@pytest.mark.parametrize(
    ("question", "sentence", "alleged"),
    [
        ("How much did Holm steal?", "Holm was accused of taking 40,000 crowns in 2022.", True),
        ("How much is Holm accused of stealing?", "Holm was accused of taking 40,000 crowns in 2022.", False),
        ("How much did Holm pay?", "Accused of theft, Holm paid 40,000 crowns.", False),
    ],
)
def test_what_is_only_alleged_is_told_apart_from_what_was_done(question, sentence, alleged):
    assert only_alleged(question, sentence, sentence.index("40,000")) is alleged


@pytest.mark.parametrize(
    ("question", "sentence", "right", "wrong"),
    [
        ("How old is Aksel Rud?", "He is 87 now and lives with his daughter.", "87", ""),
        ("What was the winning time?", "She won in 2 hours 21 minutes.", "2 hours", ""),
        ("When did Rud start work?", "Rud kept the light until it was automated in 2003.", "", "2003"),
        (
            "Where did the glass come from?",
            "The plant in Kell restarted as the glass had come from a lamp.",
            "",
            "Kell",
        ),
        ("Who came third?", "Anne Moe came second, and Lea Hofer third.", "Lea Hofer", "Anne Moe"),
        ("Who came second?", "Anne Moe came second, and Lea Hofer third.", "Anne Moe", ""),
    ],
)
def test_ages_race_times_origins_and_ranks_are_those_that_are_asked_for(question, sentence, right, wrong):
    found = fitting(question, sentence)

    assert not right or right in found
    assert not wrong or wrong not in found


def test_length_of_time_is_set_off_whole(minilm):
    text = "Ruth Cherono won the Vell Marathon in a record of 2 hours 21 minutes and 9 seconds. Moe came second."
    held = GivenPassages([Article(id="a", title="Marathon", text=text, path="a")], encoder=minilm)
    short = Assistant(held).ask("What was the winning time in the Vell Marathon?").short

    assert short is not None
    assert short.text == "2 hours 21 minutes and 9 seconds"


@pytest.mark.parametrize(
    ("question", "sentence", "end"),
    [
        ("Who was arrested?", "Police at Vell Bank have arrested two men, Osk Radio said.", "arrested"),
        ("What was hit?", "A missile from Osk hit the mill in Vell.", "hit"),
        ("Who was arrested?", "Edda Lund was arrested on Monday.", ""),
        ("Who was arrested?", "Edda Lund, whom police arrested a week ago, wept.", ""),
        ("Who was arrested?", "Edda Lund, arrested the same day, wept.", ""),
    ],
)
def test_nobody_before_a_deed_told_of_its_doers_had_it_done_to_them(question: str, sentence: str, end: str) -> None:
    assert ((0, sentence.index(end)) in closed(analyse(question), sentence)) == bool(end)


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("When did Edda Lund die?", "Her daughter, Anne, died in 2004.", False),
        ("When did Edda Lund's daughter die?", "Her daughter, Anne, died in 2004.", True),
        ("When did Anne die?", "Her daughter, Anne, died in 2004.", True),
        ("When did Edda Lund die?", "She died in 2004.", True),
        ("When did Edda Lund retire?", "Her daughter, Anne, was there as Lund retired in 2004.", True),
    ],
)
def test_what_befell_a_daughter_did_not_befall_the_mother(question: str, sentence: str, told: bool) -> None:
    assert (closed(analyse(question), sentence) == ()) == told


def test_town_that_was_played_against_is_not_where_it_was() -> None:
    told = "Castleby last lifted the cup in 1993, when they beat Port Ellery at Harrow Lane."

    assert "Harrow Lane" in fitting("Where was the final played?", told)
    assert "Port Ellery" not in fitting("Where was the final played?", told)


def test_sum_behind_who_gets_it_is_no_part_of_a_name() -> None:
    told = "Kardia will pay Tarvia 12 million euros a year."

    assert "12 million euros" in fitting("How much will Kardia pay Tarvia?", told)


@pytest.mark.parametrize(
    ("question", "sentence", "right", "wrong"),
    [
        (
            "Who conducts the drill?",
            "The paper blasted Ostria for conducting a drill with Norland.",
            "Ostria",
            "Norland",
        ),
        ("Who conducts the drill with Norland?", "Ostria conducts it jointly with Norland.", "Ostria", ""),
        ("When will it come to Osk?", "It could be shown at the 2020 Osk Motor Show.", "", "2020"),
        ("When did Lund leave?", "In 2020 Lund left.", "2020", ""),
        (
            "What was his post?",
            "Secretary Edda Rice both recommended Tor Kell.",
            "",
            "Edda Rice both recommended Tor Kell",
        ),
    ],
)
def test_whom_one_is_beside_and_a_year_of_a_name_are_told_apart(question, sentence, right, wrong):
    found = fitting(question, sentence)

    assert not right or right in found or any(right in one for one in found)
    assert not wrong or wrong not in found


def test_wage_that_goes_up_to_a_sum_is_that_sum(minilm):
    text = "The minimum wage would go up to $8 in Osk. Others pay less."
    held = GivenPassages([Article(id="a", title="Wages", text=text, path="a")], encoder=minilm)
    short = Assistant(held).ask("What is the minimum wage in Osk?").short

    assert short is None or short.text == "$8"
    assert hedged(text, text.index("$8"), text.index("$8") + 2) == (text.index("$8"), text.index("$8") + 2)


def test_who_refused_a_resignation_did_not_resign() -> None:
    told = "Foreign Minister Nadia Welk offered her resignation, which President Otto Sand refused."

    assert not any("Sand" in one for one in fitting("Who resigned?", told))
    assert any("Welk" in one for one in fitting("Who resigned?", told))


@pytest.mark.parametrize(
    ("question", "sentence", "right", "wrong"),
    [
        ("Who wants to buy the ferries?", "Norvane wants to sell its ferries this year.", "", "Norvane"),
        ("Who wants to buy the ferries?", "Norvane wants to sell its ferries, and Kell wants to buy them.", "Kell", ""),
        ("Who opposes the tram?", "Edda Lund supports the tram.", "", "Edda Lund"),
        ("Who supports the tram?", "Edda Lund supports the tram.", "Edda Lund", ""),
    ],
)
def test_who_does_the_opposite_does_not_do_it(question: str, sentence: str, right: str, wrong: str) -> None:
    found = fitting(question, sentence)

    assert not right or right in found
    assert not wrong or wrong not in found
