"""Words in place of a value that is missing, where a task shows a text with them and without."""

from __future__ import annotations

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

TASK = "Days for which we have nobody are just 'Mon: '. They should read 'Mon: nobody yet'."
PYTHON = "def line(day, names):\n    return f\"{day}: {', '.join(names)}\"\n"
JS = "const line = (day, names) => `${day}: ${names.join(', ')}`;\n"
DEAR = "When we don't know the name, our letters begin with 'Dear ,'. They should begin with 'Dear customer,' then."


def changes(task: str, path: str, code: str) -> list[str]:
    source = Source(path=path, content=code.encode())
    found = (plain_changes if path == "a.py" else changes_elsewhere)(task, source, "line")
    return [(one.edits[0].after or b"").decode() for one in found]


@pytest.mark.parametrize(
    ("task", "code", "new"),
    [
        (TASK, PYTHON, PYTHON.replace("join(names)}", "join(names) or 'nobody yet'}")),
        (
            TASK,
            "def line(day, who):\n    return f'{day}: {who}'\n",
            "def line(day, who):\n    return f'{day}: {who or \"nobody yet\"}'\n",
        ),
        (
            DEAR.replace("'Dear ,'", "'Dear None,'"),
            'def line(name: str | None):\n    said = f"Dear {name},"\n    return said\n',
            "def line(name: str | None):\n    said = f\"Dear {name or 'customer'},\"\n    return said\n",
        ),
        (
            "'Score: None' should be 'Score: not played' where there is none.",
            "def line(score):\n    return f'Score: {score}'\n",
            "def line(score):\n    return f'Score: {\"not played\" if score is None else score}'\n",
        ),
    ],
)
def test_they_stand_where_there_is_nothing(task: str, code: str, new: str) -> None:
    assert new in changes(task, "a.py", code)
    sure = surest_change(task, Source(path="a.py", content=code.encode()), "line")
    assert sure
    assert (sure.edits[0].after or b"").decode() == new


@pytest.mark.parametrize(
    ("task", "code", "new"),
    [
        (TASK, JS, JS.replace("join(', ')}", "join(', ') || 'nobody yet'}")),
        (
            DEAR.replace("'Dear ,'", "'Dear undefined,'"),
            "function line({ name }) {\n  return `Dear ${name},`;\n}\n",
            "function line({ name }) {\n  return `Dear ${name || 'customer'},`;\n}\n",
        ),
    ],
)
def test_so_it_is_in_javascript(task: str, code: str, new: str) -> None:
    assert new in changes(task, "a.js", code)


@pytest.mark.parametrize(
    ("task", "path", "code"),
    [
        ("Days that are odd are just 'Mon: '. They should read 'Mon: nobody yet'.", "a.py", PYTHON),
        ("Where there is none 'Mon: nobody' should be 'Mon: '.", "a.py", PYTHON),
        ("Where there is none, 'Mon: nobody' must not be written, 'Mon: ' is right.", "a.py", PYTHON),
        ("Where there is none we want 'Mon: ' instead of 'Mon: nobody'.", "a.py", PYTHON),
        (TASK.replace("nobody yet'", "12'"), "a.py", PYTHON),
        (TASK.replace("'Mon: nobody", "'Tue: nobody"), "a.py", PYTHON),
        (TASK, "a.py", PYTHON.replace("join(names)}", "join(names):>3}")),
        (TASK, "a.py", PYTHON.replace("', '.join(names)", "names or '?'")),
        (TASK, "a.js", JS.replace("names.join(', ')", "names || '?'")),
    ],
)
def test_others_are_left_alone(task: str, path: str, code: str) -> None:
    assert not any(
        " or " in one.replace("or '?'", "") or "|| '" in one.replace("|| '?'", "") for one in changes(task, path, code)
    )
