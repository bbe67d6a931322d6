"""What a method no longer does to its own thing is missed."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import edit
from workbench.crew.judging.lost import lost
from workbench.crew.judging.lost_elsewhere import lost_elsewhere
from workbench.model import FileEdit

TASK = "Round.remove should return whether the address was on the round."
PYTHON = """class Round:
    def remove(self, address):
        self.stops = [one for one in self.stops if one != address]

    def note(self, address):
        return None
"""
SETS = "        self.stops = [one for one in self.stops if one != address]\n"
TOLD = "Round.remove no longer changes self.stops; it must go on to do what it did"


def told(task: str, old: str, new: str) -> str:
    before = PYTHON.replace(SETS, f"        {old}\n")
    return lost(task, [edit(before, before.replace(f"        {old}\n", f"        {new}\n"))])


@pytest.mark.parametrize(
    "old",
    [
        SETS.strip(),
        "self.stops.remove(address)",
        "self.stops[address] = None",
        "del self.stops[address]",
        "self.stops += [address]",
    ],
)
def test_a_field_that_is_only_asked_now_is_missed(old: str) -> None:
    assert told(TASK, old, "return address in self.stops") == TOLD


@pytest.mark.parametrize(
    ("task", "new"),
    [
        (TASK, "self.stops = [one for one in self.stops if one != address]; return True"),
        (TASK, "before = len(self.stops); self.stops.remove(address); return before"),
        (TASK, "self.note(self.stops); return True"),
        (TASK, "setattr(self, 'stops', []); return bool(self.stops)"),
        ("Round.remove must not change the stops.", "return address in self.stops"),
        ("Round.remove should leave its stops alone and return a list.", "return [one for one in self.stops]"),
        ("Round.remove should return the others instead.", "return [one for one in self.stops if one != address]"),
    ],
)
def test_what_is_done_otherwise_or_is_to_be_left_is_not_missed(task: str, new: str) -> None:
    assert "no longer changes" not in told(task, SETS.strip(), new)


SETS_IN_JS = "this.stops = this.stops.filter((stop) => stop !== address);"
JS = f"class Round {{\n  remove(address) {{\n    {SETS_IN_JS}\n  }}\n}}\n"
GO = "package a\n\nfunc (r *Round) Remove(a string) bool {\n\tr.stops[a] = false\n\treturn r.open\n}\n"


@pytest.mark.parametrize(
    ("path", "before", "old", "new", "field"),
    [
        ("a.js", JS, SETS_IN_JS, "return this.stops.includes(address);", "this.stops"),
        ("a.js", JS.replace(SETS_IN_JS, "this.stops.push(address);"), "this.stops.push(address)", "", "this.stops"),
        ("a.js", JS.replace(SETS_IN_JS, "this.#count++;"), "this.#count++", "return this.#count", "this.#count"),
        ("a.go", GO, "\tr.stops[a] = false\n\treturn r.open", "\treturn r.stops[a]", "r.stops"),
        ("a.go", GO.replace("r.stops[a] = false", "r.count++"), "\tr.count++\n", "", "r.count"),
    ],
)
def test_so_it_is_in_other_languages(path: str, before: str, old: str, new: str, field: str) -> None:
    change = [FileEdit(path=path, before=before.encode(), after=before.replace(old, new).encode())]
    assert f"no longer changes {field};" in lost_elsewhere(TASK, change)


def test_what_goes_on_to_change_it_in_javascript_is_not_missed() -> None:
    after = JS.replace("    this", "    const before = this.stops.length;\n    this").replace(
        "  }\n", "    return this.stops.length < before;\n  }\n"
    )
    assert not lost_elsewhere(TASK, [FileEdit(path="a.js", before=JS.encode(), after=after.encode())])


@pytest.mark.parametrize(
    "new",
    [
        "stops = self.stops; stops.append(address)",
        "(stops := self.stops)[address] = 1",
        "self.stops[address]['n'] = 1",
        "self.stops[address].n += 1",
        "self.stops[address].append(1)",
        "self.stops.get(address).remove(1)",
        "heapq.heappush(self.stops, address)",
        "self.stops.difference_update([address])",
        "for one in self.stops: one.open = False",
        "first, *rest = reversed(self.stops); del first.open",
        "vars(self)['stops'] = [self.stops]",
        "save(self, self.stops)",
    ],
)
def test_what_may_be_changed_by_another_name_is_not_missed(new: str) -> None:
    assert "no longer changes" not in told(TASK, "self.stops[address] = None", new)


@pytest.mark.parametrize(
    "new",
    [
        "return len(self.stops) > 1 and address in self.stops.keys()",
        "before = list(self.stops); return before.index(address)",
        "return any(one == address for one in self.stops)",
        "for one in self.stops:\n            if one == address: return True",
        "return self.stops.get(address)",
    ],
)
def test_what_is_only_looked_at_is_missed(new: str) -> None:
    assert told(TASK, "self.stops[address] = None", new) == TOLD


@pytest.mark.parametrize(
    ("path", "before", "old", "new"),
    [
        ("a.js", JS, SETS_IN_JS, "const { stops } = this; stops.push(address);"),
        ("a.js", JS, SETS_IN_JS, "const stops = this.stops; stops.push(address);"),
        ("a.js", JS, SETS_IN_JS, "Object.assign(this.stops, { address });"),
        ("a.js", JS, SETS_IN_JS, "for (const one of this.stops) one.open = false;"),
        ("a.js", JS, SETS_IN_JS, "const one = this.stops.find((stop) => stop.at === address); one.open = false;"),
        ("a.js", JS, SETS_IN_JS, "[this.stops, this.open] = [[], true];"),
        ("a.ts", JS, SETS_IN_JS, "(this.stops as string[]).push(address);"),
        ("a.java", "class Round {\n  void remove(int a) {\n    this.at = a;\n  }\n}\n", "this.at = a", "at = a"),
        ("a.go", GO, "r.stops[a] = false", "r.Remember(a)"),
        ("a.go", GO, "r.stops[a] = false", "remember(r, a)"),
        ("a.go", GO, "r.stops[a] = false", "delete(r.stops, a)"),
        ("a.go", GO, "r.stops[a] = false", "stop := &r.stops[0]\n\tstop.open = false"),
        ("a.go", GO, "r.stops[a] = false", "r.open, r.stops[a] = true, false"),
    ],
)
def test_nor_is_it_in_other_languages(path: str, before: str, old: str, new: str) -> None:
    after = before.replace(old, new)
    assert "no longer changes" not in lost_elsewhere(
        TASK, [FileEdit(path=path, before=before.encode(), after=after.encode())]
    )


def test_a_local_thing_with_one_letter_is_not_the_methods_own() -> None:
    before = JS.replace(SETS_IN_JS, "const o = {}; o.at = address; return o;")
    after = before.replace("const o = {}; o.at = address; return o;", "return { at: address };")
    assert not lost_elsewhere(TASK, [FileEdit(path="a.js", before=before.encode(), after=after.encode())])


def test_a_receiver_may_have_another_name() -> None:
    after = GO.replace("r.", "round.").replace("(r *", "(round *")
    assert not lost_elsewhere(TASK, [FileEdit(path="a.go", before=GO.encode(), after=after.encode())])
