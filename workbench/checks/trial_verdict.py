"""What a call tells that goes another way now, or two that went alike and no longer do, in words for a model."""

from __future__ import annotations

import re

from workbench.checks.trial_values import ANY, Ending, Endings, Pair, Trial

_SLIPS = frozenset({"AttributeError", "NameError", "RecursionError", "SyntaxError"})
_SLIP_WORDS = re.compile(
    r"has no len\(\)|not (?:subscriptable|iterable|callable|reversible)|unsupported operand|not supported between"
    r"|unexpected keyword argument|positional arguments?\b|indices must be|cannot be interpreted as|bad operand type"
)
"""What Python itself says with a TypeError that nobody meant to raise."""

_SHOWN = 200

_TRACES = (
    re.compile(r"<[^<>]*>"),
    re.compile(r"\b(?:list|tuple|set|dict|int|float|str|string)(?:_iterator)?\b|\b\w+_iterator\b"),
    re.compile(r"(?<=\d)\.0\b"),
    re.compile(r"['\"]"),
    re.compile(r",(?=[\])])"),
)
"""What shows of which shape an argument was: displays, names of types, quotes, a fraction of nothing."""


def fault(trial: Trial, number: int, ended: Endings) -> str:
    """Return what is wrong with the calls of one number; nothing where it may be meant, or some were not made."""
    if not 0 <= number < len(trial.runs) or len(ended) < len(trial.runs[number]):
        return ""
    ended = ended[: len(trial.runs[number])]
    if number < len(trial.calls):
        return _fault_of_call(trial, trial.calls[number], ended[0], ended[1])
    return _fault_of_pair(trial, trial.pairs[number - len(trial.calls)], ended)


def _fault_of_call(trial: Trial, call: str, was: Ending, now: Ending) -> str:
    if (was.how, was.type) == (now.how, now.type) and (was.how == "raised" or was.text == now.text):
        return ""
    if was.how == "gave":
        if now.how == "raised" and _may_raise(trial, now):
            return ""
        is_lost = now.how != "gave" or (now.type == "NoneType" and not trial.may_be_none)
        if not is_lost and not trial.keeps:
            return ""
    elif not trial.keeps_errors:
        return ""
    call = _call(trial, call)
    return f"{call} {_said(was)} before the change; it must go on to do that, but now it {_said(now, now=True)}"


def _fault_of_pair(trial: Trial, pair: Pair, ended: Endings) -> str:
    one, other = ended[-2:]
    before = ended[0] if pair.one_before else None
    if one.how in {"stuck", "gone"} or _is_same(_without_traces(one), _without_traces(other)):
        # What the first one does was just judged by its test.
        return ""
    if before and not _were_alike(pair, before, ended[1]):
        return ""
    if pair.is_kept and not (before and _is_same(before, one)):
        return ""
    # Words of errors count where they were the same before.
    words_count = before is not None and _is_same(_without_traces(before), _without_traces(ended[1]))
    if one.how == other.how == "raised" and one.type == other.type and not words_count:
        return ""
    if other.how == "raised" and one.how == "gave":
        is_refusal = pair.may_refuse and not (_is_slip(other) or (not before and "TypeError" in other.kinds))
        if is_refusal or (before and before.how == "gave" and _may_raise(trial, other)):
            return ""
    calls = [_call(trial, call) for call in (pair.one, pair.other)]
    why = pair.why or "did the same before and must go on to"
    first, second = _said(one, now=True), _said(other, now=True)
    return f"{calls[0]} and {calls[1]} {why}; now the first {first}, the second {second}"


def _were_alike(pair: Pair, one: Ending, other: Ending) -> bool:
    """Return whether two calls went alike by design; two that fail with a TypeError may fail for any reason."""
    if (one.how, one.type) != (other.how, other.type):
        return False
    if one.how == "gave":
        # A question such as "is it a word?" has the same answer for all that is none.
        return one.text == other.text and not (pair.only_values and one.type in {"bool", "NoneType"})
    return one.how == "raised" and not pair.only_values and one.type not in {"TypeError", *_SLIPS}


def _is_same(one: Ending, other: Ending) -> bool:
    return (one.how, one.type, one.text) == (other.how, other.type, other.text)


def _without_traces(ending: Ending) -> Ending:
    """Return an ending without what shows of which shape an argument was."""
    text = ending.text.replace("(", "[").replace(")", "]")
    if ending.how == "raised":
        text = re.sub(r"'[^']*'|\"[^\"]*\"", "", text)
    for pattern in _TRACES:
        text = pattern.sub("", text)
    while ending.how == "raised" and (shorter := re.sub(r"\[[^\[\]]*\]", "", text)) != text:
        text = shorter
    is_plain = ending.type in {"list", "tuple", "int", "float", "str"}
    return Ending(ending.how, "" if is_plain else ending.type, text)


def _may_raise(trial: Trial, now: Ending) -> bool:
    if set(now.kinds) & set(trial.may_raise):
        return True
    return ANY in trial.may_raise and not _is_slip(now)


def _is_slip(now: Ending) -> bool:
    return bool(set(now.kinds) & _SLIPS) or (now.type == "TypeError" and bool(_SLIP_WORDS.search(now.text)))


def _call(trial: Trial, call: str) -> str:
    return call.replace("__f", trial.name)


def _said(ending: Ending, *, now: bool = False) -> str:
    match ending.how:
        case "gave":
            return f"{'gives' if now else 'gave'} {_shown(ending)}"
        case "raised":
            words = f": {_shown(ending)}" if now and ending.text else ""
            return f"{'raises' if now else 'raised'} {ending.type}{words}"
        case "stuck":
            return "does not come back"
        case _:
            return "ends the program"


def _shown(ending: Ending) -> str:
    """Return a value, or what it is where it is long: of a text that is cut, nobody would know a secret again."""
    return ending.text if len(ending.text) <= _SHOWN else f"{len(ending.text)} characters ({ending.type})"
