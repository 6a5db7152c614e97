"""A letter as a Word file: a template filled in; the only module that loads docxtpl.

Templates are the office's own files, but whoever may write them should not run programs by them:
they are filled in inside Jinja's sandbox, texts are escaped, and a field that there is not is
refused instead of left empty.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from xfctl.errors import InputRefusedError

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

LARGEST = 20 * 1024 * 1024  # bytes of a template
_MOST_UNPACKED = 100 * 1024 * 1024  # bytes, over all parts of a template
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can tell


def template_bytes(kind: str, folder: Path) -> tuple[str, bytes]:
    """The name and content of the template for a kind of letter.

    The office's own in ``folder`` comes before the built-in one. Raises InputRefusedError if it
    cannot be read.
    """
    own = folder / f"{kind}.docx"
    if not own.exists():
        return f"内置模板 {own.name}", built_in(kind)
    try:
        if not own.is_file() or own.stat().st_size > LARGEST:
            raise InputRefusedError(
                f"文书模板「{own}」不是 Word 文件；请换一份，或移走它用内置模板。"
            )
        return str(own), own.read_bytes()
    except OSError as error:
        raise InputRefusedError(f"文书模板「{own}」读不出来；请检查文件权限。") from error


def built_in(kind: str) -> bytes:
    """The template that comes with the program."""
    return (files("xfctl") / "data" / "letters" / f"{kind}.docx").read_bytes()


def fill_in(name: str, template: bytes, fields: Mapping[str, str]) -> bytes:
    """The letter. The same template and fields give the same bytes.

    Raises InputRefusedError naming the template, and the field where one is at fault.
    """
    from jinja2.exceptions import SecurityError, TemplateError, UndefinedError

    document = _opened(name, template)
    try:
        document.render(dict(fields), _sandbox())
    except UndefinedError as error:
        known = "、".join(fields)
        missing = str(error).partition("'")[2].partition("'")[0]
        raise InputRefusedError(
            f"文书模板「{name}」里的字段「{missing}」不存在；可以用：{known}。"
        ) from error
    except SecurityError as error:
        raise InputRefusedError(
            f"文书模板「{name}」里有不允许的写法；请只用字段、if 和 for。"
        ) from error
    except TemplateError as error:
        raise InputRefusedError(
            f"文书模板「{name}」里的写法不对（大括号不成对，或 if 没有 endif）；请改正模板。"
        ) from error
    except Exception as error:  # a template may ask for anything: 1/0, a missing attribute
        raise InputRefusedError(
            f"文书模板「{name}」里的计算或判断做不下去；请改正模板，或移走它用内置模板。"
        ) from error
    out = BytesIO()
    document.save(out)
    return reproducible(out.getvalue())


def reproducible(package: bytes) -> bytes:
    """The same Word file without the time at which it was packed."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(package)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, _OLDEST)
            target.writestr(entry, source.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _opened(name: str, template: bytes) -> DocxTemplate:
    from docxtpl import DocxTemplate

    document = DocxTemplate(BytesIO(template))
    try:
        parts = zipfile.ZipFile(BytesIO(template)).infolist()
        if sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise ValueError("unpacks to an unreasonable size")
        document.render_init()
    except Exception as error:  # python-docx answers damage with whatever breaks first
        raise InputRefusedError(
            f"文书模板「{name}」不是 Word 文件（docx），或已损坏；请换一份，或移走它用内置模板。"
        ) from error
    return document


def _sandbox() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
