"""Findings about the name of a variable: another name is given to it wherever it is meant, by the table of scopes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.checks.linters import Diagnostic
from workbench.crew.renaming.bindings import Binding, planned, variable_at
from workbench.crew.renaming.modules import Modules
from workbench.edits.python.scopes import Names
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import EditRefused

_AMBIGUOUS = re.compile(r"\bambiguous variable name:? [`'\"](?P<name>\w+)[`'\"]", re.IGNORECASE)
_CAPITALS = re.compile(r"\bvariable [`'\"](?P<name>\w+)[`'\"] in function should be lowercase", re.IGNORECASE)


@dataclass(frozen=True)
class BadName:
    """A variable that is to be called otherwise; `follows` is the name that the rule itself asks for, if it does."""

    binding: Binding
    names: Names
    follows: str = ""

    @property
    def name(self) -> str:
        """What it is called now."""
        return self.binding.name

    @property
    def wanted(self) -> str:
        """What is asked of the model."""
        return f"Answer as JSON. name: a better name for the variable `{self.name}`, a word for what it holds."

    def with_name(self, new: str) -> str:
        """Return the file with the variable under another name.

        Raises:
            EditRefused: the name is taken, or the old one is used by its text; see `planned`.
        """
        path = self.binding.path
        plan = planned({path: self.names}, Modules([path]), self.binding, new)
        if plan.doubts:
            raise EditRefused(plan.doubts[0], code="dynamic-use", hint="rename it by hand")
        return plan.after(path, self.names.text)


def bad_name(finding: Diagnostic, text: str) -> BadName | None:
    """Return the variable that a finding would have called otherwise; None where it is about something else."""
    ambiguous, capitals = (form.search(finding.message) for form in (_AMBIGUOUS, _CAPITALS))
    found = ambiguous or capitals
    if found is None or not finding.path.endswith(PYTHON_SUFFIXES):
        return None
    try:
        names = Names(text)
    except EditRefused:
        return None
    binding = variable_at(finding.path, names, found["name"], finding.line)
    if binding is None:
        return None
    return BadName(binding, names, _lowercase(found["name"]) if capitals else "")


def _lowercase(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
