# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Converts corpus entries: models through the API, or the files that torch exports of them.

Runs inside a worker. A model is made once for all that is asked about it in a row, its answers are
computed once for a work folder.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from corpus import ENTRIES
from corpus.exporting import Exporter, export
from corpus.making import Arrays, answers, feeds, make
from corpus.reference import NoReferenceError, run_onnx
from corpus.specimen import OnnxSpecimen, Specimen

from parity import arrays
from parity.conversion import Outcome, emptied, into
from parity.names import told

NOT_EXPORTED = "not exported"
# Stored last: its being there says that the folder is whole.
_FIRST = "first-expected.npz"


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """The worker's entry point: `entry`, `route` ("api" or "file"), `exporter`, `work`."""
    work = Path(job["work"]) / job["entry"]
    if job["route"] == "api":
        outcome = _through_api(job["entry"], job["exporter"], work)
    else:
        outcome = _through_file(job["entry"], job["exporter"], work)
    return asdict(outcome)


@lru_cache(maxsize=1)
def _made(entry: str) -> Specimen:
    return make(ENTRIES[entry])


def _through_api(entry: str, exporter: str, work: Path) -> Outcome:
    import mindconverter

    made = _made(entry)
    if isinstance(made, OnnxSpecimen):
        raise ValueError(f"{entry} is a file already")
    inputs, expected = work / "inputs.npz", work / "expected.npz"
    if not expected.exists():
        work.mkdir(parents=True, exist_ok=True)
        arrays.save(inputs, feeds(made))
        arrays.save(expected, {str(i): array for i, array in enumerate(answers(made))})
    outcome = Outcome([[str(inputs), str(expected)]])

    def convert() -> Any:
        folder = str(emptied(work / f"api-{exporter}"))
        done = mindconverter.pytorch2mindspore(
            made.model, made.arguments, folder, exporter=exporter
        )
        faults = told(made.model, made.arguments, done.weight_map).faults
        outcome.names = [f"{name}: {fault}" for name, fault in faults.items()]
        return done

    into(outcome, convert)
    return outcome


def _through_file(entry: str, exporter: Exporter, work: Path) -> Outcome:
    import mindconverter

    folder = work / f"onnx-{exporter}"
    refusal = _export(_made(entry), exporter, folder)
    if refusal:
        return Outcome(fault=NOT_EXPORTED, message=refusal)
    outcome = Outcome(_trials(folder))
    into(
        outcome,
        lambda: mindconverter.convert(
            str(folder / "model.onnx"), out_dir=str(emptied(work / f"file-{exporter}"))
        ),
    )
    return outcome


def _export(made: Specimen, exporter: Exporter, folder: Path) -> str:
    """Exports with trials, unless that was done before; says why where it is not possible."""
    if (folder / _FIRST).exists():
        return ""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        export(made, exporter, folder / "model.onnx")
    # The exporters raise whatever they meet; each is their refusal, not our failure.
    except Exception as error:
        return f"{type(error).__name__}: {_last_line(error)}"
    given = feeds(made)
    if longer := _stretched(given, made):
        # A model may have dynamic axes and yet depend on their length.
        with suppress(NoReferenceError):
            _keep(folder, "other", longer)
    try:
        _keep(folder, "first", given)
    except NoReferenceError as error:
        return f"{type(error).__name__}: {_last_line(error)}"
    return ""


def _keep(folder: Path, trial: str, given: Arrays) -> None:
    """Stores inputs with ONNX Runtime's answers."""
    used, expected = run_onnx(str(folder / "model.onnx"), given)
    arrays.save(folder / f"{trial}-inputs.npz", used)
    arrays.save(folder / f"{trial}-expected.npz", expected)


def _stretched(given: Arrays, made: Specimen) -> Arrays:
    """The inputs with every dynamic axis twice as long; nothing where none is dynamic."""
    if isinstance(made, OnnxSpecimen) or not made.dynamic:
        return {}
    longer = dict(given)
    for name, axes in made.dynamic.items():
        for axis in axes:
            longer[name] = np.concatenate([longer[name]] * 2, axis)
    return longer


def _trials(folder: Path) -> list[list[str]]:
    return [
        [str(folder / f"{trial}-inputs.npz"), str(folder / f"{trial}-expected.npz")]
        for trial in ("first", "other")
        if (folder / f"{trial}-expected.npz").exists()
    ]


def _last_line(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1][:200] if lines else ""
