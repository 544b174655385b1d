"""Plain text and Markdown: what is read from them, and what is left alone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from corpus import Article, Failure, read, scan
from tests.corpus_files import article, reason

RUSSIAN = "Министр иностранных дел прибыл в Баку во вторник, сообщила его канцелярия. Он встретился с президентом."
BODY = (
    "Israel's foreign minister arrived in Baku on Tuesday, his office said. He met the president there.\n\n"
    "The talks lasted two hours and were about oil, according to two officials who asked not to be named."
)


def test_the_first_seed_states_author_and_outlet_and_no_title(seeds: Path):
    first, _ = [result for file in scan(seeds).files for result in read(file)]
    assert isinstance(first, Article)
    assert (first.author, first.outlet, first.published, first.published_origin) == (
        "Farid Isayev",
        "Haqqin.az",
        None,
        "unknown",
    )
    assert first.title.endswith("…")
    assert first.text.startswith(first.title.removesuffix("…"))
    assert first.text.endswith("the island state.")


def test_the_second_seed_has_a_headline_and_states_nothing_else(seeds: Path):
    _, second = [result for file in scan(seeds).files for result in read(file)]
    assert isinstance(second, Article)
    assert second.title == "Israel and Azerbaijan Tout Strategic Ties ahead of Embassy Opening in Tel Aviv"
    assert (second.outlet, second.author, second.published) == (None, None, None)
    assert second.text.startswith("On Wednesday, there was a meeting")
    assert second.text.endswith("a sign of real friendship.")


def test_front_matter_states_everything(tmp_path: Path):
    found = article(
        tmp_path,
        "---\ntitle: 'Oil: the talks'\nsource: Haqqin.az\nauthors: [Jane Doe, John Roe]\n"
        "published_at: 2023-05-03 10:00\n"
        f"link: https://Example.com/a?b=1#top\nlang: en-GB\ntags: [oil]\n---\n\n{BODY}\n",
    )
    assert found.title == "Oil: the talks"
    assert (found.outlet, found.author, found.language) == ("Haqqin.az", "Jane Doe, John Roe", "en")
    assert (found.published, found.published_origin) == (date(2023, 5, 3), "front-matter")
    assert found.url == "https://example.com/a?b=1"
    assert found.text == BODY


def test_front_matter_of_a_web_clipper_names_the_page_and_links_the_author(tmp_path: Path):
    block = 'source: "https://port.example/bridge"\nauthor:\n  - "[[Jane Doe]]"\n  - "[[people/roe|John Roe]]"'
    found = article(tmp_path, f"---\ntitle: Talks\n{block}\npublished: 2023-05-03\n---\n{BODY}", "a.md")
    assert (found.url, found.outlet, found.author) == ("https://port.example/bridge", None, "Jane Doe, John Roe")


def test_a_site_named_by_its_address_is_the_outlet_not_the_page(tmp_path: Path):
    found = article(tmp_path, f"---\ntitle: Talks\nsource: https://www.port.example/\n---\n{BODY}")
    assert (found.url, found.outlet) == (None, "port.example")


def test_front_matter_in_toml_states_the_same(tmp_path: Path):
    found = article(
        tmp_path,
        '+++\ntitle = "Oil: the talks"\nsource = \'Haqqin.az\'\nauthors = ["Jane Doe", "John Roe"]\n'
        f'date = 2023-05-03T10:00:00Z\nlink = "https://example.com/a"\n[params]\ndeep = 1\n+++\n\n{BODY}',
    )
    assert (found.title, found.outlet, found.author) == ("Oil: the talks", "Haqqin.az", "Jane Doe, John Roe")
    assert (found.published, found.published_origin) == (date(2023, 5, 3), "front-matter")
    assert (found.url, found.text) == ("https://example.com/a", BODY)


@pytest.mark.parametrize("block", ["title: no TOML", f"title = {'[' * 15_000}", f"title = {'[' * 400}", ""])
def test_plus_signs_without_toml_between_them_are_text(tmp_path: Path, block: str):
    assert f"{block}\n+++\n{BODY}" in article(tmp_path, f"+++\n{block}\n+++\n{BODY}").text


@pytest.mark.parametrize(
    "block",
    [
        "title: Talks: the oil\nauthor: Jane Doe",
        "title: Talks: the oil\nauthor: Jane Doe\n\ttabs: [",
        "author: Jane Doe\n? [\ntitle: Talks: the oil",
    ],
)
def test_front_matter_that_is_no_yaml_is_read_line_by_line(tmp_path: Path, block: str):
    found = article(tmp_path, f"---\n{block}\n---\n{BODY}")
    assert (found.title, found.author) == ("Talks: the oil", "Jane Doe")
    assert found.text == BODY


@pytest.mark.parametrize("outlet", ["source_name", "sitename", "site", "Source-Name"])
@pytest.mark.parametrize("author", ["creator", "by"])
@pytest.mark.parametrize("day", ["date_publish", "pub_date", "published_date", "publishedAt"])
def test_front_matter_and_json_know_the_same_names(tmp_path: Path, outlet: str, author: str, day: str):
    fields = {outlet: "Haqqin.az", author: "Jane Doe", day: "2023-05-03", "web_url": "https://example.com/a"}
    block = "".join(f"{name}: {value}\n" for name, value in fields.items())
    record = {name.replace("-", "_"): value for name, value in {**fields, "title": "Talks", "text": BODY}.items()}
    for content, name in ((f"---\ntitle: Talks\n{block}---\n{BODY}", "a.md"), (json.dumps(record), "a.json")):
        found = article(tmp_path, content, name)
        assert (found.title, found.outlet, found.author, found.url, found.published) == (
            "Talks", "Haqqin.az", "Jane Doe", "https://example.com/a", date(2023, 5, 3),
        )  # fmt: skip


@pytest.mark.parametrize(("name", "field"), [("writer", "author"), ("locale", "language"), ("site", "outlet")])
def test_a_name_that_says_less_gives_way_in_json(tmp_path: Path, name: str, field: str):
    record = {name: "de", field: "en", "title": "Talks", "text": BODY}
    assert getattr(article(tmp_path, json.dumps(record), "a.json"), field) == "en"
    del record[field]
    assert getattr(article(tmp_path, json.dumps(record), "a.json"), field) == "de"


def test_front_matter_never_closed_ends_where_its_fields_end(tmp_path: Path):
    found = article(tmp_path, f"---\ntitle: The oil talks\nauthor: Jane Doe\n\n{BODY}")
    assert (found.title, found.author, found.text) == ("The oil talks", "Jane Doe", BODY)


def test_a_rule_at_the_head_of_a_text_is_no_front_matter(tmp_path: Path):
    found = article(tmp_path, f"---\n{BODY}\n---\nAnd a second part that follows after the rule.")
    assert found.text.startswith("Israel's foreign minister")
    assert "second part" in found.text


def test_front_matter_runs_nothing_and_bombs_nothing(tmp_path: Path):
    marker = tmp_path / "ran"
    found = article(
        tmp_path, f"---\ntitle: !!python/object/apply:os.system ['touch {marker}']\nauthor: Jane Doe\n---\n{BODY}"
    )
    assert not marker.exists()
    assert found.author == "Jane Doe"
    laughs = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
    )
    assert article(tmp_path, f"---\n{laughs}title: A bomb\n---\n{BODY}").text == BODY
    assert "minister" in article(tmp_path, f"---\ntitle: {'[' * 15_000}\n---\n{BODY}").text


def test_front_matter_longer_than_any_is_text(tmp_path: Path):
    assert "title: Talks" in article(tmp_path, f"---\ntitle: Talks\nnote: {'word ' * 5_000}\n---\n{BODY}").text


def test_a_field_that_is_no_text_is_not_stated(tmp_path: Path):
    found = article(tmp_path, f'+++\ntitle = "Talks"\nauthor = 3.5\nsource = true\n+++\n{BODY}')
    assert (found.title, found.author, found.outlet, found.text) == ("Talks", None, None, BODY)


@pytest.mark.parametrize(
    ("stated", "code"), [("eng", "en"), ("en_GB", "en"), ("GER", "de"), ("xx", None), ("English", None)]
)
def test_a_language_is_kept_as_its_code(tmp_path: Path, stated: str, code: str | None):
    assert article(tmp_path, f"---\ntitle: Talks\nlang: {stated}\n---\n{BODY}").language == code


def test_empty_fields_are_not_stated(tmp_path: Path):
    found = article(
        tmp_path, f"---\ntitle: The talks\nauthor:\nsource: null\ndate: n/a\nurl: not an address\n---\n{BODY}"
    )
    assert (found.author, found.outlet, found.published, found.url) == (None, None, None, None)


def test_plain_fields_at_the_head_are_front_matter_too(tmp_path: Path):
    found = article(tmp_path, f"Title: The talks\nSource: Reuters\nDate: 3 May 2023\n\n{BODY}")
    assert (found.title, found.outlet, found.published) == ("The talks", "Reuters", date(2023, 5, 3))
    assert found.text == BODY


def test_plain_fields_may_stand_among_short_ones_of_other_names(tmp_path: Path):
    found = article(tmp_path, f"Headline: The talks\nByline: Jane Doe\nSection: News\nLength: 450 words\n\n{BODY}")
    assert (found.title, found.author, found.text) == ("The talks", "Jane Doe", BODY)
    for head in (
        "Title: The talks\nOil: what we know\n",
        "Title: The talks\nSource: Reuters\nWhat we know: the talks were long and about oil and gas, officials said\n",
    ):
        assert article(tmp_path, f"{head}\n{BODY}").text.endswith(f"{head.splitlines()[-1]}\n\n{BODY}")


@pytest.mark.parametrize(
    "headline",
    [
        "Minister Visits Baku for Talks on Oil",
        "Will Israel buy more oil?",
        "Oil talks begin in the U.S.",
        "Oil: what we know",
        "阿塞拜疆外长访问以色列",
    ],
)
def test_a_first_line_like_a_headline_is_the_title(tmp_path: Path, headline: str):
    found = article(tmp_path, f"{headline}\n\n{BODY}")
    assert (found.title, found.text) == (headline, BODY)


@pytest.mark.parametrize(
    "first",
    [
        "The minister went to Baku.",
        "He said: “We will buy more oil.”",
        "The talks began. They went on for long",
        "and so it went on",
        " ".join(["word"] * 40),
    ],
)
def test_a_first_line_like_a_sentence_is_text_and_its_words_stand_in(tmp_path: Path, first: str):
    found = article(tmp_path, f"{first}\n\n{BODY}")
    assert found.text == f"{first}\n\n{BODY}"
    assert found.title.endswith("…")
    assert first.startswith(found.title.removesuffix("…"))


def test_a_single_line_is_text_and_title_both(tmp_path: Path):
    found = article(tmp_path, "Minister Visits Baku\n")
    assert (found.title, found.text) == ("Minister Visits Baku…", "Minister Visits Baku")


@pytest.mark.parametrize(
    ("line", "author", "outlet", "day"),
    [
        ("By Jane Doe", "Jane Doe", None, None),
        ("By JANE DOE and John van der Roe, Reuters", "JANE DOE, John van der Roe", "Reuters", None),
        (
            "By Dana A. Ford, James S.A. Corey, and Tom Watkins, CNN",
            "Dana A. Ford, James S.A. Corey, Tom Watkins",
            "CNN",
            None,
        ),
        ("By Jane Doe | March 29, 2023", "Jane Doe", None, date(2023, 3, 29)),
        ("By Reuters Staff", None, "Reuters", None),
        ("Jane Doe, Reuters", "Jane Doe", "Reuters", None),
        ("Jane Doe, Senior Correspondent", "Jane Doe", None, None),
        ("Jane Doe, 3 May 2023", "Jane Doe", None, date(2023, 5, 3)),
        ("Jane Doe | Port Daily | 3 May 2023", "Jane Doe", "Port Daily", date(2023, 5, 3)),
        ("Jane Doe - Port Daily - 3 May 2023", "Jane Doe", "Port Daily", date(2023, 5, 3)),
        ("Jane Doe, Norland correspondent, Port Daily", "Jane Doe", "Port Daily", None),
        ("By Jane Doe, 3 May 2023, Port Daily", "Jane Doe", "Port Daily", date(2023, 5, 3)),
        ("By Jane Doe, jane@port.example, Port Daily", "Jane Doe", "Port Daily", None),
        ("BY JANE DOE AND JOHN ROE", "JANE DOE, JOHN ROE", None, None),
        ("By Jane Doe in London and John Roe in Paris", "Jane Doe, John Roe", None, None),
        ("By Jane Doe in Bosnia and Herzegovina", "Jane Doe", None, None),
        ("Port Daily, 3 May 2023", None, "Port Daily", date(2023, 5, 3)),
        ("Jane O'Neil-Doe", "Jane O'Neil-Doe", None, None),
        ("March 29, 2023", None, None, date(2023, 3, 29)),
        ("Published: 3 May 2023, 10:15 GMT", None, None, date(2023, 5, 3)),
        ("Wednesday, 29 March 2023", None, None, date(2023, 3, 29)),
        ("29 марта 2023", None, None, date(2023, 3, 29)),
        ("2023年11月17日", None, None, date(2023, 11, 17)),
        ("The Guardian\n\n6 November 2026", None, "The Guardian", date(2026, 11, 6)),
        ("Reuters\nNov 6, 2026", None, "Reuters", date(2026, 11, 6)),
        ("By Jane Doe\nBBC News\n6 November 2026", "Jane Doe", "BBC News", date(2026, 11, 6)),
        ("Evening Dispatch\nBy Jane Doe\n6 November 2026", "Jane Doe", "Evening Dispatch", date(2026, 11, 6)),
        ("Jane Doe\nVell Echo\n6 November 2026", "Jane Doe", "Vell Echo", date(2026, 11, 6)),
        ("World News\n6 November 2026", None, None, date(2026, 11, 6)),
        ("The Capital Post\n6 November 2026", None, "The Capital Post", date(2026, 11, 6)),
        ("Film Review\nBy Jane Doe", "Jane Doe", None, None),
        ("Politics\nBy Jane Doe", "Jane Doe", None, None),
    ],
)
def test_bylines_and_dates_below_the_headline_are_read_and_leave_the_text(
    tmp_path: Path, line: str, author: str | None, outlet: str | None, day: date | None
):
    found = article(tmp_path, f"Minister Visits the Capital\n{line}\n\n{BODY}")
    assert (found.title, found.author, found.outlet, found.published) == (
        "Minister Visits the Capital",
        author,
        outlet,
        day,
    )
    assert found.published_origin == ("byline" if day else "unknown")
    assert found.text == BODY


@pytest.mark.parametrize(
    "top",
    [
        "Timeline\n3 May 2024\nThe crane came.\n6 May 2024\nIt fell.",
        "Vell\nIt was a long day.",
        "What the minister said about the harbour\n6 May 2024",
    ],
)
def test_heading_of_the_text_is_no_outlet_or_section_over_it(tmp_path: Path, top: str):
    found = article(tmp_path, f"Minister Visits the Capital\n{top}\n\n{BODY}")
    assert (found.outlet, found.published, found.text) == (None, None, f"{top}\n\n{BODY}")


@pytest.mark.parametrize(
    "line",
    [
        "Baku, Azerbaijan",
        "The relationship",
        "Tel Aviv",
        "Middle East",
        "By the end of the year",
        "By 3 May 2023",
        "Updated: 5 May 2023 was a warm day",
        "Two hours of talks",
        "Ilham Aliyev",
    ],
)
def test_other_short_lines_below_the_headline_stay(tmp_path: Path, line: str):
    found = article(tmp_path, f"Minister Visits the Capital\n{line}\n\n{BODY} Aliyev spoke in Tel Aviv.")
    assert found.author is None
    assert found.text.startswith(line)


def test_a_time_of_update_is_not_the_day_of_publication(tmp_path: Path):
    found = article(tmp_path, f"Minister Visits the Capital\nUpdated: 5 May 2023\n\n{BODY}")
    assert (found.published, found.text) == (None, BODY)


def test_an_ambiguous_date_is_unknown(tmp_path: Path):
    assert article(tmp_path, f"---\ntitle: Talks\ndate: 03/04/2023\n---\n{BODY}").published is None
    assert article(tmp_path, f"---\ntitle: Talks\ndate: 03/04/2023\nlang: en-GB\n---\n{BODY}").published == date(
        2023, 4, 3
    )
    assert article(tmp_path, f"---\ntitle: Talks\ndate: 03/14/2023\n---\n{BODY}").published == date(2023, 3, 14)


def test_a_dateline_stays_in_the_text_and_dates_the_article(tmp_path: Path):
    body = f"BAKU, March 29, 2023 (Reuters) — {BODY}"
    found = article(tmp_path, f"Minister Visits the Capital\n\n{body}")
    assert (found.text, found.published, found.published_origin) == (body, date(2023, 3, 29), "byline")


def test_a_date_in_the_file_name_is_the_last_resort(tmp_path: Path):
    found = article(tmp_path, BODY, "2023-05-03-talks.txt")
    assert (found.published, found.published_origin) == (date(2023, 5, 3), "file-name")
    assert article(tmp_path, BODY, "article-20231345.txt").published is None
    assert article(tmp_path, f"Talks in Baku\n1 May 2023\n\n{BODY}", "2023-05-03.txt").published == date(2023, 5, 1)


@pytest.mark.parametrize(
    ("credit", "author", "outlet", "url"),
    [
        ("Translated from Haqqin.az", None, "Haqqin.az", None),
        ("Source: Israel Today", None, "Israel Today", None),
        ("Originally published by The Jerusalem Post.", None, "The Jerusalem Post", None),
        ("This article was originally published in Le Monde on 3 May 2023.", None, "Le Monde", None),
        ("Source: https://example.com/a", None, None, "https://example.com/a"),
        ("Translated from the Hebrew by Ann Other", None, None, None),
        ("Translated by Ann Other", None, None, None),
        ("(Reporting by Jane Doe in Jerusalem; Editing by John Roe)", "Jane Doe", None, None),
        (
            "(Reporting by Jane Doe in Oslo and John Roe in Baku; Editing by Ann Other)",
            "Jane Doe, John Roe",
            None,
            None,
        ),
        ("(Writing by John Roe; Editing by Ann Other)", None, None, None),
        ("Additional reporting by John Roe", None, None, None),
        ("— Jane Doe", "Jane Doe", None, None),
        ("Jane Doe", "Jane Doe", None, None),
        ("Jane Doe\nTranslated from Haqqin.az", "Jane Doe", "Haqqin.az", None),
    ],
)
def test_credits_under_the_text_are_read_and_leave_it(
    tmp_path: Path, credit: str, author: str | None, outlet: str | None, url: str | None
):
    found = article(tmp_path, f"{BODY}\n{credit}\n")
    assert (found.author, found.outlet, found.url) == (author, outlet, url)
    assert found.text == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Foreign Minister",
        "Eli Cohen",
        "Ada Moss, Press Secretary",
        "Officials",
        "It was a long day",
        "Nobody Answered.",
    ],
)
def test_a_last_line_that_may_be_anything_stays(tmp_path: Path, line: str):
    found = article(tmp_path, f"{BODY} Cohen left.\n{line}")
    assert found.author is None
    assert found.text.endswith(line)


@pytest.mark.parametrize(
    "line",
    ["Skip to content", "Share this", "Read more", "Advertisement", "Sign up for our newsletter",
     "© 2023 Example Ltd. All rights reserved.", "Facebook | Twitter | Email",
     "Related articles", "* * *", "(END)"],
)  # fmt: skip
def test_furniture_at_the_end_goes(tmp_path: Path, line: str):
    assert article(tmp_path, f"{BODY}\n\n{line}\n").text == BODY


@pytest.mark.parametrize("line", ["Skip to main content", "Advertisement", "Share", "3 min read", "Menu"])
def test_furniture_at_the_head_goes(tmp_path: Path, line: str):
    found = article(tmp_path, f"{line}\n\nMinister Visits the Capital\n{line}\n{BODY}")
    assert (found.title, found.text) == ("Minister Visits the Capital", BODY)


@pytest.mark.parametrize(
    "headline",
    ["Sign up rates for Obamacare surge", "Read more books, scientists urge", "Share prices fall in Tel Aviv"],
)
def test_headlines_that_begin_like_furniture_are_headlines(tmp_path: Path, headline: str):
    assert article(tmp_path, f"{headline}\n\n{BODY}").title == headline


def test_a_text_of_nothing_but_furniture_keeps_its_words(tmp_path: Path):
    assert "Read more" in article(tmp_path, "Read more\nShare this\n").text


def test_a_text_of_nothing_but_bylines_keeps_its_words(tmp_path: Path):
    assert article(tmp_path, "By Jane Doe\n\n" + "Translated from Haqqin.az\n" * 12).text.startswith("By Jane Doe")


def test_a_date_under_the_text_dates_it(tmp_path: Path):
    found = article(tmp_path, f"{BODY}\n\n3 May 2023\n")
    assert (found.published, found.text) == (date(2023, 5, 3), BODY)


def test_the_rows_of_a_table_stay_apart_among_hard_wrapped_lines_and_alone(tmp_path: Path):
    seats = {"Centre Party": "34", "Left Alliance": "20", "Greens of the North": "9", "Coast List": "1"}
    table = "\n".join(f"{party:<22}{number:>14}            +{number}" for party, number in seats.items())
    wrapped = (
        "The vote was held on Sunday, a week after it had\nbeen called off for the storm that closed all the\n"
        "roads of the north and the harbour of the capital\nin the south of it."
    )
    assert article(tmp_path, f"Seats in parliament\n\nThe vote was held.\n\n{table}", "a.txt").text.endswith(table)
    found = article(tmp_path, f"{wrapped}\n\n{table}", "b.txt").text
    assert found == " ".join(wrapped.split("\n")) + f"\n\n{table}"


def test_hard_wrapped_lines_become_paragraphs(tmp_path: Path):
    wrapped = (
        "Minister Visits the Capital\n\n"
        "The foreign minister of Israel arrived in Baku on Tuesday for talks\n"
        "with the president about oil and gas, his office said in a state-\n"
        "ment that was published on Monday evening. Officials had expected\n"
        "him a week later.\n\n"
        "The talks lasted for more than two hours, according to two officials\n"
        "who asked not to be named because they may not speak to reporters.\n"
    )
    found = article(tmp_path, wrapped)
    assert found.title == "Minister Visits the Capital"
    assert found.text.count("\n") == 2
    assert "in a statement that was published" in found.text


def test_line_ends_and_normal_forms_are_one(tmp_path: Path):
    found = article(
        tmp_path,
        "Cafe\u0301 Opens in Baku\r\n\r\nFirst line of it, which is longer.\r\rSecond\u2028third.  \n\n\n\nLast.",
    )
    assert found.title == "Café Opens in Baku"
    assert found.text == "First line of it, which is longer.\n\nSecond\nthird.\n\nLast."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)  # fmt: skip
def test_encodings_are_told_apart(tmp_path: Path, encoding: str):
    body = "Der Außenminister besuchte „Baku“ – für zwei Tage. " * 4
    assert article(tmp_path, f"Außenminister in Baku\n\n{body}".encode(encoding)).text == body.strip()


@pytest.mark.parametrize(
    ("encodings", "body"),
    [
        (("cp1254", "iso8859-9"), "Köprü cuma günü açıldı. Belediye başkanı Şükrü Işık, Müller'e geçtiğini söyledi."),
        (("cp1250", "iso8859-2"), "Most byl otevřen v pátek. Stál 210 milionů korun, řekl starosta Plzně Jiří Dvořák."),
        (
            ("cp1250", "iso8859-2"),
            "Most został otwarty w piątek, powiedział Stanisław Wójcik, żądając więcej pieniędzy.",
        ),
        (("cp1257",), "Tiltas atidarytas penktadienį. Jis kainavo 210 milijonų kronų, žadėjo meras Šarūnas Ąžuolas."),
        (("iso8859-15",), "Le pont a coûté 5 € par tête, un chef-d'œuvre. À l'été, la fête durera jusqu'à L'Haÿ."),
    ],
)
def test_a_language_with_letters_of_its_own_tells_the_encoding(tmp_path: Path, encodings: tuple[str, ...], body: str):
    assert [article(tmp_path, body.encode(encoding)).text for encoding in encodings] == [body] * len(encodings)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        (
            "cp1251",
            RUSSIAN,
        ),
        (
            "koi8_r",
            RUSSIAN,
        ),
        ("gb18030", "香港行政长官梁振英在各方压力下就其大宅的违章建筑问题到立法会接受质询，并向香港民众道歉。"),
        ("shift_jis", "米朝首脳直通電話をめぐり、関係者は月曜日に東京で会談した。会談は二時間に及んだという。"),
    ],
)
def test_legacy_encodings_never_become_mojibake(tmp_path: Path, encoding: str, body: str):
    assert article(tmp_path, (body * 3).encode(encoding)).text == body * 3


@pytest.mark.slow
def test_bytes_that_break_a_long_legacy_text_far_behind_are_marked(tmp_path: Path):
    body = "香港行政长官梁振英在各方压力下就其大宅的违章建筑问题到立法会接受质询，并向香港民众道歉。" * 6_100
    found = article(tmp_path, body.encode("gb18030") + b"\xff End.")
    assert found.text.startswith(body)
    assert found.text.endswith("� End.")


def test_a_stray_byte_does_not_spoil_a_utf8_text(tmp_path: Path):
    body = "Şəhərdə görüş — “Bakı” haqqında danışıqlar iki saat çəkdi. "
    found = article(tmp_path, (body * 3).encode() + b"It\x92s late.")
    assert found.text == body * 3 + "It’s late."


def test_surrogates_zero_bytes_and_hidden_characters_are_cleaned_out(tmp_path: Path):
    found = article(tmp_path, f"{BODY}\x00\u200b\u202e\u00ad End.".encode() + b"\xed\xa0\x80")
    assert found.text.startswith(BODY + " End.")
    assert not any(
        0xD800 <= ord(character) <= 0xDFFF or character in "\x00\u200b\u202e\u00ad" for character in found.text
    )


def test_a_title_of_ten_thousand_characters_is_cut_at_a_word(tmp_path: Path):
    found = article(tmp_path, f"---\ntitle: {'word ' * 2000}\n---\n{BODY}")
    assert len(found.title) <= 300
    assert found.title.endswith("word…")


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"", "empty"),
        (b" \n\t\n", "no text"),
        (b"...\n---\n!!!", "no text"),
        (b"\xef\xbb\xbf", "no text"),
        (b"%PDF-1.7 binary", "PDF"),
        (b"PK\x03\x04rest of it", "ZIP"),
        (b"\x89PNG\r\n\x1a\n0000", "picture"),
        (bytes(range(256)) * 40, "binary"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" * 100, "binary"),
    ],
)
def test_files_without_a_text_say_why(tmp_path: Path, content: bytes, because: str):
    assert because in reason(tmp_path, content)


def test_a_file_over_the_limit_names_its_size_and_what_to_do(tmp_path: Path):
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(51_000_000)
    (file,) = scan(tmp_path).files
    (result,) = read(file)
    assert isinstance(result, Failure)
    assert "51 MB" in result.reason
    assert "split" in result.reason


def test_markdown_becomes_words(tmp_path: Path):
    found = article(
        tmp_path,
        "# Oil *talks* in [Baku](https://example.com)\n\nBy Jane Doe\n\nThe **minister** said he'd buy `more` oil,\n"
        "and [officials](https://example.com/x 'title') agreed.\n\n![A photo](x.jpg)\n\n## Why it matters\n\n"
        "- First point\n- Second\n  point\n\n"
        "> A quotation.\n\n```\nset in type\n```\n\n"
        "<div>Raw words</div>\n\n<script>alert(1)</script>\n\nLast <b>line</b> &amp; end.\n",
        "a.md",
    )
    assert (found.title, found.author) == ("Oil talks in Baku", "Jane Doe")
    assert found.text.split("\n\n") == [
        "The minister said he'd buy more oil, and officials agreed.",
        "Why it matters",
        "First point",
        "Second point",
        "A quotation.",
        "set in type",
        "Raw words",
        "Last line & end.",
    ]


def test_a_row_of_a_markdown_table_is_a_line_and_a_break_parts_words(tmp_path: Path):
    table = "| Party | 2019 | 2023 |\n|---|---|---|\n| *Centre* | 34 | 34 |\n| Left | | 12 |\n| | | Total |\n"
    found = article(tmp_path, f"{BODY}\n\n{table}\nBy road<br>and by sea.\n\n<div>Tom &amp; Ann</div>\n", "a.md")
    assert found.text.removeprefix(BODY).strip().split("\n\n") == [
        "Party | 2019 | 2023",
        "Centre | 34 | 34",
        "Left | | 12",
        "Total",
        "By road\nand by sea.",
        "Tom & Ann",
    ]


def test_what_is_struck_out_is_no_text_in_any_mark_up(tmp_path: Path):
    said = "The bridge cost {} kroner, the ministry said on Friday, and it was opened by the king in the rain."
    struck = f"<p>{said.format('<del>180</del><ins>210</ins>')}</p><p>{said.format('<s>30</s>90')}</p>"
    page = f"<html><head><title>Bridge opens</title></head><body><article>{struck * 2}</article></body></html>"
    record = json.dumps({"title": "Bridge opens", "content": struck})
    for content, name in ((said.format("~~180~~210"), "a.md"), (page, "a.html"), (record, "a.json")):
        text = article(tmp_path, content, name).text
        assert said.format("210") in text
        assert "180" not in text
        assert "30" not in text


def test_more_links_than_any_article_has_are_left_as_written(tmp_path: Path):
    few, many = (article(tmp_path, f"{BODY}\n\n" + "[a](b) " * number, "a.md").text for number in (100, 6_000))
    assert few.endswith("a a a")
    assert many.endswith("[a](b) [a](b)")
    assert many.startswith(BODY)


def test_markdown_with_front_matter_drops_a_heading_that_repeats_the_title(tmp_path: Path):
    found = article(tmp_path, f"---\ntitle: Oil talks\n---\n# Oil Talks\n\n{BODY}", "a.markdown")
    assert (found.title, found.text) == ("Oil talks", BODY)


def test_markdown_of_a_heading_alone_keeps_it_as_text(tmp_path: Path):
    found = article(tmp_path, "# Oil talks in Baku", "a.md")
    assert found.text == "Oil talks in Baku"


def test_the_id_is_of_the_url_else_of_the_path(tmp_path: Path):
    one = article(tmp_path, f"---\nurl: https://example.com/a\n---\n{BODY}", "one.txt")
    two = article(tmp_path, f"---\nurl: https://example.com/a#part\n---\n{BODY} And more.", "two.txt")
    assert one.id == two.id
    assert article(tmp_path, BODY, "three.txt").id != article(tmp_path, BODY, "four.txt").id
    assert article(tmp_path, BODY, "three.txt").id == article(tmp_path, BODY + " Edited.", "three.txt").id
