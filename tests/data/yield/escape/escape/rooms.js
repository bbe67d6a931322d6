'use strict';

// The rooms of the house. In rooms.txt a room is a line: `crypt; The Crypt; 60; 2-6`.

/**
 * Read the list of rooms.
 *
 * @param {string} text what rooms.txt holds
 * @returns {{id: string, name: string, minutes: number, min: number, max: number}[]}
 */
function parseRooms(text) {
  const rooms = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      continue;
    }
    const [id, name, minutes, players] = line.split(';').map((part) => part.trim());
    const [min, max] = players.split('-').map(Number);
    rooms.push({ id, name, minutes: Number(minutes), min, max });
  }
  return rooms;
}

/** '1 h 15 min' for 75, '45 min' for 45. */
const formatDuration = (minutes) => {
  const hours = Math.floor(minutes / 60);
  const rest = `${minutes % 60} min`;
  return hours > 0 ? `${hours} h ${rest}` : rest;
};

/** Is a group of this size allowed in the room? */
const fits = (room, players) => players >= room.min && players <= room.max;

class RoomBook {
  /** @param {object[]} rooms as they come from parseRooms */
  constructor(rooms = []) {
    this.rooms = [...rooms];
  }

  add(room) {
    this.rooms.push(room);
  }

  /** Look a room up by its name. */
  find(name) {
    return this.rooms.find((room) => room.name === name);
  }

  byId(id) {
    return this.rooms.find((room) => room.id === id);
  }

  /** Rooms that a group can play, the smallest first. */
  forGroup(players) {
    return this.rooms.filter((room) => fits(room, players)).sort((a, b) => a.max - b.max);
  }

  /** The sign at the entrance. */
  sign() {
    return this.rooms.map((room) => `${room.name} (${formatDuration(room.minutes)})`).join('\n');
  }
}

module.exports = { parseRooms, formatDuration, fits, RoomBook };
