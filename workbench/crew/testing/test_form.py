"""The form of a test: what of an answer is taken, how it is put into a test file, and which line of it failed."""

from __future__ import annotations

import ast
import re
import sys
import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from workbench import python_ast
from workbench.crew.answers.names import undefined
from workbench.edits.symbols import symbols
from workbench.errors import AnswerRejected, EditRefused

MOST_TESTS = 3
MOST_ASSERTS = 4
MOST_LOST = 12
"""Lines at the end of an answer that may be lost where it was cut off."""

_WORDS = 400


@dataclass(frozen=True)
class TestCode:
    """Test functions as an answer has them, and the imports that they may keep."""

    __test__ = False

    functions: tuple[str, ...]
    imports: tuple[str, ...]


def test_code(code: str, name: str) -> TestCode:
    """Return the test functions of an answer that assert something of the symbol `name`.

    Raises:
        AnswerRejected: it has none (code `no-test`), or does not parse (`does-not-parse`).
    """
    code, tree = _as_far_as_it_goes(code)
    last = name.rpartition(".")[2]
    found: list[str] = []
    for node in _functions(tree):
        if not node.name.startswith("test") or not _asserts(node) or not _is_plain(node):
            continue
        used = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        used |= {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
        if last in used or (last == "__init__" and name.split(".", maxsplit=1)[0] in used):
            found.append(_source(code, node))
    if not found:
        raise AnswerRejected(
            f"the answer has no test function that calls {last} and asserts something of it",
            code="no-test",
            hint="answer with one function test_… with asserts",
        )
    return TestCode(tuple(found[:MOST_TESTS]), tuple(_imports(tree)))


def helped_by(written: TestCode, module: str, code: str) -> TestCode:
    """Return test functions with imports of what else they use of a module's top: its classes and errors, say."""
    there = {symbol.name for symbol in symbols(code) if "." not in symbol.name}
    used = undefined("\n".join((*written.imports, *written.functions)).encode("utf-8"))
    imports = tuple(f"from {module} import {name}" for name in sorted(used & there))
    return TestCode(written.functions, (*written.imports, *imports))


def _as_far_as_it_goes(code: str) -> tuple[str, ast.Module]:
    """Return an answer without its last lines where it was cut off within them, and its tree.

    Small models like to go on with ever longer cases until they are stopped.
    """
    lines = code.split("\n")
    fault = ""
    for end in range(len(lines), max(0, len(lines) - MOST_LOST), -1):
        try:
            shorter = "\n".join(lines[:end])
            return shorter, python_ast.parse(shorter)
        except (SyntaxError, ValueError, RecursionError) as error:
            fault = fault or str(error)
    raise AnswerRejected(f"the answer is no Python: {fault}", code="does-not-parse", hint="try again")


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    found = []
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        found += [part for part in inside if isinstance(part, ast.FunctionDef)]
    return found


def _asserts(node: ast.FunctionDef) -> bool:
    return any(
        (isinstance(part, ast.Assert) and not isinstance(part.test, ast.Constant))
        or (isinstance(part, ast.withitem) and "raises" in ast.unparse(part.context_expr).lower())
        or (isinstance(part, ast.Call) and ast.unparse(part.func).startswith("self.assert"))
        for part in ast.walk(node)
    )


def _is_plain(node: ast.FunctionDef) -> bool:
    """Return whether a test needs nothing but itself: no fixture, no decorator but parametrize."""
    decorated = [ast.unparse(one) for one in node.decorator_list]
    if any(not text.startswith("pytest.mark.parametrize") for text in decorated):
        return False
    arguments = {argument.arg for argument in node.args.args} - {"self"}
    return bool(decorated) or not arguments


def _source(code: str, node: ast.FunctionDef) -> str:
    """Return the lines of a function without the assertions that are too many."""
    lines = code.split("\n")
    asserts = [part for part in node.body if isinstance(part, ast.Assert)]
    for extra in reversed(asserts[MOST_ASSERTS:]):
        lines[extra.lineno - 1 : extra.end_lineno] = []
    gone = sum((part.end_lineno or part.lineno) - part.lineno + 1 for part in asserts[MOST_ASSERTS:])
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
    return textwrap.dedent("\n".join(lines[first - 1 : (node.end_lineno or node.lineno) - gone]))


def _imports(tree: ast.Module) -> list[str]:
    """Return the imports of an answer that need nothing installed but pytest; the code under test is imported by us."""
    kept = []
    for node in tree.body:
        if isinstance(node, ast.Import):
            names = [alias for alias in node.names if _is_at_hand(alias.name)]
            kept += [ast.unparse(ast.Import(names=[alias])) for alias in names]
        elif isinstance(node, ast.ImportFrom) and not node.level and _is_at_hand(node.module or ""):
            kept.append(ast.unparse(node))
    return kept


def _is_at_hand(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names | {"pytest"}


def with_test(text: str | None, written: TestCode, module: str, name: str, *, as_class: bool = False) -> str:
    """Return a test file with test functions put at its end, and what they need imported.

    Raises:
        EditRefused: they cannot be put there.
    """
    known = _names(text or "")
    functions = [_renamed(function, known) for function in written.functions]
    body = "\n\n\n".join(functions)
    outer = name.partition(".")[0]
    imports = [*written.imports, f"from {module} import {outer}"]
    if re.search(r"\bpytest\.", body):
        imports.append("import pytest")
    if as_class:
        imports.append("import unittest")
        body = _as_class(functions, name, known)
    if re.search(rf"(?<![\w.]){re.escape(module)}\.", body):
        imports.append(f"import {module}")
    imports = [line for line in dict.fromkeys(imports) if not _is_there(text or "", line)]
    if text is None:
        plain = sorted(line for line in imports if line.startswith("import "))
        others = sorted(line for line in imports if not line.startswith("import "))
        own = [line for line in others if line.startswith(f"from {module} ")]
        first = "\n".join([*plain, *(line for line in others if line not in own)])
        head = "\n\n".join(part for part in (first, "\n".join(own)) if part)
        return f"{head}\n\n\n{body}\n"
    return _appended(text, imports, body)


def is_of_another(text: str | None, module: str, name: str) -> bool:
    """Return whether a test file takes a name from a module that is neither `module` nor passes on what is in it."""
    try:
        tree = python_ast.parse(text or "")
    except (SyntaxError, ValueError):
        return False
    return any(
        not f"{module}.".startswith(f"{node.module}.") and not f"{node.module}.".startswith(f"{module}.")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not node.level
        if any((alias.asname or alias.name) == name for alias in node.names)
    )


def _appended(text: str, imports: Sequence[str], body: str) -> str:
    """Return a file with imports among its own and `body` at its end; every line of it stays, in its order."""
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n") if text.strip() else []
    try:
        tree = python_ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError) as error:
        raise EditRefused(
            "the test file does not parse", code="file-does-not-parse", hint="mend its syntax first"
        ) from error
    left = [line for line in imports if not _joined(lines, tree, line)]
    last = max((node.end_lineno or 0 for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)), default=0)
    if not last and tree.body and ast.get_docstring(tree) is not None:
        last = tree.body[0].end_lineno or 0
        left = ["", *left] if left else left
    lines[last:last] = left if last or not lines else [*left, "", ""] if left else []
    return ending.join([*lines, *(["", ""] if lines else []), *body.split("\n"), ""])


