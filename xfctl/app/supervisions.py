"""Supervision (细则 10, 11) at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xfctl.domain.supervision import OpenSupervision, Supervision, open_supervision
from xfctl.ledger import accusations
from xfctl.ledger.load import CASES, SUPERVISIONS

if TYPE_CHECKING:
    from xfctl.app.desk import Desk


def supervise(desk: Desk, command: OpenSupervision) -> Supervision:
    """Open a supervision over registered matters, under the next number of its year."""
    desk.units.acting(command.unit, command.on)
    matters = [desk.case(number) for number in command.cases]
    for each in matters:
        redacted = accusations.redacted(desk.writer.identities, command, each)
        desk.record(CASES.stream(each.number), redacted)
    return desk.begin(
        SUPERVISIONS,
        command.on,
        lambda number, world: open_supervision(command, number, matters, world),
    )
