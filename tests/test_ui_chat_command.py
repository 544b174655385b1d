"""`footnote chat` as a person starts it: the real index, the real assistant, the real page."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant.settings import starter_articles
from tests.browsing import ask, last_turn
from ui.cli import _parser
from ui.serving_commands import _followed
from ui.terminal import settled

ROOT = Path(__file__).parents[1]
SHARE = "What share of Israel's oil comes from Azerbaijan?"
CUP = "Who won the 2022 World Cup?"
LIBRARY = (
    "A library for Rabbitville\n\nMayor Ola Hare opened the library in Rabbitville on Monday. It holds 4,000 books.\n"
)


def typed(folder, command, *arguments):
    """Return what types a command where no settings of a developer lie."""
    line = [sys.executable, "-m", "ui", command, *arguments, "--articles", str(folder)]
    return {"args": line, "cwd": folder.parent, "env": {**os.environ, "PYTHONPATH": str(ROOT)}, "text": True}


@contextmanager
def chatting(folder):
    """Have the command run; the value is the address it announced."""
    process = subprocess.Popen(**typed(folder, "chat", "--port", "0"), stderr=subprocess.PIPE)
    heard, announced = [], threading.Event()

    def listen():
        for line in process.stderr:
            heard.append(line)
            if "http://" in line:
                announced.set()

    threading.Thread(target=listen, daemon=True).start()
    try:
        assert announced.wait(120), heard
        yield re.search(r"http://127\.0\.0\.1:\d+", "".join(heard))[0]
    finally:
        process.send_signal(signal.SIGINT)
    assert process.wait(15) == 0, heard
    assert "Traceback" not in "".join(heard)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home") / "articles"
    shutil.copytree(starter_articles(), folder)
    return folder


@pytest.fixture(scope="module")
def address(folder):
    with chatting(folder) as address:
        yield address


def test_a_newcomer_asks_and_reads_the_sentence_that_the_answer_rests_on(page):
    expect(page.locator("#opening")).to_contain_text("2 articles")
    ask(page, SHARE)
    turn = last_turn(page, SHARE)
    expect(turn.locator(".answer")).to_contain_text("30%")
    turn.locator(".said .fn").first.click()
    expect(page.locator("#reader mark.current")).to_contain_text("30%")


def test_what_the_articles_do_not_hold_is_refused(page):
    ask(page, CUP)
    expect(last_turn(page, CUP).locator(".answer.refusal")).to_be_visible()


def test_a_good_answer_becomes_a_case_that_footnote_eval_reads(page, folder):
    ask(page, SHARE)
    turn = last_turn(page, SHARE)
    with page.expect_response("**/feedback"):
        turn.locator("[data-rating=up]").click()
    ask(page, CUP)
    with page.expect_response("**/feedback"):
        last_turn(page, CUP).locator("[data-rating=up]").click()
    done = subprocess.run(**typed(folder, "eval", str(folder / ".footnote" / "rated.jsonl")), capture_output=True)
    assert done.returncode == 0, done.stderr
    measured = dict(re.findall(r"^(.+?)  +(.+)$", done.stdout, re.MULTILINE))
    assert (measured["questions"], measured["answerable"], measured["right passage first"]) == ("2", "1", "100.0 %")


def test_an_article_dropped_into_the_folder_is_known_with_the_next_question(page, folder):
    question = "Who opened the library in Rabbitville?"
    ask(page, question)
    expect(last_turn(page, question).locator(".answer.refusal")).to_be_visible()
    (folder / "library.txt").write_text(LIBRARY)
    for _ in range(20):
        time.sleep(1)
        ask(page, question)
        turn = last_turn(page, question)
        if turn.locator(".answer:not(.refusal)").count():
            break
    expect(turn.locator(".answer")).to_contain_text("Ola Hare")


class Followed:
    """An index whose watch only tells that it was begun."""

    def __init__(self):
        self.begun = threading.Event()

    def watch(self, folder, stop, tell, *, at_once):
        self.begun.set()
        stop.wait()


@pytest.mark.parametrize(("flags", "followed"), [([], True), (["--no-watch"], False)])
def test_the_folder_is_followed_unless_that_is_not_wanted(tmp_path, flags, followed):
    settings, places = settled(_parser().parse_args(["chat", "--articles", str(tmp_path), *flags]))
    news_index, before = Followed(), threading.active_count()
    with _followed(news_index, settings, places):
        assert threading.active_count() - before == followed
        assert news_index.begun.wait(5 * followed) == followed
