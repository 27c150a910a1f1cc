"""What is wrong with the tags of a page as it was typed, before blocks or values come in: paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

from pbj_rules.documents.templates.blocks import BlockError, call_of
from pbj_rules.documents.templates.mending import SplitTag, split_tags, typed_text
from pbj_rules.documents.templates.tags import BrokenTagError, Tag, own_kind, tags_of
from pbj_rules.documents.word.markup import w

__all__ = ["PageFault", "page_faults", "tagged"]

ADVICE: Final = "sunting di Word, lalu jalankan `pbj check` lagi"
_RETYPE: Final = "ketik ulang tanda itu sekaligus, dalam satu format"
_UNKNOWN: Final = re.compile(r"\{\{(r|tr|tc)\s")
_NAMES: Final = {"p": "alinea", "tr": "baris tabel", "tc": "sel tabel"}
# What a person sees that is no text, by the name that people call it.
_CONTENT: Final = {
    w("drawing"): "gambar", w("pict"): "gambar", w("object"): "objek", w("fldChar"): "bidang", w("fldSimple"): "bidang",
    w("footnoteReference"): "catatan kaki", w("endnoteReference"): "catatan akhir", w("sym"): "simbol",
    w("sectPr"): "pemisah bagian",
}  # fmt: skip
# Properties of runs that nobody sees.
_UNSEEN: Final = frozenset(map(w, ("lang", "noProof", "bCs", "iCs", "szCs", "rPrChange", "webHidden", "kern")))
_FONT_NAMES: Final = (w("ascii"), w("hAnsi"), w("asciiTheme"), w("hAnsiTheme"))
Element = Any


@frozen
class PageFault:
    """A fault at a paragraph. ``stops``: whether the page cannot be read any further before it is mended."""

    paragraph: Element
    message: str
    remedy: str = ADVICE
    expected: str = ""
    stops: bool = False


def page_faults(root: Element) -> Iterator[PageFault]:
    """The faults of a page, in the order of its paragraphs."""
    revised = next(root.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo")), None)
    if revised is not None:
        paragraph = next(revised.iterancestors(w("p")), None)
        where = next(revised.iter(w("p")), None) if paragraph is None else paragraph
        yield PageFault(
            where,
            "memuat perubahan terlacak, yang akan tampak pada naskah",
            "terima atau tolak semua perubahan di Word",
        )
    taken: set[Element] = set()
    for paragraph in root.iter(w("p")):
        text = typed_text(paragraph)
        if "{" in text or "}" in text:
            yield from _paragraph_faults(paragraph, text, taken)


def _paragraph_faults(paragraph: Element, text: str, taken: set[Element]) -> Iterator[PageFault]:
    """``taken``: the paragraphs, rows and cells whose place a tag has taken already."""
    try:
        tags = list(tags_of(text))
    except BrokenTagError as error:
        yield PageFault(
            paragraph, f"tanda templat salah: {error}", "ketik tanda itu lengkap dalam satu alinea", "", True
        )
        return
    rest = _without(text, tags)
    if "{" in rest or "}" in rest:
        yield PageFault(paragraph, "kurung kurawal yang bukan tanda templat", expected="`{{ nama }}` atau `{% … %}`")
    for tag in tags:
        if tag.text.startswith("{#"):
            message = f"catatan `{tag.text[:60]}` tidak akan tercetak"
            yield PageFault(paragraph, message, "hapus tanda itu, atau tulis teksnya di luar tanda")
            if not own_kind(tag.text):
                continue
        if found := _UNKNOWN.match(tag.text):
            message = f"tanda `{{{{{found[1]} … }}}}` tidak dipakai di templat"
            yield PageFault(paragraph, message, "tulis `{{ … }}`", "", True)
        elif tag.text.startswith("{{p "):
            yield from _block_faults(paragraph, text, tag)
        elif own_kind(tag.text):
            yield from _own_faults(paragraph, tag, taken)
            break  # the others are text beside it
    for split in split_tags(paragraph):
        yield from _split_faults(paragraph, split)


def _without(text: str, tags: list[Tag]) -> str:
    ends = [0, *(tag.end for tag in tags)]
    starts = [*(tag.start for tag in tags), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _block_faults(paragraph: Element, text: str, tag: Tag) -> Iterator[PageFault]:
    if text.strip() != tag.text:
        yield PageFault(
            paragraph,
            f"teks di samping blok `{tag.text}`",
            "beri blok itu alinea sendiri",
            "alinea yang hanya berisi blok",
            True,
        )
        return
    try:
        call_of(paragraph)
    except BlockError as error:
        yield PageFault(paragraph, str(error), stops=True)
    if lost := _content(paragraph):
        yield PageFault(paragraph, f"{lost} dalam alinea blok `{tag.text}` akan hilang", "pindahkan ke alinea lain")


def _own_faults(paragraph: Element, tag: Tag, taken: set[Element]) -> Iterator[PageFault]:
    """What vanishes with the paragraph, row or cell whose place a tag takes."""
    kind = own_kind(tag.text)
    written = f"`{tag.text[:60]}`"
    whole = paragraph if kind == "p" else next(paragraph.iterancestors(w(kind)), None)
    if whole in taken:
        return
    if whole is None:
        yield PageFault(paragraph, f"tanda {written} di luar tabel", "pakai `{%p … %}`", "", True)
        return
    if kind != "p" and next(whole.iter(w("tbl")), None) is not None:
        yield PageFault(
            paragraph, f"{_NAMES[kind]} dengan tanda {written} memuat tabel lain", "pindahkan tabel itu", "", True
        )
        return
    taken.add(whole)
    everything = "".join(typed_text(inner) for inner in whole.iter(w("p")))
    lost = " ".join(everything.replace(tag.text, "", 1).split())
    if lost:
        yield PageFault(
            paragraph,
            f"teks di samping tanda {written} akan hilang: “{lost[:60]}”",
            f"beri tanda itu {_NAMES[kind]} sendiri",
            f"{_NAMES[kind]} yang hanya berisi satu tanda",
        )
    if gone := _content(whole):
        yield PageFault(
            paragraph, f"{gone} di samping tanda {written} akan hilang", f"beri tanda itu {_NAMES[kind]} sendiri"
        )


def _content(element: Element) -> str:
    """The first thing in an element that is no text and that people would miss."""
    for node in element.iter():
        if node.tag in _CONTENT:
            return _CONTENT[node.tag]
        if node.tag == w("br") and node.get(w("type")) in ("page", "column"):
            return "pindah halaman"
    return ""


def _split_faults(paragraph: Element, split: SplitTag) -> Iterator[PageFault]:
    """What becomes of a tag in pieces: its value has the format of the first, and what stood inside comes after it."""
    written = f"`{split.tag.text[:60]}`"
    inside = next((_CONTENT[node.tag] for node in split.inside if node.tag in _CONTENT), "")
    if inside:
        yield PageFault(paragraph, f"{inside} di dalam tanda {written} akan bergeser", _RETYPE)
    printed = split.tag.text.startswith("{{") and not split.tag.text.startswith("{{p ")
    if printed and len({_look(run) for run in split.runs}) > 1:
        yield PageFault(
            paragraph,
            f"tanda {written} ditulis dalam beberapa format; nilainya akan tercetak seperti huruf pertamanya",
            _RETYPE,
        )


def _look(run: Element) -> frozenset[tuple[str, ...]]:
    """What a reader sees of a run's format."""
    properties = run.find(w("rPr"))
    seen = set()
    for item in () if properties is None else properties:
        if item.tag == w("rFonts"):
            seen.add((item.tag, *(item.get(name, "") for name in _FONT_NAMES)))
        elif item.tag not in _UNSEEN:
            seen.add((item.tag, *(f"{name}={value}" for name, value in sorted(item.attrib.items()))))
    return frozenset(seen)


def tagged(root: Element) -> Element | None:
    """The first paragraph with a tag in a part that no value reaches."""
    return next((paragraph for paragraph in root.iter(w("p")) if re.search(r"\{[{%]", typed_text(paragraph))), None)
