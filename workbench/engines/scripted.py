"""An engine for tests: its answers come from a file, so that a thousand tasks cost no model and a kill can be repeated.

It is reached only where `engine.order` names `scripted`. `engine.script` is the path of the script, either one JSON
object `{"rules": [RULE, ...], "models": ["NAME", ...]}` or JSON lines with a RULE each. Rules are tried in order, and
the first that fits answers; a rule without `match` and `contains` fits always. A RULE is an object of

    match           regular expression, searched for in the last user message (dot matches line ends)
    contains        text that the last user message holds
    system          text that the system message holds
    times           the rule answers so often in all, across processes, then it is passed over
    answer          the text to answer; `\\g<name>` and `\\1` stand for groups of `match` where `expand` is true
    expand          whether to fill such groups in
    nonsense        answer words that mean nothing instead
    delay           seconds before each piece
    pieces          how many pieces the answer is streamed in (3)
    finish          "stop" or "length"
    die_after       pieces after which the engine dies
    prompt_tokens   what it says it read; fewer than were sent sets off the alarm
    hang            whether to stay silent after the last piece until cancelled
    leanings        where the answer leans elsewhere, told where a request has an `against`; without any such a
                    request is refused, as by an engine that cannot tell

A request that no rule fits is answered by `EngineUnavailable` with the code `script-silent`. Each question that was
answered to the end is written to `SCRIPT.asked.jsonl`, one line with `request` (sha256 of the whole request), `rule`
(number from 0), `model`, `pid` and `prompt` (the last user message): a test that finds a request there twice has found
a question asked again after it had been answered. `SCRIPT.begun.jsonl` has a line for each question as it begins.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import time
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from workbench.engines.base import OnText
from workbench.engines.counting import check_read
from workbench.engines.leaning import cannot_compare
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Completion, Leaning, ModelInfo, TokenCount
from workbench.model import Value
from workbench.settings import Settings

NONSENSE = "colourless green ideas sleep furiously, 42 times; der Rest ist Schweigen 🦆"


class Rule(Value):
    """One line of a script; see the module's docstring."""

    match: str | None = None
    contains: str | None = None
    system: str | None = None
    times: int | None = None
    answer: str = ""
    expand: bool = False
    nonsense: bool = False
    delay: float = Field(0.0, ge=0)
    pieces: int = Field(3, ge=1)
    finish: Literal["stop", "length"] = "stop"
    die_after: int | None = None
    prompt_tokens: int | None = None
    hang: bool = False
    leanings: tuple[Leaning, ...] = ()

    def answer_to(self, question: str, system: str) -> str | None:
        """Return the answer, or None where the rule does not fit."""
        if self.contains is not None and self.contains not in question:
            return None
        if self.system is not None and self.system not in system:
            return None
        found = re.search(self.match, question, re.DOTALL) if self.match is not None else None
        if self.match is not None and found is None:
            return None
        if self.nonsense:
            return NONSENSE
        return found.expand(self.answer) if found is not None and self.expand else self.answer


class Script(Value):
    """The content of a script."""

    rules: tuple[Rule, ...] = ()
    models: tuple[str, ...] | None = None


