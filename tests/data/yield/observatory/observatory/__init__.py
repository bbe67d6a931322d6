"""The programs of a small public observatory."""
