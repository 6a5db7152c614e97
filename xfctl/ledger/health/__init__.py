"""What is amiss around a ledger: looked at, never mended."""
