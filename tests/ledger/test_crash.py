"""kill -9 at points spread over the work of a writer: what was acknowledged is there."""

from __future__ import annotations

import signal
from threading import Timer

import pytest
from raw_ledger import WRITER, start_child, stored_events

from xfctl.ledger.verify import require_sound

ROUNDS, KILLS = 4, 10


@pytest.mark.parametrize("round", range(ROUNDS))
def test_a_killed_writer_loses_nothing_it_acknowledged(office, round):
    acknowledged = []
    for kill in range(KILLS):
        acknowledged += killed_after(office.path, f"W{kill}", milliseconds=round + kill * 4 / 3)
        with office.reading() as ledger:
            require_sound(ledger)
    streams = [row.stream for row in stored_events(office.path)[1:]]
    # A transaction stored but not yet acknowledged may be there as well: at most one a kill.
    assert {f"unit/{code}" for code in acknowledged} <= set(streams)
    assert len(acknowledged) <= len(streams) <= len(acknowledged) + KILLS
    assert acknowledged


def killed_after(path, prefix: str, *, milliseconds: float) -> list[str]:
    """The acknowledgements of a writer killed so long after its first one."""
    with start_child(WRITER, path, prefix, 10_000) as writer:
        first = writer.stdout.readline()
        timer = Timer(milliseconds / 1000, writer.send_signal, [signal.SIGKILL])
        timer.start()
        rest = writer.stdout.read()
        timer.join()
        assert writer.wait() == -signal.SIGKILL, writer.stderr.read()
    # A line cut short is no acknowledgement.
    return (first + rest).rpartition("\n")[0].split()
