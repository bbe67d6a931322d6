"""Splicing, docstrings and annotations on code that nobody wrote for them: packages that are installed anyway."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from workbench.checks.preserve import preserves
from workbench.edits.annotations import annotate, unannotated
from workbench.edits.docstrings import place_docstring, undocumented
from workbench.edits.python.outline import outline
from workbench.edits.symbols import Symbol, cut, splice, symbols
from workbench.errors import EditRefused

PACKAGES = ["click", "h11", "unidiff", "dateutil", "sortedcontainers"]
PER_FILE = 3
MARK = "nanite_mark = 1"


def sources() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            continue
        for path in sorted(Path(spec.origin).parent.glob("*.py")):
            text = path.read_bytes().decode()
            if 0 < len(text) < 40_000:
                yield f"{package}/{path.name}", text


def functions(text: str, seed: str) -> list[Symbol]:
    """Return some functions of a file that end in a statement on lines of its own and whose names are not twins."""
    made = outline(text)
    found = []
    for symbol in symbols(text):
        if symbol.kind == "function" and not made.units[symbol.name][0].is_twin:
            last = made.units[symbol.name][0].parts[-1].node.body[-1]  # type: ignore[union-attr]
            if not getattr(last, "decorator_list", []) and last.col_offset == len(made.lines.indent(last.lineno)):
                found.append(symbol)
    return random.Random(seed).sample(found, min(PER_FILE, len(found)))


@pytest.mark.parametrize("shape", ["as it stands", "bare"])
def test_a_line_added_to_a_function_is_all_that_changes(shape: str) -> None:
    tried = 0
    for name, text in sources():
        lines = outline(text).lines
        for symbol in functions(text, name):
            indent = lines.indent(_last_line(text, symbol))
            end = lines.end(symbol.last)
            expected = f"{text[:end]}{lines.ending}{indent}{MARK}{text[end:]}"
            code = f"{cut(text, symbol.name).rstrip()}\n{indent}{MARK}\n"
            if shape == "bare":
                code = textwrap.dedent(code.replace("\r\n", "\n"))
            assert splice(text, code, {symbol.name}).text == expected, f"{name}: {symbol.name}"
            with pytest.raises(EditRefused, match="changes nothing"):
                splice(text, cut(text, symbol.name), {symbol.name})
            tried += 1
    assert tried > 60


def _last_line(text: str, symbol: Symbol) -> int:
    node = outline(text).units[symbol.name][0].parts[-1].node
    return node.body[-1].lineno  # type: ignore[union-attr]


@pytest.mark.slow
def test_docstrings_for_everything_undocumented_are_proven() -> None:
    placed = 0
    for name, text in sources():
        after = text
        for symbol in undocumented(text)[:PER_FILE]:
            after = place_docstring(after, symbol.name, 'Return "it".\n\nArgs:\n    x: a \\d pattern.')
            placed += 1
        found = preserves("a.py", text.encode(), after.encode(), "docstrings")
        assert found.ok, f"{name}: {found.output}"
    assert placed > 40


@pytest.mark.slow
def test_annotations_are_proven_on_every_signature() -> None:
    placed = 0
    for name, text in sources():
        after = text
        for symbol in unannotated(text)[:PER_FILE]:
            header = cut(after, symbol.name).rstrip()
            code = textwrap.dedent(header.replace("\r\n", "\n"))
            try:
                done = annotate(after, symbol.name, _typed(code, symbol.name))
            except EditRefused as refusal:
                assert refusal.code in {"no-change", "type-comments"}, f"{name}: {symbol.name}"  # noqa: PT017
                continue
            after = done.text
            placed += len(done.placed)
        found = preserves("a.py", text.encode(), after.encode(), "annotations")
        assert found.ok, f"{name}: {found.output}"
    assert placed > 40


def _typed(code: str, name: str) -> str:
    """Return a function's code with types for all that has none, as a model would write it: anew."""
    import ast

    node = next(
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name.rpartition(".")[2]
    )
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
    for number, argument in enumerate(argument for argument in arguments if argument):
        kind = ["int", "list[str] | None", "Any", "Callable[[int], str]"][number % 4]
        argument.annotation = argument.annotation or ast.parse(kind, mode="eval").body
    node.returns = node.returns or ast.parse("Iterable[int]", mode="eval").body
    return f"from typing import Any, Callable\nfrom collections.abc import Iterable\n{ast.unparse(node)}\n"
