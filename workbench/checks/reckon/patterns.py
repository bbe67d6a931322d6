"""The `match` statement."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from . import attributes, doors
from .bounds import Unknown, run
from .expressions import evaluate
from .scopes import Frame
from .statements import STATEMENTS, Signal, execute_all

_ITSELF = frozenset({bool, bytes, dict, float, frozenset, int, list, set, str, tuple})


def _match(node: ast.Match, frame: Frame) -> Signal:
    subject = evaluate(node.subject, frame)
    doors.plain(subject)
    for case in node.cases:
        found: dict[str, Any] = {}
        if _fits(case.pattern, subject, frame, found):
            for name, value in found.items():
                frame.bind(name, value)
            if case.guard is None or doors.truth(evaluate(case.guard, frame)):
                return execute_all(case.body, frame)
    return None


def _fits(pattern: ast.pattern, value: Any, frame: Frame, found: dict[str, Any]) -> bool:
    run.step()
    match pattern:
        case ast.MatchValue(value=wanted):
            return doors.truth(doors.compare(ast.Eq, value, evaluate(wanted, frame)))
        case ast.MatchSingleton(value=wanted):
            return value is wanted
        case ast.MatchAs(pattern=inner, name=name):
            if inner is not None and not _fits(inner, value, frame, found):
                return False
            if name is not None:
                found[name] = value
            return True
        case ast.MatchOr(patterns=patterns):
            return _fits_any(patterns, value, frame, found)
        case ast.MatchSequence(patterns=patterns):
            return _fits_sequence(patterns, value, frame, found)
        case ast.MatchMapping():
            return _fits_mapping(pattern, value, frame, found)
        case ast.MatchClass():
            return _fits_class(pattern, value, frame, found)
        case _:
            raise Unknown("a pattern")


def _fits_any(patterns: list[ast.pattern], value: Any, frame: Frame, found: dict[str, Any]) -> bool:
    for pattern in patterns:
        tried = dict(found)
        if _fits(pattern, value, frame, tried):
            found.update(tried)
            return True
    return False


def _fits_all(parts: Iterable[tuple[ast.pattern, Any]], frame: Frame, found: dict[str, Any]) -> bool:
    # No generator: a StopIteration of the program's would not come out of one as it is.
    for pattern, part in parts:  # noqa: SIM110
        if not _fits(pattern, part, frame, found):
            return False
    return True


def _fits_sequence(patterns: list[ast.pattern], value: Any, frame: Frame, found: dict[str, Any]) -> bool:
    if type(value) not in (list, tuple):
        if isinstance(value, (str, bytes, int, float, dict, set, frozenset, type(None))):
            return False
        raise Unknown("what a pattern makes of a value")
    stars = [place for place, one in enumerate(patterns) if isinstance(one, ast.MatchStar)]
    if not stars:
        return len(value) == len(patterns) and _fits_all(zip(patterns, value, strict=True), frame, found)
    place, after = stars[0], len(patterns) - stars[0] - 1
    if len(value) < len(patterns) - 1:
        return False
    star = patterns[place]
    parts = [*zip(patterns[:place], value, strict=False)]
    parts += zip(patterns[place + 1 :], value[len(value) - after :], strict=True)
    if not _fits_all(parts, frame, found):
        return False
    if isinstance(star, ast.MatchStar) and star.name is not None:
        found[star.name] = list(value[place : len(value) - after])
    return True


def _fits_mapping(pattern: ast.MatchMapping, value: Any, frame: Frame, found: dict[str, Any]) -> bool:
    if type(value) is not dict:
        if isinstance(value, (str, bytes, int, float, list, tuple, set, frozenset, type(None))):
            return False
        raise Unknown("what a pattern makes of a value")
    keys = [evaluate(key, frame) for key in pattern.keys]
    for key, inner in zip(keys, pattern.patterns, strict=True):
        if key not in value or not _fits(inner, value[key], frame, found):
            return False
    if pattern.rest is not None:
        found[pattern.rest] = {key: one for key, one in value.items() if key not in keys}
    return True


def _fits_class(pattern: ast.MatchClass, value: Any, frame: Frame, found: dict[str, Any]) -> bool:
    kind = evaluate(pattern.cls, frame)
    if not isinstance(kind, type):
        raise Unknown("what a pattern makes of a value")
    if not isinstance(value, kind):
        return False
    names = list(pattern.kwd_attrs)
    inner = list(pattern.kwd_patterns)
    if pattern.patterns and kind in _ITSELF:
        if len(pattern.patterns) > 1:
            raise Unknown("a pattern")
        if not _fits(pattern.patterns[0], value, frame, found):
            return False
    elif pattern.patterns:
        order = getattr(kind, "__match_args__", None) if kind in run.classes else None
        if type(order) is not tuple or len(order) < len(pattern.patterns):
            raise Unknown("a pattern")
        names = [*order[: len(pattern.patterns)], *names]
        inner = [*pattern.patterns, *inner]
    for name, one in zip(names, inner, strict=True):
        try:
            part = attributes.get(value, name)
        except AttributeError as error:
            if doors.is_own(error):
                return False
            raise
        if not _fits(one, part, frame, found):
            return False
    return True


STATEMENTS[ast.Match] = _match
