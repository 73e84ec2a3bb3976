# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Every type brought to every other."""

from __future__ import annotations

from collections.abc import Iterator

import ml_dtypes
import numpy as np

from fold_fixtures.case import TYPES, Array, Case

WHOLE = [name for name in TYPES if "int" in name]
REAL = [name for name in TYPES if "float" in name]


def casts() -> Iterator[Case]:
    """All pairs, with numbers that both hold or that the target rounds, cuts or wraps."""
    for source in TYPES:
        for target in TYPES:
            operand = _operand(source, target)
            judge = "onnx" if "bfloat16" in (source, target) else "onnxruntime"
            yield Case(
                f"Cast/{source}_{target}", "Cast", [operand], {"to": TYPES[target]}, judge=judge
            )


def overflows() -> Iterator[Case]:
    """Real numbers that the whole type does not hold: as processors do, ONNX leaves it open."""
    large = [np.inf, -np.inf, np.nan, 3e9, -3e9, 1e20]
    for source in ("float32", "float64"):
        for target, numbers in (
            *((name, large) for name in ("int32", "int64")),
            *((name, [300.5, -1.5, -200.0]) for name in ("uint8", "int8", "uint16")),
            ("uint32", [-1.0, -2.5]),
        ):
            operand = np.array(numbers, source)
            attributes = {"to": TYPES[target]}
            yield Case(f"Cast/{source}_{target}/overflow", "Cast", [operand], attributes)


def _operand(source: str, target: str) -> Array:
    dtype = np.dtype(ml_dtypes.bfloat16 if source == "bfloat16" else source)
    if source == "bool":
        return np.array([True, False])
    if source in WHOLE:
        info = np.iinfo(source)
        return np.array([info.min, info.min + 1, 0, 1, 77, info.max - 1, info.max], dtype)
    numbers = [0.0, 1.0, 2.5, 99.9, 1.0009765625, 0.1]
    if target.startswith("uint"):
        return np.array(numbers, dtype)
    numbers += [-0.0, -2.5, -100.25]
    if target in REAL:
        numbers += [65504.0, 65520.0, 1e-7, 3e-8, 1e39, np.inf, -np.inf, np.nan]
    if target == "bool":
        numbers += [np.nan, 1e-7]
    with np.errstate(over="ignore"):
        return np.array(numbers, np.float64).astype(dtype)
