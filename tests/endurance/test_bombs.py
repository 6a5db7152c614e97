"""Files that unpack to more than a machine holds: refused within bounded time and memory."""

from __future__ import annotations

import io
import resource
import subprocess
import zipfile
from pathlib import Path

import pytest
from command_line import DATA, XFCTL, Done, Office, environment, new_office
from mangle import ENTITIES

from xfctl.output.letter_file import built_in

MOST_MEMORY = 1536 * 1024 * 1024  # bytes of address space, libraries included
SECONDS = 60


def bounded(office: Office, *arguments: str | Path) -> Done:
    """Run the program as a process that may not grow beyond ``MOST_MEMORY``."""
    done = subprocess.run(
        [XFCTL, "--ledger", office.path, "--today", office.today, *arguments],
        capture_output=True,
        env=environment({}),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY)),
        timeout=SECONDS,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def repacked(package: bytes, part: str, change: bytes | None, entity: bytes = b"") -> bytes:
    """The package with one part 280 MB of blanks longer, or with an entity declared and used."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for each in source.infolist():
            content = source.read(each)
            if each.filename == part:
                head, _, rest = content.partition(b"?>")
                at = rest.rfind(b"</")
                content = head + b"?>" + entity + rest[:at] + (change or b"") + rest[at:]
            target.writestr(each.filename, content)
    return out.getvalue()


BLANKS = b" " * (280 * 1024 * 1024)
XLSX = (DATA / "register-sample.xlsx").read_bytes()


def understated(package: bytes) -> bytes:
    """The directory of the package states small sizes for what is large."""
    data = bytearray(package)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


BOMBS = {
    "a large sheet": lambda: repacked(XLSX, "xl/worksheets/sheet1.xml", BLANKS),
    "a large sheet that calls itself small": lambda: understated(
        repacked(XLSX, "xl/worksheets/sheet1.xml", BLANKS)
    ),
    "a large workbook": lambda: repacked(XLSX, "xl/workbook.xml", BLANKS),
    "entities of entities": lambda: repacked(XLSX, "xl/worksheets/sheet1.xml", b"&k;", ENTITIES[1]),
    "a file from outside": lambda: repacked(XLSX, "xl/worksheets/sheet1.xml", b"&e;", ENTITIES[0]),
    "a large CSV": lambda: b"a,b\n" * (8 * 1024 * 1024),
    "one large cell": lambda: b'"' + b"a" * (60 * 1024 * 1024),
    "a large line": lambda: b"," * (8 * 1024 * 1024),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_register_that_unpacks_too_far_is_refused(kind, tmp_path):
    office = new_office(tmp_path)
    file = tmp_path / "bomb"
    file.write_bytes(BOMBS[kind]())
    before = office.path.read_bytes()
    done = bounded(office, "case", "import", file)
    assert (done.code, done.err.count("错误：")) == (3, 1), done.err
    assert office.path.read_bytes() == before


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_a_template_that_unpacks_too_far_is_refused(part, tmp_path):
    office = new_office(tmp_path, ("U01", "某单位"))
    office.must("case", "register", "虚构事项")
    office.must("case", "assign", "XF2026-0001", "U01")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "assign.docx").write_bytes(repacked(built_in("assign"), part, BLANKS))
    done = bounded(office, "letter", "assign", "XF2026-0001", "-o", tmp_path / "out.docx")
    assert (done.code, done.err.count("错误：")) == (3, 1), done.err
    assert not (tmp_path / "out.docx").exists()
