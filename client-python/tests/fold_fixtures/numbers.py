# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Operators that compute with numbers, element by element."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fold_fixtures.case import Array, Case, bfloat16

SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, -2.5, 3.7, -3.7, 1e-3, 20.0, -9.0]
NOT_FINITE = [np.inf, -np.inf, np.nan]
REALS = ["float32", "float64", "float16"]
SIGNED = ["int8", "int16", "int32", "int64"]
UNSIGNED = ["uint8", "uint16", "uint32", "uint64"]

# What the judge's own approximations are worth: it computes float16 as float32.
CLOSE = {"float32": 1e-6, "float64": 1e-14, "float16": 1e-3}


def edges(name: str) -> Array:
    """The outermost numbers of a whole type, and some between."""
    bounds = np.iinfo(name)
    return np.array([bounds.min, bounds.min + 1, 0, 1, 2, 7, bounds.max - 1, bounds.max], name)


def unary() -> Iterator[Case]:
    """Functions of one number."""
    for name in REALS:
        x = np.array(SPECIAL + NOT_FINITE, name)
        for operator in ("Neg", "Abs", "Sqrt", "Reciprocal", "Floor", "Ceil", "Round", "Relu"):
            yield Case(f"{operator}/{name}", operator, [x])
        for operator in ("Exp", "Log", "Erf", "Sin", "Cos", "Tanh", "Sigmoid"):
            finite = operator in ("Sin", "Cos")
            operand = x[: len(SPECIAL)] if finite else x
            judge = "python" if (operator, name) == ("Erf", "float64") else "onnxruntime"
            yield Case(
                f"{operator}/{name}", operator, [operand], tolerance=CLOSE[name], judge=judge
            )
        yield Case(f"Sign/{name}", "Sign", [x[:-1]])
        yield Case(f"IsNaN/{name}", "IsNaN", [x])
    yield from _unary_whole()


def _unary_whole() -> Iterator[Case]:
    for name in SIGNED:
        for operator in ("Neg", "Abs", "Sign", "Relu"):
            judge = "onnx" if (operator, name) in _ABSENT else "onnxruntime"
            yield Case(f"{operator}/{name}", operator, [edges(name)], judge=judge)
    for name in UNSIGNED:
        for operator in ("Abs", "Sign"):
            yield Case(f"{operator}/{name}", operator, [edges(name)])
    yield Case("Not/bool", "Not", [np.array([[True], [False]])])
    yield Case("Neg/bfloat16", "Neg", [bfloat16(1.5, -2.25, np.inf)], judge="onnx")


# Whole types for which the runtime has no kernel.
_ABSENT = {("Neg", "int16"), ("Relu", "int16"), ("Relu", "int64")}


def arithmetic() -> Iterator[Case]:
    """Functions of two numbers."""
    for name in REALS:
        x = np.array(SPECIAL + NOT_FINITE, name)
        y = np.roll(np.array([3.0, -0.0, 7.5, np.inf, -2.0, np.nan, 1e-3, -11.0], name), 3)
        for operator in ("Add", "Sub", "Mul", "Div", "Min", "Max"):
            yield Case(f"{operator}/{name}", operator, [x[:, None], y])
        finite = np.array([v for v in SPECIAL if v], name)
        dividends = np.array([-5.0, -1.5, 0.75, 2.0, 12.0, np.inf], name)
        yield Case(f"Mod/{name}/fmod", "Mod", [dividends[:, None], finite], {"fmod": 1})
    for name in ("int32", "int64", "uint32", "uint64", "int8", "uint8", "int16", "uint16"):
        x = edges(name)[:, None]
        for operator in ("Add", "Sub", "Mul", "Min", "Max"):
            judge = "onnx" if name in _NARROW and operator in ("Min", "Max") else "onnxruntime"
            yield Case(f"{operator}/{name}", operator, [x, edges(name)], judge=judge)
        yield from _division(name)
    yield from _broadcasts()
    yield from _powers()


_NARROW = {"int16", "uint16"}


