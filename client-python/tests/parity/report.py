# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Judges the corpus and writes client-python/parity.csv and parity.md.

    python -m parity.report                   everything, then both files
    python -m parity.report --resume          go on with a run that was cut short
    python -m parity.report --entry hf_bert   a part: printed, and written only to --output

Run it in client-python/tests with the package installed. The files are the same for the same
results but for the date line, and the csv's column of seconds.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from corpus import ENTRIES

from parity.rows import TABLE, Row, row_of, write_csv, write_markdown
from parity.run import Journal, Result, run
from parity.selection import EXPORTERS, ROUTES, Way, all_ways
from parity.worker import Limits

_VERSIONS = ("torch", "onnx", "onnxruntime", "mindspore")
_LIMITS = Limits(job_seconds=600.0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m parity.report",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    kinds = sorted({entry.kind for entry in ENTRIES.values()})
    parser.add_argument("--entry", action="append", choices=ENTRIES, metavar="NAME")
    parser.add_argument("--kind", action="append", choices=kinds)
    parser.add_argument("--route", action="append", choices=ROUTES)
    parser.add_argument("--exporter", action="append", choices=EXPORTERS)
    parser.add_argument("--small", action="store_true", help="leave big models out")
    parser.add_argument("--resume", action="store_true", help="keep an earlier run's results")
    parser.add_argument("--output", type=Path, help="where the files go")
    parser.add_argument(
        "--work",
        type=Path,
        default=Path(tempfile.gettempdir()) / "mindconverter-parity",
        help="where models and answers lie meanwhile, and results stay (default: %(default)s)",
    )
    return parser


def _selected(arguments: argparse.Namespace) -> list[Way]:
    chosen = [
        entry
        for entry in ENTRIES.values()
        if (entry.name in arguments.entry if arguments.entry else True)
        and (entry.kind in arguments.kind if arguments.kind else True)
        and not (arguments.small and entry.big)
    ]
    return [
        way
        for way in all_ways(chosen)
        if (way.route in arguments.route if arguments.route else True)
        and (way.exporter in (*arguments.exporter, "ready") if arguments.exporter else True)
    ]


def judged(ways: Iterable[Way], journal: Journal, work: Path) -> Iterator[tuple[Way, Result]]:
    """Yields each way with its result: those that the journal knows first, then it learns."""
    known = journal.read()
    by_name = {str(way): way for way in ways}
    for name, result in known.items():
        if name in by_name:
            yield by_name[name], result
    # Sorted, so that the ways of one entry follow each other.
    left = sorted(way for name, way in by_name.items() if name not in known)
    entry = ""
    tasks = (way.task(work, strict=True) for way in left)
    for result in run(tasks, "parity.corpus_conversion:answer", work, _LIMITS):
        way = by_name[result.name]
        if entry != way.entry:
            # All of them together would fill tens of gigabytes.
            _forget(entry, work)
            entry = way.entry
        journal.add(result)
        yield way, result


def _forget(entry: str, work: Path) -> None:
    """Removes what was made of a judged entry."""
    if entry:
        shutil.rmtree(work / entry, ignore_errors=True)


def write_table(rows: Sequence[Row], folder: Path) -> None:
    """Writes both files."""
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(rows, folder / TABLE.name)
    write_markdown(sorted(rows), _heading(rows), folder / TABLE.with_suffix(".md").name)


def _heading(rows: Sequence[Row]) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in _VERSIONS)
    entries = len({row.name for row in rows})
    return f"""# The DEV corpus, converted and judged

Written by `python -m parity.report` in `client-python/tests`.
Date: {date.today().isoformat()}.

{entries} entries with {packages}.
Ways: `api` is `pytorch2mindspore(…, exporter=…)`, judged by PyTorch's eval outputs; `file` is
`convert()` of what `torch.onnx.export` writes, judged by ONNX Runtime. Right: the checkpoint loads
strictly, and PyNative and GRAPH, each in a process of its own, give the reference within 1e-4 of
the output's scale; the number is the largest difference over the output's largest value. Strict: it
also runs under `jit_syntax_level` STRICT, without falling back to the Python interpreter. Refused:
nothing was written, and an error said why.
"""


def main() -> int:
    """Runs what is selected; status 1 where anything came out wrong or broken."""
    arguments = _parser().parse_args()
    ways = _selected(arguments)
    journal = Journal(arguments.work / "journal.jsonl")
    if not arguments.resume:
        journal.clear()
    rows: list[Row] = []
    for way, result in judged(ways, journal, arguments.work):
        row = row_of(way, result)
        rows.append(row)
        print(f"{len(rows):4}/{len(ways)} {row.name:42} {row.way:12} {row.verdict:11} {row.cause}")
        sys.stdout.flush()
    output = arguments.output or (TABLE.parent if len(ways) == len(all_ways()) else None)
    if output:
        write_table(rows, output)
    return 1 if any(row.verdict in ("wrong", "broken") for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
