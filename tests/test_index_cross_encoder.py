"""What the cross-encoder reads of a question and sentences together."""

import numpy as np
import pytest

from index.cross_encoder import SENTENCE, CrossEncoder, cross_encoder
from index.excerpt import UNREAD, Excerpt

pytestmark = pytest.mark.slow  # the real weights

QUESTION = "Who opened the Zebra Bridge?"
OPENED = "The Zebra Bridge was opened by King Harald on Friday."
OTHERS = (
    "The bridge cost 210 million crowns and took three years.",
    "Ferries stopped running at noon.",
    "King Harald was born in 1937.",
    "The Zebra Bridge is closed to lorries, whose drivers must take the tunnel under the fjord until the autumn.",
)


@pytest.fixture(scope="module")
def reader() -> CrossEncoder:
    return cross_encoder()


def test_the_sentence_that_answers_has_the_highest_odds(reader):
    found = reader.read("When was the Zebra Bridge opened?", [Excerpt(text) for text in (*OTHERS, OPENED)])
    assert max(range(len(found)), key=lambda at: found[at].answers) == len(OTHERS)


def test_another_doer_of_the_same_deed_is_believed_less(reader):
    right, other = reader.read(QUESTION, [Excerpt(OPENED), Excerpt(OPENED.replace("Zebra", "Harbour"))])
    assert right.answers > other.answers


def test_the_words_that_answer_have_the_largest_share(reader):
    (found,) = reader.read(QUESTION, [Excerpt(OPENED)])
    start = OPENED.index("King Harald")
    whole = found.stretch(start, start + len("King Harald"))
    assert whole > found.stretch(OPENED.index("Friday"), OPENED.index("Friday") + 6)
    assert whole > found.stretch(0, len("The Zebra Bridge"))


def test_a_sentence_is_read_alike_alone_and_among_others(reader):
    excerpts = [Excerpt(text, "Zebra Bridge opens", OTHERS[0]) for text in (OPENED, *OTHERS)]
    together = reader.read(QUESTION, excerpts)
    for excerpt, found in zip(excerpts, together, strict=True):
        (alone,) = reader.read(QUESTION, [excerpt])
        assert alone.offsets == found.offsets
        np.testing.assert_allclose(alone.answers, found.answers, atol=1e-4)
        np.testing.assert_allclose(alone.starts, found.starts, atol=1e-4)


def test_shares_of_all_tokens_make_one(reader):
    (found,) = reader.read(QUESTION, [Excerpt(OPENED)])
    np.testing.assert_allclose([np.exp(found.starts).sum(), np.exp(found.ends).sum()], 1.0, atol=1e-5)


def test_what_is_past_the_end_of_what_is_read_is_no_answer(reader):
    text = "far " * (SENTENCE + 20) + "Harald."
    (found,) = reader.read(QUESTION, [Excerpt(text)])
    assert len(found.offsets) == SENTENCE
    assert found.stretch(text.index("Harald"), text.index("Harald") + 6) == UNREAD


def test_nothing_and_odd_characters_are_read_too(reader):
    assert reader.read(QUESTION, []) == []
    half, empty = reader.read("Who \ud800?", [Excerpt("bridge \ud800"), Excerpt("")])
    assert np.isfinite(half.answers)
    assert np.isfinite(empty.answers)
    assert empty.stretch(0, 1) == UNREAD
