'use strict';

// Tastings: judges give a cheese 0 to 10 points.

const MEDALS = [
  { name: 'gold', from: 9 },
  { name: 'silver', from: 8 },
  { name: 'bronze', from: 7 },
];

/** The mean of some scores; null if there are none. */
function average(scores) {
  if (scores.length === 0) {
    return null;
  }
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function median(scores) {
  const sorted = [...scores].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The medal for a mean, or null. */
function medalFor(score) {
  const medal = MEDALS.find(({ from }) => score > from);
  return medal ? medal.name : null;
}

class Tasting {
  /** @type {Map<string, Map<string, number>>} scores by judge, by cheese */
  #scores = new Map();

  constructor(title) {
    this.title = title;
  }

  /**
   * Note the score of a judge; a second one for the same cheese replaces the first.
   *
   * @param {string} cheese
   * @param {string} judge
   * @param {number} score
   */
  rate(cheese, judge, score) {
    if (!this.#scores.has(cheese)) {
      this.#scores.set(cheese, new Map());
    }
    this.#scores.get(cheese).set(judge, score);
  }

  cheeses() {
    return [...this.#scores.keys()];
  }

  /** Everyone who gave a score, by name. */
  judges() {
    const names = new Set();
    for (const scores of this.#scores.values()) {
      for (const judge of scores.keys()) {
        names.add(judge);
      }
    }
    return [...names].sort();
  }

  scoresOf(cheese) {
    return [...(this.#scores.get(cheese)?.values() ?? [])];
  }

  /** The cheeses with their means, the best first. */
  results() {
    return this.cheeses()
      .map((cheese) => ({ cheese, score: average(this.scoresOf(cheese)) }))
      .sort((a, b) => b.score - a.score);
  }

  /** The results as text, with the medals. */
  report() {
    const lines = this.results().map(({ cheese, score }) => {
      const medal = medalFor(score);
      return `${cheese}: ${score.toFixed(1)}${medal ? ` (${medal})` : ''}`;
    });
    return [this.title, ...lines].join('\n');
  }

  /** A table with a row for each cheese and a column for each judge. */
  toCsv() {
    const judges = this.judges();
    const rows = this.cheeses().map((cheese) => {
      const scores = this.#scores.get(cheese);
      return [cheese, ...judges.map((judge) => `${scores.get(judge)}`)].join(';');
    });
    return [['cheese', ...judges].join(';'), ...rows].join('\n');
  }
}

module.exports = { MEDALS, average, median, medalFor, Tasting };
