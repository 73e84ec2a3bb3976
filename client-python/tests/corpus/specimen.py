# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""What a corpus entry builds: a model with inputs to run it on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import onnx
    import torch

# Input name -> axis -> symbol; a symbol that starts with "?" leaves its range to the exporter.
DynamicAxes = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True)
class TorchSpecimen:
    """A PyTorch module and the positional inputs of one call."""

    model: torch.nn.Module
    arguments: tuple[torch.Tensor, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...] | None = None
    dynamic: DynamicAxes = field(default_factory=dict)
    variadic: bool = False

    def __post_init__(self) -> None:
        if len(self.arguments) != len(self.input_names):
            raise ValueError(f"{len(self.arguments)} inputs, {len(self.input_names)} names")


@dataclass(frozen=True)
class OnnxSpecimen:
    """A ready ONNX model and its inputs by name."""

    model: onnx.ModelProto
    feeds: Mapping[str, Any]


Specimen = TorchSpecimen | OnnxSpecimen
Builder = Callable[[], Specimen]


@dataclass(frozen=True)
class Entry:
    """A named architecture of the corpus. The name alone decides its random numbers."""

    name: str
    kind: str
    family: str
    build: Builder
    big: bool = False


def specimen(
    model: torch.nn.Module,
    inputs: Mapping[str, torch.Tensor],
    *,
    outputs: Sequence[str] | None = None,
    dynamic: DynamicAxes | None = None,
    variadic: bool = False,
) -> TorchSpecimen:
    """A module with its inputs, by name and in order."""
    return TorchSpecimen(
        model,
        tuple(inputs.values()),
        tuple(inputs),
        tuple(outputs) if outputs else None,
        dynamic or {},
        variadic,
    )


def deferred(module: str, function: str) -> Builder:
    """A builder that imports its module on first use, so that listing the corpus stays light."""

    def build() -> Specimen:
        made: Specimen = getattr(import_module(module), function)()
        return made

    return build
