"""A table read from a file: CSV in three encodings, or xlsx.

What a file is, is told from its first bytes, not from its name. Whatever the bytes are, the
answer is a ``Sheet`` or an ``InputRefusedError`` with one Chinese sentence.
"""

from __future__ import annotations

from pathlib import Path

from xfctl.intake.given_file import file_bytes, refusal
from xfctl.intake.sheet import Sheet

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请另存为 xlsx 或 CSV 再导入"
_CHOOSE = "请改选 xlsx 或 CSV 文件"

# What people pick by mistake, told by the first bytes (lower case, leading blanks left aside).
_FOREIGN = (
    (b"%pdf", f"是 PDF 文件，不是表格，{_CHOOSE}"),
    (b"<html", f"是网页格式的表格，{_SAVE_AS}"),
    (b"<!doctype", f"是网页格式的表格，{_SAVE_AS}"),
    (b"<table", f"是网页格式的表格，{_SAVE_AS}"),
    (b"<?xml", f"是 XML 文件，{_SAVE_AS}"),
    (b"sqlite format 3", f"是数据库文件，不是表格，{_CHOOSE}"),
    (b"{\\rtf", f"是 RTF 文档，{_SAVE_AS}"),
    (b"\x89png", f"是图片，不是表格，{_CHOOSE}"),
    (b"\xff\xd8\xff", f"是图片，不是表格，{_CHOOSE}"),
    (b"rar!", "是压缩包，请解压后导入里面的表格"),
    (b"7z\xbc\xaf", "是压缩包，请解压后导入里面的表格"),
)


def read_sheet(path: Path) -> Sheet:
    """The table in the file at ``path``, CSV or xlsx.

    Raises ``InputRefusedError`` for a path that cannot be read and for bytes that are no table.
    """
    data = file_bytes(path)
    if data.startswith(_ZIP):
        from xfctl.intake.xlsx_sheet import read_xlsx

        return read_xlsx(path.name, data)
    reason = _foreign(data)
    if reason is not None:
        raise refusal(path.name, reason)

    from xfctl.intake.csv_sheet import read_csv

    return read_csv(path.name, data)


def _foreign(data: bytes) -> str | None:
    """Why these bytes are certainly no CSV, or None."""
    if data.startswith(_OLE):
        if _OLE_ENCRYPTED in data:
            return "设有打开密码，请去掉密码另存后再导入"
        return f"是旧版 Office 格式（.xls 或 .doc），{_SAVE_AS}"
    start = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((reason for magic, reason in _FOREIGN if start.startswith(magic)), None)
