"""One article of the ladder of accountability, as an officer reads it (细则 13–18)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xfctl.domain.classification import Nature, Severity
from xfctl.domain.post import Post
from xfctl.regulation.grounds import cited
from xfctl.regulation.ladder import Article, Entry, Ladder, Only, Rung, Version, articles, ladder
from xfctl.reports import account_words as words
from xfctl.reports.table import Column, Table, Value

_FIELDS = (Column("field", "项目"), Column("value", "内容"))
_SITUATIONS = (
    Column("item", "条款", whole=True),
    Column("label", "情形"),
    Column("grounds", "对应的督办情形"),
)
_ROLES = (Column("nature", "性质"), Column("role", "责任"), Column("bearers", "由谁承担"))
_MEASURES = (
    Column("item", "条款", whole=True),
    Column("measure", "方式"),
    Column("decided_by", "决定"),
    Column("carried_out_by", "实施"),
)
_BEARERS = {
    Post.PARTY_HEAD.value: Post.PARTY_HEAD.label,
    Post.ADMIN_HEAD.value: Post.ADMIN_HEAD.label,
    "in_charge": "直接主管的负责人",
    "took_part": "参与决策和工作的班子其他成员",
    "staff": "具体负责的工作人员",
}


def article_tables(number: str, on: date) -> list[Table]:
    """What the ladder has under an article, on a day on which it is in force."""
    found = next(each for each in articles() if each.number == number)
    version = found.in_force(on)
    assert version is not None, "asked for only where it is in force"
    rules = ladder(on)
    tables = [_head(found, version, rules)]
    if version.situations:
        tables.append(Table("情形", _SITUATIONS, list(_situations(version)), key="situations"))
    if version.roles:
        tables.append(Table("责任", _ROLES, list(_roles(version)), key="roles"))
    if version.measures:
        tables.append(Table("追究方式", _MEASURES, list(_measures(version, rules)), key="measures"))
    return tables


def _head(article: Article, version: Version, rules: Ladder) -> Table:
    pairs = [("条款", version.article), ("标题", article.title)]
    if version.rung is not None:
        pairs += list(_rung(version.rung, rules))
    pairs += [
        ("出处", version.source),
        ("施行", f"{version.effective} 起"),
        ("核对", f"{version.checked}"),
    ]
    rows: list[tuple[Value, ...]] = [*pairs]
    return Table(f"{version.article} {article.title}", _FIELDS, rows, key="article")


def _rung(rung: Rung, rules: Ladder) -> Iterator[tuple[str, str]]:
    yield "内容", rung.summary
    yield "条件", "；或 ".join(_entry(each, rules) for each in rung.entries)
    yield "追究方式", words.measures(rung.measures, rules)
    for only in rung.only:
        yield f"「{words.measure(only.measure, rules)}」对谁", _only(only, rules)
    if rung.combined_with:
        yield (
            f"可以合用（{words.powers(rung.combined_with, rules)}）",
            words.measures(rung.combined_with, rules),
        )
    for key in rung.measures:
        measure = rules.measures[key]
        bodies = "或".join(words.body(each, rules) for each in measure.decided_by)
        hands = "或".join(words.body(each, rules) for each in measure.carried_out_by)
        yield f"「{measure.label}」", f"信访办建议，{bodies}决定，{hands}实施（{measure.article}）"
    yield "限期整改", "决定须写明整改期限" if rung.rectification else "不要求"
    yield "评优资格", "单位当年度取消" if rung.award_lost else "不影响"


def _entry(entry: Entry, rules: Ladder) -> str:
    if entry.unrectified is not None:
        return f"按{words.rung(entry.unrectified, rules)} 追究后未按期完成整改"
    found = [each for each in rules.situations.values() if each.group == entry.situations]
    if entry.severity is not None:
        return f"{found[0].whole_article} 所列情形，情节{Severity(entry.severity).label}"
    return "、".join(each.label for each in found)


def _only(only: Only, rules: Ladder) -> str:
    whom = "班子成员" if only.leaders else "人"
    roles = "或".join(words.role(each, rules) for each in only.roles)
    return f"承担{roles}的{whom}" if roles else whom


def _situations(version: Version) -> Iterator[tuple[Value, ...]]:
    for each in version.situations:
        grounds = "、".join(map(cited, each.grounds))
        yield each.article, each.label, grounds or None


def _roles(version: Version) -> Iterator[tuple[Value, ...]]:
    for each in version.roles:
        bearers = "、".join(_BEARERS[bearer] for bearer in each.bearers)
        yield Nature(each.nature).label, each.label, bearers


def _measures(version: Version, rules: Ladder) -> Iterator[tuple[Value, ...]]:
    for each in version.measures:
        yield (
            each.article,
            each.label,
            "、".join(words.body(body, rules) for body in each.decided_by),
            "、".join(words.body(body, rules) for body in each.carried_out_by),
        )
