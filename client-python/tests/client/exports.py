# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Small modules, exported, and what is in the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import numpy_helper
from torch import nn

from mindconverter._torch.capture import Inputs
from mindconverter._torch.export import Exported, export
from mindconverter._torch.sizes import read

X = torch.linspace(-1, 1, 16).reshape(2, 8)
IMAGE = torch.linspace(-1, 1, 96).reshape(2, 3, 4, 4)
SEQUENCE = torch.linspace(-1, 1, 24).reshape(1, 3, 8)


class Function(nn.Module):
    """A module with a weight, and a function of its input and its mode."""

    def __init__(self, function: Callable[[torch.Tensor, bool], torch.Tensor]):
        super().__init__()
        self.linear = nn.Linear(8, 8)
        self.function = function

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.function(self.linear(x), self.training)


def exported(
    model: nn.Module,
    *args: Any,
    exporter: str = "dynamo",
    keep_training: bool = True,
    dynamic_shapes: Any = None,
    **kwargs: Any,
) -> tuple[onnx.ModelProto, Exported]:
    """The model as ONNX, and what the export says about it."""
    file = Path("export") / "m.onnx"
    file.parent.mkdir(exist_ok=True)
    inputs = Inputs(args, kwargs)
    sizes = read(model, inputs, dynamic_shapes) if dynamic_shapes is not None else None
    about = export(model, inputs, file, exporter, keep_training=keep_training, sizes=sizes)
    return onnx.load(file), about


def counts(model: onnx.ModelProto) -> Counter[str]:
    return Counter(node.op_type for node in model.graph.node)


def ratios(model: onnx.ModelProto) -> list[float]:
    """Of each Dropout its ratio; each must be one that acts in training."""
    constants = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "Constant" and node.attribute[0].name == "value":
            constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
    found = []
    for node in model.graph.node:
        if node.op_type == "Dropout":
            # The one inside attention has no switch.
            assert len(node.input) < 3 or bool(constants[node.input[2]])
            found.append(round(float(constants[node.input[1]]), 6))
    return found
