"""What docs/ and the shipped schemas say is what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workbench import cli, documents, events, schemas
from workbench.commands.drop import APPROVE, TIERS
from workbench.commands.look import STATES
from workbench.model import Approve, State, TaskSpec

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted((ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_made_parts_of_a_page_are_fresh(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert documents.refreshed(text) == text, "run: python -m workbench.documents"


def test_every_kind_of_event_and_every_field_of_a_task_is_documented() -> None:
    told = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    assert all(f"### `{kind.event}`" in told for kind in events.kinds())
    told = (ROOT / "docs" / "task-files.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in told for name in TaskSpec.model_fields)


@pytest.mark.parametrize("name", schemas.NAMES)
def test_a_shipped_schema_is_what_the_models_say(name: str) -> None:
    assert schemas.load(name) == schemas.make(name), "run: python -m workbench.documents"


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md", ROOT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    assert all((page.parent / link).exists() for link in links if "://" not in link)


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.name)
def test_every_command_a_page_names_is_there(page: Path) -> None:
    named = re.findall(
        r"(?:^|[`\s/])nanites ((?!is\b)[a-z]+(?:-[a-z]+)*)\b", page.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert {name for name in named if name not in cli.COMMANDS} <= {"alone", "simplify"}
    # `simplify` is the kind that the page about recipes makes.


def test_choices_on_the_command_line_are_those_of_the_model() -> None:
    assert tuple(Approve) == APPROVE
    assert tuple(State) == STATES
    assert set(TIERS) == {"nanite", "mid"}
