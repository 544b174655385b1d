"""Who is answered, how much and by which name: tokens, hosts, origins, limits, the log."""

import json
import logging
import os
import queue
import re
import shutil
import socket
import stat
import threading
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import httpx
import openai
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from starlette.websockets import WebSocketDisconnect

from tests.browsing import served
from tests.fakes import ARTICLE, FIRST, ScriptedAssistant
from ui.callers import only_here
from ui.cli import main
from ui.errors import BadTokens, NoSuchToken
from ui.limits import Limits, Rate
from ui.request_log import logger as request_logger
from ui.server import create_app
from ui.tokens import Tokens, tokens_file
from ui.uploads import uploads_folder

pytestmark = pytest.mark.slow  # an app of its own for nearly every test

HERE = "http://127.0.0.1:7860"


class Held(ScriptedAssistant):
    """Answers when it is let go."""

    def __init__(self):
        super().__init__([ARTICLE], {"What?": FIRST})
        self.let_go = threading.Event()

    def stream(self, question, turns=(), **filters):
        self.let_go.wait(20)
        yield from super().stream(question, turns, **filters)


@pytest.fixture
def assistant():
    return ScriptedAssistant([ARTICLE], {"What?": FIRST})


@pytest.fixture
def tokens(tmp_path):
    return Tokens(tmp_path / "tokens.json")


@pytest.fixture
def app_client(tmp_path, assistant):
    """Make a client of an app with these guards."""

    def made(*, base_url=HERE, client=("127.0.0.1", 50_000), **options):
        app = create_app(assistant, feedback=tmp_path / "feedback.jsonl", suggest=tuple, **options)
        return TestClient(app, base_url=base_url, client=client, follow_redirects=False)

    return made


def ask(client, **options):
    return client.post("/api/ask", json={"question": "What?"}, **options)


# Names, origins, proxies


@pytest.mark.parametrize(
    ("hosts", "own", "foreign"),
    [
        ((), [], ["news.example", "127.0.0.1.evil.example", "localhost.evil.example:7860", ""]),
        (
            ("news.example",),
            ["news.example", "NEWS.example:8443"],
            ["news.example.evil.example", "192.168.1.5"],
        ),
        (("0.0.0.0",), ["192.168.1.5:7860", "[fd00::5]:7860"], ["evil.example"]),
        (("::",), ["[fd00::5]:7860"], [""]),
    ],
)
def test_the_server_answers_to_its_own_names_only(app_client, hosts, own, foreign):
    client = app_client(hosts=("127.0.0.1", *hosts))
    for host in own:
        assert client.get("/healthz", headers={"host": host}).status_code == 200
    for host in foreign:
        response = client.get("/healthz", headers={"host": host})
        assert response.status_code == 400
        assert "does not answer to the name" in response.json()["error"]


@pytest.fixture(scope="module")
def open_client(tmp_path_factory):
    """A client of a server for its own machine, and what its assistant is asked."""
    assistant = ScriptedAssistant([ARTICLE], {"What?": FIRST})
    app = create_app(assistant, feedback=tmp_path_factory.mktemp("open") / "f.jsonl", suggest=tuple)
    with TestClient(app, base_url=HERE) as client:
        yield client, assistant.asked


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:3000", "http://[", "file://"])
@pytest.mark.parametrize(
    "path", ["/api/ask", "/v1/chat/completions", "/own-words", "/feedback", "/gradio_api/queue/join"]
)
def test_pages_of_others_are_not_answered(open_client, origin, path):
    client, asked = open_client
    response = client.post(path, json={"question": "What?"}, headers={"origin": origin})
    assert response.status_code == 403
    assert asked == []


def test_the_page_itself_is_answered(app_client):
    assert ask(app_client(), headers={"origin": HERE, "sec-fetch-site": "same-origin"}).status_code == 200


def test_no_web_socket_is_opened(app_client):
    with pytest.raises(WebSocketDisconnect) as refused, app_client().websocket_connect("/"):
        pass
    assert refused.value.code == 1008


