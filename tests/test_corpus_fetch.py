"""Fetching: from public addresses only, within limits, whole or not at all."""

from __future__ import annotations

import gzip
import json
import random
import socket
import ssl
import zlib
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread

import pytest

from corpus import Article, FetchFailed, FetchRefused, FolderMissing, read, scan
from corpus.connection import Deadline
from corpus.fetch import fetch, system_resolver
from corpus.public_addresses import is_public
from tests.web import PUBLIC, Names, NoTls, Site, answer, drip, serving

pytestmark = pytest.mark.slow  # servers that answer slowly, wrongly or never

SENTENCE = (
    "The foreign minister of Israel arrived in Baku on Tuesday for talks about oil, his office said in a statement."
)
BODY = f"<article>{f'<p>{SENTENCE}</p>' * 6}</article>"
PAGE = f"<html><head><title>Minister visits Baku</title></head><body>{BODY}</body></html>"
INSIDE = "10.0.0.8"
CZECH = "Ministr zahraničí přiletěl v úterý do Baku na jednání o ropě, řekl jeho úřad."


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def get(url: str, into: Path, *, names: Names | None = None, **more: object) -> Path:
    resolver = names or Names(news_example=[[PUBLIC]], inside_example=[[INSIDE]])
    return fetch(url, into=into, resolver=resolver, may_connect=lambda address: str(address) == PUBLIC, **more)


def only_article(folder: Path) -> Article:
    (file,) = scan(folder).files
    (article,) = read(file)
    assert isinstance(article, Article), article
    return article


def test_a_page_is_stored_as_it_came_and_keeps_its_address(tmp_path: Path, site: Site):
    path = get(site.page("/news/Minister%20visits.html", PAGE.encode()) + "#top", tmp_path)
    assert path.parent == tmp_path
    assert path.name.startswith("news.example-news-minister-visits-")
    assert path.suffix == ".html"
    assert path.read_bytes().endswith(PAGE.encode())
    article = only_article(tmp_path)
    assert article.url == site.url("/news/Minister%20visits.html")
    assert SENTENCE in article.text
    assert site.asked[0].startswith("GET /news/Minister%20visits.html HTTP/1.1\r\nHost: news.example:")


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("framing", ["length", "chunked", "until the end"])
@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_after_which_the_server_hangs_up_is_read_whole(
    tmp_path: Path, site: Site, scheme: str, framing: str, packed: bool
):
    page = PAGE + f"<!--{random.Random(7).randbytes(15_000).hex()}-->"  # over 8 KB, packed too
    body = gzip.compress(page.encode()) if packed else page.encode()
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
    head += "Content-Encoding: gzip\r\n" if packed else ""
    if framing == "chunked":
        head += "Transfer-Encoding: chunked\r\n"
        body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:5000], body[5000:], b""))
    elif framing == "length":
        head += f"Content-Length: {len(body)}\r\n"
    site.pages["/a"] = head.encode() + b"\r\n" + body
    path = get(site.url("/a").replace("http:", f"{scheme}:"), tmp_path, tls=NoTls(ssl.PROTOCOL_TLS_CLIENT))
    assert path.read_bytes().endswith(page.encode())


def test_the_same_url_renews_its_file_and_another_gets_another(tmp_path: Path, site: Site):
    url = site.page("/a", PAGE.encode())
    first = get(url, tmp_path)
    site.page("/a", PAGE.replace("Tuesday", "Wednesday").encode())
    assert get(url + "#part", tmp_path) == first
    assert b"Wednesday" in first.read_bytes()
    assert get(site.page("/a?page=2", PAGE.encode()), tmp_path) != first
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_encoding_that_only_the_server_knows_is_kept(tmp_path: Path, site: Site):
    russian = "Министр иностранных дел прибыл в Баку во вторник, сообщила его канцелярия. " * 3
    get(site.page("/a", PAGE.replace(SENTENCE, russian).encode("cp1251"), "text/html; charset=windows-1251"), tmp_path)
    assert russian.strip() in only_article(tmp_path).text


@pytest.mark.parametrize("declaration", ["", "<?xml version='1.0'?>", "<?xml version='1.0' encoding='utf-8'?>"])
def test_the_encoding_that_only_the_server_knows_is_kept_of_a_feed(tmp_path: Path, site: Site, declaration: str):
    items = f"<item><title>Jednání</title><description>{CZECH}</description></item>"
    feed = f"{declaration}<rss version='2.0'><channel>{items}</channel></rss>"
    get(site.page("/a", feed.encode("cp1250"), "application/rss+xml; charset=windows-1250"), tmp_path)
    assert only_article(tmp_path).text == CZECH


