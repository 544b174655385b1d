"""The questions that the cross-encoder learns from are what they say they are."""

from __future__ import annotations

from collections import Counter

from index.splitting import sentences
from tests.reporting import LESSONS, written

CONTRASTS = written(LESSONS / "contrasts.jsonl")


def test_each_contrast_asks_about_a_sentence_and_says_where_its_answer_is() -> None:
    for row in CONTRASTS:
        assert list(row) == ["of", "id", "question", "answer", "near"]
        assert row["question"] or row["near"], row
        assert bool(row["question"]) == bool(row["answer"]), row
        if row["answer"]:
            start, end = row["answer"]
            assert 0 <= start < end, row
        assert row["question"].lower() != row["near"].lower(), row


def test_answers_over_invented_articles_lie_within_the_sentences_they_name() -> None:
    told = {
        f"{row['folder']}/{row['name']}/{number}": row["text"][start:end]
        for row in written(LESSONS / "articles.jsonl")
        for number, (start, end) in enumerate(sentences(row["text"]))
    }
    for row in CONTRASTS:
        if row["of"] == "news" and row["answer"]:
            start, end = row["answer"]
            answer = told[row["id"]][start:end]
            assert answer, row
            assert answer == answer.strip(), row


def test_no_contrast_is_written_twice() -> None:
    asked = Counter((row["of"], row["id"], row["question"], row["near"]) for row in CONTRASTS)
    assert [pair for pair, count in asked.items() if count > 1] == []


def test_what_is_held_apart_for_examination_is_not_taught() -> None:
    folders = {int(row["id"].split("/")[0]) for row in CONTRASTS if row["of"] == "news"}
    assert folders == {1, 2, 3, 7, 8, 9}


def test_the_file_holds_no_text_that_is_not_the_projects_own() -> None:
    """Answers are places in sentences, not words of them."""
    assert {type(row["answer"]) for row in CONTRASTS} == {list, type(None)}
