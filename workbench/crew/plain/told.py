"""What a function that gives nothing back should tell: how many it removed, whether it did, or what is left now."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import (
    Finder,
    Sure,
    Swap,
    class_around,
    declared_fields,
    parts,
    put,
    said_as,
    written,
)
from workbench.crew.plain.rows import before, behind, free_name, gives_nothing, instead, with_result
from workbench.crew.slips.righted import Changed, Righted

_TELLS = r"\b(?:return|returns|give back|gives back|give us|tell|tells|report|say)\b"
_HOW_MANY = said_as(
    rf"{_TELLS}[^.;]{{0,40}}\b(?:how many|(?:the )?number of|(?:the )?count)\b[^.;]{{0,60}}"
    r"\b(?:remov|delet|drop|clear|purg|clean|throw|thrown|expir|gone|forgot|discard)\w*"
)
_IF_NONE = said_as(r"\bNone\b|\b(?:if|when|where) (?:there|it|nothing|nobody)\b|\bempty\b")
_COUNTED = said_as(r"\b(?:how many|number of|count of) (?:the |different )?([a-z]+)\b")
_WHETHER = said_as(
    r"\bTrue\b[^.;]{0,90}\bFalse\b|\bFalse\b[^.;]{0,90}\bTrue\b"
    rf"|{_TELLS}(?: the caller| me| us)? (?:whether|if)\b|\bwhether it (?:worked|did)\b"
)
_WHAT = said_as(
    rf"{_TELLS}(?: the caller| me| us)? (?:the|what|which|that) (?P<what>[a-z]\w*)"
    r"(?: that| which| it| she| he| has| was| were)*"
    r" (?:remov|delet|cancel|tak|pop|drop|clos|end|releas|return|free|giv|servi|call|found)\w*"
)
_LEFT = said_as(
    rf"{_TELLS}[^.;]{{0,30}}\b(?:(?:new|current|remaining|resulting|updated) (?P<what>[a-z_]\w*)"
    r"|how (?:many|much) (?:(?P<unit>[a-z]\w*) )?(?:is|are|it|there|we|remain)\w*(?: [a-z]+){0,2} ?(?:left|then|now)?"
    r"|the (?P<rest>[a-z]\w*) (?:then|now|afterwards|after(?: that)?|that (?:is|are) left))\b"
)
_NOT_ASKED = said_as(r"\b(?:not|never|no longer|stop) (?:to )?(?:return|give|tell|report)\w*\b")


def _is_asked(changed: Changed, words: re.Pattern[str]) -> re.Match[str] | None:
    found = words.search(changed.task)
    return found if found and gives_nothing(changed.node) and not _NOT_ASKED.search(changed.task) else None


def how_many_removed(changed: Changed) -> Iterator[Righted]:
    """Yield the number of things that a function removed given back, of a list made anew or a loop that removes."""
    if not _is_asked(changed, _HOW_MANY) or any(isinstance(part, ast.Return) for part in parts(changed)):
        return
    kind, last = list(with_result(changed, "int")), changed.node.body[-1]
    match last:
        case ast.Assign(targets=[ast.Name() | ast.Attribute() | ast.Subscript() as held], value=made):
            name, kept = free_name(changed, "before", "count", "old_count"), ast.unparse(held)
            if kept.endswith("[:]"):
                kept = kept.removesuffix("[:]")
            named = [ast.unparse(part) for part in ast.walk(made) if isinstance(part, ast.Name | ast.Attribute)]
            # `before` is often what the things are compared with.
            is_filter = isinstance(made, ast.ListComp | ast.DictComp | ast.SetComp) and kept in named
            ahead = before(changed, last, [f"{name} = len({kept})"])
            after = behind(changed, last, [f"return {name} - len({kept})"])
            if is_filter and name and ahead and after and not changed.hides("len"):
                yield from put(changed, "how many it removed", ahead, after, *kind)
        case ast.For(iter=ast.Name(id=gone), orelse=[]):
            after = behind(changed, last, [f"return len({gone})"])
            value = next((one.value for one in _set_once(changed, gone)), None)
            removes = any(isinstance(part, ast.Delete) for part in last.body) or _pops(last)
            if after and removes and isinstance(value, ast.ListComp | ast.List) and not changed.hides("len"):
                yield from put(changed, "how many it removed", after, *kind)


def _set_once(changed: Changed, name: str) -> list[ast.Assign]:
    every = [part for part in changed.node.body if isinstance(part, ast.Assign)]
    found = [one for one in every if ast.unparse(one.targets[0]) == name]
    return found if len(changed.sets(name)) == 1 == len(found) else []


def _pops(loop: ast.For) -> bool:
    return any(re.match(r"[\w.]+\.(?:pop|remove|discard)\(", ast.unparse(one)) for one in loop.body)


def whether_done(changed: Changed) -> Iterator[Righted]:
    """Yield True given back where a function does what it is for, and False where it finds nothing to do.

    That is a question that is its last statement, one that leaves early, or a loop that leaves when it has done it.
    """
    if not _is_asked(changed, _WHETHER):
        return
    kind, last = list(with_result(changed, "bool")), changed.node.body[-1]
    bare = [part for part in parts(changed) if isinstance(part, ast.Return)]
    match last:
        case ast.If(body=[*_, did], orelse=[]) if not bare:
            yield from _with_ends(changed, (did, "return True"), (last, "return False"), kind)
        case ast.If(body=[*_, did], orelse=[*_, other]) if not bare and not isinstance(other, ast.If | ast.Raise):
            yield from _with_ends(changed, (did, "return True"), (other, "return False"), kind)
        case ast.For(orelse=[]) if len(bare) == 1 and any(part is bare[0] for part in ast.walk(last)):
            end = behind(changed, last, ["return False"])
            swap = instead(changed, bare[0], ["return True"])
            yield from put(changed, "whether it did", swap, end, *kind) if swap and end else ()
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="pop"), args=[_, ast.Constant(value=None)]) as call):
            swap = instead(changed, last, [f"return {written(changed, call)} is not None"])
            yield from put(changed, "whether it did", swap, *kind) if swap and not bare else ()
        case _ if len(bare) == 1 and isinstance(changed.holders.get(id(bare[0])), ast.If):
            end, swap = behind(changed, last, ["return True"]), instead(changed, bare[0], ["return False"])
            is_simple = isinstance(last, ast.Assign | ast.AugAssign | ast.Expr | ast.Delete)
            yield from put(changed, "whether it did", swap, end, *kind) if swap and end and is_simple else ()


def _with_ends(
    changed: Changed, yes: tuple[ast.stmt, str], no: tuple[ast.stmt, str], kind: list[Swap]
) -> Iterator[Righted]:
    ends = [behind(changed, one, [row]) for one, row in (yes, no)]
    if ends[0] and ends[1]:
        first, second = ends[0], ends[1]
        # The last statement of a question ends where the question does.
        swaps = [(first[0], first[1], first[2] + second[2])] if first[0] == second[0] else [first, second]
        yield from put(changed, "whether it did", *swaps, *kind)


def what_was_removed(changed: Changed) -> Iterator[Righted]:
    """Yield what a function takes away given back: the thing of a loop that is removed, or what is popped."""
    if not _is_asked(changed, _WHAT):
        return
    for part in parts(changed):
        match part:
            case ast.For(target=ast.Name(id=name), iter=held) as loop:
                bare = [one for one in ast.walk(loop) if isinstance(one, ast.Return)]
                removed = f".remove({name})" in ast.unparse(loop)
                swap = instead(changed, bare[0], [f"return {name}"]) if len(bare) == 1 and removed else None
                element = _element(changed, held)
                goes_on = loop is changed.node.body[-1]
                kind = list(with_result(changed, f"{element} | None" if element and goes_on else element))
                nothing = behind(changed, loop, ["return None"]) if goes_on else None
                ends = [nothing] if nothing else []
                yield from put(changed, f"`{name}` is given back", swap, *ends, *kind) if swap else ()
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=held, attr="pop")) as call) if (
                part is changed.node.body[-1] and (len(call.args) > 1 or not _IF_NONE.search(changed.task))
            ):
                swap = instead(changed, part, [f"return {written(changed, call)}"])
                end = " | None" if len(call.args) > 1 else ""
                element = _element(changed, held)
                kind = list(with_result(changed, f"{element}{end}" if element else ""))
                yield from put(changed, "what is taken is given back", swap, *kind) if swap else ()


def what_is_left(changed: Changed) -> Iterator[Righted]:
    """Yield the number that a method changes last given back, or what the class works out of that name."""
    found, owner = _is_asked(changed, _LEFT), class_around(changed)
    if found is None or owner is None or any(isinstance(part, ast.Return) for part in parts(changed)):
        return
    last = changed.node.body[-1]
    word = (found["what"] or found["unit"] or found["rest"] or "").lower()
    methods = {one.name: one for one in owner.body if isinstance(one, ast.FunctionDef)}
    if word in methods and methods[word] is not changed.node and len(methods[word].args.args) == 1:
        one = methods[word]
        is_field = any("property" in ast.unparse(each) for each in one.decorator_list)
        new, kind = f"self.{word}{'' if is_field else '()'}", ast.unparse(one.returns) if one.returns else ""
    elif isinstance(last, ast.AugAssign) and isinstance(last.target, ast.Attribute):
        new, kind = ast.unparse(last.target), declared_fields(owner).get(last.target.attr, "")
    elif isinstance(last, ast.AugAssign | ast.Assign) and word and f"self.{word}" in ast.unparse(last):
        new, kind = f"self.{word}", declared_fields(owner).get(word, "")
    else:
        return
    end = behind(changed, last, [f"return {new}"])
    is_simple = isinstance(last, ast.Assign | ast.AugAssign | ast.Expr | ast.Delete)
    yield from put(changed, f"`{new}` is given back", end, *with_result(changed, kind)) if end and is_simple else ()


def _element(changed: Changed, held: ast.expr) -> str:
    """Return the type of the things of a field, as its class says it; nothing where that is not said."""
    owner = class_around(changed)
    if owner is None or not isinstance(held, ast.Attribute):
        return ""
    declared = [one for one in ast.walk(owner) if isinstance(one, ast.AnnAssign)]
    kinds = {
        ast.unparse(one.annotation) for one in declared if ast.unparse(one.target) in {held.attr, ast.unparse(held)}
    }
    found = re.fullmatch(
        r"(?:[Ll]ist|[Dd]ict|deque|[Ss]et)\[(?:\w+, )?(?P<one>[\w.]+)\]", kinds.pop() if len(kinds) == 1 else ""
    )
    return found["one"] if found else ""


FINDERS: tuple[Finder, ...] = (how_many_removed, whether_done, what_was_removed, what_is_left)
_ALONE = (
    r"^(?!.*\b(?:unless|except|also|rais\w*|log\w*|print\w*|parameter|option\w*|only|and (?:then|leave|keep|sort|those"
    r"|the|of|how|what)"
    r"|per|(?:removed|deleted|dropped|cleared) (?:who|whose|with|from)"
    r"|or (?!None\b|nothing\b|no\b))\b)"
)


def _is_own(one: ast.Attribute) -> bool:
    return isinstance(one.value, ast.Name) and one.value.id == "self"


def surely_how_many(changed: Changed) -> Iterator[Righted]:
    """Yield the number of what is removed given back, where no field of it is what is to be counted."""
    fields = {ast.unparse(one.target) for one in ast.walk(changed.tree) if isinstance(one, ast.AnnAssign)}
    # What the method takes things from may be called so.
    fields -= {one.attr for one in ast.walk(changed.node) if isinstance(one, ast.Attribute) and _is_own(one)}
    counted = {one.lower() for one in _COUNTED.findall(changed.task)}
    if not {end for one in counted for end in (one, one.removesuffix("s"))} & fields:
        yield from how_many_removed(changed)


SURE: tuple[Sure, ...] = (
    (surely_how_many, said_as(_ALONE), 1),
    (what_was_removed, said_as(_ALONE), 1),
)
