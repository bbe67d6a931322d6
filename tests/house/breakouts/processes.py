"""Other processes, and places to write to."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
from pathlib import Path
from typing import Any

from .tools import ATTEMPTS, SAFE, Attempt, attempt, syscall

# Other processes


@attempt(safe=True)
def a_signal_to_a_process(facts: dict[str, Any]) -> object:
    os.kill(facts["pid"], signal.SIGCONT)
    return "it was sent"


@attempt()
def a_signal_to_everyone(facts: dict[str, Any]) -> object:
    # A process that the test has stopped goes on if this arrives; the test looks.
    os.kill(-1, signal.SIGCONT)
    return None


@attempt(safe=True)
def a_signal_by_descriptor(facts: dict[str, Any]) -> object:
    signal.pidfd_send_signal(os.pidfd_open(facts["pid"]), signal.SIGCONT)
    return "it was sent"


@attempt(safe=True)
def tracing_a_process(facts: dict[str, Any]) -> object:
    # PTRACE_SEIZE leaves the process alone until more is asked.
    return syscall(101 if os.uname().machine == "x86_64" else 117, 0x4206, facts["pid"], 0, 0) or "seized"


@attempt()
def tracing_a_child(facts: dict[str, Any]) -> object:
    return syscall(101 if os.uname().machine == "x86_64" else 117, 0, 0, 0, 0) or "traced"


@attempt(safe=True)
def memory_of_a_process(facts: dict[str, Any]) -> object:
    with open(f"/proc/{facts['pid']}/mem", "rb"):
        return "it can be read"


@attempt(safe=True)
def the_limits_of_a_process(facts: dict[str, Any]) -> object:
    limits = resource.prlimit(facts["pid"], resource.RLIMIT_CORE)
    resource.prlimit(facts["pid"], resource.RLIMIT_CORE, limits)
    return limits


@attempt(safe=True)
def the_priority_of_a_process(facts: dict[str, Any]) -> object:
    os.setpriority(os.PRIO_PROCESS, facts["pid"], 1)
    return "it was changed"


@attempt(safe=True)
def the_processors_of_a_process(facts: dict[str, Any]) -> object:
    os.sched_setaffinity(facts["pid"], {0})
    return "they were changed"


@attempt()
def memory_that_others_share(facts: dict[str, Any]) -> object:
    got = syscall(29 if os.uname().machine == "x86_64" else 194, facts["shared_key"], 0, 0)
    return f"segment {got}"


@attempt()
def a_file_of_shared_memory(facts: dict[str, Any]) -> object:
    Path("/dev/shm/nanites-breakout").write_text("out")
    return None


@attempt()
def the_guards_own_process(facts: dict[str, Any]) -> object:
    with contextlib.suppress(PermissionError, ProcessLookupError):
        os.kill(os.getppid(), signal.SIGSTOP)
    return None


# Writing


def _writing(place: str) -> Attempt:
    def write(facts: dict[str, Any]) -> object:
        goal = place.format(**facts)
        os.makedirs(os.path.dirname(goal), exist_ok=True)
        with open(goal, "a") as stream:
            stream.write("planted\n")
        # Whether it arrived is for the test to see: in the copy, anything may be written.
        return None

    return write


PLACES = {
    "a_file_of_the_real_tree": "{root}/code.py",
    "a_hook_of_the_real_repository": "{root}/.git/hooks/post-checkout",
    "the_settings_of_the_real_repository": "{root}/.git/config",
    "a_decision": "{root}/.nanites/decisions/forged.json",
    "a_task": "{root}/.nanites/inbox/forged.json",
    "a_result": "{root}/.nanites/results/forged.json",
    "nanites_toml_of_the_real_tree": "{root}/nanites.toml",
    "the_shells_start": "{home}/.bashrc",
    "the_keys_that_may_log_in": "{home}/.ssh/authorized_keys",
    "temporary_files_of_others": "{shared_tmp}/planted",
    "a_tool_on_the_path": "{home}/.tool/bin/tool",
    "the_repositorys_environment": "{root}/.venv/lib/planted.pth",
    "its_history": "{root}/.git/objects/planted",
    "jobs_of_the_system": "/etc/cron.d/nanites-breakout",
    "programs_of_the_system": "/usr/local/bin/nanites-breakout",
    "temporary_files_that_stay": "/var/tmp/nanites-breakout",
    "the_workbenchs_own_code": "{package}/checks/planted.py",
    "what_was_allowed": "{consent}/forged.json",
}
for _name, _place in PLACES.items():
    ATTEMPTS[f"writes_{_name}"] = _writing(_place)
    if _place.startswith("{") and _name not in {"the_workbenchs_own_code"}:
        SAFE.add(f"writes_{_name}")


@attempt(safe=True)
def writes_through_a_link_made_here(facts: dict[str, Any]) -> object:
    os.symlink(facts["other"], "elsewhere")
    Path("elsewhere/planted").write_text("out")
    return "it was written"


@attempt(safe=True)
def removes_another_repository(facts: dict[str, Any]) -> object:
    os.rename(facts["other"] + "/removable", facts["other"] + "/removed")
    return "it was moved"
