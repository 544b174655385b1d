"""A person with a token, in Chromium: logs in, asks, sees the controls only with a keeper's token, and logs out."""

import pytest
from playwright.sync_api import expect

from assistant import Assistant
from index import NewsIndex
from tests.browsing import ask, last_turn, served
from tests.fakes import CountingEncoder
from ui.tokens import Tokens

QUESTION = "Who opened the bridge over the Lorne?"


@pytest.fixture
def guarded(tmp_path):
    tokens = Tokens(tmp_path / "tokens.json")
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bridge.txt").write_text("The bridge is open\n\nThe king opened the bridge over the Lorne on Friday.")
    news_index = NewsIndex.open(tmp_path / "index", encoder=CountingEncoder())
    news_index.build(folder)
    with served(Assistant(news_index), articles=folder, tokens=tokens) as address:
        yield address, tokens


def test_who_is_no_longer_logged_in_is_led_to_the_login_and_back_to_the_conversation(browser, guarded):
    address, tokens = guarded
    token, _ = tokens.make("reader")
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(15_000)

    def log_in():
        page.get_by_label("Your token").fill(token)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_selector("body.ready")

    page.goto(address)
    log_in()
    ask(page, QUESTION)
    last_turn(page, QUESTION)
    page.wait_for_timeout(1000)  # what the page asks for of itself has come, and is not what leads to the login
    context.clear_cookies()
    page.locator(".said .fn").first.click()
    expect(page).to_have_url(f"{address}/login")
    log_in()
    expect(page.locator(".asked")).to_have_text(QUESTION)
    page.route(
        "**/gradio_api/queue/join*",
        lambda route: (
            route.fulfill(status=401) if "What else?" in (route.request.post_data or "") else route.continue_()
        ),
    )
    ask(page, "What else?")
    expect(page).to_have_url(f"{address}/login")
    log_in()
    expect(last_turn(page, "What else?")).to_contain_text("Stopped.")
    context.close()


@pytest.mark.parametrize("role", ["reader", "keeper"])
def test_who_has_a_token_logs_in_asks_and_logs_out(browser, guarded, role):
    address, tokens = guarded
    token, _ = tokens.make(role)
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(address)
    expect(page).to_have_url(f"{address}/login")
    page.get_by_label("Your token").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("not known")
    page.get_by_label("Your token").fill(token)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_selector("body.ready")
    assert "footnote_token" not in page.evaluate("document.cookie")
    ask(page, QUESTION)
    expect(last_turn(page, QUESTION)).to_contain_text("The king opened the bridge")
    page.get_by_role("button", name="Articles", exact=True).click()
    expect(page.locator("#listing")).to_contain_text("The bridge is open")
    expect(page.locator("#keeping")).to_have_count(1 if role == "keeper" else 0)
    page.set_viewport_size({"width": 340, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_role("button", name="Log out").click()
    expect(page).to_have_url(f"{address}/login")
    assert [one for one in context.cookies() if one["name"] == "footnote_token"] == []
    page.goto(address)
    expect(page).to_have_url(f"{address}/login")
    context.close()
