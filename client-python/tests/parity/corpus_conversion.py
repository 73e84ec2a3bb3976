# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Converts corpus entries: models through the API, or the files that torch exports of them.

Runs inside a worker. A model is made once for all that is asked about it in a row, its answers are
computed once for a work folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus import ENTRIES
from corpus.exporting import Exporter, export
from corpus.making import answers, feeds, make
from corpus.reference import run_onnx
from corpus.specimen import OnnxSpecimen, Specimen

from parity import arrays
from parity.conversion import Outcome, emptied, into

NOT_EXPORTED = "not exported"


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
    outcome = Outcome(str(inputs), str(expected))
    into(
        outcome,
        lambda: mindconverter.pytorch2mindspore(
            made.model,
            made.arguments,
            str(emptied(work / f"api-{exporter}")),
            exporter=exporter,
        ),
    )
    return outcome


def _through_file(entry: str, exporter: Exporter, work: Path) -> Outcome:
    import mindconverter

    folder = work / f"onnx-{exporter}"
    refusal = _export(_made(entry), exporter, folder)
    if refusal:
        return Outcome(fault=NOT_EXPORTED, message=refusal)
    outcome = Outcome(str(folder / "inputs.npz"), str(folder / "expected.npz"))
    into(
        outcome,
        lambda: mindconverter.convert(
            str(folder / "model.onnx"), out_dir=str(emptied(work / f"file-{exporter}"))
        ),
    )
    return outcome


def _export(made: Specimen, exporter: Exporter, folder: Path) -> str:
    """Exports with inputs and answers, unless that was done before; the exporter's refusal."""
    if (folder / "expected.npz").exists():
        return ""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        export(made, exporter, folder / "model.onnx")
    # The exporters raise whatever they meet; each is their refusal, not our failure.
    except Exception as error:
        return f"{type(error).__name__}: {_last_line(error)}"
    used, expected = run_onnx(str(folder / "model.onnx"), feeds(made))
    _save(folder, used, expected)
    return ""


def _save(folder: Path, used: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    arrays.save(folder / "inputs.npz", used)
    # Last: its being there says that the folder is whole.
    arrays.save(folder / "expected.npz", expected)


def _last_line(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1][:200] if lines else ""
