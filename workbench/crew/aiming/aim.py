"""Finds which symbols of which targets a change is about: from the task's words, or asked of the model by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbench.crew.aiming.called_by_tests import asked_where_it_fails, called_by, done_before, led_to
from workbench.crew.aiming.choosing import MOST_CHOSEN, ask_among
from workbench.crew.aiming.naming import are_spelt, are_written, is_raised, is_told_when, named, new_name
from workbench.crew.aiming.outlines import Aim, Outline, lines_of, outermost, outline_of, owners
from workbench.crew.aiming.pointing import (
    CLEARLY,
    behind,
    better_worded,
    blamed,
    likely,
    phrased,
    quoted,
    worded,
    worth,
)
from workbench.crew.conversation import Conversation
from workbench.edits.source import PYTHON_SUFFIXES

SMALL_LINES = 60
"""Files up to this many lines are shown whole."""

FEW_LINES = 80
"""Together, symbols of up to this many lines are all shown where the task names none."""

MOST_LINES = 150
"""A named class longer than this is not shown whole: its methods are chosen from."""

_OF_CALLS = re.compile(
    r"\b(?:parameters?|arguments?|keywords?|options?|docstrings?|signature|deprecat\w*|wrapper)\b", re.IGNORECASE
)
_OF_FIELDS = re.compile(r"\b(?:fields?|attributes?|columns?|default|members?|annotat\w*|type|adds?)\b", re.IGNORECASE)
_IS_SET = re.compile(
    r"\b(?:should|must) (?:(?:start|begin)\b|be (?:optional|required|\S+ (?:at first|initially|unless)"
    r"|an? (?:int|float|str|bool|list|set|dict|tuple|date|Decimal))\b)",
    re.IGNORECASE,
)


async def aim(talk: Conversation) -> tuple[Aim, ...]:
    """Return the files that the task is about, each with the symbols in play, in the order of the targets.

    Raises:
        AnswerRejected: the model could not say which symbols are meant (code `no-symbol`).
    """
    task = talk.brief.task.spec.task
    outlines = [outline_of(source) for source in talk.brief.targets]
    meant = {outline.source.path: _meant(outline, task) for outline in outlines}
    several = len(outlines) > 1
    text = "\n".join(outline.text for outline in outlines)
    new = new_name(task, [name for outline in outlines for name in outline.names], text)
    if any(meant.values()):
        chosen = [name for names in meant.values() for name in names]
        is_plain = not new and not are_spelt(task, chosen)
        # Plain words that happen to be names say less than a message that stands in one place, or than all words.
        if is_plain and (pointed := _quoting(talk, outlines)):
            return pointed
        if is_plain and (pointed := _better_worded(talk, outlines, chosen)):
            return await _where_it_fails(talk, outlines, pointed)
        are_words = not new and not any(_is_code(task, name) for name in chosen)
        if are_words and (called := _tested(talk, outlines, chosen)):
            return called
        unclear = {} if new else _unclear(outlines, meant)
        if unclear:
            return await ask_among(talk, outlines, unclear)
        aims = tuple(
            _aimed(outline, meant[outline.source.path], new)
            for outline in outlines
            if meant[outline.source.path] or (several and not outline.symbols and _speaks_of(task, outline))
        )
        if is_plain and are_words:
            aims = await _where_it_fails(talk, outlines, _with_others(talk, outlines, aims, chosen))
        return aims
    if not new and (pointed := _quoting(talk, outlines) or _tested(talk, outlines) or _phrased(talk, outlines)):
        return pointed
    few = () if new else await _where_it_fails(talk, outlines, _told_when(talk, outlines) or _few(talk, outlines))
    if lines_of(outlines) <= SMALL_LINES or not any(outline.symbols for outline in outlines):
        return few or await _where_it_fails(
            talk, outlines, tuple(_aimed(outline, outermost(outline), new) for outline in outlines)
        )
    if new:
        return tuple(_aimed(outline, (), new) for outline in outlines if outline.symbols)[:1]
    if sum(outline.size(name) for outline in outlines for name in outermost(outline)) <= FEW_LINES:
        return few or await _where_it_fails(
            talk, outlines, tuple(_aimed(outline, outermost(outline), new) for outline in outlines if outline.symbols)
        )
    # Such a file is too long to be shown whole at any try.
    few = tuple(replace(one, wider=()) for one in few)
    known = await _failing(talk, outlines) or _about(talk, outlines) or few
    return known or await ask_among(talk, outlines, _seen(talk, outlines))


def _meant(outline: Outline, task: str) -> tuple[str, ...]:
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


def _quoting(talk: Conversation, outlines: list[Outline]) -> tuple[Aim, ...]:
    """Return the symbols that hold what the task quotes; nothing where there is none."""
    found = {
        outline.source.path: quoted(talk.brief.task.spec.task, outline.text, outline.symbols) for outline in outlines
    }
    aims = [Aim(outline.source, names) for outline in outlines if (names := found[outline.source.path])]
    if not aims or sum(len(one.names) for one in aims) > MOST_CHOSEN:
        return ()
    talk.note(f"holds what the task quotes: {', '.join(name for one in aims for name in one.names)}"[:400])
    return tuple(aims)


def _about(talk: Conversation, outlines: list[Outline]) -> tuple[Aim, ...]:
    """Return the one function whose name and docstring have the words of the task; nothing where none stands out."""
    task = talk.brief.task.spec.task
    return _of_words(talk, [(one, worded(task, one.text, one.symbols)) for one in outlines])


def _better_worded(talk: Conversation, outlines: list[Outline], chosen: list[str]) -> tuple[Aim, ...]:
    """Return the one function that the words are about, where the chosen one may be named by chance."""
    task = talk.brief.task.spec.task
    return _of_words(talk, [(one, better_worded(task, one.text, one.symbols, chosen)) for one in outlines])


def _phrased(talk: Conversation, outlines: list[Outline]) -> tuple[Aim, ...]:
    """Return the one function whose name the task says in so many words, if its own tests lead to it."""
    task, seen = talk.brief.task.spec.task, _seen(talk, outlines)
    found = [(one, phrased(task, one.symbols)) for one in outlines]
    return _of_words(talk, [(one, name) for one, name in found if seen is None or name in seen[one.source.path]])


def _seen(talk: Conversation, outlines: list[Outline]) -> dict[str, tuple[str, ...]] | None:
    """Return what the task's own tests lead to, by file, for they see nothing else; None where they call nothing."""
    tests = talk.brief.tests if talk.brief.task.spec.check else ()
    called = {one.source.path: called_by(tests, one.symbols) for one in outlines}
    if not any(called.values()):
        return None
    seen = ((one, called[one.source.path]) for one in outlines)
    return {one.source.path: tuple(led_to(one.text, one.symbols, names)) if names else one.names for one, names in seen}


