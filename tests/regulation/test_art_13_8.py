"""细则 13(8): an accusation (检举控告) does not reach the unit or the person it accuses."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from command_line import Office, new_office, register, rows

ACCUSED = "示例被反映人甲"
OTHER = "示例负责人乙"
UNITS = (("U01", "示例学院"), ("U02", "示例研究所"), ("U03", "示例中心"), ("U04", "示例处"))


@dataclass(frozen=True)
class Row:
    """One matter, the units as they stand, and whether handing it to ``to`` is refused.

    ``posts`` are (unit, post, name, first day, last day or ""); ``parents`` and ``merged`` pairs of
    units, child and parent, merged and successor.
    """

    what: str
    to: str
    why: str  # what the refusal says; "" where it is allowed
    purpose: str = "检举控告"
    involved: tuple[str, ...] = ()
    accused: tuple[str, ...] = ()
    posts: tuple[tuple[str, str, str, str, str], ...] = ()
    parents: tuple[tuple[str, str], ...] = ()
    merged: tuple[tuple[str, str], ...] = ()


BELOW = (("U02", "U01"),)
TWO_BELOW = (*BELOW, ("U03", "U02"))
ADMIN, PARTY = "行政主要负责人", "党组织主要负责人"


def held(
    post: str, name: str = ACCUSED, first: str = "2026-01-05", last: str = ""
) -> tuple[tuple[str, str, str, str, str], ...]:
    """The posts of a row: one, held in U01."""
    return (("U01", post, name, first, last),)


TABLE = (
    Row("the accused unit", "U01", "示例学院是被反映单位", involved=("U01",)),
    Row("one of two accused units", "U02", "示例研究所是被反映单位", involved=("U01", "U02")),
    Row("another unit", "U02", "", involved=("U01",)),
    Row("another purpose", "U01", "", purpose="申诉求决", involved=("U01",)),
    Row("a suggestion", "U01", "", purpose="意见建议", involved=("U01",)),
    Row("nobody wrote down whom", "U01", ""),
    Row("headed by the accused", "U01", "行政主要负责人与被反映人同名", accused=(ACCUSED,), posts=held(ADMIN)),
    Row("the party head", "U01", "党组织主要负责人与被反映人同名", accused=(ACCUSED,), posts=held(PARTY)),
    Row("the second of the accused", "U01", "与被反映人同名", accused=(OTHER, ACCUSED), posts=held(ADMIN)),
    Row("a blank in the name", "U01", "与被反映人同名", accused=("示例 被反映人甲",), posts=held(ADMIN)),
    Row("whoever opens the letter", "U01", "信访专人与被反映人同名", accused=(ACCUSED,), posts=held("信访专人")),
    Row("another leader of the unit", "U01", "", accused=(ACCUSED,), posts=held("班子其他成员")),
    Row("a unit headed by another", "U01", "", accused=(ACCUSED,), posts=held(ADMIN, OTHER)),
    Row("not yet head on the day", "U01", "", accused=(ACCUSED,), posts=held(ADMIN, first="2026-11-19")),
    Row("head from that very day", "U01", "与被反映人同名", accused=(ACCUSED,), posts=held(ADMIN, first="2026-11-18")),
    Row("head until the day before", "U01", "", accused=(ACCUSED,), posts=held(ADMIN, last="2026-11-18")),
    Row("head until that day", "U01", "与被反映人同名", accused=(ACCUSED,), posts=held(ADMIN, last="2026-11-19")),
    Row("below the accused unit", "U02", "上级示例学院是被反映单位", involved=("U01",), parents=BELOW),
    Row("two steps below", "U03", "上级示例学院是被反映单位", involved=("U01",), parents=TWO_BELOW),
    Row("below one the accused heads", "U02", "上级示例学院当日", accused=(ACCUSED,), posts=held(ADMIN), parents=BELOW),
    Row("above the accused unit", "U01", "", involved=("U02",), parents=BELOW),
    Row("the successor of the accused unit", "U02", "示例研究所是被", involved=("U01",), merged=(("U01", "U02"),)),
)  # fmt: skip


def begun(folder, row: Row) -> Office:
    """The office of a row, its matter registered on 16 November 2026."""
    office = new_office(folder, *UNITS)
    for child, parent in row.parents:
        office.must("unit", "edit", child, "--parent", parent, "--on", "2026-11-10")
    for unit, post, name, first, last in row.posts:
        office.must("unit", "appoint", unit, name, "--post", post, "--on", first)
        if last:
            office.must("unit", "relieve", unit, name, "--on", last)
    involved = [word for each in row.involved for word in ("--involved", each)]
    accused = [word for each in row.accused for word in ("--accused", each)]
    register(
        *(office, "虚构检举事项", "--purpose", row.purpose, "--on", "2026-11-16"),
        *(*involved, *accused),
    )
    for unit, into in row.merged:
        office.must("unit", "merge", unit, "--into", into, "--on", "2026-11-17")
    return office


HANDING = {
    "assign": ("case", "assign", "XF2026-0001", "{to}"),
    "refer": ("case", "refer", "XF2026-0001", "{to}"),
    "supervise": (
        *("supervise", "open", "XF2026-0001", "--unit", "{to}"),
        *("--ground", "7", "--form", "电话", "--reason", "虚构理由"),
    ),
    "supervise jointly": (
        *("supervise", "open", "XF2026-0001", "--unit", "U04", "--joint", "{to}"),
        *("--ground", "7", "--form", "实地", "--reason", "虚构理由"),
    ),
}


# The rule is one for all these steps: each row is tried with one, every fifth with the others too.
TRIED = [
    pytest.param(row, step, id=f"{row.what}, {step}")
    for at, row in enumerate(TABLE)
    for step in HANDING
    if step == "assign" or at % 5 == 0
]


@pytest.mark.parametrize(("row", "step"), TRIED)
def test_handing_it_over(row, step, tmp_path):
    office = begun(tmp_path, row)
    head = office.head()
    command = [each.format(to=row.to) for each in HANDING[step]]
    done = office(*command, "--on", "2026-11-18")
    if not row.why:
        assert done.code == 0, done.err
        return
    assert done.code == 4
    assert row.why in done.err
    assert "细则 13(8)" in done.err
    assert office.head() == head
    done = office(*command, "--on", "2026-11-18", "--redacted", "只转问题线索，隐去举报人")
    assert done.code == 0, done.err
    shown = office.must("case", "show", "XF2026-0001").out + office.must("log", "XF2026-0001").out
    assert shown.count("隐去不宜透露的内容后交给") == (4 if "--joint" in command else 2)
    assert "只转问题线索，隐去举报人" in shown
    assert "注意" not in shown


def test_what_was_redacted_for_a_unit_may_be_supervised_there(tmp_path):
    office = begun(tmp_path, TABLE[0])
    office.must("case", "assign", "XF2026-0001", "U01", "--redacted", "虚构说明")
    office.must(*(each.format(to="U01") for each in HANDING["supervise"]))
    assert office("case", "refer", "XF2026-0001", "U02").code == 4  # in hand, whoever it goes to


def test_the_accused_takes_no_part_in_a_joint_supervision(tmp_path):
    office = begun(tmp_path, Row("", "", "", accused=(ACCUSED,)))
    command = [each.format(to=ACCUSED) for each in HANDING["supervise jointly"]]
    done = office(*command)
    assert done.code == 4
    assert "与被反映人同名" in done.err
    office.must(*(each.format(to="示例市某机关") for each in HANDING["supervise jointly"]))


def test_it_is_not_referred_to_the_accused_in_person(tmp_path):
    office = begun(tmp_path, Row("", "", "", accused=(ACCUSED,)))
    done = office("case", "refer", "XF2026-0001", ACCUSED)
    assert done.code == 4
    assert "与被反映人同名" in done.err
    office.must("case", "refer", "XF2026-0001", "示例市某机关")


@pytest.mark.parametrize("reason", ["", " ", "\t"])
def test_a_redaction_has_to_be_described(reason, tmp_path):
    office = begun(tmp_path, TABLE[0])
    done = office("case", "assign", "XF2026-0001", "U01", "--redacted", reason)
    assert done.code == 3
    assert "隐去说明不能为空" in done.err


def test_only_an_accusation_is_redacted_and_has_someone_accused(tmp_path):
    office = begun(tmp_path, Row("", "", "", purpose="咨询"))
    done = office("case", "assign", "XF2026-0001", "U01", "--redacted", "虚构说明")
    assert (done.code, "不需要 --redacted" in done.err) == (4, True)
    done = office("case", "accused", "XF2026-0001", ACCUSED)
    assert (done.code, "不是检举控告" in done.err) == (4, True)
    done = office("case", "register", "虚构事项", "--accused", ACCUSED)
    assert done.code == 4
    assert len(rows(office.must("case", "list", "--format", "plain"))) == 1


def test_who_is_accused_is_shown_to_nobody_without_a_reason(tmp_path):
    office = begun(tmp_path, Row("", "", "", accused=(ACCUSED, OTHER)))
    kept = office.must("log").out + office.must("export", "events").out
    kept += office.must("export", "cases").out + office.must("case", "show", "XF2026-0001").out
    leaked = [name for name in (ACCUSED, OTHER) if name in kept]
    assert leaked == []
    assert "（已登记）、（已登记）" in kept
    shown = office.must("case", "show", "XF2026-0001", "--reveal", "虚构理由").out
    assert f"{ACCUSED}、{OTHER}" in shown


def test_the_parts_of_a_letter_accuse_the_same_persons(tmp_path):
    office = begun(tmp_path, Row("", "", "", accused=(ACCUSED,), posts=held(ADMIN)))
    office.must("case", "split", "XF2026-0001", "虚构另一事项", "--")
    done = office("case", "assign", "XF2026-0002", "U01")
    assert (done.code, "与被反映人同名" in done.err) == (4, True)


def test_what_comes_out_later_is_told_of_what_was_assigned_before(tmp_path):
    office = begun(tmp_path, Row("", "", "", purpose="咨询", posts=held(ADMIN)))
    office.must("case", "assign", "XF2026-0001", "U01", "--on", "2026-11-18")
    seq = next(row[0] for row in rows(office.must("log", "--format", "plain")) if "登记" in row[3])
    done = office.must(
        *("case", "correct", "XF2026-0001", seq, "--purpose", "检举控告", "--reason", "看错")
    )
    assert "注意" not in done.err
    done = office.must("case", "accused", "XF2026-0001", ACCUSED)
    assert "注意：事项 XF2026-0001 已于 2026-11-18 交办给示例学院" in done.err
    done = office.must(
        *("case", "correct", "XF2026-0001", seq, "--involved", "U01", "--reason", "补充")
    )
    assert "示例学院是被反映单位（细则 13(8)）" in done.err
    assert "注意" in office.must("case", "show", "XF2026-0001").out
    office.must("case", "return", "XF2026-0001", "--reason", "收回材料")
    assert "注意" not in office.must("case", "show", "XF2026-0001").out


def test_an_accusation_against_nobody_named_is_pointed_out(tmp_path):
    office = begun(tmp_path, Row("", "", ""))
    done = office.must("case", "assign", "XF2026-0001", "U01")
    assert "没有登记涉及单位和被反映人" in done.err


@pytest.mark.parametrize("row", [row for row in TABLE if row.why][::4], ids=lambda row: row.what)
def test_letters_to_the_accused_tell_neither_who_nor_what(row, tmp_path, monkeypatch):
    from docx import Document

    monkeypatch.setenv("XFCTL_CONFIG", str(tmp_path / "config.toml"))
    office = begun(tmp_path, row)
    office.must("config", "set", "office.name", "示例大学信访办")
    office.must("case", "assign", "XF2026-0001", row.to, "--redacted", "虚构说明")
    office.must(*(each.format(to=row.to) for each in HANDING["supervise"]))
    told = ""
    for number, kind in (("XF2026-0001", "assign"), ("DB2026-0001", "supervise")):
        file = tmp_path / f"{kind}.docx"
        office.must("letter", kind, number, "--output", file)
        told += "\n".join(each.text for each in Document(str(file)).paragraphs)
    assert "虚构检举事项" not in told
    assert ACCUSED not in told
    assert told.count("涉及你单位的检举控告事项") == 2
