"""The pictures show what the program draws; ``python tests/house/pictures.py`` makes them anew."""

from __future__ import annotations

import re
import runpy
from html import unescape
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PICTURES = HERE.parents[1] / "docs" / "pictures"
LARGEST = 200_000  # bytes of a picture in a page

_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


def _texts(svg: str) -> list[str]:
    """What there is to read; shapes and colours may differ between versions of Rich."""
    return [unescape(text) for text in _TEXT.findall(svg)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    script = runpy.run_path(str(HERE / "pictures.py"))
    return dict(script["pictures"](tmp_path_factory.mktemp("pictures")))


def test_every_table_is_pictured_as_it_is_drawn(made: dict[str, str]) -> None:
    kept = {path.stem: path.read_text(encoding="utf-8") for path in PICTURES.glob("*.svg")}
    assert {name: _texts(svg) for name, svg in kept.items()} == {
        name: _texts(svg) for name, svg in made.items()
    }


def test_pictures_are_light_and_fetch_nothing() -> None:
    for path in PICTURES.iterdir():
        assert path.stat().st_size < LARGEST
    for path in PICTURES.glob("*.svg"):
        assert set(re.findall(r"\w+://[^\"\s)]+", path.read_text(encoding="utf-8"))) <= {
            "http://www.w3.org/2000/svg",
            "https://www.textualize.io",
        }


def test_every_picture_is_shown_on_some_page() -> None:
    root = HERE.parents[1]
    pages = [root / "README.md", *(root / "docs").rglob("*.md")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert [each.name for each in PICTURES.iterdir() if f"pictures/{each.name}" not in text] == []
