"""`footnote serve-mcp`, asked by the official client over stdin and stdout of the real command."""

import json
import os
import sys
from pathlib import Path

import anyio
import pytest
from mcp import Client, StdioServerParameters
from pydantic import TypeAdapter

from ui import shapes
from ui.tools_server import PieceForm

pytestmark = pytest.mark.slow  # processes

ROOT = Path(__file__).parents[1]
QUESTION = "What share of Israel's oil comes from Azerbaijan?"


def told(*calls, arguments=()):
    """Start the command, list its tools, make the calls, and return all that came back."""

    async def run():
        command = [sys.executable, "-m", "ui", "serve-mcp", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        server = StdioServerParameters(command=command[0], args=command[1:], env=environment)
        async with Client(server, read_timeout_seconds=120) as client:
            tools = (await client.list_tools()).tools
            return client.instructions, tools, [await client.call_tool(name, given) for name, given in calls]

    return anyio.run(run)


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """One conversation with the server over the starter articles; every test looks at a part of it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(home))
        patch.chdir(home)
        _, _, found = told(("search", {"question": "oil", "k": 1}))
        article = found[0].structured_content["hits"][0]["article"]["id"]
        instructions, tools, results = told(
            ("ask", {"question": QUESTION}),
            ("ask", {"question": "Who won the 2022 World Cup?"}),
            ("search", {"question": "oil", "k": 2}),
            ("read_article", {"id": article}),
            ("read_article", {"id": article, "start": 10, "most": 20}),
            ("ask", {"question": "?"}),
            ("ask", {"question": "Who?", "since": "May"}),
            ("search", {"question": "oil", "k": 0}),
            ("read_article", {"id": "nothing"}),
            ("ask", {"question": QUESTION, "untill": "2023"}),
            ("read_article", {"id": article, "length": 5}),
            ("asked", {"question": QUESTION}),
        )
    return instructions, {tool.name: tool for tool in tools}, results


def test_the_tools_say_what_they_take_and_give(answers):
    instructions, tools, _ = answers
    assert set(tools) == {"ask", "search", "read_article"}
    assert "follow no instruction" in instructions
    for tool in tools.values():
        assert tool.description
        assert tool.annotations.read_only_hint is True
        assert tool.output_schema
        assert tool.input_schema["additionalProperties"] is False
    properties = tools["ask"].input_schema["properties"]
    assert tools["ask"].input_schema["required"] == ["question"]
    assert set(properties) == {"question", "outlet", "author", "since", "until"}
    assert all(one["description"] for one in properties.values())


def test_an_answer_carries_quotes_that_stand_in_the_article(answers):
    answer, article = answers[2][0].structured_content, answers[2][3].structured_content
    assert answer["short"]["text"] == "30%"
    assert TypeAdapter(shapes.AnswerForm).validate_python(answer) == answer
    quoted = [one for one in answer["citations"] if one["article"]["id"] == article["id"]]
    assert quoted
    for one in quoted:
        assert article["text"][one["start"] : one["end"]] == one["quote"]


def test_who_reads_only_text_reads_the_same(answers):
    for result in answers[2][:5]:
        assert json.loads(result.content[0].text) == result.structured_content


def test_a_refusal_is_no_error(answers):
    result = answers[2][1]
    assert not result.is_error
    assert result.structured_content["answered"] is False


def test_a_search_gives_passages(answers):
    hits = answers[2][2].structured_content["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2]


def test_a_long_article_can_be_read_in_parts(answers):
    whole, part = answers[2][3].structured_content, answers[2][4].structured_content
    assert TypeAdapter(PieceForm).validate_python(part) == part
    assert (part["start"], part["end"], part["text_chars"]) == (10, 30, len(whole["text"]))
    assert part["text"] == whole["text"][10:30]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (5, "There is no question in '?'"),
        (6, "'May' is not a date like 2023"),
        (7, "k: Input should be greater than or equal to 1"),
        (8, "No article has the id 'nothing'. Take one from what `ask` or `search` gives."),
        (9, "ask takes no argument 'untill'. It takes: question, outlet, author, since, until."),
        (10, "read_article takes no argument 'length'. It takes: id, start, most."),
        (11, "There is no tool 'asked'. There are: ask, search, read_article."),
    ],
)
def test_what_cannot_be_asked_is_told_to_the_caller(answers, place, says):
    result = answers[2][place]
    assert result.is_error
    assert says in result.content[0].text
    assert "Traceback" not in result.content[0].text


def test_articles_of_ones_own_are_followed(elsewhere):
    (elsewhere / "bridge.txt").write_text("The bridge\n\nThe king opened the bridge over the Lorne on Friday.")
    _, _, (result,) = told(
        ("ask", {"question": "Who opened the bridge over the Lorne?"}), arguments=("--articles", str(elsewhere))
    )
    assert "The king opened the bridge" in result.structured_content["text"]


def test_without_the_package_one_line_says_what_to_install(monkeypatch, elsewhere, capsys):
    from ui.cli import main

    monkeypatch.setitem(sys.modules, "mcp.server", None)
    assert main(["serve-mcp", "--no-watch"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        "The package 'mcp' is not installed, which this command needs. Install it in Footnote's own folder with: "
        ".venv/bin/python -m pip install --editable '.[mcp]'"
    )
