"""Types that a model names, held against the code by a type checker: what contradicts it is set right or becomes Any.

A small model guesses at types by names: `day` is a text, `numbers` are whole. That nothing but annotations was added
says only that the program runs as it did; a wrong annotation is still a lie to whoever reads it. So each signature is
tried. Where the checker objects, it often says what is there instead, and that is taken; a type for which nothing fits
is `Any`, which claims nothing.
"""

from __future__ import annotations

import ast
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from workbench import python_ast
from workbench.checks.type_errors import TypeFault, type_faults

ANY = "Any"
RESULT = "return"

SECONDS = 12.0
"""How long the checker may be asked about one answer."""

Write = Callable[[Mapping[str, str]], str | None]
"""Returns the file with these types of one function written into it, or None where they cannot be."""

_ENDS = "return"
"""mypy's code for a function whose end can be reached though it should return something."""

_OF_THE_CODE = frozenset({"override", "empty-body", "no-redef", "var-annotated", "import-not-found", "import-untyped"})
"""Codes of faults that tell nothing of whether a type is true."""

_MADE_OTHERS = re.compile(r'\(got "(?P<got>[^"]+)", expected "')
_DEFAULT = re.compile(
    r'Incompatible default for parameter "(?P<name>\w+)" \(default has type "(?P<has>[^"]+)", parameter has type'
)
_LISTS = re.compile(r"^(?:list|List|set|Set|deque)(?=\[)")
_TAKES_NONE_INSIDE = re.compile(r'"(?P<name>\w+)" expects no type arguments')
_COUNTED = re.compile(r'expected "(?:Sized|Sequence|Collection|Reversible)\b|is not indexable|"__getitem__"')
_ITERABLES = re.compile(r"\b(?:Iterable|Iterator)(?=\[)")
_NO_DATE = re.compile(r'"date" has no attribute')
_NONE = re.compile(r"\bNone\b")


@dataclass(frozen=True)
class Held:
    """Types that do not contradict the code.

    Attributes:
        types: by the names of the arguments, and `return`.
        objections: what the checker said of types that had to become Any, by the same names.
    """

    types: Mapping[str, str]
    objections: Mapping[str, str]


class _NoAnswerError(Exception):
    """The checker says nothing, or not in time."""


def held(types: Mapping[str, str], write: Write, *, returns: int = 1, may_end: bool = True) -> Held:
    """Return types as the code bears them out: those that are contradicted are set right, or are Any.

    What is wrong whatever the types are is nobody's fault. Where no checker answers, the types stay as they are.

    Args:
        types: what a model named, by the names of arguments, and `return`.
        write: writes types into the file.
        returns: how many statements of the function return a value.
        may_end: whether a function whose end the checker holds for reachable really comes there: it ends in no call,
            which might always raise.
    """
    try:
        return _Holding(types, write, returns).run(may_end=may_end)
    except _NoAnswerError:
        return Held(types, {})


class _Holding:
    def __init__(self, types: Mapping[str, str], write: Write, returns: int) -> None:
        self._types = types
        self._write = write
        self._returns = returns
        self._deadline = time.monotonic() + SECONDS
        self._known: Counter[TypeFault] = Counter()

    def run(self, *, may_end: bool) -> Held:
        wrong = self._faults(self._write(self._types))
        if not wrong:
            return Held(self._types, {})
        self._known = self._faults(self._write(dict.fromkeys(self._types, ANY)))
        current = dict(self._types)
        if may_end and RESULT in current and any(fault.code == _ENDS for fault in wrong):
            # The checker wants that end said there, too, but to a caller the type is what matters.
            current[RESULT] = _union([current[RESULT], "None"])
        left = self._left(current)
        objections: dict[str, str] = {}
        for name in _in_order(current, left):
            if left and current[name] != ANY:
                left = self._set_right(name, current, left, objections)
        return self._claiming_less(current, left, objections) if left else Held(current, objections)

    def _set_right(
        self, name: str, current: dict[str, str], left: Counter[TypeFault], objections: dict[str, str]
    ) -> Counter[TypeFault]:
        """Give a name the first type by which there is less wrong, if any is, and return what is still wrong."""
        for kind in (*_instead(name, current[name], left, self._returns), ANY):
            text = self._write(current | {name: kind})
            # What the checker speaks of may have no name in the file.
            if text is None or (fewer := self._left_in(text)).total() >= left.total():
                continue
            if kind == ANY:
                gone = next(iter(left - fewer), None)
                objections[name] = f"{current[name]}: {gone.message if gone else ''}"
            current[name] = kind
            return fewer
        return left

    def _claiming_less(self, current: dict[str, str], left: Counter[TypeFault], objections: dict[str, str]) -> Held:
        """Return types of which as few are Any as do away with what they contradict only together."""
        said = next(iter(left)).message
        claimed = {name: kind for name, kind in current.items() if kind != ANY}
        for name in claimed:
            current[name] = ANY
            if not self._left(current):
                break
        for name, kind in claimed.items():
            if current[name] == ANY and not self._left(current | {name: kind}):
                current[name] = kind
        lost = {name: f"{kind}: {said}" for name, kind in claimed.items() if current[name] == ANY}
        return Held(current, objections | lost)

    def _left(self, types: Mapping[str, str]) -> Counter[TypeFault]:
        return self._left_in(self._write(types))

    def _left_in(self, text: str | None) -> Counter[TypeFault]:
        """Return what is wrong in a file because of the types in it, but for ends that can be reached."""
        found = self._faults(text) - self._known
        return Counter({fault: count for fault, count in found.items() if fault.code != _ENDS})

    def _faults(self, text: str | None) -> Counter[TypeFault]:
        found = type_faults(text) if text is not None and time.monotonic() < self._deadline else None
        if found is None:
            raise _NoAnswerError
        return Counter(fault for fault in found if _is_of_types(fault))


