# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Writes a MindSpore checkpoint by hand, for networks that tests make up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

# Field 1 of Checkpoint: an entry. Of an entry: 1 tag, 2 tensor. Of a tensor: 1 dimension, 2 type,
# 3 bytes.
_LENGTH_DELIMITED = 2


def write_checkpoint(path: Path, parameters: Mapping[str, Any]) -> None:
    """Writes arrays under their names."""
    path.write_bytes(b"".join(_entry(name, array) for name, array in parameters.items()))


def _entry(name: str, array: Any) -> bytes:
    dims = b"".join(b"\x08" + _varint(dim) for dim in array.shape)
    kind = array.dtype.name.capitalize().replace("Uint", "UInt")
    tensor = dims + _field(2, kind.encode()) + _field(3, array.tobytes())
    return _field(1, _field(1, name.encode()) + _field(2, tensor))


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | _LENGTH_DELIMITED) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    groups = []
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value])
