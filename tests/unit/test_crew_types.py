"""Type annotations: the model names types, the host writes them, and what the tree knows better is corrected."""

from __future__ import annotations

import json

import pytest

from tests.unit.scripted_desk import Answer, ScriptedDesk, a_brief, fenced
from workbench.crew.annotating import held_types
from workbench.crew.dispatch import work
from workbench.crew.solving.plan import AFRESH
from workbench.errors import AnswerRejected, EditRefused
from workbench.model import Proposal, Solving, Verdict

SOURCE = """from itertools import islice


def take(n, iterable):
    return list(islice(iterable, n))


def pick(seq, key=None):
    seen = set()
    for item in seq:
        if key(item) not in seen:
            yield item


class Box:
    def __init__(self, size):
        self.size = size

    def grow(self, by, *, twice=False):
        self.size += by * (2 if twice else 1)
"""
TAKE = json.dumps({"n": "int", "iterable": "Iterable[Any]", "return": "list[Any]"})


@pytest.fixture(autouse=True)
def _nobody_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the type checker says of answers is tested with itself, in test_crew_types_held."""
    monkeypatch.setattr(held_types, "type_faults", lambda text: ())


def text_of(proposal: Proposal) -> str:
    content = proposal.edits[0].after
    assert content is not None
    return content.decode()


async def test_a_signature_is_annotated_and_imports_come_along() -> None:
    desk = ScriptedDesk(TAKE)
    proposal = await work(a_brief("types", "Annotate take.", {"a.py": SOURCE}), desk)
    after = text_of(proposal)
    assert "def take(n: int, iterable: Iterable[Any]) -> list[Any]:\n    return list(islice(iterable, n))" in after
    assert "from typing import" in after or "from collections.abc import" in after
    compile(after, "a.py", "exec")
    assert proposal.verdict is Verdict.PROVEN
    assert proposal.summary == "Annotates take"


async def test_every_function_is_annotated_where_none_is_named() -> None:
    desk = ScriptedDesk(
        TAKE,
        json.dumps({"seq": "Iterable[Any]", "key": "Callable[[Any], Any]", "return": "list[Any]"}),
        json.dumps({"size": "int"}),
        json.dumps({"by": "int", "twice": "bool", "return": "int"}),
    )
    after = text_of(await work(a_brief("types", "", {"a.py": SOURCE}), desk))
    assert desk.is_used_up
    assert "def pick(seq: Iterable[Any], key: Callable[[Any], Any] | None = None) -> Iterator[Any]:" in after
    assert "def __init__(self, size: int)" in after
    assert "def grow(self, by: int, *, twice: bool = False) -> None:" in after


async def test_the_schema_knows_only_what_lacks_a_type() -> None:
    desk = ScriptedDesk(json.dumps({"b": "int"}))
    proposal = await work(a_brief("types", "", {"a.py": "def f(a: int, b) -> int:\n    return a + b\n"}), desk)
    schema = desk.asked[0].response_schema
    assert schema is not None
    assert list(schema["properties"]) == ["b"]
    assert text_of(proposal) == "def f(a: int, b: int) -> int:\n    return a + b\n"


async def test_a_class_stands_for_its_methods() -> None:
    desk = ScriptedDesk(json.dumps({"size": "int"}), json.dumps({"by": "int", "twice": "bool", "return": "None"}))
    after = text_of(await work(a_brief("types", "Annotate the class Box.", {"a.py": SOURCE}), desk))
    assert "size: int" in after
    assert "by: int" in after
    assert "def take(n, iterable)" in after


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("any", "x: Any"),
        ("typing.Sequence[int]", "x: Sequence[int]"),
        ("`list[int]`", "x: list[int]"),
        ("callable", "x: Callable[..., Any]"),
        ("Mapping", "x: Mapping[Any, Any]"),
        ("dict[str, list] | None", "x: dict[str, list[Any]] | None"),
        ("tuple", "x: tuple[Any, ...]"),
    ],
)
async def test_habits_of_speech_are_read_as_meant(kind: str, written: str) -> None:
    desk = ScriptedDesk(json.dumps({"x": kind, "return": "int"}))
    after = text_of(await work(a_brief("types", "", {"a.py": "def f(x):\n    return 1\n"}), desk))
    assert written in after


@pytest.mark.parametrize(
    ("args", "options", "written"),
    [
        ("Iterable[int]", "Mapping[str, bool]", "def f(*args: int, **options: bool) -> int:"),
        ("tuple[str, ...]", "dict", "def f(*args: str, **options: Any) -> int:"),
        ("int", "Any", "def f(*args: int, **options: Any) -> int:"),
    ],
)
async def test_starred_arguments_are_typed_one_by_one(args: str, options: str, written: str) -> None:
    desk = ScriptedDesk(json.dumps({"args": args, "options": options, "return": "int"}))
    proposal = await work(a_brief("types", "", {"a.py": "def f(*args, **options):\n    return len(args)\n"}), desk)
    assert written in text_of(proposal)


async def test_a_name_that_nothing_defines_becomes_any_with_a_note() -> None:
    answer = json.dumps({"x": "Tensor", "return": "int"})
    desk = ScriptedDesk(answer, answer)
    proposal = await work(a_brief("types", "", {"a.py": "def f(x):\n    return 1\n"}), desk)
    assert "def f(x: Any) -> int:" in text_of(proposal)
    assert any("Tensor" in note for note in proposal.notes)
    assert "Tensor" in desk.question, "it was asked for another"


async def test_a_function_that_fails_is_left_out_and_the_others_are_done() -> None:
    desk = ScriptedDesk("no", "no", json.dumps({"size": "int"}))
    proposal = await work(a_brief("types", "Annotate take and Box.__init__.", {"a.py": SOURCE}), desk)
    assert "size: int" in text_of(proposal)
    assert "def take(n, iterable)" in text_of(proposal)
    assert any(note.startswith("take in a.py: left out") for note in proposal.notes)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("", "not-json"),
        ("这个函数返回一个列表", "not-json"),
        ("{}", "no-types"),
        ('{"n": "an integer number", "iterable": "", "return": "a list of things"}', "no-types"),
        ('{"n": "print(1)", "iterable": "1 +", "return": "__import__(\'os\')"}', "no-change"),
        ("function take(n) { return []; }", "not-json"),
    ],
)
async def test_answers_without_types_are_refused(answer: str, code: str) -> None:
    desk = ScriptedDesk(answer, answer)
    with pytest.raises((AnswerRejected, EditRefused)) as caught:
        await work(a_brief("types", "Annotate take.", {"a.py": SOURCE}), desk)
    assert caught.value.code == code
    assert len(desk.refused) == 2


async def test_a_cut_off_answer_is_not_used() -> None:
    cut = Answer(text=TAKE, finish="length")
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("types", "Annotate take.", {"a.py": SOURCE}), ScriptedDesk(cut, cut))
    assert caught.value.code == "cut-off"


async def test_nothing_to_annotate_is_said() -> None:
    desk = ScriptedDesk()
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("types", "", {"a.py": "def f(a: int) -> int:\n    return a\n"}), desk)
    assert caught.value.code == "nothing-to-do"


async def test_engines_without_schemas_are_understood_too() -> None:
    code = "from typing import Any\n\ndef take(n: int, iterable: list[Any]) -> list[Any]:\n    ..."
    after = text_of(await work(a_brief("types", "Annotate take.", {"a.py": SOURCE}), ScriptedDesk(fenced(code))))
    assert "def take(n: int, iterable: list[Any]) -> list[Any]:" in after


async def test_coroutines_and_asynchronous_generators_are_told_apart() -> None:
    source = "async def get(url):\n    return url\n\n\nasync def each(urls):\n    for url in urls:\n        yield url\n"
    desk = ScriptedDesk(
        json.dumps({"url": "str", "return": "str"}), json.dumps({"urls": "list[str]", "return": "list[str]"})
    )
    after = text_of(await work(a_brief("types", "", {"a.py": source}), desk))
    assert "async def get(url: str) -> str:" in after
    assert "async def each(urls: Iterable[str]) -> AsyncIterator[Any]:" in after


async def test_after_a_talk_that_went_wrong_the_question_is_put_afresh() -> None:
    desk = ScriptedDesk("Sure.", "Sure.", json.dumps({"x": "int", "return": "int"}))
    brief = a_brief("types", "", {"a.py": "def f(x):\n    return x\n"}, solving=Solving(retries=1))
    proposal = await work(brief, desk)
    assert b"def f(x: int) -> int:" in (proposal.edits[0].after or b"")
    assert len(desk.asked[1].messages) > len(desk.asked[2].messages) == len(desk.asked[0].messages)
    assert [request.temperature for request in desk.asked] == [0.0, 0.5, AFRESH]


async def test_what_the_file_says_of_like_names_is_shown() -> None:
    source = "class Dose:\n    drug: str\n\n\ndef label(drug, size):\n    return f'{drug} {size}'\n"
    desk = ScriptedDesk(json.dumps({"drug": "str", "size": "int", "return": "str"}))
    await work(a_brief("types", "", {"a.py": source}), desk)
    assert "Elsewhere in this file: `drug: str`." in desk.question
    assert "size:" not in desk.question


async def test_an_argument_called_name_is_asked_for_by_another_word() -> None:
    desk = ScriptedDesk(json.dumps({"name_": "str", "return": "str"}))
    proposal = await work(a_brief("types", "", {"a.py": "def hail(name):\n    return 'Hail ' + name\n"}), desk)
    assert "def hail(name: str) -> str:" in text_of(proposal)


async def test_types_of_the_standard_library_bring_their_imports() -> None:
    source = "def late(due, today):\n    return (today - due).days > 0\n"
    desk = ScriptedDesk(json.dumps({"due": "date", "today": "date", "return": "bool"}))
    after = text_of(await work(a_brief("types", "", {"a.py": source}), desk))
    assert "from datetime import date\n" in after
    assert "def late(due: date, today: date) -> bool:" in after
