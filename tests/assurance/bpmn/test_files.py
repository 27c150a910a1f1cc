"""What stands in the files: valid by OMG's schemas, the regulation's words, conditions from the tree alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import XSD_PATH

from pbj_rules import Engine
from pbj_rules.assurance.bpmn import bpmn_files
from pbj_rules.assurance.bpmn.expressions import Expressions
from pbj_rules.cli.main import main
from pbj_rules.errors import RuleError
from pbj_rules.evaluation.plain import PlainEvaluator
from pbj_rules.language.parser import Vocabulary, parse_condition
from pbj_rules.language.tree import AddDays, Compare, Kind, Literal, Operator, Source, Symbol, Type
from pbj_rules.regulation.loading import load_regulation
from pbj_rules.regulation.model import Branch, Decision, Regulation
from pbj_rules.resources import rules_directory
from tests.assurance.bpmn.spiff import SPACES, Spiff
from tests.assurance.spoiling import spoilt


@pytest.fixture(scope="module")
def roots(files: dict[str, bytes]) -> dict[str, etree._Element]:
    return {name: etree.fromstring(content) for name, content in files.items()}


def test_every_file_is_valid_by_the_schemas_of_the_standard(roots: dict[str, etree._Element]) -> None:
    schema = etree.XMLSchema(etree.parse(XSD_PATH))
    for name, root in roots.items():
        assert schema.validate(root), (name, schema.error_log)


def test_the_same_rules_give_the_same_bytes(engine: Engine, files: dict[str, bytes]) -> None:
    again = bpmn_files(
        load_regulation(Path(next(iter(engine.regulation.sop.values())).file).parent), ["prakualifikasi"]
    )
    assert [file.content for file in again] == [files["prakualifikasi.bpmn"]]


def branches(regulation: Regulation) -> Iterator[tuple[str, Decision, Branch]]:
    for row in regulation.rows():
        for decision in row.keputusan:
            for branch in decision.cabang:
                yield row.id, decision, branch


def test_every_branch_is_a_named_flow_with_its_condition_and_its_words(
    engine: Engine, roots: dict[str, etree._Element]
) -> None:
    for row, _, branch in branches(engine.regulation):
        root = roots[f"{row.partition('/')[0]}.bpmn"]
        [rule] = [rule for rule in root.iterfind(".//pbj:aturan", SPACES) if rule.get("id") == branch.aturan]
        [flow] = rule.iterancestors(f"{{{SPACES['bpmn']}}}sequenceFlow")
        assert branch.nilai in str(flow.get("name")).split(", ")
        told = flow.findtext("bpmn:documentation", "", SPACES)
        assert branch.citation.kutipan in told
        for anomaly in branch.citation.anomali:
            assert f"{anomaly}: {engine.regulation.anomali[anomaly].catatan}" in told
        [condition] = flow.iterfind("bpmn:conditionExpression", SPACES)
        assert condition.get("language") == "python"
        compile(str(condition.text), "<syarat>", "eval")


def test_every_row_tells_its_words_its_basis_and_its_anomalies(
    engine: Engine, roots: dict[str, etree._Element]
) -> None:
    for row in engine.regulation.rows():
        root = roots[f"{row.id.partition('/')[0]}.bpmn"]
        named = [
            mark.getparent().getparent() for mark in root.iterfind(".//pbj:baris", SPACES) if mark.get("id") == row.id
        ]
        assert named, row.id
        told = named[0].findtext("bpmn:documentation", "", SPACES)
        assert f"“{row.kegiatan}”" in told
        for anomaly in row.anomali:
            assert engine.regulation.anomali[anomaly].bacaan in told


def test_lanes_are_the_printed_columns(engine: Engine, roots: dict[str, etree._Element]) -> None:
    for sop in engine.regulation.sop.values():
        lanes = [lane.get("name") for lane in roots[f"{sop.id}.bpmn"].iterfind(".//bpmn:lane", SPACES)]
        assert lanes == [title for title, _ in sop.kolom]


def test_a_call_catches_every_failure_of_the_sop_that_it_runs(roots: dict[str, etree._Element]) -> None:
    root = roots["proses-utama.bpmn"]
    caught = {
        (event.get("attachedToRef"), event.get("name")) for event in root.iterfind(".//bpmn:boundaryEvent", SPACES)
    }
    assert caught == {
        ("baris-5-panggil-prakualifikasi", "gagal"),
        ("baris-5-panggil-tender-seleksi", "gagal"),
        ("baris-6", "dibatalkan"),
        ("baris-6", "kembali"),
    }


CONDITIONS = [
    ("jumlah_peserta >= kuorum_peserta", "jumlah_peserta >= kuorum_peserta"),
    ("perlu_asistensi = tidak", "not perlu_asistensi"),
    ("perlu_asistensi = ya dan jumlah_peserta = 3", "perlu_asistensi and jumlah_peserta == 3"),
    ("paket.jenis salah satu dari [barang, konstruksi]", "paket['jenis'] in ('barang', 'konstruksi')"),
    ("perubahan_dokumen memuat hps", "'hps' in perubahan_dokumen"),
    ("perubahan_dokumen kosong", "not perubahan_dokumen"),
    ("tidak ada masa_audit_selesai", "not masa_audit_selesai is not None"),
    ("tanggal < 2020-04-01", "tanggal < '2020-04-01'"),
    ("keputusan.metode-kualifikasi = prakualifikasi", "metode_kualifikasi == 'prakualifikasi'"),
    ("keputusan.metode-kualifikasi != prakualifikasi", "not metode_kualifikasi == 'prakualifikasi'"),
]


@pytest.mark.parametrize(("text", "expected"), CONDITIONS, ids=[text for text, _ in CONDITIONS])
def test_a_condition_becomes_a_python_expression(engine: Engine, text: str, expected: str) -> None:
    regulation = engine.regulation
    named = {fact.id: fact.symbol for fact in regulation.fakta.values()}
    named |= {symbol.name: symbol for symbol in engine.program("proses-utama").symbols}
    named |= {symbol.name: symbol for symbol in engine.program("registrasi-auditor").symbols}
    tree = parse_condition(text, Vocabulary(named, {}))
    assert Expressions(regulation).of(tree) == expected


def test_days_are_added_as_days(engine: Engine) -> None:
    day = Symbol("tanggal", Source.CASE, Type(Kind.DAY))
    tree = Compare(day, Operator.GT, AddDays(day, Literal(30, Type(Kind.DAYS))))
    expected = "tanggal > str(date.fromisoformat(tanggal) + timedelta(days=30))"
    assert Expressions(engine.regulation).of(tree) == expected


def test_altered_rules_are_exported_as_they_are(tmp_path: Path) -> None:
    """A failure that goes on through another row before the end: the process keeps it in mind, as our engine does."""
    rules = spoilt(
        tmp_path / "aturan",
        "07-pelaksanaan-kontrak.yaml",
        ('baris: "20", dasar: tersurat, kutipan: membatalkan', 'baris: "19", dasar: tersurat, kutipan: membatalkan'),
    )
    regulation = load_regulation(rules)
    spiff = Spiff({file.name: file.content for file in bpmn_files(regulation, regulation.sop)})
    engine = Engine(regulation, PlainEvaluator())
    facts = {"hasil_disetujui": True, "anggaran_tersedia": False}
    case = engine.read({"kasus": "batal", "sop": "pelaksanaan-kontrak", "tanggal": "2020-04-01", "fakta": facts})
    walk, result = spiff.walk(regulation, case), engine.evaluate(case)
    assert result.jalur[-2:] == ("pelaksanaan-kontrak/19", "pelaksanaan-kontrak/20")
    assert (walk.rows, walk.status) == (result.jalur, result.status)


def test_a_decision_that_cannot_be_read_again_is_refused(tmp_path: Path) -> None:
    """The process holds one value of a fact; a condition on an older decision would read the newer one."""
    rules = spoilt(
        tmp_path / "aturan",
        "04-persiapan-pemilihan.yaml",
        ("fakta: [dokumen_lengkap]", "fakta: [dokumen_lengkap, metode_kualifikasi]"),
    )
    fakta = rules / "fakta.yaml"
    text = fakta.read_text(encoding="utf-8")
    fakta.write_text(text.replace("[persiapan-pemilihan/6]", "[persiapan-pemilihan/4, persiapan-pemilihan/6]"), "utf-8")
    regulation = load_regulation(rules)
    with pytest.raises(RuleError, match="ditanyakan berulang"):
        bpmn_files(regulation, ["proses-utama"])


def test_the_command_writes_a_file_for_each_sop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "bpmn"
    assert main(["export", "--format", "bpmn", "--sop", "proses-utama", "--out", str(out)]) == 0
    assert [path.name for path in out.iterdir()] == ["proses-utama.bpmn"]
    said = " ".join(capsys.readouterr().out.split())
    assert "perlu juga SOP yang dipanggilnya: pelaksanaan-kontrak, perencanaan-pengadaan" in said


def test_another_shipped_regulation_is_named_by_its_id_or_by_its_folder(tmp_path: Path) -> None:
    layer = rules_directory() / "perpres-12-2021"
    command = ["export", "--format", "bpmn", "--sop", "pelaksanaan-kontrak", "--out"]
    assert main([*command, str(tmp_path / "id"), "--regulasi", layer.name]) == 0
    assert main([*command, str(tmp_path / "folder"), "--rules", str(layer)]) == 0
    assert main([*command, str(tmp_path / "bawaan")]) == 0
    by_id, by_folder, default = (
        (tmp_path / name / "pelaksanaan-kontrak.bpmn").read_bytes() for name in ("id", "folder", "bawaan")
    )
    assert by_id == by_folder
    assert b"Memerintahkan PjPHP/PPHP" in default
    assert b"Memerintahkan PjPHP/PPHP" not in by_id


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--format", "bpmn", "--sop", "prakualifikas", "--out", "x"], "mungkin maksudnya `prakualifikasi`"),
        (["--format", "xml", "--out", "x"], "nilai --format `xml` tidak dikenal; pilih dari bpmn"),
        (["--format", "bpmn", "--out", ""], "--out kosong"),
        (["--format", "bpmn", "--out", "x", "--rules", "/tidak/ada"], "regulasi.yaml"),
        (["--format", "bpmn", "--out", "x", "--regulasi", "perpres-12-2022"], "Mungkin maksudnya `perpres-12-2021`"),
        (["--format", "bpmn", "--out", "x", "--rules", ".", "--regulasi", "perpres-12-2021"], "pilih satu: --rules"),
        (["--out", "x"], "argumen ini wajib: --format"),
    ],
)
def test_a_wrong_call_is_told_what_is_wrong(
    arguments: list[str],
    expected: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", *arguments]) == 2
    assert expected in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
