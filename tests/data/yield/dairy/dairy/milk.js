'use strict';

// The milk book: what the farms bring, one delivery a line.

/** Milk that is warmer than this, in degrees, is sent back. */
const WARMEST = 8;

/**
 * Read a line such as '2025-04-02 | Hillside | 420 | 3.9 | 4.5'.
 *
 * @param {string} line day, farm, litres, fat in per cent and temperature
 * @returns {{day: string, farm: string, litres: number, fat: number, degrees: number}}
 */
function parseDelivery(line) {
  const [day, farm, ...numbers] = line.split('|').map((field) => field.trim());
  const [litres, fat, degrees] = numbers.map((number) => Number(number));
  if (numbers.length !== 3 || [litres, fat, degrees].some(Number.isNaN)) {
    throw new Error(`Not a delivery: ${line}`);
  }
  return { day, farm, litres, fat, degrees };
}

/** The line for a delivery, as parseDelivery reads it. */
function formatDelivery({ day, farm, litres, fat, degrees }) {
  return [day, farm, litres, fat.toFixed(1), degrees.toFixed(1)].join(' | ');
}

function isTooWarm({ degrees }) {
  return degrees > WARMEST;
}

/** Litres of several deliveries together. */
function totalLitres(deliveries) {
  return deliveries.reduce((sum, { litres }) => sum + litres, 0);
}

/**
 * The fat of all the milk together, in per cent; 0 if there is none.
 */
function meanFat(deliveries) {
  if (deliveries.length === 0) {
    return 0;
  }
  const sum = deliveries.reduce((total, { fat }) => total + fat, 0);
  return sum / deliveries.length;
}

class MilkBook {
  constructor(deliveries = []) {
    this.deliveries = [...deliveries];
  }

  /** A book from its text; empty lines do not matter. */
  static parse(text) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return new MilkBook(lines.map(parseDelivery));
  }

  add(delivery) {
    this.deliveries.push(delivery);
  }

  onDay(day) {
    return this.deliveries.filter((delivery) => delivery.day === day);
  }

  /** Litres for each farm, as an object. */
  perFarm() {
    const litres = {};
    for (const delivery of this.deliveries) {
      litres[delivery.farm] = (litres[delivery.farm] ?? 0) + delivery.litres;
    }
    return litres;
  }

  /**
   * The day on which most milk came; undefined if none ever did.
   */
  busiestDay() {
    let best;
    let most = 0;
    for (const { day } of this.deliveries) {
      const litres = totalLitres(this.onDay(day));
      if (litres >= most) {
        best = day;
        most = litres;
      }
    }
    return best;
  }

  /**
   * A day as text: a line for each delivery and one for the sum.
   *
   * @param {string} day
   * @returns {string}
   */
  summary(day) {
    const deliveries = this.onDay(day);
    const lines = deliveries.map(({ farm, litres }) => `${farm}: ${litres} l`);
    return [...lines, `Total: ${totalLitres(deliveries)} l`].join('\n');
  }

  toText() {
    return this.deliveries.map((delivery) => formatDelivery(delivery) + '\n').join('');
  }
}

module.exports = { WARMEST, parseDelivery, formatDelivery, isTooWarm, totalLitres, meanFat, MilkBook };
