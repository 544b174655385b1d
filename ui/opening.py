"""What the page shows before the first question: what there is to ask about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from index.errors import FootnoteIndexError
from ui import words
from ui.markup import name, prose
from ui.reader import day
from ui.render import question_button


def opening_html(news_index: Any, suggest: Callable[[], Sequence[str]]) -> str:
    """Return the opening: one line on the articles, and questions they can answer."""
    try:
        coverage = news_index.coverage()
    except FootnoteIndexError as error:
        return f'<section class="opening"><p>{prose(str(error))}</p></section>'
    if not coverage.articles:
        return f'<section class="opening"><h1>{words.EMPTY_INDEX}</h1><p>{words.EMPTY_INDEX_HELP}</p></section>'
    questions = [question for question in suggest() if question.strip()][:3]
    asking = ""
    if questions:
        items = "".join(f"<li>{question_button(question)}</li>" for question in questions)
        asking = f'<p class="over">{words.TRY_ASKING}</p><ul class="next">{items}</ul>'
    holds = f'<p class="holds">{coverage_line(coverage)}</p>'
    return f'<section class="opening"><h1>{words.OPENING}</h1>{holds}{asking}</section>'


def coverage_line(coverage: Any) -> str:
    """Return one line of HTML: how many articles, from which outlets, from when to when."""
    count = words.ARTICLES_ONE if coverage.articles == 1 else words.ARTICLES_MANY.format(count=f"{coverage.articles:,}")
    parts = [count]
    if coverage.outlets:
        shown = [name(outlet) for outlet in coverage.outlets[:3]]
        more = len(coverage.outlets) - len(shown)
        parts.append(
            words.FROM_OUTLETS.format(outlets=", ".join(shown) + (words.AND_MORE.format(count=more) if more else ""))
        )
    if coverage.oldest and coverage.newest:
        same = coverage.oldest == coverage.newest
        dates = (
            day(coverage.oldest)
            if same
            else words.FROM_TO.format(oldest=day(coverage.oldest), newest=day(coverage.newest))
        )
        parts.append(dates)
    if coverage.undated:
        parts.append(
            words.UNDATED_COUNT.format(count=f"{coverage.undated:,}")
            if coverage.undated < coverage.articles
            else words.UNDATED
        )
    return ", ".join(parts) + "."
