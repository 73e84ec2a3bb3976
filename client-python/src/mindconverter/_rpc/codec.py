# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Protocol buffer encoding for messages that are described by dataclasses.

A field of a message is a dataclass field made by `number`; its default says what stands there when
the wire has nothing, and is not sent. Unknown fields are skipped, as protobuf wants it.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator
from typing import Any, TypeVar

M = TypeVar("M")

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_NUMBER = "number"
_KIND = "kind"


class WireError(ValueError):
    """Bytes that are no message of the expected kind."""


def number(n: int, kind: type, *, repeated: bool = False, optional: bool = False) -> Any:
    """Describes a field: its number on the wire, and `int`, `str`, `bytes` or a message class."""
    meta = {_NUMBER: n, _KIND: kind}
    if repeated:
        return dataclasses.field(default=(), metadata=meta)
    absent = None if optional or dataclasses.is_dataclass(kind) else kind()
    return dataclasses.field(default=absent, metadata=meta)


def encode(message: Any) -> bytes:
    """The message's bytes."""
    out = bytearray()
    for field in dataclasses.fields(message):
        value = getattr(message, field.name)
        if value == field.default:
            continue
        n, kind = field.metadata[_NUMBER], field.metadata[_KIND]
        if not isinstance(value, tuple):
            out += _encode_one(n, kind, value)
        elif kind is int:
            out += header(n, packed := b"".join(varint(v) for v in value)) + packed
        else:
            for item in value:
                out += _encode_one(n, kind, item)
    return bytes(out)


def decode(kind: type[M], data: bytes | memoryview) -> M:
    """The message that the bytes hold. Raises `WireError` when they hold none."""
    fields = _fields(kind)  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for n, wire_type, value in scan(data):
        field = fields.get(n)
        if field is None:
            continue
        inner = field.metadata[_KIND]
        if field.default == () and isinstance(field.default, tuple):
            values.setdefault(field.name, []).extend(_decode_many(inner, wire_type, value))
        else:
            values[field.name] = _decode_one(inner, wire_type, value)
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(value)
    return kind(**values)


def scan(data: bytes | memoryview) -> Iterator[tuple[int, int, int | memoryview]]:
    """Field number, wire type and raw value of each field, in order."""
    view = memoryview(data)
    at = 0
    while at < len(view):
        tag, at = read_varint(view, at)
        wire_type = tag & 7
        if tag < 8:
            raise WireError("a field has no number")
        if wire_type == _VARINT:
            value, at = read_varint(view, at)
            yield tag >> 3, wire_type, value
            continue
        if wire_type == _BYTES:
            size, at = read_varint(view, at)
        else:
            size = _fixed_size(wire_type)
        if size > len(view) - at:
            raise WireError("a field is longer than its message")
        yield tag >> 3, wire_type, view[at : at + size]
        at += size


def read_varint(view: memoryview | bytes, at: int) -> tuple[int, int]:
    """The unsigned varint at a position, and the position after it."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(view):
            raise WireError("a number is cut off")
        byte = view[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & 0xFFFFFFFFFFFFFFFF, at
    raise WireError("a number has more than ten bytes")


def varint(value: int) -> bytes:
    """A number as a varint; negative ones as protobuf's int64 has them."""
    value &= 0xFFFFFFFFFFFFFFFF
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def header(n: int, content: bytes | memoryview) -> bytes:
    """What stands before a field's content of bytes: tag and length."""
    return varint(n << 3 | _BYTES) + varint(len(content))


def _fixed_size(wire_type: int) -> int:
    if wire_type == _FIXED64:
        return 8
    if wire_type == _FIXED32:
        return 4
    raise WireError(f"wire type {wire_type} is not used here")


def _encode_one(n: int, kind: type, value: Any) -> bytes:
    if kind is int:
        return varint(n << 3 | _VARINT) + varint(value)
    if kind is bytes:
        content = bytes(value)
    elif kind is str:
        content = value.encode("utf-8")
    else:
        content = encode(value)
    return header(n, content) + content


def _decode_many(kind: type, wire_type: int, value: int | memoryview) -> Iterator[Any]:
    if kind is int and isinstance(value, memoryview) and wire_type == _BYTES:
        at = 0
        while at < len(value):
            item, at = read_varint(value, at)
            yield _signed(item)
    else:
        yield _decode_one(kind, wire_type, value)


def _decode_one(kind: type, wire_type: int, value: int | memoryview) -> Any:
    if kind is int and isinstance(value, int):
        return _signed(value)
    if kind is int or isinstance(value, int) or wire_type != _BYTES:
        raise WireError("a field has another type than it should")
    if kind is bytes:
        return bytes(value)
    if kind is str:
        try:
            return str(value, "utf-8")
        except UnicodeDecodeError as e:
            raise WireError("a text is not UTF-8") from e
    return decode(kind, value)


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


@functools.cache
def _fields(kind: type) -> dict[int, dataclasses.Field[Any]]:
    return {f.metadata[_NUMBER]: f for f in dataclasses.fields(kind)}
