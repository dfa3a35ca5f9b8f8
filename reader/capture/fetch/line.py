"""The line to a server: looked up, allowed, connected, and cut when its time is over."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import select
import socket
import threading
import time
from typing import Any

from reader.capture.fetch.address import Address, IpAddress, Permits
from reader.domain.errors import Cancelled, NetworkError

_SLICE_S = 0.1
"""How soon a wait for a connection notices that it is to end."""


class Line:
    """What one fetch has to do with the network; all of it ends at one time.

    Args:
        seconds: How long all may take.
        permits: Which machines may be connected to.
    """

    def __init__(self, seconds: float, permits: Permits) -> None:
        self.seconds = seconds
        self._permits = permits
        self._end = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._woken = threading.Event()
        self._cancelled = False
        self._watch = threading.Timer(seconds, self._cut)
        self._watch.daemon = True
        self._watch.start()

    def close(self) -> None:
        """Let go of everything."""
        self._watch.cancel()
        with self._lock:
            if self._socket is not None:
                self._socket.close()

    def cancel(self) -> None:
        """End whatever is going on; from any thread."""
        self._cancelled = True
        self._cut()

    def check(self) -> None:
        """Go on only if there is time and nobody has cancelled.

        Raises:
            Cancelled: Somebody has.
            NetworkError: The time is over.
        """
        if self._cancelled:
            raise Cancelled("Fetching was cancelled.")
        if self.left() <= 0:
            raise NetworkError(
                f"The page did not come within {self.seconds:g} seconds.", "Try again later."
            )

    def left(self) -> float:
        """Return the seconds that are left."""
        return self._end - time.monotonic()

    def _cut(self) -> None:
        """Cut the connection, which ends any wait for what comes over it."""
        self._woken.set()
        with self._lock, contextlib.suppress(OSError):
            if self._socket is not None:
                self._socket.shutdown(socket.SHUT_RDWR)

    # ------------------------------------------------------------------ connecting

    def connect(self, address: Address) -> socket.socket:
        """Return a connection to the machine that an address names.

        The name is looked up once, and what is connected to is what was checked: a name that means
        another machine a moment later gains nothing.

        Raises:
            NetworkError: There is none, it does not answer, or it may not be connected to.
            Cancelled: Somebody cancelled it.
        """
        refused = NetworkError(f"{address.host} does not answer.", "Is it running? Try later.")
        for family, place in self._looked_up(address):
            ip = ipaddress.ip_address(place[0].partition("%")[0])
            self._allow(ip, address)
            try:
                return self._connected(family, place, address)
            except OSError as error:
                self.check()
                why = (error.strerror or str(error)).lower()
                refused = NetworkError(
                    f"{address.host} cannot be connected to: {why}.", "Is the address right?"
                )
        raise refused

    def _allow(self, ip: IpAddress, address: Address) -> None:
        if not self._permits(ip):
            raise NetworkError(
                f"{address.host} is {'' if str(ip) == address.host else f'{ip}, '}a machine of a "
                "private network; pages are fetched from the public internet only.",
                "If you mean it: the option --allow-private, or `allow_private = true` in the "
                "settings.",
            )

    def _looked_up(self, address: Address) -> list[tuple[int, Any]]:
        """Return where a machine is; the look-up cannot be stopped, so that is left behind."""
        found: list[tuple[int, Any]] = []
        wrong: list[Exception] = []

        def look() -> None:
            try:
                rows = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
                found.extend((row[0], row[4]) for row in rows)
            except (OSError, UnicodeError) as error:
                wrong.append(error)
            self._woken.set()

        threading.Thread(target=look, name="look-up", daemon=True).start()
        self._woken.wait(max(0, self.left()))
        self.check()
        self._woken.clear()
        if not found:
            raise NetworkError(
                f"There is no machine {address.host}, or no connection to the network.",
                "Check the address and the connection.",
            ) from (wrong[0] if wrong else None)
        return found

    def _connected(self, family: int, place: Any, address: Address) -> socket.socket:
        made = socket.socket(family, socket.SOCK_STREAM)
        try:
            made.setblocking(False)
            made.connect_ex(place)
            self._wait_until_connected(made)
            made.settimeout(max(_SLICE_S, self.left()))
            self._allow(ipaddress.ip_address(made.getpeername()[0].partition("%")[0]), address)
        except BaseException:
            made.close()
            raise
        with self._lock:
            if self._socket is not None:
                self._socket.close()
            self._socket = made.dup()  # encryption will take the other one for itself
        return made

    def _wait_until_connected(self, made: socket.socket) -> None:
        ready: list[Any] = []
        while not ready:
            self.check()
            _, ready, _ = select.select([], [made], [], min(_SLICE_S, max(0, self.left())))
        error = made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            raise OSError(error, os.strerror(error))
