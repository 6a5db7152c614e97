"""A fault in the rule files themselves: a mistake of ours, found when they are loaded."""

from __future__ import annotations


class RegulationError(Exception):
    """A rule file is unsound; names the file, the key and what is wrong with it."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        self.file, self.key, self.reason = file, key, reason
        super().__init__(f"{file}: {key}: {reason}" if key else f"{file}: {reason}")
