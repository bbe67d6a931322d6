"""What a task says plainly is held against a change that nothing else checks."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.crew.judging.asked import unmet
from workbench.crew.judging.stated import as_stated, stated
from workbench.model import Check, FileEdit, Solving, Verdict

BEFORE = "def cut(text, limit=10, *, mark='…'):\n    return text[:limit]\n\n\ndef other(lower=None, sep=','): ...\n"


def missed(task: str, after: str, before: str = BEFORE, path: str = "a.py") -> str:
    return unmet(task, [FileEdit(path=path, before=before.encode(), after=after.encode())])


@pytest.mark.parametrize(
    ("task", "after", "said"),
    [
        (
            "Add `lower=False` to cut.",
            "def cut(text, limit=10, lower=True, *, mark='…'):\n    return 1\n",
            "lower=False",
        ),
        ("Give cut an option keep=None.", "def cut(text, limit=10, keep=0, *, mark='…'):\n    return 1\n", "keep=None"),
        ("With limit=None, cut nothing.", "def cut(text, limit=None, *, mark='…'):\n    return 1\n", "must stay 10"),
        ("cut: mind the mark.", "def cut(text, limit=10, *, mark='.'):\n    return 1\n", "must stay '…'"),
        (
            "cut should strip.",
            "def cut(text, *, mark='…'):\n    return text.strip()\n",
            "must keep its parameter limit",
        ),
        (
            "If limit < 0, cut should say so: it raises ValueError, and must not cut.",
            "def cut(text, limit=10, *, mark='…'):\n    return 2\n",
            "",
        ),
        (
            "Make cut strict, so that it raises ValueError where it should.",
            "def cut(text, limit=10, *, mark='…'):\n    return 2\n",
            "ValueError",
        ),
        ("cut raises ValueError if limit < 0.", "def cut(text, limit=10, *, mark='…'):\n    return 2\n", "ValueError"),
        ("Show the text with repr.", "def cut(text, limit=10, *, mark='…'):\n    return str(text)\n", "use repr"),
    ],
)
def test_slips_are_told(task: str, after: str, said: str) -> None:
    assert said in missed(task, after)


@pytest.mark.parametrize(
    ("task", "after"),
    [
        ("Add lower=False to cut.", "def cut(text, limit=10, lower=False, *, mark='…'):\n    return 1\n"),
        ("Add `lower = False` to cut.", "def cut(text, limit=10, *, mark='…', lower=False):\n    return 1\n"),
        ('Add sep="" to cut.', "def cut(text, limit=10, sep='', *, mark='…'):\n    return 1\n"),
        ("The default of limit is 20 now.", "def cut(text, limit=20, *, mark='…'):\n    return 1\n"),
        ("Remove the parameter limit.", "def cut(text, *, mark='…'):\n    return text\n"),
        ("cut should take more.", "def cut(text, **more):\n    return text\n"),
        ("cut raises an IndexError when nothing is left. It should return None.", BEFORE.replace("[:limit]", "")),
        ("cut('') raises a ValueError, it should give ''.", BEFORE.replace("[:limit]", "")),
        ("cut raises a KeyError if it is not there; leave it as it stands.", BEFORE.replace("[:limit]", "")),
        (
            "cut raises a KeyError if it is not in it, such as 'a.b' in 1.5. It should return None.",
            BEFORE.replace("[:limit]", ""),
        ),
        ("StopIteration is raised as before.", "def cut(text, limit=10, *, mark='…'):\n    return 1\n"),
        ("Raise ValueError if it is long.", BEFORE.replace("return", "raise ValueError\n    return")),
        ("Raise ParserError if it is long.", "def cut(text, limit=10, *, mark='…'):\n    return 1\n"),
        ("Show the text with repr.", "def cut(text, limit=10, *, mark='…'):\n    return f'{text!r}'\n"),
        ("Return it in order with sorted.", "def cut(text, limit=10, *, mark='…'):\n    return sorted(text)\n"),
        ("cut(text, limit=3) should keep three.", "def cut(text, limit=10, *, mark='…'):\n    return text\n"),
        ("cut raises ValueError.", BEFORE),
        ("cut raises ValueError.", "def cut(:\n"),
    ],
)
def test_what_is_as_asked_or_cannot_be_told_is_left_alone(task: str, after: str) -> None:
    assert missed(task, after) == ""


@pytest.mark.parametrize(
    ("task", "after", "said"),
    [
        (
            "Add n=1.",
            "def cut(text, limit=10, n=1, *, mark='…'):\n    return text[:limit]\n",
            "cut gets n and does nothing",
        ),
        ("Add n=1.", "def cut(text, limit=10, n=1, *, mark='…'):\n    return text[:n]\n", ""),
        ("Add n=1.", "def cut(text, limit=10, n=1, *, mark='…'):\n    return lambda: n\n", ""),
        ("Add n=1, ignored for now.", "def cut(text, limit=10, n=1, *, mark='…'):\n    return text\n", ""),
        ("Rename limit to n.", "def cut(text, n=10, *, mark='…'):\n    return text\n", ""),
        ("Add n=1.", "def cut(text, limit=10, n=1, *, mark='…'):\n    raise NotImplementedError\n", ""),
        ("Add n=1.", "def cut(text, limit=10, n=1, *, mark='…'):\n    return locals()\n", ""),
        ("Add a function.", "def more(n):\n    return 1\n", ""),
        ("Add n=1.", "def cut(:\n", ""),
    ],
)
def test_a_parameter_that_came_and_is_never_used_is_told(task: str, after: str, said: str) -> None:
    told = missed(task, after)
    assert told.startswith(said)
    assert bool(told) is bool(said)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("class A:\n    def ping():\n        return g()\n", "class A:\n    def ping(self):\n        return g()\n"),
        (
            "class A:\n    def __exit__(self):\n        g()\n",
            "class A:\n    def __exit__(self, kind, value):\n        g()\n",
        ),
        ("def stop():\n    g()\n", "def stop(_signum, _frame):\n    g()\n"),
        ("def test_save():\n    g()\n", "def test_save(clean_db):\n    g()\n"),
        ("@app.get\ndef show():\n    g()\n", "@app.get\ndef show(user=None):\n    g()\n"),
        ("def enter(self, node):\n    return True\n", "def enter(self, node, depth=0):\n    return True\n"),
    ],
)
def test_a_parameter_that_others_pass_need_not_be_used(before: str, after: str) -> None:
    assert missed("Somebody passes more to it now.", after, before=before) == ""


async def test_an_unused_parameter_is_told_with_the_words_of_the_check() -> None:
    spare = "def greet(name, loud=False):\n    return name\n"
    used = "def greet(name, loud=False):\n    return name.swapcase() if loud else name\n"
    ran = [[Check(name="true", ok=ok)] for ok in (False, True)]
    desk = ScriptedDesk(fenced(spare), fenced(used), checks=ran)
    proposal = await work(a_brief("patch", "Add loud=False to greet.", {"a.py": PLAIN}, check=["true"]), desk)
    assert "greet gets loud and does nothing with it" in desk.question
    assert b"swapcase" in (proposal.edits[0].after or b"")


def test_other_languages_and_new_files_are_left_alone() -> None:
    assert missed("Add lower=False.", "function cut(lower = true) {}\n", path="a.js") == ""
    assert unmet("Raise ValueError.", [FileEdit(path="a.py", before=b"x = 1\n", after=None)]) == ""


PLAIN = "def greet(name):\n    return name\n"
DEAF = "def greet(name):\n    return name.swapcase()\n"
STRICT = "def greet(name):\n    if not name:\n        raise ValueError(name)\n    return name\n"
TASK = "greet raises ValueError for an empty name."


async def test_a_slip_is_mended_with_the_words_of_the_task() -> None:
    desk = ScriptedDesk(fenced(DEAF), fenced(STRICT))
    proposal = await work(a_brief("patch", TASK, {"a.py": PLAIN}), desk)
    assert "asks to raise ValueError, and the code never does" in desk.question
    assert b"raise ValueError" in (proposal.edits[0].after or b"")


async def test_a_check_that_failed_is_told_with_what_the_task_says_plainly() -> None:
    ran = [[Check(name="true", ok=ok)] for ok in (False, True)]
    desk = ScriptedDesk(fenced(DEAF), fenced(STRICT), checks=ran)
    # The host would refuse it by itself.
    solving = Solving(slips=False)
    proposal = await work(a_brief("patch", TASK, {"a.py": PLAIN}, check=["true"], solving=solving), desk)
    assert "asks to raise ValueError, and the code never does" in desk.question
    assert proposal.verdict is Verdict.CHECKED


async def test_where_all_slip_the_first_is_offered_with_a_word_of_doubt() -> None:
    desk = ScriptedDesk(fenced(DEAF), fenced(DEAF.replace("swapcase", "title")))
    proposal = await work(a_brief("patch", TASK, {"a.py": PLAIN}), desk)
    assert b"swapcase" in (proposal.edits[0].after or b"")
    assert proposal.verdict is Verdict.UNVERIFIED
    assert any("perhaps not all that was asked" in note for note in proposal.notes)


async def test_it_can_be_switched_off() -> None:
    desk = ScriptedDesk(fenced(DEAF))
    solving = Solving(wrap=False, samples=1, retries=0, words=False)
    await work(a_brief("patch", TASK, {"a.py": PLAIN}, solving=solving), desk)
    assert len(desk.asked) == 1


@pytest.mark.parametrize(
    ("task", "found"),
    [
        ("Add a parameter `lower=False` to cut: cut('A', lower=True) == 'a'", {"lower": "False"}),
        ("Give it an optional third parameter sep='' that is put between.", {"sep": "''"}),
        ("cut accepts an option keep = None", {"keep": "None"}),
        ("Add strict=False to cut. With strict=True, a long text is an error.", {"strict": "False"}),
        ("With a new parameter ignore=False it should raise KeyError", {}),
        ("cut(text, limit=3) should keep three", {}),
        ("When mark=None nothing is added", {}),
        ("Add step=2, or step=3", {}),
        ("Add step=2; the parameter step=3 is better", {}),
        ("In the code x=1 stands", {}),
        ("Add a parameter `reverse` to names: reverse=True sorts descending.", {}),
        ("Add an option quiet to names, quiet=True suppressing output", {}),
        ("Add a strict parameter to parse. New callers pass strict=True.", {}),
        ("Add an option quiet=True; that is the default", {"quiet": "True"}),
    ],
)
def test_defaults_that_a_task_states(task: str, found: dict[str, str]) -> None:
    assert stated(task) == found


@pytest.mark.parametrize(
    ("task", "answer", "want"),
    [
        ("Add `lower=False` to cut.", "def cut(text, limit=10, lower=True, *, mark='…'): ...\n", "lower=False"),
        ("Add an option sep='' to cut.", 'def cut(text, limit=10, *, mark="…", sep=" "): ...\n', "sep=''"),
        ("Add `lower=False`.", "def cut(text, limit=10, mark='…', lower: bool = True): ...\n", "lower: bool = False"),
        ("Let cut strip.", "def cut(text, limit, *, mark='…'):\n    return text.strip()\n", "limit=10"),
        ("Let cut strip.", "def cut(text, limit: int, *, mark='…'):\n    return text.strip()\n", "limit: int = 10"),
        (
            "Let cut strip.",
            "# é\ndef cut(text, limit, *, mark='é', à='é'):\n    return 1\n",
            "limit=10, *, mark='é', à='é'",
        ),
        ("Let cut strip.", "def cut(text, limit, more, *, mark='…'):\n    return text.strip()\n", "limit, more"),
        ("Make limit required.", "def cut(text, limit, *, mark='…'):\n    return text.strip()\n", "text, limit,"),
        ("Add `lower=False`.", "def cut(text, limit=10, lower=(\n    True\n)): ...\n", "lower=(\n    False\n)"),
        ("Add `lower=False`.", "def cut(text, lower=True:\n", "lower=True:"),
        (
            "Remove the default values of cut's arguments",
            "def cut(text, limit, *, mark):\n    return 1\n",
            "text, limit, *, mark",
        ),
        ("Make every argument required.", "def cut(text, limit, *, mark):\n    return 1\n", "text, limit, *, mark"),
        # What an answer changed may be meant.
        ("Let cut strip.", "def cut(text, limit=None, *, mark='…'):\n    return text.strip()\n", "limit=None"),
        ("Results show up in later calls.", "def other(lower=None, sep=None):\n    sep = sep or []\n", "sep=None"),
        # Other functions are not spoken of, nor twins known apart.
        (
            "Add a parameter n=3 to cut.",
            "def again(n=1): ...\ndef cut(text, limit=10, n=1, *, mark='…'): ...\n",
            "again(n=1)",
        ),
        ("Add a parameter n=3 to cut.", "def cut(x): ...\ndef cut(text, limit=10, n=1, *, mark='…'): ...\n", "n=1"),
        # A default is not added where the answer has none, nor is the beginning of an expression one.
        ("Add `lower=False`.", "def cut(text, lower, limit=10, *, mark='…'): ...\n", "text, lower,"),
        (
            "Add a parameter most=10*1024.",
            "def cut(text, limit=10, most=10 * 1024, *, mark='…'): ...\n",
            "most=10 * 1024",
        ),
        ("Add n: n=0 gives nothing and n=None all", "def cut(text, limit=10, n=None, *, mark='…'): ...\n", "n=None"),
        ("Add n so that one can pass n=1", "def cut(text, limit=10, n=0, *, mark='…'): ...\n", "n=0"),
        ("Add a parameter n: n=1 puts one there", "def cut(text, limit=10, n=0, *, mark='…'): ...\n", "n=0"),
        ("Add a parameter n so that n=1 returns one", "def cut(text, limit=10, n=0, *, mark='…'): ...\n", "n=0"),
    ],
)
def test_defaults_are_set_as_they_are_stated(task: str, answer: str, want: str) -> None:
    got = as_stated(task, BEFORE.encode(), answer.encode()).decode()
    assert want in got
    assert len(got.splitlines()) == len(answer.splitlines())


async def test_a_default_that_the_task_states_needs_no_second_answer() -> None:
    desk = ScriptedDesk(fenced("def greet(name, loud=True):\n    return name.swapcase() if loud else name\n"))
    task = "Give greet an option loud=False that shouts."
    proposal = await work(a_brief("patch", task, {"a.py": PLAIN}, solving=Solving(samples=1)), desk)
    assert b"loud=False" in (proposal.edits[0].after or b"")
    assert any("as the task states" in note for note in proposal.notes)


@pytest.mark.parametrize(
    ("task", "line", "stands"),
    [
        ("Add a keyword strict=False to f.", 'if kw.get("strict", True):', 'if kw.get("strict", False):'),
        ("Add a keyword strict=False to f.", "if kw.pop('strict', None):", "if kw.pop('strict', False):"),
        ("Add a keyword strict=False to f.", "if other.get('strict', True):", "if other.get('strict', True):"),
        ("Add a keyword old=1 to f.", 'if kw.get("old", 2):', 'if kw.get("old", 2):'),
        ("Add a keyword loose to f.", 'if kw.get("loose", True):', 'if kw.get("loose", True):'),
    ],
)
def test_what_is_taken_from_any_keywords_has_its_default_too(task: str, line: str, stands: str) -> None:
    before = "def f(a, **kw):\n    b = kw.get('old', 2)\n    return a\n"
    after = before.replace("    return a", f"    {line}\n        a = 0\n    return a")
    assert f"    {stands}\n" in as_stated(task, before.encode(), after.encode()).decode()


@pytest.mark.parametrize(
    ("task", "is_wanted"),
    [
        ("Rather than raising KeyError, cut returns None.", False),
        ("cut must not raise a KeyError.", False),
        ("cut works without raising KeyError.", False),
        ("cut('') should be 0, but raises KeyError.", False),
        ("Bug: cut('') raises KeyError.", False),
        ("cut('') raises KeyError, which is a bug.", False),
        ("cut currently raises KeyError.", False),
        ("cut raises KeyError on blank lines. Fall back to the default.", False),
        ("cut raises a KeyError on blank lines, I want None.", False),
        ("cut raises a KeyError on blank lines; 0 would be better.", False),
        ("cut is raising a KeyError on blank lines, make it None.", False),
        ("Currently we raise a KeyError for blank lines. Return None there.", False),
        ("Prevent cut from raising KeyError on blank lines.", False),
        ("cut can raise KeyError on blank lines; use the default then.", False),
        ("Let cut fail on blank lines by raising KeyError.", True),
        ("We want cut to raise a KeyError. Use the text in it.", True),
        ("A missing text raises KeyError.", True),
        ("Do not return None but raise KeyError.", True),
        ("If it is not there, raise KeyError.", True),
    ],
)
def test_an_error_that_is_not_wanted_is_not_asked_for(task: str, is_wanted: bool) -> None:
    after = "def cut(text, limit=10, *, mark='…'):\n    return text[:limit] + mark\n"
    assert missed(task, after) == ("the task asks to raise KeyError, and the code never does" if is_wanted else "")


@pytest.mark.parametrize(
    ("error", "before", "after"),
    [
        ("KeyError", "return USERS.get(name)", "return USERS[name]"),
        (
            "ValueError",
            "try:\n        return int(name)\n    except ValueError:\n        return None",
            "return int(name)",
        ),
        ("ValueError", "return name", "check(name)\n    return name"),
        ("StopIteration", "return next(name, None)", "return next(name)"),
        ("AssertionError", "return name", "assert name\n    return name"),
        ("AttributeError", "return getattr(name, 'id', None)", "return name.id"),
        ("LookupError", "return name", "if not name:\n        raise NotFound\n    return name"),
    ],
)
def test_an_error_that_comes_without_being_raised_here_is_raised(error: str, before: str, after: str) -> None:
    rest = "def check(name):\n    if not name:\n        raise ValueError(name)\n\n\n"
    rest += "class NotFound(LookupError):\n    pass\n\n\ndef find(name):\n    "
    task = f"find should raise a {error} for a name that is unknown."
    assert not missed(task, f"{rest}{after}\n", f"{rest}{before}\n")
    assert "asks to raise" in missed(task, f"{rest}return (name,)\n", f"{rest}return name\n")


LOOKUP = "def lookup(config, path, default=None):\n    return config[path]\n"
ANYWAY = LOOKUP.replace("    return", "    if path not in config:\n        raise TypeError(path)\n    return")


@pytest.mark.parametrize(
    "task",
    [
        "lookup raises a TypeError if the path goes on, such as 'a.b' in 1.5. It should return the default.",
        "lookup crashes with a `TypeError` for odd paths, it must just give None.",
    ],
)
def test_an_error_that_is_complained_of_is_not_raised_anew(task: str) -> None:
    assert "raises TypeError today and should not" in missed(task, ANYWAY, LOOKUP)
    assert not missed(task, ANYWAY.replace("TypeError", "ValueError"), LOOKUP)
    assert not missed(task, LOOKUP.replace("config[path]", "config.get(path)"), ANYWAY)


@pytest.mark.parametrize(
    "task",
    [
        "lookup should raise a TypeError if there is no such path.",
        "lookup raises a TypeError for odd paths. The message should be one that names the path.",
        "lookup raises a TypeError today only for texts.",
    ],
)
def test_an_error_that_is_wanted_may_be_raised(task: str) -> None:
    assert "raises TypeError today" not in missed(task, ANYWAY, LOOKUP)


def test_a_task_that_says_the_same_thousands_of_times_ends() -> None:
    assert "asks to raise ValueError" in missed(
        "cut should raise a ValueError " * 2_000, BEFORE.replace("[:limit]", "[1:limit]")
    )


@pytest.mark.parametrize(
    "after",
    [
        "    for key, x in config.items():\n        if key == path:\n            return x\n    raise TypeError(path)\n",
        "    key = str(path)\n    if key not in config:\n        raise TypeError(path)\n    return config[key]\n",
        "    try:\n        return config[path]\n    except TypeError:\n        raise TypeError(path) from None\n",
    ],
)
def test_an_error_may_be_raised_for_all_that_is_left_over(after: str) -> None:
    new = f"{LOOKUP.splitlines()[0]}\n{after}"
    assert not missed("lookup raises a TypeError for 'a.b'; it should give its value.", new, LOOKUP)
