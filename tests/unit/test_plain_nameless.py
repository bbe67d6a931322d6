"""A word for a name that is not there, and parts of a cut text that are empty."""

from __future__ import annotations

import pytest

from workbench.crew.judging.stated import functions
from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.crew.plain.missing import empty_parts, nameless
from workbench.crew.slips.righted import Changed
from workbench.edits.source import Lines
from workbench.model import FileEdit, Source

GREETS = "def work(name, title=''):\n    "
GUEST = "work should return 'Dear guest,' if the name is empty."
CUT = "work should skip empty entries: 'en, , de,' is ['en', 'de']."


def tried(task: str, body: str) -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=f"{GREETS}{body}\n".encode()), "work")
    return [(one.edits[0].after or b"").decode().removeprefix(GREETS).removesuffix("\n") for one in found]


def surest(task: str, body: str) -> str:
    found = surest_change(task, Source(path="a.py", content=f"{GREETS}{body}\n".encode()), "work")
    return (found.edits[0].after or b"").decode().removeprefix(GREETS).removesuffix("\n") if found else ""


def mine(task: str, code: str) -> list[str]:
    content = code.encode()
    node, edit = functions(content)["work"], FileEdit(path="a.py", before=content, after=content)
    changed = Changed(task, edit, node, node, Lines(code))
    return [one.what for find in (*nameless.FINDERS, *empty_parts.FINDERS) for one in find(changed)]


@pytest.mark.parametrize(
    ("task", "body", "new"),
    [
        (GUEST, 'return f"Dear {name},"', "return f\"Dear {name or 'guest'},\""),
        (GUEST, "return f'Dear {name},'", "return f'Dear {name or \"guest\"},'"),
        (GUEST, "return 'Dear ' + name + ','", "return 'Dear ' + (name or \"guest\") + ','"),
        (GUEST, "return f'Dear {self.name},'", "return f'Dear {self.name or \"guest\"},'"),
        (
            GUEST,
            "return f'Dear {name}, your {title} is here'",
            "return f'Dear {name or \"guest\"}, your {title} is here'",
        ),
        (
            "We do not know the name of everybody. If it is only blanks, work should begin with 'Dear chess friend,'.",
            'return f"Dear {name},"',
            "return f\"Dear {name.strip() or 'chess friend'},\"",
        ),
        (
            "If we don't know somebody's name, the letter should begin with 'Dear chess friend,'.",
            'return f"Dear {name.strip()},"',
            "return f\"Dear {name.strip() or 'chess friend'},\"",
        ),
        (
            "work gives 'Dear None,' if the name is None, I want 'Dear guest,' there.",
            'return f"Dear {name},"',
            "return f\"Dear {name or 'guest'},\"",
        ),
        ("If the name is missing, use 'guest'.", "return 'Dear ' + name", "return 'Dear ' + (name or \"guest\")"),
        (
            "work should give Dear guest, if the name is empty",
            'return f"Dear {name},"',
            "return f\"Dear {name or 'guest'},\"",
        ),
        (
            CUT,
            "return [part.strip() for part in name.split(',')]",
            "return [part.strip() for part in name.split(',') if part.strip()]",
        ),
        (
            "Empty tags should be left out by work.",
            "return {part for part in name.split(',')}",
            "return {part for part in name.split(',') if part}",
        ),
        (
            "work gives ['a', '', 'b'] for 'a,,b'. There should be no empty words.",
            "return name.split(',')",
            "return [part for part in name.split(',') if part]",
        ),
        (
            CUT,
            "for part in name.split(','):\n        print(int(part))",
            "for part in name.split(','):\n        if not part.strip():\n            continue\n"
            "        print(int(part))",
        ),
        (
            CUT,
            "for part in name.split(','):\n        part = part.strip()\n        print(part)",
            "for part in name.split(','):\n        part = part.strip()\n        if not part:\n            continue\n"
            "        print(part)",
        ),
        (
            "work returns [''] for an empty setting. It should return an empty list.",
            "return [part.strip() for part in name.split(',')]",
            "if not name.strip():\n        return []\n    return [part.strip() for part in name.split(',')]",
        ),
    ],
)
def test_a_word_or_nothing_takes_the_place_of_what_is_empty(task: str, body: str, new: str) -> None:
    assert new in tried(task, body)


@pytest.mark.parametrize(
    ("task", "body"),
    [
        (GUEST, "return f'Hello {name},'"),
        (GUEST, "return f'Dear {title},'"),
        (GUEST, "return f'Dear {name!r},'"),
        (GUEST, "return f'Dear {name.title()},'"),
        (GUEST, "return f'Dear {name},' if name else 'Hello'"),
        (GUEST, "return f'Dear {name or title},'"),
        (GUEST.replace("if the name is empty", "for all"), "return f'Dear {name},'"),
        (GUEST.replace("'Dear guest,'", "'Dear guest,' or 'Dear friend,'"), "return f'Dear {name},'"),
        (GUEST.replace("return", "raise an error and not return"), "return f'Dear {name},'"),
        (GUEST.replace("return", "take an optional word and return"), "return f'Dear {name},'"),
        (GUEST.replace("empty", "long"), "return f'Dear {name},'"),
        ("If the name is empty, leave it out: 'Dear guest,'.", "return f'Dear {name},'"),
        (CUT, "return [part for part in name.split()]"),
        (CUT, "return [part for part in name.split(',') if part]"),
        (CUT, "return [part for part in title]"),
        (CUT, "return [part for part in name.split('\\n')]"),
        (CUT, "for part in name.split(','):\n        if part:\n            print(part)"),
        (CUT.replace("skip", "not skip"), "return [part for part in name.split(',')]"),
        (CUT.replace("skip", "keep"), "return [part for part in title]"),
        (CUT.replace("skip", "raise a ValueError for"), "return [part for part in name.split(',')]"),
        (CUT.replace("skip empty", "skip long").replace(": 'en, , de,' is ['en', 'de']", ""), "return name.split(',')"),
    ],
)
def test_nothing_is_found_where_something_else_is_wanted_or_done(task: str, body: str) -> None:
    assert mine(task, f"{GREETS}{body}\n") == []


def test_a_number_is_no_name() -> None:
    code = "def work(name: int):\n    return f'Dear {name},'\n"
    assert mine(GUEST, code) == []
    assert mine(GUEST, code.replace("int", "str")) != []


@pytest.mark.parametrize(
    ("task", "body", "is_sure"),
    [
        (GUEST, "return f'Dear {name},'", True),
        (GUEST.replace(".", ", but only on Sundays."), "return f'Dear {name},'", False),
        (GUEST.replace(".", ", and in upper case."), "return f'Dear {name},'", False),
        ("If the name is empty, use 'guest'.", "return f'Dear {name},'", False),
        (CUT, "return [part.strip() for part in name.split(',')]", True),
        (
            CUT.replace("entries", "entries if there are many"),
            "return [part.strip() for part in name.split(',')]",
            False,
        ),
        (
            CUT.replace("entries", "entries and sort the rest"),
            "return [part.strip() for part in name.split(',')]",
            False,
        ),
        ("People without a name shouldn't be listed, there are lines with 'None'.", "return f'{name}: {title}'", False),
        ("work should strip the parts, leave out empty ones.", "return [part for part in name.split(',')]", False),
        ("Empty tags look odd, ['a', ''].", "return [part.strip() for part in name.split(',')]", False),
    ],
)
def test_it_is_sure_only_where_the_words_leave_no_doubt(task: str, body: str, *, is_sure: bool) -> None:
    assert (surest(task, body) != "") == is_sure
