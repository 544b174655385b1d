from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.amounts import amount
from assistant.evidence import gather, leans, quotable, spans
from assistant.extractive import drafts
from assistant.given import GivenPassages
from assistant.holder import holders
from assistant.periods import whole_period
from assistant.question import analyse
from assistant.relations import contradicts, other_object, relations
from assistant.short import hedged
from assistant.statements import saying
from assistant.sufficiency import of_a_source
from assistant.timeline import dated
from assistant.values import names, values
from assistant.written_dates import dates_differ
from corpus.article import Article
from tests.fakes import news_of


@pytest.mark.parametrize(
    ("text", "kind", "found", "key"),
    [
        ("Some 1.2 million people came", "number", "1.2 million", "1200000"),
        ("about 6,000 soldiers", "number", "6,000", "6000"),
        ("twenty-five ships", "number", "twenty-five", "25"),
        ("30% of the oil", "share", "30%", "30%"),
        ("30 per cent of the oil", "share", "30 per cent", "30%"),
        ("half of the voters", "share", "half", "50%"),
        ("paid $1.65 billion for it", "money", "$1.65 billion", "1650000000$"),
        ("paid 84 million euros", "money", "84 million euros", "84000000€"),
        ("on 21 July 2017 it came", "date", "21 July 2017", "2017-07-21"),
        ("broke his leg in April.", "date", "April", "--04"),
        ("at 4:12 a.m. it shook", "date", "4:12 a.m.", "04:12"),
        ("at 4.40pm it shook", "date", "4.40pm", "16:40"),
        ("by noon it was over", "date", "noon", "12:00"),
        ("on July 21, 2017 it came", "date", "July 21, 2017", "2017-07-21"),
        ("in May 2012 it came", "date", "May 2012", "2012-05"),
        ("in 2020 as well", "date", "2020", "2020"),
        ("One hundred and fifty people fled", "number", "One hundred and fifty", "150"),
        ("two hundred and fifty thousand fled", "number", "two hundred and fifty thousand", "250000"),
        ("five thousand two hundred and six ships", "number", "five thousand two hundred and six", "5206"),
        ("between two hundred and three hundred came", "number", "two hundred", "200"),
        ("about a hundred people", "number", "a hundred", "100"),
        ("half a million people", "number", "half a million", "500000"),
        ("One in five voters", "share", "One in five", "20%"),
        ("9 out of every 10 ships", "share", "9 out of every 10", "90%"),
        ("hired 30 in 2019", "number", "30", "30"),
        ("won three in four years", "number", "three", "3"),
        ("In May the court ruled", "date", "May", "--05"),
        ("since early March it rains", "date", "March", "--03"),
        ("in the 2010-11 season", "date", "2010-11", "2010/2011"),
        ("on 2023-05 it says", "date", "2023-05", "2023-05"),
        ("lasted six weeks", "duration", "six weeks", "6 week"),
        ("cost Rs 5 crore", "money", "Rs 5 crore", "50000000rs"),
        ("at -50C it froze", "number", "-50", "-50"),
        ("grew by -0.5% again", "share", "-0.5%", "-0.5%"),
        ("in 10-15 days", "number", "10", "10"),
        ("met Edda Lund there", "name", "Edda Lund", "edda lund"),
    ],
)
def test_values_are_found_and_compare_equal_however_written(text: str, kind: str, found: str, key: str) -> None:
    first = values(text)[0]

    assert (first.kind, first.text, first.key) == (kind, found, key)


def test_amount_in_a_year_is_no_share() -> None:
    assert all(value.kind != "share" for value in values("Debt falls from P1.42 trillion in 2022 to less in 2024."))
    assert [value.kind for value in values("About 9 in 10 ships came.")] == ["share"]


def test_may_and_one_are_words_before_they_are_values() -> None:
    assert values("It may rain, and one of them knows") == ()


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("The mayor, Jan Kowalski, resigned.", "name", "Jan Kowalski"),
        ("Police said April Jones had won.", "name", "April Jones"),
        ("In April Israel closed it.", "date", "April"),
        ("It closed in June, Ostria said.", "date", "June"),
    ],
)
def test_month_before_a_capital_is_a_first_name_unless_something_happened_in_it(
    text: str, kind: str, found: str
) -> None:
    assert (kind, found) in [(value.kind, value.text) for value in values(text)]


