"""Rules are data: a further ground, and another institution's whole rule set, without touching code.

Both are files only (``further_ground/``, ``other_rules/``); the job is done through the real command
line. Then: which folders are refused, by file, line and key; and that no day falls between versions.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from command_line import Office, new_office

from xfctl.domain.parameters import KNOWN, Parameters, ParameterSet
from xfctl.errors import InputRefusedError
from xfctl.intake.rule_folder import adopted_from
from xfctl.ledger.adopted import rules_in
from xfctl.regulation.catalogue import catalogue
from xfctl.regulation.clocks import clocks
from xfctl.regulation.grounds import grounds, load_ground
from xfctl.regulation.ladder import articles
from xfctl.regulation.source import FOLDERS, SHIPPED, current

HERE = Path(__file__).parents[1] / "regulation"
OTHER = HERE / "other_rules"
UNIT, CASE = "后勤保障部", "XF2026-0001"


@pytest.fixture
def further(tmp_path: Path) -> Path:
    """The shipped rules with one more file."""
    folder = tmp_path / "rules"
    shutil.copytree(Path(str(_shipped())), folder, ignore=shutil.ignore_patterns("*.py", "__*"))
    shutil.copy(HERE / "further_ground" / "ground_12.toml", folder / "grounds")
    return folder


def _shipped() -> Path:
    import xfctl.regulation

    return Path(xfctl.regulation.__file__).parent


def office_under(rules: Path, folder: Path) -> Office:
    office = Office(folder / "ledger.db")
    office.must("init", "--rules", rules)
    office.must("unit", "add", "A15", UNIT)
    return office


def plain(office: Office, *arguments: str, today: str = "") -> list[list[str]]:
    return office.must(*arguments, "--format", "plain", today=today).table


# --- A further ground -------------------------------------------------------------------------------


def test_a_further_ground_is_one_file(further: Path, tmp_path: Path) -> None:
    office = office_under(further, tmp_path)
    office.must("case", "register", "示例诉求", "--on", "2026-03-02", "--purpose", "申诉求决")
    office.must("case", "accept", CASE, "--on", "2026-03-02")
    office.must("case", "assign", CASE, "A15", "--on", "2026-03-03")
    office.must("case", "feedback", CASE, "--form", "书面", "--on", "2026-03-05")
    (row,) = plain(office, "supervise", "due")[1:]
    assert row[3:6] == ["示例规定 2", "已成立", "2026-05-07"], "60 days, to the first working day"
    assert row[6].startswith("办理期限 2026-05-0")
    open_ = ("supervise", "open", CASE, "--unit", "A15", "--ground", "逾期未办结", "--form", "电话")
    office.must(*open_)
    assert "示例规定 2 逾期未办结" in office.must("supervise", "show", "DB2026-0001").out
    office.must("supervise", "close", "DB2026-0001", "--result", "示例")
    assert len(plain(office, "supervise", "due")) == 2, "a state that stands is due again"
    office.must("verify")
    office.must("rebuild")
    office.must("verify")


def test_a_further_ground_counts_from_the_day_it_is_in_force(further: Path, tmp_path: Path) -> None:
    office = office_under(further, tmp_path)
    office.must("case", "register", "示例诉求", "--on", "2026-01-05", "--purpose", "申诉求决")
    office.must("case", "accept", CASE, "--on", "2026-01-05")
    office.must("case", "assign", CASE, "A15", "--on", "2026-01-06")
    find = ("supervise", "find", CASE, "A15", "--ground", "12", "--evidence", "示例")
    done = office(*find, "--on", "2026-02-28")
    assert (done.code, "在 2026-02-28 不是有效的督办情形" in done.err) == (4, True)
    office.must(*find, "--on", "2026-03-01")


def test_the_shipped_rules_know_nothing_of_it(tmp_path: Path) -> None:
    office = new_office(tmp_path, ("A15", UNIT))
    office.must("case", "register", "示例诉求", "--on", "2026-03-02")
    done = office("supervise", "find", CASE, "A15", "--ground", "12", "--evidence", "示例")
    assert (done.code, "不认识督办情形「12」" in done.err) == (3, True)


# --- Another institution ----------------------------------------------------------------------------


def test_the_main_job_under_other_rules(tmp_path: Path) -> None:
    """Register, assign, overdue, supervise, hold to account, digest: all by the other articles."""
    office = office_under(OTHER, tmp_path)
    for name, post in (("示例书记", "书记"), ("示例院长", "行政主要负责人")):
        office.must("unit", "appoint", UNIT, name, "--post", post, "--on", "2025-01-01")
    office.must("case", "register", "示例诉求", "--on", "2026-11-02", "--channel", "领导交办")
    told = office.must("case", "assign", CASE, "A15", "--on", "2026-11-02").err
    assert "2026-11-16" in told, "ten working days"
    assert len(plain(office, "overdue", today="2026-11-16")) == 1
    assert CASE in office.must("overdue", today="2026-11-17").out
    assert "办法 5(2)" in office.must("case", "explain", CASE).out

    assert plain(office, "supervise", "due", today="2026-11-17")[1][3] == "办法 5(2)"
    digest = office.must("digest", today="2026-11-17").out
    assert f"1. {CASE} 办法 5(2)，自 2026-11-17，{UNIT}" in digest
    assert "细则" not in digest
    find = ("supervise", "find", CASE, "A15", "--ground", "b", "--evidence", "示例")
    assert "照抄旧答复、避而不见" in office(*find).err
    office.must(*find, "--evasion", "照抄旧答复", "--on", "2026-11-18")
    open_ = ("supervise", "open", CASE, "--unit", "A15", "--ground", "a", "--form", "电话")
    office.must(*open_, "--on", "2026-11-18")
    assert "5(2)" in office.must("supervise", "list").out

    due = plain(office, "account", "due")
    assert due[1][3] == "办法 11(1)"
    propose = ("account", "propose", UNIT, "--situation", "敷衍信访", "--severity", "较轻")
    done = office.must(*propose, "--case", CASE, "--basis", "示例", "--on", "2026-11-18")
    assert "主管责任" in done.err
    office.must(
        "account", "decide", "ZZ2026-0001", "--rectify-by", "2026-11-20", "--on", "2026-11-19"
    )
    shown = office.must("account", "show", "ZZ2026-0001").out
    assert "书面提醒" in shown
    assert "办法 13" in shown
    told = (
        done.err,
        shown,
        office.must("account", "list").out,
        office.must("export", "accountability", "--format", "json").out,
        office.must("log", "ZZ2026-0001").out,
    )
    assert [each for each in told if "细则" in each] == []
    after = plain(office, "account", "due", today="2026-11-23")
    assert "办法 14" in [line[3] for line in after if len(line) > 3]

    digest = office.must("digest").out
    assert "办法 5(2)" in digest
    assert "细则" not in digest
    office.must("verify")
    office.must("rebuild")
    office.must("verify")


def test_the_ledger_needs_the_folder_no_more(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(OTHER, folder)
    office = office_under(folder, tmp_path)
    shutil.rmtree(folder)
    assert "办法 5(2) 督办" in office.must("rule", "show", "5(2)").out
    assert "示例学院信访工作办法" in office.must("log").out
    with closing(sqlite3.connect(office.path)) as connection:
        rules = rules_in(connection)
    assert rules is not SHIPPED
    assert current() is SHIPPED, "outside a ledger the shipped rules hold again"


def test_two_ledgers_of_two_institutions_lie_side_by_side(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    other = office_under(OTHER, tmp_path / "one")
    own = new_office(tmp_path / "two", ("A15", UNIT))
    for office, due in ((other, "2026-11-16"), (own, "2026-11-11"), (other, "2026-11-16")):
        number = office.must("case", "register", "示例诉求", "--on", "2026-11-02").out.strip()
        assert due in office.must("case", "assign", number, "A15", "--on", "2026-11-02").err


# --- Folders that are refused -----------------------------------------------------------------------

Change = Callable[[Path], object]


def write(path: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text, path
        (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


A, LADDER, CATALOGUE = "grounds/ground_a.toml", "ladder/article_11.toml", "articles/catalogue.toml"
B, LABEL = "grounds/ground_b.toml", 'label = "避而不见"'
BAD = [
    # what is wrong with the folder, what the refusal says
    (lambda folder: (folder / "ruleset.toml").unlink(), "ruleset.toml：没有这个文件"),
    (write("ruleset.toml", "citation", "cite"), "ruleset.toml 第 1 行：citation：没有写"),
    (write("clocks/feedback.toml", "length = 10", "length = -1"), "feedback.toml 第 10 行：length"),
    (
        lambda folder: (folder / "clocks/feedback.toml").unlink(),
        "clocks/feedback.toml：没有这个文件",
    ),
    (write(A, "due_again", "again"), "ground_a.toml 第 3 行：again：不是这里认识的项"),
    (write(A, '"overdue"', '"guessed"'), "ground_a.toml 第 2 行：ways：不认识「guessed」"),
    (write(A, '"feedback"', '"nothing"'), "ground_a.toml 第 6 行：clock：「nothing」没有定义"),
    (write(A, 'told = "书面反馈期限"', ""), "ground_a.toml 第 5 行：told：没有写"),
    (write(A, "article =", "artikel ="), "ground_a.toml 第 9 行：article：没有写"),
    (write(A, "2020-01-01", '"2020"'), "ground_a.toml 第 10 行：effective：须是日期"),
    (write(A, "2020-01-01", "2020-02-30"), "ground_a.toml 第 10 行：不是 TOML"),
    (write(A, "due_again = true", 'due_again = "ja"'), "第 3 行：due_again：须是true 或 false"),
    (write(B, '"silent"', '"copied"'), "manner：key 用了两次"),
    (
        write(B, LABEL, 'label = "x"\nsuggested_by = "mood"'),
        "不认识「mood」",
    ),
    (
        write(
            "grounds/ground_b.toml", 'label = "避而不见"', 'label = "x"\nsuggested_by = "returns"'
        ),
        "threshold：与 suggested_by",
    ),
    (
        write(
            "grounds/ground_b.toml",
            'label = "避而不见"',
            'label = "x"\nsuggested_by = "returns"\nthreshold = "mood"',
        ),
        "threshold：没有参数「mood」",
    ),
    (lambda folder: (folder / A).write_bytes(b'title = "\xff\xfe"'), "第 1 行：不是 UTF-8 文字"),
    (lambda folder: (folder / "grounds/ground_!.toml").write_text("x = 1"), "文件名须是 ground_"),
    (lambda folder: shutil.rmtree(folder / "grounds"), "没有任何督办情形的文件"),
    (write(LADDER, '["a", "b"]', '["a", "z"]'), "article_11.toml 第 12 行：grounds：「z」没有定义"),
    (write(LADDER, '"11(2)"', '"11(1)"'), "article_11.toml 第 15 行：key：「11(1)」用了两次"),
    (write("ladder/article_13.toml", '"light"', '"mild"'), "severity：不认识「mild」"),
    (write("ladder/article_13.toml", '"12(1)"', '"12(7)"'), "measures：「12(7)」没有定义"),
    (
        write(CATALOGUE, '"feedback"', '"fedback"'),
        "catalogue.toml 第 11 行：clocks：「fedback」没有定义",
    ),
    (write(CATALOGUE, 'shown = ["supervise due"]\n', ""), "第 1 行：shown：须写 shown 或 nothing"),
    (write(CATALOGUE, 'key = "5(2)"', 'key = "6(2)"'), "第 8 行：key：「6(2)」前面没有第 6 条"),
]


@pytest.mark.parametrize(("change", "said"), BAD, ids=[each[1] for each in BAD])
def test_a_folder_with_a_fault_is_refused(change: Change, said: str, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(OTHER, folder)
    change(folder)
    with pytest.raises(InputRefusedError) as refused:
        adopted_from(folder)
    assert said in str(refused.value)


def test_a_refused_folder_begins_no_ledger(tmp_path: Path) -> None:
    office = Office(tmp_path / "ledger.db")
    done = office("init", "--rules", tmp_path / "nowhere")
    assert (done.code, done.out, done.err.count("\n")) == (3, "", 1)
    assert not office.path.exists()


# --- Versions in time -------------------------------------------------------------------------------

DAY, FIRST, LAST = timedelta(days=1), date(1949, 1, 1), date(2099, 12, 31)


def days() -> Iterator[date]:
    return (FIRST + n * DAY for n in range((LAST - FIRST).days + 1))


def test_on_every_day_one_wording_of_each_rule_holds() -> None:
    """From its first day on, each rule has exactly one version; at every boundary they change."""
    for day in days():
        for clock in clocks().values():
            if day >= clock.versions[0].effective:
                assert clock.in_force(day).effective <= day
        for ground in grounds().values():
            assert ground.in_force(day) == (day >= ground.versions[0].effective)
        for article in articles():
            assert article.in_force(day) is not None


@pytest.mark.parametrize("name", KNOWN)
def test_on_every_day_one_value_of_a_parameter_holds(name: str) -> None:
    known = KNOWN[name]
    edges = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 12, 31)]
    values = [known.least, known.most, known.least]
    set_to = tuple(
        ParameterSet(name=name, value=value, effective=day, reason="示例")
        for value, day in zip(values, edges, strict=True)
    )
    parameters = Parameters(set_to[::-1])
    for day in (edge + n * DAY for edge in edges for n in (-1, 0, 1)):
        begun = [value for value, edge in zip(values, edges, strict=True) if edge <= day]
        assert parameters.value(name, day) == (begun[-1] if begun else known.default)


def test_a_repealed_ground_ends_where_it_is_repealed() -> None:
    text = (OTHER / A).read_text(encoding="utf-8")
    repeal = text[text.index("[[version]]") :].replace("2020-01-01", "2026-05-01")
    ground = load_ground("ground_a.toml", f"{text}\n{repeal}repealed = true\n")
    edges = ("2019-12-31", "2020-01-01", "2026-04-30", "2026-05-01")
    assert [ground.in_force(date.fromisoformat(day)) for day in edges] == [False, True, True, False]


def test_the_shipped_folder_is_a_rule_set_like_any_other() -> None:
    adopted = adopted_from(_shipped())
    assert adopted.name == "兰州大学信访工作责任制实施细则"
    assert {each.path.partition("/")[0] for each in adopted.files} == {*FOLDERS, "ruleset.toml"}
    assert set(catalogue()) >= {str(n) for n in range(1, 23)}
