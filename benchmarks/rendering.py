"""How fast papers are rendered, against docxtpl used as its documentation shows and against writing the ZIP alone.

    .venv/bin/python benchmarks/rendering.py

All figures of a line come from one run on one machine, on the same template and data, so their ratios can be
compared where absolute times cannot. Warm: medians in one process. Cold: medians of whole processes, interpreter
included, our templates in the cache, as they are from the second run on.
"""

from __future__ import annotations

import io
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from docxtpl import DocxTemplate

from pbj_rules import Case, Engine
from pbj_rules.documents import Office, isian_shape
from pbj_rules.documents.blanks import Blanks
from pbj_rules.documents.compiled import Look, compile_template
from pbj_rules.documents.composing import composed_template
from pbj_rules.documents.context import paper_context
from pbj_rules.documents.fields import load_contract
from pbj_rules.documents.packing import pack
from pbj_rules.documents.places import template_files
from pbj_rules.documents.printing import Rounds
from pbj_rules.documents.production import productions
from pbj_rules.documents.sandbox import counting
from pbj_rules.documents.sealing import sealed
from pbj_rules.resources import default_profile

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "proses-utama" / "pengadaan-lengkap-konsultansi.yaml"
COLD_OURS = """
import pickle, sys
from pathlib import Path
from pbj_rules.documents.compiled import compile_template
template = compile_template(Path(sys.argv[1]))
Path(sys.argv[3]).write_bytes(template.pack(template.render(pickle.load(open(sys.argv[2], "rb")))))
"""
COLD_NAIVE = """
import pickle, sys
from docxtpl import DocxTemplate
from jinja2 import Environment
from pbj_rules.formatting import FILTERS
environment = Environment(autoescape=True)
environment.filters.update(FILTERS)
template = DocxTemplate(sys.argv[1])
template.render(pickle.load(open(sys.argv[2], "rb")), environment)
template.save(sys.argv[3])
"""


def median(function: Callable[[], object], rounds: int) -> float:
    """Milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def main() -> None:
    engine, office, contract, files = (
        Engine.default(),
        Office.from_file(default_profile()),
        load_contract(),
        template_files(),
    )
    case = Case.from_file(SAMPLE, engine.regulation, isian_shape())
    environment = counting(Rounds())
    look = Look(office.page, office.logo, office.qr)
    made = {one.id: one for one in productions(engine.evaluate(case), contract, frozenset(files), case.isian)}
    print(f"{'naskah':32}{'docxtpl ms':>11}{'kami ms':>9}{'ZIP ms':>8}{'kali cepat':>12}{'kali ZIP':>10}")
    faster, above_zip = [], []
    for paper, production in made.items():
        context, _ = paper_context(case, office, contract, production, Blanks())
        template = compile_template(files[paper], look)
        whole = pack(composed_template(files[paper], look))
        naive_context = {**context, "kode_verifikasi": "0000-0000-0000-0000"}

        def naive(whole: bytes = whole, context: dict[str, object] = naive_context) -> None:
            document = DocxTemplate(io.BytesIO(whole))
            document.render(dict(context), jinja_env=environment)
            document.save(io.BytesIO())

        changed = template.render(context)
        ours = median(lambda: template.pack(sealed(template, template.render(context), paper)[0]), 60)  # noqa: B023
        floor = median(lambda: template.pack(changed), 60)  # noqa: B023
        theirs = median(naive, 7)
        faster.append(theirs / ours)
        above_zip.append(ours / floor)
        print(f"{paper:32}{theirs:11.2f}{ours:9.3f}{floor:8.3f}{faster[-1]:12.1f}{above_zip[-1]:10.2f}")
    print(f"hangat, median: {statistics.median(faster):.1f} kali docxtpl (paling lambat {min(faster):.1f}); ", end="")
    print(f"{statistics.median(above_zip):.2f} kali menulis ZIP (terburuk {max(above_zip):.2f})")
    cold(engine, office, case)


def cold(engine: Engine, office: Office, case: Case, paper: str = "ba-penetapan-pemenang") -> None:
    """One paper by a new process each time."""
    contract, files = load_contract(), template_files()
    made = {one.id: one for one in productions(engine.evaluate(case), contract, frozenset(files), case.isian)}
    context, _ = paper_context(case, office, contract, made[paper], Blanks())
    context["kode_verifikasi"] = "0000-0000-0000-0000"
    with tempfile.TemporaryDirectory() as folder:
        values, whole, out = (Path(folder) / name for name in ("isi.pkl", "utuh.docx", "naskah.docx"))
        values.write_bytes(pickle.dumps(context))
        whole.write_bytes(pack(composed_template(files[paper], Look())))

        def run(program: str, template: Path) -> Callable[[], object]:
            command = [sys.executable, "-c", program, str(template), str(values), str(out)]
            return lambda: subprocess.run(command, check=True, cwd=ROOT)

        run(COLD_OURS, files[paper])()
        pairs = [(median(run(COLD_OURS, files[paper]), 1), median(run(COLD_NAIVE, whole), 1)) for _ in range(11)]
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"dingin, satu naskah: docxtpl {theirs:.0f} ms, kami {ours:.0f} ms: {theirs / ours:.1f} kali", end="")
    start = statistics.median(
        median(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 1) for _ in range(11)
    )
    print(f" (tanpa {start:.0f} ms mulainya Python: {(theirs - start) / (ours - start):.1f} kali)")


if __name__ == "__main__":
    main()
