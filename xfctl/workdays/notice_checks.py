"""What a whole notice must satisfy beyond its single items; all rules hold for 2004–2026."""

from __future__ import annotations

from datetime import date, timedelta

from xfctl.workdays.notice_festivals import BY_NAME, statutory_days
from xfctl.workdays.notice_items import Arrangement, is_weekend
from xfctl.workdays.notice_text import NoticeText, refusal


def check_notice(
    text: NoticeText, items: tuple[Arrangement, ...], present: dict[str, set[date]]
) -> None:
    """Raise InputRefusedError for the first rule the notice breaks."""
    _check_something(text, items)
    if text.annual:
        _check_complete(text, items)
    for item in items:
        if not item.prolongs:
            _check_anchors(text.year, item, present)
    _check_overlaps(items)
    _check_make_up_days(text, items, present)
    _check_nearest_weekends(items, present)
    _check_balance(text, items)


def _check_something(text: NoticeText, items: tuple[Arrangement, ...]) -> None:
    if not any(item.rest or item.work for item in items):
        raise refusal(
            "通知里没有读出任何放假日期", text.items[0].body, "请确认复制的是放假通知全文"
        )
    for item in items:
        if text.annual and not item.rest:
            raise refusal("这一条没有读出放假日期", item.quote, "请对照原文核对")
        if item.rest and not item.festivals:
            raise refusal("看不出这一条是哪个节日", item.quote, "请对照原文补上节日名称")


def _check_complete(text: NoticeText, items: tuple[Arrangement, ...]) -> None:
    """Each statutory festival exactly once, and those the opening announces."""
    named = [name for item in items for name in item.festivals]
    if twice := [name for name in dict.fromkeys(named) if named.count(name) > 1]:
        raise refusal(f"{twice[0]}安排了两次", text.title, "请删去重复的条目")
    expected = dict.fromkeys([*statutory_days(text.year), *text.announced])
    if missing := [name for name in expected if name not in named]:
        raise refusal(f"年度通知缺少{'、'.join(missing)}的安排", text.title, "请对照原文补全")
    if extra := [name for name in named if name not in expected]:
        raise refusal(f"{text.year}年的年度通知不应有{extra[0]}", text.title, "请核对年份")


def _check_anchors(year: int, item: Arrangement, present: dict[str, set[date]]) -> None:
    """The holiday must hold the festival itself: by its season, and by the calendar so far."""
    rest = frozenset(item.rest)
    for name in item.festivals if rest else ():
        festival = BY_NAME.get(name)
        known = present.get(name)
        if (festival and not festival.can_begin_in(year, rest)) or (known and not known & rest):
            raise refusal(f"所列放假日期不含{name}当天", item.quote, "请对照原文核对")


def _check_overlaps(items: tuple[Arrangement, ...]) -> None:
    taken: dict[date, Arrangement] = {}
    for item in items:
        for day in sorted(item.rest | item.work):
            if day in taken:
                raise refusal(
                    f"{day.month}月{day.day}日在两条里都有安排", item.quote, "请对照原文核对"
                )
            taken[day] = item


def _check_make_up_days(
    text: NoticeText, items: tuple[Arrangement, ...], present: dict[str, set[date]]
) -> None:
    """A make-up day is a weekend day; a later notice may also take back a day off."""
    given = set() if text.annual else {day for days in present.values() for day in days}
    for item in items:
        for day in sorted(item.work):
            if not is_weekend(day) and day not in given:
                raise refusal(
                    f"{day.month}月{day.day}日本是工作日，无须调为上班",
                    item.quote,
                    "请对照原文核对",
                )


def _check_nearest_weekends(items: tuple[Arrangement, ...], present: dict[str, set[date]]) -> None:
    """All make-up days so far lie on the weekends nearest to the holiday that are not taken.

    This is what catches a make-up day that slipped by whole weeks, weekday and all.
    """
    taken = {day for days in present.values() for day in days}
    taken = taken.union(*(item.rest | item.work for item in items))
    for item in items:
        for day in sorted(item.work) if item.rest else ():
            between = _between(day, min(item.rest), max(item.rest))
            if any(is_weekend(each) and each not in taken for each in between):
                what = f"{day.month}月{day.day}日上班，与假期之间却隔着照常休息的周末"
                raise refusal(what, item.quote, "请对照原文核对，确实无误可改用 CSV 表格导入")


def _between(day: date, first: date, last: date) -> list[date]:
    """The days strictly between a day and a holiday before or after it."""
    start, end = (day, first) if day < first else (last, day)
    return [start + timedelta(days=n) for n in range(1, (end - start).days)]


def _check_balance(text: NoticeText, items: tuple[Arrangement, ...]) -> None:
    """Weekdays off = statutory days + make-up days; no notice so far has given more or less."""
    if any(item.prolongs for item in items):
        return
    off = sum(not is_weekend(day) for item in items for day in item.rest)
    work = sum(is_weekend(day) for item in items for day in item.work)
    law = sum(_granted(item, text.year) for item in items)
    if off != law + work:
        raise refusal(
            f"放假占用工作日{off}天，而法定假日{law}天加调休上班{work}天共{law + work}天，两数不等",
            text.title if text.annual else items[0].quote,
            "请对照原文核对，确实无误可改用 CSV 表格导入",
        )


def _granted(item: Arrangement, year: int) -> int:
    """Days off granted as such: by law, or for a day of its own by the notice (放假1天)."""
    granted = statutory_days(year)
    if not item.rest:
        return 0
    return sum(granted.get(name, min(item.totals, default=1)) for name in item.festivals)
