"""A key that is counted up though nothing set it: `counts[name] += 1` raises KeyError for the first of each name."""

from __future__ import annotations

import ast
import re

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import fields_beside
from workbench.crew.slips.righted import Changed, Righted, holders_of

_NUMBERS = frozenset({"int", "float"})
_REFUSES = re.compile(
    r"\b(?:(?:Key|Lookup)Error|rais\w*|unknown|exists?|errors?|refus\w*|reject\w*|fails?)\b", re.IGNORECASE
)
_READS = frozenset({"get", "items", "keys", "values", "copy"})
_BINDS_TIGHTER = (ast.Name, ast.Attribute, ast.Constant, ast.Call, ast.Subscript)
_ASKS = frozenset({"len", "sorted", "list", "dict", "sum", "max", "min", "any", "all", "bool", "enumerate", "repr"})


def from_nothing(changed: Changed) -> Righted | None:
    """Return the answer with what is counted up begun at 0 where the key is not there yet.

    `points[who] += 3` is `points[who] = points.get(who, 0) + 3`, where the old line set that key, or no line does.
    """
    if _REFUSES.search(changed.task):
        return None
    for part in changed.new:
        match part:
            case ast.AugAssign(
                target=ast.Subscript(value=ast.Name() | ast.Attribute() as held, slice=key) as place,
                op=ast.Add(),
                value=value,
            ) if _is_simple(key) and _is_number(changed, held, value) and _is_table(changed, held):
                is_needed = _was_set(changed, held, key) or _is_set_nowhere(changed, held, place)
            case _:
                continue
        if is_needed and not _is_asked(changed, held) and not _is_begun(changed, place):
            where, which, more = ast.unparse(held), ast.unparse(key), ast.unparse(value)
            more = more if isinstance(value, _BINDS_TIGHTER) else f"({more})"
            new = f"{where}[{which}] = {where}.get({which}, 0) + {more}"
            span = changed.lines.span(part)
            if "#" not in changed.lines.text[slice(*span)]:
                return changed.righted(f"`{where}[{which}]` begins at 0", (*span, new))
    return None


def _is_simple(key: ast.expr) -> bool:
    """Return whether a key can be asked for twice."""
    return all(isinstance(part, ast.Name | ast.Attribute | ast.Constant | ast.expr_context) for part in ast.walk(key))


def _is_number(changed: Changed, held: ast.expr, value: ast.expr) -> bool:
    """Return whether what is added is surely a number: it is one, or the file says so of it or of the table."""
    match value:
        case ast.Constant(value=number):
            return isinstance(number, int | float) and not isinstance(number, bool)
        case ast.Name(id=name) if name in (known := parameters(changed.node)) and not changed.sets(name):
            kind = known[name].node.annotation
            if kind is not None:
                return ast.unparse(kind) in _NUMBERS
    table = _kind(changed, held).rpartition("[")[2].removesuffix("]")
    return table.rpartition(", ")[2] in _NUMBERS


def _kind(changed: Changed, held: ast.expr) -> str:
    """Return the type that the file states of a table; nothing where it states none."""
    for part in ast.walk(changed.tree):
        match part:
            case ast.AnnAssign(target=target, annotation=kind) if ast.unparse(target) == ast.unparse(held):
                return ast.unparse(kind)
    return fields_beside(changed, held.attr).get(held.attr, "") if isinstance(held, ast.Attribute) else ""


def _is_table(changed: Changed, held: ast.expr) -> bool:
    """Return whether a name is only ever set to a plain table, so to none that knows what is not in it."""
    where = ast.unparse(held)
    if isinstance(held, ast.Name) and (held.id in parameters(changed.node) or not changed.sets(held.id)):
        return False
    if isinstance(held, ast.Attribute) and not (isinstance(held.value, ast.Name) and held.value.id == "self"):
        return False
    within = changed.node if isinstance(held, ast.Name) else changed.tree
    values: list[ast.expr | None] = []
    for part in ast.walk(within):
        match part:
            case ast.Assign(targets=targets, value=value) if where in map(ast.unparse, targets):
                values.append(value)
            case ast.AnnAssign(target=target, value=value) if ast.unparse(target) == where:
                values.append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if where == f"self.{name}":
                values.append(value)
    return bool(values) and all(value is not None and _is_plain(value) for value in values)


def _is_plain(value: ast.expr) -> bool:
    match value:
        case ast.Dict() | ast.DictComp() | ast.Call(func=ast.Name(id="dict")):
            return True
        case ast.Call(func=ast.Name(id="field"), args=[], keywords=[ast.keyword(value=ast.Name(id="dict"))]):
            return True
    return False


def _was_set(changed: Changed, held: ast.expr, key: ast.expr) -> bool:
    """Return whether the function set that key before, whatever was there."""
    place = f"{ast.unparse(held)}[{ast.unparse(key)}]"
    for one in changed.was.body if changed.was else []:
        match one:
            case ast.Assign(targets=[target], value=value) if ast.unparse(target) == place:
                return place not in ast.unparse(value)
    return False


def _is_set_nowhere(changed: Changed, held: ast.expr, but: ast.Subscript) -> bool:
    """Return whether no other line can put something into a table that begins empty."""
    within = changed.node if isinstance(held, ast.Name) else changed.tree
    holders = holders_of(within)
    last = held.attr if isinstance(held, ast.Attribute) else ""
    for part in ast.walk(within):
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name) and part.target.id == last:
            # A field that whoever makes one may give.
            return False
        is_it = (isinstance(part, ast.Attribute) and part.attr == last) or (
            isinstance(part, ast.Name) and isinstance(held, ast.Name) and part.id == held.id
        )
        holder = holders.get(id(part))
        if not is_it or (isinstance(holder, ast.Subscript) and ast.dump(holder) == ast.dump(but)):
            continue
        match holder:
            case ast.Subscript(ctx=ast.Load()) | ast.Compare() | ast.For() | ast.comprehension() | ast.Return():
                continue
            case ast.Attribute(attr=attr) if attr in _READS:
                continue
            case ast.Call(func=ast.Name(id=name)) if name in _ASKS:
                continue
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value) if _is_empty(value):
                continue
        return False
    return True


def _is_empty(value: ast.expr) -> bool:
    match value:
        case ast.Dict(keys=keys):
            return not keys
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=[]):
            return True
    return False


def _is_begun(changed: Changed, place: ast.Subscript) -> bool:
    """Return whether the function sets that key elsewhere, under whatever condition."""
    targets = (target for part in ast.walk(changed.node) if isinstance(part, ast.Assign) for target in part.targets)
    return any(ast.dump(target) == ast.dump(place) for target in targets)


def _is_asked(changed: Changed, held: ast.expr) -> bool:
    """Return whether the function asks what is in a table, or minds that something is not."""
    where = ast.unparse(held)
    for part in ast.walk(changed.node):
        match part:
            case ast.Try() | ast.TryStar():
                return True
            case ast.Compare(ops=ops, comparators=comparators) if any(isinstance(op, ast.In | ast.NotIn) for op in ops):
                if where in map(ast.unparse, comparators):
                    return True
            case ast.Attribute(value=value, attr="get" | "setdefault" | "keys") if ast.unparse(value) == where:
                return True
    return False
