'use strict';

// Teams and their players.

const ADULT_AGE = 18;

/** 'night-owls' for 'Night Owls'; used for the names of photo files. */
const teamCode = (name) => name.trim().toLowerCase().replace(/\s+/g, '-');

/**
 * Average age of some players, with one decimal.
 *
 * @param {{name: string, age: number}[]} players
 * @returns {number}
 */
function averageAge(players) {
  const sum = players.reduce((total, player) => total + player.age, 0);
  return Math.round((sum / players.length) * 10) / 10;
}

/** Children may only play with an adult. */
function needsAdult(players) {
  return players.length > 0 && players.every((player) => player.age < ADULT_AGE);
}

class Team {
  constructor(name) {
    this.name = name;
    this.players = [];
  }

  /**
   * Add a player.
   *
   * @param {string} name
   * @param {number} age in years
   */
  addPlayer(name, age) {
    this.players.push({ name, age });
  }

  /** Take a player out of the team. */
  removePlayer(name) {
    const index = this.players.findIndex((player) => player.name === name);
    this.players.splice(index, 1);
  }

  has(name) {
    return this.players.some((player) => player.name === name);
  }

  /** What the screen in the hall says when the team arrives. */
  welcome() {
    return `Welcome, ${this.name} (${this.players.length} players)!`;
  }

  names() {
    return this.players.map((player) => player.name).sort();
  }

  get averageAge() {
    return averageAge(this.players);
  }
}

module.exports = { teamCode, averageAge, needsAdult, Team };
