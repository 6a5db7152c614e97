"""The days on which an accountability moved on, and the stage they put it in on any day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from xfctl.domain.classification import AccountStage


class Course(Protocol):
    """A measure's course on one person: in force from when until when, carried out when."""

    @property
    def since(self) -> date:
        """The day of the decision that imposed it."""

    @property
    def until(self) -> date | None:
        """The day on which an appeal ended it."""

    @property
    def carried_out_on(self) -> date | None:
        """The day on which it was carried out."""


def in_force(course: Course, on: date) -> bool:
    """Whether a measure is in force at the end of a day; on the day that ended it, it is not."""
    return course.since <= on and (course.until is None or on < course.until)


def all_carried_out(courses: Sequence[Course], on: date) -> bool:
    """Whether every measure in force at the end of a day had been carried out by then."""
    running = [each for each in courses if in_force(each, on)]
    return bool(running) and all(
        each.carried_out_on is not None and each.carried_out_on <= on for each in running
    )


class Milestones(Struct, frozen=True):
    """The days on which an accountability moved on; None for what has not happened.

    ``carried_out_on`` is the first day at whose end every measure in force had been carried out;
    ``failed_on`` the first on which the rectification is late, be that day still to come.
    """

    courses: Sequence[Course]
    withdrawn_on: date | None
    not_adopted_on: date | None
    decided_on: date | None
    carried_out_on: date | None
    rectify_by: date | None
    rectified_on: date | None
    failed_on: date | None
    revoked_on: date | None

    def stage(self, on: date) -> AccountStage:
        """The stage at the end of a day: what happened later does not count."""

        def by(day: date | None) -> bool:
            return day is not None and day <= on

        standings = (
            (by(self.withdrawn_on), AccountStage.WITHDRAWN),
            (by(self.not_adopted_on), AccountStage.NOT_ADOPTED),
            (not by(self.decided_on), AccountStage.PROPOSED),
            (by(self.revoked_on), AccountStage.REVOKED),
            (by(self.rectified_on), AccountStage.RECTIFIED),
            (by(self.failed_on), AccountStage.UNRECTIFIED),
            (not all_carried_out(self.courses, on), AccountStage.DECIDED),
            (self.rectify_by is not None, AccountStage.RECTIFYING),
        )
        found = (stage for holds, stage in standings if holds)
        return next(found, AccountStage.CARRIED_OUT)
