"""The exported chain can be checked by anyone, and every way of spoiling it is noticed."""

from __future__ import annotations

import hashlib
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Office, call, four_units, head_in, register

FIELDS = ["seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash"]


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    office = four_units(tmp_path)
    register(office, "甲\n乙\u2028丙", "--on", "2026-11-02")
    path = tmp_path / "事件.jsonl"
    done = office.must("export", "events", "-o", path)
    assert head_in(done.err) == office.head()
    return path


def verified(path: Path, *options: str) -> tuple[int, str]:
    done = call("--ledger", "/nonexistent.db", "verify", "--events", path, *options)
    assert done.code == 0 or done.out == ""
    assert len(done.err.splitlines()) == (done.code != 0)
    return done.code, done.out + done.err


def test_the_recipe_of_the_reference_recomputes_every_hash(exported: Path) -> None:
    before = "0" * 64
    lines = exported.read_bytes().splitlines()
    for line in lines:
        event = json.loads(line)
        text = json.dumps([event[f] for f in FIELDS], ensure_ascii=False, separators=(",", ":"))
        assert event["hash"] == hashlib.sha256(text.encode()).hexdigest()
        assert event["prev_hash"] == before
        before = event["hash"]
    assert len(lines) == 6


def test_a_sound_file_is_verified_without_a_ledger(exported: Path) -> None:
    code, said = verified(exported)
    assert code == 0
    assert said.startswith("通过　事件文件：6 条事件前后相接，账本头 6:")
    assert verified(exported, "--head", head_in(said))[0] == 0


def test_standard_output_has_the_same_bytes(exported: Path) -> None:
    office = Office(exported.parent / "ledger.db")
    assert office.must("export", "events").out.encode() == exported.read_bytes()


def test_a_head_that_is_not_there(exported: Path) -> None:
    code, said = verified(exported, "--head", "9:0123456789abcdef")
    assert (code, "没有账本头 9:0123456789abcdef" in said) == (6, True)


def change(line: int, **fields: object) -> Callable[[list[bytes]], list[bytes]]:
    def spoil(lines: list[bytes]) -> list[bytes]:
        event = json.loads(lines[line]) | fields
        return [*lines[:line], json.dumps(event, ensure_ascii=False).encode(), *lines[line + 1 :]]

    return spoil


BROKEN: dict[str, tuple[Callable[[list[bytes]], list[bytes]], int, str]] = {
    "actor": (change(2, actor="别人"), 6, "第 3 行"),
    "payload": (change(1, payload="{}"), 6, "第 2 行"),
    "hash": (change(5, hash="0" * 64), 6, "第 6 行"),
    "missing line": (lambda lines: [*lines[:2], *lines[3:]], 6, "第 3 行"),
    "missing start": (lambda lines: lines[1:], 6, "第 1 行"),
    "swapped": (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], 6, "第 2 行"),
    "twice": (lambda lines: [lines[0], *lines], 6, "第 2 行"),
    "truncated": (lambda lines: [*lines[:5], lines[5][:80]], 3, "第 6 行不是账本事件"),
    "not json": (lambda lines: [*lines, b"hello"], 3, "第 7 行不是账本事件"),
    "blank line": (lambda lines: [lines[0], b"", *lines[1:]], 3, "第 2 行不是账本事件"),
    "nul": (lambda lines: [lines[0], b"\0" * 9], 3, "第 2 行不是账本事件"),
    "not utf-8": (lambda lines: ["中文".encode("gb18030")], 3, "第 1 行不是账本事件"),
    "gigantic line": (lambda lines: [b'{"seq":' + b"1" * 17_000_000], 3, "第 1 行不是账本事件"),
    "deep": (lambda lines: [b"[" * 200_000], 3, "第 1 行不是账本事件"),
    "array": (lambda lines: [b"[]"], 3, "第 1 行不是账本事件"),
    "seq as text": (change(0, seq="1"), 3, "第 1 行不是账本事件"),
    "seq as truth": (change(0, seq=True), 3, "第 1 行不是账本事件"),
    "key too many": (change(0, note=""), 3, "第 1 行不是账本事件"),
    "key twice": (
        lambda lines: [lines[0].replace(b'{"seq"', b'{"actor": "x", "seq"', 1)],
        3,
        "第 1 行不是账本事件",
    ),
    "empty": (lambda lines: [], 3, "是空的"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_first_bad_line_is_named(exported: Path, name: str) -> None:
    spoil, code, told = BROKEN[name]
    lines = spoil(exported.read_bytes().splitlines())
    exported.write_bytes(b"".join(line + b"\n" for line in lines))
    found, said = verified(exported)
    assert (found, told in said) == (code, True), said[:300]


def test_what_editors_add_changes_nothing(exported: Path) -> None:
    exported.write_bytes(b"\xef\xbb\xbf" + exported.read_bytes().replace(b"\n", b"\r\n").rstrip())
    assert verified(exported)[0] == 0


@pytest.mark.parametrize("target", [".", "没有.jsonl", "/dev/null"])
def test_what_is_no_file(tmp_path: Path, target: str) -> None:
    assert verified(tmp_path / target)[0] == 3


def test_the_memory_does_not_grow_with_the_file(exported: Path) -> None:
    """Streaming both ways: 20,000 lines that break the chain only at the second."""
    line = exported.read_bytes().splitlines(keepends=True)[0]
    exported.write_bytes(line * 20_000)
    tracemalloc.start()
    assert verified(exported)[0] == 6
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    tracemalloc.stop()
