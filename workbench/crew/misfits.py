"""What an answer asks of values that do not have it, by a type checker: nobody else sees it where no command runs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from workbench.checks.type_errors import TypeFault, type_faults
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.model import FileEdit

_TELLING = frozenset({"attr-defined", "call-arg"})
"""Codes of faults that hold whatever else is true; others depend on annotations, which may be loose."""

_LACKS = re.compile(r'"(?P<owner>\w+)" has no attribute "(?P<name>\w+)"(?:; maybe .*)?')


def misfit(edits: Sequence[FileEdit]) -> str:
    """Return what an edit asks for that is not there and was not asked for before; nothing where nothing is seen."""
    return next((words for edit in edits for words in _new_faults(edit)), "")


def _new_faults(edit: FileEdit) -> Iterator[str]:
    if not edit.path.endswith(PYTHON_SUFFIXES) or not edit.before or not edit.after:
        return
    after = _faults(edit.after)
    if after:
        for fault in after - _faults(edit.before):
            lacks = _LACKS.fullmatch(fault.message)
            # In Python's words, as a command would have them.
            yield f"'{lacks['owner']}' object has no attribute '{lacks['name']}'" if lacks else fault.message


def _faults(content: bytes) -> Counter[TypeFault]:
    found = type_faults(content.decode("utf-8", "replace")) or ()
    return Counter(fault for fault in found if fault.code in _TELLING)
