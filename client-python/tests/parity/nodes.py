# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Judges the operator cases that the onnx package generates, and writes a table of them.

    python -m parity.nodes                        cases all of whose operators the daemon maps
    python -m parity.nodes --operators Relu,Add   cases that hold one of these
    python -m parity.nodes --all                  every case

Verdicts: pass, placeholder, refused(code), wrong, error. Status 1 where any is wrong or an error.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from parity.capabilities import mapped_generations
from parity.node_cases import CONVERTER, NodeCase, collect
from parity.run import MODES, Result, run
from parity.worker import Limits

_LIMITS = Limits(job_seconds=60.0)
_WORDS = {"right": "pass", "broken": "error"}
_HEADER = ("case", "operator", "opset", "verdict", *MODES, "detail")
_LONGEST_DETAIL = 160


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
    if arguments.operators:
        return [
            case
            for case in collect()
            if arguments.operators & {operator for _, operator in case.operators}
        ]
    mapped = mapped_generations().keys()
    return [case for case in collect() if mapped >= set(case.operators)]


def _row(case: NodeCase, result: Result) -> list[object]:
    return [
        case.name,
        " ".join("::".join(filter(None, operator)) for operator in case.operators),
        case.opset,
        verdict_word(result),
        *(_stage(result, mode) for mode in MODES),
        _detail(result),
    ]


def verdict_word(result: Result) -> str:
    """The table's word for a result."""
    if result.outcome.fault:
        return f"refused({result.outcome.fault.split()[0]})"
    return _WORDS.get(result.kind, result.kind)


def _stage(result: Result, mode: str) -> str:
    verdict = result.verdicts.get(mode)
    if verdict is None:
        return ""
    return "pass" if verdict.passed else verdict.stage


def _detail(result: Result) -> str:
    messages = [verdict.message for verdict in result.verdicts.values()]
    texts = [result.outcome.message, *messages, " ".join(result.outcome.missing)]
    return " ".join(next(filter(None, texts), "").split())[:_LONGEST_DETAIL]


def judge(cases: Iterable[NodeCase], work: Path) -> Mapping[str, Result]:
    """Judges the cases, and shows what is neither a pass nor expected to be none."""
    results: dict[str, Result] = {}
    for result in run((case.task(work) for case in cases), CONVERTER, work, _LIMITS):
        results[result.name] = result
        if result.kind in ("wrong", "broken"):
            print(f"{verdict_word(result):6} {result.name}: {_detail(result)}", flush=True)
    return results


def main() -> int:
    """Judges what is selected and writes the table."""
    arguments = _parser().parse_args()
    cases = _selected(arguments)
    if not cases:
        print("no case holds these operators", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        results = judge(cases, arguments.work or Path(temporary))
    with arguments.csv.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(_HEADER)
        table.writerows(_row(case, results[case.name]) for case in cases)
    counts = Counter(verdict_word(result) for result in results.values())
    print(f"{len(cases)} cases: {', '.join(f'{n} {word}' for word, n in sorted(counts.items()))}")
    return 1 if counts["wrong"] or counts["error"] else 0


if __name__ == "__main__":
    sys.exit(main())
