"""xfctl: the ledger of a university petition office (信访办)."""

__version__ = "0.1.0"
