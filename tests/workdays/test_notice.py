"""Holiday notices: every year's text, every wording, and every kind of damage.

The texts in ``notices/`` are the published ones as public copies have them (2017 and 2026 as
handed over with the task). Reconstructed parts, for want of a full copy: the opening and closing
of 2004, 2005 and 2008 (worded as in the years beside them, unsigned dates left out) and the date
under 2009 and 2012. All numbered items, that is all days, are genuine.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import holidays
import pytest
from chinese_calendar import constants
from hypothesis import given, settings
from hypothesis import strategies as st

from xfctl.errors import InputRefusedError
from xfctl.workdays.notice import Notice, NoticeDay, parse_notice
from xfctl.workdays.notice_csv import parse_notice_csv

TEXTS = {p.stem: p.read_text(encoding="utf-8") for p in Path(__file__).parent.glob("notices/*.txt")}
NAMES = sorted(TEXTS)
YEARS = range(2004, 2027)
FestivalOn = Callable[[date], str | None]


@cache
def statutory(year: int) -> dict[date, str]:
    days = holidays.country_holidays("CN", years=year, language="zh_CN")
    notices = re.compile("休息日|延长|抗日战争")
    return {day: name for day, name in days.items() if not notices.search(name)}


def by_law(day: date) -> str | None:
    """The calendar before any notice: what the law itself grants."""
    return statutory(day.year).get(day)


def unknown(_: date) -> str | None:
    return None


@cache
def yearly(name: str) -> Notice:
    return parse_notice(TEXTS[name], festival_on=by_law)


@cache
def before(name: str) -> FestivalOn:
    """The calendar as it stood when a notice came out."""
    if "-" not in name:
        return by_law
    return {d.day: d.name for d in yearly(name[:4]).days if not d.works}.get


def parse(name: str, text: str | None = None) -> Notice:
    return parse_notice(TEXTS[name] if text is None else text, festival_on=before(name))


def effect(notice: Notice) -> dict[date, bool]:
    """The days a notice really changes: a plain weekend day listed as rest changes nothing."""
    return {d.day: d.works for d in notice.days if d.works != (d.day.weekday() < 5)}


@cache
def undamaged(name: str) -> dict[date, bool]:
    return effect(parse(name))


def decree(text: str, year: int = 2026, festival_on: FestivalOn = by_law) -> str:
    """Days of a notice as 「1-1休 1-4班」."""
    notice = parse_notice(text, festival_on=festival_on, year=year)
    return " ".join(f"{d.day.month}-{d.day.day}{'班' if d.works else '休'}" for d in notice.days)


# --- the published notices -------------------------------------------------------------------


def test_every_year_has_its_text() -> None:
    assert set(NAMES) == {str(y) for y in YEARS} | {"2015-2", "2019-2", "2020-2"}


# chinese-calendar against the notices: day -> (works by the notices, why they differ).
TRUE_DIFFERENCES = {
    date(2005, 12, 31): True,  # 2006 notice: 「12月31日（星期六）上班」; the package leaves it out
}


def test_day_by_day_equals_chinese_calendar() -> None:
    changed: dict[date, bool] = {}
    for name in NAMES:
        changed |= {d.day: d.works for d in parse(name).days}
    days = [
        date(2004, 1, 1) + timedelta(n) for n in range((date(2027, 1, 1) - date(2004, 1, 1)).days)
    ]
    differing = {
        day: ours
        for day in days
        if (ours := changed.get(day, day.weekday() < 5))
        != (day in constants.workdays or (day not in constants.holidays and day.weekday() < 5))
    }
    assert differing == TRUE_DIFFERENCES


@pytest.mark.parametrize("name", NAMES)
def test_rest_days_listed_are_those_of_chinese_calendar(name: str) -> None:
    """But for weekend days beside a holiday, which the package lists in some years only."""
    if name in {"2015", "2019", "2020"}:
        pytest.skip("the package has the later notice on top")
    notice = parse(name)
    year = [d.day for d in notice.days if not d.works]
    theirs = {d for d in constants.holidays if min(year) <= d <= max(year)}
    if name == "2015-2":
        theirs = {d for d in theirs if d.month == 9 and d.day < 10}
    assert all(day.weekday() >= 5 for day in theirs ^ set(year))


@pytest.mark.parametrize("name", NAMES)
def test_names_are_those_of_chinese_calendar(name: str) -> None:
    """Except where the package and the notice share a joined 国庆节、中秋节 holiday differently."""
    chinese = {kind.value: kind.chinese for kind in constants.Holiday}
    theirs = {**constants.holidays, **constants.workdays}
    pairs = {
        (d.name.removesuffix("节"), chinese[theirs[d.day]].removesuffix("节"))
        for d in parse(name).days
        if d.day in theirs
    }
    assert {pair for pair in pairs if pair[0] != pair[1]} <= {("国庆", "中秋"), ("中秋", "国庆")}


@pytest.mark.parametrize("name", NAMES)
def test_year_title_and_kind(name: str) -> None:
    notice = parse(name)
    assert notice.year == int(name[:4])
    assert notice.title == TEXTS[name].splitlines()[0]
    assert notice.annual is ("-" not in name)
    days = [d.day for d in notice.days]
    assert days == sorted(set(days))


@pytest.mark.parametrize("name", NAMES)
def test_reads_without_any_calendar_before_it(name: str) -> None:
    if name == "2020-2":
        with pytest.raises(InputRefusedError, match="不知道春节假期原来到哪一天"):
            parse_notice(TEXTS[name], festival_on=unknown)
    else:
        assert effect(parse_notice(TEXTS[name], festival_on=unknown)) == effect(parse(name))


def test_prolonged_spring_festival() -> None:
    expected = tuple(
        NoticeDay(day, False, "春节")
        for day in (date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2))
    )
    assert parse("2020-2").days == expected
    already = {date(2020, 1, 24) + timedelta(n): "春节" for n in range(10)}
    again = parse_notice(TEXTS["2020-2"], festival_on=already.get)
    assert again.days == expected[-1:]


def test_new_year_reaches_into_the_year_before() -> None:
    days = {d.day: d for d in parse("2007").days}
    assert days[date(2006, 12, 30)] == NoticeDay(date(2006, 12, 30), True, "元旦")


def test_a_joined_holiday_names_its_days_by_the_calendar_before() -> None:
    names = {d.day: d.name for d in parse("2025").days}
    assert names[date(2025, 10, 6)] == "中秋节"
    assert names[date(2025, 10, 5)] == names[date(2025, 10, 11)] == "国庆节"


# --- wordings --------------------------------------------------------------------------------

SHORT = "国务院办公厅关于{subject}放假安排的通知\n一、{words}\n国务院办公厅\n{year}年1月1日"
WORDINGS = [
    ("2026年元旦", "1月1日至3日放假，共3天。1月4日上班。", "1-1休 1-2休 1-3休 1-4班"),
    ("2026年元旦", "元旦：1月1日—3日放假调休,共三天。1月4日(星期日)上班", "1-1休 1-2休 1-3休 1-4班"),
    ("2026年元旦", "元旦：１月１日～３日放假，１月４日（星期天）上班", "1-1休 1-2休 1-3休 1-4班"),
    ("2026年元旦", "元旦：2026年1月1日-2026年1月3日放假，1月4日（周日）上班", "1-1休 1-2休 1-3休 1-4班"),
    ("2026年元旦", "元旦：1月1日放假1天，不调休。", "1-1休"),
    ("2026年清明节", "4月4日（周六）至6日（周一）放假，共3天。", "4-4休 4-5休 4-6休"),
    ("2026年清明节", "4月5日放假，4月6日（星期一）补休。", "4-5休 4-6休"),
    ("2026年清明节", "4月5日为法定假日，4月5日（星期日）的公休调至4月6日休息。", "4-5休 4-6休"),
    ("2026年端午节", "6月19日放假，与周末连休。", "6-19休 6-20休 6-21休"),
    ("2026年端午节", "6月19日放假，与周末连休，共3天。", "6-19休 6-20休 6-21休"),
    ("2026年端午节", "6月19日至21日放假公休，共3天。", "6-19休 6-20休 6-21休"),
    (
        "2026年端午节",
        "6月19日至21日放假3天。其中：6月19日（农历五月初五，端午节），为法定节假日，"
        "6月20日（星期六）、6月21日（星期日）照常公休。",
        "6-19休 6-20休 6-21休",
    ),
    (
        "2026年劳动节",
        "“五一”：5月1日———5日放假，共5天。其中1日、2日为法定假日，3日（星期日）为公休日，"
        "将2日（星期六）、9日（星期六）两个公休日分别调至4日（星期一）、5日（星期二），9日上班。",
        "5-1休 5-2休 5-3休 5-4休 5-5休 5-9班",
    ),
    (
        "2026年春节",
        "2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日"
        "（周六）、28日（周六）上班。鼓励各单位结合带薪年休假安排职工在小年（2月10日）休息。",
        "2-14班 2-15休 2-16休 2-17休 2-18休 2-19休 2-20休 2-21休 2-22休 2-23休 2-28班",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "words", "expected"), WORDINGS)
def test_wordings(subject: str, words: str, expected: str) -> None:
    assert decree(SHORT.format(subject=subject, words=words, year=2026)) == expected


COPIES: dict[str, Callable[[str], str]] = {
    "byte order mark": lambda t: "\ufeff" + t,
    "windows line ends": lambda t: t.replace("\n", "\r\n"),
    "blank lines and full-width indents": lambda t: t.replace("\n", "\n\n　　"),
    "html spaces": lambda t: t.replace("\n", "\n&nbsp;&nbsp;").replace("，", "，\u00a0"),
    "spaces round numbers": lambda t: re.sub(r"(\d+)", r" \1 ", t),
    "a space after the item number": lambda t: t.replace("、元旦", "、 元旦"),
    "half-width punctuation": lambda t: t.translate(str.maketrans("，：；（）", ",:;()")),
    "full-width digits": lambda t: t.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "lines of ten letters": lambda t: re.sub(r"([^\n]{10})", r"\1\n", t),
    "one line": lambda t: t.replace("\n", ""),
    "title on two lines": lambda t: t.replace("年部分", "年\n部分", 1),
    "no space between label and weekday": lambda t: t.replace("星期日", "星期天"),
    "words before the title": lambda t: "新华社北京12月1日电 " + t,
    "invisible letters": lambda t: t.replace("日", "日\u200b"),
}


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("name", NAMES)
def test_odd_copies_read_the_same(name: str, copy: str) -> None:
    assert parse(name, COPIES[copy](TEXTS[name])).days == parse(name).days


@pytest.mark.parametrize("name", NAMES)
def test_reads_without_the_title_when_the_opening_tells_the_year(name: str) -> None:
    if name == "2015-2":
        pytest.skip("only the title names that day")
    text = TEXTS[name].split("\n", 1)[1]
    notice = parse(name, text)
    assert (notice.year, notice.annual) == (int(name[:4]), "-" not in name)
    assert notice.days == parse(name).days


def test_items_alone_need_the_year() -> None:
    items = "\n".join(line for line in TEXTS["2026"].splitlines() if line[1:2] == "、")
    with pytest.raises(InputRefusedError, match="没有写明是哪一年"):
        parse_notice(items, festival_on=by_law)
    assert parse_notice(items, festival_on=by_law, year=2026).days == parse("2026").days


# --- damage ----------------------------------------------------------------------------------

T26, T17, T09 = "2026", "2017", "2009"
DAMAGED = [
    (T26, "共9天", "共8天", "原文写共8天，所列日期却是9天"),
    (T26, "（周四）至3日", "（周五）至3日", "1月1日是星期四，与所注星期不符"),
    (T26, "2月15日", "2月30日", "没有2026年2月30日这一天"),
    (T26, "1月4日（周日）上班", "1月3日（周六）上班", "1月3日既放假又上班"),
    (T26, "5月9日（周六）", "5月7日（周四）", "5月7日本是工作日"),
    (T26, "9月20日（周日）", "9月13日（周日）", "9月13日上班，与假期之间却隔着照常休息的周末"),
    (T26, "9月20日（周日）", "9月27日（周日）", "9月27日在两条里都有安排"),
    (T26, "三、清明节：4月4日（周六）至6日（周一）放假，共3天。\n", "", "应为「三、」，却是「四、」"),
    (T26, "三、清明节", "清明节", "条目编号不连续"),
    (T26, "七、国庆节", "八、国庆节", "条目编号不连续"),
    (T26, TEXTS[T26][TEXTS[T26].index("一、") :], "", "没有找到「一、」「二、」这样的条目"),
    (T26, "五、端午节", "五、中秋节", "中秋节安排了两次"),
    (T26, "五、端午节", "五、重阳节", "这一句看不懂（原文「重阳节"),
    (T26, "共3天。1月4日（周日）上班。", "共3天。", "两数不等"),
    (T26, "放假调休，共7天。", "", "这一句看不懂（原文「10月1日（周四）至7日（周三）9月20日"),
    (T26, "至23日", "至日", "这一句看不懂"),
    (T26, "（周六）、2月28日", "（周六、2月28日", "这一句看不懂"),
    (T26, "农历腊月二十八", "浓厉蜡月", "括号注释看不懂"),
    (T26, "2026年元旦", "2025年元旦", "年份前后不一（2025年、2026年）"),
    (T26, "六、中秋节：9月25日（周五）至27日（周日）放假，共3天。", "六、中秋节：", "这一条没有读出放假日期"),
    (T26, "2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）", "2月23日至15日", "前后颠倒"),
    (T26, "6月19日（周五）至21日（周日）", "7月17日至19日", "不含端午节当天"),
    (T26, "6月19日（周五）至21日（周日）", "6月12日至14日", "不含端午节当天"),
    (T26, "2月15日（农历腊月二十八、周日）", "2025年2月15日", "日期不在通知安排的2026年之内"),
    (T26, "国务院办公厅\n", "10月17日上班。国务院办公厅\n", "结束语之后还有放假安排"),
    (T17, "5月1日放假，与周末连休", "5月1日放假，5月3日补休", "所列放假日期不相连"),
    (T17, "1月2日（星期一）补休", "1月2日（星期一）补", "这一句看不懂"),
    (T17, "一、元旦：1月1日放假，1月2日（星期一）补休", "一、元旦：1日放假，1月2日补休", "日期缺少月份"),
    ("2018", "1月1日放假，与周末连休", "1月3日放假，与周末连休", "并不与周末相连"),
    (T09, "公休日调至1月28日（星期三），", "公休日调至1月28日（星期三）、29日，", "公休日数目不等"),
    (T09, "5月2日（星期六）、5月3日", "5月3日", "休息缘由与放假日期对不上"),
    (T09, "5月31日（星期日）公休日", "5月28日公休日", "被调的公休日不是星期六或星期日"),
    (T09, "5月30日（星期六）照常", "5月29日照常", "所说的公休日不是星期六或星期日"),
    (T09, "1月4日（星期日）上班", "1月10日上班", "上班日期与被调出的公休日不一致"),
    ("2020-2", "2月3日（星期一）", "2月10日（星期一）", "不是放假后的第一天"),
    ("2020-2", "至2月2日（农历正月初九，星期日）", "至1月29日", "谈不上延长到这一天"),
    ("2019-2", "国务院办公厅\n2019年3月22日", "", "没有国务院落款和日期"),
    ("2015-2", "9月3日至5日", "9月3日", "原文写共3天"),
    ("2015-2", "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的", "有关事项", "哪个节日"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "message"), DAMAGED)
def test_damaged_text_is_refused(name: str, old: str, new: str, message: str) -> None:
    assert old in TEXTS[name]
    with pytest.raises(InputRefusedError) as refusal:
        parse(name, TEXTS[name].replace(old, new, 1))
    assert message in str(refusal.value)
    assert_one_sentence(str(refusal.value))


@pytest.mark.parametrize(
    "text", ["", "放假", "国务院办公厅关于2026年部分节假日安排的通知", "一、二、三、"]
)
def test_what_is_no_notice_is_refused(text: str) -> None:
    with pytest.raises(InputRefusedError) as refusal:
        parse_notice(text, festival_on=by_law)
    assert_one_sentence(str(refusal.value))


@pytest.mark.parametrize(
    "festival", ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"]
)
def test_an_annual_notice_needs_all_festivals_of_its_year(festival: str) -> None:
    lines = [line for line in TEXTS["2026"].splitlines() if f"、{festival}：" not in line]
    items = [i for i, line in enumerate(lines) if line[1:2] == "、"]
    for numeral, index in zip("一二三四五六", items, strict=True):
        lines[index] = numeral + lines[index][1:]
    with pytest.raises(InputRefusedError, match=f"缺少{festival}的安排"):
        parse_notice("\n".join(lines), festival_on=by_law)


def test_before_2008_four_festivals_are_the_whole_year() -> None:
    assert {d.name for d in parse("2007").days} == {"元旦", "春节", "劳动节", "国庆节"}
    with pytest.raises(InputRefusedError, match="2007年的年度通知不应有清明节"):
        parse("2007", TEXTS["2007"].replace("一、元旦：", "一、元旦、清明节："))


def assert_one_sentence(message: str) -> None:
    assert message.endswith("。")
    assert message.count("。") == 1
    assert "\n" not in message
    assert not re.search("[A-Za-z]{4,}", message)


# --- every small mutation of every notice ----------------------------------------------------
# Property: a mutated text is refused, or decrees exactly what the undamaged one does.

# What no figure in the notice can betray: a make-up day moved by one week to the other side of a
# short holiday, so that date, weekday, count and nearest weekend all still fit.
SLIPPING = {
    ("2010", "6月12日", "6月19日"),
    ("2011", "4月2日", "4月9日"),
    ("2016", "9月18日", "9月11日"),
    ("2017", "4月1日", "4月8日"),
    ("2018", "4月8日", "4月1日"),
    ("2020", "6月28日", "6月21日"),
    ("2022", "4月2日", "4月9日"),
}

Mutation = tuple[int, int, str]  # replace text[start:end] by the words


def mutations(text: str) -> Iterator[Mutation]:
    for match in re.finditer(r"\d", text):
        yield from ((match.start(), match.end(), d) for d in "0123456789" if d != match.group())
    for match in re.finditer(
        r"(?<=星期|\(周|（周)[一二三四五六日]".replace(r"|\(周|（周", ""), text
    ):
        yield from ((match.start(), match.end(), d) for d in "一二三四五六日" if d != match.group())
    for match in re.finditer(r"(?<=周)[一二三四五六日]", text):
        yield from ((match.start(), match.end(), d) for d in "一二三四五六日" if d != match.group())
    for pattern in (
        r"[()（）]",
        r"[^\n]*\n",
        r"[^。；\n]*[。；]",
        r"[^，。；]*[，。；]",
        r"[^、，。；]*[、，]",
    ):
        yield from ((match.start(), match.end(), "") for match in re.finditer(pattern, text))
    yield from ((index, len(text), "") for index in range(len(text)))
    yield from ((index, index + 1, "") for index in range(len(text)))


def slips(name: str, mutation: Mutation) -> tuple[str, str, str] | None:
    """The date changed and what it became, if the mutation was accepted with other days."""
    start, end, words = mutation
    text = TEXTS[name]
    mutated = text[:start] + words + text[end:]
    try:
        notice = parse(name, mutated)
    except InputRefusedError as refusal:
        assert_one_sentence(str(refusal))
        return None
    if effect(notice) == undamaged(name):
        return None
    place = max(
        (m.start() for m in re.finditer(r"\d{1,2}月", text) if m.start() <= start), default=0
    )
    old, new = (re.split("[（(，。、]", t[place:])[0] for t in (text, mutated))
    return name, old, new


# One in so many is tried, all with XFCTL_EXHAUSTIVE=1 (about a minute).
STEP = 1 if os.environ.get("XFCTL_EXHAUSTIVE") else 29


@pytest.mark.parametrize("name", NAMES)
def test_mutations_are_refused_or_harmless(name: str) -> None:
    sample = list(mutations(TEXTS[name]))[NAMES.index(name) % STEP :: STEP]
    found = {slips(name, mutation) for mutation in sample}
    assert found - {None} <= SLIPPING


@pytest.mark.parametrize(("name", "old", "new"), sorted(SLIPPING))
def test_the_slips_listed_do_slip(name: str, old: str, new: str) -> None:
    """If one of them becomes refused, good: take it off the list."""
    assert effect(parse(name, TEXTS[name].replace(f"{old}（", f"{new}（", 1))) != effect(
        parse(name)
    )


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.data())
def test_any_text_is_refused_or_understood(data: st.DataObject) -> None:
    """Two notices cut and glued anywhere never raise anything but a refusal."""
    first, second = (TEXTS[data.draw(st.sampled_from(NAMES))] for _ in range(2))
    cut = data.draw(st.integers(0, len(first))), data.draw(st.integers(0, len(second)))
    text = (
        first[: cut[0]]
        + data.draw(st.text("〇一二12月日至、。，：（）", max_size=4))
        + second[cut[1] :]
    )
    try:
        notice = parse_notice(text, festival_on=by_law)
    except InputRefusedError as refusal:
        assert_one_sentence(str(refusal))
    else:
        assert notice.days


# --- tables ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["2007", "2026"])
def test_a_table_says_what_the_notice_says(name: str) -> None:
    notice = parse(name)
    rows = [f"{d.day},{'班' if d.works else '休'},{d.name}" for d in notice.days]
    for text in ("\ufeff日期,休/班,名称\r\n" + "\r\n".join(rows), "\n".join(reversed(rows))):
        table = parse_notice_csv(text)
        assert (table.year, table.annual, table.days) == (notice.year, True, notice.days)


@pytest.mark.parametrize(
    "row",
    ["2026-5-1,休,劳动节", "2026/05/01，休，五一", "2026.5.1\t放假\t“五一”国际劳动节", "20260501,休,劳动节",
     "２０２６年５月１日,休,劳动节", ' "2026-05-01" , 休 , 劳动节 '],
)  # fmt: skip
def test_table_rows(row: str) -> None:
    table = parse_notice_csv(row)
    assert table.days == (NoticeDay(date(2026, 5, 1), False, "劳动节"),)
    assert (table.year, table.annual, table.title) == (2026, False, "2026年放假安排表")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "表格里没有任何日期"),
        ("日期,休/班,名称\n", "表格里没有任何日期"),
        ("2026-02-30,休,春节", "第 1 行「日期」列：「2026-02-30」不是日期"),
        ("26-1-1,休,元旦", "第 1 行「日期」列"),
        ("日期,休/班,名称\n2026-1-1,停,元旦", "第 2 行「休/班」列：「停」应为「休」或「班」"),
        ("2026-1-1,休,", "第 1 行「名称」列：缺少节日名称"),
        ("2026-1-1,休", "第 1 行：应有3格"),
        ("2026-1-1,休,元旦\n\n2026-1-1,班,元旦", "第 3 行「日期」列：2026-01-01 重复出现"),
        ("2026-1-1,休,元旦\n2026-1-2,休,元旦\n2023-1-3,休,元旦", "2023-01-03 与其余日期（2026年）"),
    ],
)
def test_bad_tables(text: str, message: str) -> None:
    with pytest.raises(InputRefusedError) as refusal:
        parse_notice_csv(text)
    assert message in str(refusal.value)


def test_a_table_with_a_cell_beyond_all_bounds_is_refused():
    with pytest.raises(InputRefusedError, match="有一格太长"):
        parse_notice_csv("2027-01-01,休," + "元" * 200_000)
