"""细则 13–20, the decision table whole: the rows are in ``art_13_18.toml``, each with its article.

The rows hold for the recommendation and, through the rules that an officer meets, for proposals and
decisions. A second reading of the articles, written here from their text, is held against the
ladder over the whole product of situations, severities and rungs before.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from account_lives import (
    DAY,
    DECIDED,
    PROPOSED,
    RECTIFY_BY,
    Held,
    Life,
    at_rung,
    proposing,
    staff_unit,
)
from conftest import Office

from xfctl.app import accounts
from xfctl.domain.accountability.facts import Person
from xfctl.domain.accountability.milestones import in_force
from xfctl.domain.accountability.people import Answerable
from xfctl.domain.accountability.recommendation import may_have, open_rungs
from xfctl.domain.accountability.state import Accountability
from xfctl.domain.classification import AccountStage, AppealResult, Nature, Severity
from xfctl.errors import InputRefusedError, RuleRefusedError, XfctlError
from xfctl.regulation.ladder import ladder

TABLE = tomllib.loads((Path(__file__).parent / "art_13_18.toml").read_text(encoding="utf-8"))
RULES = ladder(PROPOSED)
ITEMS = tuple(f"13({n})" for n in range(1, 10))
KINDS = ("15/collective", "15/leapfrog", "15/repeated")
RUNGS = ("15", "16", "17", "18")
BEFORE = (None, *RUNGS)
SEVERITIES = (None, *Severity)
MEASURES = {each.label: each.key for each in RULES.measures.values()}
BODIES = {each.label: each.key for each in RULES.bodies.values()}
ROLES = {each.label: each.key for each in RULES.roles.values()}
LATER = RECTIFY_BY + 30 * DAY
# Who handled it, and two heads: someone for every measure.
EVERYONE = Answerable(staff={"示例科员戊": "科员"})


def meant(word: str) -> list[tuple[str, ...]]:
    """The situations that a word of the table stands for, each to be tried."""
    return {
        "无": [()],
        "13": [(each,) for each in ITEMS],
        "15": [(each,) for each in KINDS],
        "13和15": list(product(ITEMS, KINDS)),
    }[word]


def severity_of(word: str) -> Severity | None:
    return None if word == "未写" else Severity.from_label(word)


def combos(row: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Severity | None, str | None]]:
    for situation, severity, after in product(row["situation"], row["severity"], row["after"]):
        for situations in meant(situation):
            yield situations, severity_of(severity), None if after == "无" else after


@cache
def left_unrectified(rung: str) -> Accountability:
    """An accountability under a rung whose rectification came too late."""
    life = Life().propose(**at_rung(rung), people=EVERYONE, nature=Nature.INDIVIDUAL)
    deadlines = {"rectification": RECTIFY_BY}
    if rung == "15":
        deadlines |= {"explanation": RECTIFY_BY, "self_criticism": RECTIFY_BY}
    bodies = ("personnel",) if rung == "18" else ()
    # 细则 15 and 18 set no time to put things right: whoever sets one says why.
    override = "示例理由" if rung in ("15", "18") else None
    return life.decide(DECIDED, deadlines=deadlines, bodies=bodies, override=override).state


def propose(
    situations: tuple[str, ...], severity: Severity | None, after: str | None, **more: Any
) -> Accountability:
    before = left_unrectified(after) if after else None
    usual = {
        "on": LATER,
        "situations": situations,
        "severity": severity,
        "after": before and before.number,
        "people": EVERYONE,
        "nature": Nature.INDIVIDUAL,
    }
    return Life().propose(before, **(usual | more)).state


# --- The table ----------------------------------------------------------------------------------


@pytest.mark.parametrize("row", TABLE["case"], ids=[row["why"] for row in TABLE["case"]])
def test_row(row: dict[str, Any]) -> None:
    for situations, severity, after in combos(row):
        opened = open_rungs(RULES, situations, severity, after)
        assert [each.rung.key for each in opened] == row["open"]
        if "refused" in row:
            with pytest.raises(XfctlError, match=row["refused"]):
                propose(situations, severity, after)
        else:
            state = propose(situations, severity, after)
            assert state.entry.rung == row["open"][-1]
            assert (state.entry.against, state.entry.override) == ((), None)


@pytest.mark.parametrize("row", TABLE["case"], ids=[row["why"] for row in TABLE["case"]])
def test_row_cites_the_articles_that_it_opens(row: dict[str, Any]) -> None:
    assert {f"细则 {rung}" for rung in row["open"]} <= set(row["cites"])
    assert set(row["cites"]) <= {f"细则 {n}" for n in (13, 15, 16, 17, 18)}


def test_the_table_holds_every_combination_once() -> None:
    told = Counter(each for row in TABLE["case"] for each in combos(row))
    groups = [situations for word in ("无", "13", "15", "13和15") for situations in meant(word)]
    assert set(told) == set(product(groups, SEVERITIES, BEFORE))
    assert set(told.values()) == {1}


@pytest.mark.parametrize("row", TABLE["case"], ids=[row["why"] for row in TABLE["case"]])
def test_every_rung_that_a_row_does_not_open_is_refused_naming_its_article(
    row: dict[str, Any],
) -> None:
    if row.get("refused", "").startswith("没有写明"):
        return
    situations, severity, after = next(combos(row))
    for rung in RUNGS:
        if rung in row["open"]:
            assert propose(situations, severity, after, rung=rung).entry.rung == rung
            continue
        with pytest.raises(RuleRefusedError, match=f"不符合细则 {rung}的条件"):
            propose(situations, severity, after, rung=rung)
        state = propose(situations, severity, after, rung=rung, override="示例理由")
        assert (state.entry.rung, state.entry.against) == (rung, (f"细则 {rung}",))
        assert state.entry.override == "示例理由"


# --- A second reading ---------------------------------------------------------------------------


def read_from_the_text(
    situations: tuple[str, ...], severity: Severity | None, after: str | None
) -> list[str]:
    """Articles 15–18 in their order, each condition as its text has it."""
    listed_in_13 = any(each in ITEMS for each in situations)
    found = []
    # 15: 发生较大规模集体上访、越级上访或重复集体上访
    if set(situations) & set(KINDS):
        found.append("15")
    # 16: 具有第十三条所列情形、情节较轻
    if listed_in_13 and severity == "light":
        found.append("16")
    # 17: 受到通报后仍未按期完成整改目标，或者具有第十三条所列情形，危害严重
    if after == "16" or (listed_in_13 and severity == "grave"):
        found.append("17")
    # 18: 受到诫勉谈话后仍未按期完成整改目标，或具有第十三条所列情形，危害特别严重
    if after == "17" or (listed_in_13 and severity == "exceptional"):
        found.append("18")
    return found


def test_the_ladder_reads_as_the_articles_do_for_up_to_three_situations_at_once() -> None:
    every = (*ITEMS, *KINDS)
    for size in range(4):
        for situations in combinations(every, size):
            for severity, after in product(SEVERITIES, BEFORE):
                found = [each.rung.key for each in open_rungs(RULES, situations, severity, after)]
                assert found == read_from_the_text(situations, severity, after)


def test_what_opened_a_rung_is_told() -> None:
    both = open_rungs(RULES, ["13(1)"], Severity.GRAVE, "16")[-1]
    assert [(each.severity, each.unrectified) for each in both.entries] == [
        ("grave", None),
        (None, "16"),
    ]


def test_a_grave_judgement_needs_its_effect_in_words() -> None:
    for severity in (Severity.GRAVE, Severity.EXCEPTIONAL):
        with pytest.raises(InputRefusedError, match="须写明后果"):
            propose(("13(1)",), severity, None, effect=None)
    assert propose(("13(1)",), Severity.LIGHT, None, effect=None).entry.effect is None


def test_what_an_article_itself_calls_grave_needs_its_effect_in_words() -> None:
    """细则 15 asks for 严重不良影响 and leaves no severity to judge."""
    for kind in KINDS:
        with pytest.raises(InputRefusedError, match="按细则 15 追究须写明后果；请加 --effect"):
            propose((kind,), None, None, effect=None)
        assert propose((kind,), None, None).entry.rung == "15"
    # Another rung is proposed: what the situation of 15 would need is beside the point.
    assert propose((KINDS[0], "13(1)"), Severity.LIGHT, None, effect=None).entry.rung == "16"


def test_the_situations_are_those_of_the_articles() -> None:
    assert tuple(RULES.situations) == (*ITEMS, *KINDS)
    assert [each.article for each in RULES.situations.values()] == [
        *(f"细则 13({n})" for n in range(1, 10)),
        *["细则 15"] * 3,
    ]


# --- Measures by rung (细则 14–18) ----------------------------------------------------------------


def keys(labels: list[str]) -> set[str]:
    return {MEASURES[label] for label in labels}


def rows_of_rungs() -> list[Any]:
    assert [row["cites"] for row in TABLE["rung"]] == [f"细则 {rung}" for rung in RUNGS]
    return [pytest.param(row, id=row["cites"]) for row in TABLE["rung"]]


@pytest.mark.parametrize("row", rows_of_rungs())
def test_every_set_of_measures_on_every_rung(row: dict[str, Any]) -> None:
    """All 63 sets: allowed with one of the rung's own and nothing beyond what may be combined."""
    rung = row["cites"].removeprefix("细则 ")
    own, combined = keys(row["own"]), keys(row["combined"])
    for size in range(1, 7):
        for measures in combinations(MEASURES.values(), size):
            beyond = set(measures) - own - combined
            allowed = not beyond and bool(own & set(measures))
            command = at_rung(rung) | {"measures": measures}
            if allowed:
                state = propose(**command, after=None)
                assert state.entry.measures == tuple(sorted(measures))
                continue
            with pytest.raises(RuleRefusedError, match=row["cites"]) as refusal:
                propose(**command, after=None)
            for each in beyond:
                assert f"「{RULES.measures[each].label}」超出" in str(refusal.value)
            assert ("须有" in str(refusal.value)) is not bool(own & set(measures))
            kept = propose(**command, after=None, override="示例理由").entry
            assert (kept.against, kept.override) == ((row["cites"],), "示例理由")


