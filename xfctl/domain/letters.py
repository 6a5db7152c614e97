"""Letters (文书): when each may be sent, and what it may tell its recipient.

A rule answers with the ``Letter``: the values for the fields of its template, all of them texts,
"" where nothing is known or nothing may be told. 细则 7、13(8): no unit learns who a petitioner
is beyond a masked name; of an accusation (检举控告) it learns no name at all, and a unit accused
nothing of what was said, unless the officer words it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct

from xfctl.domain import keys
from xfctl.domain.case import Case
from xfctl.domain.case_facts import CaseDeclined
from xfctl.domain.classification import LetterKind
from xfctl.domain.event import Stored
from xfctl.domain.identity import Identity
from xfctl.domain.supervision import Supervision
from xfctl.domain.wording import LONGEST_NAME, check_text
from xfctl.domain.world import World, check_not_before, check_not_future, chosen
from xfctl.errors import RuleRefusedError
from xfctl.regulation import grounds

Sent = TypeVar("Sent", bound=Stored)

PETITIONER = "信访人"
WITHHELD = "涉及你单位的检举控告事项"


class Office(Struct, frozen=True):
    """How the office signs: its name, its letterhead, and whom to ask."""

    name: str
    letterhead: str
    contact: str = ""
    phone: str = ""


class Wanted(Struct, frozen=True, kw_only=True):
    """What the officer says of a letter: its day, its number, words in place of the recorded."""

    on: date
    office: Office
    document: str | None = None
    content: str | None = None


class Letter(Struct, frozen=True):
    """A letter before it is set: kind, day, number, recipient as recorded, template fields."""

    kind: LetterKind
    on: date
    document: str | None
    recipient: str
    fields: Mapping[str, str]

    def sent(self, kind: Callable[..., Sent], sha256: str, size: int) -> Sent:
        """The fact that it was made out, of the kind that its stream takes (``LetterSent``)."""
        return kind(
            letter=self.kind,
            recipient=self.recipient,
            document=self.document,
            sha256=sha256,
            size=size,
        )


def assign_letter(
    case: Case,
    unit: str | None,
    petitioners: Sequence[Identity],
    wanted: Wanted,
    world: World,
    *,
    barred: Collection[str] = (),
) -> Letter:
    """To a unit that has the matter in hand (细则 6, 11(1)); ``petitioners`` are masked.

    ``barred`` are the codes of units that may not read the accusation (细则 13(8)).
    """
    if not case.active:
        raise RuleRefusedError(
            f"事项 {case.number} 没有交办给任何单位，不能出交办函；请先用 xfctl case assign 交办。"
        )
    assignment = chosen(case, unit, list(case.active), "在办的交办")
    check_letter_day(wanted, assignment.assigned_on, "交办日期", world)
    owed = case.obligation(keys.feedback_key(assignment.number))
    told = _told_to_unit(case, assignment.unit, petitioners, _content(wanted), barred)
    more = {
        "单位": assignment.unit_name,
        "角色": assignment.role.label,
        "交办日期": written_day(assignment.assigned_on),
        "期限": written_day(owed.duty.due_on) if owed else "",
        "依据": owed.duty.article if owed else "",
        **told,
    }
    return _letter(LetterKind.ASSIGN, wanted, assignment.unit_name, case, more)


def supervise_letter(
    state: Supervision,
    matters: Sequence[Case],
    nth: int,
    wanted: Wanted,
    world: World,
    *,
    accusing: Collection[str] = (),
) -> Letter:
    """To the unit supervised (细则 10); ``matters`` are those it is about, ``nth`` counts.

    ``accusing`` are the numbers of those matters that the unit may not read (细则 13(8)).
    """
    if state.closed_on is not None:
        raise RuleRefusedError(
            f"督办 {state.number} 已于 {state.closed_on} 办结，不能再出督办函；"
            "需要再次督办请用 xfctl supervise open。"
        )
    check_letter_day(wanted, state.opened_on, "督办开始日期", world)
    entry = state.entry
    content = _content(wanted)
    withheld = [
        _is_withheld(each, entry.unit, (entry.unit,) if each.number in accusing else ())
        for each in matters
    ]
    numbered = [
        f"{each.number} {WITHHELD if kept else each.entry.summary}"
        for each, kept in zip(matters, withheld, strict=True)
    ]
    fields = {
        "督办编号": state.number,
        "单位": entry.unit_name,
        "编号": "、".join(each.number for each in matters),
        "事项": content or "；".join(numbered),
        "情形": "；".join(map(grounds.cited, entry.grounds)),
        "理由": "" if any(withheld) else entry.reason or "",
        "第几次": f"{nth}",
        "期限": written_day(state.response.duty.due_on),
        "依据": state.response.duty.article,
    }
    return Letter(
        LetterKind.SUPERVISE,
        wanted.on,
        document_of(wanted),
        entry.unit_name,
        common_fields(wanted, entry.unit_name) | fields,
    )


def accept_letter(
    case: Case, petitioners: Sequence[Identity], wanted: Wanted, world: World
) -> Letter:
    """To the petitioner: the matter is accepted (条例 22–23), and handled by when (条例 34)."""
    if case.accepted_on is None:
        raise RuleRefusedError(
            f"事项 {case.number} 还没有受理，不能出受理告知书；请先用 xfctl case accept 受理。"
        )
    check_letter_day(wanted, case.accepted_on, "受理日期", world)
    handling = case.obligation(keys.HANDLING)
    more = {
        "受理日期": written_day(case.accepted_on),
        "期限": written_day(handling.duty.due_on) if handling else "",
        "依据": handling.duty.article if handling else "",
    }
    return _to_petitioner(LetterKind.ACCEPT, case, petitioners, wanted, more)


def decline_letter(
    case: Case, petitioners: Sequence[Identity], wanted: Wanted, world: World
) -> Letter:
    """To the petitioner: not accepted, why, and which statutory path to take (条例 22–23)."""
    declined = [each.fact for each in case.history if isinstance(each.fact, CaseDeclined)]
    if case.declined_on is None or not declined:
        raise RuleRefusedError(
            f"事项 {case.number} 没有不予受理，不能出不予受理告知书；请先用 xfctl case decline 记录。"
        )
    check_letter_day(wanted, case.declined_on, "不予受理日期", world)
    more = {"理由": _content(wanted) or declined[-1].reason, "途径": declined[-1].path}
    return _to_petitioner(LetterKind.DECLINE, case, petitioners, wanted, more)


def extend_letter(
    case: Case, petitioners: Sequence[Identity], wanted: Wanted, world: World
) -> Letter:
    """To the petitioner: the handling period is longer, and why (条例 34)."""
    handling = case.obligation(keys.HANDLING)
    if case.extension is None or handling is None:
        raise RuleRefusedError(
            f"事项 {case.number} 没有延长办理期限，不能出延期告知书；请先用 xfctl case extend 延期。"
        )
    extended_on = next(each.occurred_on for each in case.history if each.fact == case.extension)
    check_letter_day(wanted, extended_on, "延期日期", world)
    more = {
        "天数": f"{case.extension.days}",
        "理由": _content(wanted) or case.extension.reason,
        "期限": written_day(handling.duty.due_on),
        "依据": handling.duty.article,
    }
    return _to_petitioner(LetterKind.EXTEND, case, petitioners, wanted, more)


def reply_letter(
    case: Case, petitioners: Sequence[Identity], wanted: Wanted, world: World
) -> Letter:
    """To the petitioner: the result (细则 8(5)), and the right to ask for review (条例 35)."""
    opinion = case.opinion
    content = _content(wanted)
    if opinion is None and content is None:
        raise RuleRefusedError(
            f"事项 {case.number} 还没有处理意见，不能出答复意见书；"
            "请先用 xfctl case opinion 出具，或用 --content 写明答复内容。"
        )
    if case.opinion_on is not None:
        check_letter_day(wanted, case.opinion_on, "意见日期", world)
    else:
        check_letter_day(wanted, case.registered_on, "登记日期", world)
    review = world.clocks[keys.REVIEW_REQUEST]
    reviewable = opinion is not None and review.holds(wanted.on)
    version = review.in_force(wanted.on) if reviewable else None
    more = {
        "处理结论": opinion.outcome.label if opinion else "",
        "处理意见": content or (opinion.content if opinion else ""),
        "复查天数": f"{version.length}" if version else "",
        "依据": version.article if version else "",
    }
    return _to_petitioner(LetterKind.REPLY, case, petitioners, wanted, more)


def _told_to_unit(
    case: Case,
    unit: str,
    petitioners: Sequence[Identity],
    content: str | None,
    barred: Collection[str],
) -> dict[str, str]:
    """What a unit may learn of a matter."""
    if _is_withheld(case, unit, barred):
        return {"事项": content or WITHHELD, "诉求": "", "信访人": ""}
    return {
        "事项": content or case.entry.summary,
        "诉求": "" if content else case.entry.demand or "",
        "信访人": "" if case.accusation else _names(petitioners),
    }


def _is_withheld(case: Case, unit: str, barred: Collection[str]) -> bool:
    """Whether an accusation is kept from a unit: it is accused, or nobody wrote down who is."""
    unknown = not (case.entry.involved or case.accused)
    return case.accusation and (unknown or unit in case.entry.involved or unit in barred)


def _to_petitioner(
    kind: LetterKind,
    case: Case,
    petitioners: Sequence[Identity],
    wanted: Wanted,
    more: Mapping[str, str],
) -> Letter:
    if case.entry.anonymous:
        raise RuleRefusedError(
            f"事项 {case.number} 是匿名信访，没有人可以送达；无需出{kind.label}。"
        )
    name = _names(petitioners) or PETITIONER
    fields = {"事项": case.entry.summary, "信访人": name, **more}
    return _letter(kind, wanted, name, case, fields, recipient=PETITIONER)


def _letter(
    kind: LetterKind,
    wanted: Wanted,
    addressee: str,
    case: Case,
    more: Mapping[str, str],
    recipient: str | None = None,
) -> Letter:
    matter = {"编号": case.number, "登记日期": written_day(case.registered_on)}
    fields = {**common_fields(wanted, addressee), **matter, **more}
    return Letter(kind, wanted.on, document_of(wanted), recipient or addressee, fields)


def common_fields(wanted: Wanted, addressee: str) -> dict[str, str]:
    """The fields that every letter has."""
    office = wanted.office
    return {
        "红头": office.letterhead,
        "文号": document_of(wanted) or "",
        "收件": addressee,
        "落款": office.name,
        "日期": written_day(wanted.on),
        "联系人": office.contact,
        "联系电话": office.phone,
    }


def _content(wanted: Wanted) -> str | None:
    """The officer's own words, if any."""
    return None if wanted.content is None else check_text(wanted.content, "内容")


def document_of(wanted: Wanted) -> str | None:
    """The document number, if any. Raises InputRefusedError for one of two lines."""
    return None if wanted.document is None else check_text(wanted.document, "文号", LONGEST_NAME)


def _names(petitioners: Sequence[Identity]) -> str:
    return "、".join(each.name for each in petitioners if each.name)


def check_letter_day(wanted: Wanted, bound: date, bound_name: str, world: World) -> None:
    """Refuse a letter of the future, or from before what it tells of."""
    check_not_future(wanted.on, world, "文书日期")
    check_not_before(wanted.on, bound, "文书日期", bound_name)


def written_day(on: date) -> str:
    """A date as a letter writes it."""
    return f"{on.year}年{on.month}月{on.day}日"
