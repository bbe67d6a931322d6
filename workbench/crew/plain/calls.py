"""Changes of what a function calls and writes: in which order, how often, from which end, on whose list."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import made, meant, parts, put, set_at_the_top, spot, written
from workbench.crew.slips.righted import Changed, Righted, at_the_top
from workbench.crew.slips.texts import ANY_CASE

_WHOLE = re.compile(
    r"\b(?:whole|entire\w*|trailing|anything (?:after|else|behind)|the rest|garbage|in full|completely|at the end)\b",
    re.IGNORECASE,
)
_LARGEST_FIRST = re.compile(
    r"\b(?:descending|backwards|revers\w+|newest|latest|highest|largest|biggest|longest|(?<!at )most|youngest|best)\b",
    re.IGNORECASE,
)
_SMALLEST_FIRST = re.compile(
    r"\b(?:ascending|oldest|earliest|lowest|smallest|shortest|(?<!at )least|fewest|cheapest)\b", re.IGNORECASE
)
_SORTS = re.compile(r"\b(?:sort\w*|order\w*|first|last|list\w*|put|come)\b", re.IGNORECASE)
_ORDER = re.compile(r"\border\b", re.IGNORECASE)
_LAST = re.compile(r"\blast\b", re.IGNORECASE)
_ONCE = re.compile(r"\b(?:first|only|once|rest|also|itself|several|more than one)\b", re.IGNORECASE)
_UP = re.compile(r"\bround\w* up\b|\bup to the next\b|\bceil\w*\b|\bbegun\b|\bstarted\b|\bpartial\b|\bpart of an?\b")
_MISSING = re.compile(r"\bKeyError\b|\bmissing\b|\bunknown\b|\bnot there\b|n't there\b|\bwithout an?\b|\black\w*\b")
_NOT_THEIRS = re.compile(
    r"\b(?:copy|copies|caller\w*|original\w*|untouched|unchanged|mutat\w+|modif\w+|alter\w*"
    r"|as (?:it|they) (?:is|are|was|were)|chang(?:es?|ing) (?:the|its|a|an) \w+"
    r"|(?:leave|keep)s? (?:the|its|my|our|your|their) (?:\w+ ){1,2}alone)\b",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"\b(?:arguments|inputs|neither|none of|both|either|any)\b", re.IGNORECASE)
_BLANK = re.compile(r"\bblanks?\b|\bwhite ?space\b|\bspaces?\b", re.IGNORECASE)
_LITERAL = re.compile(r"(?<![\w.])(?:None|True|False|-?\d+(?:\.\d+)?)(?![\w.])|(?<!\w)'[^'\n]*'(?!\w)|\"[^\"\n]*\"")

_LONGEST_SAMPLE = 300
_SAMPLE = r"(?:'([^'\n]+)'|\"([^\"\n]+)\"|`([^`\n]+)`|(\{[^\n]*\}))"
_INSTEAD = re.compile(rf"{_SAMPLE},? (?:instead of|rather than|and not|not) {_SAMPLE}")
_NOW = re.compile(
    rf"\b(?:gives?|returns?|is|writes?|shows?|says?) (?:only |just |now )?{_SAMPLE}[^\n]*?"
    rf"\b(?:should|must|shall|rather)\b[^\n]*?{_SAMPLE}"
)

_MUTATING = {"append", "extend", "insert", "pop", "remove", "sort", "reverse", "update", "setdefault", "clear", "add"}
_SURELY_OF_LISTS = _MUTATING - {"add", "update", "remove", "clear"}
_COLLECTION = re.compile(
    r"\b(?:list|dict|set|deque|Counter|defaultdict|OrderedDict|bytearray|Mutable\w+|Mapping|Sequence|Iterable|Collection"
    r"|Any|object|ndarray|\w+Frame|\w+Dict)\b",
    re.IGNORECASE,
)
_FROM_THE_END = {
    "find": "rfind",
    "index": "rindex",
    "partition": "rpartition",
    "split": "rsplit",
}


def the_whole(changed: Changed) -> Iterator[Righted]:
    """Yield a pattern that has to match the whole of a text."""
    if not _WHOLE.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Attribute(attr="match" | "search") as func):
                yield from _called_otherwise(changed, func, "fullmatch")


def _called_otherwise(changed: Changed, func: ast.Attribute, new: str) -> Iterator[Righted]:
    """Yield a method called by another name."""
    if span := spot(changed, func):
        yield from put(changed, f"`{func.attr}` is `{new}`", (span[1] - len(func.attr), span[1], new))


def sorted_otherwise(changed: Changed) -> Iterator[Righted]:
    """Yield what is sorted sorted backwards, by a list of the file that the task names, or in any case."""
    if not _SORTS.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case (
                ast.Call(func=ast.Name(id="sorted"), args=[_]) | ast.Call(func=ast.Attribute(attr="sort"), args=[])
            ) if span := spot(changed, part):
                for keywords in _other_orders(changed, part):
                    new = _with_keywords(changed, part, keywords)
                    yield from made(changed, f"`{ast.unparse(part)}` is `{new}`", (*span, new))


def _with_keywords(changed: Changed, call: ast.Call, keywords: list[ast.keyword]) -> str:
    """Return a call with other keywords, the rest of it as it is written where that can be."""
    said = [
        f"{one.arg}={written(changed, one.value)}" if one.arg else f"**{ast.unparse(one.value)}" for one in keywords
    ]
    if any(isinstance(one, ast.Starred | ast.GeneratorExp) for one in call.args):
        return ast.unparse(ast.Call(call.func, call.args, keywords))
    given = ", ".join([*(written(changed, one) for one in call.args), *said])
    return f"{written(changed, call.func)}({given})"


def _other_orders(changed: Changed, part: ast.Call) -> Iterator[list[ast.keyword]]:
    """Yield other keywords for what is sorted."""
    has = {one.arg for one in part.keywords}
    backwards = ast.keyword("reverse", ast.Constant(True))
    keys: list[ast.expr] = []
    if "key" not in has:
        keys += [ast.Attribute(ast.Name(name), "index") for name in _named_lists(changed)]
        keys += _by_value(part) if _LARGEST_FIRST.search(changed.task) or _SMALLEST_FIRST.search(changed.task) else []
        if ANY_CASE.search(changed.task):
            keys.append(ast.Attribute(ast.Name("str"), "lower"))
    by_key = [[*part.keywords, ast.keyword("key", key)] for key in keys]
    if "reverse" not in has and _LARGEST_FIRST.search(changed.task):
        for keywords in by_key:
            yield [*keywords, backwards]
        yield [*part.keywords, backwards]
    always = any(one.arg == "reverse" and ast.unparse(one.value) == "True" for one in part.keywords)
    if always and _SMALLEST_FIRST.search(changed.task):
        yield [one for one in part.keywords if one.arg != "reverse"]
    yield from by_key


def _by_value(part: ast.Call) -> list[ast.expr]:
    """Return what sorts a dictionary's keys, or its pairs, by its values."""
    match part.args:
        case [
            ast.GeneratorExp(
                elt=ast.Name(id=name),
                generators=[
                    ast.comprehension(
                        target=ast.Tuple(elts=[ast.Name(id=key), _]),
                        iter=ast.Call(func=ast.Attribute(value=holder, attr="items")),
                    )
                ],
            )
        ] if name == key:
            return [ast.Attribute(holder, "get")]
        case [ast.Call(func=ast.Attribute(attr="items"), args=[])]:
            item = ast.arguments([], [ast.arg("item")], None, [], [], None, [])
            return [ast.Lambda(item, ast.Subscript(ast.Name("item"), ast.Constant(1)))]
    return []


