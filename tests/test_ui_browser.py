"""The page in real Chromium: one server and one browser for all of these tests."""

import json
import re
import threading

import pytest
from playwright.sync_api import Page, expect

from assistant.answer import Answer, Disagreement, Query, Refusal, Short, Side, Turn
from corpus.article import Article
from tests.browsing import ask, last_turn, opened, serious_violations, served, stop, visit, watched
from tests.fakes import ScriptedAssistant, cited_answer

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
def feedback(tmp_path_factory):
    return tmp_path_factory.mktemp("index") / "feedback.jsonl"


@pytest.fixture(scope="module")
def address(assistant, feedback):
    with served(assistant, feedback=feedback, suggest=lambda: [COST]) as address:
        yield address


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
        assistant.closed.clear()
        stop(page)
        expect(last_turn(page, SLOW)).to_contain_text("A toll is not planned.")
        assert not assistant.closed.is_set()
        held.set()
        assert assistant.closed.wait(5)  # the server has left it at its next step, not at its end
        assert assistant.taken == 1
        expect(last_turn(page, SLOW)).to_contain_text("Stopped.")  # else half an answer looks like a whole one
        assistant.hold = None
        ask(page, CUP)
        expect(last_turn(page, CUP)).to_contain_text("The articles do not hold this.")
    finally:
        held.set()


@pytest.mark.parametrize("cut", ["broken", "short"])
def test_a_connection_that_breaks_off_is_said_and_the_next_question_is_answered(page, cut):
    page.route(
        "**/gradio_api/queue/data*",
        lambda route: route.abort() if cut == "broken" else route.fulfill(body='data: {"msg": "esti'),
        times=1,
    )
    ask(page, COST)
    expect(last_turn(page, COST)).to_contain_text("Is Footnote still running?")
    ask(page, CUP)
    expect(last_turn(page, CUP)).to_contain_text("The articles do not hold this.")


def test_a_server_that_is_away_is_said_and_the_page_waits_for_the_reader_to_try_again(page, assistant):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    held = assistant.hold = threading.Event()
    ask(page, SLOW)
    expect(page.locator(".turn .working")).to_contain_text("Writing")
    for address in ("**/gradio_api/run/predict*", "**/gradio_api/queue/join*", "**/healthz"):
        page.route(address, lambda route: route.abort())
    page.locator("[data-act=halt]").click()
    expect(last_turn(page, SLOW)).to_contain_text("Stopped.")
    assistant.hold = None
    held.set()
    ask(page, COST)
    expect(last_turn(page, COST)).to_contain_text("Is Footnote still running?")
    page.wait_for_timeout(2500)  # Gradio's own way is to ask every 2 s, and then to load the page anew
    assert not [url for url in asked if "app_id" in url]
    page.unroute_all()
    ask(page, CUP)
    expect(last_turn(page, CUP)).to_contain_text("The articles do not hold this.")


def test_what_is_typed_while_a_question_goes_out_stays_in_the_box(page):
    box, held = page.locator("#question textarea"), []
    page.route("**/gradio_api/queue/join*", lambda route: held.append(route), times=1)
    ask(page, COST)
    expect(box).to_have_value("")
    box.fill(CUP)
    held[0].continue_()
    last_turn(page, COST)
    page.locator("#turns [data-ask]").click()
    last_turn(page, TOLL)
    expect(box).to_have_value(CUP)


def test_a_reload_keeps_the_conversation(page, address):
    ask(page, COST)
    last_turn(page, COST)
    visit(page, address)
    expect(last_turn(page, COST).locator(".short")).to_contain_text("210 million kroner")


NO_STORE = """
    for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, { get() { throw new DOMException("Denied", "SecurityError"); } });
    }
"""


