"""Fetching from servers that are good, slow, broken or hostile; all on this machine."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.capture.fetch import Fetch, Fetched, Limits
from reader.capture.fetch.address import is_public, parse
from reader.domain.errors import Cancelled, NetworkError
from tests.web.server import Server, page, sent_on, serving

HTML = "<html><body><p>Grüße aus dem Hafen.</p></body></html>"
SHORT = Limits(seconds=0.6, size=100_000)
CERTIFICATE = Path(__file__).parents[1] / "web" / "self-signed.pem"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


def fetch(url: str, **given: Any) -> Fetched:
    return Fetch(url, **{"allow_private": True, "limits": SHORT, **given}).run()


def fails(url: str, **given: Any) -> str:
    began = time.monotonic()
    with pytest.raises(NetworkError) as caught:
        fetch(url, **given)
    assert time.monotonic() - began < 3
    assert caught.value.exit_code == 5
    assert caught.value.hint
    return caught.value.message


def test_a_page_with_what_the_server_says_of_it(server: Server) -> None:
    url = server.add(
        "/a?q=1", page(HTML.encode("cp1252"), content_type="text/html; charset=Windows-1252")
    )
    told: list[int] = []
    found = fetch(url + "#part", told=told.append)
    assert (found.raw, found.charset) == (HTML.encode("cp1252"), "Windows-1252")
    assert (found.url, found.media_type) == (url, "text/html")
    assert found.at.endswith("Z")
    assert told[-1] == len(found.raw)
    assert server.asked == ["/a?q=1"]
    assert "Accept-Encoding: gzip, deflate" in server.heads[0]
    assert "Cookie" not in server.heads[0]


@pytest.mark.parametrize("name", ["gzip", "x-gzip", "deflate", "bare deflate", "two members"])
def test_packed_pages(server: Server, name: str) -> None:
    data = HTML.encode()
    bare = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(data),
        "x-gzip": gzip.compress(data),
        "deflate": zlib.compress(data),
        "bare deflate": bare.compress(data) + bare.flush(),
        "two members": gzip.compress(data[:20]) + gzip.compress(data[20:]) + b"\0\0\0",
    }[name]
    encoding = {"bare deflate": "deflate", "two members": "gzip"}.get(name, name)
    assert fetch(server.add("/a", page(packed, Content_Encoding=encoding))).raw == data


def test_bombs_stop_at_the_limit(server: Server) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert "larger than" in fails(server.add("/a", page(bomb, Content_Encoding="gzip")))
    assert "larger than" in fails(server.add("/b", page(bytes(100_001))))
    double = page(gzip.compress(bomb), Content_Encoding="gzip, gzip")
    assert "not asked for" in fails(server.add("/c", double))
    assert "not asked for" in fails(server.add("/d", page(b"x", Content_Encoding="br")))


def test_a_server_that_trickles_is_left_when_the_time_is_over(server: Server) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    body = server.add("/body", server.trickle(head + b"\r\n" + b"<p>x" * 9_999))
    heads = server.add("/head", server.trickle(head + b"X-A: " + b"x" * 50_000))
    nothing = server.add("/nothing", lambda line: bool(server.ending.wait(3)) and None)
    for url in (body, heads, nothing):
        assert "did not come within 0.6 seconds" in fails(url)


def test_a_page_that_ends_too_early_is_no_page(server: Server) -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

    def cut(more: str, data: bytes) -> Any:
        return lambda line: line.sendall(f"{head}{more}\r\n".encode() + data)

    packed = gzip.compress(HTML.encode() * 50)
    for path, more, data in (
        ("/length", "Content-Length: 5000\r\n", HTML.encode()),
        ("/chunks", "Transfer-Encoding: chunked\r\n", b"ff\r\n<html>"),
        ("/gzip", "Content-Encoding: gzip\r\n", packed[:-20]),
        ("/damaged", "Content-Encoding: gzip\r\n", b"\x1f\x8b\x08" + b"x" * 400),
    ):
        assert "did not send the page" in fails(server.add(path, cut(more, data)))
    assert "did not send" in fails(server.add("/none", lambda line: None))
    assert "did not send" in fails(
        server.add("/words", lambda line: line.sendall(b"hello\r\n\r\n"))
    )
    short = server.add("/short", cut("Content-Length: 10\r\n", HTML.encode()))
    assert fetch(short).raw == HTML.encode()[:10]  # what is beyond the length is not the page's


def test_being_sent_on(server: Server) -> None:
    server.add("/end", page(HTML))
    server.add("/relative", sent_on("end#here", "301 Moved Permanently"))
    found = fetch(server.add("/first", sent_on(server.url("/relative"), "307 Temporary Redirect")))
    assert (found.url, found.raw) == (server.url("/end"), HTML.encode())
    server.add("/one", sent_on("/two"))
    server.add("/two", sent_on("/one"))
    assert "in a circle" in fails(server.url("/one"))
    for number in range(9):
        server.add(f"/n{number}", sent_on(f"/n{number + 1}"))
    assert "more than 5 times" in fails(server.url("/n0"))
    assert "only http" in fails(server.add("/file", sent_on("file:///etc/passwd")))
    assert "only http" in fails(server.add("/js", sent_on("javascript:alert(1)")))


def test_private_machines_are_not_asked(server: Server) -> None:
    server.add("/", page(HTML))
    for url in (
        server.url(),
        f"http://localhost:{server.port}/",
        f"http://[::ffff:127.0.0.1]:{server.port}/",
    ):
        assert "private network" in fails(url, allow_private=False)
    assert server.asked == []


def test_nor_by_being_sent_on_or_by_a_name_that_changes(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = ipaddress.ip_address("127.0.0.2")
    server.add("/on", sent_on("http://127.0.0.2:9/secret"))
    message = fails(server.url("/on"), allow_private=False, permits=lambda ip: ip != private)
    assert "127.0.0.2 is a machine of a private network" in message
    looked_up: list[str] = []

    def changing(host: str, port: int, **given: Any) -> list[Any]:
        looked_up.append(host)
        place = "93.184.216.34" if not looked_up else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))]

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    message = fails(f"http://rebinding.example:{server.port}/", allow_private=False)
    assert "rebinding.example is 127.0.0.1" in message
    assert looked_up == ["rebinding.example"]
    assert server.asked == ["/on"]


def test_which_machines_are_public() -> None:
    public = ("93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822")
    private = (
        *("127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
    )
    assert all(is_public(ipaddress.ip_address(ip)) for ip in public)
    assert [ip for ip in private if is_public(ipaddress.ip_address(ip))] == []


@pytest.mark.parametrize(
    ("status", "words"),
    [("404 Not Found", "404 Not Found"), ("403 Forbidden", "403"), ("500 Oops", "500 Oops"),
     ("204 No Content", "204"), ("302 Found", "302")],
)  # fmt: skip
def test_other_answers(server: Server, status: str, words: str) -> None:
    assert f"answers {words}" in fails(server.add("/a", page("<p>No.", status)))


def test_machines_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert "refused" in fails(f"http://127.0.0.1:{port}/")

    def unknown(host: str, port: int, **given: Any) -> list[Any]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "no machine nowhere.example" in fails("http://nowhere.example/")

    def slow(host: str, port: int, **given: Any) -> list[Any]:
        time.sleep(1)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    assert "within 0.6 seconds" in fails("http://slow.example/")


def test_encryption_that_cannot_be_trusted() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for _ in range(2):
                line, _ = listening.accept()
                try:
                    with context.wrap_socket(line, server_side=True) as safe:
                        safe.recv(4096)
                        safe.sendall(b"HTTP/1.1 200 OK\r\n\r\n<p>")
                        time.sleep(2)  # and never goes on
                except OSError:
                    pass

        threading.Thread(target=serve, daemon=True).start()
        url = f"https://127.0.0.1:{listening.getsockname()[1]}/"
        assert "self-signed certificate" in fails(url)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
            assert "within 0.6 seconds" in fails(url)


def test_cancelling(server: Server) -> None:
    url = server.add("/", lambda line: bool(server.ending.wait(3)) and None)
    work = Fetch(url, allow_private=True, limits=Limits(seconds=10))
    threading.Timer(0.1, work.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        work.run()
    assert time.monotonic() - began < 2
    early = Fetch(url, allow_private=True)
    early.cancel()
    with pytest.raises(Cancelled):
        early.run()


def test_addresses() -> None:
    assert parse("HTTP://Example.ORG:80/a b".replace(" ", "%20")).url == "http://example.org/a%20b"
    assert parse("https://bücher.example/ü?q=ä&x=%20#teil").url == (
        "https://xn--bcher-kva.example/%C3%BC?q=%C3%A4&x=%20"
    )
    assert parse("http://[2606:2800::1]:8080").url == "http://[2606:2800::1]:8080/"
    for wrong in ("ftp://a.example/", "http://", "http://u:p@a.example/", "http://a b/", "file:///x",
                  "http://a.e:99999/", "http://a.e/\x1b", "x" * 9000, "http://[::1/"):  # fmt: skip
        with pytest.raises(NetworkError):
            parse(wrong)