def _named_lists(changed: Changed) -> Iterator[str]:
    """Yield the lists and tuples of the file's top that the task names."""
    for name, value in set_at_the_top(changed.tree):
        if isinstance(value, ast.List | ast.Tuple) and re.search(rf"\b{re.escape(name)}\b", changed.task):
            yield name


def in_its_order(changed: Changed) -> Iterator[Righted]:
    """Yield a set that only drops doubles as a dictionary's keys, which keep their order."""
    if not _ORDER.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Name(id="set"), args=[given]) if _is_gone_through(changed, part) and (
                span := spot(changed, part)
            ):
                yield from made(
                    changed, "doubles are dropped in order", (*span, f"dict.fromkeys({written(changed, given)})")
                )


def _is_gone_through(changed: Changed, part: ast.expr) -> bool:
    """Return whether an expression is only gone through where it stands, and given to nobody."""
    match changed.holders.get(id(part)):
        case ast.Call(func=ast.Name(id="list" | "tuple" | "enumerate") | ast.Attribute(attr="join")):
            return True
        case ast.For(iter=through) | ast.comprehension(iter=through):
            return through is part
    return False


def found_last(changed: Changed) -> Iterator[Righted]:
    """Yield what is looked for from the end."""
    if not _LAST.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Attribute(attr=attr) as func) if attr in _FROM_THE_END:
                yield from _called_otherwise(changed, func, _FROM_THE_END[attr])


