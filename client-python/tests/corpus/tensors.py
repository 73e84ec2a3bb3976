# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Seeded inputs, and the flat list of tensors in a model's answer."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


def normal(*shape: int, seed: int = 0, scale: float = 1.0) -> Tensor:
    """Normally distributed floats."""
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed + 7)) * scale


def tokens(*shape: int, low: int = 3, high: int = 90, seed: int = 0) -> Tensor:
    """Integers in [low, high), such as token ids."""
    return torch.randint(low, high, shape, generator=torch.Generator().manual_seed(seed + 11))


def picture(size: int = 64, batch: int = 1, channels: int = 3) -> Tensor:
    """A square image."""
    return normal(batch, channels, size, size)


def padding_mask(length: int, padded: int) -> Tensor:
    """An attention mask whose last `padded` positions are off."""
    mask = torch.ones(1, length, dtype=torch.int64)
    if padded:
        mask[0, length - padded :] = 0
    return mask


def flatten(answer: Any) -> list[Tensor]:
    """The tensors of a nested answer, in order; anything else in it is left out."""
    if torch.is_tensor(answer):
        return [answer]
    if isinstance(answer, dict):
        return [tensor for part in answer.values() for tensor in flatten(part)]
    if isinstance(answer, (list, tuple)):
        return [tensor for part in answer for tensor in flatten(part)]
    return []
