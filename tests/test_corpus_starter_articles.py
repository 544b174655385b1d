"""The starter articles and the questions asked of them in the gallery."""

import json
import re
from pathlib import Path

import pytest

import corpus
from corpus import Article, read, scan
from index.splitting import sentences

STARTERS = Path(corpus.__file__).parent / "articles"
GALLERY = Path(__file__).parents[1] / "docs" / "gallery_questions.jsonl"

AFTER_HAQQIN = "israel-azerbaijan-iran.md"
UNSIGNED = "jerusalem-meeting.md"

KINDS = {
    "fact",
    "near miss",
    "follow-up",
    "sides",
    "timeline",
    "refusal",
    "false premise",
    "wide",
    "about",
    "who said",
    "filter",
}


@pytest.fixture(scope="module")
def starters() -> dict[str, Article]:
    found = scan(STARTERS)
    assert found.failures == ()
    return {file.path: article for file in found.files for article in read(file)}


@pytest.fixture(scope="module")
def originals(seeds: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt")))


@pytest.fixture(scope="module")
def questions() -> list[dict]:
    return [json.loads(line) for line in GALLERY.read_text(encoding="utf-8").splitlines()]


def words(text: str) -> list[str]:
    return re.findall(r"\w+(?:'\w+)?", text.lower().replace("’", "'"))


def runs(text: str, *, length: int = 7) -> set[tuple[str, ...]]:
    own = words(text)
    return {tuple(own[i : i + length]) for i in range(len(own) - length + 1)}


def quotations(text: str) -> list[str]:
    return re.findall(r"“[^”]*”", text)


def test_starters_name_whom_they_are_after(starters):
    assert {path: article.outlet for path, article in starters.items()} == {
        AFTER_HAQQIN: "Footnote sample, after Haqqin.az",
        UNSIGNED: "Footnote sample, after an unsigned report",
    }


def test_starters_state_no_date_author_or_address_that_their_sources_do_not(starters):
    for article in starters.values():
        assert (article.published, article.published_origin) == (None, "unknown")
        assert (article.author, article.url) == (None, None)


def test_starter_texts_are_whole_and_without_front_matter(starters):
    assert starters[AFTER_HAQQIN].text.startswith("Israel is still working to come closer")
    assert starters[AFTER_HAQQIN].text.endswith("that is without precedent.")
    assert starters[UNSIGNED].text.startswith("Israeli Foreign Minister Eli Cohen met")
    assert starters[UNSIGNED].text.endswith("a sign of real friendship.")


@pytest.mark.parametrize(
    ("path", "together"),
    [
        (AFTER_HAQQIN, ("Israel Today", "unsuccessful attempts", "Gulf")),
        (AFTER_HAQQIN, ("Israel Today", "Saudi Arabia", "key partner")),
        (AFTER_HAQQIN, ("Israel Today", "hostility")),
        (AFTER_HAQQIN, ("Israel Today", "more than 30 years")),
        (AFTER_HAQQIN, ("Israel Today", "never aimed at Iran", "national interests")),
        (AFTER_HAQQIN, ("Cohen", "“strategic partner”", "ceremony")),
        (AFTER_HAQQIN, ("Cohen", "perception of the Iranian threats")),
        (AFTER_HAQQIN, ("Cohen", "“a united front”")),
        (AFTER_HAQQIN, ("about two years", "military exercises")),
        (AFTER_HAQQIN, ("Tehran", "claimed", "Mossad")),
        (AFTER_HAQQIN, ("end of 2022", "former", "Benny Gantz", "Baku")),
        (AFTER_HAQQIN, ("significant military aid", "Armenia", "2020")),
        (AFTER_HAQQIN, ("Aliyev", "United States", "pressure", "never consent")),
        (AFTER_HAQQIN, ("44-day war", "threatening")),
        (AFTER_HAQQIN, ("Nikos Christodoulides", "Cyprus")),
        (UNSIGNED, ("Cohen", "Jeyhun Bayramov", "Jerusalem", "Wednesday")),
        (UNSIGNED, ("Tel Aviv", "first", "embassy")),
        (UNSIGNED, ("foreign reports", "probably", "reconnaissance", "nuclear program")),
        (UNSIGNED, ("Bayramov", "30%", "oil")),
        (UNSIGNED, ("Cohen", "perception of the threats")),
        (UNSIGNED, ("Bayramov", "peace and dialogue")),
        (UNSIGNED, ("Bayramov", "before and during", "2020")),
        (UNSIGNED, ("arms shipments", "2020")),
        (UNSIGNED, ("six weeks", "Azerbaijan won it")),
        (UNSIGNED, ("More than 6,000 soldiers", "disputed territories")),
        (UNSIGNED, ("Deek", "turning point", "songs")),
        (UNSIGNED, ("Deek", "real friendship")),
    ],
)
def test_figures_and_claims_stand_in_one_sentence_with_their_owner(starters, path, together):
    text = starters[path].text
    assert any(all(part in text[start:end] for part in together) for start, end in sentences(text))


def test_direct_quotations_are_exact(starters, originals):
    quoted = [quotation.strip("“”") for article in starters.values() for quotation in quotations(article.text)]
    assert len(quoted) == 3
    assert [quotation for quotation in quoted if f"“{quotation}”" not in originals] == []


@pytest.mark.parametrize("path", [AFTER_HAQQIN, UNSIGNED])
def test_starters_share_no_run_of_seven_words_with_the_originals(starters, originals, path):
    article = starters[path]
    own = [article.title, *re.split(r"“[^”]*”", article.text)]
    assert set().union(*map(runs, own)) & runs(originals) == set()


def test_gallery_asks_forty_different_questions_of_every_kind(questions):
    assert len({question["id"] for question in questions}) == len(questions) == 40
    assert len({(question["question"], *question["turns"]) for question in questions}) == 40
    assert {question["kind"] for question in questions} == KINDS
    assert {question["expect"] for question in questions} == {"answer", "refusal", "about"}


def test_gallery_expects_only_what_the_starters_hold(starters, questions):
    """`must_cite` must be met by the quotes taken together; `must_not` would be a near miss in the answer."""
    held = "\n".join(article.text for article in starters.values()).lower()
    for question in questions:
        assert all(part.lower() in held for part in question["must_cite"] + question["must_not"]), question["id"]
        assert bool(question["must_cite"]) == (question["expect"] == "answer"), question["id"]


def test_gallery_follow_ups_and_only_they_have_earlier_turns(questions):
    assert all(bool(question["turns"]) == (question["kind"] == "follow-up") for question in questions)
