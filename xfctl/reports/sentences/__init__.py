"""Every kind of event as one Chinese sentence, for the log and for the timeline of a matter."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from xfctl.domain.event import kind_of

# The module that tells of each subject's events, imported when one of them is told.
_TELLERS = {
    "accountability": "accountability",
    "calendar": "office",
    "candidates": "accountability",
    "case": "case",
    "consequence": "risk",
    "decision": "risk",
    "digest": "office",
    "inspection": "supervision",
    "ledger": "office",
    "plan": "risk",
    "risk": "risk",
    "rules": "office",
    "supervision": "supervision",
    "unit": "unit",
}
# Stands for the unit of an assignment until the reader's names are filled in.
WHO = "\0"
# Stands for the sentence of the right fact in that of a correction.
RIGHT = "\1"


def sentence(fact: object, units: Mapping[int, str] = MappingProxyType({})) -> str:
    """What happened, in one sentence; ``units`` names the unit of each assignment, where known."""
    subject = kind_of(fact).partition(".")[0]
    teller = import_module(f"xfctl.reports.sentences.{_TELLERS[subject]}")
    told: str = teller.SENTENCES[type(fact)](fact)
    if right := getattr(fact, "right", None):
        told = told.replace(RIGHT, sentence(right, units))
    number = getattr(fact, "assignment", None)
    return told.replace(WHO, units.get(number, f"第 {number} 次交办的单位")) if number else told
