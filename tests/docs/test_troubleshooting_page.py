"""docs/troubleshooting.md quotes messages as the golden files have them.

A quotation stands below a comment that names its golden file; ``XFCTL_UPDATE_DOCS=1`` copies the
sentences anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "troubleshooting.md"

_QUOTATION = re.compile(r"<!-- (tests/errors/[\w-]+\.txt) -->\n> (.*)\n")


def _sentence(golden: str) -> str:
    lines = (ROOT / golden).read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith("错误："))


def _quoted_anew(text: str) -> str:
    return _QUOTATION.sub(lambda found: f"<!-- {found[1]} -->\n> {_sentence(found[1])}\n", text)


def test_every_quotation_is_what_the_program_says() -> None:
    written = PAGE.read_text(encoding="utf-8")
    # Another test reads every page meanwhile: what is right already is left alone.
    if os.environ.get("XFCTL_UPDATE_DOCS") == "1" and written != _quoted_anew(written):
        PAGE.write_text(_quoted_anew(written), encoding="utf-8")
        return
    assert written == _quoted_anew(written)


def test_every_message_on_the_page_is_a_quotation_and_stands_there_once() -> None:
    text = PAGE.read_text(encoding="utf-8")
    quoted = [found[1] for found in _QUOTATION.finditer(text)]
    assert len(quoted) == text.count("\n> ")
    assert len(quoted) == len(set(quoted)) >= 40
