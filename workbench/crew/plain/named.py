"""Whether a task speaks of a function: it spells its name, says it in words, or says what its docstring says."""

from __future__ import annotations

import ast
import re

from workbench.crew.slips.righted import Changed

_WORD = re.compile(r"[a-z]{3,}")
_LITTLE = frozenset(
    re.findall(
        r"\w+",
        "the and for from with what who how many much are all has have its that this return returns give gives get"
        " make tell whether where when which one not some any their our your under over each",
    )
)
_ENOUGH = 0.6
_FEWEST = 2
_LONG = 4


def is_named(changed: Changed) -> bool:
    """Return whether a task speaks of the function, as far as its words tell."""
    task, name = changed.task.lower(), changed.node.name.lower()
    if re.search(rf"(?<![\w]){re.escape(name)}(?!\w)", task):
        return True
    said = _words(task)
    own = _words(name.replace("_", " "))
    if len(own) > 1 and own <= said:
        return True
    about = _words((ast.get_docstring(changed.node) or "").lower().partition("\n")[0])
    return len(about) >= _FEWEST and len(about & said) >= _ENOUGH * len(about)


def _words(text: str) -> set[str]:
    """Return the words of a text without their endings, but for the little ones."""
    return {_stem(word) for word in _WORD.findall(text) if word not in _LITTLE}


def _stem(word: str) -> str:
    bare = word.removesuffix("s")
    return re.sub(r"(?:ing|ed|al|ie|e|y)$", "", bare) if len(bare) >= _LONG else bare
