"""Articles and questions that attack the page: nothing runs, nothing is fetched, nothing breaks the layout."""

import dataclasses

import pytest
from playwright.sync_api import expect

from assistant.answer import Disagreement, Query, Sentence, Short, Side, Statement
from corpus.article import Article
from tests.browsing import ask, served, visit, watched
from tests.fakes import ScriptedAssistant, cited_answer
from ui.markup import label
from ui.reader import reader_html
from ui.render import answer_html
from ui.shelf import list_html

RUN = "window.ran=1"
RIGHT_TO_LEFT = "\u05d0\u05d1\u05d2 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 abc (1) [2]"
HOSTILE = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<body onload={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<math><mtext></p><img src=x onerror={RUN}>",
    f"<a href='javascript:{RUN}'>x</a>",
    f'"><img src=x onerror={RUN}>',
    f"' autofocus onfocus={RUN} x='",
    f"--><script>{RUN}</script><!--",
    f"</textarea></title></style></script><img src=x onerror={RUN}>",
    "<form action=https://evil.example><input name=q><button>Go</button></form>",
    "<img src=https://evil.example/p.png><link rel=stylesheet href=https://evil.example/c.css>",
    "<style>* { display: none } body { background: url(https://evil.example/b) }</style>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'><base href=https://evil.example/>",
    "![x](https://evil.example/p.png) [x](javascript:alert(1))",
    "${window.ran=1} {{constructor.constructor('window.ran=1')()}} <%= 1 %>",
    "&lt;script&gt;window.ran=1&lt;/script&gt; &#60;img src=x onerror=window.ran=1&#62;",
    "\u202eevil\u202c \u2066isolate \u200b\u200c\u200d\ufeffzero\u00adwidth",
    "Z\u0310\u0311\u0312" * 200,
    "\x00\x07\x1b[31mcontrol\x7f",
    "a" * 100_000,
    "\ufdfd" * 500,
    "\n" * 500 + "end",
    "javascript:window.ran=1",
    "data:text/html,<script>window.ran=1</script>",
    "https://evil.example/<script>window.ran=1</script>",
    RIGHT_TO_LEFT,
]
NEVER = "script, iframe, object, embed, form, img, svg, style, link, meta, base, video, input, math"


def hostile_articles(texts):
    return [
        Article(id=f"h{number}", title=text, outlet=text, author=text, url=text, path="p.txt", text=f"{text}\nThe end.")
        for number, text in enumerate(texts)
    ]


def hostile_answer(question, article):
    text = article.title
    answer = cited_answer(question, [(article, "The end.")])
    note = dataclasses.replace(answer.citations[0], also_in=(article.headline,))
    return dataclasses.replace(
        answer,
        query=Query(text, (text,), (text,)),
        text=text,
        short=Short(text, 0, 1, 1),
        sentences=(Sentence(text, (1,), lead=text),),
        citations=(note,),
        disagreements=(Disagreement(text, (Side(text, 1, text),)),),
        statements=(Statement(text, text, 1, True),),
        suggestions=(text,),
        writer=text,
    )


@pytest.fixture(scope="module")
def articles():
    return hostile_articles(HOSTILE)


@pytest.fixture(scope="module")
def samples(messy):
    """Feed entries beside the checkout that carry script, handlers, CSS and tricks with addresses."""
    samples = [file.read_text("utf-8", "replace") for file in sorted((messy / "feeds/sanitize").glob("*.xml"))]
    assert len(samples) > 700
    return hostile_articles(samples)


@pytest.fixture(scope="module")
def address(articles, tmp_path_factory):
    answers = {article.title.strip(): hostile_answer(article.title, article) for article in articles}
    feedback = tmp_path_factory.mktemp("index") / "feedback.jsonl"
    assistant = ScriptedAssistant(articles, answers)
    with served(assistant, feedback=feedback, suggest=lambda: HOSTILE[:3]) as address:
        yield address


