"""Every kind of event as one Chinese sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import unit_name
from lives import lived
from msgspec.structs import fields

from xfctl.domain.event import decode, kinds
from xfctl.reports.sentences import sentence

SAMPLES = json.loads(
    (Path(__file__).parents[1] / "domain" / "event_samples.json").read_text(encoding="utf-8")
)


def told(kind: str, **changes) -> str:
    return sentence(decode(kind, SAMPLES[kind] | changes))


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_of_event_is_told_in_chinese(kind):
    words = told(kind)
    assert re.search("[\u4e00-\u9fff]", words)
    assert "\0" not in words
    assert "None" not in words
    assert not words.endswith(("：", "；", "（"))
    assert not re.search(r"[a-z]+_[a-z]+", words), "no identifiers"


# The optional parts of an event: left out, the sentence leaves no gap behind.
OPTIONAL = [
    (kind, name)
    for kind, cls in sorted(kinds().items())
    for name in SAMPLES[kind]
    if repr({each.name: each.default for each in fields(cls)}.get(name)) in ("None", "()")
]


@pytest.mark.parametrize(("kind", "name"), OPTIONAL)
def test_what_is_not_known_leaves_no_gap(kind, name):
    payload = {key: value for key, value in SAMPLES[kind].items() if key != name}
    words = sentence(decode(kind, payload))
    assert "None" not in words
    assert "；；" not in words
    assert not words.endswith(("：", "；"))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            "case.assigned",
            "交办给虚构单位U01（协办）；书面反馈期限 2090-01-11（暂定）（细则 11(1)）",
        ),
        ("case.accepted", "受理；办理期限 2026-05-06（条例 34）"),
        ("case.declined", "不予受理：虚构理由；指引至虚构途径"),
        ("case.replied", "书面答复信访人：挂号信；2026-03-12 送达"),
        ("case.rated", "信访人评价责任单位：基本满意"),
        ("case.review_requested", "信访人申请复核"),
        ("case.reported_to_leader", "向校领导报告：虚构校领导；09:30"),
        ("case.visited", "再次来访 5 人：虚构备注"),
        ("case.linked", "与之重复登记 XF2026-0002"),
        ("case.corrected", "更正第 2 条事件，应为 2026-03-04 第 1 次交办的单位收件：虚构更正"),
        ("case.opinion_executed", "处理意见未执行，理由经认可：虚构执行情况"),
        ("rules.parameter_set", "自 2026-04-01 起答复信访人的期限为 3 个工作日：虚构规定"),
    ],
)
def test_how_some_of_them_read(kind, words):
    assert told(kind) == words


def test_a_unit_is_named_where_it_is_known_and_counted_where_it_is_not():
    fact = decode("case.received", SAMPLES["case.received"])
    assert sentence(fact, {1: unit_name("U01")}).startswith("虚构单位U01收件")
    assert sentence(fact).startswith("第 1 次交办的单位收件")


def test_no_sentence_tells_who_the_petitioner_is():
    case = lived(["登记 2026-03-02 周一"])
    token = SAMPLES["case.registered"]["petitioner"]
    assert token not in told("case.registered")
    assert "首问员甲" in sentence(case.history[0].fact)
