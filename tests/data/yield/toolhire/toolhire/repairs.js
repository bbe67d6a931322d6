'use strict';

// Repairs in our own workshop.

const STATUSES = ['reported', 'waiting', 'in work', 'done'];
const QUARTER_HOUR_CENTS = 900;

/**
 * What a repair costs us in cents; every quarter of an hour that was begun counts.
 *
 * @param {{minutes: number, parts: {name: string, cents: number}[]}} job
 */
function repairCost({ minutes, parts }) {
  const labour = Math.ceil(minutes / 15) * QUARTER_HOUR_CENTS;
  return parts.reduce((sum, part) => sum + part.cents, labour);
}

/**
 * Make a text fit on the job card.
 *
 * @param {string} text
 * @param {number} [max] the most characters that fit
 */
function shorten(text, max = 30) {
  if (text.length <= max) {
    return text;
  }
  return text.slice(0, max);
}

const jobCard = (job) => `#${job.id} ${job.tool} [${job.status}] ${shorten(job.fault)}`;

class Workshop {
  constructor() {
    this.jobs = [];
  }

  /** Report a broken tool. */
  report(tool, fault) {
    const job = { id: this.jobs.length + 1, tool, fault, status: STATUSES[0], minutes: 0, parts: [] };
    this.jobs.push(job);
    return job;
  }

  find(id) {
    const job = this.jobs.find((item) => item.id === id);
    if (!job) {
      throw new Error(`No job ${id}`);
    }
    return job;
  }

  /** Move a job on to its next status and return that. */
  advance(id) {
    const job = this.find(id);
    job.status = STATUSES[STATUSES.indexOf(job.status) + 1];
    return job.status;
  }

  /** Write down what was done. */
  log(id, minutes, parts = []) {
    const job = this.find(id);
    job.minutes += minutes;
    job.parts.push(...parts);
  }

  /** How many jobs there are of each status. */
  countByStatus() {
    const counts = {};
    for (const job of this.jobs) {
      counts[job.status] = (counts[job.status] ?? 0) + 1;
    }
    return counts;
  }

  /** What a finished repair has cost on average. */
  averageCost() {
    const done = this.jobs.filter((job) => job.status === 'done');
    const sum = done.reduce((total, job) => total + repairCost(job), 0);
    return Math.round(sum / done.length);
  }
}

module.exports = { STATUSES, repairCost, shorten, jobCard, Workshop };
