"""The noun ``supervise`` (督办、督查): its verbs, each loaded when called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from xfctl.cli.chinese import new_app
from xfctl.cli.lazy import Entry, LazyGroup


class SuperviseGroup(LazyGroup):
    """The verbs of ``supervise``."""

    entries: ClassVar[Mapping[str, Entry]] = {
        "due": Entry("supervise_steps", "due", "应督办未督办的事项"),
        "find": Entry("supervise_steps", "find", "认定督办情形（细则 11(3)(4)(5)(7)）"),
        "open": Entry("supervise_steps", "open_", "立项督办"),
        "act": Entry("supervise_steps", "act", "记录一次督办行动"),
        "respond": Entry("supervise_steps", "respond", "记录单位的回复"),
        "close": Entry("supervise_steps", "close", "督办办结"),
        "list": Entry("supervise_steps", "list_", "列出督办"),
        "show": Entry("supervise_steps", "show", "显示一项督办"),
        "inspect": Entry("supervise_inspections", "inspect", "开始一次督查（细则 10）"),
        "inspect-find": Entry("supervise_inspections", "inspect_find", "记录督查发现"),
        "inspect-follow-up": Entry("supervise_inspections", "follow_up", "记录整改落实"),
        "inspect-close": Entry("supervise_inspections", "inspect_close", "督查办结"),
        "inspections": Entry("supervise_inspections", "inspections", "列出督查"),
        "inspection": Entry("supervise_inspections", "inspection", "显示一次督查"),
    }


app = new_app(
    "督办与督查：细则 10、11 的情形、行动、回复、结果和通报。",
    "xfctl supervise due；xfctl supervise open XF2026-0001 --unit A15 --ground 1 --form 电话督办",
    cls=SuperviseGroup,
)


@app.callback()
def _supervise() -> None:
    """Typer builds a group only where something is declared; the verbs are in the table."""
