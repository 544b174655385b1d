"""Where sentences and passages begin and end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from index.splitting import PASSAGE_TOKENS, sentences, split, token_estimate


def texts_of(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Cohen met Dr. Lee. They talked.", ["Mr. Cohen met Dr. Lee.", "They talked."]),
        (
            "Sens. Ada Moss and Reps. Jan Roe met Atty. Gen. Lee. He did ten reps. Then he left.",
            ["Sens. Ada Moss and Reps. Jan Roe met Atty. Gen. Lee.", "He did ten reps.", "Then he left."],
        ),
        ("He lives in the U.S. The house is big.", ["He lives in the U.S.", "The house is big."]),
        ("The U.S. Senate voted.", ["The U.S. Senate voted."]),
        ("It rose 3.5 percent. Then it fell.", ["It rose 3.5 percent.", "Then it fell."]),
        ("J. K. Rowling wrote it. No. 7 was late.", ["J. K. Rowling wrote it.", "No. 7 was late."]),
        ("“Why not?” Cohen asked. He left.", ["“Why not?” Cohen asked.", "He left."]),
        ("“We will go.” She stayed.", ["“We will go.”", "She stayed."]),
        ("Wait… Then it came.", ["Wait…", "Then it came."]),
        ("A Headline Without a Stop\nThe text begins.", ["A Headline Without a Stop", "The text begins."]),
        ("Acme Inc. President Lee resigned. Sales at Acme Inc. The end.", None),
        ("The visit ended.The minister left.", ["The visit ended.", "The minister left."]),
        ("See haqqin.az for more. It is 5 p.m. in Baku.", ["See haqqin.az for more.", "It is 5 p.m. in Baku."]),
        ("第一句。第二句。", ["第一句。", "第二句。"]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("Schools get £1.7bn. Defence gets more.", ["Schools get £1.7bn.", "Defence gets more."]),
        ("Shares fell to $2.90. Nordline’s rose.", ["Shares fell to $2.90.", "Nordline’s rose."]),
        ("It lies 9.8km. Police came.", ["It lies 9.8km.", "Police came."]),
        ("The quake had 4.5. Analysts left.", ["The quake had 4.5.", "Analysts left."]),
        ("It cost $11.2BN. Lund agreed.", ["It cost $11.2BN.", "Lund agreed."]),
        ("1.2. Harbour of Vell", ["1.2. Harbour of Vell"]),
        ("Odds were 1.5. 2.5 is rare.", ["Odds were 1.5. 2.5 is rare."]),
        ("At 5 p.m. Baku time it ended.", ["At 5 p.m. Baku time it ended."]),
        ("It rose by 3.2 kg. Engineers slept.", ["It rose by 3.2 kg.", "Engineers slept."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, expected):
    if expected is None:
        assert texts_of(text)[0] == "Acme Inc. President Lee resigned."
    else:
        assert texts_of(text) == expected


prose = st.text(
    st.one_of(st.sampled_from("ab Z.?!\n\r\u2028 ,;”“…。0"), st.characters(exclude_categories=["Cs"])),
    min_size=1,
    max_size=400,
)


@given(prose)
def test_sentences_keep_every_character_but_blanks_in_order(text):
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@given(st.lists(prose, min_size=1, max_size=8).map(" Then. ".join).filter(str.strip))
def test_passages_hold_every_sentence_once_and_carry_their_place(text):
    article = Article(id="a", title="T", path="a.txt", text=text)
    passages = split(article)
    assert all(text[one.start : one.end] == one.text for one in passages)
    assert [one.ordinal for one in passages] == list(range(len(passages)))
    assert all(before.end <= after.start for before, after in pairwise(passages))
    held = [span for one in passages for span in sentences(text) if one.start <= span[0] and span[1] <= one.end]
    assert held == sentences(text)


def test_passages_are_of_even_size_and_within_what_the_encoder_reads():
    text = " ".join(f"Sentence number {number} speaks of the harbour and its ships." for number in range(200))
    sizes = [token_estimate(one.text) for one in split(Article(id="a", title="T", path="a.txt", text=text))]
    assert max(sizes) <= PASSAGE_TOKENS * 1.2
    assert min(sizes) >= PASSAGE_TOKENS * 0.6


def test_a_megabyte_without_a_stop_is_cut_at_pauses():
    text = "word, and " * 100_000
    pieces = sentences(text)
    assert all(token_estimate(text[start:end]) <= PASSAGE_TOKENS for start, end in pieces)
    assert all(text[start:end].endswith(",") for start, end in pieces[:-1])


def test_a_repeated_sentence_has_its_own_place_each_time():
    text = "The same thing. " * 300
    passages = split(Article(id="a", title="T", path="a.txt", text=text))
    assert len({one.start for one in passages}) == len(passages)
    assert passages[-1].end == len(text.rstrip())
    assert len({one.id for one in passages}) == len(passages)
