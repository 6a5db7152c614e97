"""The ladder's keys as officers read them: situations, measures, bodies, roles, persons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xfctl.domain.accountability.facts import Imposed
from xfctl.regulation.ladder import Ladder, ladder

# What each clock of an accountability is for.
CLOCKS = {
    "rectification": "整改期限",
    "explanation": "说明情况期限",
    "self_criticism": "书面检查期限",
    "appeal": "处理申诉期限",
}


def newest() -> Ladder:
    """The ladder with every version's latest wording, where only a label is wanted."""
    return ladder(date.max)


def rung(key: str, rules: Ladder) -> str:
    """The article of a rung."""
    found = rules.rungs.get(key)
    return found.article if found else key


def titled_rung(key: str, rules: Ladder) -> str:
    """The article of a rung with its title."""
    found = rules.rungs.get(key)
    return f"{found.article} {found.title}" if found else key


def award(rules: Ladder) -> str:
    """The articles under which a unit loses its award eligibility for the year, as 细则 17."""
    return "、".join(each.article for each in rules.rungs.values() if each.award_lost)


def powers(keys: Iterable[str], rules: Ladder) -> str:
    """The articles that say who has the power over some measures, as 细则 14."""
    return "、".join(dict.fromkeys(rules.measures[key].powers for key in keys))


def situation(key: str, rules: Ladder) -> str:
    """A situation with its article, such as 细则 13(3)."""
    found = rules.situations.get(key)
    return f"{found.article} {found.label}" if found else key


def measure(key: str, rules: Ladder) -> str:
    """A measure by its label."""
    found = rules.measures.get(key)
    return found.label if found else key


def measures(keys: Iterable[str], rules: Ladder) -> str:
    """Measures by label, each once, in the order of the article."""
    return "、".join(measure(key, rules) for key in sorted(set(keys)))


def body(key: str, rules: Ladder) -> str:
    """A body by its label."""
    found = rules.bodies.get(key)
    return found.label if found else key


def role(key: str, rules: Ladder) -> str:
    """A role by its label."""
    found = rules.roles.get(key)
    return found.label if found else key


def persons(numbers: Iterable[int]) -> str:
    """Persons by number: names are confidential."""
    return "、".join(f"第 {number} 人" for number in numbers)


def imposed(each: Imposed, rules: Ladder) -> str:
    """A measure, on whom, decided by whom."""
    return f"{measure(each.measure, rules)}（{persons(each.persons)}，{body(each.body, rules)}）"
