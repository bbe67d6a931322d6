"""The protocol every engine fulfils."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from workbench.exchange import ChatRequest, Completion, ModelInfo, TokenCount

OnText = Callable[[str], None]
"""Called with each piece of an answer as it comes, in the event loop's thread."""

Around = Callable[[bool], AbstractAsyncContextManager[None]]
"""Entered while an engine answers; called with whether it works on this machine."""


class Engine(Protocol):
    """A server of models. All calls may raise `EngineUnavailable`; cancelling a call's task frees what it held."""

    name: str

    async def chat(self, request: ChatRequest, on_text: OnText) -> Completion:
        """Stream one answer and return it whole.

        Raises:
            EngineUnavailable: the engine cannot be reached, lacks the model, died in mid-stream, or read less of the
                prompt than was sent (code `prompt-shortened`); or the request has an `against`, and the engine does
                not tell what else it could have answered (code `cannot-compare`).
        """
        ...

    async def count(self, request: ChatRequest) -> TokenCount:
        """Return how many tokens the request's prompt takes, chat template included."""
        ...

    async def ready(self, model: str) -> None:
        """Return if `model` could be asked now; nothing is loaded or started for it.

        Raises:
            EngineUnavailable: what is missing, with the command that helps as its hint.
        """
        ...

    def is_here(self, model: str) -> bool:
        """Return whether this machine would work for `model`, as far as addresses tell; asked after `ready`."""
        ...

    async def models(self) -> tuple[ModelInfo, ...]:
        """Return the models that can be asked now."""
        ...

    async def load(self, model: str) -> None:
        """Bring a model into memory, so that the first word comes soon."""
        ...

    async def close(self) -> None:
        """Let go of connections; models stay where they are."""
        ...
