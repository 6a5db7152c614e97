"""Load, decide, append, evolve: one command, or many, in one transaction.

``Desk`` is where the pure rules meet the ledger. The command line, the importer and the demo all
work through it, so each obeys the same rules and stores the same facts. What is particular to a
subject beyond the matters themselves lies in a module of its own, as functions of a desk.
"""

from xfctl.app.desk import Context, Desk, at_desk

__all__ = ["Context", "Desk", "at_desk"]
