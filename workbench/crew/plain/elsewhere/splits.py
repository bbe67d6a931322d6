"""Texts that are cut at another sign, too, in JavaScript and Go: "understand a dot as well, as in '18.30'"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.crew.plain.wording.signs import signs_between
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node

_TOO = re.compile(r"\b(?:also|too|as well|either)\b", re.IGNORECASE)
_SIGN = re.compile(r"(['\"`])(?P<sign>[^\w\\'\"`])\1")
_CUTS_IN_GO = frozenset({"strings.Split", "strings.SplitN", "strings.Cut", "strings.Index"})


def split_too_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield what is cut at one sign cut at each other one that a task names, too."""
    if not _TOO.search(task):
        return
    for node in nodes:
        arguments = field(node, "arguments") if node.type == "call_expression" else None
        given = arguments.named_children if arguments is not None else []
        signs = [_SIGN.fullmatch(text(source, one)) for one in given]
        if language == "go" and text(source, field(node, "function")) in _CUTS_IN_GO and len(given) > 1 and signs[1]:
            now = signs[1]["sign"]
            for other in _others(task, now):
                yield given[0], f'strings.ReplaceAll({text(source, given[0])}, "{other}", "{now}")'
        elif (
            language in SCRIPTS and text(source, field(node, "function", "property")) == "split" and given and signs[0]
        ):
            now = signs[0]["sign"]
            for other in _others(task, now):
                yield given[0], f"/[{re.escape(now)}{re.escape(other)}]/"


def _others(task: str, now: str) -> list[str]:
    return [sign for sign in signs_between(task) if sign != now and sign not in '"\\\n\t/]']
