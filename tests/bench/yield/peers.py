"""Does a case as others would: a plain prompt with the whole file in and the whole file out, or aider, same model."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import time
from pathlib import Path

from workbench.engines.pool import Pool
from workbench.errors import NaniteError
from workbench.exchange import ChatRequest, Message
from workbench.settings import EngineSettings, Settings

from .cases import Case
from .ours import Work, differences, form_of, snapshot

WINDOW = 8_192
INSTRUCTION = "You edit a file as asked. Answer with the whole changed file in one code block, and nothing else."
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)

KIND_WORDS = {
    "docstrings": "Write docstrings; change nothing else. ",
    "types": "Write type annotations; change nothing else. ",
    "comments": "Write comments; change nothing else. ",
}
"""What a recipe's name says, for those who have no recipes."""


async def work(case: Case, root: Path, arguments: argparse.Namespace) -> Work:
    """Do a case as the peer that was asked for."""
    return await (_plain if arguments.peer == "plain" else _aider)(case, root, arguments)


def _pool(arguments: argparse.Namespace) -> Pool:
    engine = {"order": (arguments.engine,), "idle_minutes": 2}
    engine |= {name[7:]: value for name, value in arguments.settings.items() if name.startswith("engine.")}
    return Pool(Settings(engine=EngineSettings.model_validate(engine)))


def _ask_of(case: Case) -> str:
    return KIND_WORDS.get(case.kind, "") + case.ask


async def _plain(case: Case, root: Path, arguments: argparse.Namespace) -> Work:
    """Ask once, take the longest code block as the file, check nothing."""
    done = Work()
    before, began = snapshot(root), time.monotonic()
    target = root / case.target[0]
    text = target.read_text(encoding="utf-8") if target.is_file() else ""
    shown = "".join(f"{name}:\n```\n{(root / name).read_text(encoding='utf-8')}```\n\n" for name in case.read)
    question = f"{shown}{case.target[0]}:\n```{case.language}\n{text}```\n\n{_ask_of(case)}"
    messages = (Message(role="system", content=INSTRUCTION), Message(role="user", content=question))
    request = ChatRequest(model=arguments.model, messages=messages, context=WINDOW)
    pool = _pool(arguments)
    try:
        room = WINDOW - (await pool.count(request)).high - 64
        if room < len(text) // 4:
            done.error = f"too-long: {len(text)} characters do not fit the window twice"
        else:
            answer = await pool.chat(request.model_copy(update={"max_tokens": room}), lambda piece: None)
            done.prompt, done.completion = answer.prompt_tokens, answer.completion_tokens
            done.engine_seconds = answer.seconds
            done.answers = [{"prompt": question, "answer": answer.text, "form": form_of(answer.text), "fate": []}]
            if blocks := FENCE.findall(answer.text):
                target.parent.mkdir(parents=True, exist_ok=True)
                # Small models like to say the file's name again, as the question does.
                whole = max(blocks, key=len).removeprefix(f"{case.target[0]}:\n").removeprefix("```\n")
                target.write_text(whole, encoding="utf-8")
            else:
                done.error = "no-block: no whole code block in the answer"
    except NaniteError as error:
        done.error = f"engine: {error.code}: {error.message}"
    finally:
        await pool.close()
    done.changed = differences(before, snapshot(root))
    done.seconds = round(time.monotonic() - began, 2)
    return done


_SENT = re.compile(r"Tokens: ([\d.,]+k?) sent, (?:[\d.,]+k? cache[^,]*, )*([\d.,]+k?) received")


async def _aider(case: Case, root: Path, arguments: argparse.Namespace) -> Work:
    """Run aider once on the target, whole format, no commits, no repo map of what it was not given."""
    url, key = await _address(arguments)
    options = ["--model", f"openai/{arguments.model}", "--edit-format", "whole", "--message", _ask_of(case)]
    options += ["--yes-always", "--no-auto-commits", "--no-gitignore", "--no-show-model-warnings", "--no-check-update"]
    options += ["--no-stream", "--no-pretty", "--map-tokens", "0", "--no-analytics", "--no-suggest-shell-commands"]
    for read in case.read:
        options += ["--read", read]
    environment = os.environ | {"OPENAI_API_BASE": url, "OPENAI_API_KEY": key, "AIDER_ANALYTICS": "false"}
    environment |= {"HOME": str(root.parent), "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    command = [arguments.aider, *options, *case.target]
    before, began = snapshot(root), time.monotonic()
    done = Work()
    run = asyncio.to_thread(
        subprocess.run, command, cwd=root, env=environment, capture_output=True, text=True, timeout=600,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        ended = await run
    except subprocess.TimeoutExpired:
        done.error = "timeout: aider took longer than 600 s"
    else:
        for sent, received in _SENT.findall(ended.stdout):
            done.prompt += _tokens(sent)
            done.completion += _tokens(received)
        done.answers = [{"prompt": _ask_of(case), "answer": ended.stdout[-20_000:], "form": "aider", "fate": []}]
        if not done.completion:
            done.error = f"engine: aider got no answer: {(ended.stdout + ended.stderr)[-300:]}"
    done.seconds = round(time.monotonic() - began, 2)
    done.changed = differences(before, snapshot(root))
    return done


def _tokens(text: str) -> int:
    number = text.rstrip("k").replace(",", "")
    return round(float(number) * (1_000 if text.endswith("k") else 1))


async def _address(arguments: argparse.Namespace) -> tuple[str, str]:
    """Return where an OpenAI-compatible server of the same model listens, and its key."""
    if arguments.url:
        return arguments.url, os.environ.get("OPENAI_API_KEY", "none")
    from workbench.engines.process import Place

    pool = _pool(arguments)
    try:
        await pool.count(ChatRequest(model=arguments.model, messages=(Message(role="user", content="x"),)))
    finally:
        await pool.close()
    state = Place(arguments.model).read()
    assert state is not None, "the embedded engine is not running"
    return state.url if state.url.endswith("/v1") else f"{state.url}/v1", state.key
