"""What a table of tasks holds, apart from how it scrolls: rows, their order, their columns."""
