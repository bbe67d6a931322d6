"""Finds what looks like a secret in text: private keys, tokens, passwords, values of `.env` files.

The patterns are detect-secrets' (its plugins one by one; none of its checks over the network), with a few token forms
that are younger than it. What it takes for a secret by a name or by entropy alone must also look like one, because a
program whose hashes, UUIDs and labels are withheld cannot be worked on.
"""

from __future__ import annotations

import importlib
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import PurePosixPath

WIDEST = 4_000
"""Characters of a line that are looked at together; a longer one goes in pieces, so that no pattern runs wild."""

_OVERLAP = 400

_REMEMBERED = 60_000
"""Characters of a text whose findings are remembered: a prompt is looked at several times on its way."""

_IN_URL = "password in a URL"
_BY_NAME = "password or key"

_PLUGINS = {
    "artifactory.ArtifactoryDetector": "Artifactory token",
    "aws.AWSKeyDetector": "AWS key",
    "azure_storage_key.AzureStorageKeyDetector": "Azure storage key",
    "basic_auth.BasicAuthDetector": _IN_URL,
    "cloudant.CloudantDetector": "Cloudant password",
    "discord.DiscordBotTokenDetector": "Discord token",
    "github_token.GitHubTokenDetector": "GitHub token",
    "gitlab_token.GitLabTokenDetector": "GitLab token",
    "ibm_cloud_iam.IbmCloudIamDetector": "IBM Cloud key",
    "ibm_cos_hmac.IbmCosHmacDetector": "IBM Cloud key",
    "mailchimp.MailchimpDetector": "Mailchimp key",
    "npm.NpmDetector": "npm token",
    "openai.OpenAIDetector": "OpenAI key",
    "pypi_token.PypiTokenDetector": "PyPI token",
    "sendgrid.SendGridDetector": "SendGrid key",
    "slack.SlackDetector": "Slack token",
    "softlayer.SoftlayerDetector": "SoftLayer key",
    "square_oauth.SquareOAuthDetector": "Square token",
    "stripe.StripeDetector": "Stripe key",
    "telegram_token.TelegramBotTokenDetector": "Telegram token",
    "twilio.TwilioKeyDetector": "Twilio key",
}
_YOUNGER = (
    # detect-secrets' own pattern leaves out the signature.
    ("JSON web token", re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}(?:\.[\w-]*)?")),
    ("GitHub token", re.compile(r"github_pat_\w{30,}")),
    ("Anthropic key", re.compile(r"sk-ant-[\w-]{20,}")),
    ("OpenAI key", re.compile(r"\bsk-(?:proj|svcacct|admin)-[\w-]{30,}|\bsk-[A-Za-z0-9]{40,}\b")),
    ("Google key", re.compile(r"\bAIza[\w-]{35}(?![\w-])|\bya29\.[\w-]{30,}|\bGOCSPX-[\w-]{28}")),
    ("Hugging Face token", re.compile(r"\bhf_[A-Za-z0-9]{30,}\b")),
    ("Stripe key", re.compile(r"\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{20,}|\bwhsec_[A-Za-z0-9+/=]{24,}")),
    ("Slack token", re.compile(r"\bxapp-\d-[A-Za-z0-9-]{20,}")),
    ("age key", re.compile(r"AGE-SECRET-KEY-1[A-Z0-9]{50,}")),
    ("bearer token", re.compile(r"(?i:\bbearer\s+)((?=[\w.~+/-]*\d)[\w.~+/-]{24,}=*)")),
)
_TOKEN_MARKS = (
    "://", "eyJ", "AKC", "AP", "A3T", "ABIA", "ACCA", "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_",
    "gl", "GR1348", "sk-", "SG.", "xox", "xapp-", "sq0", "k_live", "k_test", "whsec_", "pypi-", "github_pat_", "AIza",
    "ya29.", "GOCSPX", "AGE-SECRET", "hf_", "_authToken", "AccountKey=", "-us", "AC", "SK", ":AA", "earer ",
)  # fmt: skip
"""What a text has that holds a token by its form: looked for first, for patterns take a hundred times longer."""

