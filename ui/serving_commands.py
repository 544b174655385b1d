"""The commands that go on until they are stopped, and the tokens they ask for: chat, serve-mcp, token."""

from __future__ import annotations

import logging
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.settings import Places, Settings
from assistant.updating import named_index
from index.errors import IndexMissing, IndexOutdated
from ui.keeping_commands import teller
from ui.memory import keep_flat
from ui.statuses import ANSWERED
from ui.terminal import brought_up_to_date, say, settled, show

if TYPE_CHECKING:
    from index import NewsIndex

_BEGUN_ANEW_S = 2.0


def chat(options: Namespace) -> int:
    """Open the chat; follow the folder while it is open."""
    keep_flat()
    from assistant import Assistant
    from assistant.model import opened
    from ui.guards import guards
    from ui.server import serve

    settings, places = settled(options)
    guarded = guards(settings)
    model = opened(settings.model, window=settings.window)
    news_index = named_index(settings, places)
    try:
        news_index.coverage()
    except (IndexMissing, IndexOutdated):
        brought_up_to_date(news_index, places)
    with _followed(news_index, settings, places):
        serve(
            Assistant(news_index, model=model),
            host=settings.host,
            port=settings.port,
            articles=None if places.starter else places.articles,
            names=guarded.names,
            tokens=guarded.tokens,
            limits=guarded.limits,
            log=guarded.log,
            announce=lambda address: say(f"Ask your articles at {address} (stop with Ctrl-C)"),
        )
    return ANSWERED


def serve_mcp(options: Namespace) -> int:
    """Offer the tools on stdin and stdout, and follow the folder meanwhile."""
    keep_flat()
    from assistant import Assistant
    from assistant.model import opened
    from ui.tools_server import serve_tools

    settings, places = settled(options)
    model = opened(settings.model, window=settings.window)
    news_index = named_index(settings, places)
    brought_up_to_date(news_index, places, update=not settings.no_update)
    with _followed(news_index, settings, places):
        serve_tools(Assistant(news_index, model=model))
    return ANSWERED


def token(options: Namespace) -> int:
    """Make, list or revoke tokens."""
    from ui.tokens import Tokens, tokens_file

    tokens = Tokens(tokens_file())
    if options.list:
        for one in tokens.passes():
            show(f"{one.id}  {one.role:6}  {one.made}")
    elif options.revoke:
        gone = tokens.revoke(options.revoke)
        say(f"The {gone.role}'s token {gone.id} is worthless from now on.")
    else:
        made, kept = tokens.make("keeper" if options.keeper else "reader")
        may = "ask, and change the articles" if options.keeper else "ask and read"
        say(f"With this token one may {may}. It is not shown again; revoke it with: footnote token --revoke {kept.id}")
        show(made)
    return ANSWERED


@contextmanager
def _followed(news_index: NewsIndex, settings: Settings, places: Places) -> Iterator[None]:
    """Have a thread follow the folder meanwhile, unless that is not wanted."""
    stop = threading.Event()
    if not settings.no_watch:
        following = (news_index, places, stop, not settings.no_update)
        threading.Thread(target=_follow, args=following, daemon=True).start()
    try:
        yield
    finally:
        stop.set()


def _follow(news_index: NewsIndex, places: Places, stop: threading.Event, at_once: bool) -> None:
    """Watch the folder until `stop`; what no one foresaw is logged, once in a row, and the watch begun anew."""
    tell, said = teller(places, as_json=False), ""
    while not stop.is_set():
        try:
            news_index.watch(places.articles, stop, tell, at_once=at_once)
        except Exception as error:
            if repr(error) != said:
                logging.getLogger("footnote").exception("The folder's watch stopped; it is begun anew.")
            at_once, said = True, repr(error)
            stop.wait(_BEGUN_ANEW_S)
