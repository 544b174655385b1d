"""One text in several outlets is one witness; a changed fact makes two."""

import json
import subprocess
import sys

import pytest

from index import NewsIndex
from index.reprints import bands, is_reprint, prints
from tests.fakes import CountingEncoder

pytestmark = pytest.mark.slow  # real indexes

AGENCY = (
    "The harbour bridge opened on Monday after six years of work. Its cost rose to 210 million kroner, the mayor said. "
    "“We are proud of it,” Tone Berg told reporters. The first ships passed below it in the evening. "
    "The old ferry will go on sailing until August. Critics had called the plan too large for a small town."
)
EDITED = AGENCY.replace("after six years of work", "following six years of work").replace(
    "in the evening", "that evening"
)
CUT = AGENCY[: AGENCY.index(" The old ferry")]
OWN = (
    "Crowds walked over the new bridge when it was opened at the start of the week. The town hall puts the bill at "
    "210 million kroner. Ferry passengers are sad, and some wept."
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The bridge opened on Monday.", "The bridge opened on Monday.", True),
        ("The bridge was opened on Monday.", "A bridge was opened on Monday.", True),
        ("The bridge opened on Monday after long work.", "The bridge opened on Tuesday after long work.", False),
        ("It cost 210 million kroner in all.", "It cost 201 million kroner in all.", False),
        ("It cost three million kroner in all.", "It cost four million kroner in all.", False),
        ("The mayor did approve the plan at once.", "The mayor did not approve the plan at once.", False),
        ("The mayor said it won't close this year.", "The mayor said it will close this year.", False),
        ("The minister Cohen came to the port.", "The minister Levi came to the port.", False),
        ("Prices rose sharply in the spring.", "Prices fell sharply in the spring.", False),
        ("The bridge opened.", "A quite different sentence stands here.", False),
    ],
)
def test_sentences_are_one_only_if_small_words_differ(one, other, same):
    assert prints(one, other) is same
    assert prints(other, one) is same


def test_light_edits_and_cuts_are_reprints_and_own_reports_are_not():
    assert is_reprint(AGENCY, EDITED)
    assert is_reprint(AGENCY, CUT)
    assert is_reprint(CUT, AGENCY)
    assert not is_reprint(AGENCY, OWN)
    assert not is_reprint(AGENCY, "")
    assert len(set(bands(AGENCY)) & set(bands(EDITED))) > 0


def test_a_passage_with_another_figure_is_not_printed_by_the_reprint():
    changed = AGENCY.replace("210 million", "250 million")
    assert is_reprint(AGENCY, changed)
    assert not prints(AGENCY, changed)
    assert prints(AGENCY, EDITED)


def test_bands_are_the_same_in_every_process():
    code = f"from index.reprints import bands; print(bands({AGENCY!r}))"
    others = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert others == {f"{bands(AGENCY)}\n"}


@pytest.fixture
def news(tmp_path):
    (tmp_path / "articles").mkdir()
    path = tmp_path / "articles" / "all.jsonl"
    news_index = NewsIndex.open(tmp_path / "index", encoder=CountingEncoder())

    def build(**texts):
        records = [
            {"guid": outlet, "outlet": outlet, "title": f"{outlet} on the bridge", "text": text}
            for outlet, text in texts.items()
        ]
        path.write_text("\n".join(map(json.dumps, records)))
        news_index.build(tmp_path / "articles")
        return news_index

    yield build
    news_index.close()


def found(news_index):
    return {
        hit.passage.article.outlet: {one.outlet for one in hit.also_in}
        for hit in news_index.search("What did the harbour bridge cost?")
    }


def test_reprints_are_one_hit_that_names_the_others(news):
    hits = found(news(Agency=AGENCY, Post=EDITED, Times=AGENCY, Own=OWN))
    assert len(hits) == 2
    assert hits.pop("Own") == set()
    ((first, others),) = hits.items()
    assert {first, *others} == {"Agency", "Post", "Times"}


def test_a_fuller_print_that_is_found_later_stands_for_the_cut_one(news):
    hits = news(Agency=AGENCY, Times=CUT).search(CUT)
    assert [hit.passage.article.outlet for hit in hits] == ["Agency"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("210 million", "250 million"),
        ("on Monday", "on Friday"),
        ("Tone Berg", "Anna Lund"),
        ("will go on", "will not go on"),
    ],
)
def test_a_changed_fact_is_never_collapsed(news, old, new):
    assert found(news(Agency=AGENCY, Post=AGENCY.replace(old, new))) == {"Agency": set(), "Post": set()}


def test_links_follow_changes_of_the_folder(news):
    assert len(found(news(Agency=AGENCY, Post=EDITED))) == 1
    assert len(found(news(Agency=AGENCY, Post=OWN))) == 2
    assert found(news(Agency=AGENCY)) == {"Agency": set()}
    assert len(found(news(Agency=AGENCY, Post=AGENCY, Times=CUT))) == 1


def test_a_text_in_very_many_outlets_is_still_one_witness(news):
    news_index = news(**{f"Outlet{number}": AGENCY for number in range(60)})
    for question in ("What did the harbour bridge cost?", "Outlet33 ferry", "Outlet45 bridge mayor"):
        (hit,) = news_index.search(question, 10)
        assert len(hit.also_in) >= 20
