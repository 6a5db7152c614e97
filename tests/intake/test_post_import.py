"""Lists of units with the units above them, and of who holds which post, taken into a ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from conftest import NOW, TODAY, Office

from xfctl.app import Context
from xfctl.errors import FaultyFileError, InputRefusedError
from xfctl.intake.post_import import PostsImported, import_posts
from xfctl.intake.unit_import import UnitsImported, import_units
from xfctl.ledger import queries, unit_lists
from xfctl.ledger.connection import open_ledger

CONTEXT = Context(TODAY, NOW, "测试员")
POSTS = ("单位", "职务", "姓名", "任职日期", "免职日期", "分管工作")
UNITS = ("单位编号", "单位名称", "上级单位")
A, B, C = "示例负责人甲", "示例负责人乙", "示例负责人丙"
Rows = list[tuple[str, ...]]


@pytest.fixture
def staffed(office: Office) -> Office:
    office.add_units("U01", "U02")
    return office


def csv_of(folder: Path, header: tuple[str, ...], rows: Rows, encoding: str = "utf-8-sig") -> Path:
    path = folder / f"示例-{encoding}.csv"
    lines = [",".join(each) for each in (header, *rows)]
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


def xlsx_of(folder: Path, header: tuple[str, ...], rows: Rows) -> Path:
    book = openpyxl.Workbook()
    for each in (header, *rows):
        book.active.append(each)
    path = folder / "示例.xlsx"
    book.save(path)
    return path


def take_posts(office: Office, path: Path, **mapping: str) -> PostsImported:
    with open_ledger(office.path, writable=True) as ledger:
        return import_posts(ledger, path, CONTEXT, mapping)


def take_units(office: Office, path: Path) -> UnitsImported:
    with open_ledger(office.path, writable=True) as ledger:
        return import_units(ledger, path, CONTEXT)


def held(office: Office) -> list[tuple[str, str, str, str, str, str]]:
    with office.reading() as ledger:
        return [
            (
                *(each.unit, each.post, each.name, str(each.area or "")),
                *(f"{each.since}", f"{each.until or ''}"),
            )
            for each in unit_lists.appointments(ledger.connection)
        ]


def faults(act: Callable[[], object]) -> list[str]:
    with pytest.raises(FaultyFileError) as caught:
        act()
    return [str(each) for each in caught.value.faults]


ROWS: Rows = [
    ("U01", "院长", A, "2024-03-01", "", ""),
    ("虚构单位U01", "行政主要负责人", B, "2025年9月1日", "", ""),
    ("U01", "书记", C, "2024.3.1", "2025/3/1", ""),
    ("U01", "副院长", C, "2025-03-01", "", "基建、后勤"),
    ("U02", "专人", A, "20250301", "", ""),
]
HELD = [
    ("U01", "admin_head", A, "", "2024-03-01", "2025-09-01"),
    ("U01", "party_head", C, "", "2024-03-01", "2025-03-01"),
    ("U01", "leader", C, "基建、后勤", "2025-03-01", ""),
    ("U02", "liaison", A, "", "2025-03-01", ""),
    ("U01", "admin_head", B, "", "2025-09-01", ""),
]


@pytest.mark.parametrize("kind", ["utf-8", "utf-8-sig", "gb18030", "xlsx"])
def test_the_same_posts_from_every_kind_of_file(staffed: Office, tmp_path: Path, kind: str) -> None:
    whole = kind == "xlsx"
    path = xlsx_of(tmp_path, POSTS, ROWS) if whole else csv_of(tmp_path, POSTS, ROWS, kind)
    assert take_posts(staffed, path) == PostsImported(rows=5, recorded=5)
    assert held(staffed) == HELD


def test_importing_twice_adds_nothing(staffed: Office, tmp_path: Path) -> None:
    path = csv_of(tmp_path, POSTS, ROWS)
    take_posts(staffed, path)
    head = staffed.head()
    assert take_posts(staffed, path) == PostsImported(rows=5, recorded=0)
    assert staffed.head() == head


def test_a_later_copy_adds_what_is_new(staffed: Office, tmp_path: Path) -> None:
    take_posts(staffed, csv_of(tmp_path, POSTS, ROWS))
    later: Rows = [*ROWS[:4], ("U02", "专人", A, "20250301", "2026-01-05", "")]
    later.append(("U02", "专人", B, "2026-01-05", "", ""))
    assert take_posts(staffed, csv_of(tmp_path, POSTS, later)).recorded == 2
    assert ("U02", "liaison", A, "", "2025-03-01", "2026-01-05") in held(staffed)
    assert ("U02", "liaison", B, "", "2026-01-05", "") in held(staffed)


def test_other_column_names_and_a_title_above(staffed: Office, tmp_path: Path) -> None:
    path = tmp_path / "示例.csv"
    path.write_text(
        "中层干部任职一览,,,\n部门,岗位,负责人,任职时间\nU01,处长,示例负责人甲,2025-03-01\n",
        encoding="utf-8",
    )
    assert take_posts(staffed, path, 单位="部门").recorded == 1
    assert held(staffed) == [("U01", "admin_head", A, "", "2025-03-01", "")]


def test_all_faults_with_row_and_column_and_nothing_taken(staffed: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ("U01", "院长", A, "2025-03-01", "", ""),
        ("无此单位", "院长", A, "2025-03-01", "", ""),
        ("", "院长", A, "2025-03-01", "", ""),
        ("U01", "校长", A, "2025-03-01", "", ""),
        ("U01", "书记", "", "2025-03-01", "", ""),
        ("U01", "书记", B, "", "", ""),
        ("U01", "书记", B, "25-03-01", "", ""),
        ("U01", "书记", B, "2025-02-30", "", ""),
        ("U01", "书记", B, "2025-03-01", "2025-03-01", ""),
        ("U01", "书记", B, "2026-03-21", "", ""),
        ("U01", "院长", B, "2024-03-01", "", ""),
        ("U01", "书记", "示" * 101, "2025-03-01", "", ""),
    ]
    head = staffed.head()
    found = faults(lambda: take_posts(staffed, csv_of(tmp_path, POSTS, rows)))
    assert [each.split("：")[0] for each in found] == [
        "第 3 行「单位」列",
        "第 4 行「单位」列",
        "第 5 行「职务」列",
        "第 6 行「姓名」列",
        "第 7 行「任职日期」列",
        "第 8 行「任职日期」列",
        "第 9 行「任职日期」列",
        "第 10 行「单位」列",
        "第 11 行「单位」列",
        "第 12 行「单位」列",
        "第 13 行「单位」列",
    ]
    for said, what in zip(
        found,
        [
            *("没有单位「无此单位」", "没有填写", "不认识，可以填：党组织主要负责人", "没有填写"),
            *("没有填写", "年份只有两位", "没有这一天", "不晚于任职日期", "晚于今天"),
            *("请写明免职日期", "101 个字"),
        ],
        strict=True,
    ):
        assert what in said
    assert (staffed.head(), held(staffed)) == (head, [])


def test_a_row_that_contradicts_the_ledger_is_a_fault(staffed: Office, tmp_path: Path) -> None:
    rows: Rows = [("U01", "副院长", A, "2025-03-01", "2026-01-05", "基建")]
    take_posts(staffed, csv_of(tmp_path, POSTS, rows))
    other: Rows = [
        ("U01", "副院长", A, "2025-03-01", "2026-01-06", "基建"),
        ("U01", "副院长", A, "2025-03-01", "", "后勤"),
    ]
    assert faults(lambda: take_posts(staffed, csv_of(tmp_path, POSTS, other))) == [
        "第 2 行「免职日期」列：账本中的免职日期是 2026-01-05",
        "第 3 行「分管工作」列：账本中这项任职的分管工作是基建；几项分管工作请写在一格里",
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (("单位", "姓名", "任职日期"), "职务"),
        (("甲", "乙", "丙", "丁"), "表头"),
        (("单位", "职务", "姓名", "姓名", "任职日期"), "姓名"),
    ],
)
def test_a_header_that_cannot_do(
    staffed: Office, tmp_path: Path, header: tuple[str, ...], said: str
) -> None:
    row = ("U01", "院长", A, "2025-03-01", "2025-04-01")[: len(header)]
    with pytest.raises(InputRefusedError, match=said):
        take_posts(staffed, csv_of(tmp_path, header, [row]))


# Units above units


def parents(office: Office) -> dict[str, str | None]:
    with office.reading() as ledger:
        return {each.code: each.parent for each in queries.units(ledger.connection)}


BELOW: Rows = [
    ("B01", "示例一科", "示例总部"),
    ("B02", "示例二科", "B01"),
    ("B00", "示例总部", ""),
]


@pytest.mark.parametrize("kind", ["utf-8", "gb18030", "xlsx"])
def test_a_unit_may_stand_above_the_one_it_belongs_to(
    office: Office, tmp_path: Path, kind: str
) -> None:
    whole = kind == "xlsx"
    path = xlsx_of(tmp_path, UNITS, BELOW) if whole else csv_of(tmp_path, UNITS, BELOW, kind)
    assert take_units(office, path) == UnitsImported(rows=3, added=3)
    assert parents(office) == {"B00": None, "B01": "B00", "B02": "B01"}
    head = office.head()
    assert take_units(office, path) == UnitsImported(rows=3, added=0)
    assert office.head() == head


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("B01", "示例一科", "无此单位")], "第 2 行「上级单位」列：没有单位「无此单位」"),
        ([("B01", "示例一科", "B01")], "不能是自己的上级单位"),
        ([("B01", "示例一科", "B02"), ("B02", "示例二科", "B01")], "下级单位"),
    ],
)
def test_parents_that_cannot_be(office: Office, tmp_path: Path, rows: Rows, said: str) -> None:
    (found,) = faults(lambda: take_units(office, csv_of(tmp_path, UNITS, rows)))
    assert said in found
    assert parents(office) == {}


def test_a_parent_unlike_the_ledgers_is_a_fault(office: Office, tmp_path: Path) -> None:
    take_units(office, csv_of(tmp_path, UNITS, BELOW))
    other: Rows = [("B02", "示例二科", "B00")]
    (found,) = faults(lambda: take_units(office, csv_of(tmp_path, UNITS, other)))
    assert found == "第 2 行「上级单位」列：账本中的上级单位是示例一科"
