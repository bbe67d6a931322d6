'use strict';

/**
 * Parse the cast file. Every line is `Role: Actor`.
 *
 * @param {string} text
 * @returns {{role: string, actor: string}[]}
 */
function parseCast(text) {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [role, actor = ''] = line.split(':');
      return { role: role.trim(), actor: actor.trim() };
    });
}

/**
 * Count the lines of each role in a script, where a speech starts with the role in capitals: `HAMLET. To be ...`
 *
 * @param {string} script
 * @returns {Map<string, number>}
 */
function countLines(script) {
  const counts = new Map();
  for (const line of script.split('\n')) {
    const match = /^([A-Z][A-Z ]+)\./.exec(line);
    if (match) {
      counts.set(match[1], (counts.get(match[1]) ?? 0) + 1);
    }
  }
  return counts;
}

/** Sort roles so that the largest come first. */
const sortBySize = (roles) => [...roles].sort((a, b) => b.lines - a.lines);

/** 'Anna Maria Berg' becomes 'A. Berg'. */
function shortName(name) {
  const parts = name.trim().split(/\s+/);
  if (parts.length === 1) {
    return parts[0];
  }
  return `${parts[0][0]}. ${parts[parts.length - 1]}`;
}

class Cast {
  /** @param {{role: string, actor: string}[]} entries */
  constructor(entries = []) {
    this.entries = entries.map((entry) => ({ ...entry }));
  }

  static fromText(text) {
    return new Cast(parseCast(text));
  }

  actorOf(role) {
    const entry = this.entries.find((item) => item.role === role);
    return entry ? entry.actor : undefined;
  }

  rolesOf(actor) {
    return this.entries.filter((entry) => entry.actor === actor).map((entry) => entry.role);
  }

  assign(role, actor) {
    const entry = this.entries.find((item) => item.role === role);
    if (entry) {
      entry.actor = actor;
    } else {
      this.entries.push({ role, actor });
    }
  }

  /**
   * Let somebody else take over from an actor who drops out.
   *
   * @returns {boolean} whether the actor had a role at all
   */
  replaceActor(actor, substitute) {
    const entry = this.entries.find((item) => item.actor === actor);
    if (!entry) {
      return false;
    }
    entry.actor = substitute;
    return true;
  }

  get size() {
    return this.entries.length;
  }
}

module.exports = { parseCast, countLines, sortBySize, shortName, Cast };
