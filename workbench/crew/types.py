"""Type annotations, one function at a time: the model names the types, the host writes them into the signature.

The answer is a list of names and types under a schema, so that a model neither writes a body nor invents an argument.
What a tree can tell is corrected: a default of None, a generator's result, a function that returns nothing. Then a type
checker has its say (`annotating.held_types`): what the code contradicts is asked for once more, and else is Any.
"""

from __future__ import annotations

import ast
import asyncio
import collections.abc
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from workbench import python_ast
from workbench.checks.preserve import preserves
from workbench.context.budget import Part
from workbench.context.shown import around, fold
from workbench.crew.aiming.naming import named, tasks_for
from workbench.crew.annotating.fitting_types import Fitting, typed_alike
from workbench.crew.annotating.held_types import alternatives, held
from workbench.crew.conversation import Conversation
from workbench.crew.documenting.signatures import Facts, facts
from workbench.crew.piecewise import Piece, piecewise
from workbench.crew.solving.plan import AFRESH
from workbench.crew.words import read_json
from workbench.edits.annotations import annotate, unannotated
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.edits.symbols import Symbol, cut, symbols
from workbench.errors import AnswerRejected, EditRefused, NaniteError
from workbench.exchange import Message
from workbench.model import Check, Proposal, Source

LONG_FUNCTION = 80
"""Lines of a function that are shown."""

_TYPING = frozenset(
    {"Any", "Dict", "IO", "List", "Literal", "NoReturn", "Optional", "Self", "Set", "Tuple", "Type", "Union"}
)
_ELSEWHERE = {
    **dict.fromkeys(("ChainMap", "Counter", "OrderedDict", "defaultdict", "deque"), "collections"),
    **dict.fromkeys(("date", "datetime", "time", "timedelta", "timezone"), "datetime"),
    **dict.fromkeys(("Match", "Pattern"), "re"),
    "Decimal": "decimal",
    "Fraction": "fractions",
    "Path": "pathlib",
}
"""Types of the standard library that code names without their module, and where they are."""

_HIDES_ANY = re.compile(r"(?m)^\s*class Any\b|^Any\s*[:=]|\bas Any\b")
"""A file in which Any is something of its own."""

_LABELS = {"name": "name_"}
"""What an argument is called in the question: asked for the type of `name`, a model gives the function's name."""

_PARAMETERS = {
    **dict.fromkeys(("Iterable", "Iterator", "Sequence", "Collection", "AsyncIterable", "AsyncIterator"), "Any"),
    **dict.fromkeys(("list", "set", "frozenset", "List", "Set", "deque"), "Any"),
    **dict.fromkeys(("dict", "Mapping", "MutableMapping", "Dict"), "Any, Any"),
    **dict.fromkeys(("tuple", "Tuple"), "Any, ..."),
    "Callable": "..., Any",
}
"""What stands between the brackets of a container of which nothing more is known."""

_TAKE_NONE = frozenset({"Any", "None", "Optional", "object"})
_ITERATORS = frozenset(
    {"Any", "AsyncGenerator", "AsyncIterable", "AsyncIterator", "Generator", "Iterable", "Iterator", "object"}
)


async def types(talk: Conversation) -> Proposal:
    """Return annotations for what lacks them, each proven to change nothing else; what failed is in the notes."""
    return await piecewise(talk, partial(_pieces, talk), _proof, partial(_nothing, talk), verb="Annotates")


def _pieces(talk: Conversation, source: Source, text: str) -> list[Piece]:
    wanted = _wanted(talk, source, text)
    alike = typed_alike(text) if wanted else {}
    tasks = tasks_for(talk.brief.task.spec.task, [symbol.name for symbol in wanted])
    return [
        (symbol.name, partial(_annotate, talk, source.path, symbol, _Known(tasks[symbol.name], alike)))
        for symbol in wanted
    ]


def _proof(path: str, before: bytes, after: bytes) -> Check:
    return preserves(path, before, after, "annotations")