def test_what_a_browser_fetches_for_another_site_is_not_answered(app_client):
    response = app_client().get("/api/search?question=a", headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
@pytest.mark.parametrize("path", ["/config", "/gradio_api/info", "/api/articles"])
def test_no_response_lets_another_origin_read_it(open_client, method, path):
    headers = {"origin": "http://localhost:3000", "access-control-request-method": "POST"}
    response = open_client[0].request(method, path, headers=headers)
    assert not [name for name in response.headers if name.startswith("access-control-")]


def test_a_server_for_its_own_machine_is_not_reached_by_way_of_a_proxy(app_client, tokens):
    own, guarded = app_client(), app_client(tokens=tokens)
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        response = own.get("/healthz", headers={header: "10.0.0.7"})
        assert response.status_code == 403
        assert "footnote chat --name" in response.json()["error"]
        assert guarded.get("/healthz", headers={header: "10.0.0.7"}).status_code == 200


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.3.2.1", True), ("0.0.0.0", False), ("::", False),
     ("192.168.1.5", False), ("news.example", False), ("", False)],
)  # fmt: skip
def test_what_can_be_reached_from_elsewhere_is_known(host, here):
    assert only_here(host) is here


# Tokens


def test_a_token_is_known_until_it_is_revoked(tokens, tmp_path):
    token, kept = tokens.make("reader")
    assert tokens.known(token) == kept
    assert Tokens(tmp_path / "tokens.json").known(token) == kept
    assert tokens.known(token[:-1]) is None
    assert tokens.known("") is None
    Tokens(tmp_path / "tokens.json").revoke(kept.id)
    assert tokens.known(token) is None
    with pytest.raises(NoSuchToken, match=kept.id):
        tokens.revoke(kept.id)


def test_a_token_that_has_no_room_is_told_and_the_others_stay(tokens, tmp_path, little_room):
    _, kept = tokens.make("reader")
    with little_room(10), pytest.raises(BadTokens, match="could not be kept"):
        tokens.make("reader")
    assert tokens.passes() == (kept,)
    assert [one.name for one in tmp_path.iterdir()] == ["tokens.json"]


def test_what_is_kept_of_a_token_is_of_no_use_to_a_thief(tokens, tmp_path):
    token, kept = tokens.make("keeper")
    file = tmp_path / "tokens.json"
    assert token not in file.read_text()
    assert token not in repr(kept)
    assert tokens.known(kept.hash) is None
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text", ["{", "[{}]", "[1]", '[{"id": "a", "role": "king", "made": "2024-01-01", "hash": ""}]']
)
def test_a_damaged_file_of_tokens_is_to_be_mended(tokens, tmp_path, text):
    (tmp_path / "tokens.json").write_text(text)
    with pytest.raises(BadTokens, match="Mend the file"):
        tokens.passes()


def test_a_damaged_file_of_tokens_lets_nobody_in(app_client, tokens, tmp_path):
    (tmp_path / "tokens.json").write_text("{")
    response = ask(app_client(tokens=tokens), headers={"authorization": "Bearer x"})
    assert response.status_code == 503
    response = app_client(tokens=tokens).post("/login", data={"token": "x"})
    assert response.status_code == 503
    assert "Mend the file" in response.text
    assert "set-cookie" not in response.headers


def test_a_file_of_tokens_that_cannot_be_looked_at_is_no_empty_one(tmp_path):
    (tmp_path / "place").write_text("a file")
    with pytest.raises(BadTokens, match="Not a directory"):
        Tokens(tmp_path / "place" / "tokens.json").passes()


PROTECTED = ["/", "/config", "/reader/a1", "/api/articles", "/api", "/openapi.json", "/v1/models", "/footnote.js"]
TOKENLESS = [
    {},
    {"authorization": "Bearer fnr_wrong"},
    {"authorization": "Basic eA=="},
    {"cookie": "footnote_token=wrong"},
    {"cookie": "\xff;;=", "authorization": "Bearer"},
]


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    """A client of a server that knows one token, and puts off nobody who guesses at it."""
    folder = tmp_path_factory.mktemp("locked")
    tokens = Tokens(folder / "tokens.json")
    tokens.make("reader")
    app = create_app(ScriptedAssistant([ARTICLE], {}), feedback=folder / "f.jsonl", suggest=tuple, tokens=tokens)
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("ui.gate._FAILURES_A_MINUTE", 0)
            client = stack.enter_context(TestClient(app, base_url=HERE, follow_redirects=False))
        yield client


@pytest.mark.parametrize(
    "path", [*PROTECTED, "/gradio_api/info", "/assets/x.js", "/nothing", "/api/x", "//", "/login/"]
)
@pytest.mark.parametrize("headers", TOKENLESS)
def test_nothing_is_told_without_a_token(locked, path, headers):
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    response = locked.get(path, headers=sent)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert "error" in response.json() if not path.startswith("/v1/") else response.json()["error"]["message"]
    assert "content-security-policy" in response.headers


