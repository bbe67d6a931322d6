"""Words that are known too, and entries that a table has too: `should also know 'kn': one knot is 1.852 km/h`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import Finder, fields_beside, parts, put, quoted, said_as, set_at_the_top
from workbench.crew.slips.righted import Changed, Righted

_KNOWS = said_as(
    r"\b(?:know|understand|accept|allow|take|recogni[sz]e|support|learn|handle|add|include|contain|treat|convert|have)\w*\b"
    r"|\bmeans?\b|\bstands? for\b|\bshould be\b|\bnew\b"
)
_NOT_ASKED = said_as(
    r"\b(?:not|never|n't|no longer|stop) (?:be )?"
    r"(?:know|understand|accept|allow|take|recogni|have|include|contain|treat)\w*"
    r"|\b(?:remov|delet|drop|renam|replac)\w*\b"
)
_NUMBER = re.compile(r"(?<![\w.'\"])-?\d+(?:\.\d+)?(?![\w'\"]|\.\d)")
_FIELD = said_as(
    r"\b(?:columns?|fields?|keys?|entry|entries|values?|names?)\b[^.;'\"`]{0,20}(['\"`])(?P<name>[a-z_]\w*)\1"
)
_BARE = said_as(
    r"\b(?:also )?(?:have|has|contain|include|give|return|show)s?"
    r" (?:the |an? |its |their )?(?:\w+ )?(?P<bare>[a-z_]\w*)\b"
)
_YES_NO = re.compile(r"(['\"])(?P<yes>\w+)\1 (?:or|and|if|when)[^.;]{0,40}?(['\"])(?P<no>\w+)\3")


def entry_too(changed: Changed) -> Iterator[Righted]:
    """Yield a table with an entry for a word that the task quotes, of a number or a text that it says.

    Of words that mean the same as one that is known, the value is that one's; of truth values either is tried.
    """
    if not _KNOWS.search(changed.task) or _NOT_ASKED.search(changed.task):
        return
    for table in _tables(changed):
        keys = [key.value for key in table.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        new = [one for one in quoted(changed.task) if one not in keys and re.fullmatch(r"[\w./°%-]{1,20}", one)]
        if len(keys) == len(table.keys) > 0 and new:
            for value in _values(changed, table, new[0]):
                yield from _with_entry(changed, table, repr(new[0]), value)


def _values(changed: Changed, table: ast.Dict, word: str) -> list[str]:
    """Return what an entry may be, as code like that of the others."""
    shown = quoted(changed.task)
    held = [one.value if isinstance(one, ast.Constant) else None for one in table.values]
    said = [one for one in shown if one != word]
    if all(isinstance(one, bool) for one in held):
        known = [
            (key.value, value) for key, value in zip(table.keys, held, strict=True) if isinstance(key, ast.Constant)
        ]
        named = [str(value) for key, value in known if re.search(rf"\b{re.escape(str(key))}\b", changed.task)]
        negative = re.search(r"\b(?:not|no|n't|closed|false|off)\b", changed.task, re.IGNORECASE) is not None
        return list(dict.fromkeys([*named, str(not negative), str(negative)]))
    if all(isinstance(one, int | float) for one in held):
        numbers = [found for found in _NUMBER.findall(changed.task) if found != "1"]
        is_whole = all(isinstance(one, int) for one in held)
        return [f"{one}.0" if not is_whole and "." not in one else one for one in numbers][:2]
    if all(isinstance(one, str) for one in held):
        return [repr(one) for one in said][:2]
    return []


def _tables(changed: Changed) -> Iterator[ast.Dict]:
    """Yield the tables that a function makes, or looks into at the top of its file."""
    names = {part.id for part in parts(changed) if isinstance(part, ast.Name)} - changed.own
    for part in parts(changed):
        match part:
            case ast.Assign(value=ast.Dict() as table):
                yield table
            case (
                ast.Call(func=ast.Attribute(value=ast.Dict() as table, attr="get"))
                | ast.Subscript(value=ast.Dict() as table)
            ):
                yield table
    yield from (value for name, value in set_at_the_top(changed.tree) if name in names and isinstance(value, ast.Dict))


def _with_entry(changed: Changed, table: ast.Dict, key: str, value: str) -> Iterator[Righted]:
    """Yield a table with an entry behind the others, in a row of its own where those are."""
    lines = changed.lines
    begin, end = lines.span(table)
    last = lines.span(table.values[-1])[1]
    first = table.keys[0]
    if first is None or lines.text[begin] != "{" or lines.text[end - 1] != "}":
        return
    entry = f"{_like(changed, first, key)}: {_like(changed, first, value)}"
    rest = lines.text[last : end - 1]
    if "\n" not in rest:
        yield from put(changed, f"`{entry}`", (last, last, f", {entry}"))
    elif re.match(r",[^\n]*\n\s*$", rest):
        at = last + rest.index("\n")
        yield from put(changed, f"`{entry}`", (at, at, f"\n{lines.indent(first.lineno)}{entry},"))


def _like(changed: Changed, key: ast.expr, text: str) -> str:
    """Return a printed text in the quotes that another one has."""
    quote = changed.lines.text[changed.lines.span(key)[0]]
    return f"{quote}{text[1:-1]}{quote}" if text[:1] in "'\"" and quote in "'\"" and quote not in text[1:-1] else text


def field_too(changed: Changed) -> Iterator[Righted]:
    """Yield a row with another field of its thing, where the others are fields of it, and the task names that one."""
    if _NOT_ASKED.search(changed.task):
        return
    names = [found["name"] for found in _FIELD.finditer(changed.task)]
    names += [found["bare"] for found in _BARE.finditer(changed.task)]
    for part in parts(changed):
        if not isinstance(part, ast.Return) or not isinstance(part.value, ast.Dict) or not part.value.values:
            continue
        table = part.value
        keys = {key.value for key in table.keys if isinstance(key, ast.Constant)}
        owners = {
            (ast.unparse(one.value), one.attr)
            for value in table.values
            for one in ast.walk(value)
            if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)
        }
        things = {owner for owner, _ in owners}
        for name in dict.fromkeys(one for one in names if one not in keys):
            fields = {field for _, held in owners for field in fields_beside(changed, held)}
            if len(things) == 1 and name in fields:
                yield from _with_entry(changed, table, repr(name), _shown(changed, f"{next(iter(things))}.{name}"))


def _shown(changed: Changed, field: str) -> str:
    said = _YES_NO.search(changed.task)
    return f'"{said["yes"]}" if {field} else "{said["no"]}"' if said else field


def words_too(changed: Changed) -> Iterator[Righted]:
    """Yield a tuple, a list or a set of words at the top of a file with those that a task quotes."""
    if not _KNOWS.search(changed.task) or _NOT_ASKED.search(changed.task):
        return
    looked = {
        part.comparators[0].id
        for part in parts(changed)
        if isinstance(part, ast.Compare) and isinstance(part.comparators[0], ast.Name)
    } - changed.own
    for name, value in set_at_the_top(changed.tree):
        inner = value.args[0] if isinstance(value, ast.Call) and len(value.args) == 1 else value
        if name not in looked or not isinstance(inner, ast.Tuple | ast.List | ast.Set) or not inner.elts:
            continue
        held = [one.value for one in inner.elts if isinstance(one, ast.Constant)]
        new = [one for one in dict.fromkeys(quoted(changed.task)) if one not in held and re.fullmatch(r"[\w-]+", one)]
        if len(held) == len(inner.elts) and all(isinstance(one, str) for one in held) and new:
            last = changed.lines.span(inner.elts[-1])[1]
            more = "".join(f", {_like(changed, inner.elts[0], repr(one))}" for one in new)
            yield from put(changed, f"`{name}` has {more[2:]} too", (last, last, more))


FINDERS: tuple[Finder, ...] = (entry_too, field_too, words_too)
