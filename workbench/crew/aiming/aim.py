"""Finds which symbols of which targets a change is about: from the task's words, or asked of the model by name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.context.budget import Part
from workbench.crew.aiming.called_by_tests import called_by, led_to
from workbench.crew.aiming.naming import are_spelt, are_written, is_raised, named, new_name
from workbench.crew.aiming.pointing import behind, better_worded, blamed, quoted, worded
from workbench.crew.conversation import Conversation, Spent
from workbench.edits.foreign.symbols import symbols_of
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.edits.symbols import Symbol
from workbench.errors import AnswerRejected, EditRefused
from workbench.model import Source

SMALL_LINES = 60
"""Files up to this many lines are shown whole."""

FEW_LINES = 80
"""Together, symbols of up to this many lines are all shown where the task names none."""

MOST_LINES = 150
"""A named class longer than this is not shown whole: its methods are chosen from."""

MOST_NAMES = 60
"""Most names a model is given to choose from at once."""

MOST_CHOSEN = 3
"""Most symbols that a model may choose, and that plain words may name."""

_OF_CALLS = re.compile(
    r"\b(?:parameters?|arguments?|keywords?|options?|docstrings?|signature|deprecat\w*|wrapper)\b", re.IGNORECASE
)
_OF_FIELDS = re.compile(r"\b(?:fields?|attributes?|columns?|default|members?|annotat\w*|type|add\w*)\b", re.IGNORECASE)
_IS_SET = re.compile(
    r"\b(?:should|must) (?:(?:start|begin)\b|be (?:optional|required|\S+ (?:at first|initially|unless)"
    r"|an? (?:int|float|str|bool|list|set|dict|tuple|date|Decimal))\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Aim:
    """A file to be changed.

    Attributes:
        names: the symbols in play; empty where the file is written whole.
        new: the symbol to be added, if that is what the task wants.
        owner: the class that `new` goes into, if any.
        wider: the symbols in play once it is begun afresh, where `names` may be too few.
    """

    source: Source
    names: tuple[str, ...] = ()
    new: str | None = None
    owner: str | None = None
    wider: tuple[str, ...] = ()

    @property
    def added(self) -> str | None:
        """The qualified name of the symbol to be added, if any."""
        return f"{self.owner}.{self.new}" if self.owner else self.new

    @property
    def is_whole(self) -> bool:
        """Whether the file is shown and answered whole."""
        return not self.names and self.new is None


@dataclass(frozen=True)
class _Outline:
    source: Source
    text: str
    symbols: tuple[Symbol, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(symbol.name for symbol in self.symbols))

    def size(self, name: str) -> int:
        return sum(symbol.last - symbol.first + 1 for symbol in self.symbols if symbol.name == name)


async def aim(talk: Conversation) -> tuple[Aim, ...]:
    """Return the files that the task is about, each with the symbols in play, in the order of the targets.

    Raises:
        AnswerRejected: the model could not say which symbols are meant (code `no-symbol`).
    """
    task = talk.brief.task.spec.task
    outlines = [_outline(source) for source in talk.brief.targets]
    meant = {outline.source.path: _meant(outline, task) for outline in outlines}
    several = len(outlines) > 1
    text = "\n".join(outline.text for outline in outlines)
    new = new_name(task, [name for outline in outlines for name in outline.names], text)
    if any(meant.values()):
        chosen = [name for names in meant.values() for name in names]
        is_plain = not new and not are_spelt(task, chosen)
        # Plain words that happen to be names say less than a message that stands in one place, or than all words.
        if is_plain and (pointed := _quoting(talk, outlines) or _better_worded(talk, outlines, chosen)):
            return pointed
        if not new and not any(_is_code(task, name) for name in chosen) and (called := _tested(talk, outlines, chosen)):
            return called
        unclear = {} if new else _unclear(outlines, meant)
        if unclear:
            return await _ask(talk, outlines, unclear)
        return tuple(
            _aimed(outline, meant[outline.source.path], new)
            for outline in outlines
            if meant[outline.source.path] or (several and not outline.symbols and _speaks_of(task, outline))
        )
    if not new and (pointed := _quoting(talk, outlines) or _tested(talk, outlines)):
        return pointed
    few = () if new else _few(talk, outlines)
    if _lines(outlines) <= SMALL_LINES or not any(outline.symbols for outline in outlines):
        return few or tuple(_aimed(outline, _outermost(outline), new) for outline in outlines)
    if new:
        return tuple(_aimed(outline, (), new) for outline in outlines if outline.symbols)[:1]
    if sum(outline.size(name) for outline in outlines for name in _outermost(outline)) <= FEW_LINES:
        return few or tuple(_aimed(outline, _outermost(outline), new) for outline in outlines if outline.symbols)
    # Such a file is too long to be shown whole at any try.
    few = tuple(replace(one, wider=()) for one in few)
    known = await _failing(talk, outlines) or _about(talk, outlines) or few
    return known or await _ask(talk, outlines, _seen(talk, outlines))


def _meant(outline: _Outline, task: str) -> tuple[str, ...]:
    """Return the symbols that a task's words name.

    Words that are no names are none of fields, wherever they stand: who says that seats should be counted speaks of
    what a function does with them, and such a function is told by other words. Of a function that only hands on to a
    method, the method is meant, unless parameters are spoken of.
    """
    names = _narrow(outline, named(task, outline.names), task)
    kinds = {symbol.name: symbol.kind for symbol in outline.symbols}
    fields = {name for name in names if kinds[name] == "assignment" and "." in name}
    is_set = _IS_SET.search(task) and are_spelt(task, names)
    if fields == {*names} and not is_set and not are_written(task, names) and not _OF_FIELDS.search(task):
        names = _narrow(outline, named(task, [name for name in outline.names if kinds[name] != "assignment"]), task)
    if len(names) == 1 and outline.source.path.endswith(PYTHON_SUFFIXES) and not _OF_CALLS.search(task):
        names = (behind(names[0], outline.source.content, outline.symbols) or names[0],)
    return names


def _quoting(talk: Conversation, outlines: list[_Outline]) -> tuple[Aim, ...]:
    """Return the symbols that hold what the task quotes; nothing where there is none."""
    found = {
        outline.source.path: quoted(talk.brief.task.spec.task, outline.text, outline.symbols) for outline in outlines
    }
    aims = [Aim(outline.source, names) for outline in outlines if (names := found[outline.source.path])]
    if not aims or sum(len(one.names) for one in aims) > MOST_CHOSEN:
        return ()
    talk.note(f"holds what the task quotes: {', '.join(name for one in aims for name in one.names)}"[:400])
    return tuple(aims)


def _about(talk: Conversation, outlines: list[_Outline]) -> tuple[Aim, ...]:
    """Return the one function whose name and docstring have the words of the task; nothing where none stands out."""
    task = talk.brief.task.spec.task
    return _of_words(talk, [(one, worded(task, one.text, one.symbols)) for one in outlines])


def _better_worded(talk: Conversation, outlines: list[_Outline], chosen: list[str]) -> tuple[Aim, ...]:
    """Return the one function that the words are about, where the chosen one may be named by chance."""
    task = talk.brief.task.spec.task
    return _of_words(talk, [(one, better_worded(task, one.text, one.symbols, chosen)) for one in outlines])


def _seen(talk: Conversation, outlines: list[_Outline]) -> dict[str, tuple[str, ...]] | None:
    """Return what the task's own tests lead to, by file, for they see nothing else; None where they call nothing."""
    tests = talk.brief.tests if talk.brief.task.spec.check else ()
    called = {one.source.path: called_by(tests, one.symbols) for one in outlines}
    if not any(called.values()):
        return None
    seen = ((one, called[one.source.path]) for one in outlines)
    return {one.source.path: tuple(led_to(one.text, one.symbols, names)) if names else one.names for one, names in seen}


