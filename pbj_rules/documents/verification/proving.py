"""Renders a case again and compares a file with what the engine makes of it: the proof that a seal alone is not.

Running numbers that a register gave stand in no case file. Where the register is at hand they come from it. Else
they are read off the paper: the case is rendered with signs in their place, the paper's own paragraphs tell what
stood there, and it is rendered with that. Such a number is then proven by nothing, which is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from attrs import define, evolve, field

from pbj_rules.case import Case
from pbj_rules.documents.letters import Letter
from pbj_rules.documents.office import Office
from pbj_rules.documents.rendering import Paper, render_papers
from pbj_rules.documents.seal import QR_PICTURE, Seal, content_digest
from pbj_rules.documents.verification.oddities import same_picture
from pbj_rules.documents.verification.verifying import Finding
from pbj_rules.documents.word.opened import OpenedPaper, open_paper
from pbj_rules.documents.word.words import paragraphs_of
from pbj_rules.errors import InputError
from pbj_rules.result import Result

__all__ = ["CaseReference"]

# Differences that are told one by one; a person who sees these has seen enough.
_TOLD: Final = 10
_LONGEST: Final = 160
_MOST_PARAGRAPHS: Final = 5_000
_SIGN: Final = re.compile(r"7771(\d{4})7771")
_NUMBER: Final = r"[0-9A-Za-z.\-]{1,20}"
_ADVICE: Final = (
    "pastikan kasus, profil kantor, templat dan versi pbj-rules sama dengan saat naskah dibuat; "
    "bila sama, naskahnya diubah"
)


@define
class _Numbers:
    """A source of running numbers: those that are known, and a sign that stands for each of the others."""

    known: Mapping[Letter, str] = field(factory=dict)
    letters: list[Letter] = field(factory=list)

    @contextmanager
    def issue(self) -> Iterator[Callable[[Letter], str | None]]:
        yield self._number_of

    def holder(self, *_: object) -> None:
        """Nobody: a paper that was written is judged by its own case alone."""

    def _number_of(self, letter: Letter) -> str:
        if letter in self.known:
            return self.known[letter]
        if letter not in self.letters:
            self.letters.append(letter)
        return f"7771{self.letters.index(letter):04}7771"


@define
class CaseReference:
    """The papers of a case, drafts and finals, as what a file is compared with.

    ``register``: the running numbers that papers have been given; without them they are read off the file.
    """

    case: Case
    result: Result
    office: Office
    directory: Path | None = None
    register: Mapping[Letter, str] | None = None
    _drafts: tuple[Paper, ...] | None = field(init=False, default=None)

    def compare(self, paper: OpenedPaper, seal: Seal) -> Finding:
        """What a file is beside the papers of its kind that the case makes: the one that it is most like counts."""
        if self._drafts is None:
            self._drafts = self._rendered(None)
        same_kind = [draft for draft in self._drafts if draft.id == seal.paper]
        if not same_kind:
            made = ", ".join(dict.fromkeys(draft.id for draft in self._drafts)) or "tidak satu pun"
            reason = f"kasus `{self.case.kasus}` tidak menghasilkan naskah `{seal.paper}` (yang dihasilkan: {made})"
            return Finding("berubah", (reason,))
        found = [_compared(draft, paper) for draft in same_kind]
        if not any(finding.putusan == "asli" for _, finding in found):
            found = [*self._compared_as_final(paper, seal), *found]  # the first of those that are equally like
        return max(found, key=lambda likeness: likeness[0])[1]

    def _compared_as_final(self, paper: OpenedPaper, seal: Seal) -> list[tuple[float, Finding]]:
        """The comparison with each final paper of its kind; none where more than numbers is missing for them."""
        try:
            known = self._read_off(paper, seal) if self.register is None else self.register
            finals = [one for one in self._rendered(_Numbers(known)) if one.id == seal.paper]
        except InputError:
            return []
        found = [_compared(final, paper) for final in finals]
        if self.register is not None or not known:
            return found
        note = (
            f"nomor urut {', '.join(known.values())} dibaca dari naskahnya sendiri, jadi tidak ikut terbukti: cocokkan "
            "dengan buku register (`--register`)"
        )
        return [(likeness, evolve(one, alasan=(*one.alasan, note))) for likeness, one in found]

    def _read_off(self, paper: OpenedPaper, seal: Seal) -> dict[Letter, str]:
        signs = _Numbers()
        signed = [one for one in self._rendered(signs) if one.id == seal.paper]
        return _read_off(signed, paper, signs.letters)

    def _rendered(self, numbers: _Numbers | None) -> tuple[Paper, ...]:
        final = numbers is not None
        return render_papers(
            self.case, self.result, self.office, final=final, directory=self.directory, numbers=numbers
        )


def _read_off(signed: Sequence[Paper], paper: OpenedPaper, letters: Sequence[Letter]) -> dict[Letter, str]:
    """The numbers that stand in a paper where those with signs have one."""
    known: dict[Letter, str] = {}
    own = set(_paragraphs(paper))
    for one in signed:
        for paragraph in _paragraphs(open_paper(one.content)):
            if not _SIGN.search(paragraph):
                continue
            pattern = _pattern_of(paragraph)
            for line in own:
                if found := pattern.fullmatch(line):
                    for name, number in found.groupdict().items():
                        known.setdefault(letters[int(name[1:])], number)
    return known


def _pattern_of(paragraph: str) -> re.Pattern[str]:
    """The paragraph with any number where a sign stands, the same number for the same sign."""
    pieces = _SIGN.split(paragraph)
    written, met = [re.escape(pieces[0])], set()
    for sign, text in zip(pieces[1::2], pieces[2::2], strict=True):
        written.append(f"(?P=n{sign})" if sign in met else f"(?P<n{sign}>{_NUMBER})")
        written.append(re.escape(text))
        met.add(sign)
    return re.compile("".join(written))


def _compared(rendered: Paper, paper: OpenedPaper) -> tuple[float, Finding]:
    """How like a file is to a paper, and what it is beside it; what its archive holds more, its seal has told."""
    true = open_paper(rendered.content)
    names = [name for name in sorted(true.parts.keys() | paper.parts.keys()) if not _same_part(name, true, paper)]
    if not names:
        return 3, Finding("asli")
    if paper.body and content_digest(true.pages) == content_digest(paper.pages):
        listed = ", ".join(names[:_TOLD]) + (" …" if len(names) > _TOLD else "")
        return 2, Finding("tulisan-sama", (f"bagian yang berbeda dari hasil kasus: {listed}",))
    return _unlike(list(_paragraphs(true)), list(_paragraphs(paper)))


def _same_part(name: str, one: OpenedPaper, other: OpenedPaper) -> bool:
    left, right = one.parts.get(name), other.parts.get(name)
    if name == QR_PICTURE and left is not None and right is not None:
        return same_picture(left, right)
    return left == right


def _paragraphs(paper: OpenedPaper) -> Iterator[str]:
    for page in paper.pages:
        yield from paragraphs_of(page.words)


def _unlike(true: list[str], found: list[str]) -> tuple[float, Finding]:
    """The paragraphs that are not those of the case, and how much of the rest is."""
    if max(len(true), len(found)) > _MOST_PARAGRAPHS:
        return 0, Finding("berubah", ("tulisannya bukan hasil kasus", _ADVICE))
    matcher = SequenceMatcher(None, true, found, autojunk=False)
    told = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            told += list(_told(true[a:b], found[c:d]))
    if not told:
        told = ["kata-katanya sama dengan hasil kasus, susunannya tidak: alinea kosong, batas sel, atau bidang"]
    more = [f"dan {len(told) - _TOLD} alinea lain"] if len(told) > _TOLD else []
    return matcher.ratio(), Finding("berubah", (*told[:_TOLD], *more, _ADVICE))


def _told(true: Sequence[str], found: Sequence[str]) -> Iterator[str]:
    for number in range(max(len(true), len(found))):
        if number >= len(true):
            yield f"ditambahkan: “{_short(found[number])}”"
        elif number >= len(found):
            yield f"hilang: “{_short(true[number])}”"
        else:
            yield f"tertulis “{_short(found[number])}”, menurut kasus “{_short(true[number])}”"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
