"""Turns a trace into the result that people and applications read."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from pbj_rules.case import Case
from pbj_rules.errors import EvaluationError
from pbj_rules.evaluation.memory import Memory
from pbj_rules.evaluation.program import Program, RuleKind
from pbj_rules.evaluation.trace import Firing, Trace
from pbj_rules.givens import is_derivable
from pbj_rules.language.tree import Source, Symbol
from pbj_rules.npwp import is_regular_npwp
from pbj_rules.regulation.model import Basis, Limit, Regulation
from pbj_rules.result import Dokumen, Jejak, Keputusan, Menunggu, Result, Sumber

if TYPE_CHECKING:
    from pbj_rules.regulation.override import Override

__all__ = ["assemble", "out_of_force", "unanswered"]


def assemble(program: Program, case: Case, memory: Memory, trace: Trace, templates: Container[str]) -> Result:
    """The result of a walk. Raises EvaluationError where the rules gave no answer to facts that are there."""
    finished = trace.stage == f"akhir:{program.start.id}"
    waiting = () if finished else tuple(_waiting(program, memory, trace))
    return Result(
        kasus=case.kasus,
        regulasi=program.regulation.id,
        sop=case.sop,
        status=trace.status if finished else "menunggu",
        menunggu=waiting,
        jalur=tuple(_path(program, trace)),
        keputusan=tuple(_decision(program, case, firing) for firing in trace.firings if firing.rule.branch is not None),
        dokumen=tuple(
            _document(program, firing, templates) for firing in trace.firings if firing.rule.document is not None
        ),
        jejak=tuple(_step(number, firing) for number, firing in enumerate(trace.firings, 1)),
        peringatan=tuple(_warnings(program, case, trace, finished)),
    )


def _waiting(program: Program, memory: Memory, trace: Trace) -> Iterator[Menunggu]:
    missing = unanswered(program, memory, trace)
    row = trace.stage.partition(":")[2].partition("#")[0]
    if not missing:
        raise EvaluationError(f"tidak ada cabang yang berlaku di baris {row}: lengkapi kondisi cabang-cabangnya")
    for symbol in missing:
        yield Menunggu(symbol.name, row)


def unanswered(program: Program, memory: Memory, trace: Trace) -> tuple[Symbol, ...]:
    """The facts for which the decision that the walk stopped at has no answer."""
    decision = program.decision_at.get(trace.stage)
    return tuple(
        symbol
        for symbol in (decision.fakta if decision is not None else ())
        if symbol.wajib
        and memory.value(symbol, trace.visit) is None
        and not is_derivable(program.regulation, symbol.name, memory.constants, memory.collections)
    )


def _path(program: Program, trace: Trace) -> Iterator[str]:
    """Every row that the token arrived at, in order."""
    yield program.start.first.id
    for firing in trace.firings:
        target = firing.rule.target
        if firing.rule.kind is RuleKind.MOVE and target is None:
            yield str(firing.results["baris"])
        elif target is not None and target.kind == "di":
            yield target.name


def _decision(program: Program, case: Case, firing: Firing) -> Keputusan:
    rule = firing.rule
    branch, decision = rule.branch, rule.decision
    assert branch is not None  # only deciding rules come here
    assert decision is not None
    parameters = {name: value for name, value in firing.premises.items() if name in program.regulation.parameter}
    local = any(name in case.parameter for name in parameters)
    return Keputusan(
        id=decision.id,
        baris=rule.row.id,
        nilai=branch.nilai,
        lanjut=branch.lanjut,
        dasar=(Basis.LOCAL_SETTING if local else branch.citation.dasar).value,
        aturan=rule.id,
        kutipan=branch.citation.kutipan,
        anomali=branch.citation.anomali,
        fakta=_said({name: value for name, value in firing.premises.items() if name not in parameters}),
        parameter=parameters,
        hasil=_said(firing.results),
        sumber=_source(branch.citation.sumber),
    )


def _source(override: Override | None) -> Sumber | None:
    if override is None:
        return None
    return Sumber(override.regulasi, override.id, override.pasal, override.isi, override.terverifikasi)


def _document(program: Program, firing: Firing, templates: Container[str]) -> Dokumen:
    rule = firing.rule
    paper = rule.document
    assert paper is not None  # only document rules come here
    return Dokumen(
        id=paper.id,
        baris=rule.row.id,
        judul=program.regulation.dokumen[paper.id].judul,
        templat=paper.id in templates,
        berkas=None,
        dasar=paper.citation.dasar.value,
        kutipan=paper.citation.kutipan,
        anomali=paper.citation.anomali,
        salinan_dari=paper.salinan_dari,
        kunjungan=firing.visit,
    )


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the result holds them, which is as its JSON does: a day is its ISO text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _step(number: int, firing: Firing) -> Jejak:
    rule = firing.rule
    premises: dict[str, Any] = dict(firing.premises)
    if rule.fact is not None and rule.fact.turunan is not None:
        premises[rule.fact.turunan.collection] = firing.matches
    return Jejak(
        number,
        rule.kind.value,
        rule.id,
        rule.row.id,
        firing.visit,
        _said(premises),
        _said(_conclusion(firing)),
        rule.row.anomali,
    )


def _conclusion(firing: Firing) -> Mapping[str, Any]:
    rule = firing.rule
    concluded: dict[str, Any] = dict(firing.results)
    if rule.branch is not None and rule.decision is not None:
        concluded = {rule.decision.id: rule.branch.nilai, **concluded}
    if rule.document is not None:
        concluded["dokumen"] = rule.document.id
    if rule.call is not None:
        concluded["sop"] = rule.call.sop
    if rule.kind is not RuleKind.CALL and rule.target is not None and rule.target.kind == "di":
        concluded["baris"] = rule.target.name
    if rule.status is not None:
        concluded["status"] = rule.status
    if rule.kind is RuleKind.END:
        concluded["selesai"] = rule.stage.name.partition("/")[0]
    return concluded


def _warnings(program: Program, case: Case, trace: Trace, finished: bool) -> Iterator[str]:
    """The wrong regulation for the day; and answers left over: more of them than visits, or never asked for."""
    yield from out_of_force(program.regulation, case.tanggal)
    used: dict[str, int] = {}
    for firing in trace.firings:
        if firing.rule.decision is not None:
            for symbol in firing.rule.decision.fakta:
                if symbol.source is Source.ANSWER:
                    used[symbol.name] = used.get(symbol.name, 0) + 1
    for name, answers in case.fakta.items():
        left = len(answers) - used.get(name, 0)
        if left > 0:
            rows = program.regulation.fakta[name].baris
            why = "kasus selesai tanpa menanyakannya lagi" if finished else "kasus menunggu sebelum menanyakannya"
            place = f" ({', '.join(rows)}): {why}" if rows else f": {program.regulation.id} tidak menanyakannya"
            yield f"{left} jawaban `{name}` tidak terpakai{place}"
    yield from _early_end(trace, case)
    yield from _doubtful_blacklist(trace, case)


def out_of_force(regulation: Regulation, day: date) -> Iterator[str]:
    """Warnings that a regulation is not in force on a day.

    A case is walked under the regulation that it chose whatever its day, so that regulations can be compared.
    """
    for period in regulation.keberlakuan:
        if day < period.sejak.tanggal:
            yield (
                f"tanggal kasus ({day.isoformat()}) mendahului berlakunya `{period.regulasi}`, yaitu sejak "
                + _limit(period.sejak)
            )
        elif period.sampai is not None and day > period.sampai.tanggal:
            yield (
                f"tanggal kasus ({day.isoformat()}) melewati berlakunya `{period.regulasi}`, yaitu sampai "
                + _limit(period.sampai)
            )


def _limit(limit: Limit) -> str:
    reason = f": {limit.menurut}" if limit.menurut else ""
    return f"{limit.tanggal.isoformat()}{reason}" + ("" if limit.terverifikasi else " (belum diverifikasi)")


def _doubtful_blacklist(trace: Trace, case: Case) -> Iterator[str]:
    """What may make a check against the blacklist miss an entry: a misspelt NPWP, a sanction with its days swapped."""
    if not any(firing.rule.fact is not None for firing in trace.firings):
        return
    given = [("penyedia[1]", case.penyedia[0])] if case.penyedia else []
    given += [(f"daftar_hitam[{number}]", entry) for number, entry in enumerate(case.daftar_hitam or (), 1)]
    for place, entry in given:
        if "npwp" in entry and not is_regular_npwp(entry["npwp"]):
            yield f"`{place}.npwp` ({entry['npwp']}) tidak terdiri atas 15 atau 16 angka: periksa dulu penulisannya"
        if "mulai" in entry and entry["selesai"] < entry["mulai"]:
            yield f"`{place}` selesai sebelum mulai, jadi tidak berlaku pada hari apa pun: periksa dulu tanggalnya"


def _early_end(trace: Trace, case: Case) -> Iterator[str]:
    for firing in trace.firings:
        for name, day in firing.results.items():
            if firing.rule.branch is not None and name in firing.rule.branch.hasil and day < case.tanggal:
                yield f"`{name}` ({day.isoformat()}) mendahului tanggal kasus ({case.tanggal.isoformat()})"
