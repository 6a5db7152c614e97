"""The fields of a case register and the column names under which offices keep them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """What a column can mean: ``key`` in the program, ``label`` and ``synonyms`` in files."""

    key: str
    label: str
    synonyms: tuple[str, ...] = ()


def _field(key: str, label: str, synonyms: str = "") -> Field:
    return Field(key, label, tuple(synonyms.split()))


# 序号 is no number of a case: it starts anew in every file. --map 编号=序号 says otherwise.
# feedback_any is a date of feedback of which the column does not say that it was written.
CASE_FIELDS = (
    _field(
        "number",
        "编号",
        "登记编号 登记号 信访编号 信访件编号 信访事项编号 事项编号 案件编号 件号 信访件号 "
        "受理编号 受理号 来信编号 来访编号 留言编号 工单编号 台账编号",
    ),
    _field(
        "registered_on",
        "登记时间",
        "登记日期 来信日期 来信时间 来访日期 来访时间 来电日期 来电时间 收信日期 收信时间 "
        "信访日期 信访时间 受理登记时间 接访日期 接访时间 留言时间 留言日期",
    ),
    _field(
        "channel", "信访形式", "渠道 信访渠道 来源 信访来源 信访方式 反映渠道 来件方式 受理渠道"
    ),
    _field("purpose", "信访目的", "目的 诉求类型 信访类型 信访性质"),
    _field("category", "问题类别", "问题类型 类别 内容分类 问题分类 信访内容分类 事项类别"),
    _field(
        "petitioner",
        "信访人",
        "姓名 信访人姓名 来信人 来信人姓名 来访人 来访人姓名 来电人 反映人 反映人姓名 投诉人",
    ),
    _field("phone", "联系电话", "电话 手机 手机号 手机号码 联系方式 电话号码 信访人电话"),
    _field("id_number", "身份证号", "身份证号码 身份证 证件号码 证件号 公民身份号码"),
    _field("address", "住址", "地址 联系地址 通讯地址 通信地址 家庭住址 信访人住址"),
    _field("persons", "人数", "来访人数 信访人数 涉及人数 反映人数 人次"),
    _field(
        "summary",
        "事项",
        "信访事项 反映问题摘要 主要内容 问题摘要 标题 摘要 反映问题 反映内容 信访内容 内容摘要 "
        "内容 事由 主要问题 反映主要问题 留言标题 信访事项摘要",
    ),
    _field("demand", "诉求", "信访诉求 主要诉求 具体诉求 信访请求"),
    _field(
        "unit",
        "责任单位",
        "承办单位 涉及单位 办理单位 承办部门 责任部门 办理部门 主办单位 牵头单位",
    ),
    _field("assigned_on", "交办时间", "交办日期 转办日期 转办时间 分办日期 分办时间"),
    _field("received_on", "收件时间", "收件日期 签收日期 签收时间 单位收件时间 单位收件日期"),
    _field(
        "feedback_on",
        "书面反馈时间",
        "书面反馈日期 书面答复时间 书面答复日期 书面回复时间 书面回复日期 书面报告时间 "
        "书面报告日期 书面反馈",
    ),
    _field(
        "feedback_any",
        "反馈时间",
        "反馈日期 答复时间 答复日期 回复时间 回复日期 单位反馈时间 单位反馈日期",
    ),
    _field("feedback_form", "反馈形式", "反馈方式 答复形式 答复方式 回复方式 回复形式"),
    _field("accepted_on", "受理时间", "受理日期"),
    _field("replied_on", "答复信访人时间", "答复信访人日期 回复信访人时间 回复信访人日期"),
    _field("reply_manner", "答复信访人方式", "回复信访人方式"),
    _field("closed_on", "办结时间", "办结日期 结案日期 结案时间"),
    _field("result", "办理结果", "处理结果 办结结果"),
    _field("superior", "上级单位", "转来单位 来文单位 上级机关"),
    _field("superior_document", "来文号", "来文文号 上级文号 上级来文号"),
    _field("superior_due_on", "上级期限", "上级要求办结日期 上级要求报告日期 上级期限日期"),
    _field(
        "first_responder",
        "首问责任人",
        "首办人 首办责任人 首问人 首次接待人 经办人 接待人 接访人",
    ),
    _field("leapfrog", "越级", "是否越级 越级信访 是否越级信访 越级上访"),
    _field("joint", "联名", "是否联名 联名信 联名信访 是否联名信"),
    _field("anonymous", "匿名", "是否匿名 匿名信访 是否匿名信访"),
    _field("note", "备注", "说明 附注 备注说明"),
)
CASE_REQUIRED = ("number", "registered_on")
