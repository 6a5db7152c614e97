"""A few matters, each of its own kind, and the words that tests tell them by."""

from __future__ import annotations

from command_line import Office, register

FIRST = "XF2026-0001"
SECOND = "XF2026-0002"
THIRD = "XF2026-0003"
HOT_WATER = "宿舍热水供应时段与公示不符"
PERSON = ("--petitioner", "示例信访人", "--phone", "0000-000001")


def five_matters(office: Office) -> Office:
    """The office with five of them."""
    register(
        office, HOT_WATER, "--channel", "来信", "--purpose", "申诉求决", "--category", "后勤收费",
        "--persons", "6", "--on", "2026-11-02", "--first-responder", "经办乙", *PERSON,
    )  # fmt: skip
    office.must("case", "assign", FIRST, "A15", "--on", "2026-11-03")
    register(
        office, "转专业名额公示时间过短", "--on", "2026-11-16", "--leapfrog", "--category", "学籍"
    )
    register(office, "上级转来的事项", "--superior", "省信访局", "--on", "2026-11-17")
    register(
        office, "热水供应仍不正常", "--link", FIRST, "--on", "2026-11-18",
        "--first-responder", "经办丙",
    )  # fmt: skip
    office.must("case", "assign", "XF2026-0004", "A22", "--on", "2026-11-19")
    office.must("case", "major", "XF2026-0004", "--reason", "涉及人数多")
    register(office, "领导交办的事项", "--channel", "领导交办", "--on", "2026-11-19")
    office.must("case", "close", "XF2026-0005", "--result", "已解决")
    return office
