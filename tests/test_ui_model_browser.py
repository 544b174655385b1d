"""The page with a language model, in real Chromium: a real index, a scripted model that can be held."""

import json
import threading

import pytest
from playwright.sync_api import expect

from assistant import Assistant
from index import NewsIndex
from tests.browsing import ask, last_turn, opened, serious_violations, served, stop, visit
from tests.fakes import FERRY, HARBOUR, HashingEncoder, ScriptedModel

QUESTION = "What share of the country's timber exports does Vell handle?"
TRUE = "According to the ministry of trade, Vell handles 40 percent of the country's timber exports [1]."
QUOTE = "Vell handles 40% of the country"


class HeldModel(ScriptedModel):
    """Writes the same to every question; where `hold` is clear, it waits with each piece until it may go on."""

    def __init__(self):
        super().__init__(piece=20)
        self.hold = threading.Event()
        self.hold.set()
        self.begun = threading.Event()
        self.pieces = 0

    def stream(self, messages):
        self.pieces = 0
        self._scripts = [f"{TRUE} {TRUE} The moon is made of cheese [1]."]
        for piece in super().stream(messages):
            self.begun.set()
            self.hold.wait(20)
            self.pieces += 1
            yield piece


@pytest.fixture(scope="module")
def model():
    return HeldModel()


@pytest.fixture(scope="module")
def address(tmp_path_factory, model):
    folder = tmp_path_factory.mktemp("articles")
    for name, title, text in (("crane", "Crane falls into harbour", HARBOUR), ("ferry", "Ferry stays in port", FERRY)):
        (folder / f"{name}.json").write_text(json.dumps({"title": title, "text": text, "outlet": "Coast Post"}))
    news_index = NewsIndex.open(tmp_path_factory.mktemp("index"), encoder=HashingEncoder())
    news_index.build(folder)
    with served(Assistant(news_index, model=model), articles=folder) as address:
        yield address
    news_index.close()


def test_the_articles_own_words_stand_beside_what_a_model_wrote(page, address):
    ask(page, QUESTION)
    turn = last_turn(page, QUESTION)
    expect(turn.locator(".own")).to_have_count(0)
    turn.locator("[data-act=own]").click()
    expect(turn.locator(".own")).to_contain_text(QUOTE)
    expect(turn.locator("h3.over")).to_have_count(2)
    written, own = (turn.locator(".pair > section").nth(place).bounding_box() for place in (0, 1))
    assert own["x"] >= written["x"] + written["width"]
    assert own["y"] == written["y"]

    turn.locator(".own .fn").first.click()
    expect(page.locator("#reader mark.current")).to_contain_text(QUOTE)
    page.keyboard.press("Escape")
    visit(page, address)
    expect(last_turn(page, QUESTION).locator(".own")).to_contain_text(QUOTE)
    page.locator("[data-act=own]").click()
    expect(page.locator(".own")).to_have_count(0)


def test_on_a_narrow_screen_one_stands_under_the_other(browser, address):
    with opened(browser, address, viewport={"width": 360, "height": 740}) as page:
        ask(page, QUESTION)
        turn = last_turn(page, QUESTION)
        turn.locator("[data-act=own]").click()
        expect(turn.locator(".own")).to_contain_text(QUOTE)
        written, own = (turn.locator(".pair > section").nth(place).bounding_box() for place in (0, 1))
        assert own["y"] >= written["y"] + written["height"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert serious_violations(page) == []


def test_an_answer_that_cannot_be_had_says_so(page):
    ask(page, QUESTION)
    turn = last_turn(page, QUESTION)
    page.route("**/own-words", lambda route: route.abort())
    turn.locator("[data-act=own]").click()
    expect(turn.locator(".own")).to_contain_text("could not be had")


def test_stopping_leaves_the_model_alone(page, model):
    closed = model.closed
    model.begun.clear()
    model.hold.clear()
    try:
        ask(page, QUESTION)
        expect(page.locator(".turn .working")).to_contain_text("Reading 2 passages")
        # Told before the model is asked: who stops in between ends the work, and the model is never begun.
        assert model.begun.wait(15)
        stop(page)
        expect(last_turn(page, QUESTION)).to_contain_text("Stopped.")
        assert model.closed == closed
    finally:
        model.hold.set()
    for _ in range(100):
        if model.closed > closed:
            break
        page.wait_for_timeout(50)
    assert (model.closed, model.pieces) == (closed + 1, 1)
    ask(page, QUESTION)
    expect(last_turn(page, QUESTION)).to_contain_text("Vell handles 40 percent")


def test_what_is_being_done_is_said_in_words(page, model):
    page.evaluate(
        """() => {
            window.said = [];
            new MutationObserver(() => {
                const line = document.querySelector('.working')?.firstChild?.textContent;
                if (line && said.at(-1) !== line) said.push(line);
            }).observe(document.querySelector('#turns'), {subtree: true, childList: true});
        }"""
    )
    model.hold.clear()
    try:
        ask(page, QUESTION)
        expect(page.locator(".turn .working")).to_contain_text("Reading 2 passages")
    finally:
        model.hold.set()
    last_turn(page, QUESTION)
    said = page.evaluate("said")
    assert said[:2] == ["Searching the articles…", "Reading 2 passages…"]
    assert set(said[2:]) <= {"Writing…", "Checking every sentence against the articles…"}
    assert said[2:]
