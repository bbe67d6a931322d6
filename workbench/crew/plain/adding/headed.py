"""A new parameter in a function's header, and in its docstring where that speaks of each one."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator, Sequence

from workbench import python_ast
from workbench.crew.judging.stated import Function, parameters
from workbench.crew.plain.places import Swap, put
from workbench.crew.slips.righted import Changed, Righted
from workbench.crew.wrapping.header import with_parameters
from workbench.crew.wrapping.tail import CannotInline

_HEADER = re.compile(r"(?P<begin>(?P<margin>[ \t]*)(?:async )?def \w+\()(?P<inner>.*)(?P<end>\)[^()]*:)")
_BY_NAME = re.compile(r"\b[Kk]eyword[- ]only\b|\bonly (?:by (?:name|keyword)|as a keyword)\b")
_USUAL = 88
"""Characters of a line that need no reason."""

_LONGEST = 120
_MOST_OF_ARGS = re.compile(
    r"^(?P<margin>[ \t]*)(?:Args|Arguments):[ \t]*\n(?P<rows>(?:(?P=margin)[ \t]+\S.*\n)+)", re.MULTILINE
)


def is_typed(changed: Changed) -> bool:
    """Return whether a function's parameters have their types, or what it gives where it has no other."""
    others = [one.node for one in parameters(changed.node).values() if one.node.arg not in {"self", "cls"}]
    return any(one.annotation for one in others) if others else changed.node.returns is not None


def or_none(changed: Changed, kind: str) -> str:
    """Return the type of what may be left out, as the file writes such types."""
    if re.search(r"\bNone\b|\bOptional\b|\bAny\b", kind):
        return kind
    is_old = re.search(r"^from typing import .*\bOptional\b", changed.lines.text, re.MULTILINE)
    return f"Optional[{kind}]" if is_old else f"{kind} | None"


def with_parameter(
    changed: Changed, what: str, added: tuple[str, str, str], swaps: Sequence[Swap], about: str = ""
) -> Iterator[Righted]:
    """Yield the file with other text at some places, and the parameter they speak of last in the header.

    Args:
        changed: the function.
        what: what is done.
        added: the parameter's name, its type, which is left out where the others have none, and its default.
        swaps: the places below the header.
        about: what it is, for a docstring that has an entry for each parameter.
    """
    body = next(put(changed, what, *swaps), None)
    if body is None:
        return
    name, kind, default = added
    wrapper: Function = copy.deepcopy(changed.node)
    annotation = python_ast.parse(kind, mode="eval").body if kind and is_typed(changed) else None
    value = python_ast.parse(default, mode="eval").body
    argument = ast.arg(name, annotation)
    if wrapper.args.vararg or wrapper.args.kwonlyargs or _BY_NAME.search(changed.task):
        wrapper.args.kwonlyargs.append(argument)
        wrapper.args.kw_defaults.append(value)
    else:
        wrapper.args.args.append(argument)
        wrapper.args.defaults.append(value)
    try:
        # What is imported above it moves it down.
        text, above = (body.edits[0].after or b"").decode("utf-8"), ""
        moved = sum(new.count("\n") for begin, _, new in swaps if begin < changed.lines.start(changed.node.lineno))
        if moved:
            rows = text.split("\n")
            above, text = "\n".join(rows[:moved]) + "\n", "\n".join(rows[moved:])
        text = with_parameters(text, changed.node, wrapper)
        text = _wrapped(changed, _entered(changed, _quoted_as_there(changed, text, default), name, about))
        python_ast.parse(above + text)
    except (CannotInline, SyntaxError, ValueError):
        return
    edit = changed.edit.model_copy(update={"after": (above + text).encode("utf-8")})
    yield Righted(body.what, (edit,))


def _quoted_as_there(changed: Changed, text: str, default: str) -> str:
    """Return a file with a new default in double quotes, where the function has these and no others."""
    own = ast.get_source_segment(changed.lines.text, changed.node) or ""
    begins = changed.lines.start(changed.node.lineno)
    head, rest = text[:begins], text[begins:]
    is_double = '"' in own and "'" not in re.sub(r'"[^"\n]*"', "", own)
    if default.startswith("'") and '"' not in default and "\\" not in default and is_double:
        rest = re.sub(rf"(= ?){re.escape(default)}", lambda found: f'{found[1]}"{default[1:-1]}"', rest, count=1)
    return f"{head}{rest}"


def _entered(changed: Changed, text: str, name: str, about: str) -> str:
    """Return a file with a line about the parameter behind those about the others."""
    begins = changed.lines.start(changed.node.lineno)
    found = _MOST_OF_ARGS.search(text, begins)
    docstring = ast.get_docstring(changed.node, clean=False) or ""
    if not about or found is None or found[0].split("\n")[0].strip() not in docstring or "rgs:" not in docstring:
        return text
    margin = re.match(r"[ \t]*", found["rows"]).group()  # type: ignore[union-attr]
    said = about[0].upper() + about[1:] if re.match(r"\s*\w+(?: \([^)]*\))?: [A-Z]", found["rows"]) else about
    return f"{text[: found.end()]}{margin}{name}: {said}.\n{text[found.end() :]}"


def _wrapped(changed: Changed, text: str) -> str:
    """Return a file with the header on several lines, where it has become longer than its lines are."""
    begin = changed.lines.start(changed.node.lineno)
    row = text[begin:].partition("\n")[0]
    longest = max(len(one) for one in changed.lines.text.split("\n"))
    found = _HEADER.fullmatch(row)
    if found is None or len(row) <= min(max(longest, _USUAL), _LONGEST):
        return text
    margin = found["margin"]
    new = f"{found['begin']}\n{margin}    {found['inner']}\n{margin}{found['end']}"
    return f"{text[:begin]}{new}{text[begin + len(row) :]}"
