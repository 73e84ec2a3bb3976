# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""One case: an operator with operands, and what its judge says the result is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ml_dtypes
import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

Array = np.ndarray[Any, Any]
Attribute = int | float | str | list[int] | Array

OPSET = 22
TYPES = {
    "float32": TensorProto.FLOAT,
    "float64": TensorProto.DOUBLE,
    "float16": TensorProto.FLOAT16,
    "bfloat16": TensorProto.BFLOAT16,
    "int8": TensorProto.INT8,
    "int16": TensorProto.INT16,
    "int32": TensorProto.INT32,
    "int64": TensorProto.INT64,
    "uint8": TensorProto.UINT8,
    "uint16": TensorProto.UINT16,
    "uint32": TensorProto.UINT32,
    "uint64": TensorProto.UINT64,
    "bool": TensorProto.BOOL,
}


@dataclass(frozen=True)
class Case:
    """An operator with operands, absent ones as None; `outputs` tells how many results it has.

    `tolerance` bounds the difference to the judge: relative to the expected number, or to 1
    where that is smaller. 0 asks for the same bits but the sign of a zero.
    """

    name: str
    operator: str
    operands: Sequence[Array | None]
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    tolerance: float = 0.0
    outputs: int = 1
    judge: str = "onnxruntime"

    def model(self) -> onnx.ModelProto:
        """A model of this operator alone, for the judge."""
        names = [f"x{i}" if x is not None else "" for i, x in enumerate(self.operands)]
        inputs = [
            helper.make_tensor_value_info(name, TYPES[x.dtype.name], x.shape)
            for name, x in zip(names, self.operands, strict=True)
            if x is not None
        ]
        attributes = {
            key: onnx.numpy_helper.from_array(value) if isinstance(value, np.ndarray) else value
            for key, value in self.attributes.items()
        }
        results = [f"y{i}" for i in range(self.outputs)]
        node = helper.make_node(self.operator, names, results, **attributes)
        graph = helper.make_graph(
            [node], "case", inputs, [onnx.ValueInfoProto(name=name) for name in results]
        )
        opsets = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=10)
        return onnx.shape_inference.infer_shapes(model)

    def results(self) -> list[Array]:
        """What the judge computes."""
        if self.judge == "python":
            (x,) = (x for x in self.operands if x is not None)
            function = np.vectorize(getattr(math, self.operator.lower()), otypes=[x.dtype])
            return [function(x)]
        feeds = {f"x{i}": x for i, x in enumerate(self.operands) if x is not None}
        if self.judge == "onnx":
            with np.errstate(all="ignore"):
                return [np.asarray(y) for y in ReferenceEvaluator(self.model()).run(None, feeds)]
        options = ort.SessionOptions()
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.log_severity_level = 4
        session = ort.InferenceSession(
            self.model().SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        return [np.asarray(y) for y in session.run(None, feeds)]


def text_of(case: Case) -> str:
    """The case as the Java test reads it."""
    lines = [f"case {case.name}", f"judge {case.judge}", f"operator {case.operator}"]
    lines += [f"attribute {key} {_attribute(value)}" for key, value in case.attributes.items()]
    lines += [f"tolerance {case.tolerance}"] if case.tolerance else []
    lines += ["absent" if x is None else f"operand {tensor(x)}" for x in case.operands]
    lines += [f"result {tensor(y)}" for y in case.results()]
    return "\n".join(lines) + "\n"


def _attribute(value: Attribute) -> str:
    if isinstance(value, np.ndarray):
        return tensor(value)
    return ",".join(str(v) for v in value) if isinstance(value, list) else str(value)


def tensor(x: Array) -> str:
    """Type, shape and numbers, each so that nothing is lost."""
    shape = ",".join(str(d) for d in x.shape)
    return " ".join([x.dtype.name, f"({shape})", *(_number(v) for v in x.reshape(-1))])


def _number(value: Any) -> str:
    if isinstance(value, np.bool_ | np.integer):
        return str(int(value))
    return repr(float(value))


def bfloat16(*values: float) -> Array:
    """A row of bfloat16 numbers."""
    return np.array(values, np.float32).astype(ml_dtypes.bfloat16)
