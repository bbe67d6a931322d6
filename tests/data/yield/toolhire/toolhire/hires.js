'use strict';

// Who has hired what, and what it costs. Days are strings like '2025-05-10', prices are in cents.

const MS_PER_DAY = 24 * 60 * 60 * 1000;
const DAYS_PAID_PER_WEEK = 5;
const LATE_FACTOR = 1.5;

const dayNumber = (day) => Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY;

/**
 * How many days a hire takes. The first and the last day count both.
 *
 * @param {string} from
 * @param {string} to
 * @returns {number}
 */
function hireDays(from, to) {
  return dayNumber(to) - dayNumber(from) + 1;
}

/**
 * Price of a hire; a whole week costs as much as five days.
 *
 * @param {number} dayPrice
 * @param {number} days
 */
function hireCost(dayPrice, days) {
  const weeks = Math.floor(days / 7);
  const rest = days % 7;
  return (weeks * DAYS_PAID_PER_WEEK + rest) * dayPrice;
}

/** What somebody has to pay on top who brings a tool back too late. */
function lateFee(hire, returned) {
  const late = dayNumber(returned) - dayNumber(hire.to);
  if (late <= 0) {
    return 0;
  }
  return Math.round(late * hire.dayPrice * LATE_FACTOR);
}

class HireBook {
  constructor() {
    this.hires = [];
  }

  /** Hire a tool out and return the number of the hire. */
  start(tool, customer, from, to, dayPrice) {
    if (this.isOut(tool)) {
      throw new Error(`${tool} is not here`);
    }
    const id = this.hires.length + 1;
    const cost = hireCost(dayPrice, hireDays(from, to));
    this.hires.push({ id, tool, customer, from, to, dayPrice, cost, returned: null });
    return id;
  }

  /** Take a tool back and return the late fee. */
  giveBack(id, day) {
    const hire = this.hires.find((item) => item.id === id);
    if (!hire || hire.returned) {
      throw new Error(`No open hire ${id}`);
    }
    hire.returned = day;
    return lateFee(hire, day);
  }

  open() {
    return this.hires.filter((hire) => !hire.returned);
  }

  /** The hires that should have ended before today. */
  overdue(today) {
    return this.open().filter((hire) => hire.to < today);
  }

  isOut(tool) {
    return this.open().some((hire) => hire.tool === tool);
  }
}

module.exports = { hireDays, hireCost, lateFee, HireBook };
