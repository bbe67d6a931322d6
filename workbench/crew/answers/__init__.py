"""Answers as small models write them: what is wrong with one before anybody asks what it does."""
