"""Annotating: the types that a model names, corrected by the tree and held against the code by a type checker."""
