# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Trains a converted network in MindSpore. Runs inside a worker."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import mindspore
from mindspore import Tensor, nn, ops
from parity import arrays
from parity.network import imported, load_weights, network_class

from training.record import Case, Training

_LONGEST_FAULT = 600


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """The worker's entry point: a Case as a dictionary in, a Training as one out."""
    training = Training()
    started = time.process_time()
    case = Case(**job)
    mindspore.set_device("CPU")
    pynative = case.mode == "pynative"
    mindspore.set_context(mode=mindspore.PYNATIVE_MODE if pynative else mindspore.GRAPH_MODE)
    try:
        with imported(Path(case.script)) as module:
            network = network_class(Path(case.script), module)()
            load_weights(network, Path(case.checkpoint))
            _train(network, case, training)
    # Whatever a generated script or MindSpore raises is what came of it.
    except Exception as error:
        training.fault = f"{type(error).__name__}: {error}"[:_LONGEST_FAULT]
    finally:
        gc.collect()
    training.seconds = round(time.process_time() - started, 2)
    return asdict(training)


def _train(network: Any, case: Case, training: Training) -> None:
    network.set_train()
    for _, cell in network.cells_and_names():
        if isinstance(cell, nn.Dropout):
            cell.p = 0
    parameters = network.trainable_params()
    training.trainable = [parameter.name for parameter in parameters]
    inputs, targets = tensors(case, "inputs"), tensors(case, "targets")

    def loss_of(*given: Any) -> Any:
        answers = outputs(network(*given[: len(inputs)]))
        loss = 0.0
        for i in range(len(targets)):
            loss = loss + ops.mean(ops.square(answers[i] - given[len(inputs) + i]))
        return loss

    step = mindspore.value_and_grad(loss_of, None, parameters)
    optimizer = nn.SGD(parameters, case.rate)
    for number in range(case.steps):
        loss, gradients = step(*inputs, *targets)
        training.losses.append(float(loss.asnumpy()))
        if number == 0:
            _keep(case, "gradients", dict(zip(training.trainable, gradients, strict=True)))
            _keep(case, "first", _state(network.untrainable_params()))
        optimizer(gradients)
    _keep(case, "last", _state(network.get_parameters()))


def tensors(case: Case, name: str) -> list[Any]:
    """The arrays of a file in the case's folder."""
    return [Tensor(value) for value in arrays.load(Path(case.folder) / f"{name}.npz").values()]


def outputs(answer: Any) -> tuple[Any, ...]:
    """A network's outputs, of which several come as a tuple."""
    return answer if isinstance(answer, tuple) else (answer,)


def _state(parameters: Iterable[Any]) -> Mapping[str, Any]:
    return {parameter.name: parameter for parameter in parameters}


def _keep(case: Case, name: str, found: Mapping[str, Any]) -> None:
    values = {key: tensor.asnumpy() for key, tensor in found.items()}
    arrays.save(Path(case.folder) / f"{case.mode}-{name}.npz", values)