def _few(talk: Conversation, outlines: list[Outline]) -> tuple[Aim, ...]:
    """Return the few functions of one file that its tests lead to, and the constants, while a later try may see more.

    Where tests lead to none or to many, those that the task's words may be about. To be shown a file whole, a small
    model writes it whole: that takes many times as long. But what is only inherited, looked for by its name, or yet to
    be added is in no words of what the tests call.
    """
    if len(outlines) > 1 or not (talk.repairs or talk.brief.solving.retries):
        return ()
    (outline,) = outlines
    kinds = {symbol.name: symbol.kind for symbol in outline.symbols}
    constants = {name for name, kind in kinds.items() if kind == "assignment" and "." not in name}
    seen = (_seen(talk, outlines) or {}).get(outline.source.path, ())
    called = {name for name in seen if kinds[name] == "function"}
    if 0 < len(called) <= MOST_CHOSEN:
        shown = called | (constants & {*seen})
    elif fitting := likely(talk.brief.task.spec.task, outline.text, outline.symbols, MOST_CHOSEN):
        # One function alone can be asked for in more ways.
        shown = {*fitting} | (constants if len(fitting) > 1 else set())
    else:
        return ()
    return (Aim(outline.source, tuple(name for name in kinds if name in shown), wider=outermost(outline)),)


def _told_when(talk: Conversation, outlines: list[Outline]) -> tuple[Aim, ...]:
    """Return the one function whose verb says when the change is to come, where no test says more: "puts a pot"."""
    if len(outlines) > 1 or talk.brief.task.spec.check or not (talk.repairs or talk.brief.solving.retries):
        return ()
    (outline,), task = outlines, talk.brief.task.spec.task
    told = [one.name for one in outline.symbols if one.kind == "function" and is_told_when(task, one.name)]
    if len(told) != 1:
        return ()
    talk.note(f"the task says when: {told[0]}"[:400])
    return (Aim(outline.source, tuple(told), wider=outermost(outline)),)


def _with_others(
    talk: Conversation, outlines: list[Outline], aims: tuple[Aim, ...], chosen: Sequence[str]
) -> tuple[Aim, ...]:
    """Return what plain words chose, with what a later try may change too; only the others, if no test calls it.

    Who says "we can't find the guest" need not mean `find`.
    """
    others = _few(talk, outlines)
    if not others or not aims:
        return aims
    called = called_by(talk.brief.tests, outlines[0].symbols) if talk.brief.task.spec.check else ()
    if called and not {*chosen} & {*called}:
        return others
    more = {*others[0].names} - {*chosen}
    return (replace(aims[0], wider=(*chosen, *sorted(more))),) if more else aims


def _is_code(task: str, name: str) -> bool:
    """Return whether a task writes a name as code, and not as the word that it may be: `pay`, pay(), Desk.pay.

    A word that begins with a capital is one where no sentence begins with it.
    """
    last = name.rpartition(".")[2]
    if re.search(rf"[`.]{re.escape(last)}\b|\b{re.escape(last)}(?:[`(]|\.\w)", task):
        return True
    if last.isalpha() and last.istitle():
        places = (task[: found.start()].rstrip() for found in re.finditer(rf"\b{last}\b", task))
        return any(before and before[-1] not in ".!?:-*" for before in places)
    return not last.isalpha() or not last.islower()


