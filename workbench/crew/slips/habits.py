"""What the old lines do to a name wherever they look at it, forgotten where new lines look at it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import Function
from workbench.crew.slips.righted import Changed, Righted, holders_of
from workbench.crew.wrapping.tail import stored

_CLEANS = frozenset({"strip", "lower", "upper", "casefold"})
_OF_CLEANING = re.compile(
    r"\b(?:\w*case|\w*spaces?|blanks?|strip\w*|trim\w*|indent\w*|leading|trailing|exact\w*|raw|verbatim|original\w*"
    r"|unchanged|untouched|as (?:it|they) (?:is|are|was|were|comes?)|as (?:given|written|typed|entered)|letters?"
    r"|spel\w+|capital\w*)\b",
    re.IGNORECASE,
)
"""How a task speaks of what is cleaned and what is not: then a look at a name as it comes may be meant."""

_MAKES = frozenset({"strip", "lower", "upper", "casefold", "title", "capitalize", "rstrip", "lstrip"})
"""Methods of texts, called with nothing, that make another text of one."""

_KEEPS = re.compile(
    r"\b(?:keep\w*|kept|preserv\w*|leading|trailing|strip\w*|trim\w*|around|unchanged|untouched|raw|verbatim|exact\w*"
    r"|no longer|instead|rather)\b",
    re.IGNORECASE,
)
"""How a task says that what stands at a text's ends is to stay."""

_TAKES_OUT = frozenset({"replace", "translate"})
_IN_BETWEEN = frozenset({"lower", "upper", "casefold", "title", *_TAKES_OUT})
_LINE_ENDS = frozenset({"\n", "\r\n", "\r"})

_ASKS = frozenset({"isinstance", "len", "type", "str", "repr", "print", "bool", "id", "hash", "format"})
_SAYS = re.compile(
    r"(?:\w*(?:Error|Exception|Warning)|debug|info|warn|warning|error|exception|critical|log|write|format)$"
)


def cleaned_as_ever(changed: Changed) -> Righted | None:
    """Return the answer with a name cleaned where it is an argument, if the old function cleans it at every look.

    What was read with blanks around it, or in any case, is to be read so still.
    """
    if changed.was is None or changed.added or _OF_CLEANING.search(changed.task):
        return None
    bound = stored([changed.was])
    for name, chain in _habits(changed.was):
        if name in stored([changed.node]) - bound or changed.asks_for_type(name) or _is_other_too(changed, name):
            continue
        # Who no longer cleans it at all means that, and who hands it on both ways to the same means that too.
        cleaned = [look for look in changed.looks(name) if _chain(changed.holders, look) == chain]
        if not cleaned or any(_taken_by(changed, look) & _given_to(changed, name) for look in cleaned):
            continue
        bare = [look for look in changed.looks(name) if _chain(changed.holders, look) == "" and _is_used(changed, look)]
        spans = [changed.lines.span(look) for look in bare]
        said = f"{name}{chain}"
        if bare and not _is_cleaned_itself(changed.node, name) and changed.stand_there(spans, name):
            return changed.righted(f"`{said}`, as before", *((*span, said) for span in spans))
    return None


def still_stripped(changed: Changed) -> Righted | None:
    """Return the answer with a name stripped first, if the old function strips it at every look and the new nowhere.

    A model that takes more out of a text likes to write that in the place of what was taken out before. Who only looks
    at its beginning or its end, or cuts its line's end off, may well mean to.
    """
    if changed.was is None or _KEEPS.search(changed.task) or "strip(" in ast.unparse(changed.node):
        return None
    if not any(map(_takes_out, changed.new)):
        return None
    for name, chain in _habits(changed.was):
        spans = [changed.lines.span(look) for look in changed.looks(name)]
        held = [changed.holders.get(id(look)) for look in changed.looks(name)]
        are_texts = held and all(isinstance(one, ast.Attribute) and one.attr in _IN_BETWEEN for one in held)
        is_plain = are_texts and changed.stand_there(spans, name) and not _is_cleaned_itself(changed.node, name)
        if chain.startswith(".strip()") and is_plain and not _is_other_too(changed, name):
            return changed.righted(f"`{name}.strip()`, as before", *((*span, f"{name}.strip()") for span in spans))
    return None


def keys_as_ever(changed: Changed) -> Righted | None:
    """Return the answer with a name cleaned wherever it is a key, if the old function cleans it and the new nowhere."""
    if changed.was is None or _OF_CLEANING.search(changed.task):
        return None
    for name, chain in _habits(changed.was):
        looks = changed.looks(name)
        are_keys = looks and all(_is_key(changed, look) for look in looks)
        if not are_keys or not chain.startswith(".strip()") or _is_other_too(changed, name):
            continue
        spans = [changed.lines.span(look) for look in looks]
        if _bindings(changed.was, name) == _bindings(changed.node, name) and changed.stand_there(spans, name):
            return changed.righted(f"`{name}{chain}`, as before", *((*span, f"{name}{chain}") for span in spans))
    return None


def _is_key(changed: Changed, look: ast.Name) -> bool:
    """Return whether something is stored or looked for by a name."""
    match changed.holders.get(id(look)):
        case ast.Subscript(slice=key):
            return key is look
        case ast.Compare(left=left, ops=[ast.In() | ast.NotIn()]):
            return left is look
        case ast.Call(func=ast.Attribute(attr="get" | "setdefault" | "pop" | "add" | "append"), args=[first, *_]):
            return first is look
    return False


