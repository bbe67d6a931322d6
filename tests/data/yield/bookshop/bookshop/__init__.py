"""Software of a second-hand bookshop: shelves, purchases, the catalogue, vouchers, readings and reminders."""
