"""What a crew does with secrets: none is shown, said or noted, and the file keeps every byte of them."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from tests.house.place import TEXT, Place
from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from tests.unit.test_redaction import AWS, GITHUB, PRIVATE_KEY
from workbench.context.redaction import Vault
from workbench.crew.dispatch import work
from workbench.errors import EditRefused
from workbench.events import SecretsWithheld
from workbench.model import Brief, Check, Excerpt, State, Verdict

CONFIG = f"""KEY = "{AWS}"


def connect(retries=1):
    password = "Tr0ub4dor&3"
    return open_session(KEY, password, retries)
"""
SHOWN = """KEY = "WITHHELD_1"


def connect(retries=1):
    password = "WITHHELD_2"
    return open_session(KEY, password, retries)
"""


def all_that_was_said(desk: ScriptedDesk) -> str:
    return "\n".join(
        [*(message.content for request in desk.asked for message in request.messages), *map(str, desk.events)]
    )


async def test_a_file_is_changed_around_its_secrets() -> None:
    desk = ScriptedDesk(fenced(SHOWN.replace("password, retries)", "password, retries + 1)")))
    proposal = await work(a_brief("patch", "connect tries once more than it is told to.", {"config.py": CONFIG}), desk)
    (edit,) = proposal.edits
    assert edit.before == CONFIG.encode()
    assert edit.after == CONFIG.replace("password, retries)", "password, retries + 1)").encode()
    assert "WITHHELD_1" in desk.question or "WITHHELD_2" in desk.question
    assert AWS not in all_that_was_said(desk)
    assert "Tr0ub4dor" not in all_that_was_said(desk)
    (told,) = [event for event in desk.events if isinstance(event, SecretsWithheld)]
    assert told.withheld == ("config.py:1 (AWS key)", "config.py:5 (password or key)")
    assert any("config.py:1 (AWS key)" in note for note in proposal.notes)
    assert AWS not in proposal.model_copy(update={"edits": ()}).model_dump_json()


async def test_commands_run_on_the_real_text_and_their_words_are_withheld() -> None:
    check = Check(name="pytest", ok=True, output="login failed for Tr0ub4dor&3")
    desk = ScriptedDesk(fenced(SHOWN.replace("password, retries)", "password, retries + 1)")), checks=[[check]])
    brief = a_brief("patch", "connect tries once more than it is told to.", {"config.py": CONFIG}, check=["pytest"])
    proposal = await work(brief, desk)
    (tried,) = desk.tried
    assert tried[0].after == CONFIG.replace("password, retries)", "password, retries + 1)").encode()
    assert proposal.verdict is Verdict.CHECKED
    assert proposal.checks[-1].output == "login failed for WITHHELD_2"


async def test_an_answer_that_loses_a_secret_fails_its_checks_and_is_told_why() -> None:
    lost = fenced(SHOWN.replace('password = "WITHHELD_2"', "password = None"))
    kept = fenced(SHOWN.replace("password, retries)", "password, retries + 1)"))
    desk = ScriptedDesk(lost, kept, checks=[[Check(name="pytest", ok=True)]])
    brief = a_brief("patch", "connect tries once more than it is told to.", {"config.py": CONFIG}, check=["pytest"])
    proposal = await work(brief, desk)
    assert "WITHHELD_2" in desk.question
    assert "leaves out" in desk.question
    assert proposal.edits[0].after == CONFIG.replace("password, retries)", "password, retries + 1)").encode()
    assert len(desk.tried) == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (SHOWN.replace("WITHHELD_2", "WITHHELD_7"), "secret-lost"),
        (
            SHOWN.replace("retries=1", "retries=1, hint='WITHHELD_7'").replace("retries)", "retries, hint)"),
            "placeholder",
        ),
        (SHOWN.replace("WITHHELD_2", "hunter2"), "secret-lost"),
        (SHOWN.replace("retries)", 'retries, "WITHHELD_1")'), "secret-copied"),
    ],
)
async def test_what_cannot_be_mapped_is_refused(answer: str, code: str) -> None:
    desk = ScriptedDesk(fenced(answer))
    with pytest.raises(EditRefused) as refused:
        await work(a_brief("patch", "connect tries once more than it is told to.", {"config.py": CONFIG}), desk)
    assert refused.value.code == code
    assert "Tr0ub4dor" not in str(refused.value)


async def test_a_secret_goes_where_the_task_says_so_and_a_person_sees_it_go() -> None:
    answer = SHOWN.replace('"WITHHELD_2"', 'os.environ["PASSWORD"]')
    desk = ScriptedDesk(fenced(answer), checks=[[Check(name="pytest", ok=True)]])
    task = "Read the password in connect from the environment."
    proposal = await work(a_brief("patch", task, {"config.py": "import os\n" + CONFIG}, check=["pytest"]), desk)
    assert proposal.verdict is Verdict.UNVERIFIED
    assert any("takes out" in note for note in proposal.notes)
    after = proposal.edits[0].after
    assert after is not None
    assert b"Tr0ub4dor" not in after
    assert AWS.encode() in after


async def test_a_secret_of_one_file_is_known_again_in_another_and_in_the_task() -> None:
    reads = [Excerpt(path="deploy.sh", first=4, last=4, text="login --with Tr0ub4dor&3")]
    desk = ScriptedDesk("It opens a session.")
    brief = a_brief("chat", f"Why does Tr0ub4dor&3 or {GITHUB} fail?", {"config.py": CONFIG}, reads=reads, repairs=0)
    proposal = await work(brief.model_copy(update={"repairs": 0}), desk)
    said = all_that_was_said(desk)
    assert "Tr0ub4dor" not in said
    assert GITHUB not in said
    assert "Tr0ub4dor" not in proposal.model_dump_json()


async def test_what_only_a_question_holds_is_withheld_too() -> None:
    desk = ScriptedDesk("It is a key.")
    brief = a_brief("chat", f"What is this?\n{PRIVATE_KEY}")
    await work(brief, desk)
    assert "MIIE" not in all_that_was_said(desk)


async def test_the_vault_knows_afterwards_what_to_keep_from_the_log() -> None:
    vault = Vault()
    desk = ScriptedDesk(fenced(SHOWN.replace("password, retries)", "password, retries + 1)")))
    await work(a_brief("patch", "connect tries once more than it is told to.", {"config.py": CONFIG}), desk, vault)
    assert vault.withhold("denied: Tr0ub4dor&3")[0] == "denied: WITHHELD_2"


async def test_a_file_of_environment_values_can_be_changed() -> None:
    text = 'DEBUG=false\nNAME="a b"\nEMPTY=\n# A=comment\n'
    shown = 'DEBUG=WITHHELD_1\nNAME="WITHHELD_2"\nEMPTY=\n# A=comment\nPORT=80\n'
    desk = ScriptedDesk(fenced(shown, "env"))
    proposal = await work(a_brief("patch", "Add PORT=80 at the end.", {".env": text}), desk)
    assert "a b" not in all_that_was_said(desk)
    assert proposal.edits[0].after == f"{text}PORT=80\n".encode()


def test_a_brief_without_secrets_is_not_copied_about(benchmark_brief: Brief) -> None:
    from workbench.crew.discreet import discreet

    shown, _, kept = discreet(benchmark_brief, ScriptedDesk(), Vault())
    assert shown == benchmark_brief
    assert kept == ()


@pytest.fixture
def benchmark_brief() -> Brief:
    return a_brief("patch", "Add a test.", {"a.py": "def f():\n    return 1\n"})


async def test_no_secret_is_written_anywhere_but_where_it_was(tmp_path: Path) -> None:
    secret, asked = "Tr0ub4dor&3", GITHUB
    place = Place(tmp_path / "repository")
    source = f'{TEXT}\n\nPASSWORD = "{secret}"\n'
    (place.root / "text.py").write_text(source, encoding="utf-8")
    check = "python3 -c 'import text; print(text.PASSWORD); raise SystemExit(1)'"
    place.configure(f"[checks]\nallow = [{json.dumps(check)}]\n[runner]\nrepairs = 0\n")
    task = place.drop()
    await place.drain()
    failing = place.drop(f"Make truncate() never exceed limit, for {asked}", check=(check,))
    await place.drain()
    async with place.at_work():
        place.decide(task, "approve")
        await place.rested(task, State.APPLIED)
    written = (place.root / "text.py").read_text(encoding="utf-8")
    assert written.endswith(f'PASSWORD = "{secret}"\n')
    assert "WITHHELD" not in written
    assert written != source
    said = place.folder.events.read_text(encoding="utf-8")
    for task_id in (task, failing):
        said += (place.folder.task(task_id) / "transcript.jsonl").read_text(encoding="utf-8")
        said += place.result(task_id).model_dump_json()
    said += json.dumps([line["prompt"] for line in place.asked()])
    assert secret not in said
    assert asked not in said
    assert "[withheld: GitHub token]" in said


async def test_a_file_that_git_ignores_is_never_read(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository")
    (place.root / "ignored").mkdir()
    (place.root / "ignored" / "secrets.py").write_text("A = 'marker of the ignored'\n", encoding="utf-8")
    place.drop(read=("ignored/secrets.py",))
    place.drop(targets=("ignored/secrets.py",))
    place.drop(read=("**/*.py",))
    await place.drain()
    assert "marker of the ignored" not in json.dumps(place.asked("begun"))
    assert len(place.asked("begun")) == 1


def test_looking_for_secrets_takes_no_time_to_speak_of() -> None:
    """Issue 4: at most 5 ms for a prompt of a normal size, once the detectors are there; best of five."""
    source = Path(json.__file__).with_name("decoder.py").read_text(encoding="utf-8")[:8_000]
    Vault().withhold('password = "Tr0ub4dor&3" ' + AWS)
    best = 1.0
    for number in range(5):
        started = time.perf_counter()
        Vault().withhold(f"{source}\n# {number}\n{CONFIG}")
        best = min(best, time.perf_counter() - started)
    assert best <= 0.005, best
