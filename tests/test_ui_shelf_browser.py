"""The articles page in real Chromium, over a real index of a real folder."""

import json
from functools import partial

import pytest
from playwright.sync_api import expect

from corpus.fetch import fetch
from index import NewsIndex
from tests.browsing import ask, last_turn, opened, serious_violations, served, visit, watched
from tests.fakes import HashingEncoder, HeldEncoder, ScriptedAssistant
from tests.web import PUBLIC, Names, serving

LIMIT = 50_000_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    for number in range(3):
        article = {
            "title": f"Bridge number {number} opens",
            "text": f"The bridge number {number} opened. It is long.",
            "outlet": f"Outlet {number % 2}",
            "published_at": f"2024-0{number + 1}-03",
        }
        (folder / f"{number}.json").write_text(json.dumps(article))
    (folder / "broken.json").write_text("{")
    return folder


@pytest.fixture(scope="module")
def news_index(folder, tmp_path_factory):
    news_index = NewsIndex.open(tmp_path_factory.mktemp("index"), encoder=HashingEncoder())
    news_index.build(folder)
    yield news_index
    news_index.close()


@pytest.fixture(scope="module")
def address(news_index, folder):
    assistant = ScriptedAssistant([], {})
    assistant.news_index = news_index
    with served(assistant, articles=folder) as address:
        yield address


@pytest.fixture
def page(context, address):
    with watched(context, address) as page:
        visit(page, address + "/#articles")
        page.wait_for_selector("#listing li, #listing p")
        yield page
        page.evaluate("localStorage.clear()")


# Takes the wires that Gradio hands to the page, and cuts one of them once.
CUT_ONCE = """
    let footnote;
    Object.defineProperty(window, "footnote", {
        get: () => footnote,
        set(given) {
            const start = given.start;
            given.start = (wires) => {
                const wire = wires.WIRE;
                window.cut = 0;
                start({ ...wires, WIRE: () => (window.cut++ ? wire() : undefined) });
            };
            footnote = given;
        },
    });
"""


@pytest.mark.parametrize("wire", ["draw", "shelf"])
def test_the_articles_page_is_asked_for_again_where_gradio_was_not_ready_to_hear_it(context, address, wire):
    with watched(context, address) as page:
        page.add_init_script(CUT_ONCE.replace("WIRE", wire))
        visit(page, address + "/#articles")
        page.wait_for_selector("#listing li")
        assert page.evaluate("window.cut") > 1


def titles(page):
    return page.locator(".shelf a.headline")


def keep(page, button):
    """Press one of the keeper's buttons, which are folded away."""
    if not page.locator(button).is_visible():
        page.locator("#keeping button").first.click()
    page.locator(button).click()


def upload(page, *files):
    if not page.locator("#upload").is_visible():
        page.locator("#keeping button").first.click()
    page.locator("#upload input[type=file]").set_input_files(list(files))


def finished(page, text):
    expect(page.locator("#shelf-status")).to_contain_text(text, timeout=20_000)
    return page.locator("#shelf-status")


def test_the_list_is_found_filtered_sorted_and_opened(page):
    expect(titles(page)).to_have_text([f"Bridge number {number} opens" for number in (2, 1, 0)])
    expect(page.locator("#shelf-head")).to_contain_text("3 articles · Outlet 0; Outlet 1")
    expect(page.locator("#shelf-head svg")).to_have_attribute(
        "aria-label", "Articles over time: Jan 2024 1, Feb 2024 1, Mar 2024 1"
    )
    page.get_by_label("Find").fill("bridge 2024-02")
    expect(titles(page)).to_have_text(["Bridge number 1 opens"])
    titles(page).click()
    expect(page.locator("#reader h2")).to_have_text("Bridge number 1 opens")
    page.keyboard.press("Escape")
    page.get_by_label("Find").fill("")
    page.get_by_label("Order").click()
    page.get_by_role("option", name="Oldest first").click()
    expect(titles(page)).to_have_text([f"Bridge number {number} opens" for number in (0, 1, 2)])
    page.get_by_label("Outlet").last.click()
    page.get_by_role("option", name="Outlet 1").click()
    expect(titles(page)).to_have_text(["Bridge number 1 opens"])


def test_what_could_not_be_read_is_listed_with_its_reason(page):
    page.locator("#shelf-head summary").click()
    expect(page.locator("#shelf-head .rows")).to_contain_text("broken.json")


