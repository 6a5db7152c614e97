"""What may be told of an address that a reminder goes to."""

from __future__ import annotations

import pytest

from xfctl.output.notifier import masked


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mailto://officer:hush@mail.example.invalid?to=x", "mailto://mail.example.invalid"),
        ("jsons://example.invalid/hook/hush", "jsons://example.invalid"),
        ("feishu://hush", "feishu://…"),
        ("wecombot://hush", "wecombot://…"),
        # Without a server the first word is the topic, and whoever knows that may read along.
        ("ntfy://hush-topic", "ntfy://…"),
        ("ntfys://hush-topic", "ntfys://…"),
        ("hush", "（不是通知地址）"),
    ],
)
def test_of_an_address_only_kind_and_server_are_told(url: str, told: str) -> None:
    assert masked(url) == told
