'use strict';

// Rounds of the van, which collects from shops and brings parcels to people who cannot come.

const SPEED = 30; // km per hour

/**
 * How long a round takes.
 *
 * @param {{km: number}[]} stops each with its distance from the stop before
 * @returns {number} minutes
 */
function roundMinutes(stops) {
  const km = stops.reduce((sum, stop) => sum + stop.km, 0);
  return Math.round((km / SPEED) * 60);
}

/**
 * Put stops in the order of their postcodes.
 *
 * @param {{address: string, postcode: string}[]} stops
 */
const byPostcode = (stops) => stops.sort((a, b) => a.postcode.localeCompare(b.postcode));

/** '09:05' for 545 minutes since midnight. */
function clock(minutes) {
  const hours = Math.floor(minutes / 60) % 24;
  return `${String(hours).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** What the driver has to do on one morning or afternoon. */
class Round {
  /**
   * @param {string} driver
   * @param {number} [start] minutes since midnight
   */
  constructor(driver, start = 540) {
    this.driver = driver;
    this.start = start;
    this.stops = [];
  }

  add(address, postcode, km) {
    this.stops.push({ address, postcode, km, done: false });
    return this;
  }

  /** Take an address off the round. */
  remove(address) {
    this.stops = this.stops.filter((stop) => stop.address !== address);
  }

  /** Tick a stop off. */
  finish(address) {
    const stop = this.stops.find((one) => one.address === address);
    if (stop) {
      stop.done = true;
    }
  }

  next() {
    return this.stops.find((stop) => !stop.done) ?? null;
  }

  /** How much of the round is done, in percent. */
  progress() {
    const done = this.stops.filter((stop) => stop.done).length;
    return Math.round((done / this.stops.length) * 100);
  }

  /** When the van should be through with all stops. */
  endsAt() {
    return clock(this.start + roundMinutes(this.stops));
  }

  sheet() {
    const lines = this.stops.map(({ address, postcode }, index) => `${index + 1}. ${address}, ${postcode}`);
    return [`${this.driver}, ${clock(this.start)}`, ...lines].join('\n');
  }
}

module.exports = { roundMinutes, byPostcode, clock, Round };
