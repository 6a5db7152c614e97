"""Identities that do not pass over the command line: from a file, standard input, or a prompt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from xfctl.errors import InputRefusedError

T = TypeVar("T")

Ask = Annotated[
    bool, typer.Option("--ask", help="在终端上逐项询问身份；不留在命令行和历史记录里。")
]

PETITIONER = {
    "姓名": "name",
    "电话": "phone",
    "手机": "phone",
    "身份证号": "id_number",
    "住址": "address",
    "地址": "address",
    "联名人": "signatories",
}
ACCUSED = {"被反映人": "accused"}
PEOPLE = {
    "主管": "in_charge",
    "参与": "took_part",
    "工作人员": "staff",
    "不追究": "leave_out",
    "责任": "role",
}


def told_privately(
    file: Path | None, ask: bool, labels: Mapping[str, str], several: Sequence[str]
) -> dict[str, list[str]]:
    """What a file or the officer at the terminal says, by the keys of ``labels``.

    ``several`` are the keys that may have more than one value. Raises InputRefusedError.
    """
    if file is not None and ask:
        raise InputRefusedError("--ask 和文件不能同时用；请去掉一个。")
    if ask:
        return _asked(labels, several)
    if file is None:
        return {}
    from xfctl.intake.private_lines import private_lines

    found = private_lines(file, labels)
    for key, values in found.items():
        if len(values) > 1 and key not in several:
            raise InputRefusedError(f"「{_label(key, labels)}」写了不止一行；请只留一行。")
    return found


def either(option: T | None, private: Sequence[str], what: str) -> T | str | None:
    """A value from the option or told privately. Raises InputRefusedError if from both."""
    if option and private:
        raise InputRefusedError(f"{what}既写在选项里，又写在文件或询问里；请只写一处。")
    return private[0] if private else option


def _asked(labels: Mapping[str, str], several: Sequence[str]) -> dict[str, list[str]]:
    from xfctl.cli.ask import line

    found: dict[str, list[str]] = {}
    for key in dict.fromkeys(labels.values()):
        label = _label(key, labels)
        question = f"{label}（没有就直接回车）："
        while answer := line(question, "请改用文件或标准输入给出身份。"):
            found.setdefault(key, []).append(answer)
            if key not in several:
                break
            question = f"{label}（没有别人就直接回车）："
    return found


def _label(key: str, labels: Mapping[str, str]) -> str:
    return next(label for label, each in labels.items() if each == key)
