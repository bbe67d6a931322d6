"""A map of a repository: the definitions that matter most to a task, as signatures, within a budget of tokens.

Files refer to files through the names they use. Attention starts at what the task names and targets and walks along
those references, returning to the start now and then: personalised PageRank, computed locally by pushing what is left
to spread (Andersen, Chung and Lang, 2006), so that a large repository costs no more than its relevant part. The idea of
such a map is aider's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from heapq import heapify, heappop, heappush
from pathlib import Path

from workbench.context.budget import estimate
from workbench.context.repo_map_index import Index, load, save
from workbench.context.repo_map_tags import Definition, Tags
from workbench.model import Value

STAYS = 0.15
"""Part of what reaches a file that stays with it; the rest goes on along its references."""

SPREAD = 1e-4
"""What is left to spread below which a file is not looked at again."""

MOST_STEPS = 400
"""Most files that attention goes through, those with most left first."""

MOST_HOMES = 8
"""A name that more files than this define says nothing about where it leads."""

MOST_ALIKE = 3
"""Most definitions of one name, with what they lie in, that are shown of one file."""

LONGEST_SIGNATURE = 110

_WORD = re.compile(r"[A-Za-z_]\w{2,}")
_STARTS = 24
_LEAST = 6


class RepoMap(Value):
    """What a model is shown of a repository.

    Attributes:
        text: the map, files by importance, each with the definitions that matter.
        files: how many files are on it.
        definitions: how many definitions.
        known: how many files were looked at in all.
        parsed: how many of them had to be parsed anew.
    """

    text: str
    files: int = 0
    definitions: int = 0
    known: int = 0
    parsed: int = 0


def repo_map(
    root: Path,
    files: Sequence[str],
    *,
    mentioned: str = "",
    targets: Collection[str] = (),
    shown: Collection[str] = (),
    budget: int = 1_000,
    cache: Path | None = None,
) -> RepoMap:
    """Return the map of a repository.

    Args:
        root: its folder.
        files: paths below it that may be read; nothing else is.
        mentioned: the task's words: files and names in them are where attention starts.
        targets: files that the task is about; it starts there too.
        shown: files that the model sees anyway; they are left out of the map.
        budget: most tokens of the map, by estimate.
        cache: a file in which to keep what was read; None for nowhere.
    """
    index = load(cache) if cache is not None else Index()
    index.refresh(root, files)
    if cache is not None:
        save(index, cache)
    return draw(index, root, mentioned=mentioned, targets=targets, shown=shown, budget=budget)


def draw(
    index: Index,
    root: Path,
    *,
    mentioned: str = "",
    targets: Collection[str] = (),
    shown: Collection[str] = (),
    budget: int = 1_000,
) -> RepoMap:
    """Return the map of an index that is up to date; see `repo_map`."""
    graph = _Graph(index)
    words = set(_WORD.findall(mentioned))
    weights = graph.walk(graph.starts(mentioned, words, targets), words)
    sheet = _Sheet(root, budget)
    for (path, name), _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        if sheet.spent > budget - _LEAST:
            break
        if path not in shown:
            for one in _with_owners(graph.tags(path), name):
                sheet.take(path, one)
    count = sum(map(len, sheet.chosen.values()))
    return RepoMap(
        text=sheet.text(),
        files=len(sheet.chosen),
        definitions=count,
        known=len(index.entries),
        parsed=index.parsed,
    )


class _Graph:
    """Which files define a name; what a file refers to is unpacked when it is asked for."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.homes: dict[str, list[str]] = defaultdict(list)
        for path, entry in index.entries.items():
            if entry.defines:
                for name in {row.split(" ", 2)[1] for row in entry.defines.split("\n")}:
                    self.homes[name].append(path)
        self._tags: dict[str, Tags] = {}
        self._linked: dict[str, list[tuple[str, str, float]]] = {}

    def tags(self, path: str) -> Tags:
        found = self._tags.get(path)
        if found is None:
            found = self._tags[path] = self.index.entries[path].tags()
        return found

    def starts(self, mentioned: str, words: set[str], targets: Collection[str]) -> dict[str, float]:
        """Return where attention begins: targets, files and names that the task speaks of, else what is used most."""
        found = {path: 4.0 for path in targets if path in self.index.entries}

        def add(path: str, weight: float) -> None:
            found[path] = found.get(path, 0.0) + weight

        for path in self.index.entries:
            name = path.rpartition("/")[2]
            if path in mentioned or (len(name) > 4 and name in mentioned):
                add(path, 3.0)
            elif name.partition(".")[0] in words and len(name) > 6:
                add(path, 1.0)
        for word in words:
            homes = self.homes.get(word, ())
            if 0 < len(homes) <= MOST_HOMES and _is_telling(word):
                for home in homes:
                    add(home, 2.0 / len(homes))
        return found or self._most_used()

    def _most_used(self) -> dict[str, float]:
        """Return the files whose definitions are referred to from most others."""
        used: Counter[str] = Counter()
        for entry in self.index.entries.values():
            used.update(row.partition(" ")[2] for row in entry.refers.split("\n"))
        score: Counter[str] = Counter()
        for name, count in used.items():
            homes = self.homes.get(name, ())
            if 0 < len(homes) <= MOST_HOMES:
                for path in homes:
                    score[path] += int(1_000 * count * _telling(name) / len(homes))
        return {path: float(count) for path, count in score.most_common(_STARTS)}

    def walk(self, starts: dict[str, float], words: set[str]) -> dict[tuple[str, str], float]:
        """Return how much attention each definition gets, by file and name."""
        total = sum(starts.values())
        left = {path: weight / total for path, weight in starts.items()} if total else {}
        gained: dict[tuple[str, str], float] = defaultdict(float)
        for path, weight in list(left.items()):
            # What a start itself defines matters too, what the task names above all.
            for one in self.tags(path).defines:
                gained[path, one.name] += weight * (0.5 if one.name in words else 0.01 * _telling(one.name))
        queue = [(-weight, path) for path, weight in left.items()]
        heapify(queue)
        for _ in range(MOST_STEPS):
            if not queue:
                break
            path = heappop(queue)[1]
            amount = left.pop(path, 0.0)
            if amount < SPREAD:
                continue
            links = self._links(path, words)
            for home, name, part in links:
                passed = (1 - STAYS) * amount * part
                gained[home, name] += passed
                more = left.get(home, 0.0) + passed
                left[home] = more
                if more >= SPREAD:
                    heappush(queue, (-more, home))
        return gained

    def _links(self, path: str, words: set[str]) -> list[tuple[str, str, float]]:
        """Return where a file's references lead: the file, the name, and the part of its attention that goes there."""
        if path in self._linked:
            return self._linked[path]
        links = []
        for name, count in self.tags(path).refers.items():
            homes = self.homes.get(name, ())
            if not homes or len(homes) > MOST_HOMES:
                continue
            weight = count**0.5 * _telling(name) * (10 if name in words else 1) / len(homes) ** 1.5
            links += [(home, name, weight) for home in homes if home != path]
        whole = sum(weight for _, _, weight in links)
        self._linked[path] = [(home, name, weight / whole) for home, name, weight in links]
        return self._linked[path]


