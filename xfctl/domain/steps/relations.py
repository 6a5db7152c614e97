"""Matters that belong together, visits, notes and files."""

from __future__ import annotations

from typing import ClassVar

from xfctl.domain.case import Case
from xfctl.domain.case_facts import (
    CaseLinked,
    CaseNoted,
    CaseUnlinked,
    FileAttached,
    PetitionerVisited,
)
from xfctl.domain.classification import Channel, Relation
from xfctl.domain.event import Dated
from xfctl.domain.lifecycle import Step
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import Command, World, check_optional, check_persons, facts
from xfctl.errors import InputRefusedError, RuleRefusedError


class LinkCases(Command, frozen=True, kw_only=True):
    """Say how this matter belongs to another, which must exist."""

    step: ClassVar[Step] = Step.LINK
    other: str
    relation: Relation


class UnlinkCases(Command, frozen=True, kw_only=True):
    """Undo a link."""

    step: ClassVar[Step] = Step.UNLINK
    other: str
    reason: str


class RecordVisit(Command, frozen=True, kw_only=True):
    """The petitioners came again about the same matter."""

    step: ClassVar[Step] = Step.VISIT
    channel: Channel
    persons: int
    note: str | None = None


class AddNote(Command, frozen=True, kw_only=True):
    """Write a remark."""

    step: ClassVar[Step] = Step.NOTE
    text: str


class AttachFile(Command, frozen=True, kw_only=True):
    """Put a file with the matter; its copy is kept by the ledger."""

    step: ClassVar[Step] = Step.ATTACH
    name: str
    size: int
    sha256: str


def link(command: LinkCases, case: Case, world: World) -> list[Dated]:
    """Link; a matter repeats, was split from, or duplicates at most one other."""
    if command.other == case.number:
        raise InputRefusedError(f"事项 {case.number} 不能和自己关联；请核对编号。")
    held = case.related(command.relation)
    if held is not None:
        raise RuleRefusedError(
            f"事项 {case.number} 已关联「{command.relation.label}」{held}；请先用 xfctl case unlink 撤销。"
        )
    return facts(command.on, CaseLinked(other=command.other, relation=command.relation))


def unlink(command: UnlinkCases, case: Case, world: World) -> list[Dated]:
    """Undo every link to the other matter."""
    relations = [each.relation for each in case.links if each.other == command.other]
    if not relations:
        raise RuleRefusedError(
            f"事项 {case.number} 没有与 {command.other} 的关联；请用 xfctl case show 核对。"
        )
    reason = check_text(command.reason, "理由")
    undone = [CaseUnlinked(other=command.other, relation=each, reason=reason) for each in relations]
    return facts(command.on, *undone)


def visit(command: RecordVisit, case: Case, world: World) -> list[Dated]:
    """Count one more 批次 on the same matter."""
    check_persons(command.persons)
    visited = PetitionerVisited(
        channel=command.channel, persons=command.persons, note=check_optional(command.note, "备注")
    )
    return facts(command.on, visited)


def note(command: AddNote, case: Case, world: World) -> list[Dated]:
    """Keep a remark."""
    return facts(command.on, CaseNoted(text=check_text(command.text, "备注")))


def attach(command: AttachFile, case: Case, world: World) -> list[Dated]:
    """Record a file; the same content is attached only once."""
    if any(each.sha256 == command.sha256 for each in case.attachments):
        raise RuleRefusedError(f"事项 {case.number} 已有内容相同的附件；无需重复添加。")
    name = check_text(command.name, "附件名", LONGEST_NAME * 2)
    return facts(command.on, FileAttached(name=name, size=command.size, sha256=command.sha256))
