"""Makes docs/pictures/: tables of the demo ledger as SVG, the quarter's page as PNG.

    python tests/house/pictures.py

The tables are what the program draws on a terminal of 100 columns. The page is what a browser
shows; without Chromium it is left as it is.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from html import unescape
from pathlib import Path
from unittest.mock import patch

from rich.cells import cell_len
from rich.console import CONSOLE_SVG_FORMAT, Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from xfctl.cli.main import main

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
TODAY = "2026-11-25"
QUARTER = "2026Q3"
WIDTH = 100
MOST_LINES = 32

# A card of its own colour reads the same on a light page and on a dark one.
_THEME = TerminalTheme(
    background=(246, 248, 250),
    foreground=(36, 41, 47),
    normal=[
        *((36, 41, 47), (207, 34, 46), (17, 99, 41), (154, 103, 0)),
        *((9, 105, 218), (130, 80, 223), (27, 124, 131), (110, 119, 129)),
    ],
)
# Rich's own names a web font, which would be fetched from elsewhere.
_FORMAT = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "Fira Code", "DejaVu Sans Mono, Menlo, Consolas, Noto Sans CJK SC, PingFang SC"
)
_HEAD = re.compile(r"\b\d+:[0-9a-f]{16}\b")
# Chinese and Latin letters apart: a browser stretches each piece to the columns it takes.
_PIECE = re.compile(r"[!-~]+|[\u2e80-\uffff]+|[^\x00-\x7f\u2e80-\uffff]+")
_DRAWN = re.compile(r'textLength="([\d.]+)"([^>]*)>([^<]*)</text>')


class Terminal(io.StringIO):
    """A terminal without an operating system."""

    def isatty(self) -> bool:
        return True


def pictures(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and SVG of every table, drawn from a demo ledger made in ``folder``."""
    with chdir(folder):
        said("demo", "demo")
        overdue = said("overdue")
        number = next(iter(re.findall(r"XF\d{4}-\d{4}", overdue)))
        for name, words in {
            "overdue": ["overdue"],
            "case-show": ["case", "show", number],
            "supervise-due": ["supervise", "due"],
            "account-due": ["account", "due"],
            "digest": ["digest"],
        }.items():
            yield name, svg(f"xfctl {' '.join(words)}", said(*words))


def said(*words: str) -> str:
    """What a command prints on a terminal, on the day of the pictures."""
    out = Terminal()
    environment = {
        "XFCTL_TODAY": TODAY,
        "XFCTL_ACTOR": "经办甲",
        "XFCTL_LEDGER": "demo/ledger.db",
        "XFCTL_CONFIG": "config.toml",
        "COLUMNS": str(WIDTH),
        "TERM": "xterm",
    }
    with (
        patch.dict("os.environ", environment),
        redirect_stdout(out),
        redirect_stderr(io.StringIO()) as err,
    ):
        code = main(list(words))
    assert code == 0, err.getvalue()
    return out.getvalue()


def svg(title: str, drawn: str) -> str:
    """A terminal's text as a picture, cut where it grows too long to look at."""
    lines = _HEAD.sub("……", drawn).rstrip("\n").split("\n")
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], "……"]
    console = Console(record=True, width=WIDTH, file=io.StringIO(), color_system="standard")
    for line in lines:
        text = Text.from_ansi(line)
        for piece in _PIECE.finditer(text.plain):
            text.stylize(Style(meta={"from": piece.start()}), piece.start(), piece.end())
        console.print(text, soft_wrap=True)
    drawing = console.export_svg(
        title=title, theme=_THEME, code_format=_FORMAT, unique_id=re.sub(r"\W+", "-", title)
    )
    return _DRAWN.sub(_stretched, drawing)


def _stretched(drawn: re.Match[str]) -> str:
    """A piece of text with the width of its columns: Rich counts a Chinese letter as one."""
    text = unescape(drawn[3])
    width = float(drawn[1]) * cell_len(text) / len(text)
    return f'textLength="{width:.1f}"{drawn[2]}>{drawn[3]}</text>'


def screenshot(folder: Path, target: Path) -> None:
    """The quarter's page as a browser shows it, above the fold."""
    with chdir(folder):
        said("report", "quarter", QUARTER, "--format", "html", "-o", "quarter.html")
    browser = shutil.which("chromium")
    # Without a Chinese font every character would be an empty box.
    if browser is None or not subprocess.check_output(["fc-list", ":lang=zh"]):
        return
    flags = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1100,1400"]
    page = (folder / "quarter.html").as_uri()
    subprocess.run(
        [browser, *flags, f"--screenshot={target}", page], check=True, capture_output=True
    )


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        for each, picture in pictures(Path(name)):
            (PICTURES / f"{each}.svg").write_text(picture, encoding="utf-8")
        screenshot(Path(name), PICTURES / "quarter.png")
    sys.stdout.write("".join(f"{each}\n" for each in sorted(PICTURES.iterdir())))
