"""Reads a template for checking: each page as it was typed, then with its blocks in place, name by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import define, field

from pbj_rules.documents.checking.block_faults import BlockFaults, Instance, block_of
from pbj_rules.documents.checking.page_checks import tagged
from pbj_rules.documents.checking.page_reading import ReadPage, Source, problem_at, read_page, read_source, silence
from pbj_rules.documents.checking.tracing import Tracer
from pbj_rules.documents.contract.kinds import Kind
from pbj_rules.documents.templates.blocks import BlockError, compose
from pbj_rules.documents.templates.codegen import cuts_of
from pbj_rules.documents.templates.dressing import PAGES
from pbj_rules.documents.templates.opening import DOCUMENT, open_template
from pbj_rules.documents.templates.printing import TemplateFaultError
from pbj_rules.documents.templates.signposts import Place, Signs, own_text, part_words, signs_in
from pbj_rules.documents.word.markup import parse
from pbj_rules.documents.word.package import Package, write
from pbj_rules.errors import Problem

__all__ = ["ReadTemplate", "read_parts"]

_UNPRINTED = ("word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")


@define
class ReadTemplate:
    """A template as read. ``used``: the dotted names that it reads; ``blocks``: those that it names.

    ``always``: the names that it reads whatever its conditions say. ``whole``: whether all of it could be read.
    """

    problems: list[Problem]
    used: set[str] = field(factory=set)
    always: set[str] = field(factory=set)
    blocks: set[str] = field(factory=set)
    whole: bool = True


def read_parts(path: Path, vocabulary: Mapping[str, Kind] | None, faults: BlockFaults) -> ReadTemplate:
    """A template; what shows in its blocks goes to ``faults``. ``vocabulary``: None where any name may be used."""
    try:
        parts = open_template(path)
    except TemplateFaultError as fault:
        expected = "templat Word (.docx) yang aman"
        return ReadTemplate([Problem(fault.message, str(path), path=fault.place, expected=expected)], whole=False)
    return _Reader(path, parts, vocabulary, faults).read()


@define
class _Reader:
    path: Path
    parts: dict[str, bytes]
    vocabulary: Mapping[str, Kind] | None
    faults: BlockFaults
    signs: Signs = field(factory=Signs)
    made: ReadTemplate = field(factory=lambda: ReadTemplate([]))

    def read(self) -> ReadTemplate:
        words = part_words(self.parts)
        shelf = self.faults.shelf
        shown = {DOCUMENT, *(name for _, name in Package(self.parts).related(DOCUMENT).values())}
        for name in sorted(filter(PAGES.fullmatch, self.parts)):
            if name not in shown:
                continue
            page = read_page(self.parts[name], self.path, words.get(name, name), name, self.signs, shelf.parameters)
            self.made.problems += page.problems
            self.made.blocks |= {call.name for call in page.calls.values()}
            if silence(page, shelf.broken) or page.problems:
                self.made.whole = False
            if page.ready:
                self._with_blocks(name, words.get(name, name), page)
        for name in filter(self.parts.__contains__, _UNPRINTED):
            if (paragraph := tagged(parse(self.parts[name]))) is not None:
                place = Place(self.path, words[name], (), own_text(paragraph))
                self.made.problems.append(problem_at(place, "tanda templat di sini tidak diisi", "pindahkan ke naskah"))
        return self.made

    def _with_blocks(self, name: str, part: str, page: ReadPage) -> None:
        for sign, call in page.calls.items():
            self.faults.calls[self.path, sign] = call
            self.faults.places[self.path, sign] = self.signs.places[sign]
        for other in self.faults.shelf.pages.values():
            self.faults.calls.update({(None, sign): call for sign, call in other.calls.items()})
        try:
            composed = compose({**self.parts, name: write(page.root)}, self.faults.shelf.usable(), [name])
        except BlockError as error:
            self.made.whole = False
            self.made.problems.append(problem_at(Place(self.path, part, (), error.text), str(error)))
            return
        both = Signs({**self.faults.shelf.signs.places, **self.signs.places})
        source = read_source(composed[name], both, self.path, part)
        self.made.problems += source.problems
        if source.template is None:
            self.made.whole = False
            return
        for signs in signs_in(source.lines):
            if self.vocabulary is not None and (block := block_of(signs[0])):
                self.faults.instances[Instance(self.path, block, signs[1:])] = None
        self._trace(source, both)

    def _trace(self, source: Source, both: Signs) -> None:
        assert source.template is not None
        for cut in cuts_of(source.template):
            place = both.places[both.on_line(source.lines, cut.line)[0]]
            if cut.elements:
                message = f"`if`/`for` mulai di satu {cut.elements[-1]} dan berakhir di yang lain"
                own = "{%tr … %}" if "baris tabel" in cut.elements else "{%p … %}"
                self.made.problems.append(problem_at(place, message, f"pakai `{own}` yang berdiri sendiri"))
        tracer = Tracer(self.vocabulary)
        tracer.run(source.template)
        self.made.used |= tracer.used
        self.made.always |= tracer.always
        for finding in tracer.findings:
            sign, *outer = both.on_line(source.lines, finding.line)
            if block := block_of(sign):
                self.faults.note(Instance(self.path, block, tuple(outer)), sign, finding, self.vocabulary or {})
            else:
                self.made.problems.append(
                    problem_at(both.places[sign], finding.message, finding.remedy, finding.expected)
                )
