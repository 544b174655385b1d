"""The page: a Gradio frame in which a conversation stands beside the article it rests on.

Gradio carries questions and answers and keeps the keeper's controls; ui/page.js paints the
conversation and opens the reader. They meet in one component without a face, the channel: the
script is told of every reply, and asks and stops through it.
"""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ui import words
from ui.chat import Answering, replies
from ui.opening import opening_html

if TYPE_CHECKING:
    import gradio as gr

_CHANNEL_SCRIPT = """
    watch('value', () => window.footnote.paint(props.value));
    window.footnote.start({ask: () => trigger('submit'), halt: () => trigger('stop')});
"""


def build_page(assistant: Answering, *, suggest: Callable[[], Sequence[str]] = tuple) -> gr.Blocks:
    """Return the page over one assistant. suggest: gives up to three questions the articles can answer."""
    import gradio as gr

    def respond(question: str, past: Any, turn: str) -> Iterator[tuple[Any, Any]]:
        if not turn:
            # Enter in an empty box, or while another answer is on its way.
            yield gr.skip(), gr.skip()
            return
        for place, reply in enumerate(replies(assistant, question or "", turn=str(turn)[:40], past=past)):
            yield reply.to_dict(), "" if place == 0 else gr.skip()

    page: gr.Blocks
    with gr.Blocks(title=words.NAME, analytics_enabled=False, fill_width=True) as page:
        gr.HTML(_masthead(), elem_id="masthead", apply_default_css=False)
        with gr.Row(elem_id="room"):
            with gr.Column(elem_id="chat"):
                with gr.Column(elem_id="scroll"):
                    opening = gr.HTML(elem_id="opening", apply_default_css=False)
                    gr.HTML(
                        '<div id="turns" role="log" aria-live="polite"></div>',
                        elem_id="conversation",
                        apply_default_css=False,
                    )
                question = gr.Textbox(
                    label=words.QUESTION_LABEL,
                    show_label=False,
                    placeholder=words.QUESTION_PLACEHOLDER,
                    lines=1,
                    max_lines=6,
                    autofocus=True,
                    submit_btn=True,
                    elem_id="question",
                )
            gr.HTML(_reader_pane(), elem_id="side", apply_default_css=False)
        gr.HTML(_dialogs(), elem_id="dialogs", apply_default_css=False)
        channel = gr.HTML(html_template="", js_on_load=_CHANNEL_SCRIPT, visible="hidden", elem_id="channel")
        past = gr.JSON(visible=False)
        turn = gr.Textbox(visible=False)

        page.load(
            lambda: opening_html(assistant.news_index, suggest),
            outputs=opening,
            show_progress="hidden",
            api_visibility="private",
        )
        asked = gr.on(
            [question.submit, channel.submit],
            respond,
            inputs=[question, past, turn],
            outputs=[channel, question],
            js="(question) => window.footnote.begin(question)",
            show_progress="hidden",
            trigger_mode="multiple",
            concurrency_limit=4,
            api_visibility="private",
        )
        asked.failure(None, js="() => window.footnote.refused()")
        channel.stop(None, cancels=[asked])
    return page


def page_head() -> str:
    """Return what goes into the page's <head>: the sheet, the script, and the words it says."""
    spoken = json.dumps(words.script_words()).replace("<", "\\u003c")
    return (
        f'<link rel="stylesheet" href="/footnote.css?{version("page.css")}">'
        f"<script>window.footnoteWords = {spoken};</script>"
        f'<script src="/footnote.js?{version("page.js")}"></script>'
    )


def shipped(file_name: str) -> str:
    """Return one of the two files beside this module."""
    return files("ui").joinpath(file_name).read_text(encoding="utf-8")


def version(file_name: str) -> str:
    """Return a mark that changes with the file, so that no browser keeps an old one."""
    return hashlib.sha256(shipped(file_name).encode()).hexdigest()[:12]


def _masthead() -> str:
    return (
        f'<header class="masthead"><a class="wordmark" href="#chat-view" data-view="chat">{words.NAME}</a>'
        f'<nav aria-label="{words.NAME}">'
        f'<button type="button" class="plain" data-act="conversations">{words.CONVERSATIONS}</button>'
        f'<button type="button" class="plain" data-act="new">{words.NEW_CONVERSATION}</button>'
        f'<button type="button" class="plain" data-act="keys" aria-label="{words.KEYS}">?</button>'
        "</nav></header>"
    )


def _reader_pane() -> str:
    return (
        f'<aside id="reader" aria-label="{words.READER}" hidden><div class="reader-bar">'
        '<span class="place" aria-live="polite"></span>'
        f'<button type="button" class="plain" data-act="previous" aria-label="{words.READER_PREVIOUS}">↑</button>'
        f'<button type="button" class="plain" data-act="next" aria-label="{words.READER_NEXT}">↓</button>'
        f'<button type="button" class="plain" data-act="close" aria-label="{words.READER_CLOSE}">×</button>'
        '</div><div class="reader-body" tabindex="0"></div></aside>'
    )


def _dialogs() -> str:
    keys = "".join(
        f"<dt>{' '.join(f'<kbd>{html.escape(key)}</kbd>' for key in key_names.split())}</dt><dd>{meaning}</dd>"
        for key_names, meaning in words.KEY_LIST
    )
    close = f'<form method="dialog"><button class="plain">{words.CLOSE}</button></form>'
    return (
        f'<dialog id="keys" aria-label="{words.KEYS}"><h2>{words.KEYS}</h2><dl>{keys}</dl>{close}</dialog>'
        f'<dialog id="conversations" aria-label="{words.CONVERSATIONS}"><h2>{words.CONVERSATIONS}</h2>'
        f"<ul></ul>{close}</dialog>"
        '<div id="peek" role="tooltip" hidden></div>'
    )
