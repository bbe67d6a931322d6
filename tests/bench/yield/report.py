"""Sums rows up: by who did the work, with or without a check, by kind and language; one JSON value and a table."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

OUTCOMES = ("solved", "claimed-wrong", "unverified-wrong", "refused", "trouble")


def outcome(row: dict[str, Any]) -> str:
    """Return what came of a case.

    `claimed-wrong` is work that was said to be proven or checked, and is wrong; a peer that leaves a change claims
    nothing, so its wrong ones are `unverified-wrong`. `refused` left nothing behind. `trouble` is the bench's or the
    engine's, not the worker's.
    """
    if row["trouble"]:
        return "trouble"
    if not row["wrong"]:
        return "solved"
    if not row["left"]:
        return "refused"
    return "claimed-wrong" if row["verdict"] in {"proven", "checked"} else "unverified-wrong"


def summed(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the figures of some rows. Per solved task: all seconds and tokens spent, over what was solved."""
    counts = Counter(outcome(row) for row in rows)
    solved = [row for row in rows if outcome(row) == "solved"]
    figures: dict[str, Any] = {"cases": len(rows)} | {name: counts[name] for name in OUTCOMES}
    judged = len(rows) - counts["trouble"]
    figures["share"] = round(len(solved) / judged, 3) if judged else None
    figures["changed behaviour"] = sum("CHANGED" in row["wrong"] for row in rows)
    if solved:
        tokens = sum(row["prompt"] + row["completion"] for row in rows)
        figures["seconds per solved"] = round(sum(row["seconds"] for row in rows) / len(solved), 2)
        figures["median seconds"] = round(statistics.median(row["seconds"] for row in solved), 2)
        figures["tokens per solved"] = round(tokens / len(solved))
        figures["median tokens"] = round(statistics.median(row["prompt"] + row["completion"] for row in solved))
    return figures


def totals(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return figures by worker: of all, by kind, and by language; `patch` is told apart by whether it had a check."""
    workers: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        kind = row["kind"] if row["kind"] != "patch" else f"patch, {'a' if row['check'] else 'no'} check"
        for group in ("all", f"kind: {kind}", f"language: {row['language']}", f"{kind}, {row['language']}"):
            workers[row["worker"]][group].append(row)
    return {
        worker: {name: summed(those) for name, those in sorted(groups.items())} for worker, groups in workers.items()
    }


def table(value: dict[str, Any]) -> str:
    """Return the totals as a table for people, without the groups of kind and language together."""
    names = ("cases", *OUTCOMES, "seconds per solved", "median seconds", "tokens per solved")
    head = f"{'':34}" + "".join(f"{name.replace(' per solved', '/solved'):>17}" for name in names)
    lines = [head]
    for worker, groups in value.items():
        for group, figures in groups.items():
            if group == "all" or group.startswith(("kind: ", "language: ")):
                cells = "".join(f"{figures.get(name, ''):>17}" for name in names)
                lines.append(f"{worker + ', ' + group:34}{cells}")
    return "\n".join(line.rstrip() for line in lines)
