"""What the product is made of, and what is known against it: `python -m tests.house.supply_chain`, as `.ci/run` does.

Makes `build/sbom.json` (CycloneDX, of the environment in `.venv`) and `build/audit.json` (pip-audit, of the pinned
requirements) with tools in an environment of their own. Where the advisory data cannot be had pip-audit passes over
every package and calls that clean: that is told as not run. Exits with 1 where something is known against a package.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build"
TOOLS = ("pip-audit>=2.7,<3", "cyclonedx-bom>=7,<8")


@dataclass(frozen=True)
class Audit:
    """What came of it: packages that were looked up, packages passed over, and what is known against some."""

    looked_up: int
    passed_over: int
    known: tuple[str, ...]
    fault: str = ""

    @property
    def words(self) -> str:
        """The outcome in a line."""
        if self.fault or not self.looked_up:
            why = self.fault or f"no advisory data for any of {self.passed_over} packages"
            return f"pip-audit: NOT RUN ({why})"
        told = f"pip-audit: {len(self.known)} known against {self.looked_up} packages"
        return f"{told}, {self.passed_over} passed over" if self.passed_over else told


def read_audit(text: str, said: str = "") -> Audit:
    """Return what pip-audit's JSON says; `said` is what it wrote besides, for where there is none."""
    try:
        found: list[dict[str, Any]] = json.loads(text)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (said.strip().splitlines() or ["it wrote nothing"])[-1]
        return Audit(0, 0, (), last[:200])
    passed_over = [one for one in found if "skip_reason" in one]
    known = [
        f"{one['name']} {one.get('version')}: {each.get('id')}" for one in found for each in one.get("vulns") or ()
    ]
    return Audit(len(found) - len(passed_over), len(passed_over), tuple(known))


def main() -> int:
    """Make both files and tell of them."""
    tools = BUILD / "supply"
    if not (tools / "bin/pip-audit").exists():
        venv.create(tools, with_pip=True)
        subprocess.run([tools / "bin/pip", "install", "-q", *TOOLS], check=True)
    bom: list[str | Path] = [
        tools / "bin/cyclonedx-py",
        "environment",
        ROOT / ".venv",
        "--output-reproducible",
        "-o",
        BUILD / "sbom.json",
    ]
    subprocess.run(bom, check=True)
    parts = json.loads((BUILD / "sbom.json").read_bytes())["components"]
    print(f"SBOM: {len(parts)} components in build/sbom.json")
    (BUILD / "audit.json").unlink(missing_ok=True)
    audited: list[str | Path] = [
        tools / "bin/pip-audit",
        "-r",
        ROOT / "requirements-dev.txt",
        "--disable-pip",
        "-f",
        "json",
    ]
    done = subprocess.run([*audited, "-o", BUILD / "audit.json"], capture_output=True, text=True, check=False)
    text = (BUILD / "audit.json").read_text() if (BUILD / "audit.json").exists() else ""
    audit = read_audit(text, done.stderr)
    print(audit.words, *audit.known, sep="\n")
    return 1 if audit.known else 0


if __name__ == "__main__":
    sys.exit(main())
