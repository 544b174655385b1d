"""What docs/serving.md shows is what happens: curl, OpenAI's client, the MCP configuration, the settings."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import Settings, starter_articles
from index import NewsIndex
from tests.browsing import served
from tests.fakes import CountingEncoder
from ui.cli import _parser
from ui.gate import _OPEN, LOGIN
from ui.limits import Limits

pytestmark = pytest.mark.slow  # a real server

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "serving.md").read_text("utf-8")
SECURITY = (Path(__file__).resolve().parents[1] / "docs" / "security.md").read_text("utf-8")


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    news_index = NewsIndex.open(tmp_path_factory.mktemp("index") / "index", encoder=CountingEncoder())
    news_index.build(starter_articles())
    with served(Assistant(news_index)) as address:
        yield address


CURLS = [line for block in blocks("bash") for line in block.splitlines()]


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not here")
@pytest.mark.parametrize("line", CURLS)
def test_every_curl_is_answered(address, line):
    command = shlex.split(line.replace("http://127.0.0.1:7860", address))
    done = subprocess.run([*command, "--fail-with-body", "-sS", "--noproxy", "*"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    if '"stream"' in line:
        assert done.stdout.rstrip().endswith("event: done\ndata: {}")
    else:
        assert json.loads(done.stdout) is not None


def test_the_python_runs(address, capsys):
    (code,) = blocks("python")
    exec(compile(code.replace("http://127.0.0.1:7860", address), "serving.md", "exec"), {})
    assert "[1]" in capsys.readouterr().out


def test_the_configuration_for_mcp_clients_can_be_typed():
    (text,) = blocks("json")
    server = json.loads(text)["mcpServers"]["footnote"]
    assert _parser().parse_args(server["args"]).command == "serve-mcp"


def test_the_settings_are_those_there_are():
    table = PAGE.partition("## Settings")[2]
    rows = dict(re.findall(r"^\| `(\w+)` \| `?(\w+)`? \|", table, re.MULTILINE))
    assert {name: str(getattr(Settings(), name)) for name in rows} == rows
    assert {"log", "requests_a_minute", "answers_at_once", "answer_seconds"} == set(rows)
    unasked = re.findall(r"^\| `(no_\w+)`, `(no_\w+)` \| `false` \|", table, re.MULTILINE)
    assert unasked == [("no_update", "no_watch")]
    assert (Settings().no_update, Settings().no_watch) == (False, False)
    settings, limits = Settings(), Limits()
    assert (settings.requests_a_minute, settings.answers_at_once) == (limits.per_minute, limits.at_once)
    assert settings.answer_seconds == limits.answer_s
    assert f"{limits.waiting} more wait up to {limits.wait_s:g} s" in table


def test_what_needs_no_token_is_what_the_page_on_security_names():
    (told,) = re.findall(r"^\| others on the network \| (.*?) needs a token", SECURITY, re.MULTILINE)
    assert "the login, its sheet" in told
    assert {*re.findall(r"`(/\S+)`", told), LOGIN, "/footnote.css"} == set(_OPEN)


def test_the_tests_that_the_page_on_security_names_are_there():
    named = set(re.findall(r"`(test_\w+\.py)`", SECURITY))
    assert len(named) > 5
    assert [name for name in named if not (Path(__file__).parent / name).is_file()] == []