def test_where_the_browser_stores_nothing_questions_are_answered_all_the_same(browser, address):
    context = browser.new_context()
    context.add_init_script(NO_STORE)
    with watched(context, address) as page:
        visit(page, address)
        for question, says in ((COST, "210 million kroner"), (TOLL, "A toll is not planned.")):
            ask(page, question)
            expect(last_turn(page, question).locator(".answer")).to_contain_text(says)
        page.locator("[data-act=conversations]").click()
        expect(page.locator("#conversations li")).to_have_text("None yet. They are kept in this browser only.")
        page.keyboard.press("Escape")
        page.locator("[data-act=new]").click()
        expect(page.locator(".turn")).to_have_count(0)
    context.close()


def test_a_full_store_loses_its_oldest_conversation_rather_than_the_newest(page):
    for question in (COST, TOLL):
        page.locator("[data-act=new]").click()
        ask(page, question)
        last_turn(page, question)
    page.evaluate("""() => {
        let room = "x".repeat(6_000_000);
        for (; room.length > 1; room = room.slice(room.length / 2)) {
            try { localStorage.setItem("filler" + room.length, room); } catch {}
        }
    }""")
    page.locator("[data-act=new]").click()
    ask(page, CUP)
    last_turn(page, CUP)
    page.locator("[data-act=conversations]").click()
    expect(page.locator("#conversations [data-act=open]")).to_have_text([CUP, TOLL])


def test_a_reload_in_the_middle_of_an_answer_keeps_the_question(page, address, assistant):
    ask(page, COST)
    last_turn(page, COST)
    held = assistant.hold = threading.Event()
    try:
        ask(page, SLOW)
        expect(page.locator(".turn .working")).to_contain_text("Writing")
        visit(page, address)
        turn = last_turn(page, SLOW)
        expect(turn).to_contain_text("Stopped.")
        assistant.hold = None
        turn.locator("[data-act=edit]").click()
        page.locator("#question textarea").press("Enter")
        expect(last_turn(page, SLOW)).to_contain_text("A toll is not planned.")
    finally:
        held.set()


def test_the_page_works_on_a_narrow_screen(page):
    page.set_viewport_size({"width": 360, "height": 740})
    ask(page, COST)
    last_turn(page, COST).locator(".said .fn").first.click()
    expect(page.locator("#reader mark.current")).to_be_visible()
    assert in_view(page, "#reader mark.current")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("#chat").evaluate("part => part.inert")
    page.locator("[data-act=close]").click()
    ask(page, CUP)
    last_turn(page, CUP)


