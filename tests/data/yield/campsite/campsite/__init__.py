"""Tools of the campsite at Lake Ellern: bookings, tariffs, the shop, the laundry and the boards."""
