"""What an officer asks to be done with a matter, and the rules that answer with facts or refuse.

``register`` begins a matter; ``decide`` answers every later command. Both are pure: they are given
the matter, the command and the ``World`` of the day, and return dated facts. InputRefusedError
speaks of words that cannot be taken, RuleRefusedError of a step that is not legal now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xfctl.domain.case import Case
from xfctl.domain.event import Dated
from xfctl.domain.steps import (
    above,
    acceptance,
    accusation,
    closing,
    correction,
    grounds,
    handling,
    outcome,
    relations,
    review,
)
from xfctl.domain.world import (
    Command,
    World,
    check_legal,
    check_not_before,
    check_not_future,
)

_RULES: Mapping[type, Callable[[Any, Case, World], list[Dated]]] = {
    acceptance.AcceptCase: acceptance.accept,
    acceptance.DeclineCase: acceptance.decline,
    acceptance.DismissCase: acceptance.dismiss,
    acceptance.NotifyPetitioner: acceptance.notify,
    acceptance.ReferCase: acceptance.refer,
    handling.AssignCase: handling.assign,
    handling.ReceiveCase: handling.receive,
    handling.ReturnAssignment: handling.give_back,
    handling.GiveFeedback: handling.give_feedback,
    handling.ReviewFeedback: handling.review_feedback,
    outcome.DeliverOpinion: outcome.deliver_opinion,
    outcome.ExtendHandling: outcome.extend,
    outcome.ReplyToPetitioner: outcome.reply,
    outcome.ExecuteOpinion: outcome.execute,
    outcome.RateCase: outcome.rate,
    review.RequestReview: review.request_review,
    review.DecideReview: review.decide_review,
    above.ObjectToReferral: above.object_to_referral,
    above.ReportUp: above.report_up,
    above.MarkMajor: above.mark_major,
    above.ReportToLeader: above.report_to_leader,
    relations.LinkCases: relations.link,
    relations.UnlinkCases: relations.unlink,
    relations.RecordVisit: relations.visit,
    relations.AddNote: relations.note,
    accusation.NameAccused: accusation.name_accused,
    relations.AttachFile: relations.attach,
    grounds.FindGround: grounds.find_ground,
    closing.CloseCase: closing.close,
    closing.ReopenCase: closing.reopen,
    correction.CorrectFact: correction.correct,
}


def decide(command: Command, case: Case, world: World) -> list[Dated]:
    """What a command makes of a matter: dated facts, or a refusal."""
    check_legal(case, command.step)
    what = f"{command.step.label}日期"
    check_not_future(command.on, world, what)
    check_not_before(command.on, case.registered_on, what, f"事项 {case.number} 的登记日期")
    return _RULES[type(command)](command, case, world)
