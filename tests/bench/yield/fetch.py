"""Fetches the packages that the cases are about, once, with the ordinary clients, into a cache of the user."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from .cases import Package


def cache() -> Path:
    """Return the folder that keeps what was fetched between runs."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nanites-dev" / "yield"


def fetch(package: Package) -> Path:
    """Return the unpacked sources of a package, at its pinned version."""
    goal = cache() / f"{package.source}-{package.name.replace('/', '-')}-{package.version}"
    if not goal.is_dir():
        goal.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=goal.parent) as scratch:
            made = {"pip": _pip, "npm": _npm, "go": _go}[package.source](package, Path(scratch))
            made.rename(goal)
    return goal


def _pip(package: Package, scratch: Path) -> Path:
    wanted = f"{package.name}=={package.version}"
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", package.name, wanted]
    subprocess.run([*pip, "-d", str(scratch)], check=True)
    return _unpacked(next(scratch.glob("*.tar.gz")), scratch)


def _npm(package: Package, scratch: Path) -> Path:
    pack = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    subprocess.run(pack, cwd=scratch, check=True, capture_output=True)
    return _unpacked(next(scratch.glob("*.tgz")), scratch)


def _go(package: Package, scratch: Path) -> Path:
    command = ["go", "mod", "download", "-json", f"{package.name}@{package.version}"]
    said = subprocess.run(command, cwd=scratch, check=True, capture_output=True, text=True).stdout
    goal = scratch / "module"
    shutil.copytree(json.loads(said)["Dir"], goal)
    for path in (goal, *goal.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return goal


def _unpacked(archive: Path, scratch: Path) -> Path:
    goal = scratch / "unpacked"
    with tarfile.open(archive) as opened:
        opened.extractall(goal, filter="data")
    (root,) = goal.iterdir()
    return root


def go_cache() -> Path:
    """Return a build cache that holds what every Go test needs compiled.

    A check's home is empty, so each would otherwise compile the standard library first; it takes half a minute here.
    """
    goal = cache() / "go-build" / "node_modules"
    if not goal.is_dir():
        goal.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=goal.parent) as scratch:
            tree, made = Path(scratch) / "tree", Path(scratch) / "made"
            tree.mkdir()
            (tree / "go.mod").write_text("module warm\n\ngo 1.16\n", encoding="utf-8")
            (tree / "warm_test.go").write_text(_WARM, encoding="utf-8")
            environment = os.environ | {"GOCACHE": str(made), "GOFLAGS": "-buildvcs=false"}
            subprocess.run(["go", "test", "./..."], cwd=tree, env=environment, check=True, capture_output=True)
            made.rename(goal)
    return goal


_WARM = """package warm

import (
	"bytes"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"database/sql/driver"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"regexp"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode"
)

var _ = []interface{}{bytes.NewBuffer, md5.New, rand.Reader, sha1.New, driver.Bool, hex.Encode, json.Marshal,
	errors.New, fmt.Sprint, big.NewInt, net.Interfaces, http.NewRequest, httptest.NewRecorder, os.Exit,
	reflect.DeepEqual, regexp.MustCompile, sort.Strings, strings.Split, time.Now, unicode.IsSpace}

func TestWarm(t *testing.T) {}
"""
