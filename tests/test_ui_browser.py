"""The page in real Chromium: one server and one browser for all of these tests."""

import socket
import threading
import time

import pytest
import uvicorn
from playwright.sync_api import Page, expect, sync_playwright

from assistant.answer import Answer, Disagreement, Query, Refusal, Short, Side, Turn
from corpus.article import Article
from tests.fakes import ScriptedAssistant, cited_answer
from ui.server import create_app

FILLER = "\n".join(f"Paragraph {number} of an article that is long enough to scroll." for number in range(60))
BRIDGE = Article(
    id="bridge",
    title="Zebra Bridge opens",
    outlet="The Example",
    path="bridge.txt",
    text=f"The bridge opened on 3 May.\n{FILLER}\nIt cost 210 million kroner, the mayor said.\n{FILLER}\n"
    "A toll is not planned.",
)
BILL = Article(
    id="bill",
    title="What the bridge cost",
    outlet="The Other",
    path="bill.txt",
    text="The bridge cost 250 million kroner.",
)
COST = "What did the bridge cost?"
TOLL = "And is there a toll?"
CUP = "Who won the 2022 World Cup?"
SLOW = "What takes long?"
BREAKS = "What breaks?"


def scripted():
    said = "It cost 210 million kroner, the mayor said."
    cost = cited_answer(
        COST,
        [(BRIDGE, said), (BILL, BILL.text), (BRIDGE, "The bridge opened on 3 May.")],
        short=Short("210 million kroner", 0, 18, 1),
        disagreements=(
            Disagreement(
                "The articles differ on the cost", (Side("210 million", 1, "the mayor"), Side("250 million", 2))
            ),
        ),
        suggestions=(TOLL,),
    )
    toll = cited_answer(TOLL, [(BRIDGE, "A toll is not planned.")], query=Query("Is there a toll on the bridge?"))
    no = Answer(
        question=CUP,
        kind="refusal",
        query=Query(CUP),
        text="-",
        refusal=Refusal("not-in-articles", "The articles do not hold this.", (BILL.headline,), ("World Cup",)),
    )
    slow = cited_answer(SLOW, [(BRIDGE, "A toll is not planned.")])
    return ScriptedAssistant(
        [BRIDGE, BILL], {COST: cost, TOLL: toll, CUP: no, BREAKS: ValueError("inside"), SLOW: [slow, slow]}
    )


@pytest.fixture(scope="module")
def assistant():
    return scripted()


