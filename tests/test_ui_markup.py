import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.page_text import parsed
from tests.strategies import NASTY
from ui.markup import LABEL_LENGTH, attribute, label, name, plain, prose, safe_address


@given(st.text())
def test_prose_reads_back_as_the_same_text(text):
    page = parsed(prose(text))
    assert page.text == text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") or page.text == text
    assert set(page.tags) <= {"bdi"}
    assert page.attributes == []


@given(NASTY)
def test_nothing_in_a_text_becomes_a_tag_or_an_attribute(text):
    assert set(parsed(prose(text)).tags) <= {"bdi"}
    page = parsed(f'<i title="{attribute(text)}">{name(text)}</i>')
    assert page.tags == ["i", "bdi"]
    assert page.attributes == [("title", label(text))]


@given(NASTY)
def test_prose_can_be_sent(text):
    prose(text).encode("utf-8")
    plain(text).encode("utf-8")


def test_an_override_is_shut_in_where_it_turns_nothing_round():
    assert prose("safe \u202etxt.exe") == "safe <bdi>\u202e</bdi>txt.exe"


def test_a_label_loses_what_cannot_be_seen_and_stays_on_one_line():
    assert label("Reu\u200bters\u202e\n \x1b[31mnews ") == "Reuters [31mnews"


def test_a_label_keeps_the_joiners_that_persian_is_written_with():
    assert label("می\u200cخواهم") == "می\u200cخواهم"


def test_a_label_of_ten_thousand_characters_ends_in_an_ellipsis():
    cut = label("a" * 10_000)
    assert len(cut) == LABEL_LENGTH
    assert cut.endswith("a…")


@given(NASTY)
def test_plain_text_cannot_command_a_terminal(text):
    assert not set(plain(text)) & {"\x1b", "\r", "\0", "\x07", "\u202e", "\u2066"}


@pytest.mark.parametrize("url", ["https://example.org/a?b=1&c=2#d", "http://example.org", "HTTPS://EXAMPLE.org/ä"])
def test_a_web_address_is_kept(url):
    assert safe_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " https://example.org",
        "data:text/html,<script>",
        "//example.org",
        "/reader/1",
        "https://",
        "https://[bad",
        "https://example.org/\u202egpj.exe",
        "file:///etc/passwd",
        "vbscript:x",
    ],
)
def test_any_other_address_is_no_link(url):
    assert safe_address(url) is None


def test_every_class_of_the_page_is_known_to_the_sheet_or_the_script():
    ui = Path(__file__).resolve().parents[1] / "ui"
    named = {
        one
        for path in ui.glob("*.py")
        for classes in re.findall(r'class="([^"{}]+)"', path.read_text("utf-8"))
        for one in classes.split()
    }
    known = "".join(path.read_text("utf-8") for kind in ("*.css", "*.js") for path in ui.glob(kind))
    assert {one for one in named if not re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", known)} == set()