class ScriptedEngine:
    """Answers from a script. The script is read again when its file changes."""

    name = "scripted"

    def __init__(self, settings: Settings) -> None:
        if not settings.engine.script:
            raise EngineUnavailable("engine.order names scripted, but engine.script is not set", code="script-missing")
        self._path = Path(settings.engine.script)
        self._named = (settings.models.nanite, settings.models.mid)
        self._read: tuple[tuple[int, int], Script] | None = None

    async def chat(self, request: ChatRequest, on_text: OnText) -> Completion:
        """Stream the answer of the first rule that fits; see `Engine.chat`."""
        started = time.monotonic()
        digest = hashlib.sha256(request.model_dump_json().encode()).hexdigest()
        question = next((m.content for m in reversed(request.messages) if m.role == "user"), "")
        system = next((m.content for m in request.messages if m.role == "system"), "")
        number, rule, answer = self._choose(question, system)
        if request.against and not rule.leanings:
            raise cannot_compare(self.name)
        line = {"request": digest, "rule": number, "model": request.model, "pid": os.getpid(), "prompt": question}
        self._note("begun", line)
        await self._stream(rule, answer, on_text)
        sent = _tokens(request)
        completion = Completion(
            text=answer,
            finish=rule.finish,
            prompt_tokens=sent.low if rule.prompt_tokens is None else rule.prompt_tokens,
            completion_tokens=len(answer) // 4 + 1,
            seconds=round(time.monotonic() - started, 3),
            leanings=rule.leanings if request.against else (),
        )
        check_read(request, sent, completion)
        self._note("asked", line)
        return completion

    async def _stream(self, rule: Rule, answer: str, on_text: OnText) -> None:
        size = max(1, -(-len(answer) // rule.pieces))
        pieces = [answer[start : start + size] for start in range(0, len(answer), size)]
        for number, piece in enumerate(pieces):
            if rule.die_after is not None and number >= rule.die_after:
                break
            await asyncio.sleep(rule.delay)
            on_text(piece)
        if rule.die_after is not None:
            raise EngineUnavailable("the engine died while it spoke", code="engine-died", hint="try again")
        if rule.hang:
            await asyncio.Event().wait()

    def _choose(self, question: str, system: str) -> tuple[int, Rule, str]:
        for number, rule in enumerate(self._script().rules):
            answer = rule.answer_to(question, system)
            if answer is None or (rule.times is not None and self._answered(number) >= rule.times):
                continue
            return number, rule, answer
        raise EngineUnavailable("no rule of the script fits the question", code="script-silent")

    def _script(self) -> Script:
        try:
            stat = self._path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            if self._read is None or self._read[0] != stamp:
                self._read = (stamp, _parse(self._path.read_text(encoding="utf-8")))
        except OSError as error:
            raise EngineUnavailable(
                f"the script {self._path} cannot be read: {error.strerror}", code="script-missing"
            ) from error
        except (ValueError, ValidationError) as error:
            raise EngineUnavailable(f"the script {self._path} is wrong: {error}", code="script-invalid") from error
        return self._read[1]

    def _answered(self, number: int) -> int:
        try:
            lines = self._log("asked").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return 0
        return sum(1 for line in lines if json.loads(line)["rule"] == number)

    def _log(self, which: str) -> Path:
        return self._path.with_name(f"{self._path.name}.{which}.jsonl")

    def _note(self, which: str, line: dict[str, Any]) -> None:
        """Append in one write, so that processes do not mix their lines and a kill leaves none by halves."""
        descriptor = os.open(self._log(which), os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.write(descriptor, json.dumps(line).encode() + b"\n")
        finally:
            os.close(descriptor)

    async def count(self, request: ChatRequest) -> TokenCount:
        """Return the request's characters over four; this tokenizer is exact, being the only one."""
        return _tokens(request)

    async def ready(self, model: str) -> None:
        """Return if the script can be read and knows `model`; a script that names no models knows all."""
        known = self._script().models
        if known is not None and model not in known:
            raise EngineUnavailable(f"the script has no model {model}", code="model-missing")

    def is_here(self, model: str) -> bool:
        """Return True: nobody else is asked."""
        return True

    async def models(self) -> tuple[ModelInfo, ...]:
        """Return the models that the script names, else those of the settings."""
        known = self._script().models
        return tuple(ModelInfo(name=name, loaded=True) for name in dict.fromkeys(known or self._named))

    async def load(self, model: str) -> None:
        """Do nothing: there is nothing to load."""
        await self.ready(model)

    async def close(self) -> None:
        """Do nothing: nothing is open."""


def _tokens(request: ChatRequest) -> TokenCount:
    tokens = 8 + sum(len(message.content) for message in request.messages) // 4
    return TokenCount(low=tokens, high=tokens)


def _parse(text: str) -> Script:
    """Return the script in `text`, one object or JSON lines."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        return Script(rules=tuple(Rule.model_validate_json(line) for line in text.splitlines() if line.strip()))
    if isinstance(whole, dict) and ("rules" in whole or "models" in whole):
        return Script.model_validate(whole)
    return Script(rules=(Rule.model_validate(whole),))
