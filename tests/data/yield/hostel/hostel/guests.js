'use strict';

// Who is staying with us.

/**
 * Bring a phone number into the form that we store.
 *
 * @param {string} text as the guest wrote it, for example '+49 (171) 23-45'
 * @returns {string}
 */
function cleanPhone(text) {
  const phone = text.replace(/[\s()/-]/g, '');
  if (!/^\+?\d+$/.test(phone)) {
    throw new Error(`Not a phone number: ${text}`);
  }
  return phone;
}

/** 'AB' for Anna Berg. */
const initials = (name) =>
  name
    .split(' ')
    .filter(Boolean)
    .map((part) => part[0].toUpperCase())
    .join('');

/**
 * How many guests come from where.
 *
 * @param {{name: string, country?: string}[]} guests
 * @returns {Object<string, number>}
 */
function countByCountry(guests) {
  const counts = {};
  for (const guest of guests) {
    counts[guest.country] = (counts[guest.country] || 0) + 1;
  }
  return counts;
}

class GuestBook {
  #guests = [];

  /**
   * @param {string} name
   * @param {number} room
   * @param {{country?: string, phone?: string}} [details]
   */
  checkIn(name, room, { country, phone } = {}) {
    const guest = { name, room, country };
    if (phone) {
      guest.phone = cleanPhone(phone);
    }
    this.#guests.push(guest);
    return guest;
  }

  /** Find a guest by name. */
  find(name) {
    return this.#guests.find((guest) => guest.name === name);
  }

  inRoom(room) {
    return this.#guests.filter((guest) => guest.room === room).map((guest) => guest.name);
  }

  checkOut(name) {
    const before = this.#guests.length;
    this.#guests = this.#guests.filter((guest) => guest.name !== name);
    return this.#guests.length < before;
  }

  statistics() {
    return countByCountry(this.#guests);
  }

  get size() {
    return this.#guests.length;
  }
}

module.exports = { cleanPhone, initials, countByCountry, GuestBook };
