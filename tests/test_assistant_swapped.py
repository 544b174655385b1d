"""A value in another's place, and what only looks like one."""

import pytest

from assistant.swapped import swapped

MET = "Israel's foreign minister Eli Cohen met Jeyhun Bayramov in Jerusalem on Wednesday."
MEDALS = "France won 31 medals in Osk in 2019 and Norway won 47 medals in Lindvik in 2021."


@pytest.mark.parametrize(
    ("sentence", "quote", "found"),
    [
        ("Jeyhun Bayramov met Eli Cohen in Jerusalem on Wednesday.", MET, "Eli Cohen"),
        ("Norway won 31 medals in Osk in 2019.", MEDALS, "Norway"),
        ("France won 47 medals in Osk in 2019 and Norway won 47 medals in Lindvik in 2021.", MEDALS, "47"),
        ("France won 31 medals in Lindvik in 2019.", MEDALS, "Lindvik"),
        ("France won 31 medals in Osk in 2021 and Norway won 47 medals in Lindvik in 2021.", MEDALS, "2021"),
        ("The war began in June and ended in March.", "The war began in May and ended in March.", "June"),
        ("The ship sails on Monday or Friday.", "The ship sails on Sunday or Friday.", "on Monday"),
        ("Bernard Adams left the team.", "Bernard King left the team that Michael Adams led.", ""),
        ("Vell beat Osk 3-1.", "Osk beat Vell 3-1.", "Vell"),
        (
            "Osk rose in the 20th century, Kell in the 19th century.",
            "Osk rose in the 19th century, Kell in the 20th century.",
            "20th century",
        ),
        ("Lund led in the 1990s, Moss in the 1980s.", "Lund led in the 1980s, Moss in the 1990s.", "the 1990s"),
    ],
)
def test_a_value_in_the_place_of_another_is_found(sentence: str, quote: str, found: str) -> None:
    assert swapped(sentence, [quote]) == found
    assert not swapped(quote, [quote])


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Norway won 47 medals in Lindvik.", MEDALS),
        ("Norway won 47 medals in 2021, and France won 31 in 2019.", MEDALS),
        ("Jeyhun Bayramov was met by Eli Cohen in Jerusalem.", MET),
        ("Cohen met the minister in Jerusalem.", MET),
        ("NATO sent 1.2 million crowns.", "The North Atlantic Treaty Organization sent 1,200,000 crowns."),
        ("The United States won.", "The US won."),
        ("American ships left the port.", "US ships left the port."),
        ("British voters stayed at home.", "The UK voters stayed at home."),
        ("Ada Brenner opened the line on 3 May 2023.", "Mayor Brenner opened the line on Wednesday."),
        ("Eli Cohen opened the embassy.", "The Foreign Minister opened the embassy."),
        ("The toll was three dead.", "The toll was 3 dead."),
    ],
)
def test_what_only_stands_elsewhere_or_is_written_otherwise_is_none(sentence: str, quote: str) -> None:
    assert not swapped(sentence, [quote])


def test_what_another_quote_has_in_this_place_is_right() -> None:
    first, second = "The Dow fell 1.2% on Monday.", "The Nasdaq fell 1.5% on Monday."

    assert not swapped("The Dow fell 1.2% and the Nasdaq fell 1.5% on Monday.", [first, second])
    assert not swapped("The Nasdaq fell 1.5% on Monday.", [first, second])
    assert swapped("The Nasdaq fell 1.2% on Monday.", [first, second])


def test_nothing_is_swapped_without_words_or_quotes() -> None:
    assert not swapped("", [MET])
    assert not swapped(MET, [])
    assert not swapped(MET, [""])
