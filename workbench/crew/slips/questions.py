"""A new case that is asked for by another parameter, or field, than the one that it is about."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.slips.righted import Changed, Righted
from workbench.edits.source import Lines

MOST = 3
"""Parameters that are tried in the place of one."""


def of_another(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with a new case asked for by another parameter that need not be given.

    A model that is told what to do without a `died` likes to ask for `born`, which stands in the line that it copies.
    An old case that had the same question, and was written over, comes before it again.
    """
    if changed.was is None:
        return
    was, old = parameters(changed.was), [one for one in ast.walk(changed.was) if isinstance(one, ast.If)]
    optional = [name for name, one in was.items() if one.written == "None"]
    for choice in ast.walk(changed.node):
        if not isinstance(choice, ast.If) or (asked := _asked(choice.test)) is None or asked.id not in was:
            continue
        if any(ast.dump(one) == ast.dump(choice) for one in old):
            continue
        span = changed.lines.span(asked)
        taken_over = [one for one in old if ast.dump(one.test) == ast.dump(choice.test)]
        kept = _kept(changed, taken_over[0], choice) if len(taken_over) == 1 else ""
        if kept is None or not changed.stand_there([span], asked.id):
            continue
        begin = changed.lines.span(choice)[0]
        for name in [one for one in optional if one != asked.id][:MOST]:
            swaps = [(*span, name), *([(begin, begin, kept)] if kept else [])]
            yield changed.righted(f"`{name}` is asked for and not `{asked.id}`", *swaps)


def of_its_field(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with a new case asked for by the field and not the parameter of its name, or the other way."""
    names = {part.attr for part in ast.walk(changed.node) if _is_own(part) and isinstance(part, ast.Attribute)}
    both = names & {*changed.names}
    for choice in changed.new:
        if not isinstance(choice, ast.If | ast.IfExp):
            continue
        for part in ast.walk(choice.test):
            match part:
                case ast.Name(id=name) if name in both:
                    old, new = name, f"self.{name}"
                case ast.Attribute(attr=name) if name in both and _is_own(part):
                    old, new = f"self.{name}", name
                case _:
                    continue
            span = changed.lines.span(part)
            if changed.stand_there([span], old):
                yield changed.righted(f"`{new}` is asked for and not `{old}`", (*span, new))


def _is_own(part: ast.AST) -> bool:
    match part:
        case ast.Attribute(value=ast.Name(id="self")):
            return True
    return False


def _asked(test: ast.expr) -> ast.Name | None:
    """Return the one name of which a question asks whether it is there."""
    match test:
        case ast.Name() as name:
            return name
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name() as name):
            return name
        case ast.Compare(left=ast.Name() as name, ops=[ast.Is() | ast.IsNot()], comparators=[ast.Constant(value=None)]):
            return name
    return None


def _kept(changed: Changed, old: ast.If, new: ast.If) -> str | None:
    """Return the lines of an old choice, to stand before a new one; nothing where it is there, None if it cannot."""
    if ast.dump(old) in {ast.dump(one) for one in ast.walk(changed.node) if isinstance(one, ast.If)}:
        return ""
    before, lines = Lines((changed.edit.before or b"").decode("utf-8")), changed.lines
    begin, end = before.span(old)
    margin = lines.indent(new.lineno)
    is_at_margin = not before.text[before.start(old.lineno) : begin].strip() and before.indent(old.lineno) == margin
    # `elif` begins with its question, as `if` does, and belongs to another choice.
    if not is_at_margin or not lines.text[lines.span(new)[0] :].startswith("if ") or "\r" in before.text[begin:end]:
        return None
    return f"{before.text[begin:end]}\n{margin}"
