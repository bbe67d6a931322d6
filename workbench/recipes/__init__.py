"""Task kinds: one data file each, and the code that reads them."""
