'use strict';

// The board with the best times, one for each room.

/**
 * Show a time as minutes and seconds.
 *
 * @param {number} seconds
 * @returns {string} for example '41:25'
 */
function formatTime(seconds) {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${seconds % 60}`;
}

/** Seconds for '41:25'. */
const parseTime = (text) => {
  const [minutes, seconds] = text.split(':').map(Number);
  return minutes * 60 + seconds;
};

class Board {
  #times = new Map();

  constructor(room) {
    this.room = room;
  }

  /**
   * Note how long a team needed.
   *
   * @param {string} team
   * @param {number} seconds
   */
  record(team, seconds) {
    this.#times.set(team, seconds);
  }

  timeOf(team) {
    return this.#times.get(team);
  }

  /** All teams with their places, the fastest first. */
  ranking() {
    const entries = [...this.#times].map(([team, seconds]) => ({ team, seconds }));
    entries.sort((a, b) => a.seconds - b.seconds);
    return entries.map((entry, index) => ({ place: index + 1, ...entry }));
  }

  /** The first few of the ranking. */
  top(count = 3) {
    return this.ranking().slice(0, count);
  }

  toText() {
    const lines = this.ranking().map(({ place, team, seconds }) => `${place}. ${team} ${formatTime(seconds)}`);
    return [this.room, ...lines].join('\n');
  }

  /** The ranking for a spreadsheet. */
  toCsv() {
    const rows = this.ranking().map(({ place, team, seconds }) => `${place},${team},${formatTime(seconds)}`);
    return ['place,team,time', ...rows].join('\n');
  }
}

module.exports = { formatTime, parseTime, Board };
