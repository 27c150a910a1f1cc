"""The code of review drafts: it prints the same paper, and tells what it prints and what a rule decided of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import define
from jinja2 import nodes

from pbj_rules.documents.codegen import Site, Writer
from pbj_rules.documents.source_names import Scope, names_of, rule_names

__all__ = ["TITLE", "ReviewWriter"]

# The site of the paper itself: a comment on its title says why it exists.
TITLE: Final = "judul naskah"
_PARAGRAPH: Final = re.compile(r"<w:p(?: [^>]*)?>(?:<w:pPr>.*?</w:pPr>)?", re.DOTALL)
_TITLE: Final = r'<w:p(?: [^>]*)?><w:pPr>(?:(?!</w:pPr>).)*<w:pStyle w:val="{}"/>.*?</w:pPr>(?=(?:(?!</w:p>).)*<w:t)'
_CALL: Final = "\0"
_END: Final = "</w:p>"


@define(kw_only=True)
class ReviewWriter(Writer):
    """Also tells the notes what is printed, and puts the marks of comments around what a rule decided."""

    title_style: str
    titled: bool = False
    title_is_open: bool = False

    def value(self, node: nodes.Node, scope: Scope, run: int) -> None:
        site = self._site((names_of(node, scope), ""))
        shown = f"runs[{run}].show({self.expression(node, scope)})"
        if rule_names(node, scope):
            self.line(f"add(notes.decided({site}, runs[{run}], {shown}))")
        else:
            self.line(f"add(notes.printed({site}, {shown}))")

    def branch(self, node: nodes.If, body: Sequence[nodes.Node], scope: Scope) -> None:
        """A branch that a rule chose is marked: within its run, or from its first paragraph to its last."""
        tests = [node.test, *(other.test for other in node.elif_)]
        names = tuple(dict.fromkeys(name for test in tests for name in rule_names(test, scope)))
        if not names:
            super().branch(node, body, scope)
        elif self.open_run(self.seen) is None:
            self.block(_marked(body, self._site((names, _said(body)))), scope)
        else:
            site, run = self._site((names, _said(body))), self.run()
            self.block(body, scope, f"add(notes.begin({site}, runs[{run}]))", f"add(notes.end(runs[{run}]))")

    def output(self, node: nodes.Node, scope: Scope) -> None:
        if not isinstance(node, nodes.TemplateData):
            super().output(node, scope)
            return
        cuts: list[tuple[int, str]] = []
        if not self.titled and (found := self._title(node)):
            self.titled = self.title_is_open = True
            cuts.append((found.end(), f"notes.open({self._site(((TITLE,), ''))})"))
        if self.title_is_open and (end := node.data.find(_END, cuts[0][0] if cuts else 0)) >= 0:
            self.title_is_open = False
            cuts.append((end, "notes.close()"))
        for part in _cut(node, cuts):
            if part.data.startswith(_CALL):
                self.flush()
                self.line(f"add({part.data.removeprefix(_CALL)})")
            else:
                self.static(part.data)

    def _title(self, node: nodes.TemplateData) -> re.Match[str] | None:
        """The start of the paragraph that names the paper."""
        return re.search(_TITLE.format(self.title_style), node.data, re.DOTALL)

    def _site(self, site: Site) -> int:
        return self.sites.setdefault(site, len(self.sites))


def _mark(call: str) -> nodes.TemplateData:
    """A mark of a comment between runs: static XML that no template can hold, in place of which a call comes."""
    return nodes.TemplateData(_CALL + call)


def _marked(body: Sequence[nodes.Node], site: int) -> Sequence[nodes.Node]:
    """The body with a mark in its first paragraph and one at the end of its last, or of its first where cells are."""
    pieces = [part for node in body for part in (node.nodes if isinstance(node, nodes.Output) else [node])]
    data = {number: part.data for number, part in enumerate(pieces) if isinstance(part, nodes.TemplateData)}
    opening = next(((number, start) for number in data for start in _paragraphs(data[number])), None)
    if opening is None:
        return body
    first, start = opening
    cells = any("tbl>" in text or "tc>" in text for text in data.values())
    ends = [(number, at) for number, text in data.items() for at in _places(text) if (number, at) >= (first, start)]
    if not ends:
        return body
    last, end = ends[0] if cells else ends[-1]
    made: list[nodes.Node] = []
    for number, part in enumerate(pieces):
        cuts = [(start, f"notes.open({site})")] if number == first else []
        cuts += [(end, "notes.close()")] if number == last else []
        made += _cut(part, cuts) if isinstance(part, nodes.TemplateData) else [part]
    return [nodes.Output([part]) if isinstance(part, nodes.Expr) else part for part in made]


def _paragraphs(text: str) -> Iterator[int]:
    """Where the content of each paragraph with words begins."""
    for found in _PARAGRAPH.finditer(text):
        end = text.find(_END, found.end())
        if "<w:t" in text[found.end() : end if end >= 0 else len(text)]:
            yield found.end()


def _places(text: str) -> list[int]:
    return [found.start() for found in re.finditer(_END, text)]


def _cut(part: nodes.TemplateData, cuts: Sequence[tuple[int, str]]) -> list[nodes.TemplateData]:
    """A piece of static XML with marks at these places."""
    made: list[nodes.TemplateData] = []
    before = 0
    for at, call in cuts:
        made += [nodes.TemplateData(part.data[before:at]), _mark(call)]
        before = at
    return [*made, nodes.TemplateData(part.data[before:])]


def _said(body: Sequence[nodes.Node]) -> str:
    """What a branch says, a sign in place of each value."""
    pieces = [
        re.sub("<[^>]+>", "", part.data.replace(_END, " ")) if isinstance(part, nodes.TemplateData) else "…"
        for node in body
        if isinstance(node, nodes.Output)
        for part in node.nodes
    ]
    return " ".join("".join(pieces).split())
