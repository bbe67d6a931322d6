"""JavaScript functions in the form that the file has them in: a declaration, an arrow, a `function` value, a method.

A small model that is shown `const decode = (text) => {` likes to answer with `function decode(text) {`, and so it does
where it is asked for a method alone. Both say the same, and the file goes on as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.edits.foreign.symbols import is_within

SUFFIXES = (".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx")

_GIVEN = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)(?:\s*:\s*[\w.<>\[\]| ]+?)?"
"""Parameters, brackets within brackets twice at most, and in TypeScript what is returned."""
_BEGIN = r"^(?P<margin>[ \t]*)(?P<opening>(?:export\s+)?"
_BOUND = rf"{_BEGIN}(?:const|let|var)\s+{{name}}\s*=\s*)(?P<wait>async\s+)?"
_FORMS = {
    "arrow": rf"{_BOUND}(?P<given>{_GIVEN})\s*=>\s*\{{{{",
    "value": rf"{_BOUND}function\s*(?:{{name}}\s*)?(?P<given>{_GIVEN})\s*\{{{{",
    "declared": rf"{_BEGIN})(?P<wait>async\s+)?function\s+{{name}}\s*(?P<given>{_GIVEN})\s*\{{{{",
}
_CLASS = re.compile(r"(?m)^[ \t]*(?:export\s+)?(?:default\s+)?class\b")
_OWN_WORLD = re.compile(r"\b(?:this|arguments)\b\s*(?:[.\[(),;:?!=}]|$)|\bnew\.target\b|\bsuper\s*[.(]|\byield\b", re.M)


def as_in_file(path: str, text: str, names: Sequence[str], answer: str) -> str:
    """Return an answer with the functions in play written as the file has them.

    Args:
        path: the file's, for its language.
        text: the file.
        names: the functions in play.
        answer: what a model wrote. Where it uses `this` or `arguments`, which an arrow has not of its own, it is left.
    """
    if not path.endswith(SUFFIXES):
        return answer
    for name in names:
        if "." in name and is_within(path, text, name):
            answer = _as_method(name.rpartition(".")[2], answer)
    if _OWN_WORLD.search(answer):
        return answer
    for name in names:
        known = _header(text, name)
        said = _header(answer, name)
        if known is None or said is None or known[0] == said[0]:
            continue
        (form, was), (_, found) = known, said
        wait, given = found["wait"] or "", found["given"]
        if form == "arrow":
            line = f"{was['opening']}{wait}{given} => {{"
        elif form == "value":
            line = f"{was['opening']}{wait}function {given} {{"
        else:
            line = f"{was['opening']}{wait}function {name}{given} {{"
        answer = f"{answer[: found.start()]}{found['margin']}{line}{answer[found.end() :]}"
    return answer


def _as_method(name: str, answer: str) -> str:
    """Return an answer that declares a method as a function, without its class, with the method in its place."""
    found = re.findall(_FORMS["declared"].format(name=re.escape(name)), answer, re.MULTILINE)
    if len(found) != 1 or _CLASS.search(answer):
        return answer
    return re.sub(rf"(?m)^([ \t]*(?:async[ \t]+)?)function[ \t]+(?={re.escape(name)}\b)", r"\1", answer)


def _header(text: str, name: str) -> tuple[str, re.Match[str]] | None:
    """Return in which form a text defines a function, and where; None where it does not, or more than once."""
    found = [
        (form, match)
        for form, pattern in _FORMS.items()
        for match in re.finditer(pattern.format(name=re.escape(name)), text, re.MULTILINE)
    ]
    return found[0] if len(found) == 1 else None
