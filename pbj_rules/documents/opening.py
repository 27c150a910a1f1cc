"""Opens Word files that somebody else may have made: templates and blocks, refused where they could do harm.

What Word itself would fetch or run on opening a paper counts as harm too: links to other files, macros, embedded
objects, and fields that do more than print the number of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from lxml import etree

from pbj_rules.documents.dressing import PAGES
from pbj_rules.documents.markup import R, parse, w
from pbj_rules.documents.package import TYPES, Package
from pbj_rules.documents.packing import unpack
from pbj_rules.documents.pictures import picture_fault
from pbj_rules.documents.printing import TemplateFaultError
from pbj_rules.system import reason_of

__all__ = ["DOCUMENT", "MAX_PART_BYTES", "open_template"]

DOCUMENT: Final = "word/document.xml"
MAX_PART_BYTES: Final = 5_000_000
# A hundred pages of text and tables.
MAX_PAGE_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 200
# Tables in tables.
MAX_TABLES: Final = 8
_PICTURES: Final = frozenset({"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf"})
_FONTS: Final = frozenset({"odttf", "ttf", "otf", "fntdata"})
_DECLARED: Final = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_UTF8: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_REFERENCES: Final = tuple(f"{{{R}}}{name}" for name in ("id", "embed", "link", "pict"))
# The last words of the types of relations that bring in what is not the paper's own.
_FOREIGN: Final = frozenset(
    {
        "achunk", "activexcontrolbinary", "afchunk", "attachedtemplate", "attachedtoolbars", "control",
        "externallink", "externallinkpath", "frame", "keymapcustomizations", "mailmergeheadersource",
        "mailmergesource", "oleobject", "package", "recipientdata", "subdocument", "vbaproject", "wordvbadata",
    }
)  # fmt: skip
_FOREIGN_TYPE: Final = re.compile(r"macroenabled|vbaproject|activex|oleobject|ms-office\.vba", re.IGNORECASE)
_MAIN_TYPE: Final = "wordprocessingml.document.main+xml"
# Fields that print what the paper itself holds.
_FIELDS: Final = frozenset(
    {
        "=", "CREATEDATE", "DATE", "FORMTEXT", "NUMPAGES", "NUMWORDS", "PAGE", "PAGEREF", "REF", "SAVEDATE", "SECTION",
        "SECTIONPAGES", "SEQ", "STYLEREF", "TC", "TIME", "TITLE", "TOC", "XE",
    }
)  # fmt: skip


def open_template(path: Path) -> dict[str, bytes]:
    """The parts of a Word file. Raises TemplateFaultError, naming the part, for one that must not be used."""
    try:
        parts = unpack(path)
    except OSError as error:
        raise TemplateFaultError(reason_of(error), "") from error
    except ValueError as error:
        raise TemplateFaultError(str(error), "") from error
    for name, data in parts.items():
        if why := _part_fault(name, data):
            raise TemplateFaultError(why, name)
    for name, why in _package_faults(parts):
        raise TemplateFaultError(why, name)
    return parts


def _part_fault(name: str, data: bytes) -> str:
    """Why a part must not be opened, or nothing."""
    kind = name.lower().rpartition(".")[2]
    if name.lower().startswith(("word/embeddings/", "word/activex/")) or kind in ("bin", "vbs", "js", "exe"):
        return "memuat makro atau objek tertanam, yang tidak diizinkan dalam templat"
    if kind in _PICTURES:
        return picture_fault(kind, data)
    if kind in _FONTS:
        return ""
    if kind not in ("xml", "rels"):
        return f"bagian jenis `.{kind[:20]}` tidak diizinkan dalam templat"
    return _xml_fault(name, data)


def _xml_fault(name: str, data: bytes) -> str:
    """Why a part of XML must not be read. Nothing is parsed before its signs are known to be what they seem."""
    most = MAX_PAGE_BYTES if PAGES.fullmatch(name) else MAX_PART_BYTES
    if len(data) > most:
        return f"lebih besar dari {most} bita"
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].decode("latin-1").lower() not in _UTF8:
        return "bukan XML dalam UTF-8"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "bukan XML dalam UTF-8"
    if "\0" in text or not text.lstrip().startswith("<"):
        return "bukan XML dalam UTF-8"
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return "memuat DOCTYPE atau ENTITY, yang tidak diizinkan dalam templat"
    try:
        root = parse(data)
    except etree.XMLSyntaxError as error:
        return f"XML-nya rusak atau bersarang terlalu dalam, pada baris {error.lineno}"
    if name.endswith(".rels"):
        return _relation_fault(root)
    if name == DOCUMENT and root.find(w("body")) is None:
        return "bukan naskah Word"
    if name.startswith("word/"):
        return _field_fault(root) or _depth_fault(root)
    return ""


def _depth_fault(root: Any) -> str:
    """Why a part is nested as no page is: looking at tables in tables takes the square of their number."""
    depth = tables = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        step = 1 if event == "start" else -1
        depth += step
        tables += step if element.tag == w("tbl") else 0
        if depth > MAX_DEPTH or tables > MAX_TABLES:
            return "XML-nya bersarang terlalu dalam"
    return ""


def _relation_fault(root: Any) -> str:
    """Why the relations of a part are not those of a template."""
    for item in root.iter(_RELATION):
        target = item.get("Target", "")
        if item.get("TargetMode", "Internal").lower() != "internal" or ":" in target or "\\" in target:
            return (
                f"menunjuk ke luar berkas ({target[:100]}), yang tidak diizinkan dalam templat; "
                "hapus tautan, atau sematkan gambarnya"
            )
        if item.get("Type", "").rpartition("/")[2].lower() in _FOREIGN:
            return "memuat objek, makro, atau dokumen lain di dalamnya, yang tidak diizinkan dalam templat"
    return ""


def _field_fault(root: Any) -> str:
    """Why a part's fields must not be in a paper: they fetch, run or hide something, or are made of values."""
    code = ""
    for node in root.iter(w("fldSimple"), w("fldChar"), w("instrText")):
        if node.tag == w("instrText"):
            code += node.text or ""
            continue
        why = _code_fault(code) or _code_fault(node.get(w("instr"), ""))
        if why:
            return why
        code = ""
    return _code_fault(code)


