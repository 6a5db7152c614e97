"""Accountability (责任追究, 细则 13–20): what happened, who answers for it, and what follows."""
