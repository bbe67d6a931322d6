"""The symbols of a file in any language with a grammar: listing them, cutting one out, showing what is around it."""

from __future__ import annotations

from collections.abc import Collection

from workbench.edits.foreign.grammars import Language, language_of
from workbench.edits.foreign.nodes import field, squeezed
from workbench.edits.foreign.outline import Outline
from workbench.edits.foreign.outline import Symbol as Found
from workbench.edits.foreign.outline import outline as outline_of
from workbench.edits.foreign.splicing import splice_foreign
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.edits.splicing import Splice
from workbench.edits.symbols import Symbol
from workbench.edits.symbols import symbols as python_symbols
from workbench.errors import EditRefused

MOST_AROUND = 15
"""Lines of a constructor, or of a type's fields, that are shown with a method."""

MOST_WITH_TYPE = 80
"""Lines up to which a type is shown with the methods that stand outside of it."""

_LONGEST_SIGNATURE = 200
_FRAMES = frozenset({"impl", "namespace", "module"})
_CONSTRUCTORS = frozenset({"constructor", "initialize"})


def speaks(path: str, text: str = "") -> bool:
    """Return whether a file is in a language, other than Python, whose symbols can be read."""
    return language_of(path, text) is not None


def symbols_of(path: str, text: str) -> tuple[Symbol, ...]:
    """Return the symbols of a file in any language, Python too; none where no grammar is at hand.

    Raises:
        EditRefused: it is Python that does not parse (code `file-does-not-parse`).
    """
    if path.endswith(PYTHON_SUFFIXES):
        return python_symbols(text)
    return symbols(path, text) if speaks(path, text) else ()


def symbols(path: str, text: str) -> tuple[Symbol, ...]:
    """Return the symbols of a file in its order, a container before its members; what a function holds is its own.

    Blocks that only frame others (`impl`, `namespace`) are not listed, nor are prototypes of what the file defines. A
    name that is bound twice is listed twice.

    Raises:
        EditRefused: no grammar is at hand for it (code `unknown-language`).
    """
    file = outline_of_file(path, text)
    found = sorted((one for one in file.every() if is_listed(file, one)), key=lambda one: (one.start, -one.end))
    return tuple(as_symbol(file, one) for one in found)


def cut(path: str, text: str, name: str, *, comments: bool = False) -> str:
    """Return the lines of a symbol as they stand in the file, with the comments above it where asked for.

    Where a name is bound several times (overloads, a getter and its setter) all are returned; a short type comes with
    its methods that stand elsewhere in the file.

    Raises:
        EditRefused: there is no such symbol (code `no-such-symbol`), or no grammar.
    """
    file = outline_of_file(path, text)
    found = [one for one in file.by_name.get(name, []) if is_listed(file, one)]
    if not found:
        alike = [known for known in file.by_name if known.rpartition(".")[2] == name.rpartition(".")[2]]
        hint = f"did you mean {', '.join(alike[:3])}?" if alike else "name a function, type or value"
        raise EditRefused(f"there is no symbol {name!r}", code="no-such-symbol", hint=hint)
    outside = [one for one in file.every() if _belongs(one, name)]
    if sum(_lines(file, one) for one in (*found, *outside)) <= MOST_WITH_TYPE:
        found += outside
    pieces = []
    for one in sorted(found, key=lambda one: one.start):
        start = file.line_start(one.lead if comments else one.start)
        tail = one.tail if file.said(one.end, one.tail) != "," else one.end
        pieces.append(file.said(start, tail).replace("\r\n", "\n"))
    return "\n\n".join(pieces) + "\n"


def around(path: str, text: str, name: str, shown: Collection[str] = (), held: str = "") -> str:
    """Return what a method lies in: its type's head and fields, the constructor if it is short, the others by name.

    Args:
        path: the file's, for its language.
        text: the file.
        name: the method's qualified name.
        shown: those of its type that are shown as well.
        held: their code, which comes last in the type, or behind it where methods stand outside.
    """
    file = outline_of_file(path, text)
    owner = name.rpartition(".")[0]
    frames = [one for one in file.by_name.get(owner, []) if one.kind == "class" and one.role not in _FRAMES]
    if not frames:
        return held
    held = _in_its_impl(file, name, held) if held else ""
    kept = {name, *shown}
    frame = frames[0]
    in_full = [one for one in frame.members.symbols if _is_told(file, one, frame)] if frame.members else []
    kept |= {one.name for one in in_full if not one.outside}
    others = [one for one in file.every() if _is_member(one, owner) and one.name not in kept and one.kind == "function"]
    listed = "; ".join(dict.fromkeys(_signature(file, one, 100) for one in others if is_listed(file, one)))
    mark = "#" if file.language in {"ruby", "shell"} else "//"
    if frame.members is None:
        rows = (
            file.said(file.line_start(frame.start), frame.tail).splitlines()
            if _lines(file, frame) <= MOST_AROUND
            else []
        )
        rows += [f"{mark} {owner} also has: {listed}"] if listed else []
        return "\n\n".join(filter(None, ("\n".join(rows), held)))
    indent = "    " if file.language in {"java", "rust", "cpp"} else "  "
    rows = [_head(file, frame)]
    for one in in_full:
        if one.name not in {name, *shown}:
            rows.append(file.said(file.line_start(one.start), one.tail).rstrip())
    rows += [f"{indent}{mark} also has: {listed}"] if listed else []
    is_outside = any(one.outside for one in file.by_name.get(name, []))
    rows += [*([""] if rows[1:] else []), held] if held and not is_outside else []
    said = "\n".join([*rows, "end" if file.language == "ruby" else "}"]).replace("\r\n", "\n")
    return f"{said}\n\n{held}" if held and is_outside else said


