from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import NODEFAULT
from msgspec.structs import fields

from xfctl.domain import case_facts, office, office_calendar, parameters, unit  # noqa: F401
from xfctl.domain.event import (
    Stored,
    UnknownKindError,
    decode,
    encode,
    encode_json,
    kind_of,
    kinds,
)
from xfctl.ledger.chain import canonical_json

# One payload a kind as ledgers in use hold it. Never change one: a new shape is a new kind.
SAMPLES = json.loads((Path(__file__).parent / "event_samples.json").read_text(encoding="utf-8"))


def instances(cls):
    """Every field drawn from its type, those with a default as well."""
    hints = get_type_hints(cls)
    return st.builds(cls, **{each.name: st.from_type(hints[each.name]) for each in fields(cls)})


facts = st.sampled_from(sorted(kinds())).flatmap(lambda kind: instances(kinds()[kind]))


def test_every_kind_has_a_stored_sample():
    assert sorted(SAMPLES) == sorted(kinds())


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_stored_sample_reads_and_writes_back_identically(kind):
    read = decode(kind, SAMPLES[kind])
    assert kind_of(read) == kind
    assert canonical_json(encode(read)) == canonical_json(SAMPLES[kind])


@given(facts)
def test_every_fact_survives_the_ledger(original):
    text = canonical_json(encode(original))
    assert decode(kind_of(original), json.loads(text)) == original
    assert canonical_json(encode(decode(kind_of(original), json.loads(text)))) == text


@given(facts)
def test_the_stored_text_is_canonical(original):
    assert encode_json(original) == canonical_json(encode(original))


def every_part(cls=Stored):
    for each in cls.__subclasses__():
        yield each
        yield from every_part(each)


@pytest.mark.parametrize("cls", sorted({*every_part()}, key=lambda each: each.__qualname__))
def test_a_default_is_known_by_identity(cls):
    """Only such defaults are left out by the encoder whatever value of theirs is given."""
    for each in fields(cls):
        assert each.default_factory is NODEFAULT
        if each.default is not NODEFAULT:
            assert isinstance(each.default, Enum) or each.default in (None, False, "", (), 1)


def test_fields_at_their_default_are_not_stored():
    entry = case_facts.CaseRegistered(
        number="XF2026-0001", summary="虚构事项", first_responder="甲"
    )
    assert encode(entry) == {
        "number": "XF2026-0001",
        "summary": "虚构事项",
        "first_responder": "甲",
    }


@pytest.mark.parametrize("kind", ["", "case", "case.registered/2", "CASE.REGISTERED", "未知"])
def test_an_unknown_kind_is_refused(kind):
    with pytest.raises(UnknownKindError):
        decode(kind, {})


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_key_too_many_is_refused(kind):
    with pytest.raises(UnknownKindError):
        decode(kind, SAMPLES[kind] | {"extra": None})


REQUIRED = [
    (kind, each.name)
    for kind, cls in sorted(kinds().items())
    for each in fields(cls)
    if each.default is NODEFAULT
]


@pytest.mark.parametrize(("kind", "name"), REQUIRED)
def test_a_missing_key_is_refused(kind, name):
    payload = {key: value for key, value in SAMPLES[kind].items() if key != name}
    with pytest.raises(UnknownKindError):
        decode(kind, payload)


# A sample for each type of field, and values of other JSON types that must not pass for it.
WRONG = [
    ("case.registered", "number", [None, 1, True, ["XF"], {}]),
    ("case.registered", "persons", ["5", 5.0, True, None, [5]]),
    ("case.registered", "leapfrog", [1, 0, "true", None]),
    ("case.registered", "channel", ["fax", 1, True, ["visit"], {}, "来访"]),
    ("case.registered", "involved", ["U01", {"U01": 1}, [1], [None], [["U01"]], None]),
    ("case.feedback_given", "form", [None, "", "WRITTEN"]),
    ("case.feedback_reviewed", "accepted", [None, "true", 1, 0]),
    ("case.opinion_delivered", "execute_by", ["2026-6-30", 20260630, "", "明年"]),
    ("case.assigned", "ends", [None, "feedback/1", [1], [None], {"feedback/1": 1}]),
    ("case.assigned", "opens", [None, {}, "opens", [None], [{}], [{"key": "feedback/1"}]]),
    ("case.registered", "superior", [[], "superior", {}, {"document": "虚构"}, {"body": 1}]),
    ("calendar.closure_recorded", "first", [None, 20260701, "20260701", "2026-W27-3", "2026-7-1"]),
    (
        "calendar.closure_recorded",
        "first",
        ["2026-02-30", "2026-07-01T00:00:00", "", " 2026-07-01"],
    ),
    ("calendar.notice_imported", "days", [None, "days", [None], [[]], [{"day": "2090-01-02"}]]),
]


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [(kind, name, value) for kind, name, values in WRONG for value in values],
)
def test_a_value_of_the_wrong_type_is_refused(kind, name, value):
    with pytest.raises(UnknownKindError):
        decode(kind, SAMPLES[kind] | {name: value})


@pytest.mark.parametrize("payload", [None, [], "", 1, True, ["number"]])
def test_a_payload_that_is_no_object_is_refused(payload):
    with pytest.raises(UnknownKindError):
        decode("ledger.created", payload)


@pytest.mark.parametrize("field", ["due_on", "extra"])
def test_the_keys_of_a_nested_object_are_checked_too(field):
    (opening,) = SAMPLES["case.received"]["opens"]
    duty = opening["duty"]
    changed = {key: value for key, value in duty.items() if key != field}
    if field not in duty:
        changed[field] = 1
    opens = [opening | {"duty": changed}]
    with pytest.raises(UnknownKindError):
        decode("case.received", SAMPLES["case.received"] | {"opens": opens})


def test_facts_cannot_be_changed():
    read = decode("ledger.created", SAMPLES["ledger.created"])
    with pytest.raises(AttributeError):
        read.program = "other"