def _division(name: str) -> Iterator[Case]:
    info = np.iinfo(name)
    dividends = np.array([info.min + 1, -7 if info.min else 6, 0, 7, info.max], name)[:, None]
    divisors = np.array([1, 2, 3, info.max] + ([-2, -3] if info.min else []), name)
    yield Case(f"Div/{name}", "Div", [dividends, divisors])
    yield Case(f"Mod/{name}/fmod0", "Mod", [dividends, divisors], {"fmod": 0})
    # The runtime divides as doubles here, which do not hold 64 bits.
    judge = "onnx" if info.bits == 64 else "onnxruntime"
    yield Case(f"Mod/{name}/fmod1", "Mod", [dividends, divisors], {"fmod": 1}, judge=judge)


def _broadcasts() -> Iterator[Case]:
    random = np.random.default_rng(1)
    for a, b in (((), (3,)), ((2, 1, 3), (4, 1)), ((0, 3), (1, 1)), ((2, 3), (2, 3)), ((1,), ())):
        x = random.normal(size=a).astype(np.float32)
        y = random.normal(size=b).astype(np.float32)
        yield Case(f"Sub/{a}_{b}", "Sub", [np.asarray(x), np.asarray(y)])
        yield Case(f"Less/{a}_{b}", "Less", [np.asarray(x), np.asarray(y)])


def _powers() -> Iterator[Case]:
    x = np.array([-2.0, -1.0, 0.0, 0.5, 1.0, 3.0], np.float32)[:, None]
    y = np.array([-1.0, 0.0, 0.5, 2.0, 3.0], np.float32)
    for name in ("float32", "float64"):
        yield Case(f"Pow/{name}", "Pow", [x.astype(name), y.astype(name)], tolerance=CLOSE[name])
    whole = np.array([0, 1, 2, 3, 10], np.int64)
    for name in ("int32", "int64"):
        yield Case(f"Pow/{name}", "Pow", [np.array([[-3], [1], [2], [7]], name), whole])
    exponents = whole.astype(np.int32)
    yield Case("Pow/float32_int32", "Pow", [x, exponents], tolerance=CLOSE["float32"])
    yield Case("Pow/int64_float32", "Pow", [whole, np.array([0.5], np.float32)])


def bits() -> Iterator[Case]:
    """Whole numbers as rows of bits."""
    for name in UNSIGNED:
        shifts = np.array([0, 1, 3, 7], name)
        for direction in ("LEFT", "RIGHT"):
            judge = "onnx" if name == "uint16" else "onnxruntime"
            yield Case(
                f"BitShift/{name}/{direction}",
                "BitShift",
                [edges(name)[:, None], shifts],
                {"direction": direction},
                judge=judge,
            )
    for name in UNSIGNED + SIGNED:
        x = edges(name)
        for operator in ("BitwiseAnd", "BitwiseOr", "BitwiseXor"):
            yield Case(f"{operator}/{name}", operator, [x[:, None], x[::2]])
        yield Case(f"BitwiseNot/{name}", "BitwiseNot", [x])


def truths() -> Iterator[Case]:
    """Comparisons, logic and choices."""
    orders = ("Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual")
    for name in REALS:
        x = np.array([-1.0, -0.0, 0.0, 2.0, *NOT_FINITE], name)
        for operator in orders:
            judge = "onnx" if name == "float16" else "onnxruntime"
            yield Case(f"{operator}/{name}", operator, [x[:, None], x], judge=judge)
    for name in ("int32", "int64", "int8", "uint8", "uint32", "uint64"):
        for operator in orders:
            x = edges(name)
            judge = "onnxruntime" if name in ("int32", "int64") else "onnx"
            yield Case(f"{operator}/{name}", operator, [x[:, None], x], judge=judge)
    both = np.array([True, False])
    yield Case("Equal/bool", "Equal", [both[:, None], both])
    for operator in ("And", "Or", "Xor"):
        yield Case(operator, operator, [both[:, None], both])
    choice = np.array([[True], [False]])
    for name in ("float32", "int64", "uint8"):
        x, y = np.array([1, 2, 3], name), np.array([[9], [8]], name)
        yield Case(f"Where/{name}", "Where", [choice, x, y])
