from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from xfctl.domain.classification import Channel, FeedbackForm, Purpose
from xfctl.errors import Fault, InputRefusedError
from xfctl.intake.register import Register, RegisterRow, read_register

DATA = Path(__file__).parent.parent / "data"
MESSAGE_BOARD = {"编号": "留言编号", "登记时间": "留言时间", "书面反馈时间": "答复时间"}

# Of the eight faults of the sample, those that a cell alone shows (by 序号).
SHOWN_BY_THE_CELL = {"9", "15", "30", "38", "41"}


def register_of(tmp_path: Path, *lines: str, mapping: dict[str, str] | None = None) -> Register:
    path = tmp_path / "台账.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_register(path, mapping or {})


def only_row(tmp_path: Path, **cells: str) -> RegisterRow:
    """The row read from a file with these columns, which must be free of faults."""
    cells = {"编号": "甲-1", "登记时间": "2026-03-01"} | cells
    register = register_of(tmp_path, ",".join(cells), ",".join(cells.values()))
    assert register.faults == []
    (row,) = register.rows
    return row


def only_reason(tmp_path: Path, column: str, cell: str) -> str:
    cells = {"编号": "甲-1", "登记时间": "2026-03-01", column: cell}
    register = register_of(tmp_path, ",".join(cells), ",".join(cells.values()))
    (fault,) = register.faults
    assert (fault.row, fault.column) == (2, column)
    return fault.reason


# The samples


@pytest.mark.parametrize(
    ("file", "place"),
    [("register-sample.xlsx", "xlsx 行号"), ("register-sample-gb18030.csv", "csv 记录号")],
)
def test_the_messy_register_and_its_faults(file: str, place: str) -> None:
    register = read_register(DATA / file, {})
    with (DATA / "register-sample-faults.csv").open(encoding="utf-8", newline="") as listed:
        expected = [
            (int(line[place]), line["列"], line["原因"])
            for line in csv.DictReader(listed)
            if line["序号"] in SHOWN_BY_THE_CELL
        ]
    found = [
        (fault.row, fault.column, fault.reason.split("，可以填")[0]) for fault in register.faults
    ]
    assert found == expected
    assert len(register.rows) == 48
    assert register.ignored_columns == ("序号",)


def test_both_formats_of_the_register_say_the_same() -> None:
    book = read_register(DATA / "register-sample.xlsx", {})
    text = read_register(DATA / "register-sample-gb18030.csv", {})
    assert text.encoding == "GB18030"
    assert book.rows == text.rows
    assert book.columns == text.columns


def test_texts_of_the_register_are_kept_exactly() -> None:
    rows = {row.number: row for row in read_register(DATA / "register-sample.xlsx", {}).rows}
    assert rows["2026-006"].summary == '=HYPERLINK("http://127.0.0.1/x","点我")'
    assert rows["2026-007"].summary == "申请[紧急]处理[/处分]意见"
    assert rows["2026-012"].summary == '第一行\n第二行，含逗号与"引号"'
    assert rows["2026-013"].unit == "后勤集团"
    nameless = rows["2026-007"]
    assert (nameless.petitioner, nameless.anonymous, nameless.persons) == (None, True, 12)


@pytest.mark.parametrize("kind", ["utf-8", "gb18030", "xlsx"])
def test_the_message_board_in_every_format(tmp_path: Path, kind: str) -> None:
    text = (DATA / "message-board-times.csv").read_text(encoding="utf-8")
    path = tmp_path / f"board.{kind}"
    if kind == "xlsx":
        book = openpyxl.Workbook()
        assert book.active is not None
        for line in csv.reader(text.splitlines()):
            book.active.append([int(line[0]) if line[0].isdigit() else line[0], *line[1:]])
        book.save(path)
    else:
        path.write_text(text, encoding=kind)
    register = read_register(path, MESSAGE_BOARD)
    assert (len(register.rows), register.faults) == (1400, [])
    assert register.has == {"number", "registered_on", "feedback_on"}
    assert register.rows[0] == RegisterRow(
        row=2,
        number="2554",
        registered_on=date(2019, 4, 24),
        feedback_on=date(2019, 5, 9),
        feedback_form=FeedbackForm.WRITTEN,
    )


# Cells


