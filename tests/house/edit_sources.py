"""Real changes of real files: two releases of a package from the index, or installed code with lines of its own moved.

A change is a file before and after, with one to three hunks of what really changed between two releases. Archives are
fetched once, by pip, into a cache outside the repository; nothing of them is committed.
"""

from __future__ import annotations

import ast
import json
import os
import random
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.edits.foreign.grammars import still_parses
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

BLIND = (
    ("jinja2", "3.1.2", "3.1.4"),
    ("requests", "2.28.2", "2.31.0"),
    ("sqlparse", "0.4.3", "0.5.0"),
    ("pyparsing", "3.0.9", "3.1.2"),
    ("ujson", "5.7.0", "5.9.0"),
    ("npm:commander", "11.0.0", "12.1.0"),
    ("npm:qs", "6.11.0", "6.12.1"),
    ("go:github.com/gorilla/mux", "v1.8.0", "v1.8.1"),
    ("go:github.com/urfave/cli/v2", "v2.25.0", "v2.27.1"),
    ("crate:textwrap", "0.15.0", "0.16.1"),
    ("crate:indexmap", "1.9.3", "2.2.6"),
)
"""The first set for a blind figure, of several languages: BSD, Apache-2.0 and MIT."""

BLIND_AGAIN = (
    ("werkzeug", "2.2.3", "3.0.1"),
    ("typer", "0.9.0", "0.12.3"),
    ("cachetools", "5.2.0", "5.3.3"),
    ("pygments", "2.14.0", "2.17.2"),
    ("pybind11", "2.10.4", "2.12.0"),
    ("npm:fastify", "4.20.0", "4.26.0"),
    ("npm:koa", "2.13.4", "2.15.3"),
    ("go:github.com/go-chi/chi/v5", "v5.0.8", "v5.0.12"),
    ("crate:smallvec", "1.10.0", "1.13.2"),
    ("crate:semver", "1.0.16", "1.0.22"),
)
"""The second set, for the figure after the first one's failures were mended."""

BLIND_LAST = (
    ("pluggy", "1.0.0", "1.4.0"),
    ("jsonschema", "4.17.3", "4.21.1"),
    ("uvicorn", "0.20.0", "0.27.0"),
    ("Markdown", "3.4.1", "3.6"),
    ("npm:yargs", "17.5.0", "17.7.2"),
    ("npm:ws", "8.11.0", "8.16.0"),
    ("go:github.com/sirupsen/logrus", "v1.8.1", "v1.9.3"),
    ("crate:bitflags", "2.0.2", "2.4.2"),
    ("crate:anyhow", "1.0.66", "1.0.80"),
)
"""The third set, after the second one's were mended: BSD, Apache-2.0 and MIT as all of them."""

BLIND_FINAL = (
    ("mistune", "2.0.5", "3.0.2"),
    ("peewee", "3.16.0", "3.17.1"),
    ("aiosqlite", "0.18.0", "0.20.0"),
    ("npm:express", "4.18.1", "4.19.2"),
    ("npm:marked", "9.0.0", "12.0.0"),
    ("go:github.com/spf13/cobra", "v1.6.1", "v1.8.0"),
    ("crate:itertools", "0.10.5", "0.12.1"),
)
"""The fourth set, after the third one's were mended."""

BLIND_FIFTH = (
    ("blinker", "1.5", "1.7.0"),
    ("croniter", "1.3.8", "2.0.1"),
    ("tenacity", "8.2.0", "8.2.3"),
    ("zipp", "3.11.0", "3.17.0"),
    ("webcolors", "1.12", "1.13"),
    ("npm:semver", "7.3.8", "7.6.0"),
    ("npm:chalk", "5.0.0", "5.3.0"),
    ("go:github.com/google/uuid", "v1.3.0", "v1.6.0"),
    ("crate:log", "0.4.17", "0.4.21"),
)
"""The fifth set, after the fourth one's were mended."""

