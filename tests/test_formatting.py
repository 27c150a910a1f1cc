"""How numbers, money, days and identity numbers are written."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pbj_rules import formatting

ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
SCALES = {"triliun": 10**12, "miliar": 10**9, "juta": 10**6, "ribu": 10**3, "": 1}

# How official papers spell numbers, as a grammar: one thousand and one hundred in one word, ten and eleven too, no zero
# in front of anything, scales from large to small and each once.
ANY = "|".join(ONES[1:10])
MANY = "|".join(ONES[2:10])
TENS = rf"(?:sepuluh|sebelas|(?:{MANY}) belas|(?:{MANY}) puluh(?: (?:{ANY}))?|{ANY})"
GROUP = rf"(?:(?:seratus|(?:{MANY}) ratus)(?: {TENS})?|{TENS})"
NUMBER = re.compile(
    "".join(rf"(?:(?:^| )(?P<{scale}>{GROUP}) {scale})?" for scale in ("triliun", "miliar", "juta"))
    + rf"(?:(?:^| )(?:(?P<seribu>seribu)|(?!satu ribu)(?P<ribu>{GROUP}) ribu))?"
    + rf"(?:(?:^| )(?P<satuan>{GROUP}))?"
)


def read_group(words: str) -> int:
    """The number below a thousand that words say."""
    total = unit = 0
    for word in words.replace("seratus", "satu ratus").split():
        if word in ("puluh", "ratus"):
            total, unit = total + unit * (10 if word == "puluh" else 100), 0
        elif word == "belas":
            unit += 10
        else:
            unit = ONES.index(word)
    return total + unit


def read_words(words: str) -> int:
    """The number that official words say: an independent reader of what terbilang writes."""
    if words == "nol":
        return 0
    found = NUMBER.fullmatch(words) if words else None
    assert found is not None, f"not spelt as official papers spell: {words}"
    total = 1_000 if found["seribu"] else 0
    return total + sum(read_group(found[scale or "satuan"] or "") * size for scale, size in SCALES.items())


# Numbers by their groups of three digits, so that every group is often a one, a teen, a round hundred or nothing.
GROUPS = st.sampled_from([0, 1, 2, 10, 11, 12, 19, 20, 21, 99, 100, 101, 110, 111, 112, 119, 199, 200, 999])
BELOW_THOUSAND_TRILLION = st.one_of(
    st.integers(0, 10**15 - 1),
    st.lists(st.one_of(GROUPS, st.integers(0, 999)), min_size=1, max_size=5).map(
        lambda groups: sum(group * 1_000**place for place, group in enumerate(groups))
    ),
)


@pytest.mark.parametrize(
    "words",
    [
        "", "nol ribu", "satu puluh", "satu belas", "satu ratus", "satu ribu", "satu juta satu ribu", "seratus seribu",
        "dua  ratus", "dua ratus nol", "satu ribu juta", "satu juta dua miliar", "satu juta satu juta", "seribu ribu",
    ],
)  # fmt: skip
def test_the_reader_knows_what_official_papers_do_not_write(words: str) -> None:
    with pytest.raises(AssertionError):
        read_words(words)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (15, "lima belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (2_000, "dua ribu"),
        (21_000, "dua puluh satu ribu"),
        (101_000, "seratus satu ribu"),
        (1_001_000, "satu juta seribu"),
        (1_000_000_000, "satu miliar"),
        (1_000_000_001_000, "satu triliun seribu"),
        (999_999_999_999_999, " ".join(f"sembilan ratus sembilan puluh sembilan {scale}".strip()
                                       for scale in ("triliun", "miliar", "juta", "ribu", ""))),
        (10**15, "seribu triliun"),
    ],
)  # fmt: skip
def test_a_number_is_written_in_words(number: int, words: str) -> None:
    assert formatting.terbilang(number) == words


@settings(max_examples=2_000)
@given(BELOW_THOUSAND_TRILLION)
@example(999_999_999_999_999)
@example(1_001_001_001_001)
def test_the_words_of_a_number_read_back_as_that_number(number: int) -> None:
    assert read_words(formatting.terbilang(number)) == number


def test_the_words_of_every_small_number_and_around_every_power_of_ten_read_back() -> None:
    around = {10**power + near for power in range(3, 15) for near in (-1, 0, 1, 10, 11, 100, 1_000)}
    for number in (*range(10_000), *around):
        assert read_words(formatting.terbilang(number)) == number


@given(st.integers(0, 999), st.sampled_from(["juta", "miliar", "triliun"]))
def test_thousands_are_written_the_same_way_inside_a_number(rest: int, scale: str) -> None:
    """``seribu`` too: that is where programs that only mend the beginning go wrong."""
    alone, inside = formatting.terbilang(1_000 + rest), formatting.terbilang(SCALES[scale] + 1_000 + rest)
    assert alone.startswith("seribu")
    assert inside == f"satu {scale} {alone}"


@pytest.mark.parametrize("value", [1.5, True, "3", None])
def test_only_whole_numbers_have_words(value: object) -> None:
    with pytest.raises(TypeError):
        formatting.terbilang(value)  # type: ignore[arg-type]  # the wrong type is what is tested


@pytest.mark.parametrize("value", [-1, 10**15 + 1])
def test_a_number_beyond_the_words_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="terbilang"):
        formatting.terbilang(value)


def test_money_has_the_form_of_the_statutes() -> None:
    assert formatting.rupiah(1_234_567) == "Rp1.234.567,00"
    assert formatting.rupiah_terbilang(100_000_000_000) == "Rp100.000.000.000,00 (seratus miliar rupiah)"


@given(st.integers(-(10**15), 10**15))
def test_money_in_figures_loses_no_digit(amount: int) -> None:
    found = re.fullmatch(r"(-?)Rp([0-9]{1,3}(?:\.[0-9]{3})*),00", formatting.rupiah(amount))
    assert found is not None
    assert int(found[1] + found[2].replace(".", "")) == amount


@given(BELOW_THOUSAND_TRILLION)
def test_figures_and_words_say_the_same(number: int) -> None:
    money = re.fullmatch(r"Rp(.+),00 \((.+) rupiah\)", formatting.rupiah_terbilang(number))
    count = re.fullmatch(r"(.+) \((.+)\)", formatting.jumlah_terbilang(number))
    assert money is not None
    assert count is not None
    for figures, words in (money.groups(), count.groups()):
        assert int(figures.replace(".", "")) == read_words(words) == number


@pytest.mark.parametrize("value", [1.5, True, "3", None])
def test_only_whole_rupiah_are_money(value: object) -> None:
    with pytest.raises(TypeError):
        formatting.rupiah(value)  # type: ignore[arg-type]  # the wrong type is what is tested


def test_a_day_is_written_in_figures_and_words() -> None:
    day = date(2020, 3, 18)
    assert formatting.tanggal_panjang(day) == "18 Maret 2020"
    assert formatting.tanggal_angka(day) == "18/03/2020"
    assert formatting.hari_tanggal_terbilang(day) == "Rabu tanggal delapan belas bulan Maret tahun dua ribu dua puluh"
    assert formatting.bulan_romawi(day) == "III"


MONTHS = {
    "Januari": "I", "Februari": "II", "Maret": "III", "April": "IV", "Mei": "V", "Juni": "VI",
    "Juli": "VII", "Agustus": "VIII", "September": "IX", "Oktober": "X", "November": "XI", "Desember": "XII",
}  # fmt: skip


def weekday(day: date) -> str:
    """The name of a day by Zeller's rule, which knows no calendar of Python's."""
    month, year = (day.month, day.year) if day.month > 2 else (day.month + 12, day.year - 1)
    number = (day.day + 13 * (month + 1) // 5 + year + year // 4 - year // 100 + year // 400) % 7
    return ["Sabtu", "Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat"][number]


@given(st.dates())
def test_the_words_of_a_day_say_that_day(day: date) -> None:
    found = re.fullmatch(r"(.+) tanggal (.+) bulan (.+) tahun (.+)", formatting.hari_tanggal_terbilang(day))
    assert found is not None
    assert found[1] == formatting.hari(day) == weekday(day)
    month = list(MONTHS).index(found[3]) + 1
    assert date(read_words(found[4]), month, read_words(found[2])) == day


@given(st.dates())
def test_the_figures_of_a_day_say_that_day(day: date) -> None:
    number, month, year = formatting.tanggal_panjang(day).split()
    assert date(int(year), list(MONTHS).index(month) + 1, int(number)) == day
    assert formatting.bulan(day) == month
    assert formatting.bulan_romawi(day) == MONTHS[month]
    assert [int(part) for part in formatting.tanggal_angka(day).split("/")] == [day.day, day.month, day.year]
    assert len(formatting.tanggal_angka(day)) == 10


def test_identity_numbers_are_grouped_as_they_are_printed() -> None:
    assert formatting.nip("123456789012345678") == "12345678 901234 5 678"
    assert formatting.nip("12345678 901234 5 678") == "12345678 901234 5 678"
    assert formatting.npwp("012345678901000") == "01.234.567.8-901.000"
    assert formatting.npwp("01.234.567.8-901.000") == "01.234.567.8-901.000"
    assert formatting.npwp("0012345678901000") == "0012 3456 7890 1000"


def separated(digits: str, separators: str) -> st.SearchStrategy[str]:
    """The digits with any of the separators between them, as people type them."""
    between = st.lists(st.text(separators, max_size=2), min_size=len(digits), max_size=len(digits))
    return between.map(lambda gaps: "".join(digit + gap for digit, gap in zip(digits, gaps, strict=True)))


def numbers_of(*lengths: int) -> st.SearchStrategy[str]:
    return st.sampled_from(lengths).flatmap(lambda length: st.text("0123456789", min_size=length, max_size=length))


@given(numbers_of(18).flatmap(lambda digits: st.tuples(st.just(digits), separated(digits, " .-"))))
def test_a_nip_keeps_its_digits_however_it_was_typed(case: tuple[str, str]) -> None:
    digits, typed = case
    assert re.fullmatch(r"\d{8} \d{6} \d \d{3}", formatting.nip(typed), re.ASCII)
    assert formatting.nip(typed).replace(" ", "") == digits
    assert formatting.nip(formatting.nip(typed)) == formatting.nip(typed)


@given(numbers_of(15, 16).flatmap(lambda digits: st.tuples(st.just(digits), separated(digits, " .-"))))
def test_an_npwp_keeps_its_digits_however_it_was_typed(case: tuple[str, str]) -> None:
    digits, typed = case
    old, new = r"\d\d\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}", r"\d{4} \d{4} \d{4} \d{4}"
    assert re.fullmatch(old if len(digits) == 15 else new, formatting.npwp(typed), re.ASCII)
    assert re.sub(r"\D", "", formatting.npwp(typed)) == digits
    assert formatting.npwp(formatting.npwp(typed)) == formatting.npwp(typed)


@given(st.text("0123456789", max_size=30))
def test_an_identity_number_has_one_of_its_lengths_or_is_refused(digits: str) -> None:
    for written, lengths in ((formatting.nip, (18,)), (formatting.npwp, (15, 16))):
        if len(digits) in lengths:
            assert re.sub(r"\D", "", written(digits)) == digits
        else:
            with pytest.raises(ValueError, match=f"bukan {len(digits)}"):
                written(digits)


@pytest.mark.parametrize("text", ["", "123", "1234567890123456781", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨"])
def test_an_identity_number_of_the_wrong_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="harus 18 angka"):
        formatting.nip(text)
    with pytest.raises(ValueError, match="harus 15 atau 16 angka"):
        formatting.npwp(text)


def test_items_are_listed_as_a_sentence_lists_them() -> None:
    assert formatting.rangkai(["a"]) == "a"
    assert formatting.rangkai(["a", "b"]) == "a dan b"
    assert formatting.rangkai(["a", "b", "c"]) == "a, b, dan c"


def test_an_answer_is_said_in_words() -> None:
    assert [formatting.ya_tidak(answer) for answer in (True, False)] == ["ya", "tidak"]
    assert [formatting.pilih(answer, "lulus", "gugur") for answer in (True, False)] == ["lulus", "gugur"]


def test_every_filter_is_a_function_of_this_module() -> None:
    assert {getattr(formatting, name) for name in formatting.FILTERS} == set(formatting.FILTERS.values())