def test_a_full_row(tmp_path: Path) -> None:
    row = only_row(
        tmp_path,
        编号=" ＸＦ０１ ",
        信访形式="网信",
        信访目的="举报",
        信访人="甲某",
        联系电话="１３９０００００００１",
        身份证号="110101190001010000",
        人数="３人",
        事项=" ２号楼（热水） ",
        越级="√",
        联名="否",
        匿名="",
        备注="",
    )
    assert (row.number, row.phone, row.persons) == ("XF01", "13900000001", 3)
    assert (row.channel, row.purpose) == (Channel.ONLINE, Purpose.ACCUSATION)
    assert row.summary == "２号楼（热水）"
    assert (row.leapfrog, row.joint, row.anonymous, row.note) == (True, False, None, None)
    assert "甲某" not in repr(row)
    assert "13900000001" not in repr(row)


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("交办时间", "3月2日", "没有年份"),
        ("办结时间", "2026-02-30", "没有这一天"),
        ("收件时间", "昨天", "不是日期"),
        ("人数", "若干", "不是数字"),
        ("人数", "0", "须是正整数"),
        ("人数", "-1", "须是正整数"),
        ("人数", "2.5", "须是正整数"),
        ("身份证号", "1.10101E+17", "科学计数法，数字已丢失"),
        ("联系电话", "１．３９Ｅ＋１０", "科学计数法，数字已丢失"),
        ("联系电话", "1E+10", "科学计数法，数字已丢失"),
        ("信访形式", "飞鸽传书", "不认识，可以填：来信、来访"),
        ("信访目的", "随便", "不认识，可以填：申诉求决"),
        ("反馈形式", "眼神", "不认识，可以填：书面、口头、电话"),
        ("越级", "也许", "不认识，请填 是 或 否"),
        ("事项", "长" * 10_001, "超过 10000 个字"),
        ("事项", "响\x07铃", "含有控制字符"),
        ("备注", "\x00", "含有控制字符"),
        ("事项", "#REF!", "公式出错，没有值"),
        ("登记日期", "", "没有填写"),
    ],
)
def test_faults_of_one_cell(tmp_path: Path, column: str, cell: str, reason: str) -> None:
    if column == "登记日期":
        register = register_of(tmp_path, "编号,登记日期", "甲-1,")
        assert register.faults == [Fault(2, "登记日期", reason)]
    else:
        assert only_reason(tmp_path, column, cell).startswith(reason)


def test_digits_lost_in_a_number_cell_of_a_spreadsheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["编号", "登记时间", "身份证号"])
    book.active.append(["甲-1", "2026-03-01", 110101190001010000])
    book.save(tmp_path / "台账.xlsx")
    register = read_register(tmp_path / "台账.xlsx", {})
    assert register.faults == [Fault(2, "身份证号", "科学计数法，数字已丢失")]


def test_all_faults_of_all_rows_are_listed_in_order(tmp_path: Path) -> None:
    register = register_of(tmp_path, "登记时间,编号,人数", "昨天,,若干", "2026-3-1,甲,1", ",乙,0")
    assert [(fault.row, fault.column) for fault in register.faults] == [
        *((2, "登记时间"), (2, "编号"), (2, "人数")),
        *((4, "登记时间"), (4, "人数")),
    ]
    assert [row.number for row in register.rows] == [None, "甲", "乙"]


def test_a_row_wider_than_the_header_is_a_fault(tmp_path: Path) -> None:
    register = register_of(tmp_path, "编号,登记时间,事项", "甲,2026-3-1,一,二")
    assert [(fault.row, fault.column) for fault in register.faults] == [(2, "")]


def test_rows_that_tell_no_case_are_skipped(tmp_path: Path) -> None:
    register = register_of(
        tmp_path,
        "台账,,,",
        "序号,编号,登记时间,人数",
        "1,甲,2026-3-1,2",
        ",,,",
        "小计,,,2",
        "序号,编号,登记时间,人数",
        "2,乙,2026-3-2,3",
        "3,,,",
        "本页合计：,,,5",
        "总计 2 件 5 人次,,,",
    )
    assert register.faults == []
    assert [(row.row, row.number) for row in register.rows] == [(3, "甲"), (7, "乙")]


# Feedback: only written feedback stops the clock, so its form is never guessed


def test_a_column_that_says_written_is_written_unless_the_form_says_otherwise(
    tmp_path: Path,
) -> None:
    row = only_row(tmp_path, 书面反馈时间="2026-3-5")
    assert (row.feedback_on, row.feedback_form) == (date(2026, 3, 5), FeedbackForm.WRITTEN)
    row = only_row(tmp_path, 书面反馈时间="2026-3-5", 反馈形式="电话")
    assert row.feedback_form is FeedbackForm.PHONE
    assert only_row(tmp_path, 书面反馈时间="").feedback_form is None


def test_a_plain_feedback_date_needs_its_form(tmp_path: Path) -> None:
    row = only_row(tmp_path, 反馈日期="2026-3-5", 反馈形式="口头")
    assert (row.feedback_on, row.feedback_form) == (date(2026, 3, 5), FeedbackForm.ORAL)
    with pytest.raises(InputRefusedError, match="--map 书面反馈时间=答复时间"):
        only_row(tmp_path, 答复时间="2026-3-5")
    register = register_of(tmp_path, "编号,登记时间,反馈日期,反馈形式", "甲,2026-3-1,2026-3-5,")
    assert [(fault.column, fault.reason) for fault in register.faults] == [
        ("反馈形式", "有反馈时间，没有填写反馈形式")
    ]


def test_beside_written_feedback_a_plain_date_is_ignored(tmp_path: Path) -> None:
    register = register_of(
        tmp_path, "编号,登记时间,书面反馈时间,答复时间", "甲,2026-3-1,2026-3-5,2026-3-9"
    )
    assert register.ignored_columns == ("答复时间",)
    assert register.rows[0].feedback_on == date(2026, 3, 5)


def test_names_come_without_line_ends_and_unseen_marks(tmp_path: Path) -> None:
    cells = {
        "责任单位": '"示例\n学院"',
        "首问责任人": "\ufeff经办\u200b甲",
        "联系电话": "\u202d0000-000001\u202c",
        "事项": '"第一行\n第二行"',
    }
    row = only_row(tmp_path, **cells)
    assert (row.unit, row.first_responder) == ("示例 学院", "经办甲")
    assert (row.phone, row.summary) == ("0000-000001", "第一行\n第二行")