@given(st.text(max_size=120))
def test_values_stand_where_they_say_and_do_not_overlap(text: str) -> None:
    found = values(text)

    assert all(text[value.start : value.end] == value.text for value in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "name", ["Luis de la Fuente", "Ursula von der Leyen", "Abdel Fattah el-Sisi", "Lai Ching-te", "Moon Jae-in"]
)
def test_name_goes_on_behind_small_words_and_hyphens(name: str) -> None:
    assert [one.text for one in names(f"In Vell, {name} spoke.")] == ["Vell", name]
    assert [holder.end for holder in holders(f"Then President {name} spoke.")] == [15 + len(name)]


@pytest.mark.parametrize("text", ["the New York-led talks", "a United Kells-born engineer"])
def test_what_is_led_or_born_is_no_part_of_a_name(text: str) -> None:
    assert all("-" not in one.text for one in names(text))


def test_possessive_ends_a_name() -> None:
    assert [name.text for name in names("Norland's ambassador met Ostria's King Olaf")] == [
        "Norland",
        "Ostria",
        "King Olaf",
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,200", 1200),
        ("three dozen", 36),
        ("two hundred", 200),
        ("one thousand and twenty", 1020),
        ("five thousand million", 5e9),
        ("half a dozen", 6),
        ("none", None),
    ],
)
def test_amount_is_read_in_figures_and_words(text: str, number: float | None) -> None:
    assert amount(text) == number


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("2020", "2020-05", False),
        ("2020", "2021-05", True),
        ("--05-03", "2020-05-03", False),
        ("2020-05-03", "2020-05-04", True),
        ("04:12", "16:40", True),
        ("04:12", "04:12", False),
        ("04:12", "2024-11-06", False),
    ],
)
def test_coarser_dates_do_not_contradict_finer_ones(one: str, other: str, differ: bool) -> None:
    assert dates_differ(one, other) is differ


@pytest.mark.parametrize(
    "line",
    [
        "Skip to content",
        "Photo: Reuters",
        "By Edda Lund",
        "Translated from Haqqin.az",
        "Read more",
        "© 2024 Coast Post",
        "Sign up for our newsletter",
        "Nov 16, 2020 ...",
        "Updated 3:15 p.m. ET, Tuesday, March 4, 2023",
        "Cast & Crew.",
    ],
)
def test_furniture_bylines_and_captions_are_not_quotable(line: str) -> None:
    assert not quotable(line, alone=True)


@pytest.mark.parametrize(
    "line",
    [
        "On Monday at 5 p.m. it opens.",
        "Sun sat on Monday.",
        "Lund won.",
        "“Yes We Can.”",
        "Getty Images sued Lundsoft in Vell.",
        "Copyright holders sued Lundsoft.",
        "By Monday Ostria had taken the town.",
        "3 shares of Nordline were sold.",
        "Shop prices rose 4.2% in March.",
        "Watch groups said 40 died.",
    ],
)
def test_short_line_that_tells_something_is_quotable(line: str) -> None:
    assert quotable(line, alone=False)


@pytest.mark.parametrize("sentences", [50, 399, 400, 900])
def test_line_without_a_mark_is_no_evidence_however_long_the_article(sentences: int) -> None:
    text = "The ferry sailed to Osk again.\n" * sentences + "Ferries and harbours"

    assert not spans(text)[-1].quotable


def test_heading_between_paragraphs_is_not_quotable() -> None:
    text = "The crane fell into the water on Monday.\n\nThe meeting\n\nNobody was hurt, the harbour master said."

    assert [span.text for span in spans(text) if span.quotable] == [
        "The crane fell into the water on Monday.",
        "Nobody was hurt, the harbour master said.",
    ]


