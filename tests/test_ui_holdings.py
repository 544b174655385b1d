from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Headline
from tests.fakes import by_month
from tests.page_text import parsed
from tests.strategies import NASTY
from ui.holdings import MOST_BARS, MOST_OUTLETS, ORDERS, chosen, counts
from ui.plot import plot_html


def headline(number, title="Title", outlet=None, author=None, published=None):
    origin = "meta" if published else "unknown"
    return Headline(
        id=str(number),
        title=title,
        outlet=outlet,
        author=author,
        published=published,
        published_origin=origin,
        path="p",
    )


DATES = st.none() | st.dates(date(1990, 1, 1), date(2030, 12, 31))
SHELVES = st.lists(
    st.tuples(st.sampled_from(["b", "A", "c"]), st.none() | st.sampled_from("vwxyz"), DATES), max_size=30
).map(lambda rows: [headline(number, title, outlet, None, day) for number, (title, outlet, day) in enumerate(rows)])


@given(SHELVES, st.sampled_from(ORDERS))
def test_every_order_holds_every_article_once(shelf, order):
    assert sorted(one.id for one in chosen(shelf, order=order)) == sorted(one.id for one in shelf)


@given(SHELVES)
def test_the_newest_come_first_and_the_undated_last(shelf):
    dates = [one.published for one in chosen(shelf)]
    dated = [day for day in dates if day]
    assert dates == sorted(dated, reverse=True) + [None] * (len(dates) - len(dated))


def test_every_word_must_stand_in_title_outlet_author_or_date():
    shelf = [
        headline(1, "Bridge opens", "The Example", "Anna Lund", date(2024, 5, 3)),
        headline(2, "Bridge closes", "The Other"),
    ]
    assert [one.id for one in chosen(shelf, text="bridge LUND")] == ["1"]
    assert [one.id for one in chosen(shelf, text="2024-05 example")] == ["1"]
    assert [one.id for one in chosen(shelf, text="bridge", outlet="The Other")] == ["2"]
    assert chosen(shelf, text="tunnel") == []


@given(SHELVES)
def test_every_dated_article_is_counted_in_one_bar(shelf):
    counted = counts(by_month(shelf))
    assert sum(bar.total for bar in counted.bars) == sum(one.published is not None for one in shelf)
    assert len([outlet for outlet in counted.outlets if outlet]) <= MOST_OUTLETS
    assert all(len(bar.by_outlet) == len(counted.outlets) for bar in counted.bars)


def test_months_without_articles_have_a_bar_of_nothing():
    counted = counts(by_month([headline(1, published=date(2024, 12, 5)), headline(2, published=date(2025, 2, 1))]))
    assert [(bar.name, bar.total) for bar in counted.bars] == [("Dec 2024", 1), ("Jan 2025", 0), ("Feb 2025", 1)]


def test_many_months_are_counted_by_year():
    counted = counts(by_month([headline(1, published=date(2015, 1, 5)), headline(2, published=date(2025, 2, 1))]))
    assert [bar.name for bar in counted.bars] == [str(year) for year in range(2015, 2026)]
    assert len(counted.bars) <= MOST_BARS


def test_the_plot_says_its_numbers_and_names_its_outlets():
    shelf = [
        headline(number, outlet=f"Outlet {number % 6}", published=date(2024, 1 + number % 3, 1)) for number in range(12)
    ]
    page = parsed(plot_html(counts(by_month(shelf))))
    assert ("aria-label", "Articles over time: Jan 2024 4, Feb 2024 4, Mar 2024 4") in page.attributes
    assert "others" in page.text
    assert page.tags.count("g") == 3


def test_nothing_is_drawn_where_nothing_is_dated():
    assert plot_html(counts(by_month([headline(1)]))) == ""


@given(NASTY.filter(str.strip))
def test_no_name_of_an_outlet_becomes_markup(outlet):
    shelf = [headline(1, outlet=outlet, published=date(2024, 1, 1))]
    page = parsed(plot_html(counts(by_month(shelf))))
    assert set(page.tags) <= {"figure", "svg", "g", "title", "rect", "div", "span", "ul", "li", "bdi"}
    assert {key for key, _ in page.attributes} <= {
        "class", "style", "viewbox", "role", "aria-label", "preserveaspectratio", "x", "y", "width", "height",
    }  # fmt: skip
