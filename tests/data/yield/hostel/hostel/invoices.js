'use strict';

// Invoices. All amounts are cents.

const CITY_TAX = 150;

/** '€12.50' for 1250. */
const formatAmount = (cents) => `€${(cents / 100).toFixed(2)}`;

/**
 * The number of an invoice.
 *
 * @param {number} year
 * @param {number} count which invoice of the year it is
 * @returns {string}
 */
function invoiceNumber(year, count) {
  return `${year}-${count}`;
}

/**
 * The tax that we pay on to the city, for each guest and night.
 *
 * @param {{name: string, business?: boolean}[]} guests
 * @param {number} nights
 */
function cityTax(guests, nights) {
  return guests.length * nights * CITY_TAX;
}

class Invoice {
  constructor(number, guest) {
    this.number = number;
    this.guest = guest;
    this.lines = [];
    this.paid = 0;
  }

  add(text, cents, count = 1) {
    this.lines.push({ text, cents, count });
    return this;
  }

  pay(cents) {
    this.paid += cents;
  }

  total() {
    return this.lines.reduce((sum, line) => sum + line.cents * line.count, 0);
  }

  open() {
    return this.total() - this.paid;
  }

  /** What the list of invoices shows. */
  summary() {
    return { number: this.number, guest: this.guest, total: this.total(), open: this.open() };
  }

  toText() {
    const lines = this.lines.map((line) => `${line.count} x ${line.text}: ${formatAmount(line.cents * line.count)}`);
    return [`Invoice ${this.number} for ${this.guest}`, ...lines, `Total: ${formatAmount(this.total())}`].join('\n');
  }
}

/** Of several invoices, those that are not paid yet. */
const unpaid = (invoices) => invoices.filter((invoice) => invoice.open() > 0);

module.exports = { formatAmount, invoiceNumber, cityTax, Invoice, unpaid };
