"""The parts of a Word file that hold no word of it, but without which it is not whole: theme and table of fonts."""

from __future__ import annotations

from typing import Final

__all__ = ["font_table", "theme"]

_COLOURS: Final = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "44546A",
    "lt2": "E7E6E6",
    "accent1": "2E6E78",
    "accent2": "EEBE46",
    "accent3": "7F7F7F",
    "accent4": "1E3C5A",
    "accent5": "5B8A72",
    "accent6": "A65E2E",
    "hlink": "0563C1",
    "folHlink": "954F72",
}
_FILL: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE: Final = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT: Final = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme(font: str) -> str:
    """A theme of one typeface."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    face = f'<a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/>'
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Buku"><a:themeElements>'
        f'<a:clrScheme name="Buku">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Buku"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="Buku"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def font_table(font: str) -> str:
    """The table of fonts, of one."""
    return (
        '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:font w:name="{font}"><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )
