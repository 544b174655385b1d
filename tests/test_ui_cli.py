"""The commands as a person types them: what they print, on which stream, and how they end."""

import importlib.metadata
import io
import json
import os
import re
import signal
import subprocess
import sys
from itertools import chain, repeat
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import Places
from corpus.article import Failure
from index import BuildReport, NewsIndex, Progress
from tests.fakes import CountingEncoder, another_writer
from tests.test_index_check import drop_vectors, edit_unseen
from ui.cli import _explained, main
from ui.days import days
from ui.keeping_commands import teller
from ui.progress import Lines, shown_progress
from ui.serving_commands import _follow
from ui.statuses import ANSWERED, FAILED, NOT_HELD, WRONG_USE
from ui.tokens import Tokens, tokens_file
from ui.wire import json_text

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("loaded_once")]  # the real encoder, and processes

ROOT = Path(__file__).parents[1]
WATCH = """
import pathlib, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored where the tests run in the background
from index import NewsIndex
from ui.cli import main
follow = NewsIndex.watch
def late(news_index, folder, *arguments, **options):
    pathlib.Path(folder, "tunnel.txt").write_text("Tunnel opens\\n\\nThe Fjord tunnel was opened on Sunday.\\n")
    follow(news_index, folder, *arguments, **options)
NewsIndex.watch = late
sys.exit(main(["index", "--watch"]))
"""
ARTICLES = {
    "bridge.md": "---\ntitle: Harbour bridge opens\noutlet: Port Daily\nauthor: Ann Lee\npublished: 2024-05-03\n---\n"
    "The harbour bridge opened on 3 May 2024. It cost 210 million kroner, the mayor Tone Berg said.\n",
    "ferry.md": "---\ntitle: Ferry line to close\noutlet: Coast News\npublished: 2024-06-10\n---\n"
    "The ferry line will close in August. Its owner, Nils Dahl, said that few passengers were left.\n",
}
TUNNEL = "Tunnel opens\n\nThe Fjord tunnel was opened by the king on Sunday.\n"
HEADLINE = {"id", "title", "outlet", "author", "published", "published_origin", "url", "path"}
REPORT = {
    "added", "changed", "removed", "unchanged", "failed", "notices", "passages", "embedded", "seconds", "generation",
}  # fmt: skip


@pytest.fixture
def folder(elsewhere):
    (elsewhere / "articles").mkdir()
    for name, text in ARTICLES.items():
        (elsewhere / "articles" / name).write_text(text)
    return elsewhere / "articles"


def test_the_version_is_that_of_what_is_installed(run):
    assert run("--version") == (ANSWERED, f"footnote {importlib.metadata.version('footnote')}\n", "")


def test_answers_are_printed_without_loading_what_paints_them():
    code = (
        "import ui.commands, sys; print([one for one in ('ui.render', 'ui.folds', 'ui.links') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_an_answer_is_printed_with_its_source_and_the_index_is_made_first(run, folder):
    status, out, err = run("ask", "How much did the harbour bridge cost?")
    assert status == ANSWERED
    assert "210 million kroner" in out
    assert "Harbour bridge opens" in out
    assert "2024-05-03" in out or "3 May 2024" in out
    assert "Indexed 2 articles" in err


def test_json_holds_to_the_wire_form(run, folder):
    status, out, _ = run("ask", "How much did the harbour bridge cost?", "--json")
    answer = json.loads(out)
    assert status == ANSWERED
    assert set(answer) >= {
        "question", "kind", "answered", "query", "text", "short", "sentences", "citations", "left_out", "refusal",
        "disagreements", "statements", "timeline", "freshness", "suggestions", "writer", "timings_ms",
    }  # fmt: skip
    for citation in answer["citations"]:
        _, text, _ = run("article", citation["article"]["id"], "--json", "--no-update")
        article = json.loads(text)
        assert article["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert set(article) == {*HEADLINE, "language", "text"}


def test_what_the_articles_do_not_hold_is_refused_with_status_3(run, folder):
    status, out, _ = run("ask", "Who won the 2022 World Cup?")
    assert status == NOT_HELD
    assert "World Cup" in out
    status, out, _ = run("ask", "Who won the 2022 World Cup?", "--json")
    assert status == NOT_HELD
    assert json.loads(out)["kind"] == "refusal"


def test_a_greeting_is_answered_from_the_facts_of_the_index(run, folder):
    status, out, _ = run("ask", "hello")
    assert status == ANSWERED
    assert "2 articles" in out


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("", "Ask one in words"),
        ("  \n ", "Ask one in words"),
        ("?!…", "Ask one in words"),
        ("x" * 20_000, "20,000 characters. Ask one of at most 2,000"),
    ],
)
def test_a_question_that_cannot_be_asked_is_wrong_use_in_one_line(run, folder, question, says):
    run("index")
    status, out, err = run("ask", question, "--no-update")
    assert (status, out) == (WRONG_USE, "")
    assert len(err.splitlines()) == 1
    assert len(err) < 300
    assert says in err


def test_a_question_without_quotes_is_its_words_in_a_row(run, folder):
    _, out, _ = run("ask", "How", "much", "did", "the", "harbour", "bridge", "cost?", "--json")
    assert json.loads(out)["question"] == "How much did the harbour bridge cost?"
    _, out, _ = run("search", "-k", "1", "--outlet", "Port Daily", "harbour", "bridge", "--json")
    assert json.loads(out)["question"] == "harbour bridge"


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "--outlet", "Port", "Daily", "Who opened it?"],
        ["ask", "Who opened it?", "--outlet", "Port", "Daily"],
        ["search", "--json", "Who", "opened", "--outlet", "Port", "Daily"],
    ],
)
def test_a_word_that_may_be_of_a_name_or_of_the_question_is_asked_about(run, folder, arguments):
    status, out, err = run(*arguments)
    assert (status, out) == (WRONG_USE, "")
    assert err.startswith("It is not clear what 'Daily' belongs to. Put the question in quotes")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ask"], "Ask one question"),
        (["ask", "who", "met", "--jsn"], "Unrecognized arguments: --jsn"),
        (["articles", "all"], "Unrecognized arguments: all"),
        (["search", "x", "-k", "0"], "'0' is not a number from 1 to 1000"),
        (["ask", "x", "--since", "soon"], "'soon' is not a date like 2023"),
        (["ask", "x", "--articles", "nowhere"], "No articles folder at 'nowhere'"),
        (["unknown"], "Invalid choice: 'unknown'|invalid choice"),
        (["ask", "x", "--batch", "missing.jsonl"], "Ask one question"),
        (["ask", "--batch", "missing.jsonl"], "'missing.jsonl' cannot be read (No such file"),
        (["eval", "missing.jsonl"], "'missing.jsonl' cannot be read as a question set (No such file"),
        (["index", "--encoder", "word2vec"], "There is no encoder 'word2vec'"),
        (["index", "--encoder", "openai:"], "names no encoder on a server"),
        (["ask", "x", "--vectors", "here"], "'here' is no address of a Chroma server"),
    ],
)
def test_wrong_use_says_what_to_do_in_one_line(run, folder, arguments, expected):
    status, out, err = run(*arguments)
    assert (status, out) == (WRONG_USE, "")
    assert len(err.splitlines()) == 1
    assert any(one.lower() in err.lower() for one in expected.split("|"))


def test_search_prints_passages_and_obeys_filters(run, folder):
    status, out, _ = run("search", "harbour bridge", "--json", "-k", "5", "--outlet", "port daily")
    found = json.loads(out)
    assert status == ANSWERED
    assert {hit["article"]["outlet"] for hit in found["hits"]} == {"Port Daily"}
    assert set(found) == {"question", "hits", "timings_ms"}
    assert set(found["hits"][0]) == {"rank", "score", "origin", "passage", "article"}
    assert set(found["hits"][0]["passage"]) == {"id", "start", "end", "text"}
    status, out, _ = run("search", "harbour bridge", "--until", "2023")
    assert status == NOT_HELD
    assert out == "No passage of the articles asked for is near, and none has a word of the question.\n"


