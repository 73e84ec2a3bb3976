# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Gives a model values in which a conversion error shows.

As they are initialised, many models answer the same whatever is done to most of their parameters:
a bias of zeros, a scale of ones or a running mean of zeros is the same wherever it ends up, and
weights so small that the signal dies on its way make everything before them meaningless.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Generator, Tensor, nn

_TINY_SCALE = 0.02
_WEAKEST_GAIN = 0.5
_ONE_ELEMENT_SALT = 0x5EED
_STATISTICS_SALT = 0xBA7C


def randomise(model: nn.Module, arguments: Sequence[Any], seed: int) -> nn.Module:
    """Makes parameters and running statistics random, and strong enough to be felt, in place."""
    generator = torch.Generator().manual_seed(seed)
    single = torch.Generator().manual_seed(seed ^ _ONE_ELEMENT_SALT)
    scales = _scales(model)
    with torch.no_grad():
        for parameter in model.parameters():
            if not parameter.is_floating_point() or not parameter.numel():
                continue
            if parameter.numel() == 1:
                _move(parameter, single)
            elif _is_constant(parameter):
                _spread(parameter, generator, is_scale=parameter in scales)
            elif parameter.ndim > 1 or parameter in scales:
                _strengthen(parameter)
        _settle_statistics(model, arguments, torch.Generator().manual_seed(seed ^ _STATISTICS_SALT))
    return model


def _is_constant(tensor: Tensor) -> bool:
    values = tensor.detach().reshape(-1)
    return bool((values == values[0]).all())


def _scales(model: nn.Module) -> set[nn.Parameter]:
    """What multiplies channels: the vectors called weight."""
    weights = (getattr(module, "weight", None) for module in model.modules())
    return {each for each in weights if isinstance(each, nn.Parameter) and each.ndim == 1}


def _spread(parameter: nn.Parameter, generator: Generator, *, is_scale: bool) -> None:
    value = float(parameter.reshape(-1)[0])
    if is_scale and abs(value) < _TINY_SCALE:
        # Some branches start switched off.
        value = 1.0
    if value == 0.0:
        parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.05)
    elif abs(value) < _TINY_SCALE:
        # Layer scales start so small that what they scale could be missing unnoticed.
        parameter.copy_(0.1 + 0.1 * torch.rand(parameter.shape, generator=generator))
    else:
        parameter.copy_(value * (1 + 0.1 * torch.randn(parameter.shape, generator=generator)))


def _move(parameter: nn.Parameter, generator: Generator) -> None:
    noise = float(torch.randn((), generator=generator))
    value = float(parameter)
    parameter.fill_(0.05 * noise if value == 0.0 else value * (1 + 0.1 * noise))


def _strengthen(parameter: nn.Parameter) -> None:
    """Lets a matrix, kernel or scale that would shrink its input keep its size instead."""
    fan_in = parameter[0].numel()
    gain = float(parameter.square().mean().sqrt()) * math.sqrt(fan_in)
    if 0.0 < gain < _WEAKEST_GAIN:
        parameter.div_(gain)


def _settle_statistics(model: nn.Module, arguments: Sequence[Any], generator: Generator) -> None:
    """Draws running statistics around those of the model's own input, layer after layer.

    Statistics that are far from what a layer sees make its output all mean and no signal.
    """
    hooks = [
        module.register_forward_pre_hook(_settling(generator))
        for module in model.modules()
        if getattr(module, "running_mean", None) is not None
        and getattr(module, "running_var", None) is not None
    ]
    if not hooks:
        return
    try:
        model(*arguments)
    finally:
        for hook in hooks:
            hook.remove()


def _settling(generator: Generator) -> Callable[[nn.Module, Any], None]:
    settled: set[nn.Module] = set()

    def settle(module: nn.Module, inputs: Any) -> None:
        if module in settled:
            return
        settled.add(module)
        # The power of all channels together: a channel that is nearly nothing is a difference of
        # large numbers, and would come out as large as the others and all rounding error.
        power = inputs[0].square().mean() + 1e-6
        statistics: Any = module
        mean, variance = statistics.running_mean, statistics.running_var
        mean.copy_(0.2 * power.sqrt() * torch.randn(mean.shape, generator=generator))
        variance.copy_(power * (0.75 + 0.5 * torch.rand(variance.shape, generator=generator)))

    return settle