def test_a_reader_gets_everywhere_by_keyboard_and_always_sees_where(page):
    page.keyboard.type(COST)
    page.keyboard.press("Enter")
    last_turn(page, COST)
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => {
                const at = document.activeElement;
                const box = at.closest('#question') ? at.closest('.input-container') : at;
                const {outlineStyle, outlineWidth, borderColor} = getComputedStyle(box);
                const seen = outlineStyle !== 'none' && outlineWidth !== '0px' || at.closest('#question') !== null;
                return [at.dataset.act ?? at.dataset.view ?? at.className ?? at.tagName, at === document.body || seen];
            }"""
        )
        seen.append(at)
        if page.locator("#question textarea:focus").count():
            break
    places = [name for name, _ in seen]
    assert [name for name, visible in seen if not visible] == []
    order = [places.index(name) for name in ("shelf", "keys", "fn", "copy", "edit", "rate", "question")]
    assert order == sorted(order)


def test_the_articles_are_opened_and_left_by_keyboard(page):
    page.locator("#question textarea").blur()
    page.locator("nav [data-view=shelf]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".shelf li")).to_have_count(2)
    page.keyboard.press("/")
    expect(page.get_by_label("Find")).to_be_focused()
    page.locator(".shelf a.headline").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reader h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".shelf a.headline").first).to_be_focused()
    page.locator("nav [data-view=chat]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#question textarea")).to_be_focused()


def test_what_the_page_asks_for_at_first_was_announced_and_is_kept(page, address):
    announced = set(re.findall(r"</assets/([^>]+)>", page.request.get(address).headers["link"]))
    asked = page.evaluate("performance.getEntriesByType('resource').map(({name}) => new URL(name).pathname)")
    assert {path.removeprefix("/assets/") for path in asked if path.startswith("/assets/")} == announced
    once = [path for path in asked if path.startswith(("/assets/", "/theme", "/footnote", "/static/fonts"))]
    assert len(once) == len(set(once))  # none is fetched anew, for being announced in another way than asked for
    visit(page, address)
    sent = page.evaluate(
        "performance.getEntriesByType('resource').filter(({name}) => /assets/.test(name)).map((e) => e.transferSize)"
    )
    assert set(sent) == {0}


def test_what_is_pressed_by_keyboard_keeps_the_focus(page, assistant):
    for question in (COST, CUP):
        page.locator("[data-act=new]").click()
        ask(page, question)
        last_turn(page, question)
    page.locator("[data-rating=up]").press("Enter")
    expect(page.locator("[data-rating=up]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-rating=up]")).to_be_focused()
    page.locator("[data-act=conversations]").press("Enter")
    for left in (1, 0):
        page.locator("#conversations [data-act=delete]").first.press("Enter")
        expect(page.locator("#conversations [data-act=open]")).to_have_count(left)
        expect(
            page.locator("#conversations [data-act=delete]" if left else "#conversations [type=submit]")
        ).to_be_focused()
    expect(page.locator("[data-act=export]")).to_be_disabled()
    page.keyboard.press("Enter")
    held = assistant.hold = threading.Event()
    try:
        ask(page, SLOW)
        page.locator("[data-act=halt]").press("Enter")
        expect(last_turn(page, SLOW).locator("[data-act=edit]")).to_be_focused()
    finally:
        assistant.hold = None
        held.set()


def test_escape_that_ends_a_composition_closes_nothing(page):
    ask(page, COST)
    last_turn(page, COST).locator(".said .fn").first.click()
    expect(page.locator("#reader mark.current")).to_be_visible()
    box = page.locator("#question textarea")
    box.focus()
    for composing in (True, False):
        box.dispatch_event("keydown", {"key": "Escape", "isComposing": composing})
        expect(page.locator("#reader")).to_be_visible(visible=composing)


def test_back_leads_out_of_an_article_and_from_page_to_page_before_it_leads_away(page, address):
    ask(page, COST)
    note = last_turn(page, COST).locator(".said .fn").first
    note.click()
    expect(page.locator("#reader mark.current")).to_be_visible()
    page.go_back()
    expect(page.locator("#reader")).to_be_hidden()
    expect(note).to_be_focused()
    note.click()
    page.locator("#reader [data-act=close]").click()
    expect(page.locator("#reader")).to_be_hidden()
    page.locator("nav [data-view=shelf]").click()
    expect(page).to_have_url(f"{address}/#articles")
    page.go_back()
    expect(page.locator("body")).to_have_attribute("data-view", "chat")
    page.go_forward()
    expect(page.locator("body")).to_have_attribute("data-view", "shelf")
    page.locator("nav [data-view=chat]").click()
    expect(last_turn(page, COST)).to_be_visible()


def test_an_article_that_does_not_come_says_why(page):
    ask(page, COST)
    note = last_turn(page, COST).locator(".said .fn").first
    page.route("**/reader/**", lambda route: route.abort(), times=1)
    note.click()
    expect(page.locator(".reader-body")).to_contain_text("Is Footnote still running?")
    said = '<main><p class="said">The index is being written anew.</p></main>'
    page.route("**/reader/**", lambda route: route.fulfill(status=503, content_type="text/html", body=said), times=1)
    note.click()
    expect(page.locator(".reader-body")).to_have_text("The index is being written anew.")


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


def test_filters_go_with_the_question_and_are_cleared(page, assistant):
    page.locator(".narrow summary").click()
    page.locator(".narrow select").select_option("The Other")
    expect(page.locator(".narrow .active")).to_have_text(" · The Other")
    ask(page, COST)
    last_turn(page, COST)
    assert assistant.asked[-1][2]["outlet"] == ("The Other",)
    page.locator(".narrow button").click()
    expect(page.locator(".narrow .active")).to_have_text("")
    ask(page, CUP)
    last_turn(page, CUP)
    assert assistant.asked[-1][2]["outlet"] is None


def test_a_question_is_edited_and_asked_again_in_its_place(page, assistant):
    ask(page, CUP)
    last_turn(page, CUP)
    ask(page, COST)
    last_turn(page, COST)
    page.locator(".turn").first.locator("[data-act=edit]").click()
    box = page.locator("#question textarea")
    expect(box).to_have_value(CUP)
    expect(page.locator(".turn")).to_have_count(0)
    box.fill(TOLL)
    box.press("Enter")
    last_turn(page, TOLL)
    assert assistant.asked[-1][:2] == (TOLL, ())


def test_an_answer_is_copied_as_markdown_with_its_footnotes(browser, address):
    with opened(browser, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        ask(page, COST)
        last_turn(page, COST).locator("[data-act=copy]").click()
        copy = page.locator("[data-act=copy]")
        expect(copy).to_have_text("Copied")
        copy.click()
        expect(copy).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        page.wait_for_timeout(2000)  # both times are over
        expect(copy).to_have_text("Copy")
        expect(copy).to_have_accessible_name("Copy as Markdown with footnotes")
    assert copied.startswith(f"**{COST}**\n\n**210 million kroner**[^1]\n")
    assert "[^2]: “The bridge cost 250 million kroner.” *What the bridge cost*, The Other, undated." in copied


def test_a_conversation_is_exported_with_footnotes_of_its_own(page, tmp_path):
    ask(page, COST)
    last_turn(page, COST)
    ask(page, TOLL)
    last_turn(page, TOLL)
    page.locator("[data-act=conversations]").click()
    with page.expect_download() as download:
        page.locator("[data-act=export]").click()
    download.value.save_as(tmp_path / "out.md")
    text = (tmp_path / "out.md").read_text()
    assert text.index(COST) < text.index(TOLL)
    assert "[^1]:" in text
    assert "[^2-1]:" in text


def test_conversations_are_named_by_their_first_question_and_can_be_opened_and_deleted(page, address):
    ask(page, COST)
    last_turn(page, COST)
    page.locator("[data-act=new]").click()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, CUP)
    last_turn(page, CUP)
    page.locator("[data-act=conversations]").click()
    names = page.locator("#conversations [data-act=open]")
    expect(names).to_have_text([CUP, COST])
    names.nth(1).click()
    last_turn(page, COST)
    page.locator("[data-act=conversations]").click()
    page.locator("#conversations [data-act=delete]").nth(0).click()
    expect(names).to_have_text([COST])
    page.locator("#conversations [data-act=delete]").nth(0).click()
    expect(page.locator("#conversations li")).to_have_text("None yet. They are kept in this browser only.")
    page.keyboard.press("Escape")
    visit(page, address)
    expect(page.locator(".turn")).to_have_count(0)


def test_two_tabs_hold_two_conversations(page, address):
    other = page.context.new_page()
    visit(other, address)
    ask(page, COST)
    last_turn(page, COST)
    ask(other, CUP)
    last_turn(other, CUP)
    for tab, question in ((page, COST), (other, CUP)):
        visit(tab, address)
        last_turn(tab, question)
        expect(tab.locator(".turn")).to_have_count(1)


def test_a_conversation_that_two_tabs_go_on_with_becomes_two(page, address):
    ask(page, COST)
    last_turn(page, COST)
    with watched(page.context, address) as other:
        visit(other, address)
        other.locator("[data-act=conversations]").click()
        other.locator("#conversations [data-act=open]").click()
        ask(other, CUP)
        last_turn(other, CUP)
    ask(page, TOLL)
    last_turn(page, TOLL)
    page.locator("[data-act=conversations]").click()
    rows = page.locator("#conversations [data-act=open]")
    expect(rows).to_have_text([COST, COST])
    rows.last.click()
    expect(page.locator(".asked")).to_have_text([COST, CUP])


def test_a_rating_is_kept_with_the_question_and_what_was_cited(page, feedback):
    ask(page, COST)
    turn = last_turn(page, COST)
    with page.expect_response("**/feedback"):
        turn.locator("[data-rating=down]").click()
    expect(turn.locator("[data-rating=down]")).to_have_attribute("aria-pressed", "true")
    kept = json.loads(feedback.read_text().splitlines()[-1])
    assert (kept["question"], kept["rating"]) == (COST, "down")
    assert kept["citations"][0] == {"article": "bridge", "quote": "It cost 210 million kroner, the mayor said."}


def test_a_rating_that_could_not_be_kept_is_not_shown_as_kept(page):
    ask(page, COST)
    turn = last_turn(page, COST)
    page.route("**/feedback", lambda route: route.abort())
    turn.locator("[data-rating=up]").click()
    expect(turn.locator("[data-rating=up]")).to_have_attribute("aria-pressed", "false")


def test_a_conversation_that_is_deleted_while_it_is_answered_stays_deleted(page, assistant):
    ask(page, COST)
    last_turn(page, COST)
    held = assistant.hold = threading.Event()
    try:
        ask(page, SLOW)
        expect(page.locator(".turn .working")).to_contain_text("Writing")
        page.locator("[data-act=conversations]").click()
        page.locator("#conversations [data-act=delete]").click()
        expect(page.locator("#conversations [data-act=open]")).to_have_count(0)
        assistant.hold = None
    finally:
        held.set()
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    page.locator("[data-act=conversations]").click()
    expect(page.locator("#conversations [data-act=open]")).to_have_count(0)
    page.keyboard.press("Escape")


def test_the_keys_are_listed(page):
    page.locator("#question textarea").blur()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    expect(page.locator("#keys")).to_contain_text("next and previous footnote")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_the_page_is_dark_where_the_reader_likes_it_dark(browser, address):
    with opened(browser, address, color_scheme="dark") as page:
        ask(page, COST)
        last_turn(page, COST).locator(".said .fn").first.click()
        expect(page.locator("#reader mark.current")).to_be_visible()
        shades = page.evaluate(
            """() => ['body', '#reader .article-text', '.answer'].map((part) => {
                const style = getComputedStyle(document.querySelector(part));
                return [style.backgroundColor, style.color];
            })"""
        )
    assert shades[0][0] == "rgb(23, 22, 20)"
    assert all(colour == "rgb(232, 227, 216)" for _, colour in shades)


def test_nothing_is_cut_off_at_twice_the_size(browser, address):
    with opened(browser, address, viewport={"width": 640, "height": 400}, device_scale_factor=2) as page:
        ask(page, COST)
        last_turn(page, COST).locator(".said .fn").first.click()
        expect(page.locator("#reader mark.current")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_axe_finds_no_serious_violation(browser, address, shade):
    with opened(browser, address, color_scheme=shade) as page:
        expect(page.locator("#opening")).to_contain_text("2 articles")
        found = serious_violations(page)
        ask(page, COST)
        turn = last_turn(page, COST)
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        turn.locator(".said .fn").first.click()
        expect(page.locator("#reader mark.current")).to_be_visible()
        found += serious_violations(page)
        page.locator("[data-act=conversations]").click()
        found += serious_violations(page)
        page.keyboard.press("Escape")
        ask(page, CUP)
        last_turn(page, CUP)
        found += serious_violations(page)
    assert found == []
