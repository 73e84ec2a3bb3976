# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The operator cases that the onnx package generates, as tasks for the runner."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import numpy_helper

from parity import arrays
from parity.run import Task

CONVERTER = "parity.conversion:onnx_file"

_LEAST_RELATIVE, _LEAST_ABSOLUTE = 1e-3, 1e-5
_HALF_RELATIVE, _HALF_ABSOLUTE = 1e-2, 1e-3
_HALVES = ("float16", "bfloat16")
_DRAWING = (
    "Bernoulli",
    "Multinomial",
    "RandomNormal",
    "RandomNormalLike",
    "RandomUniform",
    "RandomUniformLike",
)

_TYPES = onnx.TensorProto
_HELD = frozenset(
    {
        *(_TYPES.BOOL, _TYPES.INT8, _TYPES.INT16, _TYPES.INT32, _TYPES.INT64),
        *(_TYPES.UINT8, _TYPES.UINT16, _TYPES.UINT32, _TYPES.UINT64),
        *(_TYPES.FLOAT16, _TYPES.BFLOAT16, _TYPES.FLOAT, _TYPES.DOUBLE),
        *(_TYPES.COMPLEX64, _TYPES.COMPLEX128),
    }
)

Operator = tuple[str, str]


@dataclass(frozen=True)
class NodeCase:
    """One case: a model of few nodes, mostly one, with inputs and answers."""

    name: str
    model: onnx.ModelProto
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    relative: float
    absolute: float

    @property
    def operators(self) -> list[Operator]:
        """Domain and type of its nodes, each once."""
        nodes = self.model.graph.node
        return list(dict.fromkeys((_domain(node.domain), node.op_type) for node in nodes))

    @property
    def opset(self) -> int:
        """The version of the first node's domain."""
        domain = self.operators[0][0]
        versions = {_domain(i.domain): i.version for i in self.model.opset_import}
        return int(versions[domain])

    @property
    def expressible(self) -> bool:
        """Whether MindSpore has tensors of the types of all its inputs and outputs."""
        graph = self.model.graph
        return all(_element(value.type) in _HELD for value in (*graph.input, *graph.output))

    @property
    def draws(self) -> str:
        """What of the answer is random, as a tolerance calls it; nothing of most."""
        if self.name.startswith("test_training_dropout"):
            return "" if "zero_ratio" in self.name else "zeros"
        return "numbers" if any(kind in _DRAWING for _, kind in self.operators) else ""

    def tolerance(self) -> Mapping[str, Any]:
        """The case's own, but never tighter than what the kernels' precision allows."""
        half = any(getattr(array, "dtype", None) in _HALVES for array in self.expected.values())
        relative, absolute = (
            (_HALF_RELATIVE, _HALF_ABSOLUTE) if half else (_LEAST_RELATIVE, _LEAST_ABSOLUTE)
        )
        return {
            "relative": max(self.relative, relative),
            "absolute": max(self.absolute, absolute),
            "scaled": False,
            "drawn": self.draws,
        }

    def task(self, work: Path) -> Task:
        """Lays the case out below `work`."""
        folder = work / self.name
        folder.mkdir(parents=True, exist_ok=True)
        model = folder / f"{self.name}.onnx"
        onnx.save(self.model, model)
        inputs, expected = folder / "inputs.npz", folder / "expected.npz"
        arrays.save(inputs, self.inputs)
        arrays.save(expected, self.expected)
        job = {
            "model": str(model),
            "trials": [[str(inputs), str(expected)]],
            "folder": str(folder / "out"),
        }
        return Task(self.name, job, tolerance=self.tolerance())


@cache
def collect() -> Sequence[NodeCase]:
    """All cases of the installed onnx package."""
    return tuple(_collected())


def _collected() -> Iterator[NodeCase]:
    # Importing it makes the cases, with some overflow on purpose.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from onnx.backend.test.case.node import collect_testcases

        cases = collect_testcases(None)
    for case in cases:
        if case.model is None or case.data_sets is None:
            raise ValueError(f"{case.name} has no model, or no data")
        graph = case.model.graph
        ((inputs, outputs),) = case.data_sets
        yield NodeCase(
            case.name,
            case.model,
            _named(graph.input, inputs),
            _named(graph.output, outputs),
            case.rtol,
            case.atol,
        )


def _named(values: Any, arrays_of_them: Any) -> dict[str, Any]:
    return {value.name: _value(array) for value, array in zip(values, arrays_of_them, strict=True)}


def _value(value: Any) -> Any:
    if isinstance(value, onnx.TensorProto):
        return numpy_helper.to_array(value)
    if isinstance(value, list):
        return [_value(element) for element in value]
    return None if value is None else np.asarray(value)


def _domain(domain: str) -> str:
    return "" if domain == "ai.onnx" else domain


def _element(kind: onnx.TypeProto) -> int:
    if kind.HasField("sequence_type"):
        return _element(kind.sequence_type.elem_type)
    if kind.HasField("optional_type"):
        return _element(kind.optional_type.elem_type)
    return int(kind.tensor_type.elem_type)