@pytest.mark.parametrize("row", rows_of_rungs())
def test_a_decision_may_hold_what_the_proposal_may(row: dict[str, Any]) -> None:
    rung = row["cites"].removeprefix("细则 ")
    own, combined = keys(row["own"]), keys(row["combined"])
    for measure in MEASURES.values():
        life = Life().propose(**at_rung(rung), people=EVERYONE, nature=Nature.INDIVIDUAL)
        chosen = {"measures": {measure: ()}, "bodies": (RULES.measures[measure].decided_by[0],)}
        if measure in own:
            assert life.decide(**chosen).state.stage(DECIDED) is AccountStage.DECIDED
            continue
        with pytest.raises(RuleRefusedError, match="须有") as refusal:
            life.decide(**chosen)
        assert ("超出" in str(refusal.value)) is (measure not in combined)
        decision = life.decide(**chosen, override="示例理由").state.decision
        assert (decision.against, decision.override) == ((row["cites"],), "示例理由")


@pytest.mark.parametrize("row", rows_of_rungs())
def test_rectification_is_compulsory_where_the_article_says_so(row: dict[str, Any]) -> None:
    rung = row["cites"].removeprefix("细则 ")
    life = Life().propose(**at_rung(rung), people=EVERYONE, nature=Nature.INDIVIDUAL)
    other = {"explanation": LATER, "self_criticism": LATER} if rung == "15" else {}
    bodies = ("discipline",) if rung == "18" else ()
    if row["rectification"]:
        with pytest.raises(RuleRefusedError, match=f"{row['cites']}须限期整改"):
            life.decide(deadlines=other, bodies=bodies)
        life.decide(deadlines=other, bodies=bodies, override="示例理由")
        assert life.state.decision.against == (row["cites"],)
    else:
        life.decide(deadlines=other, bodies=bodies)
        assert life.state.decision.against == ()
    assert life.state.rectification is None
    assert (life.state.decision.award_year is not None) is row["award_lost"]


