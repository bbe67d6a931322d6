'use strict';

// What people and shops bring us. Weights are in grams, days are strings like '2025-03-18'.

/**
 * Read the list from the donation desk. Every line is `day; donor; what; grams`.
 *
 * @param {string} text
 * @returns {{day: string, donor: string, what: string, grams: number}[]}
 */
function parseDonations(text) {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [day, donor, what, grams] = line.split(';').map((part) => part.trim());
      return { day, donor, what, grams: Number(grams) };
    });
}

/** A weight for people to read. */
function formatWeight(grams) {
  return `${grams} g`;
}

/**
 * How much each donor has given.
 *
 * @param {{donor: string, grams: number}[]} donations
 * @returns {Map<string, number>}
 */
const totalsByDonor = (donations) => {
  const totals = new Map();
  for (const { donor, grams } of donations) {
    totals.set(donor, (totals.get(donor) ?? 0) + grams);
  }
  return totals;
};

const thankYou = ({ donor, what, grams }) => `Dear ${donor}, thank you for ${formatWeight(grams)} of ${what}!`;

class DonationLog {
  /** @param {{day: string, donor: string, what: string, grams: number}[]} donations */
  constructor(donations = []) {
    this.donations = [...donations];
  }

  static fromText(text) {
    return new DonationLog(parseDonations(text));
  }

  /** Write a donation down; returns the log, so that calls can be chained. */
  add(day, donor, what, grams) {
    this.donations.push({ day, donor, what, grams });
    return this;
  }

  /**
   * The donations of a period.
   *
   * @param {string} first
   * @param {string} last
   */
  between(first, last) {
    return this.donations.filter(({ day }) => day >= first && day < last);
  }

  /** Sum of all weights in grams. */
  total() {
    return this.donations.reduce((sum, { grams }) => sum + grams, 0);
  }

  /** One line per donor, the most generous first. */
  report() {
    return [...totalsByDonor(this.donations)]
      .sort((a, b) => b[1] - a[1])
      .map(([donor, grams]) => `${donor}: ${formatWeight(grams)}`)
      .join('\n');
  }
}

module.exports = { parseDonations, formatWeight, totalsByDonor, thankYou, DonationLog };
