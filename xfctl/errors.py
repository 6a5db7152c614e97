"""What can go wrong, as a few types that carry one Chinese sentence and an exit code.

Every refusal says what happened, where, and what to do next. The command line prints the
sentence on standard error and ends with ``exit_code``; docs/reference.md lists the codes.
"""

from __future__ import annotations

from dataclasses import dataclass


class XfctlError(Exception):
    """Base of every refusal a user may meet; ``str()`` is the Chinese sentence."""

    exit_code: int = 3


class InputRefusedError(XfctlError):
    """The words given cannot be taken: unknown number, impossible date, bad file."""

    exit_code = 3


class NoSuchUnitError(InputRefusedError):
    """No unit bears the word, nor did."""


class RuleRefusedError(XfctlError):
    """The words are clear, but the rules do not allow this step now."""

    exit_code = 4


class LedgerUnavailableError(XfctlError):
    """The ledger is missing, locked, read-only, foreign, newer, or the disk is full."""

    exit_code = 5


class NoLedgerError(LedgerUnavailableError):
    """The file is something else, not a ledger of this program."""


class IntegrityError(XfctlError):
    """The ledger's content does not agree with itself."""

    exit_code = 6


class DeliveryFailedError(XfctlError):
    """The digest did not reach everyone it was for; it was printed, or written to a file, instead."""

    exit_code = 7


@dataclass(frozen=True)
class Fault:
    """One fault in a file of many rows: collected, not raised, so all are shown at once.

    ``row`` counts from 1 as a spreadsheet shows it; 0 means the file as a whole.
    """

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"第 {self.row} 行" if self.row else "文件"
        column = f"「{self.column}」列" if self.column else ""
        return f"{place}{column}：{self.reason}"


class FaultyFileError(InputRefusedError):
    """A file was refused for the faults listed; nothing of it was taken."""

    def __init__(self, name: str, faults: list[Fault]) -> None:
        self.faults = faults
        lines = "\n".join(f"  {fault}" for fault in faults)
        super().__init__(
            f"文件「{name}」有 {len(faults)} 处错误，账本未作任何改动；请改正后重新导入：\n{lines}"
        )
