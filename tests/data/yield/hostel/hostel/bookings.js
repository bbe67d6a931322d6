'use strict';

// Bookings. Days are strings like '2025-05-03'.

const DAY = 24 * 60 * 60 * 1000;

const toTime = (day) => Date.parse(`${day}T00:00:00Z`);

/**
 * How many nights somebody stays.
 *
 * @param {string} from day of arrival
 * @param {string} to day of departure
 * @returns {number}
 */
function nights(from, to) {
  return Math.round((toTime(to) - toTime(from)) / DAY);
}

/** The day that is some days later. */
function addDays(day, count) {
  return new Date(toTime(day) + count * DAY).toISOString().slice(0, 10);
}

const byArrival = (a, b) => a.from.localeCompare(b.from) || a.id - b.id;

class BookingBook {
  constructor() {
    this.bookings = [];
    this.lastId = 0;
  }

  /** Write down a booking and return its id. */
  add(guest, from, to, beds = 1) {
    this.lastId += 1;
    this.bookings.push({ id: this.lastId, guest, from, to, beds, cancelled: false });
    return this.lastId;
  }

  cancel(id) {
    const booking = this.bookings.find((one) => one.id === id);
    if (!booking) {
      throw new Error(`No booking ${id}`);
    }
    booking.cancelled = true;
  }

  active() {
    return this.bookings.filter((booking) => !booking.cancelled);
  }

  /** Names of the guests who arrive on a day. */
  arrivalsOn(day) {
    return this.bookings.filter((booking) => booking.from === day).map((booking) => booking.guest);
  }

  /** Names of the guests who spend the night that begins on a day. */
  sleepingOn(day) {
    return this.active()
      .filter((booking) => booking.from <= day && day <= booking.to)
      .map((booking) => booking.guest);
  }

  /**
   * Bookings that are still to come, the next one first.
   *
   * @param {string} today
   */
  upcoming(today) {
    return this.active()
      .filter((booking) => booking.from >= today)
      .sort(byArrival);
  }

  totalNights() {
    return this.active().reduce((sum, { from, to, beds }) => sum + nights(from, to) * beds, 0);
  }
}

module.exports = { nights, addDays, BookingBook };
