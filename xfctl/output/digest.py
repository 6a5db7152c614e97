"""The digest as a mail or a chat message shows it: plain text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from xfctl.output.visible import visible
from xfctl.reports.counted_days import WEEKDAYS

if TYPE_CHECKING:
    from xfctl.reports.digest import Digest
    from xfctl.reports.obligations import Standing


class DigestFormat(StrEnum):
    """What ``digest --format`` takes: forms for a mail or a chat."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


def render(digest: Digest, format: DigestFormat) -> str:
    """The digest in a format."""
    return _RENDERERS[format](digest)


def deliver(text: str, output: Path | None) -> None:
    """Print the digest, or write it to a file."""
    from xfctl.output.files import write_file
    from xfctl.output.streams import write_stdout

    if output is None:
        write_stdout(text)
    else:
        write_file(output, text.encode("utf-8", "backslashreplace"))


def text(digest: Digest) -> str:
    """Short lines without a table: they survive proportional fonts and narrow screens."""
    lines = [_title(digest), _counts(digest), "", *_major(digest)]
    for name, standings in _sections(digest):
        if standings:
            lines += [f"■ {name}（{len(standings)} 项）"]
            for number, each in enumerate(standings, start=1):
                lines += _entry(number, each)
            lines.append("")
    lines += _unsupervised(digest)
    lines += [f"！{warning}" for warning in digest.warnings]
    return "\n".join([*lines, f"账本头 {digest.head}", ""])


def _title(digest: Digest) -> str:
    return f"【信访期限提醒】{digest.on} 周{WEEKDAYS[digest.on.weekday()]}"


def _counts(digest: Digest) -> str:
    counts = [f"{name} {len(standings)} 项" for name, standings in _sections(digest)]
    major = [f"重大紧急待报告 {len(digest.major)} 件"] if digest.major else []
    return "，".join([*major, *counts])


def _sections(digest: Digest) -> list[tuple[str, list[Standing]]]:
    return [
        ("已逾期", digest.overdue),
        ("今日到期", digest.today),
        (f"{digest.soon_days} 个工作日内到期", digest.soon),
        ("期限暂定", digest.provisional),
    ]


def _major(digest: Digest) -> list[str]:
    """What must reach the leaders stands on top (细则 8(4))."""
    from xfctl.reports.digest import MAJOR_TITLE

    if not digest.major:
        return []
    entries = [
        f"{number}. {line.number} {visible(line.summary)}"
        for number, line in enumerate(digest.major, start=1)
    ]
    return [f"■ {MAJOR_TITLE}（{len(entries)} 件）", *entries, ""]


def _unsupervised(digest: Digest) -> list[str]:
    """One line a ground: the overdue ones are told in full above."""
    from xfctl.regulation.grounds import article_of
    from xfctl.reports.digest import UNSUPERVISED_TITLE

    if not digest.unsupervised:
        return []
    entries = [
        f"{number}. {each.case} {article_of(each.ground)}，自 {each.since}"
        + (f"，{visible(each.unit_name)}" if each.unit_name else "")
        for number, each in enumerate(digest.unsupervised, start=1)
    ]
    return [f"■ {UNSUPERVISED_TITLE}（{len(entries)} 项）", *entries, ""]


def _entry(number: int, each: Standing) -> list[str]:
    from xfctl.reports.obligations import lateness_text

    line = each.line
    late = f"，{lateness_text(each)}" if each.late else ""
    mark = "（暂定）" if line.provisional else ""
    return [
        f"{number}. {line.case} {visible(line.summary)}",
        f"   {visible(line.owed_by_name)}，期限 {line.due_on}{mark}{late}",
        f"   {line.article}，经办人 {visible(line.handler)}",
    ]


def markdown(digest: Digest) -> str:
    """A heading, the tables of the sections that have rows, the warnings and the head."""
    from xfctl.output.markdown import markdown_text
    from xfctl.reports.digest import tables

    parts = [f"# {_title(digest)}\n", f"{_counts(digest)}\n"]
    parts += [markdown_text(table) for table in tables(digest) if table.rows]
    parts += [f"> {warning}\n" for warning in digest.warnings]
    return "\n".join([*parts, f"账本头 `{digest.head}`\n"])


def html(digest: Digest) -> str:
    """One self-contained page."""
    from xfctl.output.html import escape, page, table_html
    from xfctl.reports.digest import tables

    parts = [f"<p>{escape(_counts(digest))}</p>"]
    parts += [table_html(table) for table in tables(digest) if table.rows]
    parts += [f"<p><strong>{escape(warning)}</strong></p>" for warning in digest.warnings]
    parts.append(f"<p><small>账本头 <code>{escape(digest.head)}</code></small></p>")
    return page(_title(digest), "\n".join(parts))


_RENDERERS: dict[DigestFormat, Callable[[Digest], str]] = {
    DigestFormat.TEXT: text,
    DigestFormat.MARKDOWN: markdown,
    DigestFormat.HTML: html,
}
