"""From a copied notice to its parts: title, year, numbered items, closing words.

Copies differ in width of letters, line breaks, spaces and HTML leftovers; all of that is levelled
here, so that the later modules see one spelling. No date is understood in this module.
"""

from __future__ import annotations

import html
import re
import unicodedata

from msgspec import Struct

from xfctl.errors import InputRefusedError
from xfctl.workdays.notice_festivals import ANY_FESTIVAL, festivals_in

NUMERALS = "一二三四五六七八九十"
YEARLY = "部分节假日安排"
YEARS = range(1999, 2100)

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
# A line that begins like an item, unless a word such as 星期一 or 初一 was broken over two lines.
_ITEM_LINE = re.compile(rf"(?<![期周初第、,(\s])\s*\n\s*(?=[{NUMERALS}]{{1,2}}\s*、)")
_DOCUMENT_NUMBER = re.compile(r"国(?:办)?发(?:明电)?[〔\[(【]\d{4}[〕\])】]\d+号")
_QUOTATION_MARKS = re.compile("[“”\"'‘’「」]")

_TITLE = re.compile(r"(?:国务院(?:办公厅)?)?关于[^。;:,《》]{2,60}?的(?:补充)?通知")
_ARRANGED = re.compile(
    r"现将((?:调整|延长)?(?:\d{4}年)?[^。;:]{2,60}?)的?(?:具体)?(?:安排)?通知如下"
)
_SALUTATION_END = re.compile(r"各直属机构[:,]")
_ITEM = re.compile(rf"(?:^|(?<=[。;:]))([{NUMERALS}]{{1,2}})、")
_ITEM_HEAD = re.compile(rf"((?:{ANY_FESTIVAL})(?:[、和]{ANY_FESTIVAL})*):?")
_FOUR_DIGIT_YEAR = re.compile(r"(\d{4})年")
_SIGNED = re.compile(
    r"国务院(?:办公厅)?(?:\d{4}年\d{1,2}月\d{1,2}日|[〇○零一二三四五六七八九]{4}年)"
)
_COMMEMORATION = re.compile(r"关于(?:调整|延长)?(?:\d{4}年)?(.+?)(?:调休)?(?:放假|假期).*的通知")
_FULL_WIDTH = str.maketrans(",;:()", "，；：（）")


class Item(Struct, frozen=True):
    """One numbered item: the festivals its head names (may be none) and the text after them."""

    number: str
    festivals: tuple[str, ...]
    body: str

    @property
    def quote(self) -> str:
        """The item much as it was written, for messages."""
        number = f"{self.number}、" if self.number else ""
        head = f"{'、'.join(self.festivals)}:" if self.festivals else ""
        return number + head + self.body


class NoticeText(Struct, frozen=True):
    """The parts of a notice; ``announced`` are the festivals its opening sentence promises."""

    title: str
    year: int
    annual: bool
    announced: tuple[str, ...]
    subject: str
    items: tuple[Item, ...]


def refusal(what: str, quote: str, remedy: str) -> InputRefusedError:
    """The refusal to raise: what is wrong, the words it is wrong in, what to do."""
    words = quote.strip("。,;: ")[:60].translate(_FULL_WIDTH).replace("。", "，")
    place = f"（原文「{words}」）" if words else ""
    return InputRefusedError(f"{what}{place}，{remedy}。")


def level(text: str) -> str:
    """One spelling for all copies: half-width, no spaces, no line breaks, no quotation marks."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", html.unescape(text)))
    text = re.sub(r"\s+", "", _ITEM_LINE.sub("。", text))
    return _QUOTATION_MARKS.sub("", _DOCUMENT_NUMBER.sub("", text))


def take_apart(text: str, year: int | None) -> NoticeText:
    """Split a notice into its parts.

    Raises InputRefusedError when the year is missing or told twice differently, an item number is
    missing, or a short notice lacks its signature.
    """
    words = level(text)
    title = _TITLE.search(words)
    arranged = _ARRANGED.search(words)
    subject = title.group() if title else arranged.group(1) if arranged else ""
    opening, items = _split_items(words, title.end() if title else 0)
    named = festivals_in(subject) or {name for item in items for name in item.festivals}
    annual = "补充" not in subject and (YEARLY in subject or len(named) > 2)
    return NoticeText(
        title=subject or "无标题的放假通知",
        year=_year_of(subject, arranged.group(1) if arranged else "", opening, items, year),
        annual=annual,
        announced=festivals_in(arranged.group(1)) if arranged and annual else (),
        subject=_subject_of(subject),
        items=_require_numbers(items) if annual else _require_signature(items, words),
    )


def _split_items(words: str, after_title: int) -> tuple[str, tuple[Item, ...]]:
    """Return the opening and the items; a notice without numbers is one item of that name."""
    marks = list(_ITEM.finditer(words))
    if not marks:
        salutation = _SALUTATION_END.search(words)
        start = salutation.end() if salutation else after_title
        return words[:start], (Item("", (), words[start:]),)
    ends = [mark.start() for mark in marks[1:]] + [len(words)]
    items = tuple(
        _item(mark.group(1), words[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)
    )
    _require_sequence(items)
    return words[: marks[0].start()], items


def _item(number: str, words: str) -> Item:
    head = _ITEM_HEAD.match(words)
    if not head:
        return Item(number, (), words)
    return Item(number, festivals_in(head.group(1)), words[head.end() :])


def _require_sequence(items: tuple[Item, ...]) -> None:
    for index, item in enumerate(items):
        expected = NUMERALS[index] if index < len(NUMERALS) else "（没有了）"
        if item.number != expected:
            raise refusal(
                f"通知的条目编号不连续：应为「{expected}、」，却是「{item.number}、」",
                item.body.split("。")[0],
                "请对照原文补全缺失或重复的条目",
            )


def _year_of(
    subject: str, arranged: str, opening: str, items: tuple[Item, ...], given: int | None
) -> int:
    """Agree on one year; the title, the opening, the caller, and only then the items tell it."""
    told = {int(y) for part in (subject, arranged) for y in _FOUR_DIGIT_YEAR.findall(part)}
    if not told and not given:
        body = "".join(_SIGNED.split(item.body)[0] for item in items)
        told = {int(y) for y in _FOUR_DIGIT_YEAR.findall(opening + body)}
    if given:
        told.add(given)
    if not told:
        raise refusal("通知里没有写明是哪一年", opening, "请连同标题一起复制，或另行指定年份")
    if len(told) > 1:
        years = "、".join(f"{y}年" for y in sorted(told))
        raise refusal(
            f"通知的年份前后不一（{years}）", subject or arranged, "请核对标题、正文与所选年份"
        )
    if (agreed := told.pop()) not in YEARS:
        raise refusal(f"不会有{agreed}年的放假通知", subject, "请核对年份")
    return agreed


def _subject_of(subject: str) -> str:
    """What a supplementary notice is about: a known festival, else the day its title names."""
    if known := festivals_in(subject):
        return known[0]
    named = _COMMEMORATION.search(subject)
    return named.group(1) if named else ""


def _require_numbers(items: tuple[Item, ...]) -> tuple[Item, ...]:
    if not items[0].number:
        raise refusal("年度通知里没有找到「一、」「二、」这样的条目", "", "请从标题到落款完整复制")
    return items


def _require_signature(items: tuple[Item, ...], words: str) -> tuple[Item, ...]:
    """A short notice has no balance of days to betray a cut: its signature must be there."""
    if not _SIGNED.search(words):
        raise refusal(
            "通知末尾没有国务院落款和日期，像是没有复制完整", words[-20:], "请从标题到落款完整复制"
        )
    return items
