# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Lays fixtures out, has their reference answer them, and converts them.

`answer` runs inside a worker, the reference too: ONNX Runtime aborts over some models.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from corpus.reference import NoReferenceError, run_onnx
from onnx.reference import ReferenceEvaluator

from parity import arrays
from parity.conversion import Outcome, onnx_file
from parity.fixtures import Fixture
from parity.run import MODES, Task
from parity.verdict import Mode

CONVERTER = "parity.fixture_tasks:answer"


def task_of(
    fixture: Fixture, work: Path, *, unbound: bool = False, modes: Sequence[Mode] = MODES
) -> Task:
    """The task that judges a fixture, in a folder of its own below `work`.

    Where it is unbound, no dimension of its inputs is known to the daemon.
    """
    folder = str(work / str(fixture))
    job = {"fixture": str(fixture.path), "folder": folder, "unbound": unbound}
    return Task(str(fixture), job, modes, fixture.tolerance())


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """The worker's entry point: `fixture`, `folder`, `unbound`."""
    fixture, folder = Fixture(Path(job["fixture"])), Path(job["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / f"{fixture.path.stem}.onnx"
    onnx.save(fixture.unbound if job["unbound"] else fixture.model, model)
    trials = []
    for number, feeds in enumerate(fixture.trials()):
        inputs, expected = folder / f"{number}-inputs.npz", folder / f"{number}-expected.npz"
        arrays.save(inputs, feeds)
        try:
            arrays.save(expected, _answers(fixture, feeds))
        except NoReferenceError as error:
            return asdict(Outcome(fault="no reference", message=str(error)))
        trials.append([str(inputs), str(expected)])
    return onnx_file({"model": str(model), "trials": trials, "folder": str(folder / "out")})


def _answers(fixture: Fixture, feeds: Mapping[str, Any]) -> dict[str, Any]:
    if not fixture.by_onnx:
        return run_onnx(fixture.model.SerializeToString(), feeds)[1]
    outputs = ReferenceEvaluator(fixture.model).run(None, dict(feeds))
    names = [value.name for value in fixture.model.graph.output]
    return {
        name: np.asarray(output) if np.isscalar(output) else output
        for name, output in zip(names, outputs, strict=True)
    }
