"""What is done by one article and still to come by another: a development where days tell so, else a difference."""

from datetime import date

import pytest

from assistant import Assistant
from assistant.fulfilment import stage
from assistant.given import GivenPassages
from corpus.article import Article
from index.minilm import MiniLM
from tests.fakes import news_of

AHEAD, DONE = "The Osk bridge is to open in June, the council said.", "The mayor opened the Osk bridge at a ceremony."
MAY = {day: date(2024, 5, day) for day in range(1, 31)}


def asked(ahead, done, *, of, on=(None, None)):
    articles = (
        ("Bridge to come", f"{ahead} Lund spoke.", "Post", on[0]),
        ("Bridge", f"{done} Cake.", "Courier", on[1]),
    )
    return Assistant(news_of(*articles)).ask(of)


@pytest.mark.parametrize(
    ("deed", "sentence", "told"),
    [
        ("open", "Osk is preparing to open an embassy.", "ahead"),
        ("open", "The bridge will soon be opened.", "ahead"),
        ("sign", "Both have yet to sign.", "ahead"),
        ("open", "It was at the ceremony that opened the embassy.", "done"),
        ("open", "It was to open in May but opened in June.", "done"),
        ("sink", "The ferry sank.", "done"),
        ("open", "The bridge has not opened.", None),
        ("open", "If opened, the bridge would help.", None),
        ("open", "It opened in May and is to open again in June.", None),
    ],
)
def test_a_deed_is_done_or_to_come(deed, sentence, told):
    assert stage(frozenset([deed]), sentence) == told


@pytest.mark.parametrize("on", [(None, None), (MAY[6], MAY[5])])
def test_articles_differ_where_no_day_tells_that_it_was_done_since(on):
    answer = asked(AHEAD, DONE, of="Has the Osk bridge opened?", on=on)

    assert [one.about for one in answer.disagreements] == ["The articles differ on whether it is so:"]
    cited = {one.number: one.article.outlet for one in answer.citations}
    assert {cited[side.citation] for side in answer.disagreements[0].sides} == {"Post", "Courier"}


def test_what_is_done_by_now_comes_before_what_was_still_to_come():
    answer = asked(AHEAD, DONE, of="Has the Osk bridge opened?", on=(MAY[3], MAY[5]))

    assert answer.sentences[0].text == DONE
    assert not answer.disagreements


@pytest.mark.parametrize(
    ("ahead", "on"),
    [
        ("The mayor is to open another Osk bridge in June.", (MAY[6], MAY[5])),
        (AHEAD, (MAY[25], MAY[5])),
    ],
)
def test_what_is_to_be_done_again_is_no_difference(ahead, on):
    assert not asked(ahead, DONE, of="Has the mayor opened the Osk bridge?", on=on).disagreements


def test_what_was_still_to_come_and_has_been_rejected_since_is_no_dispute(minilm: MiniLM) -> None:
    texts = (
        ("Kardia's parliament has still to ratify the treaty; Tarvia's did so on Monday.", date(2025, 5, 9)),
        ("Kardia's parliament rejected the treaty on Wednesday by 64 votes to 61.", date(2025, 5, 28)),
    )
    held = [
        Article(id=f"a{at}", title="Treaty", text=text, path=f"{at}", published=day, published_origin="meta")
        for at, (text, day) in enumerate(texts)
    ]
    answer = Assistant(GivenPassages(held, encoder=minilm)).ask("Has Kardia ratified the treaty?")

    assert answer.sentences[0].text.startswith("Kardia's parliament rejected")
    assert answer.disagreements == ()
