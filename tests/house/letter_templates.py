"""Make the built-in letter templates: ``python tests/house/letter_templates.py [folder]``.

The layout follows GB/T 9704 as far as a letter needs it: A4, its margins, red letterhead and rule,
document number, title in 小标宋, body in 仿宋 of 16 points on lines of 28.8 points. Fonts are named
as on office computers; the font table names what may stand in for them. A test runs this script
and compares, so the files in ``xfctl/data/letters`` are what it says.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from xfctl.output.letter_file import reproducible

FOLDER = Path(__file__).parents[2] / "xfctl" / "data" / "letters"
RED = RGBColor(0xE6, 0x00, 0x12)
BODY, TITLE = "仿宋", "方正小标宋简体"
STAND_INS = {BODY: "仿宋_GB2312,FangSong,STFangsong", TITLE: "小标宋,STZhongsong,宋体"}
CONFIDENTIAL = "办理中请严格保守秘密，不得将检举控告材料或信访人情况透露、转给被反映的单位或个人（细则 7、13(8)）。"
CONTACT = "{% if 联系人 %}联系人：{{ 联系人 }}{% endif %}{% if 联系电话 %}　联系电话：{{ 联系电话 }}{% endif %}"

# The title and the body of each letter; a line that begins with {%p shows or hides what follows.
LETTERS: dict[str, tuple[str, Sequence[str]]] = {
    "assign": (
        "关于交办信访事项的函",
        (
            "现将信访事项（编号 {{ 编号 }}，{{ 登记日期 }}登记）于{{ 交办日期 }}交由你单位{{ 角色 }}。",
            "事项：{{ 事项 }}",
            "{%p if 诉求 %}",
            "诉求：{{ 诉求 }}",
            "{%p endif %}",
            "{%p if 信访人 %}",
            "信访人：{{ 信访人 }}",
            "{%p endif %}",
            "{%p if 期限 %}",
            "请{{ 单位 }}于 {{ 期限 }}（含当日）以前，以书面形式向我办反馈处理情况（{{ 依据 }}）；"
            "口头、电话反馈不代替书面反馈。",
            "{%p endif %}",
            CONFIDENTIAL,
        ),
    ),
    "supervise": (
        "信访事项督办函",
        (
            "你单位承办的信访事项（编号 {{ 编号 }}）有下列督办情形，现予第 {{ 第几次 }} 次督办"
            "（督办编号 {{ 督办编号 }}）：",
            "情形：{{ 情形 }}",
            "事项：{{ 事项 }}",
            "{%p if 理由 %}",
            "理由：{{ 理由 }}",
            "{%p endif %}",
            "请{{ 单位 }}于 {{ 期限 }}（含当日）以前书面回复办理和整改情况（{{ 依据 }}）。",
            CONFIDENTIAL,
        ),
    ),
    "account": (
        "责任追究决定通知书",
        (
            "根据《兰州大学信访工作责任制实施细则》，现将对你单位有关人员的责任追究决定"
            "（问责编号 {{ 问责编号 }}，{{ 决定日期 }}决定）通知如下：",
            "事实：{{ 事实 }}",
            "依据：{{ 依据 }}",
            "方式：{{ 方式 }}",
            "{%p if 期限 %}",
            "{{ 期限 }}。",
            "{%p endif %}",
            "{%p if 评优 %}",
            "{{ 评优 }}。",
            "{%p endif %}",
            "对本决定不服的，可以向学校提出书面申诉；申诉期间不停止决定的执行（细则 20）。",
        ),
    ),
    "accept": (
        "信访事项受理告知书",
        (
            "你提出的信访事项（编号 {{ 编号 }}，{{ 登记日期 }}登记）「{{ 事项 }}」，"
            "我办已于{{ 受理日期 }}受理。",
            "{%p if 期限 %}",
            "办理期限至 {{ 期限 }}（{{ 依据 }}）。如需延长，将另行告知。",
            "{%p endif %}",
            "特此告知。",
        ),
    ),
    "decline": (
        "信访事项不予受理告知书",
        (
            "你提出的信访事项（编号 {{ 编号 }}，{{ 登记日期 }}登记）「{{ 事项 }}」，我办不予受理。",
            "理由：{{ 理由 }}",
            "请依法通过以下途径提出：{{ 途径 }}。",
            "特此告知。",
        ),
    ),
    "extend": (
        "信访事项延长办理期限告知书",
        (
            "你提出的信访事项（编号 {{ 编号 }}，{{ 登记日期 }}登记）「{{ 事项 }}」，"
            "办理期限延长 {{ 天数 }} 日，至 {{ 期限 }}（{{ 依据 }}）。",
            "延长的理由：{{ 理由 }}",
            "特此告知。",
        ),
    ),
    "reply": (
        "信访事项答复意见书",
        (
            "你提出的信访事项（编号 {{ 编号 }}，{{ 登记日期 }}登记）「{{ 事项 }}」，现答复如下：",
            "{{ 处理意见 }}",
            "{%p if 处理结论 %}",
            "处理结论：{{ 处理结论 }}。",
            "{%p endif %}",
            "{%p if 复查天数 %}",
            "如不服本处理意见，可以自收到本意见书之日起 {{ 复查天数 }} 日内申请复查（{{ 依据 }}）。",
            "{%p endif %}",
        ),
    ),
}


def make(kind: str) -> bytes:
    """The bytes of one template."""
    from io import BytesIO

    title, body = LETTERS[kind]
    document = Document()
    _set_up(document, title)
    _line(document, "{{ 红头 }}", TITLE, 30, centred=True, colour=RED, height=42)
    number = _line(document, "{{ 文号 }}", BODY, 16, centred=True)
    _rule_below(number)
    _line(document, "", BODY, 16)
    _line(document, title, TITLE, 22, centred=True, height=36)
    _line(document, "", BODY, 16)
    _line(document, "{{ 收件 }}：", BODY, 16)
    for text in body:
        # A line of its own for {%p …} is taken away when the letter is filled in.
        _line(document, text, BODY, 16, indented=not text.startswith("{%p"))
    _line(document, "", BODY, 16)
    _line(document, "{{ 落款 }}", BODY, 16, right=2)
    _line(document, "{{ 日期 }}", BODY, 16, right=4)
    # Left out whole where there is nobody to name, lest an empty line begin another page.
    _line(document, "{%p if 联系人 or 联系电话 %}", BODY, 16)
    _line(document, "", BODY, 16)
    _line(document, CONTACT, BODY, 14, indented=True)
    _line(document, "{%p endif %}", BODY, 16)
    out = BytesIO()
    document.save(out)
    return reproducible(out.getvalue())


def _set_up(document: Any, title: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _page_number(section.footer.paragraphs[0])
    told = document.core_properties
    told.title, told.author, told.comments = title, "xfctl", ""
    told.created = told.modified = datetime(2026, 1, 1, tzinfo=UTC)
    # Else stand-in fonts take their forms of punctuation from another country.
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _name_stand_ins(document)


def _line(
    document: Any,
    text: str,
    font: str,
    size: int,
    *,
    centred: bool = False,
    indented: bool = False,
    right: int = 0,
    colour: RGBColor | None = None,
    height: float = 28.8,
) -> Any:
    """One paragraph; ``right`` sets it at the right, that many characters from the margin."""
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(height)
    form.space_before = form.space_after = Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indented:
        form.first_line_indent = Pt(size * 2)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        form.right_indent = Pt(size * right)
    if text:
        _set_font(paragraph.add_run(text), font, size, colour)
    return paragraph


def _set_font(run: Any, font: str, size: int, colour: RGBColor | None = None) -> None:
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour


def _rule_below(paragraph: Any) -> None:
    """The red rule between the head and the letter."""
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="18" w:space="8" w:color="{RED}"/>'
        "</w:pBdr>"
    )
    paragraph._element.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set_font(paragraph.add_run("— "), "宋体", 14)
    field = paragraph.add_run()
    _set_font(field, "宋体", 14)
    for xml in (
        f'<w:fldChar {nsdecls("w")} w:fldCharType="begin"/>',
        f'<w:instrText {nsdecls("w")} xml:space="preserve"> PAGE </w:instrText>',
        f'<w:fldChar {nsdecls("w")} w:fldCharType="end"/>',
    ):
        field._element.append(parse_xml(xml))
    _set_font(paragraph.add_run(" —"), "宋体", 14)


def _name_stand_ins(document: Any) -> None:
    """Tell in the font table what may be used where a font is not installed."""
    (part,) = (
        each.target_part
        for each in document.part.rels.values()
        if each.reltype.endswith("/fontTable")
    )
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in STAND_INS.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())


def main() -> None:
    """Write every template into the folder named, else where the program keeps them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for kind in LETTERS:
        (folder / f"{kind}.docx").write_bytes(make(kind))


if __name__ == "__main__":
    main()
