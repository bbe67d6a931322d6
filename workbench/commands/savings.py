"""`savings`: what handing work over saved, net, and what it cost. `privacy`: what left this machine."""

from __future__ import annotations

import datetime
import re
import time
from typing import TYPE_CHECKING, Any

import click

from workbench.commands.face import Command, face
from workbench.errors import NaniteError
from workbench.terminal import one_line

if TYPE_CHECKING:
    from workbench.ledger.report import Prices, Report, TaskAccount
    from workbench.settings import Settings
    from workbench.spool.folder import Folder

_NAME_WIDTH = 20
UNITS = {"h": 3_600, "d": 86_400, "w": 604_800}


@click.command(cls=Command)
@click.option("--since", metavar="WHEN", help="today, 12h, 7d, 2w, or a date like 2026-11-26; all time without it.")
@click.option("--by", type=click.Choice(("kind", "model", "repo")), default="kind", help="What to group by (kind).")
def savings(since: str | None, by: str) -> int:
    """Say what handing work over saved a cloud model in tokens and money, net; a loss is shown as one.

    By repo: of all this user's repositories; else of this one. How it is counted: docs/savings.md. Prices: [ledger] in
    nanites.toml.
    """
    from workbench.ledger import places
    from workbench.ledger.report import report
    from workbench.spool.folder import Folder

    folder, settings = face().folder(), face().settings()
    begin = moment(since) if since else 0.0
    made = report(folder, estimates(folder), since=begin)
    if by == "repo":
        others = (Folder(root) for root in places.known() if root != folder.root)
        made = made.with_others(report(other, estimates(other), since=begin) for other in others)
    prices = prices_of(settings)
    value = as_value(made, prices, settings.ledger.currency, by) | ({"since": begin} if since else {})
    face().answer(value, as_text(value))
    return 0


def moment(text: str) -> float:
    """Return the moment that `--since` means, in seconds since 1970.

    Raises:
        click.UsageError: it is none.
    """
    if text == "today":
        return datetime.datetime.combine(datetime.date.today(), datetime.time()).timestamp()
    span = re.fullmatch(r"(\d{1,6})([hdw])", text)
    if span is not None:
        return time.time() - int(span[1]) * UNITS[span[2]]
    try:
        return datetime.datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError) as error:
        raise click.UsageError(f"{text!r} is no moment; write today, 12h, 7d, 2w or 2026-11-26") from error


def prices_of(settings: Settings) -> Prices:
    """Return the price table of the settings."""
    from workbench.ledger.report import Prices

    ledger = settings.ledger
    return Prices(ledger.input, ledger.output, ledger.cached, ledger.later_turns)


def estimates(folder: Folder) -> dict[str, Any]:
    """Return the estimate of each task that rests, by ID."""
    from workbench.spool.records import estimate_of, read_records

    return {
        record.task.id: estimate_of(folder, record)
        for record in read_records(folder)
        if record.state.is_final or record.state == "review"
    }


def as_value(made: Report, prices: Prices, currency: str, by: Any) -> dict[str, Any]:
    """Return a report for programs."""
    from workbench.ledger.report import joules_of, unmeasured

    groups = [_group(name, tasks, prices) for name, tasks in made.groups(by).items()]
    return {
        "repository": made.repository,
        "net": made.net,
        "alone": sum(task.alone for task in made.tasks),
        "spent": sum(task.spent for task in made.tasks),
        "sessions": {"number": made.sessions, "tokens": made.overhead},
        "money": {"currency": currency, "net": round(made.money(prices), 4)},
        "local": {
            "tokens": sum(task.local_tokens for task in made.tasks),
            "seconds": round(sum(task.seconds for task in made.tasks), 1),
            "joules": joules_of(made.tasks),
            "unmeasured": unmeasured(made.tasks),
        },
        "counted": {
            "really": sum(task.real for task in made.tasks),
            "by_estimate": sum(not task.real for task in made.tasks),
        },
        "in_review": made.pending,
        "by": by,
        "groups": groups,
        "tasks": [_task(task, prices) for task in made.tasks],
    }


