'use strict';

// Wheels of cheese and the shelves on which they ripen. Days are texts such as '2025-03-31'.

const DAY = 24 * 60 * 60 * 1000;

/** Days that a cheese has to ripen, by its kind. */
const RIPENING = { tomme: 60, gouda: 90, alpine: 180 };

function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

function addDays(day, count) {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}

class Wheel {
  /**
   * @param {number} number the number pressed into the rind
   * @param {string} kind
   * @param {string} made the day on which it was made
   * @param {number} kilos
   */
  constructor(number, kind, made, kilos) {
    this.number = number;
    this.kind = kind;
    this.made = made;
    this.kilos = kilos;
    this.turned = [];
  }

  age(today) {
    return daysBetween(this.made, today);
  }

  ripeOn() {
    return addDays(this.made, RIPENING[this.kind]);
  }

  isRipe(today) {
    return this.ripeOn() <= today;
  }

  turn(day) {
    this.turned.push(day);
  }

  /** The day on which it was last turned, if it was. */
  lastTurned() {
    return this.turned.at(-1);
  }
}

class Cellar {
  #shelves = new Map();

  /** Put a wheel on a shelf. */
  put(shelf, wheel) {
    const wheels = this.#shelves.get(shelf) ?? [];
    wheels.push(wheel);
    this.#shelves.set(shelf, wheels);
  }

  /** Take a wheel out and return it; undefined if it is not here. */
  take(number) {
    for (const wheels of this.#shelves.values()) {
      const index = wheels.findIndex((wheel) => wheel.number === number);
      if (index >= 0) {
        return wheels.splice(index, 1)[0];
      }
    }
    return undefined;
  }

  all() {
    return [...this.#shelves.values()].flat();
  }

  shelfOf(number) {
    for (const [shelf, wheels] of this.#shelves) {
      if (wheels.some((wheel) => wheel.number === number)) {
        return shelf;
      }
    }
    return undefined;
  }

  /** The wheels that can be sold. */
  ripe(today) {
    return this.all().filter((wheel) => wheel.isRipe(today));
  }

  /**
   * The wheels that were not turned for some days.
   *
   * @param {string} today
   * @param {number} every a wheel is turned once in so many days
   */
  dueForTurning(today, every = 7) {
    return this.all().filter((wheel) => daysBetween(wheel.lastTurned(), today) >= every);
  }

  /** A line for each shelf, with the numbers of its wheels. */
  inventory() {
    const shelves = [...this.#shelves].sort(([a], [b]) => a.localeCompare(b));
    return shelves.map(([shelf, wheels]) => `${shelf}: ${wheels.map(({ number }) => number).join(', ')}`).join('\n');
  }
}

module.exports = { RIPENING, daysBetween, addDays, Wheel, Cellar };
