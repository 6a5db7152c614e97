"""Major decisions (细则 9(2)) and contingency plans: the legal order of their steps."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import unit_name

from xfctl.domain import decision as rules
from xfctl.domain.classification import DecisionOutcome, RiskLevel
from xfctl.domain.decision import Decision
from xfctl.domain.event import Dated, Event
from xfctl.domain.plan import OVERALL, OVERALL_NAME, Plan, PlanAdopted, adopt
from xfctl.domain.plan import evolve as evolve_plan
from xfctl.domain.world import World
from xfctl.errors import InputRefusedError, RuleRefusedError
from xfctl.regulation.clocks import clocks
from xfctl.workdays.calendar import Calendar

DEFERRED, ADOPTED = DecisionOutcome.DEFERRED, DecisionOutcome.ADOPTED


def march(day: int) -> date:
    return date(2026, 3, day)


WORLD = World(march(31), Calendar(), clocks())


def taken(state: Decision | None, facts: list[Dated]) -> Decision:
    for each in facts:
        state = rules.evolve(state, Event(1, "", each.occurred_on, "", "", each.fact))
    assert state is not None
    return state


def recorded(day: int = 2) -> Decision:
    unit = ("U01", unit_name("U01"))
    return taken(None, rules.record("JC2026-0001", unit, "虚构决策", march(day), WORLD))


def asked(state: Decision, day: int) -> Decision:
    return taken(state, rules.ask(state, march(day), None, WORLD))


def answered(state: Decision, day: int) -> Decision:
    return taken(state, rules.give_opinion(state, march(day), "建议公示", WORLD))


def assessed(state: Decision, day: int, level: RiskLevel = RiskLevel.LOW) -> Decision:
    return taken(state, rules.assess(state, march(day), level, "研判", WORLD))


def settled(state: Decision, day: int, outcome: DecisionOutcome = ADOPTED) -> Decision:
    return taken(state, rules.settle(state, march(day), outcome, "会议", WORLD))


def test_the_first_assessment_counts_for_the_day_and_the_last_for_the_level() -> None:
    state = assessed(assessed(recorded(), 9), 5, RiskLevel.HIGH)
    assert (state.assessed_on, state.level) == (march(5), RiskLevel.HIGH)
    assert (recorded().assessed_on, recorded().level) == (None, None)


def test_the_first_consultation_counts() -> None:
    state = recorded()
    for day in (8, 6):
        state = taken(state, rules.consult(state, march(day), "座谈", WORLD))
    assert state.consulted_on == march(6)


def test_questions_and_opinions_take_turns() -> None:
    with pytest.raises(RuleRefusedError, match="没有待答复"):
        answered(recorded(), 5)
    state = asked(recorded(), 5)
    with pytest.raises(RuleRefusedError, match="已于 2026-03-05 征求过意见"):
        asked(state, 6)
    with pytest.raises(InputRefusedError, match="早于征求日期"):
        answered(state, 4)
    state = answered(asked(answered(state, 5), 7), 8)
    assert [on for on, _ in state.opinions] == [march(5), march(8)]


def test_what_was_deferred_can_be_decided_again_and_nothing_else() -> None:
    state = settled(recorded(), 5, DEFERRED)
    with pytest.raises(InputRefusedError, match="早于上次决定日期"):
        settled(state, 4)
    state = settled(state, 9)
    assert state.settled is not None
    assert (state.settled[0], state.settled[1].outcome) == (march(9), ADOPTED)
    with pytest.raises(RuleRefusedError, match="已于 2026-03-09 决定实施"):
        settled(state, 10)


@pytest.mark.parametrize("step", [asked, assessed, settled], ids=lambda step: step.__name__)
def test_no_step_before_the_decision_was_put_forward_or_in_the_future(step) -> None:
    with pytest.raises(InputRefusedError, match="早于提出日期"):
        step(recorded(5), 4)
    later = World(march(10), Calendar(), clocks())
    with pytest.raises(InputRefusedError, match="晚于今天"):
        rules.consult(recorded(), march(11), "座谈", later)


def test_preparation_after_the_decision_is_recorded_too() -> None:
    state = assessed(settled(recorded(), 5), 8)
    assert state.assessed_on == march(8)


# Plans


def version(name: str = "一", unit: str = "U01", unit_name: str = "虚构单位U01") -> PlanAdopted:
    return PlanAdopted(
        unit=unit, unit_name=unit_name, version=name, name="预案.txt", size=1, sha256="0" * 64
    )


def adopted(state: Plan | None, entry: PlanAdopted, day: int) -> Plan:
    for each in adopt(state, entry, march(day), WORLD):
        state = evolve_plan(state, Event(1, "", each.occurred_on, "", "", each.fact))
    assert state is not None
    return state


def test_versions_follow_each_other() -> None:
    plan = adopted(adopted(None, version("一"), 3), version("二"), 3)
    assert [(on, each.version) for on, each in plan.versions] == [
        (march(3), "一"),
        (march(3), "二"),
    ]
    with pytest.raises(InputRefusedError, match="早于上一版日期"):
        adopted(plan, version("三"), 2)
    with pytest.raises(RuleRefusedError, match="已有版本「二」"):
        adopted(plan, version(" 二 "), 5)


def test_the_overall_plan_has_its_code_for_itself() -> None:
    assert adopted(None, version(unit=OVERALL, unit_name=OVERALL_NAME), 3).versions
    with pytest.raises(InputRefusedError, match="留给学校总体预案"):
        adopted(None, version(unit=OVERALL), 3)