def test_index_reports_in_the_wire_form(run, folder):
    status, out, _ = run("index", "--json")
    report = json.loads(out)
    assert status == ANSWERED
    assert {name: report[name] for name in ("added", "changed", "removed", "unchanged", "failed")} == {
        "added": 2, "changed": 0, "removed": 0, "unchanged": 0, "failed": [],
    }  # fmt: skip
    assert set(report) == REPORT
    (folder / "broken.json").write_text("{")
    status, _, err = run("index")
    assert status == ANSWERED
    assert "0 added, 0 changed, 0 removed, 2 unchanged" in err
    assert "- broken.json: " in err
    status, out, err = run("index", "--json")
    assert (status, err) == (ANSWERED, "")
    (failed,) = json.loads(out)["failed"]
    assert set(failed) == {"path", "reason"}
    assert (failed["path"], "JSON" in failed["reason"]) == ("broken.json", True)


def test_a_changed_folder_is_seen_before_the_answer(run, folder):
    run("index")
    (folder / "tunnel.txt").write_text(TUNNEL)
    status, out, err = run("ask", "Who opened the Fjord tunnel?")
    assert "Updated the index: 1 added" in err
    assert status == ANSWERED
    assert "the king" in out
    (folder / "tunnel.txt").unlink()
    status, out, err = run("ask", "Who opened the Fjord tunnel?", "--no-update")
    assert err == ""
    assert status == ANSWERED
    status, _, err = run("ask", "Who opened the Fjord tunnel?")
    assert "1 removed" in err
    assert status == NOT_HELD


@pytest.mark.parametrize("unwanted", ["argument", "setting"])
def test_in_python_too_a_missing_index_is_built_where_no_update_is_wanted(folder, monkeypatch, unwanted):
    if unwanted == "setting":
        monkeypatch.setenv("FOOTNOTE_NO_UPDATE", "true")
    update = unwanted == "setting"
    assert Assistant.open(update=update).ask("How much did the harbour bridge cost?").answered
    (folder / "tunnel.txt").write_text(TUNNEL)
    assert not Assistant.open(update=update).ask("Who opened the Fjord tunnel?").answered


def test_a_large_change_is_left_waiting_and_said(run, folder):
    run("index")
    (folder / "large.txt").write_text("Large\n\n" + "The ship sailed on and on over the sea. " * 20_000)
    status, _, err = run("ask", "How much did the harbour bridge cost?")
    assert status == ANSWERED
    assert "1 changed file in" in err
    assert "Update with: footnote index" in err


def test_articles_are_listed_and_shown(run, folder):
    _, out, _ = run("articles", "--json")
    listed = json.loads(out)
    assert [one["title"] for one in listed] == ["Ferry line to close", "Harbour bridge opens"]
    assert all(set(one) == HEADLINE for one in listed)
    _, out, _ = run("articles")
    assert out.splitlines() == [
        f"{listed[0]['id']}  2024-06-10  Coast News  Ferry line to close",
        f"{listed[1]['id']}  2024-05-03  Port Daily  Harbour bridge opens",
    ]
    _, out, _ = run("article", listed[1]["id"])
    assert out.startswith("Harbour bridge opens\nPort Daily, Ann Lee, 2024-05-03\n")
    status, _, err = run("article", "nope")
    assert status == FAILED
    assert "No article has the id 'nope'. List them with: footnote articles" in err


def test_batches_are_answered_in_order(run, folder, monkeypatch):
    questions = [
        {"id": "1", "question": "How much did the harbour bridge cost?"},
        {"id": 2, "question": "Who won the 2022 World Cup?"},
        {"id": "3", "question": "harbour bridge", "until": "2023"},
    ]
    lines = "\n".join(map(json.dumps, questions)) + "\n\n"
    (folder.parent / "in.jsonl").write_text(lines)
    status, out, _ = run("ask", "--batch", "in.jsonl", "--out", "out.jsonl")
    assert (status, out) == (ANSWERED, "")
    answers = [json.loads(line) for line in (folder.parent / "out.jsonl").read_text().splitlines()]
    assert [(one["id"], one["kind"]) for one in answers] == [("1", "answer"), (2, "refusal"), ("3", "refusal")]
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    status, out, _ = run("search", "--batch", "-")
    assert status == ANSWERED
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["1", 2, "3"]


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_file_for_the_answers_of_a_batch_is_refused_without_one(run, folder, command):
    status, out, err = run(command, "harbour bridge", "--out", "out.jsonl")
    assert (status, out) == (WRONG_USE, "")
    assert "--out" in err
    assert not (folder.parent / "out.jsonl").exists()


