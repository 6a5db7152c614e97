"""The same answers wherever xfctl is started: cron, old consoles, narrow screens, other zones."""

from __future__ import annotations

import os
import pty
import subprocess
import termios
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from command_line import TODAY, XFCTL, Office, environment, new_office, run
from rich.cells import cell_len

LONG = "宿舍热水供应时段与公示不符，多次向楼栋管理员反映，一直没有得到答复，要求公开供应时段并调整"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A ledger that no test here changes: two late matters, a long text, a long name."""
    office = new_office(
        tmp_path_factory.mktemp("office"),
        ("A15", "后勤保障部"),
        ("C39", "网络安全与信息化办公室（信息中心）"),
    )
    for unit, summary in [("A15", LONG), ("C39", "校园卡 campus-card@example.invalid 重复扣费")]:
        number = office.must(
            "case", "register", summary, "--on", "2026-11-05", "--first-responder", "经办乙"
        ).out.strip()
        office.must("case", "assign", number, unit, "--on", "2026-11-06")
    office.must("case", "register", "尚未交办的事项", "--on", "2026-11-24")
    return office


def at(office: Office, *arguments: str) -> list[str | Path]:
    return ["--ledger", office.path, "--today", TODAY, *arguments]


# Locales and encodings


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LANG": "en_US.ISO-8859-1"},
        {"LC_ALL": "C.UTF-8", "NO_COLOR": "1"},
        {"TERM": "dumb"},
        {"COLUMNS": "40"},
    ],
    ids=str,
)
def test_cron_gets_the_digest_whatever_the_environment(office: Office, env: dict[str, str]) -> None:
    done = run(*at(office, "digest"), env=env)
    assert (done.code, done.err) == (0, "")
    assert done.out == office.must("digest").out


def test_env_dash_i(office: Office, tmp_path: Path) -> None:
    """The crontab line of docs/operations.md: nothing but HOME and PATH."""
    command = (
        f"env -i HOME='{tmp_path}' PATH='{XFCTL.parent}:/usr/bin:/bin' "
        f"xfctl --ledger '{office.path}' --today {TODAY} digest --workdays-only"
    )
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=True)
    assert done.stdout.decode() == office.must("digest").out
    assert done.stderr == b""


def test_a_gbk_console_gets_gbk(office: Office) -> None:
    command = [XFCTL, *at(office, "overdue")]
    env = environment({"LANG": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"})
    done = subprocess.run(command, env=env, capture_output=True, check=True)
    printed = done.stdout.decode("gbk")
    assert "逾期事项" in printed
    assert "后勤保障部" in printed
    exact = subprocess.run([*command, "--format", "csv"], env=env, capture_output=True, check=True)
    assert exact.stdout.decode("utf-8-sig").startswith("编号,事项,责任单位")


def test_errors_are_chinese_on_every_console(office: Office) -> None:
    for encoding in ("gbk", "utf-8"):
        env = environment({"PYTHONIOENCODING": encoding})
        command = [XFCTL, *at(office, "case", "show", "XF2026-9999")]
        done = subprocess.run(command, env=env, capture_output=True, check=False)
        assert done.stderr.decode(encoding).startswith("错误：没有编号为「XF2026-9999」的事项")
        assert done.returncode == 3


# Pipes and closed streams


def test_a_reader_that_leaves_early_is_not_an_answer(office: Office) -> None:
    """`| head -1` must not look like exit code 1, which says that something is overdue."""
    split = ["case", "split", "XF2026-0001", "示例诉求"]
    for command in (["overdue"], ["calendar", "show", "2026"], ["log"], split):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [XFCTL, *at(office, *command)],
            stdout=writer,
            stderr=subprocess.PIPE,
            env=environment({}),
            check=False,
        )
        os.close(writer)
        assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(("closed", "code"), [("<&-", 1), (">&-", 1), ("2>&-", 1)])
def test_a_closed_stream_changes_no_answer(office: Office, closed: str, code: int) -> None:
    command = f"exec {XFCTL} --ledger {office.path} --today {TODAY} overdue --exit-code {closed}"
    done = subprocess.run(
        ["sh", "-c", command], env=environment({}), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (code, b"")


def test_a_refusal_keeps_its_code_when_nobody_can_read_it(office: Office) -> None:
    command = f"{XFCTL} --ledger {office.path} case show XF2026-9999 2>&-"
    done = subprocess.run(["sh", "-c", command], env=environment({}), check=False)
    assert done.returncode == 3


def test_a_file_gets_no_colour_and_whole_lines(office: Office, tmp_path: Path) -> None:
    with (tmp_path / "逾期.txt").open("wb") as file:
        env = environment({"TERM": "xterm-256color", "FORCE_COLOR": "1", "COLUMNS": "40"})
        subprocess.run([XFCTL, *at(office, "overdue")], stdout=file, env=env, check=True)
    text = (tmp_path / "逾期.txt").read_text(encoding="utf-8")
    assert "\x1b" not in text
    assert any(LONG in line for line in text.splitlines())


# Days and zones


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "UTC", "Pacific/Kiritimati", ""])
def test_the_day_is_that_of_shanghai(tmp_path: Path, zone: str) -> None:
    ledger = tmp_path / "ledger.db"
    run("--ledger", ledger, "init", env={"TZ": zone})
    shanghai = timezone(timedelta(hours=8))
    before = datetime.now(UTC).astimezone(shanghai)
    done = run("--ledger", ledger, "case", "register", "虚构事项", env={"TZ": zone})
    after = datetime.now(UTC).astimezone(shanghai)
    told = done.err.split("登记日期 ")[1][:10]
    assert told in {f"{before:%Y-%m-%d}", f"{after:%Y-%m-%d}"}
    recorded = run(
        "--ledger", ledger, "log", "--last", "1", "--format", "plain", env={"TZ": zone}
    ).table[1][-1]
    assert f"{before:%Y-%m-%d %H:%M:%S}" <= recorded <= f"{after:%Y-%m-%d %H:%M:%S}"


# Paths and files


@pytest.mark.parametrize(
    "name", ["ledger.db", "./ledger.db", "信访 台账/二〇二六 年.db", "a?b#c%20.db"]
)
def test_ledgers_with_odd_names(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    assert run("--ledger", name, "init", cwd=tmp_path).code == 0
    assert run("--ledger", name, "case", "register", "虚构事项", cwd=tmp_path).code == 0
    assert (tmp_path / name).is_file()
    other = tmp_path / "别处"
    other.mkdir()
    assert "虚构事项" in run("--ledger", tmp_path / name, "case", "list", cwd=other).out


def test_the_ledger_named_by_the_environment(tmp_path: Path) -> None:
    env = {"XFCTL_LEDGER": str(tmp_path / "ledger.db"), "XFCTL_ACTOR": "经办丁"}
    assert run("init", env=env).code == 0
    assert "经办丁" in run("log", env=env).out
    assert run("--ledger", tmp_path / "另一个.db", "overdue", env=env).code == 5


def test_without_a_name_the_ledger_lives_in_the_user_s_data_folder(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path)}
    assert run("overdue", env=home).code == 5
    assert run("init", env=home).code == 0
    (ledger,) = tmp_path.rglob("ledger.db")
    assert ledger.parent.stat().st_mode & 0o077 == 0
    assert run("overdue", env=home).code == 0


def test_every_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    """Whatever the umask: the ledger, what SQLite puts beside it, backups, exports."""
    script = f"""
        umask 000
        export XFCTL_LEDGER=ledger.db
        {XFCTL} init && {XFCTL} unit add U01 某单位 && {XFCTL} case register 虚构事项
        {XFCTL} backup && {XFCTL} backup 备份.db && {XFCTL} restore 备份.db
        {XFCTL} export cases -o 事项.csv && {XFCTL} export cases --format xlsx -o 事项.xlsx
        {XFCTL} digest -o 今日.txt && {XFCTL} demo 示例
    """
    subprocess.run(
        ["sh", "-ec", script], cwd=tmp_path, env=environment({}), capture_output=True, check=True
    )
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) >= 8
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in files} == {
        path.name: "0o600" for path in files
    }


# Terminals


def terminal(*arguments: str | Path, columns: int = 80, **extra: str) -> str:
    """What a terminal of so many columns shows."""
    leader, follower = pty.openpty()
    termios.tcsetwinsize(follower, (40, columns))
    env = environment({"LC_ALL": "C.UTF-8", "TERM": "xterm-256color", **extra})
    with subprocess.Popen([XFCTL, *arguments], stdin=follower, stdout=follower, env=env):
        os.close(follower)
        parts = []
        while part := read(leader):
            parts.append(part)
    os.close(leader)
    return b"".join(parts).decode()


def read(leader: int) -> bytes:
    try:
        return os.read(leader, 65_536)
    except OSError:  # Linux reports the end of a terminal as an error.
        return b""


def check_screen(text: str, columns: int) -> None:
    assert text.strip()
    assert "…" not in text
    widest = max(text.splitlines(), key=cell_len)
    assert cell_len(widest) <= columns, widest


PAGES = [
    ["overdue"],
    ["overdue", "--by-unit"],
    ["overdue", "--due-within", "3"],
    ["case", "show", "XF2026-0001"],
    ["case", "explain", "XF2026-0001"],
    ["case", "explain", "XF2026-0001", "--all"],
    ["case", "list"],
    ["search", "热水"],
    ["rule", "list"],
    ["unit", "list"],
    ["log"],
    ["calendar", "show", "2026-10"],
]
HELP = [["--help"], ["case", "--help"], ["case", "register", "--help"], ["overdue", "--help"]]


@pytest.mark.parametrize("page", PAGES, ids=" ".join)
@pytest.mark.parametrize("columns", [80, 40])
def test_no_screen_is_wider_than_the_terminal_or_loses_text(
    office: Office, page: list[str], columns: int
) -> None:
    text = terminal(*at(office, *page), columns=columns, TERM="dumb")
    check_screen(text, columns)


@pytest.mark.parametrize("page", HELP, ids=" ".join)
def test_help_fits_the_terminal(page: list[str]) -> None:
    check_screen(terminal(*page, TERM="dumb"), 80)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_every_word_of_the_overdue_list_is_on_the_screen(office: Office, columns: int) -> None:
    text = terminal(*at(office, "overdue"), columns=columns, TERM="dumb")
    check_screen(text, columns)
    for whole in ("XF2026-0001", "XF2026-0002", "2026-11-17"):
        assert whole in text
    shown = "".join(text.split())
    missing = [char for char in LONG if char not in shown]
    assert missing == []


def test_colour_only_where_it_is_wanted(office: Office) -> None:
    assert "\x1b[" in terminal(*at(office, "overdue"))
    assert "\x1b" not in terminal(*at(office, "overdue"), NO_COLOR="1")
    assert "\x1b" not in terminal(*at(office, "overdue"), TERM="dumb")


def test_columns_decides_over_the_terminal(office: Office) -> None:
    check_screen(terminal(*at(office, "overdue"), columns=200, TERM="dumb", COLUMNS="40"), 40)


def test_a_digest_on_a_terminal_has_no_line_that_a_mail_would_not(office: Office) -> None:
    text = terminal(*at(office, "digest"))
    assert text.replace("\r\n", "\n") == office.must("digest").out