@pytest.mark.parametrize(
    ("sentence", "leaning"),
    [
        ("He said it rained.", True),
        ("This was denied.", True),
        ("However, she stayed.", True),
        ("Their boat sank.", True),
        ("“It will rain again.”", True),
        ("We ended that programme.", True),
        ("In this, she was alone.", True),
        ("This week the harbour opened.", False),
        ("Earlier this year, Vell built a pier.", False),
        ("Later this Friday the ferry sails.", False),
        ("The harbour opened last May and will close this Friday.", False),
        ("Edda Lund said it rained.", False),
        ("It is said that ships talk.", False),
        ("It’s been seven years since Lund won.", False),
        ("It’s possible that Lund knew of it.", False),
        ("It is too early to say who won.", False),
        ("It was Lund who built it.", False),
        ("It has been closed since May.", True),
        ("It was built to carry nine trains.", True),
        ("It’s a bridge.", True),
        ("It was the strongest earthquake in Tarvia since 1978.", False),
        ("It was the first of four.", True),
        ("It was the most expensive bridge in Osk.", False),
        ("At the same time, Lund left Osk.", False),
        ("The same crane fell.", True),
        ("When he was 16, Lund was arrested.", False),
        ("In her second novel, Lund writes of Osk.", False),
        ("When she resigned, Moss took over.", True),
        ("In his place, Moss was chosen.", True),
        ("Thistles grow.", False),
    ],
)
def test_sentence_that_leans_on_the_one_before(sentence: str, leaning: bool) -> None:
    assert leans(sentence) is leaning


@pytest.mark.parametrize(
    ("sentence", "speaker", "verb", "quoted"),
    [
        ("Lund said the crane was old.", "Lund", "said", False),
        ("The mayor Ines Falk claimed that the crane was old.", "The mayor Ines Falk", "claimed", False),
        ("“The crane was old and tired,” said Edda Lund, adding more.", "Edda Lund", "said", True),
        ("According to Edda Lund, the crane was old.", "Edda Lund", "According to", False),
        ("“It is a phone,” said headteacher Ole Berg.", "headteacher Ole Berg", "said", True),
        ("Norland is unhappy with Ostria, says Coast Post.", "Coast Post", "says", False),
        (
            "Prime Minister Ilse Brandt, a farmer, warned that it would rain.",
            "Prime Minister Ilse Brandt",
            "warned",
            False,
        ),
        ("Moss's lawyer, Edda Lund, said her client would appeal.", "Edda Lund", "said", False),
        ("Its director, Edda Lund, said the bank was safe.", "Edda Lund", "said", False),
        ("Harbour chief Edda Lund said nine were missing.", "Edda Lund", "said", False),
        ("“We lost everything,” said the Vell coach, Edda Lund.", "Edda Lund", "said", True),
        ("“Wash your hands,” warned the town's chief doctor, Dr Edda Lund.", "Dr Edda Lund", "warned", True),
        ("A doctor at the town's hospital said five had died.", "A doctor at the town's hospital", "said", False),
        ("Cranes fell, killing two, the harbour master, Edda Lund, told us.", "Edda Lund", "told", False),
    ],
)
def test_speaker_verb_and_quotation_are_read(sentence: str, speaker: str, verb: str, quoted: bool) -> None:
    found = saying(sentence)

    assert found is not None
    assert (found.speaker, found.verb, found.quoted) == (speaker, verb, quoted)


@pytest.mark.parametrize(
    "sentence", ["Edda Lund wrote the book in 2019.", "The regulator, Vell Health, rejected it in May."]
)
def test_what_is_done_is_not_said(sentence: str) -> None:
    assert saying(sentence) is None


def test_sentence_of_the_article_itself_has_no_speaker() -> None:
    assert saying("The crane fell into the water on Monday.") is None


def test_what_somebody_said_is_told_by_the_quote_of_the_he_or_she_who_is_meant() -> None:
    text = "The town is to rebuild its quay. Mayor Edda Lund opened the meeting. “Nobody will lose a berth,” she said."
    assistant = Assistant(
        news_of(
            ("Quay to be rebuilt", text, "Coast Post", None),
            ("Minister quits", "Minister Tor Kell resigned on Tuesday. His aides wept.", "Coast Post", None),
        )
    )

    assert assistant.ask("What did Edda Lund say?").sentences[0].text == "“Nobody will lose a berth,” she said."
    assert not assistant.ask("What did Tor Kell say?").answered