# --- Powers (细则 14) ------------------------------------------------------------------------------


def test_the_table_of_powers_holds_every_measure() -> None:
    assert [row["measure"] for row in TABLE["power"]] == list(MEASURES)
    for row in TABLE["power"]:
        assert row["cites"] == RULES.measures[MEASURES[row["measure"]]].article


@pytest.mark.parametrize("row", TABLE["power"], ids=[row["measure"] for row in TABLE["power"]])
@pytest.mark.parametrize("body", BODIES)
def test_who_decides(row: dict[str, Any], body: str) -> None:
    measure = MEASURES[row["measure"]]
    rung = {"14(1)": "15", "14(2)": "15", "14(3)": "16", "14(4)": "17"}.get(measure, "18")
    life = Life().propose(**at_rung(rung), people=EVERYONE, nature=Nature.INDIVIDUAL)
    chosen = {"measures": {measure: ()}, "bodies": (BODIES[body],)}
    if body in row["decided_by"]:
        decision = life.decide(**chosen).state.decision
        assert [each.body for each in decision.imposed] == [BODIES[body]]
        assert decision.against == ()
        return
    powers = "、".join(row["decided_by"])
    with pytest.raises(RuleRefusedError, match=f"由{powers}决定，不能由{body}决定.*细则 14"):
        life.decide(**chosen)
    decision = life.decide(**chosen, override="示例理由").state.decision
    assert (decision.against, decision.override) == (("细则 14",), "示例理由")
    assert [each.body for each in decision.imposed] == [BODIES[body]]


