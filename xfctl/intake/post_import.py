"""Take a list of who holds which post into the ledger (细则 5, 9(1))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xfctl.app import Context, Desk, at_desk
from xfctl.domain import post_rules
from xfctl.domain.post import Appointment, Post
from xfctl.domain.post_rules import Appoint
from xfctl.intake import cells
from xfctl.intake.fields import Field
from xfctl.intake.plain_table import CellFaultError, TableRow, take_rows
from xfctl.ledger.connection import Ledger

POST_FIELDS = (
    Field("unit", "单位", ("单位名称", "责任单位", "所在单位")),
    Field("post", "职务", ("岗位", "职务名称", "任职")),
    Field("name", "姓名", ("任职人", "负责人")),
    Field("since", "任职日期", ("任职时间", "到任日期", "起始日期")),
    Field("until", "免职日期", ("免职时间", "离任日期", "截止日期")),
    Field("area", "分管工作", ("分管", "分管领域", "分管职责")),
)
POST_REQUIRED = ("unit", "post", "name", "since")


@dataclass(frozen=True)
class PostsImported:
    """What an import of posts did: rows read, appointments and reliefs recorded."""

    rows: int
    recorded: int


def import_posts(
    ledger: Ledger, path: Path, context: Context, mapping: Mapping[str, str]
) -> PostsImported:
    """Record the appointments and reliefs of a CSV or xlsx file that the ledger does not hold.

    A successor relieves the one before on the day of taking up the post. Raises FaultyFileError
    with every fault, nothing stored.
    """
    recorded = 0

    def take(row: TableRow) -> None:
        nonlocal recorded
        recorded += _take(row, desk)

    with at_desk(ledger, context) as desk:
        rows = take_rows(path, mapping, POST_FIELDS, POST_REQUIRED, take)
    return PostsImported(rows, recorded)


def _take(row: TableRow, desk: Desk) -> bool:
    unit, name = desk.units.find(row.need("unit")), row.need("name")
    post = row.needed("post", cells.member(Post))
    since = row.needed("since", cells.day)
    until = row.get("until", cells.day)
    wanted = Appoint(
        on=since,
        post=post,
        name=name,
        area=row.texts.get("area") or None,
        until=until,
        succeed=True,
    )
    known = _known(desk.unit_record(unit.code).posts, wanted)
    if known is None:
        desk.units.acting(unit.code, since)
        desk.on_unit(
            unit.code, lambda record, world: post_rules.appoint(record.posts, wanted, world)
        )
        return True
    _check_agrees(known, wanted)
    if until is not None and known.until is None:
        desk.on_unit(
            unit.code,
            lambda record, world: post_rules.relieve(record.posts, name, post, until, world),
        )
        return True
    return False


def _check_agrees(known: Appointment, wanted: Appoint) -> None:
    """A row that contradicts what the ledger holds is a fault, not a change."""
    if wanted.until is not None and known.until not in (None, wanted.until):
        raise CellFaultError("until", f"账本中的免职日期是 {known.until}")
    if wanted.area is not None and wanted.area != known.area:
        held = f"是{known.area}" if known.area else "没有填写"
        raise CellFaultError("area", f"账本中这项任职的分管工作{held}；几项分管工作请写在一格里")


def _known(posts: tuple[Appointment, ...], wanted: Appoint) -> Appointment | None:
    told = (wanted.post, wanted.name, wanted.on)
    return next(
        (each for each in posts if not each.struck and (each.post, each.name, each.since) == told),
        None,
    )