def _nothing(talk: Conversation, failed: list[NaniteError]) -> NaniteError:
    if failed:
        last = failed[-1]
        return AnswerRejected(f"no annotation could be used; the last: {last.message}", code=last.code, hint=last.hint)
    paths = [source.path for source in talk.brief.targets]
    if paths and not any(path.endswith(PYTHON_SUFFIXES) for path in paths):
        return AnswerRejected(
            f"types are written for Python only, not for {', '.join(paths[:3])}",
            code="unknown-language",
            hint="name Python files; for other languages, ask for a patch that names one function",
        )
    return AnswerRejected(
        "everything the task is about is annotated",
        code="nothing-to-do",
        hint="name other targets, or a function by its name; existing annotations are kept",
    )


def _wanted(talk: Conversation, source: Source, text: str) -> list[Symbol]:
    """Return the functions to annotate: those that the task names, a class standing for its methods, else all."""
    if not source.path.endswith(PYTHON_SUFFIXES):
        talk.note(f"{source.path}: left out: types are written for Python only")
        return []
    try:
        bare = list(unannotated(text))
        every = [symbol.name for symbol in symbols(text) if symbol.kind != "assignment"]
    except EditRefused as error:
        talk.note(f"{source.path}: left out: {error.message}")
        return []
    names = named(talk.brief.task.spec.task, every)
    if not names:
        return bare
    return [
        symbol for symbol in bare if any(symbol.name == name or symbol.name.startswith(f"{name}.") for name in names)
    ]


@dataclass(frozen=True)
class _Known:
    """What is known of a function's types before: the task as it reads for it, and types of like names in the file."""

    task: str
    alike: Mapping[str, str]


async def _annotate(talk: Conversation, path: str, symbol: Symbol, before: _Known, text: str) -> str:
    """Return `text` with annotations for one function.

    Raises:
        AnswerRejected, EditRefused: no answer could be used.
    """
    known = facts(text, symbol.name)
    fitting = Fitting(text, symbol.name)
    wanted = _lacking(known)
    labels = tuple(_LABELS.get(name, name) for name in wanted)
    opening: tuple[Message, ...] = talk.open()
    asked = f"Task: {before.task}\n" if before.task else ""
    question = [
        Part(name=f"{symbol.name} in {path}", text=f"```python\n{_shown(text, symbol)}\n```"),
        *_elsewhere(before.alike, wanted),
        Part(name="task", text=f"{asked}Types of `{symbol.name}`: {', '.join(labels)}."),
    ]
    messages, parts = opening, question
    last = talk.repairs + talk.brief.solving.retries
    usable: _Placed | None = None
    for attempt in range(last + 1):
        afresh = attempt > talk.repairs
        if afresh:
            # As if nothing had been said: a talk that went wrong twice seldom comes right.
            messages, parts = opening, question
        try:
            messages, answer = await talk.ask(
                messages, parts, attempt=attempt, schema=_schema(labels), temperature=AFRESH if afresh else None
            )
            placed = await asyncio.to_thread(
                _placed, text, symbol.name, known, _types(answer, known, wanted, fitting), wanted
            )
            proof = preserves(path, text.encode("utf-8"), placed.text.encode("utf-8"), "annotations")
            if not proof.ok:
                raise EditRefused(f"more than annotations would change: {proof.output}", code="not-preserved")
            usable = placed if usable is None or len(placed.objections) <= len(usable.objections) else usable
            if placed.objections and attempt < talk.repairs:
                said = "; ".join(f"{name}: {why}" for name, why in placed.objections.items())
                raise AnswerRejected(f"that cannot be: {said}"[:400], code="no-types")
        except (AnswerRejected, EditRefused) as error:
            talk.refuse(f"{symbol.name}: {error.message}")
            if usable is not None and (attempt >= talk.repairs or error.code == "cut-off"):
                break
            if attempt == last or (usable is None and error.code == "cut-off"):
                raise
            parts = [Part(name="complaint", text=f"{error.message}. {talk.recipe.texts['repair']}")]
        else:
            break
    assert usable is not None, "the loop ends with an answer of use, or raises"
    for name, why in usable.objections.items():
        talk.note(f"{symbol.name} in {path}: {name} became Any, for {why}"[:400])
    return usable.text


