"""Which addresses an engine may have: this machine, and hosts that nanites.toml allows by name."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from workbench import outgoing
from workbench.errors import EngineUnavailable

CLOUD_HOST = "ollama.com"
"""The host behind Ollama's cloud models where Ollama does not name another."""


def is_loopback(host: str) -> bool:
    """Return whether `host` is this machine: 127.0.0.0/8, ::1 or localhost. Nothing is resolved."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback and "%" not in host
    except ValueError:
        return False


def is_allowed(host: str, allow_hosts: Collection[str]) -> bool:
    """Return whether text may be sent to `host`."""
    return is_loopback(host) or host.lower() in {allowed.lower() for allowed in allow_hosts}


def is_here(address: str) -> bool:
    """Return whether an address, with or without a scheme, is on this machine; see `is_loopback`."""
    return is_loopback(_host(address))


def is_cloud_name(model: str) -> bool:
    """Return whether a model's name says that a cloud serves it."""
    return model.lower().endswith((":cloud", "-cloud"))


def _host(address: str) -> str:
    return urlsplit(address if "://" in address else f"//{address}").hostname or address


def checked_address(url: str, allow_hosts: Collection[str], *, key: str) -> str:
    """Return `url` rebuilt from scheme, host, port and path alone, if text may be sent there.

    Rebuilding leaves no room for two readings of one address: what was checked is what is connected to.

    Args:
        url: the address of an engine.
        allow_hosts: hosts beyond this machine that nanites.toml allows.
        key: the setting the address comes from, for the message.

    Raises:
        EngineUnavailable: it is no address (code `address-invalid`) or its host is not allowed (`host-refused`).
    """
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if host is None or parts.scheme not in {"http", "https"} or any(mark in host for mark in "\\@/?# "):
        raise EngineUnavailable(
            f"{key} is no address: {url}", code="address-invalid", hint="write it like http://127.0.0.1:11434"
        )
    if not is_allowed(host, allow_hosts):
        raise EngineUnavailable(
            f"{key} points to {host}, which is not this machine",
            code="host-refused",
            hint=f'nothing leaves the machine unless nanites.toml says [engine] allow_hosts = ["{host}"]',
        )
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


def note_prompt(address: str | None, model: str, characters: int) -> None:
    """Write down that a prompt leaves this machine, where `address` is not on it; see `nanites privacy`.

    Raises:
        NaniteError: it cannot be written down; then it must not be sent.
    """
    if not address:
        return
    host = _host(address)
    if not is_loopback(host):
        outgoing.note(host, "prompt", model=model, characters=characters)


def refuse_cloud(model: str, remote_host: str | None, allow_hosts: Collection[str]) -> None:
    """Refuse a model that is served by a cloud, also where a local Ollama passes it on.

    Args:
        model: its name; a tag `cloud` or one that ends in `-cloud` says that it is served elsewhere.
        remote_host: address of the host that serves it, as the engine gives it, if any.
        allow_hosts: hosts beyond this machine that nanites.toml allows.

    Raises:
        EngineUnavailable: the model is served elsewhere and its host is not allowed (code `cloud-refused`).
    """
    named_so = is_cloud_name(model)
    if not remote_host and not named_so:
        return
    address = remote_host or CLOUD_HOST
    try:
        host = _host(address)
    except ValueError:
        host = address
    if is_loopback(host) and not named_so:
        return
    if not is_allowed(host, allow_hosts) or is_loopback(host):
        raise EngineUnavailable(
            f"model {model} is served by {host}, not by this machine",
            code="cloud-refused",
            hint=f'choose a local model, or allow it in nanites.toml: [engine] allow_hosts = ["{host}"]',
        )
