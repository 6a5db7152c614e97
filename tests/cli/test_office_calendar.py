"""The working calendar as an officer asks it, and as the office changes it.

The notices of 2027 in this folder are invented; their wording is that of the published ones.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Office, answer_at_terminal, call, new_office, run, tables_of

HERE = Path(__file__).parent
NOTICE = HERE / "notice-2027.txt"
PROLONGATION = HERE / "notice-2027-2.txt"

MOVED = "XF2026-0001"  # assigned on 28 December: due on 7 January, or on the 8th by the notice
KEPT = "XF2026-0002"  # assigned on 30 December: due on 11 January in either case
ANSWERED = "XF2026-0003"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """30 December 2026, no notice for 2027 yet, and deadlines that reach into it."""
    office = new_office(tmp_path, ("U01", "某单位"))
    office = Office(office.path, today="2026-12-30")
    for number, on in [(MOVED, "2026-12-28"), (KEPT, "2026-12-30"), (ANSWERED, "2026-12-28")]:
        office.must("case", "register", "虚构事项", "--number", number, "--on", on)
        office.must("case", "assign", number, "U01", "--on", on)
    office.must("case", "feedback", ANSWERED, "--form", "书面")
    return office


def due_dates(office: Office) -> dict[str, tuple[str, bool]]:
    return {
        each["case"]: (each["due_on"], each["provisional"])
        for each in office.must("export", "obligations", "--format", "json").json
    }


BEFORE = {
    MOVED: ("2027-01-07", True),
    KEPT: ("2027-01-11", True),
    ANSWERED: ("2027-01-07", True),
}
AFTER = {
    MOVED: ("2027-01-08", False),
    KEPT: ("2027-01-11", False),
    ANSWERED: ("2027-01-07", True),
}

# Questions; they need no ledger.


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (("due", "2025-09-25", "7"), "2025-10-11"),
        (("due", "2026-02-12", "7"), "2026-02-28"),
        (("due", "2026年3月2日", "7"), "2026-03-11"),
        (("due", "２０２６／３／２", "7"), "2026-03-11"),
        (("due", "2025-09-18", "15", "--days"), "2025-10-09"),
        (("due", "2026-03-11", "7", "--before"), "2026-03-02"),
        (("due", "2026-12-28", "7"), "2027-01-07 暂定"),
        (("due", "2027-01-07", "7", "--before"), "2026-12-28 暂定"),
        (("due", "2027-01-04", "1", "--before"), "2026-12-31 暂定"),
        (("due", "2026-12-31", "1"), "2027-01-04 暂定"),
        (("count", "2026-02-12", "2026-02-28"), "7"),
        (("count", "2026-12-28", "2027-01-07"), "7 暂定"),
    ],
)
def test_questions_about_days(question: tuple[str, ...], answer: str) -> None:
    assert call("calendar", *question).out == f"{answer}\n"


def test_due_explained() -> None:
    done = call("calendar", "due", "2026-02-12", "7", "--explain", "--format", "plain")
    assert (done.table[0], len(done.table)) == (["日期", "星期", "计数", "原因", "来源"], 18)
    by_day = {row[0]: row[1:3] for row in done.table}
    assert by_day["2026-02-12"] == ["周四", "不计"]
    assert by_day["2026-02-14"] == ["周六", "第 2 日"]
    assert by_day["2026-02-15"] == ["周日", "不计"]
    assert by_day["2026-02-28"] == ["周六", "第 7 日"]


def test_a_month_as_a_picture() -> None:
    picture = call("calendar", "show", "2026-10").out
    assert picture.splitlines()[0].strip() == "2026 年 10 月"
    assert " 1休" in picture
    assert "10班" in picture
    assert "国庆节：10月1日至10月7日休息，共 7 天" in picture


def test_a_year_as_twelve_pictures() -> None:
    assert call("calendar", "show", "2026").out.count("  一    二    三") == 12


def test_check_warns_from_november_when_next_year_is_missing(office: Office) -> None:
    assert "注意：2027 年还没有放假通知" in office.must("calendar", "check").err
    assert office.must("calendar", "check", today="2026-10-31").err == ""
    office.must("calendar", "import", NOTICE, "--yes")
    done = office.must("calendar", "check")
    assert ("已导入通知的年份：2027" in done.out, done.err) == (True, "")


# The notice comes


def test_a_notice_moves_the_open_deadlines_and_makes_them_firm(office: Office) -> None:
    assert due_dates(office) == BEFORE
    assert "期限暂定 2 项" in office.must("digest").out
    done = office.must("calendar", "import", NOTICE, "--yes")
    assert "2027 年 1 月" in done.out
    assert "读懂《国务院办公厅关于2027年部分节假日安排的通知》：2027 年" in done.err
    assert "已导入放假通知，2 项未履行的期限有变动。" in done.err
    listed = done.out.split("期限变动")[1]
    assert f"{MOVED}  细则 11(1)  2026-12-28  2027-01-07 暂定  2027-01-08" in listed
    assert f"{KEPT}  细则 11(1)  2026-12-30  2027-01-11 暂定  2027-01-11" in listed
    assert ANSWERED not in listed
    assert due_dates(office) == AFTER
    assert "期限暂定 0 项" in office.must("digest").out
    assert "期限改为 2027-01-08：导入放假通知：国务院" in office.must("log", MOVED).out
    assert "暂定" not in office.must("overdue", "--due-within", "9").out
    assert "通过" in office.must("verify").out


@pytest.mark.parametrize("name", ["2027.txt", "副本.txt"])
def test_the_same_notice_again_records_nothing(office: Office, tmp_path: Path, name: str) -> None:
    office.must("calendar", "import", NOTICE, "--yes")
    office.must("calendar", "import", PROLONGATION, "--yes")
    before = tables_of(office.path)
    (tmp_path / name).write_bytes(NOTICE.read_bytes())
    done = office.must("calendar", "import", tmp_path / name)
    assert done.out == ""
    assert done.err == (
        "《国务院办公厅关于2027年部分节假日安排的通知》的同一份文件已经导入过，没有重复写入。\n"
    )
    assert tables_of(office.path) == before


def test_a_supplementary_notice_comes_on_top(office: Office) -> None:
    office.must("calendar", "import", NOTICE, "--yes")
    office.must("calendar", "import", PROLONGATION, "--yes")
    assert office.must("calendar", "due", "2026-12-28", "4").out == "2027-01-07\n"
    assert due_dates(office)[MOVED] == ("2027-01-11", False)
    assert "元旦：1月1日至1月6日休息，共 6 天" in office.must("calendar", "show", "2027-01").out


def test_the_same_days_as_a_small_table(office: Office, tmp_path: Path) -> None:
    rest = [f"2027-01-0{day},休,元旦" for day in range(1, 5)]
    rest += [f"2027-02-{day:02},休,春节" for day in range(5, 12)]
    rest += [f"2027-10-0{day},休,国庆节" for day in range(1, 8)]
    file = tmp_path / "2027.csv"
    file.write_text("\n".join(["日期,休/班,名称", *rest, "2027-01-09,班,元旦"]), encoding="gb18030")
    done = office.must("calendar", "import", file, "--yes")
    assert "休 18 天，调休上班 1 天" in done.err
    assert due_dates(office) == AFTER


def test_a_notice_from_standard_input(office: Office) -> None:
    text = NOTICE.read_text(encoding="utf-8")
    done = run(
        *("--ledger", office.path, "--today", office.today, "calendar", "import", "-", "--yes"),
        input=text,
    )
    assert done.code == 0
    assert due_dates(office) == AFTER


def test_dry_run_shows_the_notice_and_stores_nothing(office: Office) -> None:
    head = office.head()
    done = office.must("calendar", "import", NOTICE, "--dry-run")
    assert "元旦：1月1日至1月4日休息，共 4 天" in done.out
    assert "只检查，没有写入账本。" in done.err
    assert office.head() == head


def test_a_damaged_notice_is_refused(office: Office, tmp_path: Path) -> None:
    head = office.head()
    damaged = tmp_path / "2027.txt"
    damaged.write_text(
        NOTICE.read_text(encoding="utf-8").replace("共4天", "共5天"), encoding="utf-8"
    )
    done = office("calendar", "import", damaged, "--yes")
    assert (done.code, done.out) == (3, "")
    assert "原文写共5天，所列日期却是4天" in done.err
    assert (office.head(), due_dates(office)) == (head, BEFORE)


def test_without_a_terminal_nothing_is_asked(office: Office) -> None:
    done = office.run("calendar", "import", NOTICE, input="y\n")
    assert done.code == 3
    assert "请加 --yes" in done.err
    assert due_dates(office) == BEFORE


@pytest.mark.parametrize(
    ("answer", "taken"), [("y", True), ("是", True), ("n", False), ("", False)]
)
def test_at_a_terminal_the_officer_is_asked(office: Office, answer: str, taken: bool) -> None:
    here: list[str | Path] = ["--ledger", office.path, "--today", office.today]
    done = answer_at_terminal(answer, *here, "calendar", "import", NOTICE)
    assert done.code == (0 if taken else 3)
    assert "以上安排对吗，要写入账本吗？[y/N]" in done.err
    assert ("没有写入账本" not in done.err) == taken
    assert due_dates(office) == (AFTER if taken else BEFORE)


# The office closes


def test_a_closure_prolongs_and_its_withdrawal_shortens_again(office: Office) -> None:
    done = office.must(
        *("calendar", "close", "2026-12-31", "2026-12-31", "--reason", "全校停电检修")
    )
    assert "已记录停办 2026-12-31 至 2026-12-31，2 项未履行的期限有变动。" in done.err
    assert due_dates(office)[MOVED] == ("2027-01-08", True)
    assert "全校停电检修" in office.must("case", "explain", MOVED).out
    assert "期限改为 2027-01-08（暂定）：本单位停办" in office.must("log", MOVED).out
    assert "本单位停办日：1 天" in office.must("calendar", "check").out
    office.must("calendar", "reopen", "2026-12-31", "2026-12-31", "--reason", "提前恢复供电")
    assert due_dates(office) == BEFORE


def test_refresh_finds_nothing_where_nothing_changed(office: Office) -> None:
    head = office.head()
    assert office.must("calendar", "refresh").err == "已重算，0 项未履行的期限有变动。\n"
    assert office.head() == head
