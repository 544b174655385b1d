import dataclasses
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answer import (
    Answer,
    Disagreement,
    Event,
    Freshness,
    LeftOut,
    Query,
    Refusal,
    Sentence,
    Short,
    Side,
    Statement,
)
from corpus.article import Article
from tests.fakes import cited_answer
from tests.page_text import parsed
from tests.strategies import NASTY
from ui.links import fingerprint
from ui.markdown import answer_markdown
from ui.markup import plain
from ui.render import answer_html, message_html

ONE = Article(
    id="one", title="Bridge opens", outlet="The Example", path="1", text="It opened in May. It cost 210 million kroner."
)
TWO = Article(id="two", title="The bill", path="2", text="It cost 250 million kroner.", url="https://example.org/two")
QUESTION = "What did the bridge cost?"


def full_answer(word=lambda text: text):
    """An answer with something in every part of it, each text passed through `word`."""
    one = dataclasses.replace(ONE, title=word("t") + "t", outlet=word("o"), author=word("a"))
    two = dataclasses.replace(TWO, title=word("t") + "u", url=word("https://example.org/two"))
    answer = cited_answer(
        word(QUESTION), [(one, "It cost 210 million kroner."), (two, TWO.text), (one, "It opened in May.")]
    )
    sentences = tuple(Sentence(word(said.text), said.citations, lead=word("The Example:")) for said in answer.sentences)
    citations = tuple(
        dataclasses.replace(note, quote=word(note.quote), also_in=(one.headline,)) for note in answer.citations
    )
    return dataclasses.replace(
        answer,
        query=Query(
            word("What did the bridge in Oslo cost?"),
            (word("The Example"),),
            (word("A. Writer"),),
            date(2024, 1, 1),
            date(2024, 2, 1),
        ),
        sentences=sentences,
        citations=citations,
        short=Short(word("210 million kroner"), 26, 44, 1),
        left_out=2,
        disagreements=(
            Disagreement(word("The cost differs"), (Side(word("210"), 1, word("Lund")), Side(word("250"), 2))),
        ),
        statements=(Statement(word("Lund"), word("said"), 1, True),),
        timeline=(Event(word("2024-05"), word("in May"), 3), Event(None, word("then"), 1)),
        freshness=Freshness(date(2024, 5, 1), date(2024, 6, 1), two.headline),
        suggestions=(word("And who paid?"),),
        writer=word("a-model"),
    )


def refusal(word=lambda text: text):
    one = dataclasses.replace(ONE, title=word("t") + "t", outlet=word("o"))
    why = Refusal("not-in-articles", word("The articles do not say."), (one.headline,), (word("Paris"),))
    return Answer(question=word("Who?"), kind="refusal", query=Query(word("Who?")), text="-", refusal=why)


def about(word=lambda text: text):
    return Answer(
        question="hello", kind="about", query=Query("hello"), text=word("Hello.") + "\n" + word("2 articles.")
    )


CLEAN = parsed(answer_html(full_answer()) + answer_html(refusal()) + answer_html(about()))


@given(NASTY, st.sampled_from([full_answer, refusal, about]))
def test_no_field_of_an_answer_becomes_markup(text, kind):
    page = parsed(answer_html(kind(lambda clean: text)))
    assert set(page.tags) <= set(CLEAN.tags)
    assert {key for key, _ in page.attributes} <= {key for key, _ in CLEAN.attributes}
    assert all(value.startswith("/reader/") for key, value in page.attributes if key == "href")


@given(NASTY, st.sampled_from([full_answer, refusal, about]))
def test_every_form_of_an_answer_can_be_sent(text, kind):
    answer = kind(lambda clean: text)
    for form in (answer_html(answer), answer_markdown(answer)):
        form.encode("utf-8")


@given(NASTY)
def test_no_text_commands_a_terminal(text):
    assert not set(plain(str(full_answer(lambda clean: text)))) & {"\x1b", "\r", "\0", "\u202e"}


@given(NASTY)
def test_no_text_leaves_its_footnote_in_markdown(text):
    lines = answer_markdown(full_answer(lambda clean: text)).splitlines()
    assert [line[:6] for line in lines if "]: " in line[:6]] == ["[^1]: ", "[^2]: ", "[^3]: "]
    assert not any(line.startswith(("#", ">", "    ", "<")) for line in lines)


def test_a_footnote_opens_its_article_at_its_words_with_the_others_lit():
    markup = answer_html(full_answer())
    one, two = f"{ONE.text.index('It cost')}-{len(ONE.text)}", f"0-{ONE.text.index(' It cost')}"
    said = fingerprint(["It opened in May.", "It cost 210 million kroner."])
    href = f"/reader/one?cite={two},{one}&amp;said={said}&amp;at="
    assert f'href="{href}{one}" aria-label="Footnote 1: o, undated">1</a>' in markup
    assert f'href="{href}{two}" aria-label="Footnote 3: o, undated">3</a>' in markup


def test_every_footnote_has_its_source_in_the_same_answer():
    page = parsed(answer_html(full_answer()))
    notes = {value for key, value in page.attributes if key == "data-note"}
    assert notes == {value for key, value in page.attributes if key == "data-source"} == {"1", "2", "3"}


