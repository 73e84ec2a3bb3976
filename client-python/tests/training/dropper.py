# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Watches what the dropout of a converted network does in MindSpore. Runs inside a worker."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import mindspore
import numpy as np
from mindspore import nn
from parity import arrays
from parity.network import imported, load_weights, network_class

from training.record import Case, Dropping
from training.trainer import outputs, tensors

# Enough for the share of what is dropped to be close to the rate, also of masks for whole examples.
_RUNS = 10
_DIGITS = 6


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """The worker's entry point: a Case as a dictionary in, a Dropping as one out."""
    case = Case(**job)
    mindspore.set_device("CPU")
    # Nobody can watch a cell of a compiled graph.
    mindspore.set_context(mode=mindspore.PYNATIVE_MODE)
    with imported(Path(case.script)) as module:
        network = network_class(Path(case.script), module)()
        load_weights(network, Path(case.checkpoint))
        return asdict(_watched(network, case))


def _watched(network: Any, case: Case) -> Dropping:
    inputs = tensors(case, "inputs")
    network.set_train(False)
    wanted = arrays.load(Path(case.folder) / "evaluation.npz").values()
    dropping = Dropping(difference=_difference(network(*inputs), list(wanted)))
    watch = _Watch(dropping)
    for _, cell in network.cells_and_names():
        if isinstance(cell, nn.Dropout):
            cell.register_forward_hook(watch)
    network(*inputs)
    network.set_train()
    for run in range(_RUNS):
        watch.noting = run == 0
        network(*inputs)
    return dropping


class _Watch:
    """Called after each dropout cell. Masks are noted of one run, counts are of all."""

    def __init__(self, dropping: Dropping) -> None:
        self._dropping = dropping
        self.noting = False

    def __call__(self, cell: Any, inputs: Any, output: Any) -> None:
        before, after = inputs[0].asnumpy(), output.asnumpy()
        if not cell.training:
            self._dropping.silent &= bool(np.array_equal(before, after))
            return
        rate = round(cell.p, _DIGITS)
        if self.noting:
            self._dropping.masks.append([rate, before.size])
        given = before != 0
        kept = given & (after != 0)
        counts = self._dropping.zeros.setdefault(str(rate), [0, 0])
        counts[0] += int(given.sum() - kept.sum())
        counts[1] += int(given.sum())
        off = np.abs(after[kept] / before[kept] * (1 - rate) - 1)
        self._dropping.scaling = max(self._dropping.scaling, float(off.max(initial=0.0)))


def _difference(answer: Any, wanted: list[Any]) -> float:
    pairs = zip(outputs(answer), wanted, strict=True)
    return max(float(np.abs(a.asnumpy() - w).max() / np.abs(w).max()) for a, w in pairs)
