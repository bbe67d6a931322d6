'use strict';

// The rooms of the hostel. The first digit of a room's number is its floor.

const KINDS = ['single', 'double', 'dorm'];

/**
 * Read the room file. Every line is `number;kind;beds`, for example `204;dorm;6`.
 *
 * @param {string} text
 * @returns {{number: number, kind: string, beds: number}[]}
 */
function parseRooms(text) {
  const rooms = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      continue;
    }
    const [number, kind, beds] = line.split(';').map((part) => part.trim());
    if (!KINDS.includes(kind)) {
      throw new Error(`Unknown kind of room: ${kind}`);
    }
    rooms.push({ number: Number(number), kind, beds: Number(beds) });
  }
  return rooms;
}

const floorOf = (room) => Math.floor(room.number / 100);

/** What is written on the door. */
function roomLabel(room) {
  return `Room ${room.number} (${room.kind}, ${room.beds} beds)`;
}

/** Sort rooms so that the largest come first. */
const sortByBeds = (rooms) => [...rooms].sort((a, b) => b.beds - a.beds);

class RoomList {
  constructor(rooms = []) {
    this.rooms = [];
    rooms.forEach((room) => this.add(room));
  }

  add(room) {
    this.rooms.push({ ...room, taken: 0 });
    return this;
  }

  get(number) {
    return this.rooms.find((room) => room.number === number);
  }

  onFloor(floor) {
    return this.rooms.filter((room) => floorOf(room) === floor);
  }

  /**
   * Take beds in a room.
   *
   * @returns {boolean} whether there were enough
   */
  take(number, count = 1) {
    const room = this.get(number);
    if (!room || room.taken + count > room.beds) {
      return false;
    }
    room.taken += count;
    return true;
  }

  freeBeds() {
    return this.rooms.reduce((sum, room) => sum + room.beds - room.taken, 0);
  }

  doorSigns() {
    return this.rooms.map(roomLabel).join('\n');
  }
}

module.exports = { parseRooms, floorOf, roomLabel, sortByBeds, RoomList };