def at_most_once(changed: Changed) -> Iterator[Righted]:
    """Yield a text split at the first place only."""
    if not _ONCE.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Attribute(attr="split"), args=[ast.Constant()], keywords=[]) if span := spot(
                changed, part
            ):
                new = f"{written(changed, part.func)}({written(changed, part.args[0])}, 1)"
                yield from made(changed, f"`{new}`", (*span, new))


def rounded_up(changed: Changed) -> Iterator[Righted]:
    """Yield whole parts rounded up."""
    if not _UP.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.BinOp(left=left, op=ast.FloorDiv(), right=right) if span := spot(changed, part):
                negative = ast.UnaryOp(ast.USub(), ast.BinOp(ast.UnaryOp(ast.USub(), left), ast.FloorDiv(), right))
                new = f"({ast.unparse(negative)})"
                yield from made(changed, f"`{ast.unparse(part)}` is rounded up", (*span, new))


def given_if_there(changed: Changed) -> Iterator[Righted]:
    """Yield what a dictionary has under a key taken only if it is there, else what the task says, or None."""
    if not _MISSING.search(changed.task):
        return
    literals = list(dict.fromkeys(found.group() for found in _LITERAL.finditer(changed.task)))[:4]
    for part in parts(changed):
        match part:
            case ast.Subscript(value=ast.Name() | ast.Attribute() as value, slice=key, ctx=ast.Load()) if (
                not _is_a_place(key)
            ):
                said = f"({written(changed, key)})" if isinstance(key, ast.Tuple) else written(changed, key)
                begun, span = f"{ast.unparse(value)}.get({said}", spot(changed, part)
                for other in ["None", *literals]:
                    new = f"{begun})" if other == "None" else f"{begun}, {other})"
                    if span:
                        yield from made(changed, f"`{new}`", (*span, new))


def _is_a_place(key: ast.expr) -> bool:
    """Return whether what stands in brackets says where in a list, and no key."""
    is_number = isinstance(key, ast.Constant) and isinstance(key.value, int)
    return is_number or isinstance(key, ast.Slice | ast.UnaryOp)


def of_its_own(changed: Changed) -> Iterator[Righted]:
    """Yield a copy worked on where the function works on what it was given, or given out in the place of its own."""
    if not _NOT_THEIRS.search(changed.task):
        return
    for name, one in parameters(changed.node).items():
        if name not in {"self", "cls"} and _is_worked_on(changed.node, name) and _is_a_collection(changed, name):
            given = f"None if {name} is None else {name}.copy()" if one.written == "None" else f"{name}.copy()"
            copied = at_the_top(changed, [f"{name} = {given}"])
            if copied is not None:
                yield copied
    for part in parts(changed):
        match part:
            case ast.Return(value=ast.Attribute(value=ast.Name(id="self")) as value) if span := spot(changed, value):
                yield from made(changed, "a copy is given out", (*span, f"{ast.unparse(value)}.copy()"))


