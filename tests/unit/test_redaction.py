"""Secrets: what is found, what is no secret, and that what was withheld comes back to the byte."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.context.detectors import find, is_environment
from workbench.context.redaction import Kept, Vault, masked, told
from workbench.errors import EditRefused

AWS = "AKIA" + "QWERTYUIOPASDFGH"
GITHUB = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
STRIPE = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dcAB"
KEY_BODY = "MIIEpAIBAAKCAQEA75k1pX3Qm9vJ2wq8Zr5tYbLcVn0sDfGhJkLpOiUy"
PRIVATE_KEY = f"-----BEGIN RSA PRIVATE KEY-----\n{KEY_BODY}\n{KEY_BODY[::-1]}\nQWErty==\n-----END RSA PRIVATE KEY-----"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"

SECRETS = {
    "aws": (f"client(key='{AWS}')", "a.py", AWS),
    "aws secret": (
        "aws_secret_access_key = 'wJalrXUtnFEMI7K7MDENGbPxRfiCYzR4Pq1Zm8Kx'",
        "a.py",
        "wJalrXUtnFEMI7K7MDENG",
    ),
    "github": (f"TOKEN = '{GITHUB}'", "a.py", GITHUB),
    "github in words": (f"push with {GITHUB} please", "", GITHUB),
    "fine-grained": ("x = 'github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz012345'", "a.py", "github_pat_11"),
    "anthropic": ("k = 'sk-ant-api03-Ab12Cd34Ef56Gh78Ij90Kl12'", "a.py", "sk-ant-api03"),
    "openai": ("k = 'sk-proj-Ab12Cd34Ef56Gh78Ij90Kl12Mn34Op56'", "a.js", "sk-proj-Ab12"),
    "google": ("const key = 'AIza" + "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q'", "a.js", "SyA1b2C3"),
    "stripe": (f"stripe.api_key = '{STRIPE}'", "a.py", STRIPE),
    "slack": ("hook('xoxb-123456789012-123456789012-abcdefABCDEF123456')", "a.py", "xoxb-123456789012"),
    "jwt": (f"t = '{JWT}'", "a.py", JWT),
    "url": ("DB = 'postgres://app:s3cr3t-pw@db.internal/app'", "a.py", "s3cr3t-pw"),
    "bearer": ("-H 'Authorization: Bearer 9f8e7d6c5b4a39281706f5e4d3c2b1a0'", "x.sh", "9f8e7d6c5b4a"),
    "password": ("password = 'Tr0ub4dor&3'", "a.py", "Tr0ub4dor&3"),
    "password in go": ('dbPassword := "Tr0ub4dor&3"', "a.go", "Tr0ub4dor&3"),
    "yaml": ("  password: correcthorse", "a.yaml", "correcthorse"),
    "django": ("SECRET_KEY = 'django-insecure-x8#k2!m4n6p8q0r2t4v6'", "a.py", "django-insecure-x8#k2"),
    "env": ("COLOUR=blue-7", ".env", "blue-7"),
    "env quoted": ('export NAME="some words"', "prod.env", "some words"),
    "entropy": ("signing_token = 'q9X2mV7bK4nR8tY1wZ5cL3pD6'", "a.py", "q9X2mV7b"),
    "npm": ("//npm.example.org/:_authToken=npm_abcdefghijklmnop1234567890", ".npmrc", "npm_abcdefghijklmnop"),
    "one-line key": ("k = '" + PRIVATE_KEY.replace("\n", "\\n") + "'", "a.py", KEY_BODY),
}
HARMLESS = {
    "uuid": "token_id = '123e4567-e89b-12d3-a456-426614174000'",
    "sha256": "sha256 = 'cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046'",
    "integrity": '"integrity": "sha512-9f8e7d6c5b4a39281706f5e4d3c2b1a0AbCdEf=="',
    "commit": "commit 985bbbc8a1f2e3d4c5b6a79881726354455364758697",
    "label": "password = 'password'",
    "field": "password = forms.CharField(widget=PasswordInput)",
    "name": "PASSWORD_FIELD = 'user_password'",
    "message": "raise ValueError('password must not be empty')",
    "variable": "password = os.environ['DB_PASSWORD']",
    "template": "url = f'postgres://{user}:{password}@{host}/db'",
    "shell": "mysql -p $PASSWORD --host db",
    "placeholder": "api_key = '<your key here>'",
    "tokens": "max_tokens = 2048",
    "path": "secret_path = '/run/secrets/db'",
    "spoken of": "if 'BEGIN RSA PRIVATE KEY' in text: warn()",
    "heading": "# -----BEGIN RSA PRIVATE KEY----- is how such a file begins",
    "test data": "assert digest('abc') == 'ba7816bf8f01cfea414140de5dae2223b00361a3'",
    "camel": "keys = ['NSAccessibilityTokenAttribute', 'kSecAttrTokenIDSecureEnclave2']",
    "import": "from secrets import token_urlsafe",
}


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_withheld_and_comes_back_to_the_byte(name: str) -> None:
    text, path, secret = SECRETS[name]
    vault = Vault([text])
    shown, kept = vault.withhold(text, path)
    assert secret not in shown
    assert kept
    assert all(one.path == path and one.line == 1 for one in kept)
    assert vault.restore(shown) == text
    assert secret not in masked(text, path)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_no_secret_is_left_alone(name: str) -> None:
    assert find(HARMLESS[name], "a.py") == ()


def test_a_private_key_keeps_its_lines_and_its_indentation() -> None:
    text = "KEY = '''\n" + PRIVATE_KEY + "\n'''\nother = 1\n"
    vault = Vault([text])
    shown, kept = vault.withhold(text, "k.py")
    assert KEY_BODY not in shown
    assert "RSA" not in shown
    assert shown.count("\n") == text.count("\n")
    assert shown.endswith("other = 1\n")
    assert told(kept) == "k.py:2-6 (private key)"
    assert vault.restore(shown) == text
    compile(shown, "k.py", "exec")


def test_a_key_that_is_cut_off_is_withheld_as_far_as_it_goes() -> None:
    cut = "\n".join(PRIVATE_KEY.split("\n")[:2])
    shown, _ = Vault([cut]).withhold(cut)
    assert KEY_BODY not in shown


def test_one_secret_has_one_placeholder_wherever_it_stands() -> None:
    vault = Vault()
    first, _ = vault.withhold("password = 'Tr0ub4dor&3'", "a.py")
    second, _ = vault.withhold("login failed for Tr0ub4dor&3 (app)", "")
    name = first.split("'")[1]
    assert second == f"login failed for {name} (app)"


def test_placeholders_are_none_that_the_text_has_already() -> None:
    text = "# WITHHELD_1 stays\npassword = 'Tr0ub4dor&3'\n"
    vault = Vault([text])
    shown, _ = vault.withhold(text, "a.py")
    assert "# WITHHELD_1 stays" in shown
    assert vault.restore(shown) == text
    assert vault.restore("WITHHELD_1") == "WITHHELD_1"


def test_a_secret_glued_to_letters_is_withheld_with_them() -> None:
    vault = Vault()
    vault.withhold("password = 'Tr0ub4dor&3'", "a.py")
    shown = vault.hide_known("xTr0ub4dor&3y z")
    assert "Tr0ub4dor" not in shown
    assert vault.restore(shown) == "xTr0ub4dor&3y z"


@pytest.mark.parametrize("broken", ["WITHHELD_9", "WITHHELD_", "WITHHELD_1x", "withheld_1", "WITHHELD 1"])
def test_a_placeholder_that_stands_for_nothing_is_refused(broken: str) -> None:
    vault = Vault()
    vault.withhold("password = 'Tr0ub4dor&3'", "a.py")
    with pytest.raises(EditRefused) as refused:
        vault.restore(f"password = '{broken}'")
    assert refused.value.code == "placeholder"


def test_a_secret_is_neither_lost_nor_copied() -> None:
    vault = Vault()
    shown, _ = vault.withhold("password = 'Tr0ub4dor&3'", "a.py")
    assert vault.check_kept([shown], [f"# moved\n{shown}"], may_go=False) == ()
    with pytest.raises(EditRefused, match="leaves out"):
        vault.check_kept([shown], ["password = None"], may_go=False)
    with pytest.raises(EditRefused, match="copies"):
        vault.check_kept([shown], [f"{shown}\n{shown}"], may_go=True)
    assert vault.check_kept([shown], ["password = None"], may_go=True) == ("WITHHELD_1",)


def test_errors_never_hold_the_secret() -> None:
    vault = Vault()
    shown, _ = vault.withhold("password = 'Tr0ub4dor&3'", "a.py")
    for after in ("x", f"{shown}{shown}"):
        with pytest.raises(EditRefused) as refused:
            vault.check_kept([shown], [after], may_go=False)
        assert "Tr0ub4dor" not in str(refused.value)


PIECES = st.sampled_from(
    [
        "password = 'Tr0ub4dor&3'",
        PRIVATE_KEY,
        f"k = '{AWS}'",
        GITHUB,
        "x = 1",
        "",
        "WITHHELD",
        "  é\u2028ß",
        "\r",
        "'",
        '"""',
    ]
)


