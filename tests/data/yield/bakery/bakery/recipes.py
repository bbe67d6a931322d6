"""Recipes: ingredients in grams, scaled to what is needed."""

from dataclasses import dataclass

GRAMS = {
    "g": 1,
    "kg": 1000,
    "oz": 28.35,
}

FLOURS = ("wheat flour", "rye flour", "spelt flour")


@dataclass(frozen=True)
class Recipe:
    """A recipe; its ingredients are a dict of name and grams."""

    name: str
    ingredients: dict
    loaves: int = 1

    def weight(self):
        """Return what the dough weighs."""
        return sum(self.ingredients.values())

    def loaf_weight(self):
        return self.weight() / self.loaves

    def flour(self):
        """Return how much flour is in the dough."""
        return sum(grams for name, grams in self.ingredients.items() if name in FLOURS)

    def hydration(self):
        """Return the water in per cent of the flour."""
        water = self.ingredients.get("water", 0)
        return round(water * 100 / self.flour())

    def scaled(self, loaves):
        """Return the recipe for another number of loaves."""
        factor = loaves / self.loaves
        ingredients = {name: round(grams * factor) for name, grams in self.ingredients.items()}
        return Recipe(self.name, ingredients, loaves)


def to_grams(amount: float, unit: str) -> float:
    """Return an amount in grams."""
    unit = unit.lower()
    if unit not in GRAMS:
        raise ValueError(f"unknown unit: {unit}")
    return amount * GRAMS[unit]


def parse_ingredient(line: str) -> tuple[str, float]:
    """Read an ingredient from a recipe card: 'rye flour: 1.5 kg'."""
    name, _, rest = line.partition(":")
    amount, unit = rest.split()
    return name.strip(), to_grams(float(amount), unit)


def format_amount(grams: float) -> str:
    """Return an amount as it stands on a recipe card: '250 g', '1.5 kg'."""
    if grams > 1000:
        return f"{grams / 1000:g} kg"
    return f"{grams:g} g"


def shopping_list(recipes: list[Recipe]) -> list[tuple[str, float]]:
    """Return how much of each ingredient some recipes need together."""
    needed: dict[str, float] = {}
    for recipe in recipes:
        for name, grams in recipe.ingredients.items():
            needed[name] = needed.get(name, 0) + grams
    return list(needed.items())


def card(recipe: Recipe) -> str:
    """Return the recipe card as text."""
    lines = [f"{recipe.name} ({recipe.loaves} loaves)"]
    for name, grams in recipe.ingredients.items():
        lines.append(f"  {name}: {format_amount(grams)}")
    return "\n".join(lines)
