"""Handing a report to the output room, and the ledger's head to the reader of an export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xfctl.cli.session import say
from xfctl.errors import InputRefusedError
from xfctl.output.formats import Format
from xfctl.reports.table import Stream, Table

if TYPE_CHECKING:
    from xfctl.output.several import Document
    from xfctl.reports.review import Section


def emit(table: Table | Stream, format: Format, output: Path | None) -> None:
    """Show a report, or save it where ``--output`` says."""
    from xfctl.output.show import save, show

    if output is None:
        show(table, format)
        return
    save(table, format, output)
    count = len(table.rows) if isinstance(table, Table) else table.rows.count
    say(f"已写入「{output}」，共 {count} 行。")


def check_format(format: Format, output: Path | None) -> None:
    """Refuse, before anything is recorded, what cannot be shown: a workbook on a screen."""
    from xfctl.output.show import NOT_ON_SCREEN

    if format is Format.XLSX and output is None:
        raise InputRefusedError(NOT_ON_SCREEN)


def emit_all(tables: Sequence[Table], format: Format, output: Path | None) -> None:
    """Show or save a report of several tables under the title of the first."""
    from xfctl.output.several import Block, Document

    emit_document(Document(tables[0].title, [Block(tables)]), format, output)


def emit_sections(
    title: str, sections: Iterable[Section], format: Format, output: Path | None
) -> None:
    """Show or save sections of tables and charts under a title."""
    from xfctl.output.several import Block, Document

    blocks = [Block(each.tables, each.charts) for each in sections]
    emit_document(Document(title, blocks), format, output)


def emit_document(document: Document, format: Format, output: Path | None) -> None:
    """Show or save a report of several tables with its charts."""
    from xfctl.output.several import save_document, show_document

    if output is None:
        show_document(document, format)
        return
    save_document(document, format, output)
    say(f"已写入「{output}」，共 {len(document.tables)} 张表。")


def emit_parts(
    parts: Mapping[str, Table], part: str | None, format: Format, output: Path | None
) -> None:
    """Show a report of several tables, or the one named. Raises InputRefusedError for no such."""
    if part is None:
        emit_all(list(parts.values()), format, output)
        return
    if part not in parts:
        names = "、".join(parts)
        raise InputRefusedError(f"这份报告没有「{part}」这张表；可以用 --part：{names}。")
    emit(parts[part], format, output)
