"""A new parameter that stands for what a function has written out until now."""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Iterator

from workbench import python_ast
from workbench.crew.judging.stated import Function, parameters, stated
from workbench.crew.plain.places import Swap, meant, parts, set_at_the_top, spot
from workbench.crew.slips.righted import Changed, Righted
from workbench.crew.wrapping.header import with_parameters
from workbench.crew.wrapping.tail import CannotInline

_PARAMETER = re.compile(r"\b(?:parameter|argument|option|keyword)\b", re.IGNORECASE)
_LITERAL = r"-?\d+(?:\.\d+)?|'[^'\n]*'|\"[^\"\n]*\""
_NAMED = re.compile(
    r"\b(?:parameter|argument|option|keyword)(?: called| named)?\s+`?"
    r"(?!(?:to|for|of|with|that|which|in|on|so|and|or|is|by|from|at|as|must|should|may|can)\b)([a-z_]\w*)`?"
)
_BY_DEFAULT = re.compile(
    rf"\bdefault(?:s to|ing to| of| value| is|:|)\s+`?({_LITERAL})|({_LITERAL})`?,? (?:by|as(?: the)?) default\b"
)
_TYPES: dict[type, str] = {str: "str", int: "int", float: "float"}


def parameter_for_constant(changed: Changed) -> Iterator[Righted]:
    """Yield a parameter that the task states with its default in each place, and in all, that has that value now.

    Where a text is cut shorter by the length of that value, it is cut by the length of what is given.
    """
    if not _PARAMETER.search(changed.task) or "\ufeff" in changed.lines.text:
        return
    told = dict(stated(changed.task)) or dict(_told(changed.task))
    new = {name: value for name, value in told.items() if name not in parameters(changed.node)}
    if len(new) != 1:
        return
    ((name, literal),) = new.items()
    try:
        value = python_ast.literal_eval(literal)
    except (SyntaxError, ValueError):
        return
    if type(value) not in _TYPES or value == "" or _is_taken(changed, name):
        return
    named = {one for one, known in _top_constants(changed.tree) if _is_same(known, value)} - changed.own
    places = list(_places(changed, name, value, named))
    lengths = list(_lengths(changed, name, value))
    default = min(named) if len(named) == 1 and any(changed.looks(one) for one in named) else literal
    for chosen in ([one] for one in places) if len(places) < 2 else [places, *([one] for one in places)]:
        yield from _with(changed, name, default, value, [*chosen, *lengths])


def _is_taken(changed: Changed, name: str) -> bool:
    """Return whether a function speaks of something by a name already, its own or one from around it."""
    outer = [part.names for part in parts(changed) if isinstance(part, ast.Global | ast.Nonlocal)]
    return name in changed.own or bool(changed.looks(name)) or any(name in names for names in outer)


def _told(task: str) -> Iterator[tuple[str, str]]:
    """Yield the parameter that a task names and the default that it has for it, where it speaks of one of each."""
    names, values = set(_NAMED.findall(task)), {one or other for one, other in _BY_DEFAULT.findall(task)}
    if len(names) == len(values) == 1:
        yield names.pop(), values.pop()


def _top_constants(tree: ast.Module) -> Iterator[tuple[str, object]]:
    """Yield the names at the top of a file that are set once, to something written out, and what that is."""
    bound = Counter(
        part.id for part in ast.walk(tree) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    )
    for name, value in set_at_the_top(tree):
        if isinstance(value, ast.Constant) and bound[name] == 1:
            yield name, value.value


