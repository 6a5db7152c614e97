"""How the command line is built: quick to start, complete in the shell, Chinese in its help."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from command_line import TODAY, XFCTL, Office, call, environment, new_office, run
from rich.cells import cell_len
from typer.main import get_command

from xfctl.cli.lazy import ENTRIES, LazyGroup, load
from xfctl.cli.main import app

ROOT = Path(__file__).parent.parent.parent
HEAVY = {
    *("sqlmodel", "sqlalchemy", "alembic", "pydantic", "openpyxl", "holidays", "rich", "pygal"),
    *("tomlkit", "icalendar", "docxtpl", "docx", "jinja2", "lxml", "apprise"),
    *("cryptography", "xfctl.ledger.seal"),
}
REPORT = """\
import atexit, sys
watched = set(sys.argv.pop(1).split(","))
atexit.register(lambda: print(*sorted(watched & set(sys.modules)), file=sys.stderr))
from xfctl.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A ledger that no test here changes, with a late matter and an accountability."""
    office = new_office(
        tmp_path_factory.mktemp("office"),
        ("A15", "后勤保障部"),
        ("A16", "保卫处"),
        ("C01", "文学院"),
    )
    for on in ("2026-11-03", "2026-11-04"):
        number = office.must("case", "register", "虚构事项", "--on", on).out.strip()
        office.must("case", "assign", number, "A15", "--on", on)
    office.must("unit", "appoint", "A15", "虚构处长甲", "--post", "处长", "--on", "2026-01-05")
    office.must(
        *("account", "propose", "A15", "--situation", "13(2)", "--severity", "较轻"),
        *("--basis", "虚构依据", "--day", "2026-11-13", "--on", "2026-11-20"),
    )
    return office


def loaded(watched: set[str], *arguments: str | Path, **env: str) -> set[str]:
    """Which of the watched modules a run of xfctl has imported by its end."""
    done = subprocess.run(
        [sys.executable, "-c", REPORT, ",".join(watched), *arguments],
        env=environment({"PYTHONPATH": str(ROOT), **env}),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return set(done.stderr.decode().splitlines()[-1].split())


# Imports: what is not needed is not loaded (docs/decisions.md)


@pytest.mark.parametrize(
    "command",
    [
        ["--version"],
        ["overdue"],
        ["overdue", "--by-unit", "--format", "json"],
        ["digest"],
        ["digest", "--format", "html"],
        ["case", "show", "XF2026-0001"],
        ["case", "explain", "XF2026-0001"],
        ["case", "list"],
        ["export", "obligations"],
        ["export", "cases"],
        ["export", "events"],
        ["config", "show"],
        ["search", "虚构"],
        ["rule", "list"],
        ["report", "quarter", "2026Q3"],
        ["report", "quarter", "2026Q3", "--format", "json"],
        ["report", "trend"],
        ["report", "ageing"],
        ["rule", "show", "17"],
        ["unit", "list"],
        ["unit", "show", "A15"],
        ["unit", "gaps"],
        ["account", "due"],
        ["account", "list"],
        ["account", "show", "ZZ2026-0001"],
        ["account", "awards"],
        ["account", "evidence", "A15"],
        ["report", "accountability"],
        ["log", "--late"],
        ["log", "--reveals"],
        ["risk", "list"],
        ["risk", "watch"],
        ["--as-known-at", "2090-01-01", "overdue"],
        ["verify"],
        ["doctor"],
        ["calendar", "due", "2026-02-12", "7"],
    ],
    ids=" ".join,
)
def test_reading_loads_nothing_heavy(office: Office, command: list[str]) -> None:
    assert loaded(HEAVY, "--ledger", office.path, "--today", TODAY, *command) == set()


def test_writing_loads_no_schema(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    here = ("--ledger", office.path, "--today", TODAY)
    assert loaded(HEAVY, *here, "case", "register", "虚构事项") == set()
    assert loaded(HEAVY, *here, "case", "accept", "XF2026-0001") == set()


def test_a_sound_backup_needs_no_fresh_schema(office: Office, tmp_path: Path) -> None:
    here = ("--ledger", office.path, "--today", TODAY)
    assert loaded(HEAVY, *here, "backup", tmp_path / "backup.db") == set()


def test_only_an_identity_loads_the_encryption(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    here = ("--ledger", office.path, "--today", TODAY)
    seal = {"cryptography", "xfctl.ledger.seal"}
    registered = ("case", "register", "虚构事项", "--petitioner", "示例信访人001")
    assert loaded(HEAVY, *here, *registered) == seal
    assert loaded(HEAVY, *here, "case", "show", "XF2026-0001") == set()
    assert loaded(HEAVY, *here, "case", "show", "XF2026-0001", "--reveal", "回访") == seal


def test_only_a_year_without_a_notice_loads_the_statutory_days() -> None:
    assert loaded(HEAVY, "calendar", "due", "2026-12-28", "7") == {"holidays"}


def test_completion_loads_nothing_heavy(office: Office) -> None:
    assert loaded(HEAVY, **completing(office, "xfctl case show XF")) == set()


def test_the_entry_point_alone_loads_no_rules() -> None:
    rooms = {f"xfctl.{room}" for room in ("domain", "ledger", "regulation", "workdays", "app")}
    assert loaded(rooms | HEAVY, "--version") == set()


def test_the_pinned_typer_does_not_import_pydantic_at_dispatch() -> None:
    """0.29 and later do, which doubles the time of every command: the pin stays until they don't."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (pin,) = (each for each in project["dependencies"] if each.startswith("typer"))
    assert pin.endswith("<0.29")
    assert tuple(map(int, version("typer").split(".")[:2])) < (0, 29)
    code = (
        "import sys, typer; app = typer.Typer(); app.command()(lambda: None);"
        "app(standalone_mode=False); sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# Completion in the shell


def completing(office: Office, line: str) -> dict[str, str]:
    """What bash tells a program whose line is to be completed."""
    words = line.split(" ")
    return {
        "XFCTL_LEDGER": str(office.path),
        "_XFCTL_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("xfctl case show XF", ["XF2026-0001", "XF2026-0002"]),
        ("xfctl case feedback XF2026-0002", ["XF2026-0002"]),
        ("xfctl log XF2026-0001", ["XF2026-0001"]),
        ("xfctl case assign XF2026-0001 A", ["A15", "A16"]),
        ("xfctl overdue --unit C", ["C01"]),
        ("xfctl overdue --unit 后勤", ["后勤保障部"]),
        ("xfctl case register 事项 --involved A1", ["A15", "A16"]),
        ("xfctl c", ["case", "calendar", "config"]),
        ("xfctl account show Z", ["ZZ2026-0001"]),
        ("xfctl account re", ["rectify", "rectify-review", "rectify-extend"]),
        ("xfctl unit show 文", ["文学院"]),
        ("xfctl unit m", ["merge"]),
        ("xfctl report a", ["ageing", "accountability"]),
        ("xfctl overdue --format x", ["xlsx"]),
        ("xfctl overdue --by", ["--by-unit"]),
        ("xfctl case show 没有", []),
        (
            "xfctl case re",
            [
                "register",
                "refer",
                "receive",
                "return",
                "review-feedback",
                "reply",
                "reopen",
                "review",
                "report-up",
            ],
        ),
        ("xfctl case register 事项 --channel 来", ["来信", "来访", "来电"]),
        (
            "xfctl case list --stage 已",
            ["已登记", "已受理", "已转送", "已反馈", "已出意见", "已答复", "已办结"],
        ),
        ("xfctl case list --purpose ap", ["appeal"]),
        ("xfctl case feedback XF2026-0001 --form 书", ["书面"]),
        ("xfctl case opinion XF2026-0001 --outcome 部", ["部分支持"]),
        ("xfctl case rate XF2026-0001 责任单位 不", ["不满意"]),
        ("xfctl case link XF2026-0001 XF2026-0002", ["XF2026-0002"]),
        ("xfctl case list --sort ", ["登记日期", "编号", "责任单位", "状态", "首问责任人"]),
    ],
)
def test_completion(office: Office, line: str, words: list[str]) -> None:
    done = run(env=completing(office, line))
    assert (done.code, done.out.split(), done.err) == (0, words, "")


