"""Progress on a terminal, where a bar is drawn; elsewhere lines are said, see test_ui_cli.py."""

from __future__ import annotations

import io

import pytest

from index import Progress
from ui.progress import shown_progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_each_stage_with_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("ui.progress._AFTER_S", -1.0)
    with shown_progress() as show:
        show(Progress("encoding", 3, 40))
        show(Progress("encoding", 40, 40))
        show(Progress("checking", 0, 7))
    drawn = terminal.getvalue()
    assert "40/40" in drawn
    assert "0/7" in drawn


def test_what_is_done_at_once_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with shown_progress() as show:
        show(Progress("encoding", 40, 40))
    assert terminal.getvalue() == ""