def _is_same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def _places(changed: Changed, name: str, value: object, named: set[str]) -> Iterator[Swap]:
    """Yield where a value stands in a function, written out, by a constant's name or as a word of an f-string."""
    beside = {
        id(inner)
        for part in parts(changed)
        # A name in a pattern would fit anything.
        if isinstance(part, ast.JoinedStr | ast.pattern)
        for inner in ast.walk(part)
    }
    for part in parts(changed):
        if isinstance(part, ast.JoinedStr) and isinstance(value, str) and (span := spot(changed, part)):
            begin, end = span
            text = changed.lines.text[begin:end]
            found = list(re.finditer(rf"(?<![\w{{:!]){re.escape(value)}(?![\w}}])", text))
            if len(found) == 1 and value not in {"'", '"'}:
                first, last = found[0].span()
                if meant(f"{text[:first]}{{{name}}}{text[last:]}") == _with_word(part, value, name):
                    yield begin + first, begin + last, f"{{{name}}}"
        is_it = isinstance(part, ast.Constant) and _is_same(part.value, value) and id(part) not in beside
        is_named = isinstance(part, ast.Name) and part.id in named and isinstance(part.ctx, ast.Load)
        # What stands alone is a docstring.
        is_there = (is_it or is_named) and not isinstance(changed.holders.get(id(part)), ast.Expr)
        if isinstance(part, ast.Constant | ast.Name) and is_there and (span := spot(changed, part)):
            yield (*span, _apart(changed, *span, name))


def _apart(changed: Changed, begin: int, end: int, name: str) -> str:
    """Return a name so that it does not run into the words beside it, as a text in quotes need not."""
    around = changed.lines.text[begin - 1 : begin] + changed.lines.text[end : end + 1]
    return f"({name})" if re.search(r"\w", around) else name


def _with_word(part: ast.JoinedStr, word: str, name: str) -> str:
    """Return the tree of an f-string with a name's value for a word of it; nothing where that is not there once."""
    places = [one for one in part.values if isinstance(one, ast.Constant) and word in str(one.value)]
    if len(places) != 1 or str(places[0].value).count(word) != 1:
        return ""
    ahead, _, behind = str(places[0].value).partition(word)
    at = part.values.index(places[0])
    new: list[ast.expr] = [ast.FormattedValue(ast.Name(name, ast.Load()), -1)]
    new = [*([ast.Constant(ahead)] if ahead else []), *new, *([ast.Constant(behind)] if behind else [])]
    return ast.dump(ast.JoinedStr([*part.values[:at], *new, *part.values[at + 1 :]]))


def _lengths(changed: Changed, name: str, value: object) -> Iterator[Swap]:
    """Yield where the length of a text is taken off."""
    for part in parts(changed):
        match part:
            case ast.BinOp(op=ast.Sub(), right=ast.Constant(value=int(number)) as length) if isinstance(value, str):
                if number == len(value) and (span := spot(changed, length)):
                    yield (*span, f"len({name})")


def _with(changed: Changed, name: str, default: str, value: object, swaps: list[Swap]) -> Iterator[Righted]:
    """Yield the file with other text at some places, and the parameter they speak of in the header."""
    body = changed.righted(f"`{name}` stands for {default}", *swaps)
    if body is None:
        return
    wrapper: Function = copy.deepcopy(changed.node)
    others = [one.node for one in parameters(wrapper).values() if one.node.arg not in {"self", "cls"}]
    is_typed = any(one.annotation for one in others)
    added = ast.arg(name, ast.Name(_TYPES[type(value)]) if is_typed else None)
    if wrapper.args.vararg or wrapper.args.kwonlyargs:
        wrapper.args.kwonlyargs.append(added)
        wrapper.args.kw_defaults.append(python_ast.parse(default, mode="eval").body)
    else:
        wrapper.args.args.append(added)
        wrapper.args.defaults.append(python_ast.parse(default, mode="eval").body)
    try:
        text = with_parameters((body.edits[0].after or b"").decode("utf-8"), changed.node, wrapper)
        text = _quoted_as_there(changed, text, default)
        python_ast.parse(text)
    except (CannotInline, SyntaxError, ValueError):
        return
    edit = changed.edit.model_copy(update={"after": text.encode("utf-8")})
    yield Righted(body.what, (edit,))


def _quoted_as_there(changed: Changed, text: str, default: str) -> str:
    """Return a file with a new default in double quotes, where the function has these and no others."""
    own = ast.get_source_segment(changed.lines.text, changed.node) or ""
    begins = changed.lines.start(changed.node.lineno)
    head, rest = text[:begins], text[begins:]
    if default.startswith("'") and '"' not in default and "\\" not in default and '"' in own and "'" not in own:
        rest = re.sub(rf"(= ?){re.escape(default)}", lambda found: f'{found[1]}"{default[1:-1]}"', rest, count=1)
    return f"{head}{rest}"