def _code_fault(code: str) -> str:
    word = code.split(maxsplit=1)[0].upper() if code.strip() else "="
    if word not in _FIELDS and not word.startswith("="):
        return f"memuat bidang Word `{word[:30]}`, yang tidak diizinkan dalam templat; hapus bidang itu"
    if "{{" in code or "{%" in code:
        return "memuat tanda templat di dalam bidang Word; tulis tanda itu sebagai teks biasa"
    return ""


def _package_faults(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """What keeps Word from opening the file: parts that nothing declares, and references to what is not there."""
    if TYPES not in parts:
        yield TYPES, "tidak ada; berkas Word ini rusak"
        return
    types = parse(parts[TYPES])
    listed = [item.get("ContentType", "") for item in types]
    if any(map(_FOREIGN_TYPE.search, listed)):
        yield TYPES, "memuat makro atau objek tertanam, yang tidak diizinkan dalam templat"
    if not any(kind.endswith(_MAIN_TYPE) for kind in listed):
        yield TYPES, "tidak menyebut naskahnya; berkas Word ini rusak, atau bukan .docx"
    package = Package(dict(parts))
    if ("officeDocument", DOCUMENT) not in package.related("").values():
        yield "_rels/.rels", "tidak menunjuk ke naskahnya; berkas Word ini rusak"
    for name in filter(PAGES.fullmatch, parts):
        related = package.related(name)
        for _, target in related.values():
            if target not in parts:
                yield name, f"menunjuk ke bagian yang tidak ada ({target[:100]}); berkas Word ini rusak"
        for node in parse(parts[name]).iter(etree.Element):
            for reference in _REFERENCES:
                identifier = node.get(reference)
                if identifier and identifier not in related:
                    yield name, f"menunjuk ke `{identifier[:30]}`, yang tidak ada; berkas Word ini rusak"
