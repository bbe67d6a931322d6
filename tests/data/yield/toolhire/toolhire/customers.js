'use strict';

/**
 * Phone numbers without what people put between the digits.
 *
 * @param {string} text
 * @returns {string}
 */
function cleanPhone(text) {
  return text.replace(/[\s\-/.]/g, '');
}

const fullName = ({ first, last }) => `${first} ${last}`;

/**
 * What is printed on the envelope of an invoice.
 *
 * @param {{first: string, last: string, street: string, zip: string, town: string, country?: string}} customer
 */
function addressLabel(customer) {
  const lines = [fullName(customer), customer.street, `${customer.zip} ${customer.town}`];
  return lines.join('\n');
}

/** All customers of the shop, by their number and by their last name. */
class CustomerList {
  #customers = new Map();
  #byLastName = new Map();

  /** Add a customer and return their number. */
  add(customer) {
    const id = `C${this.#customers.size + 1}`;
    const entry = { ...customer, id, phone: cleanPhone(customer.phone ?? '') };
    this.#customers.set(id, entry);
    if (!this.#byLastName.has(entry.last)) {
      this.#byLastName.set(entry.last, []);
    }
    this.#byLastName.get(entry.last).push(entry);
    return id;
  }

  get(id) {
    return this.#customers.get(id);
  }

  /** @returns {object | undefined} the first customer with this phone number */
  byPhone(phone) {
    const wanted = cleanPhone(phone);
    return [...this.#customers.values()].find((customer) => customer.phone === wanted);
  }

  /** The customers with this last name, in the order they came to us. */
  byLastName(last) {
    return this.#byLastName.get(last);
  }

  lastNames() {
    return [...this.#byLastName.keys()].sort();
  }

  /** Names for the list at the counter. */
  names() {
    return [...this.#customers.values()].map((customer) => `${customer.id} ${fullName(customer)}`);
  }
}

module.exports = { cleanPhone, fullName, addressLabel, CustomerList };
