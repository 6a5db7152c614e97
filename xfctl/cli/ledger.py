"""Commands about the ledger file itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from xfctl.cli.key_shared import ByPassphrase, sealed_by, where_the_key_is
from xfctl.cli.options import FormatOption, Output, complete_number_of
from xfctl.cli.session import say, session_of
from xfctl.disk import PRIVATE_FOLDER
from xfctl.output.formats import Format
from xfctl.output.streams import write_stdout
from xfctl.time_zone import SHANGHAI


def init(
    ctx: typer.Context,
    by_passphrase: ByPassphrase = False,
    no_seal: Annotated[
        bool, typer.Option("--no-seal", help="身份不加密；只用于整个磁盘已经加密的电脑。")
    ] = False,
    rules: Annotated[
        Path | None,
        typer.Option("--rules", metavar="目录", help="另一单位的规则，默认兰州大学的实施细则。"),
    ] = None,
) -> None:
    """建立新账本，信访人身份加密存放；已有的账本不会被覆盖。

    采用另一单位的规则（--rules），规则全文记入账本，以后不再读这个目录。

    例：xfctl init；xfctl --ledger /srv/xinfang/2026.db init；xfctl init --passphrase；xfctl init --no-seal
    例：xfctl init --rules 示例学院规则
    """
    from xfctl.errors import InputRefusedError
    from xfctl.intake.rule_folder import adopted_from
    from xfctl.ledger.create import create_ledger

    session = session_of(ctx)
    session.refuse_as_known_at()
    if no_seal and by_passphrase:
        raise InputRefusedError("--no-seal 和 --passphrase 不能同时用；请去掉一个。")
    adopted = adopted_from(rules) if rules else None
    by = sealed_by(by_passphrase=by_passphrase)
    if not session.explicit:
        session.path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    ledger_id = create_ledger(
        session.path,
        actor=session.actor,
        now=session.now,
        today=session.today,
        rules=adopted,
        seal=None if no_seal else (session.key, by),
    )
    if adopted:
        say(f"采用规则「{adopted.name}」，共 {len(adopted.files)} 个文件，已全文记入账本。")
    how = "身份没有加密（--no-seal）；请确认整个磁盘已经加密。"
    if not no_seal:
        how = where_the_key_is(by, ledger_id, session.key)
    say(
        f"已建立账本「{session.path}」。{how}\n"
        "下一步：xfctl unit add 或 xfctl unit import 添加单位。"
    )


def upgrade(ctx: typer.Context) -> None:
    """把旧格式账本升级到现在的格式；旧文件改名保留。

    例：xfctl upgrade
    """
    from xfctl.ledger.upgrade import upgrade as upgrade_ledger

    session = session_of(ctx)
    session.refuse_as_known_at()
    kept = upgrade_ledger(session.path, session.now.astimezone(SHANGHAI))
    if kept is None:
        say("账本已是现在的格式，无需升级。")
    else:
        say(f"已升级，并核验通过；旧账本保留为「{kept}」。")


def backup(
    ctx: typer.Context,
    target: Annotated[
        Path | None,
        typer.Argument(metavar="文件", help="备份文件，默认放在账本旁的 backups 目录。"),
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep",
            metavar="份数",
            min=1,
            max=10_000,
            help="备份成功后，backups 目录里只留这个账本最近的几份。",
        ),
    ] = None,
) -> None:
    """在线备份账本，核验通过后才算完成；输出备份文件的路径。

    例：xfctl backup；xfctl backup --keep 30；xfctl backup /mnt/usb/xinfang.db
    """
    from xfctl.errors import InputRefusedError
    from xfctl.ledger.backup import back_up
    from xfctl.ledger.rotation import next_backup, rotate

    session = session_of(ctx)
    session.refuse_as_known_at()
    if target and keep:
        raise InputRefusedError("--keep 只整理 backups 目录；请去掉备份文件的路径，或去掉 --keep。")
    with session.reading() as ledger:
        made = target or next_backup(session.path, session.now.astimezone(SHANGHAI))
        head = back_up(ledger, made)
    write_stdout(f"{made}\n")
    say(f"备份完成并核验通过，账本头 {head}。")
    if keep:
        removed = rotate(session.path, made, keep)
        say(f"保留最近 {keep} 份，删除旧备份 {len(removed)} 份。")


def restore(
    ctx: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="备份", help="要恢复的备份文件。")],
) -> None:
    """核验备份后恢复为账本；原账本改名保留，不会覆盖。

    例：xfctl restore backups/ledger-20261125-080000.db
    """
    from xfctl.errors import LedgerUnavailableError
    from xfctl.ledger.backup import restore as restore_ledger

    if not source.is_file():
        raise LedgerUnavailableError(f"没有找到备份文件「{source}」；请核对它的路径。")
    session = session_of(ctx)
    session.refuse_as_known_at()
    with _told_of_backup(source):
        kept = restore_ledger(source, session.path, session.now.astimezone(SHANGHAI))
    old = f"；原账本保留为「{kept}」" if kept else ""
    say(f"已从「{source}」恢复账本「{session.path}」{old}。")


@contextmanager
def _told_of_backup(source: Path) -> Iterator[None]:
    """Refusals that speak of the backup as a ledger call it a backup, and advise accordingly."""
    from xfctl.errors import IntegrityError, LedgerUnavailableError

    try:
        yield
    except (LedgerUnavailableError, IntegrityError) as error:
        fact, _, advice = str(error).partition("；")
        if f"「{source}」" not in fact:
            raise
        if "升级" not in advice:
            advice = "请换一份完好的备份，或核对它的路径。"
        fact = fact.replace(f"账本「{source}」", f"备份「{source}」").replace(
            "是 xfctl 账本", "是 xfctl 账本的备份"
        )
        raise type(error)(f"{fact}；{advice}") from error


def verify(
    ctx: typer.Context,
    head: Annotated[
        str | None,
        typer.Option(
            "--head", metavar="账本头", help="以前提醒或导出中印出的账本头，核对它仍在链上。"
        ),
    ] = None,
    events: Annotated[
        Path | None,
        typer.Option(
            "--events", metavar="文件", help="改为核验 export events 导出的文件，不需要账本。"
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="账本头",
            help="快速核验：只看这个账本头之后的事件和它们涉及的状态；更早的部分、数据库文件、身份和附件不看。",
        ),
    ] = None,
) -> None:
    """核验账本：数据库文件、表结构、事件链、全文索引、状态与重放、身份、附件；或核验导出的事件文件。

    --since 用上次全面核验或备份印出的账本头，耗时只随新增的事件增长；它不能代替定期的全面核验。

    例：xfctl verify；xfctl verify --head 1234:0123456789abcdef；
    xfctl verify --since 1234:0123456789abcdef；xfctl verify --events 事件.jsonl
    """
    from xfctl.errors import InputRefusedError, IntegrityError
    from xfctl.ledger.verify import read_head
    from xfctl.ledger.verify import verify as verify_ledger

    session = session_of(ctx)
    session.refuse_as_known_at()
    if since and (head or events):
        raise InputRefusedError(
            "--since 自己就核对它的账本头，不能与 --head、--events 同用；请只用其中一个。"
        )
    expected = read_head(head) if head else None
    if events is not None:
        from xfctl.intake.event_lines import verify_events

        found = verify_events(events, expected)
        write_stdout(f"通过　事件文件：{found.seq} 条事件前后相接，账本头 {found}\n")
        return
    with session.reading() as ledger:
        checks = verify_ledger(ledger, expected, since=read_head(since) if since else None)
    for check in checks:
        write_stdout(f"{'通过' if check.holds else '不通过'}　{check.name}：{check.found}\n")
    last = checks[-1]
    if not last.holds:
        raise IntegrityError(
            f"账本「{session.path}」核验不通过（{last.name}）；请停止写入，{last.remedy}。"
        )
    if since:
        say(
            "只核验了这个账本头之后的部分；更早的事件和状态、数据库文件、身份、附件请定期用 xfctl verify 核验。"
        )


def rebuild(ctx: typer.Context) -> None:
    """按事件重建状态表；事件本身不变。

    例：xfctl rebuild
    """
    from xfctl.ledger.rebuild import rebuild as rebuild_ledger

    session = session_of(ctx)
    with session.open(writable=True) as ledger:
        count = rebuild_ledger(ledger)
    say(f"已按 {count} 条事件重建状态表。")


def log(
    ctx: typer.Context,
    number: Annotated[
        str | None,
        typer.Argument(
            metavar="编号",
            help="只看这一个：事项、督办、督查、问责、隐患点、决策的编号，或单位最初的编号。",
            autocompletion=complete_number_of(
                "case", "supervision", "inspection", "accountability", "risk", "decision"
            ),
        ),
    ] = None,
    last: Annotated[
        int | None,
        typer.Option("--last", metavar="条数", min=1, max=1_000_000_000, help="只看最后几条。"),
    ] = None,
    late: Annotated[
        bool,
        typer.Option(
            "--late", help="只看补录的：发生之后隔了几天才录入（本单位参数 late-entry）。"
        ),
    ] = False,
    reveals: Annotated[
        bool, typer.Option("--reveals", help="只看谁在何时、为什么查看了谁的身份（细则 7）。")
    ] = False,
    format: FormatOption = Format.TABLE,
    output: Output = None,
) -> None:
    """账本里的事件：何时发生、何时由谁录入、是什么。

    例：xfctl log XF2026-0001；xfctl log --last 20；xfctl log --late；xfctl log --reveals
    """
    from xfctl.cli.emit import emit
    from xfctl.errors import InputRefusedError
    from xfctl.ledger import queries
    from xfctl.reports.log import log_table

    session = session_of(ctx)
    if reveals and late:
        raise InputRefusedError("--reveals 和 --late 不能同时用；请去掉一个。")
    with session.reading() as ledger:
        if reveals:
            from xfctl.reports.reveals import reveals_table

            emit(reveals_table(ledger.connection, number, last), format, output)
            return
        parameters = queries.parameters(ledger.connection)
        late_by = parameters.value("late-entry", session.today) if late else None
        emit(log_table(ledger.connection, number, last, late_by), format, output)
