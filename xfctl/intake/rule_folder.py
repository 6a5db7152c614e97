"""Reading the folder of another institution's rule set."""

from __future__ import annotations

from pathlib import Path

from xfctl.domain.office import RuleFile, RulesAdopted
from xfctl.domain.parameters import KNOWN
from xfctl.errors import InputRefusedError
from xfctl.regulation.errors import RegulationError
from xfctl.regulation.grounds import grounds
from xfctl.regulation.ruleset import head, read_folder
from xfctl.regulation.source import judged_under, of_texts


def adopted_from(folder: Path) -> RulesAdopted:
    """The rule set in a folder, to be recorded.

    Raises InputRefusedError, naming file, line and key, if it is unsound.
    """
    if not folder.is_dir():
        raise InputRefusedError(f"规则目录「{folder}」不存在，或不是目录；请核对 --rules 的路径。")
    try:
        texts = read_folder(folder)
        with judged_under(lambda: of_texts(texts)):
            _check_thresholds()
            name = head().name
    except RegulationError as fault:
        raise InputRefusedError(f"规则文件 {fault}；请改正后重试，账本没有建立。") from fault
    files = tuple(RuleFile(path, text) for path, text in sorted(texts.items()))
    return RulesAdopted(name=name, files=files)


def _check_thresholds() -> None:
    """A suggestion needs a local parameter that the program knows."""
    for ground in grounds().values():
        for manner in ground.manners:
            if manner.threshold not in (None, *KNOWN):
                raise RegulationError(
                    f"grounds/ground_{ground.key}.toml",
                    "threshold",
                    f"没有参数「{manner.threshold}」，见 xfctl rule list",
                )