def _few(talk: Conversation, outlines: list[_Outline]) -> tuple[Aim, ...]:
    """Return the few functions of one file that its tests lead to, and the constants, while a later try may see more.

    To be shown a file whole, a small model writes it whole: that takes many times as long. But what is only inherited,
    looked for by its name, or yet to be added is in no words of what the tests call.
    """
    solving = talk.brief.solving
    seen = _seen(talk, outlines) if len(outlines) == 1 and (talk.repairs or solving.retries) else None
    if not seen:
        return ()
    (outline,) = outlines
    kinds = {symbol.name: symbol.kind for symbol in outline.symbols if symbol.name in seen[outline.source.path]}
    functions = {name for name, kind in kinds.items() if kind == "function"}
    constants = {name for name, kind in kinds.items() if kind == "assignment" and "." not in name}
    names = tuple(name for name in kinds if name in functions | constants)
    return (Aim(outline.source, names, wider=_outermost(outline)),) if 0 < len(functions) <= MOST_CHOSEN else ()


def _is_code(task: str, name: str) -> bool:
    """Return whether a task writes a name as code, and not as the word that it may be: `pay`, pay(), Desk.pay."""
    last = name.rpartition(".")[2]
    written = rf"[`.]{re.escape(last)}\b|\b{re.escape(last)}[`(.]\w*[`)]?"
    return not last.isalpha() or not last.islower() or re.search(written, task) is not None


