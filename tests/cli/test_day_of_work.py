"""What an officer does with xfctl from the first day on, command by command."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from command_line import DATA, PLANTED, Office, head_in, leaks, new_office, tables_of

DORMITORY = "XF2026-0001"
CANTEEN = "XF2026-0002"
PARKING = "XF2026-0003"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """On 25 November 2026: one matter late by two working days, one due today, one only registered."""
    office = new_office(tmp_path, ("U01", "某单位"))
    office.must("unit", "add", "A15", "后勤保障部", "--former-name", "后勤集团")
    office.must(
        *("case", "register", "宿舍热水供应时段与公示不符", "--on", "2026-11-10"),
        *("--channel", "来信", "--persons", "6", "--first-responder", "经办乙"),
    )
    office.must("case", "assign", DORMITORY, "后勤集团", "--on", "2026-11-11")
    office.must("case", "receive", DORMITORY, "--on", "2026-11-12")
    office.must("case", "register", "食堂价格上调未征求意见", "--on", "2026-11-16")
    office.must("case", "assign", CANTEEN, "U01", "--on", "2026-11-16")
    office.must("case", "register", "家属区停车收费标准争议", "--on", "2026-11-24")
    return office


# The first day


def test_from_nothing_to_the_first_overdue_list(tmp_path: Path) -> None:
    """Every step as the process an officer starts; what each tells and prints."""
    office = Office(tmp_path / "ledger.db")
    done = office.run("init")
    assert (done.code, done.out) == (0, "")
    assert "已建立账本" in done.err
    done = office.run("unit", "import", DATA / "units.csv")
    assert done.err == "读到 63 个单位，新添加 63 个，其余已在账本中。\n"
    done = office.run("case", "register", "宿舍热水", "--on", "2026-11-10")
    assert done.out == "XF2026-0001\n"
    assert done.err == (
        "已登记，登记日期 2026-11-10。\n"
        "下一步：xfctl case accept XF2026-0001，或 xfctl case assign XF2026-0001 单位。\n"
    )
    done = office.run("case", "assign", DORMITORY, "后勤集团", "--on", "2026-11-11")
    assert done.err == (
        "已交办给后勤保障部（主办）。\n"
        "  后勤保障部「书面反馈」期限 2026-11-20，逾期 3 个工作日"
        "（细则 11(1)，2026-11-11 起 7 个工作日）\n"
    )
    done = office.run("case", "receive", DORMITORY, "--on", "2026-11-12")
    assert "「书面反馈」期限 2026-11-23，逾期 2 个工作日" in done.err
    done = office.run("case", "feedback", DORMITORY, "--form", "口头", "--content", "正在检修")
    assert done.err == (
        "已记录口头反馈，仍须书面反馈。\n"
        "  后勤保障部「书面反馈」期限 2026-11-23，逾期 2 个工作日"
        "（细则 11(1)，2026-11-12 起 7 个工作日）\n"
    )
    done = office.run("overdue", "--exit-code", "--format", "plain")
    assert done.code == 1
    assert done.table[1][:4] == [DORMITORY, "宿舍热水", "后勤保障部", "细则 11(1)"]
    done = office.run("case", "feedback", DORMITORY, "--form", "written")
    assert done.err == (
        "已记录书面反馈。\n"
        "  后勤保障部「书面反馈」2026-11-25 履行，逾期 2 个工作日（期限 2026-11-23）\n"
    )
    assert office.run("case", "close", DORMITORY, "--result", "已解决").code == 0
    assert office.run("overdue", "--exit-code").code == 0


def test_units_are_added_imported_and_listed(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    done = office.must("unit", "add", "H01", "第一医院", "--by-reference", "--headcount", "2500")
    assert done.err == "已添加单位 H01 第一医院。\n"
    listed = office.must("unit", "list", "--format", "json").json
    assert listed == [
        {
            "code": "H01",
            "name": "第一医院",
            "kind": None,
            "applies": "参照执行",
            "parent": None,
            "former_names": None,
            "headcount": 2500,
            "former_codes": None,
            "merged_into": None,
        }
    ]
    # What is listed as CSV is what `unit import` reads: another office can begin with it.
    office.must("unit", "list", "--format", "csv", "-o", tmp_path / "单位.csv")
    assert "新添加 0 个" in office.must("unit", "import", tmp_path / "单位.csv").err


def test_a_list_of_units_with_its_own_column_names(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    (tmp_path / "部门.csv").write_text("部门号,部门\nA15,后勤保障部\n", encoding="utf-8")
    office.must(
        *("unit", "import", tmp_path / "部门.csv"),
        *("--map", "单位编号=部门号", "--map", "单位名称=部门"),
    )
    assert office.must("unit", "list", "--format", "plain").table[1][:2] == ["A15", "后勤保障部"]


# One matter


def test_a_matter_as_its_file_cover(office: Office) -> None:
    office.must("case", "feedback", DORMITORY, "--form", "电话", "--on", "2026-11-19")
    cover = office.must("case", "show", DORMITORY).out
    for line in (
        "状态        交办中",
        "信访形式    来信（初信）",
        "标记        集体",
        "首问责任人  经办乙",
        "下一步可以  受理 accept、不再受理 dismiss、交办 assign、退回 return",
        "随时可以    重大紧急 major、再次来访 visit、关联 link、附件 attach、备注 note",
    ):
        assert line in cover
    assert "2026-11-23  —         逾期 2 个工作日" in cover
    happened = ["登记：", "交办给后勤保障部（主办）", "后勤保障部收件", "后勤保障部电话反馈"]
    timeline = cover.partition("\n经过\n")[2].partition("\n\n")[0].splitlines()
    told = [line.split("  ")[1] for line in timeline[-4:]]
    assert [line.startswith(what) for line, what in zip(told, happened, strict=True)] == [True] * 4


def test_late_feedback_closes_the_duty_and_stays_late_on_record(office: Office) -> None:
    office.must("case", "feedback", DORMITORY, "--form", "书面", "--content", "已恢复供水")
    assert DORMITORY not in office.must("overdue").out
    assert "已履行，逾期 2 个工作日" in office.must("case", "show", DORMITORY).out
    (mine,) = [
        each
        for each in office.must("export", "obligations", "--format", "json").json
        if each["case"] == DORMITORY
    ]
    assert (mine["discharged_on"], mine["late"], mine["late_by"]) == ("2026-11-25", True, 2)


def test_a_deadline_is_explained_day_by_day(office: Office) -> None:
    told = office.must("case", "explain", DORMITORY).out
    assert "2026-11-12  周四  不计     起算日，不计入" in told
    assert "2026-11-14  周六  不计     周末" in told
    assert "2026-11-23  周一  第 7 日  工作日" in told
    assert "截至 2026-11-25 尚未履行：逾期 2 个工作日。" in told


def test_matters_are_listed_by_stage_unit_and_day(office: Office) -> None:
    def numbers(*filters: str) -> list[str]:
        return [
            row[0] for row in office.must("case", "list", *filters, "--format", "plain").table[1:]
        ]

    assert numbers() == [DORMITORY, CANTEEN, PARKING]
    assert numbers("--stage", "已登记") == [PARKING]
    assert numbers("--unit", "后勤集团") == [DORMITORY]
    assert numbers("--from", "2026年11月16日", "--to", "2026/11/23") == [CANTEEN]


# Who is late


@pytest.mark.parametrize("unit", ["A15", "后勤保障部", "后勤集团"])
def test_overdue_of_a_unit_by_code_name_or_former_name(office: Office, unit: str) -> None:
    assert [
        row[0] for row in office.must("overdue", "--unit", unit, "--format", "plain").table
    ] == [
        "编号",
        DORMITORY,
    ]
    assert "逾期 0 项" in office.must("overdue", "--unit", "U01").out


def test_due_within_counts_working_days(office: Office) -> None:
    assert CANTEEN in office.must("overdue", "--due-within", "0").out
    assert DORMITORY not in office.must("overdue", "--due-within", "3").out
    friday = office.must("overdue", "--due-within", "3", today="2026-11-20").out
    assert CANTEEN in friday  # Monday, Tuesday, Wednesday
    assert CANTEEN not in office.must("overdue", "--due-within", "2", today="2026-11-20").out


def test_overdue_as_of_an_earlier_day(office: Office) -> None:
    assert DORMITORY not in office.must("overdue", "--as-of", "2026-11-23").out
    row = office.must("overdue", "--as-of", "2026-11-24", "--format", "json").json[0]
    assert (row["case"], row["late_by"]) == (DORMITORY, 1)


def test_overdue_by_unit(office: Office) -> None:
    assert office.must("overdue", "--by-unit", "--format", "plain", today="2026-11-30").table == [
        ["责任单位", "项数", "最长(工作日)", "合计(工作日)", "最长(日)", "合计(日)"],
        ["后勤保障部", "1", "5", "5", "", ""],
        ["某单位", "1", "3", "3", "", ""],
    ]
    assert office.must("overdue", "--by-unit", "--due-within", "0", "--format", "plain").table == [
        ["责任单位", "项数"],
        ["某单位", "1"],
    ]


def test_exit_code_answers_the_question_that_was_asked(office: Office) -> None:
    assert office("overdue", "--exit-code").code == 1
    assert office("overdue", "--exit-code", "--unit", "U01").code == 0
    assert office("overdue", "--exit-code", "--unit", "U01", "--due-within", "0").code == 1
    assert office("overdue").code == 0


@pytest.mark.parametrize("format", ["table", "plain", "csv", "json", "markdown", "html"])
def test_overdue_in_every_format_on_screen_and_in_a_file(
    office: Office, tmp_path: Path, format: str
) -> None:
    shown = office.must("overdue", "--format", format).out
    file = tmp_path / f"逾期.{format}"
    done = office.must("overdue", "--format", format, "-o", file)
    assert (done.out, f"已写入「{file}」，共 1 行。" in done.err) == ("", True)
    assert file.read_bytes().decode() == shown
    assert DORMITORY in shown
    assert file.stat().st_mode & 0o777 == 0o600


def test_overdue_as_a_workbook(office: Office, tmp_path: Path) -> None:
    office.must("overdue", "--format", "xlsx", "-o", tmp_path / "逾期.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "逾期.xlsx")["逾期事项"]
    heading, row = ([cell.value for cell in cells] for cells in sheet.rows)
    assert heading == [
        *("编号", "事项", "责任单位", "依据", "起算", "期限", "逾期天数", "经办人"),
        *("天数单位", "暂定"),
    ]
    assert (row[0], row[5].isoformat()[:10], row[6]) == (DORMITORY, "2026-11-23", 2)


# The digest


def test_digest_as_a_mail(office: Office) -> None:
    text = office.must("digest").out
    assert text.splitlines()[:2] == [
        "【信访期限提醒】2026-11-25 周三",
        "已逾期 1 项，今日到期 1 项，3 个工作日内到期 0 项，期限暂定 0 项",
    ]
    assert "■ 已逾期（1 项）\n1. XF2026-0001 宿舍热水供应时段与公示不符\n" in text
    assert "   后勤保障部，期限 2026-11-23，逾期 2 个工作日\n   细则 11(1)，经办人 经办乙\n" in text
    assert "！2027 年还没有放假通知" in text
    assert head_in(text) == office.head()
    assert "\x1b" not in text


def test_digest_as_markdown_and_as_a_page(office: Office, tmp_path: Path) -> None:
    markdown = office.must("digest", "--format", "markdown").out
    assert markdown.startswith("# 【信访期限提醒】2026-11-25 周三\n")
    assert f"账本头 `{office.head()}`" in markdown
    office.must("digest", "--format", "html", "-o", tmp_path / "今日.html")
    page = (tmp_path / "今日.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert DORMITORY in page
    assert office.head() in page


def test_digest_keeps_silent_on_rest_days(office: Office) -> None:
    saturday, made_up_sunday = "2026-11-28", "2026-09-20"
    done = office.must("digest", "--workdays-only", today=saturday)
    assert (done.out, done.err) == ("", "")
    assert office.must("digest", today=saturday).out != ""
    assert office.must("digest", "--workdays-only", today=made_up_sunday).out != ""


# What leaves the ledger


def test_exports_are_the_same_in_every_format(office: Office, tmp_path: Path) -> None:
    for what in ("cases", "obligations"):
        rows = list(csv.reader(io.StringIO(office.must("export", what).out.removeprefix("\ufeff"))))
        objects = office.must("export", what, "--format", "json").json
        office.must("export", what, "--format", "xlsx", "-o", tmp_path / f"{what}.xlsx")
        book = openpyxl.load_workbook(tmp_path / f"{what}.xlsx")
        assert len(rows) - 1 == len(objects) == book.worksheets[0].max_row - 1
        assert [row[0] for row in rows[1:]] == [next(iter(each.values())) for each in objects]
        assert head_in(office.must("export", what).err) == office.head()


def test_an_exported_formula_is_text_and_comes_back(office: Office, tmp_path: Path) -> None:
    office.must("case", "register", "=HYPERLINK(1)", "--number", "0123")
    office.must("export", "cases", "-o", tmp_path / "事项.csv")
    assert ",=HYPERLINK" not in (tmp_path / "事项.csv").read_text(encoding="utf-8")
    (tmp_path / "别处").mkdir()
    other = new_office(tmp_path / "别处", ("U01", "某单位"), ("A15", "后勤保障部"))
    other.must("case", "import", tmp_path / "事项.csv")
    listed = other.must("case", "list", "--format", "json").json
    assert ("0123", "=HYPERLINK(1)") in [(each["number"], each["summary"]) for each in listed]


def test_an_identity_is_shown_only_when_revealed(office: Office, tmp_path: Path) -> None:
    """细则 7: asked for with a reason, shown once, and who asked is on record."""
    planted = [word for pair in PLANTED.items() for word in pair]
    number = office.must("case", "register", "导师安排", *planted).out.strip()
    office.must("case", "assign", number, "U01")
    outputs = [office.must("case", "show", number, "--format", f).out for f in ("table", "html")]
    for command in (
        *(["case", "list"], ["case", "explain", number], ["export", "cases"], ["log"], ["digest"]),
        *(["export", "obligations"], ["overdue", "--due-within", "9"], ["verify"]),
    ):
        outputs += [office.must(*command).out, office.must(*command).err]
    for format in ("json", "html", "markdown", "plain"):
        outputs.append(office.must("export", "cases", "--format", format).out)
    office.must("export", "cases", "--format", "xlsx", "-o", tmp_path / "事项.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "事项.xlsx").worksheets[0]
    outputs.append(repr(list(sheet.values)))
    found = leaks(*outputs)
    assert found == []
    assert "信访人      （已登记）" in outputs[0]

    revealed = leaks(office.must("case", "show", number, "--reveal", "电话回访").out)
    assert revealed == list(PLANTED)
    log = office.must("log", number).out
    found = leaks(log)
    assert ("查看信访人身份：电话回访" in log, found) == (True, [])


def test_no_table_holds_an_identity_that_can_be_read(office: Office) -> None:
    office.must("case", "register", "导师安排", *(w for pair in PLANTED.items() for w in pair))
    tables = tables_of(office.path)
    sealed, found = tables["sealed_identity"], leaks(repr(tables))
    assert (len(sealed), found) == (1, [])


# Keeping the ledger


def test_backup_and_restore(office: Office, tmp_path: Path) -> None:
    saved = tmp_path / "备份.db"
    done = office.must("backup", saved)
    assert done.out == f"{saved}\n"
    before = tables_of(office.path)
    assert head_in(done.err) == office.head()
    office.must("case", "close", PARKING, "--result", "误删前的最后一步")
    done = office.must("restore", saved)
    kept = Path(done.err.split("原账本保留为「")[1].split("」")[0])
    assert tables_of(office.path) == before
    assert "误删前的最后一步" in repr(tables_of(kept)["event"])
    assert "通过" in office.must("verify").out


def test_backups_have_a_folder_of_their_own(office: Office) -> None:
    saved = Path(office.must("backup").out.strip())
    assert saved.parent == office.path.parent / "backups"
    assert saved.name.startswith("ledger-2")
    assert tables_of(saved) == tables_of(office.path)


def test_verify_knows_every_head_it_printed(office: Office) -> None:
    early = head_in(office.must("digest").out)
    office.must("case", "close", PARKING, "--result", "已答复")
    lines = office.must("verify", "--head", early).out.splitlines()
    assert [line.split("：")[0] for line in lines] == [
        "通过　数据库文件",
        "通过　表结构",
        "通过　事件链",
        "通过　全文索引",
        "通过　状态与重放",
        "通过　身份",
        "通过　附件",
    ]
    assert office("verify", "--head", "3:0123456789abcdef").code == 6


def test_verify_from_a_printed_head_on_says_what_it_did_not_look_at(office: Office) -> None:
    early = head_in(office.must("digest").out)
    office.must("case", "close", PARKING, "--result", "已答复")
    done = office.must("verify", "--since", early)
    assert [line.split("：")[0] for line in done.out.splitlines()] == [
        "通过　表结构",
        "通过　事件链",
        "通过　状态与重放",
    ]
    assert "请定期用 xfctl verify 核验" in done.err
    assert office("verify", "--since", "3:0123456789abcdef").code == 6


def test_rebuild_changes_nothing_in_a_sound_ledger(office: Office) -> None:
    before = tables_of(office.path)
    assert f"已按 {len(before['event'])} 条事件重建状态表。" in office.must("rebuild").err
    assert tables_of(office.path) == before


def test_upgrade_of_a_present_ledger_has_nothing_to_do(office: Office) -> None:
    before = office.path.read_bytes()
    assert office.must("upgrade").err == "账本已是现在的格式，无需升级。\n"
    assert office.path.read_bytes() == before


def test_log_tells_who_recorded_what(office: Office) -> None:
    office.must("--actor", "经办丙", "case", "close", PARKING, "--result", "已答复")
    heading, *rows = office.must("log", PARKING, "--format", "plain").table
    assert heading == ["序号", "发生日期", "对象", "内容", "录入人", "录入时间（北京）"]
    assert rows[-1][1:5] == ["2026-11-25", PARKING, "办结：已答复", "经办丙"]
    assert len(office.must("log", "--last", "2", "--format", "json").json) == 2


# The demo and the register that exists already


def test_demo_has_something_for_every_report(tmp_path: Path) -> None:
    office = Office(tmp_path / "示例" / "ledger.db")
    done = office("demo", tmp_path / "示例")
    assert (done.code, done.out) == (0, "")
    assert "xfctl --ledger" in done.err
    assert office("overdue", "--exit-code").code == 1
    assert len(office.must("case", "list", "--format", "json").json) == 400
    assert len(office.must("unit", "list", "--format", "json").json) == 63
    listed = office.must("supervise", "list", "--format", "json").json
    assert ["办结" in each["standing"] for each in listed] == [True, True, False]
    (total, *_) = office.must("report", "supervision", "--format", "json").json
    assert (total["opened"] >= 1, total["open"]) == (True, 1)
    rates = office.must("report", "quarter", "2026", "--format", "json").json["rates"]
    now = {each["figure"]: each for each in rates if each["period"] == "本期"}
    trivial = [name for name, each in now.items() if each["percent"] in (None, 0, 100)]
    assert trivial == []


@pytest.mark.parametrize(
    "today", ["2026-05-06", "2026-06-24", "2028-02-29", "2007-06-20", "2059-01-01"]
)
def test_the_demo_can_be_made_on_any_day(tmp_path: Path, today: str) -> None:
    """On some days all its matters are of the year before, on some hardly any."""
    done = Office(tmp_path / "示例" / "ledger.db")("demo", tmp_path / "示例", today=today)
    assert (done.code, done.out) == (0, "")


def test_a_dry_run_tells_and_stores_nothing(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    file.write_text("编号,登记时间,事项\nJ1,2026-11-20,虚构事项\n", encoding="utf-8")
    head = office.head()
    done = office.must("case", "import", file, "--dry-run")
    assert "检查通过，未写入：可以登记 1 件" in done.err
    assert office.head() == head
    assert "新登记 1 件" in office.must("case", "import", file).err


def test_a_later_copy_of_a_register_adds_only_its_new_steps(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    header = "编号,登记时间,责任单位,交办时间,书面反馈时间\n"
    file.write_text(header + "J1,2026-11-02,U01,2026-11-03,\n", encoding="utf-8")
    assert "新登记 1 件，记录 1 步" in office.must("case", "import", file).err
    file.write_text(header + "J1,2026-11-02,U01,2026-11-03,2026-11-05\n", encoding="utf-8")
    assert "新登记 0 件，记录 1 步" in office.must("case", "import", file).err
    assert "按期" in office.must("case", "show", "J1").out


def test_json_is_json_even_when_empty(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    for command in (["overdue"], ["case", "list"], ["export", "obligations"], ["unit", "list"]):
        assert json.loads(office.must(*command, "--format", "json").out) == []
