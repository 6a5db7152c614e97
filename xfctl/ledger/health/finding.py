"""One thing found amiss, as ``xfctl doctor`` tells it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters; a NOTE asks for nothing today."""

    GRAVE = "严重"
    WARNING = "注意"
    NOTE = "提示"


@dataclass(frozen=True)
class Finding:
    """What is amiss, where, and what an officer does about it; Chinese, one line each."""

    level: Level
    what: str
    where: str
    advice: str