def test_with_a_token_programs_are_answered(app_client, tokens):
    token, _ = tokens.make("reader")
    client = app_client(tokens=tokens)
    assert ask(client, headers={"authorization": f"Bearer {token}"}).json()["text"] == "First words. [1]"
    assert ask(client).status_code == 401
    assert client.get("/healthz").json() == {"status": "ok"}


def test_openais_client_sends_the_token_as_its_key(tmp_path, assistant, tokens):
    token, _ = tokens.make("reader")
    with served(assistant, feedback=tmp_path / "f.jsonl", tokens=tokens) as address:
        good, bad = (
            openai.OpenAI(base_url=f"{address}/v1", api_key=key, max_retries=0) for key in (token, "fnr_wrong")
        )
        assert [model.id for model in good.models.list()] == ["footnote"]
        with pytest.raises(openai.AuthenticationError, match="not known"):
            bad.models.list()


def test_a_reader_logs_in_with_the_token_and_out_again(app_client, tokens):
    token, kept = tokens.make("reader")
    with app_client(tokens=tokens) as client:
        turned_away = client.get("/", headers={"accept": "text/html"})
        assert (turned_away.status_code, turned_away.headers["location"]) == (303, "/login")
        form = client.get("/login").text
        assert '<form method="post" action="/login">' in form
        assert "<script" not in form
        assert client.get("/footnote.css").status_code == 200
        wrong = client.post("/login", data={"token": "<b>wrong"})
        assert wrong.status_code == 401
        assert "<b>wrong" not in wrong.text
        right = client.post("/login", data={"token": f" {token} "})
        assert (right.status_code, right.headers["location"]) == (303, "/")
        assert re.search(r"footnote_token=.*; HttpOnly; .*SameSite=lax", right.headers["set-cookie"])
        assert client.get("/", headers={"accept": "text/html"}).status_code == 200
        assert ask(client).status_code == 200
        assert client.post("/logout").status_code == 303
        assert ask(client).status_code == 401
        client.post("/login", data={"token": token})
        assert ask(client).status_code == 200
        tokens.revoke(kept.id)
        assert ask(client).status_code == 401


@pytest.mark.parametrize("other", ['prefs={"a":1}', "a=b c", "list[]=1", "name=\xfc", "alone", ""])
def test_cookies_of_other_programs_do_not_hide_the_token(app_client, tokens, other):
    token, _ = tokens.make("reader")
    sent = f"{other}; footnote_token={token}; {other}".encode("latin-1")
    assert ask(app_client(tokens=tokens), headers={"cookie": sent}).status_code == 200


FORMS = [
    ("multipart/form-data", b"words"),
    ("multipart/form-data; boundary=b", b"words"),
    ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="token"; filename="a"\r\n\r\n-'),
    ("application/x-www-form-urlencoded", b"a=1&" * 50),
]


@pytest.mark.parametrize(("kind", "body"), FORMS)
def test_a_login_that_is_no_form_counts_as_a_guess(app_client, tokens, kind, body):
    client = app_client(tokens=tokens)
    tries = [client.post("/login", content=body, headers={"content-type": kind}) for _ in range(12)]
    assert [one.status_code for one in tries] == [401] * 10 + [429] * 2
    assert "This token is not known." in tries[0].text
    assert "content-security-policy" in tries[0].headers


def test_the_cookie_of_an_encrypted_page_is_sent_encrypted_only(app_client, tokens):
    token, _ = tokens.make("reader")
    client = app_client(tokens=tokens, base_url="https://127.0.0.1")
    assert "; Secure" in client.post("/login", data={"token": token}).headers["set-cookie"]


def test_guessing_at_the_login_is_slowed_down(app_client, tokens):
    token, _ = tokens.make("reader")
    client = app_client(tokens=tokens)
    statuses = [client.post("/login", data={"token": f"guess {number}"}).status_code for number in range(12)]
    assert statuses == [401] * 10 + [429] * 2
    response = client.post("/login", data={"token": token})
    assert response.status_code == 429
    assert int(response.headers["retry-after"]) >= 1
    assert ask(client, headers={"authorization": f"Bearer {token}"}).status_code == 200


def test_guessing_in_the_header_is_slowed_down(app_client, tokens):
    tokens.make("reader")
    client = app_client(tokens=tokens)
    statuses = [ask(client, headers={"authorization": f"Bearer {number}"}).status_code for number in range(12)]
    assert statuses == [401] * 10 + [429] * 2