def _tested(talk: Conversation, outlines: list[_Outline], chosen: Sequence[str] = ()) -> tuple[Aim, ...]:
    """Return the one function that the task's own tests call, if a change of it alone can matter to them.

    What words chose stands where the tests lead to it; else no change of it could be seen.
    """
    brief = talk.brief
    if not brief.task.spec.check or len(outlines) > 1:
        # What is called in one file may lead into another.
        return ()
    (outline,) = outlines
    called = called_by(brief.tests, outline.symbols)
    if len(called) != 1:
        return ()
    within = led_to(outline.text, outline.symbols, called)
    code = {symbol.name for symbol in outline.symbols if symbol.name in within and symbol.kind != "assignment"}
    if within & set(chosen) or (not chosen and len(code) > 1):
        return ()
    talk.note(f"is what the task's tests call: {called[0]}"[:400])
    return (Aim(outline.source, called),)


def _of_words(talk: Conversation, found: list[tuple[_Outline, str | None]]) -> tuple[Aim, ...]:
    aims = tuple(Aim(outline.source, (name,)) for outline, name in found if name)
    if len(aims) != 1:
        return ()
    talk.note(f"is what the task's words are about: {aims[0].names[0]}"[:400])
    return aims


async def _failing(talk: Conversation, outlines: list[_Outline]) -> tuple[Aim, ...]:
    """Return the symbols in which the task's check fails while nothing is changed; nothing where none is to be seen.

    A check costs less than asking a small model, and it knows.
    """
    commands = talk.brief.task.spec.check
    if not commands:
        return ()
    ran = await talk.desk.try_commands((), commands)
    talk.spend(Spent(seconds=sum(check.seconds for check in ran)))
    output = "\n".join(check.output for check in ran if check.ok is False)
    for outline in outlines:
        names = blamed(output, outline.source.path, outline.symbols)[-MOST_CHOSEN:]
        while names and sum(map(outline.size, names)) > FEW_LINES:
            names = names[1:]
        if names:
            talk.note(f"the check fails in {', '.join(names)}"[:400])
            return (Aim(outline.source, names),)
    return ()


def _outline(source: Source) -> _Outline:
    text = source.content.decode("utf-8").removeprefix("\ufeff")
    try:
        found = symbols_of(source.path, text)
    except EditRefused:
        # A file that does not parse can still be mended, whole.
        found = ()
    return _Outline(source, text, found)


def _lines(outlines: list[_Outline]) -> int:
    return sum(outline.text.count("\n") + 1 for outline in outlines)


def _outermost(outline: _Outline) -> tuple[str, ...]:
    """Return the symbols that do not lie in another: methods of Go and names of C++ have dots and no class around."""
    known = set(outline.names)
    return tuple(name for name in outline.names if known.isdisjoint(_owners(name)))