def test_statement_names_the_speaker_behind_he() -> None:
    text = "Lund said that the crane was old.\n\nShe warned that the second crane at Vell is older still."
    answer = Assistant(news_of(("Cranes", text, None, None))).ask("What did Lund say about the second crane at Vell?")

    told = {statement.speaker for statement in answer.statements}
    assert told == {"Lund"}


def test_who_said_it_is_answered_with_the_speaker() -> None:
    answer = Assistant(
        news_of(("Cranes", "Harbour master Edda Lund said that the crane at Vell was old.", None, None))
    ).ask("Who said that the crane at Vell was old?")

    assert answer.short is not None
    assert answer.short.text == "Edda Lund"


def test_who_said_it_is_not_answered_with_she() -> None:
    text = "Nobody worked on Monday. She said that the crane at Vell was old."
    answer = Assistant(news_of(("Cranes", text, None, None))).ask("Who said that the crane at Vell was old?")

    assert answer.short is None


@pytest.mark.parametrize(
    ("sentence", "when", "text"),
    [
        ("It fell on 5 March 2024.", "2024-03-05", "5 March 2024"),
        ("It fell on Tuesday.", "2024-03-05", "on Tuesday"),
        ("It fell on Monday, 4 February.", "2024-02-04", "4 February"),
        ("It fell yesterday.", "2024-03-05", "yesterday"),
        ("It fell in 1998.", "1998", "1998"),
        ("It fell last month.", "2024-02", "last month"),
        ("It fell last year.", "2023", "last year"),
        ("It fell this morning.", "2024-03-06", "this morning"),
        ("It fell 3 days ago.", "2024-03-03", "3 days ago"),
        ("It fell two weeks ago.", None, "two weeks ago"),
        ("It fell three days ago.", "2024-03-03", "three days ago"),
        ("It fell 1,000 days ago.", "2021-06-10", "1,000 days ago"),
        ("It fell 9999999 days ago.", None, "9999999 days ago"),
        ("It fell ² days ago.", None, "days ago"),
        ("It fell earlier this month.", "2024-03", "earlier this month"),
        ("It fell late last year.", "2023", "late last year"),
        ("It fell on 5 February at night.", "2024-02-05", "5 February"),
        ("It will open on 3 May, the mayor said.", "2024-05-03", "3 May"),
        ("The tour begins in September.", "2024-09", "September"),
        ("The ferry, which sank on 5 January, will be raised.", "2024-01-05", "5 January"),
        ("Drivers walk out on Monday, 11 March, over pay.", "2024-03-11", "11 March"),
        ("It fell on 5 November, not later.", "2023-11-05", "5 November"),
        ("It will open on 29 February.", "2024-02-29", "29 February"),
    ],
)
def test_event_date_is_seen_from_the_publication_date(sentence: str, when: str | None, text: str) -> None:
    found = dated(sentence, date(2024, 3, 6))

    assert found is not None
    assert (found.when, found.text) == (when, text)


def test_event_date_of_an_undated_article_stays_unknown() -> None:
    found = dated("It fell on Tuesday.", None)

    assert found is not None
    assert found.when is None


def test_what_happened_gets_a_timeline_oldest_first() -> None:
    assistant = Assistant(
        news_of(
            (
                "Crane",
                "The harbour at Vell opened in 1901. A crane fell at the harbour of Vell on Tuesday.",
                None,
                date(2024, 3, 6),
            ),
            ("Ferry", "The harbour of Vell was sold in 1975. The harbour of Vell was rebuilt in May 1988.", None, None),
        )
    )

    answer = assistant.ask("What happened at the harbour of Vell?")

    assert [event.date for event in answer.timeline] == ["1901", "1975", "1988-05", "2024-03-05"]
    cited = {citation.number: citation.quote for citation in answer.citations}
    assert all(event.citation in cited for event in answer.timeline)
    lines = str(answer).splitlines()
    printed = lines[lines.index("Timeline") + 1 :][: len(answer.timeline)]
    assert printed == [f"  {event.date}: {cited[event.citation]} [{event.citation}]" for event in answer.timeline]


def test_roles_have_a_direction() -> None:
    asked, stated = (
        relations("Who is Norland's ambassador to Ostria?"),
        relations("Ilse Brandt, Ostria's ambassador to Norland, came."),
    )

    assert contradicts(asked, stated)
    assert not contradicts(asked, relations("Ilse Brandt, Norland's ambassador to Ostria, came."))


