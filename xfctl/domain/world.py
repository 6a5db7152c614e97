"""What the rules may know besides the matter itself, and the checks that every step shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from msgspec import Struct, field

from xfctl.domain.case import Assignment, Case
from xfctl.domain.case_facts import CaseFact
from xfctl.domain.event import Dated
from xfctl.domain.lifecycle import LEGAL_FROM, Step, stage_of
from xfctl.domain.obligation import Duty, start
from xfctl.domain.parameters import Parameters
from xfctl.domain.wording import LONGEST_TEXT, check_text
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.regulation.clocks import Clock
from xfctl.regulation.grounds import Ground, grounds
from xfctl.workdays.calendar import Calendar

MOST_PERSONS = 1_000_000


class World(Struct, frozen=True):
    """The day, the calendar, the regulation's clocks and grounds, the office's own parameters."""

    today: date
    calendar: Calendar
    clocks: Mapping[str, Clock]
    parameters: Parameters = field(default_factory=Parameters)
    grounds: Mapping[str, Ground] = field(default_factory=grounds)

    def duty(self, clock: str, on: date, *, length: int | None = None) -> Duty:
        """Start a clock on a day, at the length given, else at the one in force that day.

        ``length`` in the clock's own unit. Raises InputRefusedError where no version is in force yet.
        """
        length = length or self.parameters.length(clock, on)
        return start(self.clocks[clock], on, self.calendar, length=length)


class Command(Struct, frozen=True, kw_only=True):
    """What an officer asks to be done with the matter ``number`` as of the day ``on``."""

    step: ClassVar[Step]
    number: str
    on: date


def check_legal(case: Case, step: Step) -> None:
    """Refuse a step that the table does not allow from the matter's stage. Raises RuleRefusedError."""
    stage = stage_of(case)
    if stage not in LEGAL_FROM[step]:
        raise RuleRefusedError(
            f"事项 {case.number} 现在是「{stage.label}」，不能{step.label}；"
            f"请用 xfctl case show {case.number} 查看下一步可以做什么。"
        )


def check_not_future(on: date, world: World, what: str = "日期") -> None:
    """Refuse a date after today. Raises InputRefusedError."""
    if on > world.today:
        raise InputRefusedError(f"{what} {on} 晚于今天（{world.today}），请核对日期。")


def check_not_before(on: date, bound: date | None, what: str, bound_name: str) -> None:
    """Refuse a date before the day of what must come first. Raises InputRefusedError."""
    if bound is not None and on < bound:
        raise InputRefusedError(f"{what} {on} 早于{bound_name} {bound}，请核对日期。")


def check_not_before_reopening(on: date, case: Case, what: str) -> None:
    """Refuse to end a matter before it was last opened again. Raises InputRefusedError."""
    check_not_before(on, case.reopened_on, what, "最近一次重启的日期")


def check_persons(persons: int, what: str = "人数") -> None:
    """Refuse a number of persons that no matter has. Raises InputRefusedError."""
    if not 1 <= persons <= MOST_PERSONS:
        raise InputRefusedError(f"{what} {persons} 不对；请填写 1 至 {MOST_PERSONS} 的整数。")


def chosen(case: Case, unit: str | None, candidates: list[Assignment], lacking: str) -> Assignment:
    """The assignment meant: by unit if named, else of the only unit; the first candidate wins.

    ``lacking`` says, after 「没有」, what there is none of: RuleRefusedError. Raises InputRefusedError
    where there are several units and none is named.
    """
    matching = [each for each in candidates if unit in (None, each.unit)]
    if not matching:
        whom = f"单位 {unit} " if unit else ""
        raise RuleRefusedError(
            f"事项 {case.number} 没有{whom}{lacking}；请用 xfctl case show {case.number} 核对。"
        )
    units = list(dict.fromkeys(each.unit for each in matching))
    if len(units) > 1:
        raise InputRefusedError(
            f"事项 {case.number} 交办给了多个单位（{'、'.join(units)}），请用 --unit 指明是哪一个。"
        )
    return matching[0]


def check_optional(text: str | None, name: str, longest: int = LONGEST_TEXT) -> str | None:
    """An optional text, None where it is empty. Raises InputRefusedError as check_text does."""
    return check_text(text, name, longest) if text else None


def facts(on: date, *happened: CaseFact) -> list[Dated]:
    """Facts of one day."""
    return [Dated(on, each) for each in happened]
