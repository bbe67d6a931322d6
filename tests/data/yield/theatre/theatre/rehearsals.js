'use strict';

// The rehearsal calendar. Days are strings like '2025-03-18', times are minutes since midnight.

/**
 * Parse a time of day.
 *
 * @param {string} text for example '19:30'
 * @returns {number} minutes since midnight
 */
function parseTime(text) {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!match) {
    throw new Error(`Invalid time: "${text}"`);
  }
  const hours = Number(match[1]);
  const minutes = Number(match[2]);
  if (hours > 23 || minutes > 59) {
    throw new Error(`Invalid time: "${text}"`);
  }
  return hours * 60 + minutes;
}

const pad = (number) => String(number).padStart(2, '0');

function formatTime(minutes) {
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** Do two rehearsals need the stage at the same time? */
function overlaps(a, b) {
  return a.day === b.day && a.start <= b.end && b.start <= a.end;
}

/** Create a rehearsal of some scenes. */
const rehearsal = (day, from, to, scenes = []) => ({
  day,
  start: parseTime(from),
  end: parseTime(to),
  scenes,
});

/**
 * Who has to come to a rehearsal.
 *
 * @param {{scenes: string[]}} session
 * @param {Object<string, string[]>} actorsByScene
 * @returns {string[]} names in alphabetical order
 */
function whoIsNeeded(session, actorsByScene) {
  const names = [];
  for (const scene of session.scenes) {
    names.push(...(actorsByScene[scene] ?? []));
  }
  return names.sort();
}

const byStart = (a, b) => a.day.localeCompare(b.day) || a.start - b.start;

class Calendar {
  #sessions = [];

  add(session) {
    const clash = this.#sessions.find((other) => overlaps(session, other));
    if (clash) {
      throw new Error(`Stage is in use until ${formatTime(clash.end)}`);
    }
    this.#sessions.push(session);
    this.#sessions.sort(byStart);
    return this;
  }

  /** All rehearsals from a day on, the earliest first. */
  upcoming(today) {
    return this.#sessions.filter((session) => session.day >= today);
  }

  onDay(day) {
    return this.#sessions.filter((session) => session.day === day);
  }

  /** Total time on stage, in hours. */
  hours() {
    return this.#sessions.reduce((sum, { start, end }) => sum + (end - start), 0) / 60;
  }

  toText() {
    return this.#sessions
      .map(({ day, start, end, scenes }) => `${day} ${formatTime(start)}-${formatTime(end)} ${scenes.join(', ')}`)
      .join('\n');
  }
}

module.exports = { parseTime, formatTime, overlaps, rehearsal, whoIsNeeded, Calendar };
