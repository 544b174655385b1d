"""The page: a Gradio frame in which a conversation stands beside the article it rests on.

Gradio carries questions and answers and holds the keeper's controls; the script paints the
conversation and opens the reader. They meet in one component without a face, the channel: the
script is told of every reply, and asks, stops, selects and removes through it.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import gradio as gr

from assistant import Assistant
from ui import words
from ui.articles_page import ArticlesPage
from ui.chat import replies
from ui.keeping import Keeper
from ui.keeping_controls import QUIET
from ui.opening import filters_html, opening_html
from ui.working import Works

FIRST_KINDS = ("html", "row", "column", "textbox", "form", "state")
"""The kinds of Gradio's components that are drawn at once; the others come with the articles page."""

# Events of the channel carry Gradio's own names: only those can be bound together with others.
_CHANNEL_SCRIPT = """
    watch('value', () => window.footnote.paint(props.value));
    const wires = {
        ask: () => trigger('submit'),
        halt: (turn) => trigger('stop', {turn}),
        draw: () => trigger('apply'),
        shelf: () => trigger('select'),
        more: () => trigger('expand'),
        remove: (article) => trigger('delete', {article}),
    };
    const start = () => window.footnote ? window.footnote.start(wires) : setTimeout(start, 10);
    start();
"""


def build_page(
    assistant: Assistant,
    *,
    keeper: Keeper | None,
    suggest: Callable[[], Sequence[str]],
    works: Works,
    leave: bool,
) -> gr.Blocks:
    """Return the page over one assistant.

    keeper: None where articles may only be read. suggest: gives up to three questions the articles
    can answer. works: where questions are worked on. leave: whether one can log out.
    """

    def respond(question: str, sent: Any) -> Iterator[Any]:
        turn, past, filters = (sent.get(name) if sent else None for name in ("turn", "past", "filters"))
        if not turn:
            # Enter in an empty box, or while another answer is on its way.
            yield gr.skip()
            return
        waiting = keeper.waiting if keeper else None
        for reply in replies(
            assistant, question or "", turn=str(turn), past=past, filters=filters, works=works, waiting=waiting
        ):
            yield reply.to_dict()

    def stop(event: gr.EventData) -> None:
        works.give_up(str(getattr(event, "turn", "")))

    def begin() -> tuple[str, str]:
        return opening_html(assistant.news_index), filters_html(assistant.news_index)

    def begin_with_questions() -> tuple[str, str]:
        return opening_html(assistant.news_index, suggest()), filters_html(assistant.news_index)

    page: gr.Blocks
    with gr.Blocks(title=words.NAME, analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as page:
        gr.HTML(_masthead(leave=leave), elem_id="masthead", apply_default_css=False)
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
                narrowing = gr.HTML(elem_id="filters", apply_default_css=False)
            articles = ArticlesPage(assistant.news_index, keeper)
            gr.HTML(_reader_pane(), elem_id="side", apply_default_css=False)
        gr.HTML(_dialogs(), elem_id="dialogs", apply_default_css=False)
        channel = gr.HTML(html_template="", js_on_load=_CHANNEL_SCRIPT, visible="hidden", elem_id="channel")

        # Questions may take a moment to find; the page does not wait for them.
        loaded = page.load(begin, outputs=[opening, narrowing], **QUIET)
        asked = gr.on(
            [question.submit, channel.submit],
            respond,
            inputs=[question, channel],
            outputs=channel,
            js="(question) => window.footnote.begin(question)",
            trigger_mode="multiple",
            concurrency_limit=4,
            **QUIET,
        )
        asked.failure(None, js="() => window.footnote.refused()")
        # Not Gradio's own way to cancel, which only stops listening and reports a failure later on.
        channel.stop(stop, queue=False, **QUIET)
        for news in (loaded, *articles.connect(channel)):
            news.then(begin_with_questions, outputs=[opening, narrowing], **QUIET)
    return page


def _button(act: str, text: str, spoken: str = "", *, kind: str = "plain") -> str:
    said = f' aria-label="{spoken}" title="{spoken}"' if spoken else ""
    return f'<button type="button" class="{kind}" data-act="{act}"{said}>{text}</button>'


def _masthead(*, leave: bool) -> str:
    views = "".join(
        f'<button type="button" class="plain" data-view="{view}">{name}</button>'
        for view, name in (("chat", words.NAV_CHAT), ("shelf", words.NAV_ARTICLES))
    )
    return (
        f'<header class="masthead"><h1 class="wordmark">{words.NAME}</h1>'
        f'<nav aria-label="{words.NAME}">{views}</nav><div class="tools">'
        f"{_button('conversations', words.CONVERSATIONS)}{_button('new', words.NEW_CONVERSATION)}"
        f"{_button('keys', '?', words.KEYS)}{_button('leave', words.LOGOUT) if leave else ''}</div></header>"
    )


def _reader_pane() -> str:
    steps = (
        ("previous", "↑", words.READER_PREVIOUS),
        ("next", "↓", words.READER_NEXT),
        ("close", "×", words.READER_CLOSE),
    )
    return (
        f'<aside id="reader" aria-label="{words.READER}" hidden><div class="reader-bar">'
        f'<span class="place" aria-live="polite"></span>{"".join(_button(*step) for step in steps)}'
        '</div><div class="reader-body" tabindex="0"></div></aside>'
    )


def _dialogs() -> str:
    keys = "".join(
        f"<dt>{' '.join(f'<kbd>{html.escape(key)}</kbd>' for key in key_names.split())}</dt><dd>{meaning}</dd>"
        for key_names, meaning in words.KEY_LIST
    )
    close = f'<button type="submit" class="plain">{words.CLOSE}</button>'
    return (
        _dialog("keys", words.KEYS, f"<dl>{keys}</dl>", close)
        + _dialog("conversations", words.CONVERSATIONS, "<ul></ul>", _button("export", words.EXPORT) + close)
        + _dialog(
            "remove",
            words.REMOVE_TITLE,
            f'<p class="removed" dir="auto"></p><p class="others"></p><p class="small">{words.REMOVE_EXPLAINED}</p>',
            f'<button type="submit" class="plain">{words.CANCEL}</button>'
            + _button("confirm", words.REMOVE, kind="plain strong"),
        )
        + '<div id="peek" role="tooltip" hidden></div>'
    )


def _dialog(name: str, title: str, body: str, buttons: str) -> str:
    return (
        f'<dialog id="{name}" aria-labelledby="{name}-title"><h2 id="{name}-title">{title}</h2>{body}'
        f'<form method="dialog" class="choices">{buttons}</form></dialog>'
    )
