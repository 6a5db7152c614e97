"""Registers with the new columns, exports, identities, and counters that agree."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command_line import PLANTED, Office, four_units, leaks, register, rows, tables_of
from matters import FIRST, HOT_WATER, PERSON, five_matters

from xfctl.domain.identity import Identity
from xfctl.domain.obligation import PETITIONER

AGAIN = ("case", "register", "宿舍热水供应时段仍与公示不符", *PERSON, "--channel", "来信")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return four_units(tmp_path)


def numbers(office: Office, *filters: str) -> list[str]:
    return [row[0] for row in rows(office.must("case", "list", *filters, "--format", "plain"))]


@pytest.fixture
def varied(office: Office) -> Office:
    return five_matters(office)


# Registers with the new columns


REGISTER = """\
编号,登记时间,事项,受理时间,责任单位,交办时间,书面反馈时间,答复信访人时间,答复信访人方式,\
上级单位,来文号,上级期限,办结时间,办理结果
J1,2026-11-02,热水,2026-11-03,后勤保障部,2026-11-03,2026-11-05,2026-11-09,电话,\
省信访局,示例字1号,2026-11-30,2026-11-10,已解决
J2,2026-11-02,食堂,,,,,,,,,,,正在核实
"""


def test_a_register_carries_the_whole_life(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    file.write_text(REGISTER, encoding="utf-8")
    assert "新登记 2 件，记录 5 步" in office.must("case", "import", file).err
    head = office.head()
    assert "新登记 0 件，记录 0 步" in office.must("case", "import", file).err
    assert office.head() == head
    cover = office.must("case", "show", "J1").out
    for line in (
        "状态        已办结",
        "上级来文    省信访局，示例字1号，2026-11-30 前报告",
        "2026-11-03  受理",
        "2026-11-09  答复信访人：电话",
        "2026-11-10  办结：已解决",
    ):
        assert line in cover
    assert "备注        办理结果：正在核实" in office.must("case", "show", "J2").out


def test_a_later_copy_adds_the_reply(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    file.write_text("编号,登记时间,答复信访人时间\nJ1,2026-11-02,\n", encoding="utf-8")
    office.must("case", "import", file)
    file.write_text("编号,登记时间,答复信访人时间\nJ1,2026-11-02,2026-11-09\n", encoding="utf-8")
    assert "新登记 0 件，记录 1 步" in office.must("case", "import", file).err
    assert "答复信访人：（原台账未填写）" in office.must("case", "show", "J1").out


# What leaves the ledger


def test_exports_of_matters_agree_in_every_format(varied: Office, tmp_path: Path) -> None:
    objects = varied.must("export", "cases", "--format", "json").json
    table = list(csv.reader(io.StringIO(varied.must("export", "cases").out.removeprefix("\ufeff"))))
    varied.must("export", "cases", "--format", "xlsx", "-o", tmp_path / "事项.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "事项.xlsx").worksheets[0]
    heading, *found = [list(row) for row in sheet.values]
    assert (heading, len(table[0])) == (table[0], len(objects[0]))
    assert [[as_csv(value) for value in each.values()] for each in objects] == table[1:]
    assert [[as_csv(value) for value in row] for row in found] == table[1:]
    assert (objects[0]["purpose"], objects[1]["leapfrog"]) == ("申诉求决", True)
    assert (objects[3]["repeats"], objects[3]["major"]) == (FIRST, True)
    assert (objects[2]["superior"], objects[4]["result"]) == ("省信访局", "已解决")


def as_csv(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)


def test_petitioner_and_signatories_are_shown_only_when_revealed(
    office: Office, tmp_path: Path
) -> None:
    planted = [word for pair in PLANTED.items() for word in pair]
    register(office, HOT_WATER, *planted, "--signatory", "亡是公", "--signatory", "乌有先生乙")
    again = office(*AGAIN[:3], "--phone", PLANTED["--phone"], "--link", FIRST)
    office.must("case", "split", FIRST, "食堂价格")
    shown = [again.out, again.err]
    for command in (
        *("case show XF2026-0001", "case show XF2026-0002", "case list", "export cases", "log"),
        *("export obligations", "digest", "overdue", "search 宿舍", "case explain XF2026-0001"),
    ):
        done = office.must(*command.split())
        shown += [done.out, done.err]
    refused = office.run(*AGAIN[:3], "--phone", PLANTED["--phone"])
    assert refused.code == 3
    tables = tables_of(office.path)
    shown += [refused.err, repr(tables)]
    found = leaks(*shown) + [name for name in ("亡是公", "乌有先生乙") if name in "".join(shown)]
    assert found == []
    revealed = office.must("case", "show", FIRST, "--reveal", "电话回访").out
    kept = [name in revealed for name in ("亡是公", "乌有先生乙")]
    assert kept == [True, True]


# The counters


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("demo")
    office = Office(folder / "ledger.db")
    office.must("demo", folder)
    return office


def test_late_and_on_time_are_counted_the_same_everywhere(demo: Office) -> None:
    """`case show`, `case list --overdue`, `overdue`, CSV and JSON."""
    objects = demo.must("export", "obligations", "--format", "json").json
    table = list(
        csv.DictReader(io.StringIO(demo.must("export", "obligations").out.lstrip("\ufeff")))
    )
    assert [(row["编号"], row["逾期"], row["逾期天数"]) for row in table] == [
        (each["case"], "是" if each["late"] else "否", as_csv(each["late_by"])) for each in objects
    ]
    open_late = [each for each in objects if each["late"] and each["discharged_on"] is None]
    listed = demo.must("overdue", "--format", "json").json
    assert Counter(map(key_of, listed)) == Counter(map(key_of, open_late))
    assert len(listed) > 20
    late_matters = {each["case"] for each in listed if each["case"].startswith("XF")}
    assert f"逾期 {len(listed)} 项，涉及 {len(late_matters)} 件事项" in demo.must("overdue").out
    by_unit = demo.must("overdue", "--by-unit", "--format", "json").json
    assert sum(each["count"] for each in by_unit) == len(listed)
    assert f"已逾期 {len(listed)} 项" in demo.must("digest").out
    # The answer to a supervision is owed under the number of a matter, but not by the matter.
    of_matters = [
        each
        for each in objects
        if each["case"].startswith("XF") and each["clock"] != "supervision_response"
    ]
    assert set(numbers(demo, "--overdue")) == {
        each["case"] for each in of_matters if each in open_late
    }
    late = {each["case"] for each in of_matters if each["late"]}
    for number in late | {of_matters[0]["case"]}:
        assert standings(demo, number) == Counter(
            standing(each) for each in of_matters if each["case"] == number
        )


def key_of(each: dict[str, Any]) -> tuple[str, str, str, int]:
    return each["case"], each["article"], each["due_on"], each["late_by"]


def standing(each: dict[str, Any]) -> str:
    if each["late"]:
        measure = "个工作日" if each["late_unit"] == "working_days" else "日"
        done = "已履行，" if each["discharged_on"] else ""
        return f"{done}逾期 {each['late_by']} {measure}"
    if each["unit"] == PETITIONER:
        return "可以提出"
    return "按期" if each["discharged_on"] else "未到期"


def standings(office: Office, number: str) -> Counter[str]:
    cover = office.must("case", "show", number, "--format", "plain").out
    duties = cover.split("\n\n")[1].splitlines()[1:]
    return Counter(line.split("\t")[-1] for line in duties)


def test_an_import_tells_of_rows_whose_words_name_the_petitioner(
    office: Office, tmp_path: Path
) -> None:
    register_file = tmp_path / "台账.csv"
    register_file.write_text(
        "编号,登记时间,事项,信访人,联系电话\n"
        "1,2026-11-02,示例信访人甲反映宿舍漏水,示例信访人甲,\n"
        "2,2026-11-02,宿舍漏水；请回电 0000-000001,示例信访人乙,0000-000001\n"
        "3,2026-11-02,宿舍漏水,示例信访人丙,0000-000003\n",
        encoding="utf-8",
    )
    checked = office.must("case", "import", register_file, "--dry-run").err
    assert "第 2、3 行的事项" in checked
    assert "请改好再导入" in checked
    taken = office.must("case", "import", register_file).err
    assert "（共 2 行），已写进账本" in taken
    assert "注意" not in office.must("case", "import", register_file).err
    assert "示例信访人" not in checked + taken


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("示例 信访人甲 反映",), True),
        (("反映漏水", None, "电话００００－０００００１"), True),
        (("示例信访人", "反映漏水"), False),
        (("甲",), False),
        ((), False),
    ],
)
def test_who_is_named_in_words(words: tuple[str | None, ...], named: bool) -> None:
    assert Identity(name="示例信访人甲", phone="0000-000001").named_in(words) is named
    assert not Identity(name="甲").named_in(words)
