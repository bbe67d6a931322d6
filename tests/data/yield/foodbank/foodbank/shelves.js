'use strict';

// The shelves in the store room. A place is written as its rack and its board: 'B-3'.

const LOW_STOCK = 10;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Read a place in the store room.
 *
 * @param {string} text
 * @returns {{rack: string, board: number}}
 */
function parsePlace(text) {
  const match = /^([A-F])-(\d{1,2})$/.exec(text.trim());
  if (!match) {
    throw new Error(`No such place: ${text}`);
  }
  return { rack: match[1], board: Number(match[2]) };
}

const formatPlace = ({ rack, board }) => `${rack}-${board}`;

/** Days until something expires; negative if it is too late. */
const daysLeft = (bestBefore, today) => Math.round((Date.parse(bestBefore) - Date.parse(today)) / DAY);

/**
 * What has to be given away first.
 *
 * @param {{name: string, bestBefore: string}[]} items
 * @param {string} today
 * @param {number} [days]
 */
function expiringSoon(items, today, days = 7) {
  return items
    .filter((item) => daysLeft(item.bestBefore, today) <= days)
    .sort((a, b) => daysLeft(a.bestBefore, today) - daysLeft(b.bestBefore, today));
}

/**
 * Names of the products that we should ask for.
 *
 * @param {Object<string, number>} stock how many there are of each product
 * @returns {string[]}
 */
function lowStock(stock) {
  return Object.keys(stock).filter((name) => stock[name] < LOW_STOCK);
}

class Shelf {
  #stock = new Map();

  constructor(place) {
    this.place = parsePlace(place);
  }

  /** Put some of a product on the shelf and return how many are there now. */
  put(name, count = 1) {
    this.#stock.set(name, this.count(name) + count);
    return this.count(name);
  }

  /** Take some of a product from the shelf and return how many were taken. */
  take(name, count = 1) {
    const available = this.count(name);
    if (count > available) {
      throw new Error(`Only ${available} of ${name} left`);
    }
    this.#stock.set(name, available - count);
    return count;
  }

  count(name) {
    return this.#stock.get(name) ?? 0;
  }

  toString() {
    const lines = [...this.#stock].map(([name, count]) => `${count} x ${name}`);
    return [`Shelf ${formatPlace(this.place)}`, ...lines].join('\n');
  }
}

module.exports = { parsePlace, formatPlace, daysLeft, expiringSoon, lowStock, Shelf };