@dataclass(frozen=True)
class _Placed:
    """A file with types in it, and what is said against those that became Any, by the names of arguments."""

    text: str
    objections: Mapping[str, str]


def _placed(text: str, name: str, known: Facts, types: Mapping[str, str], wanted: tuple[str, ...]) -> _Placed:
    """Return a file with a function's types written into it, where the code bears them out, else with Any.

    Raises:
        EditRefused: nothing can be placed.
    """
    unknown: dict[str, str] = {}
    annotated = annotate(text, name, _signature(types, known))
    for said in annotated.dropped:
        label, _, why = said.partition(": ")
        unknown["return" if label == "->" else label] = why
    types = {name: types[name] if name in types and name not in unknown else "Any" for name in wanted}

    def write(kinds: Mapping[str, str]) -> str | None:
        try:
            changed = annotate(text, name, _signature(kinds, known))
        except EditRefused:
            return None
        return None if changed.dropped else changed.text

    if _HIDES_ANY.search(text):
        return _Placed(annotated.text, unknown)
    found = held(types, write, returns=known.return_count, may_end=not known.ends_in_call)
    return _Placed(write(found.types) or annotated.text, {**unknown, **found.objections})


def _elsewhere(alike: Mapping[str, str], wanted: Sequence[str]) -> Iterator[Part]:
    """Yield what the file itself says of names that are to be typed."""
    said = ", ".join(f"`{name}: {alike[name.lstrip('_')]}`" for name in wanted if name.lstrip("_") in alike)
    if said:
        yield Part(name="types in the file", text=f"Elsewhere in this file: {said}.", needed=False)


def _lacking(known: Facts) -> tuple[str, ...]:
    names = tuple(name for name in known.arguments if name not in known.annotations)
    return names if "return" in known.annotations or known.name == "__init__" else (*names, "return")


def _shown(text: str, symbol: Symbol) -> str:
    folded = fold(text.replace("\r\n", "\n"))
    lines = cut(folded, symbol.name).rstrip().split("\n")
    code = "\n".join([*lines[:LONG_FUNCTION], *(["    # and so on"] if len(lines) > LONG_FUNCTION else [])])
    frame = around(folded, symbol.name) if "." in symbol.name else ""
    return f"{frame}\n\n{code}" if frame else code


def _schema(wanted: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in wanted},
        "required": list(wanted),
        "additionalProperties": False,
    }


def _types(answer: str, known: Facts, wanted: tuple[str, ...], fitting: Fitting) -> dict[str, str]:
    """Return the answer's types for what lacks one, by its name, as far as they can be read.

    Raises:
        AnswerRejected: the answer names no type that can be read.
    """
    try:
        read = {name.lstrip("*"): kind for name, kind in read_json(answer).items() if isinstance(kind, str)}
        said = {name: read.get(_LABELS.get(name, name), read.get(name, "")) for name in wanted}
    except AnswerRejected:
        said = _from_code(answer, known.name)
    types = {name: kind for name in wanted if (kind := _readable(said.get(name, ""), known.stars.get(name, "")))}
    types = {name: kind if known.stars.get(name) else fitting.fitted(kind, name) for name, kind in types.items()}
    for name, kind in types.items():
        if name != "return" and known.defaults_to_none(name) and not _alternatives(kind) & _TAKE_NONE:
            types[name] = f"{kind} | None"
    if "return" in wanted:
        types |= _result(known, types.get("return"))
    if not types:
        raise AnswerRejected("the answer names no types", code="no-types", hint="try again, or a larger model")
    return types


def _signature(types: Mapping[str, str], known: Facts) -> str:
    """Return a function that carries types and nothing else."""
    spec = ", ".join(
        f"{known.stars[name]}{name}: {types[name]}" if name in types else f"{known.stars[name]}{name}"
        for name in _ordered(known)
    )
    word = "async def" if known.is_async else "def"
    result = f" -> {types['return']}" if "return" in types else ""
    return f"{_imports(types.values())}{word} {known.name}({spec}){result}: ...\n"


