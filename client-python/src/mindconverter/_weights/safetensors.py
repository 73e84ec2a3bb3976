# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Files of safetensors: eight bytes of length, a header in JSON, then the tensors' bytes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mindconverter._weights.files import bytes_at, damaged, reading
from mindconverter._weights.tensors import KINDS, OF_SAFETENSORS, Buffer, Stored

_LENGTH_BYTES = 8
_LARGEST_HEADER = 100_000_000
_ALIGNMENT = 8
_METADATA = "__metadata__"


def read(path: Path) -> dict[str, Stored]:
    """The tensors of a file by name, in the order of their bytes."""
    with reading(path) as file:
        size = os.fstat(file.fileno()).st_size
        length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
        start = _LENGTH_BYTES + length
        if size < _LENGTH_BYTES or length > min(size, _LARGEST_HEADER):
            raise damaged(path, "it is no safetensors file, or it is cut off")
        try:
            header = json.loads(file.read(length))
        except ValueError as e:
            raise damaged(path, "its header is not readable") from e
    if not isinstance(header, dict):
        raise damaged(path, "its header is not readable")
    header.pop(_METADATA, None)
    tensors = {name: _stored(path, name, row, start, size) for name, row in header.items()}
    return dict(sorted(tensors.items(), key=lambda item: _begin(header[item[0]])))


def _begin(row: Mapping[str, Any]) -> int:
    begin: int = row["data_offsets"][0]
    return begin


def _stored(path: Path, name: str, row: Any, start: int, file_size: int) -> Stored:
    try:
        begin, end = row["data_offsets"]
        shape = tuple(row["shape"])
        kind = str(row["dtype"])
        whole = all(type(n) is int and n >= 0 for n in (begin, end, *shape))
    except (TypeError, KeyError, ValueError) as e:
        raise damaged(path, f"its header does not describe '{name}'") from e
    data_type = OF_SAFETENSORS.get(kind, kind)
    size = end - begin if whole else -1
    tensor = Stored(data_type, shape, lambda: bytes_at(path, [(start + begin, size)]))
    wrong = data_type in KINDS and size >= 0 and tensor.size != size
    if size < 0 or start + end > file_size or wrong:
        raise damaged(path, f"its header does not fit the bytes of '{name}'")
    return tensor


def write(tensors: Mapping[str, Stored], put: Callable[[Buffer], None]) -> None:
    """Writes tensors in their order."""
    # For whoever reads it with the format's own library.
    header: dict[str, Any] = {_METADATA: {"format": "pt"}}
    at = 0
    for name, tensor in tensors.items():
        header[name] = {
            "dtype": KINDS[tensor.data_type].safetensors,
            "shape": list(tensor.shape),
            "data_offsets": [at, at + tensor.size],
        }
        at += tensor.size
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % _ALIGNMENT)
    put(len(text).to_bytes(_LENGTH_BYTES, "little") + text)
    for tensor in tensors.values():
        for part in tensor.read():
            put(part)
