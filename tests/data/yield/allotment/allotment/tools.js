'use strict';

// The shed: tools that members may take home for two weeks. Days are texts such as '2024-05-03'.

const LOAN_DAYS = 14;

/** Return the day that comes so many days after another. */
function addDays(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

const formatLoan = (loan) => `${loan.tool}: ${loan.member} until ${loan.due}`;

class ToolShed {
  constructor() {
    this.counts = new Map();
    this.loans = [];
  }

  add(tool, count = 1) {
    this.counts.set(tool, (this.counts.get(tool) ?? 0) + count);
  }

  /** Return how many of a tool are in the shed now. */
  available(tool) {
    const lent = this.loans.filter((loan) => loan.tool === tool).length;
    return (this.counts.get(tool) ?? 0) - lent;
  }

  /**
   * Lend a tool to a member.
   *
   * @param {string} tool
   * @param {string} member
   * @param {string} day when it is taken
   */
  lend(tool, member, day) {
    if (this.available(tool) < 1) {
      throw new Error(`no ${tool} in the shed`);
    }
    const loan = { tool, member, due: addDays(day, LOAN_DAYS) };
    this.loans.push(loan);
    return loan;
  }

  /** Take a tool back; false if the member does not have it. */
  giveBack(tool, member) {
    const place = this.loans.findIndex((loan) => loan.tool === tool && loan.member === member);
    if (place < 0) {
      return false;
    }
    this.loans.splice(place, 1);
    return true;
  }

  loansOf(member) {
    return this.loans.filter((loan) => loan.member === member);
  }

  /** Return the loans that should have come back before `today`. */
  overdue(today) {
    return this.loans.filter((loan) => loan.due < today);
  }

  list() {
    return this.loans.map(formatLoan).join('\n');
  }
}

module.exports = { addDays, formatLoan, ToolShed };