def test_a_batch_that_begins_with_the_mark_of_windows_is_read(run, folder, monkeypatch):
    line = '\ufeff{"id": 1, "question": "hello"}\n'
    (folder.parent / "in.jsonl").write_text(line, encoding="utf-8")
    assert json.loads(run("ask", "--batch", "in.jsonl")[1])["id"] == 1
    monkeypatch.setattr(sys, "stdin", io.StringIO(line))
    assert json.loads(run("ask", "--batch", "-")[1])["id"] == 1


def test_a_broken_batch_line_is_named(run, folder):
    (folder.parent / "in.jsonl").write_text('{"id": 1, "question": "a"}\n{"id": 2}\n')
    status, _, err = run("ask", "--batch", "in.jsonl")
    assert status == WRONG_USE
    assert "in.jsonl:2" in err
    (folder.parent / "in.jsonl").write_text('{"id": 1, "question": 3}\n')
    status, _, err = run("ask", "--batch", "in.jsonl")
    assert (status, err) == (WRONG_USE, "in.jsonl:1: the question is 3. Write it as text.\n")


@pytest.mark.parametrize(("outlet", "found"), [("Port Daily", 1), (["Port Daily", "Coast News"], 2), ([], 2)])
def test_a_batch_may_name_one_outlet_or_several(run, folder, outlet, found):
    line = {"id": 1, "question": "harbour bridge ferry line", "outlet": outlet}
    (folder.parent / "in.jsonl").write_text(json.dumps(line) + "\n")
    status, out, _ = run("search", "--batch", "in.jsonl")
    hits = json.loads(out)["hits"]
    assert (status, len(hits)) == (ANSWERED, found)


def test_a_batch_question_that_cannot_be_asked_gives_its_error_and_the_rest_goes_on(run, folder):
    (folder.parent / "in.jsonl").write_text('{"id": 1, "question": "?"}\n{"id": 2, "question": "hello"}\n')
    status, out, _ = run("ask", "--batch", "in.jsonl")
    first, second = map(json.loads, out.splitlines())
    assert status == FAILED
    assert first["error"]
    assert second["kind"] == "about"


def test_the_starter_articles_answer_where_there_is_no_folder(run, elsewhere):
    status, out, err = run("ask", "What share of Israel's oil comes from Azerbaijan?")
    assert status == ANSWERED
    assert "30%" in out
    assert "Indexed 2 articles" in err
    assert list(elsewhere.iterdir()) == []


def test_check_finds_a_whole_index_and_what_waits(run, folder):
    run("index")
    status, out, _ = run("check", "--json")
    assert (status, json.loads(out)) == (
        ANSWERED,
        {
            "ok": True, "articles": 2, "passages": 2, "vectors": 2, "looked_at": 2,
            "problems": [], "leaked": [], "mended": [], "waiting": 0,
        },
    )  # fmt: skip
    (folder / "ferry.md").unlink()
    status, out, _ = run("check")
    assert status == ANSWERED
    assert "Changed since" in out
    assert "1 file." in out


def test_what_check_finds_wrong_is_said_and_mended_with_repair(run, folder):
    run("index")
    drop_vectors(NewsIndex.open(folder / ".footnote", encoder=CountingEncoder()))
    status, out, err = run("check")
    assert (status, err) == (FAILED, "")
    assert "\n- Chroma holds 0 vectors, the manifest 2\n" in out
    assert out.endswith("The index is not whole. Mend it with: footnote check --repair\n")
    status, out, _ = run("check", "--repair")
    assert status == ANSWERED
    assert "\n- mended: Chroma holds 0 vectors, the manifest 2\n" in out
    assert out.endswith("The index is whole.\n")
    assert run("check")[0] == ANSWERED


def test_full_reads_what_no_time_betrays_and_compact_writes_afresh_what_is_unchanged(run, folder):
    def updated(*flags):
        report = json.loads(run("index", "--json", *flags)[1])
        return report["changed"], report["generation"]

    run("index")
    news_index = NewsIndex.open(folder / ".footnote", encoder=CountingEncoder())
    edit_unseen(news_index, folder / "bridge.md", "210 million", "310 million")
    assert updated() == (0, 1)
    assert updated("--compact") == (0, 2)
    assert updated("--full") == (1, 3)
    assert updated("--full") == (0, 3)
    assert "310 million" in run("ask", "How much did the harbour bridge cost?")[1]


