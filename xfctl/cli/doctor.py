"""The command that looks at everything and changes nothing."""

from __future__ import annotations

from typing import Annotated

import typer

from xfctl.cli.options import ANSWER_IS_YES, FormatOption, Output
from xfctl.cli.session import session_of
from xfctl.output.formats import Format
from xfctl.time_zone import SHANGHAI


def doctor(
    ctx: typer.Context,
    exit_code: Annotated[
        bool,
        typer.Option("--exit-code", help="有「严重」或「注意」的问题时，以退出码 1 结束。"),
    ] = False,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """检查账本和它周围的一切，每个问题一行：是什么、在哪里、怎么办；只看，不修改。

    例：xfctl doctor；xfctl doctor --exit-code --format plain
    """
    from xfctl.cli.emit import check_format, emit
    from xfctl.reports.doctor import BACKUP_DAYS, doctor_table, examine

    session = session_of(ctx)
    session.refuse_as_known_at()
    check_format(format, output)
    examination = examine(
        session.path,
        session.today,
        session.now.astimezone(SHANGHAI),
        session.settings.number("backup.max_age_days", BACKUP_DAYS),
        [session.config_path],
    )
    emit(doctor_table(examination), format, output)
    if exit_code and examination.needs_action:
        raise typer.Exit(ANSWER_IS_YES)