def _joined(lines: list[str], tree: ast.Module, wanted: str) -> bool:
    """Put a name into an import of one line that there is of the same module; return whether there was one."""
    found = re.fullmatch(r"from (\S+) import (\w+)", wanted)
    for node in tree.body if found else []:
        row = lines[node.lineno - 1] if node.lineno == node.end_lineno else ""
        simple = re.fullmatch(r"from (\S+) import ((?:\w+, )*\w+)", row)
        if found and simple and simple[1] == found[1] and len(row) + len(found[2]) < 110:
            names = sorted({*simple[2].split(", "), found[2]}, key=lambda name: (not name[:1].isupper(), name))
            lines[node.lineno - 1] = f"from {simple[1]} import {', '.join(names)}"
            return True
    return False


def _names(text: str) -> set[str]:
    try:
        return {symbol.name.rpartition(".")[2] for symbol in symbols(text)}
    except EditRefused:
        return set()


def _renamed(function: str, known: set[str]) -> str:
    """Return a test under a name that is still free, and take it."""
    found = re.search(r"^def (\w+)", function, re.MULTILINE)
    assert found is not None, "a test function has its first line"
    name, number = found[1], 2
    while name in known:
        name = f"{found[1]}_{number}"
        number += 1
    known.add(name)
    return f"{function[: found.start(1)]}{name}{function[found.end(1) :]}"


