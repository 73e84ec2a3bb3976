# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""The codec against protoc's: both must read what the other writes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mindconverter._rpc import wire
from mindconverter._rpc.codec import WireError, decode, encode, read_varint, varint

PROTO = Path(__file__).parents[3] / "proto" / "src" / "main" / "proto"

NUMBERS = [0, 1, -1, 127, 128, 2**31 - 1, -(2**31), 2**62, -(2**63)]
TEXTS = ["", "layer1.0.conv1.weight", "größe\n\u2028😀", "x" * 300]
ENVELOPES = {wire.ErrorMetadata, wire.ErrorInfo, wire.Any, wire.Status}
MESSAGES = [
    kind
    for kind in vars(wire).values()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind not in ENVELOPES
]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The classes that protoc's descriptions make, by the messages' names."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
    from grpc_tools import protoc

    described = tmp_path_factory.mktemp("generated") / "contract.binpb"
    files = [str(f.relative_to(PROTO)) for f in sorted(PROTO.rglob("*.proto"))]
    assert protoc.main(["protoc", f"-I{PROTO}", f"--descriptor_set_out={described}", *files]) == 0
    contract = descriptor_pb2.FileDescriptorSet.FromString(described.read_bytes())
    pool = descriptor_pool.DescriptorPool()
    waiting = list(contract.file)
    while waiting:
        file = waiting.pop(0)
        known = {f.name for f in contract.file} - {f.name for f in waiting}
        if known.issuperset(file.dependency):
            pool.AddSerializedFile(file.SerializeToString())
        else:
            waiting.append(file)
    return {
        message.name: message_factory.GetMessageClass(
            pool.FindMessageTypeByName(f"{file.package}.{message.name}")
        )
        for file in contract.file
        for message in file.message_type
    }


def samples(kind: type) -> Iterator[Any]:
    """Messages with nothing in them, with all in them, and with edge values."""
    yield kind()
    for round_number in range(len(NUMBERS)):
        yield filled(kind, round_number)


def filled(kind: type, n: int) -> Any:
    values = {}
    for field in dataclasses.fields(kind):
        inner = field.metadata["kind"]
        one = value(inner, field, n)
        values[field.name] = (one, value(inner, field, n + 1)) if field.default == () else one
    return kind(**values)


def value(inner: type, field: Any, n: int) -> Any:
    if inner is int:
        number = NUMBERS[n % len(NUMBERS)]
        # Enumerations and int32 fields hold no more.
        return number if field.name in LONG else max(min(number, 2**31 - 1), -(2**31))
    if inner is str:
        return TEXTS[n % len(TEXTS)]
    if inner is bytes:
        return TEXTS[n % len(TEXTS)].encode()
    return filled(inner, n)


LONG = {
    "dims",
    "shape",
    "size_bytes",
    "done",
    "total",
    "converted_operators",
    "placeholder_operators",
    "weights",
    "count",
    "converted",
    "placeholders",
    "max_upload_bytes",
}


def as_protobuf(message: Any, classes: dict[str, Any], only: str | None = None) -> Any:
    """The same message as protoc's class has it."""
    out = classes[type(message).__name__]()
    for field in dataclasses.fields(message):
        content = getattr(message, field.name)
        if content is None or content == () or (only and field.name != only):
            continue
        if dataclasses.is_dataclass(content):
            getattr(out, field.name).CopyFrom(as_protobuf(content, classes))
        elif isinstance(content, tuple) and dataclasses.is_dataclass(content[0]):
            getattr(out, field.name).extend(as_protobuf(c, classes) for c in content)
        elif isinstance(content, tuple):
            getattr(out, field.name).extend(content)
        else:
            setattr(out, field.name, content)
    return out


@pytest.mark.parametrize("kind", MESSAGES, ids=lambda k: k.__name__)
def test_both_codecs_read_what_the_other_writes(kind: type, generated: dict[str, Any]) -> None:
    for message in samples(kind):
        for one in variants(message):
            theirs = as_protobuf(one, generated)
            assert encode(one) == theirs.SerializeToString(deterministic=True)
            assert decode(kind, theirs.SerializeToString()) == one