def test_the_encoding_that_only_the_server_knows_is_kept_of_records(tmp_path: Path, site: Site):
    record = json.dumps([{"title": "Baku", "body": CZECH}], ensure_ascii=False)
    get(site.page("/a", record.encode("cp1250"), "application/json; charset=windows-1250"), tmp_path)
    assert only_article(tmp_path).text == CZECH


@pytest.mark.parametrize(
    ("kind", "body", "suffix"),
    [
        ("application/rss+xml", b"<rss><channel><title>F</title></channel></rss>", ".rss"),
        ("application/atom+xml", b"<feed/>", ".atom"),
        ("text/xml", b"<?xml version='1.0'?><rss/>", ".xml"),
        ("text/html", b"<?xml version='1.0'?>\n<rss version='2.0'/>", ".xml"),
        ("application/xml", b"<!DOCTYPE html><html></html>", ".html"),
        ("application/pdf", b"%PDF-1.4 x", ".pdf"),
        ("application/octet-stream", b"%PDF-1.4 x", ".pdf"),
        ("", PAGE.encode(), ".html"),
        ("text/plain", b"Some words.", ".txt"),
        ("text/markdown; charset=utf-8", b"# Some words", ".md"),
        ("application/feed+json", b"{}", ".json"),
    ],
)
def test_the_kind_of_the_answer_names_the_file(tmp_path: Path, site: Site, kind: str, body: bytes, suffix: str):
    assert get(site.page("/a", body, kind), tmp_path).suffix == suffix


def test_a_text_keeps_its_address_in_front_matter_that_is_its_own(tmp_path: Path, site: Site):
    body = f"---\ntitle: 'The talks: oil'\nurl: https://reuters.example/1\n---\n{SENTENCE} café"
    get(site.page("/a.md", body.encode("cp1252"), "text/plain; charset=iso-8859-1"), tmp_path)
    article = only_article(tmp_path)
    assert (article.title, article.url, article.text) == ("The talks: oil", site.url("/a.md"), f"{SENTENCE} café")


def test_what_calls_itself_text_and_is_none_is_refused(tmp_path: Path, site: Site):
    with pytest.raises(FetchRefused, match="is no text"):
        get(site.page("/a", bytes(range(256)) * 8, "text/plain; charset=utf-8"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_page_in_wide_characters_is_kept_readable(tmp_path: Path, site: Site):
    url = site.page("/a", PAGE.replace("Baku", "Bakı").encode("utf-16"), "text/html")
    get(url, tmp_path)
    found = only_article(tmp_path)
    assert (found.title, found.url) == ("Minister visits Bakı", url)


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/zip", "text/css", "application/octet-stream"])
def test_what_no_reader_reads_is_refused_and_nothing_is_written(tmp_path: Path, site: Site, kind: str):
    with pytest.raises(FetchRefused, match="no reader reads"):
        get(site.page("/a", b"\x89PNG....", kind), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://news.example/a",
        "gopher://news.example/",
        "javascript:alert(1)",
        "news.example/a",
        "",
        "http://",
        "https:///a",
        "http://user:pass@news.example/a",
        "http://news.example:99999/a",
        "http://news.example:0/",
        "http://news.example\\@inside.example/",
        "http://news.example/a b",
        "http://news.example/a\r\nHost: x",
        "http://[::1/",
        "http://[::1/#part",
        "http://" + "a" * 70 + ".example/",
        "http://news.example/" + "a" * 3000,
    ],
)
def test_what_is_no_proper_address_of_the_web_is_refused(tmp_path: Path, url: str):
    with pytest.raises(FetchRefused):
        get(url, tmp_path)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.9.9.9",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "2001::1",
        "2001:db8::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1%eth0",
        "fec0::1",
        "ff02::1",
        "100::1",
        "3fff::1",
        "4000::1",
    ],
)
def test_addresses_that_are_not_public(address: str):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::5"]
)
def test_addresses_that_are_public(address: str):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_refused_by_whatever_name(tmp_path: Path, site: Site, host: str):
    site.page("/a", PAGE.encode())
    with pytest.raises((FetchRefused, FetchFailed)) as caught:
        fetch(f"http://{host}:{site.port}/a", into=tmp_path)
    assert "not a public address" in str(caught.value) or "cannot be found" in str(caught.value)
    assert site.asked == []


def test_the_system_resolver_gives_addresses():
    assert PUBLIC in system_resolver("127.0.0.1", 80)


def test_one_address_inside_among_public_ones_is_enough_to_refuse(tmp_path: Path, site: Site):
    url = site.page("/a", PAGE.encode())
    for addresses in ([PUBLIC, INSIDE], [INSIDE, PUBLIC], ["fe80::1%lo", PUBLIC], ["nonsense", PUBLIC]):
        with pytest.raises(FetchRefused, match="not a public address"):
            get(url, tmp_path, names=Names(news_example=[addresses]))
    assert site.asked == []


