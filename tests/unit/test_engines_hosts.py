"""Nothing leaves the machine unless nanites.toml names the host."""

from __future__ import annotations

import pytest

from workbench.engines.hosts import checked_address, is_loopback, refuse_cloud
from workbench.errors import EngineUnavailable


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434"),
        ("http://127.8.9.10/v1/", "http://127.8.9.10/v1"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("http://LOCALHOST:1", "http://localhost:1"),
        ("127.0.0.1:11434", "http://127.0.0.1:11434"),
        ("http://user:password@127.0.0.1:5/v1?x=1#y", "http://127.0.0.1:5/v1"),
    ],
)
def test_this_machine_is_allowed_and_the_address_made_plain(url: str, canonical: str) -> None:
    assert checked_address(url, (), key="engine.ollama_url") == canonical


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "http://127.0.0.1@example.org",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org:80",
        "http://0.0.0.0:11434",
        "http://[::ffff:10.0.0.1]:11434",
        "http://[fe80::1%25lo]:11434",
        "http://10.0.0.7:11434",
        "http://2130706433",
    ],
)
def test_every_other_host_is_refused_by_name(url: str) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        checked_address(url, ("other.example",), key="engine.ollama_url")
    assert caught.value.code == "host-refused"
    assert "allow_hosts" in caught.value.hint


@pytest.mark.parametrize("url", ["", "http://", "ftp://127.0.0.1", "http://127.0.0.1:port", "http://[::1", "file:///x"])
def test_what_is_no_address_is_said(url: str) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        checked_address(url, (), key="engine.ollama_url")
    assert caught.value.code == "address-invalid"


def test_a_host_that_is_allowed_by_name_may_be_used() -> None:
    assert checked_address("http://GPU.example:11434", ("gpu.example",), key="k") == "http://gpu.example:11434"


@pytest.mark.parametrize(
    ("model", "remote"),
    [
        ("qwen3-coder:480b-cloud", None),
        ("kimi-k2:cloud", None),
        ("harmless:1b", "https://ollama.com:443"),
        ("harmless:1b", "ollama.com"),
        ("harmless:1b", "http://127.0.0.1@ollama.com"),
        ("harmless:1b", "elsewhere"),
        ("kimi-k2:cloud", "http://127.0.0.1:11434"),
    ],
)
def test_a_model_of_a_cloud_is_refused(model: str, remote: str | None) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        refuse_cloud(model, remote, ("other.example",))
    assert caught.value.code == "cloud-refused"


def test_a_model_of_a_cloud_that_is_allowed_by_name_may_be_asked() -> None:
    refuse_cloud("kimi-k2:cloud", None, ("ollama.com",))
    refuse_cloud("kimi-k2:1t", "https://ollama.com:443", ("Ollama.com",))


def test_a_local_model_is_none_of_a_cloud() -> None:
    refuse_cloud("cloud-atlas:1b", None, ())
    refuse_cloud("qwen2.5-coder:1.5b", "http://localhost:11434", ())


def test_a_name_is_not_resolved_to_find_out() -> None:
    assert not is_loopback("localhost.localdomain")