def test_behind_a_proxy_each_of_its_callers_has_guesses_of_their_own(tmp_path, assistant, tokens):
    token, _ = tokens.make("reader")
    with (
        served(assistant, feedback=tmp_path / "f.jsonl", tokens=tokens) as address,
        httpx.Client(base_url=address, timeout=10) as proxy,
    ):

        def log_in(caller, tried):
            # What the caller says of itself stands before what the proxy adds.
            headers = {"x-forwarded-for": f"10.9.9.{tried[-1]}, {caller}"}
            return proxy.post("/login", data={"token": tried}, headers=headers).status_code

        assert [log_in("198.51.100.1", f"wrong{number % 10}") for number in range(12)] == [401] * 10 + [429] * 2
        assert log_in("198.51.100.1", token + "0") == 429
        assert log_in("198.51.100.2", "wrong0") == 401


@pytest.mark.parametrize(("role", "may"), [("reader", False), ("keeper", True)])
def test_articles_are_changed_with_a_keepers_token_only(app_client, tokens, tmp_path, role, may):
    token, _ = tokens.make(role)
    (tmp_path / "articles").mkdir()
    with app_client(tokens=tokens, articles=tmp_path / "articles") as client:
        client.headers["authorization"] = f"Bearer {token}"
        page = json.dumps(client.get("/config").json())
        assert ('"upload"' in page) is may
        assert ("To add articles of your own" in page) is not may
        sent = client.post("/gradio_api/upload", files={"files": ("x.txt", b"words")})
        assert (sent.status_code == 200) is may
        if not may:
            assert sent.status_code == 403
            assert "keeper's token" in sent.json()["error"]


def test_on_the_own_machine_articles_are_changed_without_a_token(app_client, tmp_path):
    (tmp_path / "articles").mkdir()
    with app_client(articles=tmp_path / "articles") as client:
        assert '"upload"' in json.dumps(client.get("/config").json())


# The commands


def test_a_token_is_shown_once_and_listed_by_its_id(capsys, elsewhere):
    assert main(["token"]) == 0
    shown = capsys.readouterr()
    token = shown.out.strip()
    assert re.fullmatch(r"fnr_[\w-]{43}", token)
    kept = Tokens(tokens_file()).known(token)
    assert f"--revoke {kept.id}" in shown.err
    assert main(["token", "--keeper"]) == 0
    assert capsys.readouterr().out.startswith("fnk_")
    assert main(["token", "--list"]) == 0
    listed = capsys.readouterr().out
    assert [line.split()[1] for line in listed.splitlines()] == ["reader", "keeper"]
    assert listed.startswith(kept.id)
    assert token not in listed
    assert main(["token", "--revoke", kept.id]) == 0
    assert Tokens(tokens_file()).known(token) is None
    assert main(["token", "--revoke", kept.id]) == 1
    assert "footnote token --list" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["--list", "--keeper"], ["--keeper", "--revoke", "abc"], ["--list", "--revoke", "abc"]]
)
def test_one_thing_is_done_with_tokens_at_a_time(capsys, elsewhere, arguments):
    with pytest.raises(SystemExit) as ended:
        main(["token", *arguments])
    assert ended.value.code == 2
    assert "not allowed with" in capsys.readouterr().err
    assert Tokens(tokens_file()).passes() == ()


@pytest.mark.parametrize("arguments", [["--host", "0.0.0.0"], ["--name", "news.example"], ["--host", "192.168.1.5"]])
def test_a_server_for_others_does_not_start_without_a_token(capsys, elsewhere, arguments):
    assert main(["chat", "--port", "0", *arguments]) == 1
    assert "Make one with: footnote token" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("setting", "says"),
    [("FOOTNOTE_LOG=all", "one of: none, requests, questions"), ("FOOTNOTE_ANSWERS_AT_ONCE=0", "from 1 on"),
     ("FOOTNOTE_REQUESTS_A_MINUTE=-1", "from 0 on")],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_refused(capsys, elsewhere, monkeypatch, setting, says):
    monkeypatch.setenv(*setting.split("="))
    assert main(["chat", "--port", "0"]) == 2
    assert says in capsys.readouterr().err


# Limits


