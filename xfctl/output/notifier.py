"""Handing a text to mail, 企业微信, 钉钉, 飞书 and others; the only module that loads apprise.

Addresses hold passwords and tokens: they are never printed, logged or stored. ``masked`` says what
may be told of one.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from xfctl.errors import InputRefusedError

if TYPE_CHECKING:
    from apprise import Apprise

# Where what follows the scheme is a server; of most others it is the token itself.
_WITH_SERVER = frozenset(("mailto", "mailtos", "json", "jsons", "form", "forms", "xml", "xmls"))
_ADDRESS = re.compile(
    r"([a-z][a-z0-9+.-]{0,30})://(?:[^/?#]*@)?([a-z0-9.-]{1,253})?", re.IGNORECASE
)


def masked(url: str) -> str:
    """The kind of an address, and its server where that is no secret."""
    found = _ADDRESS.match(url.strip())
    if found is None:
        return "（不是通知地址）"
    scheme, server = found[1].lower(), found[2] or ""
    return f"{scheme}://{server if scheme in _WITH_SERVER else '…'}"


def notifier(url: str) -> Apprise:
    """Who sends to an address.

    Raises InputRefusedError if the library is missing or does not know the address.
    """
    try:
        with _quiet():
            found = _apprise(url)
    except ImportError as error:
        raise InputRefusedError(
            "发送提醒要用 apprise，这里没有安装；请运行 pip install 'xfctl[notify]' 后重试。"
        ) from error
    if not len(found):
        raise InputRefusedError(
            f"不能识别通知地址「{masked(url)}」；请照 docs/operations.md 的样子核对它。"
        )
    return found


def _apprise(url: str) -> Apprise:
    from apprise import Apprise, AppriseAsset
    from apprise.common import OverflowMode, PersistentStoreMode

    asset = AppriseAsset(
        app_id="xfctl", app_desc="xfctl", app_url="", storage_mode=PersistentStoreMode.MEMORY
    )
    found = Apprise(asset=asset)
    found.add(url)
    for server in found:
        # A chat takes short messages only: the rest comes in further ones and is not cut off.
        server.overflow_mode = OverflowMode.SPLIT
    return found


def send(to: Apprise, title: str, body: str, form: str) -> bool:
    """Hand over a text; ``form`` is text, markdown or html. False if it did not arrive there."""
    try:
        with _quiet():
            return bool(to.notify(body=body, title=title, body_format=form))
    except Exception:  # whatever a plugin breaks on, its text may hold the address
        return False


@contextmanager
def _quiet() -> Iterator[None]:
    """The library's log may tell of addresses; what matters of it is the outcome."""
    for name in ("apprise", "urllib3"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