def _owners(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _speaks_of(task: str, outline: _Outline) -> bool:
    return outline.source.path in task or outline.source.path.rpartition("/")[2] in task


def _narrow(outline: _Outline, names: tuple[str, ...], task: str) -> tuple[str, ...]:
    """Leave out plain data and errors that are named in passing, where functions or classes are named too."""
    kinds = {symbol.name: symbol.kind for symbol in outline.symbols}
    code = tuple(name for name in names if kinds[name] != "assignment")
    rest = tuple(name for name in code if not (kinds[name] == "class" and is_raised(name, task)))
    return rest or code or names


def _unclear(outlines: list[_Outline], meant: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return what the model must choose from where words alone name too much: a long class, or many symbols."""
    total = sum(outline.size(name) for outline in outlines for name in meant[outline.source.path])
    if total <= MOST_LINES:
        return {}
    candidates: dict[str, tuple[str, ...]] = {}
    for outline in outlines:
        path = outline.source.path
        candidates[path] = tuple(
            name
            for name in outline.names
            if any(name == known or name.startswith(f"{known}.") for known in meant[path])
        )
    return candidates if sum(map(len, candidates.values())) > 1 else {}


def _aimed(outline: _Outline, names: tuple[str, ...], new: str | None) -> Aim:
    kinds = {symbol.name: symbol.kind for symbol in outline.symbols}
    if new is None or not outline.symbols:
        return Aim(outline.source, names)
    owner = next((name for name in names if kinds[name] == "class"), None) or _of_fields(names, kinds)
    others = tuple(name for name in names if name != owner and outline.size(name) <= MOST_LINES)
    if owner is not None:
        others = tuple(name for name in others if kinds[name] != "assignment")
    return Aim(outline.source, others if "." in "".join(others) or owner is None else (), new, owner)


def _of_fields(names: tuple[str, ...], kinds: Mapping[str, str]) -> str | None:
    """Return the one class whose fields are all that is named: they are what a new method of it is to work on."""
    owners = {name.rpartition(".")[0] for name in names if kinds[name] == "assignment"}
    if len(owners) == 1 and all(kinds[name] == "assignment" for name in names):
        (owner,) = owners
        return owner if kinds.get(owner) == "class" else None
    return None


async def _ask(
    talk: Conversation, outlines: list[_Outline], candidates: dict[str, tuple[str, ...]] | None = None
) -> tuple[Aim, ...]:
    """Have the model choose among names under a schema, most likely ones first where there are too many."""
    task = talk.brief.task.spec.task
    choices = _choices(outlines, task, candidates)
    schema = {
        "type": "object",
        "properties": {
            "names": {"type": "array", "items": {"enum": list(choices)}, "minItems": 1, "maxItems": MOST_CHOSEN}
        },
        "required": ["names"],
        "additionalProperties": False,
    }
    listed = "\n".join(f"{name}  {symbol.signature}" for name, (_, symbol) in choices.items())
    parts = [
        Part(name="names", text=f"Names:\n{listed}"),
        Part(name="task", text=f'Task: {task.strip()}\n\nAnswer as JSON: {{"names": [...]}}'),
    ]
    _, answer = await talk.ask(talk.open("choose"), parts, max_tokens=120, schema=schema)
    chosen = [name for name in _names_in(answer) if name in choices][:MOST_CHOSEN]
    if not chosen:
        talk.refuse("the answer names no symbol of the file")
        raise AnswerRejected(
            "the model could not say which function or class the task is about",
            code="no-symbol",
            hint="name the function, method or class in the task",
        )
    talk.note(f"chosen by the model: {', '.join(chosen)}")
    by_file: dict[str, list[str]] = {}
    for name in dict.fromkeys(chosen):
        outline, symbol = choices[name]
        by_file.setdefault(outline.source.path, []).append(symbol.name)
    return tuple(
        Aim(outline.source, tuple(by_file[outline.source.path]))
        for outline in outlines
        if outline.source.path in by_file
    )


def _choices(
    outlines: list[_Outline], task: str, candidates: dict[str, tuple[str, ...]] | None
) -> dict[str, tuple[_Outline, Symbol]]:
    words = {word.lower() for word in task.replace("_", " ").split() if len(word) > 3}
    several = len(outlines) > 1
    found = []
    for outline in outlines:
        for symbol in outline.symbols:
            members = any(name.startswith(f"{symbol.name}.") for name in outline.names)
            if symbol.kind == "class" and members:
                continue
            if candidates is not None and symbol.name not in candidates[outline.source.path]:
                continue
            name = f"{outline.source.path}::{symbol.name}" if several else symbol.name
            score = sum(word in symbol.name.lower() or symbol.name.lower() in word for word in words)
            found.append((score, name, outline, symbol))
    # The sort is stable: among equals, the order of the file holds.
    best = sorted(found, key=lambda row: -row[0])[:MOST_NAMES]
    kept = {name for _, name, _, _ in best}
    return {name: (outline, symbol) for _, name, outline, symbol in found if name in kept}


def _names_in(answer: str) -> list[str]:
    try:
        value = json.loads(answer)
    except ValueError:
        return []
    names = value.get("names") if isinstance(value, dict) else None
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
