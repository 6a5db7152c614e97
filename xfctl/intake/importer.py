"""Take a register into the ledger: every row through the same rules as a typed command.

All rows are tried inside one transaction. If any is at fault the transaction is undone and all
faults are listed; what the ledger already holds is left alone, so a second import adds nothing,
and a later copy of the register adds only its new steps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from xfctl.app import Context, Desk, at_desk
from xfctl.domain.case import Assignment, Case
from xfctl.domain.case_facts import CaseRegistered, Superior
from xfctl.domain.identity import Identity
from xfctl.domain.steps.acceptance import AcceptCase
from xfctl.domain.steps.closing import CloseCase
from xfctl.domain.steps.handling import AssignCase, GiveFeedback, ReceiveCase
from xfctl.domain.steps.outcome import ReplyToPetitioner
from xfctl.domain.unit import Unit
from xfctl.domain.world import Command
from xfctl.errors import Fault, FaultyFileError, InputRefusedError, NoSuchUnitError, XfctlError
from xfctl.intake.register import Register, RegisterRow
from xfctl.intake.shares import Share, UnevenDatesError, shares
from xfctl.ledger.connection import Ledger

NOT_TOLD = "（原台账未填写）"
CLOSED_IN_REGISTER = "按原台账的办结日期导入"


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do: rows read, matters added, steps added to matters.

    ``naming`` are the rows of matters added whose own words tell who the petitioner is.
    """

    rows: int
    added: int
    steps: int
    naming: tuple[int, ...]


class _AbandonedError(Exception):
    """Undoes the transaction of a dry run."""


class RowRefusedError(XfctlError):
    """One row contradicts the ledger or itself; ``field`` says in which column."""

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        super().__init__(reason)


