# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The table of the corpus: one row per entry, route and exporter."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from corpus import ENTRIES

from parity.run import Result
from parity.selection import Way
from parity.verdict import Verdict

TABLE = Path(__file__).resolve().parents[2] / "parity.csv"


@dataclass(frozen=True, order=True)
class Row:
    """How one entry fared on one way. Empty cells were not reached.

    A mode's cell is "right", "wrong", "builds" (placeholders inside), or the stage that failed.
    """

    name: str
    family: str
    route: str
    exporter: str
    verdict: str
    converted: int
    placeholders: int
    pynative: str
    graph: str
    strict: str
    difference: str
    seconds: int
    cause: str

    @property
    def way(self) -> str:
        """Route and exporter."""
        return f"{self.route} {self.exporter}"


def row_of(way: Way, result: Result) -> Row:
    """The row of a way's result."""
    outcome, verdicts = result.outcome, result.verdicts
    cells = {
        mode: _cell(verdicts.get(mode), built=bool(outcome.placeholders))
        for mode in ("pynative", "graph", "strict")
    }
    differences = [v.difference for v in verdicts.values() if v.difference is not None]
    spent = outcome.seconds + sum(verdict.seconds for verdict in verdicts.values())
    return Row(
        way.entry,
        ENTRIES[way.entry].family,
        way.route,
        way.exporter,
        result.kind,
        outcome.converted,
        outcome.placeholders,
        cells["pynative"],
        cells["graph"],
        cells["strict"],
        _shortened(max(differences, default=None)),
        math.ceil(spent),
        _cause(result),
    )


def _cell(verdict: Verdict | None, *, built: bool) -> str:
    if verdict is None:
        return ""
    if verdict.passed:
        return "builds" if built else "right"
    return "wrong" if verdict.stage == "compare" else verdict.stage


def _shortened(difference: float | None) -> str:
    """One digit: more would change from machine to machine."""
    return "" if difference is None else f"{difference:.0e}"


def _cause(result: Result) -> str:
    """What to mend, in words that are the same for the same cause."""
    if result.outcome.fault:
        return result.outcome.fault
    for mode, verdict in result.verdicts.items():
        if not verdict.passed:
            kind = verdict.message.partition(":")[0]
            return f"{mode} {verdict.stage}" + ("" if verdict.stage == "compare" else f": {kind}")
    return "; ".join(result.outcome.missing)


def write_csv(rows: Iterable[Row], path: Path) -> None:
    """Writes the rows, sorted."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(field.name for field in fields(Row))
        table.writerows(asdict(row).values() for row in sorted(rows))


def write_markdown(rows: Sequence[Row], heading: str, path: Path) -> None:
    """Writes what a reader wants: sums, one line per entry, and causes."""
    ways = sorted({row.way for row in rows})
    parts = [heading, *_sums(rows, ways), "", *_table(rows, ways), "", *_causes(rows)]
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _sums(rows: Sequence[Row], ways: Sequence[str]) -> list[str]:
    kinds = ("right", "placeholder", "refused", "broken", "wrong")
    lines = [
        "| way | entries | " + " | ".join(kinds) + " | strict |",
        "|---|" + "--:|" * (len(kinds) + 2),
    ]
    for way in ways:
        ours = [row for row in rows if row.way == way]
        counts = [sum(row.verdict == kind for row in ours) for kind in kinds]
        strict = sum(row.strict == "right" for row in ours)
        lines.append("| " + " | ".join(map(str, [way, len(ours), *counts, strict])) + " |")
    return lines


def _table(rows: Sequence[Row], ways: Sequence[str]) -> list[str]:
    by_name: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        by_name[row.name][row.way] = row
    lines = ["| entry | " + " | ".join(ways) + " |", "|---|" + "---|" * len(ways)]
    for name in sorted(by_name):
        cells = [_summary(by_name[name].get(way)) for way in ways]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _summary(row: Row | None) -> str:
    if row is None:
        return ""
    if row.verdict == "right":
        return f"right {row.difference}" + ("" if row.strict == "right" else ", not strict")
    return f"{row.verdict}: {row.cause}"


def _causes(rows: Sequence[Row]) -> list[str]:
    by_cause: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.verdict != "right":
            by_cause[f"{row.verdict}: {row.cause}"].append(row)
    lines = ["## What is not right, by cause", ""]
    for cause in sorted(by_cause, key=lambda cause: (-len(by_cause[cause]), cause)):
        names = sorted({row.name for row in by_cause[cause]})
        lines.append(f"- {cause} ({len(by_cause[cause])}): {', '.join(names)}")
    return lines
