'use strict';

// Orders from shops and restaurants, and what is to be packed for them.

/** The states of an order, in the sequence in which it passes through them. */
const STATES = ['new', 'packed', 'sent'];

class OrderError extends Error {}

/**
 * @param {string} customer
 * @param {string} due the day on which it has to leave, such as '2025-05-09'
 * @param {Object<string, number>} items pieces by the name of the cheese
 */
function createOrder(customer, due, items) {
  if (!customer) {
    throw new OrderError('An order needs a customer');
  }
  return { customer, due, items: { ...items }, state: STATES[0] };
}

/** How many pieces of each cheese several orders need. */
function countPieces(orders) {
  const pieces = new Map();
  for (const { items } of orders) {
    for (const [cheese, count] of Object.entries(items)) {
      pieces.set(cheese, (pieces.get(cheese) ?? 0) + count);
    }
  }
  return pieces;
}

/** The list for the packing room, for example '5 x Gouda'. */
function pickList(orders) {
  return [...countPieces(orders)]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([cheese, count]) => `${count} x ${cheese}`)
    .join('\n');
}

/** The orders for each day, the first day first. */
function groupByDue(orders) {
  const days = [...new Set(orders.map((order) => order.due))].sort();
  return days.map((due) => ({ due, orders: orders.filter((order) => order.due === due) }));
}

class OrderDesk {
  #orders = new Map();
  #last = 0;

  /**
   * Take an order.
   *
   * @returns {number} its number
   */
  place(customer, due, items) {
    this.#last += 1;
    this.#orders.set(this.#last, createOrder(customer, due, items));
    return this.#last;
  }

  get(number) {
    const order = this.#orders.get(number);
    if (!order) {
      throw new OrderError(`There is no order ${number}`);
    }
    return order;
  }

  /** Move an order to its next state and return that. */
  advance(number) {
    const order = this.get(number);
    const next = STATES[STATES.indexOf(order.state) + 1];
    if (!next) {
      throw new OrderError(`Order ${number} is ${order.state} already`);
    }
    order.state = next;
    return next;
  }

  /** Forget an order. */
  cancel(number) {
    this.get(number);
    this.#orders.delete(number);
  }

  all() {
    return [...this.#orders.values()];
  }

  ofCustomer(customer) {
    return this.all().filter((order) => order.customer === customer);
  }

  /** Whatever is not sent yet though its day has passed. */
  late(today) {
    return this.all().filter((order) => order.due < today && order.state !== 'sent');
  }

  /** How many orders there are in each state. */
  countStates() {
    const counts = {};
    for (const { state } of this.all()) {
      counts[state] = (counts[state] || 0) + 1;
    }
    return counts;
  }
}

module.exports = { STATES, OrderError, createOrder, countPieces, pickList, groupByDue, OrderDesk };
