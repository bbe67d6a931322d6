"""Renaming in Python: the syntax tree says where, the task says what; a nanite is asked only for a better name."""

from __future__ import annotations

import json

from workbench.checks.syntax import check_syntax
from workbench.context.budget import Part
from workbench.crew.conversation import Conversation
from workbench.crew.failing import first_failure
from workbench.crew.renaming.bindings import Binding, Plan, find, planned, unchanged
from workbench.crew.renaming.modules import Modules
from workbench.crew.renaming.words import NAME_SCHEMA, Renaming, answered_name, renaming
from workbench.edits.python.scopes import Names
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import AnswerRejected, EditRefused
from workbench.model import Check, FileEdit, Proposal, Verdict

MOST_SHOWN = 40
"""Lines around a name that a nanite sees to find a better one."""


async def rename(talk: Conversation) -> Proposal:
    """Return the targets with one name changed wherever it is meant, proven where the trees can prove it.

    Raises:
        AnswerRejected: the task does not say what to rename (code `no-names`).
        EditRefused: it cannot be done safely: see `find` and `planned`, or the name is used outside the targets
            (code `used-elsewhere`).
        CheckFailed: the task's checks did not pass.
    """
    asked = renaming(talk.brief.task.spec.task)
    if asked is None:
        raise AnswerRejected(
            "the task does not say what to rename", code="no-names", hint="write: rename `old` to `new`"
        )
    files = _files(talk)
    modules = Modules(json.loads(talk.brief.found.get("files", "[]")) or list(files))
    binding = find(files, asked)
    if asked.new:
        plan = planned(files, modules, binding, asked.new)
    else:
        plan = await _better(talk, files, modules, binding)
    _look_elsewhere(talk, plan, modules, asked)
    edits, proofs = _changed(talk, files, plan)
    checks = (*proofs, *check_syntax(edits))
    if failed := next((check for check in checks if check.ok is False), None):
        raise EditRefused(f"{failed.name}: {failed.output}", code="not-preserved", hint="rename it by hand")
    commands = talk.brief.task.spec.check
    ran = await talk.desk.try_commands(edits, commands) if commands else ()
    if fault := first_failure(ran, "something uses the old name that the trees do not show"):
        raise fault
    for doubt in plan.doubts:
        talk.note(f"not proven: {doubt}")
    passed = bool(ran) and all(check.ok for check in ran)
    places = sum(len(found) for found in plan.places.values())
    return Proposal(
        summary=f"Renames {binding} to {plan.new}: {places} places in {len(edits)} files"[:400],
        edits=edits,
        checks=(*checks, *ran),
        verdict=Verdict.PROVEN if not plan.doubts else Verdict.CHECKED if passed else Verdict.UNVERIFIED,
        notes=tuple(talk.notes),
    )


def _files(talk: Conversation) -> dict[str, Names]:
    files = {}
    for source in talk.brief.targets:
        if not source.path.endswith(PYTHON_SUFFIXES):
            talk.note(f"{source.path}: left out: only Python is renamed in")
            continue
        try:
            files[source.path] = Names(source.content.decode("utf-8"))
        except EditRefused as error:
            talk.note(f"{source.path}: left out: {error.message}")
    return files


def _changed(talk: Conversation, files: dict[str, Names], plan: Plan) -> tuple[tuple[FileEdit, ...], tuple[Check, ...]]:
    """Return the changed files, each with the proof that all other names mean what they meant."""
    edits: list[FileEdit] = []
    proofs: list[Check] = []
    for path, names in files.items():
        after = plan.after(path, names.text)
        if after == names.text:
            continue
        try:
            fault = unchanged(names, Names(after), plan)
        except EditRefused as error:
            fault = error.message
        proofs.append(
            talk.report(Check(name=f"names of {path} mean what they meant", ok=not fault, output=fault, proof=True))
        )
        edits.append(FileEdit(path=path, before=names.text.encode("utf-8"), after=after.encode("utf-8")))
    if not edits:
        raise EditRefused("nothing would be changed", code="no-change", hint="name other targets")
    return tuple(edits), tuple(proofs)


def _look_elsewhere(talk: Conversation, plan: Plan, modules: Modules, asked: Renaming) -> None:
    """Refuse a name that files outside the targets use; say where else it stands.

    Raises:
        EditRefused: code `used-elsewhere`.
    """
    del asked
    binding = plan.binding
    if binding.sort == "local" and binding.name not in binding.scope.arguments:
        return
    if "elsewhere" not in talk.brief.found:
        plan.doubt(f"nobody looked where else {binding.name} stands")
        return
    texts: dict[str, str | None] = json.loads(talk.brief.found["elsewhere"])
    used: list[str] = []
    mentioned: list[str] = []
    for path, text in texts.items():
        if text is None:
            (mentioned if not path.endswith(PYTHON_SUFFIXES) else used).append(path)
        elif _uses(path, text, binding, modules):
            used.append(path)
    if used:
        raise EditRefused(
            f"{binding.name} is used in {', '.join(used[:5])} too, which the task may not change",
            code="used-elsewhere",
            hint=f"add --target {used[0]}, or a glob such as '**/*.py'",
        )
    if mentioned:
        talk.note(f"{binding.name} still stands in {', '.join(mentioned[:8])}")
    if any(not path.endswith((".md", ".rst", ".txt", ".adoc")) for path in mentioned) and binding.sort != "local":
        plan.doubt(f"{binding.name} stands in files that are no Python")


def _uses(path: str, text: str, binding: Binding, modules: Modules) -> bool:
    try:
        names = Names(text)
    except EditRefused:
        return True
    if binding.sort == "member":
        return any(place.role == "attribute" for place in names.of(binding.name))
    if binding.sort == "local":
        called = binding.scope.name.rpartition(".")[2]
        return any(place.role == "keyword" for place in names.of(binding.name)) and bool(names.of(called))
    return modules.has_star(path, names, binding.path) or any(
        (place.role == "import" and modules.is_from(path, place.node, names, binding.path))
        or (place.role == "attribute" and modules.means(path, names, place, binding.path))
        for place in names.of(binding.name)
    )


async def _better(talk: Conversation, files: dict[str, Names], modules: Modules, binding: Binding) -> Plan:
    """Ask a nanite for a better name and return the plan with the first that can be used.

    Raises:
        AnswerRejected, EditRefused: no answer was a name that is free.
    """
    names = files[binding.path]
    first = next(place.line for place in names.of(binding.name) if place.scope is binding.scope or place.role == "name")
    begin = max(1, first - 3)
    shown = "\n".join(names.text.replace("\r\n", "\n").split("\n")[begin - 1 : begin + MOST_SHOWN])
    task = " ".join(talk.brief.task.spec.task.split())
    parts = [
        Part(name=f"{binding.path}:{begin}", text=f"```python\n{shown}\n```"),
        Part(name="task", text=f"Task: {task}\nThe name is `{binding.name}`."),
    ]
    messages = talk.open()
    for attempt in range(talk.repairs + 1):
        messages, answer = await talk.ask(messages, parts, attempt=attempt, schema=NAME_SCHEMA)
        try:
            return planned(files, modules, binding, answered_name(answer, binding.name))
        except (AnswerRejected, EditRefused) as error:
            talk.refuse(error.message)
            if attempt == talk.repairs or error.code in {"dynamic-use", "ambiguous"}:
                raise
            parts = [Part(name="complaint", text=f"{error.message}. {talk.recipe.texts['repair']}")]
    raise AssertionError("the loop returns or raises")