@pytest.mark.parametrize("row", TABLE["power"], ids=[row["measure"] for row in TABLE["power"]])
def test_who_carries_out(row: dict[str, Any]) -> None:
    hands = RULES.measures[MEASURES[row["measure"]]].carried_out_by
    assert hands == tuple(BODIES[each] for each in row["carried_out_by"])


def test_a_body_must_be_named_where_the_article_names_two() -> None:
    life = Life().propose(**at_rung("18"))
    with pytest.raises(InputRefusedError, match="由纪检监察部门或组织人事部门决定；请用 --by"):
        life.decide()


def test_a_body_that_decides_nothing_is_refused() -> None:
    life = Life().propose(**at_rung("16"))
    with pytest.raises(InputRefusedError, match="没有一项由纪检监察部门决定"):
        life.decide(bodies=("school_office", "discipline"))


# --- Whom article 15 lets have what ---------------------------------------------------------------


def test_the_table_of_persons_holds_every_role_for_leaders_and_others() -> None:
    found = [(row["role"], row["leads"]) for row in TABLE["fitting"]]
    assert sorted(found) == sorted(product(ROLES, (False, True)))


@pytest.mark.parametrize("row", TABLE["fitting"], ids=[row["who"] for row in TABLE["fitting"]])
def test_who_may_be_given_what_on_15(row: dict[str, Any]) -> None:
    person = Person(1, "token", "示例职务", ROLES[row["role"]], leads=row["leads"])
    for label, key in MEASURES.items():
        if label in ("责成说明情况", "责令书面检查"):
            assert may_have(RULES.rungs["15"], key, person) is (label in row["may_have"])
        for rung in ("16", "17", "18"):
            assert may_have(RULES.rungs[rung], key, person), "no other article says so"


