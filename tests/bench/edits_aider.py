"""Runs cases through aider's own editblock and udiff coders; started by `tests.bench.edits` in aider's environment.

Reads one JSON case a line from stdin and prints, for each, the files that its coder leaves. Only what aider needs to
talk to models and people is left out: the code that finds and changes lines is aider's.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
import tempfile
import types
from pathlib import Path
from typing import Any


class _Files:
    """What the coders ask their `io` for."""

    def read_text(self, path: str) -> str | None:
        try:
            return Path(path).read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            return None

    def write_text(self, path: str, content: str) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(content.encode())

    def tool_error(self, *said: str) -> None:
        """Say nothing."""

    tool_warning = tool_output = tool_error


def coders() -> dict[str, Any]:
    """Return aider's coders by format, over a base that knows files and no model."""
    found = importlib.util.find_spec("aider")
    assert found is not None
    assert found.submodule_search_locations is not None
    package = types.ModuleType("aider.coders")
    package.__path__ = [str(Path(found.submodule_search_locations[0]) / "coders")]
    base = types.ModuleType("aider.coders.base_coder")
    base.Coder = type("Coder", (), {})  # type: ignore[attr-defined]
    sys.modules |= {"aider.coders": package, "aider.coders.base_coder": base}
    return {
        "search-replace": importlib.import_module("aider.coders.editblock_coder").EditBlockCoder,
        "unified-diff": importlib.import_module("aider.coders.udiff_coder").UnifiedDiffCoder,
    }


def run(kind: Any, case: dict[str, Any], folder: Path) -> None:
    """Let a coder follow a case's answer in `folder`."""
    coder = kind()
    coder.partial_response_content = case["answer"]
    coder.fence = ("```", "```")
    coder.io = _Files()
    coder.shell_commands = []
    coder.abs_fnames = [str(folder / path) for path in case["files"]]
    coder.abs_root_path = lambda path: str(folder / path)
    coder.get_rel_fname = lambda path: str(Path(path).relative_to(folder))
    coder.get_inchat_relative_files = lambda: list(case["files"])
    coder.apply_edits(coder.get_edits())


def main() -> None:
    """Follow all cases."""
    known = coders()
    for line in sys.stdin:
        case = json.loads(line)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "tree"
            for path, content in case["files"].items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content.encode("latin-1"))
            refused = False
            try:
                run(known[case["form"]], case, folder)
            except Exception:
                refused = True
            left = {
                path.relative_to(folder).as_posix(): path.read_bytes().decode("latin-1")
                for path in folder.rglob("*")
                if path.is_file()
            }
            sys.stdout.write(json.dumps({"files": left, "refused": refused}) + "\n")


if __name__ == "__main__":
    main()
