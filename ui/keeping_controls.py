"""The keeper's controls in Gradio: add files and addresses, remove, update, check, each with what came of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.article import Failure
from corpus.errors import CorpusError
from index.errors import FootnoteIndexError
from ui import words
from ui.errors import InterfaceError
from ui.keeping import Added, Change, Keeper
from ui.markup import name
from ui.shelf import change_html, check_html, failures_html, note_html, progress_html

logger = logging.getLogger(__name__)

MOST_UPLOADS = 500
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""For every event of the page: what there is to say of its progress we say, and none is a door for programs."""


class KeepingControls:
    """What a keeper does to the articles. Made inside the page's `gr.Blocks`."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        with gr.Accordion(words.KEEP, open=False, elem_id="keeping"):
            self.files = gr.File(label=words.ADD_FILES, file_count="multiple", height=120, elem_id="upload")
            with gr.Row():
                self.address = gr.Textbox(
                    label=words.ADD_ADDRESS, placeholder=words.ADD_ADDRESS_PLACEHOLDER, scale=3, elem_id="address"
                )
                self.add = gr.Button(words.ADD_BUTTON, scale=0, min_width=90, size="sm")
            with gr.Row():
                self.update = gr.Button(words.UPDATE, scale=0, min_width=160, size="sm", elem_id="update")
                self.check = gr.Button(words.CHECK, scale=0, min_width=160, size="sm", elem_id="check")
        self.status = gr.HTML(elem_id="shelf-status", apply_default_css=False)

    def connect(self, channel: gr.HTML) -> list[Any]:
        """Bind the controls; return the events after which the list of articles may be another.

        The script removes through the channel.
        """
        checked = self.check.click(self.check_index, outputs=self.status, **QUIET)
        asked = [self.address.submit, self.add.click]
        changes = [
            self.files.upload(self.add_files, self.files, [self.status, self.files], **QUIET),
            gr.on(asked, self.add_address, self.address, [self.status, self.address], **QUIET),
            self.update.click(self.bring_up_to_date, outputs=self.status, **QUIET),
            channel.delete(self.remove, outputs=self.status, **QUIET),
        ]
        lost = json.dumps(note_html(words.LOST, alert=True))
        for event in (checked, *changes):
            event.failure(None, outputs=self.status, js=f"() => {lost}", **QUIET)
        return changes

    def news(self) -> str:
        """Return what has changed since the last look, by the folder's watch for instance."""
        try:
            change = self._keeper.news()
        except FootnoteIndexError:
            return ""  # the list of the articles says it
        return change_html(change, lead=words.SINCE_LAST) if change else ""

    def failures(self) -> str:
        """Return the files in the folder that could not be read."""
        return failures_html(words.FAILED_LIST, self._keeper.failures())

    def add_files(self, files: Sequence[str] | None) -> Iterator[tuple[str, Any]]:
        """Add uploaded files, then update; the box for files is emptied at once."""
        given = [Path(file) for file in files or ()]
        surplus = [Failure(file.name, words.TOO_MANY_FILES.format(most=MOST_UPLOADS)) for file in given[MOST_UPLOADS:]]
        yield progress_html(None), None
        for shown in _told(self._added(lambda: self._keeper.add_files(given[:MOST_UPLOADS]), surplus)):
            yield shown, gr.skip()

    def add_address(self, address: str) -> Iterator[tuple[str, Any]]:
        """Add what is at an address, then update; an address that could not be added stays to be mended."""
        left = [address or ""]

        def add() -> Added:
            added = self._keeper.add_address(left[0])
            left[0] = ""
            return added

        yield progress_html(None), gr.skip()
        for shown in _told(self._added(add)):
            yield shown, left[0]

    def bring_up_to_date(self) -> Iterator[str]:
        """Update the index."""
        yield progress_html(None)
        yield from _told(self._updated())

    def remove(self, event: gr.EventData) -> Iterator[str]:
        """Remove the file of the article that the script names, then update."""
        article_id = str(getattr(event, "article", ""))
        yield progress_html(None)
        yield from _told(self._removed(article_id))

    def check_index(self) -> Iterator[str]:
        """Check the index."""
        yield note_html(words.CHECKING + "…")
        yield from _told(self._checked())

    def _added(self, add: Callable[[], Added], surplus: Sequence[Failure] = ()) -> Iterator[str]:
        yield from self._updated([*add().refused, *surplus])

    def _removed(self, article_id: str) -> Iterator[str]:
        gone = self._keeper.remove(article_id)
        count = len(gone.headlines)
        lead = words.FILE_WENT.format(path=name(gone.path), count=f"{count:,}") if count > 1 else ""
        yield from self._updated(lead=lead)

    def _checked(self) -> Iterator[str]:
        yield check_html(self._keeper.check())

    def _updated(self, refused: Sequence[Failure] = (), lead: str = "") -> Iterator[str]:
        for step in self._keeper.update():
            yield change_html(step, refused=refused, lead=lead) if isinstance(step, Change) else progress_html(step)


def _told(steps: Iterator[str]) -> Iterator[str]:
    """Yield the steps; an error becomes a line, for Gradio shows none that helps."""
    try:
        yield from steps
    except (InterfaceError, FootnoteIndexError, CorpusError) as error:
        yield note_html(str(error), alert=True)
    except Exception:
        logger.exception("The articles could not be changed.")
        yield note_html(words.NOT_DONE, alert=True)
