# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Gives the verdict on one converted network, in one mode, in this process.

Runs inside a worker: MindSpore is imported here and nowhere else.
"""

from __future__ import annotations

import gc
import inspect
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import mindspore
import numpy as np

from parity import arrays
from parity.network import FaultyNetworkError, imported, load_weights, network_class
from parity.tolerance import Comparison, Tolerance, compare
from parity.verdict import Case, Mode, Verdict

_LONGEST_MESSAGE = 600


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """The worker's entry point: a Case as a dictionary in, a Verdict as one out."""
    return asdict(judge(Case(**job)))


def judge(case: Case) -> Verdict:
    """Imports, constructs, loads, runs and compares."""
    verdict = Verdict()
    started = time.monotonic()
    _enter(case.mode)
    try:
        with imported(Path(case.script)) as module:
            _judge(case, module, verdict)
    # Whatever a generated script or MindSpore raises is this case's verdict.
    except Exception as error:
        verdict.message = f"{type(error).__name__}: {error}"[:_LONGEST_MESSAGE]
    finally:
        gc.collect()
    verdict.seconds = round(time.monotonic() - started, 2)
    return verdict


def _enter(mode: Mode) -> None:
    mindspore.set_device("CPU")
    mindspore.set_context(
        mode=mindspore.PYNATIVE_MODE if mode == "pynative" else mindspore.GRAPH_MODE,
        jit_syntax_level=mindspore.STRICT if mode == "strict" else mindspore.LAX,
    )


def _judge(case: Case, module: Any, verdict: Verdict) -> None:
    found = network_class(Path(case.script), module)
    verdict.stage = "construct"
    network = found()
    network.set_train(False)
    verdict.stage = "checkpoint"
    load_weights(network, Path(case.checkpoint) if case.checkpoint else None)
    verdict.stage = "run"
    if case.mode == "dynamic":
        network.set_inputs(*_unsized(network, [paths[0] for paths in case.trials]))
    for inputs, expected in case.trials:
        verdict.stage = "run"
        got = _outputs(network(*_inputs(network, arrays.load(Path(inputs)))))
        verdict.stage = "compare"
        wanted = arrays.load(Path(expected))
        comparison = _compare(got, wanted, Tolerance(**(case.tolerance or {})))
        verdict.difference = _larger(verdict.difference, comparison.difference)
        if comparison.fault:
            raise FaultyNetworkError(comparison.fault)
    verdict.stage = "done"


def _inputs(network: Any, feeds: Mapping[str, Any]) -> list[Any]:
    """The feeds in the order of construct's parameters: all of them, or those it names.

    An exporter may prune an input that the model never reads.
    """
    parameters = list(inspect.signature(network.construct).parameters)
    if len(parameters) == len(feeds):
        return [_tensor(value) for value in feeds.values()]
    unknown = [name for name in parameters if name not in feeds]
    if unknown:
        raise FaultyNetworkError(f"construct takes {parameters}, the inputs are {list(feeds)}")
    return [_tensor(feeds[name]) for name in parameters]


def _unsized(network: Any, trials: Sequence[str]) -> list[Any]:
    """The inputs as tensors without values, of no size where the trials' sizes differ."""
    by_trial = [_inputs(network, arrays.load(Path(inputs))) for inputs in trials]
    return [
        mindspore.Tensor(
            shape=[
                sizes[0] if len(set(sizes)) == 1 else None for sizes in zip(*shapes, strict=True)
            ],
            dtype=first.dtype,
        )
        for first, shapes in (
            (tensors[0], [tensor.shape for tensor in tensors])
            for tensors in zip(*by_trial, strict=True)
        )
    ]


def _tensor(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, list):
        return [_tensor(element) for element in value]
    if value.dtype.name == "bfloat16":
        return mindspore.Tensor(value.astype(np.float32), mindspore.bfloat16)
    return mindspore.Tensor(value)


def _outputs(answer: Any) -> list[Any]:
    """The outputs in order: several come as a tuple, a sequence as a list."""
    parts = answer if isinstance(answer, tuple) else (answer,)
    return [_array(part) for part in parts]


def _array(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return [_array(element) for element in value]
    return value.asnumpy() if hasattr(value, "asnumpy") else np.asarray(value)


def _compare(got: list[Any], expected: Mapping[str, Any], tolerance: Tolerance) -> Comparison:
    if len(got) != len(expected):
        return Comparison(f"{len(got)} outputs, not {len(expected)}")
    worst: float | None = None
    for (name, wanted), value in zip(expected.items(), got, strict=True):
        comparison = compare(value, wanted, tolerance)
        worst = _larger(worst, comparison.difference)
        if comparison.fault:
            return Comparison(f"output {name}: {comparison.fault}", worst)
    return Comparison("", worst)


def _larger(one: float | None, other: float | None) -> float | None:
    return max((number for number in (one, other) if number is not None), default=None)
