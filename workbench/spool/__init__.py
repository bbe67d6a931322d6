"""The folder API (CONTRACT.md, section 1): everything other programs read from or write to `.nanites/`."""
