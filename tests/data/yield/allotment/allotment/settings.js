'use strict';

// The settings of the club's programs, a line `name = value` for each.

const TRUE_WORDS = ['yes', 'true', '1'];

/**
 * Parse the text of a file of settings; empty lines and comments are passed over.
 *
 * @param {string} text
 * @returns {Object<string, string>}
 */
function parseSettings(text) {
  const values = {};
  for (const line of text.split('\n')) {
    if (!line.trim() || line.trim().startsWith('#')) {
      continue;
    }
    const [name, value = ''] = line.split('=');
    values[name.trim()] = value.trim();
  }
  return values;
}

const toBoolean = (value) => TRUE_WORDS.includes(value.trim().toLowerCase());

/** Return a text that parseSettings reads. */
const formatSettings = (values) =>
  Object.keys(values)
    .sort()
    .map((name) => `${name} = ${values[name]}\n`)
    .join('');

class Settings {
  constructor(values = {}) {
    this.values = new Map(Object.entries(values));
  }

  static parse(text) {
    return new Settings(parseSettings(text));
  }

  has(name) {
    return this.values.has(name);
  }

  /** Return the value of a setting. */
  get(name) {
    if (!this.values.has(name)) {
      throw new Error(`no setting ${name}`);
    }
    return this.values.get(name);
  }

  set(name, value) {
    this.values.set(name, String(value));
  }

  flag(name) {
    return this.has(name) && toBoolean(this.get(name));
  }

  toString() {
    return formatSettings(Object.fromEntries(this.values));
  }
}

module.exports = { parseSettings, toBoolean, formatSettings, Settings };
