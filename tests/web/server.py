"""A server that answers each path with a function; it sees every request, and may misbehave."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

Answer = Callable[[socket.socket], None]
"""Sends what a path is answered with, byte by byte."""


def page(
    body: bytes | str,
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
    **headers: str,
) -> Answer:
    """Return an answer as a good server gives it."""
    data = body.encode() if isinstance(body, str) else body
    fields = {"Content-Type": content_type, "Content-Length": str(len(data))}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return lambda line: line.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + data)


def sent_on(location: str, status: str = "302 Found") -> Answer:
    """Return an answer that sends one on."""
    return page(b"", status, Location=location)


class Server:
    """Answers on the loopback interface until it is left.

    Attributes:
        answers: What each path is answered with; what is not there is not found.
        asked: The paths that were asked for.
        heads: What was asked, as it came.
    """

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.heads: list[str] = []
        self.ending = threading.Event()
        self._host = host
        self._socket = socket.create_server((host, 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    def url(self, path: str = "/") -> str:
        return f"http://{self._host}:{self.port}{path}"

    def add(self, path: str, answer: Answer) -> str:
        """Answer a path, and return its address."""
        self.answers[path] = answer
        return self.url(path)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.ending.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(2)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            line.settimeout(5)
            head = b""
            while b"\r\n\r\n" not in head:
                data = line.recv(4096)
                if not data:
                    return
                head += data
            path = head.split(b" ", 2)[1].decode()
            self.asked.append(path)
            self.heads.append(head.decode("latin-1"))
            self.answers.get(path, page("nothing here", "404 Not Found"))(line)

    def trickle(self, data: bytes, pause_s: float = 0.02) -> Answer:
        """Return an answer that comes byte by byte until the server ends."""

        def answer(line: socket.socket) -> None:
            for position in range(len(data)):
                line.sendall(data[position : position + 1])
                if self.ending.wait(pause_s):
                    return

        return answer


@contextlib.contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Server]:
    """Serve while the block runs."""
    with Server(host) as server:
        yield server
