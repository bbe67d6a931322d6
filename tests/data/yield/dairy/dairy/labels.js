'use strict';

// Labels for the pieces: weights, batch codes, and text that fits on the paper.

const DAY_MS = 86_400_000;

/**
 * Show a weight: grams below a kilo, else kilos.
 *
 * @param {number} grams
 * @returns {string} for example '350 g' or '1.25 kg'
 */
function formatWeight(grams) {
  if (grams < 1000) {
    return `${grams} g`;
  }
  return `${(grams / 1000).toFixed(2)} kg`;
}

/** Write '2025-04-02' as '02.04.2025'. */
function formatDay(day) {
  return day.split('-').reverse().join('.');
}

/**
 * The code of a batch: two digits of the year, three for the day of the year, and the vat.
 *
 * @param {string} day such as '2025-04-02'
 * @param {string} vat a letter
 * @returns {string} such as '25092B'
 */
function batchCode(day, vat) {
  const year = day.slice(0, 4);
  const number = (Date.parse(day) - Date.parse(`${year}-01-01`)) / DAY_MS + 1;
  return year.slice(2) + String(number).padStart(3, '0') + vat;
}

/** The day and the vat for a code that batchCode made. */
function parseBatchCode(code) {
  const match = /^(\d\d)(\d{3})([A-Z])$/.exec(code);
  if (!match) {
    throw new Error(`Not a batch code: ${code}`);
  }
  const [, year, number, vat] = match;
  const first = Date.parse(`20${year}-01-01`);
  const day = new Date(first + (Number(number) - 1) * DAY_MS).toISOString().slice(0, 10);
  return { day, vat };
}

/**
 * Break a text into lines of at most some characters. Words stay whole, even those that are too long.
 */
function wrap(text, width) {
  const lines = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (longer.length <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  return lines;
}

class Label {
  /**
   * @param {string} name
   * @param {{grams: number, batch: string, bestBefore: string, ingredients?: string[]}} details
   */
  constructor(name, { grams, batch, bestBefore, ingredients = [] }) {
    this.name = name;
    this.grams = grams;
    this.batch = batch;
    this.bestBefore = bestBefore;
    this.ingredients = ingredients;
  }

  /** The sentence about what is in it. */
  contents() {
    return `Ingredients: ${this.ingredients.join(', ')}`;
  }

  /** The lines to print, none longer than the paper is wide. */
  toLines(width = 24) {
    return [
      ...wrap(this.name.toUpperCase(), width),
      ...wrap(this.contents(), width),
      formatWeight(this.grams),
      `Batch ${this.batch}`,
      `Best before ${formatDay(this.bestBefore)}`,
    ];
  }

  toText(width) {
    return this.toLines(width).join('\n');
  }
}

/** Several labels under each other, with a line of dashes between them. */
function printSheet(labels, width = 24) {
  return labels.map((label) => label.toText(width)).join(`\n${'-'.repeat(width)}\n`);
}

module.exports = { formatWeight, formatDay, batchCode, parseBatchCode, wrap, Label, printSheet };