@lru_cache(maxsize=100_000)
def _telling(name: str) -> float:
    """Return how much a name says: long compound ones lead to one place, private ones are nobody else's."""
    if name.startswith("_"):
        return 0.2
    return 3.0 if len(name) >= 8 and _is_telling(name) else 1.0


def _is_telling(word: str) -> bool:
    return "_" in word.strip("_") or any(letter.isupper() for letter in word[1:]) or len(word) > 9 or word[0].isupper()


class _Sheet:
    """Definitions chosen for the map, file by file, with the tokens they take."""

    def __init__(self, root: Path, budget: int) -> None:
        self.root = root
        self.budget = budget
        self.spent = 0
        self.chosen: dict[str, dict[int, str]] = {}
        self._sources: dict[str, list[str]] = {}

    def take(self, path: str, one: Definition) -> None:
        """Put a definition on the map where it fits and is not there yet."""
        there = self.chosen.get(path, {})
        if one.line in there:
            return
        row = _row(self._lines(path), one)
        cost = estimate(row) + (0 if there else estimate(path) + 1)
        if self.spent + cost <= self.budget:
            self.chosen.setdefault(path, {})[one.line] = row
            self.spent += cost

    def _lines(self, path: str) -> list[str]:
        if path not in self._sources:
            try:
                self._sources[path] = Path(self.root, path).read_text("utf-8", "replace").splitlines()
            except OSError:
                self._sources[path] = []
        return self._sources[path]

    def text(self) -> str:
        """Return the map, those of one file together, in its order."""
        pieces = ("\n".join([f"{path}:", *(rows[line] for line in sorted(rows))]) for path, rows in self.chosen.items())
        return "\n".join(pieces)


def _with_owners(tags: Tags, name: str) -> list[Definition]:
    """Return the definitions called `name`, each after what it lies in."""
    found: list[Definition] = []
    by_name: dict[str, Definition] = {}
    for one in tags.defines:
        if one.name == name and len(found) < MOST_ALIKE:
            found += [by_name[outer] for outer in one.within if outer in by_name]
            found.append(one)
        by_name.setdefault(one.name, one)
    return found


def _row(lines: Sequence[str], one: Definition) -> str:
    """Return a definition's signature on one line, indented by what it lies in."""
    said = " ".join(_header(lines, one.line)).strip()
    said = re.sub(r"\s+", " ", said).replace("( ", "(").replace(", )", ")").replace(" )", ")")
    said = said.rstrip(" {:").removesuffix("=>").rstrip()
    said = said if len(said) <= LONGEST_SIGNATURE else f"{said[: LONGEST_SIGNATURE - 1]}…"
    return f"{'  ' * (len(one.within) + 1)}{said or one.name}"


def _header(lines: Sequence[str], first: int) -> Iterable[str]:
    """Yield the lines of a header: the first, and more until its brackets are closed, at most eight."""
    open_ = 0
    for line in lines[first - 1 : first + 7]:
        yield line.strip()
        open_ += sum(map(line.count, "([")) - sum(map(line.count, ")]"))
        if open_ <= 0:
            return