def test_completion_looks_into_the_ledger_named_on_the_line(office: Office, tmp_path: Path) -> None:
    line = f"xfctl --ledger {office.path} case show XF"
    elsewhere = {"XFCTL_LEDGER": str(tmp_path / "没有.db")}
    assert run(env=completing(office, line) | elsewhere).out.split()[0] == "XF2026-0001"


def test_completion_without_a_ledger_is_silent(office: Office, tmp_path: Path) -> None:
    nowhere = {"XFCTL_LEDGER": str(tmp_path / "没有.db")}
    for line in ("xfctl case show XF", "xfctl overdue --unit A"):
        done = run(env=completing(office, line) | nowhere)
        assert (done.code, done.out.strip(), done.err) == (0, "", "")


# Help


def commands() -> Iterator[tuple[str, Any]]:
    """Every group and command with its path; the root is the empty path."""
    yield "", get_command(app)
    for name, entry in ENTRIES.items():
        command = load(name, entry)
        yield name, command
        for verb, inner in verbs_of(command):
            yield f"{name} {verb}", inner


def verbs_of(command: Any) -> Iterator[tuple[str, Any]]:
    """The verbs of a noun, those loaded only when called among them."""
    if isinstance(command, LazyGroup):
        yield from ((verb, load(verb, entry)) for verb, entry in command.entries.items())
    else:
        yield from getattr(command, "commands", {}).items()