def import_register(
    ledger: Ledger,
    register: Register,
    context: Context,
    *,
    unit: str | None = None,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Record every row of a register that the ledger does not hold yet.

    ``unit`` answers for rows that name none; ``dry_run`` checks everything and stores nothing;
    ``progress`` is told after each row how many are done. Raises FaultyFileError with every
    fault of the file, nothing stored.
    """
    try:
        with at_desk(ledger, context) as desk:
            task = _Import(desk, register, context.actor, unit)
            for done, row in enumerate(register.rows, start=1):
                task.take(row)
                progress(done)
            task.refuse_faults()
            if dry_run:
                raise _AbandonedError
    except _AbandonedError:
        pass
    return Imported(len(register.rows), task.added, task.steps, tuple(task.naming))


class _Import:
    """One run over a register's rows."""

    def __init__(self, desk: Desk, register: Register, actor: str, unit: str | None) -> None:
        self._desk = desk
        self._register = register
        self._actor = actor
        self._unit = desk.units.find(unit) if unit is not None else None
        self._faults = list(register.faults)
        self._faulty = {fault.row for fault in register.faults}
        self._rows_by_number: dict[str, int] = {}
        self.added = self.steps = 0
        self.naming: list[int] = []

    def take(self, row: RegisterRow) -> None:
        """Record one row, or note why it cannot be."""
        if row.row in self._faulty:
            if row.number:
                self._rows_by_number.setdefault(row.number, row.row)
            return
        try:
            self._take(row)
        except RowRefusedError as refused:
            self._fault(row, refused.field, str(refused))

    def refuse_faults(self) -> None:
        """Raise FaultyFileError if any row was at fault."""
        if self._faults:
            faults = sorted(self._faults, key=lambda fault: fault.row)
            raise FaultyFileError(self._register.name, faults)

    def _take(self, row: RegisterRow) -> None:
        assert row.number is not None
        assert row.registered_on is not None
        self._check_repeated(row, row.number)
        _check_pairs(row)
        self._register_case(row, row.number, row.registered_on)
        self._accept(row, row.number)
        for share in self._shares(row):
            self._hand_over(row, row.number, row.registered_on, share)
        self._reply(row, row.number)
        self._close(row, row.number)

    def _check_repeated(self, row: RegisterRow, number: str) -> None:
        first = self._rows_by_number.setdefault(number, row.row)
        if first != row.row:
            raise RowRefusedError("number", f"与第 {first} 行的编号重复")

    def _register_case(self, row: RegisterRow, number: str, on: date) -> None:
        known = self._desk.find(number)
        if known is not None:
            if known.registered_on != on:
                raise RowRefusedError(
                    "registered_on", f"账本中编号 {number} 的登记日期是 {known.registered_on}"
                )
            return
        identity = Identity(row.petitioner, row.phone, row.id_number, row.address)
        entry = self._entry(row, number)
        # A register that does not tell of acceptance cannot tell whether the notice was given.
        tracked = "accepted_on" in self._register.has
        self._attempt(
            "registered_on",
            lambda: self._desk.register(on, entry, identity, tracked=tracked),
        )
        self.added += 1
        if identity.named_in((entry.summary, entry.demand, entry.note)):
            self.naming.append(row.row)

    def _entry(self, row: RegisterRow, number: str) -> CaseRegistered:
        return CaseRegistered(
            number=number,
            summary=row.summary or NOT_TOLD,
            first_responder=row.first_responder or self._actor,
            channel=row.channel,
            purpose=row.purpose,
            category=row.category,
            demand=row.demand,
            persons=row.persons or 1,
            leapfrog=bool(row.leapfrog),
            joint=bool(row.joint),
            anonymous=bool(row.anonymous),
            superior=_superior(row),
            note=_note(row),
        )

    def _accept(self, row: RegisterRow, number: str) -> None:
        """Acceptance by its own column; the notice is taken to have been given with it."""
        known = self._case(number).accepted_on
        if row.accepted_on is None or known == row.accepted_on:
            return
        if known is not None:
            raise RowRefusedError("accepted_on", f"账本中的受理日期是 {known}")
        on = row.accepted_on
        self._step("accepted_on", AcceptCase(number=number, on=on, notified_on=on))

    def _reply(self, row: RegisterRow, number: str) -> None:
        known = self._case(number).replied_on
        if row.replied_on is None or known == row.replied_on:
            return
        if known is not None:
            raise RowRefusedError("replied_on", f"账本中的答复日期是 {known}")
        manner = row.reply_manner or NOT_TOLD
        self._step("replied_on", ReplyToPetitioner(number=number, on=row.replied_on, manner=manner))

    def _shares(self, row: RegisterRow) -> list[Share]:
        try:
            return shares(row, self._units_of(row))
        except UnevenDatesError as error:
            raise RowRefusedError(error.field, str(error)) from error

    def _units_of(self, row: RegisterRow) -> list[Unit]:
        """The units that a row names; several are separated by 、 as our own export does."""
        if row.unit is None:
            return [self._unit] if self._unit else []
        whole = self._desk.units.holder(row.unit)
        names = [row.unit] if whole else row.unit.split("、")
        try:
            return [self._desk.units.find(name) for name in names]
        except NoSuchUnitError as error:
            # Where a column slipped, a person stands here: not repeated (细则 7).
            raise RowRefusedError(
                "unit", "名册里没有这个单位；请用 xfctl unit list 核对，或用 xfctl unit add 添加"
            ) from error
        except InputRefusedError as error:
            raise RowRefusedError("unit", str(error)) from error

    def _hand_over(self, row: RegisterRow, number: str, registered_on: date, told: Share) -> None:
        """What the row tells of one unit: assignment, receipt, feedback."""
        unit, assigned_on = told.unit, self._assigned_on(told, registered_on)
        if unit is not None and assigned_on is not None:
            self._assign(told, number, unit, assigned_on)
            self._receive(told, number, unit, assigned_on)
            self._give_feedback(row, told, number, unit)

    def _assigned_on(self, told: Share, registered_on: date) -> date | None:
        """The day of assignment; a register without such a column means the day it came in."""
        without_column = "assigned_on" not in self._register.has and told.unit is not None
        assigned_on = registered_on if without_column else told.assigned_on
        if told.feedback_on and (told.unit is None or assigned_on is None):
            missing = "承办单位" if told.unit is None else "交办日期"
            raise RowRefusedError("feedback_on", f"有反馈日期，没有{missing}")
        return assigned_on

    def _assign(self, told: Share, number: str, unit: Unit, on: date) -> None:
        known = self._assignment(number, unit)
        if known is None:
            field = "assigned_on" if told.assigned_on else "registered_on"
            self._step(
                field, AssignCase(number=number, on=on, unit=unit.code, unit_name=unit.name_on(on))
            )
        elif known.assigned_on != on:
            raise RowRefusedError(
                "assigned_on", f"账本中已于 {known.assigned_on} 交办给{known.unit_name}"
            )

    def _receive(self, told: Share, number: str, unit: Unit, assigned_on: date) -> None:
        """Receipt by its own column; without that and a day of assignment, on the same day."""
        on = told.received_on
        if not {"assigned_on", "received_on"} & self._register.has:
            on = assigned_on
        known = self._assignment(number, unit)
        if on is None or known is None or known.received_on == on:
            return
        if known.received_on is not None:
            raise RowRefusedError("received_on", f"账本中的收件日期是 {known.received_on}")
        self._step("received_on", ReceiveCase(number=number, on=on, unit=unit.code))

    def _give_feedback(self, row: RegisterRow, told: Share, number: str, unit: Unit) -> None:
        if told.feedback_on is None or row.feedback_form is None:
            return
        known = self._assignment(number, unit)
        new = (known.number if known else 0, told.feedback_on, row.feedback_form)
        given = [
            (each.assignment, each.given_on, each.form) for each in self._case(number).feedbacks
        ]
        if new not in given:
            given_now = GiveFeedback(
                number=number, on=told.feedback_on, form=row.feedback_form, unit=unit.code
            )
            self._step("feedback_on", given_now)

    def _close(self, row: RegisterRow, number: str) -> None:
        closed_on = self._case(number).closed_on
        if row.closed_on is None or closed_on == row.closed_on:
            return
        if closed_on is not None:
            raise RowRefusedError("closed_on", f"账本中已于 {closed_on} 办结")
        closing = CloseCase(
            number=number, on=row.closed_on, result=row.result, reason=CLOSED_IN_REGISTER
        )
        self._step("closed_on", closing)

    def _step(self, field: str, command: Command) -> None:
        self._attempt(field, lambda: self._desk.step(command))
        self.steps += 1

    def _attempt(self, field: str, action: Callable[[], object]) -> None:
        try:
            action()
        except XfctlError as error:
            raise RowRefusedError(field, str(error)) from error

    def _case(self, number: str) -> Case:
        return self._desk.case(number)

    def _assignment(self, number: str, unit: Unit) -> Assignment | None:
        mine = [each for each in self._case(number).assignments if each.unit == unit.code]
        return mine[-1] if mine else None

    def _fault(self, row: RegisterRow, field: str, reason: str) -> None:
        column = self._register.columns.get(field, "")
        self._faults.append(Fault(row.row, column, reason.removesuffix("。")))


# What means nothing without the other; it would be lost without a word.
_PAIRS = (
    ("superior_document", "来文号", "superior", "上级单位"),
    ("superior_due_on", "上级期限", "superior", "上级单位"),
    ("reply_manner", "答复信访人方式", "replied_on", "答复信访人时间"),
)


def _check_pairs(row: RegisterRow) -> None:
    for field, told, needed, missing in _PAIRS:
        if getattr(row, field) is not None and getattr(row, needed) is None:
            raise RowRefusedError(field, f"有{told}，没有{missing}")


def _note(row: RegisterRow) -> str | None:
    """The remark; a result of a matter not closed yet has no other place."""
    result = f"办理结果：{row.result}" if row.result and row.closed_on is None else None
    return "；".join(filter(None, (row.note, result))) or None


def _superior(row: RegisterRow) -> Superior | None:
    if row.superior is None:
        return None
    return Superior(row.superior, row.superior_document, row.superior_due_on)
