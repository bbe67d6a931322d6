"""What attempts are made of, and the list of them.

Every attempt returns what it got if it got out, and nothing or an error if it was held. `SAFE` names those that are
also run without any guard, to show that they do get out then: an attempt that always fails would prove nothing.
"""

from __future__ import annotations

import ctypes
import os
import socket
from collections.abc import Callable
from typing import Any

Attempt = Callable[[dict[str, Any]], object]
ATTEMPTS: dict[str, Attempt] = {}
SAFE: set[str] = set()
WHOLE: set[str] = set()
"""Attempts that only a guard with a root of its own can hold: Landlock alone shows names, not contents."""

libc = ctypes.CDLL(None, use_errno=True)


def attempt(*, safe: bool = False, whole: bool = False) -> Callable[[Attempt], Attempt]:
    def add(function: Attempt) -> Attempt:
        ATTEMPTS[function.__name__] = function
        if safe:
            SAFE.add(function.__name__)
        if whole:
            WHOLE.add(function.__name__)
        return function

    return add


def syscall(number: int, *words: object) -> int:
    given = [ctypes.c_long(word) if isinstance(word, int) else word for word in words]
    result = int(libc.syscall(ctypes.c_long(number), *given))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def ask(family: int, kind: int, address: Any) -> object:
    with socket.socket(family, kind) as plug:
        plug.settimeout(2)
        plug.connect(address)
        return plug.recv(10) if kind == socket.SOCK_STREAM else plug.send(b"out") and None
