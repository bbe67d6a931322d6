"""Python's symbols and how they are spliced: what a file has, where new code goes, and how it is settled there."""