def _imports(types: Iterable[str]) -> str:
    """Return imports for the usual names of types; those that the file has already are not placed again."""
    used = set(re.findall(r"(?<![\w.])[A-Za-z_]\w*", " ".join(types)))
    abstract = sorted(name for name in used & set(collections.abc.__all__))
    special = sorted(name for name in used & _TYPING)
    lines = [f"from collections.abc import {', '.join(abstract)}\n"] if abstract else []
    lines += [f"from typing import {', '.join(special)}\n"] if special else []
    return "".join([*lines, *(f"from {_ELSEWHERE[name]} import {name}\n" for name in sorted(used & _ELSEWHERE.keys()))])


def _ordered(known: Facts) -> list[str]:
    """Return the arguments as any signature may have them, whatever is keyword-only: plain, `*`, plain, `**`."""
    return [name for name in known.arguments if known.stars[name] != "**"] + [
        name for name in known.arguments if known.stars[name] == "**"
    ]


def _result(known: Facts, kind: str | None) -> dict[str, str]:
    """Return what the result must be where the body leaves no choice, else what was said."""
    if known.yields:
        if kind and _alternatives(kind) <= _ITERATORS:
            return {"return": kind}
        return {"return": "AsyncIterator[Any]" if known.is_async else "Iterator[Any]"}
    if known.only_ends:
        return {"return": "None"}
    return {"return": kind} if kind else {}


def _readable(kind: str, star: str = "") -> str:
    """Return a type as Python writes it, or nothing where it cannot be read; habits of other languages are mended.

    What a model says of `*args` or `**options` as a whole is turned into what is meant of each.
    """
    text = " ".join(kind.strip().strip("`").split())
    text = re.sub(r"\bany\b", "Any", text)
    text = re.sub(r"\b(?:typing|collections\.abc|t)\.(?=[A-Z])", "", text)
    text = "Callable" if text in {"callable", "function"} else text
    try:
        tree = python_ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        return ""
    return ast.unparse(_Filled().visit(_each(tree) if star else tree))


def _each(tree: ast.expr) -> ast.expr:
    """Return the type of one item of a container, or the type itself where it is none."""
    if isinstance(tree, ast.Name) and tree.id in _PARAMETERS.keys() - {"Callable"}:
        return ast.Name("Any")
    if not isinstance(tree, ast.Subscript) or ast.unparse(tree.value) not in _PARAMETERS.keys() - {"Callable"}:
        return tree
    inside = tree.slice.elts if isinstance(tree.slice, ast.Tuple) else [tree.slice]
    kinds = [kind for kind in inside if not (isinstance(kind, ast.Constant) and kind.value is ...)]
    return kinds[-1] if kinds else ast.Name("Any")


class _Filled(ast.NodeTransformer):
    """Gives bare containers their parameters, as strict type checkers ask: `list` becomes `list[Any]`."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        node.slice = self.visit(node.slice)
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        inside = _PARAMETERS.get(node.id)
        return python_ast.parse(f"{node.id}[{inside}]", mode="eval").body if inside else node


def _alternatives(kind: str) -> set[str]:
    """Return the outermost names of a type: `list` and `None` of `list[int] | None`."""
    return {ast.unparse(one.value if isinstance(one, ast.Subscript) else one) for one in alternatives(kind)}


def _from_code(answer: str, name: str) -> dict[str, str]:
    """Return the types of an answer in code, as engines without schemas give it."""
    found = re.search(r"```\w*\n(.*?)\n?```", answer, re.DOTALL)
    try:
        tree = python_ast.parse((found.group(1) if found else answer).strip())
    except (SyntaxError, ValueError, RecursionError):
        tree = python_ast.parse("")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            return facts(ast.unparse(node), name).annotations
    raise AnswerRejected("the answer is not the JSON object that was asked for", code="not-json", hint="try again")
