"""Comments for lines that are hard to read: the nanite says which lines and why, the host puts them in.

The answer names lines by their own text under a schema, so the model writes no code; all that is not a comment stays,
and is proven to.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from workbench.checks.remarks import comments_only
from workbench.context.budget import Part
from workbench.crew.aiming.naming import named, tasks_for
from workbench.crew.conversation import Conversation
from workbench.crew.piecewise import Piece, piecewise
from workbench.crew.solving.showing import language
from workbench.crew.words import check_words, read_json
from workbench.edits.foreign.symbols import symbols_of
from workbench.edits.remarks import comment_mark, is_inside_text, with_comments
from workbench.edits.symbols import Symbol
from workbench.errors import AnswerRejected, EditRefused, NaniteError
from workbench.model import Proposal, Source

SHORT = 6
"""A function of fewer lines is left alone where the task does not name it."""

MOST_LINES = 60
"""Lines of a function that are offered for comments."""

MOST_COMMENTS = 3
MOST_SYMBOLS = 6
LONGEST = 100
"""Characters of one comment."""

MOST_SAID = 160
"""Characters in which a nanite may say it; what is too long is cut where a clause ends."""

ALIKE = 0.8
"""Share of words that two comments have in common of which one is enough."""

_OPENING = re.compile(
    r"(?:it|(?:this|the)(?: (?:line|code|loop|statement|condition|check|call|expression|block)(?: of code)?)|this)\s+"
    r"(?=(?:(?:further|then|also|first|next|simply)\s+)?(?!is\b|was\b|has\b|does\b)[a-z]*[a-rt-z]s\b)",
    re.IGNORECASE,
)
"""Words before what a comment says of its line, whose place says already that it is about it."""

_RETELLS = re.compile(
    r"(?:to )?(?:(?:further|then|also|first|next|simply) )?"
    r"(?:initiali[sz]|iterat|loop|return|set|import|defin|creat|increment|assign|append|call|print|add|subtract|get|start"
    r"|begin|calculat|comput|updat|perform|check|verif|validat|test|compar|convert|normali[sz]|mov|partition|split|pars"
    r"|rais|determin|remov|extract|find|look|search|filter|sort|join|read|replac|strip|match|select|stor|construct|build"
    r"|generat|handl|pop|decod|encod|format|assert)\w*\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|so|in order|avoid|prevent|ensure|otherwise|unless|only|keep|must|lest|instead|without"
    r"|never|always|even if|overflow|order|needed|require|limit|stay|within|prime|regardless|rather)\w*\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;,:]\s|\s(?:which|and then|so that|to (?:ensure|make|allow|avoid|prevent|get))\s")
_EMPTY = re.compile(r"[\W_]*")
_PLAIN = re.compile(
    r"(?:pass|else:|try:|finally:|return|break|continue|\}|\{|\)|\]|end|fi|done|import .*|from .* import .*"
    r"|(?:async )?def .*|class .*|func .*|fn .*|function .*|@.*)"
)


async def comments(talk: Conversation) -> Proposal:
    """Return comments above hard lines of the targets, each file proven to change in nothing else.

    Raises:
        AnswerRejected: nothing is there to comment (code `nothing-to-do`), or no comment could be used.
    """
    return await piecewise(talk, partial(_pieces, talk), comments_only, _nothing, verb="Comments")


def _pieces(talk: Conversation, source: Source, text: str) -> list[Piece]:
    wanted = _wanted(talk, source, text)
    tasks = tasks_for(talk.brief.task.spec.task, [symbol.name for symbol in wanted])
    return [(symbol.name, partial(_comment, talk, source, symbol, tasks[symbol.name])) for symbol in wanted]


def _nothing(failed: list[NaniteError]) -> NaniteError:
    if failed:
        last = failed[-1]
        return AnswerRejected(f"no comment could be used; the last: {last.message}", code=last.code, hint=last.hint)
    return AnswerRejected(
        "nothing in the targets is long enough to need a comment and has none",
        code="nothing-to-do",
        hint="name a function by its name",
    )


def _wanted(talk: Conversation, source: Source, text: str) -> list[Symbol]:
    """Return the functions to comment: those the task names, else long ones without a comment, the longest first."""
    mark = comment_mark(source.path)
    if not mark:
        talk.note(f"{source.path}: left out: how comments are written there is not known")
        return []
    try:
        every = [symbol for symbol in symbols_of(source.path, text) if symbol.kind not in {"assignment", "class"}]
    except EditRefused as error:
        talk.note(f"{source.path}: left out: {error.message}")
        return []
    names = named(talk.brief.task.spec.task, [symbol.name for symbol in every])
    if names:
        return [symbol for symbol in every if symbol.name in names]
    lines = text.split("\n")
    bare = [
        symbol
        for symbol in every
        if symbol.last - symbol.first + 1 >= SHORT
        and not any(line.strip().startswith(mark) for line in lines[symbol.first - 1 : symbol.last])
    ]
    longest = sorted(bare, key=lambda symbol: symbol.first - symbol.last)[:MOST_SYMBOLS]
    return [symbol for symbol in bare if symbol in longest]


async def _comment(talk: Conversation, source: Source, symbol: Symbol, task: str, text: str) -> str:
    """Return the file with comments in one symbol, of which `task` was asked.

    It is looked for anew, for comments above it have moved it.

    Raises:
        AnswerRejected, EditRefused: no answer could be used.
    """
    now = next(one for one in symbols_of(source.path, text) if one.name == symbol.name)
    rows = [line.removesuffix("\r") for line in text.split("\n")[now.first - 1 : now.last]]
    offered = _offered(source.path, text, now, rows)
    if not offered:
        raise AnswerRejected("no line of it can be commented", code="nothing-to-do", hint="name another function")
    shown = "\n".join(rows[: MOST_LINES + 20])
    asked = f"Task: {task}\n" if task else ""
    parts = [
        Part(name=f"{symbol.name} in {source.path}", text=f"```{language(source.path)}\n{shown}\n```"),
        Part(name="task", text=f"{asked}Comment the hardest lines of `{symbol.name}`."),
    ]

    def taken(answer: str) -> str:
        after = with_comments(source.path, text, _read(answer, offered, f"{shown}\n{task}"))
        proof = comments_only(source.path, text.encode("utf-8"), after.encode("utf-8"))
        if proof.ok is False:
            raise EditRefused(f"more than comments would change: {proof.output}", code="not-preserved")
        return after

    return await talk.ask_and_mend(talk.open(), parts, taken, schema=_schema(list(offered)), about=symbol.name)


def _offered(path: str, text: str, symbol: Symbol, rows: list[str]) -> dict[str, int]:
    """Return the lines that may be commented, by their words, with their numbers: of two alike, the first."""
    offered: dict[str, int] = {}
    mark = comment_mark(path)
    for number, row in enumerate(rows[1:MOST_LINES], symbol.first + 1):
        words = row.strip()
        above = rows[number - symbol.first - 1].strip()
        below = rows[number - symbol.first + 1].strip() if number - symbol.first + 1 < len(rows) else ""
        if (
            _EMPTY.fullmatch(words)
            or _PLAIN.fullmatch(words)
            or words.startswith((mark, "#", "/*", "*", '"""', "'''"))
            or above.startswith(mark)
            or below.startswith(mark)
            or f" {mark} " in row
            or (above.endswith(("\\", "(", "[", "{", ",")) and not above.endswith("{"))
            or is_inside_text(path, text, number)
        ):
            continue
        offered.setdefault(words[:160], number)
    return offered


