from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xfctl.ledger.chain import GENESIS, Head, StoredEvent, Walk, canonical_json, digest, walk

EVENT = {
    "seq": 1,
    "stream": "case/XF2026-0001",
    "kind": "case.closed",
    "occurred_on": "2026-03-20",
    "recorded_at": "2026-03-20T01:30:00.000000+00:00",
    "actor": "测试员",
    "payload": '{"result":"已办结"}',
    "prev_hash": GENESIS,
}
# Written down, not computed: if this changes, every ledger in use stops verifying.
HASH = "6868c9cd12767f8cf7044fe63ec3329466d1bde77e05a67d20a03a500ebab372"
STORED = StoredEvent(**EVENT, hash=HASH)

texts = st.text(max_size=20)
rows = st.fixed_dictionaries(
    {"seq": st.integers(1, 2**62), **{name: texts for name in EVENT if name != "seq"}}
)


def test_the_hash_of_a_known_event_never_changes():
    assert digest(**EVENT) == HASH


def test_the_genesis_is_64_zeros_and_the_head_prints_number_and_16_digits():
    assert Head(0, GENESIS).hash == "0" * 64
    assert str(Head(12, HASH)) == f"12:{HASH[:16]}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"事项": "甲 乙"}, '{"事项":"甲 乙"}'),
        ({"q": '引"号\\\n'}, '{"q":"引\\"号\\\\\\n"}'),
        ([], "[]"),
    ],
)
def test_canonical_json_has_one_form(value, text):
    assert canonical_json(value) == text


def test_an_untouched_event_follows():
    assert walk([STORED]) == Walk(Head(1, HASH), None, met=True)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("seq", 2),
        ("stream", "case/XF2026-0002"),
        ("kind", "case.received"),
        ("occurred_on", "2026-03-19"),
        ("recorded_at", "2026-03-20T01:30:00.000001+00:00"),
        ("actor", "测试员 "),
        ("payload", '{"result": "已办结"}'),
        ("prev_hash", "1" * 64),
        ("hash", HASH.upper()),
    ],
)
def test_a_change_in_any_column_breaks_the_chain(column, value):
    damaged = STORED._replace(**{column: value})
    assert walk([damaged]) == Walk(Head(0, GENESIS), damaged, met=True)


def test_every_column_is_covered_by_the_table_above():
    (mark,) = test_a_change_in_any_column_breaks_the_chain.pytestmark
    assert [column for column, _ in mark.args[1]] == list(STORED._fields)


@pytest.mark.parametrize("before", [Head(1, GENESIS), Head(0, HASH)])
def test_an_event_follows_one_head_only(before):
    assert walk([STORED], before) == Walk(before, STORED, met=True)


@pytest.mark.parametrize(
    ("expected", "met"),
    [
        (Head(1, HASH), True),
        (Head(1, HASH[:16]), True),
        (Head(1, GENESIS), False),
        (Head(0, GENESIS), False),
        (Head(2, HASH), False),
    ],
)
def test_a_walk_tells_whether_it_met_a_head(expected, met):
    assert walk([STORED], expected=expected) == Walk(Head(1, HASH), None, met=met)


@given(rows)
def test_the_hash_covers_the_canonical_json_array_of_the_row(row):
    text = json.dumps([row[name] for name in EVENT], ensure_ascii=False, separators=(",", ":"))
    assert digest(**row) == sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@given(rows, st.sampled_from(sorted(EVENT)), st.data())
def test_no_two_different_rows_share_a_hash(row, column, data):
    other = data.draw(st.integers(1, 2**62) if column == "seq" else texts)
    changed = row | {column: other}
    assert (digest(**row) == digest(**changed)) == (row == changed)


@given(texts, texts, texts)
def test_text_cannot_slide_from_one_column_into_the_next(first, second, moved):
    one = EVENT | {"stream": first + moved, "kind": second}
    two = EVENT | {"stream": first, "kind": moved + second}
    assert (digest(**one) == digest(**two)) == (one == two)