def test_deed_done_to_another_is_no_answer() -> None:
    assert other_object("When did Brandt visit Osk?", "Brandt visited Vell last week.", set())
    assert not other_object("When did Brandt visit Osk?", "Brandt visited Osk last week.", set())
    assert not other_object("When did Brandt visit Osk?", "Brandt visited the town of Vell last week.", {"osk"})
    assert not other_object("Who is the prosecutor in the Osk trial?", "They scolded prosecutor Edda Lund.", set())


def test_freshness_tells_of_a_newer_article_left_out() -> None:
    assistant = Assistant(
        news_of(
            ("Crane", "A crane fell at the harbour of Vell.", None, date(2024, 3, 6)),
            ("Cheese", "Cheese prices fell in Ostria.", None, date(2024, 5, 6)),
        )
    )

    freshness = assistant.ask("What fell at the harbour of Vell?").freshness

    assert freshness.newest_used == date(2024, 3, 6)
    assert freshness.corpus_newest == date(2024, 5, 6)


def test_suggested_questions_are_answered() -> None:
    text = (
        "The harbour at Vell was closed on Monday. Harbour master Edda Lund said that Nordline "
        "would pay for the crane of Vell. "
        "Nordline was founded in Ostria in 1951."
    )
    assistant = Assistant(news_of(("Harbour", text, None, None)))

    suggested = assistant.ask("When was the harbour at Vell closed?").suggestions

    assert all(assistant.ask(question).kind == "answer" for question in suggested)


@pytest.mark.parametrize(
    ("sentence", "value", "shown"),
    [
        ("She came to Baku at the end of 2022 for talks.", "2022", "the end of 2022"),
        ("It opened in late 2022.", "2022", "late 2022"),
        ("It closes in the second quarter of 2027.", "2027", "the second quarter of 2027"),
        ("It closes in the quarter to 2027.", "2027", "2027"),
        ("More than 6,000 soldiers died.", "6,000", "More than 6,000"),
        ("It opened in 2022.", "2022", "2022"),
        ("The 33-year-old keeper left.", "33-year", "33-year-old"),
        ("It was approved by five votes to four.", "five", "five votes to four"),
        ("It won 12 votes to open the yard.", "12", "12"),
    ],
)
def test_short_answer_keeps_the_words_that_bound_it(sentence: str, value: str, shown: str) -> None:
    at = sentence.index(value)
    start, end = hedged(sentence, at, at + len(value))
    assert sentence[start:end] == shown


@pytest.mark.parametrize(
    ("question", "sentence", "date", "shown"),
    [
        ("When did she lead it?", "She led it from 1986 to 2001, and Osk until 2009.", "2001", "from 1986 to 2001"),
        ("When did she lead it?", "She led it from 1986 to 2001, and Osk until 2009.", "2009", "2009"),
        ("When was it?", "It was held between 3 and 9 June.", "9 June", "between 3 and 9 June"),
        ("When was it?", "It was held on 3 May and 9 June.", "9 June", "9 June"),
        ("When was it paid?", "It was paid between March and May 2016.", "May 2016", "between March and May 2016"),
        ("When will it close?", "It will close from June until August.", "August", "from June until August"),
        ("When does it open?", "It stays shut until 6am on Saturday.", "6am", "6am on Saturday"),
        (
            "When was it hit?",
            "It hit at 4:17 a.m. local time on Monday.",
            "on Monday",
            "4:17 a.m. local time on Monday",
        ),
        ("What time does it open?", "It stays shut until 6am on Saturday.", "6am", "6am"),
        ("When does the show start?", "The show runs from 2 May to 14 August.", "14 August", "2 May"),
        ("When did she leave?", "She led it from 1986 to 2001.", "1986", "2001"),
        ("When is the shop open?", "It trades from 9am to 5pm on Monday.", "9am", "from 9am to 5pm on Monday"),
        ("How long is it open?", "It trades from May to June.", "June", "from May to June"),
    ],
)
def test_date_of_a_short_answer_is_shown_with_what_it_goes_on_to(
    question: str, sentence: str, date: str, shown: str
) -> None:
    at = sentence.index(date)
    start, end = whole_period(analyse(question), sentence, at, at + len(date))
    assert sentence[start:end] == shown


