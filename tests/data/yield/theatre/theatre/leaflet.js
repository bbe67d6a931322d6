'use strict';

// Texts for the programme leaflet that visitors get at the door.

const LINE_WIDTH = 40;

/** Names for running text. */
function joinNames(names) {
  return names.join(', ');
}

/**
 * How long the play takes, in words.
 *
 * @param {number} minutes
 */
const formatDuration = (minutes) => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) {
    return `${rest} min`;
  }
  return `${hours} h ${rest} min`;
};

/**
 * Break a text into lines.
 *
 * @param {string} text
 * @param {number} [width] the most characters that a line has
 * @returns {string[]}
 */
function wrap(text, width = LINE_WIDTH) {
  const lines = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return line ? [...lines, line] : lines;
}

const centre = (text, width = LINE_WIDTH) => ' '.repeat(Math.max(0, Math.floor((width - text.length) / 2))) + text;

class Leaflet {
  /**
   * @param {string} title
   * @param {{author?: string, minutes?: number, width?: number}} [options]
   */
  constructor(title, { author = 'anonymous', minutes = 0, width = LINE_WIDTH } = {}) {
    this.title = title;
    this.author = author;
    this.minutes = minutes;
    this.width = width;
    this.cast = [];
    this.helpers = [];
  }

  addRole(role, actor) {
    this.cast.push({ role, actor });
  }

  addHelper(name) {
    this.helpers.push(name);
  }

  /** One line of the cast page: the role on the left, the actor on the right and dots in between. */
  castLine({ role, actor }) {
    const gap = this.width - role.length - actor.length - 2;
    return `${role} ${'.'.repeat(gap)} ${actor}`;
  }

  castPage() {
    return this.cast.map((entry) => this.castLine(entry)).join('\n');
  }

  thanks() {
    return this.helpers.length > 0 ? `We thank ${joinNames(this.helpers)}.` : '';
  }

  /** The whole leaflet as plain text. */
  render() {
    const head = [centre(this.title, this.width), centre(`by ${this.author}`, this.width)].join('\n');
    const duration = this.minutes ? `Duration: ${formatDuration(this.minutes)}` : '';
    const thanks = wrap(this.thanks(), this.width).join('\n');
    return [head, this.castPage(), duration, thanks].filter(Boolean).join('\n\n');
  }
}

module.exports = { joinNames, formatDuration, wrap, centre, Leaflet };
