# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""A converter for tests of the runner: it hands out networks that were written by hand."""

from __future__ import annotations

import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from parity import arrays
from parity.conversion import Outcome

_SCRIPT = """\
from mindspore import nn


class Doubler(nn.Cell):
    def construct(self, x):
        return x * {factor}


MindSporeModel = Doubler
"""


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """The worker's entry point: `does` what it says, in `folder`."""
    does = job["does"]
    if does == "crash":
        os.abort()
    if does == "hang":
        time.sleep(600)
    if does == "refuse":
        return asdict(Outcome(fault="1000001 ModelLoadingError", message="not a model"))
    folder = Path(job["folder"])
    folder.mkdir(parents=True)
    outcome = Outcome([], str(folder / "model.py"), converted=1)
    for number in (1, 2):
        inputs, expected = folder / f"{number}-in.npz", folder / f"{number}-out.npz"
        x = np.arange(6, dtype=np.float32).reshape(number, -1)
        arrays.save(inputs, {"x": x})
        # The second trial of a wrong network shows that every trial counts.
        arrays.save(expected, {"y": x * (3 if does == "wrong" and number == 2 else 2)})
        outcome.trials.append([str(inputs), str(expected)])
    if does == "placeholder":
        outcome.placeholders, outcome.missing = 1, ["onnx::Foo"]
    Path(outcome.script).write_text(_SCRIPT.format(factor="" if does == "broken" else 2))
    return asdict(outcome)
