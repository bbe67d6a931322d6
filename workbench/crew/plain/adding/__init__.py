"""New parameters that need not be given: for what is written out, how many or which things, and what is left out."""
