"""The glazes in the buckets and the recipes that they are mixed from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Glaze:
    """A glaze that stands in the glaze room."""

    name: str
    cone: int
    litres: float = 0.0
    food_safe: bool = True

    def describe(self) -> str:
        """Return the text for the bucket: 'Celadon, cone 10'."""
        return f"{self.name}, cone {self.cone}"

    def use(self, litres: float) -> None:
        """Take some glaze out of the bucket."""
        if litres > self.litres:
            raise ValueError(f"only {self.litres} l of {self.name} left")
        self.litres -= litres


class GlazeBook:
    """All glazes of the studio."""

    def __init__(self) -> None:
        self.glazes: list[Glaze] = []

    def add(self, glaze: Glaze) -> None:
        """Enter a glaze."""
        self.glazes.append(glaze)

    def get(self, name: str) -> Glaze | None:
        """Return the glaze with a name, None if there is none."""
        for glaze in self.glazes:
            if glaze.name == name:
                return glaze
        return None

    def for_cone(self, cone: int) -> list[Glaze]:
        """Return the glazes that are fired at a cone, by name."""
        return sorted((glaze for glaze in self.glazes if glaze.cone == cone), key=lambda glaze: glaze.name)

    def running_low(self, limit: float = 1.0) -> list[str]:
        """Return the names of the glazes that have to be mixed soon."""
        return [glaze.name for glaze in self.glazes if glaze.litres < limit]


def parse_recipe(text: str) -> dict[str, float]:
    """Read a recipe with a material and its parts on each line, such as 'Silica 30'."""
    recipe = {}
    for line in text.splitlines():
        name, parts = line.rsplit(maxsplit=1)
        recipe[name.strip()] = float(parts)
    return recipe


def percentages(recipe: dict[str, float]) -> dict[str, float]:
    """Return the share of each material in per cent."""
    total = sum(recipe.values())
    return {name: round(parts / total * 100, 1) for name, parts in recipe.items()}


def batch(recipe: dict[str, float], grams: float) -> dict[str, float]:
    """Return how much of each material is needed for a batch."""
    total = sum(recipe.values())
    return {name: round(grams * parts / total, 1) for name, parts in recipe.items()}


def shopping_list(recipes: list[dict[str, float]]) -> list[str]:
    """Return the materials that are needed for some recipes."""
    materials = []
    for recipe in recipes:
        for name in recipe:
            materials.append(name)
    return materials
