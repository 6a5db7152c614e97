"""Sending the digest, once a day to each address, with its outcome on record."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xfctl.cli.session import Session, say
from xfctl.errors import DeliveryFailedError
from xfctl.output.digest import deliver
from xfctl.output.notifier import masked, notifier, send

if TYPE_CHECKING:
    from apprise import Apprise


def send_digest(
    session: Session,
    text: str,
    form: str,
    urls: Sequence[str],
    *,
    again: bool,
    output: Path | None,
) -> None:
    """Send a digest; where that fails, the text still comes out on standard output.

    Raises DeliveryFailedError, or whatever refused an address or the ledger.
    """
    if output is not None:
        deliver(text, output)
    try:
        _send(session, text, form, urls, again=again)
    except Exception:
        if output is None:
            deliver(text, None)
        raise


def _send(session: Session, text: str, form: str, urls: Sequence[str], *, again: bool) -> None:
    from xfctl.app.office import claim_digest, digest_outcome

    senders: dict[str, list[Apprise]] = {}
    for url in dict.fromkeys(urls):
        senders.setdefault(masked(url), []).append(notifier(url))
    with session.desk() as desk:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        todo = claim_digest(desk, digest, tuple(senders), again=again)
    for each in todo.sent:
        say(f"今天的提醒已经发送到 {each}，没有再发；要再发请加 --again。")
    for each in todo.busy:
        say(f"另一次运行正在向 {each} 发送提醒，没有再发。")
    title, body = _title_and_body(session, text, form)
    arrived = {each: _arrived(senders[each], title, body, form) for each in todo.send}
    sent = tuple(each for each, well in arrived.items() if well)
    failed = tuple(each for each, well in arrived.items() if not well)
    if todo.send:
        with session.desk() as desk:
            digest_outcome(desk, sent, failed)
    for each in sent:
        say(f"提醒已发送到 {each}。")
    if failed:
        raise DeliveryFailedError(
            f"提醒没有发送到 {'、'.join(failed)}；请检查网络和地址，再运行一次会只补发没有发到的。"
        )


def _arrived(senders: Sequence[Apprise], title: str, body: str, form: str) -> bool:
    """Whether it reached all addresses of a destination; each is tried, also after a failure."""
    results = [send(each, title, body, form) for each in senders]
    return all(results)


def _title_and_body(session: Session, text: str, form: str) -> tuple[str, str]:
    """The first line is the title, except of a page."""
    if form == "html":
        return f"信访期限提醒 {session.today}", text
    first, _, rest = text.partition("\n")
    return first.removeprefix("# "), rest.strip("\n") + "\n"
