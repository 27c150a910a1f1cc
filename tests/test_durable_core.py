"""The C core's measured traps: each is reached for, and the guard refuses it or the answer is right."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from pbj_rules import Engine, Result
from pbj_rules.evaluation.durable import DurableEvaluator
from pbj_rules.evaluation.durable_core import (
    MAX_TEXT,
    Comparison,
    CoreError,
    Fact,
    Pattern,
    Production,
    Reference,
    RuleBase,
)

NPWP = "01.234.567.8-901.000"


@pytest.fixture(scope="module")
def durable(engine: Engine) -> Engine:
    return Engine(engine.regulation, DurableEvaluator(), engine.templates)


def both(durable: Engine, oracle: Engine, case: dict[str, Any]) -> Result:
    """The result, on which the core and plain Python agree."""
    result = durable.evaluate(case)
    assert result == oracle.evaluate(case)
    return result


def case(sop: str, facts: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"kasus": "x", "sop": sop, "tanggal": "2020-04-01", "fakta": facts, **parts}


def base_of(*tests: Comparison, denied: bool = False) -> RuleBase:
    """One rule: a token ``a`` and a fact ``b`` that passes the tests."""
    return RuleBase((Production("cocok", 0, (Pattern("a", "A"), Pattern("b", "B", tests, denied))),))


def fired(base: RuleBase, facts: Sequence[Fact], **token: Any) -> int:
    count = 0

    def conclude(_name: str, _matched: Mapping[str, Fact]) -> Sequence[Fact]:
        nonlocal count
        count += 1
        return ()

    assert base.run(facts, {"t": "A", **token}, conclude, 20_000)
    return count


class TestFacts:
    @pytest.mark.parametrize(
        "value",
        [
            2**62,
            -(2**62),
            2**63,
            2**64,
            10**400,
            1.0,
            float("nan"),
            float("inf"),
            None,
            [1],
            {"a": 1},
            b"x",
            "x" * (MAX_TEXT + 1),
            "x" * 70_000,
            "\ud800",
        ],
    )
    def test_a_value_that_the_core_would_change_is_refused(self, value: Any) -> None:
        with pytest.raises(CoreError):
            fired(base_of(Comparison("v", "=", 1)), [{"t": "B", "v": value}])

    @pytest.mark.parametrize("key", ["a.b", "$m", "sid", "id", "", "A", "a b", "_g", "k" * 50, 'a"b'])
    def test_an_odd_property_is_refused(self, key: str) -> None:
        with pytest.raises(CoreError):
            fired(base_of(), [{"t": "B", key: 1}])

    def test_a_fact_without_its_type_or_with_too_many_properties_is_refused(self) -> None:
        for fact in (
            {},
            {"v": 1},
            {"t": 1},
            {"t": "B", **{chr(97 + n // 26) + chr(97 + n % 26): 1 for n in range(300)}},
        ):
            with pytest.raises(CoreError):
                fired(base_of(), [fact])

    @pytest.mark.parametrize(
        ("wanted", "given"), [(True, "true"), (5, "5"), ("5", 5), ("5.0", 5), (1, True), (0, False)]
    )
    def test_values_of_two_sorts_never_meet(self, wanted: Any, given: Any) -> None:
        with pytest.raises(CoreError, match="sort"):
            fired(base_of(Comparison("v", "=", wanted)), [{"t": "B", "v": given}])
        with pytest.raises(CoreError, match="sort"):
            fired(base_of(Comparison("v", "=", Reference("a", "v"))), [{"t": "B", "v": given}], v=wanted)

    def test_a_fact_that_lacks_what_a_rule_tests_is_refused(self) -> None:
        for sign in ("=", ">", "!="):
            with pytest.raises(CoreError, match="lacks v"):
                fired(base_of(Comparison("v", sign, 1)), [{"t": "B", "w": 1}])
            with pytest.raises(CoreError, match="lacks v"):
                fired(base_of(Comparison("w", sign, Reference("a", "v"))), [{"t": "B", "w": 1}])

    def test_a_denied_fact_that_comes_late_is_refused(self) -> None:
        base = base_of(denied=True)
        with pytest.raises(CoreError, match="too late"):
            base.run([], {"t": "A"}, lambda *_: [{"t": "B"}], 10)

    @pytest.mark.parametrize("text", ["é", "\u00a0", 'a"b', "a\\", "a\nb", "\u2028", "😀", "x" * MAX_TEXT, "{", "null"])
    def test_text_is_compared_letter_by_letter(self, text: str) -> None:
        for test in (Comparison("v", "=", text), Comparison("v", "=", Reference("a", "v"))):
            assert fired(base_of(test), [{"t": "B", "v": text}], v=text) == 1
            assert fired(base_of(test), [{"t": "B", "v": text[:-1] + "~"}], v=text) == 0

    @pytest.mark.parametrize("number", [0, -1, 10**11, 2**53, 2**53 + 1, 10**15, 2**62 - 1, -(2**62) + 1])
    def test_whole_numbers_are_exact(self, number: int) -> None:
        for test in (Comparison("v", "=", Reference("a", "v")), Comparison("v", "<=", Reference("a", "v"))):
            assert fired(base_of(test), [{"t": "B", "v": number}], v=number) == 1
        assert fired(base_of(Comparison("v", "<", Reference("a", "v"))), [{"t": "B", "v": number}], v=number) == 0

    def test_a_failed_last_join_is_harmless(self) -> None:
        test = (Comparison("v", "=", Reference("a", "v")), Comparison("w", "=", Reference("a", "w")))
        assert fired(base_of(*test), [{"t": "B", "v": n, "w": n} for n in range(500)], v=1, w=2) == 0

    def test_equal_facts_count_each_for_itself(self) -> None:
        assert fired(base_of(), [{"t": "B", "v": 1}] * 200) == 200


class TestRules:
    @pytest.mark.parametrize(
        "patterns",
        [
            (),
            (Pattern("a", "A", denied=True),),
            tuple(Pattern(f"p{n}", "A") for n in range(17)),
            (Pattern("a", "A"), Pattern("a", "B")),
            (Pattern("a$not", "A"),),
            (Pattern("a", "A", (Comparison("sid", "=", "s"),)),),
            (Pattern("a", "A", (Comparison("v", "=", Reference("b", "v")),)), Pattern("b", "B")),
            (Pattern("a", "A"), Pattern("b", "B", (Comparison("v", "=", Reference("a", "sid")),))),
            (Pattern("a", "A", (Comparison("a.b", "=", 1),)),),
            (Pattern("a", "A", (Comparison("v", "=", 2**63),)),),
            (Pattern("a", "A", (Comparison("v", "<", "teks"),)),),
            (Pattern("a", "A", (Comparison("v", ">", True),)),),
            (Pattern("a", "A", (Comparison("v", "=", "5"), Comparison("v", "!=", 5))),),
        ],
    )
    def test_a_rule_outside_the_safe_subset_is_refused(self, patterns: tuple[Pattern, ...]) -> None:
        with pytest.raises(CoreError):
            RuleBase((Production("r", 0, patterns),))

    def test_more_rules_on_one_type_than_the_core_takes_are_refused(self) -> None:
        rules = tuple(Production(f"r{n}", 0, (Pattern("a", "A"),)) for n in range(61))
        with pytest.raises(CoreError, match="61 rules"):
            RuleBase(rules)
        assert fired(RuleBase(rules[:60]), []) == 60

    def test_more_types_than_the_core_takes_are_refused(self) -> None:
        with pytest.raises(CoreError, match="types"):
            RuleBase(tuple(Production(f"r{n}", 0, (Pattern("a", f"T{n}"),)) for n in range(500)))

    def test_a_rule_that_is_there_twice_is_refused(self) -> None:
        with pytest.raises(CoreError, match="twice"):
            RuleBase((Production("r", 0, (Pattern("a", "A"),)),) * 2)

    def test_firing_stops_at_the_limit(self) -> None:
        base = RuleBase((Production("r", 0, (Pattern("a", "A"),)),))
        assert base.run([], {"t": "A"}, lambda *_: [{"t": "A"}], 100) is False
        assert fired(base, []) == 1


class TestSessions:
    def test_nothing_of_a_case_is_left_for_the_next(self) -> None:
        base = base_of()
        assert [fired(base, [{"t": "B", "v": 1}] * n) for n in (3, 0, 5, 0)] == [3, 0, 5, 0]

    def test_a_session_after_an_exception_is_a_fresh_one(self) -> None:
        base = base_of()

        def fail(*_: Any) -> Sequence[Fact]:
            raise RuntimeError("di tengah aturan")

        for _ in range(50):
            with pytest.raises(RuntimeError, match="di tengah"):
                base.run([{"t": "B"}, {"t": "B"}], {"t": "A"}, fail, 10)
            with pytest.raises(CoreError):
                fired(base, [{"t": "B"}, {"t": "B", "v": 2**63}])
            assert fired(base, [{"t": "B"}]) == 1

    def test_threads_at_once_get_right_answers(self, durable: Engine, oracle: Engine) -> None:
        cases = [
            case("prakualifikasi", {"jumlah_peserta": n, "jumlah_peserta_perpanjangan": 3, "jumlah_lulus": n % 5})
            for n in range(10)
        ]
        expected = [oracle.evaluate(item).to_json() for item in cases]
        wrong: list[str] = []

        def work() -> None:
            for _ in range(20):
                wrong.extend(
                    item["kasus"]
                    for item, right in zip(cases, expected, strict=True)
                    if durable.evaluate(item).to_json() != right
                )

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []


class TestCases:
    @pytest.mark.parametrize(("matching", "status"), [(True, "ditolak"), (False, "selesai")])
    def test_ten_thousand_blacklist_entries(self, durable: Engine, oracle: Engine, matching: bool, status: str) -> None:
        entries = [
            {"npwp": NPWP if matching else f"{n:016d}", "nama": "A", "mulai": "2020-01-01", "selesai": "2020-12-31"}
            for n in range(10_000)
        ]
        result = both(
            durable,
            oracle,
            case(
                "registrasi-penyedia",
                {"berkas_sesuai": True, "terdaftar_lpse_lain": True},
                penyedia=[{"nama": "A", "npwp": NPWP}],
                daftar_hitam=entries,
            ),
        )
        assert result.status == status

    def test_thousands_of_bidders(self, durable: Engine, oracle: Engine) -> None:
        bidders = [{"nama": f"PT {n}", "npwp": f"{n + 1:015d}"} for n in range(5000)]
        both(durable, oracle, case("registrasi-penyedia", {}, penyedia=bidders, daftar_hitam=[]))

    def test_a_thousand_answers(self, durable: Engine, oracle: Engine) -> None:
        result = both(durable, oracle, case("laporan-pemilihan", {"laporan_disetujui": [False] * 999 + [True]}))
        assert result.status == "selesai"
        assert len(result.keputusan) == 1000

    @pytest.mark.parametrize(
        "npwp", ["x" * 64, "null", "true", "5", "{}1", '"1"', "1\\", "é1", "1\u200b", "1\u00a02", "٣1"]
    )
    def test_odd_npwp_give_the_same_answer_as_plain_python(self, durable: Engine, oracle: Engine, npwp: str) -> None:
        entry = {"npwp": npwp, "nama": "A", "mulai": "2020-01-01", "selesai": "2020-12-31"}
        result = both(
            durable,
            oracle,
            case("registrasi-penyedia", {}, penyedia=[{"nama": "A", "npwp": npwp}], daftar_hitam=[entry]),
        )
        assert result.status == "ditolak"

    @pytest.mark.parametrize(
        ("amount", "who"), [(10**11, "pokja"), (10**11 + 1, "pa-kpa"), (10**15, "pa-kpa"), (0, "pokja")]
    )
    def test_amounts_are_compared_to_the_rupiah(self, durable: Engine, oracle: Engine, amount: int, who: str) -> None:
        facts = {"perubahan_dokumen": [], "jumlah_penawaran": 3, "ada_sanggah": False}
        result = both(durable, oracle, case("tender-seleksi", facts, paket={"jenis": "barang", "pagu": amount}))
        assert {decision.id: decision.nilai for decision in result.keputusan}["penetap-pemenang"] == who

    @pytest.mark.parametrize("day", ["1900-01-01", "1999-12-31", "2020-02-29", "2999-12-31"])
    def test_days_at_the_ends_of_the_calendar(self, durable: Engine, oracle: Engine, day: str) -> None:
        entry = {"npwp": NPWP, "nama": "A", "mulai": day, "selesai": day}
        given = {"penyedia": [{"nama": "A", "npwp": NPWP}], "daftar_hitam": [entry]}
        assert both(durable, oracle, {**case("registrasi-penyedia", {}, **given), "tanggal": day}).status == "ditolak"
        auditor = {**case("registrasi-auditor", {"berkas_lengkap": True, "sudah_pelatihan": True}), "tanggal": day}
        both(durable, oracle, {**auditor, "parameter": {"masa_audit_hari": 10**6}})

    @pytest.mark.parametrize("words", [["lainnya"] * 900, ["lainnya", "hps", "hps"], []])
    def test_repeated_words_count_once(self, durable: Engine, oracle: Engine, words: list[str]) -> None:
        result = both(durable, oracle, case("tender-seleksi", {"perubahan_dokumen": [words, words]}))
        assert len([decision for decision in result.keputusan if decision.id == "adendum"]) == 1
