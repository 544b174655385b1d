"""The articles page in Gradio: what there is, found, ordered and opened, with the keeper's controls above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.layouts import Form

from corpus.article import Headline
from index.errors import FootnoteIndexError, IndexMissing
from index.news_index import NewsIndex
from ui import words
from ui.holdings import ORDERS, chosen, counts
from ui.keeping import Keeper
from ui.keeping_controls import QUIET, KeepingControls
from ui.opening import coverage_line
from ui.plot import plot_html
from ui.shelf import PAGE, list_html, note_html


class ArticlesPage:
    """The list of articles and what narrows it. Made inside the page's `gr.Blocks`."""

    def __init__(self, news_index: NewsIndex, keeper: Keeper | None) -> None:
        """keeper: None where articles may only be read."""
        self._news_index = news_index
        self._keeping: KeepingControls | None = None
        with gr.Column(elem_id="shelf") as room:
            self.head = gr.HTML(elem_id="shelf-head", apply_default_css=False)
            if keeper:
                self._keeping = KeepingControls(keeper)
            else:
                gr.HTML(f'<p class="small">{words.READ_ONLY}</p>', elem_id="shelf-note", apply_default_css=False)
            with gr.Row(elem_id="finder"):
                self.text = gr.Textbox(label=words.FIND, placeholder=words.FIND_PLACEHOLDER, scale=3)
                self.outlet = gr.Dropdown([(words.ALL_OUTLETS, "")], value="", label=words.OUTLET, scale=1)
                names = [(words.ORDER_NAMES[order], order) for order in ORDERS]
                self.order = gr.Dropdown(names, value=ORDERS[0], label=words.ORDER, scale=1)
            self.listing = gr.HTML(elem_id="listing", apply_default_css=False)
            self.shown = gr.State(PAGE)
        # Drawn when it is first opened: a reader who only asks need not wait for its controls.
        # Forms, which Gradio makes of its own accord, cannot be told to appear; they stand within what can.
        self._later = [part for part in _parts(room) if not isinstance(part, gr.State | Form)]
        for part in self._later:
            part.visible = False

    def connect(self, channel: gr.HTML) -> list[Any]:
        """Bind the controls; return the events after which there may be other articles.

        The script has the page drawn, opens it and asks for more of the list by the channel.
        """
        find = [self.found, [self.text, self.outlet, self.order, self.shown], self.listing]
        refined = [self.text.change, self.outlet.change, self.order.change]
        gr.on(refined, lambda: PAGE, outputs=self.shown, **QUIET).then(*find, **QUIET, trigger_mode="always_last")
        channel.expand(lambda shown: shown + 5 * PAGE, self.shown, self.shown, **QUIET).then(*find, **QUIET)
        drawn = channel.apply(lambda: [gr.update(visible=True)] * len(self._later), outputs=self._later, **QUIET)
        drawn.then(None, js="() => window.footnote.drawn()", **QUIET)
        changes = [channel.select(self.opened, outputs=[self.head, self.outlet], **QUIET)]
        if self._keeping:
            channel.select(self._keeping.news, outputs=self._keeping.status, **QUIET)
            for change in self._keeping.connect(channel):
                changes.append(change.then(self.opened, outputs=[self.head, self.outlet], **QUIET))
        for change in changes:
            change.then(*find, **QUIET)
        return changes

    def opened(self) -> tuple[str, Any]:
        """Return the head of the page, and the outlets to choose from; what is wrong with the index the list says."""
        try:
            return self._held()
        except FootnoteIndexError:
            return f"<h2>{words.NAV_ARTICLES}</h2>", gr.skip()

    def _held(self) -> tuple[str, Any]:
        try:
            coverage, monthly = self._news_index.coverage(), self._news_index.monthly_counts()
        except IndexMissing:
            return self._head(words.EMPTY_INDEX), gr.update(choices=[(words.ALL_OUTLETS, "")])
        outlets = sorted(coverage.outlets, key=str.casefold)
        choices = [(words.ALL_OUTLETS, ""), *((outlet[:80], outlet) for outlet in outlets)]
        line = coverage_line(coverage, monthly) if coverage.articles else words.EMPTY_INDEX
        return self._head(line, plot_html(counts(monthly))), gr.update(choices=choices)

    def found(self, text: str, outlet: str | None, order: str, shown: int) -> str:
        """Return the list of the articles that match, or a line on what is wrong with the index."""
        try:
            headlines = self._headlines()
        except FootnoteIndexError as error:
            return note_html(str(error), alert=True)
        order = order if order in ORDERS else ORDERS[0]
        matching = chosen(headlines, text=text or "", outlet=outlet or None, order=order)
        return list_html(
            matching,
            count=len(headlines),
            shown=shown,
            removable=self._keeping is not None,
            held=Counter(one.path for one in headlines),
        )

    def _headlines(self) -> list[Headline]:
        try:
            return self._news_index.articles()
        except IndexMissing:
            return []

    def _head(self, line: str, plot: str = "") -> str:
        failures = self._keeping.failures() if self._keeping else ""
        return f'<h2>{words.NAV_ARTICLES}</h2><p class="holds">{line}</p>{plot}{failures}'


def _parts(block: Any) -> Iterator[Any]:
    """Yield a block and all that is in it."""
    yield block
    for part in getattr(block, "children", ()):
        yield from _parts(part)
