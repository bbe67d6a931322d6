"""Who speaks in a task and with which model, and what a review without targets is about: what is not committed yet."""

from __future__ import annotations

from workbench.context.changed import changed_excerpts
from workbench.model import Excerpt, TaskSpec, Voice
from workbench.recipes.load import Recipe, Role, Work
from workbench.repository import Repository
from workbench.settings import Settings, VoiceSettings

REVIEWER = Role(name="Reviewer", tier="mid")
"""Who looks at a change where a task asks for a review."""

_FINDING = ("review", "bughunt")


def main_model(spec: TaskSpec, recipe: Recipe, settings: Settings) -> str:
    """Return the model a task is for: the one it names, else that of its tier, else that of its recipe's tier.

    A recipe's wish for `mid` gives way where nobody has said which model that is.
    """
    if spec.model or spec.tier:
        return spec.model or settings.tiers[spec.tier or recipe.tier]
    return _of_tier(recipe.tier, settings)[0]


def voices_of(spec: TaskSpec, recipe: Recipe, settings: Settings) -> tuple[Voice, ...]:
    """Return who speaks in a task with several voices, in turn; for a change, who reviews it; else nobody."""
    parts: tuple[Role | VoiceSettings, ...] = recipe.voices
    if recipe.work == "chat":
        parts = settings.chat.voices or recipe.voices
    elif recipe.edits:
        parts = (REVIEWER,) if spec.review else ()
    return tuple(_voice(part, spec, settings) for part in parts)


def _voice(part: Role | VoiceSettings, spec: TaskSpec, settings: Settings) -> Voice:
    named = part.model if isinstance(part, VoiceSettings) else None
    model, fallback = (named, False) if named else _of_tier(part.tier, settings)
    if spec.model or spec.tier:
        # Who asks for a model or a tier means all that is said.
        model, fallback = spec.model or settings.tiers[spec.tier or "nanite"], False
    return Voice(name=part.name, model=model, words=part.words.strip(), fallback=fallback)


def _of_tier(tier: str, settings: Settings) -> tuple[str, bool]:
    """Return the model of a tier, and whether it stands in for one that is not configured."""
    if tier == "mid" and "mid" not in settings.models.model_fields_set:
        return settings.models.nanite, True
    return settings.tiers[tier], False


def what_changed(repository: Repository, spec: TaskSpec, work: Work) -> tuple[Excerpt, ...]:
    """Return the lines that changed since the last commit, for kinds that look for faults and were given no files.

    Raises:
        TaskRefused: nothing is changed (code `nothing-to-do`).
    """
    return changed_excerpts(repository) if work in _FINDING and not spec.targets and not spec.read else ()
