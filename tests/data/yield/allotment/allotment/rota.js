'use strict';

// Who waters when, and how much.

const SHORT_DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const LONG_DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const LITRES_PER_CAN = 10;

/**
 * Return the number of a day of the week, 0 for Monday.
 *
 * @param {string} text
 */
function parseDay(text) {
  const day = SHORT_DAYS.indexOf(text.trim());
  if (day < 0) {
    throw new Error(`no day: ${text}`);
  }
  return day;
}

const dayName = (day) => LONG_DAYS[day % 7];

/** Return who waters in each of so many weeks: the members take turns. */
function assignWeeks(members, weeks) {
  const names = [];
  for (let week = 0; week < weeks; week++) {
    const member = members[week % members.length];
    names.push(member.name);
  }
  return names;
}

/**
 * Return how many cans of water a bed needs.
 *
 * @param {number} area in square metres
 * @param {boolean} hot whether it is a hot day
 */
const cansNeeded = (area, hot = false) => {
  const litres = area * (hot ? 8 : 5);
  return Math.round(litres / LITRES_PER_CAN);
};

/** Tell whether the beds need water after so many millimetres of rain. */
const isDry = (rain) => rain < 4;

class Rota {
  constructor() {
    this.duties = new Map();
  }

  put(day, name) {
    this.duties.set(parseDay(day), name);
  }

  on(day) {
    return this.duties.get(parseDay(day)) ?? null;
  }

  /** Exchange the duties of two days. */
  swap(one, other) {
    const first = parseDay(one);
    const second = parseDay(other);
    const name = this.duties.get(first);
    this.duties.set(first, this.duties.get(second));
    this.duties.set(second, name);
  }

  lines() {
    const days = [...this.duties.keys()].sort((a, b) => a - b);
    return days.map((day) => `${dayName(day)}: ${this.duties.get(day)}`);
  }
}

module.exports = { parseDay, dayName, assignWeeks, cansNeeded, isDry, Rota };
