# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Makes batches of the corpus's inputs, which mostly are of one example."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from corpus.tensors import normal
from torch import Tensor


def wider(arguments: Sequence[Tensor], batch: int) -> tuple[Tensor, ...]:
    """The inputs with as many examples, all of them different; as they are where batch is 0."""
    if not batch:
        return tuple(arguments)
    return tuple(_wider(tensor, batch, seed) for seed, tensor in enumerate(arguments))


def _wider(tensor: Tensor, batch: int, seed: int) -> Tensor:
    if tensor.is_floating_point():
        return normal(batch, *tensor.shape[1:], seed=seed)
    rows = [tensor[i % len(tensor)] for i in range(batch)]
    if int(tensor.max()) <= 1:
        # A mask: what it hides stays at its end.
        return torch.stack(rows)
    return torch.stack([row.roll(i, 0) for i, row in enumerate(rows)])
