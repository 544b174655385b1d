"""Dates: what names a day for certain, and what does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.dates import NEWEST_YEAR, OLDEST_YEAR, Dated, read_date_line, read_dateline, read_file_name, read_stamp

MAY_3 = date(2023, 5, 3)


@pytest.mark.parametrize(
    "value",
    [
        "2023-05-03",
        "2023-05-03T23:59:59Z",
        "2023-05-03T00:10:00+04:00",
        "2023-05-03 10:00",
        "2023/05/03",
        "2023.5.3",
        "20230503",
        "20230503T101112Z",
        "20230503T055000+0900",
        "20230503101112",
        20230503,
        "Wed, 03 May 2023 10:00:00 GMT",
        "Wed, 03 May 23 10:00:00 GMT",
        "Wednesday, 03-May-23 10:00:00 GMT",
        "3 May 2023",
        "3rd of May 2023",
        "May 3, 2023",
        "May 3rd 2023",
        "Sept. 3, 2023".replace("Sept.", "May"),
        "WED MAY 03 10:00:00 2023",
        "Wed May 03 2023 10:00:00 GMT+0100 (CET)",
        1683108000,
        1683108000.5,
        "1683108000",
        1683108000000,
        "1683108000000",
        1683108000000000,
        "13/05/2023".replace("13/05", "05/03"),
        "3 mai 2023",
        "3 мая 2023 г.",
        "3 de mayo de 2023",
        "2023年5月3日",
        "2023년 5월 3일",
        date(2023, 5, 3),
    ],
)
def test_a_stamp_names_its_day(value: object):
    assert read_stamp(value, locale="en-US" if value == "05/03/2023" else None) == MAY_3


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "",
        "yesterday",
        "3 hours ago",
        "May 2023",
        "2023",
        2023,
        0,
        -1,
        5,
        "1970-01-01T00:00:00Z",
        "1970-01-01 00:00:00",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "03/04/2023",
        "3/4/2023",
        "99999999",
        "2023-13-45",
        "30 February 2023",
        "9999-12-31",
        "0001-01-01",
        "1799-12-31",
        "2100-01-01",
        "1 May 2023 and 2 May 2024",
        [],
        {},
        "x" * 1000,
        float("inf"),
        float("nan"),
        "Room 12, floor 3, since 2019",
        "1-2-3",
        "10:20:30",
        "2 of 3 in 2023",
        "03 May 23 10:00",
        "Wed, 03 May 23",
    ],
)
def test_what_names_no_day_for_certain_names_none(value: object):
    assert read_stamp(value) is None


def test_words_of_another_language_between_numbers_are_no_month():
    assert read_stamp("29 марта 2023 года", locale="ru") == date(2023, 3, 29)
    assert read_stamp("29 столов 2023 года", locale="ru") is None


def test_two_digits_of_a_year_are_of_the_last_century_from_50_on():
    days = [read_stamp(f"Mon, 03 May {digits} 10:00 GMT") for digits in ("00", "49", "50", "99")]
    assert days == [date(year, 5, 3) for year in (2000, 2049, 1950, 1999)]


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("03/04/2023", "en-GB", date(2023, 4, 3)),
        ("03/04/2023", "en_US", date(2023, 3, 4)),
        ("03/04/2023", "fr", date(2023, 4, 3)),
        ("03.04.2023", "de-DE", date(2023, 4, 3)),
        ("03/04/2023", "en", None),
        ("03/04/2023", "zh", None),
        ("03/03/2023", None, date(2023, 3, 3)),
        ("25/04/2023", None, date(2023, 4, 25)),
        ("04/25/2023", None, date(2023, 4, 25)),
    ],
)
def test_an_ambiguous_day_is_known_only_where_the_custom_is_plain(text: str, locale: str | None, day: date | None):
    assert read_stamp(text, locale=locale) == day


@pytest.mark.parametrize(
    "line",
    [
        "Published: 3 May 2023",
        "Published on May 3, 2023 at 10:15 am",
        "Posted 3 May 2023",
        "Wednesday, May 3, 2023",
        "Wed 3 May 2023 10:15 GMT",
        "3 May 2023, 10:15",
        "Date: 2023-05-03",
        "May 3, 2023 | 10:15",
        "First published 3 May 2023, updated 5 May 2023",
        "(3 May 2023)",
        "Published Wednesday, May 3, 2023 2:30 p.m. ET",
        "10:15, 3 May 2023",
    ],
)
def test_a_line_of_nothing_but_a_date_is_one(line: str):
    found = read_date_line(line)
    assert found is not None
    assert found.day == MAY_3


@pytest.mark.parametrize(
    "line", ["Updated: 3 May 2023", "Last updated on May 3, 2023", "Last modified 2023-05-03 10:00"]
)
def test_an_update_is_a_date_line_without_a_day(line: str):
    found = read_date_line(line)
    assert found is not None
    assert found.day is None


@pytest.mark.parametrize(
    "line",
    [
        "On 3 May 2023 he left",
        "May 3, 2023 was a warm day",
        "The war of 2020",
        "Copyright 2023",
        "3 May",
        "Published by Reuters",
        "",
        "2023-05-03 Baku talks",
        "From 1 May 2023 to 3 May 2023",
    ],
)
def test_a_line_that_says_more_is_no_date_line(line: str):
    assert read_date_line(line) is None


def test_a_dateline_is_read_at_the_head_only():
    assert read_dateline("BAKU, May 3, 2023 (Reuters) - The minister left.") == MAY_3
    assert read_dateline("TEL AVIV, Israel, May 3, 2023 /PRNewswire/ -- The minister left.") == MAY_3
    assert read_dateline("The minister left Baku on May 3, 2023 - a day late.") is None
    assert read_dateline("BAKU (Reuters) - The minister left on May 3, 2023 - a day late.") is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2023-05-03-talks.txt", MAY_3),
        ("news/talks_2023_05_03.html", MAY_3),
        ("20230503.txt", MAY_3),
        ("a-20230503-b.txt", MAY_3),
        ("2023-05-03_to_2023-05-04.txt", None),
        ("talks-2023.txt", None),
        ("000_a8dd4dc0041b2712.txt", None),
        ("12345678.txt", None),
        ("1202305031.txt", None),
        ("2023-05-03/talks.txt", None),
        ("2023-02-30.txt", None),
    ],
)
def test_a_file_name_dates_only_with_a_whole_date(name: str, day: date | None):
    assert read_file_name(name) == Dated(day, "file-name" if day else "unknown")


@given(
    st.dates(date(OLDEST_YEAR, 1, 1), date(NEWEST_YEAR, 12, 31)).filter(lambda day: day != date(1970, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y %H:%M:%S +0000"]),
)
def test_a_date_comes_back_as_it_was_written(day: date, pattern: str):
    assert read_stamp(day.strftime(pattern)) == day


@given(
    st.one_of(
        st.text(max_size=120),
        st.integers(),
        st.integers().map(lambda number: number * 10**400),
        st.floats(),
        st.decimals(),
        st.none(),
        st.binary(),
        st.lists(st.integers()),
    )
)
@example(Decimal("sNaN"))
@example(10**5000)
def test_no_value_breaks_the_reading_of_dates(value: object):
    found = read_stamp(value)
    assert found is None or OLDEST_YEAR <= found.year <= NEWEST_YEAR