def test_files_are_added_and_removed_and_the_chat_knows_of_both(page, folder, news_index, tmp_path):
    toll = tmp_path / "toll.txt"
    toll.write_text("A toll is planned\n\nThe town plans a toll of ten kroner.\n")
    wrong = tmp_path / "photo.png"
    wrong.write_bytes(b"\x89PNG")
    upload(page, toll, wrong, folder / "0.json")
    status = finished(page, "1 added, 0 changed, 0 removed: 4 articles now")
    expect(status).to_contain_text("photo.png no reader for .png")
    expect(status).to_contain_text("0.json already there, as 0.json")
    expect(titles(page)).to_contain_text(["A toll is planned"])
    assert "A toll is planned" in [headline.title for headline in news_index.articles()]

    row = page.locator(".shelf li", has_text="A toll is planned")
    row.locator("[data-act=remove]").click()
    expect(page.locator("#remove .removed")).to_have_text("A toll is planned")
    page.locator("#remove").get_by_role("button", name="Cancel").click()
    assert (folder / "toll.txt").exists()
    row.locator("[data-act=remove]").click()
    page.locator("#remove [data-act=confirm]").click()
    finished(page, "0 added, 0 changed, 1 removed: 3 articles now")
    expect(titles(page)).to_have_count(3)
    assert not (folder / "toll.txt").exists()


def test_who_removes_an_article_is_told_first_how_many_go_with_it(page, folder):
    lines = "".join(f'{{"title": "Line {number}", "text": "Text number {number}."}}\n' for number in range(3))
    (folder / "many.jsonl").write_text(lines)
    keep(page, "#update")
    finished(page, "3 added")
    others = page.locator("#remove .others")
    page.locator(".shelf li", has_text="Bridge number 0").locator("[data-act=remove]").click()
    expect(others).to_be_hidden()
    page.locator("#remove").get_by_role("button", name="Cancel").click()
    page.locator(".shelf li", has_text="Line 1").locator("[data-act=remove]").click()
    expect(others).to_have_text("Its file holds 2 more articles; they go too.")
    page.locator("#remove [data-act=confirm]").click()
    finished(page, "many.jsonl was moved out of the folder, with the 3 articles it held.")


def test_an_update_finds_what_was_put_into_the_folder(page, folder):
    (folder / "later.txt").write_text("Later news\n\nThis came later.\n")
    keep(page, "#update")
    status = finished(page, "1 added")
    status.locator("summary").first.click()
    expect(status).to_contain_text("Later news")
    keep(page, "#update")
    finished(page, "Nothing has changed; 4 articles.")
    (folder / "later.txt").unlink()
    keep(page, "#update")
    finished(page, "1 removed")


def test_what_changed_behind_the_page_is_told_when_it_is_opened(page, folder, news_index):
    page.locator("[data-view=chat]").click()
    (folder / "behind.txt").write_text("Behind\n\nThis came behind the page.\n")
    news_index.build(folder)
    page.locator("[data-view=shelf]").click()
    finished(page, "Since the last look: 1 added, 0 changed, 0 removed: 4 articles now.")
    (folder / "behind.txt").unlink()
    keep(page, "#update")
    finished(page, "1 removed")


def test_an_address_that_is_not_public_is_refused_and_says_why(page, address):
    page.locator("#keeping button").first.click()
    page.get_by_label("Address of an article or a feed").fill(address)
    page.locator("#keeping").get_by_role("button", name="Add", exact=True).click()
    finished(page, "not a public address")
    expect(page.get_by_label("Address of an article or a feed")).to_have_value(address)


def feed(*entries):
    items = "".join(
        f"<item><guid>{guid}</guid><title>{title}</title><link>https://news.example/{guid}</link>"
        f"<pubDate>Sun, 0{number} Sep 2024 09:00:00 GMT</pubDate>"
        f"<description>{title}. {text}</description></item>"
        for number, (guid, title, text) in enumerate(entries, start=1)
    )
    return f'<rss version="2.0"><channel><title>The Example</title>{items}</channel></rss>'.encode()


