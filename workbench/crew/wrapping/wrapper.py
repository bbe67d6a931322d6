"""A change written as a wrapper around the old function, and put into it.

A small model that is told to rewrite a function likes to copy it. Asked for a short function that does what is new and
then calls the old one, it has nothing to copy, and writes a few lines instead of all. The host sets those lines before
the old body and adds the new parameters, so that the file gets one function, as a person would have written it. Lines
that work on what the old function returns come after its body (`result`). What cannot be put there (a call in a
loop, a result of a body that returns in several places) is refused.
"""

from __future__ import annotations

import ast
import copy
import re
import textwrap
from collections.abc import Sequence

from workbench import python_ast
from workbench.context.shown import Function, definitions
from workbench.crew.answers.code_alone import code_alone
from workbench.crew.judging.stated import Function as FunctionNode
from workbench.crew.judging.stated import work_of, yields
from workbench.crew.judging.trial_words import mends_failure
from workbench.crew.wrapping.call import (
    all_names,
    call_at_last,
    mismatched,
    positional,
    required,
    says_all,
    uncalled,
    without_old,
)
from workbench.crew.wrapping.header import with_parameters
from workbench.crew.wrapping.limits import (
    kept_first,
    refuse_helpers,
    refuse_late_looks,
    refuse_odd_text,
    refuse_other_meanings,
)
from workbench.crew.wrapping.repeats import said_once, without_what_is_done_twice
from workbench.crew.wrapping.result import Around, around, named_alike, only_return, with_result
from workbench.crew.wrapping.tail import PLACE, CannotInline, Tail, WorkedOn, ends
from workbench.crew.wrapping.text import Writer
from workbench.edits.answer import read
from workbench.errors import EditRefused

_ADDS = re.compile(
    r"\b(?:if|when|unless|empty|negative|missing|optional|parameter|argument|keyword|accepts?|None"
    r"|unchanged|up to|at (?:most|least)|(?:more|less|longer|shorter) than|skips?|ignores?)\b",
    re.IGNORECASE,
)
_REWORDS = re.compile(r"\b(?:messages?|say|says|said|writes?|prints?|formats?)\b", re.IGNORECASE)
_RESULT = re.compile(
    r"\b(?:results?|outputs?|(?:returned|resulting) (?:value|string|text|word|list|tuple|set|dict|number)"
    r"|(?:starts?|ends?|begins?) with|at (?:the|its) end(?! of the (?:param|arg))"
    r"|sort(?:s|ed)|cuts?|truncated?|shortened|rounded|trimmed"
    r"|as an? (?:list|tuple|set|dict|string|str|int|float) instead)\b",
    re.IGNORECASE,
)

_UNCALLED = re.compile(
    r"property$|\.setter$|\.getter$|\.deleter$|overload$|contextmanager$|fixture$|cache|memo|singledispatch"
)


def adds(task: str) -> bool:
    """Return whether a task speaks of a case or a parameter that comes on top, more than of what stands in the code."""
    return bool(_ADDS.search(task)) and not _REWORDS.search(task)


def changes_result(task: str) -> bool:
    """Return whether a task speaks of what a function returns, so that the new lines come after the old ones.

    Where these fail today, nothing comes after them.
    """
    return bool(_RESULT.search(task)) and not mends_failure(task)


def can_wrap(code: str, name: str) -> bool:
    """Return whether the function `name` in the code that is shown can be had as `old_...` and called.

    A generator cannot: what is written before its body would wait for the first value. Nor can a property, nor what
    keeps its results.
    """
    node = _function(code, name)
    if node is None or _old(name) in code or "\r" in code or "\f" in code:
        return False
    lines = code.split("\n")
    first = node.body[0]
    after = lines[(first.end_lineno or first.lineno) - 1].encode()[first.end_col_offset or 0 :].strip()
    shares = isinstance(first, ast.Expr) and after.startswith(b";")
    on_one_line = shares or bool(lines[first.lineno - 1].encode()[: first.col_offset].strip())
    calls = not any(_UNCALLED.search(ast.unparse(decorator)) for decorator in node.decorator_list)
    return calls and not on_one_line and not yields(node)


