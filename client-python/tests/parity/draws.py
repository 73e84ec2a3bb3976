# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Draws the values of a fixture's input, always the same for the same fixture."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx

_DEFAULT_SCALE = 2.0
_DEFAULT_INTEGERS = (-5, 6)
_SPACING = 0.37


class Draw:
    """Values by a recipe of words, from a stream that a name seeds."""

    def __init__(self, name: str, words: Sequence[str]) -> None:
        self._name = name
        self._recipe = words[0] if words else ""
        self._numbers = words[1:]
        self._stream = np.random.RandomState(zlib.crc32(name.encode()))

    def value(self, kind: onnx.TypeProto, sizes: Mapping[str, int]) -> Any:
        """A value of an ONNX type; `sizes` are those of its symbols."""
        if kind.HasField("sequence_type"):
            return [self.value(kind.sequence_type.elem_type, sizes) for _ in range(3)]
        if kind.HasField("optional_type"):
            return self.value(kind.optional_type.elem_type, sizes)
        tensor = kind.tensor_type
        shape = tuple(
            dim.dim_value if dim.HasField("dim_value") else sizes[dim.dim_param]
            for dim in tensor.shape.dim
        )
        dtype = onnx.helper.tensor_dtype_to_np_dtype(tensor.elem_type)
        return np.asarray(self._values(shape, dtype)).reshape(shape).astype(dtype)

    def _values(self, shape: tuple[int, ...], dtype: Any) -> Any:
        count = int(np.prod(shape))
        if self._recipe == "values":
            return np.array([_number(word) for word in self._numbers], dtype=dtype)
        if self._recipe == "distinct":
            return (self._stream.permutation(count) - count // 3) * self._step(dtype)
        if self._recipe == "uniform":
            lower, upper = map(float, self._numbers)
            return self._stream.uniform(lower, upper, shape)
        if self._recipe == "integers":
            low, high = map(int, self._numbers)
            return self._stream.randint(low, high, shape)
        if self._recipe == "normal":
            return self._stream.randn(*shape) * float(self._numbers[0] if self._numbers else 1)
        if self._recipe:
            raise ValueError(f"{self._name}: no recipe called {self._recipe}")
        return self._default(shape, dtype)

    def _step(self, dtype: Any) -> float:
        return 1 if dtype.kind in "iu" else _SPACING

    def _default(self, shape: tuple[int, ...], dtype: Any) -> Any:
        """Negatives, positives and a zero, as far as the type has them."""
        if dtype.kind == "b":
            return self._stream.rand(*shape) < 0.5
        if dtype.kind == "u":
            return self._stream.randint(0, _DEFAULT_INTEGERS[1], shape)
        if dtype.kind == "i":
            return self._stream.randint(_DEFAULT_INTEGERS[0], _DEFAULT_INTEGERS[1], shape)
        values = np.asarray(self._stream.randn(*shape) * _DEFAULT_SCALE)
        if values.size > 1:
            values.reshape(-1)[0] = 0.0
        return values


def _number(word: str) -> Any:
    if word in ("true", "false"):
        return word == "true"
    return float(word) if set(word) & set(".einfa") else int(word)
