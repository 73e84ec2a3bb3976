# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Judges every operator case of the onnx package; writes client-python/conformance.csv and .md.

    python -m parity.conformance            all of them, then both files
    python -m parity.conformance --resume   go on with a run that was cut short

Run it in client-python/tests with the package installed. `python -m parity.nodes` judges a part.

A case counts where it is expressible: MindSpore holds tensors of all its inputs' and outputs'
types, and `operators/outside.csv` does not say that it lies outside of what a network computes.
Verdicts: pass, pynative (right there, while GRAPH mode raises an error), placeholder,
refused(code), wrong, error.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path

from parity.fixtures import ROOT
from parity.node_cases import CONVERTER, NodeCase, collect
from parity.run import MODES, Journal, Result, run
from parity.worker import Limits

TABLE = ROOT.parent.parent / "conformance.csv"
OUTSIDE = ROOT / "outside.csv"
OLD_OPSET = 17
_LIMITS = Limits(job_seconds=60.0)
_LANES = 2
_WORDS = {"right": "pass", "broken": "error"}
_LONGEST_DETAIL = 160


@dataclass(frozen=True, order=True)
class Row:
    """How one case fared. `scope` is "expressible", "outside", or "no such tensors".

    A mode's cell is "pass", the stage that failed, or empty where it was not reached.
    """

    case: str
    operator: str
    opset: int
    scope: str
    verdict: str
    pynative: str
    graph: str
    detail: str

    @property
    def counts(self) -> bool:
        """Whether it counts."""
        return self.scope == "expressible"

    @property
    def old(self) -> bool:
        """Whether it counts, and is of an opset that models are mostly of."""
        return self.counts and self.opset <= OLD_OPSET

    @property
    def faulty(self) -> bool:
        """Whether it is neither right nor said not to be."""
        return self.verdict in ("wrong", "error")

    def passes(self, mode: str) -> bool:
        """Whether it is converted and right in that mode."""
        # A placeholder passes its modes too: there it is only constructed.
        return self.verdict != "placeholder" and getattr(self, mode) == "pass"


@cache
def outside() -> Mapping[str, str]:
    """The cases that no network computes, each with the reason."""
    with OUTSIDE.open(encoding="utf-8", newline="") as file:
        return {row["case"]: row["reason"] for row in csv.DictReader(file)}


def row_of(case: NodeCase, result: Result) -> Row:
    """The row of a case's result."""
    scope = "expressible" if case.expressible else "no such tensors"
    return Row(
        case.name,
        " ".join("::".join(filter(None, operator)) for operator in case.operators),
        case.opset,
        "outside" if case.name in outside() else scope,
        verdict_word(result),
        _stage(result, "pynative"),
        _stage(result, "graph"),
        detail(result),
    )


def verdict_word(result: Result) -> str:
    """The table's word for a result."""
    if result.outcome.fault:
        return f"refused({result.outcome.fault.split()[0]})"
    if _stage(result, "pynative") == "pass" and _stage(result, "graph") == "run":
        return "pynative"
    return _WORDS.get(result.kind, result.kind)


def _stage(result: Result, mode: str) -> str:
    verdict = result.verdicts.get(mode)
    if verdict is None:
        return ""
    return "pass" if verdict.passed else verdict.stage


def detail(result: Result) -> str:
    """Why it is not a pass, shortened."""
    messages = [verdict.message for verdict in result.verdicts.values()]
    texts = [result.outcome.message, *messages, " ".join(result.outcome.missing)]
    return " ".join(next(filter(None, texts), "").split())[:_LONGEST_DETAIL]


def judged(cases: Iterable[NodeCase], work: Path, journal: Journal) -> Iterator[Row]:
    """Yields the row of each case: those that the journal knows first, then it learns."""
    known = journal.read()
    left: dict[str, NodeCase] = {}
    for case in cases:
        if case.name in known:
            yield row_of(case, known[case.name])
        else:
            left[case.name] = case
    tasks = (case.task(work) for case in left.values())
    for result in run(tasks, CONVERTER, work, _LIMITS, _LANES):
        journal.add(result)
        yield row_of(left[result.name], result)


