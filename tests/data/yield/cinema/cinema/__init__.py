"""Tools of the Lantern, a small cinema: programme, tickets, the snack bar, the rota and the newsletter."""