def _schema(lines: list[str]) -> dict[str, Any]:
    item = {
        "type": "object",
        "properties": {"line": {"enum": lines}, "why": {"type": "string", "maxLength": MOST_SAID}},
        "required": ["line", "why"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"comments": {"type": "array", "minItems": 1, "maxItems": MOST_COMMENTS, "items": item}},
        "required": ["comments"],
        "additionalProperties": False,
    }


def _read(answer: str, offered: dict[str, int], context: str) -> dict[int, str]:
    """Return comments by the line that they stand above.

    Raises:
        AnswerRejected: there is none that says something of a line that is there.
    """
    said = read_json(answer).get("comments")
    found: dict[int, str] = {}
    taken: list[set[str]] = []
    repeated = False
    for item in said if isinstance(said, list) else []:
        if not isinstance(item, dict) or not isinstance(item.get("why"), str):
            continue
        number = offered.get(str(item.get("line", "")).strip()[:160])
        words = _cleaned(item["why"])
        if number is not None and _only_repeats(words):
            repeated = True
            continue
        told = set(words.casefold().split())
        if number is None or number in found or len(told) < 2 or any(_are_alike(told, other) for other in taken):
            continue
        check_words(words, context)
        taken.append(told)
        found[number] = words
    if repeated and not found:
        raise AnswerRejected(
            "the comments say again what the code says",
            code="no-comment",
            hint="say what would go wrong without the line",
        )
    if not found:
        raise AnswerRejected("the answer comments no line that is there", code="no-comment", hint="copy a line exactly")
    return found


def _are_alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= ALIKE * min(len(one), len(other))


def _only_repeats(words: str) -> bool:
    """Return whether a comment tells in words what the code says, and gives no reason."""
    return _RETELLS.match(words) is not None and _REASON.search(words) is None


def _cleaned(words: str) -> str:
    """Return a comment as one line without the mark, to where a sentence or clause ends; nothing where none does."""
    text = " ".join(words.split()).lstrip("#/*- ").replace("*/", "").strip()
    text = "".join(character for character in text if character.isprintable())
    text = _OPENING.sub("", text, count=1) if _OPENING.match(text) else text
    if len(text) > LONGEST or (len(words) >= MOST_SAID - 1 and not text.endswith((".", "!", "?"))):
        ends = [
            found.start() for found in _CLAUSE.finditer(text[: LONGEST + 1]) if len(text[: found.start()].split()) > 3
        ]
        text = f"{text[: ends[-1]]}." if ends else ""
    return text[:1].upper() + text[1:] if text else ""
