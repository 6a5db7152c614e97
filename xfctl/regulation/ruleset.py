"""A whole rule set: its name, and that its parts are sound and fit each other.

A folder is checked once, when a ledger adopts it (``init --rules``); afterwards its files live in
the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from xfctl.regulation.catalogue import catalogue
from xfctl.regulation.clocks import clocks, load_clock
from xfctl.regulation.errors import RegulationError
from xfctl.regulation.grounds import grounds
from xfctl.regulation.ladder import articles
from xfctl.regulation.lines import lines_naming
from xfctl.regulation.reader import Reader
from xfctl.regulation.source import (
    FOLDERS,
    HEAD,
    SHIPPED,
    RuleFiles,
    Texts,
    current,
    judged_under,
    of_texts,
)

# What 《信访工作条例》 says holds for every institution; those clocks need not be written again.
_NATIONAL = "条例"
_LONGEST = 100_000


class Head(Struct, frozen=True):
    """How a rule set is called, and how its articles are cited, such as 细则."""

    name: str
    citation: str


def head() -> Head:
    """The name of the rule set that holds here."""
    return current().part("", _load_head)


def _load_head(texts: Texts) -> Head:
    if HEAD not in texts:
        raise RegulationError(HEAD, "", "没有这个文件")
    reader = Reader.of(HEAD, texts[HEAD])
    found = Head(reader.take("name", str), reader.take("citation", str))
    reader.finish()
    return found


def read_folder(folder: Path) -> Mapping[str, str]:
    """The files of a rule set, by their path inside the folder, checked as a whole.

    National clocks that are not there are added from those shipped. Raises RegulationError naming
    file, line and key, OSError where something cannot be read.
    """
    paths = [folder / HEAD, *(path for name in FOLDERS for path in (folder / name).glob("*.toml"))]
    found = {str(path.relative_to(folder)): _text(path, folder) for path in sorted(paths)}
    for name, text in SHIPPED.texts("clocks").items():
        if all(each.source == _NATIONAL for each in load_clock(name, text).versions):
            found.setdefault(f"clocks/{name}", text)
    check(of_texts(found))
    return found


def _text(path: Path, folder: Path) -> str:
    name = str(path.relative_to(folder))
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise RegulationError(name, "", "没有这个文件") from error
    if len(data) > _LONGEST:
        raise RegulationError(name, "", f"超过 {_LONGEST} 字节，不像规则文件")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RegulationError(name, "", "不是 UTF-8 文字", line) from error


def check(files: RuleFiles) -> None:
    """Refuse a rule set with an unsound file, or whose parts do not fit each other.

    Raises RegulationError naming file, line and key.
    """
    with judged_under(lambda: files):
        head()
        _check_clocks()
        _check_catalogue(files.texts("articles"))
        _check_grounds(files.texts("grounds"))
        _check_ladder(files.texts("ladder"))


def _check_clocks() -> None:
    """The steps start clocks by name, so every one must be there."""
    for name in sorted(SHIPPED.texts("clocks")):
        if name.removesuffix(".toml") not in clocks():
            raise RegulationError(f"clocks/{name}", "", "没有这个文件，程序的步骤要用这个期限")


def _check_catalogue(texts: Texts) -> None:
    for item in catalogue().values():
        for name in item.clocks:
            _known(name in clocks(), "articles/catalogue.toml", "clocks", name, texts)


def _check_grounds(texts: Texts) -> None:
    if not grounds():
        raise RegulationError("grounds", "", "没有任何督办情形的文件")
    for ground in grounds().values():
        if ground.overdue and ground.overdue.clock not in clocks():
            file = f"grounds/ground_{ground.key}.toml"
            _known(False, file, "clock", ground.overdue.clock, texts)


def _check_ladder(texts: Texts) -> None:
    for article in articles():
        file = f"ladder/{article.file}"
        for version in article.versions:
            for situation in version.situations:
                for key in situation.grounds:
                    _known(key in grounds(), file, "grounds", key, texts)
            for measure in version.measures:
                if measure.clock:
                    _known(measure.clock in clocks(), file, "clock", measure.clock, texts)


def _known(holds: bool, file: str, key: str, word: str, texts: Texts) -> None:
    if not holds:
        line = lines_naming(texts[file.rpartition("/")[2]], word)[0]
        raise RegulationError(file, key, f"「{word}」没有定义", line)
