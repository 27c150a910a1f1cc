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

from pbj_rules.documents.packing import pack, unpack
from pbj_rules.documents.review_marks import without_marks

__all__ = ["clean_copy", "commented", "is_review_draft"]

BODY: Final = "word/document.xml"
COMMENTS: Final = "word/comments.xml"
WATERMARK: Final = "word/header-draf.xml"
AUTHOR: Final = "pbj-rules"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_RELATION}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES: Final = (
    f'<Override PartName="/{COMMENTS}" ContentType="{_MAIN}.comments+xml"/>'
    f'<Override PartName="/{WATERMARK}" ContentType="{_MAIN}.header+xml"/>'
).encode()
_RELATIONS: Final = (
    f'<Relationship Id="rIdPbjKomentar" Type="{_RELATION}/comments" Target="comments.xml"/>'
    f'<Relationship Id="rIdPbjDraf" Type="{_RELATION}/header" Target="header-draf.xml"/>'
).encode()
_STYLES: Final = (
    b'<w:style w:type="character" w:customStyle="1" w:styleId="CommentReference"><w:name w:val="PBJ Acuan Komentar"/>'
    b'<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>'
    b'<w:style w:type="paragraph" w:customStyle="1" w:styleId="CommentText"><w:name w:val="PBJ Teks Komentar"/>'
    b'<w:pPr><w:spacing w:after="40"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
)
_REFERENCES: Final = {
    kind: f'<w:headerReference w:type="{kind}" r:id="rIdPbjDraf"/>' for kind in ("default", "first", "even")
}
_SECTION: Final = re.compile(r"(<w:sectPr(?: [^>]*)?>)(.*?</w:sectPr>)", re.DOTALL)
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
_HEADER: Final = (
    f'{_HEAD}<w:hdr {_NAMESPACES}><w:p><w:pPr><w:spacing w:after="0" w:line="20" w:lineRule="exact"/>'
    f'<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr>{_RUN}</w:p></w:hdr>'
).encode()


def commented(parts: Mapping[str, bytes], comments: Sequence[Sequence[str]], day: date) -> dict[str, bytes]:
    """The parts with a watermark on every page and these comments, a paragraph a line; ids count from 0."""
    made = dict(parts)
    made[COMMENTS] = _comments(comments, day)
    made[WATERMARK] = _HEADER
    made["[Content_Types].xml"] = _before(made["[Content_Types].xml"], b"</Types>", _TYPES)
    listed = "word/_rels/document.xml.rels"
    made[listed] = _before(made[listed], b"</Relationships>", _RELATIONS)
    if b'w:styleId="CommentReference"' not in made["word/styles.xml"]:
        made["word/styles.xml"] = _before(made["word/styles.xml"], b"</w:styles>", _STYLES)
    made[BODY] = _SECTION.sub(_with_header, made[BODY].decode("utf-8")).encode("utf-8")
    for name in made:
        if re.fullmatch(r"word/header\d*\.xml", name):
            made[name] = _before(made[name], b"</w:p>", _own_run())
    return made


def _own_run() -> bytes:
    """The watermark for a header that the paper has already; its names are declared where it stands."""
    shape = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    return _RUN.replace("<w:pict>", f"<w:pict {shape}>").encode()


def _with_header(section: re.Match[str]) -> str:
    """A section with the watermark as its header, where it has none of that kind."""
    kinds = ["default", *(["first"] if "<w:titlePg" in section[2] else []), "even"]
    missing = [kind for kind in kinds if f'<w:headerReference w:type="{kind}"' not in section[2]]
    return section[1] + "".join(_REFERENCES[kind] for kind in missing) + section[2]


def _before(part: bytes, end: bytes, added: bytes) -> bytes:
    head, found, tail = part.rpartition(end)
    return head + added + found + tail if found else part


def _comments(comments: Sequence[Sequence[str]], day: date) -> bytes:
    made = [f"{_HEAD}<w:comments {_NAMESPACES}>"]
    for number, lines in enumerate(comments):
        made.append(
            f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:date="{day.isoformat()}T00:00:00Z" w:initials="PBJ">'
        )
        for at, line in enumerate(lines):
            mark = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>' if at == 0 else ""
            look = "<w:rPr><w:b/></w:rPr>" if at == 0 else ""
            made.append(
                f'<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>{mark}'
                f'<w:r>{look}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
            )
        made.append("</w:comment>")
    return ("".join(made) + "</w:comments>").encode("utf-8")


def is_review_draft(parts: Mapping[str, bytes]) -> bool:
    """Whether these are the parts of a review draft."""
    return WATERMARK in parts and COMMENTS in parts


def clean_copy(draft: bytes) -> bytes:
    """The paper of a review draft: no watermark, no comments, the bytes of the ordinary rendering.

    Raises ValueError for a file that is no review draft.
    """
    parts = unpack(io.BytesIO(draft))
    if not is_review_draft(parts):
        raise ValueError("bukan draf tinjauan pbj-rules")
    for name in (COMMENTS, WATERMARK):
        del parts[name]
    body = parts[BODY].decode("utf-8")
    for reference in _REFERENCES.values():
        body = body.replace(reference, "")
    parts[BODY] = without_marks(body).encode("utf-8")
    for name, added in (
        ("[Content_Types].xml", _TYPES),
        ("word/_rels/document.xml.rels", _RELATIONS),
        ("word/styles.xml", _STYLES),
    ):
        parts[name] = parts[name].replace(added, b"")
    for name in parts:
        if re.fullmatch(r"word/header\d*\.xml", name):
            parts[name] = parts[name].replace(_own_run(), b"")
    return pack(parts)