def variants(message: Any) -> list[Any]:
    """Of a oneof, one field at a time; else the message."""
    kind = type(message)
    if kind not in (wire.ConvertRequest, wire.ConvertResponse):
        return [message]
    names = [f.name for f in dataclasses.fields(message)]
    return [kind(**{name: getattr(message, name)}) for name in names]


@pytest.mark.parametrize("kind", MESSAGES, ids=lambda k: k.__name__)
def test_every_field_of_the_contract_is_known(kind: type, generated: dict[str, Any]) -> None:
    contract = generated[kind.__name__].DESCRIPTOR.fields_by_name
    ours = {f.name: f.metadata["number"] for f in dataclasses.fields(kind)}
    assert ours == {name: field.number for name, field in contract.items()}
    assert ours


def test_every_message_of_the_contract_is_known(generated: dict[str, Any]) -> None:
    # An empty message needs no class.
    assert {k.__name__ for k in MESSAGES} == set(generated) - {"GetCapabilitiesRequest"}


def test_the_numbers_of_enumerations_are_the_contracts(generated: dict[str, Any]) -> None:
    enums: dict[str, int] = {}
    for message in generated.values():
        for enum in message.DESCRIPTOR.file.enum_types_by_name.values():
            enums.update({v.name: v.number for v in enum.values})
    assert enums["MODEL_FORMAT_ONNX"] == wire.FORMAT_ONNX
    for prefix, theirs in (("KIND_", "FILE_KIND_"), ("SEVERITY_", "SEVERITY_")):
        for name, number in vars(wire).items():
            if name.startswith(prefix):
                assert enums[theirs + name.removeprefix(prefix)] == number
    for name in ("PARAMETER", "FROZEN_PARAMETER", "BUFFER", "NON_PERSISTENT_BUFFER"):
        assert enums[f"WEIGHT_ROLE_{name}"] == getattr(wire, f"ROLE_{name}")
    for number, name in wire.PHASES.items():
        assert enums[f"PHASE_{name.upper()}"] == number


def test_the_details_of_a_status_are_read_as_google_writes_them() -> None:
    from google.protobuf import any_pb2

    packed = any_pb2.Any(type_url="type.googleapis.com/x", value=b"\x00\xff")
    ours = decode(wire.Any, packed.SerializeToString())
    assert ours == wire.Any("type.googleapis.com/x", b"\x00\xff")
    info = wire.ErrorInfo("BUSY", "mindconverter", (wire.ErrorMetadata("origin"),))
    # A map's entry leaves an empty value out.
    assert decode(wire.ErrorInfo, encode(info)).metadata[0].value == ""


def test_a_chunk_is_the_message_with_that_chunk() -> None:
    for content in (b"", b"x", bytes(70_000)):
        request = wire.ConvertRequest(chunk=content)
        assert wire.chunk_request(content) == encode(request)


def test_unknown_fields_are_skipped() -> None:
    extra = b"\xf8\x06\x05" + b"\xf9\x06" + bytes(8) + b"\xfd\x06" + bytes(4) + b"\xfa\x06\x02ab"
    assert decode(wire.Progress, extra + encode(wire.Progress(2, 3, 4))) == wire.Progress(2, 3, 4)


@pytest.mark.parametrize(
    "data",
    [
        b"\x0a",
        b"\x0a\x05ab",
        b"\x08" + b"\xff" * 10,
        b"\x0b",
        b"\x0a\x02\xff\xfe",
        b"\x08\x01\x0a",
        b"\x0d\x01\x02\x03\x04",
        b"\x3a\x01\x41",
        bytes(8),
    ],
    ids=str,
)
def test_bytes_that_are_no_message_are_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        decode(wire.ReportEntry, data)


@pytest.mark.parametrize("n", [0, 1, 127, 128, 300, 2**32, 2**64 - 1])
def test_numbers_survive(n: int) -> None:
    data = varint(n)
    assert read_varint(data, 0) == (n, len(data))
