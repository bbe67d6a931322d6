"""The command line: the table of commands, the global flags, and how an error ends the program.

Only the module of the command that is called gets imported, so `nanites --help` and `nanites submit` start in tens of
milliseconds; the help texts of the table therefore stand here.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from workbench import __version__
from workbench.commands.face import BAD_INPUT, INTERRUPTED, NO_ENGINE, TIME_OUT, TURNED_DOWN, Face, Group
from workbench.errors import EngineUnavailable, NaniteError, TaskStopped
from workbench.terminal import one_line, say

# At its end the interpreter looks through all that lives for rubbish, only to throw everything away: 15 ms of the 100
# that a submit takes.
atexit.register(gc.freeze)

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("house:init", "Make .nanites/ in this repository."),
    "run": ("house:run", "Watch the inbox and execute what is dropped."),
    "submit": ("drop:submit", "Drop tasks and print their IDs."),
    "patch": ("drop:patch", "Change code as asked, and wait."),
    "docstrings": ("drop:docstrings", "Write missing docstrings, and wait."),
    "types": ("drop:types", "Write missing type annotations, and wait."),
    "lint": ("drop:lint", "Mend what the linter finds, and wait."),
    "tests": ("drop:tests", "Write tests that notice faults, and wait."),
    "rename": ("drop:rename", "Rename something everywhere, and wait."),
    "comments": ("drop:comments", "Comment hard lines, and wait."),
    "changelog": ("drop:changelog", "Write changelog entries, and wait."),
    "commit-message": ("drop:commit_message", "Write a commit message for the diff."),
    "summary": ("drop:summary", "Say what code does, with file and line."),
    "explain": ("drop:explain", "Explain a function or a file, with lines."),
    "chat": ("drop:chat", "Talk about the repository."),
    "review": ("drop:review", "Review files, or what is not committed yet."),
    "bughunt": ("drop:bughunt", "Look for bugs in files, or in what is not committed yet."),
    "wait": ("look:wait", "Wait for tasks and print their results."),
    "list": ("look:list_tasks", "List tasks."),
    "show": ("look:show", "Show one task."),
    "diff": ("look:diff", "Print a task's change."),
    "log": ("look:log", "Print what happened with a task."),
    "approve": ("decide:approve", "Apply a proposal, or some hunks of it."),
    "reject": ("decide:reject", "Turn a proposal down."),
    "cancel": ("decide:cancel", "End a task."),
    "retry": ("decide:retry", "Run a task again."),
    "undo": ("decide:undo", "Restore what a task changed."),
    "allow": ("allow:allow", "Allow a check command here."),
    "trust": ("trust:trust", "Agree to what nanites.toml reaches for."),
    "recipes": ("recipes:recipes", "List, show and test the kinds of task."),
    "models": ("house:models", "List, fetch and look after models."),
    "doctor": ("house:doctor", "Check what the workbench needs."),
    "savings": ("savings:savings", "Say what handing work over saved."),
    "privacy": ("savings:privacy", "Say what left this machine."),
    "schema": ("house:schema", "Print a JSON Schema."),
    "mcp": ("agents:mcp", "Serve Claude Code and other MCP clients on stdio."),
    "demo": ("house:demo", "The whole story on a scratch repository."),
    "engine": ("house:engine", ""),
    "hook": ("agents:hook", ""),
}
"""Every command: the module and name of its code under `workbench.commands`, and its help; hidden without one."""


class Root(Group):
    """`nanites` itself: finds commands by the table and loads them when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands that the help shows, in the table's order."""
        return [name for name, (_, help_text) in COMMANDS.items() if help_text]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loaded now, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return _own_kind(ctx, cmd_name)
        from importlib import import_module

        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"workbench.commands.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command as click does; `--repo` after its name says already whose kinds there are."""
        for number, word in enumerate(args):
            where = word.removeprefix("--repo=") if word.startswith("--repo=") else None
            if word == "--repo" and number + 1 < len(args):
                where = args[number + 1]
            if where is not None and args[0] not in COMMANDS:
                ctx.find_root().ensure_object(Face).start = Path(where)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table, without loading a single command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])
        if own := _own_kinds(ctx):
            with formatter.section("Kinds of this repository"):
                formatter.write_dl([(name, "nanites recipes show " + name) for name in own])


def _own_kinds(context: click.Context) -> tuple[str, ...]:
    """Return the kinds that the repository brings and that are no commands."""
    from workbench.recipes.names import own_kinds

    try:
        root = context.find_root().ensure_object(Face).root()
    except NaniteError:
        return ()
    return tuple(kind for kind in own_kinds(root) if kind not in COMMANDS)


def _own_kind(context: click.Context, kind: str) -> click.Command | None:
    """Return the command of a kind that the repository brings, or None where it brings none of that name."""
    if kind not in _own_kinds(context):
        return None
    from workbench.commands.drop import kind_command

    return kind_command(kind, f"A kind of this repository: nanites recipes show {kind}.")


@click.group(cls=Root, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="nanites %(version)s")
@click.pass_context
def nanites(context: click.Context) -> int:
    """Small local models do small jobs on your code; machines prove what they can; you press a key."""
    if context.invoked_subcommand is not None:
        return 0
    from workbench.commands.screen import open_screen

    return open_screen()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code (CONTRACT.md, section 3). Errors end here, told in one line."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    answering = Face()
    try:
        code = nanites.main(given, prog_name="nanites", standalone_mode=False, obj=answering)
        return int(code or 0)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "nanites"
        # What could not be parsed has set no flags.
        answering.as_json = answering.as_json or "--json" in given
        return _told(answering, "usage", error.format_message(), f"{command} --help shows how", BAD_INPUT)
    except NaniteError as error:
        return _told(answering, error.code, error.message, error.hint, code_of_exception(error))
    except (click.Abort, KeyboardInterrupt):
        return _told(answering, "interrupted", "interrupted", "", INTERRUPTED)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        return _told(answering, "system", f"{name}{error.strerror or error}", "check permissions and the disk", 1)


def code_of_exception(error: NaniteError) -> int:
    """Return the exit code that an error ends the program with."""
    if isinstance(error, EngineUnavailable):
        return NO_ENGINE
    if isinstance(error, TaskStopped):
        return TIME_OUT if error.code == "timeout" else TURNED_DOWN
    return BAD_INPUT


def _told(answering: Face, code: str, message: str, hint: str, exit_code: int) -> int:
    """Tell an error: one line on stderr for people, one object on stdout for programs."""
    if answering.as_json:
        answering.answer({"error": {"code": code, "message": message, "hint": hint}})
    else:
        words = one_line(message.rstrip("."), 1_000)
        say(f"nanites: {words}" + (f" ({one_line(hint, 1_000)})" if hint else ""), stream=sys.stderr)
    return exit_code


def run() -> NoReturn:
    """Run as a program."""
    sys.exit(main())


if __name__ == "__main__":
    run()
