"""Every refusal written in the source is brought about by some golden file beside this one.

The source is read, not run: each sentence given to a refusal (``…Error(…)``, ``refusal(…)``,
``Fault(…)``, a usage sentence) must be found, apart from what is filled in, in a golden file. What
a command cannot bring about here is in ``NOT_AT_A_SHELL``, with the reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xfctl import errors

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "xfctl"
GOLDEN = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.txt")))
REFUSALS = {
    name
    for name, each in vars(errors).items()
    if isinstance(each, type) and issubclass(each, errors.XfctlError)
} | {"Fault", "refusal", "_refused", "_refuse", "_fault"}
# Usage errors are worded in one place, without an exception of our own.
USAGE = {"_missing", "_bad", "_wanted", "_option_usage", "_no_option"}
# Typer, or the reader of the file, says no before the rule is asked; the rule keeps its own word.
_EARLIER = "refused earlier, by the command line or the reader of the file"
_TYPED = "needs an answer typed at a terminal"
_DISK = "needs a disk, a permission or another program that fails in the midst"
_DAMAGE = "needs a ledger whose damage passes all earlier checks; tests/ledger makes it by hand"
NOT_AT_A_SHELL = {
    "「…」的期限从 … 起施行，… 还没有；请核对日期，或核对规则文件里的 effective。": (
        "only in the rules of another office: tests/regulation/test_clocks.py"
    ),
    "合适的值": "for a type that no option has today",
    "「…」不在可选的 1–… 之中，账本没有改动；…": _TYPED,
    "没有写明督办情形；请用 --ground 写明是哪一项。": _EARLIER,
    "这个账本的身份已经加密；要更换密钥或口令，请用 xfctl key change。": _EARLIER,
    "身份已加密，没有密钥可用；请用 --key 指明密钥。": "the command line always knows of a key",
    "没有删除，账本没有改动；确定要删除请重新执行并回答 y。": _TYPED,
    "没有写入账本；安排有误请核对通知原文，确认无误请重新执行并回答 y。": _TYPED,
    "两次输入的口令不同，没有作任何改动；请重新执行。": _TYPED,
    "…「…」在 … 不是有效的督办情形；请核对日期，或用 xfctl rule show 查看施行日期。": (
        "needs a ground that was repealed: tests/cli/test_rule_sets.py"
    ),
    "给出的数字太大，账本没有改动；请核对后重试。": "every option of today has its own bound",
    "行数超过 Excel 上限 … 行；请改用 CSV 导出。": "a ledger of a million rows takes minutes to make",
    "没有写明督办形式；请用 --form 写明网络、电话、函件或实地。": _EARLIER,
    "没有「…」这种责任；可以写：…。": _EARLIER,
    "表格里没有内容，请检查是否选对了文件。": _EARLIER,
    "表格里没有任何日期，请按「日期,休/班,名称」每天写一行。": _EARLIER,
    "单元格 … 的文字超过 Excel 上限 … 字；请改用 CSV 导出。": "no text in a ledger is so long",
    "的名字里有不能用的字符，请检查路径": "a shell hands no NUL on",
    "行为发生那天的规则里没有… …；请用 xfctl rule show 条号 --as-of 日期 核对。": (
        "needs a second version of 细则"
    ),
    "…年的年度通知不应有…": "years before 2008, when there were fewer festivals",
    "提醒没有发送到 …；请检查网络和地址，再运行一次会只补发没有发到的。": (
        "the attempt is recorded, so the ledger changes: tests/cli/test_notify.py"
    ),
    "发送提醒要用 apprise，这里没有安装；请运行 pip install 'xfctl[notify]' 后重试。": (
        "apprise is installed here: tests/cli/test_notify.py"
    ),
    "没有写成「…」：…；请检查磁盘后重试。": _DISK,
    "改动已记入账本，但另一个程序正在使用「…」，文件里的旧内容还没有清除；请等它结束后再执行一次同样的命令。": _DISK,
    "账本里的身份已经删除，但「…」里的没有删掉；请检查它的权限后再执行一次同样的命令，或删去这个文件。": _DISK,
    "无法建立密钥目录「…」（…）；请检查权限，或用 --key 指明密钥文件放在哪里。": _DISK,
    "无法读取…「…」（…）；请检查文件权限。": _DISK,
    "无法建立备份目录「…」（…）；请检查磁盘空间和目录权限。": _DISK,
    "备份「…」已完成，但无法删除旧备份「…」（…）；请检查目录权限。": _DISK,
    "读不出来，请检查磁盘或权限": _DISK,
    "读不出来（…）": _DISK,
    "文书模板「…」读不出来；请检查文件权限。": _DISK,
    "文件「…」在存入时被改动；请重新执行。": _DISK,
    "读不出文件「…」；请检查路径和权限。": _DISK,
    "无法建立附件目录「…」；请检查文件权限和磁盘空间。": _DISK,
    "无法保存附件「…」；请检查文件权限和磁盘空间。": _DISK,
    "账本「…」正被另一个程序使用，没有替换；请等其他 xfctl 命令结束后重试。": _DISK,
    "账本「…」读写失败（SQLite 错误 …），本次操作没有生效；请运行 xfctl verify 检查账本。": _DISK,
    "账本「…」刚刚被恢复或升级替换，本次改动没有写入；请重新执行这条命令。": _DISK,
    "无法读取账本「…」（…）；请检查文件权限。": _DISK,
    "无法写入「…」（…）；请检查磁盘空间和目录权限。": _DISK,
    "…。…后重试；原有文件未作改动。": _DISK,
    "账本「…」已损坏（…——…），这条命令没有做完；请停止写入，先运行 xfctl verify 查看。": _DAMAGE,
    "账本里采用的规则无法读取；请运行 xfctl verify，必要时从备份恢复。": _DAMAGE,
    "代号 … 的身份已损坏，解不开；请用 xfctl restore 从备份恢复。": _DAMAGE,
    "账本第 … 条事件（…）…；请运行 xfctl verify，必要时从备份恢复。": _DAMAGE,
    "账本第 … 条事件与 … 此前的事件不合；请运行 xfctl verify，必要时从备份恢复。": _DAMAGE,
    "账本「…」已损坏，没有升级；请先用 xfctl restore 从备份恢复。": _DAMAGE,
    "账本「…」升级后事件链有变，没有替换；请保留原文件并联系开发者。": _DAMAGE,
    "只写入到第 … 条事件，本次操作已撤销；请运行 xfctl verify 检查账本。": _DAMAGE,
    "写入第 … 条事件后核对不符，本次操作已撤销；请运行 xfctl verify 检查账本。": _DAMAGE,
}
CHINESE = re.compile(r"[一-鿿]")


@dataclass(frozen=True)
class Sentence:
    """A text in the source, with ``…`` where something is filled in."""

    place: str
    text: str

    def is_said_in(self, golden: str) -> bool:
        return re.search(".*?".join(map(re.escape, self.text.split("…"))), golden) is not None


def sentences() -> Iterator[Sentence]:
    for path in sorted(SOURCE.rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        name = str(path.relative_to(SOURCE.parent))
        for node in ast.walk(module):
            for text in texts_of(node):
                yield Sentence(name, text)


def texts_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _called(node) in REFUSALS:
        for given in (*node.args, *(keyword.value for keyword in node.keywords)):
            yield from _texts(given)
    elif isinstance(node, ast.FunctionDef) and node.name in USAGE:
        for statement in node.body:
            yield from _texts(statement)


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _texts(node: ast.AST) -> Iterator[str]:
    """Chinese texts below a node; those inside a placeholder of another count by themselves."""
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
        text = "".join(map(str, parts))
        if CHINESE.search(text):
            yield text
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from _texts(part.value)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and CHINESE.search(node.value):
            yield node.value
    elif not (isinstance(node, ast.Call) and _called(node) in REFUSALS):
        for child in ast.iter_child_nodes(node):
            yield from _texts(child)


SENTENCES = list(dict.fromkeys(sentences()))


def test_the_source_is_understood() -> None:
    assert len(SENTENCES) > 300


def test_every_refusal_is_a_golden_file_or_has_a_reason_to_be_none() -> None:
    unsaid = [each for each in SENTENCES if not each.is_said_in(GOLDEN)]
    assert [each for each in unsaid if each.text not in NOT_AT_A_SHELL] == []
    assert set(NOT_AT_A_SHELL) - {each.text for each in unsaid} == set(), "no exception any more"
