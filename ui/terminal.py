"""What every command needs: the settings, the index, and the two streams of a terminal."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from assistant.settings import Places, Settings, load
from assistant.updating import made_ready, named_index
from ui.errors import OutputLost
from ui.progress import shown_progress
from ui.wire import json_text

if TYPE_CHECKING:
    from index import NewsIndex


def settled(options: Namespace) -> tuple[Settings, Places]:
    """Return the settings that the options, the environment and the file make, and where articles and index are."""
    settings = load({field.name: getattr(options, field.name, None) for field in fields(Settings)})
    places = settings.places()
    if places.note:
        say(places.note)
    return settings, places


def up_to_date(options: Namespace) -> tuple[Settings, NewsIndex]:
    """Return what a question needs; the index is brought up to date first, unless that takes long or is not wanted."""
    settings, places = settled(options)
    news_index = named_index(settings, places)
    brought_up_to_date(news_index, places, update=not settings.no_update)
    return settings, news_index


def brought_up_to_date(news_index: NewsIndex, places: Places, *, update: bool = True) -> None:
    """Bring the index up to date with its folder, and say where that has to wait; see `made_ready`."""
    with shown_progress() as progress:
        message = made_ready(news_index, places.articles, update=update, progress=progress)
    if message:
        say(message)


def show(what: Any) -> None:
    """Print a result: a text as it is, anything else as JSON. Raises OutputLost, BrokenPipeError."""
    try:
        print(what if isinstance(what, str) else json_text(what, encoding=sys.stdout.encoding, indent=2))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputLost.because(error) from error


def say(line: str) -> None:
    """Tell the person at the terminal, apart from the results."""
    print(line, file=sys.stderr, flush=True)
