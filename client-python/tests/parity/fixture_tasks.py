# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Makes of fixtures what the runner takes: files on disk, and their reference's answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from corpus.reference import run_onnx
from onnx.reference import ReferenceEvaluator

from parity import arrays
from parity.fixtures import Fixture
from parity.run import Task

CONVERTER = "parity.conversion:onnx_file"


def task_of(fixture: Fixture, work: Path) -> Task:
    """Lays the fixture's model and trials out below `work`."""
    folder = work / str(fixture)
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / f"{fixture.path.stem}.onnx"
    onnx.save(fixture.model, model)
    trials, answers = [], []
    for number, feeds in enumerate(fixture.trials()):
        inputs = folder / f"{number}-inputs.npz"
        expected = folder / f"{number}-expected.npz"
        answers.append(_answers(fixture, feeds))
        arrays.save(inputs, feeds)
        arrays.save(expected, answers[-1])
        trials.append([str(inputs), str(expected)])
    job = {"model": str(model), "trials": trials, "folder": str(folder / "out")}
    outputs = [output for answer in answers for output in answer.values()]
    return Task(str(fixture), job, tolerance=fixture.tolerance(outputs))


def _answers(fixture: Fixture, feeds: Mapping[str, Any]) -> dict[str, Any]:
    if not fixture.by_onnx:
        return run_onnx(fixture.model.SerializeToString(), feeds)[1]
    evaluator = ReferenceEvaluator(fixture.model)
    outputs = evaluator.run(None, dict(feeds))
    names = [value.name for value in fixture.model.graph.output]
    return {
        name: np.asarray(output) if np.isscalar(output) else output
        for name, output in zip(names, outputs, strict=True)
    }