def with_old_name(code: str, name: str) -> str:
    """Return the code with the function's definition, and nothing else, under its old name."""
    node = _function(code, name)
    assert node is not None, "see can_wrap"
    lines = code.split("\n")
    lines[node.lineno - 1] = re.sub(r"\bdef(\s+)", rf"def\1{_old('')}", lines[node.lineno - 1], count=1)
    return "\n".join(lines)


def without_body(code: str, name: str) -> str:
    """Return the code with the function under its old name and nothing in it but its docstring, if that is shown."""
    node = _function(code, name)
    assert node is not None, "see can_wrap"
    lines = with_old_name(code, name).split("\n")
    at, margin = _work_begins(lines, node)
    return "\n".join([*lines[:at], f"{margin}...", *lines[node.end_lineno :]])


def has_result(code: str, name: str) -> bool:
    """Return whether the function `name` in the code hands something out at its end and nowhere else."""
    node = _function(code, name)
    return node is not None and only_return(node) is not None


def wanted(code: str, name: str, *, on_result: bool = False) -> str:
    """Return what is asked of the model, in a sentence: lines before the old ones, or such as work on their result."""
    node = _function(code, name)
    assert node is not None, "see can_wrap"
    call = _old(name)
    if "." in name:
        owner = name.rpartition(".")[0].rpartition(".")[2]
        first = positional(node)[:1]
        call = f"{owner if _is_static(node) or not first else first[0]}.{call}"
    begin = f"Write `{_short(name)}` anew, short: it"
    is_async = isinstance(node, ast.AsyncFunctionDef)
    word = "async def" if is_async else "def"
    alone = f" Answer with `{word} {_short(name)}` alone, without its class." if "." in name else ""
    if on_result and only_return(node) is not None:
        call = f"await {call}" if is_async else call
        return (
            f"{begin} begins with `result = {call}(...)`, changes the result as the task asks, and returns it.{alone}"
        )
    return f"{begin} does only what is new and then returns `{call}(...)`.{alone}"


def put_in(code: str, name: str, answer: str, *, unseen: bool = False, must_call: bool = False) -> str:
    """Return an answer that holds the function whole: the wrapper's lines before the old body.

    An answer that does not call the old function is one that was written whole, and is returned as it is; but where its
    end is reached without a return, the old body was to follow. Where that body was `unseen`, what the answer returns
    last, or in all cases but the first, is made up, as is an old function in it, and the old body takes its place.

    Raises:
        EditRefused: the wrapper's lines cannot be put there, or there is no call though there `must_call` be one, or
            though the body was unseen (code `not-a-wrapper`).
    """
    node = _function(code, name)
    assert node is not None, "see can_wrap"
    try:
        written = textwrap.dedent(read(answer).blocks[0].code)
        block = code_alone(written)
        tree = python_ast.parse(block)
        if _is_body_alone(tree, _old(name)):
            block = _with_header(block, node)
            tree = python_ast.parse(block)
        if unseen:
            block = without_old(block, tree, _old(name))
            tree = python_ast.parse(block)
        wrapper = _wrapper(tree, _short(name))
        if wrapper is not None and not _mentions(wrapper, _old(name)):
            call_at_last(wrapper, node, _old(name), unseen=unseen)
        if wrapper is None or not _mentions(wrapper, _old(name)):
            if unseen or (must_call and not (wrapper and says_all(wrapper, node))):
                raise CannotInline("it does not call the old one")
            if lost := uncalled(wrapper or node, node):
                raise CannotInline(f"it calls neither the old one nor {lost}, as that does")
            return answer if block == written else f"```python\n{block}\n```\n"
        without_what_is_done_twice(wrapper, node, _old(name))
        refuse_helpers(tree, wrapper, node, _old(name))
        imports = [ast.unparse(one) for one in tree.body if isinstance(one, ast.Import | ast.ImportFrom)]
        is_method = "." in name and not _is_static(node)
        alike = named_alike(block, wrapper, node, Tail(node, wrapper, _old(name), is_method=is_method))
        if alike != block:
            block, wrapper = alike, _wrapper(python_ast.parse(alike), _short(name)) or wrapper
        whole = _whole(_cut(code, node), wrapper, block, _old(name), is_method)
    except (SyntaxError, IndexError, ValueError, RecursionError, MemoryError) as error:
        raise _refused("it is not Python") from error
    except CannotInline as error:
        raise _refused(str(error)) from error
    return "\n".join(["```python", *imports, whole, "```", ""])


