"""Names and addresses that pretend: to be another's, to lie elsewhere, to lead elsewhere."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.addresses import web_address
from corpus.names import as_seen, visible
from tests.corpus_files import article

BODY = "The minister arrived in Baku on Tuesday. He met the president of the country."


@pytest.mark.parametrize(
    "pretender",
    [
        "R\u0435uters",  # a Cyrillic letter
        "Reut\u0435\u0433s".replace("\u0433", "r"),
        "\uff32\uff45\uff55\uff54\uff45\uff52\uff53",  # full width
        "\U0001d411\U0001d41e\U0001d42e\U0001d42d\U0001d41e\U0001d42b\U0001d42c",  # bold
        "Reu\u200bters",
        "Reu\u200dters\u3164",
        "\u202eReuters\u202c",
        "\u2067Reuters\u200f",
        "Reuters\U000e0041",
        "  Reuters\u115f ",
    ],
)
def test_an_outlet_that_looks_like_another_is_that_one(tmp_path: Path, pretender: str):
    found = article(tmp_path, f'---\ntitle: Talks\noutlet: "{pretender}"\nauthor: "{pretender}"\n---\n{BODY}', "a.md")
    assert (found.outlet, found.author) == ("Reuters", "Reuters")
    found = article(tmp_path, json.dumps({"title": "Talks", "body": BODY, "source": pretender}), "a.json")
    assert found.outlet == "Reuters"


@pytest.mark.parametrize(
    "name",
    [
        "Коммерсантъ",
        "Το Βήμα",
        "Jürgen Müller",
        "İlham Əliyev",
        "Azərbaycan",
        "日本経済新聞",
        "می\u200cخواهم",
        "μTorrent News",
        "АР",
        "الجزيرة",
        "Ынталы Қазақ",
    ],
)
def test_names_of_all_scripts_stay_as_they_are(name: str):
    assert as_seen(name) == unicodedata.normalize("NFC", name)


def test_a_word_of_two_alphabets_is_put_into_the_one_it_can_be_in():
    assert as_seen("K\u043emm\u0435rsant") == "Kommersant"
    assert (
        as_seen("\u041ao\u043cm\u0435\u0440c\u0430\u043d\u0442") == "\u041ao\u043cm\u0435\u0440c\u0430\u043d\u0442"
    )  # Latin "m" has no twin
    assert as_seen("\u041ao\u043c\u043c\u0435\u0440c\u0430\u043d\u0442") == "Коммерсант"


@given(st.text(max_size=60))
def test_what_is_seen_is_seen_at_once(name: str):
    assert as_seen(as_seen(name)) == as_seen(name)
    assert visible(visible(name)) == visible(name)
    assert unicodedata.is_normalized("NFC", as_seen(name))


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "C:\\Windows\\x", "..\\..\\x", "%2e%2e%2fx", "a\x00b"])
def test_what_a_file_says_of_itself_moves_nothing(tmp_path: Path, name: str):
    front = "".join(
        f"{key}: {json.dumps(name)}\n" for key in ("title", "outlet", "author", "url", "path", "id", "file")
    )
    plain = article(tmp_path, BODY, "a.md")
    found = article(tmp_path, f"---\n{front}---\n{BODY}", "a.md")
    assert (found.path, found.id, found.url) == ("a.md", plain.id, None)
    record = dict.fromkeys(("title", "outlet", "author", "url", "path", "id", "guid"), name)
    found = article(tmp_path, json.dumps([{**record, "body": BODY}]), "a.json")
    assert (found.path, found.url) == ("a.json", None)
    assert set(found.id) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://reut\u0435rs.com/a", "https://xn--reutrs-6of.com/a"),
        ("https://президент.рф/новости", "https://xn--d1abbgf6aiiy.xn--p1ai/новости"),
        ("https://reuters.com@evil.example/a", "https://evil.example/a"),
        ("https://reuters.com\\@evil.example/a", None),
        ("https://reuters.com\u2044a.evil.example/", "https://reuters.xn--coma-2g7a.evil.example/"),
        ("https://" + "a" * 300 + ".example/", None),
        ("https://\u202egro.srettuer/", "https://gro.srettuer/"),
        ("javascript:alert(1)", None),
        ("//evil.example/a", None),
    ],
)
def test_an_address_shows_the_host_it_leads_to(written: str, address: str | None):
    assert web_address(written) == address
