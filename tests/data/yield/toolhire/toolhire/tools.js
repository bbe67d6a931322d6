'use strict';

// The tools that we hire out. A tool has a number ('D-014'), a name, a category and a price per day in cents.

const CATEGORIES = ['drilling', 'sawing', 'garden', 'ladders', 'cleaning'];

/**
 * Bring a tool number into the form that is printed on the labels: ' d14 ' becomes 'D-014'.
 *
 * @param {string} text
 * @returns {string}
 */
function normalizeNumber(text) {
  const match = /^([A-Z])-?(\d{1,3})$/.exec(text.trim().toUpperCase());
  if (!match) {
    throw new Error(`Not a tool number: ${text}`);
  }
  return `${match[1]}-${match[2].padStart(3, '0')}`;
}

/** The price tag for the shelf. */
const priceTag = (tool) => `${tool.name}: ${(tool.dayPrice / 100).toFixed(2)} € a day`;

/**
 * Parse the stock file. Every line is `number;name;category;price`, with the price in euros.
 *
 * @param {string} text
 * @returns {{number: string, name: string, category: string, dayPrice: number}[]}
 */
function parseStock(text) {
  return text.split('\n').map((line) => {
    const [number, name, category, price] = line.split(';');
    return {
      number: normalizeNumber(number),
      name: name.trim(),
      category: category.trim(),
      dayPrice: Math.round(Number(price) * 100),
    };
  });
}

class Inventory {
  #tools = new Map();

  add(tool) {
    if (!CATEGORIES.includes(tool.category)) {
      throw new Error(`Unknown category: ${tool.category}`);
    }
    const number = normalizeNumber(tool.number);
    this.#tools.set(number, { ...tool, number });
    return this;
  }

  get(number) {
    return this.#tools.get(normalizeNumber(number));
  }

  /** @returns {boolean} whether there was such a tool */
  remove(number) {
    return this.#tools.delete(normalizeNumber(number));
  }

  /** All tools with this text in their name. */
  search(text) {
    return [...this.#tools.values()].filter((tool) => tool.name.includes(text));
  }

  /** The tools of a category, the cheapest first. */
  inCategory(category) {
    return [...this.#tools.values()]
      .filter((tool) => tool.category === category)
      .sort((a, b) => a.dayPrice - b.dayPrice);
  }

  get size() {
    return this.#tools.size;
  }
}

module.exports = { CATEGORIES, normalizeNumber, priceTag, parseStock, Inventory };
