"""The clocks: every one of them by its article and length, and what does not load."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

import pytest

from xfctl.domain.event import kinds
from xfctl.errors import InputRefusedError
from xfctl.intake.dates import EARLIEST_YEAR, LATEST_YEAR
from xfctl.ledger import events  # noqa: F401  # declares every kind
from xfctl.regulation.clocks import Clock, clocks, load_clock
from xfctl.regulation.errors import RegulationError
from xfctl.regulation.units import LengthUnit

DAY = timedelta(days=1)
# From the first date the ledger takes (细则 bears no date); 《信访工作条例》.
ALWAYS, ORDINANCE = date(EARLIEST_YEAR, 1, 1), date(2022, 5, 1)

CLOCKS = [
    # clock, article, source, length, unit, owed by, in force from
    ("feedback", "细则 11(1)", "细则", 7, "working_days", "unit", ALWAYS),
    ("acceptance_notice", "条例 22–23", "条例", 15, "days", "office", ORDINANCE),
    ("misrouted_objection", "条例 23", "条例", 5, "working_days", "office", ORDINANCE),
    ("handling", "条例 34", "条例", 60, "days", "unit", ORDINANCE),
    ("superior_report", "细则 8(7)", "上级来文", None, "named_date", "office", ALWAYS),
    ("opinion_execution", "细则 11(5)", "处理意见", None, "named_date", "unit", ALWAYS),
    ("petitioner_reply", "细则 8(5)", "本单位规定", 5, "working_days", "office", ALWAYS),
    ("review_request", "条例 35", "条例", 30, "days", "petitioner", ORDINANCE),
    ("review_decision", "条例 35", "条例", 30, "days", "office", ORDINANCE),
    ("rereview_request", "条例 36", "条例", 30, "days", "petitioner", ORDINANCE),
    ("rereview_decision", "条例 36", "条例", 30, "days", "office", ORDINANCE),
    ("supplement", "本单位规定", "本单位退回反馈时指定的日期", None, "named_date", "unit", ALWAYS),
    ("supervision_response", "细则 10", "本单位规定", 5, "working_days", "unit", ALWAYS),
    ("inspection_follow_up", "细则 10", "督查时指定的日期", None, "named_date", "unit", ALWAYS),
    (
        *(
            "risk_review",
            "细则 8(3)、9(1)",
            "排查或上次复查时指定的日期",
            None,
            "named_date",
            "unit",
        ),
        ALWAYS,
    ),
    ("rectification", "细则 16–17", "追究决定", None, "named_date", "unit", ALWAYS),
    ("explanation", "细则 14(1)", "追究决定", None, "named_date", "person", ALWAYS),
    ("self_criticism", "细则 14(2)", "追究决定", None, "named_date", "person", ALWAYS),
    ("appeal", "细则 20", "本单位规定", 60, "days", "body", ALWAYS),
]
NAMES = [name for name, *_ in CLOCKS]


def test_the_table_holds_every_clock() -> None:
    assert sorted(clocks()) == sorted(NAMES)


def test_every_event_that_starts_or_stops_a_clock_is_one_that_can_be_recorded() -> None:
    named = {kind for clock in clocks().values() for kind in (*clock.starts, *clock.stops)}
    assert named <= set(kinds())


@pytest.mark.parametrize(
    ("name", "article", "source", "length", "unit", "owed_by", "effective"), CLOCKS
)
def test_each_clock_by_its_article(
    name: str,
    article: str,
    source: str,
    length: int | None,
    unit: str,
    owed_by: str,
    effective: date,
) -> None:
    clock = clocks()[name]
    first = clock.versions[0]
    assert (clock.name, clock.owed_by) == (name, owed_by)
    assert (first.article, first.source, first.length) == (article, source, length)
    assert (first.unit, first.effective) == (LengthUnit(unit), effective)


def test_only_handling_may_be_extended_and_by_at_most_30_days() -> None:
    extensions = {
        name: version.extension
        for name, clock in clocks().items()
        for version in clock.versions
        if version.extension
    }
    assert extensions == {"handling": 30}


def test_only_rights_and_the_objection_are_mere_reminders() -> None:
    """What someone may do, but need not, is never overdue."""
    reminders = {name for name, each in clocks().items() if each.versions[0].reminder_only}
    assert reminders == {"misrouted_objection", "review_request", "rereview_request"}


def test_the_seven_days_start_with_receipt_else_assignment_and_stop_with_feedback() -> None:
    clock = clocks()["feedback"]
    assert clock.starts == ("case.received", "case.assigned")
    assert clock.stops == ("case.feedback_given",)


@pytest.mark.parametrize(
    ("name", "starts", "stops"),
    [
        ("rectification", "decided", "rectification_reviewed"),
        ("explanation", "decided", "carried_out"),
        ("self_criticism", "decided", "carried_out"),
        ("appeal", "appeal_accepted", "appeal_decided"),
    ],
)
def test_a_clock_of_accountability_runs_from_the_decision_until_what_it_asks_is_accepted(
    name: str, starts: str, stops: str
) -> None:
    """A report alone does not stop it."""
    clock = clocks()[name]
    assert clock.starts == (f"accountability.{starts}",)
    assert clock.stops == (f"accountability.{stops}",)


@pytest.mark.parametrize("name", NAMES)
def test_a_clock_explains_itself_in_chinese(name: str) -> None:
    clock = clocks()[name]
    assert clock.title
    for version in clock.versions:
        assert version.summary.endswith("。")
        assert len(version.summary) < 60, "a summary in our own words, not the text"
        assert version.effective < version.checked


# --- Versions in time -------------------------------------------------------------------------------

VERSION = """
[[version]]
effective = {effective}
article = "示例 {length}"
source = "示例办法"
length = {length}
unit = "days"
summary = "示例。"
checked = 2026-01-01
"""
HEAD = """
title = "示例"
owed_by = "unit"
starts = ["case.registered"]
stops = ["case.closed"]
"""


def versions(*dated: tuple[str, int]) -> str:
    """A clock file whose length changes on the dates given."""
    return HEAD + "".join(VERSION.format(effective=day, length=length) for day, length in dated)


SHORTENED = versions(("2005-05-01", 60), ("2022-05-01", 30))


@pytest.mark.parametrize(
    ("on", "length", "why"),
    [
        ("2005-05-01", 60, "施行当日"),
        ("2005-05-02", 60, "施行次日"),
        ("2022-04-30", 60, "修订前一日，仍按旧规定"),
        ("2022-05-01", 30, "修订施行当日，按新规定"),
        ("2022-05-02", 30, "修订施行次日"),
        ("2099-12-31", 30, "此后一直有效"),
    ],
)
def test_a_matter_is_judged_under_the_version_of_its_day(on: str, length: int, why: str) -> None:
    clock = load_clock("sample.toml", SHORTENED)
    assert clock.in_force(date.fromisoformat(on)).length == length, why


def test_before_its_first_version_a_clock_refuses_to_answer() -> None:
    clock = load_clock("sample.toml", SHORTENED)
    with pytest.raises(InputRefusedError, match="从 2005-05-01 起施行，2005-04-30 还没有"):
        clock.in_force(date(2005, 4, 30))


@pytest.mark.parametrize("name", NAMES)
def test_no_clock_has_a_gap_after_its_first_version(name: str) -> None:
    clock = clocks()[name]
    first, last = clock.versions[0].effective, date(LATEST_YEAR, 12, 31)
    swept = [clock.in_force(first + n * DAY) for n in range((last - first).days + 1)]
    assert list(dict.fromkeys(swept)) == list(clock.versions), "every version has its time"
    with pytest.raises(InputRefusedError):
        clock.in_force(first - DAY)


def test_the_seven_days_are_in_force_on_every_date_the_ledger_takes() -> None:
    for day in (date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31)):
        assert clocks()["feedback"].in_force(day).length == 7


# --- Files that must not load -----------------------------------------------------------------------

SOUND = versions(("2022-05-01", 60))
NAMED_DATE = SOUND.replace("length = 60\n", "").replace('"days"', '"named_date"')


def without(key: str) -> str:
    return "\n".join(line for line in SOUND.splitlines() if not line.startswith(f"{key} ="))


def with_line(line: str) -> str:
    """The sound file with one of its lines replaced, or a line added to its version."""
    key = line.partition(" =")[0]
    lines = SOUND.splitlines()
    return "\n".join(
        [line if old.startswith(f"{key} =") else old for old in lines]
        if any(old.startswith(f"{key} =") for old in lines)
        else [*lines, line]
    )


REQUIRED = ["title", "owed_by", "starts", "stops", "effective", "article", "source"]
REQUIRED += ["unit", "summary", "checked"]

BAD_FILES = [
    # what is wrong, the key that must be named, the file
    *((f"no {key}", key, without(key)) for key in REQUIRED),
    *((f"empty {key}", key, with_line(f'{key} = ""')) for key in ("title", "article", "source")),
    ("no version", "version", HEAD),
    ("an empty list of versions", "version", HEAD + "version = []"),
    ("versions that are no tables", "version", HEAD + 'version = ["2022-05-01"]'),
    ("one version, not a list", "version", SOUND.replace("[[version]]", "[version]")),
    ("no event that starts it", "starts", with_line("starts = []")),
    ("events that are no names", "stops", with_line("stops = [1]")),
    ("one event, not a list", "starts", with_line('starts = "case.registered"')),
    ("unknown debtor", "owed_by", with_line('owed_by = "nobody"')),
    ("unknown unit", "unit", with_line('unit = "weeks"')),
    ("Chinese unit", "unit", with_line('unit = "工作日"')),
    ("unit without length", "length", without("length")),
    ("named date with length", "length", with_line('unit = "named_date"')),
    ("negative length", "length", with_line("length = -7")),
    ("zero length", "length", with_line("length = 0")),
    ("true for a length", "length", with_line("length = true")),
    ("text for a length", "length", with_line('length = "7"')),
    ("half days", "length", with_line("length = 7.5")),
    ("negative extension", "extension", with_line("extension = -30")),
    ("true for an extension", "extension", with_line("extension = true")),
    ("number for a mark", "reminder_only", with_line("reminder_only = 1")),
    ("text for a date", "effective", with_line('effective = "2022-05-01"')),
    ("time for a date", "checked", with_line("checked = 2022-05-01T08:00:00")),
    ("number for an article", "article", with_line("article = 34")),
    ("unknown key in a version", "lenght", with_line("lenght = 7")),
    ("unknown key of a clock", "owner", 'owner = "unit"\n' + SOUND),
    (
        "versions out of order",
        "effective",
        versions(("2022-05-01", 30), ("2005-05-01", 60)),
    ),
    (
        "two versions of one date",
        "effective",
        versions(("2022-05-01", 30), ("2022-05-01", 60)),
    ),
    ("not TOML", "", "title: 示例"),
    ("a key twice", "", 'title = "示例"\n' + SOUND),
    ("a day that does not exist", "", with_line("effective = 2022-02-30")),
    ("empty", "version", ""),
]


def test_the_sound_files_load() -> None:
    assert load_clock("sample.toml", SOUND).versions[0].length == 60
    assert load_clock("sample.toml", NAMED_DATE).versions[0].length is None


@pytest.mark.parametrize(
    ("key", "text"), [each[1:] for each in BAD_FILES], ids=[each[0] for each in BAD_FILES]
)
def test_an_unsound_file_is_refused_by_file_and_key(key: str, text: str) -> None:
    with pytest.raises(RegulationError) as refused:
        load_clock("sample.toml", text)
    assert (refused.value.file, refused.value.key) == ("sample.toml", key)
    assert refused.value.line >= 1
    assert str(refused.value).startswith(f"sample.toml 第 {refused.value.line} 行：{key}")


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_file_needs_each_of_its_citations(name: str) -> None:
    text = (files("xfctl.regulation") / "clocks" / f"{name}.toml").read_text(encoding="utf-8")
    assert isinstance(load_clock(f"{name}.toml", text), Clock)
    for key in ("effective", "article", "source", "checked"):
        kept = [line for line in text.splitlines() if not line.startswith(f"{key} =")]
        with pytest.raises(RegulationError) as refused:
            load_clock(f"{name}.toml", "\n".join(kept))
        assert (refused.value.file, refused.value.key) == (f"{name}.toml", key)