def shares(rows: Iterable[Row], included: Callable[[Row], bool]) -> Mapping[str, float]:
    """Which part of the rows that are included passes, by mode."""
    chosen = [row for row in rows if included(row)]
    return {mode: sum(row.passes(mode) for row in chosen) / len(chosen) for mode in MODES}


def read_csv(path: Path) -> list[Row]:
    """The rows that were written; none where no table was."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [Row(**{**row, "opset": int(row["opset"])}) for row in csv.DictReader(file)]


def write_csv(rows: Iterable[Row], path: Path) -> None:
    """Writes the rows, sorted."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(field.name for field in fields(Row))
        table.writerows(asdict(row).values() for row in sorted(rows))


def write_table(rows: Sequence[Row], folder: Path) -> None:
    """Writes both files."""
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(rows, folder / TABLE.name)
    parts = [_heading(rows), *_shares(rows), "", *_verdicts(rows), "", *_left(rows)]
    text = "\n".join(parts) + "\n"
    (folder / TABLE.with_suffix(".md").name).write_text(text, encoding="utf-8")


def _heading(rows: Sequence[Row]) -> str:
    return f"""# The operator cases of onnx, converted and judged

Written by `python -m parity.conformance` in `client-python/tests`; `conformance.csv` has a row for
each case.

{len(rows)} cases of onnx {version("onnx")}, run with MindSpore {version("mindspore")} on CPU.
Expressible: MindSpore holds tensors of all its inputs' and outputs' types; outside: no network
computes it (`tests/operators/outside.csv` says why). Pass: outputs of the same dtype and shape, as
close to the case's as it asks, or as 1e-3 relative and 1e-5 absolute allow (1e-2 and 1e-3 for half
types); of operators that draw, the mean, the spread and the range.
"""


def _shares(rows: Sequence[Row]) -> list[str]:
    kinds = [
        ("expressible", lambda row: row.counts),
        (f"opset <= {OLD_OPSET}", lambda row: row.old),
    ]
    lines = ["| share that passes | cases | PyNative | GRAPH |", "|---|--:|--:|--:|"]
    for name, included in kinds:
        parts = shares(rows, included)
        count = sum(map(included, rows))
        lines.append(f"| {name} | {count} | {parts['pynative']:.2%} | {parts['graph']:.2%} |")
    return lines


def _verdicts(rows: Sequence[Row]) -> list[str]:
    scopes = ("expressible", "outside", "no such tensors")
    counts = Counter((row.verdict, row.scope) for row in rows)
    lines = ["| verdict | " + " | ".join(scopes) + " |", "|---|" + "--:|" * len(scopes)]
    for verdict in sorted({row.verdict for row in rows}):
        cells = [str(counts[verdict, scope]) for scope in scopes]
        lines.append(f"| {verdict} | " + " | ".join(cells) + " |")
    return lines


def _left(rows: Sequence[Row]) -> list[str]:
    counts = Counter(
        row.operator.split()[0] for row in rows if row.counts and row.verdict != "pass"
    )
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        "Expressible and no pass, by first operator: "
        + ", ".join(f"{operator} {count}" for operator, count in ordered)
        + "."
    ]


def main() -> int:
    """Judges them all; status 1 where anything came out wrong or failed."""
    parser = argparse.ArgumentParser(
        prog="python -m parity.conformance",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--resume", action="store_true", help="keep an earlier run's results")
    parser.add_argument("--output", type=Path, default=TABLE.parent, help="where the files go")
    parser.add_argument(
        "--work",
        type=Path,
        default=Path(tempfile.gettempdir()) / "mindconverter-conformance",
        help="where results stay meanwhile (default: %(default)s)",
    )
    arguments = parser.parse_args()
    journal = Journal(arguments.work / "journal.jsonl")
    if not arguments.resume:
        journal.clear()
    rows: list[Row] = []
    for row in judged(collect(), arguments.work, journal):
        rows.append(row)
        if row.faulty:
            print(f"{row.verdict:6} {row.case}: {row.detail}", flush=True)
    write_table(rows, arguments.output)
    return 1 if any(row.faulty for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
