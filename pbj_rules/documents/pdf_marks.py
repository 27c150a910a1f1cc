"""Takes out of a PDF what LibreOffice marks it with: the clock, and how many papers came before it in its batch.

The marks are found as LibreOffice 7.4 writes them (Debian 12). What another version writes otherwise is
left as it is: such a PDF is as good to read, but differs from run to run.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from typing import Final

from attrs import frozen

__all__ = ["unmarked"]

_STAMP: Final = re.compile(rb"(/(?:Creation|Mod)Date ?\(D:)\d{14}")
_IDENTITY: Final = re.compile(rb"(/ID ?\[ ?<)[0-9A-F]{32}(>\s*<)[0-9A-F]{32}(?=>)")
_CHECKSUM: Final = re.compile(rb"(/DocChecksum /)[0-9A-F]{32}")
_DIGITS: Final = 32

# A Type 1 font: plain text, then text in the cipher of Type 1 (eexec), then zeros; its length stands elsewhere.
_FONT: Final = re.compile(rb"/Length (\d+) 0 R\s*/Filter/FlateDecode/Length1 (\d+)\s*/Length2 (\d+)[^>]*>>\s*stream\n")
_NUMBER: Final = re.compile(rb"(?<=/UniqueID )41\d{5}(?= def)")
_FIRST_NUMBER: Final = 4_100_001
_KEY: Final = 55665
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TABLE: Final = re.compile(rb"xref\s+0 \d+\s+((?:\d{10} \d{5} [nf][ \r]\n)+)")
_ENTRY: Final = re.compile(rb"(\d{10})(?= \d{5} n)")


@frozen
class _Change:
    start: int
    end: int
    content: bytes

    @property
    def growth(self) -> int:
        return len(self.content) - (self.end - self.start)


def unmarked(pdf: bytes, day: bytes) -> bytes:
    """The PDF as if converted alone, on ``day`` (``20200401``), its identity taken from its content.

    Replacements are as long as what they replace, because a PDF finds its parts by counting bytes; only
    fonts may change their length, and then the table of the parts is made anew.
    """
    dated = _STAMP.sub(rb"\g<1>" + day + b"000000", _with_fonts_numbered_anew(pdf))
    blank = _identified(dated, b"0" * _DIGITS)
    return _identified(blank, hashlib.sha256(blank).hexdigest()[:_DIGITS].upper().encode("ascii"))


def _identified(pdf: bytes, identity: bytes) -> bytes:
    named = _IDENTITY.sub(rb"\g<1>" + identity + rb"\g<2>" + identity, pdf)
    return _CHECKSUM.sub(rb"\g<1>" + identity, named)


def _with_fonts_numbered_anew(pdf: bytes) -> bytes:
    """LibreOffice numbers its Type 1 fonts through the whole batch; here every paper counts from one.

    Within a paper the numbers must stay different: a printer may keep glyphs under them.
    """
    changes: list[_Change] = []
    for order, found in enumerate(_FONT.finditer(pdf)):
        length = re.search(rb"\n" + found[1] + rb" 0 obj\s+(\d+)\s+endobj", pdf)
        if length is None:
            return pdf
        end = found.end() + int(length[1])
        font = zlib.decompress(pdf[found.end() : end])
        number = str(_FIRST_NUMBER + order).encode("ascii")
        packed = zlib.compress(_numbered(font, number, int(found[2]), int(found[3])))
        changes.append(_Change(found.end(), end, packed))
        changes.append(_Change(length.start(1), length.end(1), str(len(packed)).encode("ascii")))
    return _spliced(pdf, sorted(changes, key=lambda change: change.start))


def _numbered(font: bytes, number: bytes, plain: int, hidden: int) -> bytes:
    """The font with its number in both places; the number has as many digits as the one before."""
    head, middle, tail = font[:plain], font[plain : plain + hidden], font[plain + hidden :]
    return _NUMBER.sub(number, head) + _enciphered(_NUMBER.sub(number, _deciphered(middle))) + tail


def _spliced(pdf: bytes, changes: list[_Change]) -> bytes:
    """The PDF with the changes made, and with every part found where it is then."""
    start = _START.search(pdf)
    table = _TABLE.match(pdf, int(start[1])) if start is not None else None
    if start is None or table is None:
        return pdf

    def moved(offset: int) -> int:
        return offset + sum(change.growth for change in changes if change.start < offset)

    entries = _ENTRY.sub(lambda entry: b"%010d" % moved(int(entry[1])), table[1])
    place = b"%d" % moved(int(start[1]))
    ends = [_Change(table.start(1), table.end(1), entries), _Change(start.start(1), start.end(1), place)]
    pieces: list[bytes] = []
    at = 0
    for change in (*changes, *ends):
        pieces += (pdf[at : change.start], change.content)
        at = change.end
    return b"".join((*pieces, pdf[at:]))


def _deciphered(data: bytes) -> bytes:
    """Plain text of the cipher of Type 1 fonts (Adobe Type 1 Font Format, 7.1)."""
    key, plain = _KEY, bytearray()
    for byte in data:
        plain.append(byte ^ key >> 8)
        key = (byte + key) * 52845 + 22719 & 0xFFFF
    return bytes(plain)


def _enciphered(data: bytes) -> bytes:
    key, cipher = _KEY, bytearray()
    for byte in data:
        cipher.append(byte ^ key >> 8)
        key = (cipher[-1] + key) * 52845 + 22719 & 0xFFFF
    return bytes(cipher)