def test_settings_come_from_file_environment_and_command_line_in_that_order(run, folder, monkeypatch):
    for name in ("one", "two", "three"):
        place = folder.parent / name
        place.mkdir()
        (place / f"{name}.txt").write_text(f"Text {name}\n\nThis is the text number {name} of three texts.\n")
    (folder.parent / "footnote.toml").write_text('articles = "one"\n')
    assert "Text one" in run("articles")[1]
    monkeypatch.setenv("FOOTNOTE_ARTICLES", "two")
    assert "Text two" in run("articles")[1]
    assert "Text three" in run("articles", "--articles", "three")[1]
    monkeypatch.setenv("FOOTNOTE_ARTICELS", "x")
    status, _, err = run("articles")
    assert status == WRONG_USE
    assert "FOOTNOTE_ARTICELS" in err


def test_adding_brings_files_into_the_folder_and_indexes_them(run, folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "tunnel.txt").write_text("Tunnel opens\n\nThe Fjord tunnel was opened on Sunday.\n")
    (tmp_path / "elsewhere" / "picture.png").write_bytes(b"x")
    status, _, err = run("add", "elsewhere/tunnel.txt")
    assert status == ANSWERED
    assert "Added tunnel.txt" in err
    assert (folder / "tunnel.txt").is_file()
    status, _, err = run("add", "elsewhere")
    assert status == FAILED
    assert "picture.png: no reader for .png" in err
    assert "tunnel.txt" in err
    status, _, err = run("add", "nowhere.txt")
    assert status == WRONG_USE
    assert "There is no file or folder 'nowhere.txt'" in err
    status, _, err = run("add", "http://127.0.0.1:1/page")
    assert status == FAILED
    assert "127.0.0.1" in err


def test_what_adding_did_is_told_in_the_wire_form_of_index(run, folder):
    (folder.parent / "tunnel.txt").write_text(TUNNEL)
    status, out, err = run("add", "tunnel.txt", "--json")
    report = json.loads(out)
    assert (status, err) == (ANSWERED, "Added tunnel.txt\n")
    assert set(report) == REPORT
    assert (report["added"], report["failed"]) == (3, [])


def test_adding_a_folder_passes_over_hidden_files_and_the_articles_themselves(run, folder):
    (folder / "sub").mkdir()
    (folder / "sub" / "tunnel.md").write_text("---\ntitle: Tunnel\n---\nThe Fjord tunnel was opened on Sunday.\n")
    (folder.parent / ".notes.txt").write_text("Notes\n\nThey are hidden, so they are nobody's article.\n")
    (folder.parent / "harbour.txt").write_text("Harbour\n\nThe harbour was dredged in the spring of the year.\n")
    run("index")
    status, _, err = run("add", ".")
    assert (status, [line for line in err.splitlines() if line.startswith("Added")]) == (
        ANSWERED,
        ["Added harbour.txt"],
    )
    assert sorted(one.name for one in folder.iterdir() if one.is_file()) == ["bridge.md", "ferry.md", "harbour.txt"]


def test_watching_finds_what_changed_before_the_watch_stood(folder):
    command = [sys.executable, "-c", WATCH]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as one:
        try:
            assert "2 added" in one.stderr.readline()
            assert "Watching" in one.stderr.readline()
            told = one.stderr.readline()
            one.send_signal(signal.SIGINT)
            rest = one.stderr.read()
            one.wait(30)
        finally:
            one.kill()
    assert "1 added" in told
    assert (one.returncode, rest) == (ANSWERED, "")


def test_adding_with_no_folder_makes_one_and_uses_it_from_then_on(run, elsewhere):
    (elsewhere / "tunnel.txt").write_text(TUNNEL)
    status, _, err = run("add", "tunnel.txt")
    assert status == ANSWERED
    assert "Made '" in err
    status, out, _ = run("ask", "Who opened the Fjord tunnel?")
    assert status == ANSWERED
    assert "the king" in out


