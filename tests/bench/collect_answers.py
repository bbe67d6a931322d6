"""Ask a real model small tasks and log what it answers: `python -m tests.bench.collect_answers [--seconds N]`.

Each task of `tests/data/answers/asks.toml` is asked in two of four forms (changed functions, SEARCH/REPLACE, a unified
diff, the whole file), in turn, so that every form is answered for every language; half of the answers are the model's
surest, half are sampled. What is there already is not asked again, so the log can be made in several goes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.house.real_answers import FOLDER, Logged, level_of, planned
from workbench.engines.pool import Pool
from workbench.exchange import ChatRequest, Message
from workbench.settings import DEFAULT_NANITE, EngineSettings, Settings

FORMS = {
    "functions": "You edit code. Make the change the task asks for and leave everything else as it is. Answer with one "
    "code block that holds each changed or new function whole, and nothing else.",
    "search-replace": "You edit code. Answer with one or more blocks of this form, and nothing else:\n"
    "<<<<<<< SEARCH\nlines exactly as they are in the file\n=======\nthe lines that take their place\n>>>>>>> REPLACE",
    "diff": "You edit code. Answer with a unified diff of the file in a ```diff block, as `diff -u` prints it with "
    "three lines of context, and nothing else.",
    "whole-file": "You edit files. Make the change the task asks for and keep every other line as it is. Answer with "
    "one code block that holds the whole changed file, and nothing else.",
}
LONGEST = 1_000


def tasks() -> Iterator[tuple[str, str, str]]:
    """Yield each task twice, in two forms: a source's name, what is asked, and the name of the form."""
    asks = tomllib.loads((FOLDER / "asks.toml").read_text(encoding="utf-8"))
    forms = tuple(FORMS)
    for again in (0, 2):
        for shift, (name, of_file) in enumerate(asks.items()):
            for number, ask in enumerate(of_file):
                yield name, ask, forms[(shift + number + again) % len(forms)]


async def collect(model: str, seconds: float) -> int:
    """Ask what was not asked yet and return how many answers were logged."""
    log = FOLDER / f"{model.replace('/', '-').replace(':', '-')}.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    there = {(one["path"], one["task"], one["asked_for"]) for one in map(json.loads, lines)}
    pool = Pool(Settings(engine=EngineSettings(order=("embedded",))))
    end, count = time.monotonic() + seconds, 0
    try:
        for number, (name, ask, form) in enumerate(tasks()):
            if (name, ask, form) in there or time.monotonic() > end:
                continue
            with log.open("a", encoding="utf-8") as stream:
                stream.write(
                    json.dumps(await _asked(pool, model, (name, ask, form), number), ensure_ascii=False) + "\n"
                )
            count += 1
    finally:
        await pool.close()
    return count


async def _asked(pool: Pool, model: str, task: tuple[str, str, str], number: int) -> dict[str, Any]:
    name, ask, form = task
    before = (FOLDER / "sources" / name).read_text(encoding="utf-8")
    messages = (
        Message(role="system", content=FORMS[form]),
        Message(role="user", content=f"{name}:\n```\n{before}```\n\nTask: {ask}"),
    )
    temperature = 0.8 if number % 2 else 0.0
    request = ChatRequest(model=model, messages=messages, temperature=temperature, seed=number, max_tokens=LONGEST)
    said = await pool.chat(request, lambda text: None)
    one = Logged("", name, before, (name,), said.text, "")
    one = replace(one, outcome=level_of(planned(one)))
    sys.stderr.write(f"{one.outcome:30} {form:15} {name}: {ask}\n")
    return {
        "path": name,
        "task": ask,
        "asked_for": form,
        "finish": said.finish,
        "targets": list(one.targets),
        "answer": one.answer,
        "outcome": one.outcome,
    }


def main() -> int:
    """Collect, and say how many there are now."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("--model", default=DEFAULT_NANITE)
    parser.add_argument("--seconds", type=float, default=3_600, help="ask nothing new after so many seconds")
    arguments = parser.parse_args()
    count = asyncio.run(collect(arguments.model, arguments.seconds))
    sys.stdout.write(json.dumps({"logged": count}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
