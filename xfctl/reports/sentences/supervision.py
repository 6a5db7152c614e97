"""What happens to supervisions and inspections, each kind of event as one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xfctl.domain.inspection import (
    InspectionClosed,
    InspectionFollowedUp,
    InspectionFound,
    InspectionOpened,
)
from xfctl.domain.supervision import (
    ResponseDueChanged,
    SupervisionActed,
    SupervisionClosed,
    SupervisionLetterSent,
    SupervisionOpened,
    SupervisionResponded,
)
from xfctl.regulation import grounds
from xfctl.reports.phrases import letter_sentence, tell


def _supervised(fact: SupervisionOpened) -> str:
    over = "、".join(map(grounds.article_of, fact.grounds))
    forms = "、".join(each.label for each in fact.forms)
    due = f"回复期限 {fact.opens.duty.due_on}"
    return tell(f"对{fact.unit_name}立项督办", over, forms, "、".join(fact.cases), due)


def _scope(fact: Any) -> str | None:
    return f"通报范围 {fact.scope}" if fact.scope else None


SENTENCES: dict[type, Callable[[Any], str]] = {
    SupervisionOpened: _supervised,
    SupervisionActed: lambda fact: tell(fact.form.label, fact.content),
    SupervisionResponded: lambda fact: tell("单位回复督办", fact.content),
    SupervisionClosed: lambda fact: tell("督办办结", fact.result, _scope(fact)),
    ResponseDueChanged: lambda fact: tell(f"回复期限改为 {fact.opens.duty.due_on}", fact.reason),
    InspectionOpened: lambda fact: tell(f"督查{fact.subject.label}", fact.title),
    InspectionFound: lambda fact: tell(f"督查发现，{fact.unit_name}", fact.content),
    InspectionFollowedUp: lambda fact: tell(f"第 {fact.finding} 条发现已落实", fact.content),
    InspectionClosed: lambda fact: tell("督查办结", fact.result, _scope(fact)),
    SupervisionLetterSent: letter_sentence,
}