def test_a_question_set_is_measured(run, folder):
    lines = [
        {"id": "1", "question": "How much did the harbour bridge cost?", "answers": ["210 million kroner"]},
        {"id": "2", "question": "Who won the 2022 World Cup?", "answerable": False},
    ]
    (folder.parent / "set.jsonl").write_text("\n".join(map(json.dumps, lines)))
    status, out, _ = run("eval", "set.jsonl")
    table = dict(re.findall(r"^(.+?)  +(.+)$", out, re.MULTILINE))
    assert status == ANSWERED
    assert (table["questions"], table["answerable"], table["answer in the sentences"]) == ("2", "1", "100.0 %")
    assert (table["unanswerable refused"], table["answerable refused"]) == ("100.0 %", "0.0 %")
    status, out, _ = run("eval", "set.jsonl", "--json")
    figures = json.loads(out)
    assert status == ANSWERED
    assert set(figures) == {
        "questions", "answerable", "retrieved_first", "retrieved", "first_sentence", "in_answer", "short_exact",
        "short_f1", "refused", "falsely_refused", "disagreements", "verbatim", "cited", "ms_p50", "ms_p95",
    }  # fmt: skip
    assert (figures["questions"], figures["answerable"], figures["in_answer"]) == (2, 1, 1.0)
    assert (figures["refused"], figures["falsely_refused"]) == (1.0, 0.0)


