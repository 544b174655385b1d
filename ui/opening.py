"""What the page shows before the first question: what there is to ask about, and how to narrow it."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence

from assistant.wording import day
from index import Coverage, MonthlyCount, NewsIndex
from index.errors import FootnoteIndexError, IndexMissing
from ui import words
from ui.holdings import counts
from ui.markup import label, prose, short_name
from ui.plot import plot_html
from ui.render import question_button


def opening_html(news_index: NewsIndex, questions: Sequence[str] = ()) -> str:
    """Return the opening: one line on the articles, a small bar a month, up to three questions."""
    try:
        coverage = news_index.coverage()
        monthly = news_index.monthly_counts()
    except IndexMissing:
        return _empty()
    except FootnoteIndexError as error:
        return f'<section class="opening"><p role="alert">{prose(str(error))}</p></section>'
    if not coverage.articles:
        return _empty()
    items = "".join(f"<li>{question_button(question)}</li>" for question in questions[:3])
    asking = ""
    if items:
        asking = f'<p class="over">{words.TRY_ASKING}</p><ul class="next">{items}</ul>'
    plotted = counts(monthly)
    small = plot_html(plotted, height=36, by_outlet=False) if len(plotted.bars) > 1 else ""
    return (
        f'<section class="opening"><h2>{words.OPENING}</h2><p class="holds">{coverage_line(coverage, monthly)}</p>'
        f"{small}{asking}</section>"
    )


def _empty() -> str:
    offer = f'<button type="button" class="question" data-view="shelf">{words.ADD}</button>'
    return (
        f'<section class="opening"><h2>{words.EMPTY_INDEX}</h2><p class="holds">{words.EMPTY_INDEX_HELP}</p>'
        f"{offer}</section>"
    )


def coverage_line(coverage: Coverage, monthly: Sequence[MonthlyCount]) -> str:
    """Return one line of HTML: how many articles, from which outlets above all, from when to when."""
    parts = [
        words.ARTICLES_ONE if coverage.articles == 1 else words.ARTICLES_MANY.format(count=f"{coverage.articles:,}")
    ]
    if coverage.outlets:
        number = Counter[str | None]()
        for one in monthly:
            number[one.outlet] += one.articles
        shown = [short_name(outlet) for outlet in sorted(coverage.outlets, key=lambda one: (-number[one], one))[:3]]
        more = len(coverage.outlets) - len(shown)
        others = words.AND_MORE.format(count=more) if more else ""
        parts.append("; ".join(shown) + others)
    if coverage.oldest and coverage.newest:
        oldest, newest = day(coverage.oldest), day(coverage.newest)
        parts.append(newest if oldest == newest else words.FROM_TO.format(oldest=oldest, newest=newest))
    if coverage.undated:
        some = words.UNDATED_COUNT.format(count=f"{coverage.undated:,}")
        parts.append(some if coverage.undated < coverage.articles else words.UNDATED)
    return " · ".join(parts)


def filters_html(news_index: NewsIndex) -> str:
    """Return the controls that narrow a question: one outlet, and dates; nothing where there is no index."""
    try:
        coverage = news_index.coverage()
    except FootnoteIndexError:
        return ""
    if not coverage.articles:
        return ""
    options = "".join(
        f'<option value="{html.escape(outlet)}">{html.escape(label(outlet))}</option>' for outlet in coverage.outlets
    )
    dates = (
        "".join(
            f'<label>{title} <input type="date" name="{field}"></label>'
            for field, title in (("since", words.SINCE), ("until", words.UNTIL))
        )
        if coverage.oldest
        else ""
    )
    return (
        f'<details class="narrow"><summary>{words.FILTERS}<span class="active"></span></summary><form>'
        f'<label>{words.OUTLET} <select name="outlet"><option value="">{words.ALL_OUTLETS}</option>{options}</select>'
        "</label>"
        f'{dates}<button type="reset" class="plain">{words.CLEAR}</button></form></details>'
    )
