"""What is put into a map or a list though it is there already: refused, or left as it is, in JavaScript and Go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.go_structs import structs_of
from workbench.crew.plain.elsewhere.places import SwapElsewhere, given_to, names_in, result_of
from workbench.crew.plain.elsewhere.refusals import FAILS, refusal
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

_TAKEN = re.compile(
    r"\b(?:already|twice|second time|overwrit\w+|replac\w+)\b|\bsame (?:name|number|id|email|code|key|title)\b",
    re.IGNORECASE,
)
_STAYS = re.compile(
    r"\b(?:nothing (?:should|must) happen|do nothing|as (?:it|they) (?:is|are|was|were)|ignor\w*|only once"
    r"|not (?:be )?(?:add|put|list)\w*|(?:nobody|no one)\b.*\btwice)\b|n't (?:add|put|list)\b",
    re.IGNORECASE,
)
_SETS = re.compile(r"(?P<held>this\.#?[\w$]+)\.set\((?P<key>[\w$.]+), .*\);?", re.DOTALL)
_PUSHES = re.compile(r"(?P<held>(?:this\.#?)?[\w$]+)\.push\((?P<one>[\w$]+|\{[^{}]*\})\);?")
_APPENDS = re.compile(r"(?P<held>[\w.]+) = append\((?P=held), (?P<one>\w+)\)")
_PAIR = re.compile(r"[{,]\s*(?P<field>[\w$]+)(?:\s*:\s*(?P<value>[\w$.]+))?(?=\s*[,}])")
_OTHER = "other"


def taken_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield what is put somewhere only after a look whether it is there, where a task says what is to become of it.

    It is looked for by the fields that the task names, or as it is.
    """
    fails = FAILS.search(task)
    is_one = _TAKEN.search(task) and (fails or _STAYS.search(task))
    if not is_one or _OTHER in names_in(source, nodes):
        return
    error = fails["error"] or "" if fails else None
    result = result_of(source, nodes)
    for node in nodes:
        said = text(source, node)
        if language in SCRIPTS and node.type == "expression_statement":
            for question, key in (*_of_map(said), *_of_list(task, said)):
                refused = refusal(question, ("already there", key), error=error or "", result=None)
                lines = (f"if (!{question}) {{", f"  {said}", "}") if error is None else (*refused, said)
                if (placed := in_its_place(source, node, lines)) is not None:
                    yield node, placed
        elif language == "go" and node.type == "assignment_statement" and (found := _APPENDS.fullmatch(said)):
            for question, key in _of_slice(task, source, given_to(source, nodes).get(found["one"], ""), found["one"]):
                refused = refusal(question, ("already there", key), error=error or "", result=result)
                left = () if result else (f"if {question} {{", "\treturn", "}")
                inner = (f"\t{line}" for line in (left if error is None else refused))
                lines = (f"for _, {_OTHER} := range {found['held']} {{", *inner, "}")
                if len(lines) > 2 and (placed := in_its_place(source, node, (*lines, said))) is not None:
                    yield node, placed


def _of_map(said: str) -> Iterator[tuple[str, str]]:
    """Yield the question whether a map has the key that a statement sets, and that key."""
    if found := _SETS.fullmatch(said):
        yield f"{found['held']}.has({found['key']})", found["key"]


def _of_list(task: str, said: str) -> Iterator[tuple[str, str]]:
    """Yield questions whether a list has what a statement adds to it, each with what it goes by."""
    found = _PUSHES.fullmatch(said)
    if found is None:
        return
    held, one = found["held"], found["one"]
    spread = re.match(r"\{\s*\.\.\.(?P<name>[\w$]+)\s*[,}]", one)
    one = spread["name"] if spread else one
    if not one.startswith("{"):
        yield f"{held}.includes({one})", one
        for word in dict.fromkeys(re.findall(r"\b(?:id|name|number|email|code|key|title)\b", task)):
            if word != one:
                yield f"{held}.some(({_OTHER}) => {_OTHER}.{word} === {one}.{word})", f"{one}.{word}"
        return
    pairs = [(part["field"], part["value"] or part["field"]) for part in _PAIR.finditer(one)]
    named = [pair for pair in pairs if re.search(rf"\b{re.escape(pair[0])}s?\b", task, re.IGNORECASE)]
    if len(named) < len(re.findall(r"\bsame\b", task, re.IGNORECASE)) > 1:
        named = pairs
    every = [" && ".join(f"{_OTHER}.{name} === {value}" for name, value in named)] if len(named) > 1 else []
    every += [f"{_OTHER}.{name} === {value}" for name, value in named or pairs[:1]]
    yield from ((f"{held}.some(({_OTHER}) => {same})", (named or pairs)[0][1]) for same in every)


def _of_slice(task: str, source: bytes, kind: str, one: str) -> Iterator[tuple[str, str]]:
    """Yield questions whether another of a slice is the same as what is added, each with what it goes by."""
    if kind in {"string", "int"}:
        yield f"{_OTHER} == {one}", one
    fields = structs_of(source).get(kind.removeprefix("*"), {})
    named = [name for name in fields if re.search(rf"\b{name}\b", task, re.IGNORECASE)]
    yield from ((f"{_OTHER}.{name} == {one}.{name}", f"{one}.{name}") for name in named)
