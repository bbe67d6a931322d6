"""Who gets what to eat, and what has to be bought for it."""

from __future__ import annotations

from dataclasses import dataclass

GRAMS_PER_KILO = 12


@dataclass
class Meal:
    """One bowl for one dog."""

    dog: str
    hour: int
    food: str
    grams: int


def read_plan(text: str) -> list[Meal]:
    """Read the feeding plan, a meal in each line: 'Bella; 8; chicken; 150'."""
    meals = []
    for line in text.splitlines():
        dog, hour, food, grams = line.split(";")
        meals.append(Meal(dog.strip(), int(hour), food.strip(), int(grams)))
    return meals


def portion(weight: float, meals_a_day: int = 2) -> float:
    """Return how many grams a dog of so many kilos gets in each meal."""
    return weight * GRAMS_PER_KILO / meals_a_day


def meals_at(meals: list[Meal], hour: int) -> list[Meal]:
    """Return the meals of an hour by the name of the dog."""
    return sorted((meal for meal in meals if meal.hour == hour), key=lambda meal: meal.dog)


def needed(meals: list[Meal]) -> dict[str, int]:
    """Return how many grams of each food some meals take."""
    grams: dict[str, int] = {}
    for meal in meals:
        grams[meal.food] = grams.get(meal.food, 0) + meal.grams
    return grams


class FoodStore:
    """The food in the cellar, in grams."""

    def __init__(self, stock: dict[str, int] | None = None) -> None:
        self._stock = dict(stock or {})

    def grams(self, food: str) -> int:
        """Return how much there is of a food."""
        return self._stock.get(food, 0)

    def put(self, food: str, grams: int) -> None:
        """Bring food into the store."""
        self._stock[food] = self.grams(food) + grams

    def take(self, food: str, grams: int) -> None:
        """Take food out of the store."""
        self._stock[food] = self.grams(food) - grams


def shopping_list(meals: list[Meal], store: FoodStore) -> dict[str, int]:
    """Return how many grams of each food have to be bought for some meals."""
    return {food: grams - store.grams(food) for food, grams in needed(meals).items()}