def test_more_requests_a_minute_than_allowed_are_put_off(app_client):
    client = app_client(limits=Limits(per_minute=3))
    statuses = [ask(client).status_code for _ in range(5)]
    assert statuses == [200] * 3 + [429] * 2
    refused = client.get("/api/articles")
    assert refused.json() == {"error": "More than 3 requests a minute. Wait a moment, then ask again."}
    assert 1 <= int(refused.headers["retry-after"]) <= 20
    assert client.get("/healthz").status_code == 200
    assert client.get("/v1/models").json()["error"]["type"] == "rate_limit_error"


def test_each_token_has_its_own_requests(app_client, tokens):
    one, other = tokens.make("reader")[0], tokens.make("reader")[0]
    client = app_client(tokens=tokens, limits=Limits(per_minute=1))
    assert [ask(client, headers={"authorization": f"Bearer {one}"}).status_code for _ in range(2)] == [200, 429]
    assert ask(client, headers={"authorization": f"Bearer {other}"}).status_code == 200


@given(st.lists(st.tuples(st.floats(0, 30), st.sampled_from("ab")), min_size=1, max_size=60), st.integers(1, 20))
def test_no_client_gets_more_than_a_burst_and_its_share(gaps, per_minute):
    now = 0.0
    rate = Rate(per_minute, clock=lambda: now)
    let_in = {"a": 0, "b": 0}
    for gap, client in gaps:
        now += gap
        wait_s = rate.wait_s(client)
        let_in[client] += not wait_s
        assert 0 <= wait_s <= 60
        assert let_in[client] <= per_minute + now * per_minute / 60 + 1e-6


def test_who_waited_as_told_is_let_in():
    now = 0.0
    rate = Rate(2, clock=lambda: now)
    assert [rate.wait_s("a"), rate.wait_s("a")] == [0, 0]
    wait_s = rate.wait_s("a")
    now = wait_s + 1e-6
    assert rate.wait_s("a") == 0


def test_of_very_many_clients_those_long_unheard_of_are_forgotten(monkeypatch):
    monkeypatch.setattr("ui.limits._MOST_CLIENTS", 2)
    rate = Rate(1, clock=lambda: 0.0)
    assert [rate.wait_s(client) for client in "abc"] == [0, 0, 0]
    assert [rate.wait_s(client, spend=False) > 0 for client in "abc"] == [False, True, True]


@pytest.fixture
def held(tmp_path):
    assistant = Held()
    limits = Limits(at_once=1, waiting=1, wait_s=20, answer_s=30)
    with served(assistant, feedback=tmp_path / "f.jsonl", limits=limits) as address:
        yield assistant, address
        assistant.let_go.set()


def asking(address, responses):
    def run():
        with httpx.Client(base_url=address, timeout=30) as client:
            responses.put(ask(client))

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_who_finds_the_line_full_is_told_when_to_come_again(held):
    assistant, address = held
    responses = queue.Queue()
    threads = [asking(address, responses) for _ in range(3)]
    refused = responses.get(timeout=20)  # one is being answered, one waits, and this one found no place
    assert refused.status_code == 503
    assert refused.json() == {"error": "Footnote is busy with other questions. Ask again in a moment."}
    assert refused.headers["retry-after"] == "5"
    with pytest.raises(openai.InternalServerError, match="busy"):
        openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0).chat.completions.create(
            model="footnote", messages=[{"role": "user", "content": "What?"}]
        )
    with httpx.Client(base_url=address, timeout=10) as client:
        assert client.get("/healthz").status_code == 200
        assistant.let_go.set()
        for thread in threads:
            thread.join(20)
        assert [responses.get(timeout=1).status_code for _ in range(2)] == [200, 200]
        assert ask(client).status_code == 200


def test_an_answer_that_takes_too_long_is_given_up(tmp_path):
    assistant = Held()
    with (
        served(assistant, feedback=tmp_path / "f.jsonl", limits=Limits(answer_s=0.2, at_once=1, wait_s=0.2)) as address,
        httpx.Client(base_url=address, timeout=10) as client,
    ):
        response = ask(client)
        assert (response.status_code, response.json()["error"][:40]) == (
            504,
            "The answer took longer than 0.2 seconds ",
        )
        assert ask(client).status_code == 503  # the work goes on until its next step, and keeps its place
        assistant.let_go.set()
        assert assistant.closed.wait(10)
        while (response := ask(client)).status_code == 503:
            time.sleep(0.05)
        assert response.status_code == 200


def test_a_long_request_is_refused_before_it_is_read(app_client):
    client = app_client(limits=Limits(body_bytes=1000))
    assert client.post("/api/ask", content=b" " * 1001).status_code == 413
    assert client.post("/v1/chat/completions", content=b" " * 1001).json()["error"]["type"] == "invalid_request_error"

    def pieces():
        for _ in range(100):
            yield b" " * 100

    assert client.post("/api/ask", content=pieces()).status_code == 413
    assert client.post("/gradio_api/queue/join", content=b" " * 1001).status_code == 413