def _refused(why: str) -> EditRefused:
    return EditRefused(
        f"the new lines cannot be put before the old ones: {why}", code="not-a-wrapper", hint="try again"
    )


def _whole(old_text: str, wrapper: FunctionNode, block: str, old_name: str, is_method: bool) -> str:
    old = _only(old_text)
    if isinstance(old, ast.AsyncFunctionDef) != isinstance(wrapper, ast.AsyncFunctionDef):
        raise CannotInline("one is async, the other is not")
    renames = _renames(old, wrapper)
    body = work_of(wrapper)
    own = frozenset() if renames else frozenset(id(node) for one in body for node in ast.walk(one))
    wrapper = _Renaming(renames).visit(wrapper)
    if fault := mismatched(wrapper, old, old_name, is_method=is_method):
        raise CannotInline(fault)
    refuse_odd_text(wrapper)
    refuse_other_meanings(old, wrapper, old_name)
    tail, writer = Tail(old, wrapper, old_name, is_method=is_method), Writer(block, own)
    try:
        made = tail.of(body)
        refuse_late_looks(old, made, wrapper.body)
        kept, made = said_once(old, made)
        lines = _with_body(old_text, old, writer.lines(made), kept=kept or kept_first(old, made))
    except WorkedOn:
        if only_return(old) is None:
            raise
        found = around(old, wrapper, body, tail)
        lines = _with_body(old_text, old, writer.lines(found.before), writer.lines(found.after), found)
    text = with_parameters("\n".join(lines), old, wrapper)
    python_ast.parse(text)
    return text


def _renames(old: FunctionNode, wrapper: FunctionNode) -> dict[str, str]:
    """Return the wrapper's own names for what the old function has other names for, by place.

    What need not be given is no old parameter under another name, but a new one.
    """
    theirs, ours = (positional(node)[: required(node)] for node in (wrapper, old))
    known, given = all_names(old), all_names(wrapper)
    renames = {new: name for new, name in zip(theirs, ours, strict=False) if new not in known and name not in given}
    for new, name, what in (
        (wrapper.args.vararg, old.args.vararg, "arguments"),
        (wrapper.args.kwarg, old.args.kwarg, "keywords"),
    ):
        if new is not None and name is None:
            raise CannotInline(f"it takes any {what}, the old one does not")
        if new is not None and name is not None and new.arg != name.arg:
            renames[new.arg] = name.arg
    used = {node.id for node in ast.walk(wrapper) if isinstance(node, ast.Name)}
    if used & set(renames.values()):
        raise CannotInline("its parameters have other names")
    return renames


