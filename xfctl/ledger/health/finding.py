"""One thing found amiss, as ``xfctl doctor`` tells it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Level(StrEnum):
    """How much a finding matters; a NOTE asks for nothing today."""

    GRAVE = "严重"
    WARNING = "注意"
    NOTE = "提示"


class Finding(Struct, frozen=True):
    """What is amiss, where, and what an officer does about it; Chinese, one line each."""

    level: Level
    what: str
    where: str
    advice: str
