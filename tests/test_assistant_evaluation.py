import json
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.errors import BadSet
from assistant.evaluation import evaluate, holds_answer, normalised, read_set, token_f1
from tests.fakes import news_of

ROOT = Path(__file__).parents[1]


def write(folder: Path, *entries: object) -> Path:
    path = folder / "set.jsonl"
    path.write_text(
        "\n".join(entry if isinstance(entry, str) else json.dumps(entry) for entry in entries), encoding="utf-8"
    )
    return path


def test_set_is_read_with_answers_passage_and_filters(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"id": "a", "question": "What fell?", "answers": ["a crane"], "article": "Crane falls", "until": "2024-05-01"},
        "",
        {"question": "Who won?", "answers": None},
    )

    first, second = read_set(path)

    assert first.filters == {"until": date(2024, 5, 1)}
    assert (first.answers, first.article, first.answerable) == (("a crane",), "Crane falls", True)
    assert (second.id, second.answerable) == ("3", False)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{not json", "Line 1 of .* is not JSON"),
        ('{"id": 1}', "has no question"),
        ('["What?"]', "has no question"),
        ('{"question": "What?", "answer": "x"}', "unknown field 'answer'"),
        ('{"question": "What?", "answers": "x"}', "a list of texts"),
        ('{"question": "What?", "since": "yesterday"}', "YYYY-MM-DD"),
        ('{"question": "What?", "passage": 3}', "passage is 3. Write a text"),
        ('{"question": "What?", "outlet": 5}', "outlet is 5. Write a text"),
        ('{"question": "What?", "author": ["Edda Lund", 5]}', "Write a text"),
        ('{"question": "What?", "answerable": "false"}', "answerable is 'false'. Write true or false"),
        ("", "holds no questions"),
    ],
)
def test_bad_set_names_the_line_and_what_to_write(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(BadSet, match=message):
        read_set(write(tmp_path, line))


def test_set_may_begin_with_a_mark_of_its_encoding_and_hold_any_character(tmp_path: Path) -> None:
    cases = read_set(write(tmp_path, '\ufeff{"question": "What\u2028fell?", "outlet": ["Coast Post", "Fortune"]}'))

    assert cases[0].question == "What\u2028fell?"
    assert cases[0].filters == {"outlet": ["Coast Post", "Fortune"]}


def test_missing_set_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(BadSet, match="cannot be read as a question set"):
        read_set(tmp_path / "none.jsonl")


def test_figures_over_a_set(tmp_path: Path) -> None:
    news = news_of(
        ("Crane falls", "The crane at Vell was built in 1901. It fell into the harbour of Vell on Monday.", None, None),
        ("Ferry waits", "The ferry to Osk carries 3,000 passengers a week.", None, None),
    )
    cases = read_set(
        write(
            tmp_path,
            {"question": "When was the crane at Vell built?", "answers": ["1901"], "article": "Crane falls"},
            {
                "question": "How many passengers does the ferry to Osk carry?",
                "answers": ["3,000"],
                "passage": "The ferry to Osk",
            },
            {"question": "Who won the World Cup?", "answers": None},
        )
    )

    report, outcomes = evaluate(Assistant(news), cases)

    assert (report.questions, report.answerable) == (3, 2)
    assert (report.retrieved_first, report.first_sentence, report.short_exact, report.short_f1) == (1.0, 1.0, 1.0, 1.0)
    assert (report.refused, report.falsely_refused) == (1.0, 0.0)
    assert (report.verbatim, report.cited) == (1.0, 1.0)
    assert [outcome.answer.kind for outcome in outcomes] == ["answer", "answer", "refusal"]
    assert "unanswerable refused" in str(report)
    assert json.loads(json.dumps(report.to_dict()))["questions"] == 3


def test_normalisation_and_f1_are_those_of_squad() -> None:
    assert normalised("The  Quick, Brown fox!") == "quick brown fox"
    assert token_f1("the brown fox", "a quick brown fox") == pytest.approx(0.8)
    assert token_f1("cat", "dog") == 0.0
    assert holds_answer("It was Zürich, they said.", ["zürich"])
    assert not holds_answer("It was 19 or so.", ["9"])


def test_every_learned_weight_says_where_it_comes_from() -> None:
    learned = json.loads((ROOT / "assistant" / "learned.json").read_text(encoding="utf-8"))

    assert set(learned) == {
        "preselection",
        "ranking",
        "reading",
        "short",
        "answering value",
        "answering value of given",
        "answering other",
        "sufficiency",
        "setting off",
        "disagreement",
        "given lacking",
        "given agreeing",
        "given differing",
    }
    assert all(model["made_by"] and model["weights"] for model in learned.values())
