"""The network, and secrets that lie about."""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path
from typing import Any

from .tools import ask, attempt

# The network


@attempt(safe=True)
def tcp_to_a_server_on_this_machine(facts: dict[str, Any]) -> object:
    return ask(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", facts["tcp"]))


@attempt(safe=True)
def udp_to_a_server_on_this_machine(facts: dict[str, Any]) -> object:
    # What arrives is seen by the test.
    return ask(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", facts["udp"]))


@attempt(safe=True)
def tcp_by_an_address_of_the_machine(facts: dict[str, Any]) -> object:
    return ask(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.2", facts["tcp"]))


@attempt(safe=True)
def an_abstract_socket(facts: dict[str, Any]) -> object:
    return ask(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + facts["abstract"])


@attempt(safe=True)
def a_socket_in_the_file_system(facts: dict[str, Any]) -> object:
    return ask(socket.AF_UNIX, socket.SOCK_STREAM, facts["socket"])


@attempt()
def the_container_engine(facts: dict[str, Any]) -> object:
    return ask(socket.AF_UNIX, socket.SOCK_STREAM, "/var/run/docker.sock")


@attempt(safe=True, whole=True)
def other_network_interfaces(facts: dict[str, Any]) -> object:
    return [name for _, name in socket.if_nameindex() if name != "lo"] or None


@attempt()
def a_name_on_the_internet(facts: dict[str, Any]) -> object:
    return socket.getaddrinfo("example.com", 443)


@attempt(safe=True)
def packets(facts: dict[str, Any]) -> object:
    return socket.socket(socket.AF_PACKET, socket.SOCK_RAW)


@attempt()
def the_host_of_a_virtual_machine(facts: dict[str, Any]) -> object:
    return socket.socket(40, socket.SOCK_STREAM)


@attempt()
def cryptography_of_the_kernel(facts: dict[str, Any]) -> object:
    return socket.socket(38, socket.SOCK_SEQPACKET)


# Secrets


@attempt(safe=True)
def the_key_in_the_home(facts: dict[str, Any]) -> object:
    return Path(facts["key"]).read_text()


@attempt(safe=True)
def what_lies_in_the_home(facts: dict[str, Any]) -> object:
    return [name for name in os.listdir(facts["home"]) if name == ".ssh"] or None


@attempt(safe=True)
def the_home_that_the_system_knows(facts: dict[str, Any]) -> object:
    return Path(facts["witness_at_home"]).read_text()


@attempt(safe=True)
def a_link_in_the_repository_to_the_key(facts: dict[str, Any]) -> object:
    return Path("innocent.txt").read_text()


@attempt(safe=True)
def a_hard_link_to_the_key(facts: dict[str, Any]) -> object:
    os.link(facts["key"], "hard")
    return Path("hard").read_text()


@attempt(safe=True)
def the_key_through_the_folder_of_a_process(facts: dict[str, Any]) -> object:
    return Path(f"/proc/{facts['pid']}/root{facts['key']}").read_text()


@attempt(safe=True)
def the_key_through_our_own_root(facts: dict[str, Any]) -> object:
    return Path(f"/proc/self/root/../../..{facts['key']}").read_text()


@attempt(safe=True)
def credentials_beside_a_tool(facts: dict[str, Any]) -> object:
    return Path(facts["home"], ".tool/credentials").read_text()


@attempt(safe=True)
def another_repository(facts: dict[str, Any]) -> object:
    return Path(facts["other"], "private.py").read_text()


@attempt(safe=True)
def what_git_ignores_in_the_repository(facts: dict[str, Any]) -> object:
    return Path(facts["root"], ".env").read_text()


@attempt(safe=True)
def the_scratch_copy_of_another_task(facts: dict[str, Any]) -> object:
    return Path(facts["sibling"], "tree/secret.py").read_text()


@attempt(safe=True)
def passwords_of_the_system(facts: dict[str, Any]) -> object:
    # Where a guard puts an empty file in its place, there is nothing to get.
    return Path("/etc/shadow" if os.getuid() == 0 else facts["key"]).read_text() or None


@attempt()
def a_secret_in_the_environment(facts: dict[str, Any]) -> object:
    return [name for name, value in os.environ.items() if "hush" in value] or None


@attempt(safe=True)
def the_environment_of_the_caller(facts: dict[str, Any]) -> object:
    return Path(f"/proc/{facts['caller']}/environ").read_bytes()[:20]


@attempt()
def any_environment(facts: dict[str, Any]) -> object:
    for place in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if b"NANITES_WITNESS=hush" in place.read_bytes():
                return str(place)
    return None


@attempt()
def files_left_open(facts: dict[str, Any]) -> object:
    found = []
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            goal = os.readlink(f"/proc/self/fd/{name}")
            if int(name) > 2 and not goal.startswith("/proc/"):
                found.append(goal)
    return [goal for goal in found if "breakouts" not in goal] or None


@attempt(safe=True, whole=True)
def names_of_other_processes(facts: dict[str, Any]) -> object:
    return Path(f"/proc/{facts['pid']}/cmdline").read_bytes()
