"""The noun ``key`` (密钥): sealing the identities of a ledger and changing what opens them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xfctl.cli.chinese import Command, new_app
from xfctl.cli.key_shared import ByPassphrase, sealed_by, where_the_key_is
from xfctl.cli.session import say, session_of

app = new_app(
    "密钥：给身份加密，更换密钥或口令，核对密钥能打开账本。",
    "xfctl key check",
)


@app.command(cls=Command)
def check(ctx: typer.Context) -> None:
    """核对密钥或口令能打开这个账本的身份；也用来核对另存的密钥。不显示任何人。

    例：xfctl key check；xfctl --key /mnt/usb/信访.key key check
    """
    from xfctl.errors import RuleRefusedError
    from xfctl.ledger.identities import Identities

    session = session_of(ctx)
    with session.reading() as ledger:
        identities = Identities(ledger.connection, session.key)
        by = identities.sealed_by
        if by is None:
            raise RuleRefusedError("这个账本的身份没有加密；请用 xfctl key seal 加密。")
        identities.check_key()
        say(f"打得开。{where_the_key_is(by, identities.ledger_id, session.key)}")


@app.command(cls=Command)
def seal(ctx: typer.Context, by_passphrase: ByPassphrase = False) -> None:
    """给一个账本里原有的身份加密，并清除文件里的明文；以前的备份不变，会列出来。

    例：xfctl key seal；xfctl key seal --passphrase
    """
    from xfctl.ledger import custody
    from xfctl.ledger.erasure import copies, has_plain_identities, scrub
    from xfctl.ledger.identities import Identities

    session = session_of(ctx)
    with session.open(writable=True) as ledger:
        identities = Identities(ledger.connection)
        by, ledger_id = identities.sealed_by, identities.ledger_id
    done = "身份早已加密"
    if by is None:
        by = sealed_by(by_passphrase=by_passphrase)
        with session.writer() as writer:
            count = custody.seal(writer, session.key, by, session.today)
        done = f"已给 {count} 人的身份加密"
    scrub(session.path)
    how = where_the_key_is(by, ledger_id, session.key)
    lines = [f"{done}，账本文件里没有明文了。{how}"]
    plain = [each for each in copies(session.path, ledger_id) if has_plain_identities(each)]
    if plain:
        lines += ["以前的这些文件里仍有明文；请重新备份，再删去它们：", *(f"  {p}" for p in plain)]
    say("\n".join(lines))


@app.command(cls=Command)
def change(
    ctx: typer.Context,
    by_passphrase: ByPassphrase = False,
    new_key: Annotated[
        Path | None,
        typer.Option(
            "--new-key",
            metavar="文件",
            help="新密钥写到哪里，或新口令写在哪个文件里；默认在原处，或在终端上输入。",
        ),
    ] = None,
) -> None:
    """更换密钥或口令；身份不重新加密，以前的备份仍用以前的密钥或口令打开。

    例：xfctl key change；xfctl key change --passphrase
    """
    from msgspec.structs import replace

    from xfctl.domain.office import SealedBy
    from xfctl.errors import RuleRefusedError
    from xfctl.ledger import custody
    from xfctl.ledger.identities import Identities

    session, by = session_of(ctx), sealed_by(by_passphrase=by_passphrase)
    with session.open(writable=True) as ledger:
        identities = Identities(ledger.connection)
        before, ledger_id = identities.sealed_by, identities.ledger_id
    if before is None:
        raise RuleRefusedError("这个账本的身份没有加密；请用 xfctl key seal 加密。")
    in_place = new_key is None and before is by is SealedBy.FILE
    source = session.key if in_place else replace(session.key, named=new_key)
    with session.writer() as writer:
        custody.change_key(writer, source, by, session.today)
    say(f"已更换。{where_the_key_is(by, ledger_id, source)}")
