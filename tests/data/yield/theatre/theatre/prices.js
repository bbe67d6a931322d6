'use strict';

// Ticket prices in cents.

const BASE_PRICES = { stalls: 1400, circle: 1150, gallery: 800 };
const CHILD_AGE = 14;
const GROUP_SIZE = 10;
const GROUP_DISCOUNT = 0.15;

/**
 * Price of one ticket.
 *
 * @param {'stalls' | 'circle' | 'gallery'} area
 * @param {number} age age of the visitor in years
 * @returns {number}
 */
function ticketPrice(area, age) {
  const base = BASE_PRICES[area];
  if (base === undefined) {
    throw new Error(`Unknown area: ${area}`);
  }
  if (age < CHILD_AGE) {
    return base / 2;
  }
  return base;
}

/**
 * Price for a party in the same area; larger parties get a discount.
 *
 * @param {string} area
 * @param {number[]} ages
 */
function groupPrice(area, ages) {
  const sum = ages.reduce((total, age) => total + ticketPrice(area, age), 0);
  if (ages.length < GROUP_SIZE) {
    return sum;
  }
  return Math.round(sum * (1 - GROUP_DISCOUNT));
}

/** '14.00 €' for 1400. */
const formatPrice = (cents) => `${(cents / 100).toFixed(2)} €`;

/** The price list that hangs beside the box office. */
const priceList = () =>
  Object.entries(BASE_PRICES)
    .map(([area, cents]) => `${area.padEnd(10)}${formatPrice(cents).padStart(8)}`)
    .join('\n');

/** What one customer buys at the box office. */
class Order {
  constructor() {
    this.items = [];
    this.vouchers = [];
  }

  addTicket(area, age) {
    this.items.push({ text: `Ticket ${area}`, cents: ticketPrice(area, age) });
    return this;
  }

  addProgramme(count = 1) {
    for (let i = 0; i < count; i++) {
      this.items.push({ text: 'Programme', cents: 250 });
    }
    return this;
  }

  /** Redeem a voucher; each code counts once only. */
  redeem(code, cents) {
    if (this.vouchers.some((voucher) => voucher.code === code)) {
      return false;
    }
    this.vouchers.push({ code, cents });
    return true;
  }

  subtotal() {
    return this.items.reduce((sum, item) => sum + item.cents, 0);
  }

  /** What is left to pay. */
  total() {
    const reduction = this.vouchers.reduce((sum, voucher) => sum + voucher.cents, 0);
    return this.subtotal() - reduction;
  }

  receipt() {
    const lines = this.items.map((item) => `${item.text}: ${formatPrice(item.cents)}`);
    return [...lines, `Total: ${formatPrice(this.total())}`].join('\n');
  }
}

module.exports = { ticketPrice, groupPrice, formatPrice, priceList, Order };
