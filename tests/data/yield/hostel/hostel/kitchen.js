'use strict';

// Breakfast and dinner: what we cook, what we have, and what must be bought.

/**
 * Work out a recipe for another number of people.
 *
 * @param {{serves: number, ingredients: {name: string, amount: number, unit: string}[]}} recipe
 * @param {number} people
 */
function scaleRecipe(recipe, people) {
  const factor = people / recipe.serves;
  return {
    ...recipe,
    serves: people,
    ingredients: recipe.ingredients.map((item) => ({ ...item, amount: item.amount * factor })),
  };
}

/** A line of the menu on the blackboard. */
const menuLine = (day, dishes) => `${day}: ${dishes.join(', ')}`;

/** The blackboard for a week. */
function blackboard(menu) {
  return Object.entries(menu)
    .map(([day, dishes]) => menuLine(day, dishes))
    .join('\n');
}

class Pantry {
  constructor() {
    this.stock = new Map();
  }

  set(name, amount) {
    this.stock.set(name, amount);
  }

  /** How much there is of something. */
  amountOf(name) {
    return this.stock.get(name);
  }

  names() {
    return [...this.stock.keys()].sort();
  }
}

class ShoppingList {
  #items = [];

  add(name, amount = 1) {
    this.#items.push({ name, amount });
    return this;
  }

  remove(name) {
    this.#items = this.#items.filter((item) => item.name !== name);
  }

  get length() {
    return this.#items.length;
  }

  toText() {
    return this.#items.map((item) => `${item.amount} x ${item.name}`).join('\n');
  }
}

module.exports = { scaleRecipe, menuLine, blackboard, Pantry, ShoppingList };
