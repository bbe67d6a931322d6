'use strict';

// The households that we give food parcels to, each with a number on its card.

/**
 * How many portions go into the parcel of a household.
 *
 * @param {{adults: number, children: number}} household
 * @returns {number}
 */
function portionsFor({ adults, children }) {
  return adults * 2 + children;
}

/** Which box the parcel needs. */
const boxSize = (household) => {
  const portions = portionsFor(household);
  if (portions <= 3) {
    return 'small';
  }
  return portions <= 7 ? 'medium' : 'large';
};

/** One line for the list at the counter. */
function describe({ name, adults, children }) {
  return `${name}: ${adults} adults, ${children} children`;
}

/** Everything that the register knows about who comes here. */
class Register {
  constructor() {
    this.households = new Map();
    this.visits = new Map();
  }

  /** Add a household under its card number. */
  add(number, name, adults, children = 0) {
    this.households.set(number, { name, adults, children });
    return this;
  }

  find(number) {
    return this.households.get(number) ?? null;
  }

  /** Households whose name has `text` in it. */
  search(text) {
    return [...this.households.values()].filter((household) => household.name.includes(text));
  }

  /** Note that somebody of a household has been here. */
  visit(number, day) {
    if (!this.households.has(number)) {
      throw new Error(`No household has card ${number}`);
    }
    if (!this.visits.has(number)) {
      this.visits.set(number, []);
    }
    this.visits.get(number).push(day);
  }

  /** The days on which a household was here. */
  visitsOf(number) {
    return this.visits.get(number);
  }

  lastVisit(number) {
    const days = this.visits.get(number);
    return days ? days[days.length - 1] : null;
  }

  /** Card numbers of the households that have been here at least so many times. */
  regulars(times = 3) {
    return [...this.visits].filter(([, days]) => days.length >= times).map(([number]) => number);
  }

  list() {
    return [...this.households].map(([number, household]) => `${number} ${describe(household)}`);
  }
}

module.exports = { portionsFor, boxSize, describe, Register };
