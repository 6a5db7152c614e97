"""Destroying who a petitioner is."""

from __future__ import annotations

import typer

from xfctl.cli.ask import confirmed
from xfctl.cli.options import Number, Reason, Yes
from xfctl.cli.session import say, session_of


def erase_identity(ctx: typer.Context, number: Number, reason: Reason, yes: Yes = False) -> None:
    """删除一件事项的信访人和联名人身份，销毁其密钥，账本、账本旁的备份和旧文件里都不再有；不能恢复。

    例：xfctl case erase-identity XF2026-0001 --reason 信访人书面要求删除 --yes
    """
    from xfctl.errors import InputRefusedError
    from xfctl.ledger import custody
    from xfctl.ledger.erasure import erase_in_copies, scrub
    from xfctl.ledger.identities import Identities, erasures

    session = session_of(ctx)
    if not confirmed(f"删除 {number} 的信访人身份，以后谁也不能恢复。确定吗？", yes=yes):
        raise InputRefusedError("没有删除，账本没有改动；确定要删除请重新执行并回答 y。")
    with session.writer() as writer:
        tokens = custody.erase(writer, number, reason, session.today)
    scrub(session.path)
    with session.open() as ledger:
        known = erasures(ledger.connection)
        ledger_id = Identities(ledger.connection).ledger_id
    found = erase_in_copies(session.path, ledger_id, {each: known[each] for each in tokens})
    beside = f"账本旁的备份和旧文件 {len(found)} 个也已删除" if found else "账本旁没有备份和旧文件"
    say(
        f"已删除 {number} 的信访人身份，并记入账本；{beside}。\n"
        "放在别处的备份里还有，请一并处理；附件和摘要是单位的材料，其中的姓名须另行处理。"
    )
