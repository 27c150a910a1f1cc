"""A drawing as Word holds it: one group of DrawingML shapes, anchored before the table that it stands over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from pbj_rules.assurance.rulebook.drawing import Box, Drawing, Mark, Point, Polyline, Shape
from pbj_rules.assurance.rulebook.flow import Sign
from pbj_rules.assurance.rulebook.ooxml import EMU_PER_MM, NAMESPACES, element
from pbj_rules.assurance.rulebook.routing import MARK_POINTS

__all__ = ["anchored"]

_GEOMETRY: Final = {
    Sign.CAPSULE: "flowChartTerminator",
    Sign.BOX: "flowChartProcess",
    Sign.DIAMOND: "flowChartDecision",
    Sign.PENTAGON: "flowChartOffpageConnector",
}
_NAMES: Final = {
    Sign.CAPSULE: "Mulai/selesai",
    Sign.BOX: "Kegiatan",
    Sign.DIAMOND: "Keputusan",
    Sign.PENTAGON: "Penghubung halaman",
}
_STROKE: Final = 9_525  # three quarters of a point
_BLACK: Final = element("a:solidFill", None, element("a:srgbClr", {"val": "000000"}))
_WHITE: Final = element("a:solidFill", None, element("a:srgbClr", {"val": "FFFFFF"}))
_INSETS: Final[dict[str, str | int]] = {"lIns": 0, "tIns": 0, "rIns": 0, "bIns": 0, "anchor": "ctr", "anchorCtr": 0}


def anchored(drawing: Drawing, origin: Point, number: int, title: str) -> str:
    """The run that holds the drawing.

    ``origin``: how far the drawing's origin is from the page's left edge and from the top of its own paragraph;
    ``number``: of this drawing in the file.
    """
    # A group is as large as what is in it: some programs take any other size for a scale.
    box = drawing.bounds
    at = (origin[0] + box.left, origin[1] + box.top)
    shapes = "".join(_shapes(drawing, box, number * 1_000))
    group = element(
        "wpg:wgp",
        None,
        element("wpg:cNvGrpSpPr"),
        element("wpg:grpSpPr", None, _group_place(box)),
        shapes,
    )
    data = element("a:graphicData", {"uri": NAMESPACES["wpg"]}, group)
    flags: dict[str, str | int] = {
        "distT": 0,
        "distB": 0,
        "distL": 0,
        "distR": 0,
        "simplePos": 0,
        "relativeHeight": 251_658_240 + number,
    }
    flags |= {"behindDoc": 0, "locked": 0, "layoutInCell": 1, "allowOverlap": 1}
    anchor = element(
        "wp:anchor",
        flags,
        element("wp:simplePos", {"x": 0, "y": 0}),
        element("wp:positionH", {"relativeFrom": "page"}, element("wp:posOffset", None, str(_emu(at[0])))),
        element("wp:positionV", {"relativeFrom": "paragraph"}, element("wp:posOffset", None, str(_emu(at[1])))),
        element("wp:extent", {"cx": _emu(box.width), "cy": _emu(box.height)}),
        element("wp:effectExtent", {"l": 0, "t": 0, "r": 0, "b": 0}),
        element("wp:wrapNone"),
        element("wp:docPr", {"id": number, "name": f"Bagan alur {number}", "descr": title}),
        element("wp:cNvGraphicFramePr"),
        element("a:graphic", None, data),
    )
    choice = element("mc:Choice", {"Requires": "wpg"}, element("w:drawing", None, anchor))
    return element("w:r", None, element("mc:AlternateContent", None, choice))


def _emu(millimetres: float) -> int:
    return round(millimetres * EMU_PER_MM)


def _group_place(box: Box) -> str:
    size = {"cx": _emu(box.width), "cy": _emu(box.height)}
    return element(
        "a:xfrm",
        None,
        element("a:off", {"x": 0, "y": 0}),
        element("a:ext", size),
        element("a:chOff", {"x": 0, "y": 0}),
        element("a:chExt", size),
    )


def _shapes(drawing: Drawing, frame: Box, first: int) -> Iterator[str]:
    number = first
    for line in drawing.lines:
        number += 1
        yield _line(line, frame, number)
    for shape in drawing.shapes:
        number += 1
        yield _shape(shape, frame, number)
    for mark in drawing.marks:
        number += 1
        yield _mark(mark, frame, number)


def _place(box: Box, frame: Box) -> str:
    return element(
        "a:xfrm",
        None,
        element("a:off", {"x": _emu(box.left - frame.left), "y": _emu(box.top - frame.top)}),
        element("a:ext", {"cx": _emu(box.width), "cy": _emu(box.height)}),
    )


def _stroke(*, dashed: bool, arrow: bool = False) -> str:
    dash = element("a:prstDash", {"val": "dash"}) if dashed else ""
    tail = element("a:tailEnd", {"type": "triangle", "w": "med", "len": "med"}) if arrow else ""
    return element("a:ln", {"w": _STROKE}, _BLACK, dash, element("a:miter", {"lim": 800_000}), tail)


def _shape(shape: Shape, frame: Box, number: int) -> str:
    geometry = element("a:prstGeom", {"prst": _GEOMETRY[shape.sign]}, element("a:avLst"))
    look = _place(shape.box, frame) + geometry + _WHITE + _stroke(dashed=shape.dashed)
    # The point of a pentagon is no place for a letter.
    below = _emu(shape.box.height * 0.15) if shape.sign is Sign.PENTAGON else 0
    text = _text(shape.text, "center", below) if shape.text else element("wps:bodyPr", _INSETS)
    return element(
        "wps:wsp",
        None,
        element("wps:cNvPr", {"id": number, "name": f"{_NAMES[shape.sign]} {shape.name}"}),
        element("wps:cNvSpPr"),
        element("wps:spPr", None, look),
        text,
    )


def _text(text: str, place: str, below: int = 0) -> str:
    size = round(MARK_POINTS * 2)
    run = element(
        "w:r",
        None,
        element("w:rPr", None, element("w:sz", {"w:val": size}), element("w:szCs", {"w:val": size})),
        element("w:t", None, escape(text)),
    )
    paragraph = element("w:p", None, element("w:pPr", None, element("w:jc", {"w:val": place})), run)
    return element("wps:txbx", None, element("w:txbxContent", None, paragraph)) + element(
        "wps:bodyPr", {"wrap": "none" if place != "center" else "square", **_INSETS, "bIns": below}
    )


def _line(line: Polyline, frame: Box, number: int) -> str:
    left, top = (min(point[axis] for point in line.points) for axis in (0, 1))
    right, bottom = (max(point[axis] for point in line.points) for axis in (0, 1))
    steps = [(_emu(x - left), _emu(y - top)) for x, y in line.points]
    path = "".join(
        element("a:lnTo" if position else "a:moveTo", None, element("a:pt", {"x": x, "y": y}))
        for position, (x, y) in enumerate(steps)
    )
    box = Box(left, top, right - left, bottom - top)
    size: dict[str, str | int] = {"w": _emu(box.width), "h": _emu(box.height), "fill": "none"}
    geometry = element(
        "a:custGeom",
        None,
        *(element(f"a:{part}") for part in ("avLst", "gdLst", "ahLst", "cxnLst")),
        element("a:rect", {"l": "0", "t": "0", "r": "r", "b": "b"}),
        element("a:pathLst", None, element("a:path", size, path)),
    )
    look = _place(box, frame) + geometry + element("a:noFill") + _stroke(dashed=line.dashed, arrow=line.arrow)
    return element(
        "wps:wsp",
        None,
        element("wps:cNvPr", {"id": number, "name": f"Panah {line.name}" if line.arrow else f"Garis {line.name}"}),
        element("wps:cNvCnPr"),
        element("wps:spPr", None, look),
        element("wps:bodyPr"),
    )


def _mark(mark: Mark, frame: Box, number: int) -> str:
    geometry = element("a:prstGeom", {"prst": "rect"}, element("a:avLst"))
    look = _place(mark.box, frame) + geometry + element("a:noFill") + element("a:ln", None, element("a:noFill"))
    return element(
        "wps:wsp",
        None,
        element("wps:cNvPr", {"id": number, "name": f"Tanda {mark.text}"}),
        element("wps:cNvSpPr", {"txBox": 1}),
        element("wps:spPr", None, look),
        _text(mark.text, "right" if mark.right else "left"),
    )