def test_what_an_answer_does_not_have_is_not_shown():
    plain = answer_html(cited_answer(QUESTION, [(ONE, "It cost 210 million kroner.")]))
    for part in ("sides", "statements", "timeline", "searched", "short", "small", "next", "chip"):
        assert f'class="{part}' not in plain
        assert f"fold {part}" not in plain
    assert "fold sources" in plain


def test_a_refusal_names_the_closest_articles_and_opens_them():
    markup = answer_html(refusal())
    assert "The articles do not say." in markup
    assert '<a class="headline" href="/reader/one" data-reader><bdi>tt</bdi></a>' in markup
    assert "fold" not in markup


def test_markdown_carries_every_footnote_with_its_quote_outlet_and_date():
    answer = cited_answer(QUESTION, [(ONE, "It cost 210 million kroner."), (TWO, TWO.text)])
    assert answer_markdown(answer, group="2-") == (
        "**What did the bridge cost?**\n\n"
        "It cost 210 million kroner.[^2-1] It cost 250 million kroner.[^2-2]\n\n"
        "[^2-1]: “It cost 210 million kroner.” *Bridge opens*, The Example, undated.\n"
        "[^2-2]: “It cost 250 million kroner.” *The bill*, undated. <https://example.org/two>\n"
    )


@pytest.mark.parametrize("text", ["AT&amp;T &copy; &#35; R&D", "<b>no</b> \\ `x` *y* [z](q)", "1. \\& [^1]"])
def test_markdown_shows_a_quote_as_it_stands_in_the_article(text):
    article = dataclasses.replace(ONE, text=text)
    quoted = answer_markdown(cited_answer("?", [(article, text)])).partition("“")[2].partition("”")[0]
    (paragraph,) = [token for token in MarkdownIt("commonmark").parse(quoted) if token.type == "inline"]
    assert "".join(token.content for token in paragraph.children) == text


def test_a_message_is_escaped():
    assert (
        message_html("<b>No</b>")
        == '<div class="answer notice"><p class="said" dir="auto">&lt;b&gt;No&lt;/b&gt;</p></div>'
    )


def test_the_timeline_writes_days_months_and_years_out_and_says_what_is_not_known():
    dates = ["2024-05-03", "2024-05", "2024", None, "2024-13"]
    answer = dataclasses.replace(full_answer(), timeline=tuple(Event(one, "on Monday", 1) for one in dates))
    _, *shown = answer_html(answer).split('<span class="when"><bdi>')
    assert [text.split("</bdi>")[0] for text in shown] == [
        "3 May 2024", "May 2024", "2024", "“on Monday”, day unknown", "2024-13",
    ]  # fmt: skip


def test_markdown_takes_no_text_for_a_list_or_a_heading():
    for text in ("12. May was cold.", "3) is a number.", "- a dash", "# a hash", "+ a plus"):
        answer = dataclasses.replace(about(), text=text)
        line = answer_markdown(answer).splitlines()[2]
        assert line.replace("\\", "") == text
        assert "\\" in line


def test_what_the_model_wrote_without_support_can_be_unfolded_and_is_escaped() -> None:
    answer = Answer(
        question="q",
        kind="answer",
        query=Query("q"),
        text="",
        left_out=1,
        left_out_sentences=(LeftOut("<b>Wrong</b>", "it says nothing"),),
        notice="No <i>sentence</i> stood.",
    )
    shown = answer_html(answer)

    assert "<summary>1 unsupported sentence was left out</summary>" in shown
    assert "&lt;b&gt;Wrong" in shown
    assert "No &lt;i&gt;sentence" in shown
    assert "could not be verified" not in shown


def test_a_side_cut_out_of_a_sentence_says_so_and_a_value_does_not():
    article = dataclasses.replace(ONE, text="The mayor has always ruled out a toll on it. It costs 210 kroner a day.")
    first, second = "The mayor has always ruled out a toll on it.", "It costs 210 kroner a day."
    sides = (
        Side("has always ruled out a toll", 1),
        Side("210", 2),
        Side(first, 1),
        Side("It costs 210 kroner a day", 2),
    )
    answer = cited_answer(
        "?", [(article, first), (article, second)], disagreements=(Disagreement("They differ", sides),)
    )
    text = parsed(answer_html(answer)).text
    assert "…has always ruled out a toll…" in text
    assert text.count("…") == 2


def test_the_parts_of_an_answer_leave_it_under_their_names_in_their_order():
    sent = dataclasses.replace(full_answer(), left_out_sentences=(LeftOut("a", "b"),)).to_dict()
    sides = [{"value": "210", "citation": 1, "speaker": "Lund"}, {"value": "250", "citation": 2, "speaker": None}]
    dates = [
        {"date": "2024-05", "date_text": "in May", "citation": 3},
        {"date": None, "date_text": "then", "citation": 1},
    ]
    parts = {
        "short": {"text": "210 million kroner", "start": 26, "end": 44, "citation": 1},
        "disagreements": [{"about": "The cost differs", "sides": sides, "updated": False}],
        "statements": [{"speaker": "Lund", "verb": "said", "citation": 1, "quoted": True}],
        "timeline": dates,
        "left_out_sentences": [{"text": "a", "reason": "b"}],
    }
    assert json.dumps({name: sent[name] for name in parts}) == json.dumps(parts)