def _tested(talk: Conversation, outlines: list[Outline], chosen: Sequence[str] = ()) -> tuple[Aim, ...]:
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


def _of_words(talk: Conversation, found: list[tuple[Outline, str | None]]) -> tuple[Aim, ...]:
    aims = tuple(Aim(outline.source, (name,)) for outline, name in found if name)
    if len(aims) != 1:
        return ()
    talk.note(f"is what the task's words are about: {aims[0].names[0]}"[:400])
    return aims


async def _where_it_fails(talk: Conversation, outlines: list[Outline], aims: tuple[Aim, ...]) -> tuple[Aim, ...]:
    """Return the one function that its tests call, or do in the line where they fail; else what was given.

    It is nearly always the one to be changed (see docs/benchmarks.md). What plain words name and the tests come by
    only through it may be meant too; and all that was meant before is shown once it is begun afresh.
    """
    tests = talk.brief.tests if talk.brief.task.spec.check else ()
    if len(outlines) > 1 or len(aims) != 1 or aims[0].new:
        return aims
    (outline,), (aimed,) = outlines, aims
    called = called_by(tests, outline.symbols)
    if not called or not talk.brief.solving.retries:
        return aims
    is_one = len(called) == 1
    output = "" if is_one else await _failure(talk)
    asked = called[0] if is_one else asked_where_it_fails(output, tests, outline.symbols)
    unseen = {*aimed.names} - {*called}
    if not asked or (len(aimed.names) == 1 and unseen & led_to(outline.text, outline.symbols, [asked])):
        return aims
    if aimed.names == (asked,):
        return aims
    told = "is what the task's tests call:" if is_one else "the check fails where it asks for"
    talk.note(f"{told} {asked}"[:400])
    before = aimed.wider or aimed.names
    is_among = not {*before}.isdisjoint([asked, *owners(asked)])
    wider = before if is_among else tuple(name for name in outline.names if name in {*before, asked})
    done = done_before(output, tests, outline.symbols, asked)
    return (Aim(outline.source, _of_two(talk, outline, asked, done), wider=wider),)


def _of_two(talk: Conversation, outline: Outline, asked: str, done: Sequence[str]) -> tuple[str, ...]:
    """Return what is to be changed: what tests ask for, what they do before that, or both where words do not say.

    "When somebody pays a second deposit, the box forgets the first one" is of what takes it, and not of the total.
    """
    task = talk.brief.task.spec.task
    told = [name for name in done if is_told_when(task, name)]
    words = worth(task, outline.text, outline.symbols)
    best = told[0] if len(told) == 1 else max(done, key=lambda name: words[name], default="")
    if not best or (not told and words[best] < words[asked]):
        return (asked,)
    talk.note(f"or does before that: {best}"[:400])
    is_named = re.search(rf"\b{re.escape(asked.rpartition('.')[2])}\b", task, re.IGNORECASE) is not None
    is_clear = words[best] >= words[asked] + CLEARLY or (bool(told) and not is_named)
    return (best,) if is_clear else (best, asked)


async def _failure(talk: Conversation) -> str:
    """Return what the task's check prints where it fails while nothing is changed."""
    if not talk.brief.task.spec.check:
        return ""
    return "\n".join(check.output for check in await talk.as_it_is() if check.ok is False)


async def _failing(talk: Conversation, outlines: list[Outline]) -> tuple[Aim, ...]:
    """Return the symbols in which the task's check fails while nothing is changed; nothing where none is to be seen.

    A check costs less than asking a small model, and it knows.
    """
    output = await _failure(talk)
    for outline in outlines:
        names = blamed(output, outline.source.path, outline.symbols)[-MOST_CHOSEN:]
        while names and sum(map(outline.size, names)) > FEW_LINES:
            names = names[1:]
        if names:
            talk.note(f"the check fails in {', '.join(names)}"[:400])
            return (Aim(outline.source, names),)
    return ()


def _speaks_of(task: str, outline: Outline) -> bool:
    return outline.source.path in task or outline.source.path.rpartition("/")[2] in task


def _narrow(outline: Outline, names: tuple[str, ...], task: str) -> tuple[str, ...]:
    """Leave out plain data and errors that are named in passing, where functions or classes are named too."""
    kinds = {symbol.name: symbol.kind for symbol in outline.symbols}
    code = tuple(name for name in names if kinds[name] != "assignment")
    rest = tuple(name for name in code if not (kinds[name] == "class" and is_raised(name, task)))
    return rest or code or names


def _unclear(outlines: list[Outline], meant: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
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


def _aimed(outline: Outline, names: tuple[str, ...], new: str | None) -> Aim:
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
