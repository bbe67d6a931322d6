"""A text that is put together with other signs between its parts than an example shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from workbench import python_ast
from workbench.crew.slips.righted import FORMATTED, Changed, Righted

_LONGEST = 200
_WORDS = re.compile(r"\w+|\W+")
_GAVE = re.compile(
    r"\bgave (?P<gave>'[^'\n]*'|\"[^\"\n]*\")\s*\n\s*(?:wanted: |.*?\bgave )(?P<wanted>'[^'\n]*'|\"[^\"\n]*\")"
)


def other_form(changed: Changed, said: str) -> Iterator[Righted | None]:
    """Yield the answer with a formatted text's own words as the text that was wanted has them, told by what it gave.

    Args:
        changed: the function.
        said: how a check failed: `... gave 'goby: 1'` and, on the next line, `wanted: 'goby (1)'`.
    """
    found = _GAVE.search(said)
    if not found:
        return
    gave, wanted = (python_ast.literal_eval(found[name]) for name in ("gave", "wanted"))
    if not (isinstance(gave, str) and isinstance(wanted, str)) or max(len(gave), len(wanted)) > _LONGEST:
        return
    by_words, by_letters = (_swaps(*texts) for texts in (map(_WORDS.findall, (gave, wanted)), (gave, wanted)))
    for text in (part for part in changed.new if isinstance(part, ast.JoinedStr)):
        begin, end = changed.lines.span(text)
        written = changed.lines.text[begin:end]
        for new in dict.fromkeys([*_rewritten(text, written, by_words), *_rewritten(text, written, by_letters)]):
            yield changed.righted(f"`{new}`, as the example has it", (begin, end, new))


def _swaps(gave: Sequence[str], wanted: Sequence[str]) -> list[tuple[str, str]]:
    """Return what of a text is something else in another one, each once; of what is only put in the first is empty."""
    found: dict[tuple[str, str], None] = {}
    for what, one, two, first, last in SequenceMatcher(None, gave, wanted, autojunk=False).get_opcodes():
        if what != "equal":
            found["".join(gave[one:two]), "".join(wanted[first:last])] = None
    return list(found)


def _rewritten(text: ast.JoinedStr, written: str, swaps: list[tuple[str, str]]) -> Iterator[str]:
    """Yield a formatted text with its own words swapped, and with what is only put in at its end or its beginning."""
    body = FORMATTED.fullmatch(written)
    if body is None:
        return
    said, quote = body["body"], body["quote"]
    own = [part.value for part in text.values if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    there = [(old, new) for old, new in swaps if old and any(old in one for one in own) and _is_plain(new, quote)]
    added = [new for old, new in swaps if not old and _is_plain(new, quote)]
    # Signs that are in a field, too, cannot be told from it.
    if any(said.count(old) != sum(one.count(old) for one in own) for old, _ in there):
        return
    for old, new in there:
        said = said.replace(old, new)
    ways = [f"{said}{''.join(added)}", f"{''.join(added)}{said}"] if added else [said]
    ways += [said] if added and there else []
    yield from (f"{written[0]}{quote}{way}{quote}" for way in ways if way != body["body"])


def _is_plain(text: str, quote: str) -> bool:
    return not set(text) & {*"{}\\\n", quote}