def _is_of_types(fault: TypeFault) -> bool:
    """Return whether a fault may be that of a type, and is not the code's own carelessness.

    A name that is used for one thing after another, and a None that is not reckoned with, are no wrong types.
    """
    if fault.code in _OF_THE_CODE or "overloaded function" in fault.message:
        return False
    if fault.code == "assignment":
        return _DEFAULT.search(fault.message) is not None
    if fault.code == "attr-defined" and '"Callable[' in fault.message:
        return False
    return fault.code in {"return-value", _ENDS} or not _NONE.search(fault.message)


def _in_order(types: Mapping[str, str], left: Counter[TypeFault]) -> list[str]:
    """Return names in the order in which they are doubted: those whose default is another thing, what is returned."""
    said = " ".join(fault.message for fault in left)
    defaults = {found["name"] for found in _DEFAULT.finditer(said)}
    return sorted(types, key=lambda name: (name not in defaults, name != RESULT))


def _instead(name: str, kind: str, left: Counter[TypeFault], returns: int) -> Iterator[str]:
    """Yield types that the checker's words suggest in the place of one."""
    said = [fault.message for fault in left]
    bare = [found["name"] for words in said if (found := _TAKES_NONE_INSIDE.match(words))]
    for one in bare:
        yield re.sub(rf"\b{re.escape(one)}\[[^\[\]]*\]", one, kind)
    if any(map(_COUNTED.search, said)):
        # What is counted or looked into is no mere iterable; a function gives the list that it made.
        yield _ITERABLES.sub("list" if name == RESULT else "Sequence", kind)
        yield _ITERABLES.sub("Collection", kind)
    if any(map(_NO_DATE.search, said)):
        yield re.sub(r"\bdate\b", "datetime", kind)
    if name != RESULT:
        for words in said:
            found = _DEFAULT.search(words)
            if found and found["name"] == name:
                if found["has"].startswith("tuple[") and _LISTS.match(kind):
                    yield _LISTS.sub("Collection", kind)
                    yield _LISTS.sub("Sequence", kind)
                if _is_expression(has := _written(found["has"])):
                    yield from (has, _union([kind, has]))
        return
    gots = {words: found["got"] for words in said if (found := _MADE_OTHERS.search(words))}
    made = [one for one in map(_written, gots.values()) if "Never" not in one and _is_expression(one)]
    if not made:
        return
    if sum(count for fault, count in left.items() if fault.message in gots) >= returns and set(made) != {"None"}:
        # Nothing that is returned is of the type that was named; of what the checker does not know it says nothing.
        yield _union(made)
    yield _union([kind, *made])


def _union(kinds: Iterable[str]) -> str:
    """Return types as alternatives, each once, None last."""
    every = dict.fromkeys(ast.unparse(part) for kind in kinds for part in alternatives(kind))
    return " | ".join(sorted(every, key=lambda one: one == "None"))


def alternatives(kind: str) -> Iterator[ast.expr]:
    """Yield the types of which one is meant, in their order: `list[int]` and `None` of `list[int] | None`.

    Raises:
        SyntaxError, ValueError, RecursionError: it is no expression, or too deep a one.
    """
    ahead = [python_ast.parse(kind, mode="eval").body]
    while ahead:
        node = ahead.pop(0)
        match node:
            case ast.BinOp(op=ast.BitOr()):
                ahead[:0] = [node.left, node.right]
            case ast.Subscript(value=ast.Name(id="Optional")):
                ahead[:0] = [node.slice, ast.Constant(None)]
            case ast.Subscript(value=ast.Name(id="Union")):
                ahead[:0] = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            case _:
                yield node


def _is_expression(kind: str) -> bool:
    """Return whether a type can stand in code: the checker writes a function as `def (x: int) -> int`."""
    try:
        python_ast.parse(kind, mode="eval")
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def _written(kind: str) -> str:
    """Return a type of the checker's as code has it: what is said of one value is said of all of its kind."""
    text = re.sub(r"Literal\[(['\"]).*?\1\]", "str", kind)
    text = re.sub(r"Literal\[(?:True|False)\]", "bool", text)
    text = re.sub(r"Literal\[-?\d+\]", "int", text)
    return text.replace("tuple[()]", "tuple[Any, ...]").replace("?", "")
