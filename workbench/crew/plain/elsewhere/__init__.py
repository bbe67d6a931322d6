"""The same in other languages than Python."""
