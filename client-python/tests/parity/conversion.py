# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Converts through the client and the daemon, and says what came of it.

Runs inside a worker. Only what `mindconverter` itself imports is imported here.
"""

from __future__ import annotations

import csv
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_LONGEST_MESSAGE = 300


@dataclass
class Outcome:
    """What a conversion left: files to judge, or `fault`, the class of the failure.

    `missing` names the operators that became placeholders; `trials` pairs inputs with answers;
    `names` says which entries of the source's state_dict are not told of as they should be.
    """

    trials: list[list[str]] = field(default_factory=list)
    script: str = ""
    checkpoint: str | None = None
    converted: int = 0
    placeholders: int = 0
    missing: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    fault: str = ""
    message: str = ""
    seconds: float = 0.0


def onnx_file(job: dict[str, Any]) -> dict[str, Any]:
    """The worker's entry point for a stored model with stored inputs and answers.

    `model`: its file; `trials`: pairs of files; `folder`: where the outputs go, emptied first.
    """
    import mindconverter

    outcome = Outcome(job["trials"])
    folder = emptied(Path(job["folder"]))
    into(outcome, lambda: mindconverter.convert(job["model"], out_dir=str(folder)))
    return asdict(outcome)


def emptied(folder: Path) -> Path:
    """The folder, there and empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def into(outcome: Outcome, convert: Callable[[], Any]) -> None:
    """Runs the conversion and notes its result, or its coded failure, in the outcome."""
    import mindconverter

    started = time.monotonic()
    try:
        result = convert()
    except mindconverter.ConversionError as error:
        outcome.fault = f"{error.code} {error.name}"
        outcome.message = " ".join(str(error).split())[:_LONGEST_MESSAGE]
    else:
        outcome.script = str(result.script)
        outcome.checkpoint = str(result.checkpoint) if result.checkpoint else None
        outcome.converted = result.operators.converted
        outcome.placeholders = result.operators.placeholders
        outcome.missing = _missing(Path(result.report).parent)
        reasons = [each.message for each in result.findings if each.severity == "unconverted"]
        outcome.message = " ".join("; ".join(reasons).split())[:_LONGEST_MESSAGE]
    outcome.seconds = round(time.monotonic() - started, 2)


def _missing(report: Path) -> list[str]:
    """The operators with placeholders, of the table that stands beside the report."""
    (table,) = report.glob("operators_of_*.csv")
    with table.open(encoding="utf-8", newline="") as rows:
        return sorted(
            row["operator_name"] for row in csv.DictReader(rows) if int(row["placeholders"])
        )
