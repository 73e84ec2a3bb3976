# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Compares a training in MindSpore with one in PyTorch."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from parity import arrays

from training.record import Dropping, Mode, Reference, Training
from training.weights import restored, rows

# Of a tensor's largest gradient, and of the largest of all: biases before a batch norm have none.
GRADIENT, NO_GRADIENT = 1e-4, 1e-6
LOSS = 1e-3
# Of a tensor's largest value: running statistics after the first step, everything after the last.
STATE = {"first": 1e-5, "last": 1e-3}
# What dropout keeps, from its value over the share that is kept; results, of the largest value.
SCALING, EVALUATION = 1e-5, 1e-4
_DEVIATIONS = 5
_SHOWN = 5


@dataclass
class Verdict:
    """How far a training follows, and each thing that is wrong with it.

    `gradient` is the largest difference in a gradient over what it may be, and `worst` whose it is;
    `loss` the largest relative difference of a loss, `statistics` that of running statistics after
    the first step; `parameters` says how many are trained.
    """

    faults: list[str] = field(default_factory=list)
    gradient: float = 0.0
    worst: str = ""
    loss: float = 0.0
    statistics: float = 0.0
    parameters: int = 0


def judge(reference: Reference, training: Training, folder: Path, mode: Mode) -> Verdict:
    """Everything that was promised of a training."""
    if training.fault:
        return Verdict([training.fault])
    verdict = Verdict()
    comparison = _Comparison(reference, training, folder, mode, verdict)
    comparison.trainable()
    comparison.gradients()
    comparison.losses()
    comparison.state("first")
    comparison.state("last")
    return verdict


class _Comparison:
    def __init__(
        self, reference: Reference, training: Training, folder: Path, mode: Mode, verdict: Verdict
    ) -> None:
        self._reference = reference
        self._training = training
        self._folder = folder
        self._mode = mode
        self._verdict = verdict
        self._rows = {row.source: row for row in rows(Path(reference.weight_map))}

    def _stored(self, name: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        wanted = arrays.load(self._folder / f"{name}.npz")
        return wanted, arrays.load(self._folder / f"{self._mode}-{name}.npz")

    def trainable(self) -> None:
        """The parameters that MindSpore trains are those that PyTorch trains."""
        rows = [self._rows[name] for name in self._reference.trainable]
        wanted = {row.converted for row in rows if row.converted}
        got = set(self._training.trainable)
        self._refuse("are not trained", wanted - got)
        self._refuse("are trained, and not in PyTorch", got - wanted)
        self._verdict.parameters = len(got)

    def gradients(self) -> None:
        """Each is within a share of its own largest, or as good as nothing."""
        wanted, got = self._stored("gradients")
        largest = max(float(np.abs(gradient).max()) for gradient in wanted.values())
        for name, gradient in wanted.items():
            row = self._rows[name]
            if row.converted not in got:
                if np.any(gradient):
                    self._verdict.faults.append(f"{name} has a gradient, and none in MindSpore")
                continue
            distance = np.abs(restored(row, got[row.converted]) - gradient).max()
            allowed = max(GRADIENT * float(np.abs(gradient).max()), NO_GRADIENT * largest)
            self._note(name, float(distance) / allowed)

    def _note(self, name: str, share: float) -> None:
        if not share <= self._verdict.gradient:
            self._verdict.gradient, self._verdict.worst = share, name
        if not share <= 1:
            self._verdict.faults.append(f"the gradient of {name} is off: {share:.3g} of the limit")

    def losses(self) -> None:
        """They follow PyTorch's, step by step."""
        pairs = zip(self._reference.losses, self._training.losses, strict=True)
        self._verdict.loss = max(abs(got - wanted) / abs(wanted) for wanted, got in pairs)
        if not self._verdict.loss <= LOSS:
            self._verdict.faults.append(f"a loss is off by {self._verdict.loss:.2g}")

    def state(self, when: str) -> None:
        """Running statistics after the first step, and all parameters too after the last."""
        wanted, got = self._stored(when)
        for name, value in wanted.items():
            row = self._rows.get(name)
            if row is None or row.converted not in got or value.dtype.kind != "f":
                continue
            scale = float(np.abs(value).max()) or 1.0
            distance = float(np.abs(restored(row, got[row.converted]) - value).max()) / scale
            if when == "first":
                self._verdict.statistics = max(self._verdict.statistics, distance)
            if not distance <= STATE[when]:
                self._verdict.faults.append(f"{name} is off by {distance:.2g}, {when}")

    def _refuse(self, what: str, names: set[str]) -> None:
        if names:
            self._verdict.faults.append(f"{len(names)} parameters {what}: {sorted(names)[:_SHOWN]}")


def judge_dropping(reference: Reference, dropping: Dropping) -> list[str]:
    """What is wrong with a network's dropout; nothing where it is PyTorch's."""
    faults = []
    wanted = Counter((rate, size) for rate, size in reference.masks)
    got = Counter((rate, size) for rate, size in dropping.masks)
    if wanted != got:
        faults.append(f"PyTorch also draws {dict(wanted - got)}, MindSpore {dict(got - wanted)}")
    for rate, (zeros, count) in dropping.zeros.items():
        expected = float(rate)
        deviation = math.sqrt(expected * (1 - expected) / count)
        if abs(zeros / count - expected) > _DEVIATIONS * deviation:
            faults.append(f"{zeros} of {count} values were dropped at rate {rate}")
    if not dropping.scaling <= SCALING:
        faults.append(f"what is kept is scaled wrongly, by {dropping.scaling:.2g}")
    if not dropping.silent:
        faults.append("something is dropped in evaluation")
    if not dropping.difference <= EVALUATION:
        faults.append(f"evaluation is off by {dropping.difference:.2g}")
    return faults
