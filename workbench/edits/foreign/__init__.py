"""Symbols of languages other than Python, by tree-sitter grammars that come with their packages."""
