from __future__ import annotations

from raw_ledger import WRITER, start_child, stored_events

from xfctl.ledger.verify import require_sound

WRITERS, EACH = 4, 25

# Reads the whole ledger again and again until it is told to stop; every view must be sound.
READER = """
import select, sys
from pathlib import Path
from xfctl.ledger.connection import open_ledger
from xfctl.ledger.verify import require_sound

views = 0
print("reading", flush=True)
while not select.select([sys.stdin], [], [], 0)[0]:
    with open_ledger(Path(sys.argv[1])) as ledger:
        require_sound(ledger)
    views += 1
print(views)
"""


def test_four_writers_and_a_reader_lose_nothing_and_wait_for_each_other(office):
    reader = start_child(READER, office.path)
    assert reader.stdout.readline() == "reading\n"
    writers = [start_child(WRITER, office.path, f"W{n}", EACH) for n in range(WRITERS)]
    acknowledged = []
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err
        acknowledged += out.split()
    views, err = reader.communicate("stop\n", timeout=60)
    assert reader.returncode == 0, err
    assert int(views) > 0

    rows = stored_events(office.path)
    assert len(acknowledged) == WRITERS * EACH
    assert sorted(row.stream for row in rows[1:]) == sorted(f"unit/{code}" for code in acknowledged)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    with office.reading() as ledger:
        require_sound(ledger)
