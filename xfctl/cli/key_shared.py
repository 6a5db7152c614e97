"""What the commands share that seal a ledger's identities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from xfctl.domain.office import SealedBy
    from xfctl.ledger.key_source import KeySource

ByPassphrase = Annotated[
    bool,
    typer.Option(
        "--passphrase", help="用口令加密，不用密钥文件；口令在终端上输入，或写在 --key 的文件里。"
    ),
]


def sealed_by(*, by_passphrase: bool) -> SealedBy:
    """What opens the identities from now on."""
    from xfctl.domain.office import SealedBy

    return SealedBy.PASSPHRASE if by_passphrase else SealedBy.FILE


def where_the_key_is(by: SealedBy, ledger_id: str, source: KeySource) -> str:
    """One sentence: what opens the identities, and what the office has to take care of."""
    from xfctl.domain.office import SealedBy

    if by is SealedBy.PASSPHRASE:
        return "身份用口令加密；口令请记牢并另行保管，忘了它，谁也读不出姓名。"
    return (
        f"身份用密钥加密，密钥在「{source.file(ledger_id)}」；"
        "请另存一份，与备份分开存放：丢了它，谁也读不出姓名。"
    )