@pytest.mark.parametrize("label", ["责成说明情况", "责令书面检查"])
def test_the_wrong_person_on_15_is_refused_naming_the_article(label: str) -> None:
    """Persons 1 and 2 are the heads, 3 the member of staff who bears the direct responsibility."""
    key = MEASURES[label]
    right = {"14(1)": (1, 2), "14(2)": (3,)}[key]
    life = Life().propose(**at_rung("15"), people=EVERYONE, nature=Nature.INDIVIDUAL)
    assert life.state.entry.measures == ("14(1)", "14(2)")
    for number in {1, 2, 3} - set(right):
        with pytest.raises(RuleRefusedError, match=f"按细则 15，第 {number} 人不能给予「{label}」"):
            life.decide(measures={key: (number,)})
    wrong = min({1, 2, 3} - set(right))
    decision = life.decide(measures={key: (wrong,)}, override="示例理由").state.decision
    assert (decision.against, decision.override) == (("细则 15",), "示例理由")
    life.void().decide(measures={key: ()})
    assert life.state.decision.imposed[0].persons == right, "without numbers, those who may have it"


# --- Overrides -------------------------------------------------------------------------------------


def test_every_fault_is_told_at_once_and_one_reason_overrides_them_together() -> None:
    life = Life().propose(**at_rung("16"))
    wrong = {
        "measures": {"14(5)": ()},
        "bodies": ("school_office",),
        "deadlines": {},
    }
    with pytest.raises(RuleRefusedError) as refusal:
        life.decide(**wrong)
    for words in ("超出细则 16", "细则 16须有「通报批评」", "细则 14", "须限期整改", "--override"):
        assert words in str(refusal.value)
    assert life.state.stage(DECIDED) is AccountStage.PROPOSED
    decision = life.decide(**wrong, override="示例理由").state.decision
    assert decision.against == ("细则 16", "细则 14")


@pytest.mark.parametrize("blank", ["", "   ", None])
def test_a_blank_reason_overrides_nothing(blank: str | None) -> None:
    with pytest.raises(XfctlError):
        propose(("15/leapfrog",), None, None, rung="18", override=blank)


def test_a_reason_where_nothing_is_overridden_is_not_kept_as_one() -> None:
    entry = propose(("13(1)",), Severity.LIGHT, None, override="示例理由").entry
    assert (entry.against, entry.override) == ((), None)


# --- 20, and a ledger ------------------------------------------------------------------------------


@pytest.mark.parametrize("result", AppealResult)
def test_20_an_appeal_stops_nothing_until_it_is_decided(result: AppealResult) -> None:
    life = Life().propose(**at_rung("17")).decide(DECIDED)
    filed, settled = DECIDED + 5 * DAY, DECIDED + 20 * DAY
    life.appeal(filed, 1).accept(filed + DAY)
    mine = [each for each in life.state.sanctions if each.person == 1]
    assert all(in_force(each, filed + 30 * DAY) for each in mine)
    assert life.state.rectification.is_open(filed + 30 * DAY)
    life.carry_out(filed + 2 * DAY, "14(4)")
    varied = {"measures": {"14(3)": ()}} if result is AppealResult.VARIED else {}
    life.settle(settled, result, **varied)
    assert life.state.appeals[0].decision.against == ()
    mine = [each for each in life.state.sanctions if each.person == 1 and in_force(each, settled)]
    expected = {"upheld": ["14(4)"], "varied": ["14(3)"], "revoked": []}[result]
    assert [each.measure for each in mine] == expected


def test_the_table_holds_at_the_desk_too(office: Office) -> None:
    staff_unit(office)
    found = {}
    for rung in RUNGS:
        held = Held(office).propose(**at_rung(rung), people=EVERYONE, nature=Nature.INDIVIDUAL)
        found[rung] = held.state.entry.measures
    assert found == {
        "15": ("14(1)", "14(2)"),
        "16": ("14(3)",),
        "17": ("14(4)",),
        "18": ("14(5)", "14(6)"),
    }
    head = office.head()
    with pytest.raises(RuleRefusedError, match="细则 18"), office.desk() as desk:
        accounts.propose(desk, proposing(situations=("15/leapfrog",), severity=None, rung="18"))
    assert office.head() == head
    with office.reading() as ledger:
        kept = ledger.connection.execute("SELECT count(*) FROM identity").fetchone()
    assert kept == (4 * 3,), "a refused proposal leaves no names behind"
