'use strict';

// Seats of the hall and who has booked them. A seat is written as its row and its number: 'C14'.

const LAST_ROW = 'M';
const SEATS_PER_ROW = 18;

/**
 * Read a seat as people write it on the order form.
 *
 * @param {string} text
 * @returns {{row: string, number: number}}
 */
function parseSeat(text) {
  const match = /^([A-Z])(\d+)$/.exec(text.trim().toUpperCase());
  if (!match || match[1] > LAST_ROW) {
    throw new Error(`Unknown seat: ${text}`);
  }
  const number = Number(match[2]);
  if (number < 1 || number > SEATS_PER_ROW) {
    throw new Error(`Row ${match[1]} has no seat ${number}`);
  }
  return { row: match[1], number };
}

const seatLabel = ({ row, number }) => `${row}${number}`;

/**
 * Find seats next to each other.
 *
 * @param {number[]} free numbers of the free seats of a row, in ascending order
 * @param {number} count how many seats are needed
 * @returns {number[] | null} the first seats that fit, or null
 */
function findTogether(free, count) {
  for (let start = 0; start < free.length - count; start++) {
    const block = free.slice(start, start + count);
    if (block[count - 1] - block[0] === count - 1) {
      return block;
    }
  }
  return null;
}

class BookingDesk {
  constructor() {
    this.bookings = new Map();
    this.taken = new Set();
    this.nextCode = 1001;
  }

  /** Book seats for somebody and return the code of the booking. */
  book(name, seats) {
    const labels = seats.map((seat) => seatLabel(parseSeat(seat)));
    const conflict = labels.find((label) => this.taken.has(label));
    if (conflict) {
      throw new Error(`Seat ${conflict} is already booked`);
    }
    const code = `T${this.nextCode++}`;
    labels.forEach((label) => this.taken.add(label));
    this.bookings.set(code, { name, seats: labels });
    return code;
  }

  /** Cancel a booking, so that its seats are free again. */
  cancel(code) {
    const booking = this.bookings.get(code);
    for (const seat of booking.seats) {
      this.taken.delete(seat);
    }
    this.bookings.delete(code);
    return true;
  }

  isFree(seat) {
    return !this.taken.has(seatLabel(parseSeat(seat)));
  }

  /** Numbers of the free seats in a row. */
  freeInRow(row) {
    const numbers = Array.from({ length: SEATS_PER_ROW }, (_, index) => index + 1);
    return numbers.filter((number) => !this.taken.has(seatLabel({ row, number })));
  }

  summary() {
    return [...this.bookings].map(([code, { name, seats }]) => `${code} ${name}: ${seats.join(', ')}`);
  }
}

module.exports = { parseSeat, seatLabel, findTogether, BookingDesk };
