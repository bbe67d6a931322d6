"""The embedded engine: finds this user's engine process for a model or starts it, and speaks to it like any server."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.engines import store
from workbench.engines.base import OnText
from workbench.engines.openai import OpenAIEngine
from workbench.engines.process import EngineState, Place, is_locked, missing_library, try_lock
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Completion, ModelInfo, TokenCount
from workbench.settings import EngineSettings

if TYPE_CHECKING:
    import httpx

START_SECONDS = 180.0
"""How long a model may take to load."""

POLL_SECONDS = 0.05
SETTLE_SECONDS = 5.0
"""How long a process that no longer answers may take to be gone."""

GONE = frozenset({"engine-unreachable", "engine-died"})


Answer = TypeVar("Answer")


class EmbeddedEngine:
    """The engine processes of this user, one for each model, shared with every other runner."""

    name = "embedded"

    def __init__(self, settings: EngineSettings) -> None:
        self._settings = settings
        self._servers: dict[str, OpenAIEngine] = {}

    async def chat(self, request: ChatRequest, on_text: OnText) -> Completion:
        """Stream one answer; see `Engine.chat`. Starts the model's process where none runs."""
        spoke = False

        def hear(text: str) -> None:
            nonlocal spoke
            spoke = True
            on_text(text)

        return await self._asked(request, lambda server: server.chat(request, hear), lambda: spoke)

    async def count(self, request: ChatRequest) -> TokenCount:
        """Return how many tokens the prompt takes, counted by the model's own tokenizer."""
        return await self._asked(request, lambda server: server.count(request), lambda: False)

    async def _asked(
        self,
        request: ChatRequest,
        ask: Callable[[OpenAIEngine], Awaitable[Answer]],
        spoke: Callable[[], bool],
    ) -> Answer:
        """Return what `ask` gets from the model's server; ask once more where it was gone before it said a word.

        A process that was killed still takes connections for a moment while the kernel gives back its memory.
        """
        for last in (False, True):
            server, place = await self._server(request.model, request.context)
            try:
                return await ask(server)
            except EngineUnavailable as error:
                if error.code not in GONE:
                    raise
                await _settle(place)
                if last or spoke():
                    raise _died(place) from error
        raise AssertionError("the second round ends by itself")

    async def ready(self, model: str) -> None:
        """Return if llama.cpp is installed and the weights are there; nothing is started."""
        _check_installed()
        if store.find(model) is None:
            raise store.missing(model)

    def is_here(self, model: str) -> bool:
        """Return True: its processes are this user's own."""
        return True

    async def models(self) -> tuple[ModelInfo, ...]:
        """Return the models whose weights are on this machine, marked where their process runs."""
        _check_installed()
        found = []
        for info in store.present():
            state = Place(info.name).read()
            found.append(info.model_copy(update=await _vitals(state)) if state else info)
        return tuple(found)

    async def load(self, model: str) -> None:
        """Start the model's process, or find that it runs."""
        await self._server(model, self._settings.context)

    async def close(self) -> None:
        """Close the connections; processes end themselves when idle."""
        for server in self._servers.values():
            await server.close()
        self._servers.clear()

    async def _server(self, model: str, context: int) -> tuple[OpenAIEngine, Place]:
        """Return the server of a running process whose slots have a window of at least `context` tokens."""
        await self.ready(model)
        place = Place(model)
        place.ensure()
        state = await self._running(model, place, max(context, self._settings.context))
        if state.key not in self._servers:
            self._servers[state.key] = OpenAIEngine(
                state.url,
                key=state.key,
                silence=self._settings.request_timeout,
                name="embedded",
                reports_progress=True,
            )
        return self._servers[state.key], place

    async def _running(self, model: str, place: Place, context: int) -> EngineState:
        """Return the state of the process, found or started under the start lock.

        Touching the state file tells the process that it is wanted; see `process.py`.
        """
        deadline = time.monotonic() + START_SECONDS
        while True:
            with try_lock(place.start_lock) as alone:
                if alone:
                    state = place.read()
                    if state is not None and state.context < context:
                        await self._end_when_free(state, place, deadline)
                        state = None
                    state = state or await self._start(model, place, context, deadline)
                    os.utime(place.state)
                    return state
            await self._pause(place, deadline)

    async def _start(self, model: str, place: Place, context: int, deadline: float) -> EngineState:
        """Start the process and wait until it has written its state file; one that loads already is waited for."""
        launched = False
        while True:
            state = place.read()
            if state is not None:
                return state
            if not is_locked(place.life_lock):
                if launched:
                    raise _not_loaded(model, place)
                await asyncio.to_thread(self._launch, model, place, context)
                launched = True
            await self._pause(place, deadline)

    def _launch(self, model: str, place: Place, context: int) -> None:
        """Start the process in the background. Nothing is imported from the folder the runner stands in."""
        options = ["--context", str(context), "--slots", str(self._settings.slots)]
        options += ["--threads", str(self._settings.threads or 0), "--idle-minutes", str(self._settings.idle_minutes)]
        ours = str(Path(__file__).resolve().parents[2])
        paths = [ours, *filter(None, [os.environ.get("PYTHONPATH")])]
        done = subprocess.run(
            [sys.executable, "-P", "-m", "workbench.engines.process", model, "--detach", *options],
            cwd=place.folder,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            words = " ".join(done.stderr.split())[-400:]
            raise EngineUnavailable(
                f"the embedded engine cannot be started: {words}", code="engine-failed", hint="run nanites doctor"
            )

    async def _end_when_free(self, state: EngineState, place: Place, deadline: float) -> None:
        """End a process whose window is too small as soon as it serves nobody; the start lock keeps others out."""
        import httpx

        async with httpx.AsyncClient(trust_env=False, headers={"Authorization": f"Bearer {state.key}"}) as client:
            while is_locked(place.life_lock) and await _busy_slots(client, state):
                await self._pause(place, deadline)
        if is_locked(place.life_lock):
            os.kill(state.pid, signal.SIGTERM)
        while is_locked(place.life_lock):
            await self._pause(place, deadline)

    async def _pause(self, place: Place, deadline: float) -> None:
        if time.monotonic() > deadline:
            raise EngineUnavailable(
                f"the embedded engine is not up after {START_SECONDS:g} s; its last words: {place.last_words()}",
                code="engine-silent",
                hint=f"see {place.log}",
            )
        await asyncio.sleep(POLL_SECONDS)


async def _vitals(state: EngineState) -> dict[str, Any]:
    """Return what can be said of a model whose process runs; the process is asked, but not for long."""
    import httpx
    import psutil

    memory = 0
    with contextlib.suppress(psutil.Error):
        memory = int(psutil.Process(state.pid).memory_info().rss)
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {state.key}"}, trust_env=False) as client:
        busy = await _busy_slots(client, state, patience=1.0)
    return {
        "loaded": True,
        "context": state.context,
        "memory": memory,
        "slots": state.slots,
        "slots_used": busy,
    }


async def _busy_slots(client: httpx.AsyncClient, state: EngineState, *, patience: float = 30.0) -> int:
    """Return how many slots of the process are at work; those of one that does not answer count as free."""
    import httpx

    try:
        response = await client.get(state.url.removesuffix("/v1") + "/slots", timeout=patience)
        return sum(bool(slot.get("is_processing")) for slot in response.json())
    except (httpx.HTTPError, ValueError, AttributeError):
        return 0


async def _settle(place: Place) -> None:
    """Wait until the process is gone, as long as that may take."""
    for _ in range(int(SETTLE_SECONDS / POLL_SECONDS)):
        if not is_locked(place.life_lock):
            return
        await asyncio.sleep(POLL_SECONDS)


def _not_loaded(model: str, place: Place) -> EngineUnavailable:
    words = place.last_words()
    hint = missing_library(words) or f"see {place.log}; if memory ran out, lower [engine] context or slots"
    message = f"the embedded engine ended while it loaded {model}; its last words: {words}"
    return EngineUnavailable(message, code="engine-failed", hint=hint)


def _died(place: Place) -> EngineUnavailable:
    return EngineUnavailable(
        f"the embedded engine died while it worked; its last words: {place.last_words() or 'none'}",
        code="engine-died",
        hint="the next question starts it anew; if it dies again, see whether memory ran out",
    )


def _check_installed() -> None:
    if importlib.util.find_spec("xllamacpp") is None:
        raise EngineUnavailable(
            "llama.cpp (xllamacpp) is not installed",
            code="engine-missing",
            hint='install it with: pip install "nanite-workbench[embedded]"',
        )
