"""A fault in rule files: found when they are loaded, and told by file, line and key."""

from __future__ import annotations


class RegulationError(Exception):
    """A rule file is unsound; names the file, the line, the key and, in Chinese, what is wrong.

    ``line`` counts from 1 and is 0 where no line can be named; ``key`` is "" for a whole file.
    """

    def __init__(self, file: str, key: str, reason: str, line: int = 0) -> None:
        self.file, self.key, self.reason, self.line = file, key, reason, line
        where = f"{file} 第 {line} 行" if line else file
        super().__init__(f"{where}：{key}：{reason}" if key else f"{where}：{reason}")
