'use strict';

// Deposits that customers leave with us while they have a tool. All amounts are in cents.

const LEAST_DEPOSIT = 2000;
const STEP = 500;

/**
 * The deposit for a tool: a fifth of its value, rounded up to five euros.
 *
 * @param {number} value what the tool is worth
 * @returns {number}
 */
function depositFor(value) {
  const deposit = Math.ceil(value / 5 / STEP) * STEP;
  return Math.max(LEAST_DEPOSIT, deposit);
}

/** '€20.00' for 2000. */
const formatAmount = (cents) => `€${(cents / 100).toFixed(2)}`;

/**
 * What is left of a deposit. It is negative if the customer still owes us something.
 *
 * @param {number} deposit
 * @param {{reason: string, cents: number}[]} deductions
 */
function balance(deposit, deductions) {
  return deductions.reduce((rest, { cents }) => rest - cents, deposit);
}

/** The slip that a customer gets with the money. */
function slip(deposit, deductions) {
  const lines = deductions.map(({ reason, cents }) => `${reason}: ${formatAmount(cents)}`);
  const last = `Back: ${formatAmount(balance(deposit, deductions))}`;
  return [`Deposit: ${formatAmount(deposit)}`, ...lines, last].join('\n');
}

class DepositBox {
  #held = new Map();

  /** Put the deposit for a hire into the box. */
  take(hire, cents) {
    this.#held.set(hire, cents);
    return this;
  }

  /** Give a deposit back and return how much it was. */
  release(hire) {
    if (!this.#held.has(hire)) {
      throw new Error(`No deposit for ${hire}`);
    }
    const cents = this.#held.get(hire);
    this.#held.delete(hire);
    return cents;
  }

  total() {
    return [...this.#held.values()].reduce((sum, cents) => sum + cents, 0);
  }

  /** What is in the box, in the order it came in. */
  report() {
    return [...this.#held].map(([hire, cents]) => `${hire} ${formatAmount(cents)}`).join('\n');
  }
}

module.exports = { depositFor, formatAmount, balance, slip, DepositBox };