def _in_its_impl(file: Outline, name: str, held: str) -> str:
    """Return code of a method of Rust within the head of its `impl`; other code as it is."""
    impl = next((one.scope.owner for one in file.by_name.get(name, []) if one.scope.owner), None)
    if impl is None or impl.role != "impl":
        return held
    return f"{_head(file, impl)}\n{held}\n}}"


def _is_told(file: Outline, one: Found, frame: Found) -> bool:
    """Return whether a member is shown whole with any other: a field of one line, and a short constructor."""
    makes = one.last_name in _CONSTRUCTORS | {frame.last_name}
    return (makes or one.kind == "assignment") and _lines(file, one) <= (MOST_AROUND if makes else 1)


def is_within(path: str, text: str, name: str) -> bool:
    """Return whether a method is written inside its class, where it can be answered alone."""
    found = outline_of_file(path, text).by_name.get(name, [])
    owner = found[0].scope.owner if found else None
    return (
        owner is not None
        and owner.kind == "class"
        and owner.role not in _FRAMES
        and not any(one.outside for one in found)
    )


def splice(path: str, text: str, code: str, in_play: Collection[str] | None = None) -> Splice:
    """Return `text` with the symbols of `code` in it; see `splice_foreign`.

    Raises:
        EditRefused: the answer is not clear or not safe, or there is no grammar.
    """
    return splice_foreign(_language(path, text), text, code, in_play)


def _language(path: str, text: str) -> Language:
    language = language_of(path, text)
    if language is None:
        raise EditRefused(f"no grammar is at hand for {path}", code="unknown-language", hint="answer with it whole")
    return language


def outline_of_file(path: str, text: str) -> Outline:
    """Return the outline of a file in the language of its name.

    Raises:
        EditRefused: no grammar is at hand for it (code `unknown-language`).
    """
    return outline_of(_language(path, text), text)


def is_listed(file: Outline, one: Found) -> bool:
    """Return whether a symbol is one of the file's list: no frame around others, no prototype of what is defined."""
    if one.role in _FRAMES:
        return False
    if one.role == "prototype" and any(other.role == "function" for other in file.by_name[one.name]):
        return False
    return (
        one.role != "macro"
        or "value" in {one.node.field_name_for_child(n) for n in range(one.node.child_count)}
        or (file.language == "rust")
    )


def _belongs(one: Found, name: str) -> bool:
    """Return whether a symbol stands elsewhere in the file but is a part of the type `name`."""
    if one.role == "impl":
        return one.members is not None and f"{one.members.prefix}".startswith(f"{name}.")
    return one.outside and one.name.rpartition(".")[0] == name


def _is_member(one: Found, owner: str) -> bool:
    return one.name.startswith(f"{owner}.") and (
        one.scope.owner is None or one.scope.owner.role != "type" or (one.scope.prefix == f"{owner}.")
    )


def _lines(file: Outline, one: Found) -> int:
    return file.source.count(b"\n", one.start, one.end) + 1


def as_symbol(file: Outline, one: Found) -> Symbol:
    """Return a symbol as lists of any language have it."""
    first = file.line(one.start)
    signature = _signature(file, one, _LONGEST_SIGNATURE)
    return Symbol(name=one.name, kind=one.kind, first=first, last=file.line(one.end), signature=signature)


def _head(file: Outline, one: Found) -> str:
    assert one.members is not None
    end = one.members.node.start_byte
    said = file.said(file.line_start(one.start), end).rstrip()
    return said if file.language == "ruby" else f"{said} {{"


def _signature(file: Outline, one: Found, most: int) -> str:
    """Return a definition's header on one line, without its body."""
    body = one.members.node if one.members is not None else field(one.core, "body")
    if body is None and one.kind != "function":
        inner = field(one.core, "type")
        body = field(inner, "body") or next(
            (child for child in (inner.named_children if inner is not None else ()) if child.type.endswith("_list")),
            None,
        )
    start = one.inner.start_byte
    end = body.start_byte if body is not None and body.start_byte > start else one.end
    said = " ".join(file.said(start, end).split()).removesuffix("=>").removesuffix("=").rstrip(" ;")
    return (said or squeezed(file.source, one.node))[:most]
