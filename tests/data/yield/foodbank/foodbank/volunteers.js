'use strict';

// Who helps us, and on which days.

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * Read the list of volunteers. Every line is `name;phone;days`, the days with commas in between.
 *
 * @param {string} text
 * @returns {{name: string, phone: string, days: string[]}[]}
 */
function parseVolunteers(text) {
  const volunteers = [];
  for (const line of text.split('\n')) {
    if (!line.trim()) {
      continue;
    }
    const [name, phone = '', days = ''] = line.split(';');
    volunteers.push({
      name,
      phone,
      days: days.split(',').map((day) => day.trim()).filter(Boolean),
    });
  }
  return volunteers;
}

/** 'Anna Roth' becomes 'AR'. */
const initials = (name) =>
  name
    .trim()
    .split(/\s+/)
    .map((part) => part.charAt(0).toUpperCase())
    .join('');

/** Volunteers who can come on a day. */
const availableOn = (volunteers, day) => volunteers.filter(({ days }) => days.includes(day)).map(({ name }) => name);

/** The plan of one week. */
class Rota {
  constructor(needed = 2) {
    this.needed = needed;
    this.plan = Object.fromEntries(DAYS.map((day) => [day, []]));
  }

  /**
   * Put somebody down for a day.
   *
   * @param {string} day
   * @param {string} name
   * @returns {Rota}
   */
  assign(day, name) {
    const names = this.plan[day];
    if (!names) {
      throw new Error(`We are closed on ${day}`);
    }
    names.push(name);
    return this;
  }

  on(day) {
    return this.plan[day] ?? [];
  }

  /** Days on which somebody is still missing. */
  gaps() {
    return DAYS.filter((day) => this.plan[day].length < this.needed);
  }

  shiftsOf(name) {
    return DAYS.filter((day) => this.plan[day].includes(name)).length;
  }

  /** The rota for the notice board, one day per line. */
  toText() {
    return DAYS.map((day) => `${day}: ${this.plan[day].join(', ')}`).join('\n');
  }
}

module.exports = { DAYS, parseVolunteers, initials, availableOn, Rota };