# Uploads


@pytest.fixture
def keeping(app_client, tmp_path):
    """Make a client of a server whose articles may be changed, with these limits."""
    (tmp_path / "articles").mkdir()
    return lambda **limits: app_client(articles=tmp_path / "articles", limits=Limits(**limits))


def upload(client, *, files=1, size=100):
    sent = [("files", (f"{number}.txt", b"a" * size)) for number in range(files)]
    return client.post("/gradio_api/upload", files=sent)


def test_files_are_limited_one_by_one_all_together_in_number_and_in_an_hour(keeping):
    client = keeping(upload_bytes=400_000, upload_bytes_an_hour=500_000)
    assert upload(client, files=2).status_code == 200
    refused = upload(client, files=5, size=100_000)
    assert (refused.status_code, refused.json()["error"][:29]) == (413, "The files are more than 0 MB ")
    assert upload(client, files=1001, size=1).status_code == 400
    assert upload(client, size=300_000).status_code == 200
    refused = upload(client, size=300_000)
    assert (refused.status_code, "in an hour" in refused.json()["error"]) == (429, True)
    assert 0 < int(refused.headers["retry-after"]) <= 3600
    assert upload(client).status_code == 200
    assert upload(keeping(), size=50_000_001).status_code == 413


def test_an_upload_has_to_say_how_long_it_is(keeping):
    pieces = (b"a" * 10 for _ in range(10))
    response = keeping().post("/gradio_api/upload", content=pieces, headers={"content-type": "multipart/form-data"})
    assert response.status_code == 411


def test_what_a_broken_upload_left_is_cleared_up_with_a_later_one(keeping):
    client = keeping()
    assert upload(client).status_code == 200
    folder = uploads_folder()
    old, new = folder / "tmpold", folder / "tmpnew"
    for one in (old, new):
        one.write_bytes(b"half a fi")
    os.utime(old, (0, 0))
    kept = set(folder.iterdir()) - {old}
    assert upload(client).status_code == 200
    assert not old.exists()
    assert set(folder.iterdir()) == kept
    new.unlink()


def test_the_folders_of_uploads_that_are_long_gone_are_cleared_up_too(keeping):
    folder = uploads_folder()
    empty, full, mixed = folder / "empty", folder / "full", folder / "mixed"
    for one in (empty, full, mixed):
        one.mkdir(parents=True)
    for name in ("full/old.txt", "mixed/old.txt", "mixed/new.txt"):
        (folder / name).write_bytes(b"words")
    for name in ("empty", "full/old.txt", "full", "mixed/old.txt", "mixed"):
        os.utime(folder / name, (0, 0))
    assert upload(keeping()).status_code == 200
    assert (empty.exists(), full.exists()) == (False, False)
    assert [one.name for one in mixed.iterdir()] == ["new.txt"]
    shutil.rmtree(mixed)


def test_a_folder_that_is_named_to_gradio_is_not_taken_for_that_of_the_uploads(keeping, monkeypatch, tmp_path):
    work = tmp_path / "work"
    (work / "drafts").mkdir(parents=True)
    thesis = work / "drafts" / "thesis.txt"
    thesis.write_bytes(b"words")
    os.utime(thesis, (0, 0))
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(work))
    client = keeping()
    (uploaded,) = upload(client).json()
    assert Path(uploaded).is_relative_to(uploads_folder())
    assert thesis.exists()
    named = client.post("/gradio_api/queue/join", json={"data": [{"path": str(thesis)}]})
    assert named.status_code == 403


def test_an_upload_that_does_not_come_to_its_end_is_given_up(tmp_path, assistant):
    (tmp_path / "articles").mkdir()
    limits = Limits(body_s=0.3)
    with (
        served(assistant, feedback=tmp_path / "f.jsonl", limits=limits, articles=tmp_path / "articles") as address,
        httpx.Client(base_url=address, timeout=10) as client,
    ):
        host, _, port = address.removeprefix("http://").partition(":")
        head = f"POST /gradio_api/upload HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 1000\r\n"
        part = 'Content-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nwords'
        with socket.create_connection((host, int(port)), timeout=10) as slow:
            slow.sendall(f"{head}Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n{part}".encode())
            assert slow.recv(100).startswith(b"HTTP/1.1 408 ")
        with socket.create_connection((host, int(port)), timeout=10) as gone:
            gone.sendall(f"{head}Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n{part}".encode())
        assert upload(client).status_code == 200