def _group(name: str, tasks: list[TaskAccount], prices: Prices) -> dict[str, Any]:
    from workbench.ledger.report import joules_of

    return {
        "name": name,
        "tasks": len(tasks),
        "alone": sum(task.alone for task in tasks),
        "spent": sum(task.spent for task in tasks),
        "net": sum(task.net for task in tasks),
        "money": round(sum(task.money(prices) for task in tasks), 4),
        "local_tokens": sum(task.local_tokens for task in tasks),
        "seconds": round(sum(task.seconds for task in tasks), 1),
        "joules": joules_of(tasks),
    }


def _task(task: TaskAccount, prices: Prices) -> dict[str, Any]:
    return {
        "id": task.id,
        "kind": task.kind,
        "state": task.state,
        "reading": task.estimate.reading,
        "writing": task.estimate.writing,
        "read": task.read,
        "written": task.written,
        "net": task.net,
        "money": round(task.money(prices), 6),
        "joules": task.joules,
        "counted": "really" if task.real else "by estimate",
    }


def as_text(value: dict[str, Any]) -> str:
    """Return a report for people."""
    money, local, sessions = value["money"], value["local"], value["sessions"]
    verb = "saved" if value["net"] >= 0 else "lost"
    lines = [
        f"{verb} {abs(value['net']):,} cloud tokens, net ({money['net']:+.4f} {one_line(money['currency'])})",
        f"  alone {value['alone']:,}; handing over {value['spent']:,}; "
        f"the tools in {sessions['number']} sessions {sessions['tokens']:,}",
        f"  local models: {local['tokens']:,} tokens in {local['seconds']:,} s{_energy(local)}",
        "",
        f"{value['by']:<20}  {'tasks':>5}  {'alone':>9}  {'spent':>9}  {'net':>9}  {'money':>9}",
    ]
    lines += [
        f"{_ending(one_line(group['name'], 400)):<20}  {group['tasks']:>5}  {group['alone']:>9,}  "
        f"{group['spent']:>9,}  {group['net']:>+9,}  {group['money']:>+9.4f}"
        for group in value["groups"]
    ]
    counted = value["counted"]
    if counted["really"]:
        lines += ["", f"{counted['really']} tasks by Claude Code's own count, {counted['by_estimate']} by estimate"]
    if value["in_review"]:
        lines += ["", f"{value['in_review']} in review: what they cost is counted, what they save is not yet"]
    return "\n".join(lines)


def _energy(local: dict[str, Any]) -> str:
    """Return what is known of the energy as the end of a line; empty where nothing is."""
    if local["joules"] is None:
        return ""
    missing = local["unmeasured"]
    left_out = f" ({missing} {'task' if missing == 1 else 'tasks'} not measured)" if missing else ""
    return f", {_with_unit(local['joules'])} of the GPU{left_out}"


def _with_unit(joules: float) -> str:
    """Return an energy in joules below a watt-hour, else in watt-hours or kilowatt-hours."""
    hours = joules / 3_600
    if hours < 1:
        return f"{joules:,.0f} J"
    return f"{hours:.1f} Wh" if hours < 1_000 else f"{hours / 1_000:,.2f} kWh"


def _ending(name: str) -> str:
    """Return the end of a long name: of a path it says most."""
    return name if len(name) <= _NAME_WIDTH else "…" + name[1 - _NAME_WIDTH :]


@click.command(cls=Command)
def privacy() -> int:
    """Say what left this machine, when, and to which host; and where this repository's settings let text go."""
    from workbench import outgoing

    entries = list(outgoing.entries())
    allowed = _allowed_hosts()
    lines = ["nothing has left this machine"] if not entries else ["what left this machine:"]
    for entry in entries:
        at = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(float(entry.get("at") or 0)))
        about = f"{entry.get('model') or ''}" + (f", {entry['characters']} characters" if "characters" in entry else "")
        lines.append(f"  {at}  {one_line(str(entry.get('host')), 60)}  {one_line(str(entry.get('what')), 40)}  {about}")
    lines.append(f"hosts that may be sent text: {', '.join(map(one_line, allowed)) or 'none but this machine'}")
    face().answer({"left": entries, "allowed_hosts": allowed}, "\n".join(lines))
    return 0


def _allowed_hosts() -> list[str]:
    try:
        return list(face().settings().engine.allow_hosts)
    except NaniteError:
        return []
