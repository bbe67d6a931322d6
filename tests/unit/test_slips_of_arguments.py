"""What belongs to the caller is left as it is."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import evident

PAIRS = """def pairs(players: list[str]) -> list[tuple[str, str]]:
    return [(players[at], players[at + 1]) for at in range(0, len(players) - 1, 2)]
"""
TASK = "pairs forgets the last player if there is an odd number of them. Let this one have a bye."
BYE = PAIRS.replace("    return", '    if len(players) % 2:\n        players.append("bye")\n    return')
COPY = "    players = list(players)\n"


def test_a_list_that_is_changed_is_copied_first() -> None:
    assert evident(PAIRS, BYE, TASK) == BYE.replace("    if", f"{COPY}    if")
    more = BYE.replace('players.append("bye")', 'players += ["bye"]')
    assert evident(PAIRS, more, TASK) == more.replace("    if", f"{COPY}    if")
    said = '    """Say who plays whom."""\n    '
    before, after = (text.replace("    ", said, 1) for text in (PAIRS, BYE))
    assert evident(before, after, TASK) == after.replace("    if", f"{COPY}    if")


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        ("list", "given.pop()"),
        ("dict[str, int]", "given.pop('a')"),
        ("dict[str, int]", "given['a'] = 1"),
        ("dict", "del given['a']"),
        ("set[int]", "given.clear()"),
        ("dict", "given.update(a=1)"),
        ("set", "given.update('a')"),
        ("set[str]", "given.discard('a')"),
    ],
)
def test_so_are_other_collections(kind: str, step: str) -> None:
    before = f"def size(given: {kind}):\n    return len(given)\n"
    after = before.replace("    return", f"    {step}\n    return")
    made = kind.partition("[")[0]
    copy = "given.copy()" if made == "dict" else f"{made}(given)"
    meant = after.replace(f"    {step}", f"    given = {copy}\n    {step}")
    assert evident(before, after, "size should count one less.") == meant


@pytest.mark.parametrize(
    ("before", "after", "task"),
    [
        (PAIRS, BYE, "pairs should put a bye into the given list if the number is odd."),
        (PAIRS, BYE, "Let pairs remove nobody; it may modify players."),
        (PAIRS, BYE.replace("    if", "    players = sorted(players)\n    if"), TASK),
        (PAIRS.replace("    return", "    players.sort()\n    return"), BYE, TASK),
        (PAIRS.replace("return", "yield"), BYE.replace("return", "yield"), TASK),
        (
            PAIRS.replace("list[str])", "list[str] | None = None)"),
            BYE.replace("list[str])", "list[str] | None = None)"),
            TASK,
        ),
        (
            "def note(self, rows):\n    return self.rows\n",
            "def note(self, rows):\n    self.rows.append(1)\n    return self.rows\n",
            TASK,
        ),
        ("def at(grid):\n    return grid\n", "def at(grid):\n    grid[0, 0] = 1\n    return grid\n", TASK),
        (
            "def at(row, log):\n    return row\n",
            "def at(row, log):\n    log.update(row)\n    log.append(row)\n    return row\n",
            TASK,
        ),
        ("", BYE, TASK),
    ],
)
def test_what_may_be_changed_is_not_copied(before: str, after: str, task: str) -> None:
    assert evident(before, after, task) == after


@pytest.mark.parametrize(
    ("given", "step"),
    [
        ("digest", "digest.update(b'end')"),
        ("names", "names.remove('nobody')"),
        ("group", "group.add('end')"),
        ("self", "self.append('end')"),
        ("waiting", "waiting.append('end')"),
        ("names: list[str] | None", "names.append('end')"),
        ("names: set[str]", "names.append('end')"),
    ],
)
def test_what_need_not_be_a_collection_is_not_copied(given: str, step: str) -> None:
    before = f"def size({given}):\n    return measured({given.partition(':')[0]}.kind)\n"
    after = before.replace("    return", f"    {step}\n    return")
    assert evident(before, after, TASK) == after


@pytest.mark.parametrize("end", ["    def end(row):\n        return row[-1]\n\n    show(end)\n", "    return None\n"])
def test_what_gives_nothing_is_there_to_change_what_it_gets(end: str) -> None:
    before = f"def show(rows: list[str]) -> None:\n    print(len(rows))\n{end}"
    after = before.replace("    print", "    rows.append('end')\n    print")
    assert evident(before, after, TASK) == after


MARKED = """def total(order: dict[str, float]) -> float:
    order["paid"] = 1
    return order["price"] + order["paid"]
