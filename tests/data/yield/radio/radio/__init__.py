"""Tools of Radio Hafen, a community radio station: programme, track log, donations, studios, newsletter, settings."""
