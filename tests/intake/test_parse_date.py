from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xfctl.errors import InputRefusedError
from xfctl.intake.dates import DateRefusedError, parse_date

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

DATE_FORMS = [
    "{0.year}-{0.month:02}-{0.day:02}",
    "{0.year}-{0.month}-{0.day}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}/{0.month:02}/{0.day:02}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0.year} 年 {0.month:02} 月 {0.day:02} 日",
    "{0.year}{0.month:02}{0.day:02}",
]
TIME_FORMS = ["", " 8:30", " 16:03:40", "T08:00", "T08:00:00.125", " 8时30分", " 8点", " 8时5分9秒"]


@given(
    day=st.dates(date(1949, 1, 1), date(2099, 12, 31)),
    form=st.sampled_from(DATE_FORMS),
    time=st.sampled_from(TIME_FORMS),
    wide=st.booleans(),
    blanks=st.sampled_from(["", " ", "\u3000", "\t", "\n"]),
)
def test_every_day_in_every_form_comes_back(
    day: date, form: str, time: str, wide: bool, blanks: str
) -> None:
    text = form.format(day) + time
    if wide:
        text = text.translate(FULL_WIDTH)
    assert parse_date(blanks + text + blanks) == day


@pytest.mark.parametrize(
    "text", ["2026年3月1日8时30分", "2026年3月1日 8:30", "2026年3月1日23:59:59"]
)
def test_the_hour_may_touch_the_character_for_day(text: str) -> None:
    assert parse_date(text) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "没有填写"),
        ("\u3000 ", "没有填写"),
        ("3月2日", "没有年份"),
        ("3-2", "没有年份"),
        ("12/31", "没有年份"),
        ("3月", "没有年份"),
        ("2月30日", "没有这一天"),
        ("13-40", "没有这一天"),
        ("2026-02-30", "没有这一天"),
        ("２０２６年２月２９日", "没有这一天"),
        ("2026-13-01", "没有这一天"),
        ("2026-00-10", "没有这一天"),
        ("20260431", "没有这一天"),
        ("26-3-1", "年份只有两位"),
        ("26年3月1日", "年份只有两位"),
        ("01/03/26", "年份只有两位"),
        ("1/3/2026", "年份没有写在最前"),
        ("01.03.2026", "年份没有写在最前"),
        ("2024-02", "没有日"),
        ("2026年3月", "没有日"),
        ("2026", "没有月和日"),
        ("46050", "日期序号"),
        ("1948-12-31", "年份不在"),
        ("2101-01-01", "年份不在"),
        ("0000-01-01", "年份不在"),
        ("2026-03-01 24:00", "没有这个时刻"),
        ("2026-03-01 8:60", "没有这个时刻"),
        ("2026-03-01T23:00Z", "时区"),
        ("2026-03-01T23:00+08:00", "时区"),
        ("2026-3/1", "不是日期"),
        ("2026-03-018:30", "不是日期"),
        ("20260301083000", "不是日期"),
        ("二〇二六年三月一日", "不是日期"),
        ("2026年3月1日 下午3:05", "不是日期"),
        ("2026-03-01至2026-03-05", "不是日期"),
        ("2026-03-①", "不是日期"),
        ("٢٠٢٦-٠٣-٠١", "不是日期"),
        ("2026-03-01" + " " * 40 + "8:30", "不是日期"),
        ("昨天", "不是日期"),
    ],
)
def test_what_is_no_whole_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(DateRefusedError) as refused:
        parse_date(text)
    assert reason in refused.value.reason
    message = str(refused.value)
    assert reason in message
    assert "\n" not in message
    assert message.endswith("。")


@given(st.text())
def test_any_text_is_a_date_or_refused(text: str) -> None:
    told = "读到了"
    try:
        assert 1949 <= parse_date(text).year <= 2099
    except InputRefusedError as refused:
        told = str(refused)
    assert told.isprintable()
