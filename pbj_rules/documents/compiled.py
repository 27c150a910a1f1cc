"""Compiled templates: patched and compiled once, static parts deflated once, rendered any number of times.

What is made of a template is kept between runs (`template_cache`). A paper is the template's parts, rendered
by generated code where that can be done and by docxtpl itself where it cannot; both give the same parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import count
from pathlib import Path
from types import CodeType
from typing import Any, Final, NamedTuple

from pbj_rules.documents.packing import Record, deflated, in_order, joined
from pbj_rules.documents.places import blocks_folder
from pbj_rules.documents.printing import (
    Rounds,
    Run,
    TemplateFaultError,
    joined_text,
    numbered,
    passing_blanks,
    without_empty_runs,
)
from pbj_rules.documents.template_cache import keep, kept, key_of
from pbj_rules.formatting import FILTERS

__all__ = ["CompiledTemplate", "Look", "compile_template"]

# Raised by one when compiled entries change their shape.
FORMAT: Final = 3
# The modules that decide what a template becomes: a change of theirs makes every entry anew.
_MAKERS: Final = (
    "blocks", "codegen", "compiled", "compiling", "composing", "dressing", "markup", "mending", "opening", "package",
    "packing", "page_text", "pictures", "printing", "sandbox", "review_code", "seal", "source_names", "tags",
    "templating", "words",
)  # fmt: skip


class Look(NamedTuple):
    """What an office changes of a template: page and type, emblem, and whether papers bear a QR code.

    ``review``: whether it is for a review draft, whose code tells what it prints (see `review_marks`).
    """

    page: Any = None
    logo: bytes | None = None
    qr: bool = False
    review: bool = False


class _Part(NamedTuple):
    """A part with values in it. ``render``: the generated function. ``sites``: what its places read, for a review.

    ``plain``: whether `page_text` can read its words.
    """

    name: str
    render: Callable[..., str]
    runs: tuple[Run, ...]
    sites: tuple[tuple[str, ...], ...]
    plain: bool


class CompiledTemplate(NamedTuple):
    """A template ready to render.

    ``order``: the names of all its parts. ``records``, ``digests``: of each part as it is in the template.
    ``parts``: those with values. ``whole``: the Word file that docxtpl renders, where code cannot.
    """

    path: Path
    order: tuple[str, ...]
    records: Mapping[str, Record]
    digests: Mapping[str, bytes]
    parts: tuple[_Part, ...]
    whole: bytes | None

    def render(self, context: Mapping[str, Any], notes: Mapping[str, Any] | None = None) -> dict[str, bytes]:
        """The parts that the values change. Raises TemplateFaultError at the paragraph that fails.

        ``notes``: what takes the notes of each part, for a template compiled for a review.
        """
        if self.whole is not None:
            from pbj_rules.documents.locating import located_whole
            from pbj_rules.documents.templating import render_with_docxtpl

            try:
                return render_with_docxtpl(self.whole, context)
            except TemplateFaultError as fault:
                raise located_whole(self.path, context, fault) from fault
        made = {}
        try:
            for part in self.parts:
                xml = part.render(context, Rounds(), part.runs, _FILTERS, notes and notes[part.name])
                if part.name == _BODY:
                    xml = _drawings_numbered(xml)
                if _YELLOW in xml and notes is None:
                    xml = without_empty_runs(xml)
                made[part.name] = xml.encode("utf-8")
        except Exception as error:
            from pbj_rules.documents.locating import located

            raise located(self.path, part.name, context, error) from error
        return made

    def pack(self, changed: Mapping[str, bytes]) -> bytes:
        """The Word file: the template's parts, but for those that changed or came with the values."""
        new = [name for name in changed if name not in self.records]
        order = in_order([*self.order, *new]) if new else self.order
        return joined(deflated(name, changed[name]) if name in changed else self.records[name] for name in order)


def _drawings_numbered(xml: str) -> str:
    """Every drawing of the body with a number of its own, however often it is printed, as docxtpl numbers them."""
    if _DRAWING not in xml:
        return xml
    numbers = count(_FIRST_DRAWING)
    return _DRAWING_ID.sub(lambda found: f'{found[1]}"{next(numbers)}"', xml)


_BODY: Final = "word/document.xml"
_DRAWING: Final = "<wp:docPr "
_DRAWING_ID: Final = re.compile(r'(<wp:docPr [^>]*?\bid=)"[^"]*"')
_FIRST_DRAWING: Final = 1001
_YELLOW: Final = '<w:highlight w:val="yellow"/>'
_FILTERS: Final = {name: passing_blanks(function) for name, function in FILTERS.items()}


def compile_template(path: Path, look: Look | None = None) -> CompiledTemplate:
    """The template at ``path`` in an office's look, from memory or the cache while nothing of it has changed.

    Raises TemplateFaultError.
    """
    stamps = tuple(
        (str(file), status.st_mtime_ns, status.st_size)
        for file in (path, *sorted(blocks_folder(path).glob("*.docx")))
        for status in [file.stat()]
    )
    return _compile(path, look or Look(), stamps)


@lru_cache(maxsize=256)
def _compile(path: Path, look: Look, stamps: tuple[tuple[str, int, int], ...]) -> CompiledTemplate:
    made_from = (FORMAT, look.page, look.qr, look.review, _makers())
    key = key_of([repr(made_from).encode(), look.logo or b"", *_files(stamps)])
    entry = kept(key)
    if entry is None:
        from pbj_rules.documents.compiling import compiled_parts
        from pbj_rules.documents.seal import digest_of

        parts, codes, whole = compiled_parts(path, look)
        records = {name: tuple(deflated(name, data)) for name, data in parts.items()}
        digests = {name: digest_of(data) for name, data in parts.items()}
        entry = (tuple(in_order(parts)), records, digests, codes, whole)
        keep(key, entry)
    return _revived(path, entry)


def _files(stamps: tuple[tuple[str, int, int], ...]) -> list[bytes]:
    """Each file's name and bytes."""
    try:
        return [piece for file, _, _ in stamps for piece in (Path(file).name.encode(), Path(file).read_bytes())]
    except OSError as error:
        raise TemplateFaultError(str(error), "") from error


@lru_cache(maxsize=1)
def _makers() -> tuple[Any, ...]:
    """What else an entry depends on: the code that makes it, and the libraries it is made with."""
    from importlib.util import find_spec

    here = Path(__file__).parent
    files = [*(here / f"{name}.py" for name in _MAKERS), here.parent / "formatting.py"]
    for library in ("docxtpl", "jinja2"):
        spec = find_spec(library)
        if spec is not None and spec.origin:
            files.append(Path(spec.origin))
    return tuple((file.name, status.st_mtime_ns, status.st_size) for file in files for status in [file.stat()])


def _revived(path: Path, entry: tuple[Any, ...]) -> CompiledTemplate:
    order, records, digests, codes, whole = entry
    return CompiledTemplate(
        path,
        order,
        {name: Record(*record) for name, record in records.items()},
        digests,
        tuple(
            _Part(name, _function(code), tuple(map(Run, runs)), sites, plain)
            for name, code, runs, sites, plain in codes
        ),
        whole,
    )


def _function(code: CodeType) -> Callable[..., str]:
    """The function of a part, from its code."""
    names: dict[str, Any] = {"numbered": numbered, "joined_text": joined_text}
    exec(code, names)
    made: Callable[..., str] = names["render"]
    return made
