# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""A tensor as files of weights hold it: type, shape and bytes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Buffer = bytes | memoryview


class Kind(NamedTuple):
    """An element type: bytes of one element, and what MindSpore and safetensors call it."""

    size: int
    checkpoint: str
    safetensors: str


# By numpy's spelling, which is torch's too.
KINDS: Mapping[str, Kind] = {
    "bool": Kind(1, "Bool", "BOOL"),
    "int8": Kind(1, "Int8", "I8"),
    "uint8": Kind(1, "UInt8", "U8"),
    "int16": Kind(2, "Int16", "I16"),
    "uint16": Kind(2, "UInt16", "U16"),
    "int32": Kind(4, "Int32", "I32"),
    "uint32": Kind(4, "UInt32", "U32"),
    "int64": Kind(8, "Int64", "I64"),
    "uint64": Kind(8, "UInt64", "U64"),
    "float16": Kind(2, "Float16", "F16"),
    "bfloat16": Kind(2, "BFloat16", "BF16"),
    "float32": Kind(4, "Float32", "F32"),
    "float64": Kind(8, "Float64", "F64"),
}
OF_CHECKPOINT = {kind.checkpoint: name for name, kind in KINDS.items()}
OF_SAFETENSORS = {kind.safetensors: name for name, kind in KINDS.items()}


@dataclass(frozen=True)
class Stored:
    """A tensor in a file. Its bytes, little-endian and row-major, are read when asked for.

    Attributes:
        data_type: In numpy's spelling; another one where nobody here can read it.
        shares: What two names of the same memory have in common; None where that is not known.
    """

    data_type: str
    shape: tuple[int, ...]
    read: Callable[[], Iterator[Buffer]] = field(repr=False, compare=False)
    shares: object = field(default=None, compare=False)

    @property
    def size(self) -> int:
        """The number of bytes."""
        return math.prod(self.shape) * KINDS[self.data_type].size

    def content(self) -> bytes:
        """All bytes."""
        return b"".join(self.read())

    def __str__(self) -> str:
        return f"{self.data_type}[{', '.join(map(str, self.shape))}]"