@pytest.fixture
def page(context, address):
    with watched(context, address) as page:
        visit(page, address)
        yield page
        page.wait_for_timeout(200)  # what would run late has run
        assert page.evaluate("window.ran") is None
        assert page.url.startswith(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.evaluate("localStorage.clear()")


def test_hostile_questions_and_answers_are_only_text(page):
    for text in HOSTILE:
        before = page.locator(".turn").count()
        ask(page, text)
        page.locator(".turn").nth(before).locator(".actions").wait_for()
    assert page.locator(".turn").count() == len(HOSTILE)
    assert page.locator("#turns").locator(NEVER).count() == 0
    for turn in page.locator(".turn details").all():
        turn.evaluate("fold => { fold.open = true; }")
    page.locator("[data-act=conversations]").click()
    expect(page.locator("#conversations [data-act=open]")).to_have_count(1)


def text_in_the_reader(page, articles):
    """All of the articles in one page, as the reader shows them; what they make there, and where links lead."""
    markup = "".join(reader_html(article, [(0, 5), (2, 9)], at=(2, 9)) for article in articles)
    shown, made, links = page.evaluate(
        """([markup, never]) => {
            const box = document.createElement('div');
            box.innerHTML = markup;
            document.querySelector('#turns').append(box);
            const links = [...box.querySelectorAll('a[href]')].map(({protocol}) => protocol);
            const whole = [...box.querySelectorAll('.article-text')].map((text) => text.textContent)
                .filter((text) => text.endsWith('The end.'));
            return [whole.length, box.querySelectorAll(never).length, links];
        }""",
        [markup, NEVER],
    )
    assert (shown, made) == (len(articles), 0)
    assert set(links) <= {"http:", "https:"}


def text_in_an_answer(page, articles):
    """All of the articles in one page, each as every part of an answer."""
    markup = "".join(answer_html(hostile_answer("?", article)) for article in articles)
    assert made(page, markup, ".answer") == [len(articles), 0]


def text_in_the_list(page, articles):
    """The articles as the list of the articles page shows them."""
    markup = list_html([article.headline for article in articles], count=len(articles), shown=1000, removable=True)
    assert made(page, markup, "li") == [len(articles), 0]


def made(page, markup, wanted):
    """Put markup into the page; return how many elements it makes that are wanted, and that must never be."""
    return page.evaluate(
        """([markup, ...kinds]) => {
            const box = document.createElement('div');
            box.innerHTML = markup;
            document.querySelector('#turns').append(box);
            return kinds.map((kind) => box.querySelectorAll(kind).length);
        }""",
        [markup, wanted, NEVER],
    )


SHOWN = pytest.mark.parametrize("shown", [text_in_the_reader, text_in_an_answer, text_in_the_list])


@SHOWN
def test_our_hostile_articles_are_only_text(page, articles, shown):
    shown(page, articles)


@SHOWN
def test_the_published_hostile_samples_are_only_text(page, samples, shown):
    shown(page, samples)


def test_a_published_hostile_sample_is_only_a_question(page, samples):
    question = max(
        (article.title for article in samples if len(article.title) < 2000), key=lambda text: text.count("<")
    )
    ask(page, question)
    page.locator(".turn .actions").wait_for()
    assert page.locator("#turns").locator(NEVER).count() == 0


def test_a_hostile_article_is_only_text_when_it_is_opened(page):
    for number in range(len(HOSTILE)):
        page.evaluate(
            """number => {
                const link = document.createElement('a');
                link.href = `/reader/h${number}?cite=0-5,2-9&at=2-9`;
                link.dataset.reader = link.textContent = number;
                document.querySelector('#turns').replaceChildren(link);
                link.click();
            }""",
            number,
        )
        title = label(HOSTILE[number])
        page.wait_for_function("text => document.querySelector('#reader h2')?.textContent === text", arg=title)
        assert page.locator("#reader article").locator(NEVER).count() == 0


def test_hostile_titles_are_only_text_in_the_list_and_open(page):
    page.locator("[data-view=shelf]").click()
    page.wait_for_selector(".shelf li")
    assert page.locator("#listing").locator(NEVER).count() == 0
    page.locator(".shelf a.headline").first.click()
    page.wait_for_selector("#reader article")


def test_a_suggestion_that_attacks_is_only_a_question(page):
    page.locator("#opening .question").nth(1).click()
    expect(page.locator(".asked")).to_have_text(HOSTILE[1])


def test_an_article_of_a_right_to_left_language_reads_right_to_left(page):
    ask(page, RIGHT_TO_LEFT)
    page.locator(".turn .said .fn").first.click()
    expect(page.locator("#reader h2")).to_have_css("direction", "rtl")
    expect(page.locator(".article-text p").first).to_have_css("direction", "rtl")
    expect(page.locator(".article-text p").last).to_have_css("direction", "ltr")


def test_one_line_of_a_million_characters_is_read_without_breaking_the_layout(page, tmp_path):
    article = Article(id="long", title="Long", path="p", text="word" * 250_000 + " The end.")
    with (
        served(ScriptedAssistant([article], {}), feedback=tmp_path / "feedback.jsonl") as other,
        watched(page.context, other) as tab,
    ):
        visit(tab, other)
        tab.locator("[data-view=shelf]").click()
        tab.locator(".shelf a.headline").click()
        expect(tab.locator("#reader article")).to_be_visible()
        assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
