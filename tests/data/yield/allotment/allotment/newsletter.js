'use strict';

// The letter that goes to all members each month.

const EXCERPT_LENGTH = 60;

/** Return a date like '24.12.2024'. */
const formatDate = (date) => {
  const day = date.getUTCDate();
  const month = date.getUTCMonth() + 1;
  return `${day}.${month}.${date.getUTCFullYear()}`;
};

/** Return the addresses that a letter goes to. */
function recipients(members) {
  return members
    .filter((member) => member.email && !member.unsubscribed)
    .map((member) => member.email.trim().toLowerCase());
}

function greeting(member) {
  const name = member.firstName;
  return `Dear ${name},`;
}

/** Return the name of the file that an article is kept in. */
function slug(title) {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/**
 * Return the beginning of an article.
 *
 * @param {string} text
 * @param {number} [length]
 */
function excerpt(text, length = EXCERPT_LENGTH) {
  if (text.length <= length) {
    return text;
  }
  return `${text.slice(0, length).trimEnd()}...`;
}

/** One issue of the letter. */
class Issue {
  constructor(number, date) {
    this.number = number;
    this.date = date;
    this.articles = [];
  }

  add(title, text) {
    this.articles.push({ title, text });
    return this;
  }

  heading() {
    return `Allotment News ${this.number}, ${formatDate(this.date)}`;
  }

  contents() {
    return this.articles.map((article, place) => `${place + 1}. ${article.title}`);
  }

  render(member) {
    const parts = this.articles.map((article) => `${article.title}\n${excerpt(article.text)}`);
    return [this.heading(), greeting(member), ...parts].join('\n\n');
  }
}

module.exports = { formatDate, recipients, greeting, slug, excerpt, Issue };
