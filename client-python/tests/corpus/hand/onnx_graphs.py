# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""ONNX graphs that no PyTorch exporter makes: control flow, quantisation, old opsets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.helper import make_node as node
from onnx.helper import make_tensor_value_info as value

from corpus.specimen import OnnxSpecimen, Specimen

_FLOAT = TensorProto.FLOAT
_INT64 = TensorProto.INT64
_BOOL = TensorProto.BOOL

Signature = Mapping[str, Sequence[int]]


def _model(
    nodes: Sequence[onnx.NodeProto],
    inputs: Signature,
    outputs: Signature,
    weights: Mapping[str, Any],
    opset: int = 17,
) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes,
        "g",
        [value(name, _FLOAT, shape) for name, shape in inputs.items()],
        [value(name, _FLOAT, shape) for name, shape in outputs.items()],
        [numpy_helper.from_array(np.asarray(array), name) for name, array in weights.items()],
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)], producer_name="corpus"
    )
    model.ir_version = 8
    onnx.checker.check_model(model, full_check=True)
    return model


class _Draw:
    """Float32 normals from one seeded stream."""

    def __init__(self, seed: int, scale: float = 1.0) -> None:
        self.stream = np.random.RandomState(seed)
        self._scale = np.float32(scale)

    def __call__(self, *shape: int) -> Any:
        return self.stream.randn(*shape).astype(np.float32) * self._scale


def loop_accumulate() -> Specimen:
    """A Loop with a carried state and a scanned output."""
    body = helper.make_graph(
        [
            node("MatMul", ["hin", "W"], ["t"]),
            node("Tanh", ["t"], ["hout"]),
            node("Identity", ["cin"], ["cout"]),
            node("ReduceSum", ["hout"], ["scan"], keepdims=0),
        ],
        "body",
        [value("it", _INT64, []), value("cin", _BOOL, []), value("hin", _FLOAT, [2, 4])],
        [value("cout", _BOOL, []), value("hout", _FLOAT, [2, 4]), value("scan", _FLOAT, [])],
    )
    weights = {
        "W": np.random.RandomState(0).randn(4, 4).astype("f") * 0.3,
        "n": np.array(5),
        "cond": np.array(True),
    }
    loop = node("Loop", ["n", "cond", "x"], ["y", "s"], body=body)
    model = _model([loop], {"x": [2, 4]}, {"y": [2, 4], "s": [5]}, weights)
    return OnnxSpecimen(model, {"x": _Draw(1)(2, 4)})


def if_branches() -> Specimen:
    """An If whose condition depends on the input."""
    result = [value("r", _FLOAT, [2, 3])]
    then = helper.make_graph([node("Relu", ["z"], ["r"])], "then", [], result)
    otherwise = helper.make_graph(
        [node("Neg", ["z"], ["nz"]), node("Sigmoid", ["nz"], ["r"])], "else", [], result
    )
    draw = _Draw(3)
    nodes = [
        node("MatMul", ["x", "W"], ["z"]),
        node("ReduceSum", ["z"], ["s"], keepdims=0),
        node("Greater", ["s", "zero"], ["c"]),
        node("If", ["c"], ["y"], then_branch=then, else_branch=otherwise),
    ]
    weights = {"W": draw(4, 3), "zero": np.float32(0)}
    model = _model(nodes, {"x": [2, 4]}, {"y": [2, 3]}, weights)
    return OnnxSpecimen(model, {"x": draw(2, 4)})


