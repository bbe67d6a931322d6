"""Real changes written down as a model might, with what must become of the file: its new bytes, or a refusal.

Each case is one change in one format with one fault of a model. A fault is only taken where it leaves the meaning as
plain as it was; where it does not, the case must be refused.
"""

from __future__ import annotations

import ast
import random
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from tests.house.edit_drafts import FORMATS, Case, Draft, Unfit, draft, is_plain, lines_of, write
from tests.house.edit_line_faults import LINE_FAULTS, elided
from tests.house.edit_refused import REFUSED
from tests.house.edit_sources import Change
from tests.house.edit_word_faults import WORD_FAULTS
from workbench.edits.foreign.symbols import speaks, symbols

# Faults of the file, which it has before and after.

FILE_FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "crlf": lambda content: content.replace(b"\n", b"\r\n"),
    "bom": lambda content: b"\xef\xbb\xbf" + content,
    "no final newline": lambda content: content.removesuffix(b"\n"),
}


def _file_faults(change: Change) -> Iterator[tuple[str, Callable[[bytes], bytes]]]:
    """Yield the faults that a file does not have already."""
    for name, fault in FILE_FAULTS.items():
        if name != "bom" or not change.before.startswith(b"\xef\xbb\xbf"):
            yield name, fault


def cases(change: Change, seed: int) -> Iterator[Case]:
    """Yield all cases that a change gives: every format with every fault that fits."""
    for form in FORMATS:
        chooser = random.Random(f"{seed} {change.path} {form}")
        try:
            made = draft(change, form, chooser)
        except Unfit:
            continue
        yield from _applying(made)
        yield from _refusing(made)
    yield from _whole(change)
    yield from _symbol(change)


def _applying(made: Draft) -> Iterator[Case]:
    files, expected = {made.path: made.change.before}, {made.path: made.change.after}
    for name, line_fault in LINE_FAULTS.items():
        try:
            faulty = line_fault(made)
            if any(not is_plain(ops, made.change) for ops in made.hunks):
                continue
            yield Case(f"{made.form}: {name}", files, write(faulty, numbers="wrong"), {**expected})
        except Unfit:
            continue
    for name, word_fault in WORD_FAULTS.items():
        try:
            yield Case(f"{made.form}: {name}", files, word_fault(made), {**expected})
        except Unfit:
            continue
    for name, file_fault in _file_faults(made.change):
        before, after = file_fault(made.change.before), file_fault(made.change.after)
        yield Case(f"{made.form}: file with {name}", {made.path: before}, write(made), {made.path: after})
    try:
        wide = elided(draft(made.change, made.form, made.chooser, context=12))
        yield Case(f"{made.form}: elided", files, write(wide, numbers="wrong"), {**expected})
    except Unfit:
        return


def _refusing(made: Draft) -> Iterator[Case]:
    for name, fault in REFUSED.items():
        try:
            files, answer = fault(made)
        except Unfit:
            continue
        yield Case(f"{made.form}: {name}", files, answer, None)
    other = ("other/file.py",)
    yield Case(f"{made.form}: off target", {made.path: made.change.before}, write(made), None, other)


def _whole(change: Change) -> Iterator[Case]:
    before, after = change.before, change.after
    old = sum(bool(line.strip()) for line in lines_of(before))
    new = sum(bool(line.strip()) for line in lines_of(after))
    if old - new > 0.2 * old or not after.endswith(b"\n") or b"```" in after + before or b"\r" in after + before:
        return
    text = after.decode()
    files, expected = {change.path: before}, {change.path: after}
    yield Case("whole file: as it is", files, f"{change.path}\n```\n{text}```\n", {**expected})
    yield Case("whole file: prose", files, f"Sure:\n```python\n{text}```\nDone.", {**expected})
    yield Case("whole file: path in the fence", files, f"```python {change.path}\n{text}```\n", {**expected})
    for name, fault in _file_faults(change):
        case = Case(f"whole file: file with {name}", {change.path: fault(before)}, f"```\n{text}```\n", None)
        yield replace(case, expected={change.path: fault(after)})
    cut = text[: int(len(text) * 0.6)]
    yield Case("whole file: cut off", files, f"```python\n{cut}", None)
    yield Case("whole file: drops the rest", files, f"```python\n{cut}\n# ... rest of the code ...\n```\n", None)


def _symbol(change: Change) -> Iterator[Case]:
    """Yield answers that are one function: the one that all of a change lies in."""
    before, after = change.before.decode(), change.after.decode()
    old, new = lines_of(change.before), lines_of(change.after)
    head = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    tail = next((at for at, (one, other) in enumerate(zip(old[::-1], new[::-1], strict=False)) if one != other), 0)
    look = _function_around if change.path.endswith(".py") else partial(_foreign_function, change.path)
    found = look(after, head + 1, len(new) - tail)
    known = look(before, head + 1, len(old) - tail)
    if found is None or known is None or found[0] != known[0] or known[1] != found[1]:
        return
    name, first, last = found
    text = "\n".join(new[first - 1 : last])
    last_name = name.rsplit(".", 1)[-1]
    if "```" in text or (change.path.endswith(".py") and sum(one.count(f"def {last_name}(") for one in old) > 1):
        return
    files, expected = {change.path: change.before}, {change.path: change.after}
    bare = textwrap.dedent(text)
    is_python = change.path.endswith(".py")
    fence = "python" if is_python else change.path.rpartition(".")[2]
    shapes = {
        "as it is": f"```{fence}\n{text}\n```\n",
        "without margin": f"Sure:\n```{fence}\n{bare}\n```\nDone.",
        "path": f"`{change.path}`\n```{fence}\n{bare}\n```\n",
    }
    for what, answer in (shapes | ({"no fence": f"{bare}\n"} if is_python else {})).items():
        yield Case(f"symbol: {what}", files, answer, {**expected})
    for what, fault in _file_faults(change):
        case = Case(f"symbol: file with {what}", {change.path: fault(change.before)}, f"```\n{bare}\n```\n", None)
        yield replace(case, expected={change.path: fault(change.after)})
    cut = bare[: int(len(bare) * 0.6)]
    yield Case("symbol: cut off", files, f"```{fence}\n{cut}", None)
    if is_python:
        lazy = f"{bare.split(chr(10))[0]}\n    # ... rest of the code ...\n    pass"
        yield Case("symbol: lazy", files, f"```python\n{lazy}\n```\n", None)


def _foreign_function(path: str, text: str, first: int, last: int) -> tuple[str, int, int] | None:
    """Return the same for a language with a grammar; a name that any other symbol ends in is a twin."""
    if not speaks(path, text):
        return None
    every = symbols(path, text)
    around = [one for one in every if one.kind == "function" and one.first <= first and last <= one.last]
    if not around:
        return None
    outermost = around[0]
    twins = sum(one.name.rpartition(".")[2] == outermost.name.rpartition(".")[2] for one in every)
    return (outermost.name, outermost.first, outermost.last) if twins == 1 else None


def _function_around(text: str, first: int, last: int) -> tuple[str, int, int] | None:
    """Return the qualified name and the lines of the outermost function, no twin, that some lines lie in."""

    def look(body: list[ast.stmt], prefix: str) -> tuple[str, int, int] | None:
        for node in body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            start = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            if start <= first and last <= (node.end_lineno or 0):
                if isinstance(node, ast.ClassDef):
                    return look(node.body, f"{prefix}{node.name}.")
                return f"{prefix}{node.name}", start, node.end_lineno or 0
        return None

    return look(ast.parse(text.removeprefix("\ufeff")).body, "")
