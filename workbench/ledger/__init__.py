"""What handing work over saves a cloud model, and what it costs it: in tokens, net, so that a loss shows as one.

Everything here reads plain files and loads no pydantic: a status line asks it while it is drawn. `estimate` says what
the model would have spent alone, `book` keeps what each call moved, `sessions` reads what Claude Code itself counted,
`report` adds it all up, and `today` is the short form. docs/savings.md argues the method.
"""

from workbench.ledger.today import saved_today

__all__ = ["saved_today"]