@given(st.lists(PIECES, max_size=12).map("\n".join), st.sampled_from(["a.py", ".env", "a.yaml", ""]))
def test_whatever_is_withheld_comes_back(text: str, path: str) -> None:
    vault = Vault([text])
    shown, _ = vault.withhold(text, path)
    assert shown.count("\n") == text.count("\n")
    assert GITHUB not in shown
    if "WITHHELD" not in text:
        assert vault.restore(shown) == text


def test_files_for_the_environment_are_known_by_name() -> None:
    assert all(map(is_environment, (".env", "app/.env.local", "prod.env", ".envrc")))
    assert not any(map(is_environment, ("environment.py", "env.py", "dotenv.md")))


def test_what_was_kept_is_told_by_place_and_kind() -> None:
    kept = [Kept(path="a.py", line=3, kind="AWS key"), Kept(path="", line=1, kind="JSON web token")]
    assert told(kept) == "a.py:3 (AWS key), JSON web token"


def test_a_long_line_does_not_stop_the_clock() -> None:
    line = "password=" * 40_000
    started = time.process_time()
    find(line)
    find('secret = "' + "a" * 200_000)
    assert time.process_time() - started < 5


def test_loading_the_detectors_is_left_to_those_who_need_them() -> None:
    code = "import workbench.context.redaction, workbench.client, sys; print('detect_secrets' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_text_that_speaks_of_what_is_withheld_can_still_be_changed() -> None:
    text = '# Values are withheld here.\nKEY = "AKIAIOSFODNN7EXAMPLQ"\n'
    vault = Vault([text])
    shown, kept = vault.withhold(text, "a.py")
    assert kept
    assert "AKIA" not in shown
    assert vault.restore(shown + "x = 1\n") == text + "x = 1\n"
