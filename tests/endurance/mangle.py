"""Good files made bad: bytes, texts in other encodings, tables, packages of parts (xlsx, docx)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from random import Random

Mangler = Callable[[Random, bytes], bytes]

TOKENS = [
    *(b"\0", b"\0\0\0\0", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff", b"\x80", b"\x1a"),
    *(b'"', b'""', b"'", b",", b"\t", b"\r", b"\n", b"\r\n", b";", b"=", b"[", b"]", b"{", b"}"),
    *("=cmd|' /C calc'!A0", "＝1+1", "@SUM(A1)", "[red]x[/]", "\x1b[31m", "\u202e\u200b", "👨‍👩‍👧"),
    *("2026-02-30", "99999999999999999999", "1e999", "-1", "0", "NaN", "null", "true", "2026年", "共8天"),
    *("9" * 5000, "字" * 70_000, "[" * 5000, "a=" * 2000, "XF2026-0001", "休", "班", "\u2028", "\ud7ff"),
    *("{{ 7*7 }}", "{% for a in range(9**9) %}", "{%", "{{", "<!DOCTYPE x>", "&lol;", "]]>", "<a>"),
]  # fmt: skip
_TOKENS = [each if isinstance(each, bytes) else each.encode() for each in TOKENS]
_ENCODINGS = ("gb18030", "gbk", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7")


def flips(random: Random, data: bytes) -> bytes:
    """Some bits turned over."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 2, 8, 50))):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def splice(random: Random, data: bytes) -> bytes:
    """A stretch taken out, put in twice, or moved."""
    one, other = sorted(random.randrange(len(data) + 1) for _ in range(2))
    at = random.randrange(len(data) + 1)
    piece = data[one:other]
    return random.choice((data[:one] + data[other:], data[:at] + piece + data[at:], piece))


def insert(random: Random, data: bytes) -> bytes:
    """Something put in that nobody expects there."""
    at = random.randrange(len(data) + 1)
    token = random.choice(_TOKENS) * random.choice((1, 1, 1, 3))
    return data[:at] + token + data[at + random.choice((0, 0, len(token))) :]


def cut(random: Random, data: bytes) -> bytes:
    """The end is missing."""
    return data[: random.randrange(len(data) + 1)]


def reencoded(random: Random, data: bytes) -> bytes:
    """The same text in another encoding, perhaps with a mark that lies."""
    text = data.decode("gb18030", "replace")
    mark = random.choice((b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    return mark + text.encode(random.choice(_ENCODINGS), "replace")


def other_cells(random: Random, data: bytes) -> bytes:
    """Cells or words of the text are others."""
    encoding = random.choice(("utf-8", "gb18030"))
    sign = random.choice((",", "，", "、", "\n", "-", "：", '"', "="))
    cells = data.decode(encoding, "replace").split(sign)
    for _ in range(random.choice((1, 1, 3))):
        token = random.choice(_TOKENS).decode("utf-8", "replace")
        cells[random.randrange(len(cells))] = random.choice((token, "", random.choice(cells)))
    if random.random() < 0.2:
        random.shuffle(cells)
    return sign.join(cells).encode(encoding, "replace")


BYTES: tuple[Mangler, ...] = (
    flips,
    splice,
    insert,
    insert,
    cut,
    reencoded,
    other_cells,
    other_cells,
)

ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    + b"".join(b'<!ENTITY %c "%s">' % (99 + n, b"&%c;" % (98 + n) * 10) for n in range(9))
    + b"]>",
    b'<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">',
)


def package(random: Random, data: bytes) -> bytes:
    """A package of which one part is another, missing, there twice, or full of entities."""
    parts = {
        each.filename: content(data, each) for each in zipfile.ZipFile(io.BytesIO(data)).infolist()
    }
    name = random.choice([each for each in parts if each.endswith((".xml", ".rels"))])
    kind = random.randrange(6)
    if kind == 0:
        del parts[name]
    elif kind == 1:
        head, _, rest = parts[name].partition(b"?>")
        at = rest.find(b"</")
        entity = random.choice((b"&e;", b"&k;", b"&b;"))
        parts[name] = head + b"?>" + random.choice(ENTITIES) + rest[:at] + entity + rest[at:]
    elif kind == 2:
        parts[name] = parts[random.choice(list(parts))]
    else:
        for _ in range(random.choice((1, 1, 4))):
            parts[name] = random.choice(BYTES)(random, parts[name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for each, held in parts.items():
            target.writestr(each, held)
    return random.choice((out.getvalue(), out.getvalue(), flips(random, out.getvalue())))


def content(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """One part of a package."""
    return zipfile.ZipFile(io.BytesIO(data)).read(entry)


def mangled(random: Random, data: bytes) -> bytes:
    """A bad file, made of a good one."""
    if data.startswith(b"PK") and random.random() < 0.8:
        return package(random, data)
    for _ in range(random.choice((1, 1, 2, 5))):
        data = random.choice(BYTES)(random, data)
    return data