_TOKENLIKE = re.compile(
    r"://[^/\s]*@|hooks\.slack|eyJ|AKC|AP[0-9A-F]|A3T|ABIA|ACCA|AKIA|ASIA|gh[pousr]_|gl[a-z]+-|GR1348|sk-|SG\.|xox[abporse]-|"
    r"xapp-|sq0|[sr]k_live|[sr]k_test|whsec_|pypi-|github_pat_|AIza|ya29|GOCSPX|AGE-SEC|hf_[A-Za-z0-9]{30}|_authToken|"
    r"AccountKey=|-us\d|(?:AC|SK)[a-z0-9]{32}|\d{8,10}:AA|[MNO][\w-]{23,25}\.[\w-]{6}\.|[Bb]earer "
)
_CLOUDS = re.compile(r"aws|amazon|cloudant|softlayer|sl[_-]|ibm|iam|cos|hmac", re.IGNORECASE)
_KEY_MARKS = ("token", "secret", "pass", "pwd", "credential", "bearer", "contrase", "key")

_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d")
_END = re.compile(r"-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|Private-MAC:.*")
_BODY = re.compile(r"[A-Za-z0-9+/=]{24,}")
_LONGEST_KEY = 300
"""Lines of a private key at most; a heading without an end withholds no more than what looks like a key."""

_ENV_LINE = re.compile(r"^\s*(?:export\s+)?[\w.-]+\s*=\s*(?P<quote>[\"']?)(?P<value>.*?)(?P=quote)\s*$")
_CONFIG = {".yaml", ".yml", ".ini", ".cfg", ".conf", ".properties", ".toml", ".env", ".tf", ".tfvars", ".npmrc"}
_ABOUT_KEYS = re.compile(
    r"token|secret|pass(?:w|_|\b|phrase)|_pass|pwd|credential|bearer|contrase|"
    r"(?:api|auth|access|account|service|client|private|priv|db|database|encryption|signing)[_-]?key",
    re.IGNORECASE,
)
_ABOUT_HASHES = re.compile(r"sha\d|md5|hash|digest|checksum|integrity|uuid|guid|etag|commit|revision|fingerprint", re.I)
_NAMELIKE = re.compile(
    r"[a-z]+(?:[_.\- ][a-z]+)*|(?:[A-Z][a-z]+)+|[A-Z]+(?:_[A-Z]+)*|[\w.\[\]'\"]*\(.*|[a-z]+(?:[A-Z][a-z]+)+"
)
_WORDS = re.compile(r"[A-Za-z]*\d{0,4}[a-z]*\d{0,4}|")
_EMPTY_WORDS = {
    *("string", "str", "text", "true", "false", "null", "none", "nil", "undefined", "empty", "required", "optional"),
    *("password", "secret", "changeme", "default", "example", "xxx", "todo", "env"),
}
_TEMPLATED = re.compile(r"\$\{|\{\{|<[^>]*>|%\(|%s|\$\(|^\$|\{\w*\}|\*{3}|\.{3}|x{4}", re.IGNORECASE)

_FORMS = {_IN_URL: ":({})@", _BY_NAME: r"(?<!\w)({})(?!\w)"}
"""What stands around a value of some kinds; of others, nothing that makes it part of something longer."""

Detector = tuple[str, Callable[[str], Iterable[str]]]


@dataclass(frozen=True, order=True)
class Found:
    """Something that looks like a secret: characters `start` to `end` of line `line`, from 1. The value is not kept."""

    line: int
    start: int
    end: int
    kind: str


