"""Handing a report to the output room, and the ledger's head to the reader of an export."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xfctl.cli.session import say
from xfctl.errors import InputRefusedError
from xfctl.output.formats import Format
from xfctl.output.show import save, show
from xfctl.output.streams import write_stdout, write_stdout_exact
from xfctl.reports.table import Table


def emit(table: Table, format: Format, output: Path | None) -> None:
    """Show a report, or save it where ``--output`` says."""
    if output is None:
        show(table, format)
        return
    save(table, format, output)
    say(f"已写入「{output}」，共 {len(table.rows)} 行。")


def check_format(format: Format) -> None:
    """Refuse, before anything is done, a format that cannot hold several tables."""
    if format in (Format.CSV, Format.XLSX, Format.JSON):
        raise InputRefusedError(
            f"这份报告由几张表组成，不能写成 {format}；可以用 --format table、plain、markdown 或 html。"
        )


def emit_all(tables: list[Table], format: Format) -> None:
    """Show a report of several tables. Raises InputRefusedError for formats that hold one."""
    check_format(format)
    if format is Format.HTML:
        from xfctl.output.html import page, table_html

        write_stdout_exact(page(tables[0].title, "\n".join(map(table_html, tables))))
        return
    for number, table in enumerate(tables):
        if number:
            write_stdout("\n")
        show(table, format)


def emit_parts(
    parts: Mapping[str, Table], part: str | None, format: Format, output: Path | None
) -> None:
    """Show a report of several tables, or the one named.

    Raises InputRefusedError for a name there is not, and where one table must be named: for
    files, and for formats that hold one.
    """
    names = "、".join(parts)
    if part is not None:
        if part not in parts:
            raise InputRefusedError(f"这份报告没有「{part}」这张表；可以用 --part：{names}。")
        emit(parts[part], format, output)
        return
    if output is not None or format in (Format.CSV, Format.XLSX, Format.JSON):
        raise InputRefusedError(
            "这份报告由几张表组成，写入文件或写成 csv、json、xlsx 时，"
            f"请用 --part 指明一张：{names}。"
        )
    emit_all(list(parts.values()), format)
