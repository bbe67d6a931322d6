"""The guards as a user without any right: continuous integration is root, the people who use the workbench are not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import absent

NOBODY = 54_321
"""A user that the system does not know, so that nothing on the machine is theirs."""


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_no_attempt_gets_out_for_a_user_without_rights(tmp_path_factory: pytest.TempPathFactory) -> None:
    if os.geteuid() != 0:
        pytest.skip("this already is a user without rights: tests/unit/test_breakout.py is the same test")
    if shutil.which("setpriv") is None:
        absent("setpriv", "apt-get install util-linux")
    place = Path("/var/tmp") / f"nanites-as-user-{os.getpid()}"
    try:
        for folder in (place, place / "bin", place / "home"):
            folder.mkdir()
            os.chown(folder, NOBODY, NOBODY)
        source = place / "source"
        source.mkdir()
        root = Path(__file__).parents[2]
        for name in ("workbench", "widgets", "themes", "tests", "pyproject.toml"):
            part = root / name
            copy = shutil.copytree if part.is_dir() else shutil.copy
            copy(part, source / name)
        packages = next(path for path in map(Path, sys.path) if path.name == "site-packages")
        shutil.copytree(packages, place / "packages", symlinks=True)
        python = _python_for_everybody()
        (place / "bin/python").symlink_to(python)
        command = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--inh-caps=-all"]
        environment = {
            "HOME": str(place / "home"),
            "PATH": f"{place}/bin:/usr/bin:/bin",
            "PYTHONPATH": f"{source}:{place}/packages",
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(place / "home"),
        }
        run = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow", "tests/unit/test_breakout.py"]
        done = subprocess.run(
            [*command, *run], cwd=source, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-1_000:]
        assert " passed" in done.stdout
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _python_for_everybody() -> str:
    """Return a Python of our version that any user may start."""
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}"
    for name in ("/usr/bin/python3", f"/usr/bin/python{wanted}", sys.executable):
        line = ["setpriv", f"--reuid={NOBODY}", "--clear-groups", name, "-c", "import sys; print(sys.version)"]
        try:
            said = subprocess.run(line, capture_output=True, text=True, check=True).stdout
        except (OSError, subprocess.SubprocessError):
            continue
        if said.startswith(f"{wanted}."):
            return name
    absent(f"a Python {wanted} outside of a home folder", f"apt-get install python{wanted}")
    raise AssertionError("a test that is skipped does not get here")
