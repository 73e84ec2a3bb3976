# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""MindSpore's checkpoints.

A checkpoint is entries one behind the other, each field 1 of a protobuf message. Of an entry: 1 its
name, 2 a tensor. Of a tensor: 1 a dimension, 2 the type, 3 the bytes. A tensor too large for one
entry takes several of the same name, each with all dimensions.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from mindconverter._weights.files import bytes_at, damaged, reading
from mindconverter._weights.tensors import KINDS, OF_CHECKPOINT, Buffer, Stored
from mindconverter.errors import ConversionError

_LARGEST_ENTRY = 512 << 20
_LENGTH_DELIMITED = 2
_TRAILER = b"crc_num"
_TRAILER_SIZE = len(_TRAILER) + 10
_BLOCK = 1 << 20
_LONGEST_TEXT = 1 << 16


def write(parameters: Iterable[tuple[str, Stored]], put: Callable[[Buffer], None]) -> None:
    """Writes parameters, one at a time."""
    for name, tensor in parameters:
        left, room = tensor.size, 0
        if not left:
            put(_opening(name, tensor, 0))
        for part in tensor.read():
            rest = memoryview(part)
            while rest:
                if not room:
                    room = min(left, _LARGEST_ENTRY)
                    put(_opening(name, tensor, room))
                some = rest[:room]
                put(some)
                rest = rest[len(some) :]
                room -= len(some)
                left -= len(some)


def _opening(name: str, tensor: Stored, size: int) -> bytes:
    """All of an entry but the tensor's bytes, which are the last in it."""
    dims = b"".join(b"\x08" + _varint(dim) for dim in tensor.shape)
    kind = _field(2, KINDS[tensor.data_type].checkpoint.encode())
    inner = dims + kind + _varint(3 << 3 | _LENGTH_DELIMITED) + _varint(size)
    tag = _field(1, name.encode())
    outer = tag + _varint(2 << 3 | _LENGTH_DELIMITED) + _varint(len(inner) + size) + inner
    return _varint(1 << 3 | _LENGTH_DELIMITED) + _varint(len(outer) + size) + outer


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | _LENGTH_DELIMITED) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    groups = []
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value])


@dataclass
class _Entry:
    name: str = ""
    kind: str = ""
    dims: tuple[int, ...] = ()
    offset: int = 0
    size: int = 0


def read(path: Path) -> dict[str, Stored]:
    """The parameters of a checkpoint by name; their bytes stay in the file."""
    with reading(path) as file:
        entries = list(_entries(file, path, _end(file, path)))
    by_name: dict[str, list[_Entry]] = {}
    for entry in entries:
        by_name.setdefault(entry.name, []).append(entry)
    return {name: _stored(path, name, parts) for name, parts in by_name.items()}


def _stored(path: Path, name: str, parts: list[_Entry]) -> Stored:
    first = parts[0]
    size = sum(part.size for part in parts)
    data_type = OF_CHECKPOINT.get(first.kind, first.kind)
    # MindSpore writes no dimensions for a scalar, or a zero.
    dims = () if first.dims == (0,) else first.dims
    places = [(part.offset, part.size) for part in parts]
    tensor = Stored(data_type, dims, lambda: bytes_at(path, places))
    if data_type in KINDS and tensor.size != size:
        raise damaged(path, f"'{name}' has {size} bytes where its shape asks for {tensor.size}")
    return tensor


def _end(file: BinaryIO, path: Path) -> int:
    """Where the entries end: before the checksum, where there is one and it is right."""
    size = os.fstat(file.fileno()).st_size
    if size < _TRAILER_SIZE:
        return size
    file.seek(size - _TRAILER_SIZE)
    trailer = file.read(_TRAILER_SIZE)
    if not trailer.startswith(_TRAILER):
        return size
    end = size - _TRAILER_SIZE
    file.seek(0)
    found, rest = 0, end
    while rest:
        block = file.read(min(rest, _BLOCK))
        if not block:
            break
        found = zlib.crc32(block, found)
        rest -= len(block)
    if int.from_bytes(trailer[len(_TRAILER) :], "big") != found:
        raise damaged(path, "its checksum is not that of its content")
    return end


def _entries(file: BinaryIO, path: Path, end: int) -> Iterator[_Entry]:
    fields = _Fields(file, path)
    file.seek(0)
    for number, stop in fields.until(end):
        if number != 1:
            raise damaged(path, "it is no MindSpore checkpoint")
        entry = _Entry()
        for inner, inner_stop in fields.until(stop):
            if inner == 1:
                entry.name = fields.text(inner_stop)
            elif inner == 2:
                _read_tensor(fields, entry, inner_stop)
        if not entry.name or not entry.kind:
            raise damaged(path, "it is no MindSpore checkpoint")
        yield entry


def _read_tensor(fields: _Fields, entry: _Entry, end: int) -> None:
    dims: list[int] = []
    for number, stop in fields.until(end):
        if number == 1:
            while fields.file.tell() < stop:
                dims.append(fields.varint())
        elif number == 2:
            entry.kind = fields.text(stop)
        elif number == 3:
            entry.offset = fields.file.tell()
            entry.size = stop - entry.offset
    entry.dims = tuple(dims)


class _Fields:
    """Walks over the fields of protobuf messages in a file."""

    def __init__(self, file: BinaryIO, path: Path):
        self.file = file
        self._path = path

    def until(self, end: int) -> Iterator[tuple[int, int]]:
        """The fields up to there: each one's number, and where its content ends."""
        while (at := self.file.tell()) < end:
            number, wire_type = divmod(self.varint(), 8)
            if wire_type == 0:
                start = self.file.tell()
                self.varint()
                stop = self.file.tell()
            elif wire_type == _LENGTH_DELIMITED:
                size = self.varint()
                start = self.file.tell()
                stop = start + size
            else:
                raise self._broken()
            if number == 0 or stop > end or at == stop:
                raise self._broken()
            self.file.seek(start)
            yield number, stop
            self.file.seek(stop)

    def varint(self) -> int:
        """A number at the file's position, which moves behind it."""
        value = 0
        for shift in range(0, 70, 7):
            byte = self.file.read(1)
            if not byte:
                break
            value |= (byte[0] & 0x7F) << shift
            if byte[0] < 0x80:
                return value
        raise self._broken()

    def text(self, end: int) -> str:
        """The text from the file's position up to there."""
        size = end - self.file.tell()
        if size > _LONGEST_TEXT:
            raise self._broken()
        try:
            return self.file.read(size).decode("utf-8")
        except UnicodeDecodeError as e:
            raise self._broken() from e

    def _broken(self) -> ConversionError:
        return damaged(self._path, "it is no MindSpore checkpoint, or it is cut off")
