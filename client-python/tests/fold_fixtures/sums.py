# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Operators that make one number of many, or many of few."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fold_fixtures.case import TYPES, Case
from fold_fixtures.moves import CUBE, ints

REDUCTIONS = ("ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd")


def reductions() -> Iterator[Case]:
    """Along axes."""
    random = np.random.default_rng(2)
    reals = random.normal(size=(2, 3, 4)).astype(np.float32)
    for operator in REDUCTIONS:
        for axes in ((0,), (-1,), (0, 2), (2, 1)):
            for keep in (0, 1):
                name = f"{operator}/{axes}_{keep}"
                attributes = {"keepdims": keep}
                yield Case(name, operator, [reals, ints(*axes)], attributes, tolerance=1e-6)
        yield Case(f"{operator}/all", operator, [reals], {"keepdims": 0}, tolerance=1e-6)
        for name in ("int32", "int64"):
            whole = np.array([[7, -3, 2], [5, 5, -11]], name)
            yield Case(f"{operator}/{name}", operator, [whole, ints(1)], {"keepdims": 1})
    large = np.array([[2**31 - 1, 5], [7, 2**30]], np.int32)
    # The runtime sums int32 as real numbers, which do not wrap around.
    for operator in ("ReduceSum", "ReduceProd"):
        operands = [large, ints(1)]
        yield Case(f"{operator}/wrap", operator, operands, {"keepdims": 0}, judge="onnx")
    nothing = np.zeros((2, 0), np.float32)
    for operator in REDUCTIONS:
        judge = "onnx" if operator in ("ReduceMean", "ReduceMax", "ReduceMin") else "onnxruntime"
        operands = [nothing, ints(1)]
        yield Case(f"{operator}/nothing", operator, operands, {"keepdims": 0}, judge=judge)


def cumulations() -> Iterator[Case]:
    """Sums up to each element."""
    random = np.random.default_rng(3)
    reals = random.normal(size=(2, 5)).astype(np.float32)
    for exclusive in (0, 1):
        for reverse in (0, 1):
            attributes = {"exclusive": exclusive, "reverse": reverse}
            name = f"CumSum/{exclusive}{reverse}"
            axis = np.array(-1, np.int64)
            yield Case(name, "CumSum", [reals, axis], attributes, tolerance=1e-6)
            first = np.array(0, np.int32)
            yield Case(f"{name}/int64", "CumSum", [CUBE.astype("q"), first], attributes)


def made() -> Iterator[Case]:
    """Tensors made of a few numbers."""
    for name, numbers in (
        *(("int64", n) for n in ((0, 5, 1), (10, 0, -3), (3, 3, 1), (5, 0, 1), (-2, 7, 4))),
        *(("float32", n) for n in ((0, 1, 0.1), (1, -1, -0.3), (0.5, 0.5, 1), (0, 2.05, 0.5))),
        *(("float64", n) for n in ((0, 1, 0.1),)),
        *(("int32", n) for n in ((1, 9, 3),)),
    ):
        operands = [np.array(n, name) for n in numbers]
        # ONNX says start + i * delta; the runtime adds delta i times, which is less precise.
        tolerance = {"float32": 2e-7, "float64": 4e-16}.get(name, 0.0)
        yield Case(f"Range/{name}_{numbers}", "Range", operands, tolerance=tolerance)
    value = np.array([2.5], np.float16)
    yield Case("ConstantOfShape/half", "ConstantOfShape", [ints(2, 3)], {"value": value})
    yield Case("ConstantOfShape/scalar", "ConstantOfShape", [ints()], {"value": ints(3)})
    yield Case("ConstantOfShape/empty", "ConstantOfShape", [ints(0, 2)], {"value": ints(3)})
    for k in (0, 1, -2):
        attributes = {"k": k, "dtype": TYPES["int32"]}
        yield Case(f"EyeLike/{k}", "EyeLike", [CUBE[0]], attributes)
    indices = np.array([[0, 2], [-1, 5]], np.int64)
    for axis in (-1, 0, 1):
        operands = [indices, ints(3), np.array([0.5, 4], np.float32)]
        yield Case(f"OneHot/{axis}", "OneHot", operands, {"axis": axis})
    for upper in (0, 1):
        for k in (0, 1, -1, 9):
            operands = [CUBE, np.array(k, np.int64)]
            yield Case(f"Trilu/{upper}_{k}", "Trilu", operands, {"upper": upper})
    yield Case("Trilu/int64", "Trilu", [CUBE[0].astype(np.int64)], {"upper": 1})


def products() -> Iterator[Case]:
    """Products of matrices."""
    random = np.random.default_rng(4)
    for a, b in (
        *(((2, 3), (3, 4)), ((3,), (3, 4)), ((2, 3), (3,)), ((3,), (3,))),
        *(((5, 2, 3), (3, 4)), ((2, 1, 2, 3), (4, 3, 2)), ((2, 0), (0, 3)), ((0, 2), (2, 3))),
    ):
        x = random.normal(size=a).astype(np.float32)
        y = random.normal(size=b).astype(np.float32)
        yield Case(f"MatMul/{a}_{b}", "MatMul", [x, y], tolerance=1e-6)
    for name in ("int32", "int64", "uint64"):
        x = np.array([[1, 2], [3, np.iinfo(name).max]], name)
        yield Case(f"MatMul/{name}", "MatMul", [x, x])