def test_a_reader_that_goes_away_ends_a_batch_quietly(folder):
    lines = "".join(
        json.dumps({"id": at, "question": "harbour bridge"}) + "\n" for at in range(400)
    )  # more than a pipe holds
    (folder.parent / "in.jsonl").write_text(lines)
    main(["index"])
    command = [sys.executable, "-m", "ui", "search", "--batch", "in.jsonl", "--no-update"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as asking:
        asking.stdout.readline()
        asking.stdout.close()
        assert asking.stderr.read() == b""
    assert asking.returncode == FAILED


def typed(*arguments, out):
    """Type a command whose output goes to a file that is open already."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-m", "ui", *arguments]
    done = subprocess.run(
        command, stdout=out, stderr=subprocess.PIPE, env={**environment, "PYTHONPATH": str(ROOT)}, text=True
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_stream_that_was_closed_is_an_empty_one(folder, closed):
    main(["index"])
    command = 'exec "$0" -m ui ask --batch - --json --no-update "$@"' + f" {closed}{'<' if closed == 0 else '>'}&-"
    done = subprocess.run(
        ["sh", "-c", command, sys.executable],
        input='{"question": "Who opened the bridge?"}\n',
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stderr) == (ANSWERED, "")
    assert len(done.stdout.splitlines()) == (1 if closed == 2 else 0)


def test_a_folder_that_is_gone_is_said_to_be(tmp_path, monkeypatch, capsys):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(["articles"]) == WRONG_USE
    assert capsys.readouterr().err.startswith("The folder you are in is no longer there.")


@pytest.mark.parametrize("arguments", [["token", "--list"], ["--version"], ["--help"]])
def test_a_reader_that_has_gone_before_the_last_line_is_written_is_told_nothing(elsewhere, arguments):
    Tokens(tokens_file()).make("reader")
    reads, writes = os.pipe()
    os.close(reads)
    assert typed(*arguments, out=writes) == (FAILED, "")
    os.close(writes)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="/dev/full is not here")
@pytest.mark.parametrize("arguments", [["token", "--list"], ["--version"], ["articles"]])
def test_a_disk_without_room_for_the_output_is_told_in_one_line(folder, arguments):
    Tokens(tokens_file()).make("reader")
    for number in range(300):  # more than is held back before it is written
        (folder / f"{number}.txt").write_text(f"The long title of article number {number}\n\nIt opened.\n")
    main(["index"])
    with open("/dev/full", "w") as full:
        status, said = typed(*arguments, out=full)
    assert (status, said) == (
        FAILED,
        "The output cannot be written (No space left on device). Make room, or send it elsewhere.\n",
    )


@pytest.mark.parametrize("outlet", [5, [1], {"name": "Port Daily"}])
def test_a_filter_of_a_batch_that_is_no_name_is_named_with_its_line(run, folder, outlet):
    (folder.parent / "in.jsonl").write_text(json.dumps({"id": 1, "question": "bridge", "outlet": outlet}) + "\n")
    status, out, err = run("search", "--batch", "in.jsonl")
    assert (status, out) == (WRONG_USE, "")
    assert "in.jsonl:1 is not a question (outlet is" in err


def test_half_characters_are_no_reason_to_stop(run, folder):
    (folder.parent / "in.jsonl").write_text('{"id": "\\ud800", "question": "harbour \\ud800 bridge"}\n')
    status, _, err = run("search", "--batch", "in.jsonl", "--out", "out.jsonl")
    assert (status, err.count("Unexpected")) == (ANSWERED, 0)
    assert json.loads((folder.parent / "out.jsonl").read_text("utf-8"))["id"] == "\ud800"
    status, _, err = run("article", "\udcff")
    assert status == FAILED
    assert "No article has the id" in err


def test_json_can_be_written_in_any_encoding():
    assert json.loads(json_text({"a": "“é”"}, encoding="ascii").encode("ascii")) == {"a": "“é”"}
    assert json.loads(json_text({"a": "“é\ud800"}, encoding="utf-8").encode("utf-8")) == {"a": "“é\ud800"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"articles = 5", "articles in footnote.toml is 5. Name a folder"),
        (b'articles = "\xe9"', "cannot be read as settings"),
        (b"articles =", "cannot be read as settings"),
        (b'articles = "~nobody-of-this-name/x"', "Write the path out"),
        (b'index = "articles/index"', "The index may not lie among the articles"),
        (b'index = "articles"', "The index may not lie among the articles"),
        (b'index = "footnote.toml"', "'footnote.toml' is a file. Name a folder."),
        (b'index = "footnote.toml/x"', "'footnote.toml' is a file. Name a folder."),
    ],
)
def test_settings_that_cannot_be_used_are_wrong_use_in_one_line(run, folder, content, expected):
    (folder.parent / "footnote.toml").write_bytes(content)
    status, out, err = run("articles")
    assert (status, out) == (WRONG_USE, "")
    assert len(err.splitlines()) == 1
    assert expected in err


def test_an_index_beside_the_articles_or_hidden_among_them_is_allowed(run, folder):
    assert run("index", "--index", "articles/.own")[0] == ANSWERED
    assert run("index", "--index", "beside")[0] == ANSWERED


@pytest.mark.parametrize("command", ["ask", "search"])
def test_while_another_process_writes_the_index_as_it_is_answers(run, folder, command):
    run("index")
    (folder / "tunnel.txt").write_text(TUNNEL)
    with another_writer(folder / ".footnote") as writer:
        status, out, err = run(command, "How much did the harbour bridge cost?")
    assert status == ANSWERED
    assert "210 million" in out
    assert err.startswith(f"1 changed file in '{folder}' is not in this answer yet. Another process (pid {writer.pid})")
    assert len(err.splitlines()) == 1


def test_articles_that_may_not_be_written_have_their_index_in_the_data_folder_of_the_user(folder, unprivileged):
    folder.chmod(0o555)
    command = [*unprivileged, sys.executable, "-m", "ui", "index"]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    folder.chmod(0o755)
    (index,) = Path(os.environ["XDG_DATA_HOME"], "footnote").iterdir()
    assert (done.returncode, done.stdout) == (ANSWERED, "")
    assert done.stderr.startswith(f"'{folder}' may not be written, so its index is kept in '{index}'.\n2 added")
    assert (index / "CURRENT").is_file()
    assert {one.name for one in folder.iterdir()} == set(ARTICLES)


def test_long_work_without_a_terminal_says_every_ten_seconds_how_far_it_is():
    said, clock = [], iter([0.0, 1.0, 9.0, 11.0, 15.0, 21.5, 30.0, 40.0])
    show = Lines(said.append, clock=lambda: next(clock)).show
    for done in (0, 80, 100, 140, 205):
        show(Progress("encoding", done, 1000))
    assert said == [
        "Encoding passages: 100 of 1,000, 10/s, about 2 min left",
        "Encoding passages: 205 of 1,000, 10/s, about 80 s left",
    ]
    show(Progress("storing", 0, 3000))
    show(Progress("storing", 2000, 3000))
    assert said[2:] == ["Storing: 2,000 of 3,000, 200/s, about 5 s left"]


def test_long_work_without_a_terminal_is_told_on_stderr(capsys, monkeypatch):
    monkeypatch.setattr("ui.progress._EVERY_S", 0.0)
    with shown_progress() as show:
        show(Progress("encoding", 0, 40))
    assert capsys.readouterr() == ("", "Encoding passages: 0 of 40\n")


def test_what_nobody_foresaw_is_one_line_and_the_trace_is_logged(capsys, caplog):
    assert _explained(ValueError("odd")) == FAILED
    said = "Unexpected ValueError: odd. The index and the articles are unharmed.\n"
    assert capsys.readouterr() == ("", said)
    assert [str(record.exc_info[1]) for record in caplog.records] == ["odd"]


@pytest.mark.parametrize(
    ("named", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-05-03", "2024-05-03", "2024-05-03"),
    ],
)
def test_a_year_a_month_or_a_day_is_named(named, first, last):
    assert tuple(map(str, days(named))) == (first, last)


@pytest.mark.parametrize("named", ["", "24", "2024-13", "2024-02-30", "May 2024", "2024-05-03-01", "0000"])
def test_what_is_no_date_says_how_one_is_written(named):
    with pytest.raises(ValueError, match="is not a date like 2023, 2023-05 or 2023-05-03"):
        days(named)


def test_what_belongs_to_nothing_is_named_by_check(run, folder):
    run("index")
    (folder / ".footnote" / "generations" / "77").mkdir()
    _, out, _ = run("check")
    assert "\n- generations/77 belongs to nothing\n" in out
    assert run("check", "--repair")[0] == ANSWERED
    assert "generations/77" not in run("check")[1]


def test_a_folder_without_an_article_is_said_to_be_empty(run, folder):
    for file in folder.iterdir():
        file.unlink()
    status, _, err = run("index")
    assert (status, err.splitlines()[-1]) == (
        ANSWERED,
        f"There is no article in '{folder}'. Put some there, then: footnote index",
    )


def test_a_failure_is_told_when_it_is_new(capsys, tmp_path):
    def report(*failed):
        return BuildReport(1, 0, 0, 9, tuple(Failure(path, "broken") for path in failed), (), 20, 1, 0.5, 3)

    tell = teller(Places(articles=tmp_path, index=tmp_path), as_json=False)
    told = []
    for one in (report("a.pdf"), report("a.pdf", "b.pdf"), report("b.pdf"), report("a.pdf", "b.pdf")):
        tell(one)
        told.append([line for line in capsys.readouterr().err.splitlines() if line.startswith("-")])
    assert told == [["- a.pdf: broken"], ["- b.pdf: broken"], [], ["- a.pdf: broken"]]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--since", "2024", "--until", "2023"], "Nothing lies since 2024-01-01 and until 2023-12-31"),
        (["--outlet", ""], "The outlet to filter by is empty"),
        (["--author", " "], "The author to filter by is empty"),
    ],
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_filter_that_nothing_passes_is_wrong_use(run, command, given, said):
    status, out, err = run(command, "Who sailed?", *given)
    assert (status, out) == (2, "")
    assert err.startswith(said)
    assert len(err.splitlines()) == 1


class Unwatchable:
    """An index whose folder cannot be watched, first for one reason and then for another."""

    def __init__(self):
        self.errors = chain(repeat(OSError(28, "inotify watch limit reached"), 3), repeat(OSError(2, "gone")))

    def watch(self, *_, **__):
        raise next(self.errors)


class Waits:
    """A stop that comes after so many waits, none of which takes any time."""

    def __init__(self, waits):
        self.waits = waits

    def is_set(self):
        return not self.waits

    def wait(self, _):
        self.waits -= 1


def test_what_ends_the_watch_again_and_again_is_told_once(caplog, tmp_path):
    _follow(Unwatchable(), Places(articles=tmp_path, index=tmp_path), Waits(8), at_once=False)
    assert [str(record.exc_info[1]) for record in caplog.records] == [
        "[Errno 28] inotify watch limit reached",
        "[Errno 2] gone",
    ]
