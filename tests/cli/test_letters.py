"""Letters through the commands: what each tells whom, and what stays on record (细则 13(8))."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest
from command_line import PLANTED, Office, four_units, leaks, register, rows
from docx import Document

NUMBER = "XF2026-0001"
DEMAND = "食堂应当公示成本"
SUMMARY = "食堂价格上调未征求意见"
# Without it, a matter does not reach the unit that it accuses (细则 13(8)).
REDACTED = ("--redacted", "只转问题线索")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("XFCTL_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("XFCTL_ACTOR", "经办甲")
    monkeypatch.chdir(tmp_path)
    office = four_units(tmp_path)
    for key, value in (("name", "示例大学信访办"), ("contact", "经办甲"), ("phone", "0000-0001")):
        office.must("config", "set", f"office.{key}", value)
    return office


def begun(
    office: Office, *options: str, assign_to: str = "A15", redacted: Sequence[str] = ()
) -> None:
    """A matter of a planted petitioner, assigned on the day after."""
    planted = [word for pair in PLANTED.items() for word in pair]
    told = ("--demand", DEMAND, "--on", "2026-11-16", *planted, *options)
    register(office, SUMMARY, *told)
    office.must("case", "assign", NUMBER, assign_to, "--on", "2026-11-17", *redacted)


def text_of(path: Path) -> str:
    """What a reader sees, paragraph by paragraph."""
    return "\n".join(each.text for each in Document(str(path)).paragraphs if each.text)


def test_an_assignment_letter_tells_the_unit_everything_but_the_name(office: Office) -> None:
    begun(office)
    done = office.must("letter", "assign", NUMBER, "--document", "示例信〔2026〕8号")
    assert done.err == f"已写成交办函「assign-{NUMBER}.docx」，并记入账本。\n"
    file = Path(f"assign-{NUMBER}.docx")
    assert text_of(file).splitlines() == [
        "示例大学信访办",
        "示例信〔2026〕8号",
        "关于交办信访事项的函",
        "后勤保障部：",
        f"现将信访事项（编号 {NUMBER}，2026年11月16日登记）于2026年11月17日交由你单位主办。",
        f"事项：{SUMMARY}",
        f"诉求：{DEMAND}",
        "信访人：（已登记）",
        "请后勤保障部于 2026年11月26日（含当日）以前，以书面形式向我办反馈处理情况（细则 11(1)）；"
        "口头、电话反馈不代替书面反馈。",
        "办理中请严格保守秘密，不得将检举控告材料或信访人情况透露、转给被反映的单位或个人（细则 7、13(8)）。",
        "示例大学信访办",
        "2026年11月25日",
        "联系人：经办甲　联系电话：0000-0001",
    ]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_letter_is_on_record_by_its_hash(office: Office) -> None:
    begun(office)
    office.must("letter", "assign", NUMBER, "--document", "示例信〔2026〕8号", "-o", "交办.docx")
    data = Path("交办.docx").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    told = f"交办函致后勤保障部：示例信〔2026〕8号；{len(data)} 字节，SHA-256 {digest[:12]}…"
    assert told in office.must("case", "show", NUMBER).out
    assert rows(office.must("log", NUMBER, "--last", "1", "--format", "plain"))[0][3] == told
    assert digest in office.must("export", "events").out
    office.must("letter", "assign", NUMBER, "--document", "示例信〔2026〕8号", "-o", "又一份.docx")
    assert Path("又一份.docx").read_bytes() == data
    office.must("rebuild")
    office.must("verify")


@pytest.mark.parametrize(
    ("involved", "told", "withheld"),
    [
        (("--involved", "C01"), SUMMARY, False),
        (("--involved", "A15"), "涉及你单位的检举控告事项", True),
        ((), "涉及你单位的检举控告事项", True),
    ],
    ids=["another unit", "accused", "nobody knows whom"],
)
def test_of_an_accusation_no_unit_learns_the_name_and_the_accused_nothing(
    office: Office, involved: tuple[str, ...], told: str, withheld: bool
) -> None:
    redacted = REDACTED if "A15" in involved else ()
    begun(office, "--purpose", "检举控告", *involved, redacted=redacted)
    office.must("letter", "assign", NUMBER, "-o", "函.docx")
    letter = text_of(Path("函.docx"))
    assert f"事项：{told}" in letter
    assert "信访人：" not in letter
    assert (DEMAND in letter, SUMMARY in letter) == (not withheld, not withheld)


def test_the_officer_may_word_what_an_accused_unit_is_told(office: Office) -> None:
    begun(office, "--purpose", "检举控告", "--involved", "A15", redacted=REDACTED)
    office.must("letter", "assign", NUMBER, "--content", "请说明食堂定价程序", "-o", "函.docx")
    letter = text_of(Path("函.docx"))
    assert "事项：请说明食堂定价程序" in letter
    assert SUMMARY not in letter


def supervised(office: Office, *options: str) -> None:
    opening = ("supervise", "open", NUMBER, "--unit", "A15", "--ground", "7", "--form", "函件")
    office.must(*opening, "--reason", "示例理由", *options)


def test_a_supervision_letter(office: Office) -> None:
    begun(office)
    supervised(office)
    office.must("letter", "supervise", "DB2026-0001")
    letter = text_of(Path("supervise-DB2026-0001.docx"))
    for told in (
        "现予第 1 次督办（督办编号 DB2026-0001）：",
        "情形：细则 11(7) 其他情形",
        f"事项：{NUMBER} {SUMMARY}",
        "理由：示例理由",
        "请后勤保障部于 2026年12月2日（含当日）以前书面回复办理和整改情况（细则 10）。",
    ):
        assert told in letter
    assert "督办函致后勤保障部：" in office.must("supervise", "show", "DB2026-0001").out
    assert "信访人：" not in letter
    office.must("rebuild")
    office.must("verify")


def test_a_supervision_over_an_accusation_keeps_it_from_the_accused(office: Office) -> None:
    begun(office, "--purpose", "检举控告", "--involved", "A15", redacted=REDACTED)
    supervised(office)
    office.must("letter", "supervise", "DB2026-0001", "-o", "函.docx")
    letter = text_of(Path("函.docx"))
    assert f"事项：{NUMBER} 涉及你单位的检举控告事项" in letter
    assert [word for word in (SUMMARY, DEMAND, "示例理由") if word in letter] == []
    worded = ("--content", "请说明食堂定价程序", "-o", "二.docx")
    office.must("letter", "supervise", "DB2026-0001", *worded)
    letter = text_of(Path("二.docx"))
    assert "事项：请说明食堂定价程序" in letter
    assert [word for word in (SUMMARY, DEMAND, "示例理由") if word in letter] == []


def test_no_letter_to_a_unit_ever_tells_an_identity(office: Office) -> None:
    begun(office, "--signatory", "亡是公")
    supervised(office)
    office.must("letter", "assign", NUMBER, "-o", "一.docx")
    office.must("letter", "supervise", "DB2026-0001", "-o", "二.docx")
    letters = [text_of(Path(name)) for name in ("一.docx", "二.docx")]
    found = leaks(*letters) + [name for name in ("亡是公",) if name in "".join(letters)]
    assert found == []
    assert "信访人：（已登记）、（已登记）" in letters[0]


# Letters to the petitioner


def test_the_petitioner_is_named_in_full_only_for_a_reason(office: Office) -> None:
    begun(office)
    office.must("case", "accept", NUMBER, "--on", "2026-11-17", "--opinion")
    office.must("letter", "accept", NUMBER, "-o", "一.docx")
    assert text_of(Path("一.docx")).splitlines()[2] == "信访人："
    done = office.must("letter", "accept", NUMBER, "--reveal", "寄送告知书", "-o", "二.docx")
    letter = text_of(Path("二.docx"))
    named = PLANTED["--petitioner"] in letter
    assert named
    found = leaks(done.out, done.err, office.must("log", NUMBER).out)
    assert found == []
    assert "办理期限至 2027年1月18日（条例 34）" in letter
    log = [row[3] for row in rows(office.must("log", NUMBER, "--last", "2", "--format", "plain"))]
    assert log[0] == "查看信访人身份：寄送告知书"
    assert log[1].startswith("受理告知书致信访人：")


def test_declining(office: Office) -> None:
    register(office, SUMMARY, "--petitioner", "示例信访人", "--on", "2026-11-16")
    told = ("--reason", "属于诉讼事项", "--path", "人民法院", "--on", "2026-11-17")
    office.must("case", "decline", NUMBER, *told)
    office.must("letter", "decline", NUMBER)
    letter = text_of(Path(f"decline-{NUMBER}.docx"))
    assert "理由：属于诉讼事项" in letter
    assert "请依法通过以下途径提出：人民法院。" in letter


def test_extending_and_replying(office: Office) -> None:
    begun(office)
    office.must("case", "accept", NUMBER, "--on", "2026-11-17", "--opinion")
    extending = ("20", "--approver", "负责人甲", "--reason", "需要鉴定")
    office.must("case", "extend", NUMBER, *extending, "--on", "2026-11-20")
    office.must("letter", "extend", NUMBER)
    letter = text_of(Path(f"extend-{NUMBER}.docx"))
    # The 80th day is the eve of Spring Festival: the period ends after it.
    assert "办理期限延长 20 日，至 2027年2月11日（条例 34）。" in letter
    assert "延长的理由：需要鉴定" in letter
    opinion = ("--outcome", "部分支持", "--content", "公示成本 <8%>\n& 退还差价")
    office.must("case", "opinion", NUMBER, *opinion, "--on", "2026-11-23")
    office.must("letter", "reply", NUMBER)
    letter = text_of(Path(f"reply-{NUMBER}.docx"))
    assert "公示成本 <8%>\n& 退还差价" in letter
    assert "处理结论：部分支持。" in letter
    assert "可以自收到本意见书之日起 30 日内申请复查（条例 35）。" in letter


def test_a_reply_without_an_opinion_is_worded_by_the_officer(office: Office) -> None:
    begun(office)
    assert office("letter", "reply", NUMBER).code == 4
    early = office("letter", "reply", NUMBER, "--content", "已向你说明情况", "--on", "2026-11-15")
    assert (early.code, "文书日期 2026-11-15 早于登记日期 2026-11-16" in early.err) == (3, True)
    office.must("letter", "reply", NUMBER, "--content", "已向你说明情况")
    letter = text_of(Path(f"reply-{NUMBER}.docx"))
    assert "已向你说明情况" in letter
    assert "复查" not in letter


def test_a_refused_letter_leaves_nothing(office: Office, tmp_path: Path) -> None:
    begun(office)
    head, before = office.head(), sorted(tmp_path.iterdir())
    for command, code in (
        (("letter", "decline", NUMBER, "--reveal", "寄送"), 4),
        (("letter", "assign", NUMBER, "--on", "2026-11-16"), 3),
        (("letter", "assign", NUMBER, "-o", "没有/函.docx"), 3),
        (("letter", "assign", NUMBER, "-o", "config.toml"), 3),
        (("letter", "reply", NUMBER, "--content", "内容", "--reveal", " "), 3),
    ):
        assert office(*command).code == code
    assert (office.head(), sorted(tmp_path.iterdir())) == (head, before)


def test_numbers_make_safe_file_names(office: Office) -> None:
    register(office, SUMMARY, "--number", "../信/1", "--on", "2026-11-16")
    office.must("case", "assign", "../信/1", "A15", "--on", "2026-11-17")
    office.must("letter", "assign", "../信/1")
    assert Path("assign-.._信_1.docx").is_file()


# Templates of the office's own


def test_the_offices_own_template_comes_first(office: Office) -> None:
    begun(office)
    shown = office.must("letter", "template", "交办函").out.strip()
    assert Path(shown) == office.path.parent / "letters" / "assign.docx"
    assert office("letter", "template", "assign").code == 3
    document = Document()
    document.add_paragraph("本办自拟：{{ 编号 }}、{{ 收件 }}")
    document.save(shown)
    office.must("letter", "assign", NUMBER, "-o", "函.docx")
    assert text_of(Path("函.docx")) == f"本办自拟：{NUMBER}、后勤保障部"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("{{ 编好 }}", "里的字段「编好」不存在；可以用：红头、文号、收件、"),
        ("{{ 编号.__class__.__mro__ }}", "里有不允许的写法"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "里有不允许的写法"),
        ("{% if 编号 %}", "里的写法不对"),
        ("{{ 编号", "里的写法不对"),
        ("{{ 1 / 0 }}", "里的计算或判断做不下去"),
        ("{% for a in range(999999999) %}{% endfor %}", "里的计算或判断做不下去"),
        ("{% include '/etc/passwd' %}", "里的计算或判断做不下去"),
    ],
)
def test_a_bad_template_is_refused_with_its_name(office: Office, words: str, told: str) -> None:
    begun(office)
    own = Path(office.must("letter", "template", "交办函").out.strip())
    document = Document()
    document.add_paragraph(words)
    document.save(str(own))
    head = office.head()
    done = office("letter", "assign", NUMBER, "-o", "函.docx")
    assert (done.code, f"文书模板「{own}」{told}" in done.err) == (3, True), done.err
    assert len(done.err.splitlines()) == 1
    assert (office.head(), Path("函.docx").exists()) == (head, False)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04garbage"])
def test_a_template_that_is_no_word_file(office: Office, content: bytes) -> None:
    begun(office)
    own = Path(office.must("letter", "template", "交办函").out.strip())
    own.write_bytes(content)
    done = office("letter", "assign", NUMBER)
    assert (done.code, "不是 Word 文件（docx），或已损坏" in done.err) == (3, True), done.err