def _bindings(node: Function, name: str) -> list[str]:
    """Return what sets a name, as it is written: parameters and statements."""
    own = [part.arg for part in ast.walk(node) if isinstance(part, ast.arg) and part.arg == name]
    holders = holders_of(node)
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id == name and isinstance(part.ctx, ast.Store):
            holder: ast.AST | None = part
            while holder is not None and not isinstance(holder, ast.stmt | ast.comprehension):
                holder = holders.get(id(holder))
            match holder:
                case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                    own.append(f"{ast.unparse(target)} in {ast.unparse(value)}")
                case ast.stmt() if not getattr(holder, "body", None):
                    own.append(ast.unparse(holder))
                case _:
                    own.append("")
    return own


def called_as_ever(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with a method called on what it returns that the old function called, and no new line does."""
    if changed.was is None:
        return
    called, gone = set(_methods(changed.node)), dict.fromkeys(_methods(changed.was))
    returns = [part for part in ast.walk(changed.node) if isinstance(part, ast.Return) and part.value is not None]
    for name in gone:
        if name in _MAKES - called and len(returns) == 1 and isinstance(value := returns[0].value, ast.Call | ast.Name):
            end = changed.lines.span(value)[1]
            yield changed.righted(f"`.{name}()` is called on what is returned, as before", (end, end, f".{name}()"))


def _methods(node: ast.AST) -> Iterator[str]:
    """Yield the methods that are called with nothing."""
    for part in ast.walk(node):
        match part:
            case ast.Call(func=ast.Attribute(attr=name), args=[], keywords=[]):
                yield name


def _takes_out(part: ast.AST) -> bool:
    match part:
        case ast.Call(func=ast.Attribute(attr="replace"), args=[ast.Constant(value=str() as sign), *_]):
            return sign not in _LINE_ENDS
        case ast.Call(func=ast.Attribute(attr=attr)):
            return attr in _TAKES_OUT
    return False


def _habits(was: Function) -> Iterator[tuple[str, str]]:
    """Yield the names that a function cleans in the same way whenever it looks at them, and how."""
    holders = holders_of(was)
    chains: dict[str, set[str]] = {}
    for part in ast.walk(was):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
            chains.setdefault(part.id, set()).add(_chain(holders, part))
    for name, found in chains.items():
        if len(found) == 1 and "" not in found:
            yield name, found.pop()


def _chain(holders: dict[int, ast.AST], look: ast.AST) -> str:
    """Return what is called on a name to clean it, as it is written; nothing where nothing is."""
    said = ""
    while True:
        match holders.get(id(look)):
            case ast.Attribute(value=value, attr=attr) as method if value is look and attr in _CLEANS:
                call = holders.get(id(method))
                if not isinstance(call, ast.Call) or call.func is not method or call.args or call.keywords:
                    return said
                said, look = f"{said}.{attr}()", call
            case _:
                return said


def _is_other_too(changed: Changed, name: str) -> bool:
    """Return whether a name may stand for None, or for something else in a function of its own."""
    own = sum(part.arg == name for part in ast.walk(changed.node) if isinstance(part, ast.arg))
    was = sum(part.arg == name for part in ast.walk(changed.was or changed.node) if isinstance(part, ast.arg))
    asked = [
        part for part in ast.walk(changed.node) if isinstance(part, ast.Compare) and ast.unparse(part.left) == name
    ]
    return own > was or any(
        isinstance(one, ast.Constant) and one.value is None for part in asked for one in ast.walk(part)
    )


def _given_to(changed: Changed, name: str) -> set[str]:
    """Return the functions that a name is handed to as it comes."""
    bare = (changed.holders.get(id(look)) for look in changed.looks(name) if not _chain(changed.holders, look))
    return {ast.unparse(holder.func) for holder in bare if isinstance(holder, ast.Call)}


def _taken_by(changed: Changed, look: ast.AST) -> set[str]:
    """Return the function that a name is handed to once it is cleaned."""
    holder = changed.holders.get(id(look))
    while isinstance(holder, ast.Attribute) or (isinstance(holder, ast.Call) and holder.func is look):
        look, holder = holder, changed.holders.get(id(holder))
    return {ast.unparse(holder.func)} if isinstance(holder, ast.Call) else set()


def _is_used(changed: Changed, look: ast.Name) -> bool:
    """Return whether a look hands a name on as an argument; not in a question alone, nor to say what was wrong."""
    if isinstance(_statement(changed, look), ast.Raise):
        return False
    match changed.holders.get(id(look)):
        case ast.Call(func=ast.Name(id=asks)) if asks in _ASKS:
            return False
        case ast.Call(func=ast.Name(id=says) | ast.Attribute(attr=says)) if _SAYS.match(says):
            return False
        case ast.Call(args=args):
            return any(one is look for one in args) and not _hands_on(changed, look)
    return False


def _statement(changed: Changed, look: ast.AST) -> ast.AST | None:
    holder: ast.AST | None = look
    while holder is not None and not isinstance(holder, ast.stmt):
        holder = changed.holders.get(id(holder))
    return holder


def _hands_on(changed: Changed, look: ast.Name) -> bool:
    """Return whether a name is handed to the function itself, which cleans it."""
    holder = changed.holders.get(id(look))
    called = ast.unparse(holder.func) if isinstance(holder, ast.Call) else ""
    return called.rpartition(".")[2] == changed.node.name


def _is_cleaned_itself(node: Function, name: str) -> bool:
    """Return whether a function sets a name to something it makes of it."""
    for part in ast.walk(node):
        match part:
            case ast.AugAssign(target=ast.Name(id=target)) if target == name:
                return True
            case ast.Assign(targets=targets, value=ast.expr() as value):
                goals: list[ast.expr] = targets
            case ast.AnnAssign(target=goal, value=ast.expr() as value) | ast.NamedExpr(target=goal, value=value):
                goals = [goal]
            case _:
                continue
        if name in map(ast.unparse, goals) and name in {getattr(inner, "id", "") for inner in ast.walk(value)}:
            return True
    return False