COMMANDS = dict(commands())
VERBS = [path for path, command in COMMANDS.items() if not hasattr(command, "commands")]
ENGLISH = re.compile(
    r"Usage|Options|Arguments|Commands|Show this|Install|Copy it|default|required|env var|"
    r"\bTEXT\b|\bINTEGER\b|\bPATH\b|<\w+>|None"
)


def help_page(path: str, columns: int = 80) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(columns))
        done = call(*path.split(), "--help")
    assert (done.code, done.err) == (0, "")
    return done.out


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path or "xfctl")
@pytest.mark.parametrize("columns", [80, 50])
def test_every_help_page_is_chinese_and_fits(path: str, columns: int) -> None:
    page = help_page(path, columns)
    assert page.split()[0] == "用法：xfctl"
    assert "显示这份说明后退出" in re.sub(r"[\s│]", "", page)
    assert ENGLISH.findall(page) == []
    assert "…" not in page.replace("]...", "")
    widest = max(page.splitlines(), key=cell_len)
    assert cell_len(widest) <= columns, widest


@pytest.mark.parametrize("path", VERBS)
def test_what_may_be_repeated_says_so(path: str) -> None:
    repeated = [each for each in COMMANDS[path].params if getattr(each, "multiple", False)]
    assert [each.opts for each in repeated if "可多次给出" not in each.help] == []


@pytest.mark.parametrize("path", [path for path in COMMANDS if path])
def test_every_command_has_an_example_whose_options_exist(path: str) -> None:
    examples = examples_of(COMMANDS[path])
    assert examples, "例：xfctl …"
    assert any(example[1 : 1 + len(path.split())] == path.split() for example in examples)
    for words in examples:
        check_options(words)


def examples_of(command: Any) -> list[list[str]]:
    """The examples in a command's docstring, as words."""
    _, _, told = command.help.partition("例：")
    return [shlex.split(each) for each in told.strip().split("；") if each]


def check_options(words: list[str]) -> None:
    """Every option of an example belongs to xfctl itself or to the command it calls."""
    known = {word for param in COMMANDS[""].params for word in param.opts}
    for path in (words[1:2], words[1:3], words[3:4], words[3:5]):
        command = COMMANDS.get(" ".join(path))
        known |= {word for param in getattr(command, "params", []) for word in param.opts}
    assert words[0] == "xfctl"
    assert {word for word in words if word.startswith("-")} <= known


@pytest.mark.parametrize(
    "path", [path for path, command in COMMANDS.items() if isinstance(command, LazyGroup)]
)
def test_the_table_of_commands_is_complete(path: str) -> None:
    """What a group's help promises in one line exists and says the same in its own help."""
    page = help_page(path)
    for name, entry in COMMANDS[path].entries.items():
        assert re.search(rf"│ {name} +{re.escape(entry.help)}", page), name


def test_no_arguments_show_the_help() -> None:
    for arguments in ([], ["case"], ["unit"], ["account"], ["report"]):
        done = run(*arguments)
        assert (done.code, "用法：" in done.out, done.err) == (2, True, "")


def test_help_in_a_pipe_has_no_colour() -> None:
    assert "\x1b" not in run("--help", env={"TERM": "xterm-256color"}).out


def test_version() -> None:
    assert call("--version").out == f"xfctl {version('xfctl')}\n"


def test_the_program_and_the_module_are_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "xfctl", "--version"], capture_output=True, check=True
    )
    assert done.stdout == subprocess.run([XFCTL, "--version"], capture_output=True).stdout
