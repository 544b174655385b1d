"""What was paid and what was got, by how much a thing changed, and figures that a newer article has instead."""

from datetime import date

import pytest

from assistant import Assistant
from assistant.bargain import of_another_clause, of_the_other_side
from assistant.candidate import candidates
from assistant.fitting import fits
from assistant.given import GivenPassages
from assistant.question import analyse
from corpus.article import Article

SOLD = "Nordline has sold its hotel in Brill to the investor Palmgren for 75 million crowns."
BOUGHT = "It bought the hotel in 2011 for 52 million crowns."


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("How much did Nordline get for the hotel?", SOLD, False),
        ("How much did Nordline get for the hotel?", BOUGHT, True),
        ("How much did Nordline pay for the hotel?", SOLD, True),
        ("How much did Nordline pay for the hotel?", BOUGHT, False),
        ("How much did Palmgren pay for the hotel?", SOLD, False),
        ("How much did Nordline get for the hotel?", "Palmgren bought it from Nordline for 75 million crowns.", False),
        ("How much did the profit fall?", "The company expects a profit of 200 million crowns.", True),
        ("How much did the profit fall?", "Its profit fell by 9 million crowns.", False),
    ],
)
def test_sum_of_the_other_side_is_none(question, sentence, other):
    at = next(place for place, sign in enumerate(sentence) if sign.isdigit() and "million" in sentence[place:][:11])

    assert of_the_other_side(analyse(question), sentence, at) is other


def test_who_bought_a_thing_did_not_sell_it():
    def doers(question):
        asked = analyse(question)
        return {SOLD[one.start : one.end] for one in candidates(SOLD) if fits(asked, SOLD, one)}

    assert "Palmgren" not in doers("Who sold the hotel?")
    assert "Nordline" in doers("Who sold the hotel?")
    assert "Palmgren" in doers("Who bought the hotel?")


@pytest.mark.parametrize(("later", "first"), [(True, "The death toll"), (False, "Two people died")])
def test_figure_that_a_newer_article_has_come_to_comes_first(later, first, minilm):
    texts = (
        ("Two people died when storm Berta hit the coast on Tuesday.", date(2025, 1, 15)),
        ("The death toll of storm Berta has risen to three, police said.", date(2025, 1, 17 if later else 13)),
    )
    held = [
        Article(id=f"a{at}", title="Storm Berta", text=text, path=f"{at}", published=day, published_origin="meta")
        for at, (text, day) in enumerate(texts)
    ]
    answer = Assistant(GivenPassages(held, encoder=minilm)).ask("How many people died when storm Berta hit the coast?")

    assert answer.sentences[0].text.startswith(first)
    assert answer.short is not None
    assert answer.short.text == ("three" if later else "Two")


@pytest.mark.parametrize(
    ("question", "words", "other"),
    [
        ("What did the union want?", "3", True),
        ("What did the union want?", "7 percent", False),
        ("What did Vestline offer?", "3", False),
    ],
)
def test_what_another_did_in_the_next_clause_is_not_what_somebody_did(question, words, other):
    sentence = "The union wants 7 percent, and the company, Vestline, has offered 3."

    assert of_another_clause(analyse(question), sentence, sentence.index(words)) is other