class _Renaming(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self._names.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.arg = self._names.get(node.arg, node.arg)
        return node


def _with_body(
    old_text: str,
    old: FunctionNode,
    new: list[str],
    after: Sequence[str] = (),
    found: Around | None = None,
    *,
    kept: int = 0,
) -> list[str]:
    """Return the lines of the old function with new ones before its body, or around it where they say so.

    Of its first statements so many are `kept` before what is simply put first.
    """
    lines = old_text.split("\n")
    at, unit = _work_begins(lines, old)
    head, body = lines[:at], lines[at:]
    if found is not None:
        body = with_result(lines, old, found)[at:]
        return [*head, *(_indented(line, unit) for line in new), *body, *(_indented(line, unit) for line in after)]
    new = [_indented(line, unit) for line in new]
    place = next((number for number, line in enumerate(new) if line.strip() == PLACE), None)
    if place is None:
        rows = (work_of(old)[kept - 1].end_lineno or at) - at if kept else 0
        return [*head, *body[:rows], *new, *body[rows:]]
    if any(isinstance(node, ast.Constant | ast.JoinedStr) and node.lineno != node.end_lineno for node in ast.walk(old)):
        raise CannotInline("the old lines hold a text of several lines, which cannot be moved")
    return [*head, *new[:place], *(f"{unit}{line}" if line.strip() else line for line in body), *new[place + 1 :]]


def _indented(line: str, unit: str) -> str:
    margin = len(line) - len(line.lstrip(" "))
    return f"{unit}{unit * (margin // 4)}{line[margin - margin % 4 :]}" if line.strip() else ""


def _work_begins(lines: Sequence[str], node: FunctionNode) -> tuple[int, str]:
    """Return how many lines go before a function's work, its docstring among them, and the work's margin."""
    has_docstring = ast.get_docstring(node, clean=False) is not None
    at = (node.body[0].end_lineno or node.body[0].lineno) if has_docstring else _header_end(lines, node)
    return at, re.match(r"[ \t]*", lines[node.body[-1].lineno - 1]).group()  # type: ignore[union-attr]


def _header_end(lines: Sequence[str], node: FunctionNode) -> int:
    """Return how many lines go before the first that is not part of a function's header."""
    first = node.body[0]
    decorators = first.decorator_list if isinstance(first, (*Function, ast.ClassDef)) else []
    at = min([first.lineno, *(one.lineno for one in decorators)]) - 1
    while at > node.lineno and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith("#")):
        at -= 1
    return at


def _function(code: str, name: str) -> FunctionNode | None:
    """Return the function of a qualified name, if it is there once."""
    try:
        found = [node for known, node in definitions(python_ast.parse(code)) if known == name]
    except (SyntaxError, ValueError, RecursionError):
        return None
    return found[0] if len(found) == 1 and isinstance(found[0], Function) else None


def _cut(code: str, node: FunctionNode) -> str:
    """Return a function's own lines, at the margin."""
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
    rows = code.split("\n")[first - 1 : node.end_lineno]
    return "\n".join(row[node.col_offset :] if not row[: node.col_offset].strip() else row for row in rows)


def _only(text: str) -> FunctionNode:
    (node,) = python_ast.parse(text).body
    assert isinstance(node, Function)
    return node


def _wrapper(tree: ast.Module, short: str) -> FunctionNode | None:
    found = [node for known, node in definitions(tree) if known.rpartition(".")[2] == short]
    return found[0] if len(found) == 1 and isinstance(found[0], Function) else None


def _is_body_alone(tree: ast.Module, old_name: str) -> bool:
    """Return whether an answer gives what stands in the wrapper, and forgot to say what it stands in."""
    return (
        ends(tree.body)
        and not any(isinstance(one, (*Function, ast.ClassDef)) for one in tree.body)
        and _mentions(tree, old_name)
    )


def _with_header(body: str, node: FunctionNode) -> str:
    bare = copy.copy(node)
    bare.decorator_list, bare.body = [], [ast.Pass()]
    return f"{ast.unparse(bare).removesuffix('pass').rstrip()}\n{textwrap.indent(body, '    ')}"


def _mentions(tree: ast.AST, name: str) -> bool:
    return any(name in (getattr(node, "id", None), getattr(node, "attr", None)) for node in ast.walk(tree))


def _is_static(node: FunctionNode) -> bool:
    return any(ast.unparse(one) == "staticmethod" for one in node.decorator_list)


def _short(name: str) -> str:
    return name.rpartition(".")[2]


def _old(name: str) -> str:
    return f"old_{_short(name)}"
