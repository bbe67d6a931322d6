'use strict';

// Hints that the game master gives during a game.

const FREE_HINTS = 2;
const MINUTES_PER_HINT = 3;

/** Minutes that are added to the time of a team for its hints; the first ones are free. */
function penaltyMinutes(used) {
  return Math.max(0, used - FREE_HINTS) * MINUTES_PER_HINT;
}

/** The time that counts in the end. */
const finalMinutes = (minutes, used) => minutes + penaltyMinutes(used);

/**
 * Hide an answer on the screen, so that only its length can be seen.
 *
 * @param {string} answer
 */
function maskAnswer(answer) {
  return '*'.repeat(answer.length);
}

/**
 * The hints of a game, one on each line.
 *
 * @param {{minute: number, text: string}[]} entries
 * @returns {string}
 */
function formatLog(entries) {
  return entries.map(({ minute, text }) => `${minute} min: ${text}`).join('\n');
}

/** The hints for one puzzle, from vague to plain. */
class HintDeck {
  /**
   * @param {string} puzzle
   * @param {string[]} hints
   */
  constructor(puzzle, hints) {
    this.puzzle = puzzle;
    this.hints = [...hints];
    this.used = 0;
  }

  /** The next hint. */
  next() {
    if (this.used === this.hints.length) {
      return undefined;
    }
    const hint = this.hints[this.used];
    this.used += 1;
    return hint;
  }

  get left() {
    return this.hints.length - this.used;
  }

  reset() {
    this.used = 0;
  }

  toString() {
    return `${this.puzzle}: ${this.used}/${this.hints.length}`;
  }
}

module.exports = { penaltyMinutes, finalMinutes, maskAnswer, formatLog, HintDeck };
