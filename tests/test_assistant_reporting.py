import pytest

from tests.reporting import figures, reported

pytestmark = pytest.mark.slow  # the real encoder


def test_most_questions_of_a_reporter_are_answered_and_few_short_answers_mislead(tmp_path) -> None:
    found = figures(reported(tmp_path))

    right, asked = found["answer in the first sentence"]
    refused, answerable = found["answerable refused"]
    held_back, unanswerable = found["unanswerable refused"]
    misleading, shown = found["short answers that mislead"]
    assert right >= 0.7 * asked
    assert refused <= 0.1 * answerable
    assert held_back >= 0.4 * unanswerable
    assert shown >= 80
    assert misleading <= 0.25 * shown
