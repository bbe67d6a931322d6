"""Calls of functions of real-looking modules, taken from the checks of the bench's cases, and Python's answers."""

from __future__ import annotations

import ast
import builtins
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from workbench.checks.reckon import Reckoned

cases = importlib.import_module("tests.bench.yield.cases")

_PROGRAM = """
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
found = []
for question in json.load(sys.stdin):
    sys.modules.pop(sys.argv[2], None)
    try:
        names = vars(importlib.import_module(sys.argv[2]))
        found.append([repr(eval(question, dict(names))), ""])
    except BaseException as error:
        found.append(["", type(error).__name__])
print(json.dumps(found))
"""


def targets() -> dict[Path, list[str]]:
    """Return questions for each file: calls and comparisons that need nothing but its own names."""
    found: dict[Path, list[str]] = {}
    for case in cases.load():
        if not case.package.own:
            continue
        for name in case.target:
            path = cases.MODULES / case.package.own / name
            if path.suffix == ".py" and path.is_file():
                known = found.setdefault(path, [])
                for text in (case.check, case.oracle):
                    known += [one for one in _questions(text, path) if one not in known]
    return found


def _questions(check: str, path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    own = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    every = own | {name for node in ast.walk(tree) for name in _bound(node)} | set(dir(builtins))
    for node in ast.walk(ast.parse(check)):
        if isinstance(node, ast.Assert) and _fits(node.test, own, every):
            yield ast.unparse(node.test)
        if isinstance(node, ast.Call) and _fits(node, own, every):
            yield ast.unparse(node)


def _bound(node: ast.AST) -> Iterator[str]:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (one.asname or one.name for one in node.names)
    elif isinstance(node, ast.Assign):
        yield from (one.id for one in node.targets if isinstance(one, ast.Name))


def _fits(node: ast.expr, own: set[str], every: set[str]) -> bool:
    bound = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    bound |= {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)}
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} - bound
    return bool(names & own) and names <= every


def is_plain(question: str, path: Path) -> bool:
    """Return whether a question is about functions of the file and no class of it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    return not kinds & {one.id for one in ast.walk(ast.parse(question)) if isinstance(one, ast.Name)}


def really(path: Path, questions: list[str]) -> list[Reckoned]:
    """Return what Python gives where the file is imported, in a process of its own."""
    top = next(one for one in path.parents if not (one / "__init__.py").exists())
    name = ".".join(path.relative_to(top).with_suffix("").parts)
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(top), name],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        check=True,
    )
    return [Reckoned(*one) for one in json.loads(done.stdout.splitlines()[-1])]
