"""Chooses an engine for each question, and lets no more questions through at once than there are slots.

Importing this costs nothing: an engine's client is imported when the engine is first tried.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

from workbench.engines.base import Around, Engine, OnText
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Completion, ModelInfo, TokenCount
from workbench.model import Value
from workbench.settings import EngineName, Settings

CHOICE_SECONDS = 5.0
"""For how long a choice holds before the engines are asked again."""

REFUSALS = frozenset({"host-refused", "cloud-refused"})

Progress = Callable[[int, int, str], None]
"""Called with bytes done, bytes in all (0 where not known) and what is being done."""


class EngineStatus(Value):
    """How one engine of the order fares: for `nanites doctor` and `nanites models status`."""

    name: str
    reachable: bool
    models: tuple[ModelInfo, ...] = ()
    detail: str = ""
    hint: str = ""


def _unmeasured(_is_here: bool) -> contextlib.AbstractAsyncContextManager[None]:
    return contextlib.nullcontext()


class Pool:
    """The engines that the settings name, in their order."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._engines: dict[EngineName, Engine] = {}
        self._choices: dict[str, tuple[float, Engine]] = {}
        self._slots = asyncio.Semaphore(settings.engine.slots)

    async def chat(self, request: ChatRequest, on_text: OnText, around: Around = _unmeasured) -> Completion:
        """Put a question to the first engine that can answer it, when a slot is free.

        `around` is entered while that engine has the question, not while it waits for its turn.

        Raises:
            EngineUnavailable: no engine can (see `choose`), or the one that was asked failed.
        """
        async with self._slots:
            engine = await self.choose(request.model)
            try:
                async with around(engine.is_here(request.model)):
                    return await engine.chat(request, on_text)
            except EngineUnavailable:
                self._choices.pop(request.model, None)
                raise

    async def count(self, request: ChatRequest) -> TokenCount:
        """Return how many tokens the request's prompt takes, as the engine that would answer it counts."""
        engine = await self.choose(request.model)
        return await engine.count(request)

    async def choose(self, model: str) -> Engine:
        """Return the first engine of the order that is up and has `model`.

        Raises:
            EngineUnavailable: none is; the message says of each why, the hint what to do. The code is `model-missing`
                where an engine is up but lacks the model, that of the refusal where all refused, else `no-engine`.
        """
        until, engine = self._choices.get(model, (0.0, None))
        if engine is not None and time.monotonic() < until:
            return engine
        reasons: list[tuple[str, EngineUnavailable]] = []
        for name in self._settings.engine.order:
            try:
                engine = self._engine(name)
                await engine.ready(model)
            except EngineUnavailable as error:
                reasons.append((name, error))
                continue
            self._choices[model] = (time.monotonic() + CHOICE_SECONDS, engine)
            return engine
        raise _nobody(model, reasons)

    async def status(self) -> tuple[EngineStatus, ...]:
        """Return how each engine of the order fares; nothing is started for it."""
        found = []
        for name in self._settings.engine.order:
            try:
                models = await self._engine(name).models()
            except EngineUnavailable as error:
                found.append(EngineStatus(name=name, reachable=False, detail=error.message, hint=error.hint))
            else:
                found.append(EngineStatus(name=name, reachable=True, models=models))
        return tuple(found)

    async def pull(self, model: str, progress: Progress) -> str:
        """Fetch a model: into our own store where its bytes are known, else through Ollama. Return where it is now.

        Raises:
            EngineUnavailable: it cannot be fetched.
        """
        from workbench.engines import store

        if store.knows(model) or "ollama" not in self._settings.engine.order:
            return str(await asyncio.to_thread(store.pull, model, progress))
        from workbench.engines.ollama import OllamaEngine

        engine = OllamaEngine(self._settings.engine)
        try:
            await engine.pull(model, progress)
        finally:
            await engine.close()
        return "ollama"

    async def close(self) -> None:
        """Let go of all connections."""
        for engine in self._engines.values():
            await engine.close()
        self._engines.clear()
        self._choices.clear()

    def _engine(self, name: EngineName) -> Engine:
        if name not in self._engines:
            self._engines[name] = _make(name, self._settings)
        return self._engines[name]


def _make(name: EngineName, settings: Settings) -> Engine:
    """Return a new engine; its module is imported here and not before."""
    match name:
        case "ollama":
            from workbench.engines.ollama import OllamaEngine

            return OllamaEngine(settings.engine)
        case "openai":
            from workbench.engines.openai import OpenAIEngine

            return OpenAIEngine(
                settings.engine.openai_url,
                allow_hosts=settings.engine.allow_hosts,
                silence=settings.engine.request_timeout,
            )
        case "embedded":
            from workbench.engines.embedded import EmbeddedEngine

            return EmbeddedEngine(settings.engine)
        case "scripted":
            from workbench.engines.scripted import ScriptedEngine

            return ScriptedEngine(settings)


def _nobody(model: str, reasons: list[tuple[str, EngineUnavailable]]) -> EngineUnavailable:
    """Return the error that says of each engine why it cannot answer."""
    codes = {error.code for _, error in reasons}
    if "model-missing" in codes:
        code = "model-missing"
    elif len(codes) == 1 and codes <= REFUSALS:
        code = codes.pop()
    else:
        code = "no-engine"
    what = "; ".join(f"{name}: {error.message}" for name, error in reasons)
    hints = [f"{name}: {error.hint}" for name, error in reasons if error.hint]
    return EngineUnavailable(f"no engine can ask {model}: {what}", code=code, hint="; ".join(hints))