"""
PRICE = MARKED.replace('    order["paid"] = 1\n', "")


@pytest.mark.parametrize(
    ("before", "after", "task"),
    [
        (PRICE, MARKED, "total should store what was paid."),
        (PRICE, MARKED, "total should also make order['paid'] 1."),
        (PRICE, MARKED, "total should add 'paid' to the order."),
        (PRICE.replace("total", "add_payment"), MARKED.replace("total", "add_payment"), "Count what is paid."),
        (
            PRICE.replace("    return", '    """Mark an order as paid."""\n    return'),
            MARKED.replace("    order", '    """Mark an order as paid."""\n    order', 1),
            "Count what is paid.",
        ),
        ("def total(order: dict[str, float]) -> float:\n    raise NotImplementedError\n", MARKED, "Write total."),
    ],
)
def test_what_is_there_to_be_changed_is_not_copied(before: str, after: str, task: str) -> None:
    assert evident(before, after, task) == after


@pytest.mark.parametrize(
    "old",
    [
        "heappush(jobs, 1)",
        "jobs += MORE",
        "jobs[0].append(1)",
        "jobs[0]['at'] = 1",
        "KEPT.jobs = jobs",
        "kept = [jobs]",
        "jobs.symmetric_difference_update(MORE)",
        "alike = jobs is JOBS",
    ],
)
def test_what_others_know_or_what_was_changed_within_is_not_copied(old: str) -> None:
    before = f"def size(jobs: list[list[int]]) -> int:\n    {old}\n    return len(jobs)\n"
    after = before.replace("    return", "    jobs.append([])\n    return")
    assert evident(before, after, TASK) == after


def test_nor_is_what_a_function_hands_to_itself() -> None:
    before = "def reached(place, seen: set[str]) -> int:\n    return sum(one not in seen for one in place)\n"
    after = before.replace("    return", "    seen.add(place.name)\n    return").replace(
        "one not in seen for", "reached(one, seen) for"
    )
    assert evident(before, after, TASK) == after


def test_no_list_is_made_where_the_file_has_another_one() -> None:
    own = "def list():\n    print(names())\n\n\n"
    assert evident(own + PAIRS, own + BYE, TASK) == own + BYE


@pytest.mark.parametrize("step", ["return jobs.pop(0)", "jobs.pop(0)\n    return True", "jobs[0] = ''\n    return 1"])
def test_a_change_that_the_function_does_not_look_at_is_for_the_caller(step: str) -> None:
    before = "def following(jobs: list[str]) -> str:\n    return jobs[0]\n"
    after = before.replace("return jobs[0]", step)
    assert evident(before, after, "following gives the same job each time.") == after


def test_what_others_fill_meanwhile_is_not_copied() -> None:
    before = (
        "async def size(jobs: list[str]) -> int:\n    while not jobs:\n        await more()\n    return len(jobs)\n"
    )
    after = before.replace("    return", "    jobs.append('end')\n    return")
    assert evident(before, after, TASK) == after


def test_what_is_given_back_as_it_came_is_not_copied() -> None:
    before = "def checked(rows: list[str]) -> list[str]:\n    check(len(rows))\n    return rows\n"
    after = before.replace("    return", "    rows.append('end')\n    return")
    assert evident(before, after, TASK) == after
