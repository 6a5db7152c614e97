"""The built-in letters are what their script makes, and use exactly the fields there are."""

from __future__ import annotations

import re
import runpy
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate

from xfctl.domain.classification import LetterKind
from xfctl.output.letter_file import built_in

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference.md"
_ROW = re.compile(r"^\| `letters/(\w+)\.docx` \| [^|]+ \| (.+) \|$", re.MULTILINE)
COMMON = ("红头", "文号", "收件", "落款", "日期", "联系人", "联系电话")


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "tests" / "house" / "letter_templates.py"))


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_there_is_one_for_every_kind(script: dict[str, Any]) -> None:
    assert sorted(script["LETTERS"]) == sorted(kind.value for kind in LetterKind)


@pytest.mark.parametrize("kind", LetterKind)
def test_the_file_is_what_the_script_makes(script: dict[str, Any], kind: LetterKind) -> None:
    assert parts(built_in(kind.value)) == parts(script["make"](kind.value))


@pytest.mark.parametrize("kind", LetterKind)
def test_the_reference_names_the_fields(kind: LetterKind) -> None:
    documented = dict(_ROW.findall(REFERENCE.read_text(encoding="utf-8")))
    named = set(re.findall(r"`([^`]+)`", documented[kind.value])) | set(COMMON)
    used = DocxTemplate(BytesIO(built_in(kind.value))).get_undeclared_template_variables()
    assert used <= named