BLIND_SIXTH = (
    ("python-dateutil", "2.8.2", "2.9.0"),
    ("Mako", "1.2.4", "1.3.2"),
    ("itsdangerous", "2.0.1", "2.2.0"),
    ("loguru", "0.6.0", "0.7.2"),
    ("prettytable", "3.6.0", "3.10.0"),
    ("npm:uuid", "8.3.2", "9.0.1"),
    ("npm:axios", "1.3.0", "1.6.7"),
    ("go:github.com/stretchr/testify", "v1.8.0", "v1.9.0"),
    ("crate:hashbrown", "0.12.3", "0.14.3"),
    ("crate:rand", "0.8.4", "0.8.5"),
)
"""The sixth set, after the fifth one's were mended."""

_DOWNLOAD = (sys.executable, "-m", "pip", "download", "-q", "--no-deps")
_CODE = (
    *(".py", ".js", ".css", ".rst", ".md", ".toml", ".html"),
    *(".ts", ".tsx", ".go", ".rs", ".c", ".h", ".cpp", ".hpp", ".java", ".rb", ".sh"),
)
_MOST_AT_ONCE = 120_000


@dataclass(frozen=True)
class Change:
    """A file before and after some hunks of a real change."""

    path: str
    before: bytes
    after: bytes


def fetch(name: str, version: str) -> Path:
    """Return the folder that the source of a release was unpacked into.

    `npm:`, `go:` or `crate:` before a name means that registry, each by its own client.

    Raises:
        FileNotFoundError: it cannot be had here.
    """
    registry, _, bare = name.rpartition(":")
    label = f"{name}-{version}".replace("/", "+").replace(":", "+")
    home, parts = CACHE / label, CACHE / "archives" / label
    if not home.exists():
        parts.mkdir(parents=True, exist_ok=True)
        try:
            _FETCHERS[registry](bare, version, parts, home)
        except (OSError, subprocess.CalledProcessError) as error:
            raise FileNotFoundError(f"{name} {version} cannot be had") from error
    return next(iter(sorted(home.iterdir())))


def _from_pip(name: str, version: str, parts: Path, home: Path) -> None:
    # What builds the archive's metadata may come as a wheel; the package itself may not.
    command = [*_DOWNLOAD, "--no-binary", name, "--dest", str(parts), f"{name}=={version}"]
    subprocess.run(command, check=False, capture_output=True)
    _unpack(parts, "*.tar.gz", home)


def _from_npm(name: str, version: str, parts: Path, home: Path) -> None:
    subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=parts, check=True, capture_output=True)
    _unpack(parts, "*.tgz", home)


def _from_go(name: str, version: str, parts: Path, home: Path) -> None:
    command = ["go", "mod", "download", "-json", f"{name}@{version}"]
    said = subprocess.run(command, cwd=parts, check=True, capture_output=True)
    shutil.copytree(json.loads(said.stdout)["Dir"], home / "module")


def _from_cargo(name: str, version: str, parts: Path, home: Path) -> None:
    (parts / "src").mkdir(exist_ok=True)
    (parts / "src/lib.rs").write_text("")
    head = '[package]\nname = "probe"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n'
    (parts / "Cargo.toml").write_text(f'{head}{name} = "={version}"\n')
    subprocess.run(["cargo", "vendor", "-q", "vendor"], cwd=parts, check=True, capture_output=True)
    shutil.copytree(parts / "vendor" / name, home / name)


def _unpack(parts: Path, pattern: str, home: Path) -> None:
    archives = list(parts.glob(pattern))
    if not archives:
        raise FileNotFoundError(f"no source archive in {parts}")
    with tarfile.open(archives[0]) as archive:
        archive.extractall(home, filter="data")


_FETCHERS = {"": _from_pip, "npm": _from_npm, "go": _from_go, "crate": _from_cargo}


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
        if texts[0] != texts[1] and _is_text(texts[0]) and _is_text(texts[1]) and len(texts[0]) < _MOST_AT_ONCE:
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
        if _still_sound(path, before, made):
            yield Change(path, before, made)


def _still_sound(path: str, before: bytes, after: bytes) -> bool:
    """Return whether a part of a real change leaves a file that parses, as the whole of it did."""
    if path.endswith(".py"):
        return _parses(before) and _parses(after)
    return still_parses(path, before.decode(), after.decode())


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
        # A docstring that is one no longer is put back: that is right, and not what is looked for here.
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
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
