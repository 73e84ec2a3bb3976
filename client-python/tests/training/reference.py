# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Converts networks, and trains them in PyTorch. Runs inside a worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from corpus.making import make, seed_of
from corpus.specimen import OnnxSpecimen
from corpus.tensors import flatten
from parity import arrays
from torch import Tensor, nn

import mindconverter
from training.draws import Draws
from training.layers import LAYERS
from training.networks import NETWORKS
from training.record import Reference
from training.wider import wider

# By which part of itself each step would lower the loss, were the first one's slope to stay.
_PART = 0.02


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """The worker's entry point: `network`, `exporter`, `steps` and `folder`."""
    network = {**NETWORKS, **LAYERS}[job["network"]]
    folder = Path(job["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    made = make(network.entry)
    assert not isinstance(made, OnnxSpecimen)
    arguments = wider(made.arguments, network.batch)
    converted = mindconverter.pytorch2mindspore(
        made.model, arguments, folder / "network", exporter=job["exporter"], overwrite=True
    )
    with torch.no_grad():
        _keep(folder, "evaluation", flatten(made.model.eval()(*arguments)))
    model = made.model.train()
    masks = _masks(deepcopy(model), arguments)
    run = Run(model, arguments, folder, seed_of(network.entry.name))
    losses = run.steps(job["steps"])
    return asdict(
        Reference(
            script=str(converted.script),
            checkpoint=str(converted.checkpoint),
            weight_map=str(converted.weight_map),
            rate=run.rate,
            losses=losses,
            trainable=[name for name, p in model.named_parameters() if p.requires_grad],
            masks=masks,
            lost=[f.message for f in converted.findings if f.code == "TRAINING_LOST"],
        )
    )


def _masks(model: nn.Module, arguments: tuple[Tensor, ...]) -> list[list[float]]:
    with Draws(silent=False) as draws:
        model(*arguments)
    return [list(mask) for mask in draws.masks]


class Run:
    """Steps of gradient descent towards targets that are drawn, dropping nothing."""

    def __init__(
        self, model: nn.Module, arguments: tuple[Tensor, ...], folder: Path, seed: int
    ) -> None:
        self._model = model
        self._arguments = arguments
        self._folder = folder
        self._targets = [_target(out, seed) for out in flatten(deepcopy(model)(*arguments))]
        self.rate = 0.0
        _keep(folder, "inputs", arguments)
        _keep(folder, "targets", self._targets)

    def steps(self, count: int) -> list[float]:
        """The losses before each step; what the first step found is kept, and what is left."""
        losses = [self._loss()]
        named = self._model.named_parameters()
        gradients = {name: p.grad for name, p in named if p.grad is not None}
        _keep(self._folder, "gradients", gradients)
        _keep(self._folder, "first", dict(self._model.named_buffers()))
        power = sum(float(gradient.square().sum()) for gradient in gradients.values())
        self.rate = _PART * losses[0] / power
        optimizer = torch.optim.SGD(self._model.parameters(), self.rate)
        for _ in range(1, count):
            optimizer.step()
            losses.append(self._loss())
        optimizer.step()
        _keep(self._folder, "last", self._model.state_dict())
        return losses

    def _loss(self) -> float:
        self._model.zero_grad()
        with Draws(silent=True):
            outputs = flatten(self._model(*self._arguments))
            parts = [(o - t).square().mean() for o, t in zip(outputs, self._targets, strict=True)]
            loss = torch.stack(parts).sum()
        loss.backward()
        return float(loss)


def _keep(folder: Path, name: str, tensors: Mapping[str, Tensor] | Sequence[Tensor]) -> None:
    if not isinstance(tensors, Mapping):
        tensors = {str(i): tensor for i, tensor in enumerate(tensors)}
    values = {key: np.array(tensor.detach()) for key, tensor in tensors.items()}
    arrays.save(folder / f"{name}.npz", values)


def _target(output: Tensor, seed: int) -> Tensor:
    noise = torch.randn(output.shape, generator=torch.Generator().manual_seed(seed))
    output = output.detach()
    return output.mean() + noise * output.std()
