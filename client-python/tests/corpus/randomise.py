# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Takes away the initial values that would hide a conversion error.

A bias of zeros, a scale of ones or a running mean of zeros gives the same answer wherever it ends
up, and a slope that every layer shares makes two layers interchangeable. Weights that are random
already keep their values.
"""

from __future__ import annotations

import torch
from torch import Generator, Tensor, nn

_TINY_SCALE = 0.02
_ONE_ELEMENT_SALT = 0x5EED


def randomise(model: nn.Module, seed: int) -> nn.Module:
    """Replaces constant parameters and running statistics by seeded random ones, in place."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        parameters = [p for p in model.parameters() if p.is_floating_point() and p.numel()]
        for parameter in parameters:
            if parameter.numel() > 1 and _is_constant(parameter):
                _spread(parameter, generator)
        for module in model.modules():
            _draw_statistics(module, generator)
        # A stream of their own: the values above are those of earlier editions of this corpus.
        generator = torch.Generator().manual_seed(seed ^ _ONE_ELEMENT_SALT)
        for parameter in parameters:
            if parameter.numel() == 1:
                _move(parameter, generator)
    return model


def _is_constant(tensor: Tensor) -> bool:
    values = tensor.detach().reshape(-1)
    return bool((values == values[0]).all())


def _spread(parameter: nn.Parameter, generator: Generator) -> None:
    value = float(parameter.reshape(-1)[0])
    if value == 0.0:
        parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.05)
    elif abs(value) < _TINY_SCALE:
        # Layer scales start so small that what they scale could be missing unnoticed.
        parameter.copy_(0.1 + 0.1 * torch.rand(parameter.shape, generator=generator))
    else:
        noise = torch.randn(parameter.shape, generator=generator)
        parameter.copy_(parameter * (1 + 0.1 * noise))


def _move(parameter: nn.Parameter, generator: Generator) -> None:
    noise = float(torch.randn((), generator=generator))
    value = float(parameter)
    parameter.fill_(0.05 * noise if value == 0.0 else value * (1 + 0.1 * noise))


def _draw_statistics(module: nn.Module, generator: Generator) -> None:
    mean = getattr(module, "running_mean", None)
    variance = getattr(module, "running_var", None)
    if mean is None or variance is None:
        return
    mean.copy_(torch.randn(mean.shape, generator=generator) * 0.1)
    variance.copy_(0.75 + 0.5 * torch.rand(variance.shape, generator=generator))
