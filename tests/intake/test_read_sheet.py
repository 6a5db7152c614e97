from __future__ import annotations

import csv
import io
import os
import random
import re
import subprocess
import sys
import warnings
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unprivileged import run_obeying

from xfctl.errors import InputRefusedError
from xfctl.intake import given_file, sheet, xlsx_sheet
from xfctl.intake.sheet_file import read_sheet
from xfctl.neutral import neutralise

DAY = datetime.fromisoformat("2026-01-28")
MORNING = datetime.fromisoformat("2026-01-28T08:05")
DATA = Path(__file__).parent.parent / "data"
FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def cells_of(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    return [(record.row, record.cells) for record in read_sheet(path).records]


def written(tmp_path: Path, data: bytes, name: str = "表.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def refusal_of(path: Path) -> str:
    with pytest.raises(InputRefusedError) as refused:
        read_sheet(path)
    message = str(refused.value)
    assert message.isprintable()
    assert message.endswith("。")
    return message


def saved(tmp_path: Path, book: openpyxl.Workbook) -> Path:
    path = tmp_path / "表.xlsx"
    book.save(path)
    return path


# CSV


@pytest.mark.parametrize(
    ("codec", "label"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8（带 BOM）"),
        ("utf-16", "UTF-16"),
        ("gb18030", "GB18030"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_encodings_delimiters_and_line_ends(
    tmp_path: Path, codec: str, label: str, delimiter: str, end: str
) -> None:
    rows = ["台账", "编号|事项", '甲1|"一;二,三\n四"', "", "甲2|五，六；七"]
    text = end.join(rows).replace("|", delimiter) + end
    sheet = read_sheet(written(tmp_path, text.encode(codec)))
    assert (sheet.kind, sheet.encoding, sheet.name) == ("csv", label, "表.csv")
    assert [(record.row, record.cells) for record in sheet.records] == [
        (1, ("台账",)),
        (2, ("编号", "事项")),
        (3, ("甲1", "一;二,三\n四")),
        (5, ("甲2", "五，六；七")),
    ]


ANY_CELL = st.text(st.characters(codec="utf-8"))


@FIXTURE
@given(rows=st.lists(st.tuples(ANY_CELL, ANY_CELL, st.just("尾")), max_size=60))
def test_our_own_csv_comes_back_as_it_was(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    rows = [("编号", "事项", "备注"), *rows]
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(map(neutralise, row) for row in rows)
    path = written(tmp_path, out.getvalue().encode("utf-8-sig"))
    assert [record.cells for record in read_sheet(path).records] == rows


def test_semicolons_in_quoted_lines_do_not_decide(tmp_path: Path) -> None:
    lines = "一;\n二;\n三;\n四;\n五;"
    text = "台账\n编号,事项\n" + "".join(f'甲{at},"{lines}"\n' for at in range(9))
    assert read_sheet(written(tmp_path, text.encode())).records[-1].cells == ("甲8", lines)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "是空的"),
        (b"\r\n , ,\r\n\r\n", "没有内容"),
        (b"\xef\xbb\xbf", "没有内容"),
        ('编号,事项\n甲,"没有关上\n乙,二\n'.encode(), "第 2 条记录"),
        (b"a," + b"x" * 200_000, "一格太长"),
        (b"\xff\xfea", "标明是 UTF-16"),
        (b"\xef\xbb\xbf\xb1\xe0", "标明是 UTF-8"),
        (bytes(range(256)), "不是能识别的表格"),
        (b"\xb1\xe0\x00\x00", "不是能识别的表格"),
        (b"%PDF-1.7", "PDF"),
        (b"\xef\xbb\xbf\n<html><table>", "网页"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "密码",
        ),
        (b"PK\x03\x04", "损坏"),
        (b"," * 300 + b"x", "256 列"),
    ],
)
def test_bytes_that_are_no_table(tmp_path: Path, data: bytes, told: str) -> None:
    assert told in refusal_of(written(tmp_path, data))


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MAX_ROWS", 3)
    assert "超过 3 行" in refusal_of(written(tmp_path, b"1,2\n" * 4))


def test_too_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given_file, "MAX_BYTES", 2)
    assert "拆成几个文件" in refusal_of(written(tmp_path, b"1,2\n"))


# Paths


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    fifo = tmp_path / "fifo.csv"
    os.mkfifo(fifo)
    table = written(tmp_path, b"1,2\n")
    assert "文件夹" in refusal_of(tmp_path)
    assert "不存在" in refusal_of(tmp_path / "没有.csv")
    assert "不存在" in refusal_of(table / "里面.csv")
    assert "链接" in refusal_of(loop)
    assert "普通文件" in refusal_of(fifo)
    assert "太长" in refusal_of(tmp_path / ("长" * 300))
    assert "不能用的字符" in refusal_of(Path("a\0b"))


READ = """
import sys
from pathlib import Path
from xfctl.errors import InputRefusedError
from xfctl.intake.sheet_file import read_sheet
try:
    print(read_sheet(Path(sys.argv[1])).records)
except InputRefusedError as error:
    print(error)
"""


def test_a_file_without_permission(tmp_path: Path) -> None:
    path = written(tmp_path, b"1,2\n")
    path.chmod(0o000)
    assert "没有读取权限，请检查文件权限" in run_obeying(READ, path)


def test_a_file_in_a_folder_that_cannot_be_entered(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    path = written(folder, b"1,2\n")
    folder.chmod(0o000)
    said = run_obeying(READ, path)
    folder.chmod(0o700)
    assert "没有读取权限，请检查文件权限" in said


# xlsx


def test_cells_read_as_one_would_type_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append([1, 2.0, 0.1 + 0.2, 13900000001, 110101199001010011, 1.5e20, True])
    page.append([DAY, MORNING, "'007", "'引号'", "a_x000D_\nb"])
    page.append(["#N/A", "x"])
    page["C3"].value = "=1+1"
    page["D3"].value = "=HYPERLINK(1)"
    page["D3"].data_type = "s"
    assert cells_of(saved(tmp_path, book)) == [
        (
            1,
            (
                "1",
                "2",
                "0.3",
                "13900000001",
                "1.10101199001010E+17",
                "1.50000000000000E+20",
                "TRUE",
            ),
        ),
        (2, ("2026-01-28", "2026-01-28 08:05:00", "007", "'引号'", "a\r\nb")),
        (3, ("#N/A", "x", "", "=HYPERLINK(1)")),
    ]


def test_built_in_chinese_date_formats_are_dates(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"] = DAY
    page["A1"].number_format = "mm-dd-yy"
    path = saved(tmp_path, book)
    data = _edited(path.read_bytes(), "xl/styles.xml", rb'numFmtId="14"', b'numFmtId="31"')
    assert cells_of(written(tmp_path, data)) == [(1, ("2026-01-28",))]


def test_merged_downwards_counts_for_each_row_and_titles_do_not(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in [
        ["台账", None],
        ["编号", "单位"],
        ["甲", "一"],
        [None, "二"],
        [None, None],
        ["乙", "三"],
    ]:
        page.append(row)
    for area in ("A1:B1", "A3:A5", "B6:C8"):
        page.merge_cells(area)
    assert cells_of(saved(tmp_path, book)) == [
        (1, ("台账",)),
        (2, ("编号", "单位")),
        (3, ("甲", "一")),
        (4, ("甲", "二")),
        (6, ("乙", "三")),
    ]


def test_the_first_visible_sheet_with_content(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.append(["藏"])
    hidden.sheet_state = "hidden"
    book.create_sheet("空")
    book.create_sheet("台账").append(["见"])
    path = saved(tmp_path, book)
    assert cells_of(path) == [(1, ("见",))]
    book["台账"].sheet_state = "hidden"
    assert "没有内容" in refusal_of(saved(tmp_path, book))


def test_a_wrong_stated_size_cuts_nothing_off(tmp_path: Path) -> None:
    data = (DATA / "register-sample.xlsx").read_bytes()
    part = "xl/worksheets/sheet1.xml"
    small = _edited(data, part, rb'ref="A1:O54"', b'ref="A1"')
    assert cells_of(written(tmp_path, small)) == cells_of(DATA / "register-sample.xlsx")


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("word/document.xml", "Word"),
        ("xl/workbook.bin", "xlsb"),
        ("content.xml", "ODF"),
        ("别的.txt", "压缩包"),
    ],
)
def test_other_packages(tmp_path: Path, part: str, told: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(part, "x")
    assert told in refusal_of(written(tmp_path, out.getvalue()))


def test_a_zip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheet, "MAX_UNPACKED", 1024 * 1024)
    data = (DATA / "register-sample.xlsx").read_bytes()
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/x", b"\0" * 2_000_000)
    assert "解开后超过 1 MB" in refusal_of(written(tmp_path, out.getvalue()))


def test_an_entity_bomb(tmp_path: Path) -> None:
    entities = b'<!ENTITY a0 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">' + b"".join(
        b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 10)
    )
    data = (DATA / "register-sample.xlsx").read_bytes()
    part = "xl/worksheets/sheet1.xml"
    data = _edited(data, part, rb"\A", b"<!DOCTYPE worksheet [" + entities + b"]>")
    data = _edited(data, part, "信访事项登记台账".encode(), b"&a9;")
    assert "损坏" in refusal_of(written(tmp_path, data))


def test_merges_and_rows_beyond_reason_end_soon(tmp_path: Path) -> None:
    data = (DATA / "register-sample.xlsx").read_bytes()
    part = "xl/worksheets/sheet1.xml"
    merge = b'<mergeCell ref="A1:A1048576"/>' * 60_000
    assert "合并" in refusal_of(
        written(tmp_path, _edited(data, part, rb"<mergeCell ", merge + b"<mergeCell "))
    )
    far = _edited(data, part, rb'r="54"', b'r="99999999999"')
    far = _edited(far, part, rb' r="[A-Z]+54"', b"")
    assert len(cells_of(written(tmp_path, far))) == 51


def _edited(data: bytes, part: str, pattern: bytes, replacement: bytes) -> bytes:
    """The package with one part changed, every match of ``pattern`` replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                content = re.sub(pattern, lambda _: replacement, content)
            new.writestr(name, content)
    return out.getvalue()


# Any bytes at all


def readable_or_refused(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = "读到了"
        try:
            assert read_sheet(path).records
        except InputRefusedError as refused:
            told = str(refused)
        assert told.isprintable()


@FIXTURE
@given(st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"PK\x03\x04"]), st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path: Path, start: bytes, rest: bytes) -> None:
    readable_or_refused(written(tmp_path, start + rest))


@FIXTURE
@given(st.integers(0, 2**32))
def test_a_damaged_package_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    data = bytearray((DATA / "register-sample.xlsx").read_bytes())
    for _ in range(dice.randint(1, 20)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    readable_or_refused(written(tmp_path, bytes(data[: dice.choice([len(data), 5000])])))


PARTS = ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"]


@FIXTURE
@given(st.sampled_from(PARTS), st.integers(0, 2**32))
def test_a_part_rewritten_at_random_is_read_or_refused(
    tmp_path: Path, part: str, seed: int
) -> None:
    dice = random.Random(seed)
    out = io.BytesIO()
    with zipfile.ZipFile(DATA / "register-sample.xlsx") as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = bytearray(old.read(name))
            for _ in range(dice.randint(1, 8) if name == part else 0):
                at = dice.randrange(len(content))
                content[at : at + dice.randint(0, 3)] = dice.choice(
                    [b"9", b"-", b"", b"E9", b'"', b"n", b"<", b"A"]
                )
            new.writestr(name, bytes(content))
    readable_or_refused(written(tmp_path, out.getvalue()))


def test_csv_is_read_without_openpyxl() -> None:
    code = (
        "import sys; from pathlib import Path; from xfctl.intake.register import read_sheet;"
        f"read_sheet(Path({str(DATA / 'units.csv')!r})); assert 'openpyxl' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
