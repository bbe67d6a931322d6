"""What the parcel depot in Harbour Street runs on: addresses, routes, tariffs, tracking and shifts."""