def find(text: str, path: str = "") -> tuple[Found, ...]:
    """Return what looks like a secret in `text`, in its order; none lies in another, and none spans lines.

    Args:
        text: a file, a prompt, what a command printed.
        path: the file's name, which says how its lines are to be read; empty for text that is no file.
    """
    return _remembered(text, path) if len(text) <= _REMEMBERED else _found(text, path)


def _found(text: str, path: str) -> tuple[Found, ...]:
    lines = text.split("\n")
    found = list(_private_keys(lines)) if "PRIVATE KEY" in text or "PuTTY" in text else []
    taken = {one.line for one in found}
    environment = is_environment(path)
    marks = [mark for mark in _TOKEN_MARKS if mark in text]
    lower = text.lower()
    words = [word for word in _KEY_MARKS if word in lower]
    lowered = lower.split("\n") if len(lower) == len(text) else [line.lower() for line in lines]
    for number, line in enumerate(lines, 1):
        if number in taken:
            continue
        if environment and (value := _ENV_LINE.match(line)) and value["value"] and not line.lstrip().startswith("#"):
            found.append(Found(number, *value.span("value"), "value of an environment file"))
        elif any(word in lowered[number - 1] for word in words) or any(mark in line for mark in marks):
            found += [Found(number, start, end, kind) for start, end, kind in _spans(line, path)]
    return tuple(sorted(found))


_remembered = lru_cache(maxsize=128)(_found)


def is_environment(path: str) -> bool:
    """Return whether a file of this name holds values for the environment: `.env`, `.env.local`, `prod.env`."""
    name = PurePosixPath(path).name
    return name == ".env" or name.startswith(".env.") or name.endswith(".env") or name == ".envrc"


def _private_keys(lines: list[str]) -> Iterator[Found]:
    number = 0
    while number < len(lines):
        begin = _BEGIN.search(lines[number])
        if begin is None:
            number += 1
            continue
        last = _last_of_key(lines, number)
        if last is not None:
            for at in range(number, last + 1):
                start = begin.start() if at == number else _margin(lines[at])
                end = _END.search(lines[at]) if at == last else None
                stop = end.end() if end else len(lines[at].rstrip(" \t\r\\n\"'`,;+)"))
                if stop > start:
                    yield Found(at + 1, start, stop, "private key")
        number = number + 1 if last is None else last + 1


def _last_of_key(lines: list[str], first: int) -> int | None:
    """Return the last line of the key with its heading on line `first`, or None where it is only spoken of."""
    if _END.search(lines[first]):
        return first if _BODY.search(lines[first]) else None
    if len(lines[first]) > 200 and _BODY.search(lines[first]):
        return first
    for at in range(first + 1, min(len(lines), first + _LONGEST_KEY)):
        if _END.search(lines[at]):
            body = any(_BODY.search(line) for line in lines[first + 1 : at + 1])
            return at if body else None
    # No end is to be seen (a cut excerpt): as far as it looks like a key.
    at = first
    while at + 1 < len(lines) and (_BODY.search(lines[at + 1]) or not lines[at + 1].strip()):
        at += 1
    return at if at > first and any(_BODY.search(line) for line in lines[first + 1 : at + 1]) else None


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" \t\"'`+(#*/"))


