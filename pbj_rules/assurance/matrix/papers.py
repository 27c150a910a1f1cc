"""Between rows, documents and templates: papers without a template, templates without a paper or a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pbj_rules.assurance.matrix.model import Orphan
from pbj_rules.assurance.matrix.sources import Sources, Template
from pbj_rules.regulation.model import Row

__all__ = ["extras_at", "paper_orphans"]

_ROW: Final = re.compile(r"[a-z]+(?:-[a-z]+)*/[0-9]+[a-z]?")


def extras_at(sources: Sources, row_id: str) -> tuple[str, ...]:
    """The papers that practice adds at a row: those whose declaration names it."""
    return tuple(one.id for one in sources.templates.values() if one.pelengkap and row_id in _ROW.findall(one.kapan))


def paper_orphans(sources: Sources) -> Iterator[Orphan]:
    """Orphans among documents and templates."""
    made = {paper.id for row in sources.regulation.rows() for paper in row.dokumen}
    named = {
        item.dokumen for row in sources.regulation.rows() for item in (*row.kelengkapan, *row.output) if item.dokumen
    }
    yield from _documents(sources, made | named)
    for template in sources.templates.values():
        yield from _template(sources, template, made)
        yield from _reads(sources, template)
    for row in sources.regulation.rows():
        yield from _items(sources, row)
        yield from _outputs(sources, row)
        yield from _copies(sources, row)


def _documents(sources: Sources, named: set[str]) -> Iterator[Orphan]:
    makers: dict[str, str] = {}
    for row in sources.regulation.rows():
        for paper in row.dokumen:
            makers.setdefault(paper.id, row.id)
    for document in sources.regulation.dokumen.values():
        if document.id not in named:
            yield sources.at_entry(
                "dokumen-tanpa-baris",
                "dokumen.yaml",
                "dokumen",
                document.id,
                f"dokumen “{document.judul}” tidak dihasilkan dan tidak diminta baris mana pun",
                "sedikitnya satu baris yang menghasilkan atau memintanya",
                "sebut pada barisnya, atau hapus dari dokumen.yaml",
                None,
            )
        template = sources.templates.get(document.id)
        if document.urutan_templat is not None and (template is None or template.file is None):
            yield sources.at_entry(
                "dokumen-tanpa-templat",
                "dokumen.yaml",
                "dokumen",
                document.id,
                f"dokumen “{document.judul}” tidak punya templat Word",
                f"berkas {document.id}.docx dalam {sources.templates_directory.name}/",
                "buat templatnya, atau tulis `urutan_templat: null` bila memang tidak dibuatkan",
                makers.get(document.id),
            )


def _template(sources: Sources, template: Template, made: set[str]) -> Iterator[Orphan]:
    if template.pelengkap:
        if template.file is None:
            yield _at_template(
                sources, template, "pelengkap-tanpa-templat", None,
                "naskah pelengkap ini dinyatakan, tetapi templat Wordnya tidak ada",
                f"berkas {template.id}.docx", "buat templatnya, atau hapus pernyataannya",
            )  # fmt: skip
        known = {row.id for row in sources.regulation.rows()}
        for row_id in dict.fromkeys(_ROW.findall(template.kapan)):
            if row_id not in known:
                yield _at_template(
                    sources, template, "pelengkap-tanpa-baris", row_id,
                    f"naskah pelengkap ini dibuat di baris {row_id}, yang tidak ada",
                    "baris yang ada", "perbaiki `kapan:`",
                )  # fmt: skip
        return
    if template.file is None:
        return  # a paper of the regulation: that it lacks a template is said of the document
    if template.id not in sources.regulation.dokumen:
        yield _at_template(
            sources, template, "templat-tanpa-dokumen", None,
            f"templat `{template.id}` bukan dokumen peraturan dan tidak dinyatakan pelengkap",
            "id dokumen dari dokumen.yaml", "ganti nama berkasnya, atau nyatakan `pelengkap:` dalam isiannya",
        )  # fmt: skip
    elif template.id not in made:
        yield _at_template(
            sources, template, "templat-tanpa-baris", None,
            f"templat `{template.id}` tidak dihasilkan baris mana pun",
            "sedikitnya satu baris yang menghasilkannya", "tambahkan `dokumen:` pada barisnya, atau hapus templatnya",
        )  # fmt: skip


def _reads(sources: Sources, template: Template) -> Iterator[Orphan]:
    regulation = sources.regulation
    decisions = {decision.id for row in regulation.rows() for decision in row.keputusan}
    for kind, names, known in (
        ("keputusan", template.keputusan, decisions),
        ("fakta", template.fakta, set(regulation.fakta)),
        ("parameter", template.parameter, set(regulation.parameter)),
    ):
        for name in names:
            if name not in known:
                yield _at_template(
                    sources, template, f"templat-tanpa-{kind}", None,
                    f"templat `{template.id}` membaca {kind} `{name}`, yang tidak ada dalam aturan",
                    f"{kind} yang ada", "perbaiki isian templatnya, atau aturannya",
                )  # fmt: skip


def _at_template(
    sources: Sources, template: Template, kind: str, row_id: str | None, message: str, expected: str, remedy: str
) -> Orphan:
    file = template.file if template.file is not None else template.declaration
    shown = sources.shown(file) if file is not None else sources.templates_directory.name
    return Orphan(kind, template.id, row_id, shown, None, message, expected, remedy)


def _items(sources: Sources, row: Row) -> Iterator[Orphan]:
    """What a row asks for or gives is a document, or said to be none."""
    for item in (*row.kelengkapan, *row.output):
        if item.teks and not item.dokumen and not item.bukan_dokumen:
            yield sources.at_row(
                "butir-tanpa-dokumen",
                item.teks,
                row,
                f"butir “{item.teks:.60}” tidak menamai dokumen dan tidak dinyatakan bukan dokumen",
                "`dokumen:` atau `bukan_dokumen:` pada butir itu",
                "sebutkan dokumennya, atau nyatakan bukan dokumen",
            )


def _outputs(sources: Sources, row: Row) -> Iterator[Orphan]:
    """What the column Output names, the row produces; unless the register says that the cell is wrong."""
    made = {paper.id for paper in row.dokumen}
    for item in row.output:
        if item.dokumen and item.dokumen not in made and not row.anomali:
            yield sources.at_row(
                "output-tanpa-aturan",
                item.dokumen,
                row,
                f"kolom Output menyebut `{item.dokumen}` (“{item.teks:.60}”), yang tidak dihasilkan baris ini",
                f"`dokumen: [{{id: {item.dokumen}, …}}]`",
                "tambahkan `dokumen:`, atau catat anomalinya",
            )


def _copies(sources: Sources, row: Row) -> Iterator[Orphan]:
    made = {other.id: {paper.id for paper in other.dokumen} for other in sources.regulation.rows()}
    for paper in row.dokumen:
        source = paper.salinan_dari
        if source is not None and source in made and paper.id not in made[source]:
            yield sources.at_row(
                "salinan-tanpa-asal",
                paper.id,
                row,
                f"`{paper.id}` salinan dari {source}, yang tidak menghasilkannya",
                "baris yang menghasilkan lembar yang sama",
                "perbaiki `salinan_dari:`",
            )