def test_a_resolver_that_changes_its_mind_is_asked_once_and_the_checked_address_is_used(tmp_path: Path, site: Site):
    names = Names(news_example=[[PUBLIC], [INSIDE]])
    get(site.page("/a", PAGE.encode()), tmp_path, names=names)
    assert names.asked == ["news.example"]
    assert len(site.asked) == 1


def test_a_resolver_that_changes_its_mind_is_caught_at_the_redirect(tmp_path: Path, site: Site):
    site.page("/b", PAGE.encode())
    with pytest.raises(FetchRefused, match="not a public address"):
        get(site.redirect("/a", "/b"), tmp_path, names=Names(news_example=[[PUBLIC], [INSIDE]]))
    assert len(site.asked) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_is_kept(tmp_path: Path, site: Site, status: int):
    final = site.page("/b/c", PAGE.encode())
    path = get(site.redirect("/a", "b/c#x", status), tmp_path)
    assert path.name.startswith("news.example-a-")
    assert only_article(tmp_path).url == final


@pytest.mark.parametrize(
    ("location", "asked"),
    [
        ("/café".encode(), "/caf%C3%A9"),
        ("/it’s-news".encode(), "/it%E2%80%99s-news"),
        ("/café".encode("latin-1"), "/caf%C3%A9"),
    ],
)
def test_a_redirect_is_followed_in_whichever_letters_it_comes(tmp_path: Path, site: Site, location: bytes, asked: str):
    site.pages["/a"] = b"HTTP/1.1 302 Found\r\nLocation: %b\r\nContent-Length: 0\r\n\r\n" % location
    final = site.page(asked, PAGE.encode())
    get(site.url("/a"), tmp_path)
    assert only_article(tmp_path).url == final


@pytest.mark.parametrize(
    "location",
    [
        "http://inside.example/",
        "http://10.0.0.8/",
        "file:///etc/passwd",
        "//inside.example/x",
        "http://user@news.example/",
        "ftp://news.example/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "javascript:alert(1)",
        "//[bad/x",
        "http://[bad/x#part",
    ],
)
def test_hostile_redirects_are_refused(tmp_path: Path, site: Site, location: str):
    names = Names(
        **{
            "news_example": [[PUBLIC]],
            "inside_example": [[INSIDE]],
            "10_0_0_8": [[INSIDE]],
            "169_254_169_254": [["169.254.169.254"]],
            "::1": [["::1"]],
        }
    )
    with pytest.raises(FetchRefused):
        get(site.redirect("/a", location), tmp_path, names=names)
    assert list(tmp_path.iterdir()) == []


def test_redirects_without_end_are_refused(tmp_path: Path, site: Site):
    site.redirect("/b", "/a")
    with pytest.raises(FetchRefused, match="led on more than 5 times"):
        get(site.redirect("/a", "/b"), tmp_path)
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "whole",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode(),
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 10_000,
    ],
)
def test_a_server_that_drips_is_cut(tmp_path: Path, site: Site, whole: bytes):
    site.pages["/a"] = drip(whole, 0.05)
    with pytest.raises(FetchFailed, match=r"in time|within"):
        get(site.url("/a"), tmp_path, seconds=0.6)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_says_nothing_is_cut(tmp_path: Path, site: Site):
    site.pages["/a"] = drip(b" ", 5)
    with pytest.raises(FetchFailed):
        get(site.url("/a"), tmp_path, seconds=0.3)


def test_a_name_server_that_says_nothing_is_cut(tmp_path: Path):
    silence = Event()

    def never(host: str, port: int) -> list[str]:
        silence.wait(5)
        return []

    with pytest.raises(FetchFailed, match=r"cannot be found|within 0\.2 s"):
        fetch("http://news.example/", into=tmp_path, resolver=never, seconds=0.2)
    silence.set()


def test_a_deadline_that_is_over_raises():
    with pytest.raises(FetchFailed):
        Deadline(-1).left()


def test_what_is_too_large_is_refused_announced_or_not(tmp_path: Path, site: Site):
    announced = site.page("/a", b"x" * 5000, "text/plain")
    site.pages["/b"] = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + b"x" * 5000
    for url in (announced, site.url("/b")):
        with pytest.raises(FetchRefused, match="Larger than the limit"):
            get(url, tmp_path, most_bytes=4000)
    assert list(tmp_path.iterdir()) == []


