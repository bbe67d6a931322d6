'use strict';

// What a game costs. All amounts are in cents.

const PRICE = 2400;
const PEAK_PRICE = 2900;
const EVENING = '18:00';
const VOUCHERS = { OWL10: 10, SCHOOL20: 20, STAFF50: 50 };

/** '€24.00' for 2400. */
const formatPrice = (cents) => `€${(cents / 100).toFixed(2)}`;

/**
 * Is it peak time? That is the weekend, and the evening of every day.
 *
 * @param {string} day for example '2025-03-14'
 * @param {string} time for example '18:30'
 */
function isPeak(day, time) {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  if (weekday === 0 || weekday === 6) {
    return true;
  }
  return time >= EVENING;
}

/** The price of a game for a whole group. */
const gamePrice = (players, day, time) => players * (isPeak(day, time) ? PEAK_PRICE : PRICE);

/**
 * Split a bill between the players.
 *
 * @param {number} cents
 * @param {number} players
 * @returns {number[]} what each of them pays
 */
function splitBill(cents, players) {
  return Array(players).fill(Math.floor(cents / players));
}

class Bill {
  constructor() {
    this.items = [];
    this.percent = 0;
  }

  add(text, cents) {
    this.items.push({ text, cents });
    return this;
  }

  /**
   * Use a voucher; a second one takes the place of the first.
   *
   * @returns {boolean} whether there is such a voucher
   */
  redeem(code) {
    const percent = VOUCHERS[code];
    if (percent === undefined) {
      return false;
    }
    this.percent = percent;
    return true;
  }

  subtotal() {
    return this.items.reduce((sum, item) => sum + item.cents, 0);
  }

  total() {
    return Math.round((this.subtotal() * (100 - this.percent)) / 100);
  }

  print() {
    const lines = this.items.map(({ text, cents }) => `${text}: ${formatPrice(cents)}`);
    return [...lines, `Total: ${formatPrice(this.total())}`].join('\n');
  }
}

module.exports = { formatPrice, isPeak, gamePrice, splitBill, Bill };