def qdq_conv() -> Specimen:
    """A quantised convolution as QuantizeLinear and DequantizeLinear pairs."""
    nodes = [
        node("QuantizeLinear", ["x", "sx", "zx"], ["xq"]),
        node("DequantizeLinear", ["xq", "sx", "zx"], ["xd"]),
        node("DequantizeLinear", ["wq", "sw", "zw"], ["wd"], axis=0),
        node("Conv", ["xd", "wd", "b"], ["c"], pads=[1, 1, 1, 1]),
        node("Relu", ["c"], ["r"]),
        node("QuantizeLinear", ["r", "sy", "zy"], ["rq"]),
        node("DequantizeLinear", ["rq", "sy", "zy"], ["rd"]),
        node("GlobalAveragePool", ["rd"], ["g"]),
        node("Flatten", ["g"], ["y"]),
    ]
    draw = _Draw(5)
    weights = {
        "sx": np.float32(0.03),
        "zx": np.uint8(128),
        "wq": draw.stream.randint(-127, 127, (4, 3, 3, 3)).astype("i1"),
        "sw": (draw.stream.rand(4) * 0.01 + 0.002).astype("f"),
        "zw": np.zeros(4, "i1"),
        "b": draw(4),
        "sy": np.float32(0.05),
        "zy": np.uint8(0),
    }
    model = _model(nodes, {"x": [1, 3, 8, 8]}, {"y": [1, 4]}, weights)
    return OnnxSpecimen(model, {"x": draw(1, 3, 8, 8)})


def old_opset9_cnn() -> Specimen:
    """Operators in the form they had at opset 9."""
    nodes = [
        node("Conv", ["x", "w"], ["c"], kernel_shape=[3, 3], auto_pad="SAME_UPPER", strides=[2, 2]),
        node("BatchNormalization", ["c", "g", "b", "m", "v"], ["bn"], epsilon=1e-3),
        node("LRN", ["bn"], ["l"], size=3),
        node("PRelu", ["l", "p"], ["a"]),
        node("Upsample", ["a", "sc"], ["u"], mode="nearest"),
        node("Pad", ["u"], ["pd"], pads=[0, 0, 1, 1, 0, 0, 1, 1], mode="reflect"),
        node("AveragePool", ["pd"], ["ap"], kernel_shape=[2, 2], strides=[2, 2]),
        node("ReduceMean", ["ap"], ["rm"], axes=[2, 3], keepdims=0),
        node("Clip", ["rm"], ["cl"], min=-1.0, max=1.0),
        node("Gemm", ["cl", "fw", "fb"], ["gm"], transB=1, alpha=0.5, beta=2.0),
        node("Softmax", ["gm"], ["y"], axis=1),
    ]
    draw = _Draw(7)
    weights = {
        "w": draw(6, 3, 3, 3),
        "g": draw(6),
        "b": draw(6),
        "m": draw(6),
        "v": np.abs(draw(6)) + np.float32(0.5),
        "p": draw(6, 1, 1),
        "sc": np.array([1, 1, 2, 2], "f"),
        "fw": draw(4, 6),
        "fb": draw(4),
    }
    model = _model(nodes, {"x": [2, 3, 10, 10]}, {"y": [2, 4]}, weights, opset=9)
    return OnnxSpecimen(model, {"x": draw(2, 3, 10, 10)})


def lstm_peephole() -> Specimen:
    """A bidirectional LSTM with peepholes and initial states."""
    operands = ["x", "W", "R", "B", "", "h0", "c0", "P"]
    nodes = [
        node("LSTM", operands, ["Y", "Yh", "Yc"], hidden_size=5, direction="bidirectional"),
        node("Transpose", ["Y"], ["yt"], perm=[2, 0, 1, 3]),
        node("Reshape", ["yt", "sh"], ["out"]),
    ]
    draw = _Draw(8, 0.4)
    weights = {
        "W": draw(2, 20, 3),
        "R": draw(2, 20, 5),
        "B": draw(2, 40),
        "h0": draw(2, 2, 5),
        "c0": draw(2, 2, 5),
        "P": draw(2, 15),
        "sh": np.array([2, 4, 10]),
    }
    outputs = {"out": [2, 4, 10], "Yh": [2, 2, 5], "Yc": [2, 2, 5]}
    model = _model(nodes, {"x": [4, 2, 3]}, outputs, weights)
    return OnnxSpecimen(model, {"x": draw(4, 2, 3)})
