"""The articles page in Gradio: find, open, add, remove, update and check."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from corpus.article import Failure, Headline
from corpus.errors import CorpusError
from index.errors import FootnoteIndexError, IndexMissing
from ui import words
from ui.errors import InterfaceError
from ui.holdings import ORDERS, chosen, counts
from ui.keeping import Change, Keeper
from ui.opening import coverage_line
from ui.plot import plot_html
from ui.shelf import PAGE, change_html, check_html, failures_html, list_html, note_html, progress_html

if TYPE_CHECKING:
    from index.news_index import NewsIndex

logger = logging.getLogger(__name__)

MOST_UPLOADS = 500


class ArticlesPage:
    """The controls of the articles page and what they do. Made inside the page's `gr.Blocks`."""

    def __init__(self, news_index: NewsIndex, keeper: Keeper | None) -> None:
        """keeper: None where articles may only be read."""
        self._news_index, self._keeper = news_index, keeper
        with gr.Column(elem_id="shelf"):
            self.head = gr.HTML(elem_id="shelf-head", apply_default_css=False)
            if keeper is None:
                gr.HTML(f'<p class="small">{words.READ_ONLY}</p>', elem_id="shelf-note", apply_default_css=False)
            else:
                with gr.Accordion(words.KEEP, open=False, elem_id="keeping"):
                    self._place_keeping()
            self.status = gr.HTML(elem_id="shelf-status", apply_default_css=False)
            with gr.Row(elem_id="finder"):
                self.text = gr.Textbox(label=words.FIND, placeholder=words.FIND_PLACEHOLDER, scale=3)
                self.outlet = gr.Dropdown([(words.ALL_OUTLETS, "")], value="", label=words.OUTLET, scale=1)
                order_names = [(words.ORDER_NAMES[order], order) for order in ORDERS]
                self.order = gr.Dropdown(order_names, value=ORDERS[0], label=words.ORDER, scale=1)
            self.listing = gr.HTML(elem_id="listing", apply_default_css=False)
            self.shown = gr.Number(PAGE, visible=False, precision=0)

    def _place_keeping(self) -> None:
        self.files = gr.File(label=words.ADD_FILES, file_count="multiple", height=120, elem_id="upload")
        with gr.Row():
            if self._keeper and self._keeper.fetches:
                self.address = gr.Textbox(
                    label=words.ADD_ADDRESS, placeholder=words.ADD_ADDRESS_PLACEHOLDER, scale=3, elem_id="address"
                )
                self.add = gr.Button(words.ADD_BUTTON, scale=0, min_width=90, size="sm")
        with gr.Row():
            self.update = gr.Button(words.UPDATE, scale=0, min_width=160, size="sm", elem_id="update")
            self.check = gr.Button(words.CHECK, scale=0, min_width=160, size="sm", elem_id="check")

    def connect(self, channel: gr.HTML) -> None:
        """Bind the controls. The script selects this page, asks for more and removes through the channel."""
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        found: dict[str, Any] = {
            "fn": self.found,
            "inputs": [self.text, self.outlet, self.order, self.shown],
            "outputs": self.listing,
        }
        opened: dict[str, Any] = {"fn": self.opened, "outputs": [self.head, self.outlet]}
        channel.select(self.selected, outputs=self.status, **quiet).then(**opened, **quiet).then(**found, **quiet)
        gr.on(
            [self.text.change, self.outlet.change, self.order.change], lambda: PAGE, outputs=self.shown, **quiet
        ).then(**found, **quiet, trigger_mode="always_last")
        channel.expand(lambda shown: shown + 5 * PAGE, self.shown, self.shown, **quiet).then(**found, **quiet)
        if self._keeper is None:
            return
        changes = [
            self.files.upload(self.add_files, self.files, [self.status, self.files], **quiet),
            self.update.click(self.bring_up_to_date, outputs=self.status, **quiet),
            channel.delete(self.remove, outputs=self.status, **quiet),
        ]
        if self._keeper.fetches:
            asked = [self.address.submit, self.add.click]
            changes.append(gr.on(asked, self.add_address, self.address, [self.status, self.address], **quiet))
        for change in changes:
            change.then(**opened, **quiet).then(**found, **quiet)
        self.check.click(self.check_index, outputs=self.status, **quiet)

    # What the controls do. Each returns or yields what its outputs are to show.

    def selected(self) -> str:
        """Return what has changed since the page was last looked at, by the folder's watch for instance."""
        change = self._keeper.news() if self._keeper else None
        return change_html(change, lead=words.SINCE_LAST) if change else ""

    def opened(self) -> tuple[str, Any]:
        """Return the head of the page, and the outlets to choose from."""
        headlines = self._headlines()
        outlets = sorted({headline.outlet for headline in headlines if headline.outlet}, key=str.casefold)
        choices = [(words.ALL_OUTLETS, ""), *((outlet[:80], outlet) for outlet in outlets)]
        return self._head(headlines), gr.update(choices=choices)

    def found(self, text: str, outlet: str | None, order: str, shown: float) -> str:
        """Return the list of the articles that match."""
        headlines = self._headlines()
        order = order if order in ORDERS else ORDERS[0]
        matching = chosen(headlines, text=text or "", outlet=outlet or None, order=order)
        return list_html(matching, count=len(headlines), shown=int(shown or PAGE), removable=self._keeper is not None)

    def add_files(self, files: Sequence[str] | None) -> Iterator[tuple[str, Any]]:
        """Add uploaded files, then update; the box for files is emptied at once."""
        given = [Path(file) for file in files or ()]
        surplus = [Failure(file.name, words.TOO_MANY_FILES.format(most=MOST_UPLOADS)) for file in given[MOST_UPLOADS:]]
        yield progress_html(None), None
        yield from self._pairs(lambda keeper: keeper.add_files(given[:MOST_UPLOADS]), surplus)

    def add_address(self, address: str) -> Iterator[tuple[str, Any]]:
        """Add what is at an address, then update."""
        yield progress_html(None), ""
        yield from self._pairs(lambda keeper: keeper.add_address(address or ""), ())

    def bring_up_to_date(self) -> Iterator[str]:
        """Update the index."""
        yield progress_html(None)
        yield from self._told(self._updated())

    def remove(self, event: gr.EventData) -> Iterator[str]:
        """Remove the article that the script names, then update."""
        article_id = str(getattr(event, "article", ""))
        yield progress_html(None)

        def steps() -> Iterator[str]:
            if self._keeper:
                self._keeper.remove(article_id)
            yield from self._updated()

        yield from self._told(steps())

    def check_index(self) -> Iterator[str]:
        """Check the index."""
        yield note_html(words.CHECKING + "…")
        yield from self._told(check_html(self._keeper.check()) for _ in (1,) if self._keeper)

    def _pairs(self, add: Callable[[Keeper], Any], surplus: Sequence[Failure]) -> Iterator[tuple[str, Any]]:
        def steps() -> Iterator[str]:
            if self._keeper:
                yield from self._updated([*add(self._keeper).refused, *surplus])

        for shown in self._told(steps()):
            yield shown, gr.skip()

    def _updated(self, refused: Sequence[Failure] = ()) -> Iterator[str]:
        if self._keeper:
            for step in self._keeper.update():
                yield change_html(step, refused=refused) if isinstance(step, Change) else progress_html(step)

    def _told(self, steps: Iterator[str]) -> Iterator[str]:
        """Yield the steps; an error becomes a line, for Gradio shows none that helps."""
        try:
            yield from steps
        except (InterfaceError, FootnoteIndexError, CorpusError) as error:
            yield note_html(str(error), alert=True)
        except Exception:
            logger.exception("The articles could not be changed.")
            yield note_html(words.NOT_DONE, alert=True)

    def _headlines(self) -> list[Headline]:
        try:
            return self._news_index.articles()
        except IndexMissing:
            return []

    def _head(self, headlines: Sequence[Headline]) -> str:
        line = coverage_line(self._news_index.coverage()) if headlines else words.EMPTY_INDEX
        failures = failures_html(words.FAILED_LIST, self._keeper.failures()) if self._keeper else ""
        return f'<h2>{words.NAV_ARTICLES}</h2><p class="holds">{line}</p>{plot_html(counts(headlines))}{failures}'
