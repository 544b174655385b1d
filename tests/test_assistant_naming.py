"""Which names of a sentence its quotes hold, however they are written."""

from datetime import date

import pytest

from assistant.evidence import Unit, gather
from assistant.naming import missing_name, same_name, titled
from corpus.article import Article
from index.passage import Hit, Passage

TEXT = (
    "Mayor Ada Brenner of Germany met President Ilse Mohr in the United States. "
    "She praised farmers in the south. The North Sea Council (NSC) agreed."
)


def quotes(text: str = TEXT) -> list[Unit]:
    article = Article(
        id="a",
        title="Talks at sea",
        path="a",
        text=text,
        outlet="Coast Post",
        published=date(2024, 3, 5),
        published_origin="meta",
    )
    hit = Hit(Passage("a-0", article.headline, 0, 0, len(text), text), 1.0, 1, "both")
    return gather([hit], {article.id: article})


@pytest.mark.parametrize(
    "sentence",
    [
        "Brenner met Mohr.",
        "German mayor Ada Brenner met Ilse Mohr in America.",
        "Brenner met Mohr in the US.",
        "The NSC agreed.",
        "Southern farmers were praised by Brenner.",
        "The Coast Post says the council agreed.",
    ],
)
def test_a_name_may_be_short_or_a_country_be_said_otherwise(sentence: str) -> None:
    assert missing_name(sentence, quotes()) == ""


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Karla Brenner met Mohr.", "Karla Brenner"),
        ("The mayor met Ilse Voss.", "Ilse Voss"),
        ("Brenner met Mohr in France.", "France"),
        ("Dutch mayor Ada Brenner met Ilse Mohr.", "Dutch"),
        ("Brenner met Mohr during Talks in Germany.", "Talks"),
        ("Brenner met Mohr of Vell.", "Mohr of Vell"),
    ],
)
def test_a_name_that_no_quote_holds_is_missing(sentence: str, name: str) -> None:
    assert missing_name(sentence, quotes()) == name


def test_names_are_alike_by_a_word_a_country_or_initials() -> None:
    assert same_name("Eli Cohen", "Cohen")
    assert same_name("WHO", "World Health Organization")
    assert same_name("British", "United Kingdom")
    assert same_name("Germans", "Germany")
    assert not same_name("President Mohr", "President Voss")
    assert not same_name("Ada Brenner", "Karla Voss")


def test_an_office_may_stand_for_whoever_holds_it() -> None:
    assert titled("Prime Minister")
    assert not titled("Minister Cohen")