def _is_a_collection(changed: Changed, name: str) -> bool:
    """Return whether a parameter that is worked on may be copied: by its type, or by what the task is about.

    `session.add(one)` and `cache[key] = one` change what is there for that, and a new list is nobody else's.
    """
    named = (ast.Name, ast.BoolOp, ast.IfExp)
    set_to = [one.value for part in changed.sets(name) if isinstance(one := changed.holders[id(part)], ast.Assign)]
    if not all(isinstance(value, named) for value in set_to):
        return False
    if kind := parameters(changed.node)[name].node.annotation:
        return _COLLECTION.search(ast.unparse(kind)) is not None
    told = [one for one in changed.names if re.search(rf"\b{one}\b", changed.task)]
    if told or changed.names == [name]:
        return name in (told or changed.names)
    is_meant = changed.names[:1] == [name] or _OF_ALL.search(changed.task)
    return bool(is_meant) and _is_worked_on(changed.node, name, _SURELY_OF_LISTS)


def _is_worked_on(node: ast.AST, name: str, by: Collection[str] = _MUTATING) -> bool:
    for part in ast.walk(node):
        match part:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=attr)) if owner == name:
                if attr in by:
                    return True
            case ast.Subscript(value=ast.Name(id=owner), ctx=ast.Store() | ast.Del()) if owner == name:
                return True
    return False


def without_end_blank(changed: Changed) -> Iterator[Righted]:
    """Yield a part of a text cut off at its end before something is put behind it."""
    if not _BLANK.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.BinOp(left=ast.Subscript(slice=ast.Slice()) as cut, op=ast.Add()) if span := spot(changed, cut):
                new = f"{changed.lines.text[slice(*span)]}.rstrip()"
                yield from made(changed, f"`{new}`", (*span, new))


def as_said(changed: Changed) -> Iterator[Righted]:
    """Yield a text of the function changed as one sample of the task differs from the other."""
    for before, after in said_steps(changed.task):
        for part in parts(changed):
            if isinstance(part, ast.JoinedStr | ast.Constant) and (span := spot(changed, part)):
                text = changed.lines.text[slice(*span)]
                new = text.replace(before, after)
                wanted = _said_otherwise(part, before, after) if before.strip() and text.count(before) == 1 else ""
                # What stands alone is a docstring.
                if wanted and meant(new) == wanted and not isinstance(changed.holders.get(id(part)), ast.Expr):
                    yield from made(changed, f"`{after}` for `{before}`", (*span, new))


def _said_otherwise(part: ast.JoinedStr | ast.Constant, before: str, after: str) -> str:
    """Return the tree of a text with other signs at the one place where it has these; nothing where it has none."""
    other = copy.deepcopy(part)
    # How a value is written in a text is no part of its words.
    texts = [one for one in getattr(other, "values", [other]) if isinstance(one, ast.Constant)]
    places = [(one, one.value) for one in texts if isinstance(one.value, str) and before in one.value]
    if len(places) != 1 or places[0][1].count(before) != 1:
        return ""
    place, text = places[0]
    place.value = text.replace(before, after)
    return ast.dump(other)


def said_steps(task: str) -> Iterator[tuple[str, str]]:
    """Yield the one way in which a text that is given today and the one that should be differ, by a task's samples."""
    for old, new in _samples(task):
        steps = set(_steps(old, new)) if max(len(old), len(new)) <= _LONGEST_SAMPLE else set()
        if len(steps) == 1:
            yield steps.pop()


def _steps(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield what is something else in a text that another one became; with the sign before it where it is blank."""
    for what, begin, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            ahead = "" if old[begin:end].strip() else old[max(0, begin - 1) : begin]
            yield ahead + old[begin:end], ahead + new[first:last]


def _samples(task: str) -> Iterator[tuple[str, str]]:
    """Yield what the task says is given today, and what should be."""
    for found in _INSTEAD.finditer(task):
        new, old = (next(filter(None, found.groups()[at : at + 4])) for at in (0, 4))
        yield old, new
    for found in _NOW.finditer(task):
        old, new = (next(filter(None, found.groups()[at : at + 4])) for at in (0, 4))
        yield old, new