def _as_class(functions: Sequence[str], name: str, known: Collection[str]) -> str:
    title = f"Test{''.join(part.capitalize() for part in re.split(r'[._]+', name) if part)}"
    number = 2
    while title in known:
        title = f"{title.rstrip('0123456789')}{number}"
        number += 1
    methods = [re.sub(r"^def (\w+)\((?:self(?:, *)?)?", r"def \1(self", text, flags=re.MULTILINE) for text in functions]
    return f"class {title}(unittest.TestCase):\n" + "\n\n".join(textwrap.indent(text, "    ") for text in methods)


def _is_there(text: str, line: str) -> bool:
    """Return whether a file has an import already, alone or with others."""
    wanted = python_ast.parse(line).body[0]
    assert isinstance(wanted, ast.Import | ast.ImportFrom)
    try:
        tree = python_ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    for node in tree.body:
        if type(node) is not type(wanted):
            continue
        module = (getattr(node, "module", None), getattr(node, "level", 0))
        if module != (getattr(wanted, "module", None), getattr(wanted, "level", 0)):
            continue
        names = {(alias.name, alias.asname) for alias in node.names}
        if all((alias.name, alias.asname) in names for alias in wanted.names):
            return True
    return False


def failing_lines(output: str, path: str) -> tuple[int, ...]:
    """Return the lines of a test file that a run says failed, innermost last."""
    pytest = rf"^(?:\./)?{re.escape(path)}:(\d+): "
    unittest = rf'File "(?:[^"\n]*/)?{re.escape(path)}", line (\d+)'
    return tuple(int(number) for pattern in (pytest, unittest) for number in re.findall(pattern, output, re.MULTILINE))


def without_lines(text: str, failing: Sequence[int], known: str) -> str | None:
    """Return a test file without the assertions that stand on failing lines; None where nothing would be left.

    Only what is not in `known`, the file as it was, is taken out.
    """
    old = _functions_by_name(python_ast.parse(known))
    tree = python_ast.parse(text)
    lines = text.split("\n")
    gone: set[int] = set()
    for name, function in _functions_by_name(tree).items():
        if name in old or not any(function.lineno <= line <= (function.end_lineno or 0) for line in failing):
            continue
        bad = [
            part
            for part in ast.walk(function)
            if isinstance(part, ast.Assert | ast.With)
            and any(part.lineno <= n <= (part.end_lineno or 0) for n in failing)
        ]
        good = [
            part
            for part in ast.walk(function)
            if isinstance(part, ast.Assert | ast.With) and not any(part is one for one in bad)
        ]
        if not bad or not good or len(function.body) <= len(bad):
            return None
        for part in bad:
            gone.update(range(part.lineno, (part.end_lineno or part.lineno) + 1))
    if not gone:
        return None
    shorter = "\n".join(line for number, line in enumerate(lines, 1) if number not in gone)
    try:
        python_ast.parse(shorter)
    except SyntaxError:
        return None
    return shorter


def _functions_by_name(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in _functions(tree)}


def as_written(output: str) -> str:
    """Return what a failed run says, in the few lines that tell a model what was wrong."""
    told = [line for line in output.splitlines() if re.match(r"E {2,}\S|\w*Error\b|.*(?:Error|Exception): ", line)]
    text = "\n".join(dict.fromkeys(line.strip() for line in told)) or output.strip()[-_WORDS:]
    return text[:_WORDS]
