'use strict';

// Messages to customers whose hire ends soon or has ended. Days are strings like '2025-05-10'.

const MS_PER_DAY = 24 * 60 * 60 * 1000;
const DAYS_AHEAD = 2;

const TEMPLATE = 'Dear {name}, the {tool} is {late}. Please bring it back.';

/** How many days there are from one day to another; negative if it is over already. */
const daysUntil = (day, today) => (Date.parse(day) - Date.parse(today)) / MS_PER_DAY;

const lateText = (days) => `${days} days late`;

/**
 * Fill in a template: `{name}` becomes the value with that name.
 *
 * @param {string} template
 * @param {Object<string, string | number>} values
 * @returns {string}
 */
function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (placeholder, key) => values[key]);
}

/** The message to somebody who is late. */
function lateReminder(hire, today) {
  const late = lateText(daysUntil(today, hire.to));
  return fill(TEMPLATE, { name: hire.customer, tool: hire.tool, late });
}

/**
 * The hires that end within the next days.
 *
 * @param {{to: string, returned?: string}[]} hires
 * @param {string} today
 */
function dueSoon(hires, today) {
  return hires.filter((hire) => {
    const left = daysUntil(hire.to, today);
    return !hire.returned && left > 0 && left <= DAYS_AHEAD;
  });
}

/** Messages that wait until the shop closes. */
class Outbox {
  constructor() {
    this.messages = [];
  }

  add(to, text) {
    this.messages.push({ to, text });
  }

  get size() {
    return this.messages.length;
  }

  /**
   * Send everything that waits.
   *
   * @param {(to: string, text: string) => void} send
   * @returns {number} how many messages went out
   */
  sendAll(send) {
    const batch = this.messages;
    this.messages = [];
    batch.forEach(({ to, text }) => send(to, text));
    return batch.length;
  }
}

module.exports = { daysUntil, lateText, fill, lateReminder, dueSoon, Outbox };
