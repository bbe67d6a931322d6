"""The one plain value that a task wants given: `It should return an empty list then`."""

from __future__ import annotations

import re

_EMPTY = {
    "list": "[]",
    "dict": "{}",
    "dictionary": "{}",
    "mapping": "{}",
    "tuple": "()",
    "set": "set()",
    "string": '""',
    "str": '""',
    "text": '""',
}
_NUMBER = r"-?\d+(?:\.\d+)?"
_QUOTED = r"'[^'\\\n{}]*'|\"[^\"\\\n{}]*\""
_VALUE = (
    rf"`?(?P<value>None|True|False|(?:an? )?(?:empty|new) (?:{'|'.join(_EMPTY)})\b|zero\b|{_NUMBER}|\[\]|\{{\}}|\(\)"
    rf"|set\(\)|{_QUOTED})`?"
    r"(?=\s*(?:[;:!?)–-]|[.,](?!\d)|$|(?:then|if|when|whenever|for|in|instead|there|too|where|while|rather|as|and|but"
    r"|not|without|on|until|unless|before|because|since|so|here|otherwise|would|is|will)\b))"
)
_ADVERB = r"(?:then|just|simply|rather|instead|also|better|please|silently|quietly|always|only|really|me|us|back)"
_GIVE = r"(?:return|give|be|get|have|see|yield|answer|say|show|report|count as|produce|default to|fall back to)"
_LEADS = (
    r"\b(?:should|must|shall|may|ought to|(?:needs?|has|have|like(?: it)?|want(?: it)?|prefer|rather|expect(?: it)?) to"
    r"|to|and|(?:let|make) (?:it|that|this|them)|please|just|simply|then|instead|rather|better)"
    rf"(?: {_ADVERB})* {_GIVE}",
    r"(?:^|[.;:!?,(–-] ?)(?:then |in that case,? |instead,? |please,? |so |just |simply )*"
    r"(?:(?:just|simply) )?(?:return|give|hand|use|take|make it|answer|have it return)(?: back)?",
    r"\b(?:rather|prefer|like|want|expect|need)(?: to)?(?: have| get| see| receive)?",
    r"\bnot (?:return |give |be )?(?:an? )?\S+(?: \w+)?,? but(?: rather)?",
    r"\b(?:can|could|may|would|should|shouldn't|couldn't|can't|why not|would not|should not)"
    rf"(?: (?!not\b|never\b|no\b)[\w.()\[\]]+)(?: {_ADVERB})* (?:have it |make it |let it )?{_GIVE}",
)
_WISHES = tuple(
    re.compile(rf"(?P<lead>{lead})(?: {_ADVERB}| the (?:number|value|text))* {_VALUE}", re.I) for lead in _LEADS
)
_WELCOME = re.compile(
    rf"(?:^|[.;:!,] ){_VALUE} (?:would|is|will) (?:be |do )?"
    r"(?:fine|better|enough|ok|okay|right|good|nice|do|what (?:I|we))\b",
    re.IGNORECASE,
)
_MORE = re.compile(rf"[^.;\n]{{0,50}}?\b(?:and|or|but) {_VALUE}")
_DENIED = re.compile(r"(?:\b(?:not|never|no longer|cannot|than|instead of|without)|n't)(?: \w+)?\s*$", re.IGNORECASE)
_ASKED = re.compile(r"^(?:(?:can|could|should|would)n't|why not) ", re.IGNORECASE)


def wished_values(task: str) -> list[str]:
    """Return the different values that a task wants given, in its order, as Python writes them."""
    found = {}
    for wish in _WISHES:
        for one in wish.finditer(task):
            if not _DENIED.search(task[: one.start()]) or _ASKED.search(one["lead"]):
                found[one.start("value")] = one["value"]
                if more := _MORE.match(task, one.end()):
                    found[more.start("value")] = more["value"]
    for one in _WELCOME.finditer(task):
        found[one.start("value")] = one["value"]
    return list(dict.fromkeys(_as_code(found[place]) for place in sorted(found)))


def wished(task: str) -> str:
    """Return the one value that a task wants given; nothing where it wants none, or several."""
    values = wished_values(task)
    return values[0] if len(values) == 1 else ""


def _as_code(said: str) -> str:
    last = said.rpartition(" ")[2].lower()
    if said[:1] in "'\"":
        return f'"{said[1:-1]}"' if '"' not in said[1:-1] else said
    if said.lower() == "zero":
        return "0"
    if " " in said:
        return _EMPTY[last]
    return said.capitalize() if said.lower() in {"none", "true", "false"} else said