# What of Gradio is open


@pytest.fixture(scope="module")
def page_client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    (folder / "articles").mkdir()
    (folder / "secret.txt").write_text("The word is xyzzy.")
    app = create_app(
        ScriptedAssistant([ARTICLE], {}), articles=folder / "articles", feedback=folder / "f.jsonl", suggest=tuple
    )
    with TestClient(app, base_url=HERE) as client:
        yield client, folder


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "file=/etc/passwd"),
        ("GET", "file=https://example.org/"),
        ("GET", "file/etc/passwd"),
        ("GET", "proxy=https://example.org/"),
        ("GET", "info"),
        ("GET", "startup-events"),
        ("GET", "queue/status"),
        ("POST", "call/respond"),
        ("POST", "component_server"),
        ("POST", "api/predict"),
        ("POST", "run/respond"),
        ("POST", "cancel"),
        ("PUT", "upload"),
        ("GET", "../gradio_api/file=/etc/passwd"),
    ],
)
def test_only_what_the_page_uses_of_gradio_is_open(page_client, method, address):
    client, _ = page_client
    response = client.request(method, f"/gradio_api/{address}", json={} if method == "POST" else None)
    assert response.status_code == 404
    assert "There is nothing at /gradio_api/" in response.json()["error"]


def test_a_session_that_there_is_not_is_told_to_the_page_and_breaks_nothing(page_client):
    client, _ = page_client
    response = client.get("/gradio_api/queue/data?session_hash=gone")
    assert response.status_code == 200
    assert '"session_not_found":true' in response.text


@pytest.mark.parametrize("call", ["queue/join", "run/predict"])
@pytest.mark.parametrize("place", ["secret.txt", "/etc/passwd", "uploads/../secret.txt", "http://127.0.0.1:9/x.txt", 7])
def test_no_file_of_this_machine_passes_for_one_that_was_uploaded(page_client, call, place):
    client, folder = page_client
    uploads = uploads_folder()
    path = {"secret.txt": f"{folder}/secret.txt", "uploads/../secret.txt": f"{uploads}/../secret.txt"}.get(place, place)
    upload = next(
        one["id"]
        for one in client.get("/config").json()["dependencies"]
        if "upload" in [event for _, event in one["targets"]]
    )
    for named in ({"path": path}, {"path": path, "meta": {"_type": "gradio.FileData"}}):
        body = {"data": [[named]], "fn_index": upload, "session_hash": "s", "trigger_id": 1}
        response = client.post(f"/gradio_api/{call}", json=body)
        assert response.status_code == 403
        assert "was not uploaded" in response.json()["error"]
    assert list((folder / "articles").iterdir()) == []


@pytest.mark.parametrize("call", ["run/predict/", "run/predict%0a", "run/predict//", "queue/join/", "queue//join"])
def test_a_call_is_not_taken_by_a_second_way_to_write_its_address(page_client, call):
    client, folder = page_client
    response = client.post(f"/gradio_api/{call}", json={"data": [{"path": f"{folder}/secret.txt"}]})
    assert response.status_code == 404
    assert "There is nothing at /gradio_api/" in response.json()["error"]


@pytest.mark.parametrize("body", [b"{", b"", b"[" * 200_000, b"\xff"])
def test_what_is_no_call_of_the_page_is_refused(page_client, body):
    client, _ = page_client
    assert client.post("/gradio_api/queue/join", content=body).status_code == 422


def test_an_uploaded_file_is_added_by_a_call_that_names_it(page_client):
    client, folder = page_client
    (path,) = client.post("/gradio_api/upload", files={"files": ("../x.txt", b"A title\n\nWords.")}).json()
    upload = next(
        one["id"]
        for one in client.get("/config").json()["dependencies"]
        if "upload" in [event for _, event in one["targets"]]
    )
    data = [[{"path": path, "orig_name": "../../x.txt", "meta": {"_type": "gradio.FileData"}}]]
    call = {"data": data, "fn_index": upload, "session_hash": "s", "trigger_id": 1}
    assert client.post("/gradio_api/queue/join", json=call).status_code == 200
    until = time.monotonic() + 20
    while not (folder / "articles" / "x.txt").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert (folder / "articles" / "x.txt").read_text() == "A title\n\nWords."
    (folder / "articles" / "x.txt").unlink()


