"""kill -9 at points spread over every command that changes something.

After each kill: what was acknowledged is there, nothing is half there, the ledger verifies, no file
is open to others, the next command works and leaves nothing of the killed one behind.
"""

from __future__ import annotations

import pytest
from scenarios import SCENARIOS
from traced import require_tracing, run, run_for
from trials import spread


@pytest.mark.parametrize("trial", SCENARIOS, ids=lambda each: each.name, indirect=True)
def test_killed_at_any_point(trial, amount):
    """By time, and by the number of changes to files made so far."""
    moments = amount(1, 60)
    for moment in range(1, moments + 1):
        place = trial.copy("killed")
        ran = run_for(trial.scenario.line, trial.seconds * moment / (moments + 1), cwd=place)
        trial.check_killed(place, ran, f"{moment}/{moments + 1} of the way")
    require_tracing()
    total = len(run(trial.scenario.line, cwd=trial.copy("measured")).calls)
    for point in spread(total, amount(3, 130)):
        place = trial.copy("killed")
        ran = run(trial.scenario.line, cwd=place, kill_before=point)
        trial.check_killed(place, ran, f"before change {point} of {total}")
