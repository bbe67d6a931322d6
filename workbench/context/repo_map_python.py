"""Python's tags by its tokens, not its tree: they are the same, and a large repository is read in a third of the time.

Strings and comments are blanked first, so that what they say is neither a definition nor a reference.
"""

from __future__ import annotations

import keyword
import re
from collections import Counter

from workbench.context.repo_map_tags import IMPORTED, Definition, Tags

_QUOTED = re.compile(
    rb'"""(?:[^"\\]|\\.|"(?!""))*"""|'
    rb"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    rb'"(?:[^"\\\n]|\\.)*"|'
    rb"'(?:[^'\\\n]|\\.)*'|"
    rb"#[^\n]*",
    re.DOTALL,
)
_DEFINES = re.compile(
    rb"^(?P<margin>[ \t]*)(?P<word>async[ \t]+def|def|class)[ \t]+(?P<name>\w+)"
    rb"|^(?P<value>[A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=(?!=)",
    re.MULTILINE,
)
_REFERS = re.compile(rb"\b(?:[A-Z]\w*[a-z]\w*|[A-Za-z_]\w*(?=\()|(?<=@)\w+)")
_IMPORTS = re.compile(rb"^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)", re.MULTILINE)
_IMPORTED_NAME = re.compile(rb"(\w+)(?:[ \t]+as[ \t]+\w+)?")
_KEYWORDS = frozenset(keyword.kwlist)


def python_tags(content: bytes) -> Tags:
    """Return the tags of Python source; what does not parse is read as far as it goes."""
    text = _QUOTED.sub(_blanked, content)
    defines = _definitions(text)
    refers = Counter(_REFERS.findall(text))
    for names in _IMPORTS.findall(text):
        for name in _IMPORTED_NAME.findall(names):
            refers[name] += IMPORTED
    counted = Counter({name.decode("utf-8", "replace"): count for name, count in refers.items()})
    # `def name(` looks like a call of it.
    counted -= Counter(one.name for one in defines)
    for name in counted.keys() & _KEYWORDS:
        del counted[name]
    return Tags(tuple(defines), counted)


def _blanked(quoted: re.Match[bytes]) -> bytes:
    return b"\n" * quoted[0].count(b"\n") or b'""'


def _definitions(text: bytes) -> list[Definition]:
    """Return all definitions but those in a function's body, which are its own."""
    made: list[Definition] = []
    open_: list[tuple[int, str, bool]] = []
    line, at = 1, 0
    for found in _DEFINES.finditer(text):
        line, at = line + text.count(b"\n", at, found.start()), found.start()
        if found["value"] is not None:
            name = found["value"].decode("utf-8", "replace")
            if name not in _KEYWORDS:
                open_ = []
                made.append(Definition(name, line))
            continue
        name = found["name"].decode("utf-8", "replace")
        margin = len(found["margin"].expandtabs())
        while open_ and open_[-1][0] >= margin:
            open_.pop()
        if not any(is_function for _, _, is_function in open_):
            made.append(Definition(name, line, tuple(outer for _, outer, _ in open_)))
        open_.append((margin, name, found["word"] != b"class"))
    return made
