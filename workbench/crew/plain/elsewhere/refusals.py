"""Numbers refused that a task calls too little, in JavaScript and Go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere, first_statement, given_to, result_of
from workbench.edits.foreign.nodes import in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

FAILS = re.compile(
    r"\b(?:throw|raise|return|give|want)s? an? `?(?P<error>[A-Z]\w*Error|Error|error)\b|\b(?:an )?error\b"
)
_TOO_LITTLE = re.compile(
    r"\b(?:less|fewer|lower|smaller) than (?P<least>\d+(?:\.\d+)?|one\b)"
    r"|\b(?:below|under) (?P<below>\d+(?:\.\d+)?|zero\b)"
    r"|\b(?P<positive>zero or (?:negative|less|below)|negative or zero|0 or (?:negative|less|below)|not positive"
    r"|(?:isn't|is not|aren't|are not) (?:above (?:zero|0)|positive))\b|\b(?P<negative>negative|below zero)\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"u?int\d*|float(?:32|64)")
_ZERO = {"string": '""', "bool": "false"}


def too_little_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield a function that refuses a number which is less than a task says, or not positive, before anything else.

    It is one of the parameters that the task names, or any; of JavaScript, nobody knows which are numbers.
    """
    fails, little = FAILS.search(task), _TOO_LITTLE.search(task)
    first = first_statement(nodes)
    if fails is None or little is None or first is None:
        return
    result = result_of(source, nodes) if language == "go" else None
    kinds = {
        name: kind for name, kind in given_to(source, nodes).items() if language != "go" or _NUMBERS.fullmatch(kind)
    }
    for name in [one for one in kinds if re.search(rf"\b{re.escape(one)}s?\b", task)] or kinds:
        question, said = _question(little, name)
        lines = refusal(question, (f"{name} {said}", name), error=fails["error"] or "", result=result)
        if lines and (placed := in_its_place(source, first, (*lines, text(source, first)))) is not None:
            yield first, placed


def _question(little: re.Match[str], name: str) -> tuple[str, str]:
    """Return the question whether a number is too little, and what is said of it then."""
    if little["positive"]:
        return f"{name} <= 0", "must be positive"
    least = (little["least"] or little["below"] or "0").replace("one", "1").replace("zero", "0")
    return f"{name} < {least}", "must not be negative" if least == "0" else f"must be at least {least}"


def refusal(question: str, said: tuple[str, str], *, error: str, result: str | None) -> tuple[str, ...]:
    """Return the lines that refuse what a question asks for; nothing where no error can be given.

    Args:
        question: what is not to be.
        said: the message, and the value that stands at its end.
        error: the error's type, where the task names one.
        result: what the function returns in Go; None in JavaScript, where errors are thrown.
    """
    message, value = said
    if result is None:
        kind = error if error.endswith("Error") else "Error"
        return (f"if ({question}) {{", f"  throw new {kind}(`{message}: ${{{value}}}`);", "}")
    *before, last = (one.strip() for one in result.strip("()").split(","))
    zeros = [_zero_of(one) for one in before]
    if last != "error" or "" in zeros:
        return ()
    given = ", ".join([*zeros, f'fmt.Errorf("{message}: %v", {value})'])
    return (f"if {question} {{", f"\treturn {given}", "}")


def _zero_of(kind: str) -> str:
    """Return the zero value of a type in Go; nothing of what may be anything."""
    if kind.startswith(("*", "[]", "map[")):
        return "nil"
    if _NUMBERS.fullmatch(kind):
        return "0"
    return _ZERO.get(kind, f"{kind}{{}}" if re.fullmatch(r"[A-Z]\w*", kind) else "")
