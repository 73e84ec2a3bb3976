# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Finds the files in which an ONNX model keeps tensors outside of itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from mindconverter._rpc import wire
from mindconverter._rpc.codec import WireError, read_varint, scan
from mindconverter._rpc.upload import LocalFile
from mindconverter.errors import ConversionError, Failure, failure

_KEY = b"location"
_MOST_FILES = 65_536
_MOST_DEPTH = 64
_MOST_FIELDS = 4_000_000
# Of a field larger than this, only the fields in it are looked at, one by one.
_WHOLE_BYTES = 1 << 20
_LONGEST_HEADER = 20

_TENSOR, _GRAPH, _NODE, _ATTRIBUTE, _SPARSE, _FUNCTION, _MODEL = (
    "tensor", "graph", "node", "attribute", "sparse", "function", "model",
)  # fmt: skip

# Which fields of a message lead to tensors, and what they are.
_INNER = {
    _MODEL: {7: _GRAPH, 25: _FUNCTION},
    _GRAPH: {1: _NODE, 5: _TENSOR, 15: _SPARSE},
    _FUNCTION: {7: _NODE},
    _NODE: {5: _ATTRIBUTE},
    _ATTRIBUTE: {5: _TENSOR, 6: _GRAPH, 10: _TENSOR, 11: _GRAPH, 22: _SPARSE, 23: _SPARSE},
    _SPARSE: {1: _TENSOR, 2: _TENSOR},
}
_EXTERNAL_DATA, _ENTRY_KEY, _ENTRY_VALUE = 13, 1, 2


def external_files(model: Path) -> tuple[LocalFile, ...]:
    """The files, each once, in the order in which the model names them."""
    folder = model.parent.resolve()
    files = []
    for location in locations(model):
        file = _inside(folder, location)
        files.append(LocalFile(file, location, wire.KIND_EXTERNAL_DATA))
        if not file.is_file():
            raise failure(
                Failure.MISSING_EXTERNAL_DATA,
                "the file of tensor data that the model names is not there",
                origin=str(folder / location),
                remedy="put it beside the model, under the name that it had at the export",
            )
    return tuple(files)


def locations(model: Path) -> list[str]:
    """The names of the files, as they stand in the model.

    Bytes that are no model end the search: what is wrong with them, the server says better.
    """
    found: dict[str, None] = {}
    with model.open("rb") as file:
        search = _Search(file)
        try:
            for location in search.walk(os.fstat(file.fileno()).st_size, _MODEL, 0):
                found[location] = None
                if len(found) > _MOST_FILES:
                    raise _too_much(model, f"keeps its tensors in more than {_MOST_FILES} files")
        except WireError:
            pass
        if search.fields > _MOST_FIELDS:
            raise _too_much(model, f"has more than {_MOST_FIELDS} parts")
    return list(found)


class _Search:
    """A search through one model, which may be larger than the memory."""

    def __init__(self, file: BinaryIO):
        self.fields = 0
        self._file = file

    def walk(self, end: int, kind: str, depth: int) -> Iterator[str]:
        """Looks through the message that reaches from where the file stands to `end`."""
        if depth > _MOST_DEPTH:
            raise WireError("messages are nested too deeply")
        file, leading = self._file, _INNER.get(kind, {})
        while (start := file.tell()) < end:
            number, size = self._next_field(start, end)
            stop = file.tell() + size
            if kind == _TENSOR and number == _EXTERNAL_DATA and size <= _WHOLE_BYTES:
                yield from _entry(file.read(size))
            inner = leading.get(number)
            if inner is not None and self._may_hold_one(size):
                yield from self.walk(stop, inner, depth + 1)
            file.seek(stop)

    def _next_field(self, start: int, end: int) -> tuple[int, int]:
        """The field's number and how many bytes of it follow."""
        self.fields += 1
        if self.fields > _MOST_FIELDS:
            raise WireError("there are too many fields")
        head = self._file.read(min(_LONGEST_HEADER, end - start))
        tag, at = read_varint(head, 0)
        wire_type, size = tag & 7, 0
        if wire_type == 2:
            size, at = read_varint(head, at)
        elif wire_type == 0:
            _, at = read_varint(head, at)
        elif wire_type in (1, 5):
            size = 8 if wire_type == 1 else 4
        else:
            raise WireError("a wire type is not known")
        if tag < 8 or size > end - start - at:
            raise WireError("a field has no number, or is longer than its message")
        self._file.seek(start + at)
        return tag >> 3, size

    def _may_hold_one(self, size: int) -> bool:
        """Whether the next bytes are worth a closer look; most nodes are not."""
        if size > _WHOLE_BYTES:
            return True
        at = self._file.tell()
        found = _KEY in self._file.read(size)
        self._file.seek(at)
        return found


def _too_much(model: Path, what: str) -> ConversionError:
    return failure(
        Failure.LIMIT_EXCEEDED,
        f"the model {what}",
        origin=str(model),
        remedy="save it again with all tensors in one file",
    )


def _entry(data: bytes) -> Iterator[str]:
    fields = {number: value for number, _, value in scan(data)}
    key, value = fields.get(_ENTRY_KEY), fields.get(_ENTRY_VALUE)
    if isinstance(key, memoryview) and isinstance(value, memoryview) and key == _KEY:
        try:
            yield str(value, "utf-8")
        except UnicodeDecodeError as e:
            raise WireError("a text is not UTF-8") from e


def _inside(folder: Path, location: str) -> Path:
    """Where a file is that must stand below the model's folder."""
    path = PurePosixPath(location)
    if (
        path.is_absolute()
        or ".." in path.parts
        or not path.parts
        or re.match(r"[A-Za-z]:", location)
        or "\\" in location
        or not location.isprintable()
    ):
        raise _refused(location)
    try:
        real = (folder / path).resolve()
    except (OSError, RuntimeError):
        raise _refused(location) from None
    if not real.is_relative_to(folder):
        raise _refused(location)
    return real


def _refused(location: str) -> ConversionError:
    return failure(
        Failure.BAD_PARAMETER,
        "the model names a file of tensor data that is not in its own folder",
        origin=location,
        remedy="if you trust the model, put a copy of the file beside it, and save the model anew",
    )
