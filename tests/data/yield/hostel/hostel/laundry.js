'use strict';

// The laundry room. Times are minutes since midnight, prices are cents.

const WASH_MINUTES = 45;
const DRYER_STEP = 10;
const DRYER_STEP_PRICE = 50;

const two = (number) => String(number).padStart(2, '0');

/** '09:05' for 545. */
function formatTime(minutes) {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * What the dryer costs; every ten minutes that were begun are charged.
 *
 * @param {number} minutes
 * @returns {number}
 */
function dryerPrice(minutes) {
  const steps = Math.ceil(minutes / DRYER_STEP);
  return steps * DRYER_STEP_PRICE;
}

/**
 * Put the loads of the house into the order in which they are washed: hot ones first.
 *
 * @param {{what: string, degrees: number}[]} loads
 */
function sortLoads(loads) {
  return loads.sort((a, b) => b.degrees - a.degrees);
}

class Laundry {
  /** @param {number} count how many machines there are; they are numbered from 1 */
  constructor(count) {
    this.count = count;
    this.running = new Map();
  }

  /**
   * Start a machine.
   *
   * @returns {string} when it will be done
   */
  start(machine, guest, now) {
    if (machine < 1 || machine > this.count) {
      throw new Error(`There is no machine ${machine}`);
    }
    const run = this.running.get(machine);
    if (run && run.end > now) {
      throw new Error('Machine is in use');
    }
    const end = now + WASH_MINUTES;
    this.running.set(machine, { guest, end });
    return formatTime(end);
  }

  /** Somebody takes the clothes out, so that the machine is free again. */
  stop(machine) {
    this.running.delete(machine);
  }

  free() {
    const machines = Array.from({ length: this.count }, (_, index) => index + 1);
    return machines.filter((machine) => !this.running.has(machine));
  }

  status() {
    return [...this.running].map(([machine, run]) => `${machine}: ${run.guest} until ${formatTime(run.end)}`);
  }
}

module.exports = { formatTime, dryerPrice, sortLoads, Laundry };
