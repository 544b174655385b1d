import pytest

from tests.reporting import APART, figures, reported

FIRST = (1, 2, 3)
pytestmark = pytest.mark.slow  # the real encoder


def test_most_questions_of_a_reporter_are_answered_and_few_short_answers_mislead(tmp_path) -> None:
    listed = reported(tmp_path)
    apart = figures(one for one in listed if one.folder == APART)
    found = figures(listed)

    right, asked = found["answer in the first sentence"]
    held, _ = found["answer in the sentences"]
    refused, answerable = found["answerable refused"]
    held_back, unanswerable = found["unanswerable refused"]
    misleading, shown = found["short answers that mislead"]
    assert (asked, unanswerable) == (626, 139)
    assert right >= 0.72 * asked
    assert held >= 0.83 * asked
    assert refused <= 0.1 * answerable
    assert held_back >= 0.38 * unanswerable
    assert shown >= 280
    assert misleading <= 0.22 * shown
    right, asked = apart["answer in the first sentence"]
    assert right >= 0.68 * asked
    _the_first_that_were_asked(figures(one for one in listed if one.folder in FIRST))


def _the_first_that_were_asked(found: dict[str, tuple[int, int]]) -> None:
    """The bounds that held for 180 questions before others were added, which are harder."""
    right, asked = found["answer in the first sentence"]
    refused, answerable = found["answerable refused"]
    held_back, unanswerable = found["unanswerable refused"]
    misleading, shown = found["short answers that mislead"]
    assert (asked, unanswerable) == (156, 24)
    assert right >= 0.7 * asked
    assert refused <= 0.1 * answerable
    assert held_back >= 0.4 * unanswerable
    assert shown >= 80
    assert misleading <= 0.25 * shown