def _spans(line: str, path: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a line has secrets, merged where they overlap; the first kind names them."""
    spans: list[tuple[int, int, str]] = []
    for begin in range(0, len(line), WIDEST - _OVERLAP):
        piece = line[begin : begin + WIDEST]
        for kind, value in _values(piece, path):
            # A short password may also be part of a name on the same line, and a token's form part of longer data.
            form = _FORMS.get(kind, r"(?<![A-Za-z0-9])({}\w*)")
            matches = re.finditer(form.format(re.escape(value)), piece)
            spans += [(begin + match.start(1), begin + match.end(1), kind) for match in matches]
        if begin + WIDEST >= len(line):
            break
    merged: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if merged and start < merged[-1][1]:
            first, last, known = merged[-1]
            merged[-1] = (first, max(last, end), known)
        else:
            merged.append((start, end, kind))
    yield from merged


def _values(line: str, path: str) -> Iterator[tuple[str, str]]:
    named = _ABOUT_KEYS.search(line)
    if _TOKENLIKE.search(line) or (named and _CLOUDS.search(line)):
        for kind, detect in _detectors():
            for value in detect(line):
                if len(value) > 2 and not _TEMPLATED.search(value) and (kind != _IN_URL or _is_password(value)):
                    yield kind, value
        for kind, pattern in _YOUNGER:
            for match in pattern.finditer(line):
                yield kind, match.group(pattern.groups)
    if named:
        yield from ((_BY_NAME, value) for value in _by_name(line, path))
        yield from (("high-entropy string", value) for value in _by_entropy(line))


def _is_password(value: str) -> bool:
    """Return whether what stands for a password in a URL is one: examples say `user:pass@host`."""
    return not _TEMPLATED.search(value) and value.casefold() not in {
        "pass",
        "password",
        "pwd",
        "secret",
        "pw",
        "passwd",
    }


@cache
def _detectors() -> tuple[Detector, ...]:
    """Return the library's detectors of tokens; loaded when first needed, for they take 0.2 s."""
    found = []
    for name, kind in _PLUGINS.items():
        module, _, plugin = name.partition(".")
        made = getattr(importlib.import_module(f"detect_secrets.plugins.{module}"), plugin)()
        found.append((kind, made.analyze_string))
    return tuple(found)


def _by_name(line: str, path: str) -> Iterator[str]:
    """Yield values that a line gives to a name like `password`, if they look like one."""
    from detect_secrets.plugins import keyword

    loose = PurePosixPath(path).suffix in _CONFIG or is_environment(path)
    groups = keyword.CONFIG_DENYLIST_REGEX_TO_GROUP if loose else keyword.QUOTES_REQUIRED_DENYLIST_REGEX_TO_GROUP
    go = keyword.FOLLOWED_BY_COLON_EQUAL_SIGNS_REGEX
    for pattern, group in (groups | {go: 4}).items():
        match = pattern.search(line)
        if match is None or (pattern is go and not match.group(3)):
            continue
        value = match.group(group).strip().rstrip("'\"")
        if _looks_secret(value, loose=loose and not re.search(r"[\"'(\[]", value)):
            yield value


def _looks_secret(value: str, *, loose: bool) -> bool:
    """Return whether a value might be a password: not a label, a name, a template or a word for nothing.

    With `loose`, as in files of configuration, plain words count as well.
    """
    if len(value) < 5 or " " in value or _TEMPLATED.search(value) or value.casefold() in _EMPTY_WORDS:
        return False
    if not any(character.isalpha() for character in value) or value.startswith(
        ("/", "./", "http://", "https://", "env.")
    ):
        return False
    return loose or not _NAMELIKE.fullmatch(value)


def _by_entropy(line: str) -> Iterator[str]:
    """Yield quoted strings of high entropy on lines that speak of keys and not of hashes."""
    if _ABOUT_HASHES.search(line):
        return
    from detect_secrets.filters.heuristic import is_potential_uuid, is_sequential_string

    for match in re.finditer(r"[\"'`]([A-Za-z0-9+/=_-]{20,})[\"'`]", line):
        value = match[1]
        hexadecimal = re.fullmatch(r"[0-9a-fA-F]+", value) is not None
        limit = 3.0 if hexadecimal else 4.2
        if (
            _entropy(value) > limit
            and len(re.findall(r"\d+", value)) > 1
            and not all(_WORDS.fullmatch(piece) for piece in re.split(r"[_-]", value))
            and not is_potential_uuid(value)
            and not is_sequential_string(value)
        ):
            yield value


def _entropy(text: str) -> float:
    """Return Shannon's entropy of the characters of `text`, in bits for each."""
    return -sum(count / len(text) * math.log2(count / len(text)) for count in Counter(text).values())
