"""Any server that speaks OpenAI's chat protocol: llama-server, vLLM, LM Studio, and our own embedded engine."""

from __future__ import annotations

import json
import os
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from workbench.engines.base import OnText
from workbench.engines.counting import check_before, check_read, prompt_bounds
from workbench.engines.hosts import checked_address, is_here, note_prompt
from workbench.engines.leaning import lean, tokens_of
from workbench.engines.wire import CONNECT_SECONDS, answer_room, characters, said
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Completion, ModelInfo, TokenCount

if TYPE_CHECKING:
    import httpx

KEY_VARIABLE = "NANITES_OPENAI_KEY"
"""Environment variable with the server's key; keys have no place in a committed file."""


class OpenAIEngine:
    """One server. `url` ends in its version path, usually `/v1`.

    Args:
        url: the server's address; it must be this machine or one of `allow_hosts`.
        allow_hosts: hosts beyond this machine that nanites.toml allows.
        key: sent as a bearer token; None takes the environment's `NANITES_OPENAI_KEY`.
        silence: seconds without a byte after which the server is given up.
        name: what the engine is called in messages.
        reports_progress: whether it is a llama-server that should report while it reads a prompt. It notices that
            nobody listens any more when it has something to say, so this is what makes a cancel work while it reads.

    Raises:
        EngineUnavailable: the address is none or its host is not allowed.
    """

    def __init__(
        self,
        url: str,
        *,
        allow_hosts: Collection[str] = (),
        key: str | None = None,
        silence: float = 300.0,
        name: str = "openai",
        reports_progress: bool = False,
    ) -> None:
        self.name = name
        self._url = checked_address(url, allow_hosts, key="engine.openai_url")
        self._key = os.environ.get(KEY_VARIABLE) if key is None else key
        self._silence = silence
        self._extra = {"return_progress": True} if reports_progress else {}
        self._client: httpx.AsyncClient | None = None
        self._counts_exactly: bool | None = None

    async def chat(self, request: ChatRequest, on_text: OnText) -> Completion:
        """Stream one answer; see `Engine.chat`."""
        sent = prompt_bounds(request)
        check_before(request, sent)
        note_prompt(self._url, request.model, characters(request.messages))
        if request.against:
            note_prompt(self._url, request.model, characters(request.against))
            return check_read(request, sent, await lean(request, self._post_root, on_text, self.name))
        started = time.monotonic()
        answer = _Answer(request, on_text)
        async with (
            self._mapped(),
            self._http().stream("POST", f"{self._url}/chat/completions", json=_body(request) | self._extra) as r,
        ):
            if r.status_code != 200:
                await r.aread()
                raise self._refusal(r.status_code, r.text, request.model)
            async for line in r.aiter_lines():
                if line.startswith("data:") and answer.take(line[5:].strip(), self._broken):
                    break
        completion = answer.whole(time.monotonic() - started, self._died)
        return check_read(request, sent, completion)

    async def count(self, request: ChatRequest) -> TokenCount:
        """Return the exact count where the server is a llama-server, else bounds."""
        if self._counts_exactly is not False:
            note_prompt(self._url, "", characters(request.messages))
            tokens = await tokens_of(request.messages, self._post_root)
            self._counts_exactly = tokens is not None
            if tokens is not None:
                return TokenCount(low=len(tokens), high=len(tokens))
        return prompt_bounds(request)

    async def _post_root(self, path: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """Return what llama-server's own path answers, or None where there is no such path."""
        async with self._mapped():
            response = await self._http().post(self._url.removesuffix("/v1") + path, json=body)
            answer = response.json() if response.status_code == 200 else None
        return answer if isinstance(answer, dict) else None

    async def ready(self, model: str) -> None:
        """Return if the server lists `model`."""
        known = [info.name for info in await self.models()]
        if model not in known:
            listed = ", ".join(known[:5]) or "none"
            raise EngineUnavailable(
                f"the {self.name} server has no model {model} (it has: {listed})",
                code="model-missing",
                hint="load it there, or name one of its models in nanites.toml under [models]",
            )

    def is_here(self, model: str) -> bool:
        """Return whether the server's address is on this machine."""
        return is_here(self._url)

    async def models(self) -> tuple[ModelInfo, ...]:
        """Return the models the server lists."""
        async with self._mapped():
            response = await self._http().get(f"{self._url}/models")
            if response.status_code != 200:
                raise self._refusal(response.status_code, response.text, "")
            try:
                listed = [str(entry["id"]) for entry in response.json()["data"]]
            except (LookupError, TypeError) as error:
                raise self._broken("its list of models cannot be read") from error
        return tuple(ModelInfo(name=name, loaded=True) for name in listed)

    async def load(self, model: str) -> None:
        """Return if the server lists `model`; such servers load by themselves."""
        await self.ready(model)

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _http(self) -> httpx.AsyncClient:
        """Return the client: no proxy from the environment is used and no redirect followed."""
        if self._client is None:
            import httpx

            self._client = httpx.AsyncClient(
                headers={"Authorization": f"Bearer {self._key}"} if self._key else {},
                timeout=httpx.Timeout(self._silence, connect=CONNECT_SECONDS, pool=None),
                limits=httpx.Limits(max_connections=None),
                trust_env=False,
                follow_redirects=False,
            )
        return self._client

    @asynccontextmanager
    async def _mapped(self) -> AsyncIterator[None]:
        """Turn what the wire raises into `EngineUnavailable`."""
        import httpx

        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise EngineUnavailable(
                f"no {self.name} server answers at {self._url}",
                code="engine-unreachable",
                hint="start it, or correct [engine] openai_url in nanites.toml",
            ) from error
        except httpx.TimeoutException as error:
            raise EngineUnavailable(
                f"the {self.name} server was silent for {self._silence:g} s",
                code="engine-silent",
                hint="look whether it is overloaded, or raise [engine] request_timeout",
            ) from error
        except httpx.HTTPError as error:
            raise self._died() from error
        except (ValueError, RecursionError) as error:
            raise self._broken("its answer cannot be read") from error

    def _died(self) -> EngineUnavailable:
        return EngineUnavailable(
            f"the {self.name} server died while it spoke", code="engine-died", hint="the task can be tried again"
        )

    def _broken(self, what: str) -> EngineUnavailable:
        return EngineUnavailable(
            f"the {self.name} server does not keep to the protocol: {what}",
            code="engine-broken",
            hint="look at the server's own log",
        )

    def _refusal(self, status: int, text: str, model: str) -> EngineUnavailable:
        """Return the error that stands for an answer which is not 200."""
        words = said(text)
        if 300 <= status < 400:
            return EngineUnavailable(
                f"the {self.name} server sends elsewhere (status {status}), which is not followed",
                code="host-refused",
                hint="name the real address in nanites.toml",
            )
        if status in {401, 403}:
            return EngineUnavailable(
                f"the {self.name} server wants another key", code="key-refused", hint=f"set {KEY_VARIABLE}"
            )
        if status == 400 and ("exceed_context" in text or "context size" in text or "context length" in text):
            return EngineUnavailable(
                f"the prompt does not fit the {self.name} server's window: {words}",
                code="prompt-shortened",
                hint="give the task less to read, or start the server with a larger window",
            )
        if status == 404:
            return EngineUnavailable(
                f"the {self.name} server has no model {model} or no such path: {words}",
                code="model-missing",
                hint="load the model there, and see that [engine] openai_url ends in /v1",
            )
        return EngineUnavailable(
            f"the {self.name} server answered {status}: {words}", code="engine-failed", hint="look at its log"
        )


class _Answer:
    """Takes in the events of one stream."""

    def __init__(self, request: ChatRequest, on_text: OnText) -> None:
        self._on_text = on_text
        self._room = answer_room(request)
        self._pieces: list[str] = []
        self._finish: str | None = None
        self._usage: dict[str, Any] = {}

    def take(self, data: str, broken: Any) -> bool:
        """Take one event; return whether it was the last."""
        if data == "[DONE]":
            return True
        event = json.loads(data)
        if not isinstance(event, dict):
            raise broken("an event is no object")
        if event.get("error"):
            raise EngineUnavailable(
                f"the server gave up: {said(data)}", code="engine-failed", hint="look at the server's own log"
            )
        if isinstance(event.get("usage"), dict):
            self._usage = event["usage"]
        for choice in event.get("choices") or ():
            self._finish = choice.get("finish_reason") or self._finish
            text = (choice.get("delta") or {}).get("content")
            if isinstance(text, str) and text:
                self._room -= len(text)
                if self._room < 0:
                    raise broken("the answer does not end")
                self._pieces.append(text)
                self._on_text(text)
        return False

    def whole(self, seconds: float, died: Any) -> Completion:
        """Return the answer, or raise what `died` returns where the stream broke off."""
        if self._finish is None:
            raise died()
        details = self._usage.get("prompt_tokens_details") or {}
        return Completion(
            text="".join(self._pieces),
            finish="length" if self._finish == "length" else "stop",
            prompt_tokens=int(self._usage.get("prompt_tokens") or 0),
            completion_tokens=int(self._usage.get("completion_tokens") or 0),
            cached_tokens=int(details.get("cached_tokens") or 0),
            seconds=round(seconds, 3),
        )


def _body(request: ChatRequest) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": request.model,
        "messages": [message.model_dump() for message in request.messages],
        "temperature": request.temperature,
        "seed": request.seed,
        "max_tokens": request.max_tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if request.stop:
        body["stop"] = list(request.stop)
    if request.response_schema is not None:
        schema = {"name": "answer", "strict": True, "schema": request.response_schema}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    return body
