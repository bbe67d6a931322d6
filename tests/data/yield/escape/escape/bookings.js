'use strict';

// Who plays when. Days are strings like '2025-03-14', times of day are kept as minutes since midnight.

const GAME_MINUTES = 60;

/** 1110 for '18:30'. */
function toMinutes(time) {
  const [hours, minutes] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** '18:30' for 1110. */
const toTime = (minutes) => {
  const pad = (number) => String(number).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
};

/**
 * Make a booking.
 *
 * @param {string} room id of the room
 * @param {string} day
 * @param {string} time for example '18:30'
 * @param {string} team
 * @param {number} players
 */
function createBooking(room, day, time, team, players) {
  return { room, day, start: toMinutes(time), minutes: GAME_MINUTES, team, players };
}

/** Read a booking from a line such as 'crypt,2025-03-14,18:30,Night Owls,4'. */
function parseBooking(line) {
  const [room, day, time, team, players] = line.split(',');
  return createBooking(room, day, time, team, Number(players));
}

/** Do two bookings need the same room at the same time? */
function overlaps(a, b) {
  if (a.room !== b.room || a.day !== b.day) {
    return false;
  }
  return a.start < b.start + b.minutes && b.start < a.start + a.minutes;
}

/** All bookings of the house. */
class Agenda {
  #bookings = [];

  add(booking) {
    const other = this.#bookings.find((one) => overlaps(one, booking));
    if (other) {
      throw new Error(`${booking.room} is taken by ${other.team} at ${toTime(other.start)}`);
    }
    this.#bookings.push(booking);
    return this;
  }

  /** Bookings of a day in the order in which they start. */
  onDay(day) {
    return this.#bookings.filter((booking) => booking.day === day).sort((a, b) => a.start - b.start);
  }

  /** The plan of a day that hangs in the staff room. */
  dayPlan(day) {
    return this.onDay(day)
      .map(({ start, room, team, players }) => `${toTime(start)} ${room}: ${team} (${players})`)
      .join('\n');
  }

  /** How many people come on a day. */
  guests(day) {
    return this.onDay(day).reduce((sum, booking) => sum + booking.players, 0);
  }
}

module.exports = { toMinutes, toTime, createBooking, parseBooking, overlaps, Agenda };
