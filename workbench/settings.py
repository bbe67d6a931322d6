"""nanites.toml and the environment, as one frozen value.

The file is committed with the repository, so it is read as data from a stranger: unknown keys are refused by name,
nothing in it is executed, and what reaches beyond this machine counts only when the user has agreed to it once
(`nanites trust`). Environment variables `NANITES_SECTION__KEY` override it.
"""

from __future__ import annotations

import ipaddress
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from workbench.errors import SettingsError
from workbench.model import Approve, Solving

FILE_NAME = "nanites.toml"
DEFAULT_NANITE = "qwen2.5-coder:1.5b"
DEFAULT_MID = "qwen2.5-coder:7b"
MAX_BYTES = 1_000_000

REACHING = (("runner", "store_url"),)
"""Settings by which a repository could have what is worked on written elsewhere.

Hosts of `engine.allow_hosts` are the file's own word (CONTRACT.md, section 5); `nanites privacy` shows them.
"""


class Section(BaseModel):
    """Base of the sections: immutable, and an unknown key is an error that names it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


EngineName = Literal["ollama", "openai", "embedded", "scripted"]


class EngineSettings(Section):
    """Which engines to try, in which order, and where they listen."""

    order: tuple[EngineName, ...] = Field(("ollama", "embedded"), min_length=1)
    allow_hosts: tuple[str, ...] = ()
    ollama_url: str = "http://127.0.0.1:11434"
    openai_url: str = "http://127.0.0.1:8080/v1"
    keep_alive: str = "10m"
    slots: int = Field(2, ge=1, le=64)
    context: int = Field(8_192, ge=512, le=1_048_576)
    threads: int | None = Field(None, ge=1, le=512)
    idle_minutes: float = Field(15, gt=0)
    request_timeout: float = Field(300, gt=0)
    script: str | None = None


class ModelSettings(Section):
    """The model of each tier, by the names Ollama uses."""

    nanite: str = DEFAULT_NANITE
    mid: str = DEFAULT_MID


class CheckSettings(Section):
    """Commands that may run, by exact text, and their limits: seconds, characters of output, MiB, processes."""

    allow: tuple[str, ...] = ()
    timeout: float = Field(120, gt=0)
    output_limit: int = Field(4_000, ge=200)
    memory_mb: int = Field(4_096, ge=64, le=1_048_576)
    file_mb: int = Field(1_024, ge=1, le=1_048_576)
    processes: int = Field(512, ge=16, le=32_768)


class ApproveSettings(Section):
    """Who decides where a task does not say."""

    default: Approve = Approve.ASK


class StyleSettings(Section):
    """How written text should look."""

    docstrings: Literal["google", "numpy", "plain"] = "google"


class KeySettings(BaseModel):
    """Remapped keys: action → key. The screen knows the actions, so any name is taken here."""

    model_config = ConfigDict(frozen=True, extra="allow")


class LedgerSettings(Section):
    """What a cloud model costs, in money for a million tokens, and how many later turns read its context again."""

    input: float = Field(3.0, ge=0)
    output: float = Field(15.0, ge=0)
    cached: float = Field(0.3, ge=0)
    later_turns: float = Field(0, ge=0, le=1_000)
    currency: str = Field("USD", max_length=8)


class RunnerSettings(Section):
    """The runner: tasks at once, rounds of repair, and where its store is (SQLite unless a PostgreSQL URL is given)."""

    parallel: int = Field(2, ge=1, le=64)
    repairs: int = Field(1, ge=0, le=10)
    store_url: str | None = None


class VoiceSettings(Section):
    """One voice of the group chat: a name, a tier or a model by name, and what it is told of its part."""

    name: str = Field(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]+$")
    tier: Literal["nanite", "mid"] = "nanite"
    model: str | None = None
    words: str = Field("", max_length=480)


class ChatSettings(Section):
    """The group chat: most rounds, and who speaks (`[[chat.voices]]`: name, tier or model, words), in turn.

    The first answers, the others judge the answer. With one voice or one round there is no talk, only an answer.
    """

    rounds: int | None = Field(None, ge=1, le=20)
    voices: tuple[VoiceSettings, ...] = Field((), max_length=8)


def _names_differ(chat: ChatSettings) -> ChatSettings:
    names = [voice.name.casefold() for voice in chat.voices]
    if len(set(names)) < len(names):
        raise ValueError("two voices have the same name")
    if taken := {"checks", "prompt", "life", "moderator"} & set(names):
        raise ValueError(f"{sorted(taken)[0]!r} is the name of another part of the transcript")
    return chat


def _no_empty_command(commands: CheckSettings) -> CheckSettings:
    if any(not command.strip() for command in commands.allow):
        raise ValueError("an allowed command is empty")
    return commands


class Settings(Section):
    """All settings of one repository."""

    engine: EngineSettings = EngineSettings()
    models: ModelSettings = ModelSettings()
    checks: Annotated[CheckSettings, AfterValidator(_no_empty_command)] = CheckSettings()
    approve: ApproveSettings = ApproveSettings()
    style: StyleSettings = StyleSettings()
    chat: Annotated[ChatSettings, AfterValidator(_names_differ)] = ChatSettings()
    keys: KeySettings = KeySettings()
    runner: RunnerSettings = RunnerSettings()
    solve: Solving = Solving()
    ledger: LedgerSettings = LedgerSettings()

    @cached_property
    def tiers(self) -> dict[str, str]:
        """Return model names by tier."""
        return {"nanite": self.models.nanite, "mid": self.models.mid}


def load(repository: Path, environment: dict[str, str] | None = None) -> Settings:
    """Return the settings of `repository`, its nanites.toml overlaid with `NANITES_SECTION__KEY` of `environment`.

    Values from the environment are read as TOML where they are TOML, else as text.

    Raises:
        SettingsError: the file is no TOML (the message names the line), holds a wrong key or value (names the key), or
            reaches beyond this machine in a way that nobody has agreed to (code `not-agreed`).
    """
    values, raw = _read(repository)
    wanted = reaching(values, environment or {})
    _overlay(values, environment or {})
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        number = _line_of(raw.decode("utf-8"), first["loc"])
        where = f", line {number}" if number else ""
        raise SettingsError(
            f"{FILE_NAME}{where}: {key}: {first['msg']}", hint="see docs/settings.md for the keys"
        ) from error
    if wanted:
        _refuse_unless_agreed(repository, wanted)
    return settings


def reaching(values: dict[str, Any], environment: dict[str, str]) -> dict[str, Any]:
    """Return the settings of a file that reach beyond this machine, by key; what the environment sets is the user's."""
    found: dict[str, Any] = {}
    for section, key in REACHING:
        value = values.get(section, {}).get(key) if isinstance(values.get(section, {}), dict) else None
        if _is_far(value) and f"NANITES_{section}__{key}".upper() not in environment:
            found[f"{section}.{key}"] = value
    return found


