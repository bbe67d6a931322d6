'use strict';

/*
 * The shop's counter: prices for a kilo and receipts. All money is in whole cents.
 */

/** Cents for a price as it is written: '12.80' are 1280. */
const parsePrice = (text) => {
  const [euros, cents] = text.trim().split('.');
  return Number(euros) * 100 + Number(cents);
};

const formatPrice = (cents) => {
  const rest = String(cents % 100).padStart(2, '0');
  return `${Math.floor(cents / 100)}.${rest}`;
};

/** The price of a piece, from the price for a kilo. */
const pieceCents = (perKilo, grams) => Math.round((perKilo * grams) / 1000);

class PriceList {
  #perKilo = new Map();

  /**
   * @param {Object<string, number>} prices cents for a kilo, by the name of the cheese
   */
  constructor(prices = {}) {
    for (const [name, cents] of Object.entries(prices)) {
      this.set(name, cents);
    }
  }

  /** Read a list with lines such as 'Tomme = 24.90'. */
  static parse(text) {
    const list = new PriceList();
    for (const line of text.trim().split('\n')) {
      const [name, price] = line.split('=');
      list.set(name.trim(), parsePrice(price));
    }
    return list;
  }

  set(name, cents) {
    this.#perKilo.set(name, cents);
  }

  get(name) {
    if (!this.#perKilo.has(name)) {
      throw new Error(`No price for ${name}`);
    }
    return this.#perKilo.get(name);
  }

  names() {
    return [...this.#perKilo.keys()].sort();
  }

  /** Raise all prices by some per cent. */
  raise(percent) {
    for (const [name, cents] of this.#perKilo) {
      this.#perKilo.set(name, Math.round(cents * (1 + percent / 100)));
    }
  }

  toText() {
    return this.names()
      .map((name) => `${name} = ${formatPrice(this.get(name))}`)
      .join('\n');
  }
}

class Receipt {
  constructor(prices) {
    this.prices = prices;
    this.lines = [];
  }

  /** Sell a piece. */
  add(name, grams) {
    const cents = pieceCents(this.prices.get(name), grams);
    this.lines.push({ name, grams, cents });
    return this;
  }

  total() {
    return this.lines.reduce((sum, line) => sum + line.cents, 0);
  }

  /**
   * What the customer gets back.
   *
   * @param {number} given cents that were handed over
   * @returns {number} cents
   */
  change(given) {
    return given - this.total();
  }

  toText() {
    const lines = this.lines.map(({ name, grams, cents }) => `${name} ${grams} g ${formatPrice(cents)}`);
    return [...lines, `Total ${formatPrice(this.total())}`].join('\n');
  }
}

module.exports = { parsePrice, formatPrice, pieceCents, PriceList, Receipt };
