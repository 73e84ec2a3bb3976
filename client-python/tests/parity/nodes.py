# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Judges a part of the operator cases of the onnx package, PyNative and GRAPH, and writes a table.

    python -m parity.nodes                        cases all of whose operators the daemon maps
    python -m parity.nodes --operators Relu,Add   cases that hold one of these
    python -m parity.nodes --all                  every case

`python -m parity.conformance` writes the table that is committed. Status 1 where any case is wrong
or an error.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from parity.capabilities import mapped_generations
from parity.conformance import Row, judged, write_csv
from parity.node_cases import NodeCase, collect
from parity.run import Journal


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m parity.nodes",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--operators", type=lambda text: set(text.split(",")), metavar="A,B")
    choice.add_argument("--all", action="store_true", help="every case")
    parser.add_argument("--csv", type=Path, default=Path("nodes.csv"), help="default: %(default)s")
    parser.add_argument("--work", type=Path, help="where models and logs are kept")
    return parser


def _selected(arguments: argparse.Namespace) -> list[NodeCase]:
    if arguments.all:
        return list(collect())
    if wanted := arguments.operators:
        return [case for case in collect() if wanted & {kind for _, kind in case.operators}]
    mapped = mapped_generations().keys()
    return [case for case in collect() if mapped >= set(case.operators)]


def _rows(cases: list[NodeCase], work: Path) -> list[Row]:
    """Judges the cases, and shows what is wrong or failed."""
    journal = Journal(work / "journal.jsonl")
    journal.clear()
    rows: list[Row] = []
    for row in judged(cases, work, journal):
        rows.append(row)
        if row.faulty:
            print(f"{row.verdict:6} {row.case}: {row.detail}", flush=True)
    return rows


def main() -> int:
    """Judges what is selected and writes the table."""
    arguments = _parser().parse_args()
    cases = _selected(arguments)
    if not cases:
        print("no case holds these operators", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        rows = _rows(cases, arguments.work or Path(temporary))
    write_csv(rows, arguments.csv)
    counts = Counter(row.verdict for row in rows)
    print(f"{len(cases)} cases: {', '.join(f'{n} {word}' for word, n in sorted(counts.items()))}")
    return 1 if any(row.faulty for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