@pytest.fixture(scope="module")
def address(assistant):
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(assistant, suggest=lambda: [COST]), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture(scope="module")
def browser():
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=[*quiet, "--disable-component-update", "--disable-sync"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser, address):
    """A page in a browser that has never seen Footnote, and what it asked other hosts for."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    foreign: list[str] = []
    broken: list[str] = []
    opened.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:", "blob:")) else foreign.append(request.url),
    )
    opened.on("pageerror", lambda error: broken.append(str(error)))
    visit(opened, address)
    yield opened
    context.close()
    assert foreign == []
    assert broken == []


def visit(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("body.ready")


def ask(page: Page, question: str) -> None:
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")


def last_turn(page: Page, question: str):
    turn = page.locator(".turn").last
    expect(turn.locator(".asked")).to_have_text(question)
    expect(turn.locator(".actions")).to_be_visible()
    return turn


def in_view(page: Page, selector: str) -> bool:
    return page.evaluate(
        """selector => {
            const mark = document.querySelector(selector).getBoundingClientRect();
            const pane = document.querySelector('.reader-body').getBoundingClientRect();
            return mark.top >= pane.top && mark.bottom <= pane.bottom && mark.height > 0;
        }""",
        selector,
    )


def test_a_question_is_answered_and_its_footnote_opens_the_article_at_the_lit_sentence(page):
    expect(page.locator("#opening")).to_contain_text("2 articles")
    ask(page, COST)
    turn = last_turn(page, COST)
    expect(turn.locator(".short")).to_contain_text("210 million kroner")
    expect(page.locator("#opening")).to_be_hidden()
    expect(page.locator("#question textarea")).to_have_value("")
    turn.locator(".said .fn").first.click()
    expect(page.locator("#reader h2")).to_have_text("Zebra Bridge opens")
    expect(page.locator("#reader mark.current")).to_have_text("It cost 210 million kroner, the mayor said.")
    assert in_view(page, "#reader mark.current")
    assert page.locator("#reader mark").all_inner_texts() == [
        "The bridge opened on 3 May.",
        "It cost 210 million kroner, the mayor said.",
    ]


def test_the_reader_steps_through_cited_sentences_and_closes(page):
    ask(page, COST)
    last_turn(page, COST).locator(".said .fn").first.click()
    expect(page.locator("#reader .place")).to_have_text("cited sentence 2 of 2")
    page.locator("[data-act=next]").click()
    expect(page.locator("#reader mark.current")).to_have_text("The bridge opened on 3 May.")
    expect(page.locator("#reader .place")).to_have_text("cited sentence 1 of 2")
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()


def test_a_suggested_question_is_asked_and_carries_the_turns_before_it(page, assistant):
    page.locator("#opening .question").click()
    last_turn(page, COST).locator(".question").click()
    turn = last_turn(page, TOLL)
    expect(turn).to_contain_text("A toll is not planned.")
    expect(turn.locator(".searched")).to_contain_text("Is there a toll on the bridge?")
    assert assistant.asked[-1][:2] == (TOLL, (Turn(COST, assistant._answers[COST].text),))


def test_a_footnote_shows_its_quote_before_it_is_opened(page):
    ask(page, COST)
    note = last_turn(page, COST).locator(".said .fn").nth(1)
    note.hover()
    expect(page.locator("#peek")).to_contain_text("The bridge cost 250 million kroner.")
    expect(page.locator("#peek")).to_contain_text("The Other · undated")
    page.mouse.move(0, 0)
    expect(page.locator("#peek")).to_be_hidden()


def test_a_refusal_is_calm_and_its_closest_article_opens(page):
    ask(page, CUP)
    turn = last_turn(page, CUP)
    expect(turn).to_contain_text("The articles do not hold this.")
    turn.locator("a.headline").click()
    expect(page.locator("#reader h2")).to_have_text("What the bridge cost")


def test_an_error_inside_leaves_the_chat_usable(page):
    ask(page, BREAKS)
    expect(last_turn(page, BREAKS)).to_contain_text("Something went wrong")
    ask(page, CUP)
    expect(last_turn(page, CUP)).to_contain_text("The articles do not hold this.")


def test_a_long_answer_can_be_stopped_and_the_chat_goes_on(page, assistant):
    held = assistant.hold = threading.Event()
    try:
        ask(page, SLOW)
        expect(page.locator(".turn .working")).to_contain_text("Writing")
        page.locator("[data-act=halt]").click()
        expect(last_turn(page, SLOW)).to_contain_text("A toll is not planned.")
        assistant.hold = None
        ask(page, CUP)
        expect(last_turn(page, CUP)).to_contain_text("The articles do not hold this.")
    finally:
        held.set()


def test_a_reload_keeps_the_conversation(page, address):
    ask(page, COST)
    last_turn(page, COST)
    visit(page, address)
    expect(last_turn(page, COST).locator(".short")).to_contain_text("210 million kroner")


def test_the_page_works_on_a_narrow_screen(page):
    page.set_viewport_size({"width": 360, "height": 740})
    ask(page, COST)
    last_turn(page, COST).locator(".said .fn").first.click()
    expect(page.locator("#reader mark.current")).to_be_visible()
    assert in_view(page, "#reader mark.current")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_footnotes_are_walked_and_opened_by_keyboard(page):
    ask(page, COST)
    last_turn(page, COST)
    page.locator("#question textarea").blur()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".fn:focus")).to_have_attribute("data-note", "1")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#reader h2")).to_have_text("What the bridge cost")
    page.keyboard.press("Escape")
    expect(page.locator(".fn:focus")).to_have_attribute("data-note", "2")
    page.keyboard.press("/")
    expect(page.locator("#question textarea")).to_be_focused()
