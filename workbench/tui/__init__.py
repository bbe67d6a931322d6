"""The terminal workbench: a face that reads the folder's records and events, and drops files into it."""