def test_a_packed_answer_is_unpacked_up_to_the_limit(tmp_path: Path, site: Site):
    for number, packed in enumerate((gzip.compress(PAGE.encode()), zlib.compress(PAGE.encode()))):
        url = site.page(f"/{number}", packed, "text/html", f"Content-Encoding: {'deflate' if number else 'gzip'}")
        assert get(url, tmp_path).read_bytes().endswith(PAGE.encode())
    halves = (PAGE[:100].encode(), PAGE[100:].encode())
    url = site.page("/parts", b"".join(map(gzip.compress, halves)), "text/html", "Content-Encoding: gzip")
    assert get(url, tmp_path).read_bytes().endswith(PAGE.encode())
    bomb = site.page("/bomb", gzip.compress(b"x" * 5_000_000), "text/html", "Content-Encoding: gzip")
    with pytest.raises(FetchRefused, match="Larger"):
        get(bomb, tmp_path, most_bytes=1_000_000)


@pytest.mark.parametrize(
    "whole",
    [
        b"",
        b"not http at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n<html>",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n<html>",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n",
        answer(b"not gzip", "text/html", "Content-Encoding: gzip"),
        answer(gzip.compress(PAGE.encode())[:-40], "text/html", "Content-Encoding: gzip"),
        answer(b"brotli", "text/html", "Content-Encoding: br"),
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 503 Service\x1b[31m Unavailable\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_broken_answers_fail_and_write_nothing(tmp_path: Path, site: Site, whole: bytes):
    site.pages["/a"] = whole
    with pytest.raises(FetchFailed) as caught:
        get(site.url("/a"), tmp_path)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_name_nobody_knows_and_a_port_nobody_listens_at_fail(tmp_path: Path, site: Site):
    with pytest.raises(FetchFailed, match="cannot be found"):
        get("http://nowhere.example/", tmp_path)
    with serving() as gone:
        pass
    with pytest.raises(FetchFailed, match=r"news\.example"):
        get(f"http://news.example:{gone.port}/", tmp_path)


def test_over_tls_the_name_is_kept_for_the_certificate_and_the_host_header(tmp_path: Path, site: Site):
    tls = NoTls(ssl.PROTOCOL_TLS_CLIENT)
    get(site.page("/a", PAGE.encode()).replace("http:", "https:"), tmp_path, tls=tls)
    assert tls.names == ["news.example"]
    assert f"Host: news.example:{site.port}" in site.asked[0]


def test_a_server_without_tls_is_no_safe_connection(tmp_path: Path, site: Site):
    site.page("/a", PAGE.encode())
    with pytest.raises(FetchFailed, match=r"No safe connection|within|in time"):
        get(site.url("/a").replace("http:", "https:"), tmp_path, seconds=0.5)


def test_an_answer_without_tls_is_no_safe_connection(tmp_path: Path):
    with socket.create_server((PUBLIC, 0)) as listener:

        def answer_plainly() -> None:
            with listener.accept()[0] as connected:
                connected.recv(65536)
                connected.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        server = Thread(target=answer_plainly)
        server.start()
        with pytest.raises(FetchFailed, match=r"No safe connection to 'news\.example': .*Save the page by hand"):
            get(f"https://news.example:{listener.getsockname()[1]}/a", tmp_path)
        server.join()


def test_a_folder_that_is_not_there_is_refused_before_anything_is_asked(tmp_path: Path, site: Site):
    with pytest.raises(FolderMissing):
        get(site.page("/a", PAGE.encode()), tmp_path / "none")
    assert site.asked == []


def test_a_disk_that_is_full_leaves_no_half_file(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corpus.whole_file.os.fsync", full)
    with pytest.raises(FetchFailed, match="No space left"):
        get(site.page("/a", PAGE.encode()), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/x",
        "/a%00b",
        "/" + "long-" * 200,
        "/Ünï/çödé",
        "/con",
        "/.hidden",
        "/a%2fb~",
    ],
)
def test_any_path_makes_a_file_name_in_the_folder(tmp_path: Path, site: Site, path: str):
    url = site.url(path)
    asked = path if path.isascii() else "/%C3%9Cn%C3%AF/%C3%A7%C3%B6d%C3%A9"
    site.pages[asked] = answer(PAGE.encode(), "text/html")
    stored = get(url, tmp_path)
    assert stored.parent == tmp_path
    assert len(stored.name.encode()) < 160
    assert [file.location for file in scan(tmp_path).files] == [stored]


def test_the_address_of_a_page_is_kept_as_it_goes_over_the_wire(tmp_path: Path, site: Site):
    asked = "/%C3%A7%C3%B6d%C3%A9"
    site.pages[asked] = answer(PAGE.encode(), "text/html")
    get(site.url("/çödé"), tmp_path)
    assert only_article(tmp_path).url == site.url(asked)
