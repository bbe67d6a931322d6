"""Ollama, through its official client: what most people have running already."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workbench import outgoing
from workbench.engines.base import OnText
from workbench.engines.counting import check_before, check_read, prompt_bounds
from workbench.engines.hosts import checked_address, is_cloud_name, is_here, note_prompt, refuse_cloud
from workbench.engines.leaning import cannot_compare
from workbench.engines.wire import CONNECT_SECONDS, answer_room, characters, said
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Completion, ModelInfo, TokenCount
from workbench.settings import EngineSettings

if TYPE_CHECKING:
    import httpx
    import ollama

Progress = Callable[[int, int, str], None]
"""Called with bytes done, bytes in all (0 where not known) and what is being fetched."""

SURE_SECONDS = 30.0
"""For how long it is taken as known that a model is served by this machine."""


class OllamaEngine:
    """One Ollama server.

    Raises:
        EngineUnavailable: its address is none, or not on this machine and not allowed.
    """

    name = "ollama"

    def __init__(self, settings: EngineSettings) -> None:
        self._settings = settings
        self._url = checked_address(settings.ollama_url, settings.allow_hosts, key="engine.ollama_url")
        self._http_client: httpx.AsyncClient | None = None
        self._official: ollama.AsyncClient | None = None
        self._local_until: dict[str, float] = {}
        self._served_by: dict[str, str | None] = {}

    async def chat(self, request: ChatRequest, on_text: OnText) -> Completion:
        """Stream one answer; see `Engine.chat`. `num_ctx` is always sent, because Ollama's own default is small."""
        if request.against:
            raise cannot_compare(self.name)
        sent = prompt_bounds(request)
        check_before(request, sent)
        if self._local_until.get(request.model, 0.0) < time.monotonic():
            await self.ready(request.model)
        note_prompt(self._served_by.get(request.model) or self._url, request.model, characters(request.messages))
        started = time.monotonic()
        pieces: list[str] = []
        room = answer_room(request)
        last: ollama.ChatResponse | None = None
        async with self._mapped(request.model), aclosing(await self._stream(request)) as parts:
            async for part in parts:
                if part.message.content:
                    room -= len(part.message.content)
                    if room < 0:
                        raise _broken("the answer does not end")
                    pieces.append(part.message.content)
                    on_text(part.message.content)
                if part.done:
                    last = part
                    break
        if last is None:
            raise _died()
        completion = Completion(
            text="".join(pieces),
            finish="stop" if last.done_reason == "stop" else "length",
            prompt_tokens=last.prompt_eval_count or 0,
            completion_tokens=last.eval_count or 0,
            seconds=round(time.monotonic() - started, 3),
        )
        return check_read(request, sent, completion)

    async def _stream(self, request: ChatRequest) -> Any:
        options: dict[str, Any] = {
            "num_ctx": request.context,
            "num_predict": request.max_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
            "stop": list(request.stop),
        }
        if self._settings.threads is not None:
            options["num_thread"] = self._settings.threads
        return await self._client().chat(
            request.model,
            [message.model_dump() for message in request.messages],
            stream=True,
            format=request.response_schema,
            options=options,
            keep_alive=self._settings.keep_alive,
        )

    async def count(self, request: ChatRequest) -> TokenCount:
        """Return bounds: Ollama has no way to ask its tokenizer."""
        return prompt_bounds(request)

    async def ready(self, model: str) -> None:
        """Return if Ollama has `model` and serves it itself; a model of a cloud is refused before anything is sent."""
        refuse_cloud(model, None, self._settings.allow_hosts)
        async with self._mapped(model):
            response = await self._http().post("/api/show", json={"model": model})
            if response.status_code != 200:
                raise _refusal(response.status_code, response.text, model)
            shown = response.json()
        if not isinstance(shown, dict):
            raise _broken("what it shows of a model is no object")
        remote = shown.get("remote_host") or ("elsewhere" if shown.get("remote_model") else None)
        refuse_cloud(model, remote, self._settings.allow_hosts)
        self._served_by[model] = remote
        self._local_until[model] = time.monotonic() + SURE_SECONDS

    def is_here(self, model: str) -> bool:
        """Return whether Ollama is on this machine and, by what it said last, serves `model` itself."""
        return is_here(self._served_by.get(model) or self._url) and not is_cloud_name(model)

    async def models(self) -> tuple[ModelInfo, ...]:
        """Return the models Ollama has, with those marked that are in memory; those served by a cloud are left out."""
        await self._knock()
        async with self._mapped(""):
            response = await self._http().get("/api/tags")
            if response.status_code != 200:
                raise _refusal(response.status_code, response.text, "")
            try:
                listed = [entry for entry in response.json()["models"] if not entry.get("remote_host")]
                names = [(str(entry["name"]), int(entry.get("size") or 0)) for entry in listed]
            except (LookupError, TypeError, AttributeError) as error:
                raise _broken("its list of models cannot be read") from error
            running = {model.name: model for model in (await self._client().ps()).models}
        return tuple(_info(name, size, running.get(name)) for name, size in names)

    async def load(self, model: str) -> None:
        """Bring a model into memory with the window that the settings name."""
        await self.ready(model)
        options = {"num_ctx": self._settings.context}
        async with self._mapped(model):
            await self._client().generate(model, keep_alive=self._settings.keep_alive, options=options)

    async def pull(self, model: str, progress: Progress) -> None:
        """Have Ollama fetch a model.

        Raises:
            EngineUnavailable: Ollama cannot be reached or cannot fetch it.
        """
        refuse_cloud(model, None, self._settings.allow_hosts)
        async with self._mapped(model):
            outgoing.note("ollama.com", "model asked for through Ollama", model=model)
            stream: Any = await self._client().pull(model, stream=True)
            async with aclosing(stream) as parts:
                async for part in parts:
                    progress(part.completed or 0, part.total or 0, part.status or "")

    async def close(self) -> None:
        """Close the connections; models stay loaded for as long as `keep_alive` says."""
        if self._http_client is not None:
            await self._http_client.aclose()
            self._http_client = None
        if self._official is not None:
            await self._official.close()  # type: ignore[no-untyped-call]
            self._official = None

    async def _knock(self) -> None:
        """Raise where nobody listens: the clients, which take 12 MB, are not loaded only to learn that."""
        address = urlsplit(self._url)
        try:
            port = address.port or {"https": 443}.get(address.scheme, 80)
            connecting = asyncio.open_connection(address.hostname, port)
            _, writer = await asyncio.wait_for(connecting, CONNECT_SECONDS)
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
        except (OSError, TimeoutError) as error:
            raise self._nobody() from error

    def _nobody(self) -> EngineUnavailable:
        return EngineUnavailable(
            f"no Ollama answers at {self._url}", code="engine-unreachable", hint="start it with: ollama serve"
        )

    def _client(self) -> ollama.AsyncClient:
        if self._official is None:
            import ollama

            self._official = ollama.AsyncClient(self._url, **self._wire())
        return self._official

    def _http(self) -> httpx.AsyncClient:
        """Return a plain client, for the fields of Ollama's answers that the official one leaves out."""
        if self._http_client is None:
            import httpx

            self._http_client = httpx.AsyncClient(base_url=self._url, **self._wire())
        return self._http_client

    def _wire(self) -> dict[str, Any]:
        """Return how both clients connect: no proxy from the environment, no redirect, no endless silence."""
        import httpx

        timeout = httpx.Timeout(self._settings.request_timeout, connect=CONNECT_SECONDS, pool=None)
        return {"timeout": timeout, "trust_env": False, "follow_redirects": False}

    @asynccontextmanager
    async def _mapped(self, model: str) -> AsyncIterator[None]:
        """Turn what the client raises into `EngineUnavailable`."""
        import httpx
        import ollama

        try:
            yield
        except (ConnectionError, httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise self._nobody() from error
        except httpx.TimeoutException as error:
            raise EngineUnavailable(
                f"Ollama was silent for {self._settings.request_timeout:g} s",
                code="engine-silent",
                hint="look whether it is overloaded, or raise [engine] request_timeout",
            ) from error
        except httpx.HTTPError as error:
            raise _died() from error
        except ollama.ResponseError as error:
            raise _refusal(error.status_code, error.error, model) from error
        except (ValueError, RecursionError) as error:
            raise _broken("its answer cannot be read") from error


def _died() -> EngineUnavailable:
    return EngineUnavailable("Ollama died while it spoke", code="engine-died", hint="the task can be tried again")


def _broken(what: str) -> EngineUnavailable:
    return EngineUnavailable(
        f"Ollama does not keep to the protocol: {what}", code="engine-broken", hint="look at Ollama's log"
    )


def missing(model: str) -> EngineUnavailable:
    """Return the error that says how to get a model Ollama lacks."""
    from workbench.engines.store import knows

    own = f", or for the embedded engine: nanites models pull {model}" if knows(model) else ""
    return EngineUnavailable(
        f"Ollama has no model {model}", code="model-missing", hint=f"get it with: ollama pull {model}{own}"
    )


def _info(name: str, size: int, running: ollama.ProcessResponse.Model | None) -> ModelInfo:
    """Return a model as `ollama ps` and `ollama list` have it."""
    if running is None:
        return ModelInfo(name=name, size=size)
    left = None
    if running.expires_at is not None:
        left = max(0.0, running.expires_at.timestamp() - time.time())
    return ModelInfo(
        name=name,
        size=size,
        loaded=True,
        memory=int(running.size or 0),
        expires_in=left,
        context=running.context_length,
    )


def _refusal(status: int, text: str, model: str) -> EngineUnavailable:
    """Return the error that stands for an answer which is not 200; status -1 is an error inside a stream."""
    words = said(text)
    if 300 <= status < 400:
        return EngineUnavailable(
            f"Ollama's address sends elsewhere (status {status}), which is not followed",
            code="host-refused",
            hint="name the real address in nanites.toml, [engine] ollama_url",
        )
    if status == 404 and model:
        return missing(model)
    if status == -1:
        return EngineUnavailable(f"Ollama gave up: {words}", code="engine-died", hint="the task can be tried again")
    return EngineUnavailable(f"Ollama answered {status}: {words}", code="engine-failed", hint="look at Ollama's log")
