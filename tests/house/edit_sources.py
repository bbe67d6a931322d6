"""Real changes of real files: two releases of a package from the index, or installed code with lines of its own moved.

A change is a file before and after, with one to three hunks of what really changed between two releases. Archives are
fetched once, by pip, into a cache outside the repository; nothing of them is committed.
"""

from __future__ import annotations

import ast
import os
import random
import subprocess
import sys
import sysconfig
import tarfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.edits.lines import Region, regions, split_lines

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "nanites" / "edit-corpus"
TUNED = (("click", "8.1.3", "8.1.7"), ("attrs", "22.1.0", "23.1.0"), ("httpx", "0.24.1", "0.25.2"))
"""Packages that the ladder was tuned on: BSD-3-Clause, MIT, BSD-3-Clause."""

FRESH = (
    ("flask", "2.2.5", "2.3.3"),
    ("rich", "13.5.3", "13.7.1"),
    ("marshmallow", "3.19.0", "3.21.3"),
    ("starlette", "0.31.1", "0.36.3"),
    ("tomlkit", "0.11.8", "0.12.4"),
)
"""Packages that nobody looked at before the figure was taken: BSD-3-Clause and MIT all."""

_DOWNLOAD = (sys.executable, "-m", "pip", "download", "-q", "--no-deps")
_CODE = (".py", ".js", ".css", ".rst", ".md", ".toml", ".html")


@dataclass(frozen=True)
class Change:
    """A file before and after some hunks of a real change."""

    path: str
    before: bytes
    after: bytes


def fetch(name: str, version: str) -> Path:
    """Return the folder that the source archive of a release was unpacked into."""
    home = CACHE / f"{name}-{version}"
    if not home.exists():
        parts = CACHE / "archives" / f"{name}-{version}"
        parts.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            # What builds the archive's metadata may come as a wheel; the package itself may not.
            [*_DOWNLOAD, "--no-binary", name, "--dest", str(parts), f"{name}=={version}"],
            check=False,
            capture_output=True,
        )
        archives = list(parts.glob("*.tar.gz"))
        if not archives:
            raise FileNotFoundError(f"{name} {version} cannot be had as a source archive")
        with tarfile.open(archives[0]) as archive:
            archive.extractall(home, filter="data")
    return next(iter(sorted(home.iterdir())))


def release_changes(name: str, old: str, new: str, seed: int, most: int = 60) -> Iterator[Change]:
    """Yield changes between two releases, each with one to three neighbouring hunks."""
    before, after = fetch(name, old), fetch(name, new)
    chooser = random.Random(f"{seed} {name}")
    found: list[Change] = []
    for path in sorted(before.rglob("*")):
        other = after / path.relative_to(before)
        if path.suffix not in _CODE or not path.is_file() or not other.is_file():
            continue
        texts = path.read_bytes(), other.read_bytes()
        if texts[0] != texts[1] and _is_text(texts[0]) and _is_text(texts[1]) and len(texts[0]) < 120_000:
            found += _pieces(path.relative_to(before).as_posix(), *texts, chooser)
    chooser.shuffle(found)
    yield from found[:most]


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in content and bool(content.strip())


def _pieces(path: str, before: bytes, after: bytes, chooser: random.Random) -> Iterator[Change]:
    old, new = split_lines(before), split_lines(after)
    every = [region for region in regions(old, new) if _is_small(region)]
    at = 0
    while at < len(every):
        count = chooser.choice((1, 1, 1, 2, 3))
        made = _with(old, new, every[at : at + count])
        at += count
        if not path.endswith(".py") or (_parses(before) and _parses(made)):
            yield Change(path, before, made)


def _is_small(region: Region) -> bool:
    return sum(change.old_end - change.old_first + change.new_end - change.new_first for change in region.changes) <= 24


def _with(old: list[bytes], new: list[bytes], chosen: list[Region]) -> bytes:
    built: list[bytes] = []
    at = 0
    for change in (change for region in chosen for change in region.changes):
        built += [*old[at : change.old_first], *new[change.new_first : change.new_end]]
        at = change.old_end
    return b"".join([*built, *old[at:]])


def _parses(content: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(content)
    except (SyntaxError, ValueError):
        return False
    return True


def library_changes(seed: int, most: int = 60) -> Iterator[Change]:
    """Yield changes of the standard library's own files: simple statements dropped, doubled with a twist, or renamed.

    They need no network. Each is what a small task leaves: a few lines within one or two functions.
    """
    chooser = random.Random(seed)
    folder = Path(sysconfig.get_path("stdlib"))
    names = sorted(path for path in folder.glob("*.py") if 2_000 < path.stat().st_size < 60_000)
    made = 0
    for path in chooser.sample(names, len(names)):
        before = path.read_bytes()
        if not _is_text(before) or b"\r" in before or b"\t" in before or not _parses(before):
            continue
        after = _tinkered(before.decode(), chooser).encode()
        if after != before and _parses(after):
            made += 1
            yield Change(f"lib/{path.name}", before, after)
        if made == most:
            return


def _tinkered(text: str, chooser: random.Random) -> str:
    lines = text.split("\n")
    simple = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Assign | ast.Return | ast.Expr | ast.AugAssign)
        and node.lineno == node.end_lineno
        and node.col_offset
        and lines[node.lineno - 1].strip() == ast.get_source_segment(text, node)
    ]
    if not simple:
        return text
    for node in sorted(
        chooser.sample(simple, min(len(simple), chooser.choice((1, 1, 2)))), key=lambda one: -one.lineno
    ):
        at, line = node.lineno - 1, lines[node.lineno - 1]
        margin = line[: node.col_offset]
        name = f"tinker{chooser.randrange(100)}"
        match chooser.randrange(4):
            case 0:
                lines[at : at + 1] = [f"{margin}{name} = {chooser.randrange(1000)}", line]
            case 1:
                lines[at : at + 1] = [f"{margin}if not {name}:", f"{margin}    raise ValueError({name!r})", line]
            case 2:
                lines[at : at + 1] = [f"{margin}with {name}:", f"    {line}"]
            case _:
                lines[at] = f"{line}  # {name}"
    return "\n".join(lines)
