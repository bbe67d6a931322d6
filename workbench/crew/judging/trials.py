"""Finds how a changed function is called: by its examples and the task's tests, and with the same in another shape."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from workbench.checks.trial_values import Pair, Trial
from workbench.crew.judging.stated import Function, changed_names, functions, parameters
from workbench.crew.judging.trial_calls import (
    LONGEST,
    alike,
    called,
    calls_in,
    constant,
    examples,
    for_old,
    of_fewer,
    other_shapes,
    other_texts,
    positional,
    reshaped,
    whole,
)
from workbench.crew.judging.trial_setup import placed_calls
from workbench.crew.judging.trial_words import (
    keeps_errors,
    may_be_none,
    may_raise,
    mends_failure,
    refuses_negatives,
    staying,
)
from workbench.crew.judging.twins import MOST as MOST_PAIRS
from workbench.crew.judging.twins import at_default, at_other_values, of_iterables, twins
from workbench.edits.symbols import cut
from workbench.model import Excerpt, FileEdit

MOST = 24
"""Calls of one function."""

MOST_SETUPS = 4
"""Different beginnings of tests that are made again for one function."""

_IS_SPECIAL = re.compile(r"\..*\.|\.__")
_NEEDS_ITS_CLASS = re.compile(r"\bsuper\b|\b__class__\b")


def trials(
    task: str, edits: Sequence[FileEdit], tests: Sequence[Excerpt], commands: Sequence[str] = ()
) -> tuple[Trial, ...]:
    """Return the trials of each Python file of which edits change one function or method, or add one function.

    Args:
        task: what was asked.
        edits: the change.
        tests: files that the task's check commands name.
        commands: the commands; what stands in one as a program is a test as well.
    """
    texts = {test.path: test.text for test in tests if test.path.endswith(".py")}
    texts |= {f"command {number}.py": text for number, text in enumerate(_programs(commands))}
    changed = [edit for edit in edits if edit.path.endswith(".py") and edit.before and edit.after]
    return tuple(trial for edit in changed for trial in _of_file(task, edit, texts))


def _programs(commands: Sequence[str]) -> Iterator[str]:
    """Yield the programs that commands bring with them: `python -c PROGRAM`."""
    for command in commands:
        try:
            words = shlex.split(command)
        except ValueError:
            continue
        if len(words) > 2 and words[1] == "-c" and re.search(r"(?:^|/)(?:python|pypy)[\d.]*$", words[0]):
            yield words[2]


def _of_file(task: str, edit: FileEdit, texts: dict[str, str]) -> Iterator[Trial]:
    old, new = functions(edit.before or b""), functions(edit.after or b"")
    added = [name for name in new if name not in old]
    changed = [name for name in changed_names(edit.before or b"", edit.after or b"") if name in old]
    if len(changed) == 1 and len(old.keys() - new.keys()) == 0:
        # A function that calls another one that changed too cannot be had as it was by itself.
        (name,) = changed
        was, node = old[name], new[name]
        words = {part.id for part in ast.walk(was) if isinstance(part, ast.Name)}
        if not words & {*added} and not isinstance(node, ast.AsyncFunctionDef) and _still_fits(was, node):
            before = cut((edit.before or b"").decode("utf-8"), name)
            yield from _Change(task, texts, was, node, Trial(path=edit.path, name=name, before=before)).trials()
    elif not changed and len(added) == 1 and "." not in added[0]:
        (name,) = added
        if not isinstance(new[name], ast.AsyncFunctionDef):
            calls = [call for text in texts.values() for call in calls_in(name, text)]
            pairs = tuple(_each_once(of_iterables(task, calls, new[name])))[:MOST_PAIRS]
            if pairs:
                yield Trial(path=edit.path, name=name, before="", pairs=pairs)


@dataclass(frozen=True)
class _Change:
    """A changed function or method, the tests of its task, and the trial without what is called."""

    task: str
    texts: dict[str, str]
    was: Function
    node: Function
    bare: Trial

    @property
    def name(self) -> str:
        """Its own name, without that of its class."""
        return self.bare.name.rpartition(".")[2]

    @property
    def is_method(self) -> bool:
        """Whether it stands in a class."""
        return "." in self.bare.name

    @cached_property
    def only_adds(self) -> bool:
        """Whether it adds parameters that need not be given, and leaves the others."""
        return _only_adds(self.was, self.node)

    def trials(self) -> Iterator[Trial]:
        if not self.is_method:
            tested = [call for text in self.texts.values() for call in calls_in(self.name, text)]
            yield from self._of_calls(tested, tuple(self._calls(tested))[:MOST], "", "")
        elif _IS_SPECIAL.search(self.bare.name) or _NEEDS_ITS_CLASS.search(self.bare.before):
            return
        setups: dict[tuple[str, str], list[ast.Call]] = {}
        for path, text in self.texts.items():
            for placed in placed_calls(self.name, text, is_method=self.is_method):
                setups.setdefault((path, placed.setup), []).append(placed.call)
        for (path, setup), calls in islice(setups.items(), MOST_SETUPS):
            yield from self._of_calls(calls, tuple(self._shaped(calls, set()))[:MOST], setup, path)

    def _of_calls(self, tested: list[ast.Call], calls: tuple[str, ...], setup: str, beside: str) -> Iterator[Trial]:
        """Yield a trial of calls, and one of those that the task says must stay."""
        said = {
            "may_raise": may_raise(self.task),
            "keeps": self.only_adds or mends_failure(self.task),
            "keeps_errors": self.only_adds and keeps_errors(self.task),
            "may_be_none": may_be_none(self.task, self.node),
        }
        bare = self.bare.model_copy(update={"setup": setup, "beside": beside})
        pairs = tuple(_each_once(self._pairs(tested)))[:MOST_PAIRS]
        if calls or pairs:
            yield bare.model_copy(update={"calls": calls, "pairs": pairs, **said})
        for keeps in (False, True):
            kept = tuple(dict.fromkeys(self._staying(tested, keeps=keeps)))[:MOST]
            if kept:
                yield bare.model_copy(update={"calls": kept, "keeps": keeps})

    def _pairs(self, tested: list[ast.Call]) -> Iterator[Pair]:
        if not self.is_method:
            yield from at_default(self.task, tested, self.was, self.node)
            yield from at_other_values(self.task, tested, self.was, self.node)
        yield from twins(self.task, tested, self.was, is_method=self.is_method)

    def _calls(self, tested: list[ast.Call]) -> Iterator[str]:
        """Yield the calls of examples, and those of tests and examples in another shape; each once.

        What a test calls word for word was just judged by it, and is left to it.
        """
        shown = [call for text in examples(self.was) for call in calls_in(self.name, text, bare=True)]
        told = {ast.unparse(called(call)) for call in tested}
        return self._shaped([*shown, *tested], told)

    def _shaped(self, calls: Sequence[ast.Call], told: Collection[str]) -> Iterator[str]:
        """Yield calls as the function took them before, and in other shapes; but those that were `told`.

        Calls that name a parameter that is gone are none any more.
        """
        told = {*told, *(ast.unparse(called(call, is_method=self.is_method)) for call in calls if self.is_method)}
        gone = parameters(self.was).keys() - parameters(self.node).keys()
        every = (kept for call in calls if (kept := for_old(call, self.was, is_method=self.is_method)) is not None)
        plain = [call for call in every if not any(keyword.arg in gone for keyword in call.keywords)]
        places = positional(self.was, is_method=self.is_method)
        shaped: Iterator[ast.Call] = (other for call in plain for other in reshaped(call, places, other_shapes))
        if self.is_method:
            shaped = chain((other for call in plain for other in of_fewer(call)), shaped)
        if mends_failure(self.task):
            shaped = chain((other for call in plain for other in alike(call)), shaped)
        if self.only_adds:
            # Nothing may go another way without what is new, whatever the texts are.
            shaped = chain(shaped, (other for call in plain for other in reshaped(call, places, other_texts)))
        for call in (*plain, *shaped):
            text = ast.unparse(call)
            if text not in told and len(text) <= LONGEST:
                told.add(text)
                yield text

    def _staying(self, tested: Sequence[ast.Call], *, keeps: bool) -> Iterator[str]:
        """Yield calls with values that the task says stay, or stay allowed; where it tells negatives apart, 0 and 1."""
        places = [one.arg for one in positional(self.was, is_method=self.is_method)]
        values = [(name, value) for name, value, is_same in staying(self.task) if is_same == keeps]
        negatives = not keeps and refuses_negatives(self.task)
        for call in tested:
            plain = for_old(call, self.was, is_method=self.is_method)
            if plain is None:
                continue
            whole_numbers = [number for number, one in enumerate(plain.args) if whole(one) is not None]
            for number, argument in enumerate(plain.args):
                name = places[number] if number < len(places) else ""
                instead = [value for given, value in values if given == name and name]
                if whole_numbers == [number]:
                    instead += [value for given, value in values if given not in places and whole(value) is not None]
                if negatives and (whole(argument) or 0) < 0:
                    instead += [constant(0), constant(1)]
                for value in instead:
                    other = called(plain, is_method=self.is_method)
                    other.args[number] = value
                    yield ast.unparse(other)


def _each_once(found: Iterator[Pair]) -> Iterator[Pair]:
    """Yield pairs once, but those that are too long."""
    for pair in dict.fromkeys(found):
        if max(len(pair.one), len(pair.other)) <= LONGEST:
            yield pair


def _still_fits(was: Function, node: Function) -> bool:
    """Return whether calls of a function as it was are calls of it as it is.

    A parameter may have another name, which calls that do not name it need not know, but no other place.
    """
    old, new = was.args, node.args
    theirs, ours = ([one.arg for one in (*side.posonlyargs, *side.args)] for side in (new, old))
    pairs = zip(ours, theirs, strict=False)
    same = len(ours) <= len(theirs) and all(one == other or not {one} & {*theirs} for one, other in pairs)
    keywords = {one.arg for one in old.kwonlyargs} <= {one.arg for one in new.kwonlyargs}
    stars = bool(old.vararg) <= bool(new.vararg) and bool(old.kwarg) <= bool(new.kwarg)
    required = len(theirs) - len(new.defaults) <= len(ours) - len(old.defaults)
    missing = {one.arg for one, default in zip(new.kwonlyargs, new.kw_defaults, strict=True) if default is None}
    missing -= {one.arg for one in old.kwonlyargs}
    fits = len(new.posonlyargs) <= len(old.posonlyargs) and required and not missing
    return same and keywords and stars and fits


def _only_adds(was: Function, node: Function) -> bool:
    """Return whether a change adds parameters that need not be given and are off, and leaves the others."""
    old, new = parameters(was), parameters(node)
    kept = all(name in new and new[name].written == parameter.written for name, parameter in old.items())
    added = [parameter for name, parameter in new.items() if name not in old]
    return kept and bool(added) and all(one.written not in {None, "True"} for one in added)
