"""Keys that a dictionary may not have, or has not yet."""

from __future__ import annotations

import pytest

from workbench.crew.judging.stated import functions
from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.crew.plain.missing import missing_keys, new_keys
from workbench.crew.slips.righted import Changed
from workbench.edits.source import Lines
from workbench.model import FileEdit, Source

HEAD = 'TEXTS = {"en": "Hi", "de": "Hallo"}\n\n\ndef look(self, key, number=1):\n    '
NONE = "look returns None if we have none of those. Return an empty list instead."
RAISES = "look raises a KeyError for boats that never came. It should return an empty list then."
ZERO = "look crashes with a KeyError for a new one. It should simply start at zero for it."
ENGLISH = "look should fall back to the English text ('en') if there is none in the language."


def tried(task: str, line: str) -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=f"{HEAD}{line}\n".encode()), "look")
    return [(one.edits[0].after or b"").decode().removeprefix(HEAD).removesuffix("\n") for one in found]


def surest(task: str, line: str) -> str:
    found = surest_change(task, Source(path="a.py", content=f"{HEAD}{line}\n".encode()), "look")
    return (found.edits[0].after or b"").decode().removeprefix(HEAD).removesuffix("\n") if found else ""


@pytest.mark.parametrize(
    ("task", "line", "new"),
    [
        (NONE, "return self.kinds.get(key)", "return self.kinds.get(key, [])"),
        ("look should give 0 where it gives None now.", "return self.kinds.get(key)", "return self.kinds.get(key, 0)"),
        ("I get None from look for those, I'd rather have ''.", "return TEXTS.get(key)", 'return TEXTS.get(key, "")'),
        (RAISES, "return self.kinds[key]", "return self.kinds.get(key, [])"),
        (RAISES, "return self.kinds[key, number]", "return self.kinds.get((key, number), [])"),
        (RAISES.replace("an empty list", "None"), "return self.kinds[key]", "return self.kinds.get(key)"),
        (ENGLISH, "return TEXTS[key]", 'return TEXTS[key if key in TEXTS else "en"]'),
        (ENGLISH, "return self.texts[key].title()", 'return self.texts[key if key in self.texts else "en"].title()'),
        (ZERO, "self.counts[key] += number", "self.counts[key] = self.counts.get(key, 0) + number"),
        (ZERO, "self.counts[key] -= number + 1", "self.counts[key] = self.counts.get(key, 0) - (number + 1)"),
        (ZERO, "self.rows[key].append(number)", "self.rows.setdefault(key, []).append(number)"),
        (ZERO, "self.rows[key].add(number)", "self.rows.setdefault(key, set()).add(number)"),
    ],
)
def test_a_key_that_is_not_there_has_another_value(task: str, line: str, new: str) -> None:
    assert new in tried(task, line)


@pytest.mark.parametrize(
    ("task", "line"),
    [
        (NONE, "return self.kinds.get(key, 0)"),
        (NONE.replace("instead", "unless it is full"), "return self.kinds.get(key)"),
        ("look should return an empty list.", "return self.kinds.get(key)"),
        ("look returns None. It should raise a KeyError instead.", "return self.kinds.get(key)"),
        (RAISES.replace("KeyError", "TypeError"), "return self.kinds[key]"),
        (RAISES.replace("return an empty list", "raise a ValueError"), "return self.kinds[key]"),
        (RAISES, "return self.kinds[key] if key in self.kinds else 1"),
        (RAISES, "return self.kinds['a']"),
        (RAISES, "return self.kinds[:number]"),
        (ENGLISH.replace("'en'", "'fr'"), "return TEXTS[key]"),
        (ENGLISH, "return TEXTS['de']"),
        (ENGLISH, "return TEXTS[key] if key in TEXTS else key"),
        (ZERO, "self.counts[0] += number"),
        (ZERO, "self.rows[key] += [number]"),
        (ZERO, "self.counts[key] *= number"),
        (ZERO, "if key in self.counts: self.counts[key] += number"),
        ("look should start at 5.", "self.counts[key] += number"),
        (ZERO.replace("start at zero", "raise a ValueError"), "self.counts[key] += number"),
    ],
)
def test_no_key_is_looked_up_otherwise(task: str, line: str) -> None:
    content = f"{HEAD}{line}\n".encode()
    node, edit = functions(content)["look"], FileEdit(path="a.py", before=content, after=content)
    changed = Changed(task, edit, node, node, Lines(content.decode()))
    assert [one.what for find in (*missing_keys.FINDERS, *new_keys.FINDERS) for one in find(changed)] == []
    assert surest(task, line) == ""


@pytest.mark.parametrize(
    ("task", "line", "new"),
    [
        (NONE, "return self.kinds.get(key)", "return self.kinds.get(key, [])"),
        (RAISES, "return self.kinds[key]", "return self.kinds.get(key, [])"),
        (ENGLISH, "return TEXTS[key]", 'return TEXTS[key if key in TEXTS else "en"]'),
        (ZERO, "self.counts[key] += number", "self.counts[key] = self.counts.get(key, 0) + number"),
    ],
)
def test_it_is_sure(task: str, line: str, new: str) -> None:
    assert surest(task, line) == new


@pytest.mark.parametrize(
    ("task", "line"),
    [
        (NONE.replace("instead", "instead, but not for guests"), "return self.kinds.get(key)"),
        (NONE, "return self.kinds.get(key) if number else self.kinds.get(number)"),
        (NONE.replace("look", "find"), "return self.kinds.get(key)"),
        (RAISES, "return self.kinds[key] + self.more[key]"),
        (RAISES, "return len(self.kinds[key])"),
        (RAISES.replace("then", "then and log it"), "return self.kinds[key]"),
        (ENGLISH.replace(".", ", only for guests."), "return TEXTS[key]"),
        (ENGLISH, "return TEXTS[key] + TEXTS[number]"),
        (ZERO, "self.counts[key] += self.sizes[key]"),
        (ZERO.replace("start at zero", "be added"), "self.counts[key] += number"),
    ],
)
def test_nothing_is_sure_where_there_is_a_doubt(task: str, line: str) -> None:
    assert surest(task, line) == ""
