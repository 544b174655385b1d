"""What a setting may not be: refused in a line that names where it was said and what to say instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import load


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("FOOTNOTE_PORT", "x", r"FOOTNOTE_PORT is 'x'. Give a whole number."),
        ("FOOTNOTE_PORT", "70000", r"FOOTNOTE_PORT is 70000. A port is a number from 0 to 65535."),
        ("FOOTNOTE_WINDOW", "5", r"FOOTNOTE_WINDOW is 5. A model's window is at least \d+ tokens."),
        ("FOOTNOTE_NO_UPDATE", "maybe", r"FOOTNOTE_NO_UPDATE is 'maybe'. Say true or false."),
        ("FOOTNOTE_ARTICLES", " ", r"FOOTNOTE_ARTICLES is empty. Name a folder, or leave it out."),
    ],
)
def test_a_setting_that_cannot_be_is_refused_where_it_was_said(
    name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=says):
        load({})


def test_what_is_said_as_true_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_NO_UPDATE", "yes")
    assert load({}).no_update is True


@pytest.mark.parametrize("line", ["port = true", "window = 4096.9", "port = inf"])
def test_a_number_in_the_settings_file_is_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    (tmp_path / "footnote.toml").write_text(f"{line}\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match="Give a whole number"):
        load({})


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('port = "abc"', "port in footnote.toml is 'abc'. Give a whole number."),
        ("port = 70000", "port in footnote.toml is 70000. A port is"),
        ('no_watch = "maybe"', "no_watch in footnote.toml is 'maybe'. Say true or false."),
        ('articles = " "', "articles in footnote.toml is empty. Name a folder"),
    ],
)
def test_a_setting_of_the_file_that_cannot_be_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, says: str
) -> None:
    (tmp_path / "footnote.toml").write_text(f"{line}\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match=says):
        load({})
