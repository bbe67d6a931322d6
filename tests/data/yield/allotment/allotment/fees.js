'use strict';

// What members pay. All amounts are whole cents.

const CENTS_PER_SQUARE_METRE = 45;
const SENIOR_AGE = 65;
const SENIOR_PERCENT = 80;
const GRACE_DAYS = 7;
const LATE_CENTS_PER_DAY = 50;

/**
 * Return the fee for a year.
 *
 * @param {number} area in square metres
 * @param {number} age of the member in years
 * @returns {number}
 */
function yearlyFee(area, age) {
  const full = Math.round(area * CENTS_PER_SQUARE_METRE);
  if (age > SENIOR_AGE) {
    return Math.round((full * SENIOR_PERCENT) / 100);
  }
  return full;
}

/** Return what is charged for a payment that comes so many days late. */
const lateCharge = (days) => {
  if (days <= GRACE_DAYS) {
    return 0;
  }
  return (days - GRACE_DAYS) * LATE_CENTS_PER_DAY;
};

const formatAmount = (cents) => `${(cents / 100).toFixed(2)} EUR`;

/** What each member owes to the club. */
class FeeBook {
  constructor() {
    this.owed = new Map();
  }

  charge(member, cents) {
    this.owed.set(member, this.balance(member) + cents);
  }

  pay(member, cents) {
    if (cents <= 0) {
      throw new RangeError(`no payment: ${cents}`);
    }
    this.owed.set(member, this.balance(member) - cents);
  }

  /** Return what a member owes; it is below zero for who has paid too much. */
  balance(member) {
    return this.owed.get(member) ?? 0;
  }

  /** Return the names of the members who owe something. */
  debtors() {
    const names = [];
    for (const [name, cents] of this.owed) {
      if (cents > 0) {
        names.push(name);
      }
    }
    return names.sort();
  }

  total() {
    let sum = 0;
    for (const cents of this.owed.values()) {
      sum += cents;
    }
    return sum;
  }

  statement(member) {
    const cents = this.balance(member);
    return cents > 0 ? `${member} owes ${formatAmount(cents)}` : `${member} owes nothing`;
  }
}

module.exports = { yearlyFee, lateCharge, formatAmount, FeeBook };