def test_a_feed_is_added_by_its_address_renewed_and_watched_on_its_way(browser, tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    encoder = HeldEncoder()
    assistant = ScriptedAssistant([], {})
    assistant.news_index = NewsIndex.open(tmp_path / "index", encoder=encoder)
    resolver = Names(news_example=[[PUBLIC]])
    local = partial(fetch, resolver=resolver, may_connect=lambda address: str(address) == PUBLIC)
    quay = ("quay", "The quay is mended", "It cost two million kroner, the harbour office said on Monday.")
    lamp = ("lamp", "Lamps for the quay", "The town buys ninety lamps, the mayor said on Tuesday.")
    with (
        serving() as site,
        served(assistant, articles=folder, fetch=local) as address,
        opened(browser, address) as page,
    ):
        page.locator("nav [data-view=shelf]").click()
        page.locator("#keeping button").first.click()
        box = page.get_by_label("Address of an article or a feed")
        rss = site.page("/rss", feed(quay, lamp), "application/rss+xml")
        box.fill(rss)
        box.press("Enter")
        expect(page.locator("#shelf-status progress")).to_have_attribute("aria-label", "Encoding passages")
        encoder.go.set()
        finished(page, "2 added, 0 changed, 0 removed: 2 articles now")
        expect(box).to_have_value("")
        expect(titles(page)).to_have_text(["Lamps for the quay", "The quay is mended"])
        titles(page).first.click()
        expect(page.locator("#reader .facts")).to_contain_text("2 September 2024 · date from the feed")
        page.keyboard.press("Escape")

        site.page("/rss", feed(quay, (*lamp[:2], lamp[2].replace("ninety", "eighty"))), "application/rss+xml")
        box.fill(rss)
        box.press("Enter")
        finished(page, "0 added, 1 changed, 0 removed: 2 articles now")
        box.fill(site.url("/nothing"))
        box.press("Enter")
        finished(page, "404")
        expect(box).to_have_value(site.url("/nothing"))
    assistant.news_index.close()


def test_an_update_whose_connection_breaks_off_is_said_to_have_and_another_is_made(page):
    page.wait_for_timeout(1000)  # what was asked of Gradio when the page was opened has been answered
    page.route("**/gradio_api/queue/data*", lambda route: route.fulfill(body='data: {"msg": "esti'))
    keep(page, "#update")
    finished(page, "Is Footnote still running?")
    page.unroute_all()
    keep(page, "#update")
    finished(page, "Nothing has changed")


def test_a_check_is_reported(page):
    keep(page, "#check")
    finished(page, "The index is whole: 3 articles")


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_axe_finds_no_serious_violation(browser, address, shade):
    with opened(browser, address, color_scheme=shade) as page:
        page.locator("[data-view=shelf]").click()
        page.locator("#keeping button").first.click()
        expect(page.locator("#update")).to_be_visible()
        page.locator("#check").click()
        finished(page, "The index is whole")
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        found = serious_violations(page)
        titles(page).first.click()
        expect(page.locator("#reader h2")).to_be_visible()
        found += serious_violations(page)
        page.keyboard.press("Escape")
        page.locator(".shelf [data-act=remove]").first.click()
        assert found + serious_violations(page) == []


def test_files_can_be_dropped_on_the_page(page, folder):
    page.locator("#keeping button").first.click()
    dropped = page.evaluate_handle(
        """() => {
            const data = new DataTransfer();
            for (const name of ['one', 'two']) {
                data.items.add(new File([`Dropped ${name}\n\nIt fell.\n`], `${name}.txt`));
            }
            return data;
        }"""
    )
    page.locator("#upload button").first.dispatch_event("drop", {"dataTransfer": dropped})
    finished(page, "2 added, 0 changed, 0 removed: 5 articles now")
    for name in ("one", "two"):
        (folder / f"{name}.txt").unlink()
    keep(page, "#update")
    finished(page, "2 removed")


def test_two_hundred_files_are_one_update(page, folder, tmp_path):
    files = []
    for number in range(200):
        file = tmp_path / f"many-{number}.txt"
        file.write_text(f"Many {number}\n\nThis is text number {number} of many.\n")
        files.append(file)
    upload(page, *files)
    finished(page, "200 added, 0 changed, 0 removed: 203 articles now")
    expect(page.locator("#listing")).to_contain_text("100 of 203")
    page.locator("[data-act=more]").click()
    expect(titles(page)).to_have_count(203)
    upload(page, *files)
    finished(page, "Nothing has changed; 203 articles.")
    for file in folder.glob("many-*.txt"):
        file.unlink()
    keep(page, "#update")
    finished(page, "200 removed")


def test_a_file_over_the_limit_is_refused_and_the_page_goes_on(page, tmp_path):
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(LIMIT + 1)
    upload(page, huge)
    expect(page.locator(".toast-body")).to_be_visible()
    page.locator("[data-view=chat]").click()
    ask(page, "Is it usable?")
    last_turn(page, "Is it usable?")


def test_the_articles_page_works_on_a_narrow_screen(browser, address):
    with opened(browser, address, viewport={"width": 360, "height": 740}) as page:
        page.locator("[data-view=shelf]").click()
        expect(titles(page)).to_have_count(3)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        titles(page).first.click()
        expect(page.locator("#reader h2")).to_be_visible()


def test_an_index_without_articles_explains_how_to_add_some(browser, tmp_path):
    (tmp_path / "articles").mkdir()
    assistant = ScriptedAssistant([], {})
    assistant.news_index = NewsIndex.open(tmp_path / "index", encoder=HashingEncoder())
    assistant.news_index.build(tmp_path / "articles")
    with served(assistant, articles=tmp_path / "articles") as address, opened(browser, address) as page:
        expect(page.locator("#opening")).to_contain_text("There are no articles yet.")
        page.locator("#opening").get_by_role("button", name="Add articles").click()
        expect(page.locator("#listing")).to_contain_text("There are no articles yet.")
        file = tmp_path / "first.txt"
        file.write_text("The first\n\nThe first article of all.\n")
        upload(page, file)
        finished(page, "1 added")
        expect(titles(page)).to_have_text(["The first"])
        page.get_by_role("button", name="Ask", exact=True).click()
        expect(page.locator("#opening")).to_contain_text("1 article")
        expect(page.locator("#filters summary")).to_be_visible()
