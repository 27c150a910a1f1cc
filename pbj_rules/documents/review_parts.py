"""What a review draft adds to the parts of a paper: comments and a watermark; and how all of it is taken out again.

Everything added is a fixed form of words at a fixed place, so a draft that nobody has saved since gives back its
paper byte for byte.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from xml.sax.saxutils import escape

from pbj_rules.documents.package import Package
from pbj_rules.documents.packing import pack, unpack
from pbj_rules.documents.printing import printable
from pbj_rules.documents.review_marks import without_marks

__all__ = ["BODY", "clean_copy", "commented", "first_number", "is_review_draft"]

BODY: Final = "word/document.xml"
COMMENTS: Final = "word/comments.xml"
WATERMARK: Final = "word/header-draf.xml"
_LISTED: Final = "word/_rels/document.xml.rels"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_STYLES_PART: Final = "word/styles.xml"
_AUTHOR: Final = 'w:author="pbj-rules" w:date="{}T00:00:00Z" w:initials="PBJ"'
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGED: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_RELATION}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Stands where something was opened that the paper has closed in itself, or does not have.
_OPENED: Final = b"<!--pbj-->"
# What a paper may lack, in the form that it then gets.
_NEW_PARTS: Final = {
    COMMENTS: f"{_HEAD}<w:comments {_NAMESPACES}></w:comments>".encode(),
    _LISTED: f'{_HEAD}<Relationships xmlns="{_PACKAGED}"></Relationships>'.encode(),
}
_TYPES: Final[tuple[bytes, ...]] = (
    f'<Override PartName="/{COMMENTS}" ContentType="{_MAIN}.comments+xml"/>'.encode(),
    f'<Override PartName="/{WATERMARK}" ContentType="{_MAIN}.header+xml"/>'.encode(),
)
_RELATIONS: Final[tuple[bytes, ...]] = (
    f'<Relationship Id="rIdPbjKomentar" Type="{_RELATION}/comments" Target="comments.xml"/>'.encode(),
    f'<Relationship Id="rIdPbjDraf" Type="{_RELATION}/header" Target="header-draf.xml"/>'.encode(),
)
_STYLES: Final = (
    b'<w:style w:type="character" w:customStyle="1" w:styleId="PbjAcuanKomentar"><w:name w:val="PBJ Acuan Komentar"/>'
    b'<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>'
    b'<w:style w:type="paragraph" w:customStyle="1" w:styleId="PbjTeksKomentar"><w:name w:val="PBJ Teks Komentar"/>'
    b'<w:pPr><w:spacing w:after="40"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
)
_HEADER_ID: Final = b"rIdPbjDraf"
_REFERENCES: Final = {
    kind: f'<w:headerReference xmlns:r="{_RELATION}" w:type="{kind}" r:id="{_HEADER_ID.decode()}"/>'
    for kind in ("default", "first", "even")
}
_ALL_REFERENCES: Final = "".join(_REFERENCES.values())
_SECTION: Final = re.compile(r"<w:sectPr((?: [^>]*?)?)(?:/>|>(.*?</w:sectPr>))", re.DOTALL)
_NEW_SECTION: Final = f"<w:sectPr>{_OPENED.decode()}{_ALL_REFERENCES}</w:sectPr>"
_OPENED_SECTION: Final = re.compile(f"<w:sectPr((?: [^>]*)?)>{re.escape(_ALL_REFERENCES)}</w:sectPr>")
_COMMENT: Final = re.compile(
    f'<w:comment w:id="([0-9]+)" {_AUTHOR.format("[0-9-]+")}>.*?</w:comment>'.encode(), re.DOTALL
)
_ANY_NUMBER: Final = re.compile(rb'<w:comment [^>]*?w:id="([0-9]+)"')
# Word's own watermarks are this shape; LibreOffice draws it too.
_RUN: Final = (
    '<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" '
    'adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
    'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt="DRAF" '
    'style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:160pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" fillcolor="#d0d0d0" stroked="f"><v:fill opacity=".5"/>'
    '<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="DRAF"/></v:shape></w:pict></w:r>'
)
# A line of a header that holds nothing but the watermark and takes no room.
_LINE: Final = (
    '<w:p><w:pPr><w:spacing w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr>'
    f"{_RUN}</w:p>"
)
_HEADER: Final = f"{_HEAD}<w:hdr {_NAMESPACES}>{_LINE}</w:hdr>".encode()
# The same for a header that the paper has already; its names are declared where it stands.
_SHAPES: Final = '<w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
_OWN_RUN: Final = _RUN.replace("<w:pict>", _SHAPES).encode()
_OWN_LINE: Final = _LINE.replace("<w:pict>", _SHAPES).encode()
_END_OF_HEADER: Final = re.compile(rb"</w:p>(?=\s*</w:hdr>)|(?=</w:hdr>)")


def commented(parts: Mapping[str, bytes], comments: Sequence[Sequence[str]], first: int, day: date) -> dict[str, bytes]:
    """The parts with a watermark on every page and these comments, a paragraph a line; ids count from ``first``."""
    made = {**_NEW_PARTS, **parts}
    made[COMMENTS] = _inserted(made[COMMENTS], b"w:comments", _comments(comments, first, day))
    for name in _headers(made):
        made[name] = _END_OF_HEADER.sub(_with_watermark, made[name], count=1)
    made[BODY] = _with_header(made[BODY].decode("utf-8")).encode("utf-8")
    new = [] if COMMENTS in parts else [0]
    if _HEADER_ID in made[BODY]:
        made[WATERMARK] = _HEADER
        new.append(1)
    made[_CONTENT_TYPES] = _inserted(made[_CONTENT_TYPES], b"Types", b"".join(_TYPES[one] for one in new))
    made[_LISTED] = _inserted(made[_LISTED], b"Relationships", b"".join(_RELATIONS[one] for one in new))
    if _STYLES_PART in made:
        made[_STYLES_PART] = _inserted(made[_STYLES_PART], b"w:styles", _STYLES)
    return made


def first_number(parts: Mapping[str, bytes]) -> int:
    """The first number that no comment of the paper has: a template may carry some of its editors."""
    taken = map(int, _ANY_NUMBER.findall(parts.get(COMMENTS, b"")))
    return max(taken, default=-1) + 1


def _headers(parts: Mapping[str, bytes]) -> list[str]:
    """The headers that the paper shows of its own."""
    related = Package(dict(parts)).related(BODY).values()
    return [name for kind, name in related if kind == "header" and name in parts and name != WATERMARK]


def _with_watermark(end: re.Match[bytes]) -> bytes:
    """The end of a header with the watermark in its last paragraph, or after what else it ends with."""
    return _OWN_RUN + end[0] if end[0] else _OWN_LINE


def _with_header(body: str) -> str:
    """The body with the watermark as header of its first section, for each kind of page that has none.

    Later sections have the headers of the one before where they have none of their own.
    """
    section = _SECTION.search(body)
    if section is None:
        return body.replace("</w:body>", f"{_NEW_SECTION}</w:body>")
    held = section[2] or "</w:sectPr>"
    missing = [
        reference
        for kind, reference in _REFERENCES.items()
        if not re.search(f'<w:headerReference [^>]*w:type="{kind}"', held)
    ]
    return f"{body[: section.start()]}<w:sectPr{section[1]}>{''.join(missing)}{held}{body[section.end() :]}"


def _inserted(part: bytes, root: bytes, added: bytes) -> bytes:
    """The part with something more at its end, which is opened where it is closed in itself."""
    head, found, tail = part.rpartition(b"</" + root + b">")
    if found:
        return head + added + found + tail
    head, found, tail = part.rpartition(b"/>")
    return head + b">" + _OPENED + added + b"</" + root + b">" + tail


def _closed(part: bytes) -> bytes:
    """The part as it was before it was opened."""
    return re.sub(rb">" + _OPENED + rb"</[\w:]+>", b"/>", part)


def _comments(comments: Sequence[Sequence[str]], first: int, day: date) -> bytes:
    made = []
    for number, lines in enumerate(comments, first):
        made.append(f'<w:comment w:id="{number}" {_AUTHOR.format(day.isoformat())}>')
        for at, line in enumerate(lines):
            mark = '<w:r><w:rPr><w:rStyle w:val="PbjAcuanKomentar"/></w:rPr><w:annotationRef/></w:r>' if at == 0 else ""
            look = "<w:rPr><w:b/></w:rPr>" if at == 0 else ""
            made.append(
                f'<w:p><w:pPr><w:pStyle w:val="PbjTeksKomentar"/></w:pPr>{mark}'
                f'<w:r>{look}<w:t xml:space="preserve">{escape(printable(line))}</w:t></w:r></w:p>'
            )
        made.append("</w:comment>")
    return "".join(made).encode("utf-8")


def is_review_draft(parts: Mapping[str, bytes]) -> bool:
    """Whether these are the parts of a review draft: with comments of ours, or with our watermark."""
    comments = parts.get(COMMENTS, b"")
    return COMMENTS in parts and (WATERMARK in parts or _COMMENT.search(comments) is not None)


def clean_copy(draft: bytes) -> bytes:
    """The paper of a review draft: no watermark, no comments, the bytes of the ordinary rendering.

    Raises ValueError for a file that is no review draft.
    """
    parts = unpack(io.BytesIO(draft))
    if not is_review_draft(parts):
        raise ValueError("bukan draf tinjauan pbj-rules")
    numbers = {int(found[1]) for found in _COMMENT.finditer(parts[COMMENTS])}
    parts.pop(WATERMARK, None)
    parts[COMMENTS] = _closed(_COMMENT.sub(b"", parts[COMMENTS]))
    parts[BODY] = without_marks(_without_header(parts[BODY].decode("utf-8")), numbers).encode("utf-8")
    # A part that the paper has of its own is listed in the same words.
    old = slice(0 if parts[COMMENTS] == _NEW_PARTS[COMMENTS] else 1, None)
    for name, added in ((_CONTENT_TYPES, _TYPES[old]), (_LISTED, _RELATIONS[old]), (_STYLES_PART, (_STYLES,))):
        if name in parts:
            parts[name] = _closed(_without(parts[name], added))
    for name in _headers(parts):
        parts[name] = _without(parts[name], (_OWN_LINE, _OWN_RUN))
    return pack({name: data for name, data in parts.items() if data != _NEW_PARTS.get(name)})


def _without_header(body: str) -> str:
    body = _OPENED_SECTION.sub(r"<w:sectPr\1/>", body.replace(_NEW_SECTION, ""))
    for reference in _REFERENCES.values():
        body = body.replace(reference, "")
    return body


def _without(part: bytes, pieces: Sequence[bytes]) -> bytes:
    for piece in pieces:
        part = part.replace(piece, b"")
    return part
