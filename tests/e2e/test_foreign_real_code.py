"""Splicing on real code of every language: each symbol put back changes nothing, each changed one changes alone.

The code comes from package registries through their own clients; a language whose client is not here is skipped.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench.edits.foreign.grammars import language_of
from workbench.edits.foreign.nodes import walk
from workbench.edits.foreign.outline import Outline, Symbol, build
from workbench.edits.foreign.symbols import splice, symbols
from workbench.errors import EditRefused

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

MOST_FILES = 15
MOST_CHARACTERS = 60_000
_NAMES = frozenset({"identifier", "word", "type_identifier", "field_identifier"})


def unpack(folder: Path, pattern: str) -> Path:
    for archive in folder.glob(pattern):
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")
    return folder


def npm(*packages: str) -> Callable[[Path], Path]:
    def fetch(folder: Path) -> Path:
        _needs("npm")
        for package in packages:
            subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True)
        return unpack(folder, "*.tgz")

    return fetch


def sdist(package: str) -> Callable[[Path], Path]:
    def fetch(folder: Path) -> Path:
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*pip, "-d", str(folder), package], check=True)
        return unpack(folder, "*.tar.gz")

    return fetch


def go(module: str) -> Callable[[Path], Path]:
    def fetch(folder: Path) -> Path:
        _needs("go")
        said = subprocess.run(["go", "mod", "download", "-json", module], cwd=folder, check=True, capture_output=True)
        return Path(json.loads(said.stdout)["Dir"])

    return fetch


def crate(name: str, version: str) -> Callable[[Path], Path]:
    def fetch(folder: Path) -> Path:
        _needs("cargo")
        (folder / "src").mkdir()
        (folder / "src/lib.rs").write_text("")
        head = '[package]\nname = "probe"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n'
        (folder / "Cargo.toml").write_text(f'{head}{name} = "={version}"\n')
        subprocess.run(["cargo", "vendor", "-q", "vendor"], cwd=folder, check=True, capture_output=True)
        return folder / "vendor"

    return fetch


def _needs(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not here")


SOURCES = [
    ("js", npm("express@5.1.0", "preact@10.27.0")),
    ("ts", npm("rxjs@7.8.1")),
    ("go", go("github.com/spf13/cobra@v1.8.0")),
    ("rs", crate("memchr", "2.7.4")),
    ("java", npm("react-native@0.76.5")),
    ("c", sdist("zstandard")),
    ("cpp", npm("react-native@0.76.5")),
    ("rb", npm("react-native@0.76.5")),
    ("sh", sdist("virtualenvwrapper")),
]


@pytest.mark.parametrize(("suffix", "fetch"), SOURCES, ids=[suffix for suffix, _ in SOURCES])
def test_every_symbol_of_real_files(suffix: str, fetch: Callable[[Path], Path], tmp_path: Path) -> None:
    put_back = changed = 0
    chance = random.Random(11)
    for path, text in files(fetch(tmp_path), suffix):
        language = language_of(path, text)
        assert language is not None
        file = build(language, text)
        assert symbols(path, text) is not None
        for symbol in file.every():
            with pytest.raises(EditRefused) as caught:
                splice(path, text, file.said(symbol.lead, symbol.tail), {symbol.name})
            assert caught.value.code == "no-change", (path, symbol.name, str(caught.value))
            put_back += 1
            changed += change(path, text, file, symbol, chance)
    assert put_back >= 15
    assert changed >= 5


def files(root: Path, suffix: str) -> Iterator[tuple[str, str]]:
    found = sorted(path for path in root.rglob(f"*.{suffix}") if path.is_file() and ".min." not in path.name)
    random.Random(3).shuffle(found)
    taken = 0
    for path in found:
        text = path.read_bytes().decode("utf-8", "replace")
        if taken < MOST_FILES and 200 < len(text) < MOST_CHARACTERS and "\ufffd" not in text:
            taken += 1
            yield str(path), text


def change(path: str, text: str, file: Outline, symbol: Symbol, chance: random.Random) -> bool:
    """Change one name in the body of a function; return whether it was one that could be."""
    body = symbol.core.child_by_field_name("body")
    if symbol.kind != "function" or symbol.members is not None or body is None or len(file.by_key[symbol.key]) > 1:
        return False
    names = [node for node in walk(body) if node.type in _NAMES and file.said(node.start_byte, node.end_byte).isalnum()]
    if not names:
        return False
    at = chance.choice(names).end_byte
    code = file.said(symbol.start, at) + "7" + file.said(at, symbol.tail)
    margin = file.indent(symbol.start)
    code = "\n".join(line.removeprefix(margin) for line in code.split("\n"))
    done = splice(path, text, code, {symbol.name})
    assert done.text == file.said(0, at) + "7" + file.said(at, len(file.source)), (path, symbol.name)
    return True
