# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The texts that tell what became of a model: report, weight map, operator counts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from mindconverter._rpc import wire
from mindconverter._text import one_line, shortened

_LONGEST_LINE = 500


def report(entries: Iterable[wire.ReportEntry], summary: wire.ConversionSummary) -> str:
    """The report: its findings in the order of the script's lines."""
    lines = ["[Start Convert]"]
    lines += map(finding_line, sorted(entries, key=lambda e: (e.line, e.column)))
    rate = rate_of(summary.converted_operators, summary.placeholder_operators)
    lines += ["[Convert Over]", f"Converted Rate: {rate}."]
    return "\n".join(lines) + "\n"


def finding_line(entry: wire.ReportEntry) -> str:
    """The report's line for a finding."""
    place = f"line {entry.line}:{entry.column}: "
    kind, placed = {
        wire.SEVERITY_INSERTED: ("[Insert]", False),
        wire.SEVERITY_CONVERTED: ("[Convert]", True),
        wire.SEVERITY_UNCONVERTED: ("[UnConvert]", True),
    }.get(entry.severity, ("[Warning]", True))
    text = (place if placed and entry.line > 0 else "") + f"{kind} {one_line(entry.message)}"
    return shortened(text, _LONGEST_LINE)


def rate_of(converted: int, placeholders: int) -> str:
    """The share of operators that were converted; 100.00% only when all were."""
    total = converted + placeholders
    hundredths = converted * 10_000 // total if total else 10_000
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def weight_map(name: str, mappings: Sequence[wire.WeightMapping]) -> str:
    """The weight map: JSON with one line for each weight."""
    rows = ",\n".join("  " + json.dumps(_row(m), ensure_ascii=False) for m in mappings)
    body = f"[\n{rows}\n]" if rows else "[]"
    return f"{{{json.dumps(name)}: {body}}}\n"


def operator_counts(counts: Iterable[wire.OperatorCount]) -> str:
    """The operators of the model as comma-separated values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["operator_name", "count", "converted", "placeholders"])
    for c in counts:
        writer.writerow([one_line(c.operator), c.count, c.converted, c.placeholders])
    return out.getvalue()


def _row(mapping: wire.WeightMapping) -> dict[str, Any]:
    row: dict[str, Any] = {
        "converted_weight": _side(mapping.converted),
        "source_weight": _side(mapping.source),
    }
    for key in ("transform", "reason", "alias_of"):
        if text := getattr(mapping, key):
            row[key] = text
    return row


def _side(tensors: Sequence[wire.WeightTensor]) -> Any:
    dicts = [{"name": t.name, "shape": list(t.shape), "data_type": t.data_type} for t in tensors]
    if not dicts:
        return None
    return dicts[0] if len(dicts) == 1 else dicts
