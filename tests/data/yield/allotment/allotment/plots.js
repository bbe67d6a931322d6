'use strict';

// The plots of the club: how they are numbered, how large they are and who has them.

const PATH_WIDTH = 0.5;

/**
 * Parse the number of a plot, such as 'B12'.
 *
 * @param {string} text
 * @returns {{row: string, number: number}}
 */
function parsePlot(text) {
  const match = /^([A-D])(\d{1,2})$/.exec(text.trim());
  if (!match) {
    throw new Error(`no plot: ${text}`);
  }
  return { row: match[1], number: Number(match[2]) };
}

const formatPlot = (plot) => `${plot.row}${String(plot.number).padStart(2, '0')}`;

/** Return the area of a plot in square metres, without the path along its front. */
const areaOf = (plot) => plot.width * (plot.length - PATH_WIDTH);

/** Return a sorted copy of plots. */
function sortPlots(plots) {
  return [...plots].sort((a, b) => a.number - b.number);
}

/** Tell whether two plots lie side by side in the same row. */
function areNeighbours(one, other) {
  return one.row === other.row && Math.abs(one.number - other.number) === 1;
}

/** Who has which plot, and who waits for one. */
class PlotBook {
  constructor() {
    this.tenants = new Map();
    this.waiting = [];
  }

  /** Put a member at the end of the waiting list. */
  wait(member) {
    if (!this.waiting.includes(member)) {
      this.waiting.push(member);
    }
  }

  /** Give a plot to a member, who no longer waits for one then. */
  assign(plot, member) {
    const key = formatPlot(plot);
    this.tenants.set(key, member);
    this.waiting = this.waiting.filter((name) => name !== member);
    return key;
  }

  tenantOf(plot) {
    return this.tenants.get(formatPlot(plot)) ?? null;
  }

  /** Take a plot back; whoever waits longest gets it. */
  release(plot) {
    this.tenants.delete(formatPlot(plot));
    if (this.waiting.length > 0) {
      this.assign(plot, this.waiting[0]);
    }
    return this.tenantOf(plot);
  }

  plotsOf(member) {
    const keys = [];
    for (const [key, tenant] of this.tenants) {
      if (tenant === member) {
        keys.push(key);
      }
    }
    return keys.sort();
  }
}

module.exports = { parsePlot, formatPlot, areaOf, sortPlots, areNeighbours, PlotBook };
