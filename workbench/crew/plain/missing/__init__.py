"""What is given where something is not there: nothing to work with, no key, no file, no name, an empty part."""
