'use strict';

// Labels for boxes and parcels.

const WIDTH = 24;

/**
 * Make a text fit on a line of a label.
 *
 * @param {string} text
 * @param {number} [width]
 * @returns {string}
 */
function shorten(text, width = WIDTH) {
  if (text.length <= width) {
    return text;
  }
  return text.slice(0, width);
}

/** '7.3.2025' for '2025-03-07'. */
const labelDate = (isoDay) => {
  const [year, month, day] = isoDay.split('-').map(Number);
  return `${day}.${month}.${year}`;
};

/**
 * The line about allergens; empty if there are none.
 *
 * @param {string[]} allergens
 */
function allergenLine(allergens) {
  if (allergens.length === 0) {
    return '';
  }
  return `Contains ${allergens.join(', ')}`;
}

/**
 * The text of a label.
 *
 * @param {{name: string, bestBefore?: string, allergens?: string[]}} product
 * @returns {string}
 */
function boxLabel({ name, bestBefore, allergens = [] }) {
  const date = bestBefore ? `Best before ${labelDate(bestBefore)}` : '';
  return [shorten(name), date, allergenLine(allergens)].filter(Boolean).join('\n');
}

/** Labels that wait for the printer. */
class LabelQueue {
  #labels = [];

  /** @param {number} [perSheet] how many labels are on one sheet */
  constructor(perSheet = 8) {
    this.perSheet = perSheet;
  }

  /** Add a label to the queue. */
  add(label) {
    this.#labels.push(label);
    return this;
  }

  get size() {
    return this.#labels.length;
  }

  /** How many sheets are needed for what is waiting. */
  sheetsNeeded() {
    return Math.ceil(this.#labels.length / this.perSheet);
  }

  /** Take the labels of the next sheet out of the queue. */
  nextSheet() {
    return this.#labels.splice(0, this.perSheet);
  }
}

module.exports = { shorten, labelDate, allergenLine, boxLabel, LabelQueue };