MARK = "evil-mark"


REFLECTED = [
    ("GET", f"/reader/{MARK}?cite={MARK}&at={MARK}", {}),
    ("GET", f"/api/articles/{MARK}%0d%0aX-Evil:%20{MARK}", {}),
    ("GET", f"/{MARK}", {"headers": {"accept": "text/html"}}),
    ("GET", f"/api/search?question={MARK}%0d%0aX-Evil:1", {}),
    ("POST", "/api/ask", {"json": {"question": f"{MARK}\r\nX-Evil: 1"}}),
    ("POST", "/v1/chat/completions", {"json": {"model": MARK, "messages": [{"role": "user", "content": MARK}]}}),
    ("GET", "/healthz", {"headers": {"host": f"{MARK}.example"}}),
    ("GET", "/healthz", {"headers": {"origin": f"https://{MARK}.example", "x-mark": MARK}}),
    ("POST", "/login", {"data": {"token": f"{MARK}\r\nSet-Cookie: a=b", "next": f"https://{MARK}.example"}}),
]


def test_no_header_of_a_response_holds_what_was_sent(app_client, tokens):
    tokens.make("reader")
    for client in (app_client(), app_client(tokens=tokens)):
        for method, path, options in REFLECTED:
            assert MARK not in str(client.request(method, path, **options).headers).lower()


# The log


@pytest.fixture
def lines(monkeypatch):
    """What is written of requests, line by line."""
    written = []

    class Written(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    monkeypatch.setattr(request_logger, "handlers", [Written()])
    return written


def test_a_request_is_one_line_without_the_question(app_client, lines):
    ask(app_client(log="requests"))
    (line,) = lines
    said = json.loads(line)
    assert {key: said[key] for key in ("client", "method", "path", "status", "answer")} == {
        "client": "127.0.0.1",
        "method": "POST",
        "path": "/api/ask",
        "status": 200,
        "answer": {"kind": "answer", "writer": "extractive"},
    }
    assert said["ms"] >= 0
    assert date.fromisoformat(said["at"][:10])
    assert "What?" not in line


@pytest.mark.parametrize(("log", "told"), [("requests", False), ("questions", True)])
def test_questions_are_written_only_if_asked_for(app_client, assistant, lines, log, told):
    assistant.news_index.search = lambda question, k, **filters: []
    client = app_client(log=log)
    client.get("/api/search?question=What%3F")
    ask(client, headers={"accept": "text/event-stream"})
    client.post("/v1/chat/completions", json={"model": "footnote", "messages": [{"role": "user", "content": "What?"}]})
    assert [("What?" in line) for line in lines] == [told] * 3


def test_no_secret_is_written(app_client, lines, tokens):
    token, kept = tokens.make("reader")
    client = app_client(log="questions", tokens=tokens)
    ask(client, headers={"authorization": f"Bearer {token}"})
    client.post("/login", data={"token": token})
    ask(client)
    ask(client, headers={"authorization": "Bearer fnr_guess"})
    assert not [line for line in lines if token in line or "fnr_" in line]
    assert [json.loads(line)["client"] for line in lines] == [kept.id, "127.0.0.1", kept.id, "127.0.0.1"]


def test_nobody_writes_lines_of_their_own_into_the_log(app_client, lines):
    paths = ["/a%0a%7b%22status%22:200%7d", "/%1b%5b31m", "/a%e2%80%a8b", "/" + "a" * 5000]
    with app_client(log="requests") as client:
        for path in paths:
            client.get(path)
    assert len(lines) == len(paths)
    for line in lines:
        assert line.isascii()
        assert line.isprintable()
        assert len(line) < 1500
        assert json.loads(line)["method"] == "GET"


def test_what_nobody_foresaw_is_a_500_in_the_log_and_not_told(app_client, assistant, lines):
    def broken(_):
        raise ValueError("a secret at /home/someone")

    assistant.news_index.article = broken
    client = app_client(log="requests")
    with pytest.raises(ValueError, match="secret"):  # which the server writes into its own log
        client.get("/reader/a1")
    assert [json.loads(line)["status"] for line in lines] == [500]
    response = TestClient(client.app, base_url=HERE, raise_server_exceptions=False).get("/reader/a1")
    assert response.status_code == 500
    assert "Something went wrong" in response.text
    assert "secret" not in response.text


def test_nothing_is_written_unless_asked_for(app_client, lines):
    ask(app_client())
    assert lines == []