def _is_far(value: Any) -> bool:
    """Return whether a host, one of several, or a store's address is not on this machine; what is neither counts."""
    if isinstance(value, list):
        return any(map(_is_far, value))
    if not value:
        return False
    text = str(value)
    host = urlsplit(text).hostname if "://" in text else text
    # A host among the parameters counts more than the one before them; a folder there is a socket of this machine.
    named = [part for key, part in parse_qsl(urlsplit(text).query) if key in {"host", "hostaddr"}]
    if any(not part.startswith("/") for part in named):
        return True
    if named or host in {"localhost", "ip6-localhost"}:
        return False
    try:
        return not ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return True


def asked_for(repository: Path, environment: dict[str, str] | None = None) -> dict[str, Any]:
    """Return what the file of `repository` asks for beyond this machine, agreed to or not.

    Raises:
        SettingsError: the file is no TOML.
    """
    return reaching(_read(repository)[0], environment or {})


def _refuse_unless_agreed(repository: Path, wanted: dict[str, Any]) -> None:
    from workbench.consent import Consent

    consent = Consent.of(repository.resolve())
    missing = {key: value for key, value in wanted.items() if not consent.agrees_to(key, value)}
    if missing:
        told = ", ".join(f"{key} = {value!r}" for key, value in missing.items())
        raise SettingsError(
            f"{FILE_NAME} of this repository reaches beyond this machine: {told}"[:400],
            code="not-agreed",
            hint="if you want that, nanites trust says so once, for this repository and these values",
        )


def _read(repository: Path) -> tuple[dict[str, Any], bytes]:
    path = repository / FILE_NAME
    try:
        raw = path.read_bytes()[: MAX_BYTES + 1]
    except FileNotFoundError:
        raw = b""
    except OSError as error:
        raise SettingsError(
            f"{FILE_NAME} cannot be read: {error.strerror}", hint="check the file's permissions"
        ) from error
    if len(raw) > MAX_BYTES:
        raise SettingsError(f"{FILE_NAME} is larger than {MAX_BYTES:,} bytes", hint="keep settings small")
    try:
        values: dict[str, Any] = tomllib.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise SettingsError(f"{FILE_NAME}, line {line}: not UTF-8", hint="save the file as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{FILE_NAME}: {error}", hint="correct the TOML at that line") from error
    _refuse_planted(values, raw.decode("utf-8"))
    return values, raw


def _refuse_planted(values: dict[str, Any], text: str) -> None:
    """Refuse what a file that comes with a repository may not decide for whoever clones it."""
    approve = values.get("approve")
    if isinstance(approve, dict) and approve.get("default") == Approve.ALL:
        number = _line_of(text, ("approve", "default"))
        raise SettingsError(
            f"{FILE_NAME}, line {number}: approve.default: all cannot be set in a file that comes with the repository",
            code="planted-policy",
            hint="say it yourself: --approve all, or NANITES_APPROVE__DEFAULT=all in your environment",
        )


def _overlay(values: dict[str, Any], environment: dict[str, str]) -> None:
    for name, text in environment.items():
        section, separator, key = name.removeprefix("NANITES_").lower().partition("__")
        if not name.startswith("NANITES_") or not separator:
            continue
        try:
            value = tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            value = text
        target = values.setdefault(section, {})
        if isinstance(target, dict):
            target[key] = value


def _line_of(text: str, location: tuple[int | str, ...]) -> int | None:
    """Return the line on which the last named key of `location` is set, or None."""
    names = [part for part in location if isinstance(part, str)]
    section, wanted = "", ".".join(names)
    best = None
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            section = stripped.strip("[] ")
            key = section
        else:
            name = stripped.partition("=")[0].strip().strip("\"'")
            key = f"{section}.{name}" if section else name
        if key == wanted or (best is None and wanted.startswith(f"{key}.") and key):
            best = number
            if key == wanted:
                break
    return best