def test_once_the_number_is_told_other_sentences_have_to_hold_one_too() -> None:
    news = news_of(
        ("Ferry burns", "The ferry fire in Osk killed 12 people. The ferry fire in Osk shocked the people.", "A", None),
        (
            "Fire",
            "In Osk the ferry fire killed 14 people, the mayor said. People in Osk saw the ferry fire.",
            "B",
            None,
        ),
    )
    answer = Assistant(news).ask("How many people did the ferry fire in Osk kill?")
    assert answer.short is not None
    assert [any(char.isdigit() for char in sentence.text) for sentence in answer.sentences] == [True, True]


def test_sentence_before_is_read_before_where_it_is_not_the_first() -> None:
    text = "Anna Brandt leads the harbour. She bought the crane in Osk."
    article = Article(id="a", title="Crane", text=text, path="a.txt", outlet="A")
    other = Article(id="b", title="Crane in Osk", text="The crane in Osk is red.", path="b.txt")
    hits = GivenPassages([other, article]).search("crane Osk")
    units = gather(hits, {"a": article, "b": other})
    first = next(unit for unit in units if "red" in unit.text)
    leaning = next(unit for unit in units if "She" in unit.text)
    read = [(draft.lead, draft.quotes[0].text) for draft in drafts([first, leaning])]
    assert read == [
        ("", "The crane in Osk is red."),
        ("A:", "Anna Brandt leads the harbour."),
        ("", "She bought the crane in Osk."),
    ]


def test_yes_and_no_are_sides_only_where_both_speak_of_the_deed() -> None:
    news = news_of(
        ("No", "The mayor of Osk refused to sell the harbour to Veld.", "A", None),
        ("Other", "Tension between Osk and Veld rose after the storm.", "B", None),
    )
    assert Assistant(news).ask("Did Osk sell the harbour to Veld?").disagreements == ()


def test_speaker_of_a_sentence_is_not_the_thing_that_is_asked_for() -> None:
    news = news_of(("Fear", "Brandt remarked that the threats to Osk are the same.", "A", None))
    assert Assistant(news).ask("What threats does Osk see?").short is None


@pytest.mark.parametrize(
    ("question", "missing", "told"),
    [
        ("Does the Lundpost article say that the dam leaks?", ["Lundpost"], True),
        ("According to Lundpost, why did the dam leak?", ["Lundpost"], True),
        ("What did the article from 'Lund Today | Markets And News' say of the dam?", ["Markets And News"], True),
        ("Was the dam, as reported by The Lundpost, safe?", ["Lundpost"], True),
        ("Who repaired the Lundpost building?", ["Lundpost"], False),
        ("Which article of the law was changed?", ["law"], False),
    ],
)
def test_what_an_absent_outlet_says_is_told_from_what_is_said_of_it(
    question: str, missing: list[str], told: bool
) -> None:
    assert of_a_source(question, missing) is told


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("What does that mean for the ferry?", False),
        ("(And who pays for the crane?)", False),
        ("“What does that mean for the ferry?” Lund asked.", True),
        ("“Who pays for the crane?”", True),
        ("Lund asked who pays for the crane.", True),
    ],
)
def test_question_of_an_article_to_its_readers_is_no_evidence(sentence: str, evidence: bool) -> None:
    assert quotable(sentence, alone=False) is evidence


def test_sentence_before_stands_once_though_two_articles_print_it() -> None:
    articles = [
        ("Harbour", "Ilse Brandt came to Osk. She said that the crane at Osk had fallen.", "Coast Post", None),
        ("Crane", "Ilse Brandt came to Osk. She said that nobody at Osk was hurt.", "Vell Courier", None),
    ]
    news = news_of(*articles)
    units = [
        unit
        for unit in gather(
            news.search("Osk", 5), {one.id: one for one in map(news.article, ("article-1", "article-2"))}
        )
        if unit.text.startswith("She")
    ]

    shown = [draft.quotes[0].text for draft in drafts(units)]

    assert len(units) == 2
    assert shown.count("Ilse Brandt came to Osk.") == 1
