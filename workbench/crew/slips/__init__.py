"""Slips: answers that are wrong by what small models get wrong again and again, set right by the host."""
