"use strict";

const RATES = { de: 0.19, fr: 0.2, uk: 0.2 };

/**
 * The sum of a cart's items, before tax.
 * @param {{price: number, count: number}[]} items
 */
function subtotal(items) {
  let sum = 0;
  for (const item of items) {
    sum += item.price * item.count;
  }
  return sum;
}

const withTax = (amount, country) => {
  const rate = RATES[country];
  return Math.round(amount * (1 + rate) * 100) / 100;
};

class Cart {
  constructor(country = "de") {
    this.country = country;
    this.items = [];
  }

  add(name, price, count = 1) {
    this.items.push({ name, price, count });
    return this;
  }

  total() {
    return withTax(subtotal(this.items), this.country);
  }
}

module.exports = { subtotal, withTax, Cart };
