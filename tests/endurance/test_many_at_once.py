"""Many writers, readers and a backup at the same ledger: nobody fails, nothing is lost."""

from __future__ import annotations

from raw_ledger import start_child, stored_events
from scenarios import TODAY, faults_of
from traced import ENVIRONMENT, XFCTL, run_for

# Registers matters at the program's own desk, as fast as the others let it; says how many.
APPENDER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from xfctl.app import Context, at_desk
from xfctl.domain.case_facts import CaseRegistered
from xfctl.domain.identity import Identity
from xfctl.ledger.connection import open_ledger

path, prefix, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
today = date(2026, 3, 20)
for number in range(count):
    entry = CaseRegistered(
        number=f"{prefix}-{number:04}", summary=f"虚构事项{number}", first_responder="某首问人"
    )
    with open_ledger(path, writable=True) as ledger:
        with at_desk(ledger, Context(today, datetime.now(UTC), prefix)) as desk:
            desk.register(today, entry, Identity(name=f"虚构人{number}"))
print(count)
"""
# Runs one command line again and again until its input ends; stops at the first that fails.
AGAIN_AND_AGAIN = """
import os, select, subprocess, sys

command, runs = sys.argv[1:], 0
while not select.select([sys.stdin], [], [], 0)[0]:
    line = [each.replace("RUN", str(runs)) for each in command]
    done = subprocess.run(line, capture_output=True)
    if done.returncode:
        sys.exit(f"{done.returncode}: {done.stderr.decode()}")
    runs += 1
print(runs)
"""


WRITERS = 16


def test_sixteen_writers_a_reader_and_a_backup(busy_office, amount):
    each, commands = amount(12, 500), amount(2, 50)
    path = busy_office.path
    folder, backups = path.parent, path.parent / "backups"
    backups.mkdir()
    before = len(stored_events(path))
    ledger = ["--ledger", str(path), "--today", TODAY]
    looping = [
        start_child(AGAIN_AND_AGAIN, XFCTL, *ledger, *command, env=ENVIRONMENT, cwd=folder)
        for command in (("digest",), ("backup", str(backups / "RUN.db")))
    ]
    appending = [start_child(APPENDER, path, f"W{n}", each) for n in range(WRITERS)]
    for number in range(commands):
        ran = run_for([*ledger, "case", "register", f"虚构事项{number}"], None, cwd=folder)
        assert ran.code == 0, ran.err
    for child in appending:
        out, err = child.communicate(timeout=3600)
        assert (child.returncode, out) == (0, f"{each}\n"), err
    for child in looping:
        out, err = child.communicate("stop\n", timeout=600)
        assert child.returncode == 0, err
        assert int(out) > 0
    rows = stored_events(path)[before:]
    theirs = {f"case/W{n}-{m:04}" for n in range(WRITERS) for m in range(each)}
    matters = {row.stream for row in rows if row.stream.startswith("case/")}
    assert theirs <= matters
    assert len(matters) == len(theirs) + commands
    assert faults_of(path) == []
    for backup in backups.glob("*.db"):
        assert faults_of(backup) == []
