"""Every article answered for: the catalogue, ``rule show`` and ``rule coverage``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command_line import Office, call, new_office

from xfctl.domain.parameters import KNOWN
from xfctl.regulation.catalogue import Item, catalogue
from xfctl.regulation.clocks import clocks
from xfctl.reports.citations import articles_in, cases_in, cited_in
from xfctl.reports.coverage import PACKAGE, checkout_tests, implementing, tried

ITEMS = list(catalogue().values())
PLACES = cited_in(PACKAGE)
CASES = cases_in(checkout_tests() or Path())
# How many items each article has; the others have none.
PARTS = {"8": 7, "9": 4, "11": 7, "13": 9, "14": 6}


def test_every_article_and_item_is_there() -> None:
    wanted = [
        key
        for n in range(1, 23)
        for key in (str(n), *(f"{n}({part})" for part in range(1, PARTS.get(str(n), 0) + 1)))
    ]
    assert list(catalogue()) == wanted


@pytest.mark.parametrize("item", ITEMS, ids=lambda each: each.key)
def test_an_article_is_implemented_shown_and_tried_or_says_why_not(item: Item) -> None:
    if item.nothing:
        assert item.nothing.endswith("。")
        return
    assert implementing(item, PLACES), "no function or rule file cites it"
    assert tried(item, CASES), "no case tries it"


@pytest.mark.parametrize("command", sorted({each for item in ITEMS for each in item.shown}))
def test_the_commands_named_exist(command: str) -> None:
    assert call(*command.split(), "--help").code == 0


@pytest.mark.parametrize("item", ITEMS, ids=lambda each: each.key)
def test_what_an_article_names_is_known_and_its_summary_is_short(item: Item) -> None:
    assert set(item.clocks) <= set(clocks())
    assert set(item.parameters) <= set(KNOWN)
    assert item.summary.endswith("。")
    assert len(item.summary) < 60, "a summary in our own words, not the text"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("细则 11(1)", {"11(1)"}),
        ("（细则 8(3)、9(1)）", {"8(3)", "9(1)"}),
        ("细则 11(3), (4), (5), (7)), with", {"11(3)", "11(4)", "11(5)", "11(7)"}),
        ("细则 13–18", {"13", "14", "15", "16", "17", "18"}),
        ("细则 13 至 15：", {"13", "14", "15"}),
        ("11(1), (5): a clock", {"11(1)", "11(5)"}),
        ("条例 22–23", set()),
        ("2026-03-02", set()),
    ],
)
def test_citations_are_read(text: str, found: set[str]) -> None:
    assert articles_in(text) == found


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = new_office(tmp_path_factory.mktemp("office"), ("A15", "后勤保障部"))
    office.must(*("rule", "set", "reply", "3", "--from", "2026-11-01", "--reason", "示例"))
    return office


@pytest.mark.parametrize("item", ITEMS, ids=lambda each: each.key)
def test_every_article_is_shown(office: Office, item: Item) -> None:
    text = office.must("rule", "show", item.key, "--format", "plain").out
    assert item.summary in text
    assert (item.nothing or f"xfctl {item.shown[0]}") in text


def test_what_shows_to_whom_the_rules_apply_tells_it_of_every_unit(office: Office) -> None:
    """细则 2: 适用 or 参照执行; ``unit add`` records it and lists nothing."""
    for command in set(catalogue()["2"].shown) - {"unit add"}:
        (row,) = first_rows(office.must(*command.split(), "--format", "json").json)
        assert row["applies"] == "适用", command


def first_rows(told: object) -> list[dict[str, object]]:
    """The rows of a table, of the first table where there are several."""
    return next(iter(told.values())) if isinstance(told, dict) else told


@pytest.mark.parametrize(
    ("key", "on", "told"),
    [
        ("11(1)", "2026-11-25", ["细则\t书面反馈：7 个工作日", "本单位规定\t从单位收件之日起算"]),
        (
            "8(5)",
            "2026-10-31",
            ["本单位规定\t答复信访人：5 个工作日", "条例（类推适用）\t办理：60 日"],
        ),
        ("8(5)", "2026-11-01", ["本单位规定\t答复信访人：3 个工作日", "（reply）：3 个工作日"]),
        ("8(5)", "2022-04-30", ["本单位规定\t答复信访人：5 个工作日"]),
        ("11(3)", "2026-11-25", ["（delay-suggestion）：未设置，不作提示", "由人认定，须写依据"]),
        ("13(8)", "2026-11-25", ["追究情形「泄露揭发控告材料」"]),
        ("14.4", "2026-11-25", ["追究方式「诫勉谈话」"]),
        ("第8条第(4)项", "2026-11-25", ["（major-report）：1 个工作日"]),
    ],
)
def test_what_rests_on_which_source(office: Office, key: str, on: str, told: list[str]) -> None:
    text = office.must("rule", "show", key, "--as-of", on, "--format", "plain").out
    assert [each for each in told if each not in text] == []


def test_before_the_ordinance_nothing_is_applied_by_analogy(office: Office) -> None:
    shown = ("rule", "show", "8(5)", "--format", "plain", "--as-of")
    assert "条例（" in office.must(*shown, "2022-05-01").out
    assert "条例（" not in office.must(*shown, "2022-04-30").out


def test_coverage_has_one_row_for_each(office: Office) -> None:
    rows = office.must("rule", "coverage", "--format", "json").json
    assert [each["article"] for each in rows] == list(catalogue())
    (first,) = (each for each in rows if each["article"] == "11(2)")
    assert "domain.grounds:_declined" in first["places"]
    assert int(first["cases"]) > 1


@pytest.mark.parametrize(
    "key", ["13(1)", "13(2)", "13(3)", "13(4)", "13(5)", "13(6)", "13(7)", "13(8)", "13(9)"]
)
def test_each_situation_opens_the_rung_of_its_severity(tmp_path: Path, key: str) -> None:
    """细则 8(6), 16: the office proposes over each situation, and others decide."""
    office = new_office(tmp_path, ("A15", "后勤保障部"))
    for name, post in (("示例书记", "书记"), ("示例主任", "行政主要负责人")):
        office.must("unit", "appoint", "A15", name, "--post", post, "--on", "2025-01-01")
    done = office.must(
        *("account", "propose", "A15", "--situation", key, "--severity", "较轻", "--basis", "示例")
    )
    assert "细则 16" in done.err
    assert f"细则 {key}" in office.must("account", "show", "ZZ2026-0001").out


@pytest.mark.parametrize(
    ("key", "decides"),
    [
        *((f"14({n})", "学校办公室") for n in range(1, 5)),
        *((key, "纪检监察部门、组织人事部门") for key in ("14(5)", "14(6)")),
    ],
)
def test_each_measure_is_decided_by_those_with_the_power(
    office: Office, key: str, decides: str
) -> None:
    """细则 14(1)–(6): who decides."""
    text = office.must("rule", "show", "14", "--format", "plain").out
    assert re.search(rf"细则 {re.escape(key)}\t[^\t]+\t{decides}\t", text)


def test_explaining_is_an_outcome_of_its_own(tmp_path: Path) -> None:
    """细则 9(4): what is answered by explanation is neither supported nor refused."""
    office = new_office(tmp_path, ("A15", "后勤保障部"))
    office.must("case", "register", "示例诉求", "--on", "2026-11-02", "--purpose", "申诉求决")
    office.must("case", "accept", "XF2026-0001", "--on", "2026-11-02")
    office.must("case", "assign", "XF2026-0001", "A15", "--on", "2026-11-03")
    told = ("--outcome", "解释说明", "--content", "示例解释", "--on", "2026-11-10")
    office.must("case", "opinion", "XF2026-0001", *told)
    assert "解释说明" in office.must("case", "show", "XF2026-0001").out
