"""`assistant.ask` and `Assistant.open`: each argument arrives where it is meant to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant import ask
from assistant.errors import ModelMisnamed

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("loaded_once")]  # the real encoder

BRIDGE = "Who opened the harbour bridge?"
TUNNEL = "Who opened the Fjord tunnel?"


@pytest.fixture
def folder(elsewhere: Path) -> Path:
    (elsewhere / "news").mkdir()
    head = "---\ntitle: Harbour bridge opens\noutlet: Port Daily\nauthor: Ann Lee\npublished: 2024-05-03\n---\n"
    (elsewhere / "news" / "bridge.md").write_text(f"{head}The mayor Tone Berg opened the harbour bridge on Friday.\n")
    return elsewhere / "news"


def test_filters_bind_what_is_asked_each_as_itself(folder: Path) -> None:
    since, until = date(2024, 5, 1), date(2024, 5, 31)
    answer = ask(BRIDGE, articles=folder, outlet="Port Daily", author="Ann Lee", since=since, until=until)
    query = answer.query
    assert answer.answered
    assert (query.outlets, query.authors, query.since, query.until) == (("Port Daily",), ("Ann Lee",), since, until)


def test_last_week_is_counted_from_the_day_that_is_said(folder: Path) -> None:
    query = ask("What was reported last week?", articles=folder, today=date(2024, 5, 8)).query
    assert (query.since, query.until) == (date(2024, 4, 29), date(2024, 5, 5))


def test_articles_and_index_lie_where_they_are_said_to(folder: Path) -> None:
    assert ask(BRIDGE, articles=folder, index=folder.parent / "own").answered
    assert (folder.parent / "own" / "CURRENT").is_file()
    assert [one.name for one in folder.iterdir()] == ["bridge.md"]


def test_a_changed_folder_is_read_unless_that_is_not_wanted(folder: Path) -> None:
    assert ask(BRIDGE, articles=folder).answered
    (folder / "tunnel.txt").write_text("Tunnel opens\n\nThe Fjord tunnel was opened by the king on Sunday.\n")
    assert not ask(TUNNEL, articles=folder, update=False).answered
    assert ask(TUNNEL, articles=folder).answered


def test_the_model_that_is_named_is_the_one_that_is_opened(folder: Path) -> None:
    with pytest.raises(ModelMisnamed, match=r"'/nowhere/model\.gguf'"):
        ask(BRIDGE, articles=folder, model="gguf:/nowhere/model.gguf")
