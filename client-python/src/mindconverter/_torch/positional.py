# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Makes a module callable the only way that the legacy exporter understands."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Any

import torch

from mindconverter._torch.capture import Inputs


@dataclass(frozen=True)
class Tensors:
    """A module's inputs by position.

    Attributes:
        values: Of the arguments those that hold tensors.
        names: Their names, where the exporter should not invent them.
        places: Where each stands among all arguments.
    """

    values: tuple[Any, ...]
    names: list[str] | None
    places: list[int]


def positional(model: torch.nn.Module, inputs: Inputs) -> Tensors:
    """Changes the module's forward to take only what holds tensors, by position.

    The exporter would take keywords for positions, and defaults such as a number for inputs. The
    change stands in the module's own attributes: see `untouched`.
    """
    named = [*zip(argument_names(model, inputs), inputs.args, strict=True), *inputs.kwargs.items()]
    taken = [i for i, (_, value) in enumerate(named) if _holds_tensor(value)]
    values = tuple(named[i][1] for i in taken)
    plain = all(isinstance(value, torch.Tensor) for value in values)
    forward, count = model.forward, len(inputs.args)

    def by_position(*tensors: Any) -> Any:
        given = [value for _, value in named]
        for i, tensor in zip(taken, tensors, strict=True):
            given[i] = tensor
        return forward(*given[:count], **dict(zip(inputs.kwargs, given[count:], strict=True)))

    if not isinstance(model, torch.jit.ScriptModule):
        model.forward = by_position
    return Tensors(values, [named[i][0] for i in taken] if plain else None, taken)


def argument_names(model: torch.nn.Module, inputs: Inputs) -> list[str]:
    """Names of the positional arguments, as the default exporter gives them."""
    names: list[str] = []
    try:
        parameters = list(inspect.signature(model.forward).parameters.values())
    except (TypeError, ValueError):
        parameters = []
    for i in range(len(inputs.args)):
        parameter = parameters[min(i, len(parameters) - 1)] if parameters else None
        if parameter is None or parameter.kind is parameter.VAR_KEYWORD:
            names.append(f"input_{i}")
        elif parameter.kind is parameter.VAR_POSITIONAL:
            names.append(f"{parameter.name}_{i - len(parameters) + 1}")
        else:
            names.append(parameter.name)
    return names


def _holds_tensor(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_tensor, value.values()))
    if isinstance(value, (list, tuple)):
        return any(map(_holds_tensor, value))
    return isinstance(value, torch.Tensor)
